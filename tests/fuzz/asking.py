"""
What is asked of a record, and the cards of what it answers, as functions of bytes.
"""

from __future__ import annotations

import datetime as dt
from functools import cache

from card_reading import SCENES, check_fits
from factories import asker, quoter, statement
from fuzz.decoding import text_of, typed_in
from fuzz.running import Target
from fuzz.seeds import SAMPLE

from bot.chat.cards.answer import MAX_QUESTION, answer_card
from bot.chat.cards.quotes import quote_card
from bot.chat.cards.verdict import verdict_card
from bot.chat.presses import SearchPress
from bot.corpora import read_statements
from corpus.errors import UsageError
from corpus.models import Statement
from retrieval.asking import Asker
from retrieval.dates import find_dates, parse_date_option
from retrieval.models import AskRequest, QuoteRequest, VerifyRequest
from retrieval.query import parse_question
from retrieval.quote_search.finder import QuoteFinder
from retrieval.shingles import ShingleIndex
from retrieval.verification import Verifier

TODAY = dt.date(2026, 1, 1)


@cache
def _record() -> tuple[Statement, ...]:
    """A few statements of the invented sample, in both languages, with quotes and dates."""
    names = ("tps-haiti.html", "arrestos-en-la-corte.txt", "know-your-rights.md", "daca-announced.txt")
    return tuple(read_statements([SAMPLE / name for name in names]))


@cache
def _asker() -> Asker:
    return asker(_record())


@cache
def _quoter() -> QuoteFinder:
    return quoter(_record())


@cache
def _verifier() -> Verifier:
    return Verifier(_asker().catalog, ShingleIndex.build(_record()))


def _request(data: bytes) -> AskRequest:
    """A question, and below it what was asked before; `since` and `until` behind a bar."""
    question, *previous = typed_in(data).split("\n")
    question, _, since = question.partition("|")
    since, _, until = since.partition("|")
    return AskRequest(question=question, previous=tuple(previous[:3]), since=since or None, until=until or None)


def _question(data: bytes) -> None:
    try:
        question = parse_question(_request(data), _asker().catalog.names, TODAY)
    except UsageError:
        return
    for token in (*question.content, *question.soft):
        assert 0 <= token.start < token.end <= len(question.text)
    assert all(first <= last for first, last in question.ranges)


def _conversation(data: bytes) -> None:
    """Asking and the card of what is found."""
    request = _request(data)
    try:
        answer = _asker().ask(request, TODAY)
    except UsageError:
        return
    texts = {one.id: one.text for one in _record()}
    for found in answer.excerpts:
        assert texts[found.statement.id][found.start : found.end] == found.text
    for private, scene in SCENES.items():
        check_fits(answer_card(answer, request, scene, SearchPress("ask", answer.locale) if private else None))


def _dates(data: bytes) -> None:
    text = typed_in(data)
    found = find_dates(text, TODAY)
    if found:
        assert found.ranges
        assert all(first <= last for first, last in found.ranges)
        assert all(0 <= span.start < span.end <= len(text) for span in found.spans)
    try:
        parse_date_option(text)
    except UsageError:
        return


def _quote_search(data: bytes) -> None:
    topic, _, speaker = typed_in(data).partition("\n")
    request = QuoteRequest(about=topic[:MAX_QUESTION], speaker=speaker[:100] or None)
    try:
        reply = _quoter().find(request, TODAY)
    except UsageError:
        return
    texts = {one.id: one.text for one in _record()}
    for found in reply.quotes:
        assert texts[found.statement.id][found.start : found.end] == found.text
    for scene in SCENES.values():
        check_fits(quote_card(reply, request, scene))


def _claim(data: bytes) -> None:
    try:
        verdict = _verifier().verify(VerifyRequest(text=typed_in(data)))
    except UsageError:
        return
    assert 0 <= verdict.similarity <= 1
    if verdict.found:
        text = {one.id: one.text for one in _record()}[verdict.found.statement.id]
        assert text[verdict.found.start : verdict.found.end] == verdict.found.text
    for scene in SCENES.values():
        check_fits(verdict_card(verdict, "", scene))


def _card(data: bytes) -> None:
    """The card of an answer whose words are these: a record of one statement is asked for its own beginning."""
    text = text_of(data)[:6000]
    if not text.strip():
        return
    request = AskRequest(question=" ".join(text.split()[:8])[:2000])
    answer = asker([statement(text, title=text[:600], organizations=(text[-600:],))]).ask(request, TODAY)
    for private, scene in SCENES.items():
        check_fits(answer_card(answer, request, scene, SearchPress("ask", answer.locale) if private else None))


ASKING: dict[str, Target] = {
    "question": _question,
    "conversation": _conversation,
    "dates": _dates,
    "quote search": _quote_search,
    "claim": _claim,
    "card": _card,
}
