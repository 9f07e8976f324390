import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.keyphrases import KnownTag, Lexicon
from bot.domain.topic import Catalogue, Topic

GAZA = KnownTag("غزة", uses=40, mentions=50)
UN = KnownTag("الأمم المتحدة", uses=2, mentions=100)
WHEAT = KnownTag("القمح", uses=20, mentions=25)
RUSSIA = KnownTag("روسيا", uses=30, mentions=60)
CATALOGUE = Catalogue([Topic("روسيا", nisba=("روسي",)), Topic("الولايات المتحدة", ("أميركا",), nisba=("أميركي",))])


def test_a_tag_that_editors_use_comes_before_one_that_only_stands_everywhere() -> None:
    lexicon = Lexicon([UN, GAZA])

    suggested = lexicon.suggested("الأمم المتحدة تدعو إلى هدنة في غزة", "قالت الأمم المتحدة إن غزة تحتاج إلى الدواء.")

    assert suggested == ("غزة",)


def test_the_title_and_the_lead_weigh_more_than_one_more_mention() -> None:
    lexicon = Lexicon([KnownTag("غزة", 40, 50), KnownTag("القمح", 40, 50)])

    suggested = lexicon.suggested("أسعار القمح ترتفع", f"{'كلام ' * 60} غزة غزة")

    assert suggested == ("القمح", "غزة")


def test_a_passing_word_of_little_use_as_a_tag_is_not_suggested() -> None:
    lexicon = Lexicon([UN])

    assert lexicon.suggested("خبر", "نقلت الأمم المتحدة البيان.") == ()


def test_one_use_for_one_mention_proves_less_than_many() -> None:
    lexicon = Lexicon([KnownTag("غزة", 1, 1), KnownTag("القمح", 50, 50)])

    assert lexicon.suggested("غزة والقمح", "") == ("القمح", "غزة")


def test_a_tag_that_the_catalogue_knows_is_found_by_its_adjective() -> None:
    assert Lexicon([RUSSIA], CATALOGUE).suggested("الجيش الروسي يتقدم", "") == ("روسيا",)
    assert Lexicon([RUSSIA]).suggested("الجيش الروسي يتقدم", "") == ()


def test_another_name_of_a_topic_stays_a_tag_of_its_own() -> None:
    lexicon = Lexicon([KnownTag("أميركا", 40, 50), KnownTag("الولايات المتحدة", 40, 50)], CATALOGUE)

    assert lexicon.mentioned("أميركا", "") == {"أميركا", "الولايات المتحدة"}
    assert lexicon.mentioned("الولايات المتحدة", "") == {"الولايات المتحدة"}


def test_a_tag_is_suggested_as_editors_first_wrote_it() -> None:
    lexicon = Lexicon([KnownTag("#غزة", 40, 50), KnownTag("غزه", 1, 90), KnownTag("#_", 5, 5)])

    assert lexicon.suggested("غزّة تحت الحصار", "") == ("#غزة",)


@pytest.mark.parametrize("most", [-1, 0])
def test_none_are_suggested_if_none_are_wanted(most: int) -> None:
    assert Lexicon([GAZA]).suggested("غزة", "غزة", most) == ()


NAMES = st.sampled_from(["غزة", "القمح", "روسيا", "الأمم المتحدة", "قطاع غزة", "أميركا", "كلام", ""])
TEXTS = st.lists(NAMES, max_size=20).map(" ".join) | st.text(max_size=60)
COUNTS = st.integers(-3, 1000)
TAGS = st.lists(st.builds(KnownTag, NAMES | st.text(max_size=12), COUNTS, COUNTS), max_size=8)


@given(TAGS, TEXTS, TEXTS, st.integers(0, 6))
def test_whatever_is_suggested_is_known_mentioned_and_not_too_much(
    known: list[KnownTag], title: str, body: str, most: int
) -> None:
    lexicon = Lexicon(known, CATALOGUE)

    suggested = lexicon.suggested(title, body, most)

    assert len(suggested) == len(set(suggested)) <= most
    assert set(suggested) <= lexicon.mentioned(title, body) <= {tag.name for tag in known}


@given(TAGS, TEXTS, TEXTS)
def test_fewer_suggestions_are_the_best_of_more(known: list[KnownTag], title: str, body: str) -> None:
    lexicon = Lexicon(known, CATALOGUE)

    assert lexicon.suggested(title, body, 2) == lexicon.suggested(title, body, 5)[:2]
