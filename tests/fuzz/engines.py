"""
What makes up inputs: atheris, led by which lines an input runs, and hypothesis, which is always there.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from fuzz.running import Run
from fuzz.seeds import MARKS, seeds
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

_MOST_BYTES = 4096
_EXAMPLES = 500

# Marks in a row, a seed with a stretch of it put elsewhere, or any bytes.
inputs = st.one_of(
    st.lists(st.sampled_from(MARKS), max_size=60).map(b"".join),
    st.tuples(st.sampled_from(list(seeds())), st.integers(0, 4000), st.integers(0, 400), st.sampled_from(MARKS)).map(
        lambda cut: cut[0][: cut[1]] + cut[3] + cut[0][cut[1] + cut[2] :]
    ),
    st.binary(max_size=400),
)


def has_atheris() -> bool:
    """Whether the extra is installed."""
    return importlib.util.find_spec("atheris") is not None


def with_hypothesis(run: Run) -> None:
    """Draw inputs until the time is over."""

    @settings(
        max_examples=_EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(inputs)
    def draw(data: bytes) -> None:
        if not run.is_over:
            run.attempt(data)

    while not run.is_over:
        draw()


def with_atheris(run: Run, ended: Callable[[], None]) -> None:
    """
    Change inputs that reached new lines until the time is over; it never comes back.

    Args:
        ended: Called at the end, and ends the process.
    """
    import atheris

    folder = Path(mkdtemp())

    def attempt(data: bytes) -> None:
        run.attempt(data)
        if run.is_over:
            rmtree(folder)
            ended()

    (folder / "seeds").mkdir()
    for number, seed in enumerate(seeds()):
        (folder / "seeds" / f"{number:04}").write_bytes(seed)
    (folder / "marks").write_text("".join(map(_entry, MARKS)), "utf-8")
    options = [f"-max_len={_MOST_BYTES}", f"-dict={folder / 'marks'}", "-rss_limit_mb=4096", "-verbosity=0"]
    atheris.Setup([sys.argv[0], *options, str(folder / "seeds")], attempt)
    atheris.Fuzz()


def _entry(mark: bytes) -> str:
    """A line of libFuzzer's dictionary."""
    return '"' + "".join(f"\\x{byte:02x}" for byte in mark) + '"\n'
