"""Corrections in the record: laid over what was read, kept through refresh and rollback, text and number untouched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from curating import DECISION, TODAY, Desk, found

from bot.curation import Moderated
from corpus.corrections import Correction, read_date, read_furniture, read_organizations, read_speaker, read_title
from corpus.errors import BadDateError, UsageError
from corpus.models import Statement
from retrieval.models import AskRequest, QuoteRequest

HARBOR = "2014\n\nThe harbor wall is high.\n\n“Lanterns for the ferry now,”\n\nIda Moor left early."


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.add(a=HARBOR, b="2016\n\nThe river road has no lamps.")
    return desk


def correct(desk: Desk, read: Callable[[Statement], Sequence[Correction]], *, dry_run: bool = False) -> Moderated:
    return desk.curation.correct("2014-001", read, DECISION, dry_run=dry_run)


def test_date_is_corrected(desk: Desk) -> None:
    """
    A corrected date holds from the next question for filters and citations, says that a moderator gave it, and leaves
    the record number as it is.
    """
    service = desk.open()
    question = AskRequest(question="harbor wall", since="2015")
    assert service.ask(question, today=TODAY).excerpts == ()

    made = correct(desk, lambda _: [read_date("2015-03")])

    [change] = made.changes
    assert (change.field, change.before, change.after, made.generation) == ("date", "2014", "2015-03", 2)
    [excerpt] = service.ask(question, today=TODAY).excerpts[:1]
    cited = excerpt.statement
    assert (cited.id, cited.date, cited.date_precision, cited.date_evidence) == (
        "2014-001",
        "2015-03",
        "month",
        "moderator",
    )


def test_title_and_organizations_are_corrected(desk: Desk) -> None:
    """
    Title and issuers are those of the moderator, for readers and for filters.
    """
    correct(desk, lambda _: [read_title("A night  walk"), read_organizations(["Cedar Lane Workers"])])

    shown = desk.curation.show("2014-001")
    assert (shown.title, shown.organizations, shown.text) == ("A night walk", ("Cedar Lane Workers",), HARBOR)
    asked = AskRequest(question="wall", organization="Cedar Lane Workers")
    assert [one.statement.id for one in desk.open().ask(asked, today=TODAY).excerpts] == ["2014-001"]


def test_speaker_is_corrected(desk: Desk) -> None:
    """
    A quote is said by whom the moderator names, as the statement prints the name; or by nobody who can be named.
    """
    service = desk.open()
    correct(desk, lambda one: read_speaker("lanterns for the=ida moor", one))

    assert [quote.speaker.name for quote in desk.curation.show("2014-001").quotes if quote.speaker] == ["Ida Moor"]
    assert len(service.quote(QuoteRequest(speaker="Ida Moor"), today=TODAY).quotes) == 1
    assert service.quote(QuoteRequest(speaker="Ferrol"), today=TODAY).quotes == ()

    correct(desk, lambda one: read_speaker("Lanterns=", one))
    assert [quote.speaker for quote in desk.curation.show("2014-001").quotes] == [None]
    assert desk.texts()


@pytest.mark.thorough
def test_furniture_is_corrected(desk: Desk) -> None:
    """
    A paragraph that a moderator calls furniture answers nothing any more, and no other paragraph gets another number.
    """
    service = desk.open()
    assert found(service, "harbor wall") == ["2014-001"]

    correct(desk, lambda one: [read_furniture(2, one)])

    assert found(service, "harbor wall") == []
    assert found(service, "who left early?") == ["2014-001"]
    assert desk.texts()["2014-001"] == HARBOR


def test_correction_survives_refresh_and_rollback(desk: Desk) -> None:
    """
    A corrected statement stays corrected when its text changes and when the record goes back.
    """
    correct(desk, lambda one: [read_date("2015"), *read_speaker("Lanterns=Ida Moor", one)])
    desk.write(a=HARBOR.replace("high", "low"))
    desk.refresh()
    after_refresh = desk.curation.show("2014-001")
    desk.curation.roll_back(1, DECISION)
    after_rollback = desk.curation.show("2014-001")

    for one, revision in ((after_refresh, 2), (after_rollback, 1)):
        speakers = [quote.speaker.name for quote in one.quotes if quote.speaker]
        assert (one.date, one.revision, speakers) == ("2015", revision, ["Ida Moor"])
    assert desk.texts()["2014-001"] == HARBOR


def test_dry_run_only_tells(desk: Desk) -> None:
    """
    A dry run tells what would change and changes nothing; a correction that says what stands there is none.
    """
    told = correct(desk, lambda _: [read_date("2015")], dry_run=True)
    same = correct(desk, lambda _: [read_date("2014")])

    assert ([change.after for change in told.changes], told.applied) == (["2015"], False)
    assert (same.changes, same.applied) == ((), False)
    assert desk.curation.status().generation == 1
    assert desk.curation.show("2014-001").date == "2014"


@pytest.mark.parametrize(
    ("read", "said"),
    [
        (lambda _: [read_title(" ")], "A title has from 1 to 500"),
        (lambda _: [read_organizations(["x" * 501])], "An organization has from 1 to 500"),
        (lambda one: read_speaker("Lanterns", one), "no quote and name"),  # no "="
        (lambda one: read_speaker("Nobody said this=Ida Moor", one), "No quote begins"),
        (lambda one: read_speaker("Lanterns=Otto Brasa", one), "does not print the name"),
        (lambda one: [read_furniture(9, one)], "paragraphs 1 to 4"),
    ],
)
def test_wrong_correction_is_said(desk: Desk, read: Callable[[Statement], list[Correction]], said: str) -> None:
    """
    A correction that does not fit the statement is refused in one line, and nothing changes.
    """
    with pytest.raises(UsageError, match=said):
        correct(desk, read)
    assert desk.curation.status().generation == 1


@pytest.mark.parametrize("words", ["2014-13", "2014-02-30", "14", "yesterday", "", "2014-1-1", "2014-001"])
def test_no_date_is_refused(words: str) -> None:
    """
    What is no year, month or day of the calendar is no date.
    """
    with pytest.raises(BadDateError):
        read_date(words)


def test_undated_by_a_moderator() -> None:
    """
    A date that is wrong and unknown can be taken away.
    """
    assert read_date("none") == Correction("date", "", None)
