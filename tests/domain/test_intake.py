import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arabic.layout import read_layout
from bot.domain.intake import Refusal, refusal
from tests.builders import BODY, NOW, TITLE

ARTICLE = "\n".join((TITLE, *BODY))
HEADLINE = "عاجل: إعادة فتح مطار الخرطوم أمام الرحلات المدنية"
ENGLISH = (
    "Sudan reopens Khartoum airport\nThe civil aviation authority said on Friday that the airport would take the "
    "first flight from Port Sudan on Sunday morning after months of repairs to the runway."
)
MIXED = "Khartoum الخرطوم airport reopens after repairs, the authority said on Friday in a short statement today."


def why(text: str, *, is_forwarded: bool = False) -> Refusal | None:
    return refusal(read_layout(text, NOW), is_forwarded=is_forwarded)


LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"


def random_letters(alphabet: str, seed: int = 7) -> str:
    return "".join(random.Random(seed).choices(alphabet, k=4096))  # no secret


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(ARTICLE, None, id="an article"),
        pytest.param(ARTICLE.replace("\n", " "), None, id="an article in one line"),
        pytest.param("", Refusal.EMPTY, id="nothing"),
        pytest.param("🔴 … !!", Refusal.EMPTY, id="no word"),
        pytest.param("#السودان #مطار_الخرطوم", Refusal.HASHTAGS, id="hashtags alone"),
        pytest.param(ENGLISH, Refusal.FOREIGN, id="English"),
        pytest.param(MIXED, Refusal.FOREIGN, id="English with an Arabic word"),
        pytest.param("صباح الخير، كيف أرسل إليك مقالا؟", Refusal.TALK, id="talk"),
        pytest.param(HEADLINE, Refusal.TALK, id="a headline that somebody typed"),
        pytest.param("مطار " * 60, Refusal.NOISE, id="one word again and again"),
        pytest.param("المطار " * 60, Refusal.NOISE, id="one word with the article again and again"),
        pytest.param(random_letters(LETTERS + 4 * " "), Refusal.NOISE, id="4,096 letters"),
        pytest.param(random_letters(LETTERS), Refusal.NOISE, id="a word of 4,096 letters"),
    ],
)
def test_only_articles_are_taken_from_what_people_type(text: str, expected: Refusal | None) -> None:
    assert why(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(ARTICLE, None, id="an article"),
        pytest.param(HEADLINE, None, id="a headline"),
        pytest.param("صباح الخير يا أصدقاء", Refusal.TALK, id="four words"),
        pytest.param(ENGLISH, Refusal.FOREIGN, id="English"),
        pytest.param("مطار " * 60, Refusal.NOISE, id="one word again and again"),
    ],
)
def test_a_forwarded_headline_is_enough(text: str, expected: Refusal | None) -> None:
    assert why(text, is_forwarded=True) is expected


@given(st.integers(0, 10**6), st.sampled_from([" ", "  \n", 8 * " "]))
def test_random_letters_are_never_an_article(seed: int, spaces: str) -> None:
    assert why(random_letters(LETTERS + spaces, seed)) in {Refusal.NOISE, Refusal.TALK}


@given(st.text(max_size=300), st.booleans())
def test_every_text_is_taken_or_refused_for_a_reason(text: str, is_forwarded: bool) -> None:  # noqa: FBT001
    found = why(text, is_forwarded=is_forwarded)

    assert found is None or isinstance(found, Refusal)
