"""Draw the pictures of docs/screens: play each exchange in the sandbox and photograph the phone.

Names of scenes as arguments draw only those; --pages FOLDER keeps the pages too.
"""

import argparse
import asyncio
import subprocess
import sys
from pathlib import Path
from typing import Any

from browser import NoBrowser, chromium, picture_of
from scenes import SCENES, played
from stage import a_stage

from config import logs

HERE = Path(__file__).parent


def main() -> int:
    """Return 0 if all that was wanted is drawn."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*(scene.name for scene in SCENES), []], metavar="NAME")
    parser.add_argument("--pages", type=Path, metavar="FOLDER")
    wanted = parser.parse_args()
    logs.configure("ERROR")
    problems: list[BaseException] = []
    try:
        asyncio.run(_draw(wanted.names or [scene.name for scene in SCENES], wanted.pages, chromium()))
    except* (NoBrowser, subprocess.SubprocessError, TimeoutError, LookupError) as found:
        problems = _flat(found)
    sys.stderr.writelines(f"screens: {problem}\n" for problem in problems)
    return bool(problems)


def _flat(found: BaseExceptionGroup[Any]) -> list[BaseException]:
    return [each for one in found.exceptions for each in (_flat(one) if isinstance(one, BaseExceptionGroup) else [one])]


async def _draw(names: list[str], pages: Path | None, browser: str) -> None:
    async with a_stage() as stage:
        for scene in (scene for scene in SCENES if scene.name in names):
            page = await (await played(scene, stage)).page()
            told = await asyncio.to_thread(_drawn, scene.name, page, pages, browser)
            sys.stdout.write(f"{told}\n")
            sys.stdout.flush()


def _drawn(name: str, page: str, pages: Path | None, browser: str) -> str:
    if pages:
        pages.mkdir(parents=True, exist_ok=True)
        (pages / f"{name}.html").write_text(page, encoding="utf-8")
    file = HERE / f"{name}.png"
    picture = picture_of(page, browser)
    picture.save(file, optimize=True)
    return f"{file.name} {picture.width}×{picture.height} {file.stat().st_size // 1000} kB"


if __name__ == "__main__":
    sys.exit(main())
