"""
The quotes that speak of a topic, weighed: their own words, the passage around them, the title.

A quote often does not name what it is about, because the sentence that introduces it does ("…,” said NAME of the new
rule). So passages are searched as well, and what a passage holds counts for the quotes in it, less than their own.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from corpus.models import Span
from retrieval.analyzer import Partition
from retrieval.candidates import DEFAULT_WEIGHTS, Candidate, Weights, find_candidates
from retrieval.catalog import Catalog
from retrieval.expansion import Concept, Expansion
from retrieval.index import PassageIndex
from retrieval.models import Language
from retrieval.passages import kind_of
from retrieval.utterances import Spoken, Utterances

# How many quotes and passages of each language are weighed.
QUOTES, PASSAGES = 200, 60
# What a passage counts for beside the quote's own words: the one that holds the quote, the one before it or the
# statement's first, any other.
AROUND = (1.0, 0.7, 0.3)
# Shares of the topic, by idf, for a word that stands in those passages and not in the quote; and for one in the title.
_SHARES = (0.8, 0.65, 0.4)
_IN_TITLE = 0.7
# A quote that holds less of the topic does not speak of it; in another language words are surer to be others.
LEAST_COVERAGE, LEAST_BRIDGED = 0.5, 0.6
# Beside the best one, a quote that holds less than this share of it is about something else.
_NEARLY = 0.6
# Somebody without a name is shown after an equal with one.
_UNNAMED = 0.85


class Weighed(NamedTuple):
    """
    A quote in its place.

    Attributes:
        score: Ranks quotes of one request, nothing more.
        coverage: Share of the topic by idf that quote, passage, title and statement hold (0 to 1).
        through: Concept numbers that quote or passage hold, in `partition`.
    """

    spoken: Spoken
    score: float
    coverage: float
    through: frozenset[int] = frozenset()
    partition: Partition = "other"


class Indexes(NamedTuple):
    """Quotes and passages of one generation."""

    quotes: PassageIndex
    passages: PassageIndex


class _Evidence:
    """What one quote gathers in one partition."""

    def __init__(self) -> None:
        self.own = self.around = 0.0
        self.shares: dict[int, float] = {}
        self.through: set[int] = set()

    def add(self, candidate: Candidate, share: float) -> None:
        """Take in the words that a candidate holds, each for this share of what it is worth in the quote itself."""
        self.through |= candidate.matched.keys()
        for found, worth in ((candidate.matched, share), (candidate.titled, min(share, _IN_TITLE))):
            for number, weight in found.items():
                self.shares[number] = max(worth * math.sqrt(weight), self.shares.get(number, 0.0))


def weigh_quotes(
    expansion: Expansion,
    indexes: Indexes,
    catalog: Catalog,
    utterances: Utterances,
    passes: Callable[[Spoken], bool],
    *,
    language: Language | None = None,
    phrases: tuple[str, ...] = (),
    statements: frozenset[str] | None = None,
    weights: Weights = DEFAULT_WEIGHTS,
    around: Sequence[float] = AROUND,
) -> list[Weighed]:
    """
    The quotes that speak of a topic, best first, ties by statement and place.

    Args:
        expansion: The topic in each partition, expanded against the words of all passages.
        indexes: Of the same generation as `catalog`.
        catalog: Titles and issuers.
        utterances: The quotes of its statements.
        passes: Whether a quote passes the filters.
        language: Of the topic, `None` where it cannot be told.
        phrases: Words that must stand in the quote literally.
        statements: Ids that the filters let through; `None` for all.
        weights: For ablation.
        around: For ablation, as `AROUND`.
    """

    def find(index: PassageIndex, limit: int, weights: Weights) -> list[Candidate]:
        return find_candidates(
            expansion,
            index,
            catalog,
            language=language,
            phrases=phrases,
            statements=statements,
            weights=weights,
            limit=limit,
            weighed=limit,
        )

    found: dict[tuple[str, int], dict[Partition, _Evidence]] = defaultdict(lambda: defaultdict(_Evidence))
    spoken: dict[tuple[str, int], Spoken] = {}
    for candidate in find(indexes.quotes, QUOTES, weights):
        for one in utterances.of(candidate.statement_id):
            if one.quote.span == span_of(candidate):
                spoken[one.key] = one
                evidence = found[one.key][candidate.partition]
                evidence.own = candidate.score
                evidence.add(candidate, 1.0)
    # The title counts once.
    passages = find(indexes.passages, PASSAGES, weights._replace(title=0.0)) if any(around) and not phrases else []
    for candidate in passages:
        for one in utterances.of(candidate.statement_id):
            spoken[one.key] = one
            evidence, ring = found[one.key][candidate.partition], _ring(one, span_of(candidate))
            evidence.around = max(evidence.around, around[ring] * candidate.score)
            evidence.add(candidate, _SHARES[ring])
    weighed = [_weighed(spoken[key], found[key], expansion) for key in found if passes(spoken[key])]
    return _worth_showing(sorted(weighed, key=lambda one: (-one.score, one.spoken.key)), language)


def span_of(candidate: Candidate) -> Span:
    """Where a candidate stands in its statement."""
    start, _, end = candidate.hit.passage_id.rpartition(":")[2].partition("-")
    return Span(int(start), int(end))


def _ring(spoken: Spoken, passage: Span) -> int:
    """How far a passage is from a quote: 0 holds it, 1 stands before it or opens the statement, 2 any other."""
    if passage.overlaps(spoken.quote.span):
        return 0
    spans = spoken.statement.passages
    before = [span for span in spans if span.end <= spoken.quote.start]
    return 1 if passage in (spans[0], *before[-1:]) else 2


def _weighed(spoken: Spoken, found: Mapping[Partition, _Evidence], expansion: Expansion) -> Weighed:
    """A quote with the evidence of the language in which it holds most of the topic."""
    coverages = {partition: _coverage(one, expansion.concepts[partition]) for partition, one in found.items()}
    best = max(found, key=lambda partition: (coverages[partition], found[partition].own))
    factor = 1.0 if spoken.quote.speaker else _UNNAMED
    if kind_of(spoken.statement, spoken.quote.span) == "about":
        factor *= DEFAULT_WEIGHTS.about
    # What says half of the topic twice is still about something else.
    score = factor * coverages[best] * (found[best].own + found[best].around)
    return Weighed(spoken, score, coverages[best], frozenset(found[best].through), best)


def _coverage(found: _Evidence, concepts: Sequence[Concept]) -> float:
    """The share of the topic that quote, passages and title hold."""
    required = [(number, concept.idf) for number, concept in enumerate(concepts) if concept.required]
    total = sum(idf for _, idf in required)
    return sum(idf * found.shares.get(number, 0.0) for number, idf in required) / total if total else 0.0


def _worth_showing(weighed: list[Weighed], language: Language | None) -> list[Weighed]:
    """Those that speak of the topic, and of it nearly as much as the one that does most."""
    nearly = _NEARLY * max((one.coverage for one in weighed), default=0.0)

    def least(one: Weighed) -> float:
        return max(nearly, LEAST_COVERAGE if language in (None, one.partition) else LEAST_BRIDGED)

    return [one for one in weighed if one.coverage >= least(one)]
