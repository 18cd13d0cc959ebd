"""
README.md, README.es.md, CONTRIBUTING.md and the guides tell the truth: commands run, and print what is printed there.

`docs/operating.md` and `docs/operacion.md` have tests of their own.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
from itertools import pairwise, takewhile
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from terminal import Terminal

ROOT = Path(__file__).parent.parent
READMES = [ROOT / "README.md", ROOT / "README.es.md"]
_OPERATING = {ROOT / "docs" / "operating.md", ROOT / "docs" / "operacion.md"}
_GUIDES = sorted(set((ROOT / "docs").glob("*.md")) - _OPERATING)
DOCUMENTS = [*READMES, ROOT / "CONTRIBUTING.md", *_GUIDES]
README = READMES[0].read_text("utf-8")


def blocks(document: Path) -> list[tuple[str, str]]:
    """Kind and content of each block of a document."""
    return re.findall(r"^```(\w+)\n(.*?)^```", document.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def commands(block: str) -> list[list[str]]:
    """The words of each line."""
    return [shlex.split(line, comments=True) for line in block.splitlines()]


SHELL = {document: [block for kind, block in blocks(document) if kind == "sh"] for document in DOCUMENTS}
LINES = [line for found in SHELL.values() for block in found for line in commands(block)]
# Printed text stands below the commands of which the first prints it.
PRINTED = [
    (commands(block)[0], shown)
    for document in READMES
    for (kind, block), (kind_below, shown) in pairwise(blocks(document))
    if (kind, kind_below) == ("sh", "text")
]


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A working directory that holds what the documents' commands name."""
    shutil.copytree(ROOT / "corpus" / "sample", tmp_path / "corpus" / "sample")
    shutil.copytree(ROOT / "corpus" / "sample" / "statements", tmp_path / "path" / "to" / "statements")
    write_collection(tmp_path / "path" / "to" / "collection")
    terminal = Terminal(tmp_path, capsys)
    # Commands run in this process: a new one for each would take as long as the rest of the suite.
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ONRECORD_DATA_DIR", terminal.environment()["ONRECORD_DATA_DIR"])
    return terminal


def write_collection(folder: Path) -> None:
    """Four documents of as many articles, each with a question that it answers."""
    topics = ("ferry", "lantern", "bakery", "orchard")
    documents = [
        {"_id": f"d{n}", "title": "", "text": f"The {topic} opens at dawn for all.", "metadata": {"article": topic}}
        for n, topic in enumerate(topics)
    ]
    queries = [{"_id": f"q{n}", "text": f"When does the {topic} open?"} for n, topic in enumerate(topics)]
    folder.mkdir(parents=True)
    (folder / "corpus.jsonl").write_text("\n".join(map(json.dumps, documents)), "utf-8")
    (folder / "queries.jsonl").write_text("\n".join(map(json.dumps, queries)), "utf-8")
    rows = ["query-id\tcorpus-id\tscore", *(f"q{n}\td{n}\t1" for n in range(len(topics)))]
    (folder / "qrels.tsv").write_text("\n".join(rows), "utf-8")


@pytest.mark.thorough
@pytest.mark.parametrize(("line", "shown"), PRINTED, ids=[" ".join(line) for line, _ in PRINTED])
def test_answers_are_as_printed(terminal: Terminal, line: list[str], shown: str) -> None:
    """
    What a README prints below a command is what that command prints.
    """
    arguments = ["ask", *line[1:]] if line[0] == "script/ask" else line[1:]

    assert terminal.run(*arguments).out == shown


@pytest.mark.thorough
def test_picture_is_what_its_command_draws(terminal: Terminal) -> None:
    """
    The chart in the README shows what its command draws today, and its alternative text says the same.
    """
    command = next(line for line in LINES if "--png" in line)
    words, file = re.findall(r"^!\[(.*?)\]\((.*?)\)", README, re.MULTILINE | re.DOTALL)[0]
    terminal.run(*command[1:])

    with Image.open(ROOT / file) as shown, Image.open(terminal.folder / command[-1]) as drawn:
        assert shown.info["Description"] == drawn.info["Description"] == " ".join(words.split())
        assert shown.size == drawn.size


def runs(block: str) -> list[list[str]]:
    """The lines of a block that no other test of this file runs."""
    shown = [line for line, _ in PRINTED]
    return [line for line in commands(block) if line[0] == "onrecord" and "--png" not in line and line not in shown]


def sense(block: str) -> tuple[tuple[str, ...], ...]:
    """What a block does: the same in English and in Spanish, where questions, reasons and names differ."""
    said = {"--reason", "--name", "--locale"}
    return tuple(
        tuple(
            word
            for before, word in pairwise(["", *line])
            if before not in said and word not in said and " " not in word
        )
        for line in runs(block)
    )


def block_of(block: str) -> Any:
    """A row of a table; measuring takes long."""
    return pytest.param(block, marks=pytest.mark.thorough) if "evaluate" in block else block


# Each once, though several documents show it.
DIFFERENT = {sense(block): block for found in SHELL.values() for block in found if runs(block)}


@pytest.mark.thorough
@pytest.mark.parametrize("block", [block_of(block) for block in DIFFERENT.values()])
def test_every_command_runs(terminal: Terminal, block: str) -> None:
    """
    Each command line of a document can be copied and run as it stands, after those above it in its block.
    """
    for line in runs(block):
        ended = terminal.run(*line[1:])

        assert ended.status == 0, ended.err
        assert ended.out


@pytest.mark.parametrize("line", [line for line in LINES if line[0] != "onrecord"], ids=" ".join)
def test_every_other_line_is_a_script(line: list[str]) -> None:
    """
    What is no command of the program is a script of this repository.
    """
    assert line[0].startswith("script/")
    assert os.access(ROOT / line[0], os.X_OK)


def test_both_readmes_show_the_same() -> None:
    """
    README.es.md has the commands of README.md in the same order; measuring and drawing are in English alone.
    """
    english, spanish = ([verb(line) for block in SHELL[readme] for line in commands(block)] for readme in READMES)

    assert spanish == [line for line in english if "evaluate" not in line and "--png" not in line]


def verb(line: list[str]) -> list[str]:
    """The command without what it is given; a chart and measuring keep their mark."""
    return [*takewhile(re.compile("[a-z/]+").fullmatch, line), *(word for word in line if word == "--png")]
