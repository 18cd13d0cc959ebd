"""
Our index beside other engines: building, opening, size and the time of a question, engine by engine in one run.
"""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np

from corpus.errors import StoreError
from corpus.models import Frozen, Statement
from retrieval.asking import Asker
from retrieval.backends.embedded import open_generation
from retrieval.bridge import Bridge
from retrieval.catalog import Catalog
from retrieval.evaluation.engines import ENGINES, FAST, TEXTS, Ask, Engine, is_installed, read_passages
from retrieval.evaluation.synthetic import STATEMENT_PASSAGES, Question, passages, questions, statement_of
from retrieval.expansion import Expander
from retrieval.models import AskRequest

QUESTIONS = 200
# Questions that go to one engine before the next one has its turn.
_TURN = 10
# An engine that would take longer over all questions is asked fewer of them, at least one a turn.
_BUDGET_S = 60.0
# Reading statements as pydantic models takes a gigabyte above this.
MAX_ASK_PASSAGES = 100_000
_TODAY = dt.date(2026, 3, 15)

Progress = Callable[[str], None]


class Row(Frozen):
    """
    One engine's figures; `None` where a thing was not measured.

    Attributes:
        questions: How many were asked.
        p50_ms, p95_ms, p99_ms: From the words of a question to the best 10 passages; of `ask`, to the excerpts.
        index_s, cpu_s: Building in a process of its own, by the clock and of the processor.
        peak_mb: Memory of that process.
        disk_mb: Size of what was kept.
        open_ms: From nothing to the first answer.
        note: What was on.
    """

    engine: str
    questions: int
    p50_ms: float
    p95_ms: float
    p99_ms: float
    index_s: float | None = None
    cpu_s: float | None = None
    peak_mb: float | None = None
    disk_mb: float | None = None
    open_ms: float
    note: str


class Comparison(Frozen):
    """
    The engines side by side.

    Attributes:
        ratios: Engine → how many times as long as ours its median question takes.
        fast_ratios: The same to ours with compiled code; empty where that was not measured.
        left_out: Engine → why it was not measured.
    """

    passages: int
    rows: tuple[Row, ...]
    ratios: dict[str, float]
    fast_ratios: dict[str, float]
    left_out: dict[str, str]


def compare(count: int, folder: Path, *, seed: int = 1, progress: Progress = lambda _: None) -> Comparison:
    """
    Build every engine that is installed on the same seeded text, then ask all of them the same questions, in turn.

    Args:
        count: Passages of 60 words.
        folder: An empty one, on a disk with room for some kilobytes a passage.
        seed: Of text and questions.
        progress: Is told what is going on.

    Raises:
        StoreError: An engine could not be built.
    """
    progress(f"writing {count:,} passages")
    asked = _write_texts(count, folder, seed)
    engines = [engine for engine in ENGINES if is_installed(engine)]
    built = {engine.name: _build(engine, folder, progress) for engine in engines}
    opened: dict[str, Ask] = {}
    open_ms: dict[str, float] = {}
    for engine in engines:
        progress(f"opening {engine.name}")
        own = folder / engine.name
        opened[engine.name], open_ms[engine.name] = _opened(partial(engine.open, own), asked[0])
    if count <= MAX_ASK_PASSAGES:
        progress("opening ask")
        opened["ask"], open_ms["ask"] = _opened(partial(_asker, folder), asked[0])
    if is_installed(FAST):
        progress(f"opening {FAST.name}")
        # Last: what was opened before is searched without compiled code.
        opened[FAST.name], open_ms[FAST.name] = _opened(partial(FAST.open, folder / ENGINES[0].name), asked[0])
    progress("asking")
    times = _ask_in_turn(opened, asked)
    notes = {engine.name: engine.note for engine in (*engines, FAST)} | {
        "ask": "question to excerpts, with everything on"
    }
    rows = [
        Row(
            engine=name,
            questions=len(times[name]),
            **_percentiles(times[name]),
            **(built.get(name) or {}),
            open_ms=round(open_ms[name], 1),
            note=notes[name],
        )
        for name in opened
    ]
    ratios, fast_ratios = (_ratios(rows, name) for name in (rows[0].engine, FAST.name))
    left_out = _left_out(count)
    return Comparison(passages=count, rows=tuple(rows), ratios=ratios, fast_ratios=fast_ratios, left_out=left_out)


