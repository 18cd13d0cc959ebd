"""
Working stand-ins for what the Discord side asks.
"""

from __future__ import annotations

import datetime as dt
import threading

from bot.service import Chart, Overview
from corpus.errors import MissingExtraError
from corpus.models import Span, Speaker
from retrieval.directory import folded_form
from retrieval.models import (
    Answer,
    AskRequest,
    CitedStatement,
    Coverage,
    Directory,
    Excerpt,
    Filters,
    FoundQuote,
    FoundWords,
    FullStatement,
    KnownName,
    KnownTitle,
    Note,
    PassageInContext,
    PassageRequest,
    PersonProfile,
    PersonRequest,
    QuoteReply,
    QuoteRequest,
    ReadParagraph,
    StatementList,
    StatementsRequest,
    Timeline,
    TimelineRequest,
    Verdict,
    VerifyRequest,
)


def cited(**more: object) -> CitedStatement:
    """A statement of an invented organisation."""
    known: dict[str, object] = {
        "id": "2014-003",
        "revision": 1,
        "file": "2014-003.txt",
        "url": None,
        "title": "Night raids must end",
        "organizations": ("Puente Claro Network",),
        "short": {},
        "language": "en",
        "date": "2014-09-10",
        "date_precision": "day",
        "date_evidence": "dateline",
    }
    return CitedStatement.model_validate(known | more)


def excerpt(text: str = "Night raids must end.", **more: object) -> Excerpt:
    """The first passage shown of that statement."""
    known: dict[str, object] = {
        "rank": 1,
        "text": text,
        "start": 100,
        "end": 100 + len(text),
        "paragraph": 3,
        "issuer": ("Puente Claro Network",),
        "score": 1.0,
        "statement": cited(),
    }
    return Excerpt.model_validate(known | more)


def answer(*excerpts: Excerpt, **more: object) -> Answer:
    """An answer that shows these passages."""
    known: dict[str, object] = {
        "question": "What about raids?",
        "status": "answered" if excerpts else "none",
        "confidence": 0.9,
        "locale": "en",
        "filters": Filters(),
        "excerpts": excerpts,
        "total": len(excerpts),
    }
    return Answer.model_validate(known | more)


def whole(*texts: str, **more: object) -> FullStatement:
    """That statement with these paragraphs."""
    known: dict[str, object] = {
        "statement": cited(),
        "kind": "press_release",
        "place": None,
        "paragraphs": [ReadParagraph(paragraph=n, kind="body", text=text) for n, text in enumerate(texts, start=1)],
    }
    return FullStatement.model_validate(known | more)


def timeline(*excerpts: Excerpt, **more: object) -> Timeline:
    """A timeline that shows these passages."""
    known: dict[str, object] = {
        "topic": "raids",
        "locale": "en",
        "filters": Filters(),
        "excerpts": excerpts,
        "years": {str(one.statement.date)[:4]: 1 for one in excerpts},
        "total": len(excerpts),
    }
    return Timeline.model_validate(known | more)


SPEAKER = Speaker(
    name="Marta Quiroga", title="Executive Director", organization="Puente Claro Network", printed="Quiroga"
)


def spoken(text: str = "Night raids must end.", **more: object) -> FoundQuote:
    """What Marta Quiroga says in that statement."""
    known: dict[str, object] = {
        "text": text,
        "start": 100,
        "end": 100 + len(text),
        "paragraph": 3,
        "utterance": 1,
        "part": 1,
        "speaker": SPEAKER,
        "issuer": ("Puente Claro Network",),
        "score": 1.0,
        "statement": cited(),
    }
    return FoundQuote.model_validate(known | more)


def published(text: str = "Night raids must end.", **more: object) -> FoundWords:
    """Words of that statement, spoken by Marta Quiroga, as a claim is compared with them."""
    known: dict[str, object] = {
        "text": text,
        "start": 100,
        "end": 100 + len(text),
        "paragraph": 3,
        "speaker": SPEAKER,
        "issuer": ("Puente Claro Network",),
        "statement": cited(),
    }
    return FoundWords.model_validate(known | more)


AROUND = ("The valley was awake.", "Night raids must end. Nobody sleeps.", "The county did not answer.")


