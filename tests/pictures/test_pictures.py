"""
The pictures of Discord show what the bot says today, and the documents that show them say the same in words.

Only the last test needs a browser. `script/pictures` takes the pictures anew; look at them before they are kept.
"""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest
from pictures.__main__ import TEXTS, drawn
from pictures.drawing import draw, find_browser
from pictures.markdown import to_words
from pictures.scenes import SCENES, open_sample, take
from pictures.shots import THEMES, Shot
from pictures.story import pictures, tell

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "pictures"
KEPT: dict[str, list[str]] = json.loads((FOLDER / TEXTS).read_text("utf-8"))
FILES = sorted(FOLDER.glob("*.png"))
DOCUMENTS = sorted([*ROOT.glob("README*.md"), *(ROOT / "docs").glob("*.md")])
# Folder of the picture as the document says it, name, alternative text
_SHOWN = re.compile(
    r'<picture>\s*<source media="\(prefers-color-scheme: dark\)" srcset="([\w./]*)(?<=pictures/)(\w+)-dark\.png">'
    r'\s*<img width="\d+" src="\1\2-light\.png" alt="([^"]+)">\s*</picture>'
)
IN_DOCUMENTS = {document: _SHOWN.findall(document.read_text("utf-8")) for document in DOCUMENTS}
ALTERNATIVES = [
    pytest.param(name, words, id=f"{document.name}-{name}")
    for document, shown in IN_DOCUMENTS.items()
    for _, name, words in shown
]
STORY_NAMES = dict(pictures())


@pytest.mark.thorough
async def test_pictures_are_of_today() -> None:
    """
    What the bot answers in each scene is what its committed picture shows; else `script/pictures` has to be run.
    """
    scenes = [scene for scene in SCENES if scene.name in KEPT]

    shots = await take(open_sample(), scenes)

    kept = {name: texts for name, texts in KEPT.items() if name not in STORY_NAMES}
    assert {name: shot.texts for name, shot in shots.items()} == kept


@pytest.mark.thorough
async def test_moderators_pictures_are_of_today() -> None:
    """
    What moderators see, step by step, is what the committed pictures show; else `script/pictures` has to be run.
    """
    shots = await tell()

    kept = {name: texts for name, texts in KEPT.items() if name in STORY_NAMES}
    assert {name: shot.texts for name, shot in shots.items()} == kept


def test_every_picture_is_of_a_scene() -> None:
    """
    Every picture is of a scene that is still there, in one of its themes; those that documents show are there.
    """
    shown = {f"{name}-{theme}.png" for found in IN_DOCUMENTS.values() for _, name, _ in found for theme in THEMES}

    assert (
        shown
        <= {file.name for file in FILES}
        <= {f"{name}-{theme}.png" for name, themes in drawn().items() if name in KEPT for theme in themes}
    )


def test_only_pictures_that_are_shown_are_kept() -> None:
    """
    The repository keeps each picture that a document shows and no other; the rest can be taken anew.
    """
    ignored = (ROOT / ".gitignore").read_text("utf-8")

    assert set(re.findall(r"^!docs/pictures/(\w+)-light\.png$", ignored, re.MULTILINE)) == {
        name for found in IN_DOCUMENTS.values() for _, name, _ in found
    }


def test_pictures_are_small() -> None:
    """
    A clone does not grow by its pictures: each has less than 150 kB, all that are kept together less than 2 MB.
    """
    kept = {f"{name}-{theme}.png" for found in IN_DOCUMENTS.values() for _, name, _ in found for theme in THEMES}
    sizes = {file.name: file.stat().st_size for file in FILES if file.name in kept}

    assert {name: size for name, size in sizes.items() if size >= 150_000} == {}
    # Every flow of moderators has one in each language, light and dark.
    assert sum(sizes.values()) < 2_000_000


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: str(document.name))
def test_documents_show_pictures_that_exist(document: Path) -> None:
    """
    Every picture of this folder that a document names stands in a pair, light and dark, and both are there.
    """
    shown = IN_DOCUMENTS[document]

    assert len(re.findall(r'="[^"]*pictures/', document.read_text("utf-8"))) == len(THEMES) * len(shown)
    missing = [
        f"{folder}{name}-{theme}.png"
        for folder, name, _ in shown
        for theme in THEMES
        if not (document.parent / f"{folder}{name}-{theme}.png").is_file()
    ]
    assert missing == []


@pytest.mark.parametrize(("name", "words"), ALTERNATIVES)
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
