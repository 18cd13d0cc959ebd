"""
What every search engine of this project promises, and the one way to open one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import NamedTuple, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from corpus.errors import MissingExtraError, UsageError
from retrieval.analyzer import Partition
from retrieval.models import Hit, Passage, Query, WeightedTerm


class Vocabulary(Protocol):
    """Which words the passages of one corpus generation hold, a language each."""

    def size(self, partition: Partition) -> int:
        """How many passages there are in this language."""
        ...

    def document_frequency(self, term: str, partition: Partition) -> int:
        """How many passages of this language hold the analyzed term; 0 for an unknown one."""
        ...

    def vocabulary(self, partition: Partition) -> Mapping[str, int]:
        """Every analyzed term → how many passages hold it."""
        ...

    def surfaces(self, partition: Partition) -> Mapping[str, int]:
        """Every folded word as it is written (unstemmed, acronyms in capitals, no stop words) → its occurrences."""
        ...


class Occurrences(NamedTuple):
    """
    Where terms stand in some passages: aligned arrays of shape (occurrences,), sorted by passage, then position.

    Attributes:
        passages: Place in the hits asked for.
        positions: Which word of the passage it is, from 0, stop words counted.
        terms: Place in the terms asked for.
    """

    passages: NDArray[np.intp]
    positions: NDArray[np.intp]
    terms: NDArray[np.intp]


class PassageIndex(Vocabulary, Protocol):
    """Ranked and exact lookup over the passages of one corpus generation; immutable, safe to read from many threads."""

    @property
    def generation(self) -> str:
        """The corpus generation that this index belongs to."""
        ...

    def __len__(self) -> int:
        """How many passages can be found."""
        ...

    def search(self, query: Query, *, limit: int) -> list[Hit]:
        """
        The passages that share a term with the query, best first, ties by passage id.

        The query's filters narrow before the limit is applied. Unknown terms find nothing and are no error.
        """
        ...

    def best_of_statements(self, query: Query) -> Mapping[str, float]:
        """The statements of all passages that `search` finds, each with the score of its best passage."""
        ...

    def bodies_with(
        self, partition: Partition, alternatives: Sequence[Iterable[str]], statements: frozenset[str] | None
    ) -> list[Hit]:
        """
        The passages of one language that are statements' own words and hold one of each of these terms, in no order.

        Args:
            partition: The language.
            alternatives: Analyzed terms: of each group one has to be there.
            statements: Only passages of these statement ids; `None` for all.

        Returns:
            Without a score.
        """
        ...

    def statements_with(self, partition: Partition, terms: Iterable[str]) -> frozenset[str]:
        """The statements of which a passage of this language, of their own words, holds one of these terms."""
        ...

    def phrase(self, words: Sequence[str], *, limit: int) -> list[Hit]:
        """
        The passages in which the words stand side by side, in this order, none dropped, stop words included.

        Case and accents do not matter. Most occurrences first (the score is their number), ties by passage id.
        """
        ...

    def passage(self, passage_id: str) -> Passage:
        """
        The passage of this id.

        Raises:
            KeyError: It is not of this generation.
        """
        ...

    def passage_of(self, hit: Hit) -> Passage:
        """
        The passage of a hit of this index.

        Raises:
            KeyError: It is not of this generation.
        """
        ...

    def occurrences(self, hits: Sequence[Hit], terms: Sequence[WeightedTerm]) -> Occurrences:
        """
        Where terms stand in the passages of some hits.

        A term counts only in passages of its own partition; of one that is listed twice, the first place is reported.

        Args:
            hits: Of this index, in any order, each passage once.
            terms: Analyzed; weights do not matter.

        Raises:
            KeyError: A passage is not of this generation.
        """
        ...


class _Backend(Protocol):
    def open_generation(self, location: Path, manifest: str, generation: str) -> PassageIndex: ...


def open_index(backend: str, location: Path, manifest: str, generation: str) -> PassageIndex:
    """
    The index of one generation, by the engine of this name, which is imported only now.

    Args:
        backend: A module of `retrieval/backends/`; it is also the name of its extra.
        location: Where the engine keeps its data: for `embedded` a directory.
        manifest: What the engine returned, as JSON, when the generation was built.
        generation: As stored beside the manifest.

    Raises:
        UsageError: There is no such engine.
        MissingExtraError: It needs a package that is not installed.
        StoreError: Its data is missing or damaged.
    """
    if not backend.isidentifier():
        raise UsageError(f'"{backend}" is no search engine of this project. Try embedded.')
    name = f"retrieval.backends.{backend}"
    try:
        engine = cast(_Backend, import_module(name))
    except ModuleNotFoundError as error:
        if error.name == name:
            raise UsageError(f'"{backend}" is no search engine of this project. Try embedded.') from None
        raise MissingExtraError(f"The search engine {backend}", backend) from error
    return engine.open_generation(location, manifest, generation)
