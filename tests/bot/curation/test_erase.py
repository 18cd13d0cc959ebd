"""Erase: the text is gone from every file, and nothing brings it back."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from curating import DECISION, Desk, codes, found

from bot.curation.deciding import erase
from corpus.corrections import read_title
from corpus.errors import BusyError, UsageError
from corpus.store import Store

WORDS = ("zinnia", "Quillon", "oarlocks")
SECRET = "2014\n\nThe ferry carries zinnia lanterns for Quillon.\n\n“Bring the oarlocks,”"
ROAD = "2015\n\nThe river road has no lamps."


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.add(a=SECRET, b=ROAD, c="The harbor wall is high.")
    return desk


def holding(data_dir: Path) -> list[str]:
    """Every file of the data directory that holds one of the words, in whatever form they are kept."""
    forms = [form for word in WORDS for form in (word, word.lower(), word.encode("utf-16-le").decode("latin-1"))]
    return sorted(
        path.relative_to(data_dir).as_posix()
        for path in data_dir.rglob("*")
        if path.is_file() and any(form.encode("latin-1") in path.read_bytes() for form in forms)
    )


@pytest.mark.thorough
def test_words_are_in_no_file(desk: Desk) -> None:
    """
    After an erasure no file of the data directory holds a word of the text: not the database, its log, old
    generations, the index or a cache; and the rest is as it was.
    """
    desk.write(a=SECRET.replace("carries", "carried"))
    desk.refresh()
    desk.curation.correct("2014-001", lambda _: [read_title("Zinnia for Quillon")], DECISION)
    cache = desk.data_dir / "cache"
    cache.mkdir()
    (cache / "reading.json").write_text(SECRET)
    service = desk.open()
    assert found(service, "zinnia lanterns") == ["2014-001"]
    assert len(holding(desk.data_dir)) > 2

    made = desk.curation.erase("2014-001", DECISION)

    assert (made.applied, made.ids) == (True, ("2014-001",))
    assert holding(desk.data_dir) == []
    assert found(service, "zinnia lanterns") == []
    assert desk.texts() == {"2015-001": ROAD, "undated-001": "The harbor wall is high."}
    assert desk.curation.status().erased == 1


def test_hidden_text_is_erased_too(desk: Desk) -> None:
    """
    What was hidden, and so is in old index files only, goes the same way.
    """
    desk.curation.hide("2014-001", DECISION)
    desk.curation.erase("2014-001", DECISION)

    assert holding(desk.data_dir) == []
    with pytest.raises(UsageError, match="was erased on 2024-05-01"):
        desk.curation.show("2014-001", hidden=True)
    with pytest.raises(UsageError, match="was erased"):
        desk.curation.unhide("2014-001", DECISION)


def test_refresh_does_not_bring_it_back(desk: Desk) -> None:
    """
    What still stands at its source, stands there changed, or comes back at another place, stays out.
    """
    desk.curation.erase("2014-001", DECISION)

    assert codes(desk.refresh()) == []
    desk.write(a=SECRET.replace("ferry", "raft"), z=SECRET)
    assert codes(desk.refresh()) == [
        ("erased_earlier", "2014-001", "a.txt"),
        ("erased_earlier", "2014-001", "z.txt"),
    ]
    assert holding(desk.data_dir) == []
    assert codes(desk.add()) == []
    assert set(desk.texts()) == {"2015-001", "undated-001"}


@pytest.mark.thorough
def test_rollback_does_not_bring_it_back(desk: Desk) -> None:
    """
    Going back to a generation that had the text gives all of it but that.
    """
    desk.write(b=ROAD.replace("no", "two"))
    desk.refresh()
    desk.curation.erase("2014-001", DECISION)

    desk.curation.roll_back(1, DECISION)

    assert desk.texts() == {"2015-001": ROAD, "undated-001": "The harbor wall is high."}
    assert holding(desk.data_dir) == []


def test_import_does_not_bring_it_back(desk: Desk, tmp_path: Path) -> None:
    """
    An export made before the erasure brings back everything but the erased text.
    """
    export = tmp_path / "export.jsonl"
    desk.curation.export(export, with_hidden=True)
    desk.curation.erase("2014-001", DECISION)

    desk.curation.import_(export, DECISION)

    assert set(desk.texts()) == {"2015-001", "undated-001"}
    assert holding(desk.data_dir) == []


@pytest.mark.thorough
def test_same_text_goes_everywhere(desk: Desk) -> None:
    """
    Another statement that says the very same goes too; one that only said it once keeps what it says now.
    """
    desk.write(b=SECRET)
    desk.refresh()
    desk.write(c=SECRET)
    desk.refresh()
    desk.write(c="The harbor wall is low.")
    desk.refresh()

    made = desk.curation.erase("2014-001", DECISION)

    assert made.ids == ("2014-001", "2015-001")
    assert holding(desk.data_dir) == []
    assert desk.texts() == {"undated-001": "The harbor wall is low."}


def test_reader_in_the_way_is_said(desk: Desk) -> None:
    """
    While another program is in the middle of reading, the text is in no answer but still in the file; that is said,
    the check says it too, and the next command clears it.
    """
    with sqlite3.connect(desk.data_dir / "corpus.sqlite3", isolation_level=None) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM revisions").fetchone()
        with (
            Store(desk.data_dir, patience_s=0.05) as store,
            pytest.raises(BusyError, match="run the command again"),
        ):
            erase(store, "2014-001", DECISION)
    reader.close()

    assert [one.code for one in desk.curation.check().problems] == ["not_cleared"]
    assert not desk.curation.erase("2014-001", DECISION).applied
    assert holding(desk.data_dir) == []
    assert set(desk.texts()) == {"2015-001", "undated-001"}


def test_unknown_number_is_said(desk: Desk) -> None:
    """
    An unknown record number is a usage error, and nothing changes.
    """
    with pytest.raises(UsageError, match="There is no statement"):
        desk.curation.erase("2014-009", DECISION)
    assert set(desk.texts()) == {"2014-001", "2015-001", "undated-001"}
