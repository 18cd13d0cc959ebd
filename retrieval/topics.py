"""
A topic: which statements are on it, and what each of them says of it.

The words are read, corrected and bridged as those of a question. What is on a topic is decided precisely rather than
generously: its words stand together in a run of thirty (`evidence.RUN_WORDS`), not one here and another there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple, Self

import numpy as np

from corpus.canonical import fold
from corpus.errors import UsageError
from corpus.models import Span
from retrieval.analyzer import Partition
from retrieval.asking import Asker
from retrieval.candidates import WEIGHED, Candidate, find_candidates
from retrieval.confidence import covered_words
from retrieval.counting import count_statements
from retrieval.evidence import weigh
from retrieval.excerpts import select_excerpt
from retrieval.expansion import Concept, Expansion
from retrieval.models import AskRequest, Coverage, Excerpt, Query, WeightedTerm
from retrieval.narrowing import Narrowed, narrow
from retrieval.openings import openings_of
from retrieval.passages import passages_of
from retrieval.query import parse_question
from retrieval.ranking import Ranked, rank
from retrieval.repeating import versions_for, without_repeats
from retrieval.windows import opening_window


class Said(NamedTuple):
    """A passage on a topic, and what is shown of it."""

    passage: Ranked
    excerpt: Excerpt


class Topic(NamedTuple):
    """
    A topic as it was read.

    Attributes:
        asker: Of the corpus generation that is searched.
        request: The question that the topic would be.
        asked: With the filters that hold.
        expansion: Its words in each language.
    """

    asker: Asker
    request: AskRequest
    asked: Narrowed
    expansion: Expansion

    @classmethod
    def read(cls, request: AskRequest, asker: Asker, today: dt.date) -> Self:
        """
        Take a topic apart.

        Raises:
            UsageError: Nothing is named; else see `parse_question`.
        """
        if not request.question.strip():
            raise UsageError('There is no topic. Name one, as in: onrecord timeline "housing".')
        asked = narrow(request, parse_question(request, asker.catalog.names, today), asker.catalog)
        return cls(asker, request, asked, asker.expander.expand(asked.question, request.language, exact=request.exact))

    @property
    def has_words(self) -> bool:
        """Whether it is about something, not only narrowed by names and dates."""
        return bool(self.asked.question.content or self.asked.question.phrases)

    def coverage(self, *, found: bool) -> Coverage:
        """Which of its words the statements hold; `found`: whether any is on it."""
        phrases = self.asked.question.phrases
        if phrases and not self._required:
            return Coverage(found=phrases) if found else Coverage(missing=phrases)
        return covered_words(list(self.expansion.concepts.values()))

    def statements(self, ids: frozenset[str] | None) -> frozenset[str]:
        """Which of these (`None`: of all) are on it; where it has no words, all of those that were filtered."""
        if ids is None and not self.has_words:
            return frozenset()
        index, catalog = self.asker.index, self.asker.catalog
        counted = count_statements(self.asked.question, self.expansion, index, catalog, ids, self.request.exact)
        return self._together(frozenset(counted.ids))

    def candidates(self, ids: frozenset[str], limit: int = WEIGHED) -> list[Candidate]:
        """Passages of these statements that share a word with it, best first, at most `limit` of each language."""
        question, asker = self.asked.question, self.asker
        return find_candidates(
            self.expansion,
            asker.index,
            asker.catalog,
            language=question.language,
            phrases=question.phrases,
            statements=ids,
            weights=asker.weights,
            limit=limit,
        )

    def said_in(self, id: str, most: int) -> list[Said]:
        """The excerpts of a statement that say most of it, the best first; a further one holds all of it once more."""
        versions = versions_for(self.request, self.asked.question)
        said: list[Said] = []
        for passage in without_repeats(list(self._passages(id)), versions, self.asker.catalog):
            if len(said) == most or (said and not _is_whole(passage)):
                break
            start, score = passage.passage.span.start, passage.score
            excerpt = select_excerpt(
                self.asker.catalog[id], start, passage.window, rank=len(said) + 1, kind="body", score=score
            )
            if excerpt:
                said.append(Said(passage, excerpt))
        return said

    def _passages(self, id: str) -> Iterator[Ranked]:
        """Body passages of a statement, those first of which the sentences shown hold all of it."""
        question, asker = self.asked.question, self.asker
        if not self._required:
            yield from (
                self._literal(id)
                if question.phrases
                else islice(openings_of(asker.catalog[id], question, asker.index), 1)
            )
            return
        candidates = self.candidates(frozenset({id}))
        ranked = rank(
            [one for one in candidates if asker.index.passage(one.hit.passage_id).kind == "body"],
            question,
            self.expansion,
            asker.index,
            asker.catalog,
            weights=asker.weights,
            exact=self.request.exact,
        )
        yield from sorted(ranked, key=lambda one: not _is_whole(one))

    def _literal(self, id: str) -> Iterator[Ranked]:
        """Quoted words of which none names a topic ("we will not"), word for word."""
        for passage in passages_of(self.asker.catalog[id]):
            places = [Span(*place) for place in fold(passage.text).find(self.asked.question.phrases[0])]
            window = opening_window(passage.text, places) if places and passage.kind == "body" else None
            if window:
                yield Ranked(passage, window, 0.0, 1.0)

    def _together(self, ids: frozenset[str]) -> frozenset[str]:
        """Those of these statements of which a body passage says every word that has to be there in one run."""
        if not self._required:
            return ids
        index, found = self.asker.index, set[str]()
        for partition, concepts in self._required.items():
            # Any of its alternatives is as good as the word.
            even = [one._replace(terms=tuple((term, 1.0) for term, _ in one.terms)) for one in concepts]
            terms = list(dict.fromkeys(term for one in even for term, _ in one.terms))
            wanted = tuple(WeightedTerm(term, partition) for term in terms)
            hits = index.search(Query(terms=wanted, statements=ids), limit=max(1, len(index)))
            held = weigh(index.occurrences(hits, wanted), len(hits), terms, even, np.ones(len(even))).run
            whole = (hits[place] for place in np.flatnonzero(held >= len(even)))
            found |= {hit.statement_id for hit in whole if self.asker.catalog.is_body(hit)}
        return frozenset(found)

    @property
    def _required(self) -> dict[Partition, list[Concept]]:
        """The words that have to be there, in each language that has any."""
        required = {name: [one for one in of if one.required] for name, of in self.expansion.concepts.items()}
        return {name: concepts for name, concepts in required.items() if concepts}


def _is_whole(passage: Ranked) -> bool:
    """Whether the sentences that are shown hold the whole topic."""
    return all(number in passage.window.matched for number, one in enumerate(passage.concepts) if one.required)
