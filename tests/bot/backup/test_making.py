"""Backups: one file of one moment, whatever others do meanwhile, and nothing in it that must not be."""

from __future__ import annotations

import datetime as dt
import itertools
import os
import shutil
import sqlite3
import stat
import threading
import zipfile
from pathlib import Path

import pytest
from curating import DECISION, Desk
from killing import fill_disk, in_child

from bot.backup import Made, back_up, restore
from bot.backup.examining import examine, index_files
from corpus.errors import BusyError, StoreError, UsageError
from corpus.store import Store
from retrieval.structures import read_parts

NOW = dt.datetime(2024, 5, 2, 3, 30, tzinfo=dt.UTC)
SECRET = "2014\n\nThe ferry carries zinnia lanterns for Quillon.\n\n“Bring the oarlocks,”"
WORDS = ("zinnia", "Quillon", "oarlocks")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Of everything something: revisions, a missing file, a hidden statement."""
    desk = Desk(tmp_path)
    desk.add(a=SECRET, b="We stay.\n\n“Nobody leaves,”", c="2016\n\nWe vote.")
    desk.write(b="We do not stay.", c=None)
    desk.refresh()
    desk.add(d="2017\n\nWe wait.")
    desk.curation.hide("2017-001", DECISION)
    return desk


def exported(data_dir: Path) -> list[str]:
    """All that is stored, as an export has it."""
    with Store.open(data_dir) as store, store.reading():
        return list(store.export_lines(with_hidden=True))


def restored(file: Path, folder: Path) -> list[str]:
    """All that a backup holds, put into an empty folder."""
    restore(folder, file, DECISION)
    return exported(folder)


def words_in(file: Path) -> list[str]:
    """Which of the words are in a file, in whatever form."""
    data = file.read_bytes().lower()
    return [word for word in WORDS if word.lower().encode() in data or word.lower().encode("utf-16-le") in data]


@pytest.mark.thorough
def test_there_and_back_without_a_difference(desk: Desk, tmp_path: Path) -> None:
    """
    What is restored into an empty folder is what was backed up: every row, the index, and what comes next.
    """
    made = back_up(desk.data_dir, tmp_path / "record.zip", when=NOW)

    assert restored(tmp_path / "record.zip", tmp_path / "other") == exported(desk.data_dir)
    assert made == Made(
        file=str(tmp_path / "record.zip"),
        bytes=(tmp_path / "record.zip").stat().st_size,
        generation=4,
        statements=3,
        withheld=1,
    )
    other = Desk(tmp_path)
    other.data_dir = tmp_path / "other"
    other.curation = type(desk.curation)(other.data_dir, read=desk.curation._read)
    assert other.texts() == desk.texts()
    assert other.refresh() == desk.refresh()


@pytest.mark.thorough
def test_nobody_else_may_read_it(desk: Desk, tmp_path: Path) -> None:
    """
    Hidden texts are in it, so only its owner may read it, whatever the umask; nothing else is left beside it.
    """
    folder = tmp_path / "backups"
    folder.mkdir()
    before = os.umask(0)
    try:
        back_up(desk.data_dir, folder / "record.zip", when=NOW)
    finally:
        os.umask(before)

    assert stat.S_IMODE((folder / "record.zip").stat().st_mode) == 0o600
    assert [path.name for path in folder.iterdir()] == ["record.zip"]


@pytest.mark.thorough
def test_only_the_record_is_in_it(desk: Desk, tmp_path: Path) -> None:
    """
    Neither settings nor token, caches, locks, logs and index files of the past are in it.
    """
    for name in (".env", "cache/reading.json", "index/passages/99/en-1/segment.bin", "corpus.draft"):
        path = desk.data_dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("DISCORD_TOKEN=quiet.lantern.token")
    back_up(desk.data_dir, tmp_path / "record.zip", when=NOW)

    with zipfile.ZipFile(tmp_path / "record.zip") as archive:
        names = archive.namelist()
        assert {one.compress_type for one in archive.infolist()} == {zipfile.ZIP_STORED}
    assert names[0] == "corpus.sqlite3"
    assert names[-1] == "backup.json"
    assert all(name.startswith("index/") and name.endswith(".bin") for name in names[1:-1])
    assert b"quiet.lantern.token" not in (tmp_path / "record.zip").read_bytes()


@pytest.mark.thorough
@pytest.mark.parametrize("cleared", [True, False], ids=["cleared", "not cleared yet"])
def test_erased_text_is_not_in_it(desk: Desk, tmp_path: Path, cleared: bool) -> None:
    """
    What was erased is in no byte of a backup, also where a reader was in the way and the corpus itself has it in old
    pages still; hidden texts are in it.
    """
    back_up(desk.data_dir, tmp_path / "earlier.zip", when=NOW)
    assert words_in(tmp_path / "earlier.zip") == list(WORDS)
    if cleared:
        desk.curation.erase("2014-001", DECISION)
    else:
        with sqlite3.connect(desk.data_dir / "corpus.sqlite3", isolation_level=None) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM revisions").fetchone()
            with Store(desk.data_dir, patience_s=0.05) as store, store.writing() as txn:
                txn.moderation.erase("2014-001", DECISION)
                from bot.curation.indexing import next_manifest

                manifest = next_manifest(store, txn, ["2014-001"], erase=True)
                txn.publish(manifest, when=NOW, by="tester", what="erase")
        reader.close()

    back_up(desk.data_dir, tmp_path / "record.zip", when=NOW)

    assert words_in(tmp_path / "record.zip") == []
    restore(tmp_path / "other", tmp_path / "record.zip", DECISION)
    assert [path for path in (tmp_path / "other").rglob("*") if path.is_file() and words_in(path)] == []
    with Store.open(tmp_path / "other") as store:
        assert store.is_cleared()
        assert store.statement("2017-001", hidden=True).text == "2017\n\nWe wait."


@pytest.mark.thorough
def test_erased_meanwhile_is_not_in_it(desk: Desk, tmp_path: Path) -> None:
    """
    What is erased while a backup is made is not in it either: it is made anew.
    """
    rounds = itertools.count(1)

    def erase_once(data_dir: Path, facts: object) -> None:
        if next(rounds) == 1:
            desk.curation.erase("2014-001", DECISION)
        examine(data_dir, facts)  # type: ignore[arg-type]

    made = back_up(desk.data_dir, tmp_path / "record.zip", when=NOW, examine=erase_once)

    assert words_in(tmp_path / "record.zip") == []
    assert (made.statements, made.withheld, next(rounds)) == (2, 2, 3)


@pytest.mark.thorough
def test_endless_changes_are_said(desk: Desk, tmp_path: Path) -> None:
    """
    Where something is erased in every try, that is said, and the earlier backup stays.
    """
    (tmp_path / "record.zip").write_text("earlier")
    desk.add(**{f"n{number}": f"2020\n\nNote {number} of the ferry." for number in range(9)})
    ids = iter(sorted(desk.texts()))

    with pytest.raises(BusyError, match="again and again"):
        back_up(
            desk.data_dir,
            tmp_path / "record.zip",
            when=NOW,
            examine=lambda *_: desk.curation.erase(next(ids), DECISION) and None,
        )

    assert (tmp_path / "record.zip").read_text() == "earlier"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "record.zip", "statements"]


@pytest.mark.thorough
def test_backups_while_others_write(desk: Desk, tmp_path: Path) -> None:
    """
    While one refresh follows the other, every backup holds just one generation, whole: as it was exported when it was
    live.
    """
    states: dict[int, list[str]] = {4: exported(desk.data_dir)}
    ended = threading.Event()

    def write() -> None:
        number = 0
        while not ended.is_set():
            number += 1
            desk.write(a=f"{SECRET} Round {number}.", **{f"n{number % 5}": f"2020\n\nNote {number} of the ferry."})
            generation = desk.refresh().generation
            states[generation] = exported(desk.data_dir)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [back_up(desk.data_dir, tmp_path / f"{n}.zip", when=NOW).generation for n in range(4)]
    finally:
        ended.set()
        writer.join()

    assert made == sorted(made)
    assert made[-1] > 4
    for number, generation in enumerate(made):
        assert restored(tmp_path / f"{number}.zip", tmp_path / f"restored-{number}") == states[generation]


@pytest.mark.thorough
def test_readers_and_writers_do_not_wait(desk: Desk, tmp_path: Path) -> None:
    """
    A backup takes no lock: in the middle of it statements can be added, and somebody else's writing is not in its way.
    """

    def add(*_: object) -> None:
        desk.add(z="2021\n\nWe row.")

    made = back_up(desk.data_dir, tmp_path / "first.zip", when=NOW, examine=add)
    with Store.open(desk.data_dir) as store, store.writing():
        second = back_up(desk.data_dir, tmp_path / "second.zip", when=NOW)

    assert (made.generation, second.generation) == (4, 5)


def test_nothing_stored_is_said(tmp_path: Path) -> None:
    """
    Without a corpus there is nothing to back up, and nothing is made.
    """
    with pytest.raises(UsageError, match="No statements are stored"):
        back_up(tmp_path / "data", tmp_path / "record.zip", when=NOW)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("data/record.zip", "would be lost together with"),
        ("data/index/record.zip", "would be lost together with"),
        ("statements", "is a folder"),
        ("longer than a name may be " * 20, "cannot be written"),
        ("nowhere/record.zip", "cannot be written"),
    ],
)
def test_bad_places_are_refused(desk: Desk, tmp_path: Path, name: str, expected: str) -> None:
    """
    A file beside what it is a backup of, a folder, a folder that is not there: one line says what to do.
    """
    before = sorted(tmp_path.rglob("*"))

    with pytest.raises((UsageError, StoreError), match=expected) as caught:
        back_up(desk.data_dir, tmp_path / name, when=NOW)

    assert "\n" not in str(caught.value)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.thorough
def test_full_disk_keeps_the_earlier_backup(desk: Desk, tmp_path: Path) -> None:
    """
    Where there is no room, that is said; the backup of yesterday stays as it was, and nothing is left beside it.
    """
    (tmp_path / "record.zip").write_text("earlier")

    def work() -> None:
        fill_disk(30_000)
        with pytest.raises(StoreError):
            back_up(desk.data_dir, tmp_path / "record.zip", when=NOW)

    assert in_child(work, lambda: None) == 0
    assert (tmp_path / "record.zip").read_text() == "earlier"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "record.zip", "statements"]


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        ("text", "damaged in the store"),
        ("index", "could not be read back"),
        ("missing", "is missing"),
    ],
)
def test_damaged_corpus_is_no_backup(desk: Desk, tmp_path: Path, damage: str, expected: str) -> None:
    """
    A corpus with a changed text, a changed index file or without one gives no backup: the earlier one is better.
    """
    (tmp_path / "record.zip").write_text("earlier")
    with desk.store() as store:
        _, segment = next(index_files(desk.data_dir, read_parts(store.manifest or "")))
    if damage == "text":
        with sqlite3.connect(desk.data_dir / "corpus.sqlite3") as connection:
            connection.execute("UPDATE revisions SET reading = replace(reading, 'ferry', 'raft')")
        connection.close()
    elif damage == "index":
        data = bytearray(segment.read_bytes())
        data[len(data) // 8] ^= 1
        segment.write_bytes(data)
    else:
        shutil.rmtree(segment.parent)

    with pytest.raises(StoreError, match=expected):
        back_up(desk.data_dir, tmp_path / "record.zip", when=NOW)

    assert (tmp_path / "record.zip").read_text() == "earlier"
