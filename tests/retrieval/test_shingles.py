"""
Where three words stand: in memory, on disk, after appends and removals, and when a process is killed in between.
"""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from factories import statement
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import StaleIndexError, StoreError
from corpus.models import Furniture, Span, Statement
from retrieval.folders import MAX_SEGMENTS
from retrieval.shingles import Place, Shared, ShingleIndex, ShingleManifest, append, remove_unused, unused
from retrieval.shingles.segment import FULL, identity
from retrieval.wording import Numbers, number_of, words_of

WORDS = "we they boats pier tide never toll net".split()


def numbers(text: str) -> Numbers:
    return np.array([number_of(word.key) for word in words_of(text)], np.uint32)


def made(number: int, chance: random.Random, revision: int = 1) -> Statement:
    text = " ".join(chance.choice(WORDS) for _ in range(chance.choice((0, 2, 9, 40))))
    return statement(text, id=f"s{number}", revision=revision)


def places(index: ShingleIndex, text: str) -> list[Place]:
    return index.find(numbers(text))


def assert_same(index: ShingleIndex, live: list[Statement]) -> None:
    """The index finds what one built afresh on these statements finds."""
    fresh = ShingleIndex.build(live)
    question = numbers(" ".join(WORDS * 3))
    assert len(index) == len(fresh) == len(live)
    assert index.find(question) == fresh.find(question)
    assert index.sharing(question, limit=5) == fresh.sharing(question, limit=5)
    assert index.holding(question, limit=5) == fresh.holding(question, limit=5)


def test_words_are_found_across_sentences_and_passages() -> None:
    """
    A run is found wherever it stands, case and marks aside, with its first code point and its word in the claim.
    """
    index = ShingleIndex.build(
        [statement("One net.\n\nWe came, and we stay.", id="a"), statement("We came. And then?", id="b")]
    )

    assert places(index, "“net we CAME and") == [Place("a", 4, 0), Place("a", 10, 1), Place("b", 0, 1)]


def test_furniture_and_private_numbers_are_not_crossed() -> None:
    """
    No run stands in furniture, nor across it, nor across a private number.
    """
    text = "We came by boat.\nShare this page\nWe stay for good. Call 555-0142 any day."
    share = Furniture(start=17, end=32, kind="share")
    number = Span(text.index("555"), text.index(" any"))
    one = statement(text, body=(Span(0, 16), Span(33, len(text))), furniture=(share,), private=(number,))
    index = ShingleIndex.build([one])

    for lost in ("by boat we", "share this page", "good call 555", "call any day", "call 0142 any"):
        assert places(index, lost) == []
    assert places(index, "came by boat") == [Place("2014-001", 3, 0)]


def test_the_statement_with_most_runs_is_first() -> None:
    """
    A run counts once for each statement, however often it stands there; ties are in order of ids.
    """
    one = [
        statement("we came by boat", id="b"),
        statement("we came by boat", id="a"),
        statement("we came by, we came by", id="c"),
    ]
    index = ShingleIndex.build(one)

    assert index.sharing(numbers("we came by boat"), limit=3) == [Shared("a", 2.0), Shared("b", 2.0), Shared("c", 1.0)]


def test_statements_that_lack_too_much_hold_nothing() -> None:
    """
    Only a statement with two thirds of the words may hold them, in whatever order.
    """
    index = ShingleIndex.build(
        [statement("boat by came we", id="a"), statement("we came", id="b"), statement("a net", id="c")]
    )

    assert [shared.statement_id for shared in index.holding(numbers("we came by boat"), limit=3)] == ["a"]


