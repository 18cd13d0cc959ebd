"""
A topic: which statements are on it, and what each of them says of it.

The words are read, corrected and bridged as those of a question. What is on a topic is decided precisely rather than
generously: its words stand together in a run of thirty (`evidence.RUN_WORDS`), not one here and another there.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple, Self

import numpy as np

from corpus.canonical import fold
from corpus.errors import UsageError
from corpus.models import Span
from retrieval.analyzer import Partition
from retrieval.asking import Asker
from retrieval.candidates import WEIGHED, Candidate, best_of_statements, find_candidates
from retrieval.confidence import covered_words
from retrieval.counting import count_statements
from retrieval.evidence import weigh
from retrieval.excerpts import select_excerpt
from retrieval.expansion import Concept, Expansion
from retrieval.models import AskRequest, Coverage, Excerpt, WeightedTerm
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
        question = self.asked.question
        if self._required and not (question.phrases or question.speaker or self.request.exact):
            # What is said in one run is said in the statement.
            return self._together(ids)
        index, catalog = self.asker.index, self.asker.catalog
        counted = count_statements(question, self.expansion, index, catalog, ids, self.request.exact)
        return self._together(frozenset(counted.ids))

    def scores(self, ids: frozenset[str]) -> dict[str, float]:
        """How much the best passage of each of these statements says of it."""
        question, asker = self.asked.question, self.asker
        return best_of_statements(
            self.expansion,
            asker.index,
            asker.catalog,
            language=question.language,
            phrases=question.phrases,
            statements=ids,
            weights=asker.weights,
        )

    def said_in(self, ids: Sequence[str], most: int) -> Iterator[Said]:
        """
        The excerpts of each of these statements that say most of it, at most so many of one, the best first.

        A further one holds all of it once more.
        """
        candidates = self._candidates(ids) if self._required else {}
        for id in ids:
            yield from self._said(id, candidates.get(id, []), most)

    def _candidates(self, ids: Iterable[str]) -> dict[str, list[Candidate]]:
        """The passages of each of these statements that share a word with it, best first."""
        question, asker = self.asked.question, self.asker
        found = find_candidates(
            self.expansion,
            asker.index,
            asker.catalog,
            language=question.language,
            phrases=question.phrases,
            statements=frozenset(ids),
            weights=asker.weights,
            limit=max(1, len(asker.index)),
            weighed=max(1, len(asker.index)),
        )
        each: dict[str, list[Candidate]] = defaultdict(list)
        for candidate in found:
            each[candidate.statement_id].append(candidate)
        return {id: _first_of_each_language(some) for id, some in each.items()}

    def _said(self, id: str, candidates: Sequence[Candidate], most: int) -> list[Said]:
        versions = versions_for(self.request, self.asked.question)
        said: list[Said] = []
        for passage in without_repeats(list(self._passages(id, candidates)), versions, self.asker.catalog):
            if len(said) == most or (said and not _is_whole(passage)):
                break
            start, score = passage.passage.span.start, passage.score
            excerpt = select_excerpt(
                self.asker.catalog[id], start, passage.window, rank=len(said) + 1, kind="body", score=score
            )
            if excerpt:
                said.append(Said(passage, excerpt))
        return said

    def _passages(self, id: str, candidates: Sequence[Candidate]) -> Iterator[Ranked]:
        """Body passages of a statement, those first of which the sentences shown hold all of it."""
        question, asker = self.asked.question, self.asker
        if not self._required:
            yield from (
                self._literal(id)
                if question.phrases
                else islice(openings_of(asker.catalog[id], question, asker.index), 1)
            )
            return
        ranked = rank(
            [one for one in candidates if asker.catalog.is_body(one.hit)],
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

    def _together(self, ids: frozenset[str] | None) -> frozenset[str]:
        """Those of these (`None`: of all) of which a body passage says every word that has to be there in one run."""
        if not self._required:
            return ids or frozenset()
        index, found = self.asker.index, set[str]()
        for partition, concepts in self._required.items():
            # Any of its alternatives is as good as the word.
            even = [one._replace(terms=tuple((term, 1.0) for term, _ in one.terms)) for one in concepts]
            terms = list(dict.fromkeys(term for one in even for term, _ in one.terms))
            wanted = tuple(WeightedTerm(term, partition) for term in terms)
            hits = index.bodies_with(partition, [[term for term, _ in one.terms] for one in even], ids)
            held = weigh(index.occurrences(hits, wanted), len(hits), terms, even, np.ones(len(even))).run
            found |= {hits[place].statement_id for place in np.flatnonzero(held >= len(even))}
        return frozenset(found)

    @property
    def _required(self) -> dict[Partition, list[Concept]]:
        """The words that have to be there, in each language that has any."""
        required = {name: [one for one in of if one.required] for name, of in self.expansion.concepts.items()}
        return {name: concepts for name, concepts in required.items() if concepts}


def _first_of_each_language(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Of a statement's passages the best `WEIGHED` of each language by the index, in their order."""
    if len(candidates) <= WEIGHED:
        return list(candidates)
    places: dict[Partition, list[tuple[float, str]]] = defaultdict(list)
    for one in candidates:
        places[one.partition].append((-one.hit.score, one.hit.passage_id))
    kept = {place for some in places.values() for place in sorted(some)[:WEIGHED]}
    return [one for one in candidates if (-one.hit.score, one.hit.passage_id) in kept]


def _is_whole(passage: Ranked) -> bool:
    """Whether the sentences that are shown hold the whole topic."""
    return all(number in passage.window.matched for number, one in enumerate(passage.concepts) if one.required)
