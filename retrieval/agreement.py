"""
Whether what is searched is what is stored: every passage, quote and text of the statements, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from typing import NamedTuple

from corpus.models import Span, Statement
from retrieval.backends.embedded import EmbeddedIndex
from retrieval.index import PassageIndex
from retrieval.models import PassageKind
from retrieval.passages import kind_of, spoken_quotes
from retrieval.structures import Structures

_Spans = Callable[[Statement], Sequence[Span]]


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
    for index, part, spans_of in _parts(structures):
        for id, unit in _units(statements, spans_of).items():
            try:
                found = index.passage(id)
            except KeyError:
                yield Disagreement("not_in_index", part, id)
                continue
            if (found.text, found.kind) != unit:
                yield Disagreement("other_text", part, id)
    yield from _differences(_identities(statements), structures.shingles.identities(), "shingles", ("not_in_index",))


def disagreements(statements: Sequence[Statement], structures: Structures) -> Iterator[Disagreement]:
    """Everything that is different between all statements of a generation and its indexes."""
    for index, part, spans_of in _parts(structures):
        units = _units(statements, spans_of)
        found = {one.id: (one.text, one.kind) for one in index.passages()}
        yield from _differences(units.keys(), found.keys(), part)
        yield from (Disagreement("other_text", part, id) for id, unit in units.items() if found.get(id, unit) != unit)
    yield from _differences(_identities(statements), structures.shingles.identities(), "shingles")


def _differences(
    stored: Set[str], indexed: Set[str], part: str, codes: tuple[str, ...] = ("not_in_index", "not_in_store")
) -> Iterator[Disagreement]:
    for code, ids in (("not_in_index", stored - indexed), ("not_in_store", indexed - stored)):
        if code in codes:
            yield from (Disagreement(code, part, id) for id in sorted(ids))


def _parts(structures: Structures) -> Iterator[tuple[EmbeddedIndex, str, _Spans]]:
    yield _embedded(structures.passages), "passages", lambda statement: statement.passages
    yield _embedded(structures.quotes), "quotes", lambda statement: [one.span for one in spoken_quotes(statement)]


def _embedded(index: PassageIndex) -> EmbeddedIndex:
    if not isinstance(index, EmbeddedIndex):
        raise TypeError(f"An index of {type(index).__name__} cannot be listed.")
    return index


def _units(statements: Sequence[Statement], spans_of: _Spans) -> dict[str, tuple[str, PassageKind]]:
    """Id → text and kind. Not the language: telling it takes longer than all the rest, and the text decides it."""
    return {
        f"{one.id}@{one.revision}:{span.start}-{span.end}": (one.text[span.start : span.end], kind_of(one, span))
        for one in statements
        for span in spans_of(one)
    }


def _identities(statements: Sequence[Statement]) -> frozenset[str]:
    return frozenset(f"{statement.id}@{statement.revision}" for statement in statements)
