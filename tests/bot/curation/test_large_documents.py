"""Documents of 30 MB from a web server: read, or refused by their code, and never with more memory than is allowed."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from documents import column, pdf
from loopback import Site
from warm.starting import COLD

# CONTRACT: while fetching and reading.
MOST_MEMORY_MB = 700
SIZE = 30_000_000
# Started by a small process: the most memory that Linux tells of a process is also that of the one that started it.
MEASURED = """\
import resource, subprocess, sys
subprocess.run(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
"""
SAID = "Cedar Lane Workers opened the well of the orchard on Monday, and families came with buckets."


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("document", "code"),
    [
        (lambda: pdf(column(SAID), picture=bytes(SIZE)), "new"),  # a scan beside the text
        (lambda: pdf(column(SAID), rest=b" 0 0 m 9 9 l S" * (SIZE // 14)), "too_large"),  # a drawing on one page
        (lambda: pdf(*[column(SAID, str(n)) for n in range(600)], picture=bytes(SIZE)), "too_large"),  # too many pages
    ],
    ids=["picture", "drawing", "pages"],
)
def test_large_document_is_read_within_limits(document: Callable[[], bytes], code: str, tmp_path: Path) -> None:
    """
    A PDF of 30 MB is read, or refused because of what is too large about it; memory stays below the limit.
    """
    with Site() as site:
        site.answers["/plan.pdf"] = document()
        url = site.url("/plan.pdf", "127.0.0.1")
        surroundings = {
            "ONRECORD_ALLOWED_HOSTS": f"127.0.0.1:{site.port}",
            "ONRECORD_HOST_DELAY": "0.2",
            "ONRECORD_DATA_DIR": str(tmp_path / "data"),
        }
        done = subprocess.run(
            (COLD, "-c", MEASURED, COLD, "-m", "bot", "corpus", "add", url, "--json"),
            env={**os.environ, **surroundings},
            capture_output=True,
            check=False,
        )
    report = json.loads(done.stdout)

    assert [item["code"] for item in (*report["added"], *report["failed"])] == [code]
    assert 50_000 < int(done.stderr.split()[-1]) < MOST_MEMORY_MB * 1000
