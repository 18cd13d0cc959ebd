"""
What makes up inputs: atheris, led by which lines an input runs, and hypothesis, which is always there.
"""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Callable
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from fuzz.running import Run
from fuzz.seeds import FORMS, MARKS, seeds
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

_MOST_BYTES = 4096
_EXAMPLES = 500
_SEEDS = list(seeds())
_WORD = re.compile(r"\w+|\W")

_marks = st.sampled_from(MARKS)


@st.composite
def _with_marks_between(draw: st.DrawFn) -> bytes:
    """A form with one or two marks between two of its words."""
    form = draw(st.sampled_from(FORMS)).decode()
    seam = draw(st.sampled_from([0, *(match.end() for match in _WORD.finditer(form))]))
    between = draw(st.lists(_marks, min_size=1, max_size=2))
    return form[:seam].encode() + b"".join(between) + form[seam:].encode()


@st.composite
def _with_a_stretch_replaced(draw: st.DrawFn) -> bytes:
    seed, start, length = draw(st.sampled_from(_SEEDS)), draw(st.integers(0, 4000)), draw(st.integers(0, 400))
    return seed[:start] + draw(_marks) + seed[start + length :]


@st.composite
def _the_same_again(draw: st.DrawFn) -> bytes:
    """A few marks and forms over and over: what takes time with the square of its length shows."""
    again = b"".join(draw(st.lists(st.sampled_from(MARKS + FORMS), min_size=1, max_size=4)))
    return again * max(1, _MOST_BYTES // len(again))


inputs = st.one_of(
    st.lists(_marks, max_size=60).map(b"".join),
    _with_marks_between(),
    _with_a_stretch_replaced(),
    _the_same_again(),
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
