from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.alert import Urgent, alerts, day_start, with_room
from bot.domain.digest import Digest, Occasion
from tests.builders import HOUR, NOW, a_story

TOPICS = ("روسيا", "مصر", "الرياضة")


def sent_now(hits: list[Urgent], most: int = 5, sent: dict[str, int] | None = None) -> list[Digest]:
    stories = [a_story(hit.story_id, topics=("السودان", hit.topic)) for hit in hits]
    return alerts(1, hits, stories, sent or {}, most, NOW)


def test_each_story_is_sent_alone_under_the_topic_that_asks_for_it() -> None:
    (alert,) = sent_now([Urgent(501, 0, 7, "روسيا")])

    assert [section.topic for section in alert.sections] == ["روسيا"]
    assert [story.id for story in alert.stories] == [7]
    assert (alert.occasion, alert.covers_until) == (Occasion.AT_ONCE, None)


def test_what_a_topic_has_no_room_for_waits_for_the_digest() -> None:
    hits = [Urgent(501, 0, number, "روسيا") for number in range(1, 5)]

    assert len(sent_now(hits, most=3, sent={"روسيا": 1})) == 2
    assert with_room([*hits, Urgent(501, 0, 9, "مصر")], {"روسيا": 3}, 3) == [Urgent(501, 0, 9, "مصر")]


def test_a_story_goes_under_another_topic_when_its_first_has_no_room() -> None:
    story = a_story(7, topics=("روسيا", "مصر"))

    (alert,) = alerts(1, [Urgent(501, 0, 7, "روسيا"), Urgent(501, 0, 7, "مصر")], [story], {"روسيا": 1}, 1, NOW)

    assert alert.sections[0].topic == "مصر"


def test_a_story_that_was_seen_waits_for_the_digest() -> None:
    seen = replace(a_story(7, topics=("روسيا",)), seen_at=NOW - HOUR)

    assert alerts(1, [Urgent(501, 0, 7, "روسيا")], [seen], {}, 5, NOW) == []


def test_a_day_begins_where_the_reader_is() -> None:
    assert day_start(NOW, "Asia/Riyadh") == NOW - 9 * HOUR
    assert day_start(NOW, "UTC") == NOW - 6 * HOUR


@given(
    st.lists(st.tuples(st.integers(1, 9), st.sampled_from(TOPICS)), unique=True),
    st.dictionaries(st.sampled_from(TOPICS), st.integers(0, 4)),
    st.integers(1, 4),
)
def test_no_topic_sends_more_than_it_may_and_no_story_is_sent_twice(
    pairs: list[tuple[int, str]], sent: dict[str, int], most: int
) -> None:
    hits = [Urgent(501, 0, number, topic) for number, topic in pairs]
    stories = [a_story(number, topics=TOPICS) for number in dict.fromkeys(number for number, _ in pairs)]

    found = alerts(1, hits, stories, sent, most, NOW)

    assert len({alert.key for alert in found}) == len(found)
    for topic in TOPICS:
        now = sum(alert.sections[0].topic == topic for alert in found)
        assert now == 0 or sent.get(topic, 0) + now <= most
