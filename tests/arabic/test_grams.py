import pytest

from bot.arabic.grams import grams, rarity


@pytest.mark.parametrize(
    ("stem", "runs"),
    [
        pytest.param("مطار", ("_مطا", "مطار", "طار_"), id="as long as a run"),
        pytest.param("خرطوم", ("_خرط", "خرطو", "رطوم", "طوم_"), id="longer"),
        pytest.param("غز", ("_غز_",), id="two letters"),
        pytest.param("5", ("_5_",), id="one digit"),
    ],
)
def test_a_stem_is_taken_in_runs_of_four_between_its_ends(stem: str, runs: tuple[str, ...]) -> None:
    assert grams(stem) == runs


def test_what_most_news_has_says_little() -> None:
    assert rarity("رييس") < rarity("_حرب") < rarity("مفاع")
