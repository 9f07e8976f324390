from collections import Counter

import pytest

from bot.arabic.stems import STOP_WORDS
from bot.domain.topic import Topic, topic_key
from config import generate
from config.catalogue import COLUMNS, CatalogueRow, read_catalogue

HEADER = "\t".join(COLUMNS)
PERU = "بيرو\tالبيرو\tبيروفي\t\tليما\tcountry\t\t\t\t🇵🇪"


def test_a_row_is_read_cell_by_cell() -> None:
    line = (
        "صور\tمدينة صور القديمة|صور اللبنانية\tصوراوي\tصوراويون\tالقضاء\tcity\tyes\tمدينة صور|ميناء صور\tصور جوية\t🇱🇧"
    )

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
            flag="🇱🇧",
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
        pytest.param(f"{HEADER}\n{PERU}\t", "line 2: 11 cells", id="a cell too many"),
        pytest.param(f"{HEADER}\n\t\t\t\t\tcountry\t\t\t\t", "line 2: the name", id="no name"),
        pytest.param(f"{HEADER}\nبيرو|توغو\t\t\t\t\tcountry\t\t\t\t", "line 2: the name", id="two names in one cell"),
        pytest.param(f"{HEADER}\nبيرو\t\t\t\t\tplanet\t\t\t\t", "line 2: the kind", id="an unknown kind"),
        pytest.param(f"{HEADER}\nبيرو\t\t\t\t\tcountry\tno\t\t\t", "line 2: ambiguous", id="ambiguous is neither"),
        pytest.param(f"{HEADER}\nبيرو\tالبيرو||\t\t\t\tcountry\t\t\t\t", "line 2: an empty value", id="an empty value"),
        pytest.param(f"{HEADER}\n{PERU}🇵", "line 2: the flag", id="half a flag more"),
        pytest.param(f"{HEADER}\n{PERU}\n\n{PERU}", "line 4: بيرو already stands in line 2", id="a name twice"),
    ],
)
def test_a_malformed_row_is_named_by_its_line(text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        read_catalogue(text)


def test_the_shipped_catalogue_is_large_and_no_two_names_are_spelled_alike() -> None:
    rows = read_catalogue()

    spelled = Counter(topic_key(row.name) for row in rows)
    assert len(rows) >= 600
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


def test_every_territory_of_cldr_is_shipped_once_under_its_flag() -> None:
    flags = Counter(row.flag for row in read_catalogue() if row.flag)

    assert flags == Counter(map(generate.flag_of, generate.territories()))


def test_the_name_cldr_writes_is_known_in_every_row_with_a_flag() -> None:
    rows = {row.flag: row for row in read_catalogue() if row.flag}

    unknown = [
        name
        for code, name in generate.territories().items()
        if name not in {rows[generate.flag_of(code)].name, *rows[generate.flag_of(code)].forms}
    ]
    assert unknown == []


def test_only_countries_and_regions_have_a_flag_and_no_country_lacks_one() -> None:
    rows = read_catalogue()

    assert {row.kind for row in rows if row.flag} == {"country", "region"}
    assert [row.name for row in rows if row.kind == "country" and not row.flag] == []


_SEVERAL_WORDS = "no adjective is in use for a name of several words"
NO_NISBA = {
    "جزر القمر": "قمري is lunar",
    "مالي": "مالي is financial",
    "دومينيكا": "دومينيكي is a friar, دومينيكاني is of the other country",
    "بابوا غينيا الجديدة": "بابوي is papal, and بابوا a part of Indonesia too",
    "جزر سليمان": "سليماني is a surname",
    "تيمور الشرقية": "تيموري is of the house of Timur",
    "أفريقيا الوسطى": "وسط أفريقي is of the middle of the continent",
    "أنتيغوا وبربودا": _SEVERAL_WORDS,
    "الرأس الأخضر": _SEVERAL_WORDS,
    "غينيا بيساو": _SEVERAL_WORDS,
    "سانت كيتس ونيفيس": _SEVERAL_WORDS,
    "سانت لوسيا": _SEVERAL_WORDS,
    "سان مارينو": _SEVERAL_WORDS,
    "ساو تومي وبرينسيبي": _SEVERAL_WORDS,
    "سانت فنسنت وجزر غرينادين": _SEVERAL_WORDS,
}


def test_every_country_has_its_adjective_unless_the_word_means_something_else() -> None:
    without = {row.name for row in read_catalogue() if row.kind == "country" and not row.nisba}

    assert without == NO_NISBA.keys()


def test_no_two_rows_share_a_name_or_form_unless_both_are_ambiguous() -> None:
    rows = read_catalogue()
    sure = [key for row in rows if not row.is_ambiguous for key in {*map(topic_key, (row.name, *row.forms))}]
    unsure = {topic_key(name) for row in rows if row.is_ambiguous for name in (row.name, *row.forms)}

    assert [key for key, times in Counter(sure).items() if times > 1 or key in unsure] == []


def test_the_rows_stand_in_order_by_kind() -> None:
    kinds = [row.kind for row in read_catalogue()]

    assert list(dict.fromkeys(kinds)) == ["country", "region", "city", "organisation", "theme", "club"]
    assert kinds == sorted(kinds, key=list(dict.fromkeys(kinds)).index)


def test_the_generator_is_silent_on_the_shipped_catalogue(capsys: pytest.CaptureFixture[str]) -> None:
    generate.main()

    printed = capsys.readouterr()
    assert (printed.out, printed.err.endswith("lacks no names of territories\n")) == ("", True)


def test_the_generator_drafts_a_row_the_catalogue_can_read() -> None:
    drafted = generate.drafts({"PE": "بيرو", "AT": "النمسا"}, read_catalogue(f"{HEADER}\n{PERU}"))

    rows = read_catalogue("\n".join((HEADER, *drafted)))
    assert [(row.name, row.kind, row.flag) for row in rows] == [("النمسا", "country", "🇦🇹")]


def test_the_generator_drafts_a_row_for_a_country_that_was_renamed() -> None:
    drafted = list(generate.drafts({"PE": "بلاد الإنكا"}, read_catalogue(f"{HEADER}\n{PERU}")))

    assert len(drafted) == 1


@pytest.mark.parametrize(
    ("name", "nisba"),
    [
        pytest.param("الصين", "صيني", id="the article is dropped"),
        pytest.param("تركيا", "تركي", id="and the ending يا"),
        pytest.param("كندا", "كندي", id="and the ending ا"),
        pytest.param("سنغافورة", "سنغافوري", id="and the ending ة"),
        pytest.param("سورية", "سوري", id="and the ending ية"),
        pytest.param("هايتي", "هايتي", id="one ي is enough"),
        pytest.param("سان مارينو", "", id="several words have no rule"),
    ],
)
def test_the_generator_makes_the_adjective_by_rule(name: str, nisba: str) -> None:
    assert generate.nisba_of(name) == nisba
