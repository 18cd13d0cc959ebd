"""
The pictures of Discord show what the bot says today, and the README says in words what they show.

Only the last test needs a browser. `script/pictures` takes the pictures anew; look at them before they are kept.
"""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest
from pictures.__main__ import TEXTS
from pictures.drawing import draw, find_browser
from pictures.markdown import to_words
from pictures.scenes import SCENES, open_sample, take
from pictures.shots import THEMES, Shot

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "pictures"
KEPT: dict[str, list[str]] = json.loads((FOLDER / TEXTS).read_text("utf-8"))
FILES = sorted(FOLDER.glob("*.png"))
# name, alternative text
IN_README = re.findall(
    r'<picture>\s*<source media="\(prefers-color-scheme: dark\)" srcset="docs/pictures/(\w+)-dark\.png">'
    r'\s*<img width="\d+" src="docs/pictures/\1-light\.png" alt="([^"]+)">\s*</picture>',
    (ROOT / "README.md").read_text("utf-8"),
)


async def test_pictures_are_of_today() -> None:
    """
    What the bot answers in each scene is what its committed picture shows; else `script/pictures` has to be run.
    """
    scenes = [scene for scene in SCENES if scene.name in KEPT]

    shots = await take(open_sample(), scenes)

    assert {name: shot.texts for name, shot in shots.items()} == KEPT


def test_every_picture_is_of_a_scene() -> None:
    """
    Every picture is of a scene that is still there, in one of its themes; those of the README are there.
    """
    drawn = {f"{scene.name}-{theme}.png" for scene in SCENES if scene.name in KEPT for theme in scene.themes}

    assert (
        {f"{name}-{theme}.png" for name, _ in IN_README for theme in THEMES} <= {file.name for file in FILES} <= drawn
    )


def test_pictures_are_small() -> None:
    """
    A clone does not grow by its pictures: each has less than 150 kB, all together less than 1.5 MB.
    """
    sizes = {file.name: file.stat().st_size for file in FILES}

    assert {name: size for name, size in sizes.items() if size >= 150_000} == {}
    assert sum(sizes.values()) < 1_500_000


def test_readme_shows_pictures_that_exist() -> None:
    """
    Every picture of this folder that the README names stands in a pair, light and dark, and both are there.
    """
    readme = (ROOT / "README.md").read_text("utf-8")

    assert IN_README
    assert readme.count("docs/pictures/") == len(THEMES) * len(IN_README)
    assert [name for name, _ in IN_README for theme in THEMES if not (FOLDER / f"{name}-{theme}.png").is_file()] == []


@pytest.mark.parametrize(("name", "words"), IN_README)
def test_alternative_texts_quote_the_pictures(name: str, words: str) -> None:
    """
    Whoever cannot see a picture reads what it says: what the alternative text quotes stands in the picture.
    """
    quoted = re.findall("“([^”]+)”", " ".join(unescape(words).split()))

    assert quoted
    shown = " ".join(map(to_words, KEPT[name]))
    assert [each for each in quoted if each not in shown] == []


@pytest.mark.thorough
@pytest.mark.skipif(find_browser() is None, reason="Chromium is not installed")
def test_a_picture_is_as_long_as_what_it_shows() -> None:
    """
    A drawn message is as wide as a phone, ends where it ends, and longer words make a longer picture.
    """
    browser = find_browser()
    assert browser is not None

    def drawn(words: str) -> tuple[int, int]:
        text = {"type": 10, "content": words}
        shot = Shot("Rosa", "en", message={"content": "", "flags": 0, "components": [text]})
        with draw(shot.page("dark"), browser).convert("RGB") as picture:
            assert picture.getpixel((0, 0)) == picture.getpixel((779, picture.height - 1)) == (49, 51, 56)
            return picture.size

    short, long = drawn("We stay."), drawn("We stay. " * 30)

    assert short[0] == long[0] == 780
    assert long[1] > short[1] + 100
