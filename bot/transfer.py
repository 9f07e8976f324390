"""`mujaz export` and `mujaz import`: articles from one archive, or from files, into another."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import click

from bot.app import catalogue_topics, reading, utc_now
from bot.domain.exchange import LONGEST_LINE, BadRow, Entry, row_in, rows_in
from bot.domain.feed import OPERATOR, USUAL, FeedRead
from bot.domain.intake import Refusal
from bot.domain.links import canonical, split
from bot.domain.unread import MOST_BYTES, Found, Reason, Unread
from bot.fetch.articles import FileArticles
from bot.fetch.bounded import BoundedReaders
from bot.fetch.folders import DOCUMENTS, FEEDS, RECORDS, ROWS, Line, Named, files_in, lines_in
from bot.fetch.refusals import ContentRefused
from bot.processes import ProcessEnded
from bot.reading.process import ReadingFailed
from bot.services.collect import Collect
from bot.services.export import Export
from bot.services.feeds import first_seen
from bot.services.load import Load, Loaded
from bot.storage.archive import StoredArchive
from bot.storage.articles import StoredArticles
from bot.storage.database import opened
from bot.storage.feeds import StoredFeeds
from bot.storage.topics import StoredTopics
from config.settings import Settings

_MOST_OF_A_RECORD = 2 * MOST_BYTES  # one that we gave out has at most half of that
_STEPS = 1_000  # of a progress bar, at most
_STOPPED = 130  # what a shell says of a program that Ctrl-C ended


def export(settings: Settings, file: Path) -> None:
    """Write the archive to a file, which is there once it is whole, or to standard output."""
    try:
        if str(file) == "-":
            with contextlib.suppress(BrokenPipeError):
                asyncio.run(_export(settings, sys.stdout.buffer, lambda _: contextlib.nullcontext()))
                sys.stdout.buffer.flush()
            return
        unfinished = file.with_name(f".{file.name}.{os.getpid()}")
        try:
            with unfinished.open("xb") as out:
                asyncio.run(_export(settings, out, lambda total: _bar("export", total)))
            unfinished.replace(file)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise click.ClickException(f"{_shown(file)}: {(error.strerror or str(error)).lower()}") from error


_Bar = Callable[[int], contextlib.AbstractContextManager[Callable[[int], None] | None]]


async def _export(settings: Settings, out: BinaryIO, bar: _Bar) -> None:
    with opened(settings.database) as database:
        articles = Export(StoredArchive(database))
        with bar(await articles.count()) as advanced:
            async for line in articles():
                out.write(line)
                if advanced:
                    advanced(1)


def take_in(settings: Settings, paths: Sequence[Path], *, for_everyone: bool | None) -> None:
    """Take in the articles of files and folders, and say what became of them."""
    for path in paths:
        if not path.exists():
            raise click.ClickException(f"{_shown(path)}: no such file or folder")
    tally = Tally()
    is_whole = asyncio.run(_take_in(settings, files_in(paths), tally, for_everyone=for_everyone))
    if not is_whole:
        click.echo("\nstopped; what was taken in stays, and the same command goes on", err=True)
    _tell(tally)
    if not is_whole:
        sys.exit(_STOPPED)
    if not tally.new + tally.known:
        sys.exit(1)


_PLACES = 3


@dataclass(slots=True)
class Tally:
    """What became of the articles of an import."""

    new: int = 0
    known: int = 0
    refused: dict[str, tuple[int, list[str]]] = field(default_factory=dict)  # by reason: how many, and the first

    def add(self, outcome: Loaded | str, place: str) -> None:
        """Count what became of the article at a place: a refusal by its reason."""
        match outcome:
            case Loaded.NEW:
                self.new += 1
            case Loaded.KNOWN:
                self.known += 1
            case reason:
                count, places = self.refused.get(reason, (0, []))
                self.refused[reason] = (count + 1, [*places, place][:_PLACES])


def _tell(tally: Tally) -> None:
    click.echo(f"new {tally.new}\nknown {tally.known}\nrefused {sum(count for count, _ in tally.refused.values())}")
    for reason, (count, places) in sorted(tally.refused.items(), key=lambda item: -item[1][0]):
        more = ", …" if count > len(places) else ""
        click.echo(f"  {count} {reason}: {', '.join(places)}{more}")


async def _take_in(settings: Settings, files: Sequence[Named], tally: Tally, *, for_everyone: bool | None) -> bool:
    """Take in all files; tell if it was not stopped."""
    stop = _told_to_stop()
    with opened(settings.database) as database:
        articles, topics = StoredArticles(database), StoredTopics(database)
        await topics.seed(catalogue_topics())
        readers = BoundedReaders()
        try:
            async with reading(settings, topics, articles) as read:
                load = Load(Collect(articles, read, utc_now), StoredArchive(database), for_everyone)
                with _bar("import", sum(file.size for file in files)) as advanced:
                    feeds = StoredFeeds(database)
                    intake = _Intake(load, FileArticles(readers), readers, feeds, tally, advanced, stop)
                    for file in files:
                        await intake(file)
        finally:
            await readers.aclose()
    return not stop.is_set()


def _told_to_stop() -> asyncio.Event:
    """Return what the first Ctrl-C sets, so that the article in hand is finished; the second one ends everything."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()

    def stopping() -> None:
        stop.set()
        loop.remove_signal_handler(signal.SIGINT)

    with contextlib.suppress(ValueError, RuntimeError):  # in a thread, where no signal comes
        loop.add_signal_handler(signal.SIGINT, stopping)
    return stop


