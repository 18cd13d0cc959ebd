"""
`Curation`: the moderators' verbs on one data directory, each a method.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType

from bot.curation.applying import Application, apply, listed_failures
from bot.curation.checking import check
from bot.curation.deciding import correct, dismiss, erase, finish_erasures, hide, unhide
from bot.curation.exchanging import export, import_
from bot.curation.files import ReadMany, read_files, read_paths
from bot.curation.golden import Golden, read_golden
from bot.curation.reading import Readings, Tally
from bot.curation.reports import (
    CheckReport,
    History,
    Labelled,
    Moderated,
    Progress,
    Report,
    Status,
    Transfer,
)
from bot.curation.restoring import history, roll_back
from bot.curation.sources import Which, choose, label, line_of, note_tried
from bot.curation.web import FILES, OpenWeb, Remembered, is_address, open_public_web, read_addresses, read_web
from corpus.corrections import Correction
from corpus.duplicates import find_repeats, originals
from corpus.errors import UnreadableError
from corpus.models import Reading, Statement
from corpus.reader import read_statement
from corpus.sources.files import Read, Several, read_in_turn
from corpus.sources.files import read_paths as inspect_paths
from corpus.sources.side_by_side import Readers
from corpus.store import Decision, Source, Store, Withheld
from retrieval.catalog import Catalog
from retrieval.statements import read_whole


def _silent(progress: Progress) -> None:
    pass


class Curation:
    """
    The moderators' verbs on one data directory.

    Nothing is kept open between calls, so that one object serves every thread.
    """

    def __init__(self, data_dir: Path, *, read: Read = read_statement, web: OpenWeb = open_public_web) -> None:
        """On a data directory; `read` reads a file, `web` opens a reader of addresses."""
        self._data_dir = data_dir.absolute()
        self._read = read
        # Other processes know only the reader that this program has.
        self._read_many: ReadMany = Readers().read if read is read_statement else partial(read_in_turn, read=read)
        self._web = web

    def add(
        self,
        named: Sequence[Path | str],
        *,
        when: dt.date,
        by: str,
        labels: Mapping[str, str | int | None] = MappingProxyType({}),
        accept_golden: bool = False,
    ) -> Report:
        """
        Read files, folders and addresses and store what is new in them; all of it in one step, or nothing.

        What cannot be read is listed, does not stop the rest, and is no source afterwards. Where nothing at all could
        be read, nothing is touched.

        Args:
            named: Files, folders, addresses of pages, feeds and sitemaps.
            when: Day or moment, for the history.
            by: Who adds them.
            labels: What is said of these sources (`corpus.labels.read_labels`).
            accept_golden: Also where golden questions would be lost (`golden.py`).

        Raises:
            UsageError: The file of golden questions is not what it should be.
            BusyError: Another process is writing.
            StoreError: The disk is full, the folder is read-only, the corpus is damaged.
        """
        golden = self._golden(accept_golden)
        found, tally = Readings.nothing(), Tally(_silent)
        read_paths([Path(one) for one in named if not is_address(one)], self._read_many, found, tally)
        if addresses := [str(one) for one in named if is_address(one)]:
            with self._web(self._read) as web:
                read_addresses(addresses, web, self._remembered(), found, tally)
        if not found.sightings:
            return Report(generation=self._generation(), applied=False, failed=listed_failures(found))
        with Store.open(self._data_dir, create=True) as store:
            finish_erasures(store)
            return apply(store, found, Application("add", when, by, labels=labels, golden=golden), _silent)

    def refresh(
        self,
        *,
        when: dt.date,
        by: str,
        dry_run: bool = False,
        accept_missing: bool = False,
        if_small: bool = False,
        accept_golden: bool = False,
        which: Which = Which(),  # noqa: B008 (immutable)
        report: Callable[[Progress], None] = _silent,
    ) -> Report:
        """
        Read sources again and bring the record to what stands there; all of it in one step, or nothing.

        What stands nowhere any more keeps its text and is marked. Where more than a tenth of the record would go
        missing, nothing is applied unless `accept_missing`.

        Args:
            when: Day or moment, for the history.
            by: Who refreshes.
            dry_run: Only tell what would change; where nothing would, it is noted that the sources were read.
            accept_missing: Also where more than a tenth would go missing.
            if_small: Only where the change is small (`judging.is_small`).
            accept_golden: Also where golden questions would be lost (`golden.py`).
            which: Which sources are read.
            report: Is told how far it has come.

        Raises:
            UsageError: Nothing is stored; there is no such source; a golden question is not what it should be.
            BusyError: Another process is writing.
            StoreError: The disk is full, the folder is read-only, the corpus is damaged.
        """
        golden = self._golden(accept_golden)
        with Store.open(self._data_dir) as store:
            sources = choose(store, which, when)
            if which.due and not sources:
                return Report(generation=store.generation, applied=False, refused="nothing_due")
            if not dry_run:
                finish_erasures(store)
            found = self._read_sources(store, sources, report)
            if not found.read_sources():
                note_tried(store, found, when)
                return Report(generation=store.generation, applied=False, failed=listed_failures(found))
            how = Application("refresh", when, by, True, accept_missing, dry_run, if_small=if_small, golden=golden)
            outcome = apply(store, found, how, report)
            if outcome.refused and not dry_run:
                note_tried(store, found, when)
            return outcome

    def list_statements(self, *, hidden: bool = False) -> list[Statement]:
        """Every stored statement as it is now, in the order of the record numbers; also hidden ones if `hidden`."""
        if not Store.exists(self._data_dir):
            return []
        with Store.open(self._data_dir) as store:
            return store.statements(hidden=hidden)

    def withheld(self) -> dict[str, Withheld]:
        """The statements that no reader may see, by id."""
        if not Store.exists(self._data_dir):
            return {}
        with Store.open(self._data_dir) as store:
            return store.withheld()

    def translated_from(self, statements: Sequence[Statement]) -> dict[str, str]:
        """Id of a translation → id of the statement it was translated from, among all that are stored."""
        return originals(statements, find_repeats(statements))

    def show(self, id: str, *, hidden: bool = False) -> Statement:
        """
        One stored statement as it is now.

        Raises:
            UsageError: Nothing is stored, or not under this number; it is hidden (unless `hidden`) or erased.
            StoreError: The corpus is damaged.
        """
        with Store.open(self._data_dir) as store:
            return store.statement(id, hidden=hidden)

    def inspect(self, paths: Sequence[Path]) -> Iterator[Reading | Several | UnreadableError]:
        """How each file would be read, in order, without storing anything."""
        return inspect_paths(paths, self._read)

    def status(self) -> Status:
        """
        The record at a glance, and how every source fares.

        Raises:
            UsageError: Nothing is stored.
            StoreError: The corpus is damaged.
        """
        with Store.open(self._data_dir) as store, store.reading():
            withheld = store.withheld().values()
            statements, missing = store.count()
            return Status(
                generation=store.generation,
                statements=statements,
                hidden=sum(one.kind == "hidden" for one in withheld),
                erased=sum(one.kind == "erased" for one in withheld),
                missing=missing,
                sources=tuple(map(line_of, store.sources())),
            )

    def alike(self, id: str) -> tuple[str, ...]:
        """
        Ids of other statements that print the same release in nearly its words or in another language: whoever hides or
        erases one may want to look at these. Nothing where the statement is erased.
        """
        with Store.open(self._data_dir) as store:
            catalog = Catalog(store.statements(hidden=True))
            withheld = store.withheld()
        if id.strip().lower() not in catalog.statements:
            return ()
        return tuple(one.id for one in read_whole(id, catalog).versions if one.id not in withheld)

    def hide(self, id: str, decision: Decision) -> Moderated:
        """Take a statement out of every surface (`deciding.hide`)."""
        with Store.open(self._data_dir) as store:
            return hide(store, id, decision)

    def unhide(self, id: str, decision: Decision) -> Moderated:
        """Bring a hidden statement back (`deciding.unhide`)."""
        with Store.open(self._data_dir) as store:
            return unhide(store, id, decision)

    def correct(
        self,
        id: str,
        read: Callable[[Statement], Sequence[Correction]],
        decision: Decision,
        *,
        dry_run: bool = False,
    ) -> Moderated:
        """Lay corrections over a statement (`deciding.correct`)."""
        with Store.open(self._data_dir) as store:
            return correct(store, id, read, decision, dry_run=dry_run)

    def dismiss(self, id: str, decision: Decision) -> None:
        """Note that a report was looked at (`deciding.dismiss`)."""
        with Store.open(self._data_dir) as store:
            dismiss(store, id, decision)

    def label(self, id: int, labels: Mapping[str, str | int | None], decision: Decision) -> Labelled:
        """Keep what a moderator says of a source (`sources.label`)."""
        with Store.open(self._data_dir) as store:
            return label(store, id, labels, decision)

    def erase(self, id: str, decision: Decision) -> Moderated:
        """Take the text of a statement out of the record for good (`deciding.erase`)."""
        with Store.open(self._data_dir) as store:
            return erase(store, id, decision)

    def history(self) -> History:
        """Generations and what moderators did, the newest first."""
        with Store.open(self._data_dir) as store:
            return history(store)

    def roll_back(
        self, number: int, decision: Decision, *, dry_run: bool = False, accept_golden: bool = False
    ) -> Report:
        """Go back to an earlier generation (`restoring.roll_back`), though golden questions are lost if that is so."""
        golden = self._golden(accept_golden)
        with Store.open(self._data_dir) as store:
            return roll_back(store, number, decision, dry_run=dry_run, golden=golden)

    def export(self, file: Path, *, with_hidden: bool = False) -> Transfer:
        """Write the record to a file (`exchanging.export`)."""
        with Store.open(self._data_dir) as store:
            return export(store, file, with_hidden=with_hidden)

    def import_(self, file: Path, decision: Decision, *, accept_golden: bool = False) -> Transfer:
        """Bring an export into the record (`exchanging.import_`), though golden questions are lost if that is so."""
        return import_(self._data_dir, file, decision, self._golden(accept_golden))

    def check(self) -> CheckReport:
        """Hold store and index against each other (`checking.check`)."""
        with Store.open(self._data_dir) as store:
            return check(store)

    def _read_sources(self, store: Store, sources: Sequence[Source], report: Callable[[Progress], None]) -> Readings:
        """What stands at these sources now."""
        found, tally = Readings.nothing(), Tally(report)
        files = [one for one in sources if one.kind == FILES]
        read_files(files, store.validators(), self._read_many, found, tally)
        if remote := [one for one in sources if one.kind != FILES]:
            with self._web(self._read) as web:
                read_web(remote, web, Remembered.of(store), found, tally)
        return found

    def _golden(self, accepted: bool) -> tuple[Golden, ...]:
        """What must still be answered; nothing where a loss is accepted."""
        return () if accepted else read_golden(self._data_dir)

    def _remembered(self) -> Remembered:
        if not Store.exists(self._data_dir):
            return Remembered()
        with Store.open(self._data_dir) as store:
            return Remembered.of(store)

    def _generation(self) -> int:
        if not Store.exists(self._data_dir):
            return 0
        with Store.open(self._data_dir) as store:
            return store.generation
