"""
What narrows a question: its own filters, explicit options, and what an earlier question carries over.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from corpus.canonical import fold_word
from corpus.models import Span
from retrieval.catalog import Catalog, Selection
from retrieval.dates import FIRST_DAY, LAST_DAY
from retrieval.models import Answer, AskRequest, Filters, Note
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
    """

    question: Question
    filters: Filters
    selection: Selection
    notes: tuple[Note, ...]


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
    if unknown_speaker or unknown_organization:
        within = frozenset()
    question = question._replace(speaker=speaker, organization=organization)
    ranges = question.ranges
    filters = Filters(
        since=ranges[0][0] if ranges and ranges[0][0] != FIRST_DAY else None,
        until=ranges[-1][1] if ranges and ranges[-1][1] != LAST_DAY else None,
        organization=organization.shown if organization else request.organization,
        speaker=speaker.shown if speaker else request.speaker,
        language=request.language,
        order=question.order,
    )
    return Narrowed(question, filters, catalog.select(ranges, within), tuple(notes))


def carry_over(
    question: Question, earlier: Question, answer: Callable[[], Answer]
) -> tuple[Question, frozenset[str] | None]:
    """
    Read a question that leans on an earlier one.

    Speaker, organisation and dates are kept unless the new question names its own; a question with no topic of its own
    ("and in 2014?") keeps the topic too. "She" is whoever spoke in the earlier answer; "it" is its statement.

    Args:
        question: The new one; `question.follows`.
        earlier: The one before, itself carried over.
        answer: Gives the earlier question's answer; called only for a pronoun.

    Returns:
        The question to answer, and the statements that "it" means (`None`: any).
    """
    only = None
    carried = question if question.content or question.phrases else earlier._replace(wants=question.wants)
    if question.content and question.follows_topic and not (question.speaker or question.organization):
        carried = _with_topic_of(earlier, question)
    own_name = question.speaker or question.organization
    speaker = question.speaker if own_name else earlier.speaker
    organization = question.organization if own_name else earlier.organization
    order = question.order if question.order != "relevance" else earlier.order
    if question.follows_person and speaker is None:
        excerpts = answer().excerpts
        said = excerpts[0].speaker if excerpts else None
        if said:
            speaker = NameMatch("speaker", (fold_word(said.name),), said.name, NOWHERE)
    elif question.follows_thing and not question.content:
        excerpts = answer().excerpts
        only = frozenset({excerpts[0].statement.id}) if excerpts else None
        carried = question
    carried = carried._replace(
        speaker=speaker,
        organization=organization,
        ranges=question.ranges or earlier.ranges,
        order=order,
        notes=(*question.notes, Note(code="followup")),
    )
    return carried, only


def _with_topic_of(earlier: Question, question: Question) -> Question:
    """The new question with the earlier one's topic beside its own: "why weren't they happy with it?"."""
    moved = len(question.text) + 1
    topic = [token._replace(start=token.start + moved, end=token.end + moved) for token in earlier.content]
    return question._replace(text=f"{question.text}\n{earlier.text}", content=(*question.content, *topic))


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
