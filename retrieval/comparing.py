"""
"In 2011 and in 2021", "compare A and B": one question, asked of each side.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import zip_longest

from retrieval.arranging import Found
from retrieval.catalog import Catalog, Selection
from retrieval.confidence import Judgment
from retrieval.dates import FIRST_DAY, LAST_DAY
from retrieval.models import AskRequest, Note
from retrieval.narrowing import Narrowed, narrow
from retrieval.query import Question
from retrieval.ranking import Ranked

_RANKS = ("none", "related", "answered")


def sides_of(asked: Narrowed, request: AskRequest, catalog: Catalog) -> list[Narrowed]:
    """The same question narrowed to each name or time it sets side by side, in its order; none without two."""
    question = asked.question
    parts: list[Question] = []
    for name in question.compared:
        person = name.kind == "speaker"
        parts.append(
            question._replace(
                compared=(), speaker=name if person else None, organization=None if person else name, sides=()
            )
        )
    if not parts and len(question.sides) > 1:
        topics = question.topics or (question.content,) * len(question.sides)
        parts = [
            question._replace(content=topic, ranges=side, sides=(), topics=())
            for side, topic in zip(question.sides, topics, strict=True)
        ]
    return [narrow(request, part, catalog)._replace(side=True) for part in parts]


def compare(
    asked: Narrowed, sides: Sequence[Narrowed], find: Callable[[Narrowed], Found], limit: int
) -> tuple[Found, int]:
    """
    Ask each side, and where times are compared the undated statements too.

    Args:
        asked: The whole question; notes on empty sides are added to it.
        sides: The same narrowed to each side.
        find: Answers one.
        limit: How many passages are asked for; every side that has one gets one all the same.

    Returns:
        What was found, and how many of its passages to show.
    """
    undated = None
    if not asked.question.compared and asked.selection.undated:
        anytime = asked.question._replace(ranges=(), sides=())
        undated = find(asked._replace(question=anytime, selection=Selection(asked.selection.undated), side=True))
    return _together(asked, [find(side) for side in sides], undated, limit)


def _together(asked: Narrowed, sides: Sequence[Found], undated: Found | None, limit: int) -> tuple[Found, int]:
    """The best passage of each side in their order, then more of each in turn, undated statements last."""
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
    return Found(asked._replace(notes=tuple(notes), selection=selection), shown, _judged(sides, undated)), most


def _in_turn(columns: Sequence[list[Ranked]]) -> list[Ranked]:
    """The first of each column, then the second of each; what two columns share is shown once."""
    rows = zip_longest(*columns)
    return list({found.passage.id: found for row in rows for found in row if found}.values())


def _judged(sides: Sequence[Found], undated: Found | None) -> Judgment:
    """The best of the sides; what carries no date answers for no time."""
    best = max((side.judgment for side in sides), key=lambda one: (_RANKS.index(one.status), one.confidence))
    if best.status == "none" and undated and undated.shown:
        return undated.judgment._replace(status="related")
    return best


def _empty(number: int, asked: Question) -> Note:
    """That there is nothing on one side, by its name or its dates."""
    if asked.compared:
        return Note(code="side_empty", values={"name": asked.compared[number].shown})
    first, last = asked.sides[number][0][0], asked.sides[number][-1][1]
    if first == FIRST_DAY:
        return Note(code="side_empty_until", values={"last": last.isoformat()})
    if last == LAST_DAY:
        return Note(code="side_empty_since", values={"first": first.isoformat()})
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return Note(code="side_empty_year", values={"year": f"{first.year:04}"})
    return Note(code="side_empty_dates", values={"first": first.isoformat(), "last": last.isoformat()})
