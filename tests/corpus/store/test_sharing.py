"""
One writes, many read: a command is stored whole or not at all, and readers see one moment and what changed since.
"""

from __future__ import annotations

import subprocess
import threading
from pathlib import Path

import pytest
from storing import FOLDER, TODAY, put, reading
from warm.starting import COLD

from corpus.corrections import read_title
from corpus.errors import BusyError
from corpus.store import Decision, Item, Store
from corpus.store.lock import LOCK_FILE

ROOT = Path(__file__).parents[3]


def test_failed_command_leaves_nothing(store: Store) -> None:
    """
    A command that fails half-way stores nothing, and the numbers it was about to give are still free.
    """
    put(store, "/statements/a.txt", reading("We march."))

    def fail() -> None:
        with store.writing() as txn:
            assert txn.put(FOLDER, "/statements/b.txt", reading("We stay.")).id == "2014-002"
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    assert [one.id for one in store.statements()] == ["2014-001"]
    assert put(store, "/statements/c.txt", reading("We vote.")) == [Item("new", "2014-002", 1)]


def test_readers_notice_change(store: Store, tmp_path: Path) -> None:
    """
    The data version changes when something is committed elsewhere, and only then, in whichever thread one asks.
    """
    versions = [store.data_version(), store.data_version()]
    with Store.open(tmp_path / "data") as other:
        put(other, "/statements/a.txt", reading("We march."))
    thread = threading.Thread(target=lambda: versions.append(store.data_version()))
    thread.start()
    thread.join()

    assert versions[0] == versions[1] != versions[2]
    assert store.data_version() == versions[2]


def test_reading_is_one_moment(store: Store) -> None:
    """
    Generation and statements read together belong together, although somebody else commits in between.
    """
    put(store, "/statements/a.txt", reading("We march."))
    with store.reading():
        before = store.generation
        put(store, "/statements/b.txt", reading("We stay."))
        assert (before, store.generation, len(store.statements())) == (1, 1, 1)

    assert (store.generation, len(store.statements())) == (2, 2)


HOLD = """
import sys
from pathlib import Path
from corpus.store import Store
with Store.open(Path(sys.argv[1])) as store, store.writing():
    print("writing", flush=True)
    sys.stdin.readline()
"""


def holding(data_dir: Path) -> subprocess.Popen[str]:
    """Another process that has begun to write and waits."""
    command = [COLD, "-c", HOLD, str(data_dir)]
    process = subprocess.Popen(command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == "writing\n"
    return process


@pytest.mark.thorough
def test_second_writer_is_told_who(store: Store, tmp_path: Path) -> None:
    """
    While one process writes, others read; a second writer is told which process it is and since when.
    """
    put(store, "/statements/a.txt", reading("We march."))
    with holding(tmp_path / "data") as process:
        assert store.statement("2014-001").text.startswith("We march.")
        with pytest.raises(
            BusyError, match=rf"Process {process.pid} has been writing .* since \d{{4}}-\d\d-\d\d \d\d:"
        ):
            put(store, "/statements/b.txt", reading("We stay."))
        process.communicate("done\n")

    assert put(store, "/statements/b.txt", reading("We stay.")) == [Item("new", "2014-002", 1)]


@pytest.mark.thorough
def test_lock_of_dead_process(store: Store, tmp_path: Path) -> None:
    """
    The lock of a process that was killed is taken over, although its file is still there.
    """
    with holding(tmp_path / "data") as process:
        process.kill()
        process.wait()

    assert str(process.pid) in (tmp_path / "data" / LOCK_FILE).read_text()
    assert put(store, "/statements/b.txt", reading("We stay.")) == [Item("new", "2014-001", 1)]


def test_known_statements_are_not_read_again(store: Store) -> None:
    """
    Of statements that were loaded before, only those that changed since are new objects.
    """
    put(store, "/statements/a.txt", reading("We march."))
    put(store, "/statements/b.txt", reading("We stay."))
    before = {one.id: one for one in store.statements()}
    put(store, "/statements/a.txt", reading("We marched."))

    first, second = store.statements(before)

    assert (first.revision, first.text.strip()) == (2, "We marched.")
    assert second is before["2014-002"]


def test_corrected_statement_is_read_again(store: Store) -> None:
    """
    A correction reaches whoever has the statement loaded already, and so does a later one of the same thing.
    """
    put(store, "/statements/a.txt", reading("We march."))
    known = {one.id: one for one in store.statements()}
    for title in ("First", "Second"):
        with store.writing() as txn:
            txn.moderation.correct("2014-001", [read_title(title)], Decision("tester", TODAY, ""))
        known = {one.id: one for one in store.statements(known)}
        assert known["2014-001"].title == title
