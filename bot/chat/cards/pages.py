"""
The paragraphs of a statement, part by part, and which of them stand together on a page.

The same statement is always parted in the same way, so that a button can name the place where a page begins.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bot.chat.card import size, size_of
from bot.chat.markdown import block_quote
from bot.messages import say
from retrieval.marks import without_marks
from retrieval.models import FullStatement, Language, ReadParagraph

PAGE = 2200  # characters of the paragraphs of one page, as Discord counts them
OWN = frozenset({"body", "about", "wrapper"})  # what is no furniture

_MARKS = 240  # characters of the lines around a part
# What one character takes at most: a new line and the mark of a list on it, each with its own mark.
_WIDEST = 3


class Part(NamedTuple):
    """A paragraph, or a part of one, as it is shown; both numbers count from 1."""

    paragraph: int
    part: int
    text: str


def pages_of(whole: FullStatement, locale: Language) -> list[list[Part]]:
    """The pages of a statement, at least one; furniture is on none."""
    pages: list[list[Part]] = [[]]
    room = PAGE
    for part in _parts(whole, locale):
        room -= size(part.text) + 1
        if room < 0 and pages[-1]:
            pages.append([])
            room = PAGE - size(part.text) - 1
        pages[-1].append(part)
    return pages


def page_with(pages: Iterable[list[Part]], paragraph: int, part: int) -> int:
    """The number, from 0, of the page on which this part stands; of the last before it, where it is on none."""
    begins = [(page[0].paragraph, page[0].part) for page in pages if page]
    return max(0, bisect_right(begins, (paragraph, part)) - 1)


def parted(text: str, room: int) -> list[str]:
    """
    A text in stretches that have room as block quotes, parted at white space wherever there is any.

    Put together again with the white space between them, they are the text.
    """
    stretches = []
    while size(block_quote(text)) > room:
        ends = [match.start() for match in re.finditer(r"\s+", text[: room + 1]) if match.start()]
        fits = bisect_right(ends, room, key=lambda end: size(block_quote(text[:end])))
        end = ends[fits - 1] if fits else room // _WIDEST
        stretches.append(text[:end])
        text = text[end:].lstrip()
    return [*stretches, text] if text else stretches


def _parts(whole: FullStatement, locale: Language) -> Iterator[Part]:
    for paragraph in whole.paragraphs:
        if paragraph.kind in OWN:
            texts = parted(without_marks(paragraph.text, whole.statement.file), PAGE - _MARKS)
            for number, text in enumerate(texts, start=1):
                shown = _shown(paragraph, text, number, number == len(texts), locale)
                yield Part(paragraph.paragraph, number, shown)


def _shown(paragraph: ReadParagraph, text: str, number: int, ends: bool, locale: Language) -> str:
    """The words with the number of their paragraph and what kind it is; what goes on elsewhere says so."""
    place = f"¶{paragraph.paragraph}"
    first = place if number == 1 else say("paragraph_continued", locale, paragraph=place)
    label = [] if paragraph.kind == "body" else [say(f"{paragraph.kind}_label", locale)]
    after = [] if ends else [say("paragraph_goes_on", locale)]
    lines = [" · ".join([first, *label]), block_quote(text), *after]
    assert size_of(lines) <= size(block_quote(text)) + _MARKS
    return "\n".join(lines)
