"""
The corpus of a backup or the one that was there, never something between; readers go on meanwhile, and nobody writes.
"""

from __future__ import annotations

import os
import shutil
import signal
import threading
import time
from pathlib import Path

import pytest
from backups import SECRET, WALL, exported, files_in, put_back
from curating import DECISION, TODAY, Desk
from killing import count_steps, fill_disk, in_child, killer

from bot.answering import Limits, ServiceProcess
from bot.backup import restore
from bot.curation import Curation
from bot.settings import Settings
from corpus.errors import BusyError, StoreError, UsageError
from corpus.store import Store
from corpus.store.lock import writer_lock
from retrieval.models import AskRequest


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
