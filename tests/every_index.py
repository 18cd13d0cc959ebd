"""
Every index there is, the fake included, built from the same passages and asked the same queries.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from fakes import FakeIndex
from hypothesis import strategies as st

from corpus.models import Span
from retrieval.analyzer import Partition, terms
from retrieval.backends.embedded import EmbeddedIndex, append
from retrieval.backends.embedded.compiled import Loop, best_of, load
from retrieval.index import PassageIndex, open_index
from retrieval.models import Hit, Passage, Query, WeightedTerm

Build = Callable[[Sequence[Passage]], PassageIndex]


def passage(text: str, statement: str = "2014-001", start: int = 0, language: Partition = "en") -> Passage:
    span = Span(start, start + len(text))
    return Passage(statement_id=statement, revision=1, span=span, text=text, kind="body", language=language)


def query(words: str, partition: Partition = "en", **filters: object) -> Query:
    wanted = tuple(WeightedTerm(term, partition) for term in terms(words, partition))
    return Query.model_validate({"terms": wanted, **filters})


def ids(hits: Sequence[Hit]) -> list[str]:
    return [hit.passage_id for hit in hits]


def statements(hits: Sequence[Hit]) -> list[str]:
    return [hit.passage_id.partition("@")[0] for hit in hits]


def in_steps(directory: Path, passages: Sequence[Passage]) -> PassageIndex:
    """Appended in three steps, between which passages that are not wanted come and go."""
    strays = [passage(f"march families stray {number}", "stray", 100 * number) for number in range(6)]
    third = len(passages) // 3
    first = append(directory, None, "1", [strays[0], *passages[:third], strays[1], strays[2]])
    second = append(directory, first, "2", [*passages[third : 2 * third], *strays[3:]], [strays[0].id, strays[2].id])
    gone = [stray.id for stray in (strays[1], *strays[3:])]
    third_manifest = append(directory, second, "3", passages[2 * third :], gone)
    return open_index("embedded", directory, third_manifest.model_dump_json(), "3")


LOOPS: dict[str, Callable[[], Loop | None]] = {"loop": lambda: best_of, "compiled loop": load}
ENGINES = ["fake", "memory", "disk", "disk in steps", *LOOPS]


def built_with(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Build:
    """How one of `ENGINES` builds an index: for a fixture with these as its parameters."""
    loop = LOOPS.get(request.param, lambda: None)()
    if request.param in LOOPS and loop is None:
        pytest.skip("numba, the extra fast, is not installed")

    def on_disk(passages: Sequence[Passage]) -> PassageIndex:
        directory = tmp_path_factory.mktemp("index")
        return EmbeddedIndex.open(directory, append(directory, None, "3", passages), "3", loop)

    builds: dict[str, Build] = {
        "fake": lambda passages: FakeIndex(passages, "3"),
        "memory": lambda passages: EmbeddedIndex.build(passages, "3"),
        "disk": on_disk,
        "disk in steps": lambda passages: in_steps(tmp_path_factory.mktemp("steps"), passages),
        "loop": on_disk,
        "compiled loop": on_disk,
    }
    return builds[request.param]


WORDS = ["march", "marches", "families", "border", "ICE", "ice", "the", "not", "we", "relief", ""]
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join), max_size=12)


def corpus(texts: Sequence[str]) -> list[Passage]:
    return [passage(text, f"2014-{number:03}") for number, text in enumerate(texts)]
