"""
Files of the embedded engine: opened, they are what was written; no sudden end changes them; damage is an error.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from indexing import QUESTION, WORDS, names, passage, random_passages

from corpus.errors import StoreError
from retrieval.analyzer import PARTITIONS, terms
from retrieval.backends.embedded import EmbeddedIndex, append, remove_unused
from retrieval.backends.embedded.spools import Spool
from retrieval.index import open_index
from retrieval.models import Passage, Query, WeightedTerm


def test_an_index_on_disk_is_the_one_in_memory(tmp_path: Path) -> None:
    """
    Written and opened again, an index gives the same hits, phrases, passages and words.
    """
    passages = random_passages(11, 300)
    manifest = append(tmp_path, None, "7", iter(passages))
    mapped, memory = EmbeddedIndex.open(tmp_path, manifest, "7"), EmbeddedIndex.build(passages, "7")
    asked = Query(terms=tuple(WeightedTerm(term, "en") for term in terms(QUESTION, "en")))

    assert mapped.search(asked, limit=20) == memory.search(asked, limit=20)
    assert mapped.phrase(["the", "not"], limit=20) == memory.phrase(["the", "not"], limit=20)
    assert list(mapped.passages()) == list(memory.passages()) == sorted(passages, key=lambda p: p.language)


def interrupted(passages: Sequence[Passage]) -> Iterator[Passage]:
    yield from passages
    raise KeyboardInterrupt


def test_an_interrupted_append_changes_nothing(tmp_path: Path) -> None:
    """
    When reading the passages stops half-way, the index is what it was and no folder is left.
    """
    manifest = append(tmp_path, None, "1", [passage("march", 1)])

    with pytest.raises(KeyboardInterrupt):
        append(tmp_path, manifest, "2", interrupted([passage("relief", 2)]))

    assert names(tmp_path) == ["1"]
    assert len(EmbeddedIndex.open(tmp_path, manifest, "1")) == 1


def test_a_killed_append_is_cleared_up(tmp_path: Path) -> None:
    """
    A half-written folder, and a published one that no row ever named, disturb neither live index nor next append.
    """
    manifest = append(tmp_path, None, "1", [passage("march", 1)])
    (tmp_path / "2.partial" / "en-1").mkdir(parents=True)
    (tmp_path / "2.partial" / "en-1" / "segment.bin").write_bytes(b"half")
    append(tmp_path, manifest, "2", [passage("never committed", 2)])
    assert len(EmbeddedIndex.open(tmp_path, manifest, "1")) == 1

    second = append(tmp_path, manifest, "2", [passage("relief", 3)])
    remove_unused(tmp_path, second)

    assert {"1/en-1", "2-2/en-1"} == {path.relative_to(tmp_path).as_posix() for path in tmp_path.glob("*/*")}
    assert len(EmbeddedIndex.open(tmp_path, second, "2")) == 2


def test_a_reader_keeps_its_segments(tmp_path: Path) -> None:
    """
    An open index answers as before after its files are deleted.
    """
    index = EmbeddedIndex.open(tmp_path, append(tmp_path, None, "1", [passage("we march", 1)]), "1")
    shutil.rmtree(tmp_path / "1")

    assert [hit.passage_id for hit in index.search(Query(terms=(WeightedTerm("march", "en"),)), limit=5)] == ["0@1:1-9"]
    assert index.passage("0@1:1-9").text == "we march"


@pytest.mark.parametrize("manifest", ["", "{", '{"segments": [{"name": "../x", "partition": "en"}]}'])
def test_a_damaged_manifest_is_an_error(tmp_path: Path, manifest: str) -> None:
    """
    A record that is no manifest is an error that names the generation, and not an empty corpus.
    """
    with pytest.raises(StoreError, match="generation 7"):
        open_index("embedded", tmp_path, manifest, "7")


def read_everything(index: EmbeddedIndex) -> None:
    """Ask for all that an index can be asked for."""
    index.phrase(["the", "not"], limit=5)
    for partition in PARTITIONS:
        known = list(index.vocabulary(partition))
        [index.surfaces(partition)[word] for word in index.surfaces(partition)]
        index.scores(known, partition)
        index.search(Query(terms=tuple(WeightedTerm(term, partition) for term in known)), limit=50)
    index.search(Query(terms=(WeightedTerm("march", "en"),), statements=frozenset({"1"})), limit=5)
    for found in index.passages():
        index.passage(found.id)


@pytest.mark.parametrize("size", [0, 1, 15, 16, 100, -1])
def test_a_short_file_is_an_error(tmp_path: Path, size: int) -> None:
    """
    A file that lost its end is named in the error, however much of it is left.
    """
    manifest = append(tmp_path, None, "1", random_passages(5, 50))
    path = tmp_path / manifest.segments[0].name / "segment.bin"
    path.write_bytes(path.read_bytes()[:size])

    with pytest.raises(StoreError, match=r"segment\.bin"):
        EmbeddedIndex.open(tmp_path, manifest, "1")


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    """
    A segment that is not there is an error and not an empty corpus.
    """
    manifest = append(tmp_path, None, "1", random_passages(5, 50))
    shutil.rmtree(tmp_path / manifest.segments[0].name)

    with pytest.raises(StoreError, match=r"segment\.bin"):
        EmbeddedIndex.open(tmp_path, manifest, "1")


@pytest.mark.parametrize("older", [{"format": 1}, {"analyzer": 0}])
def test_an_index_of_another_version_is_refused(tmp_path: Path, older: dict[str, int]) -> None:
    """
    Files in another format, or terms of another analyzer, are refused in one line that says how to build them anew.
    """
    manifest = append(tmp_path, None, "1", [passage("march", 1)])

    with pytest.raises(StoreError, match="onrecord corpus add"):
        EmbeddedIndex.open(tmp_path, manifest.model_copy(update=older), "1")


@pytest.mark.thorough
def test_every_damaged_byte_is_noticed(tmp_path: Path) -> None:
    """
    Wherever a byte of a segment changes, reading it all raises an error that names the file.
    """
    manifest = append(tmp_path, None, "1", [passage for passage in random_passages(5, 40) if passage.language == "en"])
    path = tmp_path / manifest.segments[0].name / "segment.bin"
    whole = path.read_bytes()
    for place in range(0, len(whole), 5):
        path.unlink()
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x41]) + whole[place + 1 :])
        with pytest.raises(StoreError, match=r"segment\.bin"):
            read_everything(EmbeddedIndex.open(tmp_path, manifest, "1"))


@pytest.mark.thorough
def test_many_threads_read_one_index(tmp_path: Path) -> None:
    """
    Searches in worker threads give what they give one after the other.
    """
    manifest = append(tmp_path, None, "1", random_passages(2, 400))
    asked = [Query(terms=tuple(WeightedTerm(t, "en") for t in terms(f"{a} {b}", "en"))) for a in WORDS for b in WORDS]
    alone = EmbeddedIndex.open(tmp_path, manifest, "1")
    expected = [alone.search(query, limit=5) for query in asked]

    shared = EmbeddedIndex.open(tmp_path, manifest, "1")
    with ThreadPoolExecutor(8) as pool:
        assert expected == list(pool.map(lambda query: shared.search(query, limit=5), asked))


def test_half_a_surrogate_pair_is_kept(tmp_path: Path) -> None:
    """
    Text that no encoding holds, as damaged JSON brings it, neither stops a build nor changes.
    """
    odd = passage("march \ud83d here", 1)
    index = EmbeddedIndex.open(tmp_path, append(tmp_path, None, "1", [odd]), "1")

    assert odd.text == index.passage(odd.id).text


@pytest.mark.thorough
def test_a_spool_leaves_no_file(tmp_path: Path) -> None:
    """
    An array that is too long for memory goes to a file without a name, and comes back in its blocks.
    """
    blocks = [np.arange(1 << 20, dtype=np.uint32), np.zeros(0, np.uint32), np.arange(3, dtype=np.uint32)]
    spool = Spool(np.uint32, tmp_path)
    for block in blocks:
        spool.append(block)
    spool.translate(np.arange(1 << 20)[::-1])

    assert names(tmp_path) == []
    assert len(spool) == sum(map(len, blocks))
    np.testing.assert_array_equal(spool.whole(), (1 << 20) - 1 - np.concatenate(blocks).astype(np.int64))
