"""What every keeper of parts promises."""

from tests.builders import HOUR, NOW
from tests.contracts.worlds import World

ALI, CHANNEL = 501, -1007
FIRST, SECOND, THIRD = {"text": "أول"}, {"text": "ثان"}, {"text": "ثالث"}


async def test_nothing_is_kept_at_first(world: World) -> None:
    assert await world.parts.last(ALI, 9) == {}


async def test_the_parts_of_a_text_are_found_by_any_of_them_in_order(world: World) -> None:
    await world.parts.keep(ALI, {2: SECOND, 1: FIRST}, NOW)

    for number in (1, 2):
        assert list((await world.parts.last(ALI, number)).items()) == [(1, FIRST), (2, SECOND)]


async def test_a_later_message_finds_the_text_before_it(world: World) -> None:
    await world.parts.keep(ALI, {1: FIRST}, NOW)
    await world.parts.keep(ALI, {4: SECOND}, NOW)

    assert await world.parts.last(ALI, 3) == {1: FIRST}
    assert await world.parts.last(ALI, 9) == {4: SECOND}


async def test_a_text_grows_and_changes(world: World) -> None:
    await world.parts.keep(ALI, {1: FIRST}, NOW)

    await world.parts.keep(ALI, {1: THIRD, 3: SECOND}, NOW)

    assert await world.parts.last(ALI, 3) == {1: THIRD, 3: SECOND}


async def test_chats_do_not_mix(world: World) -> None:
    await world.parts.keep(ALI, {1: FIRST}, NOW)

    assert await world.parts.last(502, 9) == {}


async def test_old_messages_of_people_are_forgotten_and_posts_of_channels_stay(world: World) -> None:
    for chat_id in (ALI, CHANNEL):
        await world.parts.keep(chat_id, {1: FIRST}, NOW - HOUR)
        await world.parts.keep(chat_id, {2: SECOND}, NOW)

    assert await world.parts.prune(NOW) == 1
    assert await world.parts.last(ALI, 1) == {}
    assert await world.parts.last(ALI, 2) == {2: SECOND}
    assert await world.parts.last(CHANNEL, 1) == {1: FIRST}
