"""What the README says is so."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

from bot.telegram.language import Languages
from config.languages import read_catalogues
from config.settings import PREFIX, Settings
from handlers import texts

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def rows(heading: str) -> list[list[str]]:
    section = README.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    table = [line for line in section.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table]


def test_every_setting_stands_in_the_table_with_its_default_and_meaning() -> None:
    shown = {
        PREFIX + name.upper(): (
            f"`{field.default}`" if isinstance(field.default, str) else "",
            field.description,
        )
        for name, field in Settings.model_fields.items()
    }

    assert {name.strip("`"): (default, meaning) for name, default, meaning in rows("Settings")} == shown


def test_every_command_of_the_menu_stands_in_the_table() -> None:
    menu = texts.commands(next(iter(Languages(read_catalogues("ar")))))

    documented = [match[1] for row in rows("What readers can say") if (match := re.match(r"`/(\w+)", row[0]))]

    assert documented == list(menu)


def test_every_make_target_that_is_named_has_a_rule() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    rules = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    declared = set(re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[0].split())

    named = set(re.findall(r"(?:`|^)make ([a-z-]+)", README, re.MULTILINE))

    assert {"demo", "test", "lint", "bench", "bench-stories", "fuzz"} <= named
    assert named | declared <= rules


def test_the_example_of_analyze_answers_as_shown() -> None:
    command, shown = re.search(
        r"```sh\necho (.*?) \| .*?analyze topics\n```\n\n```json\n(.*?)\n```", README, re.DOTALL
    ).groups()  # type: ignore[union-attr]  # it is there

    answer = subprocess.run(
        [sys.executable, "-m", "bot", "analyze", "topics"],
        input=shlex.split(command)[0],
        capture_output=True,
        text=True,
        check=True,
    )

    assert json.loads(answer.stdout) == json.loads(shown)


def test_every_link_into_the_repository_leads_somewhere() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    targets = [
        (page.parent / target)
        for page in pages
        for target in re.findall(r"(?:\]\(|src=\")([^)\"#:]+)[)\"#]", page.read_text(encoding="utf-8"))
    ]

    assert [target for target in targets if not target.exists()] == []
