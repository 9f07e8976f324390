"""Giving articles out."""

import json
from dataclasses import replace
from datetime import time

from bot.domain.article import Source, SourceKind, Traces
from bot.domain.exchange import Entry, row_in, rows_in
from bot.domain.feed import USUAL, Feed
from bot.domain.schedule import Away, Quiet, Weekly
from bot.services.export import FEED_LIST, Enclosed, Export, Pack
from tests.builders import HOUR, NOW, a_page, a_stem, an_article, an_update
from tests.fakes import FakeArchive
from tests.services.stage import Stage


async def sent_in(stage: Stage, *marks: str, chat_id: int = 501, source: Source | None = None) -> int:
    reader = await stage.reader(chat_id)
    for mark in marks:
        article = an_article(mark, title=f"خبر {mark}", source=source)
        await stage.articles.add(article, Traces((a_stem(mark),)))
        await stage.articles.receive(mark, reader.id, f"{chat_id}:{mark}", NOW, for_everyone=False)
    return reader.id


def packing(stage: Stage, most: int = 20_000_000) -> Pack:
    return Pack(FakeArchive(stage.world), stage.records, stage.clock, most)


def titles(content: bytes) -> list[str]:
    return [row.article.title for row in rows_in(content) if isinstance(row, Entry)]


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

    content = await packing(stage)(ali)

    assert titles(content) == ["خبر 1", "خبر 2"]
    assert json.loads(content)["articles_left_out"] == 0


async def test_one_who_sent_nothing_gets_the_rest(stage: Stage) -> None:
    reader = await stage.reader(follows=["السودان"])

    told = json.loads(await packing(stage)(reader.id))

    assert (told["articles"], told["topics"][0]["name"]) == ([], "السودان")
    assert (told["reader"]["chat_id"], told["reader"]["times"]) == (501, ["06:00"])


async def test_all_of_a_schedule_is_told(stage: Stage) -> None:
    reader = await stage.reader()
    schedule = replace(
        reader.schedule,
        days=frozenset({0, 6}),
        quiet=Quiet(time(23), time(7)),
        away=Away(NOW, NOW + 24 * HOUR),
        weekly=Weekly(4, time(10)),
    )
    await stage.subscribers.reschedule(reader.id, schedule, NOW, NOW + HOUR)

    told = json.loads(await packing(stage)(reader.id))["reader"]

    assert (told["days"], told["quiet"]) == ([1, 7], {"from": "23:00", "to": "07:00"})
    assert (told["weekly"], told["next_review"]) == ({"day": 5, "at": "10:00"}, (NOW + HOUR).isoformat())
    assert told["away"] == {"since": NOW.isoformat(), "until": (NOW + 24 * HOUR).isoformat()}


async def test_nobody_gets_nothing(stage: Stage) -> None:
    assert await packing(stage)(77) == b""


async def test_what_has_no_room_is_the_oldest(stage: Stage) -> None:
    ali = await sent_in(stage, "1", "2", "3")
    size = len(await packing(stage)(ali))

    content = await packing(stage, most=size - 1)(ali)

    assert titles(content) == ["خبر 2", "خبر 3"]
    assert json.loads(content)["articles_left_out"] == 1
    assert len(content) < size


async def test_of_our_own_messages_the_older_go_where_there_is_no_room(stage: Stage) -> None:
    ali = await sent_in(stage, "1")
    for number in range(40):
        await stage.inbox.add([an_update(number)])
        await stage.inbox.finish([an_update(number)], [a_page(f"جواب {number} " * 20)], NOW)
    size = len(await packing(stage)(ali))

    told = json.loads(await packing(stage, most=size)(ali))

    kept = [each["text"].split()[1] for each in told["messages_from_the_bot"]]
    assert 0 < len(kept) < 40
    assert kept[-1] == "39"
    assert [each["title"] for each in told["articles"]] == ["خبر 1"]


async def test_a_person_from_whom_somebody_had_a_text_is_not_named(stage: Stage) -> None:
    ali = await sent_in(stage, "1", source=Source(SourceKind.PERSON, "منى"))

    assert "منى" not in (await packing(stage)(ali)).decode()


async def test_the_file_of_a_chat_is_that_of_its_reader(stage: Stage) -> None:
    ali = await sent_in(stage, "1")
    enclosed = enclosing(stage)

    assert await enclosed(501, FILE) == await packing(stage)(ali)
    assert await enclosed(501, FILE, 4) == await enclosed(999, FILE) == b""


async def test_the_list_of_feeds_is_as_it_is_when_it_leaves(stage: Stage) -> None:
    await stage.feeds.add(Feed(0, "https://qalam.example/rss", "", None, USUAL, NOW, 1))

    assert await enclosing(stage)(501, FEED_LIST) == b"https://qalam.example/rss"


FILE = "mujaz-2026-03-14.json"


def enclosing(stage: Stage) -> Enclosed:
    """Return what puts files together, a list of feeds as their addresses."""
    return Enclosed(
        packing(stage), stage.subscribers, stage.feeds, lambda feeds: " ".join(feed.url for feed in feeds).encode()
    )


async def test_files_count_against_what_an_hour_allows(stage: Stage) -> None:
    reader = await stage.reader()

    asked = [await stage.limit.of_exports(f"501:{number}", reader) for number in (1, 2, 3, 3, 4)]

    assert [against is None for against in asked] == [True, True, True, True, False]
