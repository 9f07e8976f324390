"""Putting what readers sent before everyone, or not."""

import pytest

from bot.domain.submission import Verdict
from bot.services.trust import NotAnEditor
from tests.builders import HOUR, NOW
from tests.services.stage import OWNER, Stage
from tests.services.test_ask import NADIA, SALMA, named, submitted


@pytest.mark.parametrize("who", [pytest.param(OWNER, id="an owner"), pytest.param(SALMA, id="an editor")])
async def test_who_is_trusted_publishes(stage: Stage, who: int) -> None:
    await named(stage, SALMA)
    mona = await stage.reader(502, ["السودان"])
    await submitted(stage, await stage.reader(), "خبر")

    submission = await stage.decide("خبر", Verdict.PUBLISHED, who, "سلمى")

    assert submission is not None
    assert submission.decision is not None
    assert (submission.decision.by, submission.decision.name, submission.decision.at) == (who, "سلمى", NOW)
    assert len(await stage.deliveries.fresh(mona.id, NOW - HOUR)) == 1


async def test_a_reader_decides_nothing(stage: Stage) -> None:
    await submitted(stage, await stage.reader(), "خبر")

    with pytest.raises(NotAnEditor):
        await stage.decide("خبر", Verdict.PUBLISHED, SALMA, "سلمى")

    assert await stage.submissions.count() == 1


async def test_an_editor_who_was_dismissed_decides_nothing(stage: Stage) -> None:
    await named(stage, SALMA)
    await submitted(stage, await stage.reader(), "خبر")
    await stage.dismiss(SALMA)

    with pytest.raises(NotAnEditor):
        await stage.decide("خبر", Verdict.PUBLISHED, SALMA, "سلمى")


async def test_the_second_editor_learns_what_the_first_decided(stage: Stage) -> None:
    await named(stage, SALMA, NADIA)
    await submitted(stage, await stage.reader(), "خبر")
    await stage.decide("خبر", Verdict.REJECTED, SALMA, "سلمى")

    submission = await stage.decide("خبر", Verdict.PUBLISHED, NADIA, "نادية")

    assert submission is not None
    assert submission.decision is not None
    assert (submission.decision.verdict, submission.decision.name) == (Verdict.REJECTED, "سلمى")


async def test_nothing_is_decided_on_what_is_gone(stage: Stage) -> None:
    assert await stage.decide("خبر", Verdict.PUBLISHED, OWNER, "مالك") is None


async def test_the_sender_hears_of_publication_and_not_of_rejection(stage: Stage) -> None:
    await submitted(stage, await stage.reader(), "منشور", "مرفوض")

    await stage.decide("منشور", Verdict.PUBLISHED, OWNER, "مالك")
    await stage.decide("مرفوض", Verdict.REJECTED, OWNER, "مالك")

    assert await stage.sent() == ["published منشور"]


async def test_a_sender_who_stopped_the_bot_is_told_nothing(stage: Stage) -> None:
    await submitted(stage, await stage.reader(), "منشور")
    await stage.subscribers.pause(501)

    await stage.decide("منشور", Verdict.PUBLISHED, OWNER, "مالك")

    assert await stage.sent() == []


async def test_only_who_is_trusted_leafs_through_what_waits(stage: Stage) -> None:
    await submitted(stage, await stage.reader(), "خبر")

    turn = await stage.leaf(OWNER)

    assert turn is not None
    assert turn.submission.article.title == "خبر"
    with pytest.raises(NotAnEditor):
        await stage.leaf(SALMA)
