"""
Sources: which are read now, what moderators say about them, and how they fare where nothing is applied.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from bot.curation.reading import Readings
from bot.curation.reports import Labelled, SourceLine
from corpus.errors import UsageError
from corpus.store import Decision, Source, SourceStatus, Store, moment_of


class Which(NamedTuple):
    """
    The sources that a refresh reads; all of them where it says nothing.

    Attributes:
        due: Only those whose time has come.
        ids: Only those of these numbers.
    """

    due: bool = False
    ids: frozenset[int] = frozenset()


def choose(store: Store, which: Which, when: dt.date) -> list[Source]:
    """
    The sources to be read.

    Raises:
        UsageError: A number is that of no source.
    """
    known = store.sources()
    unknown = which.ids - {one.id for one in known}
    if unknown:
        named = ", ".join(map(str, sorted(unknown)))
        raise UsageError(f'There is no source {named}. "onrecord corpus status" shows the number of each.')
    now = moment_of(when.isoformat())
    wanted = (one for one in known if not which.ids or one.id in which.ids)
    return [Source(one.kind, one.locator) for one in wanted if not which.due or one.is_due(now)]


def line_of(source: SourceStatus) -> SourceLine:
    """A source as the status lists it."""
    shown = {name: value for name, value in source._asdict().items() if name in SourceLine.model_fields}
    return SourceLine(**shown, next=source.next_at.isoformat() if source.next_at else None)


def label(store: Store, id: int, labels: Mapping[str, str | int | None], decision: Decision) -> Labelled:
    """
    Keep what a moderator says of a source; what is said already is no change.

    Raises:
        UsageError: There is no such source.
    """
    with store.writing() as txn:
        changes = txn.label_source(id, labels)
        if changes:
            txn.moderation.record("source", None, decision, [change.model_dump() for change in changes])
        else:
            txn.cancel()
    source = next(one for one in store.sources() if one.id == id)
    return Labelled(applied=bool(changes), source=line_of(source), changes=tuple(changes))


def note_tried(store: Store, found: Readings, when: dt.date) -> None:
    """Note how sources fared in a refresh of which nothing is applied, so that they are not read again at once."""
    with store.writing() as txn:
        for source in found.read_sources():
            txn.note_source(source, when)
        for failure in found.failures:
            if failure.is_whole:
                txn.note_source(failure.source, when, failure.item.code)
