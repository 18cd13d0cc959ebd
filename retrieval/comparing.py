"""
"In 2011 and in 2021", "compare A and B": one question, asked of each side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import zip_longest

from retrieval.arranging import Found
from retrieval.catalog import Catalog, Selection
from retrieval.confidence import Judgment
from retrieval.dates import FIRST_DAY, LAST_DAY
from retrieval.models import AskRequest, Note
from retrieval.names import NameMatch
from retrieval.narrowing import Narrowed, narrow
from retrieval.query import Question
from retrieval.ranking import Ranked

_RANKS = ("none", "related", "answered")


def sides_of(asked: Narrowed, request: AskRequest, catalog: Catalog) -> list[Narrowed]:
    """The same question narrowed to each name or time it sets side by side, in its order; none without two."""
    question, parts = asked.question, list[Question]()
    if question.sides and not _names_alone(question):
        for side in question.sides:
            part = question if side.content is None else question._replace(content=side.content)
            part = _by_name(part, side.name) if side.name else part
            parts.append(part._replace(ranges=side.ranges, sides=()))
    else:
        parts += [_by_name(question, name)._replace(sides=()) for name in question.compared]
    return [narrow(request, part, catalog)._replace(side=True) for part in parts]


def _by_name(question: Question, name: NameMatch) -> Question:
    """The question about the words of this person or organisation."""
    if name.kind == "speaker":
        return question._replace(compared=(), speaker=name, organization=None)
    return question._replace(compared=(), speaker=None, organization=name)


def _names_alone(question: Question) -> bool:
    """Whether names are compared and the dates hold for all of them."""
    return bool(question.compared) and not (question.sides and question.sides[0].name)


def compare(
    asked: Narrowed,
    sides: Sequence[Narrowed],
    find: Callable[[Narrowed], Found],
    limit: int,
    apart: Callable[[Iterable[Ranked], Iterable[Ranked]], list[Ranked]],
) -> tuple[Found, int]:
    """
    Ask each side, and where times are compared the undated statements too.

    Args:
        asked: The whole question; notes on empty sides are added to it.
        sides: The same narrowed to each side.
        find: Answers one.
        limit: How many passages are asked for; every side that has one gets one all the same.
        apart: Leaves out of some passages those that others say already; two sides may say the same.

    Returns:
        What was found, and how many of its passages to show.
    """
    undated = None
    if not _names_alone(asked.question) and asked.selection.undated:
        anytime = asked.question._replace(ranges=(), sides=())
        undated = find(asked._replace(question=anytime, selection=Selection(asked.selection.undated), side=True))
    found = [find(side) for side in sides]
    if undated:
        undated = undated._replace(shown=apart(undated.shown, [one for side in found for one in side.shown]))
    return _together(asked, found, undated, limit)


def _together(asked: Narrowed, sides: Sequence[Found], undated: Found | None, limit: int) -> tuple[Found, int]:
    """The best passage of each side in their order, then more of each in turn, undated statements last."""
    judgment = _judged(sides, undated)
    if judgment.status == "none":
        # What shares a single word stands only beside an answer.
        sides, undated = [side._replace(shown=[]) for side in sides], None
    columns = [side.shown for side in sides]
    most = max(limit, sum(map(bool, columns)))
    dated = _in_turn(columns)
    loose = undated.shown if undated else []
    room = max(0, most - len(dated))
    # With room for more than one of each side, one place is kept for what carries no date.
    kept = max(room, 1 if most > sum(map(bool, columns)) else 0)
    apart = loose[:kept]
    shown = [*dated[: most - len(apart)], *apart]
    notes = [*asked.notes, *(_empty(n, asked.question) for n, side in enumerate(sides) if not side.shown)]
    selection = asked.selection
    if apart:
        notes.append(Note(code="undated_apart", values={"count": len(apart)}))
        selection = selection._replace(undated=selection.undated - {found.passage.statement_id for found in loose})
    return Found(asked._replace(notes=tuple(notes), selection=selection), shown, judgment), most


def _in_turn(columns: Sequence[list[Ranked]]) -> list[Ranked]:
    """The first of each column, then the second of each; what two columns share is shown once."""
    rows = zip_longest(*columns)
    return list({found.passage.id: found for row in rows for found in row if found}.values())


def _judged(sides: Sequence[Found], undated: Found | None) -> Judgment:
    """The best of the sides; what carries no date answers for no time."""
    best = max((side.judgment for side in sides), key=lambda one: (_RANKS.index(one.status), one.confidence))
    if best.status == "none" and undated and undated.judgment.status != "none":
        return undated.judgment._replace(status="related")
    return best


def _empty(number: int, asked: Question) -> Note:
    """That there is nothing on one side, by its name or its dates."""
    if _names_alone(asked):
        return Note(code="side_empty", values={"name": asked.compared[number].shown})
    first, last = asked.sides[number].ranges[0][0], asked.sides[number].ranges[-1][1]
    if first == FIRST_DAY:
        return Note(code="side_empty_until", values={"last": last.isoformat()})
    if last == LAST_DAY:
        return Note(code="side_empty_since", values={"first": first.isoformat()})
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return Note(code="side_empty_year", values={"year": f"{first.year:04}"})
    return Note(code="side_empty_dates", values={"first": first.isoformat(), "last": last.isoformat()})
