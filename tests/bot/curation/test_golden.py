"""Golden questions: what the record answers stays answered, or nothing is applied."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from curating import DECISION, TODAY, Desk

from bot.curation.golden import read_golden, refuse_losses
from corpus.errors import UsageError

BRIDGE = "2014\n\nThe ferry council asks for a footbridge over the northern canal before winter."
LAMPS = "2015\n\nThe ferry council asks for lamps along the towpath."
ASKED = {"id": "bridge", "question": "What does the ferry council say about a footbridge over the northern canal?"}
NOWHERE = {"id": "moon", "question": "What does anybody say about astronauts and telescopes?"}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Generation 1: lamps. 2: the bridge is new."""
    desk = Desk(tmp_path)
    desk.add(b=LAMPS)
    desk.add(a=BRIDGE)
    return desk


def keep(desk: Desk, *rows: object) -> None:
    """Write golden questions."""
    (desk.data_dir / "golden.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")


def state(desk: Desk) -> object:
    """All that a refused change must leave as it is."""
    index = sorted(str(path) for path in (desk.data_dir / "index").rglob("*"))
    return desk.texts(), desk.curation.status(), desk.curation.history(), index


@pytest.mark.thorough
def test_refresh_that_loses_an_answer_is_refused(desk: Desk) -> None:
    """
    Where a question that was answered would be answered no more, nothing is applied, and its id is named.
    """
    keep(desk, ASKED, NOWHERE)
    desk.write(a="2014\n\nWe bake bread.")
    before = state(desk)

    refused = desk.refresh()

    assert (refused.applied, refused.refused, refused.lost, refused.generation) == (
        False,
        "golden_lost",
        ("bridge",),
        2,
    )
    assert refused.changed[0].code == "text_changed"
    assert state(desk) == before


def test_accepted_losses_are_applied(desk: Desk) -> None:
    """
    What was refused is applied when the loss is accepted, and is no loss from then on.
    """
    keep(desk, ASKED)
    desk.write(a="2014\n\nWe bake bread.")

    done = desk.curation.refresh(when=TODAY, by="tester", accept_golden=True)

    assert (done.applied, done.refused, done.lost) == (True, None, ())
    desk.write(a="2014\n\nWe bake cakes.")
    assert desk.refresh().applied


def test_other_changes_are_applied(desk: Desk) -> None:
    """
    Where everything is still answered, and where it was not answered before either, a change is applied.
    """
    keep(desk, ASKED, NOWHERE)
    desk.write(b="2015\n\nThe ferry council asks for benches.", c="2016\n\nThe harbor market opens.")

    assert desk.refresh().applied


def test_expected_statement_must_still_be_shown(desk: Desk) -> None:
    """
    An answer from another statement is a loss where a statement is named, and none where no or another one is.
    """
    keep(desk, ASKED, {**ASKED, "id": "named", "statement": "2014-001"}, {**ASKED, "id": "x", "statement": "1999-001"})
    desk.write(a="2014\n\nWe bake bread.", c=BRIDGE.replace("2014", "2016").replace("before winter", "by spring"))

    assert desk.refresh().lost == ("named",)


def test_rollback_is_refused(desk: Desk) -> None:
    """
    Going back to before an answer is a loss like any other.
    """
    keep(desk, ASKED)
    before = state(desk)

    refused = desk.curation.roll_back(1, DECISION)

    assert (refused.applied, refused.refused, refused.lost) == (False, "golden_lost", ("bridge",))
    assert state(desk) == before
    assert desk.curation.roll_back(1, DECISION, accept_golden=True).applied


def test_addition_is_refused(desk: Desk, tmp_path: Path) -> None:
    """
    New words at a known place are a loss too when they are added again.
    """
    keep(desk, ASKED)
    before = state(desk)

    refused = desk.add(a="2014\n\nWe bake bread.")

    assert (refused.applied, refused.refused, refused.lost) == (False, "golden_lost", ("bridge",))
    assert state(desk) == before
    assert desk.curation.add([desk.folder], when=TODAY, by="tester", accept_golden=True).applied


