"""
Question → `Answer`: the steps of an answer in order.

    parse_question → narrow → Expander.expand → rank → judge → select_excerpt

A question of nothing but filters ("anything from 2014?", "latest statement of …") has no words to rank by: it is
answered by the opening of the right statement, or by the first words of the person asked for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice

from corpus.canonical import fold
from corpus.models import Span
from retrieval.advice import asks_for_advice
from retrieval.analyzer import tokens
from retrieval.arranging import Found, in_order
from retrieval.candidates import DEFAULT_WEIGHTS, Weights, find_candidates
from retrieval.catalog import Catalog
from retrieval.citations import cite
from retrieval.comparing import compare, sides_of
from retrieval.confidence import Judgment, judge
from retrieval.conversation import beyond, complete, earlier_answers
from retrieval.counting import Counted, count_statements, with_ends
from retrieval.excerpts import select_excerpt
from retrieval.expansion import SYNONYM_WEIGHT, Expander, Expansion
from retrieval.index import PassageIndex
from retrieval.models import Answer, AskRequest, Coverage, Excerpt, Language, Note, Query
from retrieval.narrowing import Narrowed, narrow
from retrieval.openings import openings_of
from retrieval.query import Question, parse_question
from retrieval.ranking import LEAST_COVERAGE, Ranked, rank
from retrieval.repeating import not_among, versions_for, without_repeats
from retrieval.retrying import loosen, retries
from retrieval.windows import opening_window

_MAX_HITS = 1000
_MAX_OPENED = 200


class Asker:
    """Answers questions from one corpus generation; immutable, safe to share between threads."""

    def __init__(
        self, catalog: Catalog, index: PassageIndex, expander: Expander, weights: Weights = DEFAULT_WEIGHTS
    ) -> None:
        self.catalog = catalog
        self.index = index
        self.expander = expander
        self.weights = weights

    def ask(self, request: AskRequest, today: dt.date) -> Answer:
        """
        Answer a question.

        Raises:
            UsageError: See `parse_question`.
        """
        asked = self._read(request, today)
        question = asked.question
        own_language = question.written_in if question.leaning.follows else None
        locale = request.locale or own_language or question.language or "en"
        expansion = self.expander.expand(question, request.language, exact=request.exact)
        found, counted, limit = self._gather(request, asked, expansion, today)
        total = self._total(found, request)
        shown, excerpts = self._excerpts(found.shown, request.model_copy(update={"limit": limit}), locale)
        answer = Answer(
            question=request.question,
            status=found.judgment.status if excerpts else "none",
            confidence=round(found.judgment.confidence, 3),
            locale=locale,
            filters=found.asked.filters,
            excerpts=tuple(excerpts),
            total=total,
            years=counted.years if counted else {},
            undated=counted.undated if counted else 0,
            corrected=expansion.corrected,
            bridged=bridged_through(question, expansion, shown),
            coverage=found.judgment.coverage,
            notes=tuple(self._notes(found.asked, expansion, found.judgment, excerpts)),
        )
        return answer.model_copy(update={"retry": self._retries(request, question, answer)})

    def _gather(
        self, request: AskRequest, asked: Narrowed, expansion: Expansion, today: dt.date
    ) -> tuple[Found, Counted | None, int]:
        """What answers the kind of question it is, what was counted where it counts, and how many passages to show."""
        question, find, limit = asked.question, partial(self._find, request), request.limit
        sides = sides_of(asked, request, self.catalog)
        if sides:
            apart = partial(not_among, versions=versions_for(request, question), catalog=self.catalog)
            found, limit = compare(asked, sides, find, limit, apart)
        else:
            found = find(asked, expansion)
        if question.leaning.more:
            found = beyond(found, earlier_answers(request, lambda before: self.ask(before, today)), expansion)
        if not found.shown or not (question.counts or (question.wants == "change" and not sides)):
            return found, None, limit
        ids = found.asked.selection.ids
        counted = count_statements(question, expansion, self.index, self.catalog, ids, request.exact)
        found = with_ends(found, counted, find, limit)
        return self._once(found, request), counted if question.counts else None, limit

    def _total(self, found: Found, request: AskRequest) -> int:
        """How many passages hold enough of the question; of one without a topic, how many statements pass."""
        total = sum(one.coverage >= LEAST_COVERAGE for one in found.shown)
        question, ids = found.asked.question, found.asked.selection.ids
        if question.content or question.phrases or total < _MAX_OPENED // 2 or ids is None:
            return total
        return sum(request.language in ("both", self.catalog[id].language) for id in ids)

    def _find(self, request: AskRequest, asked: Narrowed, expansion: Expansion | None = None) -> Found:
        """What answers one question, or one side of a comparison, each thing once."""
        return self._once(self._worth(request, asked, expansion), request)

    def _worth(self, request: AskRequest, asked: Narrowed, expansion: Expansion | None = None) -> Found:
        """What is worth showing for one question, repeats included; expanded where that is not done yet."""
        question = asked.question
        expansion = expansion or self.expander.expand(question, request.language, exact=request.exact)
        ranked, judgment = self._search(request, asked, expansion)
        if judgment.status != "answered" and question.speaker and question.content and not request.speaker:
            # The statements may tell what somebody said without quoting it, or print a speech under the speaker's name.
            told = self._of(asked)
            found, second = self._search(request, told, expansion)
            if second.confidence > judgment.confidence:
                asked, ranked, judgment = told, found, second
        if judgment.status == "none" and question.speaker and question.content and not asked.side:
            # Nothing on this: what else that person says is the closest there is.
            ranked = list(self._openings(asked._replace(question=question), request))
            judgment = judgment._replace(status="related" if ranked else "none")
        # A side that shares a single word is still shown beside one that answers (`comparing.py`).
        weak = asked.side and ranked and ranked[0].coverage >= LEAST_COVERAGE
        worth = _worth_showing(ranked) if judgment.status != "none" or weak else []
        return Found(asked, worth, judgment)

    def _once(self, found: Found, request: AskRequest) -> Found:
        """Without what only says again what is shown anyway."""
        versions = versions_for(request, found.asked.question)
        return found._replace(shown=without_repeats(found.shown, versions, self.catalog))

    def _retries(self, request: AskRequest, question: Question, answer: Answer) -> tuple[dict[str, str], ...]:
        """What would bring more if it were left out of the question."""

        def find(request: AskRequest, question: Question) -> Found:
            return self._worth(request, narrow(request, question, self.catalog))

        return retries(request, question, answer, self.catalog, find)

    def _read(self, request: AskRequest, today: dt.date) -> Narrowed:
        question = parse_question(request, self.catalog.names, today)
        only = None
        if question.leaning.follows:
            question, only = complete(
                question,
                request,
                self.catalog.names,
                lambda before: self._read(before, today).question,
                lambda before: self.ask(before, today),
            )
        return narrow(request, loosen(request, question), self.catalog, only=only)

    def _search(self, request: AskRequest, asked: Narrowed, expansion: Expansion) -> tuple[list[Ranked], Judgment]:
        question, ids = asked.question, asked.selection.ids
        concepts = [found for found in expansion.concepts.values() if found]
        if any(concept.required for found in concepts for concept in found):
            candidates = find_candidates(
                expansion,
                self.index,
                self.catalog,
                language=question.language,
                phrases=question.phrases,
                statements=ids,
                weights=self.weights,
            )
            ranked = rank(
                candidates,
                question,
                expansion,
                self.index,
                self.catalog,
                weights=self.weights,
                exact=request.exact,
                limit=request.limit,
            )
            return self._in_order(ranked, question), judge(question, ranked, concepts)
        if question.phrases:
            ranked = list(self._literal(question, ids, request))
        else:
            # More than anybody looks at need not be opened.
            ranked = list(islice(self._openings(asked, request), _MAX_OPENED))
        missing = question.phrases if not ranked else ()
        return ranked, Judgment("answered" if ranked else "none", 1.0 if ranked else 0.0, Coverage(missing=missing))

    def _of(self, asked: Narrowed) -> Narrowed:
        """The same question about what is said of the speaker, in any statement that the other filters let through."""
        question = asked.question._replace(speaker=None, mention=asked.question.speaker)
        ids = None
        if question.organization:
            ids = self.catalog.names.ids(question.organization)
        selection = self.catalog.select(question.ranges, ids)
        return asked._replace(
            question=question, selection=selection, filters=asked.filters.model_copy(update={"speaker": None})
        )

    def _in_order(self, ranked: list[Ranked], question: Question) -> list[Ranked]:
        """By date, or speakers first, where that was asked for: those that answer nearly as well as the best."""
        return in_order(ranked, question, self.catalog)

    def _literal(self, question: Question, ids: frozenset[str] | None, request: AskRequest) -> Iterator[Ranked]:
        """Quoted words of which none names a topic ("we will not") are still found, word for word."""
        words = [token.surface for token in tokens(question.phrases[0], "other", keep_stop_words=True)]
        for hit in self.index.phrase(words, limit=_MAX_HITS):
            passage = self.index.passage_of(hit)
            place = fold(passage.text).find(question.phrases[0])
            if place and (ids is None or passage.statement_id in ids):
                window = opening_window(passage.text, [Span(*place[0])])
                if window:
                    yield Ranked(passage, window, hit.score, 1.0)

    def _openings(self, asked: Narrowed, request: AskRequest) -> Iterator[Ranked]:
        """For a question of nothing but filters: how the right statements open, or what the person said there."""
        question, ids = asked.question, asked.selection.ids
        if ids is None and question.order == "relevance" and not question.counts:
            return
        oldest = question.order == "oldest"
        for statement_id in self.catalog.newest_first(self.catalog.statements if ids is None else ids, oldest=oldest):
            statement = self.catalog[statement_id]
            if request.language != "both" and statement.language != request.language:
                continue
            opening = next(openings_of(statement, question, self.index), None)
            if opening:
                yield opening

    def _excerpts(
        self, ranked: Iterable[Ranked], request: AskRequest, locale: Language
    ) -> tuple[list[Ranked], list[Excerpt]]:
        """The excerpts that are shown, and the passages they are from."""
        shown: list[tuple[Ranked, Excerpt]] = []
        for found in ranked:
            if len(shown) == request.limit:
                break
            passage = found.passage
            excerpt = select_excerpt(
                self.catalog[passage.statement_id],
                passage.span.start,
                found.window,
                rank=len(shown) + 1,
                kind=passage.kind,
                score=found.score,
            )
            if excerpt:
                if request.cite:
                    citation = cite(excerpt, request.cite, locale, self.catalog.public_url)
                    excerpt = excerpt.model_copy(update={"citation": citation})
                shown.append((found, excerpt))
        return [found for found, _ in shown], [excerpt for _, excerpt in shown]

    def _notes(
        self, asked: Narrowed, expansion: Expansion, judgment: Judgment, excerpts: list[Excerpt]
    ) -> Iterator[Note]:
        if asks_for_advice(asked.question.text):
            yield Note(code="legal_help")
        yield from asked.notes
        name = asked.question.unknown_source
        if name:
            yield Note(code="source_unknown", values={"name": name})
        for code, left_out in (
            ("undated_left_out", asked.selection.undated),
            ("imprecise_left_out", asked.selection.imprecise),
        ):
            count = self._on_topic(left_out, expansion)
            if count:
                yield Note(code=code, values={"count": count})
        dates = self.catalog.span_of_dates
        if (
            dates
            and not excerpts
            and asked.question.ranges
            and not self.catalog.select(asked.question.ranges, None).ids
        ):
            yield Note(code="out_of_coverage", values={"first": dates[0], "last": dates[1]})
        if excerpts and excerpts[0].kind == "wrapper":
            yield Note(code="wrapper_shown")

    def _on_topic(self, ids: frozenset[str], expansion: Expansion) -> int:
        """How many of these statements share a word with the question; all of them when it has no words."""
        terms = expansion.weighted_terms()
        if not ids or not terms:
            return len(ids)
        hits = self.index.search(Query(terms=terms, statements=ids), limit=_MAX_HITS)
        return len({hit.statement_id for hit in hits})


def bridged_through(question: Question, expansion: Expansion, shown: Iterable[Ranked]) -> dict[str, tuple[str, ...]]:
    """The words through which passages were found that lack the asker's own: of the other language, or printed ones."""
    through = {
        found.concepts[number].typed
        for found in shown
        for number, weight in found.window.matched.items()
        if found.passage.language != question.language or weight <= SYNONYM_WEIGHT
    }
    return {typed: words for typed, words in expansion.bridged.items() if typed in through}


def _worth_showing(ranked: list[Ranked]) -> list[Ranked]:
    """The first passage, and those after it that cover at least half as much of the question."""
    least = max(LEAST_COVERAGE, ranked[0].coverage / 2) if ranked else 0.0
    return [found for place, found in enumerate(ranked) if place == 0 or found.coverage >= least]
