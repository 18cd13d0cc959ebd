"""
The quotes that speak of a topic, weighed: their own words, the passage around them, the title.

A quote often does not name what it is about, because the sentence that introduces it does ("…,” said NAME of the new
rule). So passages are searched as well, and what a passage holds counts for the quotes in it, less than their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
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
# What the passage around a quote counts for beside the quote's own words.
AROUND = 0.5
# Shares of the topic, by idf, for a word that the quote itself does not hold.
_IN_PASSAGE, _IN_TITLE, _ELSEWHERE = 0.8, 0.7, 0.4
# A quote that holds less of the topic does not speak of it.
LEAST_COVERAGE = 0.5
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
        self.score = 0.0
        self.shares: dict[int, float] = {}
        self.through: set[int] = set()

    def add(self, candidate: Candidate, weight: float, share: float) -> None:
        """Take in what a candidate holds."""
        self.score += weight * candidate.score
        self.through |= candidate.matched.keys()
        for found, worth in ((candidate.matched, share), (candidate.titled, _IN_TITLE)):
            for number in found:
                self.shares[number] = max(worth, self.shares.get(number, 0.0))


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
    around: float = AROUND,
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
        around: For ablation: what the passage around a quote counts for.
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

    quotes = find(indexes.quotes, QUOTES, weights)
    # The title counts once.
    passages = find(indexes.passages, PASSAGES, weights._replace(title=0.0)) if around and not phrases else []
    elsewhere: dict[tuple[str, Partition], set[int]] = defaultdict(set)
    for candidate in (*quotes, *passages):
        elsewhere[candidate.statement_id, candidate.partition].update(candidate.matched)
    spoken: dict[tuple[str, int], Spoken] = {}
    found: dict[tuple[str, int], dict[Partition, _Evidence]] = defaultdict(lambda: defaultdict(_Evidence))
    for candidates, weight, share in ((quotes, 1.0, 1.0), (passages, around, _IN_PASSAGE)):
        for candidate in candidates:
            for one in _spoken_in(candidate, utterances):
                spoken[one.key] = one
                found[one.key][candidate.partition].add(candidate, weight, share)
    weighed = [_weighed(spoken[key], found[key], expansion, elsewhere) for key in found if passes(spoken[key])]
    return _worth_showing(sorted(weighed, key=lambda one: (-one.score, one.spoken.key)))


def _spoken_in(candidate: Candidate, utterances: Utterances) -> Iterable[Spoken]:
    """The quotes that a candidate is, or holds."""
    start, _, end = candidate.hit.passage_id.rpartition(":")[2].partition("-")
    span = Span(int(start), int(end))
    return (one for one in utterances.of(candidate.statement_id) if one.quote.span.overlaps(span))


def _weighed(
    spoken: Spoken,
    found: Mapping[Partition, _Evidence],
    expansion: Expansion,
    elsewhere: Mapping[tuple[str, Partition], set[int]],
) -> Weighed:
    """A quote with the evidence of the language in which it holds most of the topic."""
    coverages = {
        partition: _coverage(one, expansion.concepts[partition], elsewhere[spoken.statement.id, partition])
        for partition, one in found.items()
    }
    best = max(found, key=lambda partition: (coverages[partition], found[partition].score))
    factor = 1.0 if spoken.quote.speaker else _UNNAMED
    if kind_of(spoken.statement, spoken.quote.span) == "about":
        factor *= DEFAULT_WEIGHTS.about
    return Weighed(spoken, factor * found[best].score, coverages[best], frozenset(found[best].through), best)


def _coverage(found: _Evidence, concepts: Sequence[Concept], elsewhere: set[int]) -> float:
    """The share of the topic; 0 where neither quote nor passage holds a word of it."""
    required = [(number, concept.idf) for number, concept in enumerate(concepts) if concept.required]
    total = sum(idf for _, idf in required)
    if not total or not any(number in found.through for number, _ in required):
        return 0.0
    held = sum(idf * found.shares.get(number, _ELSEWHERE if number in elsewhere else 0.0) for number, idf in required)
    return held / total


def _worth_showing(weighed: list[Weighed]) -> list[Weighed]:
    """Those that speak of the topic, and of it nearly as much as the one that does most."""
    most = max((one.coverage for one in weighed), default=0.0)
    return [one for one in weighed if one.coverage >= max(LEAST_COVERAGE, _NEARLY * most)]
