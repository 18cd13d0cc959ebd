"""
`script/pictures [OUT]`: asks the real bot, draws what it answers, and writes pictures, their words and a page.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Iterable
from html import escape
from pathlib import Path

from pictures.drawing import draw, find_browser
from pictures.markdown import to_words
from pictures.scenes import SCENES, open_sample, take
from pictures.shots import Shot
from pictures.story import pictures, tell

TEXTS = "texts.json"
_PICTURES = Path(__file__).parents[2] / "docs" / "pictures"


def main() -> int:
    """Take every picture; exit status 1 where there is no browser."""
    about = "Pictures of what members and moderators see in Discord."
    parser = argparse.ArgumentParser("script/pictures", description=about)
    parser.add_argument("out", nargs="?", type=Path, default=_PICTURES, help="folder to write to (docs/pictures)")
    out: Path = parser.parse_args().out
    browser = find_browser()
    if browser is None:
        say("No Chromium was found. Install it (Debian: apt-get install chromium), or set CHROMIUM to its path.")
        return 1
    shots = asyncio.run(take(open_sample())) | asyncio.run(tell())
    out.mkdir(parents=True, exist_ok=True)
    for name, themes in drawn().items():
        if name in shots:
            draw_shot(name, themes, shots[name], browser, out)
        else:
            say(f"{name}: left out, the bot does not have its command.")
    texts = {name: shot.texts for name, shot in shots.items()}
    (out / TEXTS).write_text(json.dumps(texts, ensure_ascii=False, indent=1) + "\n", "utf-8")
    (out / "index.html").write_text(overview(shots), "utf-8")
    return 0


def drawn() -> dict[str, tuple[str, ...]]:
    """The themes of each picture, by its name."""
    return {scene.name: scene.themes for scene in SCENES} | dict(pictures())


def draw_shot(name: str, themes: Iterable[str], shot: Shot, browser: str, out: Path) -> None:
    """Write a picture in each of its themes."""
    for theme in themes:
        file = out / f"{name}-{theme}.png"
        draw(shot.page(theme), browser).save(file, optimize=True)
        say(f"{file.name}: {file.stat().st_size / 1000:.0f} kB")


def overview(shots: dict[str, Shot]) -> str:
    """A page with every picture, its words as the text that stands for it."""
    read = {name: escape(" ".join(map(to_words, shot.texts))) for name, shot in shots.items()}
    shown = "".join(
        f'<img width="390" src="{name}-{theme}.png" alt="{read[name]}">\n'
        for name, themes in drawn().items()
        if name in shots
        for theme in themes
    )
    style = "body{display:flex;flex-wrap:wrap;gap:16px;align-items:flex-start;background:#808080}"
    return (
        '<!DOCTYPE html>\n<html lang="en"><meta charset="utf-8"><title>On Record: what members see</title>'
        f"<style>{style}</style><body>\n{shown}</body></html>\n"
    )


def say(line: str) -> None:
    """Tell whoever waits what was done."""
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
