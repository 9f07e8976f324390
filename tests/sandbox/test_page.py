"""A conversation as a page: what is shown, and that nothing from outside becomes markup."""

import re

from bot.sandbox.page import View, page_of
from bot.sandbox.reader import Attached, Pressed, Shown

LONG = "خبر طويل " * 30


def body_of(page: str) -> str:
    return page.split("<body>")[1]


def test_both_sides_stand_apart_with_their_times_in_the_zone_of_the_phone() -> None:
    asked = Shown(1, 0, from_bot=False, text="ما الجديد؟")
    answered = Shown(2, 60, from_bot=True, text="خبر واحد", buttons=(("نعم", "لا"),), edit_date=90)

    body = body_of(page_of([asked, answered], View(zone="Asia/Riyadh")))

    assert re.findall(r'<div class="turn (\w+)', body) == ["person", "bot"]
    assert "<div class=day>الخميس 1 يناير</div>" in body
    assert re.findall(r"\d\d:\d\d", body) == ["03:00", "03:01"]
    assert "<div class=row><span>نعم</span><span>لا</span></div>" in body
    assert "معدّلة" not in body


def test_whatever_comes_from_outside_is_escaped() -> None:
    evil = '"><script>alert(1)</script>'
    link = {"type": "text_link", "offset": 0, "length": 2, "url": "javascript:alert(1)"}
    quoted = {"type": "text_link", "offset": 3, "length": 2, "url": 'https://x.invalid/"onclick="x'}
    file = Attached("1", evil, 10)
    message = Shown(1, 0, from_bot=True, text=evil, entities=(link, quoted), buttons=((evil,),), forwarded_from=evil,
                    sender=evil, via=evil, kind="document", attached=file)  # fmt: skip
    below = Shown(2, 0, from_bot=True, text=evil, buttons=((evil,),), is_below=True)
    offered = [{"title": evil, "description": evil}]

    view = View(evil, evil, notice=Pressed(is_answered=True, text=evil), typed=evil, offered=offered, me="ليلى")
    page = page_of([message, below], view)

    assert "<script" not in page
    assert 'href="javascript' not in page
    assert 'onclick="x' not in page
    assert "http" not in re.sub(r"https://x\.invalid/&quot;onclick=&quot;x", "", page)


def test_a_long_expandable_quotation_is_collapsed_and_ends_its_own_line() -> None:
    text = f"العنوان\n{LONG}\nالمصدر"
    quote = {"type": "expandable_blockquote", "offset": 8, "length": len(LONG)}
    short = {"type": "expandable_blockquote", "offset": 0, "length": 7}

    body = body_of(page_of([Shown(1, 0, from_bot=True, text=text, entities=(quote, short))]))

    assert f"<blockquote>العنوان</blockquote><blockquote class=collapsed><div>{LONG}</div></blockquote>المصدر" in body


def test_a_picture_is_shown_where_its_bytes_are_known() -> None:
    picture = Shown(1, 0, from_bot=True, text="رسم", kind="photo", attached=Attached("p", "", 3))

    assert '<img src="data:image/png;base64,UE5H"' in page_of([picture], View(pictures={"p": b"PNG"}))
    assert "<div class=missing>" in page_of([picture])


def test_a_file_is_named_with_its_size() -> None:
    file = Shown(1, 0, from_bot=True, text="", kind="document", attached=Attached("f", "mujaz.json", 2048))

    body = body_of(page_of([file]))

    assert "<i>json</i>" in body
    assert "mujaz.json" in body
    assert "2.0 كيلوبايت" in body


def test_a_notice_is_a_toast_or_a_box_and_the_pressed_button_stands_out() -> None:
    message = Shown(1, 0, from_bot=True, text="؟", buttons=(("نعم", "موقع"),), leading=frozenset({"موقع"}))

    toast = body_of(page_of([message], View(pressed=(1, "نعم"), notice=Pressed(is_answered=True, text="حُفظ"))))
    box = body_of(page_of([message], View(notice=Pressed(is_answered=True, text="حُفظ", is_alert=True))))

    assert '<span class="pressed">نعم</span><span class="leading">موقع</span>' in toast
    assert "<div class=toast>حُفظ</div>" in toast
    assert "<div class=alert>حُفظ<em>حسنًا</em></div>" in box


def test_a_keyboard_below_the_field_is_that_of_the_last_message() -> None:
    asked = Shown(1, 0, from_bot=True, text="أين أنت؟", buttons=(("مشاركة موقعي",),), is_below=True)
    later = Shown(2, 0, from_bot=True, text="شكرًا")

    assert "<div class=below><div class=row><span>مشاركة موقعي" in page_of([asked])
    assert "مشاركة موقعي" not in page_of([asked, later])


def test_what_is_offered_stands_above_the_field_with_what_is_typed_in_it() -> None:
    page = page_of([], View(typed="@bot روسيا", offered=[{"title": "عنوان", "description": "وصف"}]))

    assert "<div class=offers><div><b>عنوان</b><small>وصف</small></div></div>" in page
    assert "<bdi>@bot روسيا</bdi>" in page


def test_in_a_group_names_stand_above_what_others_write() -> None:
    mine = Shown(1, 0, from_bot=False, text="سلام", sender="ليلى")
    theirs = Shown(2, 0, from_bot=False, text="أهلًا", sender="سامي")
    ours = Shown(3, 0, from_bot=True, text="خبر", sender="موجز")

    body = body_of(page_of([mine, theirs, ours], View("المجموعة", me="ليلى")))

    assert re.findall(r'<div class="turn (\w+)', body) == ["person", "other", "bot"]
    assert re.findall(r"<span class=name>(\w+)</span>", body) == ["سامي", "موجز"]


def test_a_button_runs_as_its_mark_says() -> None:
    marked = {"text": "\u200f+ 🇷🇺 روسيا"}
    raw = {"message_id": 1, "date": 0, "from_bot": True, "text": "؟", "entities": []}

    shown = Shown.read(raw | {"reply_markup": {"inline_keyboard": [[marked, {"text": "+ روسيا"}]]}})

    assert shown.buttons == (("+ 🇷🇺 روسيا", "+ روسيا"),)
    assert "<span>\u200f+ 🇷🇺 روسيا</span><span>+ روسيا</span>" in page_of([shown])
