"""Mending what is told as one story."""

import pytest

from bot.domain.article import Traces
from bot.services.join import Joined, Likenesses
from bot.services.split import Separated
from bot.services.trust import NotAnEditor
from tests.builders import NOW, a_stem, an_article
from tests.services.stage import OWNER, Stage
from tests.services.test_ask import SALMA, named

EVERY = tuple(a_stem(f"shared {number}") for number in range(2))
STRANGER = 4001


async def kept(stage: Stage, *marks: str) -> None:
    """Keep articles that are like each other, each in a story of its own, brought by a message each."""
    for mark in marks:
        own = tuple(a_stem(f"{mark} {number}") for number in range(8))
        await stage.articles.add(an_article(mark), Traces((*EVERY, *own)))
        await stage.articles.receive(mark, None, f"{SALMA}:{mark}", NOW, for_everyone=True)


def marks(found: Likenesses | None) -> set[str]:
    return {other.fingerprint for other in found.others} if found else set()


@pytest.mark.parametrize("who", [pytest.param(OWNER, id="an owner"), pytest.param(SALMA, id="an editor")])
async def test_who_is_trusted_joins_and_splits(stage: Stage, who: int) -> None:
    await named(stage, SALMA)
    await kept(stage, "f1", "f2")

    joined = [await stage.join("f2", "f1", who) for _ in range(2)]
    split = [await stage.split(f"{SALMA}:f2", who) for _ in range(2)]

    first, second = an_article("f1"), an_article("f2")
    assert joined == [Joined(second, first, were_one=False), Joined(second, first, were_one=True)]
    assert split == [Separated(second, was_alone=False), Separated(second, was_alone=True)]


async def test_nobody_else_does(stage: Stage) -> None:
    await named(stage, SALMA)
    await stage.dismiss(SALMA)
    await kept(stage, "f1", "f2")

    for who in (STRANGER, SALMA):
        with pytest.raises(NotAnEditor):
            await stage.join("f2", "f1", who)
        with pytest.raises(NotAnEditor):
            await stage.split(f"{SALMA}:f2", who)
        with pytest.raises(NotAnEditor):
            await stage.compare(f"{SALMA}:f2", who)


async def test_five_stories_are_offered_at_most(stage: Stage) -> None:
    await kept(stage, *(f"f{number}" for number in range(8)))

    found = await stage.compare(f"{SALMA}:f3", OWNER)

    assert len(marks(found)) == 5
    assert "f3" not in marks(found)


async def test_a_message_that_brought_nothing_is_told_from_one_that_did(stage: Stage) -> None:
    await kept(stage, "f1")

    assert await stage.split("", OWNER) is None
    assert await stage.compare(f"{SALMA}:f2", OWNER) is None
    assert await stage.compare(f"{SALMA}:f1", OWNER) == Likenesses(an_article("f1"), [])


async def test_what_is_gone_is_not_joined(stage: Stage) -> None:
    await kept(stage, "f1")

    assert await stage.join("f1", "f2", OWNER) is None
    assert await stage.join("f2", "f1", OWNER) is None
