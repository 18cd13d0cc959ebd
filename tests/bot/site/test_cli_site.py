"""`onrecord site`: what it writes and what it says."""

from __future__ import annotations

from pathlib import Path

import pytest
from sites import paragraphs, parse
from terminal import Terminal


@pytest.mark.thorough
def test_the_stored_record_is_written(terminal: Terminal) -> None:
    """
    Without paths the stored statements are written, under their record numbers, and one line says where to look.
    """
    terminal.run("corpus", "add", terminal.statements)
    ended = terminal.run("site", "out")

    assert ended.status == 0
    assert ended.out.endswith(f"Open {Path('out') / 'index.html'}.\n")
    assert ended.out.startswith("3 statements in ")
    page = parse((terminal.folder / "out" / "es" / "s" / "2013-001.html").read_bytes())
    assert paragraphs(page)["p3"].startswith("“We will walk until the orchard pays us,” said Nadia Ferrol")


def test_files_are_written_for_one_call(terminal: Terminal) -> None:
    """
    With paths the pages are of the statements there, under the names of their files, and nothing is stored.
    """
    ended = terminal.run("site", "out", "--corpus", terminal.statements, "--json")

    assert ended.document["statements"] == 3
    assert ended.document["public_url"] is None
    assert ended.document["files"] == sum(file.is_file() for file in (terminal.folder / "out").rglob("*")) - 1
    assert (terminal.folder / "out" / "en" / "s" / "walk.html").is_file()
    assert not (terminal.folder / "data").exists()


@pytest.mark.thorough
def test_the_sample_is_called_a_sample(terminal: Terminal) -> None:
    """
    While nothing is stored the sample is written; standard error says so, and so do the pages.
    """
    ended = terminal.run("site", "out")

    assert ended.status == 0
    assert "invented sample" in ended.err
    assert "This is an invented sample" in (terminal.folder / "out" / "en" / "index.html").read_text("utf-8")


def test_a_folder_of_somebody_else_is_wrong_usage(terminal: Terminal) -> None:
    """
    A folder with other files is named in one line, and the exit status is that of wrong usage.
    """
    ended = terminal.run("site", terminal.statements, "--corpus", terminal.statements)

    assert ended.status == 2
    assert ended.err.count("\n") == 1
    assert "which onrecord site did not write" in ended.err
    assert ended.out == ""


@pytest.mark.parametrize("given", ["https://record.example", "https://record.example/", " https://record.example// "])
def test_the_address_may_end_with_a_slash(terminal: Terminal, monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    """
    Where the site is published is said with or without a slash at the end.
    """
    monkeypatch.setenv("ONRECORD_PUBLIC_URL", given)
    ended = terminal.run("site", "out", "--corpus", terminal.statements, "--json")

    assert ended.document["public_url"] == "https://record.example"
    assert "<loc>https://record.example/en/index.html</loc>" in (terminal.folder / "out" / "sitemap.xml").read_text()
