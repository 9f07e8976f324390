"""Changing how a topic is followed."""

from bot.domain.subscription import Subscription
from tests.builders import NOW
from tests.services.stage import Stage


async def test_a_topic_is_sent_at_once_and_no_more(stage: Stage) -> None:
    reader = await stage.reader(follows=["روسيا"])

    changes = [await stage.tune.at_once(reader, "روسيا", wanted=wanted) for wanted in (True, True)]
    shown = await stage.tune.shown(reader, "روسيا")
    changes += [await stage.tune.at_once(reader, "روسيا", wanted=wanted) for wanted in (False, False)]

    assert changes == [True, False, True, False]
    assert shown == Subscription("روسيا", NOW, at_once_since=NOW)


async def test_what_is_not_followed_is_not_shown_and_cannot_be_changed(stage: Stage) -> None:
    reader = await stage.reader()

    assert await stage.tune.shown(reader, "روسيا") is None
    assert not await stage.tune.at_once(reader, "روسيا", wanted=True)
    assert not await stage.tune.take_back(reader, "روسيا", "الرياضة")


async def test_one_of_the_things_left_out_is_taken_back(stage: Stage) -> None:
    reader = await stage.reader(follows=["روسيا", "الرياضة", "الاقتصاد"])
    await stage.follow(reader, "روسيا بدون الرياضة والاقتصاد")

    assert await stage.tune.take_back(reader, "روسيا", "الرياضة")
    assert not await stage.tune.take_back(reader, "روسيا", "الرياضة")
    assert await stage.tune.shown(reader, "روسيا") == Subscription("روسيا", NOW, ("الاقتصاد",))
