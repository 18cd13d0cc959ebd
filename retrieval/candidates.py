"""
The passages that may answer a question, weighed: BM25, runs and pairs of its words, and the title.

One search for each language, by its own index with its own idf; what a passage gathers is divided by the idf of the
whole question in its language, so that languages can be compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from retrieval.analyzer import Partition
from retrieval.bm25 import K1, B
from retrieval.catalog import Catalog, Heading
from retrieval.evidence import weigh
from retrieval.expansion import SOFT_WEIGHT, Concept, Expansion
from retrieval.index import PassageIndex
from retrieval.models import Hit, Language, Query, WeightedTerm

# How many passages of each language are weighed; those after them keep the order of BM25.
WEIGHED = 60
# A passage that is not weighed stays below those that are by this share, too little to move it anywhere else.
_JUST_BELOW = 1e-9
# Terms of an ordinary title: a longer one says less with each word.
TITLE_TERMS = 8.0
_NO_TITLE: tuple[dict[int, float], float] = ({}, 0.0)


class Weights(NamedTuple):
    """
    What each kind of evidence counts for; 0, or 1 for a factor, switches it off.

    Scores are shares of the question's whole idf, so that 1 is about as much as all its words once.

    Attributes:
        run: The best run of thirty words.
        pairs: Words of the question side by side.
        title: The title and the issuers, as a field of its own.
        bridged: Factor for a passage in another language than the question's.
        window: The best sentences of the passage.
        definition: For "what is": the sentences say what it is.
        person: For "who": the sentences name somebody whose printed title holds a word of the question.
        about: Factor for an organisation's standing paragraph on itself.
    """

    run: float = 0.8
    pairs: float = 0.4
    title: float = 0.5
    bridged: float = 0.9
    window: float = 0.5
    definition: float = 1.5
    person: float = 1.0
    about: float = 0.8


DEFAULT_WEIGHTS = Weights()
_FACTORS = frozenset({"bridged", "about"})


def without(part: str) -> Weights:
    """The weights with one part switched off."""
    return DEFAULT_WEIGHTS._replace(**{part: 1.0 if part in _FACTORS else 0.0})


class Candidate(NamedTuple):
    """
    A passage that shares a word with the question.

    Attributes:
        statement_id: The statement that it is from.
        partition: Its language.
        score: Share of the question's idf that it gathers; ranks passages of one question, nothing more.
        matched: Concept number → weight of its best match anywhere in the passage; empty for one that was not weighed.
        titled: Concept number → weight of its best match in title and issuers.
    """

    hit: Hit
    statement_id: str
    partition: Partition
    score: float
    matched: dict[int, float]
    titled: dict[int, float]


def find_candidates(
    expansion: Expansion,
    index: PassageIndex,
    catalog: Catalog,
    *,
    language: Language | None = None,
    phrases: tuple[str, ...] = (),
    statements: frozenset[str] | None = None,
    weights: Weights = DEFAULT_WEIGHTS,
    limit: int = WEIGHED,
    weighed: int = WEIGHED,
) -> list[Candidate]:
    """
    The passages that share a word with a question, best first, ties by passage id.

    Args:
        expansion: What was asked, in each partition.
        index: Of the same generation as `catalog`.
        catalog: Titles and issuers.
        language: Of the question, `None` where it cannot be told.
        phrases: Words that must stand in the passage literally.
        statements: Ids that the filters let through; `None` for all.
        weights: For ablation.
        limit: How many of each language.
        weighed: How many of these are weighed, the best; the others keep the order of BM25.
    """
    found: list[Candidate] = []
    terms = expansion.weighted_terms()
    for partition, concepts in expansion.concepts.items():
        wanted = tuple(term for term in terms if term.partition == partition)
        # Checking a filter's ids one by one takes longer than the search.
        query = Query.model_construct(terms=wanted, phrases=phrases, statements=statements)
        hits = index.search(query, limit=limit)
        factor = weights.bridged if language not in (None, partition) else 1.0
        found += _weighed(hits, partition, concepts, wanted, index, catalog, weights, factor, weighed)
    return sorted(found, key=lambda candidate: (-candidate.score, candidate.hit.passage_id))


def best_of_statements(
    expansion: Expansion,
    index: PassageIndex,
    catalog: Catalog,
    *,
    language: Language | None = None,
    phrases: tuple[str, ...] = (),
    statements: frozenset[str] | None = None,
    weights: Weights = DEFAULT_WEIGHTS,
) -> dict[str, float]:
    """
    The score of the best passage of each statement that shares a word with a question.

    As of `find_candidates` without a limit, the best `WEIGHED` of each language weighed.
    """
    best: dict[str, float] = {}
    terms = expansion.weighted_terms()
    for partition, concepts in expansion.concepts.items():
        wanted = tuple(term for term in terms if term.partition == partition)
        query = Query.model_construct(terms=wanted, phrases=phrases, statements=statements)
        hits = index.search(query, limit=WEIGHED + 1)
        factor = weights.bridged if language not in (None, partition) else 1.0
        found = _weighed(hits, partition, concepts, wanted, index, catalog, weights, factor, WEIGHED)
        scores = {one.statement_id: one.score for one in sorted(found[:WEIGHED], key=lambda one: one.score)}
        if len(hits) > WEIGHED:
            lowest = _lowest(found[:WEIGHED], hits[WEIGHED])
            others = index.best_of_statements(query)
            scores |= {id: lowest * score for id, score in others.items() if id not in scores}
        best |= {id: max(score, best.get(id, 0.0)) for id, score in scores.items()}
    return best


def _weighed(
    hits: Sequence[Hit],
    partition: Partition,
    concepts: Sequence[Concept],
    wanted: Sequence[WeightedTerm],
    index: PassageIndex,
    catalog: Catalog,
    weights: Weights,
    factor: float,
    count: int,
) -> list[Candidate]:
    if not hits:
        return []
    idf = [concept.idf * (1.0 if concept.required else SOFT_WEIGHT) for concept in concepts]
    whole = sum(concept.idf for concept in concepts if concept.required) or 1.0
    by_term = {term.term: term for term in wanted}
    distinct = tuple(by_term.values())
    weighed, rest = hits[:count], hits[count:]
    places = index.occurrences(weighed, distinct)
    found = weigh(places, len(weighed), list(by_term), concepts, np.array(idf))
    candidates = []
    for hit, run, pairs, row in zip(
        weighed, found.run.tolist(), found.pairs.tolist(), found.matched.tolist(), strict=True
    ):
        statement_id, (titled, title) = hit.statement_id, _NO_TITLE
        heading = catalog.heading(statement_id, partition)
        if not by_term.keys().isdisjoint(heading.counts):
            titled, title = _title(heading, concepts, idf)
        score = hit.score + weights.run * run + weights.pairs * pairs + weights.title * title
        matched = {number: weight for number, weight in enumerate(row) if weight}
        candidates.append(Candidate(hit, statement_id, partition, factor * score / whole, matched, titled))
    if not rest:
        return candidates
    lowest = _lowest(candidates, rest[0])
    return candidates + [Candidate(hit, hit.statement_id, partition, lowest * hit.score, {}, {}) for hit in rest]


def _lowest(weighed: Sequence[Candidate], following: Hit) -> float:
    """
    What the scores of those that are not weighed are multiplied by, of which `following` is the best.

    Never above one that was weighed: in the order of the index, just below the last.
    """
    return (1 - _JUST_BELOW) * min(candidate.score for candidate in weighed) / following.score


def _title(heading: Heading, concepts: Sequence[Concept], idf: Sequence[float]) -> tuple[dict[int, float], float]:
    """Which concepts title and issuers hold with what weight, and the BM25 score of the title as a field."""
    norm = K1 * (1 - B + B * heading.length / TITLE_TERMS)
    counts = heading.counts
    titled: dict[int, float] = {}
    score = 0.0
    for number, concept in enumerate(concepts):
        weight, count = max(((w, counts[term]) for term, w in concept.terms if term in counts), default=(0.0, 0))
        if count:
            titled[number] = weight
            score += weight * idf[number] * count * (K1 + 1) / (count + norm)
    return titled, score
