"""The topic catalogue: what news is often about, as an operator may edit it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """One line of topics.tsv.

    ``forms`` are other names; ``nisba`` is the adjective, masculine singular without the article; ``plurals`` are
    the irregular ones; ``capital`` holds names that count only if asked for. ``is_ambiguous`` marks a word of the
    dictionary, ``qualified`` the phrases that settle it, ``blocks`` the phrases in which it means something else.
    ``flag`` is the emoji of a country or territory, empty for everything else.
    """

    name: str
    forms: tuple[str, ...]
    nisba: tuple[str, ...]
    plurals: tuple[str, ...]
    capital: tuple[str, ...]
    kind: str
    is_ambiguous: bool
    qualified: tuple[str, ...]
    blocks: tuple[str, ...]
    flag: str


COLUMNS = ("name", "forms", "nisba", "plurals", "capital", "kind", "ambiguous", "qualified", "blocks", "flag")
KINDS = frozenset({"country", "region", "city", "organisation", "theme", "club"})

_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")


def read_catalogue(text: str | None = None) -> tuple[CatalogueRow, ...]:
    """Return the rows of a catalogue, of the shipped one if none is given.

    Raise ValueError with the number of the line for the first line that cannot be read.
    """
    if text is None:
        text = files("config").joinpath("topics.tsv").read_text(encoding="utf-8")
    lines = text.removeprefix("\ufeff").splitlines()
    if not lines or tuple(lines[0].split("\t")) != COLUMNS:
        raise ValueError(f"line 1: the columns must be {', '.join(COLUMNS)}")
    return tuple(_rows(lines))


def _rows(lines: list[str]) -> Iterator[CatalogueRow]:
    seen: dict[str, int] = {}
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip():
            continue
        try:
            row = _row(line)
        except ValueError as error:
            raise ValueError(f"line {number}: {error}") from error
        if row.name in seen:
            raise ValueError(f"line {number}: {row.name} already stands in line {seen[row.name]}")
        seen[row.name] = number
        yield row


def _row(line: str) -> CatalogueRow:
    cells = [cell.strip() for cell in line.split("\t")]
    if len(cells) != len(COLUMNS):
        raise ValueError(f"{len(cells)} cells instead of {len(COLUMNS)}")
    name, forms, nisba, plurals, capital, kind, ambiguous, qualified, blocks, flag = cells
    if not name or "|" in name:
        raise ValueError("the name must be one name")
    if kind not in KINDS:
        raise ValueError(f"the kind {kind!r} is none of {', '.join(sorted(KINDS))}")
    if ambiguous not in {"", "yes"}:
        raise ValueError(f"ambiguous is {ambiguous!r}, neither yes nor empty")
    if flag and not _FLAG.fullmatch(flag):
        raise ValueError(f"the flag {flag!r} is not two regional indicators")
    return CatalogueRow(
        name=name,
        forms=_values(forms),
        nisba=_values(nisba),
        plurals=_values(plurals),
        capital=_values(capital),
        kind=kind,
        is_ambiguous=ambiguous == "yes",
        qualified=_values(qualified),
        blocks=_values(blocks),
        flag=flag,
    )


def _values(cell: str) -> tuple[str, ...]:
    values = tuple(value.strip() for value in cell.split("|")) if cell else ()
    if not all(values):
        raise ValueError(f"an empty value in {cell!r}")
    return values
