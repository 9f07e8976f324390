from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.digest import FRESH, Report, Story, compose, window_start
from bot.domain.preferences import MOST_STORIES
from bot.domain.rating import Taste
from tests.builders import HOUR, NOW, SECOND, TITLE

TOPICS = ("السودان", "مصر", "الاقتصاد", "الرياضة")
SOURCES = (None, "وكالة الضفتين", "صحيفة المرفأ", "قناة السهل")


def a_report(
    source: str | None = "وكالة الضفتين", summary: str = "أُعيد فتح المطار.", collected_at: datetime = NOW
) -> Report:
    return Report(TITLE, (summary,), (summary,), source, None, None, collected_at)


def a_story_of(number: int, *reports: Report, topics: tuple[str, ...] = ("السودان",)) -> Story:
    return Story(number, topics, reports or (a_report(),))


SOME_REPORTS = st.builds(
    a_report,
    st.sampled_from(SOURCES),
    st.text("ابتث ", max_size=20),
    st.integers(0, 100).map(lambda minutes: NOW - timedelta(minutes=minutes)),
)
SOME_TOPICS = st.lists(st.sampled_from(TOPICS), min_size=1, max_size=3, unique=True).map(tuple)
SOME_STORIES = st.lists(st.tuples(SOME_TOPICS, st.lists(SOME_REPORTS, min_size=1, max_size=4)), max_size=25).map(
    lambda found: [Story(number, topics, tuple(reports)) for number, (topics, reports) in enumerate(found, start=1)]
)


def test_there_is_no_digest_of_nothing() -> None:
    assert compose(1, "slot:1", NOW, []) is None


@given(SOME_STORIES.filter(bool), st.integers(1, 30))
def test_each_story_stands_once_or_is_counted_as_left_out(stories: list[Story], most: int) -> None:
    digest = compose(1, "slot:1", NOW, stories, most)

    assert digest is not None
    shown = [story.id for story in digest.stories]
    assert len(shown) == len(set(shown)) == min(most, len(stories))
    assert digest.left_out == len(stories) - len(shown)


@given(SOME_STORIES.filter(bool).flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_the_order_does_not_depend_on_how_stories_come(case: tuple[list[Story], list[Story]]) -> None:
    stories, shuffled = case

    assert compose(1, "slot:1", NOW, stories) == compose(1, "slot:1", NOW, shuffled)


@given(SOME_STORIES.filter(bool))
def test_each_story_stands_under_the_topic_it_is_most_about_and_each_topic_once(stories: list[Story]) -> None:
    digest = compose(1, "slot:1", NOW, stories)

    assert digest is not None
    assert all(story.topics[0] == section.topic for section in digest.sections for story in section.stories)
    assert len({section.topic for section in digest.sections}) == len(digest.sections)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(
            a_story_of(2, a_report("أ"), a_report("ب")),
            a_story_of(1, replace(a_report(), collected_at=NOW + HOUR), topics=("السودان", "مصر")),
            id="told by more sources, before all else",
        ),
        pytest.param(
            a_story_of(2, topics=("السودان", "مصر")),
            a_story_of(1, replace(a_report(), collected_at=NOW + HOUR)),
            id="of more of the reader's topics, before a newer one",
        ),
        pytest.param(a_story_of(2, replace(a_report(), collected_at=NOW + SECOND)), a_story_of(1), id="newer"),
        pytest.param(a_story_of(1), a_story_of(2), id="known for longer, if all else is equal"),
    ],
)
def test_the_more_important_story_comes_first(first: Story, second: Story) -> None:
    digest = compose(1, "slot:1", NOW, [second, first])

    assert digest is not None
    assert digest.stories == (first, second)


def test_a_digest_has_ten_stories_and_counts_the_rest() -> None:
    digest = compose(1, "slot:1", NOW, [a_story_of(number) for number in range(13)])

    assert digest is not None
    assert len(digest.stories) == MOST_STORIES == 10
    assert digest.left_out == 3


@pytest.mark.parametrize(
    ("best", "other"),
    [
        pytest.param(
            a_report("صحيفة المرفأ", "قصير."), a_report(None, "ملخّص طويل فيه كل شيء."), id="one that has a source"
        ),
        pytest.param(
            a_report("أ", "ملخّص طويل فيه كل شيء."),
            replace(a_report("ب", "قصير."), collected_at=NOW - HOUR),
            id="the fuller one",
        ),
        pytest.param(replace(a_report("أ"), collected_at=NOW - HOUR), a_report("ب"), id="the earlier one"),
    ],
)
def test_the_best_report_tells_the_story(best: Report, other: Report) -> None:
    assert a_story_of(1, other, best).best == best
    assert a_story_of(1, best, other).best == best


