import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.article import Source, SourceKind, fingerprint
from tests.builders import BODY, TITLE


@pytest.mark.parametrize(
    ("title", "body"),
    [
        pytest.param(TITLE.replace(" ", "  "), BODY, id="more spaces"),
        pytest.param(TITLE.replace("إ", "ا").replace("أ", "ا"), BODY, id="no hamzas"),
        pytest.param(TITLE.replace("مطار", "مَطَار"), BODY, id="vowel marks"),
        pytest.param(TITLE.replace("مطار", "مطـــار"), BODY, id="tatweel"),
        pytest.param(TITLE, tuple(line.replace("،", "") for line in BODY), id="no commas"),
        pytest.param(TITLE, ("\u200f" + " ".join(BODY),), id="other paragraphs and a direction mark"),
        pytest.param("", (TITLE, *BODY), id="the title taken for a paragraph"),
    ],
)
def test_one_text_has_one_fingerprint_however_it_is_written(title: str, body: tuple[str, ...]) -> None:
    assert fingerprint(title, body) == fingerprint(TITLE, BODY)


@pytest.mark.parametrize(
    ("title", "body"),
    [
        pytest.param(TITLE, BODY[:-1], id="a paragraph less"),
        pytest.param(TITLE + " غدا", BODY, id="a word more"),
        pytest.param(TITLE.replace("الخرطوم", "بورتسودان"), BODY, id="another word"),
        pytest.param(TITLE, BODY[::-1], id="another order"),
    ],
)
def test_other_texts_have_other_fingerprints(title: str, body: tuple[str, ...]) -> None:
    assert fingerprint(title, body) != fingerprint(TITLE, BODY)


@given(st.text(), st.lists(st.text()))
def test_a_fingerprint_is_32_hexadecimal_digits(title: str, body: list[str]) -> None:
    mark = fingerprint(title, body)

    assert len(mark) == 32
    assert set(mark) <= set("0123456789abcdef")


def test_lone_surrogates_have_a_fingerprint_too() -> None:
    assert fingerprint("\ud800", ["خبر"]) == fingerprint("", ["خبر"])


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        pytest.param(SourceKind.PAPER, "صحيفة المرفأ", id="a paper"),
        pytest.param(SourceKind.CHANNEL, "صحيفة المرفأ", id="a channel"),
        pytest.param(SourceKind.GROUP, "صحيفة المرفأ", id="a group"),
        pytest.param(SourceKind.PERSON, None, id="a person is nobody else's business"),
    ],
)
def test_a_source_is_named_to_others_unless_it_is_a_person(kind: SourceKind, shown: str | None) -> None:
    assert Source(kind, "صحيفة المرفأ").public_name == shown
