"""
The verbs for members: ask. Both doors, terminal and Discord, call these methods and only differ in how they print.
"""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol, Self

from bot.corpora import SAMPLE, read_statements
from bot.settings import Settings
from corpus.models import Statement
from corpus.store import Store
from retrieval.asking import Asker
from retrieval.backends.embedded import EmbeddedIndex
from retrieval.bridge import Bridge
from retrieval.catalog import Catalog
from retrieval.expansion import Expander
from retrieval.index import PassageIndex, open_index
from retrieval.models import Answer, AskRequest
from retrieval.passages import passages_of

SAMPLE_GENERATION = "sample"


class Overview(NamedTuple):
    """How much the record holds: statements, and the first and last date among them (ISO, `None` without any)."""

    statements: int
    first_date: str | None
    last_date: str | None


class Record(NamedTuple):
    """One generation of the corpus, ready to be asked; immutable."""

    catalog: Catalog
    index: PassageIndex
    asker: Asker

    @classmethod
    def of(cls, statements: Iterable[Statement], generation: str) -> Self:
        """These statements, with an index in memory."""
        catalog = Catalog(statements)
        passages = [passage for statement in catalog.statements.values() for passage in passages_of(statement)]
        return cls.opened(catalog, EmbeddedIndex.build(passages, generation))

    @classmethod
    def opened(cls, catalog: Catalog, index: PassageIndex) -> Self:
        """These statements with the index of their generation."""
        return cls(catalog, index, Asker(catalog, index, Expander(index, catalog.names, Bridge.load())))


class Source(Protocol):
    """Where the record comes from."""

    def current(self) -> Record:
        """The record as it is now; called before each answer, from several threads."""
        ...


class Service:
    """Answers from the record as it is now; safe to share between threads."""

    def __init__(self, source: Source) -> None:
        self._source = source

    @classmethod
    def open(cls, settings: Settings, paths: Sequence[Path] = ()) -> Self:
        """
        The service on these files and folders; without them on the stored corpus, or on the sample where that is empty.

        Raises:
            UnreadableError: A path that cannot be read.
            StoreError: A store or an index that is not what it should be.
        """
        service = cls.of(read_statements(paths)) if paths else cls(StoredRecord(settings.data_dir))
        service._source.current()
        return service

    @classmethod
    def of(cls, statements: Iterable[Statement], generation: str = "files") -> Self:
        """A service on these statements, its index in memory."""
        return cls(FixedRecord(Record.of(statements, generation)))

    def ask(self, request: AskRequest, *, today: dt.date) -> Answer:
        """
        Answer a question with verbatim excerpts, or say that the statements do not.

        Raises:
            UsageError: A date option that is no date, or a question of more than 2,000 characters.
            StoreError: Another process left the stored corpus in a state that cannot be read.
        """
        record = self._source.current()
        started = time.perf_counter()
        answer = record.asker.ask(request, today)
        return answer.model_copy(update={"took_ms": round((time.perf_counter() - started) * 1000, 1)})

    @property
    def is_sample(self) -> bool:
        """Whether there is no corpus, so that the invented sample answers."""
        return self._source.current().index.generation == SAMPLE_GENERATION

    def overview(self) -> Overview:
        """How much the record holds."""
        catalog = self._source.current().catalog
        return Overview(len(catalog), *(catalog.span_of_dates() or (None, None)))


class FixedRecord:
    """A record that stays as it is: files that were named for one call."""

    def __init__(self, record: Record) -> None:
        self._record = record

    def current(self) -> Record:
        """That record."""
        return self._record


class StoredRecord:
    """
    The stored corpus of a data directory, or the sample while nothing is stored.

    What another process adds, corrects or hides holds from the next question.
    """

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._lock = threading.Lock()
        self._store: Store | None = None
        self._seen: int | None = None
        self._record: Record | None = None

    def current(self) -> Record:
        """
        The live generation.

        Raises:
            StoreError: A store or an index that is not what it should be.
        """
        with self._lock:
            if self._store is None and Store.exists(self._data_dir):
                self._store, self._record = Store.open(self._data_dir), None
            # Taken before the statements are read: what changes in between is noticed at the next question.
            version = self._store.data_version() if self._store else None
            if self._record is None or version != self._seen:
                self._record = (self._store and _stored(self._store)) or self._record or _sample()
                self._seen = version
            return self._record


def _stored(store: Store) -> Record | None:
    """The live generation of a store; `None` while it is empty."""
    with store.reading():
        statements = store.statements()
        generation, manifest = str(store.generation), store.manifest or ""
        index = open_index("embedded", store.index_dir, manifest, generation) if statements else None
    return Record.opened(Catalog(statements), index) if index else None


def _sample() -> Record:
    return Record.of(read_statements([SAMPLE]), SAMPLE_GENERATION)
