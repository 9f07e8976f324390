"""Asking editors about what readers sent."""

from dataclasses import replace

from bot.domain.article import Traces
from bot.domain.submission import MOST_ASKED, Verdict, room
from bot.domain.subscriber import Subscriber
from bot.services.ask import AskedAround
from tests.builders import HOUR, a_subject, an_article
from tests.services.stage import OWNER, Stage

SALMA, NADIA = 701, 702


async def submitted(stage: Stage, reader: Subscriber, *marks: str) -> None:
    """Let a reader send articles, each an event of its own, titled with its mark."""
    for mark in marks:
        article = an_article(mark, title=mark, subjects=(a_subject(),), collected_at=stage.clock())
        await stage.articles.add(article, Traces((f"stem-of-{mark}",)))
        await stage.articles.receive(mark, reader.id, f"{reader.chat_id}:{mark}", stage.clock(), for_everyone=False)


async def named(stage: Stage, *editors: int) -> None:
    for editor in editors:
        await stage.reader(editor)
        await stage.appoint(editor, str(editor), OWNER)
    await stage.sent()


async def test_every_editor_and_every_owner_is_asked_once(stage: Stage) -> None:
    await stage.reader(OWNER)
    await named(stage, SALMA, NADIA)
    await submitted(stage, await stage.reader(), "خبر")

    planned = [(await stage.ask()).planned for _ in range(2)]

    assert planned == [3, 0]
    assert await stage.sent() == ["ask خبر"] * 3


async def test_who_never_started_the_bot_or_stopped_it_is_not_asked(stage: Stage) -> None:
    await stage.appoint(SALMA, "سلمى", OWNER)
    await named(stage, NADIA)
    await stage.subscribers.pause(NADIA)
    await submitted(stage, await stage.reader(), "خبر")

    assert await stage.ask() == AskedAround(0)


async def test_an_editor_named_later_is_asked_about_what_waits(stage: Stage) -> None:
    await submitted(stage, await stage.reader(), "خبر")
    await named(stage, SALMA)

    await stage.ask()

    assert await stage.sent() == ["ask خبر"]


async def test_an_editor_is_asked_no_more_than_so_often_in_an_hour_and_the_last_says_so(stage: Stage) -> None:
    await named(stage, SALMA)
    await submitted(stage, await stage.reader(), *(f"خبر{number:02}" for number in range(MOST_ASKED + 3)))

    await stage.ask()
    await stage.ask()

    asked = await stage.sent()
    assert len(asked) == MOST_ASKED
    assert [text.split()[0] for text in asked] == ["ask"] * (MOST_ASKED - 1) + ["ask-last"]


async def test_who_does_not_answer_is_not_asked_more_as_hours_pass(stage: Stage) -> None:
    await named(stage, SALMA)
    await submitted(stage, await stage.reader(), *(f"خبر{number:02}" for number in range(MOST_ASKED + 3)))
    await stage.ask()
    await stage.sent()

    stage.clock.advance(5 * HOUR)
    unanswered = await stage.ask()
    await stage.decide("خبر00", Verdict.REJECTED, SALMA, "سلمى")
    await stage.ask()

    assert unanswered == AskedAround(0)
    assert [text for text in await stage.sent() if text.startswith("ask")] == [f"ask-last خبر{MOST_ASKED}"]


async def test_everyone_who_was_asked_sees_that_it_is_settled(stage: Stage) -> None:
    await named(stage, SALMA, NADIA)
    await submitted(stage, await stage.reader(), "خبر")
    await stage.ask()
    await stage.sent()

    await stage.decide("خبر", Verdict.REJECTED, SALMA, "سلمى")
    await stage.ask()
    await stage.ask()

    assert await stage.sent() == ["closed خبر rejected"] * 2


async def test_a_message_that_shows_the_decision_already_is_not_edited_again(stage: Stage) -> None:
    await named(stage, SALMA)
    await submitted(stage, await stage.reader(), "خبر")
    await stage.ask()
    await stage.sent()

    submission = await stage.decide("خبر", Verdict.REJECTED, SALMA, "سلمى")
    assert submission is not None
    await stage.decide.shown(submission, SALMA)

    assert await stage.ask() == AskedAround(0)


async def test_a_question_that_cannot_be_laid_out_holds_no_other_up(stage: Stage) -> None:
    await named(stage, SALMA, NADIA)
    await submitted(stage, await stage.reader(), "خبر")
    stage.newsroom.fails_for.add("en")
    salma = await stage.now(SALMA)
    stage.world.subscribers[salma.id] = replace(salma, language="en")

    asked = await stage.ask()

    assert asked.planned == 1
    assert [type(error) for error in asked.failures] == [ValueError]


def test_there_is_room_for_what_neither_hurries_nor_heaps() -> None:
    assert [room(0, 0), room(MOST_ASKED - 2, 0), room(0, MOST_ASKED - 1), room(MOST_ASKED + 5, 0)] == [
        MOST_ASKED,
        2,
        1,
        0,
    ]
