"""`onrecord corpus source`, and `refresh` of sources that are due, at the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from terminal import Printed, Terminal

WEEKLY = ("--name", "Valley letters", "--every", "7d", "--language", "en, es")


@pytest.fixture
def terminal(terminal: Terminal) -> Terminal:
    """Source 1 is the folder of three statements."""
    terminal.run("corpus", "add", terminal.statements)
    return terminal


def corpus(terminal: Terminal, *arguments: str | Path) -> Printed:
    return terminal.run("corpus", *arguments)


def sources(terminal: Terminal) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = corpus(terminal, "status", "--json").document["sources"]
    return found


def test_source_is_described(terminal: Terminal) -> None:
    """
    What is said of a source is printed in its line of the status, and stands in the JSON under its own keys.
    """
    said = corpus(terminal, "source", "1", *WEEKLY, "--reason", "asked by mail")
    [source] = sources(terminal)

    assert (said.status, said.err) == (0, "")
    assert "Valley letters, en, es" in said.out
    assert f"every 7 days, next {source['next'][:16]}" in said.out
    assert said.out.strip() in corpus(terminal, "status").out
    assert (source["name"], source["language"], source["every_h"]) == ("Valley letters", "en, es", 168)
    assert (source["organization"], source["licence"], source["failing_since"]) == (None, None, None)
    assert "asked by mail" in corpus(terminal, "history").out
    assert str(terminal.statements) in corpus(terminal, "history").out


def test_what_was_said_is_printed_as_json(terminal: Terminal) -> None:
    """
    `--json` prints what changed and the source as it is; said again, nothing does.
    """
    first = corpus(terminal, "source", "1", "--every", "never", "--reason", "closed", "--json").document
    second = corpus(terminal, "source", "1", "--every", "never", "--reason", "closed", "--json").document

    assert [(one["field"], one["before"], one["after"]) for one in first["changes"]] == [("every_h", None, 0)]
    assert (first["applied"], second["applied"], second["changes"]) == (True, False, [])
    assert (first["source"]["next"], first["source"]["every_h"]) == (None, 0)
    assert "only when asked" in corpus(terminal, "status").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("1",), "Nothing to say"),
        (("7", "--name", "Valley"), "There is no source 7."),
        (("1", "--every", "weekly"), '"weekly" is no schedule.'),
        (("1", "--language", "Spanish"), '"Spanish" is no language code.'),
        (("valley", "--name", "Valley"), "takes ID"),
    ],
)
def test_what_cannot_be_said(terminal: Terminal, arguments: tuple[str, ...], said: str) -> None:
    """
    Without a label, without such a source or with what is no label, one line says what to do, with status 2.
    """
    printed = corpus(terminal, "source", *arguments, "--reason", "asked by mail")

    assert (printed.status, printed.out) == (2, "")
    assert said in printed.err
    assert printed.err.count("\n") == 1


def test_reason_is_needed(terminal: Terminal) -> None:
    """
    Nobody describes a source without a reason.
    """
    assert corpus(terminal, "source", "1", "--name", "Valley").status == 2


def test_added_with_its_name(terminal: Terminal) -> None:
    """
    `add` takes the same options; a bad one is said before anything is read.
    """
    terminal.file("more/well.txt", "The well\n\nThe well belongs to the people of the valley.\n")
    bad = corpus(terminal, "add", terminal.folder / "more", "--every", "soon")
    corpus(terminal, "add", terminal.folder / "more", *WEEKLY)

    assert bad.status == 2
    assert [(one["name"], one["every_h"]) for one in sources(terminal)] == [(None, None), ("Valley letters", 168)]


def test_nothing_is_due(terminal: Terminal) -> None:
    """
    Where no source is due, nothing is read and nothing is wrong; one line says so.
    """
    printed = corpus(terminal, "refresh", "--due", "--json")

    assert (printed.status, printed.document["refused"], printed.document["same"]) == (0, "nothing_due", 0)
    assert printed.err.startswith("No source is due")


def test_one_source_is_read(terminal: Terminal) -> None:
    """
    `--source` reads only these; a number that no source has is status 2.
    """
    terminal.file("more/well.txt", "The well\n\nThe well belongs to the people of the valley.\n")
    corpus(terminal, "add", terminal.folder / "more")

    assert corpus(terminal, "refresh", "--source", "2", "--json").document["same"] == 1
    assert corpus(terminal, "refresh", "--source", "2", "--source", "1", "--json").document["same"] == 4
    assert corpus(terminal, "refresh", "--source", "3").status == 2


def test_what_is_not_small_waits(terminal: Terminal) -> None:
    """
    With `--if-small` a large change is status 1, one line, and applied by the next refresh without it.
    """
    terminal.file("statements/letter.txt", "We ask for a tram at night. The road is dark and long.\n")

    waiting = corpus(terminal, "refresh", "--if-small", "--json")

    assert (waiting.status, waiting.document["refused"], waiting.document["applied"]) == (1, "not_small", False)
    assert waiting.err.count("\n") == 1
    assert "--dry-run" in waiting.err
    assert corpus(terminal, "refresh", "--json").document["applied"]
