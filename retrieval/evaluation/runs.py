"""
A test collection → a run: each query's documents in order, by the analyzer, bridge, index and ranking of `ask`.

Collections carry no dates, speakers or issuers, so only the words of a query count: nothing in it narrows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from corpus.models import Statement
from retrieval.analyzer import tokens
from retrieval.backends.embedded import EmbeddedIndex
from retrieval.bridge import Bridge
from retrieval.candidates import DEFAULT_WEIGHTS, WEIGHED, Candidate, Weights, find_candidates
from retrieval.catalog import Catalog
from retrieval.expansion import Expander
from retrieval.index import PassageIndex
from retrieval.models import AskRequest
from retrieval.names import Names
from retrieval.passages import passages_of
from retrieval.query import MAX_QUESTION_CHARS, Question, parse_question
from retrieval.ranking import Ranked, rank

TAG = "onrecord"


@dataclass(frozen=True)
class Ranker:
    """Documents with an index in memory, ready to be ranked for any number of queries."""

    catalog: Catalog
    index: PassageIndex
    expander: Expander

    @classmethod
    def of(cls, documents: Sequence[Statement]) -> Self:
        """These documents; their passages are what `ask` would rank."""
        catalog = Catalog(documents)
        index = EmbeddedIndex.build((passage for one in documents for passage in passages_of(one)), "collection")
        return cls(catalog, index, Expander(index, Names(()), Bridge.load()))

    def question(self, query: str) -> Question:
        """A query of which every word is a topic."""
        text = query[:MAX_QUESTION_CHARS]
        parsed = parse_question(AskRequest(question=text), Names(()), dt.date.min)
        content = tuple(tokens(text, parsed.language or "en"))
        return parsed._replace(content=content, soft=(), phrases=(), ranges=(), order="relevance")

    def ranked(self, query: str, *, weights: Weights = DEFAULT_WEIGHTS) -> tuple[Question, list[Ranked]]:
        """The best documents with their best sentences, as `ask` would show them."""
        question, _, ranked = self._rank(query, WEIGHED, weights)
        return question, ranked

    def ranked_ids(self, query: str, *, depth: int, weights: Weights = DEFAULT_WEIGHTS) -> list[str]:
        """Ids of the documents that share a word with the query, best first, at most `depth`."""
        _, candidates, ranked = self._rank(query, depth, weights)
        first = [found.passage.statement_id for found in ranked]
        return list(dict.fromkeys([*first, *(candidate.statement_id for candidate in candidates)]))[:depth]

    def _rank(self, query: str, depth: int, weights: Weights) -> tuple[Question, list[Candidate], list[Ranked]]:
        question = self.question(query)
        expansion = self.expander.expand(question, "both", exact=False)
        candidates = find_candidates(
            expansion, self.index, self.catalog, language=question.language, weights=weights, limit=max(depth, WEIGHED)
        )
        return question, candidates, rank(candidates, question, expansion, self.index, self.catalog, weights=weights)


def run_of(ranker: Ranker, queries: Mapping[str, str], *, depth: int) -> dict[str, list[str]]:
    """Query id → document ids, best first, at most `depth` each."""
    return {query_id: ranker.ranked_ids(text, depth=depth) for query_id, text in queries.items()}


def write_run(path: Path, ranker: Ranker, queries: Mapping[str, str], *, depth: int) -> None:
    """
    Write a TREC run: `qid Q0 docid rank score tag` a line, the scores falling with the rank.

    The score of a document is 1/rank, with digits enough for each rank to have its own: what ranks passages of one
    query compares with nothing else.
    """
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for query_id, text in queries.items():
            for place, document_id in enumerate(ranker.ranked_ids(text, depth=depth), start=1):
                file.write(f"{query_id} Q0 {document_id} {place} {1 / place:.9f} {TAG}\n")
