"""
`onrecord verify` as a person runs it.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from terminal import Printed, Terminal

# The JSON of CONTRACT, and what this program adds.
VERDICT = {"verdict", "similarity", "claimed", "found", "differences", "note"}
MORE = {"claimed_speaker", "claimed_date", "notes", "locale"}
FOUND = {"text", "start", "end", "paragraph", "speaker", "statement"}
SAID = "We will walk until the orchard pays us"


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(tmp_path, capsys)


def verify(terminal: Terminal, *arguments: str) -> Printed:
    """`verify` against the statements, in this process."""
    return terminal.run("verify", "--corpus", terminal.statements, *arguments)


def test_json_has_the_keys_of_the_contract(terminal: Terminal) -> None:
    """
    Other programs find every key they rely on, and the published words are a slice of the statement.
    """
    document = verify(terminal, f"{SAID}.", "--json").document
    text = (terminal.statements / "walk.txt").read_text("utf-8")

    assert document.keys() == VERDICT | MORE
    assert document["found"].keys() >= FOUND
    assert "citation" not in document["found"]
    assert document["verdict"] == "exact"
    assert document["found"]["text"] == text[document["found"]["start"] : document["found"]["end"]]


@pytest.mark.parametrize(
    ("claim", "options", "verdict"),
    [
        (f"{SAID},", (), "exact"),
        (f"{SAID},", ("--speaker", "Nadia Ferrol"), "exact"),
        (f"{SAID},", ("--speaker", "Olga Marsh"), "misattributed"),
        ("We will walk until the orchard", (), "partial"),
        ("We will not walk until the orchard pays us", (), "altered"),
        ("We will swim across the whole wide sea", (), "not_found"),
        (f"“{SAID}” – Nadia Ferrol, 2013", (), "exact"),
        ("El agua del pozo es de la gente", (), "exact"),
    ],
)
def test_verdict(terminal: Terminal, claim: str, options: tuple[str, ...], verdict: str) -> None:
    """
    Each verdict is told, whatever it is, with status 0.
    """
    printed = verify(terminal, claim, *options, "--json")

    assert (printed.status, printed.document["verdict"]) == (0, verdict)


def test_difference_is_shown_with_marks(terminal: Terminal) -> None:
    """
    People read the verdict, the published words, and what was changed between plain marks.
    """
    printed = verify(terminal, "We will walk until the river pays us").out

    assert printed.startswith("Words were changed\n\n> We will walk until the orchard pays us\nNadia Ferrol, director")
    assert "Changed: [−river−] was claimed, [+orchard+] was published." in printed


def test_silence_is_no_proof(terminal: Terminal) -> None:
    """
    What is not found is said to be no proof, in the language of the quotation.
    """
    printed = verify(terminal, "Nunca dijimos nada del mar abierto").out

    assert printed.splitlines()[0] == "No está en estos comunicados"
    assert "eso no demuestra que nunca se dijo" in printed


def test_note_is_one_text(terminal: Terminal) -> None:
    """
    In JSON all notes stand as sentences, alone and joined to one text.
    """
    document = verify(terminal, "Nobody said this here today", "--json").document

    assert document["note"] == " ".join(document["notes"])
    assert "does not show that it was never said" in document["note"]


def test_citation_when_asked_for(terminal: Terminal) -> None:
    """
    The published words can be cited in every style.
    """
    document = verify(terminal, SAID, "--cite", "plain", "--json").document

    assert document["found"]["citation"].startswith(f"“{SAID}")


def test_batch(terminal: Terminal) -> None:
    """
    A line comes out for each row, in order; a bad one says so and the others are checked.
    """
    rows = [
        json.dumps({"id": 1, "text": f"{SAID},", "speaker": "Olga Marsh"}),
        json.dumps({"id": 2, "text": "two words"}),
        json.dumps({"id": 3, "text": 7}),
        "nonsense",
        json.dumps({"id": 5, "text": SAID}),
    ]
    path = terminal.file("rows.jsonl", "\n".join(rows))

    printed = verify(terminal, "--batch", str(path))

    assert [row["id"] for row in printed.rows] == [1, 2, 3, None, 5]
    assert [row.get("verdict") for row in printed.rows] == ["misattributed", None, None, None, "exact"]
    assert [row.get("status") for row in printed.rows] == [None, "none", "none", "none", None]
    assert ["error" in row for row in printed.rows] == [False, True, True, True, False]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ((), "onrecord verify"),
        (("two words",), "only 2 words"),
        (("word " * 500,), "at most 2,000"),
        (("",), "no words"),
    ],
)
def test_wrong_input_is_one_line(terminal: Terminal, arguments: tuple[str, ...], named: str) -> None:
    """
    Too little and too much are one line that says what to do, with status 2.
    """
    printed = verify(terminal, *arguments)

    assert (printed.status, printed.out, printed.err.count("\n")) == (2, "", 1)
    assert named in printed.err
