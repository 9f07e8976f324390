from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.importance import Importance, importance
from bot.domain.rating import Rating, Taste, taste_of
from tests.builders import HOUR, MINUTE, NOW

TOPICS = ("السودان", "مصر", "تونس", "لبنان")
SOURCES = (None, "وكالة الضفتين", "صحيفة المرفأ")
SOME_RATINGS = st.lists(
    st.builds(
        Rating,
        story_id=st.integers(1, 50),
        is_liked=st.booleans(),
        topics=st.lists(st.sampled_from(TOPICS), max_size=3, unique=True).map(tuple),
        source=st.sampled_from(SOURCES),
        rated_at=st.just(NOW),
    ),
    max_size=30,
)


def weighed(sources: int = 1, topics: int = 1, age: timedelta = 48 * HOUR, source: str | None = None) -> Importance:
    return importance(sources, TOPICS[:topics], age, source, Taste(), is_for_everyone=False)


@pytest.mark.parametrize(
    ("found", "points"),
    [
        pytest.param(weighed(), 0, id="an old story of one nameless source and one topic"),
        pytest.param(weighed(sources=2), 3, id="a second source"),
        pytest.param(weighed(sources=5), 12, id="five sources"),
        pytest.param(weighed(sources=50), 12, id="the sixth adds nothing"),
        pytest.param(weighed(sources=0), 0, id="nobody vouches for it"),
        pytest.param(weighed(topics=2), 2, id="a second topic"),
        pytest.param(weighed(topics=4), 4, id="the fourth adds nothing"),
        pytest.param(weighed(age=3 * HOUR - MINUTE), 3, id="under three hours old"),
        pytest.param(weighed(age=3 * HOUR), 2, id="three hours old"),
        pytest.param(weighed(age=12 * HOUR), 1, id="half a day old"),
        pytest.param(weighed(age=24 * HOUR), 0, id="a day old"),
        pytest.param(weighed(age=-HOUR), 3, id="ahead of the clock"),
        pytest.param(weighed(source="وكالة الضفتين"), 1, id="a named source"),
        pytest.param(importance(1, TOPICS[:1], 48 * HOUR, None, Taste(), is_for_everyone=True), 1, id="for everyone"),
    ],
)
def test_a_story_has_points_for(found: Importance, points: int) -> None:
    assert found.points == points


@given(st.integers(0, 9), st.integers(1, 4), st.integers(0, 50), st.sampled_from(SOURCES), SOME_RATINGS)
def test_the_points_are_the_sum_of_those_that_are_told(
    sources: int, topics: int, hours: int, source: str | None, ratings: list[Rating]
) -> None:
    found = importance(sources, TOPICS[:topics], hours * HOUR, source, taste_of(ratings), is_for_everyone=True)

    told = (found.of_sources, found.of_topics, found.recency, found.is_named, found.is_for_everyone, found.taste)
    assert found.points == sum(told)


@given(SOME_RATINGS, st.lists(st.sampled_from(TOPICS), min_size=1, unique=True), st.sampled_from(SOURCES))
def test_ratings_move_a_story_by_six_points_at_most(ratings: list[Rating], topics: list[str], source: str) -> None:
    assert abs(taste_of(ratings).points(topics, source)) <= 6


def a_rating(*, is_liked: bool, topic: str = "السودان", source: str | None = None) -> Rating:
    return Rating(1, is_liked, (topic,), source, NOW)


@pytest.mark.parametrize(
    ("ratings", "points"),
    [
        pytest.param([], 0, id="none"),
        pytest.param([a_rating(is_liked=True)], 1, id="liked once"),
        pytest.param([a_rating(is_liked=False)], -1, id="disliked once"),
        pytest.param([a_rating(is_liked=True), a_rating(is_liked=False)], 0, id="liked and disliked"),
        pytest.param([a_rating(is_liked=True)] * 9, 3, id="one topic has three points at most"),
        pytest.param([a_rating(is_liked=True, topic="مصر")], 0, id="of another topic"),
        pytest.param([a_rating(is_liked=True, source="أ")], 2, id="the topic and the source"),
        pytest.param([a_rating(is_liked=True, source="ب")], 1, id="the topic, of another source"),
    ],
)
def test_a_story_of_sudan_told_by_one_source_gains(ratings: list[Rating], points: int) -> None:
    assert taste_of(ratings).points(["السودان"], "أ") == points
