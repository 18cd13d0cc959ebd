"""
`script/pictures [OUT]`: asks the real bot, draws what it answers, and writes pictures, their words and a page.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from html import escape
from pathlib import Path

from pictures.drawing import draw, find_browser
from pictures.markdown import to_words
from pictures.scenes import SCENES, Scene, open_sample, take
from pictures.shots import Shot

TEXTS = "texts.json"
_PICTURES = Path(__file__).parents[2] / "docs" / "pictures"


def main() -> int:
    """Take every picture; exit status 1 where there is no browser."""
    parser = argparse.ArgumentParser("script/pictures", description="Pictures of what members see in Discord.")
    parser.add_argument("out", nargs="?", type=Path, default=_PICTURES, help="folder to write to (docs/pictures)")
    out: Path = parser.parse_args().out
    browser = find_browser()
    if browser is None:
        say("No Chromium was found. Install it (Debian: apt-get install chromium), or set CHROMIUM to its path.")
        return 1
    shots = asyncio.run(take(open_sample()))
    out.mkdir(parents=True, exist_ok=True)
    for scene in SCENES:
        if scene.name in shots:
            draw_scene(scene, shots[scene.name], browser, out)
        else:
            say(f"{scene.name}: left out, the bot has no command /{scene.needs}.")
    texts = {name: shot.texts for name, shot in shots.items()}
    (out / TEXTS).write_text(json.dumps(texts, ensure_ascii=False, indent=1) + "\n", "utf-8")
    (out / "index.html").write_text(overview(shots), "utf-8")
    return 0


def draw_scene(scene: Scene, shot: Shot, browser: str, out: Path) -> None:
    """Write a scene's picture in each of its themes."""
    for theme in scene.themes:
        file = out / f"{scene.name}-{theme}.png"
        draw(shot.page(theme), browser).save(file, optimize=True)
        say(f"{file.name}: {file.stat().st_size / 1000:.0f} kB")


def overview(shots: dict[str, Shot]) -> str:
    """A page with every picture, its words as the text that stands for it."""
    read = {name: escape(" ".join(map(to_words, shot.texts))) for name, shot in shots.items()}
    pictures = "".join(
        f'<img width="390" src="{scene.name}-{theme}.png" alt="{read[scene.name]}">\n'
        for scene in SCENES
        if scene.name in shots
        for theme in scene.themes
    )
    style = "body{display:flex;flex-wrap:wrap;gap:16px;align-items:flex-start;background:#808080}"
    return (
        '<!DOCTYPE html>\n<html lang="en"><meta charset="utf-8"><title>On Record: what members see</title>'
        f"<style>{style}</style><body>\n{pictures}</body></html>\n"
    )


def say(line: str) -> None:
    """Tell whoever waits what was done."""
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
