from bot.sandbox.reader import Shown
from bot.sandbox.transcript import columns, printed


def test_each_line_is_right_to_left_and_ends_at_its_side() -> None:
    asked = Shown(1, 0, from_bot=False, text="ما آخِرُ الأخبار؟")
    answered = Shown(2, 60, from_bot=True, text="خبر واحد", buttons=(("نعم", "لا"), ("إلغاء",)))

    lines = printed([asked, answered], width=60).splitlines()

    assert [line.lstrip("\u200f ") for line in lines] == [
        "── القارئ · 00:00 ──",
        "ما آخِرُ الأخبار؟",
        "",
        "── موجز · 00:01 ──",
        "خبر واحد",
        "[ نعم ] [ لا ]",
        "[ إلغاء ]",
    ]
    assert all(line.startswith("\u200f") for line in lines if line)
    assert [columns(line) for line in lines if line] == [60] * 2 + [48] * 4


def test_long_lines_are_wrapped_and_no_word_is_lost() -> None:
    text = "اجتمع مجلس الوزراء اليوم لبحث الموازنة العامة " * 9 + "https://example.net/" + "a" * 90

    lines = printed([Shown(1, 0, from_bot=True, text=text)], width=50).splitlines()

    assert all(columns(line) <= 50 for line in lines)
    assert "".join(lines[1:]).replace("\u200f", "").replace(" ", "") == text.replace(" ", "")


def test_a_link_keeps_its_address_behind_its_words() -> None:
    link = {"type": "text_link", "offset": 3, "length": 4, "url": "https://example.net/"}

    shown = printed([Shown(1, 0, from_bot=True, text="😀 اقرأ المزيد", entities=(link,))])

    assert "😀 اقرأ <https://example.net/> المزيد" in shown


def test_an_edited_sticker_says_both() -> None:
    shown = printed([Shown(1, 0, from_bot=False, text="", kind="sticker", edit_date=3600)])

    assert "01:00 (معدّلة)" in shown
    assert "(ملصق)" in shown


def test_a_forward_names_its_origin() -> None:
    shown = printed([Shown(1, 0, from_bot=False, text="خبر", forwarded_from="الجزيرة")])

    assert "(محوّلة من الجزيرة)" in shown


def test_an_empty_conversation_is_an_empty_text() -> None:
    assert printed([]) == ""
