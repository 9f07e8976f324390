"""The pictures of docs/screens: what they show is what the bot says, and each is there and listed."""

import asyncio
import importlib
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bot.sandbox.page import page_of
from bot.sandbox.reader import Shown

SCREENS = Path(__file__).parent.parent / "docs" / "screens"
_LARGEST = 150_000


@pytest.fixture
def modules(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a module of docs/screens by its name, as the script finds it."""
    monkeypatch.syspath_prepend(str(SCREENS))
    yield importlib.import_module
    for name in ("browser", "draw", "news", "scenes", "stage"):
        sys.modules.pop(name, None)


async def test_every_scene_shows_what_it_tells_of(modules: Any) -> None:
    scenes, stage = modules("scenes"), modules("stage")
    missing = {}

    async with stage.a_stage() as world:
        for scene in scenes.SCENES:
            phone = await scenes.played(scene, world)
            spoken, page = stage.spoken(await phone.messages()), await phone.page()
            missing[scene.name] = [words for words in scene.shows if words not in spoken]
            assert "<div class=missing>" not in page, f"{scene.name} lacks a picture"

    assert {name: words for name, words in missing.items() if words} == {}


def test_every_scene_has_its_picture_and_every_picture_its_scene_and_its_line(modules: Any) -> None:
    scenes = modules("scenes").SCENES
    told = (SCREENS / "README.md").read_text(encoding="utf-8")

    listed = re.findall(r'^\| (.*?) \| <img src="([\w-]+)\.png"', told, re.MULTILINE)

    assert listed == [(scene.tells, scene.name) for scene in scenes]
    assert sorted(file.stem for file in SCREENS.glob("*.png")) == sorted(scene.name for scene in scenes)


@pytest.mark.parametrize("file", sorted(SCREENS.glob("*.png")), ids=lambda file: file.stem)
def test_a_picture_is_as_wide_as_a_phone_and_small(file: Path) -> None:
    with Image.open(file) as picture:
        assert (picture.width, picture.mode) == (860, "P")
    assert file.stat().st_size < _LARGEST


def test_without_a_browser_the_script_says_what_to_install(modules: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = modules("browser")
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv(browser.VARIABLE, raising=False)

    with pytest.raises(browser.NoBrowser, match="install the package chromium") as none:
        browser.chromium()
    monkeypatch.setenv(browser.VARIABLE, "/nowhere/chromium")
    with pytest.raises(browser.NoBrowser, match="/nowhere/chromium is no program"):
        browser.chromium()

    assert "\n" not in str(none.value)


async def test_chromium_draws_a_page_to_its_end_in_its_own_colours(modules: Any) -> None:
    browser = modules("browser")
    try:
        command = browser.chromium()
    except browser.NoBrowser as none:
        pytest.skip(str(none))
    messages = [Shown(number, 0, from_bot=True, text="خبر\n" * 9, buttons=(("نعم",),)) for number in range(5)]

    picture = await asyncio.to_thread(browser.picture_of, page_of(messages), command)

    drawn = picture.convert("RGB")
    ground, bubble, button, foot = (0xCD, 0xDB, 0xE4), (255, 255, 255), (0x7D, 0x96, 0xA8), (0xF6, 0xF7, 0xF8)
    assert drawn.width == 860
    assert drawn.height > 2000
    assert {ground, bubble, button} <= {colour for _, colour in drawn.getcolors(drawn.width * drawn.height)}
    assert drawn.getpixel((5, drawn.height - 3)) == foot
