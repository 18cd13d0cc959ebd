"""
Segments of the embedded engine: an addition writes one, many are joined to few, what is removed is gone everywhere.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from indexing import names, passage

from corpus.errors import StaleIndexError, StoreError
from retrieval.backends.embedded import EmbeddedIndex, Manifest, append, remove_unused, unused
from retrieval.folders import MAX_SEGMENTS, joined_from
from retrieval.models import Query, WeightedTerm


def texts_on_disk(directory: Path) -> bytes:
    return b"".join(path.read_bytes() for path in directory.rglob("*.bin"))


def test_segments_lie_below_their_generation(tmp_path: Path) -> None:
    """
    Each append writes one folder, named for its generation, with a segment for each language.
    """
    first = append(tmp_path, None, "1", [passage("march", 1), passage("marcha", 2, "es")])
    append(tmp_path, first, "2", [passage("more", 3)])

    found = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.glob("*/*"))
    assert found == ["1/en-1", "1/es-2", "2/en-1"]


def test_removing_writes_no_segment(tmp_path: Path) -> None:
    """
    Taking few passages out changes the manifest alone.
    """
    passages = [passage("march", number) for number in range(9)]
    first = append(tmp_path, None, "1", passages)
    second = append(tmp_path, first, "2", [], [passages[4].id])

    assert (first.segments, {"1/en-1": (4,)}) == (second.segments, second.removed)
    assert len(EmbeddedIndex.open(tmp_path, second, "2")) == 8


def test_what_is_removed_is_gone_everywhere(tmp_path: Path) -> None:
    """
    A removed passage is in no search, phrase, look-up, vocabulary or spelling list.
    """
    kept = [passage(f"families {number}", number) for number in range(8)]
    secret = passage("families wait for Zorrilla", 99)
    manifest = append(tmp_path, append(tmp_path, None, "1", [*kept, secret]), "2", [], [secret.id])
    index = EmbeddedIndex.open(tmp_path, manifest, "2")

    assert secret.id not in [
        hit.passage_id for hit in index.search(Query(terms=(WeightedTerm("famili", "en"),)), limit=99)
    ]
    assert index.phrase(["wait", "for"], limit=5) == []
    assert (index.document_frequency("zorrilla", "en"), index.surfaces("en").get("zorrilla", 0)) == (0, 0)
    assert "zorrilla" not in index.vocabulary("en")
    with pytest.raises(KeyError):
        index.passage(secret.id)


def test_erasing_leaves_no_text_on_disk(tmp_path: Path) -> None:
    """
    Erased passages are in no file of the new generation once the old segments are deleted.
    """
    passages = [passage(f"families {number}", number) for number in range(8)]
    first = append(tmp_path, None, "1", [*passages, passage("Zorrilla", 99)])
    second = append(tmp_path, first, "2", [], [passage("Zorrilla", 99).id], erase=True)
    assert b"orrilla" in texts_on_disk(tmp_path)

    remove_unused(tmp_path, second)

    assert b"orrilla" not in texts_on_disk(tmp_path)
    assert passages == list(EmbeddedIndex.open(tmp_path, second, "2").passages())


def test_a_changed_passage_keeps_its_id(tmp_path: Path) -> None:
    """
    An id may be removed and added anew in one step; the new text is the one that is found.
    """
    first = append(tmp_path, None, "1", [passage("march", 1), passage("other", 9)])
    second = append(tmp_path, first, "2", [passage("relie", 1)], [passage("march", 1).id])

    assert EmbeddedIndex.open(tmp_path, second, "2").passage(passage("march", 1).id).text == "relie"


@pytest.mark.thorough
def test_many_appends_leave_few_segments(tmp_path: Path) -> None:
    """
    Small segments are joined, so that a thousand small additions do not slow every question down.
    """
    manifest = Manifest()
    for number in range(3 * MAX_SEGMENTS):
        manifest = append(tmp_path, manifest, str(number), [passage(f"march {number}", number)])
        remove_unused(tmp_path, manifest)
        assert len(manifest.segments) <= MAX_SEGMENTS

    assert len(manifest.segments) == len(list(tmp_path.glob("*/*")))
    assert len(EmbeddedIndex.open(tmp_path, manifest, "1")) == 3 * MAX_SEGMENTS


@pytest.mark.parametrize(
    ("sizes", "start"),
    [
        ([10], 0),  # a first segment
        ([10, 1], 1),  # few: written beside the old one
        ([100_000, *[100] * 8], 1),  # the large one stays as it is
        ([9000, 4000, 1500, 600, 250, 100, 40, 15, 1], 7),  # never more than eight
        ([10] * 9, 0),
    ],
)
def test_which_segments_are_joined(sizes: list[int], start: int) -> None:
    """
    The newest are joined while the next older one is not much larger than they are together.
    """
    assert joined_from(sizes) == start


@pytest.mark.parametrize("generation", ["", "..", "a/b", "7.partial"])
def test_names_that_leave_the_folder(tmp_path: Path, generation: str) -> None:
    """
    A generation's name never leads out of the index folder.
    """
    with pytest.raises(ValueError, match="cannot name"):
        append(tmp_path, None, generation, [passage("march", 1)])


def test_a_passage_is_in_the_index_once(tmp_path: Path) -> None:
    """
    Adding an id twice, or one that is there already, is an error and changes nothing.
    """
    manifest = append(tmp_path, None, "1", [passage("march", 1)])

    with pytest.raises(StoreError, match="0@1:1-6"):
        append(tmp_path, manifest, "2", [passage("march", 1)])
    with pytest.raises(StoreError, match="0@1:2-7"):
        append(tmp_path, manifest, "2", [passage("march", 2), passage("march", 2)])
    assert names(tmp_path) == ["1"]


def test_removing_what_is_not_there(tmp_path: Path) -> None:
    """
    Removing an unknown passage says that index and store differ instead of passing it over.
    """
    manifest = append(tmp_path, None, "1", [passage("march", 1)])

    with pytest.raises(StaleIndexError, match="77@1:1-2"):
        append(tmp_path, manifest, "2", [], ["77@1:1-2"])


def test_unused_segments(tmp_path: Path) -> None:
    """
    A segment is unused when none of the generations that may still be opened refers to it.
    """
    first = append(tmp_path, None, "1", [passage("march", 1)])
    second = append(tmp_path, None, "2", [passage("relief", 2)])

    assert unused(tmp_path, first, second) == []
    assert [tmp_path / "1/en-1"] == unused(tmp_path, second)


def test_word_counts_are_a_mapping(tmp_path: Path) -> None:
    """
    What is read from disk word by word behaves as a dict does: looked up, iterated, intersected, copied, counted.
    """
    first = append(tmp_path, None, "1", [passage("march families march", 1), passage("border", 2)])
    second = append(tmp_path, first, "2", [passage("families relief", 3)], [passage("border", 2).id])
    surfaces = EmbeddedIndex.open(tmp_path, second, "2").surfaces("en")

    assert dict(surfaces) == dict(surfaces.items()) == Counter(surfaces) == {"march": 2, "families": 2, "relief": 1}
    assert (len(surfaces), surfaces["families"], surfaces.get("border")) == (3, 2, None)
    assert surfaces.keys() & {"march", "border", "parliament"} == {"march"}
    assert ["border" in surfaces, 7 in surfaces] == [False, False]
