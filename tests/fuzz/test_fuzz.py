"""
Whatever strangers write is read, asked, shown, or refused in a sentence: never another error, never a long wait.
"""

from __future__ import annotations

import time

import pytest
from fuzz.engines import inputs
from fuzz.running import SLOW_S, Run, examine
from fuzz.seeds import MARKS
from fuzz.targets import TARGETS
from hypothesis import given, settings

# A conversation reads its question, and a text its quotes.
PARTS_OF_OTHERS = {"question", "quotes"}
# What was found once, by the name of the target.
FOUND = [
    ("export", b'{"record":"export","format":1}\n' + b"[" * 100_000),  # RecursionError
    ("export", b'{"record":"export","format":1}\n{"record":[]}'),  # TypeError
    (
        "export",
        b'{"record":"export","format":1}\n{"record":"counter","series":"\\ud800","last":1}',
    ),  # UnicodeEncodeError
    (
        "export",
        b'{"record":"export","format":1}\n{"record":"counter","series":"a","last":%d}' % 10**20,
    ),  # OverflowError
    ("quotes", b"the " * 4_000),  # 8 s for 20 kB
    ("conversation", b"12/" * 600),  # 24 s
    ("card", b"2014-03-04" * 600),  # 12 s
    ("read .md", b"--a\n_"),  # IndexError
    ("read .html", "Harbor Lights Network — (HLN) ".encode()),  # IndexError
    ("claim", "“ﬁ“".encode() * 700),  # 2 s
    ("compressed body", bytes.fromhex("5b28ffff31200e1f")),  # read or damaged, as it was cut
    ("read .html", b"%<div>" * 2_000),  # 18 s
    ("read .html", '…<pubDate>_<div>"*  de la …Q: $$ de la '.encode()),  # IndexError
]


@pytest.mark.parametrize("name", TARGETS)
def test_anything_may_come_in(name: str) -> None:
    """
    A few inputs of each kind end with a result or an error that was written down for people.
    """
    check(name, examples=5)


@pytest.mark.thorough
@pytest.mark.parametrize("name", TARGETS)
def test_anything_may_come_in_many_times(name: str) -> None:
    """
    The same with many inputs.
    """
    check(name, examples=50)


@pytest.mark.parametrize(("name", "data"), FOUND, ids=lambda value: value if isinstance(value, str) else "")
def test_what_was_found_stays_mended(name: str, data: bytes) -> None:
    """
    What fuzzing once found is no fault any more.
    """
    TARGETS[name](b"")
    started = time.process_time()

    TARGETS[name](data)
    assert time.process_time() - started < SLOW_S


@pytest.mark.thorough
@pytest.mark.parametrize("name", [name for name in TARGETS if name not in PARTS_OF_OTHERS])
def test_time_grows_with_the_length(name: str) -> None:
    """
    Four times as much of one mark takes less than eight times as long, whichever mark it is.
    """
    TARGETS[name](MARKS[0])
    # Elements are only looked at where there is a word in them.
    marks = [*MARKS, *(mark + b"We" for mark in MARKS if name == "read .html")]
    # What takes little for the long one needs no comparison.
    long = [mark for mark in marks if _took(name, mark, 3_000) > 0.1]
    slow = [mark for mark in long if _took(name, mark, 3_000) > 8 * _took(name, mark, 750)]

    # A clock may err once.
    assert [mark for mark in slow if _took(name, mark, 3_000) > 8 * _took(name, mark, 750)] == []


def test_faults_are_found() -> None:
    """
    An error of a target is kept with its smallest input, one for each place; an endless search is broken off.
    """

    def target(data: bytes) -> None:
        assert data != b"bad"
        if data == b"worse" * 2:
            raise KeyError(data)

    run = Run(target, 60)
    for data in (b"good", b"bad", b"worse" * 2, b"bad"):
        run.attempt(data)

    assert [(one.what, one.data) for one in run.findings.values()] == [
        ("AssertionError", b"bad"),
        ("KeyError", b"worseworse"),
    ]
    assert run.inputs == 4
    assert examine(target, b"good") is None
    assert all(one.where.startswith("tests/fuzz/test_fuzz.py:") for one in run.findings.values())


def check(name: str, *, examples: int) -> None:
    """Draw so many inputs for a target."""

    @settings(max_examples=examples)
    @given(inputs)
    def anything(data: bytes) -> None:
        TARGETS[name](data)

    anything()


def _took(name: str, mark: bytes, length: int) -> float:
    """Seconds of processor time for so many bytes of one mark."""
    data = mark * (length // len(mark))
    started = time.process_time()
    TARGETS[name](data)
    return time.process_time() - started
