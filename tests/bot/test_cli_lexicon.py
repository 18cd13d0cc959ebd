"""`onrecord lexicon build`: what a machine without the dictionary is told, and who reads the table."""

from __future__ import annotations

from pathlib import Path

import pytest
from terminal import Terminal

from retrieval.wordlist import baked_path


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ONRECORD_DATA_DIR", str(tmp_path / "data"))
    # No tool of the machine is found, whatever is installed.
    monkeypatch.setenv("PATH", str(tmp_path))
    return Terminal(tmp_path, capsys)


def test_missing_dictionary_is_one_line(terminal: Terminal, tmp_path: Path) -> None:
    """
    Without the package or its tool, one line names both packages, the status is 2, and nothing is left behind.
    """
    printed = terminal.run("lexicon", "build")

    assert printed.status == 2
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert "apt-get install apertium-eng-spa lttoolbox-dev" in printed.err
    assert not (tmp_path / "data").exists()


@pytest.mark.thorough
def test_stored_corpus_reads_the_table(terminal: Terminal, tmp_path: Path) -> None:
    """
    A word of the table finds statements of the record, from the next start on.
    """
    terminal.file(
        "in/loom.txt", "Loom Street Circle\n\nMay 3, 2011\n\nThe zithering of the looms must end by winter.\n"
    )
    assert terminal.run("corpus", "add", "in").status == 0
    question = ("ask", "--json", "¿qué dijeron del trasconeo de los telares?")
    assert "trasconeo" not in terminal.run(*question).document["bridged"]

    table = baked_path(tmp_path / "data")
    table.parent.mkdir()
    table.write_text("trasconeo\tzithering\n", "utf-8")

    assert terminal.run(*question).document["bridged"]["trasconeo"] == ["zithering"]
