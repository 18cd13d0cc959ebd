"""
The embedded engine: exactly the model's scores, whatever the history of the index; safe on disk.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi
from trying import share

from corpus.errors import StaleIndexError, StoreError
from corpus.models import Span
from retrieval.analyzer import PARTITIONS, Partition, SurfaceNumbers, terms, tokens
from retrieval.backends.embedded import EmbeddedIndex, Manifest, append, remove_unused, unused
from retrieval.backends.embedded.compiled import load
from retrieval.backends.embedded.pruning import floor_of
from retrieval.backends.embedded.spools import Spool
from retrieval.bm25 import PositiveOkapi
from retrieval.folders import MAX_SEGMENTS, joined_from
from retrieval.index import open_index
from retrieval.models import Passage, Query, WeightedTerm

COMMON_FIRST = "march marches families border ICE ice the not we relief deportación deportaciones familia y de niños"
WORDS = COMMON_FIRST.split()
QUESTION = "march families ICE march deportación not unknown y niños march"


def passage(text: str, number: int, language: Partition = "en") -> Passage:
    span = Span(number, number + len(text))
    return Passage(statement_id=f"{number // 4}", revision=1, span=span, text=text, kind="body", language=language)


def random_passages(seed: int, count: int) -> list[Passage]:
    """Passages of all languages, some empty, common words commoner than others."""
    chance = random.Random(seed)
    sizes = [chance.choice((0, 1, 5, 30)) for _ in range(count)]
    texts = [" ".join(WORDS[min(chance.randrange(16), chance.randrange(16))] for _ in range(size)) for size in sizes]
    return [passage(text, number, chance.choice(PARTITIONS)) for number, text in enumerate(texts)]


def analyzed(passages: Sequence[Passage], partition: Partition) -> list[list[str]]:
    return [terms(passage.text, partition) for passage in passages if passage.language == partition]


def assert_scores_of_the_model(index: EmbeddedIndex, passages: Sequence[Passage]) -> None:
    for partition in PARTITIONS:
        corpus, question = analyzed(passages, partition), terms(QUESTION, partition)
        # rank-bm25 divides by zero on an empty corpus; there is nothing to compare.
        expected = PositiveOkapi(corpus).get_scores(question) if any(corpus) else np.zeros(len(corpus))
        np.testing.assert_array_equal(index.scores(question, partition), expected)


def texts_on_disk(directory: Path) -> bytes:
    return b"".join(path.read_bytes() for path in directory.rglob("*.bin"))


@given(seed=st.integers(0, 10**6), count=st.integers(0, 60))
@settings(max_examples=share(40), deadline=None)
def test_scores_of_a_fresh_index(seed: int, count: int) -> None:
    """
    The index scores every passage exactly as the model does, difference 0, a language each.
    """
    passages = random_passages(seed, count)

    assert_scores_of_the_model(EmbeddedIndex.build(passages, "1"), passages)


@given(seed=st.integers(0, 10**6))
@settings(max_examples=share(25), deadline=None)
def test_scores_with_stock_idf(seed: int) -> None:
    """
    With stock BM25Okapi's own idf the index gives stock scores, difference 0, negative ones included.
    """
    passages = random_passages(seed, 40)
    index = EmbeddedIndex.build(passages, "1")

    for partition in PARTITIONS:
        corpus, question = analyzed(passages, partition), terms(QUESTION, partition)
        if not any(corpus):
            # rank-bm25 divides by zero; there is nothing to compare.
            continue
        stock = BM25Okapi(corpus)
        np.testing.assert_array_equal(index.scores(question, partition, stock.idf), stock.get_scores(question))


@pytest.mark.thorough
@given(seed=st.integers(0, 10**6), steps=st.lists(st.integers(0, 12), min_size=1, max_size=12))
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_scores_after_appends_and_removals(
    tmp_path_factory: pytest.TempPathFactory, seed: int, steps: list[int]
) -> None:
    """
    However the corpus came to be, the scores are those of the model built afresh on what is left, in the same order.
    """
    chance, directory = random.Random(seed), tmp_path_factory.mktemp("index")
    coming = iter(random_passages(seed, sum(steps)))
    manifest, live = None, list[Passage]()
    for generation, step in enumerate(steps):
        gone = chance.sample(live, len(live) // chance.choice((2, 5)))
        new = [next(coming) for _ in range(step)]
        live = [passage for passage in live if passage not in gone] + new
        manifest = append(directory, manifest, str(generation), new, [passage.id for passage in gone])
        remove_unused(directory, manifest)

    index = EmbeddedIndex.open(directory, Manifest.model_validate_json((manifest or Manifest()).model_dump_json()), "9")
    fresh = EmbeddedIndex.build(live, "9")

    assert_scores_of_the_model(index, live)
    assert list(index.passages()) == list(fresh.passages())
    assert [dict(index.surfaces(p)) for p in PARTITIONS] == [dict(fresh.surfaces(p)) for p in PARTITIONS]
    assert [dict(index.vocabulary(p)) for p in PARTITIONS] == [dict(fresh.vocabulary(p)) for p in PARTITIONS]


def test_what_is_left_may_have_no_terms(tmp_path: Path) -> None:
    """
    When the last passage with words is removed, the empty ones left score 0 and nothing is divided by their length.
    """
    first = append(tmp_path, None, "1", [passage("march", 1), *(passage("", number) for number in range(4, 9))])
    index = EmbeddedIndex.open(tmp_path, append(tmp_path, first, "2", [], [passage("march", 1).id]), "2")

    assert index.scores(["march"], "en").tolist() == [0.0] * 5
    assert index.search(Query(terms=(WeightedTerm("march", "en"),)), limit=5) == []


@pytest.mark.thorough
def test_long_postings_score_the_same() -> None:
    """
    Postings that are scored in several runs add up to the same bits.
    """
    passages = [passage("march " * (number % 3) + "families " * (number % 7 + 1), number) for number in range(9000)]
    index = EmbeddedIndex.build(passages, "1")

    assert_scores_of_the_model(index, passages)


def test_search_has_the_scores_of_the_model() -> None:
    """
    The score of a hit is the model's number, unrounded, and weight 1 does not change a bit of it.
    """
    passages = random_passages(3, 200)
    index = EmbeddedIndex.build(passages, "1")
    question = terms(QUESTION, "es")
    hits = index.search(Query(terms=tuple(WeightedTerm(term, "es") for term in question)), limit=1000)

    expected = index.scores(question, "es")
    assert sorted(expected[expected > 0].tolist(), reverse=True) == [hit.score for hit in hits]


# Pruning

COMMON = [f"{first}{second}" for first in "bdfgklmn" for second in ("a", "e", "i", "o", "u")]


@pytest.fixture(scope="module", params=["pruned", "compiled loop"])
def pruned(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> EmbeddedIndex:
    """An index in several segments, with removals, whose postings are so many that not all are read."""
    loop = load() if request.param == "compiled loop" else None
    if request.param == "compiled loop" and loop is None:
        pytest.skip("numba, the extra fast, is not installed")
    chance, directory = random.Random(5), tmp_path_factory.mktemp("pruned")
    shares = [1 / (rank + 2) for rank in range(len(COMMON))]
    texts = [" ".join(chance.choices(COMMON, shares, k=chance.randrange(1, 30))) for _ in range(6000)]
    made = [passage(text, number, "other" if number % 9 else "es") for number, text in enumerate(texts)]
    first = append(directory, None, "1", made[:4500])
    second = append(directory, first, "2", made[4500:5900], [one.id for one in made[:4500:50]])
    return EmbeddedIndex.open(directory, append(directory, second, "3", made[5900:]), "3", loop)


def expected_hits(index: EmbeddedIndex, ids: dict[Partition, list[str]], query: Query) -> list[tuple[float, str]]:
    """Every hit by scoring all passages, best first, ties by id."""
    found = []
    for partition, listed in ids.items():
        scores = np.zeros(len(listed))
        for term, language, weight in query.terms:
            scores += weight * index.scores([term], partition) if language == partition else 0.0
        found += [hit for hit in zip(scores.tolist(), listed, strict=True) if hit[0] > 0 and _passes(hit[1], query)]
    return sorted(found, key=lambda hit: (-hit[0], hit[1]))


def _passes(passage_id: str, query: Query) -> bool:
    return query.statements is None or passage_id.partition("@")[0] in query.statements


@pytest.fixture(scope="module")
def ids(pruned: EmbeddedIndex) -> dict[Partition, list[str]]:
    """The ids of each language's passages, in order."""
    made = list(pruned.passages())
    return {partition: [one.id for one in made if one.language == partition] for partition in PARTITIONS}


