"""
The verbs for members: ask, quote, verify, timeline, statement, passage, and what they may choose from. Both doors,
terminal and Discord, call these methods and only print differently.
"""

from __future__ import annotations

import datetime as dt
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

from bot.settings import Settings
from corpus.errors import MissingExtraError, UsageError
from corpus.models import Statement
from retrieval.models import (
    Answer,
    AskRequest,
    Directory,
    FullStatement,
    PassageInContext,
    PassageRequest,
    PersonProfile,
    PersonRequest,
    QuoteReply,
    QuoteRequest,
    StatementList,
    StatementsRequest,
    Timeline,
    TimelineRequest,
    Verdict,
    VerifyRequest,
)

# What reads and searches is imported where it is used: the process that talks to Discord needs only the types.
if TYPE_CHECKING:
    from bot.corpora import Source

# Dates of requests that nobody made: any will do.
_ANY_DAY = dt.date(2000, 1, 1)
_FEW_CHARS = 200
# Statements whose words are looked at before anybody asks.
_READ_AHEAD = 300
# Words that nobody prints are looked for among all words that are like them, of both languages.
_WITH_MISTAKES = ("what did they say about schoolz and familiez?", "¿qué dijeron sobre escuelaz y familiaz?")


class Overview(NamedTuple):
    """
    How much the record holds.

    Attributes:
        first_date, last_date: Among the statements, ISO; `None` without any.
        undated: Statements without a date.
        languages: ISO 639-1 code or `und` → statements, the most frequent first.
        organizations: Issuers, each once.
        people: Who is quoted, each once.
        hidden: Statements that moderators have hidden.
        generation: Of the stored corpus; 0 where none is stored.
    """

    statements: int
    first_date: str | None
    last_date: str | None
    undated: int
    languages: dict[str, int]
    organizations: int
    people: int
    hidden: int = 0
    generation: int = 0


class Chart(NamedTuple):
    """A timeline drawn (`png`: the bytes of a file), and the same in words for those who do not see it (`text`)."""

    png: bytes
    text: str


