"""
"How often do they speak of …": in how many statements the topic stands, a year each.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple

from corpus.canonical import fold
from retrieval.analyzer import Partition
from retrieval.arranging import Found
from retrieval.catalog import Catalog, Selection
from retrieval.expansion import Concept, Expansion
from retrieval.index import PassageIndex
from retrieval.matching import matches
from retrieval.models import Passage
from retrieval.narrowing import Narrowed
from retrieval.query import Question
from retrieval.ranking import spoken


class Counted(NamedTuple):
    """
    Statements that speak of a topic.

    Attributes:
        ids: Theirs, newest first, undated ones last.
        years: Year → how many; a year between the first and the last without one has 0.
        undated: How many carry no date.
    """

    ids: tuple[str, ...]
    years: dict[str, int]
    undated: int


def count_statements(
    question: Question,
    expansion: Expansion,
    index: PassageIndex,
    catalog: Catalog,
    ids: frozenset[str] | None,
    exact: bool,
) -> Counted:
    """
    Count the statements that the filters let through and whose own words hold the whole topic.

    A statement counts once, however often it says a word. Its body passages of one language together must hold every
    word that the question requires, each in any of its alternatives (stem, translation, what statements print for
    it), and every quoted phrase; of a speaker asked for, only that person's quotes count. Titles, paragraphs of an
    organization about itself and other people's text around a release do not. The same release in two languages is
    two statements. A question without a topic counts the statements that pass.

    Args:
        question: Whose topic is meant.
        expansion: Its concepts in each partition.
        index: Of the same generation as `catalog`.
        catalog: Dates and quotes.
        ids: Statements that the filters let through; `None` for all.
        exact: Only the very words, no stem.
    """
    everything = frozenset(catalog.statements) if ids is None else ids
    if not question.content and not question.phrases:
        return _by_year(everything, catalog)
    found: set[str] = set()
    for partition, concepts in expansion.concepts.items():
        required = [concept for concept in concepts if concept.required]
        if required:
            holding = everything.intersection(
                *(index.statements_with(partition, [term for term, _ in concept.terms]) for concept in required)
            )
            if question.phrases or question.speaker or exact:
                # Only then it matters what the passages say.
                read = _passages(partition, required, index, holding)
                found |= {id for id in holding if _holds(id, read[id], required, question, catalog, exact)}
            else:
                found |= holding
    if not any(concept.required for concepts in expansion.concepts.values() for concept in concepts):
        found = {id for id in everything if _has_phrases(question, [catalog[id].text])}
    return _by_year(found, catalog)


def with_ends(found: Found, counted: Counted, find: Callable[[Narrowed], Found], limit: int) -> Found:
    """
    The same, with the newest and the oldest of the counted statements among the first `limit` passages, behind the
    best one where there is room.
    """
    dated = counted.ids[: len(counted.ids) - counted.undated]
    ends = []
    for id in dict.fromkeys((*dated[:1], *dated[-1:])):
        of_one = find(found.asked._replace(selection=Selection(frozenset({id})), side=True))
        ends += of_one.shown[:1]
    first = found.shown[:1] if limit > len(ends) else []
    shown = {one.passage.id: one for one in (*first, *ends, *found.shown)}
    return found._replace(shown=list(shown.values()))


def _passages(
    partition: Partition, required: Iterable[Concept], index: PassageIndex, ids: frozenset[str]
) -> dict[str, list[Passage]]:
    """The body passages of these statements in which one of the concepts stands."""
    held = [[term for term, _ in concept.terms] for concept in required]
    passages: dict[str, list[Passage]] = defaultdict(list)
    for hit in index.bodies_with(partition, [[term for terms in held for term in terms]], ids):
        passages[hit.statement_id].append(index.passage_of(hit))
    return passages


def _holds(
    id: str, passages: list[Passage], required: list[Concept], question: Question, catalog: Catalog, exact: bool
) -> bool:
    """Whether the very words, or the words of the speaker asked for, hold all of it."""
    if not _has_phrases(question, [passage.text for passage in passages]):
        return False
    if not exact and question.speaker is None:
        return True
    held: set[int] = set()
    for passage in passages:
        spans = spoken(catalog[id], passage, question.speaker) if question.speaker else None
        texts = [passage.text] if spans is None else [passage.text[max(0, s.start) : s.end] for s in spans]
        for text in texts:
            held |= matches(text, passage.language, required, exact=exact).keys()
    return len(held) == len(required)


def _has_phrases(question: Question, texts: list[str]) -> bool:
    return all(any(fold(text).find(phrase) for text in texts) for phrase in question.phrases)


def _by_year(ids: Iterable[str], catalog: Catalog) -> Counted:
    newest = tuple(catalog.newest_first(ids))
    dates = [date for id in newest if (date := catalog[id].date)]
    counts = Counter(int(date[:4]) for date in dates)
    years = range(min(counts), max(counts) + 1) if counts else ()
    return Counted(newest, {f"{year:04}": counts[year] for year in years}, len(newest) - len(dates))
