"""
One statement as words, with its sentences, its quoted parts and who says them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.datelines import find_datelines
from corpus.models import Quote, Span, Statement
from corpus.sentences import blocks, sentences
from retrieval.excerpts import is_utterance
from retrieval.wording import Numbers, Placed, key_of, searched_spans, shingles

_ENDS = frozenset(".!?…")
_ACCENT = re.compile("[À-ÖØ-öø-ɏ]")
_DATELINE_END = re.compile(r"[–—/)\]]|-\s|\n")


class Part(NamedTuple):
    """A quoted part as numbers of words, `[first, last)`."""

    first: int
    last: int
    quote: Quote


class Page:
    """
    Attributes:
        numbers: Of the words that are searched, in order, shape (words,): furniture and private numbers are left out.
    """

    def __init__(self, statement: Statement) -> None:
        self.statement = statement
        self._stretches = [Placed(statement.text, stretch) for stretch in searched_spans(statement)]
        nothing = np.zeros(0, np.uint32)
        self.numbers: Numbers = np.concatenate([nothing, *(stretch.numbers for stretch in self._stretches)])

    @cached_property
    def starts(self) -> list[int]:
        """Where each word begins."""
        return [place for stretch in self._stretches for place in stretch.starts]

    @cached_property
    def ends(self) -> list[int]:
        """Where each word ends."""
        return [place for stretch in self._stretches for place in stretch.ends]

    @cached_property
    def shingles(self) -> tuple[Numbers, NDArray[np.intp]]:
        """Runs of three words, and the number of the first word of each."""
        keys, firsts, place = [np.zeros(0, np.uint32)], [np.zeros(0, np.intp)], 0
        for stretch in self._stretches:
            keys.append(shingles(stretch.numbers))
            firsts.append(place + np.arange(len(keys[-1])))
            place += len(stretch.numbers)
        return np.concatenate(keys), np.concatenate(firsts)

    def __len__(self) -> int:
        """How many words are searched."""
        return len(self.numbers)

    def text(self, first: int, last: int) -> str:
        """The words `[first, last)` as they are printed, with what stands between them."""
        return self.statement.text[self.starts[first] : self.ends[last - 1]]

    def raw(self, number: int) -> str:
        """One word as printed."""
        return self.statement.text[self.starts[number] : self.ends[number]]

    def key(self, number: int) -> str:
        """One word as it is compared."""
        return key_of(self.raw(number))

    def between(self, number: int) -> str:
        """What stands between a word and the next one."""
        end = self.starts[number + 1] if number + 1 < len(self) else len(self.statement.text)
        return self.statement.text[self.ends[number] : end]

    def part(self, number: int) -> Part | None:
        """The innermost quoted part that holds a word."""
        held = [part for part in self.parts if part.first <= number < part.last]
        return max(held, key=lambda part: part.first, default=None)

    def quote(self, number: int) -> Quote | None:
        """The words somebody speaks that this one belongs to; `None` in the statement's own text."""
        place = bisect_right(self._spoken_starts, number) - 1
        part = self._spoken[place] if place >= 0 else None
        return part.quote if part and number < part.last else None

    def in_wrapper(self, number: int) -> bool:
        """Whether a word is somebody else's text around a release."""
        return any(span.start <= self.starts[number] < span.end for span in self.statement.wrapper)

    def sentence(self, number: int) -> Span | None:
        """The sentence of a word as numbers of words; `None` for a word outside of all, as the number of a list."""
        place = bisect_right(self._blocks, self.starts[number], key=lambda block: block.start) - 1
        if place not in self._sentences:
            self._sentences[place] = self._sentences_of(self._blocks[place])
        return next((one for one in self._sentences[place] if one.start <= number < one.end), None)

    def _sentences_of(self, block: Span) -> list[Span]:
        found = (Span(*self._numbers_in(one)) for one in sentences(self.statement.text, block))
        return [one for one in found if one.start < one.end]

    @cached_property
    def _sentences(self) -> dict[int, list[Span]]:
        return {}

    @cached_property
    def _blocks(self) -> list[Span]:
        """Paragraphs of the searched text: what is asked about lies in few of them."""
        found = []
        for stretch in searched_spans(self.statement):
            for span in stretch:
                part = blocks(self.statement.text[span.start : span.end])
                found += [Span(one.start + span.start, one.end + span.start) for one in part]
        return found

    @cached_property
    def parts(self) -> list[Part]:
        """All quoted parts, those that nobody speaks included."""
        parts = [Part(*self._numbers_in(quote.span), quote) for quote in self.statement.quotes]
        return sorted((part for part in parts if part.first < part.last), key=lambda part: part[:2])

    def text_start(self, first: int, last: int) -> int | None:
        """The first word behind a dateline that stands between two words of a sentence, the second one included."""
        if not _DATELINE_END.search(self.statement.text[self.starts[first] : self.starts[last]]):
            return None
        return max((number for number in self._text_starts if first < number <= last), default=None)

    @cached_property
    def _text_starts(self) -> frozenset[int]:
        lines = find_datelines(self.statement.text, self.statement.furniture)
        return frozenset(bisect_left(self.starts, line.span.end) for line in lines)

    @cached_property
    def has_accents(self) -> bool:
        """Whether the statement is written with accents."""
        return bool(_ACCENT.search(self.statement.text))

    def starts_sentence(self, number: int) -> bool:
        """Whether a sentence of the text, or one that somebody speaks, begins with this word."""
        sentence = self.sentence(number)
        if sentence is None or sentence.start == number:
            return True
        if self.text_start(number - 1, number) == number:
            return True
        return any(part.first == number and self.begins_anew(part) for part in self._spoken)

    def ends_sentence(self, number: int) -> bool:
        """Whether a sentence of the text, or one that somebody speaks, ends with this word."""
        sentence = self.sentence(number)
        if sentence is None or sentence.end == number + 1:
            return True
        return any(part.last == number + 1 and self._finishes(part) for part in self._spoken)

    def begins_anew(self, part: Part) -> bool:
        """Whether a quoted part begins a sentence of its own."""
        first = self.statement.text[part.quote.start : part.quote.start + 1]
        return not first.islower()

    def _finishes(self, part: Part) -> bool:
        if part.quote.text.rstrip("\"'”’»)*_ ")[-1:] in _ENDS:
            return True
        following = [other for other in self.parts if other.first >= part.last]
        goes_on = bool(following) and following[0].quote.utterance == part.quote.utterance
        return not goes_on or self.begins_anew(following[0])

    def _numbers_in(self, span: Span) -> tuple[int, int]:
        return bisect_left(self.starts, span.start), bisect_left(self.starts, span.end)

    @cached_property
    def _spoken(self) -> list[Part]:
        return [part for part in self.parts if is_utterance(part.quote)]

    @cached_property
    def _spoken_starts(self) -> list[int]:
        return [part.first for part in self._spoken]
