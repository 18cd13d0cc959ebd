"""Check: what disagrees between store and index is found and named, and nothing else is."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from curating import DECISION, Desk, read

from corpus.models import Statement
from retrieval.agreement import disagreements, lacking
from retrieval.structures import MemoryStructures


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.add(a="2014\n\nWe march.\n\n“We sing,”", b="We stay.")
    return desk


def execute(*statements: str) -> Callable[[Path], None]:
    """Damage the database by these."""

    def damage(data_dir: Path) -> None:
        with sqlite3.connect(data_dir / "corpus.sqlite3") as connection:
            connection.execute("PRAGMA foreign_keys = OFF")
            for statement in statements:
                connection.execute(statement)
        connection.close()

    return damage


def test_sound_corpus_has_no_problems(desk: Desk) -> None:
    """
    After every verb store and index agree.
    """
    desk.curation.hide("2014-001", DECISION)
    report = desk.curation.check()

    assert (report.problems, report.statements, report.generation) == ((), 1, 2)


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (
            execute("UPDATE revisions SET reading = replace(reading, 'We march', 'We starve')"),
            [("damaged", "store", "2014-001@1")],
        ),
        (
            execute("UPDATE revisions SET reading = '{' WHERE statement_id = '2014-001'"),
            [("damaged", "store", "2014-001@1")],
        ),
        (execute("DELETE FROM revisions WHERE statement_id = '2014-001'"), [("dangling", "store", "2014-001@1")]),
        (execute("DELETE FROM sources"), [("dangling", "store", "locators")] * 2),
        (
            execute("INSERT INTO withheld VALUES ('undated-001', 'erased', '2024', 'x', '', 0)"),
            [("not_erased", "store", "undated-001@1"), ("not_cleared", "store", "undated-001")],
        ),
        # The index still holds what the store has hidden.
        (
            execute("INSERT INTO withheld VALUES ('undated-001', 'hidden', '2024', 'x', '', 1)"),
            [("not_in_store", "passages", "undated-001@1:0-8"), ("not_in_store", "shingles", "undated-001@1")],
        ),
    ],
)
def test_damage_is_named(desk: Desk, damage: Callable[[Path], None], expected: list[tuple[str, str, str]]) -> None:
    """
    Each disagreement has its code, the part that has it, and the statement or passage.
    """
    damage(desk.data_dir)

    assert [(one.code, one.part, one.id) for one in desk.curation.check().problems] == expected


def test_missing_index_file_is_named(desk: Desk) -> None:
    """
    An index file that is missing or cut off is a problem of the check, and no crash.
    """
    file = next((desk.data_dir / "index" / "quotes").rglob("segment.bin"))
    file.write_bytes(file.read_bytes()[:-9])

    [problem] = desk.curation.check().problems
    assert (problem.code, problem.part) == ("unreadable", "index")


def test_every_difference_is_found() -> None:
    """
    A passage, quote or text that one side lacks, or has in other words, is found; the same statements agree.
    """
    reading = read("2014\n\nWe march.\n\n“We sing,”".encode(), "a.txt")
    one = Statement(id="2014-001", **dict(reading))
    other = one.model_copy(update={"text": one.text.replace("march", "dance")})
    stranger = one.model_copy(update={"id": "2014-002"})
    index = MemoryStructures([one], "1")

    assert list(disagreements([one], index)) == []
    assert [(found.code, found.part) for found in disagreements([other], index)] == [("other_text", "passages")]
    assert [(found.code, found.part) for found in disagreements([stranger, one], index)] == [
        *[("not_in_index", "passages")] * 3,
        ("not_in_index", "quotes"),
        ("not_in_index", "shingles"),
    ]
    assert [(found.code, found.part) for found in disagreements([], index)] == [
        *[("not_in_store", "passages")] * 3,
        ("not_in_store", "quotes"),
        ("not_in_store", "shingles"),
    ]


def test_what_an_index_lacks_is_found() -> None:
    """
    What a new index does not hold, or holds in other words, is found; what it holds beyond that does not matter.
    """
    reading = read("2014\n\nWe march.\n\n“We sing,”".encode(), "a.txt")
    one = Statement(id="2014-001", **dict(reading))
    other = one.model_copy(update={"text": one.text.replace("march", "dance")})
    stranger = one.model_copy(update={"id": "2014-002"})
    index = MemoryStructures([one], "1")

    assert list(lacking([], index)) == list(lacking([one], index)) == []
    assert [(found.code, found.part) for found in lacking([other], index)] == [("other_text", "passages")]
    assert {(found.code, found.part) for found in lacking([stranger], index)} == {
        ("not_in_index", "passages"),
        ("not_in_index", "quotes"),
        ("not_in_index", "shingles"),
    }
