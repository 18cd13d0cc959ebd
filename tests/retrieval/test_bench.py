"""
Measuring beside other engines: the same text for every engine and every run, and figures that other programs can read.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from retrieval.analyzer import stop_words
from retrieval.evaluation.engines import ENGINES, FAST, LIMIT, TEXTS, Engine, is_installed
from retrieval.evaluation.synthetic import PASSAGE_WORDS, passages, questions, statement_of, word
from retrieval.models import Passage

# The keys of CONTRACT, for every row.
KEYS = {*("engine", "p50_ms", "p95_ms", "p99_ms", "index_s", "cpu_s", "peak_mb", "disk_mb", "open_ms")}
COUNT = 200


@pytest.fixture(scope="module")
def printed() -> Any:
    """What `onrecord bench --json` prints."""
    command = [sys.executable, "-m", "bot", "bench", "--passages", str(COUNT), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    return json.loads(done.stdout)


@pytest.mark.thorough
def test_every_row_has_the_keys_of_the_contract(printed: Any) -> None:
    """
    Each engine's row holds the figures that other programs read.
    """
    assert printed["passages"] == COUNT
    assert all(row.keys() >= KEYS for row in printed["rows"])
    assert [row["engine"] for row in printed["rows"]][:2] == ["onrecord", "rank-bm25"]


@pytest.mark.thorough
def test_engines_are_measured_or_left_out_with_a_reason(printed: Any) -> None:
    """
    An engine that is not installed is named with the line that installs it, and the others are measured all the same.
    """
    measured = {row["engine"] for row in printed["rows"]}
    names = {engine.name for engine in ENGINES}

    assert measured | printed["left_out"].keys() == names | {FAST.name, "ask"}
    assert {"onrecord", "rank-bm25", "ask"} <= measured
    extras = {name: "fast" if name == FAST.name else "bench" for name in printed["left_out"]}
    assert all(f'pip install "onrecord[{extras[name]}]"' in reason for name, reason in printed["left_out"].items())


@pytest.mark.thorough
def test_ratios_are_those_of_the_medians(printed: Any) -> None:
    """
    A ratio says how many times as long as ours another engine's median question takes.
    """
    medians = {row["engine"]: row["p50_ms"] for row in printed["rows"]}

    assert printed["ratios"].keys() == medians.keys() - {"onrecord", "ask"}
    assert printed["fast_ratios"].keys() == (medians.keys() - {FAST.name, "ask"} if FAST.name in medians else set())
    for ours, ratios in (("onrecord", printed["ratios"]), (FAST.name, printed["fast_ratios"])):
        for name, ratio in ratios.items():
            assert ratio == pytest.approx(medians[name] / medians[ours], abs=0.06)


@pytest.mark.thorough
def test_figures_are_plausible(printed: Any) -> None:
    """
    Percentiles rise, and what was built took time, memory and room.
    """
    for row in printed["rows"]:
        assert 0 < row["p50_ms"] <= row["p95_ms"] <= row["p99_ms"]
        assert (
            row["engine"] in ("ask", FAST.name)
            or min(row["index_s"], row["peak_mb"], row["disk_mb"], row["questions"]) > 0
        )


def written(made: Iterable[Passage], folder: Path) -> Path:
    lines = (f"{one.language}\t{one.span.start}\t{one.text}\n" for one in made)
    (folder / TEXTS).write_text("".join(lines), "utf-8")
    return folder


@pytest.mark.thorough
@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
def test_every_engine_answers(engine: Engine, tmp_path: Path) -> None:
    """
    An engine that was built on some passages finds as many as are asked for.
    """
    if not is_installed(engine):
        pytest.skip(f"{engine.name} needs the extra bench")
    made = list(passages(300))
    engine.build(iter(made), tmp_path)
    found: Any = engine.open(tmp_path)(questions(made[:1])[0])

    assert len(found[0][0] if engine.name == "bm25s" else found) == LIMIT


@pytest.mark.thorough
def test_text_is_the_same_for_a_seed() -> None:
    """
    A seed gives one text, whatever its length, and another seed another.
    """
    assert list(passages(40, seed=3)) == list(islice(passages(90, seed=3), 40))
    assert next(passages(1, seed=3)).text != next(passages(1, seed=4)).text


@pytest.mark.thorough
def test_passages_are_like_text() -> None:
    """
    Sixty words in sentences, a little under half of them function words, two in a hundred passages Spanish.
    """
    made = list(passages(3000))
    english = [words.strip(".,").lower() for one in made if one.language == "en" for words in one.text.split()]

    assert {len(one.text.split()) for one in made} == {PASSAGE_WORDS}
    assert all(one.text[0].isupper() and one.text.endswith(".") for one in made)
    assert sum(found in stop_words("en") for found in english) / len(english) == pytest.approx(0.45, abs=0.02)
    assert sum(one.language == "es" for one in made) / len(made) == pytest.approx(0.02, abs=0.01)


@pytest.mark.thorough
def test_vocabulary_grows_with_the_text() -> None:
    """
    Twice the text has well over a third more words, and not twice as many (Heaps' law).
    """
    made = [set(one.text.lower().replace(".", "").replace(",", "").split()) for one in passages(2000)]
    half, whole = len(set().union(*made[:1000])), len(set().union(*made))

    assert 1.3 < whole / half < 1.8


@pytest.mark.thorough
def test_no_two_ranks_share_a_word() -> None:
    """
    Invented words are distinct and get longer as they get rarer.
    """
    ranks = [*range(60_000), *range(4_000_000, 4_010_000)]
    words = [word(rank) for rank in ranks]

    assert len(set(words)) == len(words)
    assert len(words[0]) < len(words[-1])


@pytest.mark.thorough
def test_questions_are_words_of_their_passages() -> None:
    """
    A question is 4 to 10 words that stand side by side in its passage.
    """
    made = list(passages(200))

    for passage, question in zip(made, questions(made), strict=True):
        asked = question.text.rstrip("?")
        assert 4 <= len(asked.split()) <= 10
        assert asked in passage.text.lower().replace(".", "").replace(",", "")


@pytest.mark.thorough
def test_statements_hold_their_passages() -> None:
    """
    What is asked in full are statements whose passages are those that the engines index.
    """
    made = list(passages(8))
    statement = statement_of(made)

    assert {one.statement_id for one in made} == {statement.id}
    assert [statement.text[span.start : span.end] for span in statement.passages] == [one.text for one in made]
