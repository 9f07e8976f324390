"""Giving articles out."""

from bot.domain.article import Source, SourceKind, Traces
from bot.domain.exchange import Entry, row_in
from bot.services.export import Enclosed, Export, Pack, Parcel
from tests.builders import NOW, a_stem, an_article
from tests.fakes import FakeArchive
from tests.services.stage import Stage


async def sent_in(stage: Stage, *marks: str, chat_id: int = 501, source: Source | None = None) -> int:
    reader = await stage.reader(chat_id)
    for mark in marks:
        article = an_article(mark, title=f"خبر {mark}", source=source)
        await stage.articles.add(article, Traces((a_stem(mark),)))
        await stage.articles.receive(mark, reader.id, f"{chat_id}:{mark}", NOW, for_everyone=False)
    return reader.id


def titles(parcel: Parcel) -> list[str]:
    rows = [row_in(line) for line in parcel.content.splitlines()]
    return [row.article.title for row in rows if isinstance(row, Entry)]


async def test_the_whole_archive_is_given_out_in_order(stage: Stage) -> None:
    marks = [str(number) for number in range(250)]
    await sent_in(stage, *marks)
    export = Export(FakeArchive(stage.world))

    rows = [row_in(line) async for line in export()]

    assert await export.count() == 250
    assert [row.article.title for row in rows if isinstance(row, Entry)] == [f"خبر {mark}" for mark in marks]


async def test_a_reader_gets_what_they_sent_and_nothing_else(stage: Stage) -> None:
    ali = await sent_in(stage, "1", "2")
    await sent_in(stage, "3", chat_id=502)

    parcel = await Pack(FakeArchive(stage.world))(ali)

    assert titles(parcel) == ["خبر 1", "خبر 2"]
    assert (parcel.articles, parcel.left_out) == (2, 0)


async def test_one_who_sent_nothing_gets_nothing(stage: Stage) -> None:
    reader = await stage.reader()

    assert await Pack(FakeArchive(stage.world))(reader.id) == Parcel(b"", 0)


async def test_what_has_no_room_is_the_oldest(stage: Stage) -> None:
    ali = await sent_in(stage, "1", "2", "3")
    size = len((await Pack(FakeArchive(stage.world))(ali)).content)

    parcel = await Pack(FakeArchive(stage.world), most=size - 1)(ali)

    assert titles(parcel) == ["خبر 2", "خبر 3"]
    assert (parcel.articles, parcel.left_out) == (2, 1)
    assert len(parcel.content) < size


async def test_a_person_from_whom_somebody_had_a_text_is_not_named(stage: Stage) -> None:
    ali = await sent_in(stage, "1", source=Source(SourceKind.PERSON, "منى"))

    parcel = await Pack(FakeArchive(stage.world))(ali)

    assert "منى" not in parcel.content.decode()


async def test_the_file_of_a_chat_is_that_of_its_reader(stage: Stage) -> None:
    ali = await sent_in(stage, "1")
    pack = Pack(FakeArchive(stage.world))
    enclosed = Enclosed(pack, stage.subscribers)

    assert await enclosed(501) == (await pack(ali)).content
    assert await enclosed(999) == b""