@given(
    asked=st.lists(
        st.builds(
            WeightedTerm,
            st.sampled_from([*COMMON, "unknown"]),
            st.sampled_from(["other", "other", "es"]),
            st.sampled_from([1.0, 1.0, 0.7, 0.5, 0.09]),
        ),
        min_size=1,
        max_size=24,
    ),
    limit=st.sampled_from([1, 3, 10, 60, 400]),
    statements=st.sampled_from([None, None, range(0, 1500, 2), range(3)]),
)
# A rare word asked repeatedly: the best passage is met four times before the tenth best.
@pytest.mark.thorough
@example(asked=[WeightedTerm("nu", "other")] * 4 + [WeightedTerm("ba", "other", 0.09)], limit=10, statements=None)
@settings(max_examples=share(40), deadline=None)
def test_pruning_changes_nothing(
    pruned: EmbeddedIndex,
    ids: dict[Partition, list[str]],
    asked: list[WeightedTerm],
    limit: int,
    statements: range | None,
) -> None:
    """
    Reading only the postings that can matter, or all by the compiled loop, gives the hits that scoring every passage
    gives, bit for bit.
    """
    only = None if statements is None else frozenset(map(str, statements))
    query = Query(terms=tuple(asked), statements=only)

    found = [(hit.score, hit.passage_id) for hit in pruned.search(query, limit=limit)]
    assert found == expected_hits(pruned, ids, query)[:limit]


