"""
What moderators do to the stored corpus: add, list, show, inspect. Both doors, terminal and Discord, call these methods.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from corpus.duplicates import find_repeats, originals
from corpus.errors import UnreadableError
from corpus.models import Frozen, Reading, Statement
from corpus.reader import read_statement
from corpus.sources.files import Read, find_files, printable, read_file, read_paths
from corpus.store import Item, Source, Store, Transaction
from retrieval.structures import append, read_parts, remove_unused


class ReportItem(Frozen):
    """
    One line of a report.

    Attributes:
        id: The statement's record number, `None` where nothing was stored.
        source: The file or folder that was named, absolute; as it was named where it could not be read.
        locator: Path below it.
        code: Why it is listed, in snake_case (`new`, `text_changed`, `duplicate_of`, `bad_format`).
        detail: For people: warnings of the reading, the statement that it repeats, what failed.
    """

    id: str | None = None
    source: str
    locator: str
    code: str
    detail: str = ""


class Report(Frozen):
    """
    What a command changed.

    Attributes:
        generation: The live generation afterwards, 0 before the first.
        applied: Something was read, and what it changed is stored.
        added: New statements, and new places of statements that are stored (`duplicate_of`).
        same: How many places hold the words that are stored.
        failed: What could not be read.
    """

    generation: int
    applied: bool
    added: tuple[ReportItem, ...] = ()
    changed: tuple[ReportItem, ...] = ()
    missing: tuple[ReportItem, ...] = ()
    same: int = 0
    failed: tuple[ReportItem, ...] = ()


class _Sighting(NamedTuple):
    """A statement as it stands at a place, before it is stored."""

    source: Source
    locator: str
    reading: Reading


class Curation:
    """
    The moderators' verbs on one data directory.

    Nothing is kept open between calls, so that one object serves every thread.
    """

    def __init__(self, data_dir: Path, *, read: Read = read_statement) -> None:
        self._data_dir = data_dir.absolute()
        self._read = read

    def add(self, paths: Sequence[Path], *, when: dt.date, by: str) -> Report:
        """
        Read files and folders and store what is new in them; all of it in one step, or nothing.

        What cannot be read is listed and does not stop the rest. Where nothing at all could be read, nothing is
        touched.

        Args:
            paths: Files and folders.
            when: Day or moment, for the history.
            by: Who adds them.

        Raises:
            BusyError: Another process is writing.
            StoreError: The disk is full, the folder is read-only, the corpus is damaged.
        """
        sightings, failed = self._read_all(paths)
        if not sightings:
            return Report(generation=self._generation(), applied=False, failed=tuple(failed))
        with Store.open(self._data_dir, create=True) as store, store.writing() as txn:
            items = [txn.put(*sighting) for sighting in sightings]
            touched = [item for item in items if item.code in ("new", "text_changed")]
            if touched or _is_stale(txn):
                txn.publish(_build_index(store.index_dir, txn, touched), when=when, by=by)
            return _report(txn, zip(sightings, items, strict=True), failed)

    def list_statements(self) -> list[Statement]:
        """The latest revision of every stored statement, in the order of the record numbers."""
        if not Store.exists(self._data_dir):
            return []
        with Store.open(self._data_dir) as store:
            return store.statements()

    def translated_from(self, statements: Sequence[Statement]) -> dict[str, str]:
        """Id of a translation → id of the statement it was translated from, among all that are stored."""
        return originals(statements, find_repeats(statements))

    def show(self, id: str) -> Statement:
        """
        One stored statement in its latest revision.

        Raises:
            UsageError: Nothing is stored, or not under this number.
            StoreError: The corpus is damaged.
        """
        with Store.open(self._data_dir) as store:
            return store.statement(id)

    def inspect(self, paths: Sequence[Path]) -> Iterator[Reading | UnreadableError]:
        """How each file would be read, in order, without storing anything."""
        return read_paths(paths, self._read)

    def _generation(self) -> int:
        if not Store.exists(self._data_dir):
            return 0
        with Store.open(self._data_dir) as store:
            return store.generation

    def _read_all(self, paths: Sequence[Path]) -> tuple[list[_Sighting], list[ReportItem]]:
        found: dict[str, _Sighting] = {}
        failed = []
        for path in paths:
            try:
                files = find_files([path])
            except UnreadableError as error:
                failed.append(_failure(path, error))
                continue
            source = Source("files", printable(path.resolve() if path.is_dir() else files[0].path))
            for file in files:
                locator = printable(file.path)
                if locator in found:
                    continue
                try:
                    found[locator] = _Sighting(source, locator, read_file(file, self._read))
                except UnreadableError as error:
                    failed.append(_failure(path, error, file.file))
        return list(found.values()), failed


def _build_index(directory: Path, txn: Transaction, touched: Sequence[Item]) -> str:
    """The manifest of the next generation; its index files are on the disk, and nobody reads them yet."""
    # What a killed process built and never committed.
    remove_unused(directory, *map(read_parts, txn.manifests()))
    generation = str(txn.generation + 1)
    if _is_stale(txn):
        return append(directory, None, generation, txn.statements()).model_dump_json()
    before = read_parts(txn.manifest) if txn.manifest else None
    added = [txn.statement(item.id) for item in touched]
    replaced = [txn.statement(item.id, item.revision - 1) for item in touched if item.revision > 1]
    return append(directory, before, generation, added, replaced).model_dump_json()


def _is_stale(txn: Transaction) -> bool:
    """Whether another version of On Record built the live index."""
    return bool(txn.manifest) and read_parts(txn.manifest or "").is_stale()


def _report(txn: Transaction, outcomes: Iterable[tuple[_Sighting, Item]], failed: Iterable[ReportItem]) -> Report:
    listed = [(item.code, _listed(sighting, item)) for sighting, item in outcomes]
    return Report(
        generation=txn.generation,
        applied=True,
        added=tuple(line for code, line in listed if code in ("new", "duplicate_of")),
        changed=tuple(line for code, line in listed if code == "text_changed"),
        same=sum(code == "same" for code, _ in listed),
        failed=tuple(failed),
    )


def _listed(sighting: _Sighting, item: Item) -> ReportItem:
    detail = item.id if item.code == "duplicate_of" else "; ".join(sighting.reading.warnings)
    return ReportItem(
        id=item.id,
        source=sighting.source.locator,
        locator=sighting.reading.file,
        code=item.code,
        detail=detail,
    )


def _failure(path: Path, error: UnreadableError, file: str | None = None) -> ReportItem:
    source = printable(path)
    return ReportItem(source=source, locator=file or source, code=error.code, detail=str(error))
