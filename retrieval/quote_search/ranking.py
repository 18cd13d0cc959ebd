"""
The quotes that speak of a topic, weighed: their own words, the passage around them, the title.

A quote often does not name what it is about, because the sentence that introduces it does ("…,” said NAME of the new
rule). So passages are searched as well, and what a passage holds counts for the quotes in it, less than their own.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from corpus.models import Span
from retrieval.analyzer import Partition, stem
from retrieval.candidates import DEFAULT_WEIGHTS, Candidate, Weights, find_candidates
from retrieval.catalog import Catalog
from retrieval.expansion import SYNONYM_WEIGHT, Concept, Expansion
from retrieval.index import PassageIndex
from retrieval.models import Language
from retrieval.passages import kind_of
from retrieval.quote_search.utterances import Spoken, Utterances

# How many quotes and passages of each language are weighed.
QUOTES, PASSAGES = 60, 24
# What a passage counts for beside the quote's own words: the one that holds the quote, the one before it or the
# statement's first, any other.
AROUND = (1.0, 0.7, 0.3)
# Shares of the topic, by idf, for a word that stands in those passages and not in the quote; and for one in the title.
_SHARES = (0.8, 0.65, 0.4)
_IN_TITLE = 0.7
# A selection of so many statements, and of so large a part of the record, is narrowed after the search.
_FEW, _SHARE = 500, 3
# A quote that holds less of the topic does not speak of it; in another language words are surer to be others.
LEAST_COVERAGE, LEAST_BRIDGED = 0.5, 0.6
# Beside the best one, a quote that holds less than this share of it is about something else.
_NEARLY = 0.6
# What a match is worth that is only a synonym.
_SYNONYM = math.sqrt(SYNONYM_WEIGHT)
# Somebody without a name is shown after an equal with one.
_UNNAMED = 0.85


class Weighed(NamedTuple):
    """
    A quote in its place.

    Attributes:
        score: Ranks quotes of one request, nothing more.
        coverage: Share of the topic by idf that quote, passage, title and statement hold (0 to 1).
        through: Numbers of the concepts, in `partition`, that it was found by in other words than the asker's.
        speaks_itself: Its own words are of the topic, not only those around it.
    """

    spoken: Spoken
    score: float
    coverage: float
    through: frozenset[int] = frozenset()
    partition: Partition = "other"
    speaks_itself: bool = True


class Indexes(NamedTuple):
    """Quotes and passages of one generation."""

    quotes: PassageIndex
    passages: PassageIndex


class _Evidence:
    """What one quote gathers in one partition."""

    def __init__(self) -> None:
        self.own = self.around = 0.0
        self.shares: dict[int, float] = {}
        # Of the best match anywhere, whatever place it stands in.
        self.worths: dict[int, float] = {}

    def add(self, held: Mapping[int, float], share: float) -> None:
        """Take in the words that something holds, each for this share of what it is worth in the quote itself."""
        for number, worth in held.items():
            if share * worth > self.shares.get(number, 0.0):
                self.shares[number] = share * worth
            if worth > self.worths.get(number, 0.0):
                self.worths[number] = worth


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

    def search(index: PassageIndex, limit: int, weights: Weights, within: frozenset[str] | None) -> list[Candidate]:
        return find_candidates(
            expansion,
            index,
            catalog,
            language=language,
            phrases=phrases,
            statements=within,
            weights=weights,
            limit=limit,
            weighed=limit,
        )

    def find(index: PassageIndex, limit: int, weights: Weights) -> list[Candidate]:
        if statements is None or len(statements) < max(_FEW, len(catalog) / _SHARE):
            return search(index, limit, weights, statements)
        # To ask for a large part of the record is slower than to leave out the rest.
        found = search(index, _SHARE * limit, weights, None)
        kept = [candidate for candidate in found if candidate.statement_id in statements]
        enough = len(kept) >= limit or len(found) < _SHARE * limit
        return kept if enough else search(index, limit, weights, statements)

    heard = _Heard(utterances, passes, around)
    for candidate in find(indexes.quotes, QUOTES, weights):
        heard.add_quote(candidate)
    if any(around) and not phrases:
        # The title counts once.
        for candidate in find(indexes.passages, PASSAGES, weights._replace(title=0.0)):
            heard.add_passage(candidate)
    worth = _worth_showing(heard.found.values(), expansion, language)
    weighed = [_weighed(one, expansion.concepts[one.partition]) for one in worth]
    return sorted(weighed, key=lambda one: (-one.score, one.spoken.key))


class _Heard:
    """
    The quotes that pass the filters, with what they gather.

    Attributes:
        found: Statement id and start of a quote → the quote, and its evidence in each partition.
    """

    def __init__(self, utterances: Utterances, passes: Callable[[Spoken], bool], around: Sequence[float]) -> None:
        self.found: dict[tuple[str, int], tuple[Spoken, dict[Partition, _Evidence]]] = {}
        self._utterances = utterances
        self._passes = passes
        self._around = around

    def add_quote(self, candidate: Candidate) -> None:
        """Take in the words of a quote, and of its statement's title."""
        start, held, titled = span_of(candidate).start, _worth(candidate.matched), _worth(candidate.titled)
        for one in self._utterances.of(candidate.statement_id):
            if one.quote.start == start and (evidence := self._evidence(one, candidate.partition)):
                evidence.own = candidate.score
                evidence.add(held, 1.0)
                evidence.add(titled, _IN_TITLE)

    def add_passage(self, candidate: Candidate) -> None:
        """Take in what a passage, and the title, says for the quotes of its statement."""
        span, held, titled = span_of(candidate), _worth(candidate.matched), _worth(candidate.titled)
        for one in self._utterances.of(candidate.statement_id):
            if evidence := self._evidence(one, candidate.partition):
                ring = _ring(one, span)
                evidence.around = max(evidence.around, self._around[ring] * candidate.score)
                evidence.add(held, _SHARES[ring])
                evidence.add(titled, _IN_TITLE)

    def _evidence(self, one: Spoken, partition: Partition) -> _Evidence | None:
        """What a quote has gathered so far; `None` where it does not pass."""
        key = one.statement.id, one.quote.start
        if key not in self.found:
            if not self._passes(one):
                return None
            self.found[key] = one, {}
        each = self.found[key][1]
        if partition not in each:
            each[partition] = _Evidence()
        return each[partition]