@given(
    st.lists(st.sampled_from([0.0, 0.0, 0.5, 1.0, 2.0, 3.5]), max_size=60),
    st.integers(1, 8),
    st.sampled_from([1, 100]),
)
def test_a_floor_is_reached_by_enough(some: list[float], limit: int, times: int) -> None:
    """
    At least as many scores as are wanted reach the floor, whether it was taken from all of them or from blocks.
    """
    scores = np.array(some * times)
    floor = floor_of(scores, limit)

    assert floor == 0 or np.count_nonzero(scores >= floor) >= limit


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


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


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


# Safe on disk


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


def test_unused_segments(tmp_path: Path) -> None:
    """
    A segment is unused when none of the generations that may still be opened refers to it.
    """
    first = append(tmp_path, None, "1", [passage("march", 1)])
    second = append(tmp_path, None, "2", [passage("relief", 2)])

    assert unused(tmp_path, first, second) == []
    assert [tmp_path / "1/en-1"] == unused(tmp_path, second)


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


PIECES = ["EE. UU. ", "EE.\nUU. ", "ICE ", "ICE-", "the ", "Not", "NOW ", "y", "é", "’s ", "\n", ".", ",", "1,000", "-"]


@given(st.lists(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=12).map("".join), max_size=6))
def test_an_index_is_built_from_tokens(texts: list[str]) -> None:
    """
    The fast way from text to words, which remembers what it has seen, gives the words of `tokens`.
    """
    numbers = SurfaceNumbers()
    for text in texts:
        found = numbers.read(text)
        words = list(numbers.words)

        assert [words[number] for number in found] == [token.surface for token in tokens(text, "other")]


@pytest.mark.parametrize("count", [1, 99, 100, 150])
def test_a_filter_of_many_statements_is_one_of_few(count: int) -> None:
    """
    However many statements a filter names, known or not, only their passages are found.
    """
    index = EmbeddedIndex.build([passage("march", 4 * number) for number in range(200)], "1")
    ids = frozenset(map(str, range(count)))

    hits = index.search(Query(terms=(WeightedTerm("march", "en"),), statements=ids | {"unknown"}), limit=500)

    assert {hit.statement_id for hit in hits} == ids
