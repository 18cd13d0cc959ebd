"""Restoring: the corpus of a backup or the one that was there, never something between; readers go on meanwhile."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import signal
import sqlite3
import threading
import time
from pathlib import Path

import pytest
from curating import DECISION, TODAY, Desk, found
from killing import count_steps, fill_disk, in_child, killer

from bot.answering import Limits, ServiceProcess
from bot.backup import back_up, restore
from bot.backup.archive import Facts, Part, pack
from bot.curation import Curation
from bot.settings import Settings
from corpus.errors import BusyError, StoreError, UsageError
from corpus.store import Store
from corpus.store.database import SCHEMA
from corpus.store.lock import writer_lock
from retrieval.models import AskRequest

SCHEMA_1 = Path(__file__).parents[2] / "fixtures" / "schema-1.sqlite3"
NOW = dt.datetime(2024, 5, 2, 3, 30, tzinfo=dt.UTC)
SECRET = "2014\n\nThe ferry carries zinnia lanterns."
ROAD = "2015\n\nThe river road has no lamps."
WALL = "The harbor wall is high."


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Two statements, and a backup of them."""
    desk = Desk(tmp_path)
    desk.add(a=SECRET, b=ROAD)
    back_up(desk.data_dir, tmp_path / "record.zip", when=NOW)
    return desk


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


@pytest.mark.thorough
def test_earlier_state_is_back(desk: Desk, tmp_path: Path) -> None:
    """
    Put over a corpus that went on since, the backup is the corpus again, to the last row, with no file of the other.
    """
    before, files = exported(desk.data_dir), len(files_in(desk.data_dir))
    desk.write(a=SECRET.replace("ferry", "raft"), b=None)
    desk.refresh()
    desk.add(c=WALL)
    assert exported(desk.data_dir) != before

    done = restore(desk.data_dir, tmp_path / "record.zip", DECISION, replace=True)

    assert exported(desk.data_dir) == before
    assert desk.texts() == {"2014-001": SECRET, "2015-001": ROAD}
    assert len(files_in(desk.data_dir)) == files
    assert not any((desk.data_dir / "cache").iterdir())
    assert (done.generation, done.statements, done.withheld, done.made) == (1, 2, 0, NOW)
    assert (done.restart, done.replaced_unread, done.erased_again, done.shown_again) == (False, False, (), ())


@pytest.mark.thorough
def test_goes_on_from_there(desk: Desk, tmp_path: Path) -> None:
    """
    After a restore everything can be done as ever: refresh, hide, back up, restore again.
    """
    put_back(desk, tmp_path)
    desk.add(c=WALL)
    desk.curation.hide("2015-001", DECISION)
    back_up(desk.data_dir, tmp_path / "second.zip", when=NOW)
    before = exported(desk.data_dir)
    put_back(desk, tmp_path)
    desk.add(d="2018\n\nWe row.")

    restore(desk.data_dir, tmp_path / "second.zip", DECISION, replace=True)

    assert exported(desk.data_dir) == before
    assert desk.texts() == {"2014-001": SECRET, "undated-001": WALL}
    desk.refresh()
    assert set(desk.texts()) == {"2014-001", "undated-001", "2018-001"}


def test_what_is_stored_is_not_lost_by_mistake(desk: Desk, tmp_path: Path) -> None:
    """
    Without --replace nothing is put where statements are stored.
    """
    desk.add(c=WALL)
    before = exported(desk.data_dir)

    with pytest.raises(UsageError, match="Add --replace"):
        restore(desk.data_dir, tmp_path / "record.zip", DECISION)

    assert exported(desk.data_dir) == before


@pytest.mark.thorough
def test_corpus_of_somebody_else_takes_its_place(desk: Desk, tmp_path: Path) -> None:
    """
    The backup of another corpus, whose index folders have the same names, replaces this one as well.
    """
    other = Desk(tmp_path / "other")
    other.add(x="2014\n\nOther words under the same number.", y="2020\n\nWe sing.")
    back_up(other.data_dir, tmp_path / "other.zip", when=NOW)

    restore(desk.data_dir, tmp_path / "other.zip", DECISION, replace=True)

    assert exported(desk.data_dir) == exported(other.data_dir)
    assert desk.texts() == other.texts()


