"""
Moderators' verbs that are killed, or find the disk full: the record is as before or as after, and the next command ends
what was begun.
"""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from curating import DECISION, TODAY, Desk
from killing import count_steps, fill_disk, in_child, killer

from corpus.corrections import read_date
from corpus.errors import StoreError

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a forked child"),
    pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning"),
]
MOMENTS = 8
FILES = {
    "a": "2014\n\nThe ferry carries zinnia lanterns.",
    "b": "2015\n\nThe river road has no lamps.",
    "c": "We stay.\n\n“Nobody leaves,”",
}
LATER = {"b": "2015\n\nThe river road has two lamps.", "d": "2016\n\nWe vote.", "c": None}


def refresh(desk: Desk) -> None:
    desk.refresh()


def hide(desk: Desk) -> None:
    desk.curation.hide("2014-001", DECISION)


def unhide(desk: Desk) -> None:
    desk.curation.unhide("undated-001", DECISION)


def correct(desk: Desk) -> None:
    desk.curation.correct("2014-001", lambda _: [read_date("2011")], DECISION)


def erase(desk: Desk) -> None:
    desk.curation.erase("2014-001", DECISION)


def roll_back(desk: Desk) -> None:
    desk.curation.roll_back(1, DECISION)


VERBS: list[Callable[[Desk], None]] = [refresh, hide, unhide, correct, erase, roll_back]


class Seen(NamedTuple):
    """All that anybody can see of the record."""

    generation: int
    texts: dict[str, str]
    dates: dict[str, str | None]
    withheld: list[str]


def seen(desk: Desk) -> Seen:
    """What readers see, after a look whether store and index agree; files that are yet to be cleared are no matter."""
    assert {one.code for one in desk.curation.check().problems} <= {"not_cleared"}
    statements = desk.curation.list_statements()
    return Seen(
        desk.curation.status().generation,
        {one.id: one.text for one in statements},
        {one.id: one.date for one in statements},
        sorted(desk.curation.withheld()),
    )


def copied(desk: Desk, name: Path) -> Desk:
    """The same record in another data directory."""
    other = Desk(name)
    other.folder = desk.folder
    shutil.copytree(desk.data_dir, other.data_dir)
    other.curation = type(desk.curation)(other.data_dir, read=desk.curation._read)
    return other


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.add(**FILES)
    desk.add(e="2014\n\nThe harbor wall is high.")
    desk.curation.hide("undated-001", DECISION)
    desk.write(**LATER)
    return desk


@pytest.mark.thorough
@pytest.mark.parametrize("verb", VERBS)
def test_killed_at_any_moment(desk: Desk, tmp_path: Path, verb: Callable[[Desk], None]) -> None:
    """
    Wherever a verb is killed, readers see the record wholly before or wholly after it; done again it is as if it had
    never been killed, and a refresh leaves nothing unfinished.
    """
    before, whole = seen(desk), copied(desk, tmp_path / "whole")
    verb(whole)
    after = seen(whole)
    assert after != before
    counted = copied(desk, tmp_path / "counted")
    steps = count_steps(lambda: verb(counted), tmp_path / "steps")
    outcomes = []

    for number in range(MOMENTS):
        killed = copied(desk, tmp_path / f"killed-{number}")
        moment = 1 + number * (steps - 1) // (MOMENTS - 1)

        assert in_child(lambda here=killed: verb(here), killer(moment)) == signal.SIGKILL  # type: ignore[misc]

        outcomes.append(seen(killed))
        assert outcomes[-1] in (before, after), f"half done when killed before step {moment} of {steps}"
        if outcomes[-1] == before:
            verb(killed)
        assert seen(killed) == after
        killed.refresh()
        assert killed.curation.check().problems == ()
        if verb is erase:
            files = [path for path in killed.data_dir.rglob("*") if path.is_file()]
            assert not [path for path in files if b"zinnia" in path.read_bytes()]

    assert outcomes[0] == before
    assert outcomes[-1] == after


@pytest.mark.thorough
@pytest.mark.parametrize("verb", VERBS)
def test_full_disk_changes_nothing(desk: Desk, verb: Callable[[Desk], None]) -> None:
    """
    Where the disk is full, a verb says so in one line, and the record answers as before; with room again it is done.
    """
    before = seen(desk)

    def work() -> None:
        fill_disk(1_000)
        with pytest.raises(StoreError) as caught:
            verb(desk)
        assert "\n" not in str(caught.value)
        assert seen(desk) == before

    assert in_child(work, lambda: None) == 0
    assert seen(desk) == before
    verb(desk)
    assert seen(desk) != before


@pytest.mark.thorough
def test_full_disk_while_clearing(desk: Desk) -> None:
    """
    An erasure that finds no room to clear its files is in no answer; the next command clears them.
    """
    connect = sqlite3.connect

    class Full(sqlite3.Connection):
        def execute(self, sql: str, *parameters: object) -> sqlite3.Cursor:  # type: ignore[override]
            if sql == "VACUUM":
                raise sqlite3.OperationalError("database or disk is full")
            return super().execute(sql, *parameters)

    def work() -> None:
        sqlite3.connect = lambda *arguments, **options: connect(*arguments, factory=Full, **options)  # type: ignore[assignment]
        with pytest.raises(StoreError, match="disk is full"):
            erase(desk)

    assert in_child(work, lambda: None) == 0
    assert "2014-001" not in seen(desk).texts
    assert [one.code for one in desk.curation.check().problems] == ["not_cleared"]

    desk.curation.add([desk.folder], when=TODAY, by="tester")
    assert desk.curation.check().problems == ()
