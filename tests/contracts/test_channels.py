"""What every list of channels promises."""

from dataclasses import replace

from bot.domain.channel import Channel
from tests.builders import HOUR, NOW
from tests.contracts.worlds import World

EDITOR = 1001
SAHL = Channel(-1007, "قناة السهل", "sahl", EDITOR)
OTHER = Channel(-1008, "أخبار الحي", None, EDITOR)


async def test_a_channel_that_is_met_is_kept_and_not_enabled(world: World) -> None:
    assert await world.channels.meet(SAHL) == SAHL
    assert await world.channels.find(-1007) == SAHL
    assert not SAHL.is_enabled


async def test_an_unknown_channel_is_not_found_and_not_changed(world: World) -> None:
    assert await world.channels.find(-1007) is None
    assert await world.channels.enable(-1007, EDITOR, NOW) is None
    assert await world.channels.disable(-1007) is None


async def test_channels_are_listed_by_title(world: World) -> None:
    for channel in (SAHL, OTHER):
        await world.channels.meet(channel)

    assert list(await world.channels.all()) == [OTHER, SAHL]


async def test_a_channel_is_enabled_and_disabled_and_remembers_by_whom(world: World) -> None:
    await world.channels.meet(SAHL)

    enabled = await world.channels.enable(-1007, 1002, NOW)
    disabled = await world.channels.disable(-1007)

    assert enabled == replace(SAHL, editor=1002, enabled_at=NOW)
    assert disabled == replace(SAHL, editor=1002)
    assert await world.channels.find(-1007) == disabled


async def test_a_channel_that_is_met_again_is_renamed_and_stays_enabled(world: World) -> None:
    await world.channels.meet(SAHL)
    await world.channels.enable(-1007, EDITOR, NOW + HOUR)

    again = await world.channels.meet(Channel(-1007, "السهل", None, 1002))

    assert again == Channel(-1007, "السهل", None, EDITOR, NOW + HOUR)
    assert await world.channels.find(-1007) == again
