"""
What every index holds, the fake included: its passages as they were put in, its vocabulary, its generation; and which
engines can be opened.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from every_index import ENGINES, TEXTS, Build, built_with, corpus, passage
from fakes import FakeIndex
from hypothesis import HealthCheck, given, settings

from corpus.errors import MissingExtraError, UsageError
from retrieval.analyzer import PARTITIONS
from retrieval.backends.embedded import EmbeddedIndex
from retrieval.index import open_index
from retrieval.models import Hit

build = pytest.fixture(params=ENGINES)(built_with)


def test_passages_come_back_whole(build: Build) -> None:
    """
    A passage is what was put in, character by character, whatever its text and its statement's name.
    """
    odd = passage("“Ñandú” 👩‍👧 — \u2028x\n", "folder/an@odd:1-2 näme", 7, "other")
    index = build([odd, passage("march"), passage("march", start=50)])

    assert odd == index.passage(odd.id)


def test_hits_are_equal_when_passage_and_score_are() -> None:
    """
    Where an engine keeps a passage makes no difference between hits.
    """
    assert Hit("a", 1.0, 7) == Hit("a", 1.0)
    assert Hit("a", 1.0) != Hit("a", 2.0)
    assert len({Hit("a", 1.0, 7), Hit("a", 1.0), Hit("b", 1.0)}) == 2


@pytest.mark.parametrize("unknown", ["2014-001@1:0-6", "2014-001@2:0-5", "2014-009@1:0-5", "nonsense", ""])
def test_unknown_passages_are_key_errors(build: Build, unknown: str) -> None:
    """
    An id that is not of this generation is never answered with another passage.
    """
    index = build([passage("march")])

    with pytest.raises(KeyError):
        index.passage(unknown)


def test_length_and_generation(build: Build) -> None:
    """
    An index knows its generation and how many passages it holds, a language each.
    """
    index = build([passage("a"), passage("b", "2", language="es"), passage("", "3")])

    assert (index.generation, len(index), *map(index.size, PARTITIONS)) == ("3", 3, 2, 1, 0)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=TEXTS)
def test_vocabulary_of_what_is_there(build: Build, texts: list[str]) -> None:
    """
    Vocabulary and surface words are those of the passages that can be found, with their numbers, and no others.
    """
    index, fake = build(corpus(texts)), FakeIndex(corpus(texts))

    assert dict(index.vocabulary("en")) == dict(fake.vocabulary("en"))
    assert dict(index.surfaces("en")) == dict(fake.surfaces("en"))
    assert index.document_frequency("march", "en") == fake.document_frequency("march", "en")


def test_surfaces_are_written_words() -> None:
    """
    Spelling and bridge see words as written: not stemmed, acronyms in capitals, no stop words.
    """
    index = EmbeddedIndex.build([passage("The marches and the ICE marches.")], "1")

    assert dict(index.surfaces("en")) == {"marches": 2, "ICE": 1}


@pytest.mark.parametrize("name", ["parchment", "../embedded", ""])
def test_unknown_engines_are_usage_errors(tmp_path: Path, name: str) -> None:
    """
    An engine that this project has not is named in one line with one that it has.
    """
    with pytest.raises(UsageError, match="Try embedded"):
        open_index(name, tmp_path, "{}", "1")


def test_a_missing_package_names_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    An engine whose package is not installed says which extra brings it.
    """
    import retrieval.backends

    (tmp_path / "distant.py").write_text("import a_package_that_nobody_has\n")
    monkeypatch.setattr(retrieval.backends, "__path__", [str(tmp_path)])

    with pytest.raises(MissingExtraError, match=r"onrecord\[distant\]"):
        open_index("distant", tmp_path, "{}", "1")
