from collections import Counter

import pytest

from bot.arabic.stems import STOP_WORDS
from bot.domain.topic import Topic, topic_key
from config.catalogue import COLUMNS, CatalogueRow, read_catalogue

HEADER = "\t".join(COLUMNS)
PERU = "بيرو\tالبيرو\tبيروفي\t\tليما\tcountry\t\t\t"


def test_a_row_is_read_cell_by_cell() -> None:
    line = "صور\tمدينة صور القديمة|صور اللبنانية\tصوراوي\tصوراويون\tالقضاء\tcity\tyes\tمدينة صور|ميناء صور\tصور جوية"

    rows = read_catalogue(f"{HEADER}\n{line}\n")

    assert rows == (
        CatalogueRow(
            name="صور",
            forms=("مدينة صور القديمة", "صور اللبنانية"),
            nisba=("صوراوي",),
            plurals=("صوراويون",),
            capital=("القضاء",),
            kind="city",
            is_ambiguous=True,
            qualified=("مدينة صور", "ميناء صور"),
            blocks=("صور جوية",),
        ),
    )


def test_empty_lines_and_a_byte_order_mark_are_passed_over() -> None:
    rows = read_catalogue(f"\ufeff{HEADER}\r\n\r\n{PERU}\r\n")

    assert [row.name for row in rows] == ["بيرو"]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        pytest.param("", "line 1", id="nothing at all"),
        pytest.param("name\tforms\nبيرو\t", "line 1", id="other columns"),
        pytest.param(f"{HEADER}\n{PERU}\nتوغو\tcountry", "line 3: 2 cells", id="cells are missing"),
        pytest.param(f"{HEADER}\n{PERU}\t", "line 2: 10 cells", id="a cell too many"),
        pytest.param(f"{HEADER}\n\t\t\t\t\tcountry\t\t\t", "line 2: the name", id="no name"),
        pytest.param(f"{HEADER}\nبيرو|توغو\t\t\t\t\tcountry\t\t\t", "line 2: the name", id="two names in one cell"),
        pytest.param(f"{HEADER}\nبيرو\t\t\t\t\tplanet\t\t\t", "line 2: the kind", id="an unknown kind"),
        pytest.param(f"{HEADER}\nبيرو\t\t\t\t\tcountry\tno\t\t", "line 2: ambiguous", id="ambiguous is neither"),
        pytest.param(f"{HEADER}\nبيرو\tالبيرو||\t\t\t\tcountry\t\t\t", "line 2: an empty value", id="an empty value"),
        pytest.param(f"{HEADER}\n{PERU}\n\n{PERU}", "line 4: بيرو already stands in line 2", id="a name twice"),
    ],
)
def test_a_malformed_row_is_named_by_its_line(text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        read_catalogue(text)


def test_the_shipped_catalogue_is_large_and_no_two_names_are_spelled_alike() -> None:
    rows = read_catalogue()

    spelled = Counter(topic_key(row.name) for row in rows)
    assert len(rows) >= 110
    assert [key for key, times in spelled.items() if times > 1] == []


def test_every_shipped_value_has_a_word_and_no_stray_space() -> None:
    values = [
        value
        for row in read_catalogue()
        for value in (row.name, *row.forms, *row.nisba, *row.plurals, *row.capital, *row.qualified, *row.blocks)
    ]

    assert [value for value in values if not topic_key(value) or value != " ".join(value.split())] == []


def test_every_shipped_adjective_is_masculine_singular_without_the_article() -> None:
    adjectives = [nisba for row in read_catalogue() for nisba in row.nisba]

    assert [nisba for nisba in adjectives if not nisba.endswith("ي") or nisba.startswith("ال")] == []


def test_every_ambiguous_word_of_the_catalogue_says_what_settles_it() -> None:
    rows = [row for row in read_catalogue() if row.is_ambiguous]

    assert [row.name for row in rows if not row.qualified or " " in row.name] == []


def test_no_shipped_name_is_a_word_every_text_has() -> None:
    assert [row.name for row in read_catalogue() if Topic(row.name).key in STOP_WORDS] == []


ARAB_COUNTRIES = {
    *("الجزائر", "البحرين", "جزر القمر", "جيبوتي", "مصر", "العراق", "الأردن", "الكويت", "لبنان", "ليبيا", "عمان"),
    *("موريتانيا", "المغرب", "فلسطين", "قطر", "السعودية", "الصومال", "السودان", "سوريا", "تونس", "الإمارات", "اليمن"),
}


def test_every_arab_country_is_shipped() -> None:
    assert {row.name for row in read_catalogue() if row.kind == "country"} >= ARAB_COUNTRIES
