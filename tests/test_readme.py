"""The README tells the truth: its commands run, and what it prints is what they print."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from terminal import Terminal

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
LINES = [shlex.split(line) for kind, block in BLOCKS if kind == "sh" for line in block.splitlines()]
# Printed text stands below the commands of which the first prints it.
PRINTED = [
    (shlex.split(commands.splitlines()[0]), shown)
    for (kind, commands), (kind_below, shown) in pairwise(BLOCKS)
    if (kind, kind_below) == ("sh", "text")
]


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """A working directory that holds what the README's commands name."""
    shutil.copytree(ROOT / "corpus" / "sample", tmp_path / "corpus" / "sample")
    shutil.copytree(ROOT / "corpus" / "sample" / "statements", tmp_path / "path" / "to" / "statements")
    write_collection(tmp_path / "path" / "to" / "collection")
    return Terminal(tmp_path, capsys)


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


@pytest.mark.parametrize(("line", "shown"), PRINTED, ids=[" ".join(line) for line, _ in PRINTED])
def test_answers_are_as_printed(terminal: Terminal, line: list[str], shown: str) -> None:
    """
    What the README prints below a command is what that command prints.
    """
    arguments = ["ask", *line[1:]] if line[0] == "script/ask" else line[1:]

    assert terminal.process(*arguments).out == shown


def test_picture_is_what_its_command_draws(terminal: Terminal) -> None:
    """
    The chart in the README shows what its command draws today, and its alternative text says the same.
    """
    command = next(line for line in LINES if "--png" in line)
    words, file = re.findall(r"^!\[(.*?)\]\((.*?)\)", README, re.MULTILINE | re.DOTALL)[0]
    terminal.process(*command[1:])

    with Image.open(ROOT / file) as shown, Image.open(terminal.folder / command[-1]) as drawn:
        assert shown.info["Description"] == drawn.info["Description"] == " ".join(words.split())
        assert shown.size == drawn.size


def runs(block: str) -> list[list[str]]:
    """The lines of a block that no other test of this file runs."""
    lines = [shlex.split(line) for line in block.splitlines()]
    shown = [line for line, _ in PRINTED]
    return [line for line in lines if line[0] == "onrecord" and "--png" not in line and line not in shown]


def block_of(block: str) -> Any:
    """A row of a table; measuring takes long."""
    return pytest.param(block, marks=pytest.mark.thorough) if "evaluate" in block else block


@pytest.mark.parametrize("block", [block_of(block) for kind, block in BLOCKS if kind == "sh" and runs(block)])
def test_every_command_runs(terminal: Terminal, block: str) -> None:
    """
    Each command line of the README can be copied and run as it stands, after those above it in its block.
    """
    for line in runs(block):
        ended = terminal.process(*line[1:])

        assert ended.status == 0, ended.err
        assert ended.out
