"""Which set of sentences is chosen."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.summarize.budget import Budget
from bot.summarize.genre import ESSAY, NEWS, Blend
from bot.summarize.selection import Candidates, best_set

PLAIN = replace(NEWS, neighbours=0, title_word=0)


def candidates(*worth: float, size: int = 100) -> Candidates:
    count = len(worth)
    return Candidates(
        sizes=np.full(count, size),
        worth=np.array(worth, dtype=float),
        says=np.zeros((count, 1)),
        likeness=np.eye(count),
        opening=np.zeros(count),
    )


def test_the_worthiest_that_fit_are_chosen_in_their_order() -> None:
    assert best_set(candidates(1, 3, 0.5, 2), PLAIN, Budget(2, 400)) == [1, 3]


def test_two_short_sentences_may_be_worth_more_than_a_long_one() -> None:
    found = replace(candidates(3, 2, 2), sizes=np.array([390, 190, 190]))

    assert best_set(found, PLAIN, Budget(3, 400)) == [1, 2]


def test_a_sentence_that_says_the_same_is_passed_over() -> None:
    found = candidates(3, 2.9, 1)
    found.likeness[0, 1] = found.likeness[1, 0] = 0.95

    assert best_set(found, PLAIN, Budget(2, 400)) == [0, 2]


def test_a_word_of_the_title_counts_once() -> None:
    found = replace(candidates(3, 2, 1.5), says=np.array([[1.0, 0], [1, 0], [0, 1]]))

    assert best_set(found, replace(PLAIN, title_word=1), Budget(2, 400)) == [0, 2]


def test_news_prefers_sentences_that_follow_each_other() -> None:
    assert best_set(candidates(3, 1, 1.5), replace(PLAIN, neighbours=1), Budget(2, 400)) == [0, 1]


def test_an_essay_is_told_in_two_sentences_unless_a_third_is_worth_it() -> None:
    blend = replace(ESSAY, title_word=0)

    assert best_set(candidates(3, 3, 1), blend, Budget(3, 400)) == [0, 1]
    assert best_set(candidates(3, 3, 3), blend, Budget(3, 400)) == [0, 1, 2]


def test_what_opens_badly_comes_after_another_or_not_at_all() -> None:
    found = replace(candidates(5, 1, 2), opening=np.array([1000.0, 0, 0]))

    assert best_set(found, PLAIN, Budget(2, 400)) == [1, 2]


@pytest.mark.parametrize("size", [400, 1000])
def test_nothing_is_chosen_when_nothing_fits(size: int) -> None:
    assert best_set(candidates(1, 1, size=size), PLAIN, Budget(3, 399)) == []


SENTENCES = st.lists(st.tuples(st.integers(20, 300), st.floats(0.1, 9), st.sampled_from([0.0, 1, 1000])), min_size=1)


@given(sentences=SENTENCES, budget=st.builds(Budget, st.integers(1, 8), st.integers(20, 900)))
def test_the_chosen_fit_and_more_are_never_chosen_than_may_be(
    sentences: list[tuple[int, float, float]], budget: Budget
) -> None:
    sizes, worth, opening = (np.array(column) for column in zip(*sentences, strict=True))
    found = replace(candidates(*worth), sizes=sizes, opening=opening)

    chosen = best_set(found, NEWS, budget)

    assert chosen == sorted(set(chosen))
    assert len(chosen) <= budget.sentences
    assert sum(sizes[chosen]) + len(chosen) - 1 <= budget.chars
    assert chosen or (sizes > budget.chars).all()


@given(sentences=st.lists(st.tuples(st.integers(20, 300), st.floats(0.1, 9)), min_size=1, max_size=6))
def test_of_few_sentences_no_pair_is_worth_more(sentences: list[tuple[int, float]]) -> None:
    sizes, worth = (np.array(column) for column in zip(*sentences, strict=True))
    budget, blend = Budget(2, 300), PLAIN
    sets = [[row] for row in range(len(sizes))] + [list(pair) for pair in combinations(range(len(sizes)), 2)]
    fitting = [rows for rows in sets if sum(sizes[rows]) + len(rows) - 1 <= budget.chars]

    chosen = best_set(replace(candidates(*worth), sizes=sizes), blend, budget)

    assert _worth(chosen, worth, blend) == pytest.approx(max(_worth(rows, worth, blend) for rows in fitting))


def _worth(rows: list[int], worth: np.ndarray, blend: Blend) -> float:
    return float(sum(worth[rows])) + blend.two * (len(rows) == 2)
