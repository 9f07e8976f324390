import random
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.arabic.tokens import words
from bot.telegram.bundles import LIMIT, bundle, is_complete, merged

DATE = 1_770_000_000
CHANNEL = {"type": "channel", "chat": {"id": -1007, "type": "channel"}, "message_id": 5, "date": DATE}
OTHER_CHANNEL = CHANNEL | {"chat": {"id": -1008, "type": "channel"}}
HIDDEN = {"type": "hidden_user", "sender_user_name": "سلمى", "date": DATE}
OTHER_HIDDEN = HIDDEN | {"sender_user_name": "كريم"}
SENTENCE = "أعلنت هيئة الطيران المدني إعادة فتح المطار أمام الرحلات. "
LONG = (SENTENCE * 71).strip()
REST = SENTENCE.strip()  # what had no room any more
Raw = dict[str, Any]
Cut = Callable[[str, int, int], int]


def a_message(text: str, number: int = 1, *, sender: int = 501, date: int = DATE, **more: Any) -> Raw:
    message = {"message_id": number, "chat": {"id": 501, "type": "private"}, "from": {"id": sender}, "date": date}
    return {"update_id": number, "message": message | {"text": text} | more}


def a_forward(text: str, number: int, origin: Raw) -> Raw:
    return a_message(text, number, forward_origin=origin)


def sent_in(parts: list[str]) -> list[Raw]:
    return [a_message(part, number) for number, part in enumerate(parts, start=1)]


def whole(run: list[Raw]) -> Raw:
    return merged([update["message"] for update in run])


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def cut_by_phone(text: str, start: int, end: int) -> int:
    """Return where the Android client cuts: it looks back 300 letters, at most."""
    back = text[:end].rfind("\n\n", end - 300)
    breaks = (back + 1, text.find("\n", end - 300, end), text.rfind(". ", end - 300, end) + 1)
    return next((place for place in (*breaks, text.rfind(" ", end - 300, end)) if place > 0), end)


def cut_by_desktop(text: str, start: int, end: int) -> int:
    """Return where the desktop client cuts: at the last of the best places in the second half."""
    half = start + LIMIT // 2 + 1
    places = (text.rfind(mark, half, end) + len(mark) - 1 for mark in ("\n\n", "\n", ". ", "، ", " "))
    return next((place for place in places if place > half), end)


def parts_of(text: str, cut: Cut) -> list[str]:
    """Return what a client sends: parts of at most 4,096 units, white space around them trimmed."""
    parts, start = [], 0
    while len(text) - start > LIMIT:
        end = cut(text, start, start + LIMIT)
        parts.append(text[start:end].strip())
        start = end
    return [*parts, text[start:].strip()]


def an_article_of(letters: int, seed: int) -> str:
    chance = random.Random(seed)  # no secret
    gaps = chance.choices(
        [" ", "، ", ". ", ".\n", ".\n\n"], [80, 8, 8, chance.randint(0, 4), chance.randint(0, 4)], k=letters
    )
    text = ""
    for gap in gaps:
        if len(text) > letters:
            break
        text += "".join(chance.choices("ابتثجحدرسعفقكلمنهويَُّ7", k=chance.randint(1, 12))) + gap
    return text.strip()


@pytest.mark.parametrize("cut", [cut_by_phone, cut_by_desktop])
@given(letters=st.integers(4_200, 14_000), seed=st.integers(0, 10**6))
def test_an_article_that_a_client_cut_comes_back_whole(cut: Cut, letters: int, seed: int) -> None:
    text = an_article_of(letters, seed)

    parts = parts_of(text, cut)
    # A blank line that was cut away, and stands nowhere else, cannot be told from a line break.
    assume("\n\n" not in text or all("\n\n" in before or "\n\n" in after for before, after in pairwise(parts)))
    run = sent_in(parts)

    assert bundle(run) == len(run)
    assert words(whole(run)["text"]) == words(text)


@pytest.mark.parametrize("paragraph", [2_100, 2_600, 3_200, 3_900])
def test_an_article_that_a_desktop_cut_at_its_last_paragraph_comes_back_whole(paragraph: int) -> None:
    text = (SENTENCE * 90)[:paragraph].strip() + "\n\n" + (SENTENCE * 60).strip()

    run = sent_in(parts_of(text, cut_by_desktop))

    assert len(run) == 2
    assert bundle(run) == 2
    assert whole(run)["text"].split() == text.split()


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param("م" * LIMIT, "طار الخرطوم", "م" * LIMIT + "طار الخرطوم", id="inside a word"),
        pytest.param("م" * 4_000, f"طار {REST}", f"{'م' * 4_000} طار {REST}", id="at a space"),
        pytest.param("م" * 4_000 + ".", "وقال", "م" * 4_000 + ".\nوقال", id="at a line break, behind a sentence"),
        pytest.param("م" * 4_000 + " قال:", "«لا»", "م" * 4_000 + " قال:\n«لا»", id="behind a colon"),
    ],
)
def test_what_the_cut_took_away_is_put_back(before: str, after: str, expected: str) -> None:
    assert whole(sent_in([before, after]))["text"] == expected


