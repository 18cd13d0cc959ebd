"""`onrecord backup` and `onrecord restore` at the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from terminal import Terminal, files_below


@pytest.fixture
def terminal(terminal: Terminal) -> Terminal:
    """A stored corpus: walk.txt is 2013-001, carta.md 2014-001, letter.txt undated-001."""
    terminal.run("corpus", "add", terminal.statements)
    return terminal


def export(terminal: Terminal, name: str) -> bytes:
    terminal.run("corpus", "export", name, "--with-hidden")
    return (terminal.folder / name).read_bytes()


@pytest.mark.thorough
def test_backup_and_back(terminal: Terminal) -> None:
    """
    One line says what is in a backup; restored over another state, the export is the same to the last byte.
    """
    before = export(terminal, "before.jsonl")
    made = terminal.run("backup", "record.zip")
    terminal.file("statements/new.txt", "A word about the well\n\nThe well belongs to the people of the valley.\n")
    terminal.run("corpus", "refresh")

    done = terminal.run("restore", "record.zip", "--replace")

    size = (terminal.folder / "record.zip").stat().st_size
    counted = "3 statements, 0 withheld, generation 1"
    assert (made.status, made.err) == (0, "")
    assert made.out == f"{terminal.folder}/record.zip: {counted}, {size:,} bytes; read back and checked.\n"
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith(f"{counted}, as they were on 20")
    assert done.out.endswith(f" UTC, are in {terminal.folder}/data.\n")
    assert export(terminal, "after.jsonl") == before


@pytest.mark.thorough
def test_json_alone_is_on_standard_output(terminal: Terminal) -> None:
    """
    With --json both print one document; what to know beside it is on standard error.
    """
    made = terminal.run("backup", "record.zip", "--json")
    terminal.run("corpus", "hide", "2013-001", "--reason", "asked for")
    terminal.run("corpus", "erase", "2014-001", "--reason", "asked for")

    done = terminal.run("restore", "record.zip", "--replace", "--json")

    assert made.document.keys() == {"file", "bytes", "generation", "statements", "withheld"}
    assert made.document["statements"] == 3
    assert done.document["erased_again"] == ["2014-001"]
    assert done.document["shown_again"] == ["2013-001"]
    assert done.err.splitlines() == [
        "Erased here since the backup, and so erased in it too: 2014-001.",
        'Hidden here until now, not hidden in the backup: 2013-001. "onrecord corpus hide" hides them again.',
    ]
    reasons = {one["reason"] for one in terminal.run("corpus", "history", "--json").document["actions"]}
    assert "erased before the record was restored from a backup" in reasons


@pytest.mark.thorough
def test_unread_corpus_is_said(terminal: Terminal) -> None:
    """
    Where the corpus that is replaced could not be read, what nobody knows of it is said, and what to do.
    """
    terminal.run("backup", "record.zip")
    terminal.file("data/corpus.sqlite3", b"no database " * 900)

    done = terminal.run("restore", "record.zip", "--replace")

    assert done.status == 0
    assert [line.split(".")[0] for line in done.err.splitlines()] == [
        "The corpus that was here could not be read: what was erased in it since may be back",
        "A bot that is running still answers from the old corpus",
    ]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["backup"], "FILE"),
        (["backup", "data/record.zip"], "would be lost together"),
        (["restore", "nothing.zip", "--replace"], "no such file"),
        (["restore", "longer than a name may be " * 20, "--replace"], "cannot be read"),
        (["restore", "statements/walk.txt", "--replace"], "damaged or cut off"),
        (["restore", "statements/walk.txt"], "Add --replace"),
    ],
)
def test_wrong_usage_is_one_line(terminal: Terminal, arguments: list[str], expected: str) -> None:
    """
    What cannot be done as it was asked ends with status 2 and one line, and the corpus is what it was.
    """
    before = export(terminal, "before.jsonl")

    ended = terminal.run(*arguments)

    assert (ended.status, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert expected in ended.err
    assert export(terminal, "after.jsonl") == before


def test_nothing_stored_is_said(terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Without statements of one's own there is nothing to back up: the sample ships with the program.
    """
    monkeypatch.setenv("ONRECORD_DATA_DIR", str(tmp_path / "none"))

    ended = terminal.run("backup", "record.zip")

    assert (ended.status, ended.out) == (2, "")
    assert "onrecord corpus add" in ended.err
    assert not (tmp_path / "none").exists()


@pytest.mark.thorough
def test_token_is_nowhere_in_it(terminal: Terminal) -> None:
    """
    Where the settings hold a token, no backup and nothing that is printed has it.
    """
    terminal.file(".env", "DISCORD_TOKEN=quiet.lantern.token\n")
    token = {"DISCORD_TOKEN": "quiet.lantern.token"}

    made = terminal.process("backup", "record.zip", "--json", more=token)

    assert made.status == 0
    held = [name for name, data in files_below(terminal.folder).items() if b"quiet.lantern.token" in data]
    assert held == [".env"]
    assert "quiet" not in json.dumps([made.out, made.err])
