"""Curation: what adding, listing, showing and inspecting give back, and what they leave on the disk."""

from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path

import pytest

from bot.curation import Curation, Report
from corpus.errors import StoreError, UnreadableError, UsageError
from corpus.models import Reading
from corpus.sentences import blocks
from corpus.store import Store
from retrieval.passages import passages_of
from retrieval.structures import StoredStructures

TODAY = dt.date(2024, 5, 1)


def read(data: bytes, file: str) -> Reading:
    """A reader for tests: a first line that is a year is the date, what follows "--" is furniture."""
    text = data.decode()
    if not text.strip():
        raise UnreadableError(file, "empty", f"{file} is empty.")
    own = text.split("--")[0]
    year = text[:4] if text[:4].isdigit() else None
    warnings = ("decoded_as: windows-1252",) if "?" in text else ()
    spans = tuple(blocks(own))
    return Reading(file=file, title=file, text=text, date=year, body=spans, passages=spans, warnings=warnings)


def write(folder: Path, **files: str) -> Path:
    """The folder with these text files."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.txt").write_text(text)
    return folder


def lines(report: Report) -> list[tuple[str | None, str, str, str]]:
    """What a report lists, without the long paths."""
    listed = (*report.added, *report.changed, *report.failed)
    return [(item.id, Path(item.locator).name, item.code, item.detail) for item in listed]


@pytest.fixture
def curation(tmp_path: Path) -> Curation:
    return Curation(tmp_path / "data", read=read)


def add(curation: Curation, *paths: Path) -> Report:
    return curation.add(paths, when=TODAY, by="tester")


def test_folder_is_added(curation: Curation, tmp_path: Path) -> None:
    """
    Adding a folder lists each new statement with its record number, its file and what reading it warned of.
    """
    folder = write(tmp_path / "in", a="2014\n\nWe march.", b="Where do we go?")

    report = add(curation, folder)

    assert lines(report) == [
        ("2014-001", "a.txt", "new", ""),
        ("undated-001", "b.txt", "new", "decoded_as: windows-1252"),
    ]
    assert (report.generation, report.applied, report.same) == (1, True, 0)
    assert {item.source for item in report.added} == {str(folder.resolve())}


def test_added_twice_is_one(curation: Curation, tmp_path: Path) -> None:
    """
    Adding the same folder again changes nothing, and opens no new generation.
    """
    folder = write(tmp_path / "in", a="2014\n\nWe march.", b="We stay.")
    add(curation, folder)

    again = add(curation, folder)

    assert again == Report(generation=1, applied=True, same=2)
    assert len(curation.list_statements()) == 2


def test_file_of_an_added_folder(curation: Curation, tmp_path: Path) -> None:
    """
    A file that was added with its folder and is then added by itself is the same statement, also when it changed.
    """
    folder = write(tmp_path / "in", a="2014\n\nWe march.", b="We stay.")
    add(curation, folder)
    write(folder, a="2014\n\nWe marched.")

    assert lines(add(curation, folder / "a.txt")) == [
        ("2014-001", "a.txt", "text_changed", "… 2014 We [−march.−] [+marched.+]")
    ]
    assert add(curation, folder, folder / "a.txt").same == 2


def test_copy_is_listed_once(curation: Curation, tmp_path: Path) -> None:
    """
    The same text under another name is listed as a copy of its statement the first time it is seen, then as the same.
    """
    add(curation, write(tmp_path / "in", a="2014\n\nWe march."))
    other = write(tmp_path / "other", b="2014\n\nWe march. -- Menu")

    assert lines(add(curation, other)) == [("2014-001", "b.txt", "duplicate_of", "2014-001")]
    assert add(curation, other) == Report(generation=1, applied=True, same=1)
    assert [one.file for one in curation.list_statements()] == ["a.txt"]


def test_failures_are_listed(curation: Curation, tmp_path: Path) -> None:
    """
    What cannot be read is listed with its reason, and the rest is stored.
    """
    folder = write(tmp_path / "in", a="2014\n\nWe march.", b="")

    report = add(curation, tmp_path / "missing", folder)

    assert report.applied
    assert [(item.code, item.locator) for item in report.failed] == [
        ("not_found", str(tmp_path / "missing")),
        ("empty", "b.txt"),
    ]
    assert [one.id for one in curation.list_statements()] == ["2014-001"]


def test_nothing_readable_touches_nothing(curation: Curation, tmp_path: Path) -> None:
    """
    Where nothing at all can be read, no database and no folder is made.
    """
    report = add(curation, tmp_path / "missing", write(tmp_path / "in", b=""))

    assert (report.applied, report.generation, len(report.failed)) == (False, 0, 2)
    assert not (tmp_path / "data").exists()


def test_index_holds_latest_revisions(curation: Curation, tmp_path: Path) -> None:
    """
    After additions and changes the live index holds the passages of the latest revisions, and no others.
    """
    folder = write(tmp_path / "in", a="2014\n\nWe march.", b="We stay.")
    add(curation, folder)
    add(curation, write(folder, a="2014\n\nWe marched.", c="We vote."))
    add(curation, write(folder, b="We do not stay.", c="We vote. -- Menu"))

    with Store.open(tmp_path / "data") as store:
        assert store.generation == 3
        index = StoredStructures(store.index_dir, store.manifest or "", "3").passages
    expected = [passage for statement in curation.list_statements() for passage in passages_of(statement)]
    assert [index.passage(passage.id) for passage in expected] == expected
    assert len(index) == len(expected) == 4


def test_index_of_another_analyzer_is_built_anew(curation: Curation, tmp_path: Path) -> None:
    """
    An index whose terms another version made is refused in one line, and the next addition builds all of it anew.
    """
    folder = write(tmp_path / "in", a="2014\n\nWe march.", b="We stay.")
    add(curation, folder)
    with sqlite3.connect(tmp_path / "data" / "corpus.sqlite3") as database:
        database.execute("""UPDATE generations SET manifest = replace(manifest, '"analyzer":1', '"analyzer":0')""")
    database.close()

    with Store.open(tmp_path / "data") as store, pytest.raises(StoreError, match="another version"):
        StoredStructures(store.index_dir, store.manifest or "", "1")
    report = add(curation, folder)

    assert (report.generation, report.same) == (2, 2)
    with Store.open(tmp_path / "data") as store:
        index = StoredStructures(store.index_dir, store.manifest or "", "2").passages
    assert len(index) == sum(len(passages_of(statement)) for statement in curation.list_statements())


def test_failed_index_stores_nothing(curation: Curation, tmp_path: Path) -> None:
    """
    When the index cannot be written, no statement is stored either, and the next try succeeds.
    """
    folder = write(tmp_path / "in", a="2014\n\nWe march.")
    (tmp_path / "data").mkdir()
    (tmp_path / "data/index").write_text("in the way")

    with pytest.raises(StoreError, match="Nothing was changed"):
        add(curation, folder)
    assert curation.list_statements() == []

    (tmp_path / "data/index").unlink()
    assert lines(add(curation, folder)) == [("2014-001", "a.txt", "new", "")]


def test_shown_by_number(curation: Curation, tmp_path: Path) -> None:
    """
    A statement is found by its record number, however it is typed; an unknown one is said.
    """
    add(curation, write(tmp_path / "in", a="We march."))

    assert curation.show(" UNDATED-001 ").text == "We march."
    with pytest.raises(UsageError, match='no statement "2014-001"'):
        curation.show("2014-001")


def test_empty_corpus(curation: Curation) -> None:
    """
    Before anything is stored the list is empty, and showing says how to begin.
    """
    assert curation.list_statements() == []
    with pytest.raises(UsageError, match="onrecord corpus add"):
        curation.show("2014-001")


def test_inspecting_stores_nothing(curation: Curation, tmp_path: Path) -> None:
    """
    Inspecting gives each reading or the reason there is none, in order, and leaves no trace.
    """
    folder = write(tmp_path / "in", a="2014\n\nWe march.", b="", c="We stay.")

    outcomes = list(curation.inspect([folder]))

    assert [type(outcome) for outcome in outcomes] == [Reading, UnreadableError, Reading]
    assert not (tmp_path / "data").exists()
