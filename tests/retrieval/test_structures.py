"""
Structures of a generation: what is searched beside the statements is of just these statements, in memory and on disk.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from factories import quote, statement

from corpus.errors import StoreError
from corpus.models import Span, Statement
from retrieval.index import PassageIndex
from retrieval.models import Query, WeightedTerm
from retrieval.structures import MemoryStructures, StoredStructures, append, read_parts, remove_unused
from retrieval.wording import number_of

WORDS = "We walk the harbor wall at night,"


def release(words: str = WORDS, *, id: str = "2014-001", revision: int = 1, **fields: object) -> Statement:
    """A statement in which Ana Ruelle says these words, and narration about a ferry stands beside them."""
    text = f"The ferry was late.\n\n“{words}” said Ana Ruelle."
    fields.setdefault("quotes", (quote(words, text, speaker="Ana Ruelle"),))
    return statement(text, id=id, revision=revision, **fields)


def found(index: PassageIndex, word: str) -> list[str]:
    """Texts of the units that hold a word."""
    hits = index.search(Query(terms=(WeightedTerm(word, "en"),)), limit=9)
    return [index.passage(hit.passage_id).text for hit in hits]


def test_quotes_are_searched_apart() -> None:
    """
    The index of quotes finds spoken words alone, without the narration around them.
    """
    structures = MemoryStructures([release()], "1")

    assert found(structures.quotes, "harbor") == [WORDS]
    assert found(structures.quotes, "ferri") == []
    assert len(structures.passages) == 2


@pytest.mark.parametrize(
    ("reason", "kept"),
    [("program_name", 0), ("slogan", 0), ("no_cue", 0), ("not_a_person", 1), ("ambiguous", 1), ("unknown_person", 1)],
)
def test_only_spoken_words_are_quotes(reason: str, kept: int) -> None:
    """
    Words without a named speaker are found as a quote only when somebody surely speaks them.
    """
    text = f"They say “{WORDS}” and walk."
    made = statement(text, quotes=(quote(WORDS, text, reason=reason),))

    assert len(MemoryStructures([made], "1").quotes) == kept


def test_private_quote_is_not_found() -> None:
    """
    A quote that holds a private number is in no index.
    """
    one = release()
    private = Span(one.text.index("harbor"), one.text.index("wall"))

    assert len(MemoryStructures([release(private=(private,))], "1").quotes) == 0


def test_appended_generation_is_the_one_in_memory(tmp_path: Path) -> None:
    """
    After a revision and an addition the stored structures hold what structures in memory of the same statements hold.
    """
    first, second, other = release(), release("We swim the wall,", revision=2), release("We row,", id="2014-002")
    parts = append(tmp_path, None, "1", [first])
    parts = append(tmp_path, parts, "2", [second, other], [first])

    stored, memory = StoredStructures(tmp_path, parts.model_dump_json(), "2"), MemoryStructures([second, other], "2")

    for one, same in ((stored.passages, memory.passages), (stored.quotes, memory.quotes)):
        assert len(one) == len(same)
        assert found(one, "wall") == found(same, "wall")
    assert found(stored.quotes, "wall") == ["We swim the wall,"]
    for words, ids in (("we row said", ["2014-002"]), ("the harbor wall", [])):
        numbers = np.array([number_of(word) for word in words.split()], np.uint32)
        assert [one.statement_id for one in stored.shingles.sharing(numbers, limit=9)] == ids


def test_opened_structures_outlive_the_next_generation(tmp_path: Path) -> None:
    """
    Whoever has a generation open can go on reading it when a later one has removed its files.
    """
    first, second = release(), release("We swim,", revision=2)
    old = append(tmp_path, None, "1", [first])
    stored = StoredStructures(tmp_path, old.model_dump_json(), "1")
    new = append(tmp_path, None, "2", [second])
    remove_unused(tmp_path, new)

    assert found(stored.quotes, "harbor") == [WORDS]


def test_earlier_format_is_refused_and_cleared_away(tmp_path: Path) -> None:
    """
    What an earlier version stored is refused in one line, and its files go when the next generation is written.
    """
    earlier = '{"segments":[],"removed":{},"analyzer":1,"format":2}'
    (tmp_path / "7" / "en-1").mkdir(parents=True)

    assert read_parts(earlier).is_stale()
    with pytest.raises(StoreError, match="another version"):
        StoredStructures(tmp_path, earlier, "7")
    remove_unused(tmp_path, append(tmp_path, None, "8", [release()]))
    assert not (tmp_path / "7").exists()


@pytest.mark.parametrize("manifest", ["", "{", "[]", '{"passages": 3}'])
def test_damaged_manifest_is_an_error(tmp_path: Path, manifest: str) -> None:
    """
    A record that is no manifest is an error, and not an empty corpus.
    """
    with pytest.raises(StoreError, match="damaged"):
        read_parts(manifest)