@pytest.mark.thorough
@pytest.mark.parametrize("again", [False, True], ids=["erased", "erased under another number"])
def test_erased_text_stays_erased(desk: Desk, tmp_path: Path, again: bool) -> None:
    """
    A text that was erased after the backup does not come back with it, and whoever restores is told which it was.
    """
    if again:
        # The same words, found first at another place.
        other = Desk(tmp_path / "other")
        other.add(z="2013\n\nWe sing.", y=SECRET)
        (desk.data_dir / "corpus.sqlite3").unlink()
        shutil.rmtree(desk.data_dir)
        shutil.copytree(other.data_dir, desk.data_dir)
    desk.curation.erase("2014-001", DECISION)

    done = restore(desk.data_dir, tmp_path / "record.zip", DECISION, replace=True)

    assert done.erased_again == ("2014-001",)
    assert (done.statements, done.withheld, done.generation) == (1, 1, 2)
    assert desk.texts() == {"2015-001": ROAD}
    data = [path.read_bytes() for path in desk.data_dir.rglob("*") if path.is_file()]
    assert not any(b"zinnia" in one for one in data)
    desk.refresh()
    assert desk.texts() == {"2015-001": ROAD}


@pytest.mark.thorough
def test_what_is_shown_again_is_said(desk: Desk, tmp_path: Path) -> None:
    """
    What was hidden after the backup can be seen again as it could then; whoever restores is told what that is.
    """
    desk.curation.hide("2014-001", DECISION)

    done = restore(desk.data_dir, tmp_path / "record.zip", DECISION, replace=True)

    assert done.shown_again == ("2014-001",)
    assert set(desk.texts()) == {"2014-001", "2015-001"}


def test_refused_while_somebody_writes(desk: Desk, tmp_path: Path) -> None:
    """
    While another process writes, nothing is restored, into an empty folder neither; its name is said.
    """
    before = exported(desk.data_dir)
    with writer_lock(desk.data_dir), pytest.raises(BusyError, match=f"Process {os.getpid()} has been writing"):
        put_back(desk, tmp_path)

    (tmp_path / "empty").mkdir()
    with writer_lock(tmp_path / "empty"), pytest.raises(BusyError):
        restore(tmp_path / "empty", tmp_path / "record.zip", DECISION)

    assert exported(desk.data_dir) == before
    assert files_in(tmp_path / "empty") == set()


@pytest.mark.thorough
def test_nobody_writes_meanwhile(desk: Desk, tmp_path: Path) -> None:
    """
    While a backup is restored nobody else can write: what they changed would be lost.
    """

    def write(*_: object) -> None:
        with pytest.raises(BusyError):
            desk.curation.hide("2015-001", DECISION)

    restore(desk.data_dir, tmp_path / "record.zip", DECISION, replace=True, examine=write)

    assert set(desk.texts()) == {"2014-001", "2015-001"}


@pytest.mark.thorough
def test_what_cannot_be_read_there_goes_again(desk: Desk, tmp_path: Path) -> None:
    """
    Where the restored corpus turns out not to be readable in its place, the one that was there is back.
    """
    desk.add(c=WALL)
    before = exported(desk.data_dir)

    def examine(data_dir: Path, facts: object) -> None:
        if data_dir == desk.data_dir:
            assert exported(data_dir) != before
            raise StoreError("The disk lost it.")

    with pytest.raises(StoreError, match="The disk lost it"):
        restore(desk.data_dir, tmp_path / "record.zip", DECISION, replace=True, examine=examine)
    with pytest.raises(UsageError, match=r"no such file"):
        restore(tmp_path / "empty", tmp_path / "nothing.zip", DECISION)

    assert exported(desk.data_dir) == before
    assert set(desk.texts()) == {"2014-001", "2015-001", "undated-001"}


@pytest.mark.thorough
def test_readers_change_over_in_one_step(desk: Desk, tmp_path: Path) -> None:
    """
    A reader that has the corpus open reads on in what it began, and sees the restored one from the next look on.
    """
    desk.add(c=WALL)
    with desk.store() as store:
        version = store.data_version()
        with store.reading():
            assert store.generation == 2
            put_back(desk, tmp_path)
            assert store.generation == 2
            assert len(store.statements()) == 3
        assert store.data_version() != version
        assert store.generation == 1
        assert len(store.statements()) == 2


