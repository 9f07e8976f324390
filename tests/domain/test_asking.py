from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.asking import Asked, asked_in
from bot.domain.topic import topic_key

SAMPLES = sorted((Path(__file__).parents[2] / "bot" / "sandbox" / "samples").glob("*.txt"))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param("تابع روسيا", Asked("follow", "روسيا"), id="follow"),
        pytest.param("تابع: روسيا", None, id="follow with a colon reads as a headline"),
        pytest.param("أتابع روسيا، مصر", Asked("follow", "روسيا، مصر"), id="two names"),
        pytest.param("تابع روسيا بدون رياضة", Asked("follow", "روسيا بدون رياضة"), id="without"),
        pytest.param("تابع عُمان!", Asked("follow", "عُمان"), id="vowel marks stay"),
        pytest.param("تابع #الولايات_المتحدة", Asked("follow", "#الولايات_المتحدة"), id="a hashtag"),
        pytest.param("تابع", Asked("follow"), id="follow nothing yet"),
        pytest.param("ألغِ روسيا", Asked("unfollow", "روسيا"), id="leave"),
        pytest.param("ألغ متابعة روسيا", Asked("unfollow", "روسيا"), id="leave, in two words"),
        pytest.param("الغاء متابعة روسيا", Asked("unfollow", "روسيا"), id="leave, without hamza"),
        pytest.param("موجز", Asked("digest"), id="the digest"),
        pytest.param("مُوجَز", Asked("digest"), id="the digest, with vowel marks"),
        pytest.param("مواضيعي", Asked("topics"), id="topics"),
        pytest.param("إعدادات", Asked("settings"), id="settings"),
        pytest.param("مساعدة؟", Asked("help"), id="help"),
        pytest.param("الأكثر تداولًا", Asked("popular"), id="popular"),
        pytest.param("الصاعدة", Asked("rising"), id="rising"),
        pytest.param("ابحث عن سد النهضة", Asked("search", "سد النهضة"), id="search"),
        pytest.param("اكتم روسيا أسبوعًا", Asked("mute", "روسيا أسبوعًا"), id="mute"),
        pytest.param("ارفع الكتم عن روسيا", Asked("unmute", "روسيا"), id="unmute"),
        pytest.param("ألغ كتم روسيا", Asked("unmute", "روسيا"), id="unmute, and no leaving of a topic"),
        pytest.param("عاجل عن روسيا", Asked("at_once", "روسيا"), id="at once"),
        pytest.param("عاجل روسيا تعلن هدنة", None, id="a breaking headline"),
        pytest.param("أوقف العاجل عن روسيا", Asked("in_digest", "روسيا"), id="no more at once"),
        pytest.param("آخر الأخبار", Asked("latest"), id="the latest"),
        pytest.param("محفوظاتي", Asked("saved"), id="what was saved"),
        pytest.param("الخصوصية", Asked("privacy"), id="privacy"),
        pytest.param("بياناتي", Asked("export"), id="all that is held"),
        pytest.param("انسني", Asked("forget"), id="forget me"),
        pytest.param("Follow روسيا", Asked("follow", "روسيا"), id="in English"),
        pytest.param("موجز الأنباء", None, id="a word that only begins so"),
        pytest.param("روسيا", None, id="a name alone"),
        pytest.param("/follow روسيا", None, id="a command"),
        pytest.param("", None, id="nothing"),
        pytest.param("تابع روسيا\nمصر", None, id="two lines"),
        pytest.param("تابعت روسيا التطورات", None, id="another word"),
        pytest.param("تابع الرئيس الروسي زيارته إلى بكين اليوم", None, id="a headline"),
        pytest.param("تابع الرئيس زيارته. وعاد إلى موسكو", None, id="sentences"),
        pytest.param("تابع «روسيا اليوم»", None, id="a quotation"),
        pytest.param("تابع https://example.org/1", None, id="a link"),
        pytest.param("تابع " + "روسيا، " * 30, None, id="too long"),
    ],
)
def test_a_command_in_words_is_told_from_a_text(said: str, expected: Asked | None) -> None:
    assert asked_in(said) == expected


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_no_article_and_no_paragraph_of_one_is_a_command(sample: Path) -> None:
    text = sample.read_text(encoding="utf-8")

    assert [line for line in (text, *text.splitlines()) if asked_in(line)] == []


@given(st.sampled_from(["تابع", "ألغِ", "موجز", "ابحث عن", "مساعدة"]), st.text(alphabet="ابتثم ،.\nأ", max_size=400))
def test_a_text_of_many_words_is_never_a_command(verb: str, rest: str) -> None:
    text = f"{verb} {rest}"

    asked = asked_in(text)

    if asked:
        assert len(text) <= 120
        assert "\n" not in text.strip()
        assert topic_key(asked.argument) in topic_key(rest)


@given(st.text(max_size=200))
def test_any_text_is_read_without_an_error(text: str) -> None:
    asked_in(text)
