"""Old generations are let go of, by their number and their age, and the room of what only they held is won back."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from curating import DECISION, Desk

from corpus.errors import UsageError

START = dt.date(2020, 1, 1)
LONG = " ".join(f"word{number}" for number in range(20_000))
FILES = {"a": "2014\n\nWe march for the 33. time.", "b": "2015\n\nWe stay.", "c": "2016\n\nWe vote."}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Generation 1: a, b and c. From 2 to 34: a has other words each day, long ones on the first. 35: b is hidden."""
    desk = Desk(tmp_path_factory.mktemp("base"))
    desk.write(**{**FILES, "a": "2014\n\nWe march."})
    desk.curation.add([desk.folder], when=START, by="tester")
    for day in range(1, 34):
        words = f"2014\n\nWe march for the {day}. time.{f' {LONG}' if day == 1 else ''}"
        refresh(desk, START + dt.timedelta(days=day), a=words)
    desk.curation.hide("2015-001", DECISION._replace(when=START + dt.timedelta(days=34)))
    return desk


@pytest.fixture
def desk(base: Desk, tmp_path: Path) -> Desk:
    """That record once more, on the same files as they were last."""
    desk = Desk(tmp_path)
    desk.folder = base.folder
    shutil.rmtree(desk.folder)
    desk.write(**FILES)
    shutil.copytree(base.data_dir, desk.data_dir)
    return desk


def refresh(desk: Desk, when: dt.date, **files: str) -> None:
    desk.write(**files)
    desk.curation.refresh(when=when, by="tester")


def kept(desk: Desk) -> list[int]:
    return sorted(one.number for one in desk.curation.history().generations)


def later(desk: Desk) -> None:
    """Two years on, something changes."""
    refresh(desk, START + dt.timedelta(days=730), c="2016\n\nWe voted.")


@pytest.mark.thorough
def test_young_generations_are_kept(desk: Desk) -> None:
    """
    As long as it is not old a generation can be gone back to, however many there are.
    """
    refresh(desk, START + dt.timedelta(days=400), c="2016\n\nWe voted.")

    assert kept(desk) == list(range(1, 37))
    refresh(desk, START + dt.timedelta(days=403), c="2016\n\nWe vote now.")
    assert kept(desk) == list(range(4, 38))


@pytest.mark.thorough
def test_the_newest_are_kept_however_old(desk: Desk) -> None:
    """
    Of old generations the newest thirty can be gone back to; what was done stays in the history.
    """
    actions = desk.curation.history().actions
    before = desk.texts()
    later(desk)

    assert kept(desk) == list(range(7, 37))
    assert desk.curation.history().actions[1:] == actions
    assert desk.texts() == {**before, "2016-001": "2016\n\nWe voted."}
    with pytest.raises(UsageError, match="Generation 3 is no longer kept, the oldest is 7"):
        desk.curation.roll_back(3, DECISION)
    desk.curation.roll_back(7, DECISION)
    assert desk.texts() == {"2014-001": "2014\n\nWe march for the 6. time.", "2016-001": "2016\n\nWe vote."}


def test_room_is_won_back(desk: Desk) -> None:
    """
    Texts that no kept generation holds are gone from the file, and the file is smaller.
    """
    path = desk.data_dir / "corpus.sqlite3"
    size = path.stat().st_size
    assert b"for the 1. time" in path.read_bytes()

    later(desk)

    assert b"for the 1. time" not in path.read_bytes()
    assert path.stat().st_size < size / 2


def test_numbers_and_words_are_not_forgotten(desk: Desk) -> None:
    """
    Words that were said and let go of are the next revision when they are said again; a number is given once.
    """
    later(desk)
    refresh(desk, START + dt.timedelta(days=731), a="2014\n\nWe march for the 2. time.", d="2014\n\nWe sing.")

    assert desk.curation.show("2014-001").revision == 35
    assert desk.curation.show("2014-002").text == "2014\n\nWe sing."
    assert desk.texts()


def test_hidden_statements_outlive_old_generations(desk: Desk) -> None:
    """
    What was hidden in a generation that is gone stays hidden, and can be shown again.
    """
    later(desk)

    assert "2015-001" not in desk.texts()
    desk.curation.unhide("2015-001", DECISION)
    assert desk.texts()["2015-001"] == "2015\n\nWe stay."


def test_changed_statement_can_be_shown_again(desk: Desk) -> None:
    """
    A hidden statement whose earlier words are gone can still be shown again.
    """
    desk.curation.hide("2014-001", DECISION._replace(when=START + dt.timedelta(days=35)))
    later(desk)

    desk.curation.unhide("2014-001", DECISION)
    assert desk.texts()["2014-001"].startswith("2014\n\nWe march for the 33. time.")


@pytest.mark.thorough
def test_export_and_import_go_on(desk: Desk, tmp_path: Path) -> None:
    """
    A record that let go of generations is exported and imported without a difference, and an old export brings no
    earlier words back into answers.
    """
    desk.curation.export(tmp_path / "old.jsonl", with_hidden=True)
    later(desk)
    desk.curation.export(tmp_path / "new.jsonl", with_hidden=True)
    there = Desk(tmp_path / "there")
    there.curation.import_(tmp_path / "new.jsonl", DECISION)
    there.curation.export(tmp_path / "again.jsonl", with_hidden=True)
    before = desk.texts()

    assert there.texts() == before
    assert (tmp_path / "again.jsonl").read_text() == (tmp_path / "new.jsonl").read_text()
    desk.curation.import_(tmp_path / "old.jsonl", DECISION)
    assert desk.texts() == before
