"""
One statement as words, with its sentences, its quoted parts and who says them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.datelines import find_datelines
from corpus.models import Quote, Span, Statement
from corpus.sentences import sentences
from retrieval.excerpts import is_utterance
from retrieval.wording import Numbers, Word, number_of, searched_spans, shingles, words_of

_ENDS = frozenset(".!?…")


class Part(NamedTuple):
    """A quoted part as numbers of words, `[first, last)`."""

    first: int
    last: int
    quote: Quote


class Page:
    """
    Attributes:
        words: All that are searched, in order: furniture and private numbers are left out.
        breaks: Numbers of the words before which something was left out.
        numbers: Of the words, shape (words,).
        shingles: Runs of three words, and `runs`: the number of the first word of each.
    """

    def __init__(self, statement: Statement) -> None:
        self.statement = statement
        self.words: list[Word] = []
        self.breaks: list[int] = []
        keys: list[Numbers] = [np.zeros(0, np.uint32)]
        places: list[NDArray[np.intp]] = [np.zeros(0, np.intp)]
        numbers: list[Numbers] = [np.zeros(0, np.uint32)]
        for stretch in searched_spans(statement):
            found = [word for span in stretch for word in words_of(statement.text, span)]
            if not found:
                continue
            own = np.fromiter((number_of(word.key) for word in found), np.uint32, len(found))
            keys.append(shingles(own))
            places.append(len(self.words) + np.arange(len(keys[-1])))
            numbers.append(own)
            self.breaks.append(len(self.words))
            self.words += found
        self.numbers: Numbers = np.concatenate(numbers)
        self.shingles: Numbers = np.concatenate(keys)
        self.runs: NDArray[np.intp] = np.concatenate(places)

    def text(self, first: int, last: int) -> str:
        """The words `[first, last)` as they are printed, with what stands between them."""
        return self.statement.text[self.words[first].start : self.words[last - 1].end]

    def raw(self, number: int) -> str:
        """One word as printed."""
        return self.statement.text[self.words[number].start : self.words[number].end]

    def between(self, number: int) -> str:
        """What stands between a word and the next one."""
        end = self.words[number + 1].start if number + 1 < len(self.words) else len(self.statement.text)
        return self.statement.text[self.words[number].end : end]

    def quote(self, number: int) -> Quote | None:
        """The words somebody speaks that this one belongs to; `None` in the statement's own text."""
        place = bisect_right(self._spoken_starts, number) - 1
        part = self._spoken[place] if place >= 0 else None
        return part.quote if part and number < part.last else None

    def in_wrapper(self, number: int) -> bool:
        """Whether a word is somebody else's text around a release."""
        return any(span.start <= self.words[number].start < span.end for span in self.statement.wrapper)

    def sentence(self, number: int) -> Span | None:
        """The sentence of a word as numbers of words; `None` for a word outside of all, as the number of a list."""
        place = bisect_right(self._sentence_starts, number) - 1
        found = self.sentences[place] if place >= 0 else None
        return found if found and number < found.end else None

    @cached_property
    def sentences(self) -> list[Span]:
        """All sentences as numbers of words, in order."""
        found = []
        for stretch in searched_spans(self.statement):
            for span in stretch:
                for sentence in sentences(self.statement.text, span):
                    first, last = self._numbers_in(sentence)
                    if first < last:
                        found.append(Span(first, last))
        return found

    @cached_property
    def parts(self) -> list[Part]:
        """All quoted parts, those that nobody speaks included."""
        parts = [Part(*self._numbers_in(quote.span), quote) for quote in self.statement.quotes]
        return sorted((part for part in parts if part.first < part.last), key=lambda part: part[:2])

    @cached_property
    def text_starts(self) -> frozenset[int]:
        """Words with which a text begins behind its dateline."""
        lines = find_datelines(self.statement.text, self.statement.furniture)
        return frozenset(bisect_left(self._starts, line.span.end) for line in lines)

    @cached_property
    def has_accents(self) -> bool:
        """Whether the statement is written with accents."""
        return any(ord(letter) > 0xBF and letter.isalpha() for letter in self.statement.text)

    def starts_sentence(self, number: int) -> bool:
        """Whether a sentence of the text, or one that somebody speaks, begins with this word."""
        sentence = self.sentence(number)
        if sentence is None or sentence.start == number or number in self.text_starts:
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
        return bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)

    @cached_property
    def _starts(self) -> list[int]:
        return [word.start for word in self.words]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    @cached_property
    def _spoken(self) -> list[Part]:
        return [part for part in self.parts if is_utterance(part.quote)]

    @cached_property
    def _spoken_starts(self) -> list[int]:
        return [part.first for part in self._spoken]
