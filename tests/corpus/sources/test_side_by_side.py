"""Many files read by several processes: the same outcomes, in order, whatever a file does to its process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from warm.starting import COLD

from corpus.models import Reading
from corpus.sources.documents import Document
from corpus.sources.files import FileReading, FoundFile, Outcome, read_in_turn
from corpus.sources.side_by_side import FEW, Readers

ROOT = Path(__file__).parents[3]
# A process whose reader does what the file says, and notes that it lives.
PROGRAM = """
import os, pathlib, sys, time
sys.path.insert(0, sys.argv[1])
from corpus.models import Reading
from corpus.sources.worker import work

def read(data, file):
    pathlib.Path(sys.argv[2], str(os.getpid())).touch()
    text = data.decode()
    if text == "ends":
        os._exit(3)
    while text == "turns in circles":
        pass
    while text == "waits":
        pathlib.Path(sys.argv[2], "waits").touch()
        time.sleep(0.05)
    if text == "is asleep":
        time.sleep(60)
    if text == "prints":
        print("what a library says")
    if text == "fails":
        raise KeyError(text)
    return Reading(file=file, title=text, text=text)

work(read)
"""


def write(folder: Path, texts: Sequence[str]) -> list[FoundFile]:
    folder.mkdir()
    files = [FoundFile(folder / f"{number:03}.txt", f"{number:03}.txt") for number, _ in enumerate(texts)]
    for file, text in zip(files, texts, strict=True):
        file.path.write_text(text)
    return files


def program(notes: Path, python: str | None = None) -> tuple[str, ...]:
    notes.mkdir()
    return (python or sys.executable, "-P", "-c", PROGRAM, str(ROOT), str(notes))


def told(outcomes: Iterable[Outcome]) -> list[str]:
    """The title of what was read, the code of what was not."""
    documents = [one.documents if isinstance(one, FileReading) else (Document("", one),) for one in outcomes]
    return [one.title if isinstance(one, Reading) else one.code for several in documents for _, one in several]


def is_alive(process: str) -> bool:
    try:
        stat = Path(f"/proc/{process}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    # A process that ended and that nobody has waited for is still listed.
    return stat.rsplit(")", 1)[1].split()[0] != "Z"


def processes(notes: Path) -> set[str]:
    return {note.name for note in notes.iterdir() if note.name.isdigit()}


@pytest.mark.thorough
def test_outcomes_are_those_of_one_process(tmp_path: Path) -> None:
    """
    Several processes find the same as one does, in the order of the files, also where one cannot be read.
    """
    texts = [f"MILLBROOK, May {1 + n % 28}, 2014 – The ferry will sail {n} times." * (1 + n % 5) for n in range(FEW)]
    files = write(tmp_path / "in", [*texts, "", "“We row,” said Una Okafor."])
    files[3].path.unlink()

    found = list(Readers(processes=2).read(files))

    plain = list(read_in_turn(files))
    assert list(map(repr, found)) == list(map(repr, plain))
    assert [one.code for one in plain if not isinstance(one, FileReading)] == ["not_readable", "empty"]


@pytest.mark.thorough
def test_hostile_file_costs_itself_alone(tmp_path: Path) -> None:
    """
    A file that ends its process, never ends, sleeps or makes the reader fail is told by its code; the rest is read.
    """
    texts = ["one", "ends", "two", "turns in circles", "three", "is asleep", "four", "fails", "prints"]
    files = write(tmp_path / "in", [*texts, *map(str, range(FEW))])
    readers = Readers(processes=1, seconds=0.3, wait_s=2.5, program=program(tmp_path / "notes"))

    found = told(readers.read(files))

    assert found[:9] == [
        *("one", "reader_ended", "two", "too_slow", "three", "too_slow", "four"),
        *("reader_failed", "prints"),
    ]
    assert found[9:] == [str(number) for number in range(FEW)]


@pytest.mark.thorough
def test_processes_end_when_nobody_wants_more(tmp_path: Path) -> None:
    """
    Whoever takes only the first outcomes leaves no process behind.
    """
    files = write(tmp_path / "in", [str(number) for number in range(3 * FEW)])
    outcomes = Readers(processes=2, program=program(tmp_path / "notes", COLD)).read(files)
    next(outcomes)
    outcomes.close()

    assert processes(tmp_path / "notes")
    assert not any(map(is_alive, processes(tmp_path / "notes")))


@pytest.mark.thorough
@pytest.mark.parametrize("whom", ["parent", "group"])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL], ids=["terminated", "killed"])
def test_processes_end_with_whoever_started_them(tmp_path: Path, number: signal.Signals, whom: str) -> None:
    """
    When the process that reads is terminated or killed, alone or with its group, those that read for it end too.
    """
    write(tmp_path / "in", ["waits", *map(str, range(FEW))])
    code = (
        "import sys; from pathlib import Path; from corpus.sources.files import find_files;"
        "from corpus.sources.side_by_side import Readers;"
        "list(Readers(processes=1, program=sys.argv[2:]).read(find_files([Path(sys.argv[1])])))"
    )
    arguments = [sys.executable, "-c", code, str(tmp_path / "in"), *program(tmp_path / "notes")]
    with subprocess.Popen(arguments, cwd=ROOT, start_new_session=True) as parent:
        until = time.monotonic() + 60
        while not (tmp_path / "notes" / "waits").exists() and time.monotonic() < until:
            time.sleep(0.02)
        (os.killpg if whom == "group" else os.kill)(parent.pid, number)

    [reader] = processes(tmp_path / "notes")
    while is_alive(reader) and time.monotonic() < until:
        time.sleep(0.02)
    assert not is_alive(reader)


def test_time_of_one_file_is_bounded(tmp_path: Path) -> None:
    """
    In this process too, a file that takes too long is told by its code, though its parser catches every error.
    """
    files = write(tmp_path / "in", ["one", "turns in circles", "two"])

    def read(data: bytes, file: str) -> Reading:
        while data == b"turns in circles":
            try:
                sum(range(1000))
            except Exception:
                continue
        return Reading(file=file, title=data.decode(), text=data.decode())

    assert told(read_in_turn(files, read, seconds=0.05)) == ["one", "too_slow", "two"]
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)


def test_error_that_nobody_foresaw_says_no_word_of_the_file(tmp_path: Path) -> None:
    """
    Where the reader itself fails, the line names the file and the kind of error, and nothing of what stands in it.
    """

    def read(data: bytes, file: str) -> Reading:
        raise KeyError(data.decode())

    [error] = read_in_turn(write(tmp_path / "in", ["secret"]), read)

    assert str(error) == "000.txt: reading it failed (KeyError). Save its text as a .txt file."
