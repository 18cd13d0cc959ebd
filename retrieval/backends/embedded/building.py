"""
Passages of one language → the arrays of a segment.

Everything that ranks is made from one array: the words of all passages end to end, as numbers of a sorted word list.
Postings, lengths and counts follow from it (`inversion.py`), so that joining segments is joining these arrays and
inverting them again. Passages come in blocks: of the whole, only arrays of small numbers are ever in memory.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import numpy as np

from corpus.errors import StoreError
from retrieval.analyzer import Partition, SurfaceNumbers, stem, stop_words
from retrieval.backends.embedded.columns import fitting, offsets
from retrieval.backends.embedded.inversion import BLOCK_PASSAGES, inverted
from retrieval.backends.embedded.spools import Array, Spool
from retrieval.backends.embedded.words import encoded, sorted_words, word_columns
from retrieval.models import Passage, PassageKind

if TYPE_CHECKING:
    from retrieval.backends.embedded.segment import Segment

KINDS: tuple[PassageKind, ...] = get_args(PassageKind)
_KIND_NUMBERS = {kind: number for number, kind in enumerate(KINDS)}
# Columns of what is known of a passage beside its words.
ROW = ("statement", "revision", "start", "end", "kind")


class SegmentBuilder:
    """
    Collects passages of one language, in order.

    Attributes:
        size: How many passages were added.
    """

    def __init__(self, partition: Partition, folder: Path | None = None) -> None:
        """Texts and words that are many go to nameless files in `folder`; without one they stay in memory."""
        self.partition = partition
        self.size = 0
        self._surfaces = SurfaceNumbers()
        self._statements: defaultdict[str, int] = _numbering()
        self._stream, self._texts = Spool(np.uint32, folder), Spool(np.uint8, folder)
        self._lengths: list[Array] = []
        self._text_lengths: list[Array] = []
        self._rows: list[Array] = []
        self._block = _Block()

    def add(self, passage: Passage) -> None:
        """Take in one more passage of this language."""
        self._append(passage, self._surfaces.read(passage.text))

    def add_segment(self, segment: Segment) -> None:
        """Take in the passages of a segment that were not removed, without analysing them again."""
        pairs = zip(segment.surface_words, segment.surface_counts.tolist(), strict=True)
        # A word that only removed passages held must not be carried on: it may have been erased.
        numbers = np.array([self._surfaces.number(word) if count else 0 for word, count in pairs], dtype=np.uint32)
        for ordinal in segment.live_ordinals().tolist():
            self._append(segment.passage(ordinal), numbers[segment.words_of(ordinal)].tolist())

    def _append(self, passage: Passage, words: Sequence[int]) -> None:
        block = self._block
        block.words.extend(words)
        block.lengths.append(len(words))
        start, end = passage.span
        statement = self._statements[passage.statement_id]
        block.rows.extend((statement, passage.revision, start, end, _KIND_NUMBERS[passage.kind]))
        block.texts.append(encoded(passage.text))
        self.size += 1
        if self.size % BLOCK_PASSAGES == 0:
            self._flush()

    def _flush(self) -> None:
        block, self._block = self._block, _Block()
        self._stream.append(np.frombuffer(block.words, dtype=np.uint32) if block.words else np.zeros(0, np.uint32))
        self._texts.append(b"".join(block.texts))
        self._lengths.append(np.array(block.lengths, dtype=np.uint32))
        self._text_lengths.append(np.array([len(text) for text in block.texts], dtype=np.uint32))
        self._rows.append(np.array(block.rows, dtype=np.int64).reshape(-1, len(ROW)))

    def columns(self) -> Mapping[str, Array | Spool]:
        """
        The columns of the segment; nothing can be added afterwards.

        Raises:
            StoreError: Two passages have the same id.
        """
        self._flush()
        words, ranks = sorted_words(self._surfaces.words)
        # What was remembered of the texts is as large as all that follows.
        del self._surfaces
        self._stream.translate(ranks)
        columns = self._passages()
        columns["stream"], columns["stream_at"] = self._stream, offsets(np.concatenate(self._lengths))
        columns |= word_columns("surfaces", words)
        counts = np.zeros(len(words), dtype=np.int64)
        for block in self._stream.blocks():
            counts += np.bincount(block, minlength=len(words))
        columns["surface_counts"] = fitting(counts)
        terms, term_of = _terms(words, self.partition)
        del words
        columns |= word_columns("terms", terms)
        columns["term_of"] = fitting(term_of)
        return columns | inverted(self._stream, self._lengths, term_of, len(terms))

    def _passages(self) -> dict[str, Array | Spool]:
        rows = np.concatenate(self._rows)
        self._rows.clear()
        statements, ranks = sorted_words(self._statements)
        rows[:, 0] = ranks[rows[:, 0]]
        by_id = np.lexsort((rows[:, 3], rows[:, 2], rows[:, 1], rows[:, 0]))
        same = np.flatnonzero((rows[by_id[1:], :4] == rows[by_id[:-1], :4]).all(axis=1))
        if same.size:
            code, revision, start, end, _ = rows[by_id[same[0]]]
            raise StoreError(f"Two passages have the id {statements[code]}@{revision}:{start}-{end}. Add each once.")
        found: dict[str, Array | Spool] = {name: fitting(rows[:, place]) for place, name in enumerate(ROW)}
        found |= word_columns("statements", statements)
        found["texts"], found["texts_at"] = self._texts, offsets(np.concatenate(self._text_lengths))
        found["by_id"], found["by_id_at"] = fitting(by_id), offsets(np.bincount(rows[:, 0], minlength=len(statements)))
        return found


class _Block:
    """Passages that are not yet in the spools."""

    def __init__(self) -> None:
        self.words = array("I")
        self.lengths = array("I")
        self.rows = array("Q")
        self.texts: list[bytes] = []


def _terms(surfaces: Sequence[str], partition: Partition) -> tuple[list[str], Array]:
    """The sorted terms of these words, and the number of each word's term: one past the last for a stop word."""
    stops = stop_words(partition)
    numbers = _numbering()
    term_of = [-1 if word in stops else numbers[stem(word, partition)] for word in surfaces]
    terms, ranks = sorted_words(numbers)
    # The last entry serves the stop words' -1.
    return terms, np.append(ranks.astype(np.int64), len(terms))[np.array(term_of, dtype=np.int64)]


def _numbering() -> defaultdict[str, int]:
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    return numbers
