"""
Passages of one language → the arrays of a segment.

Everything that ranks is made from one array: the words of all passages end to end, as numbers of a sorted word list.
Postings, lengths and counts follow from it, so that joining segments is joining these arrays and inverting them again.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, get_args

import numpy as np

from corpus.errors import StoreError
from retrieval.analyzer import Partition, stem, stop_words, tokens
from retrieval.backends.embedded.columns import Array, MemoryColumns, fitting, offsets
from retrieval.backends.embedded.words import blob, encoded, sorted_words
from retrieval.models import Passage, PassageKind

if TYPE_CHECKING:
    from retrieval.backends.embedded.segment import Segment

KINDS: tuple[PassageKind, ...] = get_args(PassageKind)


class SegmentBuilder:
    """
    Collects passages of one language, in order.

    Attributes:
        size: How many passages were added.
    """

    def __init__(self, partition: Partition) -> None:
        self.partition = partition
        self.size = 0
        self._words: defaultdict[str, int] = _numbering()
        self._statements: defaultdict[str, int] = _numbering()
        self._stream = array("I")
        self._lengths = array("I")
        self._rows = array("Q")
        self._texts: list[bytes] = []

    def add(self, passage: Passage) -> None:
        """Take in one more passage of this language."""
        found = tokens(passage.text, self.partition, keep_stop_words=True)
        self._append(passage, [self._words[token.surface] for token in found])

    def add_segment(self, segment: Segment) -> None:
        """Take in the passages of a segment that were not removed, without analysing them again."""
        pairs = zip(segment.surface_words.all(), segment.surface_counts().tolist(), strict=True)
        # A word that only removed passages held must not be carried on: it may have been erased.
        numbers = [self._words[word] if count else -1 for word, count in pairs]
        for ordinal in segment.live_ordinals().tolist():
            self._append(segment.passage(ordinal), [numbers[word] for word in segment.words_of(ordinal).tolist()])

    def _append(self, passage: Passage, words: Sequence[int]) -> None:
        self.size += 1
        self._stream.extend(words)
        self._lengths.append(len(words))
        start, end = passage.span
        kind = KINDS.index(passage.kind)
        self._rows.extend((self._statements[passage.statement_id], passage.revision, start, end, kind))
        self._texts.append(encoded(passage.text))

    def columns(self) -> MemoryColumns:
        """
        The arrays of the segment.

        Raises:
            StoreError: Two passages have the same id.
        """
        columns = MemoryColumns(self._passages())
        words, ranks = sorted_words(self._words)
        stream = ranks[np.frombuffer(self._stream, dtype=np.uintc)] if self._stream else np.zeros(0, np.uint8)
        columns["stream"], columns["stream_at"] = fitting(stream), offsets(self._lengths)
        columns["surfaces"], columns["surfaces_at"] = blob(map(encoded, words))
        columns["surface_counts"] = fitting(np.bincount(stream, minlength=len(words)))
        columns.update(inverted(stream, self._lengths, words, self.partition))
        return columns

    def _passages(self) -> dict[str, Array]:
        rows = np.array(self._rows, dtype=np.int64).reshape(-1, 5)
        statements, ranks = sorted_words(self._statements)
        rows[:, 0] = ranks[rows[:, 0]]
        by_id = np.lexsort((rows[:, 3], rows[:, 2], rows[:, 1], rows[:, 0]))
        same = np.flatnonzero((rows[by_id[1:], :4] == rows[by_id[:-1], :4]).all(axis=1))
        if same.size:
            code, revision, start, end, _ = rows[by_id[same[0]]]
            raise StoreError(f"Two passages have the id {statements[code]}@{revision}:{start}-{end}. Add each once.")
        names = ("statement", "revision", "start", "end", "kind")
        found = {name: fitting(rows[:, place]) for place, name in enumerate(names)}
        found["statements"], found["statements_at"] = blob(map(encoded, statements))
        found["texts"], found["texts_at"] = blob(self._texts)
        found["by_id"], found["by_id_at"] = fitting(by_id), offsets(np.bincount(rows[:, 0], minlength=len(statements)))
        return found


def inverted(stream: Array, lengths: Iterable[int], surfaces: Sequence[str], partition: Partition) -> dict[str, Array]:
    """
    The postings of a stream of words: for each term the passages that hold it, ascending, and how often they do.

    Args:
        stream: Number of each word, passage after passage.
        lengths: How many words each passage has.
        surfaces: The words that the numbers stand for.
        partition: Which stop words are left out and which stemmer makes the terms.
    """
    terms, term_of = _terms(surfaces, partition)
    per_passage = np.array(lengths, dtype=np.int64)
    keys = term_of[stream]
    passages = np.repeat(np.arange(len(per_passage)), per_passage)
    kept = keys >= 0
    keys, passages = keys[kept], passages[kept]
    term_counts = np.bincount(passages, minlength=len(per_passage))
    keys *= max(1, len(per_passage))
    keys += passages
    pairs, frequencies = np.unique(keys, return_counts=True)
    holders, places = np.divmod(pairs, max(1, len(per_passage)))
    names, names_at = blob(map(encoded, terms))
    return {
        "lengths": fitting(term_counts),
        "terms": names,
        "terms_at": names_at,
        "postings_at": offsets(np.bincount(holders, minlength=len(terms))),
        "postings": fitting(places),
        "frequencies": fitting(frequencies),
    }


def _terms(surfaces: Sequence[str], partition: Partition) -> tuple[list[str], Array]:
    stops = stop_words(partition)
    numbers = _numbering()
    term_of = [-1 if word in stops else numbers[stem(word, partition)] for word in surfaces]
    terms, ranks = sorted_words(numbers)
    # The last entry serves the stop words' -1.
    return terms, np.append(ranks.astype(np.int64), -1)[np.array(term_of, dtype=np.int64)]


def _numbering() -> defaultdict[str, int]:
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    return numbers
