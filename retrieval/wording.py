"""
Text → words as quotations are compared: none dropped, each with the place where it stands.

Typographic marks, dashes, white space, invisible characters and Markdown's marks are no words. A hyphen joins two
words ("long-term"), an apostrophe belongs to its word, "%", "$" and "&" are words, and "U.S." is "US".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from corpus.canonical import fold_word
from corpus.models import Span, Statement

Numbers = NDArray[np.uint32]
SIZE = 3
_FACTOR = 0x9E3779B97F4A7C15
_HIDDEN = "\u0300-\u036f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
_W = f"[^\\W_⁰¹²³⁴-⁹₀-₉{_HIDDEN}]"
_APOSTROPHES = "'‘’ʼ′´`＇"
_PATTERN = re.compile(
    # No words: the address of a Markdown link, a footnote's number in brackets, [sic].
    rf"\]\([^()\s]*\)|\[(?:\d{{1,3}}|sic)\]"
    # 400,000 · 2.5 · 10:30 · 9/11 · 21st; in brackets or raised, digits are footnotes.
    rf"|(?P<word>\d+(?:[.,:/{_APOSTROPHES}]\d+|[\u00a0\u202f\u2009]\d{{3}}(?!\d))*[{_HIDDEN}]*(?:{_W}[{_HIDDEN}]*)*"
    # U.S. · U.S
    rf"|[^\W\d_](?:\.[^\W\d_])+(?!\w)\.?"
    rf"|{_W}(?:{_W}|[{_HIDDEN}])*(?:[{_APOSTROPHES}]{_W}(?:{_W}|[{_HIDDEN}])*)*"
    r"|[%$€£&])",
    re.IGNORECASE,
)
# Between white space; a no-break space may stand inside a number.
_CHUNK = re.compile(r"[^ \n\t\r\f\v]+")
_APOSTROPHE = re.compile(f"[{_APOSTROPHES}]")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff.]")
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,' ]\d{3})+(?!\d)")
_DECIMAL = re.compile(r"(?<=\d),(?=\d)")
# A note's number glued to the word or the full stop before it.
_GLUED = re.compile(r"(?<=[^\W\d_A-Z]{4})\d{1,2}$")
_MOST_CHUNKS = 1 << 17
_AFTER_STOP = frozenset(".,;:!?”\"»’'")


class Word(NamedTuple):
    """
    A word of a text.

    Attributes:
        key: Words with the same key are the same word but for case, accents and typography.
        start, end: Where it stands.
    """

    key: str
    start: int
    end: int


class _Piece(NamedTuple):
    """A word within a run of characters without white space."""

    number: int
    start: int
    end: int
    key: str


class Placed:
    """The words of some spans of a text, in their order, and where each begins and ends."""

    def __init__(self, text: str, spans: Iterable[Span]) -> None:
        self._chunks = [chunk for span in spans for chunk in _chunks(text, span)]
        self.numbers: Numbers = np.array([piece[0] for pieces, _ in self._chunks for piece in pieces], np.uint32)

    @property
    def starts(self) -> list[int]:
        """Where each word begins."""
        return [start + piece[1] for pieces, start in self._chunks for piece in pieces]

    @property
    def ends(self) -> list[int]:
        """Where each word ends."""
        return [start + piece[2] for pieces, start in self._chunks for piece in pieces]


def words_of(text: str, within: Span | None = None) -> list[Word]:
    """The words of a text, or of one part of it, in their order."""
    return [
        Word(piece.key, start + piece.start, start + piece.end)
        for pieces, start in _chunks(text, within or Span(0, len(text)))
        for piece in pieces
    ]


def searched_spans(statement: Statement) -> list[list[Span]]:
    """
    The parts of a statement in which quotations are looked for: all but furniture and private numbers.

    Returns:
        Stretches of text that nothing interrupts, each as the spans it consists of, in order.
    """
    spans = sorted((*statement.body, *statement.about, *statement.wrapper))
    stretches: list[list[Span]] = []
    place = -1
    for span in _without(spans, sorted(statement.private)):
        if place < 0 or statement.text[place : span.start].strip():
            stretches.append([])
        stretches[-1].append(span)
        place = span.end
    return stretches


def number_of(key: str) -> int:
    """A word's number in the index; two words share one by chance once in four thousand million."""
    return crc32(key.encode("utf-8", "surrogatepass"))


