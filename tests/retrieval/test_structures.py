"""
Structures of a generation: what is searched beside the statements is of just these statements, in memory and on disk.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from factories import quote, statement

from corpus.errors import StoreError
from corpus.models import Span, Statement
from retrieval import structures
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


@pytest.mark.thorough
def test_large_addition_makes_the_same_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    What another process builds beside this one is byte for byte what this one builds alone, also of a later addition.
    """
    first, second, other = release(), release("We swim the wall,", revision=2), release("We row,", id="2014-002")

    def files(folder: Path, many: int) -> dict[str, bytes]:
        monkeypatch.setattr(structures, "MANY", many)
        parts = append(folder, None, "1", [first])
        append(folder, parts, "2", [second, other], [first])
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    assert files(tmp_path / "beside", 1) == files(tmp_path / "alone", 1_000)


def test_what_stops_the_other_process_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A statement that would be in the index twice is an error there as here, and nothing half written is left.
    """
    parts = append(tmp_path, None, "1", [release()])
    monkeypatch.setattr(structures, "MANY", 1)

    with pytest.raises(StoreError, match="already has"):
        append(tmp_path, parts, "2", [release()])
    assert [path.name for path in (tmp_path / "passages").iterdir()] == ["1"]


@pytest.mark.parametrize("begins", [False, True], ids=["at once", "at work"])
def test_process_that_ends_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, begins: bool) -> None:
    """
    Where the other process is killed, before its work or in the middle of it, that is one line, and what was live can
    be read as before.
    """
    parts = append(tmp_path, None, "1", [release()])
    work = "serve(lambda asked: asked and (Path(sys.argv[2], 'passages', '2.partial').mkdir(), os._exit(9)))"
    imports = "import os, sys; sys.path.insert(0, sys.argv[1]); from pathlib import Path"
    code = f"{imports}; from corpus.children import serve; {work}" if begins else "import os; os._exit(9)"
    root = str(Path(structures.__file__).parents[1])
    monkeypatch.setattr(structures, "MANY", 1)
    monkeypatch.setattr(structures, "BESIDE", (sys.executable, "-P", "-c", code, root, str(tmp_path)))

    with pytest.raises(StoreError, match=r"ended with status 9\. Nothing was changed"):
        append(tmp_path, parts, "2", [release(id="2014-002")])

    assert [path.name for path in (tmp_path / "passages").iterdir()] == ["1"]
    assert found(StoredStructures(tmp_path, parts.model_dump_json(), "1").quotes, "harbor") == [WORDS]


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
