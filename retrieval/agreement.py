"""
Whether what is searched is what is stored: every passage, quote and text of the statements, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from corpus.models import Statement
from retrieval.backends.embedded import EmbeddedIndex
from retrieval.index import PassageIndex
from retrieval.models import Passage
from retrieval.passages import passages_of, quote_passages_of
from retrieval.structures import Structures


class Disagreement(NamedTuple):
    """
    One thing that is not the same in the store and in an index.

    Attributes:
        code: `not_in_index`, `not_in_store`, `other_text`.
        part: `passages`, `quotes` or `shingles`.
        id: Of the passage or the quote; `statement@revision` where it is about shingles.
    """

    code: str
    part: str
    id: str


def lacking(statements: Sequence[Statement], structures: Structures) -> Iterator[Disagreement]:
    """What of these statements is not in the indexes, or stands there otherwise."""
    yield from _units(statements, structures.passages, "passages", passages_of)
    yield from _units(statements, structures.quotes, "quotes", quote_passages_of)
    found = structures.shingles.identities()
    yield from (Disagreement("not_in_index", "shingles", one) for one in _identities(statements) if one not in found)


def disagreements(statements: Sequence[Statement], structures: Structures) -> Iterator[Disagreement]:
    """Everything that is different between all statements of a generation and its indexes."""
    yield from lacking(statements, structures)
    for index, name, units_of in (
        (structures.passages, "passages", passages_of),
        (structures.quotes, "quotes", quote_passages_of),
    ):
        known = {unit.id for unit in chain.from_iterable(map(units_of, statements))}
        if len(index) != len(known) and isinstance(index, EmbeddedIndex):
            strange = sorted(unit.id for unit in index.passages() if unit.id not in known)
            yield from (Disagreement("not_in_store", name, one) for one in strange)
    strangers = structures.shingles.identities() - _identities(statements)
    yield from (Disagreement("not_in_store", "shingles", one) for one in sorted(strangers))


def _units(
    statements: Sequence[Statement], index: PassageIndex, name: str, units_of: Callable[[Statement], list[Passage]]
) -> Iterator[Disagreement]:
    for unit in chain.from_iterable(map(units_of, statements)):
        try:
            found = index.passage(unit.id)
        except KeyError:
            yield Disagreement("not_in_index", name, unit.id)
            continue
        if found != unit:
            yield Disagreement("other_text", name, unit.id)


def _identities(statements: Sequence[Statement]) -> frozenset[str]:
    return frozenset(f"{statement.id}@{statement.revision}" for statement in statements)
