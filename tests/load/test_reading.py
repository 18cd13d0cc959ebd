"""
A record read from its files, from scratch, as a moderator adds a folder.

`script/load` reads 100,000 passages, within the time and memory that an operator can bear, and prints the figures.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from load.conftest import PASSAGES, STRICT

from retrieval.evaluation.quote_bench import spoken_statements

SECONDS, MEMORY_MB = 180, 2_000
_PAUSE_S = 0.2


@pytest.mark.thorough
def test_reading_from_scratch(tmp_path: Path, cold: None) -> None:
    """
    Files of so many passages are read and indexed; `script/load` insists on three minutes and 2 GB.
    """
    files = _write_files(tmp_path / "files", PASSAGES)
    command = (sys.executable, "-m", "bot", "corpus", "add", str(tmp_path / "files"), "--json")
    started, peak = time.monotonic(), [0.0]
    with subprocess.Popen(
        command, env={**os.environ, "ONRECORD_DATA_DIR": str(tmp_path / "data")}, stdout=subprocess.PIPE
    ) as adding:
        watcher = Thread(target=_watch, args=(adding.pid, peak))
        watcher.start()
        report = json.loads(adding.communicate()[0])
        watcher.join()
    seconds = time.monotonic() - started

    print(f"{PASSAGES} passages of {files} files: read in {seconds:.0f} s, {peak[0]:.0f} MB in all processes")
    assert (len(report["added"]), report["failed"]) == (files, [])
    assert not STRICT or (seconds <= SECONDS and peak[0] <= MEMORY_MB)


def _write_files(folder: Path, count: int) -> int:
    """Statements of synthetic text in which people speak, each with a title and a dateline; how many there are."""
    folder.mkdir()
    number = 0
    for number, statement in enumerate(spoken_statements(count), start=1):
        text = f"{statement.title}\n\nOAKVILLE, {statement.date} – {statement.text}\n"
        (folder / f"{number:06}.txt").write_text(text, "utf-8")
    return number


def _watch(pid: int, peak: list[float]) -> None:
    """Keep the most memory that a process and those it started held at one time, until it ends."""
    while held := sum(map(_memory, _family(pid))):
        peak[0] = max(peak[0], held)
        time.sleep(_PAUSE_S)


def _family(pid: int) -> Iterator[int]:
    yield pid
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text("ascii").split():
                yield from _family(int(child))
    except (FileNotFoundError, ProcessLookupError):
        return


def _memory(pid: int) -> float:
    """Megabytes of one process, what it shares with others divided among them; 0 where it has ended."""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return sum(int(line.split()[1]) for line in rollup if line.startswith("Pss:")) / 1000
