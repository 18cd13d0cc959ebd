"""
A process that is killed, or finds the disk full, while it adds statements: the corpus is as before or as after, and
the next `add` finishes.

The child counts its steps (SQL statements, files opened, renamed, removed) and kills itself before the n-th one.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import signal
from pathlib import Path
from typing import NamedTuple

import pytest
from killing import count_steps, fill_disk, in_child, killer

from bot.curation import Curation
from corpus.errors import StoreError
from corpus.models import Quote, Reading, Speaker
from corpus.sentences import blocks
from corpus.store import Store
from retrieval import shingles, structures
from retrieval.backends.embedded import unused
from retrieval.passages import passages_of, quote_passages_of
from retrieval.structures import StoredStructures, read_parts

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a forked child"),
    # The child only adds statements and ends; no thread of ours runs when it is forked.
    pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning"),
]
TODAY = dt.date(2024, 5, 1)
MOMENTS = 12
BEFORE = {"a.txt": "2014\n\nWe march.", "b.txt": "2014\n\nWe stay.", "c.txt": "We sing."}
AFTER = BEFORE | {
    "a.txt": "2014\n\nWe marched.",
    "copy.txt": "We sing.",
    "d.txt": "2015\n\nWe vote.",
    "e.txt": "We wait.",
}


class Corpus(NamedTuple):
    """All that a reader can see: the generation, and id → revision, file and text."""

    generation: int
    statements: dict[str, tuple[int, str, str]]


def read(data: bytes, file: str) -> Reading:
    """A reader for tests: a first line that is a year is the date, every paragraph a passage."""
    text = data.decode()
    year = text[:4] if text[:4].isdigit() else None
    spans = tuple(blocks(text))
    speaker = Speaker(name="Nadia Ferrol", printed="Ferrol")
    quotes = tuple(
        Quote(text=text[s.start : s.end], start=s.start, end=s.end, utterance=1, part=1, speaker=speaker) for s in spans
    )
    return Reading(file=file, title=file, text=text, date=year, body=spans, passages=spans, quotes=quotes)


def write(folder: Path, files: dict[str, str]) -> Path:
    """The folder with these files."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text)
    return folder


def add(data_dir: Path, folder: Path) -> None:
    """What the child does until it is killed."""
    Curation(data_dir, read=read).add([folder], when=TODAY, by="tester")


def seen(data_dir: Path) -> Corpus:
    """
    What a reader sees, after checking that the index of the live generation holds just these statements.
    """
    if not Store.exists(data_dir):
        return Corpus(0, {})
    with Store.open(data_dir) as store, store.reading():
        statements = store.statements()
        if statements:
            structures = StoredStructures(store.index_dir, store.manifest or "", str(store.generation))
            for index, units_of in ((structures.passages, passages_of), (structures.quotes, quote_passages_of)):
                units = [unit for statement in statements for unit in units_of(statement)]
                assert len(index) == len(units)
                assert [index.passage(unit.id) for unit in units] == units
        return Corpus(store.generation, {one.id: (one.revision, one.file, one.text) for one in statements})


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("begun", "many"),
    [(False, structures.MANY), (True, structures.MANY), (True, 1)],
    ids=["first add", "later add", "by two processes"],
)
def test_killed_at_any_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, begun: bool, many: int) -> None:
    """
    Wherever `add` is killed, readers see the corpus wholly before or wholly after it, no record number is lost or
    given to another statement, and the next `add` finishes and leaves no file behind that nobody needs.
    """
    monkeypatch.setattr(structures, "MANY", many)
    folder = write(tmp_path / "statements", BEFORE)
    start, whole = tmp_path / "start", tmp_path / "whole"
    start.mkdir()
    if begun:
        add(start, folder)
    write(folder, AFTER)
    before = seen(start)
    shutil.copytree(start, whole)
    add(whole, folder)
    after = seen(whole)
    counted = shutil.copytree(start, tmp_path / "counted")
    steps = count_steps(lambda: add(counted, folder), tmp_path / "steps")
    assert seen(counted) == after
    outcomes = []

    for number in range(MOMENTS):
        data_dir = shutil.copytree(start, tmp_path / f"killed-{number}")
        moment = 1 + number * (steps - 1) // (MOMENTS - 1)

        assert in_child(lambda here=data_dir: add(here, folder), killer(moment)) == signal.SIGKILL  # type: ignore[misc]

        outcomes.append(seen(data_dir))
        assert outcomes[-1] in (before, after), f"half done when killed before step {moment} of {steps}"
        add(data_dir, folder)
        assert seen(data_dir) == after
        with Store.open(data_dir) as store, store.writing() as txn:
            parts = [read_parts(manifest) for manifest in txn.manifests()]
            assert unused(store.index_dir / "passages", *(one.passages for one in parts)) == []
            assert unused(store.index_dir / "quotes", *(one.quotes for one in parts)) == []
            assert shingles.unused(store.index_dir / "shingles", *(one.shingles for one in parts)) == []

    assert outcomes[0] == before
    assert outcomes[-1] == after


@pytest.mark.thorough
@pytest.mark.parametrize("free_bytes", [0, 200, 1_000, 4_096, 20_000])
def test_full_disk_changes_nothing(tmp_path: Path, free_bytes: int) -> None:
    """
    Where the disk is full, `add` says so and nothing has changed; reading goes on meanwhile.
    """
    folder, data_dir = write(tmp_path / "statements", BEFORE), tmp_path / "data"
    add(data_dir, folder)
    write(folder, AFTER)
    before = seen(data_dir)

    def work() -> None:
        fill_disk(free_bytes)
        with pytest.raises(StoreError, match="Nothing was changed"):
            add(data_dir, folder)
        assert seen(data_dir) == before

    assert in_child(work, lambda: None) == 0
    assert seen(data_dir) == before
    add(data_dir, folder)
    assert len(seen(data_dir).statements) == 5
