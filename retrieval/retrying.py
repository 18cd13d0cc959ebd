"""
A thin answer → the re-askings that would loosen what narrows it most; and a question that is loosened so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from corpus.models import Span
from retrieval.analyzer import Token
from retrieval.arranging import Found
from retrieval.catalog import Catalog
from retrieval.models import Answer, AskRequest, Coverage, Narrowing, Status
from retrieval.names import NameKind
from retrieval.query import Question

_MAX_SEARCHES, _MAX_RETRIES = 4, 2
_RANKS: dict[Status, int] = {"none": 0, "related": 1, "answered": 2}
# Between two words that are missing together: "visa lottery", "lotería de visas".
_GAP_CHARS = 4


class Loosened(NamedTuple):
    """
    A question with one thing less.

    Attributes:
        retry: As printed in the answer: `{"drop": filter}` or `{"without": words}`.
        request, question: Without it.
        passing: How many statements the thing that is gone lets through: the fewer, the tighter. A language comes
            first, for its words are missing in the other one.
    """

    retry: dict[str, str]
    request: AskRequest
    question: Question
    passing: int


def retries(
    request: AskRequest,
    question: Question,
    answer: Answer,
    catalog: Catalog,
    find: Callable[[AskRequest, Question], Found],
) -> tuple[dict[str, str], ...]:
    """
    What a thin answer would need to be less, so that it shows more: checked by searching again, the tightest first.

    Args:
        request: For explicit options.
        question: As it was read, earlier questions carried over.
        answer: Nothing is tried where it is `answered`; nor for comparisons and what is about earlier answers.
        catalog: To see how tight each filter is.
        find: Searches once more.
    """
    compares, leaning = question.compared or question.sides, question.leaning
    if answer.status == "answered" or compares or leaning.thing or leaning.more or leaning.other:
        return ()
    loosened = [*_without_words(request, question, answer.coverage), *_without_filters(request, question, catalog)]
    found: list[dict[str, str]] = []
    for one in sorted(loosened, key=lambda one: one.passing)[:_MAX_SEARCHES]:
        if len(found) == _MAX_RETRIES or {"drop": "language"} in found:
            # The words that are missing in one language need not be missing.
            break
        better = find(one.request, one.question)
        enough: Status = "answered" if "without" in one.retry or answer.status == "related" else "related"
        if better.shown and _RANKS[better.judgment.status] >= _RANKS[enough]:
            found.append(one.retry)
    return tuple(found)


def loosen(request: AskRequest, question: Question) -> Question:
    """The question without what its request says to leave out, in the order that it asks for."""
    for dropped in sorted(request.dropped):
        _, question = _dropping(dropped, request, question)
    if request.without:
        question = _leaving_out(request.without, question)
    return question._replace(order=request.order or question.order)


def _dropping(dropped: Narrowing, request: AskRequest, question: Question) -> tuple[AskRequest, Question]:
    if dropped == "dates":
        everywhen = request.model_copy(update={"since": None, "until": None})
        return everywhen, question._replace(ranges=(), sides=())
    return request.model_copy(update={dropped: None}), _without_name(question, dropped)


def _leaving_out(words: str, question: Question) -> Question:
    """Without these words of its text, as topic and as a quoted phrase."""
    places = [Span(*match.span()) for match in re.finditer(re.escape(words), question.text)]
    content = tuple(t for t in question.content if not any(start <= t.start < end for start, end in places))
    return question._replace(content=content, phrases=tuple(p for p in question.phrases if p != words))


def _without_filters(request: AskRequest, question: Question, catalog: Catalog) -> Iterator[Loosened]:
    if question.ranges:
        dated = catalog.select(question.ranges, None).ids
        yield Loosened({"drop": "dates"}, *_dropping("dates", request, question), len(dated or ()))
    kinds: tuple[NameKind, ...] = ("speaker", "organization")
    for kind in kinds:
        typed: str | None = getattr(request, kind)
        match = getattr(question, kind)
        if typed or match:
            keys = catalog.names.resolve(kind, typed) if typed else match.keys
            ids = set[str]().union(*(catalog.names.statements[kind][key] for key in keys))
            yield Loosened({"drop": kind}, *_dropping(kind, request, question), len(ids))
    if request.language != "both":
        everything = request.model_copy(update={"language": "both"})
        yield Loosened({"drop": "language"}, everything, question, -1)


def _without_name(question: Question, kind: NameKind) -> Question:
    named = question._replace(speaker=None) if kind == "speaker" else question._replace(organization=None)
    return named._replace(notes=())


def _without_words(request: AskRequest, question: Question, coverage: Coverage) -> Iterator[Loosened]:
    missing = {word for typed in coverage.missing for word in (typed, *typed.split())}
    for group in _groups([t for t in question.content if question.text[t.start : t.end] in missing], question.text):
        content = tuple(token for token in question.content if token not in group)
        # Without most of its words a question is another one.
        if question.phrases or len(content) >= max(2, len(group)):
            words = question.text[group[0].start : group[-1].end]
            yield Loosened({"without": words}, request, question._replace(content=content), 0)
    for phrase in question.phrases:
        place = question.text.find(phrase)
        content = tuple(t for t in question.content if not place <= t.start < place + len(phrase))
        phrases = tuple(other for other in question.phrases if other != phrase)
        if content or phrases:
            yield Loosened({"without": phrase}, request, question._replace(content=content, phrases=phrases), 0)


def _groups(tokens: Sequence[Token], text: str) -> list[list[Token]]:
    """Words that stand together, with at most a short one between them."""
    groups: list[list[Token]] = []
    for token in tokens:
        between = text[groups[-1][-1].end : token.start] if groups else ""
        if between and len(between) <= _GAP_CHARS and not set(between) & set(",;.:?!"):
            groups[-1].append(token)
        else:
            groups.append([token])
    return groups