def _worth(matched: Mapping[int, float]) -> dict[int, float]:
    """What matches are worth: one translation of several is a little less than the word."""
    return {number: math.sqrt(weight) for number, weight in matched.items()}


def span_of(candidate: Candidate) -> Span:
    """Where a candidate stands in its statement."""
    start, _, end = candidate.hit.passage_id.rpartition(":")[2].partition("-")
    return Span(int(start), int(end))


def _ring(spoken: Spoken, passage: Span) -> int:
    """How far a passage is from a quote: 0 holds it, 1 stands before it or opens the statement, 2 any other."""
    if passage.overlaps(spoken.quote.span):
        return 0
    spans, start = spoken.statement.passages, spoken.quote.start
    if passage == spans[0]:
        return 1
    before = bisect_right(spans, start, key=lambda span: span.end) - 1
    return 1 if before >= 0 and spans[before] == passage else 2


class _OnTopic(NamedTuple):
    """A quote with the evidence of the partition in which it holds most of the topic."""

    spoken: Spoken
    partition: Partition
    evidence: _Evidence
    coverage: float


def _worth_showing(
    found: Iterable[tuple[Spoken, dict[Partition, _Evidence]]], expansion: Expansion, language: Language | None
) -> list[_OnTopic]:
    """The quotes that speak of the topic, and of it nearly as much as the one that does most."""
    required = {
        partition: [(number, concept.idf) for number, concept in enumerate(concepts) if concept.required]
        for partition, concepts in expansion.concepts.items()
    }
    totals = {partition: sum(idf for _, idf in concepts) or 1.0 for partition, concepts in required.items()}
    speaking = []
    for spoken, each in found:
        for partition, evidence in each.items():
            held = sum(idf * evidence.shares.get(number, 0.0) for number, idf in required[partition])
            coverage = held / totals[partition]
            if coverage >= (LEAST_COVERAGE if language in (None, partition) else LEAST_BRIDGED):
                speaking.append(_OnTopic(spoken, partition, evidence, coverage))
    nearly = _NEARLY * max((one.coverage for one in speaking), default=0.0)
    best: dict[tuple[str, int], _OnTopic] = {}
    for one in speaking:
        before = best.get(one.spoken.key)
        if one.coverage >= nearly and (before is None or one.coverage > before.coverage):
            best[one.spoken.key] = one
    return list(best.values())


def _weighed(one: _OnTopic, concepts: Sequence[Concept]) -> Weighed:
    spoken, partition, evidence, coverage = one
    factor = 1.0 if spoken.quote.speaker else _UNNAMED
    if kind_of(spoken.statement, spoken.quote.span) == "about":
        factor *= DEFAULT_WEIGHTS.about
    # What says half of the topic twice is still about something else.
    score = factor * coverage * (evidence.own + evidence.around)
    through = frozenset(
        number
        for number, worth in evidence.worths.items()
        if worth <= _SYNONYM or stem(concepts[number].surface, partition) not in dict(concepts[number].terms)
    )
    return Weighed(spoken, score, coverage, through, partition, evidence.own > 0)
