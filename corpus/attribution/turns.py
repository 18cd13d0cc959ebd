"""
Labels and transcript turns: NAME: words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from corpus.attribution.everybody import read_people
from corpus.attribution.mentions import Mention, read_mention
from corpus.attribution.tokens import tokenise
from corpus.models import Span
from corpus.sentences import trim

_LABEL = re.compile(
    r"(?:[•·▪►●○■*–—-]\s+)?(?P<mark>[“\"«](?=[*_]{2}))?(?P<bold>[*_]{0,3})(?P<label>[^\W\d_][^:\n*]{0,79}?)[*_]{0,3}:[*_]{0,3}[^\S\n]+(?=\S)"
)
_QUOTED = re.compile(r"[*_]{0,3}[“”\"„«‘]")
_NOT_SPEECH = re.compile(r"@|https?:|\bwww\.|\d{3}[-. )]+\d{3,4}")
_ASIDE = re.compile(r"[(\[*#_-]")
# Words that a turn has at least, and lines that make a talk.
_FEWEST = 3
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
    shouted = [line for line in read if line.label and len(line.label) > 1 and line.label.isupper()]
    familiar = _familiar(text, read)
    dialogue = len(named) >= 2 or (len(shouted) >= 2 and bool(named)) or bool(familiar)
    surnames = familiar | {word for line in named if line.mention for word in line.mention.printed.casefold().split()}
    turns: list[Turn] = []
    last_label = max((i for i, line in enumerate(read) if line.label and _may_speak(line, surnames)), default=-1)
    speaking: Mention | None = None
    transcript = dialogue and len(shouted) >= 3
    for place, line in enumerate(read):
        if line.label and _may_speak(line, surnames):
            speaking = line.mention if dialogue or line.is_bold else None
            quoted = _QUOTED.match(text, line.words.start)
            least = _FEWEST - bool(familiar)
            if speaking and not quoted and _is_speech(text, line.words, least) and not _describes(text, line):
                turns.append(Turn(speaking, line.words, line.span.start, line.block))
        elif line.label and line.label.isupper():
            speaking = None
        elif transcript and speaking and place < last_label and goes_on(text, line.span):
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
    last = span.end - bool(match["mark"] and text[span.end - 1] in '”"»')
    words = trim(text, match.end(), last)
    return _Line(span, block, match["label"], bool(match["bold"]), words, mention)


def _may_speak(line: _Line, surnames: set[str]) -> bool:
    if line.mention is None:
        return False
    known = line.mention.printed.casefold() in surnames
    return line.mention.kind == "name" or line.mention.courtesy or known


def _familiar(text: str, lines: Sequence[_Line]) -> set[str]:
    """The one-word labels of a talk between people whom the text above names in full: “Ana: …”, “Luis: …”."""
    short = [line for line in lines if line.mention and line.mention.kind == "surname" and not line.mention.courtesy]
    if len(short) < _FEWEST:
        return set()
    above = [m for m in read_people(text, tokenise(text, 0, short[0].span.start)) if m.kind == "name"]
    names = {tuple(m.printed.casefold().split()) for m in above}
    labels = {line.mention.printed.casefold() for line in short if line.mention}
    known = {label for label in labels if len({name for name in names if label in name}) == 1}
    return known if len(known) >= 2 and known == labels else set()


def _is_speech(text: str, words: Span, least: int = _FEWEST) -> bool:
    said = text[words.start : words.end]
    return len(said.split(maxsplit=3)) >= least and said.endswith(_SPEECH_END) and not _NOT_SPEECH.search(said)


def _describes(text: str, line: _Line) -> bool:
    """Whether a label’s line says something of the person instead: “Ana Ruiz, director: leads …”, “…: Ana joined …”."""
    said = text[line.words.start : line.words.end]
    names = line.mention.printed.split() if line.mention else []
    own = any(word in names for word in said.split(maxsplit=3)[:3])
    shouted = line.label is not None and line.label.isupper()
    return not shouted and (own or said[0].islower())


def goes_on(text: str, line: Span) -> bool:
    """Whether a line without a label may be a further paragraph of what the one above says."""
    return not _ASIDE.match(text, line.start) and _is_speech(text, line)
