"""What every archive promises about articles whose messages changed."""

import pytest

from bot.domain.article import Article, Source, SourceKind, Traces
from bot.domain.keyphrases import KnownTag
from tests.builders import BODY, HOUR, NOW, a_subject, an_article
from tests.contracts.keeping import a_reader, keep
from tests.contracts.worlds import World

STEMS = ("مطار", "خرطوم", "رحل", "فتح")
OTHER_EVENT = ("نفط", "سوق", "سعر", "برميل")
OLD = an_article("f1", tags=("مطار الخرطوم",), subjects=(a_subject(),))
NEW = an_article("f2", title="السودان يفتح المطار", tags=("الطيران",), subjects=(a_subject(mentions=3),))


async def brought(world: World, article: Article = OLD, chat_id: int = 501, receipt: str = "501:1") -> int:
    """Let a reader who follows السودان bring an article; return the reader's number."""
    reader = await a_reader(world, chat_id, ["السودان"])
    await world.articles.add(article, Traces(STEMS))
    await world.articles.receive(article.fingerprint, reader.id, receipt, NOW, for_everyone=False)
    return reader.id


async def revise(
    world: World,
    article: Article,
    stems: tuple[str, ...] = STEMS,
    receipt: str = "501:1",
    reader: int | None = 1,
    *,
    for_everyone: bool = False,
) -> None:
    """Do what the use case does."""
    await world.articles.revise(receipt, article, Traces(stems), for_everyone=for_everyone)
    await world.articles.receive(article.fingerprint, reader, receipt, NOW + HOUR, for_everyone=for_everyone)


async def shown(world: World, reader: int) -> list[list[str]]:
    """Return the titles of each story that is new to a reader."""
    stories = await world.deliveries.fresh(reader, NOW - HOUR)
    return [[report.title for report in story.reports] for story in stories]


async def test_a_message_is_known_by_its_receipt(world: World) -> None:
    await brought(world)

    assert await world.articles.brought_by("501:1") == OLD
    assert await world.articles.brought_by("501:2") is None


async def test_a_later_message_with_a_known_article_is_known_too(world: World) -> None:
    reader = await brought(world)

    await world.articles.receive("f1", reader, "501:2", NOW, for_everyone=False)

    assert await world.articles.brought_by("501:2") == OLD


async def test_a_new_version_takes_the_place_of_the_old_one(world: World) -> None:
    reader = await brought(world)
    new = an_article("f2", "عنوان جديد", BODY[1:], tags=("الطيران",), collected_at=NOW + HOUR, link="https://a.example")

    await revise(world, new)

    assert await world.articles.find("f1") is None
    found = await world.articles.brought_by("501:1")
    assert found == an_article("f2", "عنوان جديد", BODY[1:], tags=("الطيران",), link="https://a.example")
    assert await shown(world, reader) == []


async def test_a_new_version_is_told_in_its_story_with_its_own_subjects(world: World) -> None:
    reader = await brought(world)
    before = await world.deliveries.fresh(reader, NOW - HOUR)

    await revise(world, NEW)

    after = await world.deliveries.fresh(reader, NOW - HOUR)
    assert [story.id for story in after] == [story.id for story in before]
    assert await shown(world, reader) == [["السودان يفتح المطار"]]
    assert await world.articles.brought_by("501:1") == NEW


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(an_article("f1", tags=("الطيران", "السودان")), id="its tags"),
        pytest.param(an_article("f1", title="السودان، يعلن!"), id="its punctuation"),
        pytest.param(an_article("f1", source=Source(SourceKind.PAPER, "القدس العربي")), id="its source"),
    ],
)
async def test_what_no_fingerprint_tells_is_changed_too(world: World, changed: Article) -> None:
    await brought(world)

    await revise(world, changed)

    assert await world.articles.find("f1") == changed


async def test_tags_count_the_uses_of_the_new_version_alone(world: World) -> None:
    await brought(world)

    await revise(world, NEW)

    known, _ = await world.articles.tags_after(0)
    assert set(known) == {KnownTag("مطار الخرطوم", 0, 0), KnownTag("الطيران", 1, 0)}


async def test_a_reader_who_sent_the_same_keeps_what_they_sent(world: World) -> None:
    ali, mona = await brought(world), await brought(world, chat_id=502, receipt="502:1")

    await revise(world, NEW)

    assert await world.articles.brought_by("501:1") == NEW
    assert await world.articles.brought_by("502:1") == OLD
    assert await shown(world, ali) == [["السودان يفتح المطار"]]
    assert await shown(world, mona) == [[OLD.title]]


