"""A large stored record of seeded text, made once for the tests that need it."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from corpus.models import Reading
from corpus.store import Source, Store
from retrieval.evaluation.quote_bench import spoken_statements
from retrieval.structures import append

PASSAGES = int(os.environ.get("ONRECORD_LOAD_PASSAGES", "1000"))
STRICT = "ONRECORD_LOAD_STRICT" in os.environ


@pytest.fixture(autouse=STRICT)
def _as_operators_start_it(cold: None) -> None:
    """Figures are those of cold processes."""


@pytest.fixture(scope="session")
def large_data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    The data directory of a stored record; `ONRECORD_LOAD_PASSAGES` says how large it is.

    Where `ONRECORD_LOAD_DATA` names a folder it is made there, and found there the next time.
    """
    kept = os.environ.get("ONRECORD_LOAD_DATA")
    folder = Path(kept) / str(PASSAGES) if kept else tmp_path_factory.mktemp("large")
    if not Store.exists(folder):
        store_statements(folder, PASSAGES)
    return folder


def store_statements(data_dir: Path, passages: int) -> None:
    """Store statements of synthetic text in which people speak."""
    fields = Reading.model_fields
    with Store.open(data_dir, create=True) as store, store.writing() as txn:
        for statement in spoken_statements(passages):
            reading = Reading(**{name: value for name, value in dict(statement).items() if name in fields})
            txn.put(Source("files", "/large"), f"/large/{statement.file}", reading)
        manifest = append(store.index_dir, None, "1", txn.statements()).model_dump_json()
        txn.publish(manifest, when=dt.date(2026, 1, 1), by="test")
