"""Synthetic statements in which people speak, and what is measured on them."""

from __future__ import annotations

from pathlib import Path

import pytest

from retrieval.evaluation.quote_bench import measure_quotes, requests_of, spoken_statements


@pytest.mark.thorough
def test_people_speak_in_synthetic_statements() -> None:
    """
    Every quote is a slice of its statement, and its name and its closing mark stand behind it.
    """
    statements = list(spoken_statements(64))
    quotes = [(one.text, quote) for one in statements for quote in one.quotes]

    assert len(statements) == 8
    assert {quote.part for _, quote in quotes} == {1, 2}
    for text, quote in quotes:
        assert quote.text == text[quote.start : quote.end]
        assert text[quote.start - 1] + text[quote.end] == "“”"
        assert quote.part == 2 or text[quote.end :].startswith(f"” said {quote.speaker and quote.speaker.name},")


@pytest.mark.thorough
def test_requests_are_the_same_for_a_seed() -> None:
    """
    The same seed asks the same of every kind, as many of each.
    """
    statements = list(spoken_statements(64))
    asked = requests_of(64, statements)

    assert asked == requests_of(64, statements)
    assert {len(some) for some in asked.values()} == {10}


@pytest.mark.thorough
def test_everything_is_measured(tmp_path: Path) -> None:
    """
    Each kind of request has its times, and what is kept its size.
    """
    figures = measure_quotes(80, tmp_path)

    assert {row.kind for row in figures.rows} >= {"topic", "speaker", "organization", "of the day"}
    assert all(0 <= row.p50_ms <= row.p95_ms for row in figures.rows)
    assert figures.quotes >= 20
    assert min(figures.disk_mb, figures.memory_mb, figures.first_ms) >= 0
