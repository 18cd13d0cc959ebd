"""
Moderators' decisions: hide, unhide, correct, dismiss, erase. Each is one step that holds from the next question.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.curation.indexing import next_manifest
from bot.curation.reports import Moderated
from corpus.corrections import Correction, changes, corrected
from corpus.models import Statement
from corpus.store import Decision, Store, Transaction
from retrieval.structures import read_parts, remove_unused

Corrections = Callable[[Statement], Sequence[Correction]]


def hide(store: Store, id: str, decision: Decision) -> Moderated:
    """
    Take a statement out of every surface, with every other that has its very words; the text is kept.

    Raises:
        UsageError: No such record number, or it is erased.
    """
    with store.writing() as txn:
        id = id.strip().lower()
        return _publish(store, txn, "hide", id, txn.moderation.hide(id, decision), decision)


def unhide(store: Store, id: str, decision: Decision) -> Moderated:
    """
    Bring a hidden statement back, with every other that has its very words.

    Raises:
        UsageError: No such record number, it is erased, or its text is not kept here.
    """
    with store.writing() as txn:
        id = id.strip().lower()
        return _publish(store, txn, "unhide", id, txn.moderation.unhide(id), decision)


def correct(store: Store, id: str, read: Corrections, decision: Decision, *, dry_run: bool) -> Moderated:
    """
    Lay a correction over a statement; what it says already is no change.

    Args:
        store: The stored corpus.
        id: Record number.
        read: Gives the corrections, from the statement as it is now.
        decision: Who, when, why.
        dry_run: Only tell what would change.

    Raises:
        UsageError: No such record number, it is erased, or the statement does not fit the correction.
    """
    with store.writing() as txn:
        before = txn.statement(id, hidden=True)
        corrections = read(before)
        found = changes(before, corrected(before, corrections), corrections)
        if not found or dry_run:
            txn.cancel()
            return Moderated(generation=txn.generation, applied=False, ids=(before.id,), changes=tuple(found))
        txn.moderation.correct(before.id, corrections, decision)
        detail = [change.model_dump() for change in found]
        made = _publish(store, txn, "correct", before.id, [before.id], decision, detail)
        return made.model_copy(update={"changes": tuple(found)})


def dismiss(store: Store, id: str, decision: Decision) -> None:
    """Note in the history that a report on a statement was looked at, and that nothing was to be changed."""
    with store.writing() as txn:
        txn.moderation.record("dismiss", id, decision)


def erase(store: Store, id: str, decision: Decision) -> Moderated:
    """
    Take the text of a statement, and of every other with its words, out of the record for good, and clear the files.

    Killed in between, the statement is either still there or in no answer; the next command clears what is left.

    Raises:
        UsageError: No such record number.
        BusyError: Another process writes; or one was reading, so that its old pages are still to be cleared.
    """
    id = id.strip().lower()
    known = store.withheld().get(id)
    if known and known.kind == "erased":
        finish_erasures(store)
        return Moderated(generation=store.generation, applied=False, ids=())
    with store.writing() as txn:
        ids = txn.moderation.erase(id, decision)
        manifest = next_manifest(store, txn, ids, erase=True)
        txn.publish(manifest, when=decision.when, by=decision.by, what="erase")
        txn.moderation.record("erase", id, decision)
        made = Moderated(generation=txn.generation, applied=True, ids=tuple(ids))
    finish_erasures(store)
    return made


def finish_erasures(store: Store) -> None:
    """
    Clear the files of what was erased, where that is still to be done: old index files, caches, free pages, the log.

    Raises:
        BusyError: Another process writes, or is in the middle of reading.
    """
    if store.is_cleared():
        return
    with store.writing() as txn:
        # Whoever still reads an old generation keeps its open files, and opens the live one before the next answer.
        remove_unused(store.index_dir, *map(read_parts, txn.manifests(newest=1)))
        _remove_cache(store.index_dir.parent)
    store.clear()


def _publish(
    store: Store,
    txn: Transaction,
    what: str,
    id: str,
    ids: Sequence[str],
    decision: Decision,
    detail: Sequence[object] = (),
) -> Moderated:
    if not ids:
        return Moderated(generation=txn.generation, applied=False, ids=())
    manifest = next_manifest(store, txn, ids)
    txn.publish(manifest, when=decision.when, by=decision.by, what=what)
    txn.moderation.record(what, id, decision, detail)
    return Moderated(generation=txn.generation, applied=True, ids=tuple(ids))


def _remove_cache(data_dir: Path) -> None:
    """Readings by content hash: deleting them loses nothing."""
    shutil.rmtree(data_dir / "cache", ignore_errors=True)
