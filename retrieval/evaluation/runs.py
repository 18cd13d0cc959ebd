"""
A test collection → a run: each query's documents in order, by the analyzer, bridge, index and ranking of `ask`.

Collections carry no dates, speakers or issuers, so only the words of a query count: nothing in it narrows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from corpus.models import Statement
from retrieval.analyzer import tokens
from retrieval.backends.embedded import EmbeddedIndex
from retrieval.bridge import Bridge
from retrieval.candidates import DEFAULT_WEIGHTS, Weights, find_candidates
from retrieval.catalog import Catalog
from retrieval.expansion import Expander, Expansion
from retrieval.index import PassageIndex
from retrieval.models import AskRequest
from retrieval.names import Names
from retrieval.passages import passages_of
from retrieval.query import MAX_QUESTION_CHARS, Question, parse_question
from retrieval.ranking import rank

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

    def expand(self, query: str) -> tuple[Question, Expansion]:
        """A query with the terms of each language."""
        question = self.question(query)
        return question, self.expander.expand(question, "both", exact=False)

    def ranked_ids(self, query: str, *, depth: int, weights: Weights = DEFAULT_WEIGHTS) -> list[str]:
        """Ids of the documents that share a word with the query, best first, at most `depth`."""
        question, expansion = self.expand(query)
        candidates = find_candidates(
            expansion, self.index, self.catalog, language=question.language, weights=weights, limit=depth
        )
        read = rank(candidates, question, expansion, self.index, self.catalog, weights=weights)
        first = [found.passage.statement_id for found in read]
        return list(dict.fromkeys([*first, *(candidate.statement_id for candidate in candidates)]))[:depth]
