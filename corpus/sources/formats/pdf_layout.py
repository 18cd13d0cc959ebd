"""
Lines of printed pages → paragraphs, and what belongs to the page and not to the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import quantiles
from typing import NamedTuple

from corpus.canonical import fold_word
from corpus.sources.formats.page import Block

# A gap so much larger than the usual one parts paragraphs. Word's narrowest is 1.4 times the usual, and raised or
# lowered characters move a line by less than a tenth.
_WIDE = 1.25
# Letters of a heading are so much larger than those of the text.
_LARGER = 1.15
# Of a page the outermost lines may be running heads.
_EDGE_LINES = 2
# A line that ends far before the margin ends its paragraph.
_FULL = 0.6
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"\W{0,4}(?:(?:page|p[áa]gina|p[áa]g|pg|p)\b\.?\s*)?\d{1,3}(?:\s*(?:of|de|/)\s*\d{1,3})?\W{0,4}", re.IGNORECASE
)
_ENDS = re.compile(r"[.!?:…][\"'”’»)\]]*\Z")


class Line(NamedTuple):
    """
    A line of a page.

    Attributes:
        height: Of its foot above that of the page, in points.
        size: Of its letters, in points.
    """

    text: str
    height: float
    size: float


def find_blocks(pages: Sequence[Sequence[Line]]) -> list[Block]:
    """
    Paragraphs in reading order; running heads and page numbers are blocks of their own, furniture.

    A paragraph that goes on overleaf stays whole: what stands between its halves comes after it, so that a sentence
    can be quoted across the edge of a page.
    """
    usual, width = _usual_gap(pages), max((len(line.text) for page in pages for line in page), default=0)
    heads = _running_heads(pages, usual)
    blocks: list[Block] = []
    open_lines: list[Line] = []
    waiting: list[Block] = []
    for page, head in zip(pages, heads, strict=True):
        is_first = True
        for number, line in enumerate(page):
            if number in head:
                waiting.append(Block(line.text, True))
                continue
            last = open_lines[-1] if open_lines else None
            goes_on = last and (_goes_over(last, width) if is_first else _gap(last, line) <= usual * _WIDE)
            if not goes_on:
                blocks += [*_closed(open_lines), *waiting]
                open_lines, waiting = [], []
            open_lines.append(line)
            is_first = False
    return [*blocks, *_closed(open_lines), *waiting]


def _closed(lines: list[Line]) -> Iterator[Block]:
    if lines:
        yield Block("\n".join(line.text for line in lines))


def _goes_over(last: Line, width: int) -> bool:
    """Whether a paragraph is not at its end at the end of a page."""
    return len(last.text) >= width * _FULL and not _ENDS.search(last.text)


def _gap(above: Line, below: Line) -> float:
    """
    From foot to foot, in sizes of the letters. Without end where a paragraph begins in any case: below a heading in
    larger letters, and on a line that stands higher, which opens a column.
    """
    gap, small, large = above.height - below.height, *sorted((above.size, below.size))
    return gap / large if gap >= 0 and 0 < large <= small * _LARGER else float("inf")


def _usual_gap(pages: Sequence[Sequence[Line]]) -> float:
    """That of lines within a paragraph: at most a quarter of all gaps is smaller."""
    gaps = [gap for page in pages for gap in (_gap(*pair) for pair in pairwise(page)) if 0 < gap < 4]
    return quantiles(gaps, n=4, method="inclusive")[0] if len(gaps) > 1 else float("inf")


def _running_heads(pages: Sequence[Sequence[Line]], usual: float) -> list[set[int]]:
    """For each page, which of its lines are running heads or page numbers."""
    edges = [_edges(page, usual) for page in pages]
    seen = Counter(_key(page[n]) for page, edge in zip(pages, edges, strict=True) for n in edge)
    return [
        {n for n in edge if _is_page_number(page, n) or _repeats(seen[_key(page[n])], len(pages))}
        for page, edge in zip(pages, edges, strict=True)
    ]


def _repeats(times: int, pages: int) -> bool:
    """Whether a line that stands at one place of so many pages is a running head: left and right pages may differ."""
    return times > 1 and times * 3 >= pages


def _edges(page: Sequence[Line], usual: float) -> set[int]:
    """The highest and the lowest lines of a page, where a gap parts them from the rest."""
    order = sorted(range(len(page)), key=lambda n: -page[n].height)
    gaps = [_gap(page[upper], page[lower]) for upper, lower in pairwise(order)]
    parted = [place for place, gap in enumerate(gaps, start=1) if gap > usual * _WIDE]
    above = max((place for place in parted if place <= _EDGE_LINES), default=0)
    below = min((place for place in parted if place >= len(order) - _EDGE_LINES), default=len(order))
    return {*order[:above], *order[below:]}


def _key(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("#", fold_word(line.text)), round(line.height)


def _is_page_number(page: Sequence[Line], number: int) -> bool:
    """Whether it is the lowest or the highest line, and says no more than which page it is."""
    heights = [line.height for line in page]
    is_outermost = page[number].height in (min(heights), max(heights))
    return is_outermost and _PAGE_NUMBER.fullmatch(page[number].text) is not None
