"""
A page → a picture: headless Chromium, cut to the phone, few colours.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from PIL import Image

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_WIDTH, _SCALE = 390, 2  # a phone's, in CSS pixels, and device pixels for each
_WINDOW = (600, 5000)  # CSS pixels; a page is no longer than that
_OUTSIDE = (255, 0, 255)  # the colour around the phone in phone.css
_COLORS = 16  # with more, letters look the same and files are a quarter larger
_PATIENCE_S = 120


def find_browser() -> str | None:
    """Path of Chromium: the variable CHROMIUM, or what is found; `None` without one."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)


def draw(page: str, browser: str) -> Image.Image:
    """
    The picture of a page, as wide as a phone and as long as the page, with a palette.

    Raises:
        RuntimeError: The browser drew nothing, or the page is too long.
    """
    with tempfile.TemporaryDirectory() as folder:
        source, file = Path(folder, "page.html"), Path(folder, "page.png")
        source.write_text(page, "utf-8")
        done = subprocess.run(
            [browser, *_arguments(folder), f"--screenshot={file}", source.as_uri()],
            capture_output=True,
            text=True,
            timeout=_PATIENCE_S,
            check=False,
        )
        if not file.exists():
            raise RuntimeError(f"{browser} drew nothing, its last words: {done.stderr.strip()[-300:]}")
        with Image.open(file) as drawn:
            return _cut(drawn.convert("RGB")).quantize(_COLORS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)


def _arguments(folder: str) -> list[str]:
    width, height = _WINDOW
    return [
        "--headless",
        "--disable-gpu",
        "--disable-lcd-text",
        "--hide-scrollbars",
        "--no-first-run",
        f"--user-data-dir={folder}/profile",
        f"--force-device-scale-factor={_SCALE}",
        f"--window-size={width},{height}",
        # Chromium's sandbox cannot be had as root, and the page is our own.
        *(["--no-sandbox"] if os.geteuid() == 0 else []),
    ]


def _cut(drawn: Image.Image) -> Image.Image:
    """The phone without what is around it."""
    # The last pixels of each row of the phone are its ground, whatever stands in it.
    edge = drawn.crop((_WIDTH * _SCALE - 1, 0, _WIDTH * _SCALE, drawn.height))
    bottom = next((y for y in range(edge.height) if edge.getpixel((0, y)) == _OUTSIDE), None)
    if not bottom:
        raise RuntimeError(f"the page is longer than {_WINDOW[1]} pixels: shorten the scene")
    return drawn.crop((0, 0, _WIDTH * _SCALE, bottom))
