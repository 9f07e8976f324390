"""What every inbox promises."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.delivery import Button, Page
from tests.builders import HOUR, NOW, SECOND, a_page, an_update
from tests.contracts.worlds import World

ALI, MONA = 501, 502


async def waiting_ids(world: World, busy: tuple[int, ...] = (), limit: int = 8) -> list[list[int]]:
    """Return the ids of what waits now, run by run."""
    return [[update.id for update in run] for run in await world.inbox.waiting(busy, NOW, limit)]


async def answers(world: World) -> list[tuple[int, str]]:
    """Return the chats and texts of what is planned for sending, the next page of each chat."""
    return [(each.chat_id, each.page.text) for each in await world.deliveries.claim(NOW, 50, ())]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({"message": {"text": "«القدس» — أخبار اليوم 📰"}}, id="arabic and emoji"),
        pytest.param({"message": {"text": 'سطر\nسطر\t"اقتباس"\\'}}, id="characters that JSON escapes"),
        pytest.param({"message": {"text": "قبل\x00بعد"}}, id="a NUL"),
        pytest.param({"message": {"text": "نصف \ud83d"}}, id="half a surrogate pair, as JSON may hold one"),
        pytest.param({"a": [{"b": None, "c": [True, 1.5, -1002233445566]}], "": {}}, id="every kind of value"),
    ],
)
async def test_an_update_waits_as_it_came(world: World, body: dict[str, Any]) -> None:
    update = an_update(body=body)

    await world.inbox.add([update])

    assert await world.inbox.waiting((), NOW, 8) == [[update]]


async def test_nothing_waits_at_first(world: World) -> None:
    await world.inbox.add([])

    assert await world.inbox.waiting((), NOW, 8) == []


async def test_an_update_that_comes_again_is_kept_once_and_as_it_was(world: World) -> None:
    first, again = an_update(7, body={"text": "الأول"}), an_update(7, body={"text": "الثاني"})

    await world.inbox.add([first])
    await world.inbox.add([again, an_update(8)])

    assert await world.inbox.waiting((), NOW, 8) == [[first, an_update(8)]]


async def test_an_update_given_twice_at_once_is_kept_once(world: World) -> None:
    await world.inbox.add([an_update(7), an_update(7)])

    assert await waiting_ids(world) == [[7]]


async def test_an_update_that_is_done_does_not_come_back(world: World) -> None:
    await world.inbox.add([an_update(7)])
    await world.inbox.finish([an_update(7)], [], NOW)

    await world.inbox.add([an_update(7)])

    assert await waiting_ids(world) == []


async def test_a_chats_updates_come_in_order_and_chats_side_by_side(world: World) -> None:
    await world.inbox.add([an_update(5, MONA), an_update(4, ALI)])
    await world.inbox.add([an_update(2, MONA), an_update(9, ALI)])

    assert await waiting_ids(world) == [[2, 5], [4, 9]]


async def test_a_run_holds_sixty_four_updates_at_most(world: World) -> None:
    await world.inbox.add([an_update(number) for number in range(1, 71)])

    assert await waiting_ids(world) == [list(range(1, 65))]


async def test_busy_chats_are_left_out(world: World) -> None:
    await world.inbox.add([an_update(1, ALI), an_update(2, MONA)])

    assert await waiting_ids(world, busy=(ALI,)) == [[2]]


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        pytest.param(0, [], id="none"),
        pytest.param(2, [[1, 5], [2]], id="the chats that wait longest"),
        pytest.param(9, [[1, 5], [2], [3]], id="all there are"),
    ],
)
async def test_no_more_chats_come_than_asked_for(world: World, limit: int, expected: list[list[int]]) -> None:
    await world.inbox.add([an_update(1, 71), an_update(2, 72), an_update(3, 73), an_update(5, 71)])

    assert await waiting_ids(world, limit=limit) == expected


async def test_a_chat_whose_update_is_in_hand_waits(world: World) -> None:
    await world.inbox.add([an_update(1, ALI), an_update(2, ALI), an_update(3, MONA)])

    await world.inbox.take([an_update(1, ALI)])

    assert await waiting_ids(world) == [[3]]


async def test_taking_an_update_counts_an_attempt(world: World) -> None:
    await world.inbox.add([an_update(1)])

    for _ in range(2):
        await world.inbox.take([an_update(1)])
        await world.inbox.retry([an_update(1)], "ValueError", NOW)

    assert await world.inbox.waiting((), NOW, 8) == [[an_update(1, attempts=2)]]


async def test_a_retry_lets_the_whole_chat_wait_and_no_other(world: World) -> None:
    await world.inbox.add([an_update(1, ALI), an_update(2, ALI), an_update(3, MONA)])
    await world.inbox.take([an_update(1, ALI)])

    await world.inbox.retry([an_update(1, ALI)], "ValueError", NOW + SECOND)

    assert await waiting_ids(world) == [[3]]


async def test_a_retried_chat_comes_back_whole_at_its_moment(world: World) -> None:
    await world.inbox.add([an_update(1), an_update(2)])
    await world.inbox.take([an_update(1)])
    await world.inbox.retry([an_update(1)], "ValueError", NOW + SECOND)

    runs = await world.inbox.waiting((), NOW + SECOND, 8)

    assert [[update.id for update in run] for run in runs] == [[1, 2]]


async def test_a_finished_update_makes_way_for_the_next(world: World) -> None:
    await world.inbox.add([an_update(1), an_update(2)])
    await world.inbox.take([an_update(1)])

    await world.inbox.finish([an_update(1)], [], NOW)

    assert await waiting_ids(world) == [[2]]


async def test_finishing_plans_the_answer_to_the_chat_it_came_from(world: World) -> None:
    page = a_page("تتابع الآن السودان", ((Button("إيقاف", payload="x:t1"), Button("المصدر", link="https://t.me/a")),))
    await world.inbox.add([an_update(1, MONA)])

    await world.inbox.finish([an_update(1, MONA)], [page], NOW)

    claimed = await world.deliveries.claim(NOW, 8, ())
    assert [(each.chat_id, each.page, each.answers) for each in claimed] == [(MONA, page, True)]


async def test_a_page_may_go_to_another_chat(world: World) -> None:
    await world.inbox.add([an_update(1, MONA)])

    await world.inbox.finish([an_update(1, MONA)], [replace(a_page("صرت مشرفًا"), chat_id=ALI), a_page("تم")], NOW)

    assert await answers(world) == [(ALI, "صرت مشرفًا")]


async def test_finishing_without_pages_plans_nothing(world: World) -> None:
    await world.inbox.add([an_update(1)])

    await world.inbox.finish([an_update(1)], [], NOW)

    assert await answers(world) == []


async def test_finishing_again_plans_the_answer_once(world: World) -> None:
    await world.inbox.add([an_update(1)])

    await world.inbox.finish([an_update(1)], [a_page("تم")], NOW)
    await world.inbox.finish([an_update(1)], [a_page("تم")], NOW)

    assert [await answers(world), await answers(world)] == [[(ALI, "تم")], []]


async def test_updates_finished_together_have_one_answer(world: World) -> None:
    together = [an_update(1), an_update(2), an_update(3)]
    await world.inbox.add(together)

    await world.inbox.finish(together, [a_page("وصل الخبر")], NOW)

    assert await waiting_ids(world) == []
    assert [await answers(world), await answers(world)] == [[(ALI, "وصل الخبر")], []]


async def test_a_parked_update_is_given_up_and_the_chat_is_told(world: World) -> None:
    await world.inbox.add([an_update(1), an_update(2)])
    await world.inbox.take([an_update(1)])

    await world.inbox.park([an_update(1)], "ValueError", [a_page("تعذر ذلك")], NOW)

    assert await waiting_ids(world) == [[2]]
    assert await answers(world) == [(ALI, "تعذر ذلك")]


async def test_recovery_puts_back_what_was_in_hand(world: World) -> None:
    await world.inbox.add([an_update(number, number) for number in (1, 2, 3)])
    await world.inbox.take([an_update(1, 1), an_update(2, 2)])
    await world.inbox.finish([an_update(2, 2)], [], NOW)

    count = await world.inbox.recover()

    assert count == 1
    assert await waiting_ids(world) == [[1], [3]]


async def test_recovery_does_not_forget_the_attempts(world: World) -> None:
    await world.inbox.add([an_update(1)])
    await world.inbox.take([an_update(1)])

    await world.inbox.recover()

    assert await world.inbox.waiting((), NOW, 8) == [[an_update(1, attempts=1)]]


async def test_pruning_forgets_only_what_was_settled_before(world: World) -> None:
    await world.inbox.add([an_update(number, number) for number in (1, 2, 3, 4)])
    await world.inbox.finish([an_update(1, 1)], [], NOW - HOUR)
    await world.inbox.park([an_update(2, 2)], "ValueError", [], NOW - HOUR)
    await world.inbox.finish([an_update(3, 3)], [], NOW)

    count = await world.inbox.prune(NOW)

    assert count == 2
    await world.inbox.add([an_update(number, number) for number in (1, 2, 3, 4)])
    assert await waiting_ids(world) == [[1], [2], [4]]


@pytest.mark.parametrize(
    "page",
    [pytest.param(Page("سؤال", is_quiet=True), id="quiet"), pytest.param(Page("جواب", edits=7), id="an edit")],
)
async def test_an_answer_is_planned_as_it_is_to_be_shown(world: World, page: Page) -> None:
    await world.inbox.add([an_update()])

    await world.inbox.finish([an_update()], [page], NOW)

    (claimed,) = await world.deliveries.claim(NOW, 9, ())
    assert claimed.page == page