class FakeService:
    """
    Answers every question with the same passage; remembers what it was asked.

    Args:
        gate: Questions that hold "slow" wait for it.
        error: Raised instead of an answer.
    """

    def __init__(self, *, gate: threading.Event | None = None, error: Exception | None = None) -> None:
        self.asked: list[AskRequest] = []
        self.quoted: list[QuoteRequest] = []
        self.verified: list[VerifyRequest] = []
        self.days: list[dt.date] = []
        self._gate, self._error = gate, error

    def ask(self, request: AskRequest, *, today: dt.date) -> Answer:
        """The same passage, after the gate has opened."""
        self.asked.append(request)
        self.days.append(today)
        if self._gate is not None and "slow" in request.question:
            self._gate.wait(30)
        if self._error is not None:
            raise self._error
        return answer(excerpt(), question=request.question, locale=request.locale or "en")

    def quote(self, request: QuoteRequest, *, today: dt.date) -> QuoteReply:
        """Five quotes that are found by anything; of the day the first."""
        self.quoted.append(request)
        self.days.append(today)
        if self._error is not None:
            raise self._error
        asked = (request.about, request.speaker, request.organization, request.since, request.until)
        of_the_day = request.order == "best" and not any(asked)
        quotes = tuple(
            spoken(
                f"Night raids must end, said {number} times.",
                start=100 * number,
                end=100 * number + 35,
                utterance=number,
            )
            for number in range(1, 6)
        )
        order = "relevance" if request.order == "best" and request.about else request.order
        return QuoteReply(
            quotes=quotes[: 1 if of_the_day else request.limit],
            locale=request.locale or "en",
            filters=Filters(speaker=request.speaker, order="newest" if order == "best" else order),
            of_the_day=of_the_day,
            total=1 if of_the_day else len(quotes),
        )

    def verify(self, request: VerifyRequest) -> Verdict:
        """Whatever is claimed stands there word for word."""
        self.verified.append(request)
        if self._error is not None:
            raise self._error
        return Verdict(
            verdict="exact", similarity=1.0, claimed=request.text, found=published(), locale=request.locale or "en"
        )

    def passage(self, request: PassageRequest) -> PassageInContext:
        """The same passage between two paragraphs."""
        shown = excerpt().model_copy(update={"start": request.start, "end": request.end})
        around = [
            ReadParagraph(paragraph=number, kind="body", text=text) for number, text in enumerate(AROUND, start=2)
        ]
        return PassageInContext(excerpt=shown, before=around[0], whole=around[1], after=around[2])

    def statement(self, id: str) -> FullStatement:
        """The same paragraphs under any number."""
        return whole(*AROUND, statement=cited(id=id))

    def statements(self, request: StatementsRequest) -> StatementList:
        """One statement."""
        return StatementList(statements=(cited(),), total=1, locale=request.locale or "en")

    def timeline(self, request: TimelineRequest, *, today: dt.date) -> Timeline:
        """The same passage."""
        self.days.append(today)
        return timeline(excerpt(), topic=request.topic, locale=request.locale or "en")

    def chart(self, timeline: Timeline) -> Chart:
        """As without matplotlib."""
        raise MissingExtraError("A chart", "chart")

    def person(self, request: PersonRequest) -> PersonProfile:
        """Nobody of that name."""
        return PersonProfile(
            locale=request.locale or "en", notes=(Note(code="speaker_unknown", values={"name": request.name}),)
        )

    def overview(self) -> Overview:
        """That statement."""
        return Overview(1, "2014-09-10", "2014-09-10", 0, {"en": 1}, 1, 1)

    def directory(self) -> Directory:
        """One person, one organisation and one title."""
        return Directory(
            speakers=(KnownName("Marta Quiroga", 1, folded_form("Marta Quiroga")),),
            organizations=(KnownName("Puente Claro Network", 1, folded_form("Puente Claro Network")),),
            titles=(KnownTitle("2014-003", "Night raids must end", "2014-09-10", folded_form("Night raids must end")),),
        )

    @property
    def is_sample(self) -> bool:
        """No."""
        return False


__all__ = [
    "Coverage",
    "FakeService",
    "Note",
    "Span",
    "Speaker",
    "answer",
    "cited",
    "excerpt",
    "published",
    "spoken",
    "timeline",
    "whole",
]
