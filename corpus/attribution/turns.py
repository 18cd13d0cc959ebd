"""
Lines that say who speaks: labels and transcript turns (“NAME: …”), and lines that name a person above or below a quote.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from corpus.attribution.mentions import Mention, read_mention
from corpus.attribution.page import Page
from corpus.attribution.tokens import Tokens, is_at, tokenise
from corpus.models import Span
from corpus.sentences import trim

_LABEL = re.compile(r"(?P<bold>[*_]{0,3})(?P<label>[^\W\d_][^:\n*]{0,79}?)[*_]{0,3}:[*_]{0,3}[^\S\n]+(?=\S)")
_QUOTED = re.compile(r"[*_]{0,3}[“”\"„«‘]")
_NOT_SPEECH = re.compile(r"@|https?:|\bwww\.|\d{3}[-. )]+\d{3,4}")
_ASIDE = re.compile(r"[(\[*#_-]")
_DASHES = frozenset("–—-―~")
_LONGEST_LINE = 40
_SPEECH_END = (".", "!", "?", "…", ".”", '."', "?”", "!”", ")")


class Turn(NamedTuple):
    """One labelled stretch: who, and the words; later paragraphs of the same turn carry `continues`."""

    mention: Mention | None
    words: Span
    start: int
    block: int
    continues: bool = False


class _Line(NamedTuple):
    span: Span
    block: int
    label: str | None
    is_bold: bool
    words: Span
    mention: Mention | None


def find_turns(text: str, lines: Sequence[tuple[Span, int]]) -> list[Turn]:
    """
    Turns in order.

    One bold label with a full name is enough; plain or upper-case labels count only where a statement has two or
    more of them, so that “Contact: …” and the like never speak.

    Args:
        lines: Spans of the hard lines with the number of their block.
    """
    read = [_read_line(text, span, block) for span, block in lines]
    named = [line for line in read if line.mention and (line.mention.kind == "name" or line.mention.courtesy)]
    shouted = [line for line in read if line.label and line.label.isupper()]
    dialogue = len(named) >= 2 or (len(shouted) >= 2 and bool(named))
    surnames = {word for line in named if line.mention for word in line.mention.printed.casefold().split()}
    turns: list[Turn] = []
    last_label = max((i for i, line in enumerate(read) if line.label and _may_speak(line, surnames)), default=-1)
    speaking: Mention | None = None
    transcript = dialogue and len(shouted) >= 3
    for place, line in enumerate(read):
        if line.label and _may_speak(line, surnames):
            speaking = line.mention if dialogue or line.is_bold else None
            quoted = _QUOTED.match(text, line.words.start)
            if speaking and not quoted and _is_speech(text, line.words):
                turns.append(Turn(speaking, line.words, line.span.start, line.block))
        elif line.label and line.label.isupper():
            speaking = None
        elif transcript and speaking and place < last_label and _goes_on(text, line.span):
            turns.append(Turn(speaking, line.span, line.span.start, line.block, continues=True))
    return turns


def _read_line(text: str, span: Span, block: int) -> _Line:
    match = _LABEL.match(text, span.start, span.end)
    if match is None:
        return _Line(span, block, None, False, span, None)
    start, end = match.span("label")
    shout = text[start:end].isupper()
    tokens = tokenise(text, start, end, shout=shout)
    mention = read_mention(text, tokens, 0, lines=True) if tokens else None
    if mention and (mention.kind not in {"name", "surname"} or mention.end < len(tokens)):
        mention = None
    return _Line(span, block, match["label"], bool(match["bold"]), trim(text, match.end(), span.end), mention)


def _may_speak(line: _Line, surnames: set[str]) -> bool:
    if line.mention is None:
        return False
    known = line.mention.printed.casefold() in surnames
    return line.mention.kind == "name" or line.mention.courtesy or known


def _is_speech(text: str, words: Span) -> bool:
    said = text[words.start : words.end]
    return len(said.split(maxsplit=3)) >= 3 and said.endswith(_SPEECH_END) and not _NOT_SPEECH.search(said)


def _goes_on(text: str, line: Span) -> bool:
    return not _ASIDE.match(text, line.start) and _is_speech(text, line)


class NameLines:
    """“NAME, TITLE, ORG” lines; each belongs to one quote only."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._used: set[int] = set()

    def beside(self, number: int) -> Mention | None:
        """The person on the line above a stretch or below it, without a dash only where no other quote follows."""
        stretch = self._page.stretches[number]
        block = self._page.blocks[stretch.block]
        above = self._page.gap_before(number)
        if not above and stretch.opened == block.start:
            above = self._page.plain_block(stretch.block - 1)
        return self._whole_line(above, dashed=False) or self._below(number)

    def _below(self, number: int) -> Mention | None:
        stretches = self._page.stretches
        stretch = stretches[number]
        below = self._page.gap_after(number)
        if not below and stretch.closed >= self._page.blocks[stretch.block].end:
            below = self._page.plain_block(stretch.block + 1)
        elif not is_at(below, 0, "\n"):
            return None
        another = number + 1 < len(stretches) and stretches[number + 1].block in {stretch.block, stretch.block + 2}
        return self._whole_line(below, dashed=another)

    def _whole_line(self, tokens: Tokens, *, dashed: bool) -> Mention | None:
        """The person that a line names and nothing else; with `dashed` only after a dash."""
        start, end = 0, len(tokens)
        while start < end and tokens[start].text == "\n":
            start += 1
        while end > start and tokens[end - 1].text in {"\n", ":"}:
            end -= 1
        has_dash = start < end and tokens[start].text in _DASHES
        line = tokens[start + has_dash : end]
        if not line or (dashed and not has_dash) or line[0].start in self._used or len(line) > _LONGEST_LINE:
            return None
        mention = read_mention(self._page.text, line, 0, lines=True)
        if mention is None or mention.kind != "name" or not _is_place_alone(line[mention.end :]):
            return None
        if not (mention.title or mention.organization or has_dash):
            return None
        self._used.add(line[0].start)
        return mention


def _is_place_alone(rest: Tokens) -> bool:
    """Whether a line ends with its person, or with nothing but a town after a comma."""
    words = [token for token in rest if token.text not in {",", "."}]
    return not words or (rest[0].text == "," and len(words) <= 3 and all(token.is_capital for token in words))
