"""Where a sentence that is too long is cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.summarize.budget import shortened


@pytest.mark.parametrize(
    ("sentence", "chars", "expected"),
    [
        pytest.param("وصل الوفد إلى المدينة.", 40, "وصل الوفد إلى المدينة.", id="it fits"),
        pytest.param("وصل الوفد إلى المدينة، ثم زار المعرض الكبير.", 35, "وصل الوفد إلى المدينة…", id="a comma"),
        pytest.param("وصل الوفد إلى المدينة وتفقد المعرض الكبير.", 35, "وصل الوفد إلى المدينة…", id="before و"),
        pytest.param("استقبل رئيس البلدية وزير الثقافة أمس.", 30, "استقبل رئيس البلدية وزير…", id="و of the word"),
        pytest.param("بلغ السعر نحو 1,250 ديناراً للطن الواحد.", 18, "بلغ السعر نحو…", id="not inside a number"),
        pytest.param("كلمةواحدةطويلةبلامسافات", 10, "كلمةواحدة…", id="one endless word"),
    ],
)
def test_a_long_sentence_is_cut_at_its_best_boundary(sentence: str, chars: int, expected: str) -> None:
    assert shortened(sentence, chars) == expected


@given(st.text(min_size=1), st.integers(2, 60))
def test_a_cut_sentence_fits_and_is_verbatim_before_the_ellipsis(sentence: str, chars: int) -> None:
    cut = shortened(sentence, chars)

    assert len(cut) <= chars
    assert cut == sentence or (cut.endswith("…") and sentence.startswith(cut[:-1]))
