"""
One statement cut up for attribution: blocks, lines of their own, quoted stretches and the tokens between them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from corpus.attribution import lexicon
from corpus.attribution.cues import cue_after
from corpus.attribution.lexicon import key
from corpus.attribution.marks import Stretch, find_stretches
from corpus.attribution.tokens import Token, calm_lines, is_at, tokenise
from corpus.models import Span
from corpus.sentences import paragraphs, trim

_LIST_ITEM = re.compile(r"\s*(?:[•·▪►●○■]|(?:[*\-–—]|\d{1,2}[.)])\s)")
_NICKNAME = re.compile(r"[^\W\d_][\w’'.-]*(?: [^\W\d_][\w’'.-]*)?")
_DASH = re.compile("[—–―]")
_ASIDE = re.compile(r"(?<=[^\s—–―])\s?[—–―]\s?(?=(?P<word>[^\W\d_]+))")
_RAYA = re.compile(r"[—–―]\s?(?=[^\s—–―“\"«])")
_RESUMED = re.compile(r"[—–―][\s,.;:]*")
# A line that ends a whole quote; a short one below it may name who signs it.
_SIGNED = re.compile(r"[.!?…][”\"»]$|[”\"»]\.$")
_LONGEST_ASIDE = 200
_LONGEST_CLOSE = 6
_UPPER = re.compile(r"\b[^\W\d_a-z]{2,}\b")
_WRAPPED = 0.75
_NARROW = 45
# Lines longer than this were never wrapped at a column: their ends are the page's own.
_WIDE = 140


class Page:
    """
    Attributes:
        blocks: Spans between blank lines, furniture cut out.
        lines: Spans of the hard lines, with the number of their block.
        stretches: Quoted stretches in order.
    """

    def __init__(self, text: str, within: Sequence[Span] | None) -> None:
        self.text = text
        self.blocks = _cut(text, within)
        hard = [place for block in self.blocks for place in _hard_ends(text, block)]
        self._hard = frozenset(hard)
        self.lines = [(line, n) for n, block in enumerate(self.blocks) for line in _lines(text, block, hard)]
        found = find_stretches(text, self.blocks, hard)
        kept = (stretch for stretch in found if not self._is_nickname(stretch))
        self.stretches = [part for stretch in kept for part in self._split_at_asides(stretch)]
        self._add_dialogue()
        self.stretches = [part for stretch in self.stretches for part in self._cut_at_attribution(stretch, hard)]
        self._first: list[int] = [stretch.block for stretch in self.stretches]
        self._gaps: dict[int, list[Token]] = {}
        self._acronyms = frozenset(
            word for line in text.split("\n") if not line.isupper() for word in _UPPER.findall(line)
        )

    def gap_before(self, number: int) -> list[Token]:
        """Tokens of the same block between the stretch before and this one."""
        return self.gap_after(number - 1, of=self.stretches[number].block)

    def gap_after(self, number: int, of: int | None = None) -> list[Token]:
        """Tokens of the same block (`of`, or this stretch's) between this stretch and the next one."""
        block = self.stretches[number].block if of is None else of
        mine = number >= 0 and self.stretches[number].block == block
        start = self.stretches[number].closed if mine else self.blocks[block].start
        following = number + 1 < len(self.stretches) and self.stretches[number + 1].block == block
        end = self.stretches[number + 1].opened if following else self.blocks[block].end
        return self._tokens(start, end)

    def plain_block(self, block: int) -> list[Token]:
        """Tokens of a block without any stretch, or none."""
        if not 0 <= block < len(self.blocks) or self.has_stretch(block):
            return []
        return self._tokens(*self.blocks[block])

    def _tokens(self, start: int, end: int) -> list[Token]:
        if start not in self._gaps:
            tokens = tokenise(self.text, start, end, self._hard) if start < end else []
            self._gaps[start] = calm_lines(tokens, self._acronyms)
        return self._gaps[start]

    def has_stretch(self, block: int) -> bool:
        """Whether anything is quoted in the block."""
        place = bisect_right(self._first, block - 1)
        return place < len(self._first) and self._first[place] == block

    def _is_nickname(self, stretch: Stretch) -> bool:
        """María “Coco” López: part of a name, not a quote."""
        words = self.text[stretch.start : stretch.end]
        if stretch.is_open or not _NICKNAME.fullmatch(words) or not words[0].isupper():
            return False
        before = self.text[max(0, stretch.opened - 30) : stretch.opened].split()
        after = self.text[stretch.closed : stretch.closed + 30].split()
        if not (self.text[stretch.opened - 1 : stretch.opened].isspace() and before and after):
            return False
        name = before[-1].strip("*_([")
        return name.isalpha() and name.istitle() and after[0].strip('.,”"').istitle()

    def _split_at_asides(self, stretch: Stretch) -> list[Stretch]:
        """«We came —said Ana Ruiz— to stay» is two parts with the attribution between."""
        parts, rest, place = [], stretch, stretch.start
        while opening := _ASIDE.search(self.text, place, stretch.end):
            place = opening.end()
            closing = _DASH.search(self.text, place, min(stretch.end, place + _LONGEST_ASIDE))
            end = closing.start() if closing else min(stretch.end, place + _LONGEST_ASIDE)
            if key(opening["word"]) not in lexicon.SAID:
                continue
            cue = cue_after(self.text, tokenise(self.text, opening.start(), end, self._hard), 0, ",")
            resumed = _RESUMED.match(self.text, end, stretch.end)
            if cue is None or cue.how not in {"named", "subjectless"} or (closing is None and end < stretch.end):
                continue
            first = trim(self.text, rest.start, opening.start())
            if first.start == first.end:
                continue
            parts.append(replace(rest, start=first.start, end=first.end, closed=opening.start(), is_open=False))
            if not resumed or resumed.end() >= stretch.end:
                return parts
            place = resumed.end()
            rest = replace(stretch, start=place, opened=resumed.start() + 1, reopens=False)
        return [*parts, rest]

    def _add_dialogue(self) -> None:
        """—We came —said Ana Ruiz—. To stay: a line of dialogue, which has no marks but dashes."""
        added: list[Stretch] = []
        spoken: list[Span] = []
        for line, block in self.lines:
            opening = _RAYA.match(self.text, line.start, line.end)
            if opening and _ASIDE.search(self.text, opening.end(), line.end):
                whole = Stretch(opening.end(), line.end, line.start, line.end, block, is_single=True)
                parts = self._split_at_asides(whole)
                if parts != [whole]:
                    added += parts
                    spoken.append(line)
        if added:
            starts = [line.start for line in spoken]
            outside = (
                s
                for s in self.stretches
                if s.opened >= spoken[bisect_right(starts, s.opened) - 1].end or s.opened < starts[0]
            )
            self.stretches = sorted([*outside, *added], key=lambda stretch: stretch.start)

    def _cut_at_attribution(self, stretch: Stretch, hard: Sequence[int]) -> list[Stretch]:
        """End a stretch that was left open before the attribution that stands in it; what is quoted after it stays."""
        if not stretch.is_open:
            return [stretch]
        tokens = tokenise(self.text, stretch.start, stretch.end, self._hard)
        for place, token in enumerate(tokens):
            if token.text not in {",", ".", "!", "?"} or place < 2:
                continue
            cue = cue_after(self.text, tokens, place + 1, token.text)
            if cue is None or cue.mention is None or cue.mention.kind == "role":
                continue
            closes = cue.end >= len(tokens) or is_at(tokens, cue.end, ".", ",", "\n")
            if cue.mention.kind == "pronoun":
                closes = token.text == "," and _ends_paragraph(tokens, cue.end)
            if cue.mention.kind == "name" or closes:
                rest = find_stretches(self.text, [Span(token.end, stretch.closed)], hard)
                stretch.end, stretch.closed, stretch.is_open = token.end, token.end, False
                return [stretch, *(replace(part, block=stretch.block) for part in rest if part.opened > token.end)]
        return [stretch]


def _ends_paragraph(tokens: Sequence[Token], at: int) -> bool:
    """Whether a paragraph ends behind a cue, with at most whom somebody told: “he told the chamber.”"""
    rest = tokens[at:]
    return len(rest) <= _LONGEST_CLOSE and is_at(rest, len(rest) - 1, ".") and all(t.text.islower() for t in rest[:-1])


def _cut(text: str, within: Sequence[Span] | None) -> list[Span]:
    blocks = paragraphs(text)
    if within is None:
        return blocks
    found, allowed, place = [], sorted(within), 0
    for block in blocks:
        while place < len(allowed) and allowed[place].end <= block.start:
            place += 1
        at = place
        while at < len(allowed) and allowed[at].start < block.end:
            span = trim(text, max(block.start, allowed[at].start), min(block.end, allowed[at].end))
            if span.start < span.end:
                found.append(span)
            at += 1
    return found


def _hard_ends(text: str, block: Span) -> list[int]:
    """Line ends of a block that were not made by wrapping a longer line."""
    ends = [match.start() for match in re.finditer("\n", text[block.start : block.end])]
    starts = [0, *(end + 1 for end in ends)]
    stops = [*ends, block.end - block.start]
    if _is_list(text[block.start : block.end]):
        return [block.start + end for end in ends]
    width = max((stop - start for start, stop in zip(starts, stops, strict=True)), default=0)
    hard = []
    for place, end in enumerate(ends):
        line = text[block.start + starts[place] : block.start + end].rstrip()
        following = text[block.start + starts[place + 1] : block.start + stops[place + 1]].lstrip()
        signed = bool(_SIGNED.search(line)) and len(following) < width * _WRAPPED and following[:1].isupper()
        if signed or not _is_wrapped(line, following, width):
            hard.append(block.start + end)
    return hard


def _is_list(block: str) -> bool:
    """Whether every line begins with a capital and none but the last ends a sentence: names and titles, not prose."""
    lines = [line.strip() for line in block.split("\n")]
    starts = all(line[:1].isupper() for line in lines)
    return len(lines) >= 3 and starts and not any(line.endswith((".", "!", "?", "”", ",")) for line in lines[:-1])


def _is_wrapped(line: str, following: str, width: int) -> bool:
    if not line or not following or _LIST_ITEM.match(following):
        return False
    if following[0].islower():
        return True
    return _NARROW <= width <= _WIDE and len(line) + len(following.split(maxsplit=1)[0]) >= width * _WRAPPED


def _lines(text: str, block: Span, hard: Sequence[int]) -> list[Span]:
    found, start = [], block.start
    low, high = bisect_right(hard, block.start), bisect_right(hard, block.end)
    for end in [*hard[low:high], block.end]:
        span = trim(text, start, end)
        if span.start < span.end:
            found.append(span)
        start = end + 1
    return found
