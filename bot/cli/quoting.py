"""
`onrecord evaluate quoting`: how long `quote` and `verify` take on a large record, and what they keep for it.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from bot.cli.answers.options import print_json


def quoting(
    passages: Annotated[int, typer.Option(help="Passages of 60 words.", min=100, max=1_000_000)] = 10_000,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Time finding and checking quotes on invented text (processor time)."""
    from retrieval.evaluation.checking import measure
    from retrieval.evaluation.quote_bench import measure_quotes

    # A small record needs few claims: each is a different one.
    checked = measure(passages, claims=min(200, max(5, passages // 100)))
    with TemporaryDirectory(prefix="onrecord-quoting-") as folder:
        found = measure_quotes(passages, Path(folder))
    times = {f"verify: {kind}": (each.p50, each.p95) for kind, each in checked.kinds.items()}
    times |= {f"quote: {row.kind}": (row.p50_ms, row.p95_ms) for row in found.rows}
    sizes = {
        "verify: shingles": checked.megabytes,
        "quote: index": found.disk_mb,
        "quote: people and utterances": found.memory_mb,
    }
    if as_json:
        rows = [{"kind": kind, "p50_ms": round(p50, 2), "p95_ms": round(p95, 2)} for kind, (p50, p95) in times.items()]
        print_json({"passages": passages, "rows": rows, "megabytes": sizes, "shingles_s": checked.index_s}, indent=2)
        return
    print(f"{passages:,} passages, {found.quotes:,} quotes; shingles built in {checked.index_s:.1f} s")
    print(f"{'':36}{'p50 ms':>10}{'p95 ms':>10}")
    for kind, (p50, p95) in times.items():
        print(f"{kind:36}{p50:10.2f}{p95:10.2f}")
    for part, megabytes in sizes.items():
        print(f"{part:36}{megabytes:10.1f} MB")