@pytest.mark.thorough
@given(seed=st.integers(0, 10**6), steps=st.lists(st.integers(0, 6), min_size=1, max_size=12))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_after_appends_and_removals(tmp_path_factory: pytest.TempPathFactory, seed: int, steps: list[int]) -> None:
    """
    However the record came to be, what is found is what an index built afresh on it finds; segments stay few.
    """
    chance, directory = random.Random(seed), tmp_path_factory.mktemp("shingles")
    manifest, live, number = None, list[Statement](), 0
    for generation, step in enumerate(steps):
        gone = chance.sample(live, len(live) // chance.choice((2, 5)))
        new = [made(number + more, chance) for more in range(step)]
        number += step
        live = [one for one in live if one not in gone] + new
        erase = chance.random() < 0.3
        manifest = append(directory, manifest, str(generation), new, [identity(one) for one in gone], erase=erase)
        remove_unused(directory, manifest)

    manifest = ShingleManifest.model_validate_json((manifest or ShingleManifest()).model_dump_json())
    assert_same(ShingleIndex.open(directory, manifest, "9"), live)
    assert len(manifest.segments) <= MAX_SEGMENTS + 1
    assert not manifest.is_stale()
    assert unused(directory, manifest) == []


def test_a_few_changes_write_little(tmp_path: Path) -> None:
    """
    An append leaves old files as they are; a removal alone writes none.
    """
    chance = random.Random(1)
    first = append(tmp_path, None, "1", [made(number, chance) for number in range(30)])
    second = append(tmp_path, first, "2", [made(30, chance)], ["s4@1"])
    third = append(tmp_path, second, "3", [], ["s5@1"])

    assert second.segments[0] == first.segments[0]
    assert len(second.segments) == 2
    assert third.segments == second.segments
    assert not (tmp_path / "3").exists()
    assert len(ShingleIndex.open(tmp_path, first, "1")) == 30  # the earlier generation is what it was


def test_erasing_leaves_nothing(tmp_path: Path) -> None:
    """
    Of an erased statement neither id nor place is left in any file of the new generation.
    """
    first = append(
        tmp_path, None, "1", [statement("we came by boat", id="gone-id"), statement("we stay for good", id="kept")]
    )
    second = append(tmp_path, first, "2", [], ["gone-id@1"], erase=True)
    remove_unused(tmp_path, second)

    assert b"gone-id" not in b"".join(path.read_bytes() for path in tmp_path.rglob("*.bin"))
    assert_same(ShingleIndex.open(tmp_path, second, "2"), [statement("we stay for good", id="kept")])


def test_a_revision_replaces_its_statement(tmp_path: Path) -> None:
    """
    One text of a statement leaves and the next comes in one step.
    """
    first = append(tmp_path, None, "1", [statement("we came by boat", id="a")])
    second = append(tmp_path, first, "2", [statement("we came by train", id="a", revision=2)], ["a@1"])
    index = ShingleIndex.open(tmp_path, second, "2")

    assert (places(index, "came by boat"), places(index, "came by train")) == ([], [Place("a", 3, 0)])


def test_what_cannot_be_removed_or_added(tmp_path: Path) -> None:
    """
    A statement that is not there cannot leave, one that is there cannot come again; nothing is written.
    """
    first = append(tmp_path, None, "1", [statement(id="a")])
    before = sorted(path.name for path in tmp_path.rglob("*"))

    with pytest.raises(StaleIndexError, match="b@1"):
        append(tmp_path, first, "2", [], ["b@1"])
    with pytest.raises(StoreError, match="a@1"):
        append(tmp_path, first, "2", [statement(id="a")])
    with pytest.raises(ValueError, match="cannot name"):
        append(tmp_path, first, "../2", [])
    assert sorted(path.name for path in tmp_path.rglob("*")) == before


def test_an_interrupted_append_changes_nothing(tmp_path: Path) -> None:
    """
    A build that stops half-way leaves the live generation and no folder; a killed one's folder goes next time.
    """
    first = append(tmp_path, None, "1", [statement("we came by boat", id="a")])

    def stopping() -> object:
        yield statement("we stay for good", id="b")
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        append(tmp_path, first, "2", stopping())  # type: ignore[arg-type]
    (tmp_path / "2.partial" / "1").mkdir(parents=True)
    assert_same(ShingleIndex.open(tmp_path, first, "1"), [statement("we came by boat", id="a")])

    append(tmp_path, first, "2", [statement("we stay for good", id="b")])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1", "2"]


def test_a_damaged_file_is_an_error(tmp_path: Path) -> None:
    """
    A file that is short, missing or changed is never read as if it were whole.
    """
    manifest = append(tmp_path, None, "1", [statement("we came by boat " * 50, id="a")])
    path = next(tmp_path.rglob("*.bin"))
    whole = path.read_bytes()
    for damaged in (whole[:-1], bytes([whole[0] ^ 1]) + whole[1:]):
        path.write_bytes(damaged)
        with pytest.raises(StoreError, match="Build"):
            places(ShingleIndex.open(tmp_path, manifest, "1"), "we came by boat")
    path.unlink()
    with pytest.raises(StoreError, match="Build"):
        ShingleIndex.open(tmp_path, manifest, "1")


def test_another_format_is_stale(tmp_path: Path) -> None:
    """
    Shingles that another version wrote have to be built anew.
    """
    manifest = append(tmp_path, None, "1", [statement(id="a")])

    assert manifest.model_copy(update={"format": 0}).is_stale()
    assert not ShingleManifest(format=0).is_stale()


def test_full_segments_are_left_alone(tmp_path: Path) -> None:
    """
    A large segment is never joined with small ones, however many there are.
    """
    manifest = append(tmp_path, None, "0", [statement("we came by boat", id="large")])
    large = manifest.segments[0].model_copy(update={"shingles": FULL})
    manifest = manifest.model_copy(update={"segments": (large,)})
    live = [statement("we came by boat", id="large")]
    for number in range(MAX_SEGMENTS + 3):
        live.append(statement(f"we stay {number} days", id=f"s{number}"))
        manifest = append(tmp_path, manifest, f"g{number}", live[-1:])

    assert manifest.segments[0] == large
    assert len(manifest.segments) <= MAX_SEGMENTS + 2
    assert_same(ShingleIndex.open(tmp_path, manifest, "9"), live)