class Service:
    """Answers from the record as it is now; safe to share between threads."""

    def __init__(self, source: Source) -> None:
        self._source = source

    @classmethod
    def open(cls, settings: Settings, paths: Sequence[Path] = ()) -> Self:
        """
        The service on these files and folders; without them on the stored corpus, or on the sample where that is empty.

        Raises:
            UnreadableError: A path that cannot be read.
            StoreError: A store or an index that is not what it should be.
        """
        from bot.corpora import StoredRecord, read_statements

        if paths:
            return cls.of(read_statements(paths), public_url=settings.public_url)
        source = StoredRecord(settings.data_dir, public_url=settings.public_url)
        source.current()
        return cls(source)

    @classmethod
    def of(cls, statements: Iterable[Statement], generation: str = "files", public_url: str = "") -> Self:
        """A service on these statements, its index in memory."""
        from bot.corpora import FixedRecord, Record

        return cls(FixedRecord(Record.of(statements, generation, public_url)))

    def ask(self, request: AskRequest, *, today: dt.date) -> Answer:
        """
        Answer a question with verbatim excerpts, or say that the statements do not.

        Raises:
            UsageError: A date option that is no date, or a question of more than 2,000 characters.
            StoreError: What another process left of the stored corpus cannot be read.
        """
        record = self._source.current()
        started = time.perf_counter()
        answer = record.asker.ask(request, today)
        return answer.model_copy(update={"took_ms": round((time.perf_counter() - started) * 1000, 1)})

    def statement(self, id: str) -> FullStatement:
        """
        The whole statement of this record number.

        Raises:
            UsageError: There is none.
            StoreError: What another process left of the stored corpus cannot be read.
        """
        from retrieval.statements import read_whole

        return read_whole(id, self._source.current().catalog)

    def statements(self, request: StatementsRequest) -> StatementList:
        """
        The statements of a title or a record number; without either the newest.

        Raises:
            StoreError: What another process left of the stored corpus cannot be read.
        """
        from retrieval.titles import list_statements

        record = self._source.current()
        return list_statements(request, record.catalog, record.directory.titles)

    def passage(self, request: PassageRequest) -> PassageInContext:
        """
        A passage that was shown before, found again by its place, with the paragraphs around it.

        Raises:
            PassageGoneError: The statement is gone or has another text now, or no words stand there that may be shown.
            StoreError: What another process left of the stored corpus cannot be read.
        """
        from retrieval.surroundings import show_in_context

        return show_in_context(request, self._source.current().catalog)

    def verify(self, request: VerifyRequest) -> Verdict:
        """
        Check a quotation as somebody pasted it.

        Raises:
            UsageError: It has fewer than 3 words, or more than 2,000 characters.
            StoreError: What another process left of the stored corpus cannot be read.
        """
        return self._source.current().verifier.verify(request)

    def timeline(self, request: TimelineRequest, *, today: dt.date) -> Timeline:
        """
        What was said on a topic, oldest first, and in how many statements a year.

        Raises:
            UsageError: No topic, one of more than 2,000 characters, or a date option that is no date.
            StoreError: What another process left of the stored corpus cannot be read.
        """
        return self._source.current().timeliner.timeline(request, today)

    def chart(self, timeline: Timeline) -> Chart:
        """
        Draw a timeline.

        Args:
            timeline: With years: there is no chart of nothing.

        Raises:
            MissingExtraError: matplotlib is not installed.
        """
        from bot.chart import chart_png, describe_chart

        return Chart(chart_png(timeline), describe_chart(timeline))

    def quote(self, request: QuoteRequest, *, today: dt.date) -> QuoteReply:
        """
        Find what somebody said, or the quote of the day.

        Raises:
            UsageError: A date option that is no date, or a topic of more than 2,000 characters.
            StoreError: What another process left of the stored corpus cannot be read.
        """
        return self._source.current().quoter.find(request, today)

    def person(self, request: PersonRequest) -> PersonProfile:
        """
        What is printed of somebody who is quoted.

        Raises:
            UsageError: There is no name.
            StoreError: What another process left of the stored corpus cannot be read.
        """
        from retrieval.quote_search.profiles import describe_person

        return describe_person(request, self._source.current().quoter)

    def directory(self) -> Directory:
        """
        Names and titles to choose from while typing (`retrieval/directory.py`).

        Raises:
            StoreError: What another process left of the stored corpus cannot be read.
        """
        return self._source.current().directory

    @property
    def is_sample(self) -> bool:
        """Whether there is no corpus, so that the invented sample answers."""
        from bot.corpora import SAMPLE_GENERATION

        return self._source.current().structures.generation == SAMPLE_GENERATION

    def overview(self) -> Overview:
        """
        How much the record holds.

        Raises:
            StoreError: What another process left of the stored corpus cannot be read.
        """
        record = self._source.current()
        catalog, generation = record.catalog, record.structures.generation
        first, last = catalog.span_of_dates or (None, None)
        languages = Counter(statement.language for statement in catalog.statements.values())
        return Overview(
            statements=len(catalog),
            first_date=first,
            last_date=last,
            undated=len(catalog) - len(catalog.dates),
            languages=dict(languages.most_common()),
            organizations=len(catalog.names.statements["organization"]),
            people=len(record.people.everybody()),
            hidden=record.hidden,
            generation=int(generation) if generation.isdecimal() else 0,
        )

    def warm_up(self) -> None:
        """Make what is made on first use, so that no later request waits for it: a request of each kind."""
        from retrieval.passages import passages_of
        from retrieval.published import find_terms

        catalog = self._source.current().catalog
        first = next(iter(catalog.statements.values()), None)
        if first is None:
            return
        catalog.compare()
        self._source.current().asker.expander.prepare()
        # What stands in some hundreds of statements is most of what stands in all of them.
        for statement in islice(catalog.statements.values(), 0, None, len(catalog) // _READ_AHEAD + 1):
            for passage in passages_of(statement):
                find_terms(passage.text, passage.language, frozenset())
        title, dates = first.title[:_FEW_CHARS], catalog.span_of_dates
        for question in (title, *_WITH_MISTAKES):
            self.ask(AskRequest(question=question), today=_ANY_DAY)
        self.ask(AskRequest(question=title, since=dates and dates[0]), today=_ANY_DAY)
        self.quote(QuoteRequest(), today=_ANY_DAY)
        for organization in (None, *first.organizations[:1]):
            self.quote(QuoteRequest(about=title, speaker=title, organization=organization), today=_ANY_DAY)
        self.directory()
        # These words may be too few to be a claim, or name no topic; charts are an extra.
        with suppress(UsageError):
            self.verify(VerifyRequest(text=first.text[:_FEW_CHARS]))
        with suppress(UsageError, MissingExtraError):
            timeline = self.timeline(TimelineRequest(topic=title), today=_ANY_DAY)
            if timeline.years:
                self.chart(timeline)
