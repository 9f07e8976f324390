import asyncio
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from bot.app import catalogue_topics
from bot.cli import main
from bot.domain.article import Traces
from bot.storage.articles import StoredArticles
from bot.storage.database import opened
from bot.storage.topics import StoredTopics
from config.catalogue import COLUMNS
from tests import builders
from tests.builders import BODY, TITLE, an_article

TOKEN = "123456789:AAexampleexampleexampleexample00"  # noqa: S105  # opens nothing
SECRET = "AAexampleexampleexampleexample00"  # noqa: S105
NOW = "2026-03-14T09:00:00+03:00"
ARTICLE = "\n".join(
    (TITLE, "تاريخ النشر: 13 آذار/مارس 2026", *BODY, "المصدر: صحيفة الضفتين", "كلمات دلالية: السودان، النقل")
)
COMMANDS = ("article", "sentences", "summary", "topics", "dates", "stories")
Row = dict[str, Any]


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("MUJAZ_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def invoked(*arguments: str, given: bytes = b"", env: Mapping[str, str] | None = None) -> Result:
    return CliRunner().invoke(main, arguments, input=given, env=env, catch_exceptions=False)


def analysed(command: str, *rows: Row, options: tuple[str, ...] = ()) -> list[Row]:
    given = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
    result = invoked("analyze", command, *options, given=given)
    assert result.exit_code == 0
    return answers(result)


def answers(result: Result) -> list[Row]:
    return [json.loads(line) for line in result.stdout_bytes.decode().splitlines()]


def test_article_knows_the_keywords_that_texts_before_it_wrote_apart() -> None:
    footers = ("جسر النيل، سد مروي، قناة جونقلي", "قناة جونقلي سد مروي جسر النيل")
    rows = [{"id": n, "text": "\n".join((TITLE, *BODY, f"وسوم: {footer}"))} for n, footer in enumerate(footers)]

    answers = analysed("article", *rows)

    assert [sorted(answer["tags"]) for answer in answers] == [["جسر النيل", "سد مروي", "قناة جونقلي"]] * 2


def test_topics_lets_a_capital_count_where_asked() -> None:
    row = {"id": 1, "text": "وصل الوفد إلى الخرطوم أمس.", "follow": ["السودان"]}

    answers = [*analysed("topics", row), *analysed("topics", row, options=("--capitals",))]

    assert [answer["mentioned"] for answer in answers] == [[], ["السودان"]]


def test_article_tells_the_parts_of_a_text() -> None:
    answer = analysed("article", {"id": 7, "text": ARTICLE, "now": NOW})[0]

    assert answer == {
        "id": 7,
        "title": TITLE,
        "published": "2026-03-13",
        "source": "صحيفة الضفتين",
        "tags": ["السودان", "النقل"],
        "body": list(BODY),
        "related": [],
    }


def test_article_of_a_text_without_labels_has_nulls() -> None:
    answer = analysed("article", {"id": 7, "text": "\n".join((TITLE, *BODY))})[0]

    assert (answer["published"], answer["source"], answer["tags"]) == (None, None, [])


def test_sentences_are_told_word_for_word() -> None:
    answer = analysed("sentences", {"id": 7, "text": " ".join(BODY)})[0]

    assert answer == {"id": 7, "sentences": list(BODY)}


def test_topics_tell_which_of_the_followed_names_a_text_is_about_and_why() -> None:
    row = {"id": 7, "title": TITLE, "text": "\n".join(BODY), "tags": ["النقل"], "follow": ["مصر", "السودان", "#النقل"]}

    answer = analysed("topics", row)[0]

    assert [(topic["name"], topic["why"]) for topic in answer["topics"]] == [
        ("السودان", "title"),
        ("#النقل", "keyword"),
    ]
    assert answer["topics"][0]["mentions"] == 2
    assert answer["mentioned"] == ["السودان", "#النقل"]


def test_topics_of_nobody_are_none() -> None:
    assert analysed("topics", {"id": 7, "text": ARTICLE, "follow": []}) == [{"id": 7, "topics": [], "mentioned": []}]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        pytest.param("تاريخ النشر: 13 آذار/مارس 2026", "2026-03-13", id="a date"),
        pytest.param("أمس", "2026-03-13", id="a word for one"),
        pytest.param("خبر بلا تاريخ", None, id="none"),
    ],
)
def test_dates_tell_the_date_that_a_text_states(text: str, date: str | None) -> None:
    assert analysed("dates", {"id": 7, "text": text, "now": NOW}) == [{"id": 7, "date": date}]