@dataclass(frozen=True, slots=True)
class _Intake:
    load: Load
    read_file: FileArticles
    readers: BoundedReaders
    feeds: StoredFeeds
    tally: Tally
    advanced: Callable[[int], None]
    stop: asyncio.Event

    async def __call__(self, file: Named) -> None:
        """Take in the articles of a file; whatever it is, the next one is not its business."""
        if self.stop.is_set():
            return
        ending = file.path.suffix.lower()
        try:
            if file.error:
                self.tally.add(file.error, _shown(file.path))
            elif ending in ROWS:
                await self._rows(file)
                return
            elif ending in FEEDS:
                await self._feeds(file)
            elif ending in RECORDS:
                await self._record(file)
            else:
                self.tally.add(await self._whole(file, ending), _shown(file.path))
        except OSError as error:
            self.tally.add((error.strerror or type(error).__name__).lower(), _shown(file.path))
        self.advanced(file.size)

    async def _whole(self, file: Named, ending: str) -> Loaded | str:
        if ending not in DOCUMENTS:
            return Reason.UNKNOWN_KIND.value
        if file.size > MOST_BYTES:
            return Reason.TOO_LARGE.value
        found = await self.read_file(file.path.read_bytes(), file.path.name, utc_now())
        return found.reason.value if isinstance(found, Unread) else await self._loaded(found)

    async def _rows(self, file: Named) -> None:
        with file.path.open("rb") as content:
            for line in lines_in(content, LONGEST_LINE):
                if self.stop.is_set():
                    return
                if line.content is None or line.content.strip():
                    self.tally.add(await self._row(line), f"{_shown(file.path)}:{line.number}")
                self.advanced(line.size)

    async def _record(self, file: Named) -> None:
        """Take in the articles of the file that a reader got with /export."""
        if file.size > _MOST_OF_A_RECORD:
            self.tally.add(Reason.TOO_LARGE.value, _shown(file.path))
            return
        try:
            rows = rows_in(file.path.read_bytes())
        except BadRow as error:
            self.tally.add(str(error), _shown(file.path))
            return
        for number, row in enumerate(rows, start=1):
            if self.stop.is_set():
                return
            self.tally.add(
                str(row) if isinstance(row, BadRow) else await self._loaded(row), f"{_shown(file.path)}:{number}"
            )

    async def _feeds(self, file: Named) -> None:
        """Keep the feeds of a list; they are looked at when the bot runs next."""
        try:
            outlines = await self.readers.opml(file.path.read_bytes(), utc_now())
        except ContentRefused as error:
            self.tally.add(error.reason.value, _shown(file.path))
            return
        for outline in outlines:
            if split(outline.url) is None:
                self.tally.add(Reason.BAD_ADDRESS.value, _shown(file.path))
                continue
            listed = FeedRead(canonical(outline.url), outline.title, outline.site, ())
            _, is_new = await self.feeds.add(first_seen(listed, OPERATOR, USUAL, utc_now()))
            self.tally.add(Loaded.NEW if is_new else Loaded.KNOWN, _shown(file.path))

    async def _row(self, line: Line) -> Loaded | str:
        if line.content is None:
            return "a line of more than 5 MB"
        try:
            return await self._loaded(row_in(line.content))
        except BadRow as error:
            return str(error)

    async def _loaded(self, brought: Entry | Found) -> Loaded | str:
        try:
            outcome = await self.load(brought)
        except (ReadingFailed, ProcessEnded, TimeoutError):
            return "could not be read: the reading process gave up"
        return _NO_ARTICLE[outcome] if isinstance(outcome, Refusal) else outcome


_NO_ARTICLE = {
    Refusal.EMPTY: "no words in it",
    Refusal.HASHTAGS: "only hashtags",
    Refusal.FOREIGN: "not Arabic",
    Refusal.NOISE: "letters, but no language",
    Refusal.TALK: "too short for an article",
}


@contextlib.contextmanager
def _bar(label: str, total: int) -> Iterator[Callable[[int], None]]:
    steps = max(total // _STEPS, 1)
    with click.progressbar(length=total, label=label, file=sys.stderr, update_min_steps=steps) as bar:
        yield bar.update


def _shown(path: Path) -> str:
    """Return a path as one line that every terminal takes."""
    name = click.format_filename(path)
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in name)
