"""Quality has a floor: figures on the sample, and on the real statements where they are, never fall unnoticed."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from real import SHARED, needs_real

from bot.corpora import read_statements
from bot.service import Service
from corpus.reader import read_statement
from corpus.sources.files import find_files
from retrieval.catalog import Catalog
from retrieval.evaluation.answers import Figures, read_rows, score_answers
from retrieval.evaluation.collections import read_collection
from retrieval.evaluation.runs import Ranker, run_of
from retrieval.shingles import ShingleIndex
from retrieval.verification import Verifier

ROOT = Path(__file__).parent.parent
FLOORS: dict[str, Any] = json.loads((ROOT / "tests" / "floors.json").read_text("utf-8"))
TODAY = dt.date(2026, 1, 1)


def figures(questions: Path, statements: Path) -> Figures:
    found = read_statements([statements])
    service = Service.of(found)
    verifier = Verifier(Catalog(found), ShingleIndex.build(found))
    files = {found.file: found.path for found in find_files([statements])}
    return score_answers(
        read_rows(questions),
        lambda request: service.ask(request, today=TODAY),
        lambda name: files[name].read_bytes(),
        verifier.verify,
    )


def fingerprint(questions: Path, statements: Path) -> str:
    """Of what is scored: the questions and every statement's bytes."""
    digest = hashlib.sha256(questions.read_bytes())
    for found in find_files([statements]):
        digest.update(found.file.encode() + b"\0" + found.path.read_bytes())
    return digest.hexdigest()[:16]


@pytest.mark.thorough
@pytest.mark.parametrize("name", ["sample", pytest.param("real statements", marks=needs_real)])
def test_no_figure_is_below_its_floor(name: str) -> None:
    """
    Each measure of the answers is at least what was pinned.
    """
    floor = FLOORS["answers"][name]
    questions, statements = ROOT / floor["questions"], ROOT / floor["statements"]
    assert fingerprint(questions, statements) == floor["fingerprint"], "other questions or statements: pin new floors"

    found = figures(questions, statements)

    below = {
        measure: (found.counts.get(measure, (0, 0)), least)
        for measure, least in floor["at_least"].items()
        if found.counts.get(measure, (0, 0))[0] < least
    }
    assert not below, f"(right, of) against the floor: {below}"
    assert found.mean_chars <= floor["mean_chars_at_most"]
    assert found.counts["verbatim"][0] == found.counts["verbatim"][1]
    assert found.counts["dates"][0] >= found.counts["dates"][1] - floor.get("dates_wrong_at_most", 0)
    assert found.counts["no wrong speaker"][0] == found.counts["no wrong speaker"][1]


@pytest.mark.thorough
@pytest.mark.parametrize("name", ["gold_quotes", "gold_pages"])
def test_gold_quotes_have_their_speakers(name: str) -> None:
    """
    On texts written without sight of the reading code, (words, speaker) pairs are as right and as many as pinned.
    """
    rows = [json.loads(line) for line in (ROOT / f"tests/corpus/{name}.jsonl").read_text("utf-8").splitlines()]
    wanted: Counter[tuple[str, str, str]] = Counter()
    found: Counter[tuple[str, str, str]] = Counter()
    for row in rows:
        reading = read_statement(row["text"].encode(), f"{row['id']}.txt")
        wanted.update((row["id"], quote["text"], quote["speaker"]) for quote in row["quotes"] if quote["speaker"])
        found.update((row["id"], quote.text, quote.speaker.name) for quote in reading.quotes if quote.speaker)

    right = (wanted & found).total()
    assert right / found.total() >= FLOORS[name]["precision"], found - wanted
    assert right / wanted.total() >= FLOORS[name]["recall"], wanted - found


def success(ids: Sequence[str], grades: Mapping[str, int], depth: int) -> float:
    return float(any(grades.get(id, 0) > 0 for id in ids[:depth]))


def ndcg(ids: Sequence[str], grades: Mapping[str, int], depth: int) -> float:
    def gain(found: Sequence[int]) -> float:
        return sum(grade / math.log2(place + 1) for place, grade in enumerate(found[:depth], start=1))

    return gain([grades.get(id, 0) for id in ids]) / gain(sorted(grades.values(), reverse=True))


MEASURES = {"Success": success, "nDCG": ndcg}


@pytest.mark.thorough
@needs_real
@pytest.mark.parametrize(
    "name",
    # One of them each time, all of them where there is time.
    [pytest.param(name, marks=() if not at else pytest.mark.thorough) for at, name in enumerate(FLOORS["collections"])],
)
def test_no_collection_is_below_its_floor(name: str) -> None:
    """
    Each measure of a run, over some of a public collection's queries, is at least what was pinned.
    """
    floor = FLOORS["collections"][name]
    collection = read_collection(SHARED / "ir" / name)
    queries = dict(list(collection.queries.items())[:: floor["every"]])

    run = run_of(Ranker.of(collection.documents), queries, depth=10)

    assert len(run) == floor["queries"], "another collection: pin new floors"
    means = {}
    for measure in floor["at_least"]:
        kind, depth = measure.split("@")
        figures = [MEASURES[kind](ids, collection.qrels[query], int(depth)) for query, ids in run.items()]
        means[measure] = sum(figures) / len(figures)
    below = {measure: (means[measure], least) for measure, least in floor["at_least"].items() if means[measure] < least}
    assert not below, f"(mean, floor): {below}"
