"""`onrecord evaluate answers`: the figures of a questions file, as a table and as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from terminal import Terminal

ROWS: list[dict[str, Any]] = [
    {
        "id": "T1",
        "kind": "answerable",
        "question": "What did Nadia Ferrol say about the orchard?",
        "expect": "answer",
        "contract_status": ["answered"],
        "gold_files": ["walk.txt"],
        "gold_sentences": [{"file": "walk.txt", "text": "We will walk until the orchard pays us"}],
        "gold_publication_date": {"walk.txt": "2013-06-04"},
        "gold_speaker": "Nadia Ferrol",
    },
    {
        "id": "T2",
        "kind": "answerable",
        "question": "night bus",
        "expect": "answer",
        "contract_status": ["answered"],
        "gold_files": ["letter.txt"],
        "gold_sentences": [{"file": "letter.txt", "text": "Words that nobody wrote."}],  # a miss
        "gold_publication_date": {"letter.txt": None},
    },
    {"id": "T3", "kind": "unanswerable", "group": "off_topic", "question": "zebra quagga", "contract_status": ["none"]},
    {"id": "T4", "kind": "verify", "quote": "We will walk.", "contract_verdict": ["partial"]},
]


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ONRECORD_DATA_DIR", str(tmp_path / "data"))
    made = Terminal(tmp_path, capsys)
    made.file("rows.jsonl", "\n".join(map(json.dumps, ROWS)))
    return made


def test_figures_as_json(terminal: Terminal) -> None:
    """
    JSON has every measure as how many were right, of how many, and the mean length of the first excerpt.
    """
    printed = terminal.run("evaluate", "answers", "rows.jsonl", "--corpus", "statements", "--json")

    assert (printed.status, printed.err) == (0, "")
    figures = printed.document
    assert (figures["hit@1"], figures["status"], figures["silence"]) == ([1, 2], [2, 2], [1, 1])
    assert (figures["silence off_topic"], figures["speakers"]) == ([1, 1], [1, 1])
    assert figures["dates"][0] == figures["dates"][1] >= 2
    assert figures["verbatim"][0] == figures["verbatim"][1] >= 2
    assert 0 < figures["mean_chars"] <= 600
    assert "misses" not in figures


def test_misses_are_listed(terminal: Terminal) -> None:
    """
    `--misses` adds the rows that fell short, with what was shown instead.
    """
    arguments = ("evaluate", "answers", "rows.jsonl", "--corpus", "statements", "--misses")

    missed = terminal.run(*arguments, "--json").document["misses"]

    assert {miss["id"] for miss in missed} == {"T2"}
    assert {miss["measure"] for miss in missed} >= {"hit@1", "hit@3"}
    assert any(line.startswith("T2  hit@1: ") for line in terminal.run(*arguments).out.splitlines())


def test_figures_as_a_table(terminal: Terminal) -> None:
    """
    People get one measure a line.
    """
    lines = terminal.run("evaluate", "answers", "rows.jsonl", "--corpus", "statements").out.splitlines()

    assert lines[0].split() == ["hit@1", "1", "of", "2"]
    assert lines[-1].startswith("mean first excerpt")


def test_shown_text_does_not_steer_the_terminal(terminal: Terminal) -> None:
    """
    What was shown instead is printed with its control characters spelled out.
    """
    terminal.file("statements/letter.txt", "A letter\n\nWe ask for a night bus \x1b[2J and \u202e a lamp.\n")

    printed = terminal.run("evaluate", "answers", "rows.jsonl", "--corpus", "statements", "--misses")

    assert "night bus" in printed.out
    assert not {"\x1b", "\u202e"} & set(printed.out)


@pytest.mark.parametrize(
    ("file", "content", "named"),
    [
        ("missing.jsonl", None, "missing.jsonl"),
        ("bytes.jsonl", b"\xff\xfe\x00", "bytes.jsonl"),
        ("text.jsonl", b"no JSON\n", "line 1"),
        ("list.jsonl", b'{"id": "a", "kind": "verify", "quote": "b"}\n[]\n', "line 2"),
        ("number.jsonl", b'{"id": "a", "kind": "answerable", "question": 5}\n', "line 1"),
        ("deep.jsonl", b"[" * 100_000, "line 1"),
    ],
)
def test_bad_questions_file(terminal: Terminal, file: str, content: bytes | None, named: str) -> None:
    """
    A questions file that cannot be read is one line that names it or its line, with status 2.
    """
    if content is not None:
        terminal.file(file, content)

    printed = terminal.run("evaluate", "answers", file, "--corpus", "statements", "--json")

    assert (printed.status, printed.out, printed.err.count("\n")) == (2, "", 1)
    assert named in printed.err


def test_bad_statements(terminal: Terminal) -> None:
    """
    Statements that cannot be read are one line, too.
    """
    printed = terminal.run("evaluate", "answers", "rows.jsonl", "--corpus", "missing")

    assert (printed.status, printed.out, printed.err.count("\n")) == (2, "", 1)
    assert "missing" in printed.err


@pytest.mark.thorough
def test_quoting_is_timed(terminal: Terminal) -> None:
    """
    Every kind of request has its times, and every structure its size.
    """
    document = terminal.run("evaluate", "quoting", "--passages", "800", "--json").document

    kinds = {row["kind"].partition(":")[0] for row in document["rows"]}
    assert kinds == {"quote", "verify"}
    assert all(0 < row["p50_ms"] <= row["p95_ms"] for row in document["rows"])
    assert all(size > 0 for size in document["megabytes"].values())
