"""
Back to an earlier generation: what would change, then a new generation with its contents.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.curation.golden import REFUSED, Golden, refuse_losses
from bot.curation.indexing import next_manifest
from bot.curation.reports import ActionLine, GenerationLine, History, Report, ReportItem
from corpus.models import Statement
from corpus.store import Decision, Store
from corpus.word_changes import word_changes


def roll_back(store: Store, number: int, decision: Decision, *, dry_run: bool, golden: Sequence[Golden] = ()) -> Report:
    """
    Open a new generation whose contents are those of an earlier one; what is hidden, corrected or erased stays so.

    The next refresh goes forward again to what stands at the sources.

    Args:
        store: The stored corpus.
        number: Of the earlier generation.
        decision: Who, when, why.
        dry_run: Only tell what would change.
        golden: Questions that must still be answered.

    Raises:
        UsageError: There is no such generation.
    """
    with store.writing() as txn:
        txn.roll_back(number)
        touched = txn.touched()
        old = {one.id: one for one in store.statements(ids=touched)}
        new = {one.id: one for one in txn.statements(ids=touched)}
        report = _differences(txn.generation, old, new)
        if not touched or dry_run:
            txn.cancel()
            return report.model_copy(update={"refused": "dry_run" if touched else None})
        manifest = next_manifest(store, txn, touched)
        if lost := refuse_losses(store, txn, manifest, golden, decision.when):
            return report.model_copy(update={"refused": REFUSED, "lost": lost})
        txn.publish(manifest, when=decision.when, by=decision.by, what="rollback")
        txn.moderation.record("rollback", None, decision, [number])
        return report.model_copy(update={"generation": txn.generation, "applied": True})


def history(store: Store) -> History:
    """Generations and actions, the newest first."""
    with store.reading():
        return History(
            generations=tuple(GenerationLine(**one._asdict()) for one in store.generations()),
            actions=tuple(ActionLine(**{**one._asdict(), "detail": tuple(one.detail)}) for one in store.actions()),
        )


def _differences(generation: int, old: dict[str, Statement], new: dict[str, Statement]) -> Report:
    return Report(
        generation=generation,
        applied=False,
        added=tuple(_item(one, "restored") for id, one in new.items() if id not in old),
        changed=tuple(_item(one, "text_changed", word_changes(old[id], one)) for id, one in new.items() if id in old),
        removed=tuple(_item(one, "removed") for id, one in old.items() if id not in new),
    )


def _item(statement: Statement, code: str, detail: str = "") -> ReportItem:
    return ReportItem(
        id=statement.id, source=statement.url or statement.file, locator=statement.file, code=code, detail=detail
    )
