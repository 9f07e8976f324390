import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arabic.tokens import Token, hosts, tokens, words


def test_a_token_has_its_form_its_spelling_and_its_tanween() -> None:
    assert tokens("صيداً قربَ صيدا") == (
        Token("صيدا", "صيداً", has_tanween=True),
        Token("قرب", "قربَ", has_tanween=False),
        Token("صيدا", "صيدا", has_tanween=False),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("أُوكْرَانْيَا", ["اوكرانيا"], id="marks do not part a word"),
        pytest.param("#الولايات_المتحدة", ["الولايات", "المتحده"], id="underscores do"),
        pytest.param("كوفيد-19،", ["كوفيد", "19"], id="hyphens and commas do"),
        pytest.param("(نهر)…«بحر»", ["نهر", "بحر"], id="brackets and quotation marks do"),
        pytest.param("--- 🔴", [], id="marks alone are no words"),
    ],
)
def test_words_are_parted_by_everything_but_letters_digits_and_marks(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@given(st.text(alphabet="سلمنأةً\u0640\u200f _-.،7"))
def test_tokens_and_words_agree_on_the_forms(text: str) -> None:
    assert [token.form for token in tokens(text)] == words(text)


@pytest.mark.parametrize(
    ("word", "host"),
    [
        pytest.param("روسيا", "روسيا", id="the word itself"),
        pytest.param("وروسيا", "روسيا", id="and"),
        pytest.param("لروسيا", "روسيا", id="to"),
        pytest.param("وبروسيا", "روسيا", id="and in"),
        pytest.param("للعراق", "العراق", id="to the"),
        pytest.param("لليبيا", "ليبيا", id="to a name in lam"),
        pytest.param("فكندا", "كندا", id="so"),
    ],
)
def test_a_host_is_found_behind_attached_particles(word: str, host: str) -> None:
    assert host in hosts(word)


@pytest.mark.parametrize("word", ["بين", "ولد", "كم"])
def test_a_short_word_is_its_only_host(word: str) -> None:
    assert hosts(word) == (word,)