def test_a_word_that_the_second_of_two_cuts_parted_is_one_again() -> None:
    run = sent_in([LONG, "م" * LIMIT, "طار"])

    text = whole(run)["text"]

    assert text.endswith("م" * LIMIT + "طار")


def test_a_letter_and_its_vowel_mark_stay_together() -> None:
    run = sent_in(["م" * LIMIT, "َطار"])

    assert whole(run)["text"] == "م" * LIMIT + "َطار"


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(a_message("/follow روسيا", 2), id="a command"),
        pytest.param(a_message(REST, 2, sender=502), id="somebody else's"),
        pytest.param(a_message(REST, 2, date=DATE + 11), id="eleven seconds later"),
        pytest.param(a_message(REST, 2, forward_origin=CHANNEL), id="a forward"),
        pytest.param(a_message(REST, 2, reply_to_message={"message_id": 9}), id="a reply"),
        pytest.param(a_message("شكرا", 2), id="what had had room"),
        pytest.param(
            a_message(REST, 2, message_thread_id=4, is_topic_message=True), id="one in another topic of the forum"
        ),
        pytest.param({"update_id": 2, "callback_query": {"id": "7", "data": "f:t1"}}, id="a pressed button"),
        pytest.param({"update_id": 2, "message": {"chat": {"id": 501}, "sticker": {}}}, id="a sticker"),
    ],
)
def test_what_does_not_continue_a_text_stays_apart(second: Raw) -> None:
    run = [a_message(LONG), second]

    assert bundle(run) == 1
    assert is_complete(run)
    assert whole(run[:1]) == run[0].get("message")


@pytest.mark.parametrize(
    "first",
    [
        pytest.param(a_message("خبر قصير"), id="a short text"),
        pytest.param(a_message("/follow " + "ر" * 4_000), id="a long command"),
        pytest.param({"update_id": 1, "message": {"chat": {"id": 501}, "photo": []}}, id="a picture"),
        pytest.param({"update_id": 1}, id="an update of no kind"),
    ],
)
def test_what_was_not_cut_waits_for_nothing(first: Raw) -> None:
    assert is_complete([first])
    assert bundle([first, a_message("خبر آخر", 2)]) == 1


def test_a_text_near_the_limit_may_go_on() -> None:
    assert not is_complete([a_message(LONG)])


def test_three_parts_are_one_article() -> None:
    run = sent_in([LONG, LONG, REST])

    assert bundle(run) == 3
    assert is_complete(run)
    assert words(whole(run)["text"]) == words(f"{LONG} {LONG} {REST}")


def test_two_long_parts_may_have_a_third() -> None:
    assert not is_complete(sent_in([LONG, LONG]))


@pytest.mark.parametrize(
    ("first", "second", "size"),
    [
        pytest.param(CHANNEL, CHANNEL | {"message_id": 6}, 2, id="one channel's next message"),
        pytest.param(CHANNEL, CHANNEL | {"message_id": 9}, 1, id="one channel's later post"),
        pytest.param(CHANNEL, CHANNEL | {"message_id": 6, "date": DATE + 60}, 1, id="one channel, a minute later"),
        pytest.param(CHANNEL, OTHER_CHANNEL, 1, id="two channels"),
        pytest.param(HIDDEN, HIDDEN, 2, id="one hidden sender"),
        pytest.param(HIDDEN, OTHER_HIDDEN, 1, id="two hidden senders"),
        pytest.param(CHANNEL, HIDDEN, 1, id="a channel and a person"),
    ],
)
def test_forwards_are_joined_if_they_come_from_one_place(first: Raw, second: Raw, size: int) -> None:
    run = [a_forward(LONG, 1, first), a_forward(REST, 2, second)]

    assert bundle(run) == size


def test_the_joined_message_is_the_first_one_but_for_its_text() -> None:
    run = [a_forward(LONG, 1, CHANNEL), a_forward(REST, 2, CHANNEL)]

    message = whole(run)

    assert message["message_id"] == 1
    assert message["forward_origin"] == CHANNEL


@given(st.integers(0, 10**6))
def test_entities_still_cover_what_they_covered(seed: int) -> None:
    chance = random.Random(seed)  # no secret
    parts = [LONG[: chance.randint(3_600, 4_000)].strip() + " 🔴🟢", "🔵 تتمة " + LONG[:300]]
    run = sent_in(parts)
    covered = [_marked(update, chance) for update in run]

    message = whole(run)

    assert [_covered(message["text"], entity) for entity in message["entities"]] == covered


def _marked(update: Raw, chance: random.Random) -> str:
    """Make some of a message's text bold, and return what."""
    text = update["message"]["text"]
    start, end = sorted(chance.sample(range(len(text) + 1), 2))
    entity = {"type": "bold", "offset": units(text[:start]), "length": units(text[start:end])}
    update["message"]["entities"] = [entity]
    return str(text[start:end])


