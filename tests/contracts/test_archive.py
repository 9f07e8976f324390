"""What every archive promises to those that it exchanges articles with."""

from dataclasses import replace
from datetime import date

from bot.domain.article import Source, SourceKind, Traces
from bot.domain.exchange import Entry
from bot.domain.submission import Verdict
from tests.builders import HOUR, NOW, a_stem, a_subject, an_article
from tests.contracts.keeping import a_reader, keep
from tests.contracts.worlds import World

ENTRY = Entry(
    an_article(
        tags=("السودان", "مطار الخرطوم"),
        published=date(2026, 3, 13),
        source=Source(SourceKind.CHANNEL, "أخبار الساعة", "https://t.me/news"),
        link="https://example.org/خبر",
    ),
    NOW + HOUR,
    ("مطار الخرطوم",),
)


async def test_an_empty_archive_has_nothing_to_give(world: World) -> None:
    assert await world.archive.count() == 0
    assert await world.archive.after(0, 10) == ([], 0)


async def test_a_restored_article_is_given_out_as_it_came(world: World) -> None:
    is_new = await world.archive.restore(ENTRY, Traces((a_stem("f1"),), guessed=ENTRY.guessed))

    assert is_new
    assert (await world.archive.after(0, 10))[0] == [ENTRY]


async def test_an_article_that_is_for_nobody_stays_so(world: World) -> None:
    await world.archive.restore(Entry(an_article()), Traces((a_stem("f1"),)))

    assert (await world.archive.after(0, 10))[0] == [Entry(an_article())]


async def test_articles_are_given_out_in_lots_in_the_order_of_keeping(world: World) -> None:
    for number in range(5):
        await keep(world, an_article(f"f{number}"))

    marks, mark, lots = [], 0, []
    while (lot := await world.archive.after(mark, 2))[0]:
        marks.append([entry.article.fingerprint for entry in lot[0]])
        mark = lot[1]
        lots.append(len(lot[0]))

    assert marks == [["f0", "f1"], ["f2", "f3"], ["f4"]]
    assert lots == [2, 2, 1]
    assert await world.archive.count() == 5


async def test_a_restored_article_comes_before_the_readers_of_its_topic(world: World) -> None:
    reader = await a_reader(world, follows=["السودان"])

    await world.archive.restore(Entry(an_article(subjects=(a_subject(),)), NOW), Traces((a_stem("f1"),)))

    assert len(await world.deliveries.fresh(reader.id, NOW)) == 1


async def test_a_known_article_stays_as_it_is(world: World) -> None:
    await world.archive.restore(ENTRY, Traces((a_stem("f1"),), guessed=ENTRY.guessed))
    other = replace(ENTRY, article=replace(ENTRY.article, link=None, tags=("مصر",)), for_everyone_since=NOW + 2 * HOUR)

    is_new = await world.archive.restore(other, Traces((a_stem("f1"),)))

    assert not is_new
    assert (await world.archive.after(0, 10))[0] == [ENTRY]


async def test_what_waits_for_an_editor_is_settled_where_another_archive_has_it_for_everyone(world: World) -> None:
    reader = await a_reader(world)
    await keep(world, an_article(), sender=reader.id)

    is_new = await world.archive.restore(Entry(an_article(), NOW), Traces())

    submission = await world.submissions.find("f1")
    assert not is_new
    assert submission is not None
    assert submission.decision is not None
    assert submission.decision.verdict is Verdict.BROUGHT


async def test_what_somebody_sent_is_given_to_them_newest_first(world: World) -> None:
    ali, mona = await a_reader(world, 501), await a_reader(world, 502)
    for number in range(5):
        await world.articles.add(an_article(f"f{number}"), Traces((a_stem(f"f{number}"),)))
        sender = mona if number == 1 else ali
        await world.articles.receive(f"f{number}", sender.id, f"{sender.id}:{number}", NOW, for_everyone=False)

    first, mark = await world.archive.sent_by(ali.id, None, 3)
    second, mark = await world.archive.sent_by(ali.id, mark, 3)
    third, _ = await world.archive.sent_by(ali.id, mark, 3)

    assert [[entry.article.fingerprint for entry in lot] for lot in (first, second, third)] == [
        ["f4", "f3", "f2"],
        ["f0"],
        [],
    ]
    assert [await world.archive.count_sent_by(reader.id) for reader in (ali, mona)] == [4, 1]


async def test_an_edit_of_a_message_does_not_take_what_was_imported_too(world: World) -> None:
    reader = await a_reader(world)
    await world.archive.restore(ENTRY, Traces((a_stem("f1"),), guessed=ENTRY.guessed))
    await world.articles.receive("f1", reader.id, "501:1", NOW, for_everyone=False)

    await world.articles.revise("501:1", an_article("f2"), Traces((a_stem("f1"),)), for_everyone=True)

    assert await world.articles.find("f1") == ENTRY.article
