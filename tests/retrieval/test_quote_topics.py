"""How well quotes of the sample are found by topic, pinned; and how that is counted."""

from __future__ import annotations

from pathlib import Path

import pytest
from factories import quoter, release

from corpus.models import Statement
from corpus.sources.files import find_files, read_file
from retrieval.evaluation.quote_topics import QuoteTopic, TopicFigures, measure_topics, read_topics
from retrieval.quote_search.finder import QuoteFinder

TOPICS = Path(__file__).parent / "quote_topics.jsonl"
SAMPLE = Path(__file__).parents[2] / "corpus" / "sample" / "statements"


@pytest.fixture(scope="module")
def finder() -> QuoteFinder:
    """What finds quotes in the sample."""
    readings = (read_file(found) for found in find_files([SAMPLE]))
    return quoter([Statement(id=reading.file.rpartition(".")[0], **dict(reading)) for reading in readings])


@pytest.mark.thorough
def test_topics_of_the_sample_are_found(finder: QuoteFinder) -> None:
    """
    On topics of the sample no fewer quotes are found, and no more shown that nobody spoke, than were when last looked.
    """
    figures = measure_topics(finder, read_topics(TOPICS))

    assert (figures.spoken, figures.unspoken) == (60, 30)
    assert figures.first >= 52
    assert figures.shown >= 53
    assert figures.wrong <= 3
    assert figures.silent >= 30


@pytest.mark.thorough
def test_words_around_help(finder: QuoteFinder) -> None:
    """
    Passages around a quote find what its own words do not name.
    """
    topics = read_topics(TOPICS)
    alone = QuoteFinder(finder.catalog, finder.indexes, finder.expander, around=(0.0, 0.0, 0.0))

    assert measure_topics(finder, topics).first > measure_topics(alone, topics).first + 10


def test_topics_are_counted() -> None:
    """
    First, shown, wrong and silent are what they say.
    """
    record = [
        release(("The ferry is late again,", "Ivo Salgado"), id="a", title="One", organizations=()),
        release(("We mend nets at night,", "Olga Marsh"), id="b", title="Two", organizations=()),
    ]
    topics = [
        QuoteTopic(about="ferry", statements=("a",), words="LATE"),
        QuoteTopic(about="nets", statements=("a",)),
        QuoteTopic(about="lanterns", statements=("b",)),
        QuoteTopic(about="nets at night"),
        QuoteTopic(about="lighthouses"),
    ]

    assert measure_topics(quoter(record), topics) == TopicFigures(
        first=1, shown=1, wrong=1, spoken=3, silent=1, unspoken=2
    )
