"""Naming editors and dismissing them."""

from bot.domain.editor import MOST_EDITORS, Editor
from bot.services.appoint import Appointed, Appointment
from tests.builders import NOW
from tests.services.stage import OWNER, Stage

SALMA = 701


async def test_who_is_named_is_trusted_and_told(stage: Stage) -> None:
    await stage.reader(SALMA)

    appointed = await stage.appoint(SALMA, "سلمى", OWNER)

    assert appointed == Appointed(Appointment.NAMED, is_reachable=True)
    assert await stage.trust(SALMA)
    assert await stage.appoint.all() == [Editor(SALMA, "سلمى", OWNER, NOW)]
    assert await stage.sent() == ["named"]


async def test_who_never_started_the_bot_is_trusted_and_cannot_be_told(stage: Stage) -> None:
    appointed = await stage.appoint(SALMA, "سلمى", OWNER)

    assert appointed == Appointed(Appointment.NAMED, is_reachable=False)
    assert await stage.trust(SALMA)
    assert await stage.sent() == []


async def test_who_stopped_the_bot_cannot_be_reached(stage: Stage) -> None:
    await stage.reader(SALMA)
    await stage.subscribers.pause(SALMA)

    assert not (await stage.appoint(SALMA, "سلمى", OWNER)).is_reachable


async def test_who_is_named_twice_is_told_once(stage: Stage) -> None:
    await stage.reader(SALMA)
    await stage.appoint(SALMA, "سلمى", OWNER)

    appointed = await stage.appoint(SALMA, "سلمى", OWNER)

    assert appointed.outcome is Appointment.ALREADY
    assert await stage.sent() == ["named"]


async def test_an_owner_is_an_editor_without_being_named_and_cannot_be_dismissed(stage: Stage) -> None:
    appointed = await stage.appoint(OWNER, "مالك", OWNER)

    assert appointed.outcome is Appointment.OWNER
    assert await stage.dismiss(OWNER) is None
    assert await stage.trust(OWNER)


async def test_there_are_no_more_editors_than_a_message_has_room_for(stage: Stage) -> None:
    for number in range(MOST_EDITORS):
        await stage.appoint(1 + number, str(number), OWNER)

    assert (await stage.appoint(SALMA, "سلمى", OWNER)).outcome is Appointment.TOO_MANY
    assert (await stage.appoint(1, "0", OWNER)).outcome is Appointment.ALREADY
    assert not await stage.trust(SALMA)


async def test_who_is_dismissed_is_told_and_trusted_no_more(stage: Stage) -> None:
    await stage.reader(SALMA)
    await stage.appoint(SALMA, "سلمى", OWNER)

    gone = await stage.dismiss(SALMA)

    assert gone == Editor(SALMA, "سلمى", OWNER, NOW)
    assert not await stage.trust(SALMA)
    assert await stage.sent() == ["named", "dismissed"]


async def test_a_reader_is_not_trusted(stage: Stage) -> None:
    await stage.reader(SALMA)

    assert not await stage.trust(SALMA)
