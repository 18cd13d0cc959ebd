"""
Stretches between quotation marks, also where marks are missing, reversed or wrong.

What stands around a mark decides whether it opens or closes; its shape only where that says nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from corpus.models import Span
from corpus.sentences import trim

_MARK = re.compile(r"''|``|<<|>>|[\"“”„‟«»＂″]")
_SINGLE_OPEN = re.compile(r"(?<![\w’'])[‘'‚‹](?=[^\W_]|[¿¡“])")
_SINGLE_CLOSE = re.compile(r"(?:(?<=[,.!?…])[’'›](?!\w))|(?:(?<=[^\s,.!?…sS])[’'›](?=,\s))")
_OPENERS, _CLOSERS = frozenset({"“", "„", "‟", "«", "``", "<<"}), frozenset({"”", "»", ">>"})
_ANGLES = frozenset({"«", "»", "<<", ">>"})
_BEFORE_OPENING = frozenset("([{—–-/¿¡:;…‘'|>")
_AFTER_CLOSING = frozenset(",.;:!?)]}—–-…’'|<")
_SENTENCE_END = frozenset(".!?…")
# Paragraphs that a quote may run through without a mark of their own.
_MOST_UNMARKED = 6


@dataclass(slots=True)
class Stretch:
    """
    Words between marks.

    Attributes:
        start, end: The words, without marks and white space around them.
        opened, closed: The same with marks.
        block: Which block holds it.
        reopens: The stretch before was left open, and this one takes it up.
        is_open: No closing mark was found.
        is_single: Between single marks, which may be apostrophes, or behind a dash: only kept where somebody says it.
    """

    start: int
    end: int
    opened: int
    closed: int
    block: int
    reopens: bool = False
    is_open: bool = False
    is_single: bool = False


class _Mark(NamedTuple):
    start: int
    end: int
    kind: str  # "open", "close" or "either"
    family: str  # "angle" or "double"
    after_sentence: bool


def find_stretches(text: str, blocks: Sequence[Span], hard: Sequence[int]) -> list[Stretch]:
    """Stretches in order; `hard` are the ascending places of line ends that end a line of their own."""
    found: list[Stretch] = []
    for number, block in enumerate(blocks):
        marks = list(_marks(text, block))
        pairs = _pair(marks, hard, block.end)
        stretches = list(_stretches(text, pairs, block, number, hard))
        stretches += _single_stretches(text, block, number, stretches)
        stretches.sort(key=lambda stretch: stretch.start)
        if stretches and found and found[-1].is_open:
            if stretches[0].opened == stretches[0].start == block.start:
                found += _between(text, blocks, found[-1].block, number)
            if found[-1].block == number - 1:
                stretches[0].reopens |= stretches[0].opened == block.start
        found += stretches
    return found


def _between(text: str, blocks: Sequence[Span], opened: int, closed: int) -> list[Stretch]:
    """The paragraphs between one that opens a quote and one that only closes it: they are quoted though unmarked."""
    inner = range(opened + 1, closed)
    if len(inner) > _MOST_UNMARKED or any(text[blocks[n].end - 1] not in _SENTENCE_END for n in inner):
        return []
    return [Stretch(*blocks[n], blocks[n].start, blocks[n].end, n, reopens=True, is_open=True) for n in inner]


def _marks(text: str, block: Span) -> Iterator[_Mark]:
    for match in _MARK.finditer(text, block.start, block.end):
        start, end = match.span()
        left, right = start - 1, end
        while left >= block.start and text[left] in "*_":
            left -= 1
        while right < block.end and text[right] in "*_":
            right += 1
        before = text[left] if left >= block.start else " "
        after = text[right] if right < block.end else " "
        opens = (before.isspace() or before in _BEFORE_OPENING) and not after.isspace()
        closes = not before.isspace() and (after.isspace() or after in _AFTER_CLOSING)
        shape = match.group()
        if opens == closes:
            kind = "open" if shape in _OPENERS else "close" if shape in _CLOSERS else "either"
        else:
            kind = "open" if opens else "close"
        after_sentence = text[max(block.start, start - 8) : start].rstrip()[-1:] in _SENTENCE_END
        yield _Mark(start, end, kind, "angle" if shape in _ANGLES else "double", after_sentence)


def _pair(marks: Sequence[_Mark], hard: Sequence[int], stop: int) -> list[tuple[_Mark | None, _Mark | None, int]]:
    """(opening, closing, where an unclosed one ends) of each stretch."""
    pairs: list[tuple[_Mark | None, _Mark | None, int]] = []
    opened, depth, strict, at, first = None, 0, True, 0, 0
    foreign, stray = 0, None
    while at < len(marks):
        mark = marks[at]
        at += 1
        if first == at - 1:
            foreign, stray = 0, None
        if opened and (line_end := _line_end_between(hard, opened.end, mark.start)) is not None and mark.kind == "open":
            pairs.append((opened, None, line_end))
            opened, depth, first = mark, 0, at
        elif opened is None:
            if mark.kind == "close":
                pairs.append((None, mark, mark.start))
            else:
                opened, depth, first = mark, 0, at
        elif strict and mark.family != opened.family:
            foreign += 1 if mark.kind == "open" else -1
            stray = mark if foreign < 0 and stray is None else stray
        elif mark.kind == "open":
            if stray:  # opened with one kind of mark, closed with another
                pairs.append((opened, stray, stray.start))
                opened, depth, first = mark, 0, at
            elif strict and not mark.after_sentence:
                depth += 1
            else:
                pairs.append((opened, None, mark.start))
                opened, depth, first = mark, 0, at
        elif depth:
            depth -= 1
        else:
            pairs.append((opened, mark, mark.start))
            opened, strict = None, True
        if at == len(marks) and opened and strict and (depth or _unbalanced(marks[first:], opened.family)):
            at, depth, strict = first, 0, False  # nesting does not come out even: read it again without
    if opened:
        line_end = _line_end_between(hard, opened.end, stop)
        pairs.append((opened, None, stop if line_end is None else line_end))
    return pairs


def _unbalanced(marks: Sequence[_Mark], family: str) -> bool:
    others = [mark.kind for mark in marks if mark.family != family]
    return others.count("close") > others.count("open")


def _line_end_between(hard: Sequence[int], start: int, end: int) -> int | None:
    place = bisect_right(hard, start - 1)
    return hard[place] if place < len(hard) and hard[place] < end else None


def _stretches(
    text: str, pairs: list[tuple[_Mark | None, _Mark | None, int]], block: Span, number: int, hard: Sequence[int]
) -> Iterator[Stretch]:
    last, was_open = block.start, False
    for opening, closing, end in pairs:
        if opening is None:
            start = _unopened(text, last, end, block, hard)
            if start is None:
                last = closing.end if closing else end
                continue
        else:
            start = opening.end
        span = trim(text, start, end)
        if span.start < span.end:
            opened = opening.start if opening else span.start
            reopens = was_open and (_line_end_between(hard, last, opened + 1) is not None or opened <= last + 1)
            yield Stretch(
                span.start, span.end, opened, closing.end if closing else span.end, number, reopens, closing is None
            )
            was_open = closing is None
        last = closing.end if closing else end


def _unopened(text: str, last: int, end: int, block: Span, hard: Sequence[int]) -> int | None:
    """Where a stretch without an opening mark begins: its line, when nothing else is quoted there."""
    place = bisect_right(hard, end) - 1
    line = hard[place] + 1 if place >= 0 and hard[place] >= block.start else block.start
    spoken = text[end - 1 : end] in {",", ".", "!", "?", "…"} and len(text[line : min(end, line + 200)].split()) >= 4
    return line if spoken and last <= line else None


def _single_stretches(text: str, block: Span, number: int, taken: Sequence[Stretch]) -> list[Stretch]:
    found, place = [], block.start
    edges = [*((stretch.opened, stretch.closed) for stretch in taken), (block.end, block.end)]
    for opened, closed in edges:
        while (opening := _SINGLE_OPEN.search(text, place, opened)) and (
            closing := _SINGLE_CLOSE.search(text, opening.end(), opened)
        ):
            span = trim(text, opening.end(), closing.start())
            if len(text[span.start : span.end].split(maxsplit=3)) >= 3:
                found.append(Stretch(*span, opening.start(), closing.end(), number, is_single=True))
            place = closing.end()
        place = max(place, closed)
    return found
