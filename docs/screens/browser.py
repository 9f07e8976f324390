"""A page as a picture: Chromium without a screen, and a palette, so that the file is small."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image, ImageChops

VARIABLE = "CHROMIUM"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_WIDTH, _TALLEST, _SCALE = 430, 7000, 2
_COMMON, _RARE = 64, 96
_PATIENCE = 60.0


class NoBrowser(Exception):
    """There is no Chromium; the message says what to install."""


def chromium() -> str:
    """Return the command that starts Chromium."""
    named = os.environ.get(VARIABLE)
    found = shutil.which(named) if named else next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        what = f"{VARIABLE}={named} is no program" if named else "there is no Chromium"
        raise NoBrowser(f"{what}: install the package chromium (and fonts-noto-color-emoji), or name one in {VARIABLE}")
    return found


def picture_of(page: str, browser: str) -> Image.Image:
    """Return a page as a phone of 430 points shows it, scrolled out to its whole height."""
    with tempfile.TemporaryDirectory(prefix="mujaz-page-") as folder:
        source, target = Path(folder, "page.html"), Path(folder, "page.png")
        source.write_text(page, encoding="utf-8")
        subprocess.run(  # noqa: S603 - the browser that was named, on a page of ours
            [
                browser,
                "--headless",
                "--disable-gpu",
                "--hide-scrollbars",
                "--no-first-run",
                "--disable-lcd-text",
                f"--user-data-dir={folder}/profile",
                f"--force-device-scale-factor={_SCALE}",
                f"--window-size={_WIDTH},{_TALLEST}",
                f"--screenshot={target}",
                *(["--no-sandbox"] if os.geteuid() == 0 else []),
                source.as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=_PATIENCE,
        )
        with Image.open(target) as drawn:
            return _reduced(drawn.convert("RGB"))


def _reduced(drawn: Image.Image) -> Image.Image:
    """Return what is not the blank below the page, in few colours: flat ones stay as they are, rare ones are near."""
    blank = Image.new("RGB", drawn.size, drawn.getpixel((drawn.width - 1, drawn.height - 1)))
    page = np.asarray(drawn.crop(ImageChops.difference(drawn, blank).getbbox()))
    colours, places, counts = np.unique(page.reshape(-1, 3), axis=0, return_inverse=True, return_counts=True)
    palette = np.concatenate([colours[np.argsort(-counts, kind="stable")[:_COMMON]], _spread(colours)])
    nearest = [int(((palette - colour) ** 2).sum(axis=1).argmin()) for colour in colours.astype(int)]
    reduced = Image.fromarray(np.array(nearest, np.uint8)[places].reshape(page.shape[:2]), "P")
    reduced.putpalette(palette.astype(np.uint8).tobytes())
    return reduced


def _spread(colours: "np.typing.NDArray[np.uint8]") -> "np.typing.NDArray[np.int_]":
    """Return colours of which none that is used is far: those of flags are few, and matter."""
    row = Image.fromarray(colours.reshape(1, -1, 3)).quantize(_RARE, method=Image.Quantize.MAXCOVERAGE)
    return np.array(row.getpalette(), int).reshape(-1, 3)
