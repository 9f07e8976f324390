"""Counting what is in the news."""

from datetime import timedelta

from bot.domain.trend import DAYS, Trend
from tests.builders import a_topic
from tests.services.stage import Stage


def counts(*latest: int) -> tuple[int, ...]:
    return (0,) * (DAYS - len(latest)) + latest


async def test_articles_for_everyone_are_counted_on_the_reader_s_days(stage: Stage) -> None:
    reader = await stage.reader()
    for topic in ("روسيا", "مصر"):
        await stage.topics.add(a_topic(topic), {})
    await stage.news("f1", topic="روسيا")
    stage.clock.advance(timedelta(days=1))
    await stage.news("f2", "f3", topic="روسيا")
    await stage.news("f4", topic="مصر")

    popular, days = await stage.trends.popular(reader)
    rising, _ = await stage.trends.rising(reader)

    assert popular == (Trend("روسيا", counts(1, 2)), Trend("مصر", counts(1)))
    assert rising == (Trend("روسيا", counts(1, 2)),)
    assert (len(days), days[-1]) == (DAYS, stage.clock().replace(hour=0))


async def test_without_news_nothing_is_popular(stage: Stage) -> None:
    assert (await stage.trends.popular(await stage.reader()))[0] == ()
