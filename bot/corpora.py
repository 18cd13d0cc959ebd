"""
The record that a service answers from: files named for this one call, the stored corpus, or the sample that ships.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Protocol, Self

from corpus.errors import UnreadableError
from corpus.models import Reading, Statement
from corpus.reader import read_statement
from corpus.sources.documents import Document, read_documents
from corpus.sources.files import FoundFile, find_files, load_file
from corpus.store import Store
from retrieval.asking import Asker
from retrieval.bridge import Bridge
from retrieval.catalog import Catalog
from retrieval.expansion import Expander
from retrieval.structures import MemoryStructures, StoredStructures, Structures
from retrieval.wordlist import baked_path

if TYPE_CHECKING:
    from retrieval.models import Directory
    from retrieval.quote_search.finder import QuoteFinder
    from retrieval.quote_search.people import People
    from retrieval.timeline import Timeliner
    from retrieval.verification import Verifier

SAMPLE = Path(__file__).parent.parent / "corpus" / "sample" / "statements"
SAMPLE_GENERATION = "sample"


class Record:
    """One generation of the corpus, ready to be asked; immutable, each part made when it is first needed."""

    def __init__(
        self, catalog: Catalog, structures: Structures, further: Path | None = None, *, hidden: int = 0
    ) -> None:
        """
        Statements with the structures of their generation.

        Args:
            catalog: The statements.
            structures: Of the same ones.
            further: A word list behind our own.
            hidden: How many more there are that moderators have hidden.
        """
        self.catalog = catalog
        self.hidden = hidden
        self.structures = structures
        self._further = further

    @classmethod
    def of(cls, statements: Iterable[Statement], generation: str, public_url: str = "") -> Self:
        """These statements, with structures in memory."""
        catalog = Catalog(statements, public_url)
        return cls(catalog, MemoryStructures(list(catalog.statements.values()), generation))

    @cached_property
    def asker(self) -> Asker:
        """Answers questions."""
        return Asker(self.catalog, self.structures.passages, self._expander)

    @cached_property
    def quoter(self) -> QuoteFinder:
        """Finds what somebody said."""
        from retrieval.quote_search.finder import QuoteFinder
        from retrieval.quote_search.ranking import Indexes

        indexes = Indexes(self.structures.quotes, self.structures.passages)
        return QuoteFinder(self.catalog, indexes, self._expander)

    @cached_property
    def directory(self) -> Directory:
        """Names and titles to choose from."""
        from retrieval.directory import make_directory

        return make_directory(self.catalog, self.people)

    @cached_property
    def people(self) -> People:
        """Everybody who speaks, to be counted and listed: no name is typed, so no index is looked at."""
        from retrieval.quote_search.people import People

        return People(self.catalog.names, lambda word: False)

    @cached_property
    def verifier(self) -> Verifier:
        """Checks quotations."""
        from retrieval.verification import Verifier

        return Verifier(self.catalog, self.structures.shingles)

    @cached_property
    def _expander(self) -> Expander:
        return Expander(self.structures.passages, self.catalog.names, Bridge.load(self._further))

    @cached_property
    def timeliner(self) -> Timeliner:
        """Lays topics out over time."""
        from retrieval.timeline import Timeliner

        return Timeliner(self.asker)


class Source(Protocol):
    """Where the record comes from."""

    def current(self) -> Record:
        """The record as it is now; called before each answer, from several threads."""
        ...


class FixedRecord:
    """A record that stays as it is."""

    def __init__(self, record: Record) -> None:
        self._record = record

    def current(self) -> Record:
        """That record."""
        return self._record


class StoredRecord:
    """
    The stored corpus of a data directory, or the sample while nothing is stored.

    What another process adds, changes, hides or corrects holds from the next question.

    Args:
        steady: Go on with the generation that was opened first, unless something of it is hidden or erased: somebody
            else opens the next ones.
        public_url: Where the public site of the record stands; "" without one.
    """

    def __init__(self, data_dir: Path, *, steady: bool = False, public_url: str = "") -> None:
        self._data_dir = data_dir
        self._public_url = public_url
        self._steady = steady
        self._lock = threading.Lock()
        self._store: Store | None = None
        self._version: int | None = None
        self._record: Record | None = None

    def current(self) -> Record:
        """
        The live generation.

        Raises:
            StoreError: A store or an index that is not what it should be.
        """
        with self._lock:
            if self._store is None and Store.exists(self._data_dir):
                self._store = Store.open(self._data_dir)
            # Taken before the statements are read: what changes in between is noticed at the next question.
            version = self._store.data_version() if self._store else None
            if self._record is None or (version != self._version and not self._may_go_on(self._record)):
                self._record = self._load()
            self._version = version
            return self._record

    def _may_go_on(self, record: Record) -> bool:
        """Whether a record that has changed since may still answer."""
        return (
            self._steady
            and self._store is not None
            and record.catalog.statements.keys().isdisjoint(self._store.withheld())
        )

    def _load(self) -> Record:
        """The live generation, with the statements that are as they were before; the sample where there is none."""
        last = self._record if self._record and not _is_sample(self._record) else None
        if self._store is None:
            return _sample(self._public_url)
        with self._store.reading():
            generation = self._store.generation
            # Not all that is committed is seen by readers: when a source was last read, for one.
            if last and last.structures.generation == str(generation):
                return last
            known = last.catalog.statements if last else {}
            if not generation:
                return _sample(self._public_url)
            return _stored(self._store, _baked(self._data_dir), known, self._public_url)


def read_statements(paths: Sequence[Path]) -> list[Statement]:
    """
    The statements of these files and folders, read now and kept nowhere.

    Raises:
        UnreadableError: For the first path or file that cannot be read: a question asked of half the statements that
            were named would get a wrong "the statements do not say".
    """
    return named_by_file(_whole(one) for found in find_files(paths) for one in _documents(found))


def _documents(found: FoundFile) -> list[Document]:
    return read_documents(load_file(found), found.file, read_statement)


def _whole(document: Document) -> Reading:
    if isinstance(document.outcome, UnreadableError):
        raise document.outcome
    return document.outcome


def named_by_file(readings: Iterable[Reading]) -> list[Statement]:
    """
    Statements whose id is their file's path without its extension, or with it where two files would share one; several
    of one file are counted (`feed.xml~2`).
    """
    found = list(readings)
    stems = [str(PurePosixPath(reading.file).with_suffix("")) for reading in found]
    taken = Counter(stems)
    names: Counter[str] = Counter()
    statements = []
    for reading, stem in zip(found, stems, strict=True):
        name = stem if taken[stem] == 1 else reading.file
        names[name] += 1
        # Two folders may hold a file of one name.
        unique = name if names[name] == 1 else f"{name}~{names[name]}"
        statements.append(Statement(id=unique, **dict(reading)))
    return statements


def _baked(data_dir: Path) -> Path | None:
    table = baked_path(data_dir)
    return table if table.is_file() else None


def _stored(store: Store, further: Path | None, known: Mapping[str, Statement], public_url: str) -> Record:
    """The live generation of a store; what is among the `known` statements is not read again."""
    statements = store.statements(known)
    structures = StoredStructures(store.index_dir, store.manifest or "", str(store.generation))
    hidden = sum(one.kind == "hidden" for one in store.withheld().values())
    return Record(Catalog(statements, public_url), structures, further, hidden=hidden)


def _is_sample(record: Record) -> bool:
    return record.structures.generation == SAMPLE_GENERATION


@cache
def _sample(public_url: str) -> Record:
    """It ships with the program, so that it is read once."""
    return Record.of(read_statements([SAMPLE]), SAMPLE_GENERATION, public_url)
