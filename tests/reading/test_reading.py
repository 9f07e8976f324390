"""What everything that reads promises, in place and in a process of its own."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import date

import pytest

from bot.domain.article import Facts, Source, SourceKind, Traces
from bot.domain.intake import Refusal
from bot.domain.reading import Text
from bot.domain.repetition import line_fingerprints
from bot.domain.topic import Reason, Subject
from bot.ports import Read
from bot.reading.process import ReadingProcess
from bot.summarize.budget import Budget
from tests.builders import BODY, TITLE, a_draft, a_topic, an_article
from tests.fakes import FakeArticles, FakeRead, FakeTopics, FakeWorld


@pytest.fixture
def world() -> FakeWorld:
    return FakeWorld()


@pytest.fixture(params=["in place", "process"])
async def read(request: pytest.FixtureRequest, world: FakeWorld) -> AsyncIterator[Read]:
    async with AsyncExitStack() as stack:
        if request.param == "in place":
            yield FakeRead(world)
        else:
            yield await stack.enter_async_context(
                ReadingProcess(FakeTopics(world), FakeArticles(world), Budget(1, 200))
            )


async def test_a_text_is_taken_apart(read: Read) -> None:
    opened = await read.open(a_draft(f"{TITLE}\n{BODY[0]}\n{BODY[1]}\nالمصدر: وكالة القلم"))

    assert (opened.layout.title, opened.layout.body, opened.layout.source) == (TITLE, BODY[:2], "وكالة القلم")
    assert opened.refusal is None
    assert len(opened.fingerprint) == 32


async def test_what_a_page_says_of_a_text_goes_with_it(read: Read) -> None:
    facts = Facts(TITLE, date(2026, 3, 13), ("الطيران",), Source(SourceKind.SITE, "القلم"), "https://a.example/1")

    layout = (await read.open(a_draft("\n".join(BODY), facts=facts))).layout

    assert (layout.title, layout.body) == (TITLE, BODY)
    assert (layout.published, layout.tags) == (date(2026, 3, 13), ("الطيران",))


async def test_what_is_no_article_is_refused(read: Read) -> None:
    assert (await read.open(a_draft("السلام عليكم كيف الحال"))).refusal is Refusal.TALK


async def test_a_text_with_half_a_surrogate_pair_is_read(read: Read) -> None:
    assert (await read.open(a_draft(f"{TITLE}\ud83d\n{BODY[0]}"))).layout.title == TITLE


async def test_an_article_is_about_the_topics_kept_by_then(read: Read, world: FakeWorld) -> None:
    layout = (await read.open(a_draft())).layout
    before = await read.search(layout, ())

    await FakeTopics(world).add(a_topic("السودان"), {})
    after = await read.search(layout, ())

    assert before.subjects == ()
    assert after.subjects == (Subject("السودان", Reason.TITLE, 2),)


async def test_tags_that_articles_carried_are_mentioned_suggested_and_told_apart(read: Read, world: FakeWorld) -> None:
    for number in range(8):
        tagged = an_article(f"f{number}", tags=("مطار الخرطوم",))
        await FakeArticles(world).add(tagged, Traces(mentioned=("مطار الخرطوم",) if number else ()))

    layout = (await read.open(a_draft(f"إغلاق مطار الخرطوم بسبب العاصفة\n{BODY[1]}\n{BODY[2]}"))).layout
    findings = await read.search(layout, ())
    footer = (await read.open(a_draft(f"{TITLE}\n{BODY[1]}\nكلمات دلالية: مطار الخرطوم تونس"))).layout.tags

    assert (findings.mentioned, findings.suggested) == (("مطار الخرطوم",), ("مطار الخرطوم",))
    assert footer == ("مطار الخرطوم", "تونس")


async def test_a_summary_is_a_sentence_of_the_article_and_none_that_its_source_repeats(read: Read) -> None:
    opened = await read.open(a_draft())

    findings = await read.search(opened.layout, ())
    without = await read.search(opened.layout, line_fingerprints(BODY[:1]))

    assert findings.summary == BODY[:1]
    assert without.summary in {(BODY[1],), (BODY[2],)}
    assert set(opened.lines) == line_fingerprints(BODY)


async def test_a_summary_is_made_again_from_the_kept_parts(read: Read) -> None:
    assert await read.summarise(Text(TITLE, BODY, ()), ()) == BODY[:1]


async def test_a_topic_that_is_not_kept_is_looked_for_in_many_articles(read: Read) -> None:
    texts = [Text(TITLE, BODY, ()), Text("أسعار القمح", ("ارتفعت الأسعار.",), ())] * 120

    found = await read.about(a_topic("بورتسودان"), texts)

    assert [subject and subject.name for subject in found] == ["بورتسودان", None] * 120
