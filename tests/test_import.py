"""`mujaz import` and `mujaz export`, as an operator types them."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from tests.builders import BODY, TITLE
from tests.fetch.test_documents import a_paragraph, a_word_file

SAMPLES = Path(str(files("bot.sandbox").joinpath("samples")))
TEXT = "\n".join((TITLE, *BODY, "كلمات دلالية: السودان، النقل"))


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("MUJAZ_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("MUJAZ_DATABASE", str(tmp_path / "mujaz.sqlite"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return an empty folder for what is brought."""
    made = tmp_path / "brought"
    made.mkdir()
    return made


def invoked(*arguments: object, database: Path | None = None) -> Result:
    env = {"MUJAZ_DATABASE": str(database)} if database else None
    return CliRunner().invoke(main, [str(each) for each in arguments], env=env, catch_exceptions=False)


def rows_of(database: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(query).fetchall()


def a_line(**fields: object) -> str:
    return json.dumps(fields, ensure_ascii=False)


def a_text(mark: str) -> str:
    return "\n".join(" ".join(f"{word} {mark}" for word in line.split()) for line in BODY)


def test_the_samples_go_from_one_archive_to_another_byte_for_byte(tmp_path: Path) -> None:
    one, two, other = tmp_path / "one.jsonl", tmp_path / "two.jsonl", tmp_path / "other.sqlite"

    taken = invoked("import", SAMPLES)
    given = invoked("export", one)
    restored = invoked("import", one, database=other)
    invoked("export", two, database=other)

    assert taken.stdout == restored.stdout == "new 16\nknown 0\nrefused 0\n"
    assert (given.exit_code, given.stdout) == (0, "")
    assert "export" in given.stderr
    assert one.read_bytes() == two.read_bytes()
    assert len(one.read_bytes().splitlines()) == 16
    for query in (
        "SELECT id, story_id, copy_of, fingerprint, summary, stems, for_everyone_since, collected_at FROM articles",
        "SELECT name, uses, mentions, is_guess FROM tags ORDER BY id",
        "SELECT article_id, topic_id, why, mentions FROM article_topics ORDER BY article_id, topic_id",
        "SELECT line, days FROM source_lines ORDER BY line",
    ):
        assert rows_of(tmp_path / "mujaz.sqlite", query) == rows_of(other, query)


def test_standard_output_is_the_same_export(tmp_path: Path) -> None:
    invoked("import", SAMPLES / "08-egypt-metro.txt")
    invoked("export", tmp_path / "one.jsonl")

    assert invoked("export").stdout_bytes == (tmp_path / "one.jsonl").read_bytes()


def test_an_import_that_is_repeated_finds_everything_known(tmp_path: Path) -> None:
    invoked("import", SAMPLES)
    invoked("export", tmp_path / "all.jsonl")

    again = invoked("import", SAMPLES, tmp_path / "all.jsonl")

    assert (again.exit_code, again.stdout) == (0, "new 0\nknown 32\nrefused 0\n")


def test_each_kind_of_file_is_read_and_the_rest_is_refused_with_its_reason(folder: Path) -> None:
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "b.docx").write_bytes(
        a_word_file("".join(map(a_paragraph, ["عنوان أول لمقال", *a_text("ب").split("\n")])))
    )
    paragraphs = "".join(f"<p>{line}</p>" for line in a_text("ج").split("\n"))
    page = f"<!doctype html><html><body><article><h1>عنوان الصفحة هنا</h1>{paragraphs}</article></body></html>"
    (folder / "c.html").write_text(page, encoding="utf-8")
    (folder / "d.jsonl").write_text(a_line(title="عنوان السطر هنا", text=a_text("د")), encoding="utf-8")
    (folder / "e.png").write_bytes(b"\x89PNG")
    (folder / "f.opml").write_text("<html/>", encoding="utf-8")
    (folder / "g.pdf").write_bytes(b"%PDF-1.7 and no more")
    (folder / "deep").mkdir()
    (folder / "deep" / "h.txt").write_text("مرحبا", encoding="utf-8")

    result = invoked("import", folder)

    head, *reasons = result.stdout.split("refused ")
    assert (result.exit_code, head) == (0, "new 4\nknown 0\n")
    assert "import" in result.stderr
    assert sorted(reasons[0].splitlines()) == sorted(
        [
            "4",
            f"  1 kind of file unknown: {folder}/e.png",
            f"  1 not an OPML list: {folder}/f.opml",
            f"  1 damaged: {folder}/g.pdf",
            f"  1 too short for an article: {folder}/deep/h.txt",
        ]
    )


def test_lines_that_cannot_be_read_are_refused_by_number_and_the_rest_goes_on(folder: Path) -> None:
    rows = [
        a_line(title=TITLE, text="\n".join(BODY), source="القلم", tags="السودان، النقل", published="2026-03-13"),
        "{",
        "",
        a_line(text=5),
        "x" * 5_000_001,
        "{",
        a_line(title="عنوان السطر الأخير", text=a_text("ب")),
        "{",
        "{",
    ]
    file = folder / "rows.jsonl"
    file.write_text("\n".join(rows), encoding="utf-8")

    result = invoked("import", file)

    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "new 2",
        "known 0",
        "refused 6",
        f"  4 not JSON: {file}:2, {file}:6, {file}:8, …",
        f"  1 text: text expected: {file}:4",
        f"  1 a line of more than 5 MB: {file}:5",
    ]


