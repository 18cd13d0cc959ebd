"""
The verbs for members: ask. Both doors, terminal and Discord, call these methods and only differ in how they print.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

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


class Service:
    """Answers from one corpus generation; safe to share between threads."""

    def __init__(self, catalog: Catalog, index: PassageIndex) -> None:
        self._catalog = catalog
        self._index = index
        self._asker = Asker(catalog, index, Expander(index, catalog.names, Bridge.load()))

    @classmethod
    def open(cls, settings: Settings, paths: Sequence[Path] = ()) -> Service:
        """
        The service on these files and folders; without them on the stored corpus, or on the sample where that is empty.

        Raises:
            UnreadableError: A path that cannot be read.
            StoreError: A store or an index that is not what it should be.
        """
        if paths:
            return cls.of(read_statements(paths))
        if Store.exists(settings.data_dir):
            with Store.open(settings.data_dir) as store, store.reading():
                if statements := store.statements():
                    return cls._stored(store, statements)
        return cls.of(read_statements([SAMPLE]), SAMPLE_GENERATION)

    @classmethod
    def _stored(cls, store: Store, statements: Sequence[Statement]) -> Service:
        generation = str(store.generation)
        return cls(Catalog(statements), open_index("embedded", store.index_dir, store.manifest or "", generation))

    @classmethod
    def of(cls, statements: Sequence[Statement], generation: str = "files") -> Service:
        """A service on these statements, its index in memory."""
        passages = [passage for statement in statements for passage in passages_of(statement)]
        return cls(Catalog(statements), EmbeddedIndex.build(passages, generation))

    def ask(self, request: AskRequest, *, today: dt.date) -> Answer:
        """
        Answer a question with verbatim excerpts, or say that the statements do not.

        Raises:
            UsageError: A date option that is no date, or a question of more than 2,000 characters.
        """
        started = time.perf_counter()
        answer = self._asker.ask(request, today)
        return answer.model_copy(update={"took_ms": round((time.perf_counter() - started) * 1000, 1)})

    @property
    def is_sample(self) -> bool:
        """Whether there was no corpus, so that the invented sample answers."""
        return self._index.generation == SAMPLE_GENERATION

    def overview(self) -> Overview:
        """How much the record holds."""
        dates = self._catalog.span_of_dates()
        return Overview(len(self._catalog), *(dates or (None, None)))
