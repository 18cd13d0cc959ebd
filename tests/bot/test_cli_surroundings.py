"""`onrecord ask` in its surroundings: where it reads, that it never writes, odd terminals, failures, a quick start."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from terminal import Terminal, files_below
from warm.starting import COLD

ENGLISH = "What did Nadia Ferrol say about the orchard?"
# What neither help nor a quick usage error may wait for.
HEAVY = "numpy rich.console discord trafilatura lxml sqlite3 corpus.reader retrieval.asking".split()


# Where it reads, and that it never writes


def test_stored_corpus_wins_over_sample(terminal: Terminal) -> None:
    """
    Once statements are stored they answer, under their record numbers, and nothing is said about the sample.
    """
    terminal.run("corpus", "add", terminal.statements)

    printed = terminal.run("ask", "night bus", "--json")

    assert printed.err == ""
    assert printed.document["excerpts"][0]["statement"]["id"] == "undated-001"


@pytest.mark.thorough
def test_asking_writes_nothing(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Asking the sample, files or the stored corpus leaves no file behind and changes none.
    """
    terminal.run("corpus", "add", terminal.statements)
    before = files_below(terminal.folder)

    terminal.run("ask", "bus")
    terminal.ask("bus", "--json")
    monkeypatch.setenv("ONRECORD_DATA_DIR", str(terminal.folder / "none"))
    terminal.run("ask", "bus")

    # SQLite makes and removes the shared memory of its log.
    assert {name: data for name, data in files_below(terminal.folder).items() if "sqlite3-" not in name} == {
        name: data for name, data in before.items() if "sqlite3-" not in name
    }


# Odd terminals


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("environment", "options"),
    [
        ({"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, []),
        ({"PYTHONIOENCODING": "latin-1"}, ["--json"]),
        ({"TERM": "dumb", "COLUMNS": "1"}, []),
    ],
)
def test_odd_terminals(terminal: Terminal, environment: dict[str, str], options: list[str]) -> None:
    """
    A terminal that cannot show a character gets it spelled out: text stays readable and JSON stays UTF-8 and JSON.
    """
    printed = terminal.process("ask", "--corpus", "statements", "¿pozo?", "--locale", "es", *options, more=environment)

    assert (printed.status, printed.err) == (0, "")
    assert "pozo" in (printed.document["excerpts"][0]["text"] if options else printed.out)


@pytest.mark.thorough
def test_reader_that_goes_away(terminal: Terminal) -> None:
    """
    A closed pipe (`| head -1`) ends the command quietly and is no failure.
    """
    reading, writing = os.pipe()
    os.close(reading)

    done = subprocess.run(
        [sys.executable, "-m", "bot", "ask", "--corpus", "statements", "bus"],
        stdout=writing,
        stderr=subprocess.PIPE,
        cwd=terminal.folder,
        env=terminal.environment(),
        check=False,
    )
    os.close(writing)

    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.thorough
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_full_disk(terminal: Terminal) -> None:
    """
    Output that cannot be written is one line and a failure.
    """
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "bot", "ask", "--corpus", "statements", "bus"],
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=terminal.folder,
            env=terminal.environment(),
            check=False,
        )

    assert (done.returncode, done.stderr.count(b"\n")) == (1, 1)
    assert b"No space left" in done.stderr


@pytest.mark.thorough
def test_closed_streams(terminal: Terminal) -> None:
    """
    A command that is started without standard input, output and error still ends as it should.
    """
    done = subprocess.run(
        ["sh", "-c", 'exec "$0" -m bot ask --corpus statements bus >&- <&- 2>&-', sys.executable],
        capture_output=True,
        cwd=terminal.folder,
        env=terminal.environment(),
        check=False,
    )

    assert done.returncode == 0


# What fails on our side


def test_failure_says_nothing_of_the_question(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    An unforeseen failure is one line with its type and status 1: no traceback, no words of the question.
    """

    def break_down() -> float:
        raise RuntimeError("Ferrol orchard")

    monkeypatch.setattr(time, "perf_counter", break_down)

    printed = terminal.ask(ENGLISH, "--json")

    assert printed == (1, "", "Something failed on our side (RuntimeError). Nothing was changed.\n")


def test_failure_in_a_row_is_the_rows_own(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A row that fails on our side says so; the rest go on, and the exit status tells.
    """
    clock = iter([0.0, 0.1, RuntimeError("Ferrol"), 0.2, 0.3])

    def tick() -> float:
        now = next(clock)
        if isinstance(now, RuntimeError):
            raise now
        return now

    monkeypatch.setattr(time, "perf_counter", tick)

    printed = terminal.batch("".join(f'{{"id": {id}, "question": "bus"}}\n' for id in (1, 2, 3)))

    assert [row["id"] for row in printed.rows] == [1, 2, 3]
    assert printed.rows[1] == {"id": 2, "status": "none", "error": "This failed on our side (RuntimeError)."}
    assert (printed.status, printed.err.count("\n")) == (1, 1)
    assert "Ferrol" not in printed.err


# A quick start


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("arguments", "unneeded"),
    [
        (["ask", "--help"], HEAVY),
        (["ask", "--corpus", "statements", "bus", "--json"], ["rich.console", "discord", "trafilatura", "lxml"]),
    ],
)
def test_only_what_is_needed_is_imported(terminal: Terminal, arguments: list[str], unneeded: list[str]) -> None:
    """
    Help and text files need no Discord, no HTML reader and, for help, no search engine: a cold start stays short.
    """
    code = (
        "import sys; from bot.cli.main import main\n"
        "try: main(sys.argv[1:])\n"
        "finally: print(*(name for name in sys.modules), file=sys.stderr)"
    )

    done = subprocess.run(
        [COLD, "-c", code, *arguments],
        capture_output=True,
        text=True,
        cwd=terminal.folder,
        env=terminal.environment(),
        check=False,
    )

    assert done.returncode == 0
    assert [name for name in unneeded if name in done.stderr.split()] == []
