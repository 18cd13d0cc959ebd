"""
Finding what somebody said: `QuoteRequest` → `QuoteReply`.

    parse_question → read_names → Expander.expand → weigh_quotes → each quote once → `FoundQuote` with its context

Without a topic the quotes that pass the filters are shown by date; without anything it is the quote of the day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from corpus.canonical import fold_word
from retrieval.analyzer import PARTITIONS, tokens
from retrieval.catalog import Catalog, Selection
from retrieval.citations import cite
from retrieval.confidence import covered_words
from retrieval.dates import FIRST_DAY, LAST_DAY
from retrieval.expansion import Expander, Expansion
from retrieval.models import (
    AskRequest,
    CitationStyle,
    Coverage,
    Filters,
    FoundQuote,
    Language,
    Note,
    Order,
    Query,
    QuoteReply,
    QuoteRequest,
)
from retrieval.passages import kind_of
from retrieval.query import Question, parse_question
from retrieval.quote_search.arranging import in_order, once, one_version
from retrieval.quote_search.contexts import show_quote
from retrieval.quote_search.filters import Affiliations, Named, read_names
from retrieval.quote_search.of_the_day import QuotesOfTheDay
from retrieval.quote_search.people import People
from retrieval.quote_search.ranking import AROUND, Indexes, Weighed, weigh_quotes
from retrieval.quote_search.utterances import Spoken, Utterances
from retrieval.repeating import Versions

_MAX_HITS = 1000


class Asked(NamedTuple):
    """A request with the filters that hold for it."""

    question: Question
    named: Named
    selection: Selection
    order: Order


class QuoteFinder:
    """Finds quotes of one corpus generation; immutable, safe to share between threads."""

    def __init__(
        self, catalog: Catalog, indexes: Indexes, expander: Expander, around: tuple[float, float, float] = AROUND
    ) -> None:
        """
        `expander` is that of the passages: their words are more than those of the quotes alone. `around` is for
        ablation.
        """
        self.catalog = catalog
        self.indexes = indexes
        self.expander = expander
        self._around = around

    def find(self, request: QuoteRequest, today: dt.date) -> QuoteReply:
        """
        The quotes that were asked for.

        Raises:
            UsageError: A date option that is no date, or a topic of more than 2,000 characters.
        """
        options = (request.about, request.speaker, request.organization, request.since, request.until)
        if request.order == "best" and not any(option and option.strip() for option in options):
            return self._of_the_day(request, today)
        question = self._read(request, today)
        asked = self._narrow(request, question)
        if asked.named.choices or asked.named.nobody:
            return self._reply(request, asked, None, [])
        expansion = self.expander.expand(question, "both", exact=False)
        return self._reply(request, asked, expansion, self._search(request, asked, expansion))

    @cached_property
    def people(self) -> People:
        """Everybody who speaks."""
        surfaces = [self.indexes.passages.surfaces(partition) for partition in PARTITIONS]
        return People(self.catalog.names, lambda word: any(word in known for known in surfaces))

    @cached_property
    def affiliations(self) -> Affiliations:
        """The organisations of issuers and speakers."""
        return Affiliations(self.catalog.names, self.utterances)

    @cached_property
    def utterances(self) -> Utterances:
        """Every quote."""
        return Utterances(self.catalog.statements.values(), self.people)

    @cached_property
    def of_the_day(self) -> QuotesOfTheDay:
        """The quotes that a day may have."""
        return QuotesOfTheDay(self.utterances)

    def _of_the_day(self, request: QuoteRequest, today: dt.date) -> QuoteReply:
        spoken = self.of_the_day.of(today)
        return QuoteReply(
            quotes=self._shown([Weighed(spoken, 0.0, 1.0)], request.cite, request.locale or "en") if spoken else (),
            locale=request.locale or "en",
            filters=Filters(),
            of_the_day=True,
            total=1 if spoken else 0,
        )

    def _read(self, request: QuoteRequest, today: dt.date) -> Question:
        asked = AskRequest(
            question=request.about,
            speaker=request.speaker,
            organization=request.organization,
            since=request.since,
            until=request.until,
        )
        question = parse_question(asked, self.catalog.names, today)
        if not request.speaker or not question.speaker:
            return question
        person = self.people.meant_by(request.speaker).person
        # Beside an option, another name in the topic is somebody spoken of.
        return question if person and question.speaker.key in person.keys else _with_name_as_topic(question)

    def _narrow(self, request: QuoteRequest, question: Question) -> Asked:
        named = read_names(request, question, self.people, self.affiliations)
        within = None
        if named.speakers is not None:
            spoken = self.catalog.names.statements["speaker"]
            within = frozenset[str]().union(*(spoken[key] for key in named.speakers))
        if named.organizations is not None:
            ids = self.affiliations.statements(named.organizations)
            within = ids if within is None else within & ids
        order: Order = question.order if request.order == "best" else request.order
        if order == "relevance" and not (question.content or question.phrases):
            order = "newest"
        return Asked(question, named, self.catalog.select(question.ranges, within), order)

    def _passes(self, named: Named) -> Callable[[Spoken], bool]:
        def passes(spoken: Spoken) -> bool:
            speaker = spoken.quote.speaker
            if named.speakers is not None and (not speaker or fold_word(speaker.name) not in named.speakers):
                return False
            return named.organizations is None or self.affiliations.speaks_for(spoken, named.organizations)

        return passes

    def _search(self, request: QuoteRequest, asked: Asked, expansion: Expansion) -> list[Weighed]:
        """What is found, in the order asked for, each quote once."""
        passes, question = self._passes(asked.named), asked.question
        if any(concept.required for found in expansion.concepts.values() for concept in found):
            weighed = weigh_quotes(
                expansion,
                self.indexes,
                self.catalog,
                self.utterances,
                passes,
                language=question.language,
                phrases=question.phrases,
                statements=asked.selection.ids,
                around=self._around,
            )
            versions = Versions(question.language or request.locale or "en", exact=bool(question.phrases))
            found = one_version(weighed, versions, self.catalog)
        elif question.phrases:
            found = [one for one in self._literal(question.phrases) if self._is_selected(one, asked, passes)]
        elif asked.selection.ids is not None or not question.text.strip():
            spoken = self._all(self.catalog.statements if asked.selection.ids is None else asked.selection.ids)
            found = [Weighed(one, 0.0, 1.0) for one in spoken if passes(one)]
        else:
            # Words that ask for nothing ("what did they say"), of anybody, at any time.
            found = []
        return in_order(once(found, self.utterances), asked.order, self.catalog)

    def _all(self, ids: Iterable[str]) -> Iterator[Spoken]:
        for id in ids:
            yield from self.utterances.of(id)

    def _literal(self, phrases: Sequence[str]) -> Iterator[Weighed]:
        """Quotes that hold words of which none names a topic ("we will not"), word for word."""
        words = [token.surface for token in tokens(phrases[0], "other", keep_stop_words=True)]
        for hit in self.indexes.quotes.phrase(words, limit=_MAX_HITS):
            passage = self.indexes.quotes.passage_of(hit)
            for one in self.utterances.of(passage.statement_id):
                if one.quote.span == passage.span:
                    yield Weighed(one, hit.score, 1.0)

    def _is_selected(self, one: Weighed, asked: Asked, passes: Callable[[Spoken], bool]) -> bool:
        ids = asked.selection.ids
        return (ids is None or one.spoken.statement.id in ids) and passes(one.spoken)

    def _reply(
        self, request: QuoteRequest, asked: Asked, expansion: Expansion | None, found: Sequence[Weighed]
    ) -> QuoteReply:
        shown = found[: request.limit]
        locale: Language = request.locale or asked.question.language or "en"
        named, ranges = asked.named, asked.question.ranges
        concepts = [one for one in expansion.concepts.values() if one] if expansion else []
        return QuoteReply(
            quotes=self._shown(shown, request.cite, locale),
            locale=locale,
            filters=Filters(
                since=ranges[0][0] if ranges and ranges[0][0] != FIRST_DAY else None,
                until=ranges[-1][1] if ranges and ranges[-1][1] != LAST_DAY else None,
                organization=named.shown_organization,
                speaker=named.shown_speaker,
                order=asked.order,
            ),
            total=len(found),
            choices=named.choices,
            coverage=covered_words(concepts) if concepts else Coverage(),
            corrected=dict(named.corrected) | (expansion.corrected if expansion else {}),
            bridged=_bridged(expansion, shown) if expansion else {},
            notes=tuple(self._notes(asked, expansion, shown)),
        )

    def _shown(self, found: Iterable[Weighed], style: CitationStyle | None, locale: Language) -> tuple[FoundQuote, ...]:
        quotes = tuple(show_quote(one.spoken, one.score) for one in found)
        if style is None:
            return quotes
        public_url = self.catalog.public_url
        return tuple(quote.model_copy(update={"citation": cite(quote, style, locale, public_url)}) for quote in quotes)

    def _notes(self, asked: Asked, expansion: Expansion | None, shown: Sequence[Weighed]) -> Iterator[Note]:
        yield from asked.named.notes
        if expansion is None:
            return
        # What only a conversation has: a topic leans on nothing.
        yield from (one for one in asked.question.notes if one.code != "followup_missing")
        if asked.question.unknown_source and not asked.named.speakers:
            yield Note(code="source_unknown", values={"name": asked.question.unknown_source})
        selection = asked.selection
        for code, ids in (("undated_left_out", selection.undated), ("imprecise_left_out", selection.imprecise)):
            if count := self._on_topic(ids, asked, expansion):
                yield Note(code=code, values={"count": count})
        dates = self.catalog.span_of_dates
        if dates and not shown and asked.question.ranges and not self.catalog.select(asked.question.ranges, None).ids:
            yield Note(code="out_of_coverage", values={"first": dates[0], "last": dates[1]})
        if shown and kind_of(shown[0].spoken.statement, shown[0].spoken.quote.span) == "wrapper":
            yield Note(code="wrapper_shown")

    def _on_topic(self, ids: frozenset[str], asked: Asked, expansion: Expansion) -> int:
        """How many of these statements hold a quote that passes the filters and shares a word with the topic."""
        passes, terms = self._passes(asked.named), expansion.weighted_terms()
        if ids and terms:
            hits = self.indexes.quotes.search(Query(terms=terms, statements=ids), limit=_MAX_HITS)
            ids = frozenset(hit.statement_id for hit in hits)
        return len({spoken.statement.id for spoken in self._all(ids) if passes(spoken)})


def _with_name_as_topic(question: Question) -> Question:
    """The question with the person whom it would be narrowed to as words of its topic."""
    if question.speaker is None:
        return question
    start, end = question.speaker.span
    name = [token for token in question.soft if start <= token.start < end]
    content = sorted({*question.content, *name}, key=lambda token: token.start)
    soft = tuple(token for token in question.soft if token not in name)
    return question._replace(speaker=None, content=tuple(content), soft=soft)


def _bridged(expansion: Expansion, shown: Iterable[Weighed]) -> dict[str, tuple[str, ...]]:
    """The words of the other language, or printed ones, through which something shown was found."""
    through = {expansion.concepts[one.partition][number].typed for one in shown for number in one.through}
    return {typed: words for typed, words in expansion.bridged.items() if typed in through}
