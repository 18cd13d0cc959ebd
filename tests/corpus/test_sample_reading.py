"""How well the sample's files are read, against a careful person's reading of them, with a floor for each figure."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from corpus.canonical import fold_word
from corpus.models import Quote, Reading, Span
from corpus.reader import read_statement

ROOT = Path(__file__).parent.parent.parent
SAMPLE = ROOT / "corpus" / "sample"
FLOORS: dict[str, int] = json.loads((ROOT / "tests" / "floors.json").read_text("utf-8"))["sample_reading"]


@cache
def scores() -> dict[str, tuple[int, int, tuple[str, ...]]]:
    """Measure → how many were right, of how many, and which were not."""
    right: Counter[str] = Counter()
    of: Counter[str] = Counter()
    wrong: dict[str, list[str]] = {}
    for line in (SAMPLE / "expected.jsonl").read_text("utf-8").splitlines():
        expected = json.loads(line)
        file = expected["file"]
        reading = read_statement((SAMPLE / "statements" / file).read_bytes(), file)
        for measure, holds, shown in _measures(reading, expected):
            of[measure] += 1
            right[measure] += holds
            if not holds:
                wrong.setdefault(measure, []).append(f"{file}: {shown}")
    return {measure: (right[measure], of[measure], tuple(wrong.get(measure, ()))) for measure in of}


def _measures(reading: Reading, expected: dict[str, Any]) -> Iterator[tuple[str, bool, object]]:
    yield "title", reading.title in [expected["title"], *expected.get("title_accept", [])], reading.title
    for field in ("date", "date_evidence", "place", "language", "kind", "short"):
        yield field, getattr(reading, field) == expected[field], getattr(reading, field)
    names = sorted(map(str, reading.organizations))
    yield "organizations", names == sorted(map(str, expected["organizations"])), names
    yield from _quote_measures(reading, expected["quotes"])
    for other in expected["non_body"]:
        start = reading.text.index(other["text"])
        span = Span(start + 1, start + len(other["text"]) - 1)
        yield "not body", not any(span.overlaps(body) for body in reading.body), other["text"]
    for number in expected.get("private", []):
        start = reading.text.index(number)
        span = Span(start, start + len(number))
        yield "private never in a passage", not any(span.overlaps(passage) for passage in reading.passages), number


def _quote_measures(reading: Reading, expected: list[dict[str, Any]]) -> Iterator[tuple[str, bool, object]]:
    found: dict[str, Quote] = {quote.text: quote for quote in reading.quotes}
    for gold in expected:
        quote = found.get(gold["text"])
        speaker = quote.speaker if quote else None
        if gold["speaker"] is None:
            yield "nobody speaks names and scare quotes", speaker is None, gold["text"]
            continue
        name = fold_word(speaker.name) if speaker else None
        yield "quote with its speaker", name == fold_word(gold["speaker"]["name"]), (gold["text"][:50], name)
        yield "no wrong speaker", name in (None, fold_word(gold["speaker"]["name"])), (gold["text"][:50], name)
    texts = {gold["text"] for gold in expected}
    for quote in reading.quotes:
        if quote.speaker:
            yield "no invented quote", quote.text in texts, quote.text[:60]


@pytest.mark.parametrize("measure", list(FLOORS))
def test_sample_is_read_as_a_careful_person_reads_it(measure: str) -> None:
    """
    No figure of reading the sample is below its floor.
    """
    right, of, wrong = scores()[measure]

    assert right >= FLOORS[measure], f"{right} of {of}; wrong: {wrong}"
