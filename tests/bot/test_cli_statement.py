"""
`onrecord statement` as a person runs it.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from terminal import Terminal


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(tmp_path, capsys)


def test_json_is_the_statement(terminal: Terminal) -> None:
    """
    `--json` prints what is cited and every paragraph.
    """
    document = terminal.run("statement", "carta", "--corpus", terminal.statements, "--json").document

    assert document.keys() == {"statement", "kind", "place", "paragraphs", "versions"}
    assert document["statement"]["date"] == "2014-05-02"
    assert [paragraph["paragraph"] for paragraph in document["paragraphs"]] == [1, 2, 3]
    assert document["paragraphs"][0].keys() == {"paragraph", "kind", "text"}


def test_page_is_in_the_statements_language(terminal: Terminal) -> None:
    """
    People read it in the statement's language, its date with where it was found, without Markdown's marks.
    """
    printed = terminal.run("statement", "carta", "--corpus", terminal.statements).out

    assert printed.startswith("Una carta sobre el huerto\n")
    assert "2 de mayo de 2014 (según la línea de lugar y fecha) · español · carta" in printed
    assert "# Una carta" not in printed


def test_unknown_number_is_one_line(terminal: Terminal) -> None:
    """
    An unknown number is wrong input: one line, nothing on standard output.
    """
    ended = terminal.run("statement", "2014-009", "--corpus", terminal.statements)

    assert (ended.status, ended.out) == (2, "")
    assert ended.err.count("\n") == 1