def _ratios(rows: Sequence[Row], ours: str) -> dict[str, float]:
    """Of the other engines, to one of ours; none where it was not measured."""
    medians = {row.engine: row.p50_ms for row in rows if row.engine not in (ours, "ask")}
    own = next((row.p50_ms for row in rows if row.engine == ours), None)
    return {name: round(median / own, 1) for name, median in medians.items()} if own else {}


def _left_out(count: int) -> dict[str, str]:
    found = {one.name: 'not installed: pip install "onrecord[bench]"' for one in ENGINES if not is_installed(one)}
    if not is_installed(FAST):
        found[FAST.name] = 'not installed: pip install "onrecord[fast]"'
    if count > MAX_ASK_PASSAGES:
        found["ask"] = f"its statements would not fit beside the engines above {MAX_ASK_PASSAGES:,} passages"
    return found


def _write_texts(count: int, folder: Path, seed: int) -> list[Question]:
    """Write the passages where the engines read them; the questions, each from a passage drawn at random."""
    chance = np.random.default_rng(seed)
    drawn = {int(number) for number in chance.choice(count, min(QUESTIONS, count), replace=False)}
    asked_of = []
    with (folder / TEXTS).open("w", encoding="utf-8") as file:
        for number, passage in enumerate(passages(count, seed)):
            file.write(f"{passage.language}\t{passage.span.start}\t{passage.text}\n")
            if number in drawn:
                asked_of.append(passage)
    found = questions(asked_of, seed)
    return [found[int(place)] for place in chance.permutation(len(found))]


def _build(engine: Engine, folder: Path, progress: Progress) -> dict[str, float]:
    progress(f"building {engine.name}")
    command = [sys.executable, "-m", "retrieval.evaluation.engines", engine.name, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 (our own program)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise StoreError(f"{engine.name} could not be built ({last}). Try fewer passages.")
    taken = json.loads((folder / f"{engine.name}.json").read_text("utf-8"))
    size = sum(path.stat().st_size for path in (folder / engine.name).rglob("*") if path.is_file())
    return {name: round(value, 2) for name, value in taken.items()} | {"disk_mb": round(size / 1e6, 2)}


def _opened(open_engine: Callable[[], Ask], question: Question) -> tuple[Ask, float]:
    """The open engine, and the milliseconds from nothing to its first answer."""
    start = time.perf_counter()
    ask = open_engine()
    ask(question)
    return ask, (time.perf_counter() - start) * 1000


def _asker(folder: Path) -> Ask:
    """The whole of `ask` on the statements that the passages are from."""
    catalog = Catalog(_statements(folder))
    own = folder / ENGINES[0].name
    index = open_generation(own / "index", (own / "manifest.json").read_text("utf-8"), "1")
    asker = Asker(catalog, index, Expander(index, catalog.names, Bridge.load()))
    return lambda question: asker.ask(AskRequest(question=question.text), _TODAY)


def _statements(folder: Path) -> list[Statement]:
    found, stream = [], read_passages(folder)
    while made := list(islice(stream, STATEMENT_PASSAGES)):
        found.append(statement_of(made))
    return found


def _ask_in_turn(opened: Mapping[str, Ask], asked: Sequence[Question]) -> dict[str, list[float]]:
    """
    Milliseconds of each question by engine.

    Some questions go to one engine, then to the next: all of them see the same hours of the machine, and none is always
    measured with a processor cache that another one has filled.
    """
    shares = {name: _affordable(ask, asked) for name, ask in opened.items()}
    times: dict[str, list[float]] = {name: [] for name in opened}
    for first in range(0, len(asked), _TURN):
        turn = asked[first : first + _TURN]
        for name, ask in opened.items():
            for question in turn[: max(1, round(shares[name] * len(turn)))]:
                start = time.perf_counter()
                ask(question)
                times[name].append((time.perf_counter() - start) * 1000)
    return times


def _affordable(ask: Ask, asked: Sequence[Question]) -> float:
    """The share of the questions that an engine can answer in the time there is."""
    start = time.perf_counter()
    ask(asked[-1])
    return min(1.0, _BUDGET_S / len(asked) / (time.perf_counter() - start))


def _percentiles(times: Sequence[float]) -> dict[str, float]:
    return {f"p{share}_ms": round(float(np.percentile(times, share)), 3) for share in (50, 95, 99)}
