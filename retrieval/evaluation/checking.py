"""
How long checking a quotation takes, and what its index needs, on text of any size.

Times are of the processor: other programs on the machine make them longer, so that they are given beside the time of a
fixed piece of work, measured in between.
"""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

import numpy as np

from corpus.models import Statement
from retrieval.catalog import Catalog
from retrieval.evaluation.synthetic import passages, statement_of
from retrieval.models import VerifyRequest
from retrieval.shingles import ShingleIndex
from retrieval.verification import Verifier

_CLAIM_WORDS, _SHORT, _LONG_CHARS = 20, 4, 1990
_STRANGE = "harborlight"
_YARDSTICK = 100_000


class Times(NamedTuple):
    """Milliseconds of the processor a claim of one kind takes."""

    p50: float
    p95: float


class Checking(NamedTuple):
    """
    Attributes:
        index_s: Seconds of the processor that building the shingles took.
        megabytes: Size of their arrays.
        kinds: Kind of claim → its times; `all` for all of them.
        yardstick_ms: Median milliseconds of the fixed piece of work (`sum(range(100_000))`) in the same run.
    """

    passages: int
    index_s: float
    megabytes: float
    kinds: dict[str, Times]
    yardstick_ms: float


def measure(count: int, claims: int = 200, seed: int = 1) -> Checking:
    """
    Check claims of six kinds against a record of invented text, a different one each time.

    Args:
        count: Passages of 60 words in the record.
        claims: How many claims of each kind.
        seed: Of text and claims.
    """
    made = groupby(passages(count, seed), key=lambda passage: passage.statement_id)
    statements = [statement_of(list(group)) for _, group in made]
    started = time.process_time()
    shingles = ShingleIndex.build(statements)
    index_s = time.process_time() - started
    verifier = Verifier(Catalog(statements), shingles)
    verifier.verify(VerifyRequest(text="names are read once"))
    taken: dict[str, list[float]] = defaultdict(list)
    for kind, claim in _claims(statements, claims, seed):
        started = time.process_time()
        verifier.verify(VerifyRequest(text=claim))
        taken[kind].append(time.process_time() - started)
        started = time.process_time()
        sum(range(_YARDSTICK))
        taken["yardstick"].append(time.process_time() - started)
    yardstick = taken.pop("yardstick")
    taken["all"] = [each for times in taken.values() for each in times]
    kinds = {kind: Times(*np.percentile(times, (50, 95)) * 1000) for kind, times in taken.items()}
    return Checking(count, index_s, shingles.nbytes / 1e6, kinds, float(np.median(yardstick)) * 1000)


def _claims(statements: list[Statement], count: int, seed: int) -> Iterator[tuple[str, str]]:
    chance = random.Random(seed)  # noqa: S311 (the same claims each time)
    for _ in range(count):
        words = chance.choice(statements).text.split()
        start = chance.randrange(len(words) - 3 * _CLAIM_WORDS)
        claim = words[start : start + _CLAIM_WORDS]
        yield "verbatim", " ".join(claim)
        yield "word replaced", " ".join([*claim[:7], _STRANGE, *claim[8:]])
        yield "ellipsis", " ".join([*claim[:8], "…", *claim[14:]])
        yield "four words, one replaced", " ".join([claim[0], _STRANGE, *claim[2:_SHORT]])
        yield "2,000 characters", " ".join(words)[:_LONG_CHARS].rpartition(" ")[0]
        yield "invented", " ".join(chance.choice(chance.choice(statements).text.split()) for _ in range(12))