@pytest.mark.parametrize("command", COMMANDS)
def test_answers_come_in_the_order_of_the_lines_each_under_its_id(command: str) -> None:
    ids = [7, "أ", None, 0, {"a": [1]}, 7]

    found = analysed(command, *({"id": given, "text": ARTICLE, "follow": ["السودان"]} for given in ids))

    assert [answer["id"] for answer in found] == ids


@pytest.mark.parametrize("command", COMMANDS)
def test_a_row_without_an_id_is_answered_under_none(command: str) -> None:
    assert analysed(command, {"text": ARTICLE, "follow": []})[0]["id"] is None


@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_is_answered_with_nothing(command: str) -> None:
    assert analysed(command) == []


TEXT = "\n".join(BODY)
AGAIN = "أعيد فتح مطار الخرطوم الدولي أمام الرحلات المدنية في السودان، وفق ما أعلنته هيئة الطيران المدني."


def test_stories_tells_reports_of_one_event_and_copies_of_one_text() -> None:
    rows = (
        {"id": "a", "title": TITLE, "text": TEXT, "source": "صدى", "published": "2026-03-14T08:00:00+03:00"},
        {"id": "b", "title": "أمطار غزيرة", "text": "هطلت أمطار غزيرة على الجبال.", "published": "2026-03-14"},
        {"id": "c", "title": TITLE, "text": AGAIN, "published": "Sun, 15 Mar 2026 09:00:00 +0300"},
        {"id": "d", "title": "عنوان آخر", "text": f"{TEXT}\nالمصدر: وكالة", "published": "2026-06-01"},
        {"id": "e", "title": TITLE, "text": AGAIN.replace("هيئة", "سلطة"), "published": "2026-03-12"},
    )

    answers = analysed("stories", *rows)

    assert answers == [
        {"id": "a", "story": "a", "copy_of": None},
        {"id": "b", "story": "b", "copy_of": None},
        {"id": "c", "story": "a", "copy_of": None},
        {"id": "d", "story": "a", "copy_of": "a"},
        {"id": "e", "story": "a", "copy_of": "c"},
    ]