def _covered(text: str, entity: Raw) -> str:
    raw = text.encode("utf-16-le")
    return raw[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le")


ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just(LONG),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
OPEN_FIELDS = ("date", "from", "forward_origin", "entities", "media_group_id", "reply_to_message", "sender_chat")
MESSAGES = st.fixed_dictionaries({"text": st.just(LONG)}, optional=dict.fromkeys(OPEN_FIELDS, ANYTHING))


@given(st.lists(st.fixed_dictionaries({"message": MESSAGES | ANYTHING}), min_size=1, max_size=3))
def test_updates_of_any_shape_are_bundled_without_an_error(run: list[Raw]) -> None:
    size = bundle(run)

    assert 1 <= size <= len(run)
    assert is_complete(run) in {True, False}


@given(st.lists(st.sampled_from([LONG, "خبر قصير", "/help"]), min_size=1, max_size=6))
def test_bundles_share_a_run_out_in_order(texts: list[str]) -> None:
    run, sizes = sent_in(texts), [0]

    while sizes[-1] < len(run):
        sizes.append(sizes[-1] + bundle(run[sizes[-1] :]))

    bundles = [run[start:end] for start, end in pairwise(sizes)]
    assert [update for joined in bundles for update in joined] == run
    assert all(len(joined) == 1 for joined in bundles if joined[0]["message"]["text"] != LONG)


def a_picture(number: int, album: Any = "13", **more: Any) -> Raw:
    update = a_message("", number, media_group_id=album, photo=[], **more)
    del update["message"]["text"]
    return update


def a_file(number: int, kind: Any = "text/plain", **more: Any) -> Raw:
    return a_picture(number, document={"file_id": "x", "mime_type": kind}, **more)


@pytest.mark.parametrize(
    ("run", "size"),
    [
        pytest.param([a_picture(1), a_picture(2), a_picture(3)], 3, id="an album"),
        pytest.param([a_file(1), a_file(2)], 1, id="files that are sent together"),
        pytest.param([a_file(1, None), a_file(2, None)], 1, id="files of no kind"),
        pytest.param([a_file(1, "image/jpeg"), a_file(2, "image/png")], 2, id="pictures sent as files"),
        pytest.param([a_file(1, "image/jpeg"), a_file(2), a_file(3)], 1, id="a picture and files"),
        pytest.param([a_picture(1), a_picture(2, "14")], 1, id="two albums"),
        pytest.param([a_picture(1), a_picture(2, None)], 1, id="an album and a picture"),
        pytest.param([a_picture(1), a_picture(2, sender=502)], 1, id="two people's"),
        pytest.param([a_picture(1), a_message(LONG, 2)], 1, id="an album and a text"),
        pytest.param([a_message(LONG, 1), a_picture(2)], 1, id="a text and an album"),
        pytest.param([a_picture(1, 13), a_picture(2, 13)], 1, id="an album that is a number"),
        pytest.param([{"update_id": 1, "edited_message": a_picture(1)["message"]}, a_picture(2)], 1, id="an edit"),
    ],
)
def test_the_members_of_an_album_belong_together(run: list[Raw], size: int) -> None:
    assert bundle(run) == size


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        pytest.param(1, False, id="the first waits"),
        pytest.param(9, False, id="nine wait for a tenth"),
        pytest.param(10, True, id="ten are all there may be"),
    ],
)
def test_an_album_waits_for_its_members(members: int, expected: bool) -> None:  # noqa: FBT001
    assert is_complete([a_picture(number) for number in range(1, members + 1)]) is expected


def test_captions_of_an_album_are_joined_in_order_with_their_entities() -> None:
    bold = {"type": "bold", "offset": 0, "length": 4}
    run = [a_picture(1), a_picture(2, caption="أولا 🔴"), a_picture(3, caption="ثانيا", caption_entities=[bold])]

    message = whole(run)

    assert message["caption"] == "أولا 🔴\n\nثانيا"
    assert message["caption_entities"] == [bold | {"offset": 9}]
    assert message["message_id"] == 1


@pytest.mark.parametrize(
    ("seconds", "size"), [pytest.param(60, 2, id="a minute"), pytest.param(61, 1, id="more than a minute")]
)
def test_what_follows_a_message_full_to_the_brim_may_be_late(seconds: int, size: int) -> None:
    run = [a_message("م" * LIMIT, date=DATE), a_message(REST, 2, date=DATE + seconds)]

    assert bundle(run) == size


@pytest.mark.parametrize(
    ("first", "second", "size"),
    [
        pytest.param({"message_id": 9}, {"message_id": 9}, 2, id="each a reply to one message"),
        pytest.param({"message_id": 9}, None, 2, id="the first a reply"),
        pytest.param({"message_id": 9}, {"message_id": 8}, 1, id="replies to two messages"),
        pytest.param({"message_id": 9}, "x", 1, id="a reply to a word"),
    ],
)
def test_parts_of_a_reply_are_one(first: Any, second: Any, size: int) -> None:
    run = [a_message(LONG, 1, reply_to_message=first), a_message(REST, 2, reply_to_message=second)]

    assert bundle(run) == size


def test_posts_of_a_channel_are_joined_as_well() -> None:
    posts = [
        {"update_id": number, "channel_post": {"sender_chat": {"id": -1007}, "date": DATE, "text": text}}
        for number, text in ((1, LONG), (2, REST))
    ]

    assert bundle(posts) == 2
