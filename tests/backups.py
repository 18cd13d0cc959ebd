"""
Two statements and a third, backups of them, and what is stored, to compare it.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from curating import DECISION, Desk

from bot.backup import restore
from bot.backup.archive import Facts, Part, pack
from corpus.store import Store

NOW = dt.datetime(2024, 5, 2, 3, 30, tzinfo=dt.UTC)
SECRET = "2014\n\nThe ferry carries zinnia lanterns."
ROAD = "2015\n\nThe river road has no lamps."
WALL = "The harbor wall is high."


def exported(data_dir: Path) -> list[str]:
    """All that is stored, as an export has it."""
    with Store.open(data_dir) as store, store.reading():
        return list(store.export_lines(with_hidden=True))


def put_back(desk: Desk, tmp_path: Path) -> None:
    restore(desk.data_dir, tmp_path / "record.zip", DECISION, replace=True)


def files_in(data_dir: Path) -> set[str]:
    """Files of a data directory, less those that come and go with who has it open."""
    names = {path.relative_to(data_dir).as_posix() for path in data_dir.rglob("*") if path.is_file()}
    return names - {"write.lock", "corpus.sqlite3-wal", "corpus.sqlite3-shm"}


def packed(database: Path, file: Path, **facts: int) -> Path:
    """A backup of a database without index files."""
    counted = {"generation": 2, "statements": 3, "withheld": 0} | facts
    with database.open("rb") as data:
        pack(file, Facts(format=1, made=NOW, files=(), **counted), [Part("corpus.sqlite3", data)])
    return file
