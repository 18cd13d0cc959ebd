"""
What is damaged is replaced, what is of an earlier version is brought up, and what is no corpus of ours is refused.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from backups import NOW, ROAD, SECRET, exported, packed
from curating import DECISION, Desk
from storing import SCHEMA_1

from bot.backup import back_up, restore
from bot.curation import Curation
from corpus.errors import StoreError, UsageError
from corpus.store.database import SCHEMA


@pytest.mark.thorough
@pytest.mark.parametrize("kind", ["garbage", "empty", "torn", "newer", "gone"])
def test_damaged_corpus_is_replaced(desk: Desk, tmp_path: Path, kind: str) -> None:
    """
    The corpus for which backups are made, the one that cannot be read any more, is replaced; what could not be done is
    said: nobody knows what had been erased in it.
    """
    path = desk.data_dir / "corpus.sqlite3"
    before = exported(desk.data_dir)
    data = path.read_bytes()
    if kind == "newer":
        with sqlite3.connect(path) as connection:
            connection.execute(f"PRAGMA user_version = {SCHEMA + 1}")
        connection.close()
    elif kind == "gone":
        path.unlink()
    else:
        path.write_bytes({"garbage": b"no database " * 900, "empty": b"", "torn": data[:9_000]}[kind])
    with pytest.raises(StoreError):
        exported(desk.data_dir)

    done = restore(desk.data_dir, tmp_path / "record.zip", DECISION, replace=True)

    assert exported(desk.data_dir) == before
    assert desk.texts() == {"2014-001": SECRET, "2015-001": ROAD}
    assert done.replaced_unread
    assert not any((desk.data_dir / "cache").iterdir())


@pytest.mark.thorough
def test_old_file_is_said_to_be_open(desk: Desk, tmp_path: Path) -> None:
    """
    Where a database is no database any more a new file takes its place, and a running bot has to be started again.
    """
    (desk.data_dir / "corpus.sqlite3").write_bytes(b"no database " * 900)

    assert restore(desk.data_dir, tmp_path / "record.zip", DECISION, replace=True).restart
    assert not restore(desk.data_dir, tmp_path / "record.zip", DECISION, replace=True).restart
    assert not restore(tmp_path / "other", tmp_path / "record.zip", DECISION).restart


@pytest.mark.thorough
def test_backup_of_the_first_schema_is_brought_up(tmp_path: Path) -> None:
    """
    A backup of a corpus as the first version stored it is restored as a corpus of today, its index built anew.
    """
    (tmp_path / "known").mkdir()
    shutil.copy(SCHEMA_1, tmp_path / "known" / "corpus.sqlite3")

    done = restore(tmp_path / "data", packed(SCHEMA_1, tmp_path / "old.zip"), DECISION)

    assert done.statements == 3
    assert exported(tmp_path / "data") == exported(tmp_path / "known")
    assert Curation(tmp_path / "data").check().problems == ()
    with sqlite3.connect(tmp_path / "data" / "corpus.sqlite3") as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA,)
    connection.close()


@pytest.mark.thorough
def test_corpus_with_an_index_of_another_version_is_backed_up(desk: Desk, tmp_path: Path) -> None:
    """
    Right after an upgrade the index may be one that this version does not read; a backup is made all the same, and what
    is restored from it has an index of this version.
    """
    with desk.store() as store, store.writing() as txn:
        manifest = json.loads(txn.manifest or "")
        txn.set_manifest(txn.generation, json.dumps(manifest | {"format": 0}))
    assert desk.curation.check().problems != ()

    back_up(desk.data_dir, tmp_path / "stale.zip", when=NOW)
    restore(tmp_path / "other", tmp_path / "stale.zip", DECISION)

    assert exported(tmp_path / "other") == exported(desk.data_dir)
    assert Curation(tmp_path / "other").check().problems == ()


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (f"PRAGMA user_version = {SCHEMA + 1}", rf"newer version of On Record .*schema {SCHEMA + 1}.*; update"),
        ("PRAGMA user_version = 0", "other tables"),
        ("CREATE TRIGGER t AFTER INSERT ON actions BEGIN DELETE FROM statements; END", "other tables"),
        ("CREATE TABLE more (x)", "other tables"),
        ("DROP TABLE actions", "cannot be restored"),
        ("UPDATE revisions SET reading = replace(reading, 'ferry', 'raft')", "damaged in the store"),
        ("DELETE FROM statements WHERE id = '2014-001'", "dangling in the store"),
        ("UPDATE generations SET manifest = '{\"format\": 1'", "record of the index is damaged"),
    ],
)
def test_strange_databases_are_refused(desk: Desk, tmp_path: Path, change: str, expected: str) -> None:
    """
    A database of a newer version, with tables or actions that ours has not, or with changed texts is refused in one
    line, though its backup is whole; nothing is changed.
    """
    database = shutil.copy(desk.data_dir / "corpus.sqlite3", tmp_path / "strange.sqlite3")
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(change)
    connection.close()
    file = packed(Path(database), tmp_path / "strange.zip", generation=1, statements=2)
    before = exported(desk.data_dir)

    with pytest.raises(UsageError, match=expected) as caught:
        restore(desk.data_dir, file, DECISION, replace=True)

    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith(f"{file} cannot be restored: ")
    assert "cache" not in str(caught.value)
    assert exported(desk.data_dir) == before
