import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.fetch.contents import Outline
from bot.fetch.feed_lists import written_opml
from bot.fetch.opml import read_opml
from bot.fetch.refusals import ContentRefused, Reason

LIST = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="1.0"><head><title>خلاصاتي</title></head><body>
<outline text="صحف"><outline type="rss" text="القلم &amp; الورق" xmlUrl="https://qalam.example/rss?a=1&b=2"
 htmlUrl="https://qalam.example"/></outline>
<outline title="وكالة" xmlURL="https://wakala.example/rss"/><outline text="لا شيء"/>
<outline text="مكرر" xmlUrl="https://wakala.example/rss"/><outline xmlUrl="file:///etc/passwd"/>
</body></opml>"""


def test_a_list_is_read_with_its_folders() -> None:
    assert read_opml(LIST.encode()) == (
        Outline("https://qalam.example/rss?a=1&b=2", "القلم & الورق", "https://qalam.example", "صحف"),
        Outline("https://wakala.example/rss", "وكالة"),
        Outline("file:///etc/passwd"),
    )


NAMES = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=20).filter(
    lambda name: "&" not in name and "<" not in name
)
OUTLINES = st.builds(
    Outline,
    url=st.from_regex(r"\Ahttps://[a-z]{1,8}\.example/[a-z?=&]{0,9}\Z"),
    title=NAMES,
    site=st.none() | st.just("https://a.example/"),
    folder=st.none() | st.sampled_from(["صحف", "وكالات"]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(OUTLINES, max_size=12, unique_by=lambda outline: outline.url))
def test_a_written_list_is_read_back(outlines: list[Outline]) -> None:
    read = read_opml(written_opml(outlines, "خلاصاتي"))

    assert sorted(read, key=repr) == sorted(outlines, key=repr)


def test_what_xml_cannot_hold_is_left_out_when_writing() -> None:
    written = written_opml([Outline("https://a.example/", "عنوان\x00\ud800\uffff")], "\x0b")

    assert read_opml(written) == (Outline("https://a.example/", "عنوان"),)


@pytest.mark.parametrize("content", [b"", b"text", b"<rss/>", b"<!DOCTYPE x [<!ENTITY a 'b'>]><opml/>"])
def test_what_is_no_list_is_refused(content: bytes) -> None:
    with pytest.raises(ContentRefused) as refusal:
        read_opml(content)

    assert refusal.value.reason in {Reason.NOT_OPML, Reason.TOO_COMPLEX}


@given(st.binary(max_size=200) | st.text(max_size=60).map(lambda text: f"<opml>{text}".encode("utf-8", "replace")))
def test_any_bytes_are_a_list_or_refused(content: bytes) -> None:
    try:
        read_opml(content)
    except ContentRefused:
        return
