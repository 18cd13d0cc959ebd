"""
`onrecord bench`: our index beside other engines.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.answers.options import print_json

if TYPE_CHECKING:
    from retrieval.evaluation.bench import Comparison, Row


def bench(
    passages: Annotated[int, typer.Option(help="Passages of 60 words.", min=100, max=10_000_000)] = 10_000,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Measure the index beside other search engines, on invented text."""
    from retrieval.evaluation.bench import compare

    with TemporaryDirectory(prefix="onrecord-bench-") as folder:
        compared = compare(passages, Path(folder), progress=_tell)
    for engine, reason in compared.left_out.items():
        _tell(f"{engine} is left out: {reason}")
    if as_json:
        print_json(compared.model_dump(), indent=2)
        return
    for line in _lines(compared):
        print(line)


def _tell(message: str) -> None:
    print(message, file=sys.stderr)


def _lines(compared: Comparison) -> Iterator[str]:
    yield f"{compared.passages:,} passages"
    heads = ("questions", "p50 ms", "p95 ms", "p99 ms", "index s", "cpu s", "peak MB", "disk MB", "open ms")
    yield f"{'engine':13}" + "".join(f"{head:>10}" for head in heads)
    for row in compared.rows:
        yield f"{row.engine:13}" + "".join(f"{'–' if figure is None else figure:>10}" for figure in _figures(row))
    for ours, ratios in (("onrecord", compared.ratios), ("onrecord-fast", compared.fast_ratios)):
        for engine, ratio in ratios.items():
            yield f"{engine} takes {ratio} times as long as {ours}."
    for row in compared.rows:
        yield f"{row.engine}: {row.note}."


def _figures(row: Row) -> tuple[float | None, ...]:
    times = (row.questions, row.p50_ms, row.p95_ms, row.p99_ms)
    return (*times, row.index_s, row.cpu_s, row.peak_mb, row.disk_mb, row.open_ms)
