"""
What narrows a question: its own filters, what was carried over, and explicit options, which win.
"""

from __future__ import annotations

from typing import NamedTuple

from corpus.models import Span
from retrieval.catalog import Catalog, Selection
from retrieval.dates import FIRST_DAY, LAST_DAY
from retrieval.models import AskRequest, Filters, Note
from retrieval.names import NameKind, NameMatch
from retrieval.query import Question

NOWHERE = Span(0, 0)


class Narrowed(NamedTuple):
    """
    A question with the filters that hold for it.

    Attributes:
        question: With speaker, organisation and dates filled in.
        filters: As printed in the answer.
        selection: The statements that pass.
        notes: What the reader should know about the filters.
        side: It is one side of a comparison: nothing is shown for it but what is on the topic.
    """

    question: Question
    filters: Filters
    selection: Selection
    notes: tuple[Note, ...]
    side: bool = False


def narrow(
    request: AskRequest, question: Question, catalog: Catalog, *, only: frozenset[str] | None = None
) -> Narrowed:
    """
    Apply filters to the statements of a catalog.

    A name in an explicit option that nobody has, or that several have, lets nothing through and says so.

    Args:
        request: For its explicit options, which win.
        question: With what it says itself and what was carried over.
        catalog: Of the corpus.
        only: Statements that the conversation is about; `None` for all.
    """
    notes = list(question.notes)
    speaker, unknown_speaker = _named("speaker", request.speaker, question.speaker, catalog, notes)
    organization, unknown_organization = _named(
        "organization", request.organization, question.organization, catalog, notes
    )
    within = only
    for match in (speaker, organization):
        if match:
            ids = catalog.names.ids(match)
            within = ids if within is None else within & ids
    if question.compared:
        ids = frozenset[str]().union(*(catalog.names.ids(match) for match in question.compared))
        within = ids if within is None else within & ids
    if unknown_speaker or unknown_organization:
        within = frozenset()
    question = question._replace(speaker=speaker, organization=organization)
    ranges = question.ranges
    filters = Filters(
        since=ranges[0][0] if ranges and ranges[0][0] != FIRST_DAY else None,
        until=ranges[-1][1] if ranges and ranges[-1][1] != LAST_DAY else None,
        organization=_shown("organization", organization, question) or request.organization,
        speaker=_shown("speaker", speaker, question) or request.speaker,
        language=request.language,
        order=question.order,
    )
    return Narrowed(question, filters, catalog.select(ranges, within), tuple(notes))


def _shown(kind: NameKind, match: NameMatch | None, question: Question) -> str | None:
    """The name that holds, or all that are compared."""
    names = [match.shown] if match else [one.shown for one in question.compared if one.kind == kind]
    return ", ".join(dict.fromkeys(names)) or None


def _named(
    kind: NameKind, typed: str | None, read: NameMatch | None, catalog: Catalog, notes: list[Note]
) -> tuple[NameMatch | None, bool]:
    """The name that holds, and whether an explicit option names nobody."""
    if not typed or not typed.strip():
        return read, False
    keys = catalog.names.resolve(kind, typed)
    if len(keys) == 1 or (keys and catalog.names.is_short_form(typed)):
        printed = typed.strip() if len(keys) > 1 else catalog.names.shown(kind, keys[0])
        return NameMatch(kind, keys, printed, NOWHERE), False
    shown = ", ".join(catalog.names.shown(kind, key) for key in keys)
    notes.append(
        Note(code="name_ambiguous", values={"name": typed, "choices": shown})
        if keys
        else Note(code=f"{kind}_unknown", values={"name": typed})
    )
    return None, True