async def test_a_reader_who_sent_it_twice_and_changed_one_keeps_both(world: World) -> None:
    reader = await brought(world)
    await world.articles.receive("f1", reader, "501:2", NOW, for_everyone=False)

    await revise(world, NEW)

    assert await shown(world, reader) == [[OLD.title, NEW.title]]


async def test_an_editors_change_is_everyones(world: World) -> None:
    editor, mona = await brought(world), (await a_reader(world, 502, ["السودان"])).id
    await world.articles.receive("f1", editor, "501:1", NOW, for_everyone=True)

    await revise(world, NEW, for_everyone=True)

    assert await shown(world, mona) == [["السودان يفتح المطار"]]


async def test_what_everyone_reads_is_changed_by_editors_only(world: World) -> None:
    ali, mona = await brought(world), (await a_reader(world, 502, ["السودان"])).id
    await world.articles.receive("f1", ali, "501:1", NOW, for_everyone=True)

    await revise(world, NEW)

    assert await shown(world, mona) == [[OLD.title]]
    assert await shown(world, ali) == [[OLD.title, NEW.title]]


async def test_another_event_written_over_the_old_one_is_news(world: World) -> None:
    reader = await brought(world)
    news = an_article("f2", title="ارتفاع أسعار النفط", subjects=(a_subject(),), collected_at=NOW + HOUR)

    await revise(world, news, OTHER_EVENT)

    assert await world.articles.find("f1") is None
    assert await world.articles.brought_by("501:1") == news
    assert await shown(world, reader) == [["ارتفاع أسعار النفط"]]


async def test_a_version_that_is_known_already_makes_the_old_one_go(world: World) -> None:
    reader = await brought(world)
    await keep(world, NEW, STEMS)

    await revise(world, NEW)

    assert await world.articles.find("f1") is None
    assert await world.articles.brought_by("501:1") == NEW
    assert await shown(world, reader) == [["السودان يفتح المطار"]]


async def test_a_message_that_brought_nothing_brings_its_article(world: World) -> None:
    await a_reader(world)

    await revise(world, NEW, receipt="501:9")

    assert await world.articles.brought_by("501:9") == an_article("f2", title="السودان يفتح المطار", tags=("الطيران",))


async def test_a_post_of_a_channel_is_everyones_and_belongs_to_no_reader(world: World) -> None:
    reader = (await a_reader(world, 502, ["السودان"])).id
    await world.articles.add(OLD, Traces(STEMS))

    is_first = await world.articles.receive("f1", None, "-1007:1", NOW, for_everyone=True)
    await revise(world, NEW, receipt="-1007:1", reader=None, for_everyone=True)

    assert is_first
    assert await shown(world, reader) == [["السودان يفتح المطار"]]


async def test_a_new_version_is_what_later_copies_are_copies_of(world: World) -> None:
    await brought(world)
    await revise(world, NEW)

    place = await world.articles.add(an_article("f9", title="عنوان آخر", body=NEW.body), Traces(("سوق",)))

    assert place.copy_of == NEW.fingerprint


async def test_when_a_text_goes_the_first_of_its_copies_is_the_text_they_copy(world: World) -> None:
    await brought(world)
    for mark in ("f7", "f8"):
        await world.articles.add(an_article(mark, title=mark, body=OLD.body), Traces((mark,)))

    await revise(world, an_article("f2", title="خبر آخر"), ("جذر-آخر",))

    later = await world.articles.add(an_article("f9", title="f9", body=OLD.body), Traces(("f9",)))
    assert await world.articles.find("f1") is None
    assert later.copy_of == "f7"
    assert (await world.articles.add(an_article("f7", title="f7", body=OLD.body), Traces(("f7",)))).copy_of is None


@pytest.mark.parametrize(
    ("article", "stems"),
    [
        pytest.param(NEW, STEMS, id="the same event in other words"),
        pytest.param(an_article("f1", source=Source(SourceKind.PAPER, "الرأي")), STEMS, id="the same words of another"),
        pytest.param(NEW, OTHER_EVENT, id="another event"),
    ],
)
async def test_what_a_message_says_now_is_not_what_was_seen_at_an_address(
    world: World, article: Article, stems: tuple[str, ...]
) -> None:
    await brought(world)
    await world.addresses.note(["https://a.example/1"], "f1", NOW)

    await revise(world, article, stems)

    assert await world.addresses.find("https://a.example/1", NOW) is None
