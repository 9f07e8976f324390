"""What is told as one story, over real HTTP: editors split and join, and followers see it in their digests."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.reader import Reader, Shown
from tests.running import PATIENCE, a_running_bot, answered, below
from tests.test_trust import REPORT, SAME_STORY, Newsroom, a_newsroom, forged, labels, until

TOLD_OTHERWISE = """خبراء السدود من القاهرة والخرطوم على طاولة واحدة
يلتقي فنيون من مصر والسودان اليوم لمناقشة ملء الخزانات قبل الفيضان، بحضور وفد من حوض النيل.
ويأمل المجتمعون في الاتفاق على خطة مشتركة لإدارة المخزون خلال الأشهر المقبلة.
المصدر: صحيفة الشاطئ
"""
JOINED, WERE_ONE = "ضُمّ الخبران، وصارا خبرًا واحدًا.", "لم يتغيّر شيء، فهما خبر واحد من قبل."


@pytest.fixture
async def newsroom(tmp_path: Path) -> AsyncIterator[Newsroom]:
    async with a_newsroom(tmp_path) as people, a_running_bot(people.sandbox, tmp_path, people.clock):
        yield people


async def salma_is_named(newsroom: Newsroom) -> None:
    """Name Salma an editor and wait until she is told, so that no notice comes between what she says and answers."""
    await newsroom.name(newsroom.salma)
    await until(newsroom.salma, lambda shown: "صرت محررًا" in shown.text)


async def sent(editor: Reader, text: str) -> Shown:
    """Forward an article and return the message that brought it, once it is answered."""
    (brought,) = await editor.forward(text, {"type": "channel", "title": "قناة الأخبار", "username": "akhbar"})
    await below(editor, brought)
    return brought


async def in_answer(editor: Reader, brought: Shown, command: str) -> Shown:
    return await below(editor, (await editor.say(command, reply_to=brought.message_id))[-1])


async def two_stories(newsroom: Newsroom) -> tuple[Shown, Shown]:
    """Return the messages of an editor that brought two stories, of which Mona follows both."""
    await salma_is_named(newsroom)
    await answered(newsroom.mona, "/follow مصر")
    return await sent(newsroom.salma, REPORT), await sent(newsroom.salma, TOLD_OTHERWISE)


async def test_two_stories_that_an_editor_joins_are_told_as_one(newsroom: Newsroom) -> None:
    _, second = await two_stories(newsroom)
    offered = await in_answer(newsroom.salma, second, "/join")

    pressed = await newsroom.salma.press(offered, labels(offered)[0])

    ended = await until(newsroom.salma, lambda shown: shown.message_id == offered.message_id and not shown.buttons)
    digest = await answered(newsroom.mona, "/digest")
    assert offered.text.startswith("إلى أي خبر يُضمّ «خبراء السدود")
    assert "1. انطلاق محادثات مائية بين مصر والسودان في الخرطوم · وكالة النيلين" in offered.text
    assert labels(offered) == ["1. انطلاق محادثات مائية بين مصر والسودان ف…"]
    assert pressed.text == JOINED
    assert ended.text.endswith("خبر واحد.")
    assert "+ مصدر واحد" in digest.text


async def test_a_report_that_an_editor_splits_is_told_apart(newsroom: Newsroom) -> None:
    await salma_is_named(newsroom)
    await answered(newsroom.mona, "/follow مصر")
    await sent(newsroom.salma, REPORT)
    second = await sent(newsroom.salma, SAME_STORY)

    split = await in_answer(newsroom.salma, second, "/split")
    again = await in_answer(newsroom.salma, second, "/split")

    digest = await answered(newsroom.mona, "/digest")
    assert split.text == "فُصل «مصر والسودان تبدآن في الخرطوم محادثات بشأن المياه والسدود» في خبر مستقل."
    assert again.text == "«مصر والسودان تبدآن في الخرطوم محادثات بشأن المياه والسدود» خبر مستقل من قبل."
    assert "محادثات مائية" in digest.text
    assert "محادثات بشأن المياه" in digest.text
    assert "+ مصدر واحد" not in digest.text


async def test_what_was_split_can_be_joined_again(newsroom: Newsroom) -> None:
    await salma_is_named(newsroom)
    await answered(newsroom.mona, "/follow مصر")
    await sent(newsroom.salma, REPORT)
    second = await sent(newsroom.salma, SAME_STORY)
    await in_answer(newsroom.salma, second, "/split")
    offered = await in_answer(newsroom.salma, second, "/join")

    await newsroom.salma.press(offered, labels(offered)[0])

    assert "+ مصدر واحد" in (await answered(newsroom.mona, "/digest")).text


async def test_any_part_of_a_long_text_stands_for_it(newsroom: Newsroom) -> None:
    await salma_is_named(newsroom)
    first, *_, last = await newsroom.salma.say(REPORT + f"{REPORT.splitlines()[2]}\n" * 60)
    await below(newsroom.salma, last)

    split = await in_answer(newsroom.salma, last, "/split")

    assert first.message_id != last.message_id
    assert split.text == "«انطلاق محادثات مائية بين مصر والسودان في الخرطوم» خبر مستقل من قبل."


@pytest.mark.parametrize("command", ["/split", "/join"])
async def test_a_reader_learns_nothing_of_these_commands(newsroom: Newsroom, command: str) -> None:
    brought = await sent(newsroom.ali, REPORT)
    unknown = await answered(newsroom.ali, "/nonsense")

    assert (await in_answer(newsroom.ali, brought, command)).text == unknown.text
    assert command not in (await answered(newsroom.ali, "/help")).text


@pytest.mark.parametrize("command", ["/split", "/join"])
async def test_an_editor_is_told_which_message_to_answer(newsroom: Newsroom, command: str) -> None:
    await salma_is_named(newsroom)
    card = await below(newsroom.salma, await sent(newsroom.salma, REPORT))

    answers = [await answered(newsroom.salma, command), await in_answer(newsroom.salma, card, command)]

    expected = f"ردّ بالأمر \u200e{command} على رسالتك التي فيها المقال نفسه، لا على ردّي عليها."
    assert {answer.text for answer in answers} == {expected}


async def test_a_story_like_no_other_is_not_joined(newsroom: Newsroom) -> None:
    await salma_is_named(newsroom)
    brought = await sent(newsroom.salma, REPORT)

    offered = await in_answer(newsroom.salma, brought, "/join")

    assert (offered.text, offered.buttons) == (
        "لا خبر آخر من أيامه يشبه «انطلاق محادثات مائية بين مصر والسودان في الخرطوم».",
        (),
    )


def payload_offered(newsroom: Newsroom) -> str:
    """Return the payload of the first joining button that was shown."""
    markups = [
        str(entry["params"].get("reply_markup", ""))
        for entry in newsroom.sandbox.world.log
        if entry["method"] == "sendMessage"
    ]
    (shown, *_) = [markup for markup in markups if "j:" in markup]
    return "j:" + shown.split("j:")[1][:44]


async def test_pressed_twice_it_has_one_effect(newsroom: Newsroom) -> None:
    _, second = await two_stories(newsroom)
    offered = await in_answer(newsroom.salma, second, "/join")
    payload = payload_offered(newsroom)

    both = await asyncio.gather(*(forged(newsroom.salma, offered, payload) for _ in range(2)))
    late = await forged(newsroom.salma, offered, payload)

    digest = await answered(newsroom.mona, "/digest")
    assert set(both) <= {JOINED, WERE_ONE}
    assert late == WERE_ONE
    assert digest.text.count("+ مصدر واحد") == 1


async def test_only_an_editor_joins_and_only_what_is_there(newsroom: Newsroom) -> None:
    _, second = await two_stories(newsroom)
    await in_answer(newsroom.salma, second, "/join")
    payload = payload_offered(newsroom)
    shown = await answered(newsroom.ali, "/help")

    by_reader = await forged(newsroom.ali, shown, payload)
    listed = await answered(newsroom.salma, "/help")
    unknown = await forged(newsroom.salma, listed, "j:" + "A" * 44)
    broken = [await forged(newsroom.salma, listed, wrong) for wrong in (payload[:-1], f"{payload[:-1]}B", "j:")]

    assert by_reader == "لست محررًا الآن، فلم يتغيّر شيء."
    assert unknown == "هذا المقال لم يعد موجودًا."
    assert all("لم يعد يعمل" in answer for answer in broken)
    assert "+ مصدر واحد" not in (await answered(newsroom.mona, "/digest")).text


async def test_who_was_dismissed_joins_nothing_any_more(newsroom: Newsroom) -> None:
    _, second = await two_stories(newsroom)
    offered = await in_answer(newsroom.salma, second, "/join")
    listed = await answered(newsroom.owner, "/editors")
    await newsroom.owner.press(listed, "✕ سلمى")

    pressed = await newsroom.salma.press(offered, labels(offered)[0])

    assert offered.buttons
    assert pressed.text == "لست محررًا الآن، فلم يتغيّر شيء."
    assert "+ مصدر واحد" not in (await answered(newsroom.mona, "/digest")).text


async def test_a_press_after_a_restart_joins(tmp_path: Path) -> None:
    async with a_newsroom(tmp_path) as people:
        async with a_running_bot(people.sandbox, tmp_path, people.clock):
            _, second = await two_stories(people)
            offered = await in_answer(people.salma, second, "/join")
        async with a_running_bot(people.sandbox, tmp_path, people.clock):
            pressed = await people.salma.press(offered, labels(offered)[0], wait=PATIENCE)
            digest = await answered(people.mona, "/digest")

    assert pressed.text == JOINED
    assert "+ مصدر واحد" in digest.text
