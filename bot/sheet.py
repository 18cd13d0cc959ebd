"""
A card to draw charts on, in pixels from its top left corner, and how wide words are on it.

Its font comes with matplotlib, whatever else is installed: the same words are drawn alike everywhere.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.font_manager import FontProperties

# A third of it is the width of a phone.
WIDTH = 1080
# Words and shapes on the card: contrast of 4.5 or more for words, 3 or more for shapes. The edge only pleases.
CARD, INK, QUIET, BAR, HATCH, EDGE = "#fbf8f2", "#1d2b33", "#56626b", "#12707a", "#857b6e", "#ddd6ca"
_ROUND, _ROUND_BAR = 30, 8
# Letters are drawn from their base line, this share of their size below the top of the line.
_BASE = 0.95
# Between the lines of a hatching.
_HATCH_STEP = 18
_UNKNOWN = "□"
# More characters than ever fit on a line.
_MOST_CHARS = 300


class Sheet:
    """A card in a figure of matplotlib, transparent around its round corners."""

    def __init__(self, height: int) -> None:
        from matplotlib.figure import Figure
        from matplotlib.patches import FancyBboxPatch
        from matplotlib.transforms import Affine2D

        # At 72 dots an inch a point of matplotlib is a pixel.
        self.figure = Figure(figsize=(WIDTH / 72, height / 72), dpi=72, facecolor="none")
        # No axes: what they bring along (ticks, scales, limits) takes longer to make than the chart.
        self._pixels = Affine2D().scale(1, -1).translate(0, height)
        style = f"round,pad=0,rounding_size={_ROUND}"
        self._add(
            FancyBboxPatch((2, 2), WIDTH - 4, height - 4, boxstyle=style, facecolor=CARD, edgecolor=EDGE, linewidth=2)
        )

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        color: str,
        *,
        bold: bool = False,
        align: Literal["left", "center", "right"] = "left",
    ) -> None:
        """One line; `y` is its top. Dollar signs and backslashes are characters like any other."""
        self.figure.text(
            x,
            y + _BASE * size,
            drawable(words, bold=bold),
            transform=self._pixels,
            color=color,
            fontproperties=_font(size, bold),
            ha=align,
            va="baseline",
            parse_math=False,
            usetex=False,
        )

    def bar(self, left: float, top: float, width: float, bottom: float) -> None:
        """A bar that stands on `bottom`, its upper corners round."""
        from matplotlib.patches import FancyBboxPatch, Rectangle

        radius = min(_ROUND_BAR, width / 3)
        style = f"round,pad=0,rounding_size={radius}"
        height = bottom - top
        bar = FancyBboxPatch((left, top), width, height + radius, boxstyle=style, facecolor=BAR, linewidth=0)
        self._add(bar)
        bar.set_clip_path(Rectangle((left, top), width, height, transform=self._pixels))

    def hatching(self, left: float, top: float, width: float, bottom: float) -> None:
        """A field of slanted lines."""
        from matplotlib.collections import LineCollection
        from matplotlib.patches import Rectangle

        height = bottom - top
        starts = range(0, int(width + height) + 1, _HATCH_STEP)
        lines = LineCollection(
            [[(left + start - height, bottom), (left + start, top)] for start in starts],
            colors=HATCH,
            linewidths=2.5,
            zorder=1,
        )
        self._add(lines)
        lines.set_clip_path(Rectangle((left, top), width, height, transform=self._pixels))

    def line(self, left: float, right: float, y: float, color: str, width: float) -> None:
        """A level line."""
        from matplotlib.lines import Line2D

        self._add(Line2D([left, right], [y, y], color=color, linewidth=width, solid_capstyle="butt", zorder=1))

    def _add(self, shape: Artist) -> None:
        shape.set_transform(self._pixels)
        self.figure.add_artist(shape)


def wrap(words: str, size: float, room: float, lines: int, *, bold: bool = False) -> list[str]:
    """Words over at most so many lines, none wider than `room` pixels: long words are broken, what is left is "…"."""
    wrapped: list[str] = []
    rest = drawable(words[: lines * _MOST_CHARS], bold=bold)
    while rest and len(wrapped) < lines:
        fitting = _fitting(rest, size, room, bold)
        space = rest.rfind(" ", 0, fitting + 1)
        end = fitting if fitting == len(rest) or space < 1 else space
        wrapped.append(rest[:end])
        rest = rest[end:].lstrip()
    if rest:
        last = f"{wrapped[-1]} {rest}"
        wrapped[-1] = f"{last[: _fitting(last, size, room - width_of('…', size, bold=bold), bold)].rstrip()}…"
    return wrapped


def _fitting(words: str, size: float, room: float, bold: bool) -> int:
    """How many of the first characters fit, at least one."""
    if width_of(words, size, bold=bold) <= room:
        return len(words)
    return max(1, bisect_right(range(1, len(words) + 1), room, key=lambda end: width_of(words[:end], size, bold=bold)))


def drawable(words: str, *, bold: bool = False) -> str:
    """Words on one line; a box for what the font does not have."""
    known = _characters(bold)
    return "".join(character if ord(character) in known else _UNKNOWN for character in one_line(words))


def one_line(words: str) -> str:
    """Words without line ends and without characters that steer text instead of being it."""
    plain = (" " if character.isspace() else character for character in unicodedata.normalize("NFC", words))
    return " ".join("".join(character for character in plain if unicodedata.category(character)[0] != "C").split())


def width_of(words: str, size: float, *, bold: bool = False) -> float:
    """Width in pixels."""
    from matplotlib.textpath import text_to_path

    return float(text_to_path.get_text_width_height_descent(words, _font(size, bold), False)[0])


@cache
def _font(size: float, bold: bool) -> FontProperties:
    from matplotlib.font_manager import FontProperties

    return FontProperties(fname=_font_file(bold), size=size)


@cache
def _characters(bold: bool) -> frozenset[int]:
    """The code points that the font has."""
    from matplotlib.font_manager import get_font

    return frozenset(get_font(str(_font_file(bold))).get_charmap())


@cache
def _font_file(bold: bool) -> Path:
    import matplotlib

    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return Path(matplotlib.get_data_path()) / "fonts" / "ttf" / name
