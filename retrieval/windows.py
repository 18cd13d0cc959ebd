"""
The best one to three sentences of a passage: where the words of the question stand closest together.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from corpus.models import Span
from corpus.passages import is_heading, pieces
from corpus.sentences import sentences
from retrieval.analyzer import Partition, Token
from retrieval.expansion import SOFT_WEIGHT, Concept
from retrieval.matching import best_weights, by_term_of, matching, of_each
from retrieval.question_forms import IS_CALLED, IS_SAID, KINDS, Wants

MAX_SENTENCES = 3
MAX_CHARS = 600
# Weight of what the sentence before and after match.
PREVIOUS, FOLLOWING = 0.3, 0.1
# A sentence that has the kind of thing asked for counts as if it matched this share of the question more.
KIND_SHARE = 0.12
# A heading says the topic, the sentence under it says something: its match counts for that sentence instead.
HEADING = 0.5
_SAYS_LITTLE = 120
_LEADING_WORDS = 8
_WORDS_INSIDE_A_NAME = 2
# A window below this length takes in a neighbour that is about the same words.
SHORT_CHARS = 240
# Below this one a reader wants to know what it is about: the next sentence comes along, or the one before.
TERSE_CHARS = 120

_LEANS_BACK = re.compile(
    r"[“\"«]?(?:It|He|She|They|This|These|That|Those|Such|Thus|Therefore|Instead|Also|Esto|Eso|Ella|Él|Ellos|Estas?|Estos?|Así|Además)\b"
)


class Voice(NamedTuple):
    """Where somebody speaks in a passage, and the name; `None` where nobody can be named."""

    span: Span
    name: str | None


class Window(NamedTuple):
    """
    One to three whole sentences of a passage.

    Attributes:
        span: Inside the passage's text.
        matched: Concept number → weight of its best match inside (0 to 1).
        tokens: The tokens that matched, for highlights; spans inside the passage's text.
        value: Sum of idf times weight over matched concepts, with context: for choosing, never shown.
    """

    span: Span
    matched: dict[int, float]
    tokens: tuple[Token, ...]
    value: float


def best_window(
    text: str,
    partition: Partition,
    concepts: Sequence[Concept],
    *,
    wants: Wants = "anything",
    within: Sequence[Span] | None = None,
    before: str = "",
    voices: Sequence[Voice] = (),
    exact: bool = False,
) -> Window | None:
    """
    Choose the sentences to show.

    Args:
        text: Of the passage.
        partition: Of the passage: how its words are analyzed.
        concepts: What was asked, in this partition.
        wants: A sentence that holds that kind of thing wins over its equal.
        within: Only sentences that overlap one of these spans (a speaker's quotes); `None` for all.
        before: What stands before the passage in its statement.
        voices: Who speaks where; words of two people are not shown as one excerpt.
        exact: Only the very words, no stem.

    Returns:
        `None` when no sentence is left to choose from.

    Source:
        idf within the corpus plus a share of the neighbouring sentences (`retrieval/README.md`, *Decisions*).
    """
    spans = _sentences_of(text)
    allowed: Sequence[int] = range(len(spans))
    if within is not None:
        allowed = [i for i in allowed if any(spans[i].overlaps(other) for other in within)]
    if not allowed:
        return None
    by_term = by_term_of(concepts)
    found = of_each(spans, matching(text, partition, by_term, concepts, exact=exact))
    values = [_value(matched, concepts) if matched else 0.0 for matched, _ in found]
    total = sum(concept.idf for concept in concepts if concept.required)
    pattern = KINDS.get(wants)

    leading = 0.0
    if values[0]:
        leading = _value(best_weights(matching(before, partition, by_term, concepts, exact=exact)), concepts)
    heads = _headings(text)

    def context(i: int) -> float:
        own = values[i] * (HEADING if heads[i] else 1.0)
        earlier = values[i - 1] * (HEADING if heads[i - 1] else PREVIOUS) if i else PREVIOUS * leading
        after = values[i + 1] * FOLLOWING if i + 1 < len(values) else 0.0
        has_kind = pattern and values[i] and pattern.search(text, spans[i].start, spans[i].end)
        return own + earlier + after + (KIND_SHARE * total if has_kind else 0.0)

    best = max(allowed, key=lambda i: (context(i), -i))
    passage = _Sentences(
        text, spans, heads, [matched for matched, _ in found], concepts, frozenset(allowed), pattern, voices
    )
    first, last = passage.grow(best)
    matched: dict[int, float] = {}
    for i in range(first, last + 1):
        for number, weight in found[i][0].items():
            matched[number] = max(weight, matched.get(number, 0.0))
    shown = tuple(token for i in range(first, last + 1) for token in found[i][1])
    return Window(Span(spans[first].start, spans[last].end), matched, shown, context(best))


@lru_cache(maxsize=4096)
def _headings(text: str) -> tuple[bool, ...]:
    return tuple(is_heading(text, span) for span in _sentences_of(text))


@lru_cache(maxsize=4096)
def _sentences_of(text: str) -> tuple[Span, ...]:
    return tuple(piece for sentence in sentences(text) or [Span(0, len(text))] for piece in pieces(text, sentence))


def _value(matched: dict[int, float], concepts: Sequence[Concept]) -> float:
    return sum(
        concepts[number].idf * weight * (1.0 if concepts[number].required else SOFT_WEIGHT)
        for number, weight in matched.items()
    )


class _Sentences(NamedTuple):
    """The sentences of a passage with what each matched."""

    text: str
    spans: Sequence[Span]
    heads: Sequence[bool]
    matched: Sequence[dict[int, float]]
    concepts: Sequence[Concept]
    allowed: frozenset[int]
    kind: re.Pattern[str] | None
    voices: Sequence[Voice]

    def grow(self, best: int) -> tuple[int, int]:
        """Take in neighbours, one at a time, while they add something and all of it still fits."""
        first = last = best
        have = set(self.matched[best])
        while last - first + 1 < MAX_SENTENCES:
            gains = [
                (self._gain(i, first, last, have), -i) for i in (first - 1, last + 1) if self._fits(i, first, last)
            ]
            gain, number = max(gains, default=(0.0, 0))
            if gain <= 0:
                break
            first, last = min(first, -number), max(last, -number)
            have |= set(self.matched[-number])
        return first, last

    def _fits(self, i: int, first: int, last: int) -> bool:
        if i not in self.allowed or self._clash(i, first, last):
            return False
        return self.spans[max(i, last)].end - self.spans[min(i, first)].start <= MAX_CHARS

    def _gain(self, i: int, first: int, last: int, have: set[int]) -> float:
        """What a neighbour adds: missing words, what a heading announces, what "It" means, company for a short one."""
        if i > last and self.heads[last]:
            return math.inf
        required = [n for n in self.matched[i] if self.concepts[n].required]
        gain = sum(self.concepts[n].idf for n in required if n not in have)
        if i < first and first == last and _LEANS_BACK.match(self.text, self.spans[first].start):
            gain += 0.01
        if self.kind and not self._has_kind(first, last) and self._has_kind(i, i):
            gain += 0.02
        if self.heads[i] or (self.voices and self._speak(i) != self._speak(last if i > last else first)):
            # For company's sake nobody's words are put beside somebody else's.
            return gain
        if required and self._length(first, last) < SHORT_CHARS:
            gain += 0.01
        if self._length(first, last) < TERSE_CHARS and self._length(i, i) < SHORT_CHARS:
            gain += 0.005 if i > last else 0.001
        return gain

    def _length(self, first: int, last: int) -> int:
        return self.spans[last].end - self.spans[first].start

    def _speak(self, i: int) -> frozenset[str | None]:
        return frozenset(name for span, name in self.voices if span.overlaps(self.spans[i]))

    def _clash(self, i: int, first: int, last: int) -> bool:
        """Whether two people would speak in one excerpt."""
        if not self.voices:
            return False
        there = frozenset[str | None]().union(*(self._speak(j) for j in range(first, last + 1)))
        here = self._speak(i)
        return bool(there and here and there != here)

    def _has_kind(self, first: int, last: int) -> bool:
        return bool(self.kind and self.kind.search(self.text, self.spans[first].start, self.spans[last].end))


def defined_share(text: str, window: Window, concepts: Sequence[Concept]) -> float:
    """
    How much of what is asked for the window says what it is: "NAME is a …", "known as NAME", "Its Full Name (NAME)".

    Returns:
        The share by idf of the words that stand together in such a place: 1 for "what is NAME", less where the question
        asks for something of it ("what is the seat of NAME").
    """
    best = 0.0
    total = sum(concept.idf for concept in concepts if concept.required) or 1.0
    for first, last in _together(text, window.tokens):
        if _is_defined(text, window, window.tokens[first], window.tokens[last]):
            terms = {token.term for token in window.tokens[first : last + 1]}
            named = (concept for concept in concepts if any(term in terms for term, _ in concept.terms))
            best = max(best, sum(concept.idf for concept in named if concept.required) / total)
    return min(1.0, best)


def _together(text: str, found: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Runs of matched tokens with at most a small word between: first and last of each."""
    first = 0
    for place, token in enumerate(found):
        following = found[place + 1] if place + 1 < len(found) else None
        if following is None or len(text[token.end : following.start].split()) > _WORDS_INSIDE_A_NAME:
            yield first, place
            first = place + 1


def _is_defined(text: str, window: Window, first: Token, last: Token) -> bool:
    before = text[window.span.start : first.start]
    if len(before.split()) <= _LEADING_WORDS and IS_SAID.match(text, last.end):
        return True
    brackets = text[first.start - 1 : first.start] == "(" and text[last.end : last.end + 1] == ")"
    return brackets or IS_CALLED.search(before) is not None


def opening_window(text: str, within: Sequence[Span] | None = None, *, headings: bool = True) -> Window | None:
    """
    The first sentences of a passage, or the first that overlap `within`: two where the first says little.

    Args:
        text: Of the passage.
        within: `None` for everywhere.
        headings: Whether the window may begin with a heading or a line that only announces.
    """
    spans = [s for s in _sentences_of(text) if within is None or any(s.overlaps(o) for o in within)]
    while spans and not headings and is_heading(text, spans[0]):
        spans = spans[1:]
    if not spans:
        return None
    last = 0
    if spans[0].end - spans[0].start < _SAYS_LITTLE and len(spans) > 1 and spans[1].end - spans[0].start <= MAX_CHARS:
        last = 1
    return Window(Span(spans[0].start, spans[last].end), {}, (), 0.0)
