"""Hide and unhide: out of every surface from the next question, and back; whatever is read meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest
from curating import DECISION, TODAY, Desk, codes, found

from corpus.errors import UsageError
from retrieval.models import QuoteRequest, TimelineRequest, VerifyRequest

LANTERNS = "2014\n\nThe ferry carries zinnia lanterns.\n\n“Lanterns for the ferry now,”"
ROAD = "2015\n\nThe river road has no lamps."


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.add(a=LANTERNS, b=ROAD, c="The harbor wall is high.")
    return desk


def test_hidden_is_out_of_every_surface(desk: Desk) -> None:
    """
    From the next question of a process that is open, a hidden statement is in no answer, quote, check, timeline, list,
    count, name or word that is known.
    """
    service = desk.open()
    assert found(service, "zinnia lanterns") == ["2014-001"]

    made = desk.curation.hide("2014-001", DECISION)

    assert (made.applied, made.ids, made.generation) == (True, ("2014-001",), 2)
    record = service._source.current()
    assert found(service, "zinnia lanterns") == []
    assert service.quote(QuoteRequest(speaker="Ferrol"), today=TODAY).quotes == ()
    assert service.verify(VerifyRequest(text="The ferry carries zinnia lanterns")).verdict == "not_found"
    assert service.timeline(TimelineRequest(topic="lanterns"), today=TODAY).total == 0
    with pytest.raises(UsageError):
        service.statement("2014-001")
    assert service.overview().statements == 2
    assert "zinnia" not in record.structures.passages.surfaces("en")
    assert "zinnia" not in record.structures.passages.vocabulary("en")
    assert record.catalog.names.all("speaker") == []
    assert set(desk.texts()) == {"2015-001", "undated-001"}
    assert desk.curation.status().statements == 2
    with pytest.raises(UsageError, match="is hidden since 2024-05-01"):
        desk.curation.show("2014-001")


def test_unhidden_is_back(desk: Desk) -> None:
    """
    Unhiding brings back what was hidden, as it is now at its source.
    """
    before = desk.texts()
    desk.curation.hide("2014-001", DECISION)
    desk.write(a=LANTERNS.replace("zinnia", "paper"))
    desk.refresh()
    assert "2014-001" not in desk.texts()

    service = desk.open()
    made = desk.curation.unhide("2014-001", DECISION)

    assert (made.applied, made.ids) == (True, ("2014-001",))
    assert desk.texts() == before | {"2014-001": LANTERNS.replace("zinnia", "paper")}
    assert found(service, "paper lanterns") == ["2014-001"]


def test_moderators_see_what_is_hidden(desk: Desk) -> None:
    """
    A moderator who asks for it sees hidden statements, with who hid them and why.
    """
    desk.curation.hide("2014-001", DECISION)

    assert desk.curation.show("2014-001", hidden=True).text == LANTERNS
    assert [one.id for one in desk.curation.list_statements(hidden=True)] == ["2014-001", "2015-001", "undated-001"]
    withheld = desk.curation.withheld()["2014-001"]
    assert (withheld.kind, withheld.author, withheld.reason) == ("hidden", "tester", "asked by mail")


@pytest.mark.thorough
def test_hidden_words_stay_hidden_elsewhere(desk: Desk) -> None:
    """
    The words of a hidden statement stay hidden at a new place, in place of another statement, and when they change at
    the new place.
    """
    desk.curation.hide("2014-001", DECISION)

    desk.write(z=f"{LANTERNS} -- Menu", b=LANTERNS)
    assert codes(desk.refresh()) == [
        ("hidden_earlier", "2014-001", "b.txt"),
        ("hidden_earlier", "2014-001", "z.txt"),
    ]
    assert codes(desk.refresh()) == []
    assert desk.texts() == {"2015-001": ROAD, "undated-001": "The harbor wall is high."}
    desk.write(z=LANTERNS.replace("zinnia", "paper"))
    assert codes(desk.refresh()) == [("hidden_earlier", "2014-002", "z.txt")]
    desk.write(z=LANTERNS.replace("zinnia", "glass"))
    assert codes(desk.refresh()) == [("text_changed", "2014-002", "z.txt")]
    assert set(desk.texts()) == {"2015-001", "undated-001"}

    assert desk.curation.unhide("2014-001", DECISION).ids == ("2014-001",)
    assert codes(desk.refresh()) == [("text_changed", "2015-001", "b.txt")]


@pytest.mark.thorough
def test_same_words_are_hidden_together(desk: Desk) -> None:
    """
    Two statements that say the very same by now are hidden and shown together.
    """
    desk.write(b=LANTERNS)
    desk.refresh()

    assert desk.curation.hide("2014-001", DECISION).ids == ("2014-001", "2015-001")
    assert set(desk.texts()) == {"undated-001"}
    assert desk.curation.unhide("2015-001", DECISION).ids == ("2014-001", "2015-001")


@pytest.mark.thorough
def test_hidden_survives_rollback(desk: Desk) -> None:
    """
    Going back to a generation in which a statement was not hidden does not show it.
    """
    desk.curation.hide("2014-001", DECISION)
    desk.write(b=ROAD.replace("no", "two"))
    desk.refresh()

    desk.curation.roll_back(1, DECISION)

    assert desk.texts() == {"2015-001": ROAD, "undated-001": "The harbor wall is high."}


def test_all_hidden_is_not_the_sample(desk: Desk) -> None:
    """
    Where every statement is hidden nothing answers; the sample is for a record that never held anything.
    """
    for id in desk.texts():
        desk.curation.hide(id, DECISION)
    service = desk.open()

    assert not service.is_sample
    assert found(service, "lanterns") == []
    assert service.overview().statements == 0


def test_hiding_again_changes_nothing(desk: Desk) -> None:
    """
    Hiding what is hidden, or showing what is shown, opens no generation.
    """
    desk.curation.hide("2014-001", DECISION)

    assert not desk.curation.hide("2014-001", DECISION).applied
    assert not desk.curation.unhide("2015-001", DECISION).applied
    assert desk.curation.status().generation == 2


@pytest.mark.parametrize("id", ["2014-009", "", "x"])
def test_unknown_number_is_said(desk: Desk, id: str) -> None:
    """
    An unknown record number is a usage error that names it, and changes nothing.
    """
    with pytest.raises(UsageError, match="There is no statement"):
        desk.curation.hide(id, DECISION)
    assert desk.curation.status().generation == 1


def test_every_decision_is_in_the_history(desk: Desk) -> None:
    """
    History tells who did what, when, to which statement and why.
    """
    desk.curation.hide(" 2014-001 ", DECISION)
    desk.curation.unhide("2014-001", DECISION)

    history = desk.curation.history()
    assert [(one.what, one.id, one.by, one.when, one.reason) for one in history.actions[:2]] == [
        ("unhide", "2014-001", "tester", "2024-05-01", "asked by mail"),
        ("hide", "2014-001", "tester", "2024-05-01", "asked by mail"),
    ]
    assert [(one.number, one.what) for one in history.generations] == [(3, "unhide"), (2, "hide"), (1, "add")]
