"""Refresh: what is new, changed, missing or the same at the sources, and what that does to the record."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from curating import TODAY, Desk, codes, found, read

from bot.curation import Curation, Progress
from corpus.errors import UsageError
from corpus.models import Reading

FILES = {f"f{number:02}": f"2014\n\nThe river road has {number} lamps." for number in range(20)}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_everything_is_told_apart(desk: Desk) -> None:
    """
    A refresh lists what is new, has other words, is gone or cannot be read, and counts what is the same.
    """
    desk.add(**FILES)

    desk.write(new="2015\n\nWe vote.", f00="2014\n\nThe river road has no lamp.", f01=None, f02="")
    report = desk.refresh()

    assert codes(report) == [
        ("new", "2015-001", "new.txt"),
        ("text_changed", "2014-001", "f00.txt"),
        ("missing", "2014-002", "f01.txt"),
        ("empty", None, "f02.txt"),
    ]
    assert (report.generation, report.applied, report.same) == (2, True, 17)
    assert report.changed[0].detail == "… river road has [−0 lamps.−] [+no lamp.+]"
    assert desk.texts()["2014-001"].endswith("no lamp.")


def test_what_is_the_same_changes_nothing(desk: Desk) -> None:
    """
    Where nothing but furniture changed, a refresh opens no generation, and a process that is open keeps its record.
    """
    desk.add(a="2014\n\nWe march.", b="We stay.")
    service = desk.open()
    before = service._source.current()

    desk.write(a="2014\n\nWe march. -- Share this")
    report = desk.refresh()

    assert (report.generation, report.same, codes(report)) == (1, 2, [])
    assert service._source.current() is before


def test_missing_text_is_kept_and_marked(desk: Desk) -> None:
    """
    What is no longer at its source still answers, marked, until it stands there again.
    """
    desk.add(a="2014\n\nWe march to the river.", b="We stay.")
    desk.write(a=None)
    desk.refresh()

    assert desk.curation.show("2014-001").missing_since == "2024-05-01"
    assert found(desk.open(), "who marches to the river?") == ["2014-001"]
    assert desk.open().statement("2014-001").statement.missing_since == "2024-05-01"
    assert desk.refresh().missing == ()

    desk.write(a="2014\n\nWe march to the river.")
    assert codes(desk.refresh()) == [("found_again", "2014-001", "a.txt")]
    assert desk.curation.show("2014-001").missing_since is None


def test_too_many_missing_is_refused(desk: Desk) -> None:
    """
    More than a tenth of the record gone at once changes nothing unless it is accepted; a tenth does.
    """
    desk.add(**FILES)
    desk.write(f00=None, f01=None, f02=None, new="We vote.")

    refused = desk.refresh(accept_missing=False)
    assert (refused.applied, refused.refused, refused.generation) == (False, "too_many_missing", 1)
    assert len(refused.missing) == 3
    assert "undated-001" not in desk.texts()

    desk.write(f02=FILES["f02"])
    assert desk.refresh(accept_missing=False).applied
    assert len(desk.texts()) == 21


def test_dry_run_changes_nothing(desk: Desk) -> None:
    """
    A dry run tells what a refresh would do, and leaves the record and its sources as they are.
    """
    desk.add(a="2014\n\nWe march.", b="We stay.")
    desk.write(a="2014\n\nWe marched.", c="We vote.", b=None)
    before = desk.texts(), desk.curation.status(), desk.curation.history()

    told = desk.refresh(dry_run=True)

    assert (told.applied, told.refused) == (False, "dry_run")
    assert (desk.texts(), desk.curation.status(), desk.curation.history()) == before
    assert codes(desk.refresh()) == codes(told)


def test_dry_run_that_finds_nothing_is_a_reading(desk: Desk) -> None:
    """
    Where a dry run finds nothing to change, the sources were read, or failed, then; no generation is opened.
    """
    desk.add(a="2014\n\nWe march.", b="We stay.")
    later = TODAY.replace(day=9)

    told = desk.curation.refresh(when=later, by="tester", dry_run=True)

    assert (told.applied, told.refused, told.same, told.generation) == (False, "dry_run", 2, 1)
    assert desk.curation.status().sources[0].last_success == "2024-05-09"
    assert [one.what for one in desk.curation.history().actions] == ["add"]

    desk.write(c="We vote.")
    desk.curation.refresh(when=TODAY.replace(day=10), by="tester", dry_run=True)
    assert desk.curation.status().sources[0].last_success == "2024-05-09"

    shutil.rmtree(desk.folder)
    desk.curation.refresh(when=TODAY.replace(day=11), by="tester", dry_run=True)
    [source] = desk.curation.status().sources
    assert (source.last_failure, source.code) == ("2024-05-11", "not_found")


def test_folder_that_is_gone_is_a_failed_source(desk: Desk, tmp_path: Path) -> None:
    """
    A folder out of reach, or empty, is a failed source; nothing of it is called missing.
    """
    desk.add(a="2014\n\nWe march.", b="We stay.")
    shutil.move(desk.folder, tmp_path / "elsewhere")
    gone = desk.refresh()
    desk.folder.mkdir()
    empty = desk.refresh()

    assert (gone.applied, empty.applied, gone.missing, empty.missing) == (False, False, (), ())
    assert ([one.code for one in gone.failed], [one.code for one in empty.failed]) == (["not_found"], ["empty"])
    [source] = desk.curation.status().sources
    assert (source.code, source.last_failure) == ("empty", "2024-05-01")
    assert len(desk.texts()) == 2

    desk.folder.rmdir()
    shutil.move(tmp_path / "elsewhere", desk.folder)
    assert desk.refresh().same == 2
    assert desk.curation.status().sources[0].code is None


def test_file_that_is_gone_is_missing(desk: Desk) -> None:
    """
    A file that was added by itself and left its folder is missing; one that cannot be read is not.
    """
    desk.write(a="2014\n\nWe march.", b="We stay.")
    files = [desk.folder / "a.txt", desk.folder / "b.txt"]
    desk.curation.add(files, when=TODAY, by="tester")
    desk.write(a=None, b="")

    report = desk.refresh()

    assert codes(report) == [("missing", "2014-001", "a.txt"), ("empty", None, "b.txt")]


def test_moved_file_keeps_its_number(desk: Desk) -> None:
    """
    A file under another name is the same statement, goes on as its next revision, and the old place is no loss.
    """
    desk.add(a="2014\n\nWe march.", b="We stay.")
    (desk.folder / "a.txt").rename(desk.folder / "z.txt")
    assert codes(desk.refresh()) == [("duplicate_of", "2014-001", "z.txt")]
    assert desk.curation.show("2014-001").missing_since is None

    desk.write(z="2014\n\nWe marched.")
    assert codes(desk.refresh()) == [("text_changed", "2014-001", "z.txt")]

    desk.write(a="2014\n\nWe march once more.")
    assert codes(desk.refresh()) == [("new", "2014-002", "a.txt")]


def test_copy_that_comes_and_goes(desk: Desk) -> None:
    """
    A copy that is taken away and comes back is no news: the statement stood at its own place all the time.
    """
    desk.add(a="2014\n\nWe march.", b="2014\n\nWe march.")
    desk.write(b=None)
    gone = desk.refresh()
    desk.write(b="2014\n\nWe march.")
    back = desk.refresh()

    assert (codes(gone), codes(back), back.generation, back.same) == ([], [], 1, 2)


def test_new_files_of_a_folder_are_found(desk: Desk) -> None:
    """
    A folder is a source also when each of its files was added before by itself.
    """
    desk.write(a="2014\n\nWe march.")
    desk.curation.add([desk.folder / "a.txt"], when=TODAY, by="tester")
    desk.add()
    desk.write(b="We stay.")

    assert codes(desk.refresh()) == [("new", "undated-001", "b.txt")]


def test_unchanged_files_are_not_read_again(desk: Desk) -> None:
    """
    A file whose bytes are those of last time is the same without being read.
    """
    desk.add(**FILES)
    desk.write(f00="2014\n\nThe river road has no lamp.")
    read_files = []

    def noting(data: bytes, file: str) -> Reading:
        read_files.append(file)
        return read(data, file)

    desk.curation = Curation(desk.data_dir, read=noting)

    assert desk.refresh().same == 19
    assert read_files == ["f00.txt"]


def test_progress_is_told(desk: Desk) -> None:
    """
    Every file and the building of the index are told as they come, with how far it is.
    """
    desk.add(a="2014\n\nWe march.", b="We stay.")
    desk.write(a="2014\n\nWe marched.")
    told: list[Progress] = []

    desk.curation.refresh(when=TODAY, by="tester", report=told.append)

    assert [(step.event, step.done, step.total) for step in told] == [
        ("reading", 1, 2),
        ("reading", 2, 2),
        ("building", 0, 1),
    ]


def test_nothing_to_refresh(desk: Desk) -> None:
    """
    Without a stored corpus a refresh says how to begin, and makes none.
    """
    with pytest.raises(UsageError, match="corpus add"):
        desk.refresh()
    assert not desk.data_dir.exists()
