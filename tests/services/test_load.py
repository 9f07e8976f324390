"""Taking in what an operator brings."""

from datetime import date, datetime

import pytest

from bot.domain.article import Facts, Source, SourceKind
from bot.domain.exchange import Entry, line_of, row_in
from bot.domain.intake import Refusal
from bot.domain.unread import Found
from bot.services.export import Export
from bot.services.load import Load, Loaded
from tests.builders import BODY, HOUR, NOW, TITLE, an_article
from tests.fakes import FakeArchive
from tests.services.stage import Stage

TEXT = Found("\n".join((TITLE, *BODY, "كلمات دلالية: السودان، النقل")), Facts())


def a_load(stage: Stage, *, for_everyone: bool | None = None) -> Load:
    return Load(stage.collect, FakeArchive(stage.world), for_everyone)


def an_entry(for_everyone_since: datetime | None = None) -> Entry:
    """Return an article as a line of another archive tells it."""
    kept = an_article(source=Source(SourceKind.SITE, "القلم"), published=date(2026, 3, 13))
    found = row_in(line_of(Entry(kept, for_everyone_since)))
    assert isinstance(found, Entry)
    return found


async def exported(stage: Stage) -> list[bytes]:
    return [line async for line in Export(FakeArchive(stage.world))()]


async def test_a_text_is_taken_in_for_everyone(stage: Stage) -> None:
    outcome = await a_load(stage)(TEXT)

    (kept,) = stage.world.articles.values()
    assert outcome is Loaded.NEW
    assert (kept.article.title, kept.article.tags) == (TITLE, ("السودان", "النقل"))
    assert kept.for_everyone_since == NOW
    assert kept.receipts == {}


async def test_a_text_may_be_kept_to_ourselves(stage: Stage) -> None:
    await a_load(stage, for_everyone=False)(TEXT)

    (kept,) = stage.world.articles.values()
    assert kept.for_everyone_since is None
    assert kept.submission is None


async def test_the_same_text_again_is_known(stage: Stage) -> None:
    load = a_load(stage)

    outcomes = [await load(TEXT) for _ in range(2)]

    assert outcomes == [Loaded.NEW, Loaded.KNOWN]
    assert len(stage.world.articles) == 1


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param("مرحبا", Refusal.TALK, id="too short"),
        pytest.param("The ship arrived in port today. " * 9, Refusal.FOREIGN, id="English"),
        pytest.param("…", Refusal.EMPTY, id="no words"),
    ],
)
async def test_what_is_no_article_is_refused_with_its_reason(stage: Stage, text: str, why: Refusal) -> None:
    assert await a_load(stage)(Found(text, Facts())) is why


async def test_what_a_row_says_of_its_text_is_kept(stage: Stage) -> None:
    facts = Facts("عنوان آخر للمقال", date(2026, 3, 1), ("مصر",), Source(SourceKind.PAPER, "القلم"), "https://a.org/b")

    await a_load(stage)(Found("\n".join(BODY), facts))

    (kept,) = stage.world.articles.values()
    assert kept.article.title == "عنوان آخر للمقال"
    assert (kept.article.published, kept.article.source) == (date(2026, 3, 1), facts.source)
    assert (kept.article.tags, kept.article.link) == (("مصر",), "https://a.org/b")


async def test_an_article_of_another_archive_is_as_it_was_and_read_anew(stage: Stage) -> None:
    await stage.reader(follows=["السودان"])

    outcome = await a_load(stage)(an_entry(for_everyone_since=NOW - HOUR))

    (kept,) = stage.world.articles.values()
    shown = stage.articles.shown(kept)
    assert outcome is Loaded.NEW
    assert kept.for_everyone_since == NOW - HOUR
    assert (shown.title, shown.body, shown.collected_at) == (TITLE, BODY, NOW)
    assert shown.summary == BODY[:1]
    assert [subject.name for subject in shown.subjects] == ["السودان"]


@pytest.mark.parametrize(
    ("choice", "since", "kept_since"),
    [
        pytest.param(None, NOW - HOUR, NOW - HOUR, id="as it was: public"),
        pytest.param(None, None, None, id="as it was: private"),
        pytest.param(True, None, NOW, id="published"),
        pytest.param(True, NOW - HOUR, NOW - HOUR, id="public before"),
        pytest.param(False, NOW - HOUR, None, id="kept to ourselves"),
    ],
)
async def test_who_may_see_an_article_of_another_archive(
    stage: Stage,
    choice: bool | None,  # noqa: FBT001
    since: datetime | None,
    kept_since: datetime | None,
) -> None:
    await a_load(stage, for_everyone=choice)(an_entry(for_everyone_since=since))

    (kept,) = stage.world.articles.values()
    assert kept.for_everyone_since == kept_since


async def test_what_is_given_out_and_taken_in_elsewhere_is_given_out_the_same(stage: Stage) -> None:
    load = a_load(stage)
    for text in (TEXT, Found("\n".join(BODY[1:]), Facts("عنوان آخر", tags=("مصر",))), an_entry(for_everyone_since=NOW)):
        await load(text)
    other = Stage()

    for line in await exported(stage):
        row = row_in(line)
        assert await a_load(other)(row) is Loaded.NEW

    assert await exported(other) == await exported(stage)
    places = [[kept.place for kept in each.world.articles.values()] for each in (stage, other)]
    assert places[0] == places[1]


async def test_a_known_article_is_not_read_again(stage: Stage) -> None:
    load = a_load(stage)
    await load(an_entry(for_everyone_since=NOW))
    before = dict(stage.world.articles)

    outcome = await load(an_entry(for_everyone_since=NOW))

    assert outcome is Loaded.KNOWN
    assert stage.world.articles == before