def shingles(numbers: Numbers) -> Numbers:
    """The runs of three words as numbers, shape (words - 2,), in their order."""
    if len(numbers) < SIZE:
        return np.zeros(0, np.uint32)
    runs = np.zeros(len(numbers) - SIZE + 1, np.uint64)
    for place in range(SIZE):
        # Multiplied last, so that every word reaches the upper half.
        runs = (runs + numbers[place : place + len(runs)]) * np.uint64(_FACTOR)
    return (runs >> np.uint64(32)).astype(np.uint32)


def key_of(raw: str) -> str:
    """The form under which a word is compared."""
    folded = fold_word(raw)
    if folded[:1].isdigit():
        joined = _THOUSANDS.sub(lambda match: re.sub(r"\D", "", match.group()), folded)
        return _DECIMAL.sub(".", joined)
    if folded == "&":
        return "and"
    if "." in folded:
        return folded.replace(".", "")
    # "don't" is typed "dont", but "its" is not "it's".
    return folded[:-3] + "nt" if folded.endswith("n't") else folded


def accented(raw: str) -> str:
    """The word in lower case with its accents."""
    return plain(raw).casefold()


def plain(raw: str) -> str:
    """The word as it is printed, without typography and what a reader does not see."""
    return _APOSTROPHE.sub("'", _UNSEEN.sub("", unicodedata.normalize("NFKC", raw)))


class _Chunks(dict[str, tuple[_Piece, ...]]):
    """Run of characters → the words in it: the same few runs make up most of any text."""

    def __missing__(self, chunk: str) -> tuple[_Piece, ...]:
        found = []
        for match in _PATTERN.finditer(chunk):
            raw = _without_note(match[1] or "", chunk, match.start())
            if raw:
                key = key_of(raw)
                found.append(_Piece(number_of(key), match.start(), match.start() + len(raw), key))
        if len(self) >= _MOST_CHUNKS:
            self.clear()
        self[chunk] = pieces = tuple(found)
        return pieces


_KNOWN = _Chunks()


def _chunks(text: str, span: Span) -> Iterator[tuple[tuple[_Piece, ...], int]]:
    """The words between white space, and where each group of them begins."""
    part = text[span.start : span.end]
    codes = np.frombuffer(part.encode("utf-32-le", "surrogatepass"), np.uint32)
    filled = np.concatenate(([False], (codes != 32) & ((codes < 9) | (codes > 13))))
    starts = np.flatnonzero(filled[1:] & ~filled[:-1]) + span.start
    return zip(map(_KNOWN.__getitem__, _CHUNK.findall(part)), starts.tolist(), strict=True)


def _without_note(raw: str, chunk: str, start: int) -> str:
    """The word without the number of a footnote that is glued to it; nothing where it is only that number."""
    if not raw[-1:].isdigit():
        return raw
    glued = start > 1 and chunk[start - 1] in _AFTER_STOP and chunk[start - 2].isalpha()
    if glued and len(raw) <= 2 and start + len(raw) == len(chunk):
        return ""
    return _GLUED.sub("", raw)


def _without(spans: Iterable[Span], holes: list[Span]) -> Iterator[Span]:
    for span in spans:
        start = span.start
        for hole in holes:
            if hole.start < span.end and start < hole.end:
                if start < hole.start:
                    yield Span(start, hole.start)
                start = max(start, hole.end)
        if start < span.end:
            yield Span(start, span.end)
