"""
What was read → the next generation, in one step or not at all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from bot.curation.golden import REFUSED, Golden, refuse_losses
from bot.curation.indexing import is_stale, next_manifest
from bot.curation.judging import is_small
from bot.curation.reading import Readings
from bot.curation.reports import Progress, Report, ReportItem
from corpus.duplicates import find_new_translations
from corpus.models import Reading, Statement
from corpus.store import PART_MARK, Decision, Item, Missing, Sighting, Store, Transaction, part_of
from corpus.translations import Neighborhood
from corpus.word_changes import word_changes

# Where a larger part of the record would go missing at once, the sources are more likely wrong than the record.
_MANY = 10
_ADDED = frozenset({"new", "translation_of", "duplicate_of", "hidden_earlier", "erased_earlier"})
# Somebody speaks these words, and it cannot be told who.
_UNSURE = frozenset({"unknown_person", "ambiguous"})
_CHANGED = frozenset({"text_changed", "found_again"})


class Application(NamedTuple):
    """
    How readings are applied.

    Attributes:
        what: The verb, for the history.
        when: Day or moment.
        by: Who.
        whole: What is not seen of a listed source is missing; else nothing goes missing.
        accept_missing: Also where more than a tenth would go missing.
        dry_run: Only tell what would change; where nothing would, the sources were read all the same.
        if_small: Only where the change is small (`judging.is_small`).
        labels: What is said of the sources that were read (`corpus.labels.read_labels`).
        golden: Questions that must still be answered.
    """

    what: str
    when: dt.date
    by: str
    whole: bool = False
    accept_missing: bool = False
    dry_run: bool = False
    if_small: bool = False
    labels: Mapping[str, str | int | None] = MappingProxyType({})
    golden: tuple[Golden, ...] = ()


def apply(store: Store, found: Readings, how: Application, report: Callable[[Progress], None]) -> Report:
    """
    Bring the record to what was read: put every reading, mark what is missing, build the index beside the live one,
    check it, ask the golden questions, commit.

    Args:
        store: The stored corpus.
        found: What any kind of source gave: readings, and failures with their codes.
        how: Verb, moment, person, and what is allowed.
        report: Is told of each step.

    Raises:
        BusyError: Another process is writing.
        StoreError: The disk is full, the folder is read-only, the corpus is damaged.
    """
    with store.writing() as txn:
        standing, known = txn.standing(), txn.locators()
        items = [txn.put(*sighting) for sighting in found.sightings]
        missing = txn.mark_missing(found.listed, found.seen, how.when) if how.whole else []
        ids = {item.id for item in items if item.code == "new"}
        new = {one.id: one for one in txn.statements(ids=ids)} if ids else {}
        outcome = _report(store, txn, zip(found.sightings, items, strict=True), new, missing, found)
        if refused := _refusal(outcome, standing, how):
            if txn.touched() or outcome.added or outcome.changed or outcome.missing:
                txn.cancel()
            else:
                # Nobody is asked whether to apply it, so that nothing else would say that the sources were read.
                _note_sources(txn, found, known, how)
            return outcome.model_copy(update={"applied": False, "refused": refused})
        _note_sources(txn, found, known, how)
        again = [item.id for item in items if item.code == "found_again"]
        touched = txn.touched()
        if touched or missing or again or is_stale(txn):
            report(Progress(event="building", done=0, total=len(touched)))
            manifest = next_manifest(store, txn, touched, known=new)
            if touched and (lost := refuse_losses(store, txn, manifest, how.golden, how.when)):
                return outcome.model_copy(update={"applied": False, "refused": REFUSED, "lost": lost})
            txn.publish(manifest, when=how.when, by=how.by, what=how.what, missing=missing)
            txn.moderation.record(how.what, None, Decision(how.by, how.when, ""))
            txn.forget_old(how.when)
        return outcome.model_copy(update={"generation": txn.generation})


def listed_failures(found: Readings) -> tuple[ReportItem, ...]:
    """What could not be read, as reports list it."""
    return tuple(failure.item for failure in found.failures)


def _refusal(outcome: Report, standing: int, how: Application) -> str | None:
    if how.if_small and not is_small(outcome, standing):
        return "not_small"
    if len(outcome.missing) * _MANY > standing and not how.accept_missing:
        return "too_many_missing"
    return "dry_run" if how.dry_run else None


def _note_sources(txn: Transaction, found: Readings, known: frozenset[str], how: Application) -> None:
    """Keep the sources that were read, and how each fared; a single file that another source has needs none."""
    for source in found.read_sources():
        # A feed shows a page for a while only, so that one that was named is a source all the same.
        if how.whole or source.kind != "files" or source.locator not in known:
            txn.note_source(source, how.when)
            if source in found.validators:
                txn.note_listing(source, found.validators[source])
            if how.labels:
                txn.label_source(source, how.labels)
    if how.whole:
        for failure in found.failures:
            if failure.is_whole:
                txn.note_source(failure.source, how.when, failure.item.code)


def _report(
    store: Store,
    txn: Transaction,
    outcomes: Iterable[tuple[Sighting, Item]],
    new: Mapping[str, Statement],
    missing: Sequence[Missing],
    found: Readings,
) -> Report:
    pairs = list(outcomes)
    changed = frozenset(item.id for _, item in pairs if item.code == "text_changed") - store.withheld().keys()
    before = {one.id: one for one in store.statements(ids=changed)} if changed else {}
    after = {one.id: one for one in txn.statements(ids=changed)} if changed else {}
    origins = _origins(txn, new)
    listed = [(item.code, _listed(sighting, item, _Beside(before, after, origins))) for sighting, item in pairs]
    return Report(
        generation=txn.generation,
        applied=True,
        added=tuple(line for code, line in listed if code in _ADDED),
        changed=tuple(line for code, line in listed if code in _CHANGED),
        missing=tuple(ReportItem(id=one.id, source=one.source, locator=one.locator, code="missing") for one in missing),
        same=sum(code == "same" for code, _ in listed),
        failed=listed_failures(found),
    )


class _Beside(NamedTuple):
    """
    What a line of a report needs beside its own statement.

    Attributes:
        before, after: Statements with other words, by id: as they were and as they are.
        origins: Id of a new statement → id of the one that it is a translation of.
    """

    before: dict[str, Statement]
    after: dict[str, Statement]
    origins: dict[str, str]


def _origins(txn: Transaction, new: Mapping[str, Statement]) -> dict[str, str]:
    """Id of a new statement → id of the one that it is a translation of; only what may be one is read."""
    if not new:
        return {}
    added = list(new.values())
    nearby = Neighborhood(added)
    others = {id for id, language, date in txn.languages() if nearby.holds(language, date)} - new.keys()
    return find_new_translations(added, txn.statements(ids=others, hidden=True) if others else ())


def _listed(sighting: Sighting, item: Item, beside: _Beside) -> ReportItem:
    return ReportItem(
        id=item.id,
        source=sighting.source.locator,
        locator=_place_below(sighting),
        code="translation_of" if item.code == "new" and item.id in beside.origins else item.code,
        detail=_detail(sighting, item, beside),
    )


def _place_below(sighting: Sighting) -> str:
    """The path below the folder that was named, with the name of one of several in a file; or the address."""
    reading = sighting.reading
    if reading is None or sighting.source.kind != "files":
        return sighting.locator
    _, mark, name = sighting.locator.partition(f"/{reading.file.rpartition('/')[2]}{PART_MARK}")
    return part_of(reading.file, name) if mark else reading.file


def _detail(sighting: Sighting, item: Item, beside: _Beside) -> str:
    if item.code in ("duplicate_of", "hidden_earlier", "erased_earlier"):
        return item.id
    said = []
    if item.code == "new" and item.id in beside.origins:
        said.append(beside.origins[item.id])
    if item.code == "text_changed" and item.id in beside.before and item.id in beside.after:
        said.append(word_changes(beside.before[item.id], beside.after[item.id]))
    if sighting.reading and item.code in ("new", "text_changed"):
        said += [*sighting.reading.warnings, *_remarks(sighting.reading)]
    return "; ".join(said)


def _remarks(reading: Reading) -> Iterator[str]:
    """What a moderator should look at, though it was read as well as it could be."""
    unsure = sum(quote.speaker is None and quote.reason in _UNSURE for quote in reading.quotes)
    if unsure:
        yield f"speaker_unsure: {unsure}"
    if reading.private:
        yield f"private_masked: {len(reading.private)}"
