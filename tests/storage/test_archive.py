"""From one database to another."""

import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.exchange import Entry, line_of, row_in
from bot.services.collect import Collect
from bot.services.export import Export
from bot.services.load import Load
from bot.storage.archive import StoredArchive
from bot.storage.articles import StoredArticles
from bot.storage.database import opened
from tests.domain.test_exchange import entries
from tests.fakes import FakeClock, FakeRead, FakeWorld


async def passed_on(database: Path, lines: Sequence[bytes]) -> list[bytes]:
    """Take lines into an empty database and return what it gives out."""
    with opened(str(database)) as kept:
        archive = StoredArchive(kept)
        load = Load(Collect(StoredArticles(kept), FakeRead(FakeWorld()), FakeClock()), archive)
        for line in lines:
            await load(row_in(line))
        return [line async for line in Export(archive)()]


@settings(max_examples=25, deadline=None)
@given(st.lists(entries(), max_size=6))
def test_what_one_archive_gives_out_the_next_gives_out_too(kept: list[Entry]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        given_out = asyncio.run(passed_on(Path(folder, "one.sqlite"), list(map(line_of, kept))))
        again = asyncio.run(passed_on(Path(folder, "two.sqlite"), given_out))

    assert again == given_out
    assert len(given_out) == len({entry.article.fingerprint for entry in kept})
