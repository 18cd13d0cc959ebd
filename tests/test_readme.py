"""The README tells the truth: its commands run, and what it prints is what they print."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from itertools import pairwise
from pathlib import Path

import pytest
from terminal import Terminal

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
LINES = [shlex.split(line) for kind, block in BLOCKS if kind == "sh" for line in block.splitlines()]
# One command alone, followed by what it prints.
PRINTED = {
    block.strip(): after
    for (kind, block), (following, after) in pairwise(BLOCKS)
    if (kind, following) == ("sh", "text") and block.startswith("onrecord") and block.count("\n") == 1
}
SCRIPT_ASK = next(line for line in LINES if line[0] == "script/ask")


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


@pytest.mark.parametrize("line", PRINTED)
def test_output_is_as_printed(terminal: Terminal, line: str) -> None:
    """
    A command whose output the README shows prints just that.
    """
    assert terminal.process(*shlex.split(line)[1:]).out == PRINTED[line]


def test_first_answer_is_as_printed(terminal: Terminal) -> None:
    """
    The first command of the README prints what the README says.
    """
    expected = next(block for kind, block in BLOCKS if kind == "text")

    assert terminal.process("ask", *SCRIPT_ASK[1:]).out == expected


@pytest.mark.parametrize("line", [line for line in LINES if line[0] == "onrecord"], ids=" ".join)
def test_every_command_runs(terminal: Terminal, line: list[str]) -> None:
    """
    Each command line of the README can be copied and run as it stands.
    """
    ended = terminal.process(*line[1:])

    assert ended.status == 0, ended.err
    assert ended.out
