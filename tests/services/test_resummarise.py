"""Making old summaries again."""

from bot.domain.article import Traces
from tests.builders import BODY, an_article
from tests.services.stage import Stage


async def test_only_summaries_of_other_rules_are_made_again(stage: Stage) -> None:
    old, new = an_article("old", body=BODY, summary=("قديم.",)), an_article("new", summary=("جديد.",))
    for article in (old, new):
        await stage.articles.add(article, Traces((article.fingerprint,)))
    await stage.articles.summarised({"new": ("جديد.",)}, stage.read.summary_version)

    assert await stage.resummarise.count() == 1
    sizes = [size async for size in stage.resummarise()]

    kept = [await stage.articles.find(mark) for mark in ("old", "new")]
    assert sizes == [1]
    assert [article.summary for article in kept if article] == [BODY[:1], ("جديد.",)]


async def test_after_it_was_stopped_the_rest_is_made_again(stage: Stage) -> None:
    for number in range(120):
        await stage.articles.add(an_article(f"f{number}"), Traces((f"f{number}",)))
    async for _ in stage.resummarise():
        break

    sizes = [size async for size in stage.resummarise()]

    assert sizes == [50, 20]
    assert await stage.resummarise.count() == 0
