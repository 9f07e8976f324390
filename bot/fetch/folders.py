"""Files of this machine that an operator names: which there are, and how they are read line by line."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

DOCUMENTS = frozenset({"", ".txt", ".text", ".md", ".html", ".htm", ".xhtml", ".pdf", ".docx"})
ROWS = frozenset({".jsonl", ".ndjson"})
FEEDS = frozenset({".opml"})
RECORDS = frozenset({".json"})


@dataclass(frozen=True, slots=True)
class Named:
    """A file, with its size in bytes; ``error`` says why there is nothing to open."""

    path: Path
    size: int = 0
    error: str | None = None


def files_in(paths: Iterable[Path]) -> Sequence[Named]:
    """Return the files at these paths and in these folders, each once, in the order of their names.

    In a folder hidden files are passed over, and so are links that lead out of it. What is named itself is taken
    whatever it is.
    """
    found: dict[str, Named] = {}
    for path in paths:
        for each in _files_in(path) if path.is_dir() else [_named(path)]:
            found.setdefault(os.path.realpath(each.path), each)
    return tuple(found.values())


def _files_in(folder: Path) -> Iterator[Named]:
    failures: list[OSError] = []
    home = Path(os.path.realpath(folder))
    for place, folders, names in os.walk(folder, onerror=failures.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        paths = [Path(place, name) for name in sorted(names) if not name.startswith(".")]
        yield from (_named(path) for path in paths if Path(os.path.realpath(path)).is_relative_to(home))
    yield from (Named(Path(str(error.filename)), error=_why(error)) for error in failures)


def _named(path: Path) -> Named:
    try:
        return Named(path, path.stat().st_size) if path.is_file() else Named(path, error="not a file")
    except OSError as error:
        return Named(path, error=_why(error))


def _why(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file, by its number; ``content`` is None for one that is too long, ``size`` counts its end too."""

    number: int
    size: int
    content: bytes | None


def lines_in(file: BinaryIO, longest: int) -> Iterator[Line]:
    """Yield the lines of a file; of one that is too long no more than that is ever in memory."""
    number = 0
    while line := file.readline(longest + 1):
        number += 1
        is_whole = line.endswith(b"\n") or len(line) <= longest
        yield Line(number, len(line), line) if is_whole else Line(number, len(line) + _rest(file), None)


_PIECE = 1_000_000


def _rest(file: BinaryIO) -> int:
    """Read to the end of a line and return how much that was."""
    size = 0
    while piece := file.readline(_PIECE):
        size += len(piece)
        if piece.endswith(b"\n"):
            break
    return size