@given(st.lists(SOME_REPORTS, min_size=1, max_size=8, unique=True))
def test_a_source_counts_once_and_each_report_without_one_counts(reports: list[Report]) -> None:
    sources = Story(1, ("السودان",), tuple(reports)).sources

    named = [report.source for report in sources if report.source]
    assert sorted(named) == sorted({report.source for report in reports if report.source})
    assert len(sources) - len(named) == sum(report.source is None for report in reports)


def test_a_source_that_reported_the_same_text_twice_counts_once() -> None:
    story = a_story_of(1, a_report(), a_report())

    assert len(story.sources) == 1


@given(st.lists(SOME_REPORTS, min_size=1, max_size=8, unique=True))
def test_the_first_source_is_the_one_of_the_best_report(reports: list[Report]) -> None:
    story = Story(1, ("السودان",), tuple(reports))

    assert story.sources[0] == story.best


def test_a_story_is_as_new_as_its_newest_report() -> None:
    story = a_story_of(1, a_report("أ", collected_at=NOW - HOUR), a_report("ب", collected_at=NOW))

    assert story.collected_at == NOW


@pytest.mark.parametrize(
    ("digested_at", "expected"),
    [
        pytest.param(None, NOW - FRESH, id="a first digest looks back two days"),
        pytest.param(NOW - HOUR, NOW - FRESH, id="a recent one was, and articles come late"),
        pytest.param(NOW - timedelta(days=5), NOW - timedelta(days=5), id="a gap is covered whole"),
        pytest.param(NOW - timedelta(days=90), NOW - timedelta(days=14), id="but two weeks are enough"),
        pytest.param(NOW + HOUR, NOW - FRESH, id="the clock went back"),
    ],
)
def test_a_digest_looks_back_to_the_last_one(digested_at: datetime | None, expected: datetime) -> None:
    assert window_start(digested_at, NOW) == expected


def test_a_report_that_nobody_vouches_for_is_a_source_and_neither_tells_the_story_nor_lifts_it() -> None:
    vouched = a_report(None, "قصير.")
    joined = replace(a_report("وكالة الضفتين", "ملخص أطول بكثير من غيره."), is_vouched=False)
    story = a_story_of(2, joined, vouched)

    digest = compose(1, "slot:1", NOW, [story, a_story_of(1)])

    assert story.best == vouched
    assert story.sources == (vouched, joined)
    assert digest is not None
    assert [each.id for each in digest.stories] == [1, 2]


def balanced(*topics: str, most: int) -> list[int]:
    """Return which of these stories have room, each more important than the next, by its number and one topic."""
    stories = [
        a_story_of(number, replace(a_report(), collected_at=NOW - number * SECOND), topics=(topic,))
        for number, topic in enumerate(topics)
    ]
    digest = compose(1, "slot:1", NOW, stories, most)
    assert digest is not None
    return sorted(story.id for story in digest.stories)


@pytest.mark.parametrize(
    ("topics", "shown"),
    [
        pytest.param("أأأأأأ", [0, 1, 2, 3], id="one topic alone fills it"),
        pytest.param("أأأأبب", [0, 1, 4, 5], id="half for one while another waits"),
        pytest.param("أأأأأب", [0, 1, 2, 5], id="what the other leaves is its own"),
        pytest.param("أأأأبج", [0, 1, 4, 5], id="the first story of each topic"),
        pytest.param("أبجدهو", [0, 1, 2, 3], id="the more important topics, if there are too many"),
    ],
)
def test_no_topic_crowds_out_the_others(topics: str, shown: list[int]) -> None:
    assert balanced(*topics, most=4) == shown


@given(SOME_STORIES.filter(bool), st.integers(1, 12))
def test_a_topic_has_more_than_half_only_where_no_other_story_waits(stories: list[Story], most: int) -> None:
    digest = compose(1, "slot:1", NOW, stories, most)

    assert digest is not None
    shown = {story.id for story in digest.stories}
    left = [story for story in stories if story.id not in shown]
    for section in digest.sections:
        if len(section.stories) > (most + 1) // 2:
            others = [story for story in left if story.topics[0] != section.topic]
            counts = {name: sum(each.topics[0] == name for each in digest.stories) for name in TOPICS}
            assert all(counts[story.topics[0]] >= (most + 1) // 2 for story in others)


def test_what_a_reader_likes_comes_first_and_what_they_dislike_stays() -> None:
    taste = Taste({"مصر": 2, "السودان": -2})
    stories = [a_story_of(1, topics=("السودان",)), a_story_of(2, topics=("مصر",))]

    digest = compose(1, "slot:1", NOW, stories, taste=taste)

    assert digest is not None
    assert [story.id for story in digest.stories] == [2, 1]
    assert {number: found.taste for number, found in digest.importance.items()} == {1: -2, 2: 2}
