"""
Restored, the corpus of the backup is there as it was, less what has been erased since; nothing is replaced by mistake.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from backups import NOW, ROAD, SECRET, WALL, exported, files_in, put_back
from curating import DECISION, Desk, found

from bot.backup import back_up, restore
from corpus.errors import UsageError


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