@pytest.mark.parametrize(
    "published", [None, "", "0001-01-01", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00"]
)
def test_stories_of_rows_with_the_same_or_no_time_meet(published: str | None) -> None:
    rows = [
        {"id": number, "title": TITLE, "text": text, "published": published} for number, text in ((1, TEXT), (2, AGAIN))
    ]

    assert [answer["story"] for answer in analysed("stories", *rows)] == [1, 1]


MALFORMED = [
    pytest.param(b"", id="an empty line"),
    pytest.param(b"{", id="cut off"),
    pytest.param(b"[1, 2]", id="a list"),
    pytest.param(b'"text"', id="a text"),
    pytest.param(b"null", id="null"),
    pytest.param(b'{"id": 1}', id="no text"),
    pytest.param(b'{"id": 1, "text": 5}', id="a text that is a number"),
    pytest.param(b'{"id": 1, "text": null}', id="a text that is null"),
    pytest.param(b'{"id": 1, "text": ["a"]}', id="a text that is a list"),
    pytest.param(b"\xff\xfe\x00{", id="no UTF-8"),
    pytest.param(b"9" * 5_000, id="a number of 5,000 digits"),
    pytest.param(b"[" * 100_000, id="100,000 brackets"),
]


@pytest.mark.parametrize("line", MALFORMED)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_line_that_cannot_be_read_is_answered_in_its_place(command: str, line: bytes) -> None:
    good = json.dumps({"id": 2, "text": ARTICLE, "follow": ["السودان"]}).encode()

    result = invoked("analyze", command, given=line + b"\n" + good + b"\n")

    bad_answer, good_answer = answers(result)
    assert result.exit_code == 1
    assert bad_answer["error"]
    assert good_answer["id"] == 2
    assert "error" not in good_answer


@pytest.mark.parametrize(
    ("command", "row"),
    [
        pytest.param("topics", {"follow": "السودان"}, id="followed names that are one text"),
        pytest.param("topics", {"follow": [5]}, id="a followed name that is a number"),
        pytest.param("topics", {"follow": [], "tags": {"a": 1}}, id="tags that are an object"),
        pytest.param("summary", {"title": 5}, id="a title that is a number"),
        pytest.param("dates", {"now": "tomorrow"}, id="a moment that is none"),
        pytest.param("dates", {"now": 5}, id="a moment that is a number"),
        pytest.param("article", {"now": "2026-13-45"}, id="a moment of no calendar"),
        pytest.param("stories", {"published": "yesterday"}, id="a time that is none"),
        pytest.param("stories", {"published": 5}, id="a time that is a number"),
    ],
)
def test_a_field_of_the_wrong_kind_is_named_under_the_rows_id(command: str, row: Row) -> None:
    wrong = next(name for name in ("tags", "title", "now", "follow", "published") if name in row)

    result = invoked("analyze", command, given=json.dumps({"id": 7, "text": ARTICLE} | row).encode())

    assert result.exit_code == 1
    assert answers(result)[0]["id"] == 7
    assert answers(result)[0]["error"].startswith(f"{wrong}: ")


@pytest.mark.parametrize("now", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2026-03-14"])
@pytest.mark.parametrize("command", ["article", "dates"])
def test_the_first_and_the_last_moment_of_the_calendar_are_moments(command: str, now: str) -> None:
    rows = [{"id": number, "text": text, "now": now} for number, text in enumerate((ARTICLE, "أمس", "غدا", "اليوم"))]

    assert [answer["id"] for answer in analysed(command, *rows)] == [0, 1, 2, 3]


@pytest.mark.parametrize("command", COMMANDS)
def test_half_a_letter_is_answered_in_json_that_can_be_read(command: str) -> None:
    line = b'{"id": "\\ud800", "text": "\\udfff \\u0627\\u0644\\u062e\\u0628\\u0631. \\ud83d", "follow": ["\\ud800"]}\n'

    result = invoked("analyze", command, given=line)

    assert answers(result)[0]["id"] == "\ud800"


def test_a_byte_order_mark_and_windows_line_ends_are_read_over() -> None:
    result = invoked("analyze", "sentences", given=b'\xef\xbb\xbf{"id": 1, "text": "a"}\r\n{"id": 2, "text": "b"}\r\n')

    assert [answer["id"] for answer in answers(result)] == [1, 2]


@pytest.mark.parametrize("sentences", [1, 2, 5])
@pytest.mark.parametrize("chars", [2, 60, 150, 400])
def test_a_summary_is_verbatim_in_order_and_within_its_budget(sentences: int, chars: int) -> None:
    text = "\n".join(BODY)
    options = ("--sentences", str(sentences), "--chars", str(chars))

    found = analysed("summary", {"id": 7, "title": TITLE, "text": text}, options=options)[0]["sentences"]

    places = [text.find(sentence.removesuffix("…")) for sentence in found]
    assert 1 <= len(found) <= sentences
    assert len(" ".join(found)) <= chars
    assert -1 not in places
    assert places == sorted(places)


@given(
    st.lists(st.dictionaries(st.sampled_from(["id", "text", "title", "follow", "now", "tags"]), st.text() | st.none()))
)
def test_every_row_of_any_shape_has_its_answer(rows: list[Row]) -> None:
    given = b"".join(json.dumps(row).encode() + b"\n" for row in rows)

    for command in ("sentences", "topics", "dates"):
        result = invoked("analyze", command, given=given)

        assert [answer["id"] for answer in answers(result)] == [row.get("id") for row in rows]


@pytest.mark.parametrize(
    ("env", "named"),
    [
        pytest.param({}, "MUJAZ_TOKEN: missing", id="no token"),
        pytest.param({"MUJAZ_TOKEN": f"bot{TOKEN}"}, "MUJAZ_TOKEN: ", id="a bad token"),
        pytest.param({"MUJAZ_TOKEN": TOKEN, "MUJAZ_TIMEZONE": "Mars/Olympus"}, "MUJAZ_TIMEZONE: ", id="a bad zone"),
        pytest.param({"MUJAZ_TOKEN": TOKEN, "MUJAZ_OWNER": "@editor"}, "MUJAZ_OWNER: ", id="a bad owner"),
        pytest.param({"MUJAZ_TOKEN": TOKEN, "MUJAZ_API_URL": "here"}, "MUJAZ_API_URL: ", id="a bad address"),
    ],
)
def test_run_names_a_bad_setting_in_one_line(env: dict[str, str], named: str) -> None:
    result = invoked("run", env=env)

    assert result.exit_code == 2
    assert result.stderr.startswith(f"mujaz: {named}")
    assert len(result.stderr.splitlines()) == 1
    assert SECRET not in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    "database",
    [
        pytest.param("postgresql://localhost/mujaz", id="an engine that we do not support"),
        pytest.param("://", id="no address"),
        pytest.param("/dev/null/mujaz.sqlite", id="a folder that cannot be"),
    ],
)
def test_a_bad_database_is_named_in_one_line(database: str) -> None:
    result = invoked("db", "upgrade", env={"MUJAZ_DATABASE": database})

    assert result.exit_code == 2
    assert result.stderr.startswith("mujaz: MUJAZ_DATABASE: ")
    assert len(result.stderr.splitlines()) == 1


def test_run_names_a_bad_database_too() -> None:
    result = subprocess_of("run", env={"MUJAZ_TOKEN": TOKEN, "MUJAZ_DATABASE": "postgresql://localhost/mujaz"})

    assert result.returncode == 2
    assert result.stderr == "mujaz: MUJAZ_DATABASE: postgresql is not supported, only sqlite\n"


def test_a_file_of_settings_is_read_where_it_is_named(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('tokn = "x"\n', encoding="utf-8")

    result = invoked("--config", str(file), "run")

    assert result.exit_code == 2
    assert result.stderr == "mujaz: MUJAZ_TOKN: no such setting\n"


def test_upgrading_the_database_creates_it_and_may_be_repeated(tmp_path: Path) -> None:
    path = tmp_path / "new" / "mujaz.sqlite"

    results = [invoked("db", "upgrade", env={"MUJAZ_DATABASE": str(path)}) for _ in range(2)]

    with sqlite3.connect(path) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    connection.close()
    assert [result.exit_code for result in results] == [0, 0]
    assert [result.stdout for result in results] == [f"up to date: {path}\n"] * 2
    assert {"updates", "articles", "topics", "subscribers", "deliveries"} <= tables


TOPICS = "\n".join(
    (
        "\t".join(COLUMNS),
        "نهر عطبرة\t\t\t\t\tregion\t\t\t\t",
        "السودان\tبلاد النيلين\tسوداني\t\tالخرطوم\tcountry\t\t\t\t🇸🇩",
    )
)


async def test_topics_of_the_operator_stay_when_the_shipped_ones_come_again(tmp_path: Path) -> None:
    database, file = tmp_path / "mujaz.sqlite", tmp_path / "topics.tsv"
    file.write_text(TOPICS, encoding="utf-8")

    result = await asyncio.to_thread(invoked, "topics", "load", str(file), env={"MUJAZ_DATABASE": str(database)})

    with opened(str(database)) as kept:
        topics = StoredTopics(kept)
        await topics.seed(catalogue_topics())
        catalogue = await topics.catalogue()
    assert (result.exit_code, result.stdout) == (0, "2 topics loaded\n")
    assert {"نهر عطبره", "مصر"} <= catalogue.keys
    assert catalogue.resolve("السودان").forms == ("بلاد النيلين",)


def test_a_file_of_topics_that_cannot_be_read_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "topics.tsv"
    file.write_text(TOPICS.replace("region", "river"), encoding="utf-8")

    result = invoked("topics", "load", str(file), env={"MUJAZ_DATABASE": str(tmp_path / "mujaz.sqlite")})

    assert result.exit_code == 1
    assert f"{file}: line 2: the kind 'river'" in result.stderr


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("ليس قاعدة بيانات، بل نص طويل يكفي ليكون صفحة. " * 100, id="a text"),
        pytest.param(None, id="a folder"),
    ],
)
def test_upgrading_what_is_no_database_is_refused_and_leaves_it(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "notes"
    if content is None:
        path.mkdir()
    else:
        path.write_text(content, encoding="utf-8")

    result = invoked("db", "upgrade", env={"MUJAZ_DATABASE": str(path)})

    assert result.exit_code == 2
    assert result.stderr.startswith("mujaz: MUJAZ_DATABASE: ")
    assert len(result.stderr.splitlines()) == 1
    assert path.is_dir() if content is None else path.read_text(encoding="utf-8") == content


def test_a_demo_of_an_empty_folder_says_so(tmp_path: Path) -> None:
    result = subprocess_of("demo", "--articles", str(tmp_path))

    assert result.returncode == 1
    assert result.stderr == f"Error: no .txt file in {tmp_path}\n"


def test_a_demo_of_no_folder_says_so(tmp_path: Path) -> None:
    result = invoked("demo", "--articles", str(tmp_path / "none"))

    assert result.exit_code == 2
    assert "does not exist" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [(), ("run",), ("demo",), ("sandbox",), ("db",), ("topics", "load"), ("analyze",), ("analyze", "topics")],
)
def test_every_command_explains_itself(arguments: tuple[str, ...]) -> None:
    result = invoked(*arguments, "--help")

    assert result.exit_code == 0
    assert result.stdout.startswith("Usage: ")