@pytest.mark.thorough
def test_running_bot_notices(desk: Desk, tmp_path: Path) -> None:
    """
    The process that answers for a running bot goes on answering, and answers from the restored corpus by itself.
    """
    settings = Settings(_env_file=None, data_dir=desk.data_dir)  # type: ignore[call-arg]
    question = AskRequest(question="Who carries zinnia lanterns?")
    desk.write(a=SECRET.replace("zinnia lanterns", "nothing"))
    desk.refresh()
    answers: list[list[str]] = []
    with ServiceProcess(settings, Limits(look_s=0.05)) as service:

        def ask() -> None:
            until = time.monotonic() + 30
            while time.monotonic() < until and not (answers and answers[-1]):
                answers.append([one.text for one in service.ask(question, today=TODAY).excerpts])
                time.sleep(0.01)

        asking = threading.Thread(target=ask)
        asking.start()
        put_back(desk, tmp_path)
        asking.join()
        # What is done later is noticed as well.
        desk.curation.hide("2014-001", DECISION)
        assert service.ask(question, today=TODAY).excerpts == ()

    assert answers[-1] == ["The ferry carries zinnia lanterns."]


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
@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a forked child")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
@pytest.mark.parametrize("stored", [True, False], ids=["over another", "into an empty folder"])
def test_killed_at_any_moment(desk: Desk, tmp_path: Path, stored: bool) -> None:
    """
    Wherever it is killed, readers see one corpus or the other, whole; done again, it is done, and nothing is left over.
    """
    moments = 12
    desk.add(c=WALL)

    def work(data_dir: Path) -> None:
        restore(data_dir, tmp_path / "record.zip", DECISION, replace=stored)

    def copied(name: str) -> Path:
        folder = tmp_path / name
        return shutil.copytree(desk.data_dir, folder) if stored else folder

    def seen(data_dir: Path) -> tuple[list[str], object]:
        if not Store.exists(data_dir):
            return [], ()
        lines, problems = exported(data_dir), Curation(data_dir).check().problems
        # An empty corpus is none.
        return lines if len(lines) > 2 else [], problems

    before, whole = seen(copied("before")), copied("whole")
    work(whole)
    after = seen(whole)
    counted = copied("counted")
    steps = count_steps(lambda: work(counted), tmp_path / "steps")
    outcomes = []
    for number in range(moments):
        data_dir = copied(f"killed-{number}")
        moment = 1 + number * (steps - 1) // (moments - 1)

        assert in_child(lambda here=data_dir: work(here), killer(moment)) == signal.SIGKILL  # type: ignore[misc]

        outcomes.append(seen(data_dir))
        assert outcomes[-1] in (before, after), f"half done when killed before step {moment} of {steps}"
        if outcomes[-1] == before:
            work(data_dir)
        elif not stored:
            restore(data_dir, tmp_path / "record.zip", DECISION, replace=True)
        assert seen(data_dir) == after

    assert outcomes[0] == before
    assert outcomes[-1] == after


@pytest.mark.thorough
@pytest.mark.parametrize("free_bytes", [1_000, 40_000])
def test_full_disk_changes_nothing(desk: Desk, tmp_path: Path, free_bytes: int) -> None:
    """
    Where there is no room, that is said in one line, and the corpus is what it was.
    """
    desk.add(c=WALL)
    before = exported(desk.data_dir)

    def work() -> None:
        fill_disk(free_bytes)
        with pytest.raises((StoreError, UsageError)) as caught:
            put_back(desk, tmp_path)
        assert "\n" not in str(caught.value)

    assert in_child(work, lambda: None) == 0
    assert exported(desk.data_dir) == before
    assert set(desk.texts()) == {"2014-001", "2015-001", "undated-001"}


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


@pytest.mark.thorough
def test_answers_are_those_of_before(desk: Desk, tmp_path: Path) -> None:
    """
    Asked, the restored corpus answers as the one that was backed up.
    """
    restore(tmp_path / "other", tmp_path / "record.zip", DECISION)
    other = Desk(tmp_path)
    other.data_dir = tmp_path / "other"

    for question in ("Who carries lanterns?", "What has no lamps?", "zeppelin"):
        assert found(other.open(), question) == found(desk.open(), question)
