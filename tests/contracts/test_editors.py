"""What every list of editors promises."""

from bot.domain.delivery import Page
from bot.domain.editor import Editor
from tests.builders import HOUR, NOW, an_article
from tests.contracts.keeping import a_reader, keep
from tests.contracts.worlds import World

OWNER, SALMA, NADIA = 900, 701, 702


def an_editor(user_id: int = SALMA, name: str = "سلمى", hours: int = 0) -> Editor:
    return Editor(user_id, name, OWNER, NOW + hours * HOUR)


async def planned(world: World) -> list[tuple[int, str]]:
    """Return the chats and texts of what may be sent now."""
    return [(delivery.chat_id, delivery.page.text) for delivery in await world.deliveries.claim(NOW + 9 * HOUR, 9, ())]


async def test_nobody_is_an_editor_at_first(world: World) -> None:
    assert await world.editors.all() == []
    assert not await world.editors.is_one(SALMA)


async def test_editors_are_kept_as_named_the_longest_standing_first(world: World) -> None:
    for editor in (an_editor(NADIA, "نادية", 1), an_editor()):
        await world.editors.name(editor, None)

    assert await world.editors.all() == [an_editor(), an_editor(NADIA, "نادية", 1)]
    assert await world.editors.is_one(NADIA)


async def test_a_new_editor_is_told_once(world: World) -> None:
    named = [await world.editors.name(an_editor(hours=hours), Page("صرت محررًا")) for hours in (0, 1)]

    assert named == [True, False]
    assert await world.editors.all() == [an_editor()]
    assert await planned(world) == [(SALMA, "صرت محررًا")]


async def test_who_is_dismissed_is_told_and_is_no_editor_any_more(world: World) -> None:
    await world.editors.name(an_editor(), None)

    gone = await world.editors.dismiss(SALMA, Page("لم تعد محررًا"), NOW)

    assert gone == an_editor()
    assert not await world.editors.is_one(SALMA)
    assert await planned(world) == [(SALMA, "لم تعد محررًا")]


async def test_who_is_no_editor_cannot_be_dismissed_and_is_told_nothing(world: World) -> None:
    assert await world.editors.dismiss(SALMA, Page("لم تعد محررًا"), NOW) is None
    assert await planned(world) == []


async def test_what_a_dismissed_editor_was_to_be_asked_is_not_sent(world: World) -> None:
    reader = await a_reader(world)
    await keep(world, an_article(), sender=reader.id)
    for editor in (an_editor(), an_editor(NADIA, "نادية")):
        await world.editors.name(editor, None)
        await world.submissions.ask("f1", editor.user_id, Page(f"سؤال {editor.name}"), NOW)

    await world.editors.dismiss(SALMA, None, NOW)

    assert await planned(world) == [(NADIA, "سؤال نادية")]
    assert [each.article.fingerprint for each in await world.submissions.unasked(SALMA, 9)] == ["f1"]
