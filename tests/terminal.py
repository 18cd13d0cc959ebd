"""
`onrecord …` as a person runs it: in this process for most tests, in a process of its own where that matters.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from bot.cli.main import main

ROOT = Path(__file__).parents[1]

# Three statements of an invented network, one of them undated, one in Spanish.
STATEMENTS = {
    "walk.txt": """The walk goes on

OAKMERE, June 4, 2013 – The Cedar Lane Workers walked out of the packing house today, all of them together.

“We will walk until the orchard pays us,” said Nadia Ferrol, director of Cedar Lane Workers.

The walk ends at the river on Saturday, where the families wait with food and music.
""",
    "letter.txt": """A letter about the night bus

We ask for a bus at night. The last bus leaves before the second shift ends, and the road along the orchard is dark.
""",
    "carta.md": """# Una carta sobre el huerto

OAKMERE, 2 de mayo de 2014 – Los trabajadores de Cedar Lane piden que el huerto abra su pozo a las familias.

“El agua del pozo es de la gente”, dijo Nadia Ferrol, directora de Cedar Lane Workers.
""",
}


class Printed(NamedTuple):
    """What a command printed, and its exit status."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.out, parse_constant=_no_json)

    @property
    def rows(self) -> list[Any]:
        """The JSON lines on standard output."""
        return [json.loads(line, parse_constant=_no_json) for line in self.out.split("\n")[:-1]]


class Terminal:
    """A working directory and a data directory of its own, with statements to ask in `statements/`."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.statements = folder / "statements"
        self._capsys = capsys
        for name, text in STATEMENTS.items():
            self.file(f"statements/{name}", text)

    def file(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def run(self, *arguments: str | Path) -> Printed:
        """In this process."""
        with pytest.raises(SystemExit) as ended:
            main(list(map(str, arguments)))
        return Printed(int(ended.value.code or 0), *self._capsys.readouterr())

    def ask(self, *arguments: str | Path) -> Printed:
        """`ask` of the statements, in this process."""
        return self.run("ask", "--corpus", self.statements, *arguments)

    def batch(self, rows: str | bytes, *arguments: str | Path) -> Printed:
        """`ask --batch` with a file of these rows."""
        return self.ask("--batch", self.file("rows.jsonl", rows), *arguments)

    def process(
        self, *arguments: str | bytes | Path, given: bytes = b"", more: Mapping[str, str] | None = None
    ) -> Printed:
        """As `python -m bot`, in a process of its own with no other environment than this."""
        done = subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            input=given,
            capture_output=True,
            cwd=self.folder,
            env=self.environment(more),
            check=False,
        )
        return Printed(done.returncode, done.stdout.decode(), done.stderr.decode())

    def environment(self, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """The environment of a process."""
        own = {"ONRECORD_DATA_DIR": str(self.folder / "data"), "HOME": str(self.folder), "PYTHONPATH": str(ROOT)}
        return {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", **own, **(more or {})}


def _no_json(text: str) -> float:
    raise AssertionError(f"{text} is no JSON")


def files_below(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def files_shown(printed: Printed) -> list[str]:
    """The files that an answer in JSON cites, in order."""
    return [excerpt["statement"]["file"] for excerpt in printed.document["excerpts"]]
