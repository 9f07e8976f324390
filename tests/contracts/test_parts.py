"""What every keeper of parts promises."""

from bot.domain.channel import Channel
from tests.builders import HOUR, NOW
from tests.contracts.worlds import World

ALI, CHANNEL, OTHER_CHANNEL, GROUP = 501, -1007, -1008, -1009
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


async def test_old_messages_are_forgotten_but_for_the_posts_of_enabled_channels(world: World) -> None:
    for chat_id in (CHANNEL, OTHER_CHANNEL):
        await world.channels.meet(Channel(chat_id, "قناة", None, ALI))
    await world.channels.enable(CHANNEL, ALI, NOW)
    for chat_id in (ALI, CHANNEL, OTHER_CHANNEL, GROUP):
        await world.parts.keep(chat_id, {1: FIRST}, NOW - HOUR)
        await world.parts.keep(chat_id, {2: SECOND}, NOW)

    assert await world.parts.prune(NOW) == 3
    for chat_id in (ALI, OTHER_CHANNEL, GROUP):
        assert await world.parts.last(chat_id, 1) == {}
    assert await world.parts.last(ALI, 2) == {2: SECOND}
    assert await world.parts.last(CHANNEL, 1) == {1: FIRST}