def test_hidden_files_and_links_that_lead_out_of_a_folder_are_passed_over(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / ".hidden.txt").write_text(TEXT, encoding="utf-8")
    (folder / ".git").mkdir()
    (folder / ".git" / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "b.txt").symlink_to(outside / "a.txt")
    (folder / "c").symlink_to(outside)
    (folder / "loop.txt").symlink_to(folder / "loop.txt")

    result = invoked("import", folder)

    assert result.exit_code == 1
    assert result.stdout.splitlines()[:2] == ["new 0", "known 0"]


def test_a_file_that_is_named_twice_is_read_once(folder: Path) -> None:
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "b.txt").symlink_to(folder / "a.txt")

    result = invoked("import", folder, folder / "a.txt")

    assert result.stdout == "new 1\nknown 0\nrefused 0\n"


def test_a_path_that_does_not_exist_is_one_line_and_nothing_is_taken_in(folder: Path, tmp_path: Path) -> None:
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")

    result = invoked("import", folder, folder / "b.txt")

    assert result.exit_code == 1
    assert result.stderr == f"Error: {folder}/b.txt: no such file or folder\n"
    assert not (tmp_path / "mujaz.sqlite").exists()


def test_where_nothing_could_be_read_the_exit_code_says_so(folder: Path) -> None:
    (folder / "a.jsonl").write_text("{\n", encoding="utf-8")

    result = invoked("import", folder)

    assert result.exit_code == 1
    assert result.stdout == f"new 0\nknown 0\nrefused 1\n  1 not JSON: {folder}/a.jsonl:1\n"


@pytest.mark.parametrize(
    ("options", "is_public"),
    [
        pytest.param((), True, id="by default"),
        pytest.param(("--for-everyone",), True, id="for everyone"),
        pytest.param(("--private",), False, id="private"),
    ],
)
def test_who_may_see_what_is_taken_in(
    folder: Path,
    tmp_path: Path,
    options: tuple[str, ...],
    is_public: bool,  # noqa: FBT001
) -> None:
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")

    invoked("import", *options, folder)

    ((since,),) = rows_of(tmp_path / "mujaz.sqlite", "SELECT for_everyone_since FROM articles")
    assert (since is not None) is is_public


def test_a_name_with_a_line_break_stays_on_its_line(folder: Path) -> None:
    (folder / "a\nb.png").write_bytes(b"")

    assert f"{folder}/a\ufffdb.png" in invoked("import", folder).stdout.splitlines()[-1]


def test_an_export_into_a_folder_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    result = invoked("export", tmp_path / "nowhere" / "a.jsonl")

    assert result.exit_code == 1
    assert result.stderr == f"Error: {tmp_path}/nowhere/a.jsonl: no such file or directory\n"


def test_an_import_that_is_stopped_leaves_an_archive_on_which_the_next_one_goes_on(
    folder: Path, tmp_path: Path
) -> None:
    lines = [a_line(title=f"عنوان المقال {number}", text=a_text(str(number))) for number in range(60)]
    (folder / "rows.jsonl").write_text("\n".join(lines), encoding="utf-8")
    program = [sys.executable, "-m", "bot", "import", str(folder)]
    database = tmp_path / "mujaz.sqlite"

    stopped = subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # noqa: S603
    deadline = time.monotonic() + 60
    while not _count(database) and time.monotonic() < deadline:
        time.sleep(0.05)
    stopped.send_signal(signal.SIGINT)
    said, _ = stopped.communicate(timeout=60)
    found = _count(database)
    finished = invoked("import", folder)

    assert stopped.returncode == 130
    assert said.decode() == f"new {found}\nknown 0\nrefused 0\n"
    assert 0 < found < 60
    assert finished.stdout == f"new {60 - found}\nknown {found}\nrefused 0\n"


def _count(database: Path) -> int:
    try:
        ((count,),) = rows_of(database, "SELECT count(*) FROM articles")
    except sqlite3.Error:
        return 0
    return int(count)


def test_a_list_of_feeds_is_taken_in_once(folder: Path) -> None:
    outlines = '<outline xmlUrl="https://a.example/rss" text="القلم"/><outline xmlUrl="https://b.example/rss"/>'
    (folder / "f.opml").write_text(f'<opml version="2.0"><body>{outlines}</body></opml>', encoding="utf-8")

    first, again = invoked("import", folder), invoked("import", folder)

    assert first.stdout == "new 2\nknown 0\nrefused 0\n"
    assert again.stdout == "new 0\nknown 2\nrefused 0\n"


def test_the_file_that_a_reader_got_is_taken_in_article_by_article(folder: Path) -> None:
    lines = [a_line(title=f"خبر {mark}", text=a_text(mark)) for mark in ("أ", "ب")]
    file = folder / "mujaz-2026-03-14.json"
    file.write_text(
        '{"topics": [], "articles": [\n' + ",\n".join([*lines, "7", '{"title": "بلا نص"}']) + "\n]}\n", "utf-8"
    )

    result = invoked("import", file)

    assert result.stdout.splitlines()[:3] == ["new 2", "known 0", "refused 2"]
    assert f'  1 neither a "body" nor a "text": {file}:4' in result.stdout
    assert f"  1 not a JSON object: {file}:3" in result.stdout


@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param("{", "not JSON", id="no JSON"),
        pytest.param("[]", "not a JSON object", id="no object"),
        pytest.param('{"articles": {}}', 'no list of "articles"', id="no articles"),
    ],
)
def test_a_json_file_of_something_else_is_refused(folder: Path, content: str, why: str) -> None:
    (folder / "a.json").write_text(content, encoding="utf-8")

    assert f"  1 {why}: {folder}/a.json" in invoked("import", folder / "a.json").stdout