@pytest.mark.thorough
def test_import_is_refused(desk: Desk, tmp_path: Path) -> None:
    """
    An export that hides what answers a golden question is not brought in.
    """
    there = Desk(tmp_path / "there")
    there.add(b=LAMPS)
    there.add(a=BRIDGE)
    there.curation.hide("2014-001", DECISION)
    there.curation.export(tmp_path / "record.jsonl", with_hidden=True)
    keep(desk, ASKED)
    before = state(desk)

    refused = desk.curation.import_(tmp_path / "record.jsonl", DECISION)

    assert (refused.refused, refused.lost, refused.statements) == ("golden_lost", ("bridge",), 2)
    assert state(desk) == before
    assert desk.curation.import_(tmp_path / "record.jsonl", DECISION, accept_golden=True).lost == ()
    assert desk.texts().keys() == {"2015-001"}


@pytest.mark.parametrize("verb", ["hide", "erase"])
def test_decisions_always_work(desk: Desk, verb: str) -> None:
    """
    A statement can be hidden or erased whatever question it answers.
    """
    keep(desk, ASKED, "no row at all")

    assert getattr(desk.curation, verb)("2014-001", DECISION).applied


def test_hidden_answers_are_no_loss(desk: Desk) -> None:
    """
    What the record does not answer because it is hidden is not asked for.
    """
    keep(desk, ASKED)
    desk.curation.hide("2014-001", DECISION)
    desk.write(c="2016\n\nThe harbor market opens.")

    assert desk.refresh().applied


def test_file_of_evaluation_is_read(desk: Desk) -> None:
    """
    A questions file of `evaluate answers` may be taken as it is: other keys, checked quotations, earlier questions.
    """
    earlier = {"id": "more", "question": "and lamps?", "previous": [ASKED["question"]], "kind": "answerable"}
    keep(desk, {**ASKED, "gold_files": ["a.txt"]}, {"id": "V1", "kind": "verify", "quote": "we bake"}, earlier)
    desk.write(a="2014\n\nWe bake bread.")

    assert desk.refresh().lost == ("bridge",)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"id": "b"', "line 3: this is not JSON"),
        ('["b", "c"]', "line 3: a row should be"),
        ('{"id": 7, "question": "marker?"}', "line 3: a row should be"),
        ('{"id": "b", "question": " "}', "line 3: a row should be"),
        ('{"id": "bridge", "question": "marker?"}', "line 3: an earlier line has the same id"),
        ('{"id": "b", "question": "marker?", "statement": 7}', 'line 3: "statement" should be a record number'),
        ('{"id": "b", "question": "marker?", "previous": "marker"}', 'line 3: "previous" should be a list'),
        ('{"id": "b", "question": "' + "marker " * 400 + '"}', "line 3: a question has up to 2,000"),
    ],
)
def test_bad_file_is_said(desk: Desk, line: str, said: str) -> None:
    """
    A line that is no question stops everything before anything is read, and is named without its words.
    """
    (desk.data_dir / "golden.jsonl").write_text(f"{json.dumps(ASKED)}\n\n{line}\n", "utf-8")

    with pytest.raises(UsageError, match=said) as raised:
        desk.refresh(dry_run=True)
    assert "marker" not in str(raised.value)
    assert desk.curation.refresh(when=TODAY, by="tester", accept_golden=True).same == 2


def test_file_that_is_no_text(desk: Desk) -> None:
    """
    A file in another encoding is said to be so.
    """
    (desk.data_dir / "golden.jsonl").write_bytes("{'id': 'año'}".encode("latin-1"))

    with pytest.raises(UsageError, match=r"golden\.jsonl cannot be read \(it is not UTF-8 text\)"):
        desk.add(c="2016\n\nThe harbor market opens.")


def test_nothing_is_asked_without_questions(desk: Desk) -> None:
    """
    Without golden questions neither the record nor an index is looked at.
    """
    untouchable: Any = object()

    assert read_golden(desk.data_dir) == ()
    assert refuse_losses(untouchable, untouchable, "", (), TODAY) == ()


def test_first_addition_loses_nothing(tmp_path: Path) -> None:
    """
    Nothing can be lost of an empty record.
    """
    desk = Desk(tmp_path)
    desk.data_dir.mkdir()
    keep(desk, ASKED)

    assert desk.add(a=BRIDGE).applied