def test_a_reader_that_goes_away_is_no_error() -> None:
    lines = (json.dumps({"id": number, "text": " ".join(BODY)}) + "\n" for number in range(3_000))
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "analyze", "sentences"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin
    assert process.stdout

    process.stdout.close()
    _, errors = process.communicate("".join(lines).encode(), timeout=30)

    assert errors == b""


def subprocess_of(*arguments: str, env: Mapping[str, str] | None = None) -> "subprocess.CompletedProcess[str]":
    """Run a command that configures logging, which is the whole process's, in a process of its own."""
    return subprocess.run(  # noqa: S603  # our own program
        [sys.executable, "-m", "bot", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=30,
        check=False,
        env={**os.environ, **(env or {})},
    )


async def test_summaries_of_another_length_are_made_again_with_progress(tmp_path: Path) -> None:
    database = str(tmp_path / "mujaz.sqlite")
    with opened(database) as kept:
        for number in range(3):
            await StoredArticles(kept).add(an_article(f"f{number}", body=BODY, summary=()), Traces((f"f{number}",)))
    settings = {"MUJAZ_DATABASE": database, "MUJAZ_SUMMARY_SENTENCES": "1"}

    first = await asyncio.to_thread(invoked, "summaries", "rebuild", env=settings)
    again = await asyncio.to_thread(invoked, "summaries", "rebuild", env=settings)

    with opened(database) as kept:
        made = [article.summary for article in await StoredArticles(kept).since(builders.NOW)]
    assert (first.exit_code, first.stdout) == (0, "3 summaries made again\n")
    assert "summaries" in first.stderr
    assert again.stdout == "0 summaries made again\n"
    assert made == [BODY[:1]] * 3
