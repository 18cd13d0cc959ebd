"""
A question that leans on an earlier one → the whole question.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import NamedTuple

from corpus.canonical import fold_word
from corpus.models import Span
from retrieval.arranging import Found
from retrieval.confidence import judge
from retrieval.dates import FIRST_DAY, LAST_DAY, Range, parse_date_option
from retrieval.expansion import Expansion
from retrieval.leaning import Turn
from retrieval.models import Answer, AskRequest, Excerpt, Note
from retrieval.names import NameMatch, Names
from retrieval.narrowing import NOWHERE
from retrieval.query import Question
from retrieval.ranking import Ranked

_MAX_PREVIOUS = 3


class Earlier(NamedTuple):
    """
    What was asked before.

    Attributes:
        question: The last one, itself completed.
        answer: Gives its answer; called only where the new question needs it.
        organizations: Those that all earlier questions name, in their order.
        names: Directory of the corpus.
    """

    question: Question
    answer: Callable[[], Answer]
    organizations: tuple[NameMatch, ...]
    names: Names


def complete(
    question: Question,
    request: AskRequest,
    names: Names,
    read: Callable[[AskRequest], Question],
    ask: Callable[[AskRequest], Answer],
) -> tuple[Question, frozenset[str] | None]:
    """
    Read a question that leans on an earlier one.

    Speaker, organisation, dates and order are kept unless the new question or an explicit option names its own; a
    question with no topic of its own ("and in 2014?") keeps the topic too. "She" is whoever was asked for or spoke in
    the earlier answer; "when was that" is about its statement. A question with a subject of its own takes the topic
    that "it" means, and nothing else.

    Args:
        question: The new one; it follows.
        request: For what was asked before, and explicit options.
        names: Directory of the corpus.
        read: Takes an earlier question apart and completes it.
        ask: Answers an earlier question.

    Returns:
        The question to answer, and the statements that "that" means (`None`: any).
    """
    before = _one_before(request)
    named = [match for text in request.previous for match in names.find(text).matches]
    organizations = tuple(match for match in named if match.kind == "organization")
    earlier = Earlier(read(before), cache(lambda: ask(before)), organizations, names)
    carried = _with_topic(question, earlier.question)
    if not question.leaning.alone:
        carried = _with_names(carried, question, earlier, request)
        carried = _with_dates(carried, question, earlier)
    carried = carried._replace(leaning=question.leaning, notes=(*question.notes, Note(code="followup")))
    return carried, _only(carried, earlier)


def earlier_answers(request: AskRequest, ask: Callable[[AskRequest], Answer]) -> Iterator[Answer]:
    """The answers of the conversation so far, the newest first."""
    while request.previous:
        request = _one_before(request)
        yield ask(request)


def _one_before(request: AskRequest) -> AskRequest:
    """The question before this one, asked with the same options."""
    *before, last = request.previous[-_MAX_PREVIOUS:]
    return request.model_copy(update={"question": last, "previous": tuple(before), "cite": None})


def _only(carried: Question, earlier: Earlier) -> frozenset[str] | None:
    """The statement that was shown for "when was that", or all of other organisations."""
    if carried.leaning.thing:
        first = _first(earlier)
        return frozenset({first.statement.id}) if first else None
    asked = earlier.question.organization
    if carried.leaning.other and carried.organization is None and asked:
        issued = earlier.names.statements["organization"].values()
        return frozenset().union(*issued) - earlier.names.ids(asked)
    return None


def beyond(found: Found, earlier: Iterable[Answer], expansion: Expansion) -> Found:
    """What else there is: without the words that earlier answers showed."""
    seen = [(shown.statement.id, Span(shown.start, shown.end)) for answer in earlier for shown in answer.excerpts]
    rest = [one for one in found.shown if not any(_is_in(one, id, span) for id, span in seen)]
    if rest == found.shown:
        return found
    concepts = [partition for partition in expansion.concepts.values() if partition]
    judgment = found.judgment._replace(status="none", confidence=0.0)
    if rest and any(concept.required for partition in concepts for concept in partition):
        judgment = judge(found.asked.question, rest, concepts)
    elif rest:
        judgment = found.judgment
    notes = found.asked.notes if rest else (*found.asked.notes, Note(code="nothing_else"))
    return Found(found.asked._replace(notes=notes), rest, judgment)


def _is_in(found: Ranked, statement_id: str, span: Span) -> bool:
    """Whether what would be shown overlaps this place of a statement."""
    start = found.passage.span.start
    shown = Span(start + found.window.span.start, start + found.window.span.end)
    return found.passage.statement_id == statement_id and shown.overlaps(span)


def _with_topic(question: Question, before: Question) -> Question:
    """The new question about the earlier topic where it has none, or "it" means it."""
    if not question.content and not question.phrases:
        leaning = question.leaning
        keeps_kind = question.wants == "anything" and not (leaning.thing or leaning.person or question.counts)
        return question._replace(
            text=before.text,
            language=before.language,
            content=before.content,
            soft=question.soft if leaning.alone else before.soft,
            phrases=before.phrases,
            sides=tuple(side._replace(content=None) for side in question.sides),
            wants=before.wants if keeps_kind else question.wants,
            asks_speaker=question.asks_speaker or (keeps_kind and before.asks_speaker),
            asks_words=question.asks_words or before.asks_words,
        )
    if question.content and question.leaning.topic and not (question.speaker or question.organization):
        # "Why weren't they happy with it?"
        moved = len(question.text) + 1
        topic = [token._replace(start=token.start + moved, end=token.end + moved) for token in before.content]
        return question._replace(text=f"{question.text}\n{before.text}", content=(*question.content, *topic))
    return question


def _with_names(carried: Question, question: Question, earlier: Earlier, request: AskRequest) -> Question:
    """The earlier speaker and organisation, unless somebody else is named."""
    before = earlier.question
    if question.leaning.other:
        return carried._replace(organization=_other(earlier))
    given = request.speaker or request.organization
    if given or question.speaker or question.organization or question.compared or question.unknown_source:
        return carried
    carried = carried._replace(
        speaker=before.speaker,
        organization=before.organization,
        compared=before.compared,
        unknown_source=before.unknown_source,
    )
    if question.leaning.person and before.speaker is None and not before.compared:
        said = next((excerpt.speaker for excerpt in earlier.answer().excerpts if excerpt.speaker), None)
        if said:
            carried = carried._replace(speaker=NameMatch("speaker", (fold_word(said.name),), said.name, NOWHERE))
    return carried


def _with_dates(carried: Question, question: Question, earlier: Earlier) -> Question:
    """The earlier dates and order, those around them for "before that", or its own."""
    before = earlier.question
    if carried.order == "relevance" and not question.leaning.turn:
        carried = carried._replace(order=before.order)
    if question.ranges:
        return carried
    if question.leaning.turn is None:
        shared = before.sides if not question.content else [side._replace(content=None) for side in before.sides]
        return carried._replace(ranges=before.ranges, sides=tuple(shared))
    shown = _first(earlier)
    days = before.ranges or ((parse_date_option(shown.statement.date),) if shown and shown.statement.date else ())
    return carried._replace(ranges=_turned(days, question.leaning.turn), sides=())


def _turned(days: tuple[Range, ...], turn: Turn) -> tuple[Range, ...]:
    """The days before or after these, or the year beside them; any day where there are none."""
    one = dt.timedelta(days=1)
    if days and turn.startswith("year"):
        before = turn == "year before"
        year = days[0][0].year - 1 if before else days[-1][1].year + 1
        return ((dt.date(year, 1, 1), dt.date(year, 12, 31)),) if 0 < year < LAST_DAY.year else ()
    if not days or (days[0][0] == FIRST_DAY if turn == "before" else days[-1][1] == LAST_DAY):
        return ()
    if turn == "before":
        return ((FIRST_DAY, days[0][0] - one),)
    return ((days[-1][1] + one if turn == "after" else days[0][0], LAST_DAY),)


def _other(earlier: Earlier) -> NameMatch | None:
    """The organisation that is not the one asked for: named earlier, or an issuer in the earlier answer."""
    before = earlier.question
    current = set(before.organization.keys) if before.organization else set()
    for match in reversed(earlier.organizations):
        if current and not current & set(match.keys):
            return match
    issuers = (name for excerpt in earlier.answer().excerpts for name in excerpt.issuer if name)
    other = next((name for name in issuers if current and fold_word(name) not in current), None)
    return NameMatch("organization", (fold_word(other),), other, NOWHERE) if other else None


def _first(earlier: Earlier) -> Excerpt | None:
    return next(iter(earlier.answer().excerpts), None)
