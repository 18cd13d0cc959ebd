"""Sources: what moderators say of them, when they are read, since when they fail, and what that leaves untouched."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from curating import DECISION, Desk, codes, read

from bot.curation import Curation, Report, Which
from bot.curation.judging import is_small
from bot.curation.reports import ReportItem
from corpus.errors import UsageError

ADDED = dt.datetime(2024, 5, 1, 9, 0, tzinfo=dt.UTC)
DUE = Which(due=True)
# What a source has since schema 4, and an export since format 2.
LATER = ("name", "organization", "language", "licence", "every_h", "failing_since", "told")
LABELS: dict[str, str | int | None] = {"name": "Valley feed", "every_h": 168}


class TwoFolders(Desk):
    """Source 1 is `statements`, source 2 is `letters`; both were added at `ADDED`."""

    def __init__(self, tmp_path: Path) -> None:
        super().__init__(tmp_path)
        self.letters = tmp_path / "letters"
        self.letters.mkdir()
        self.write(a="2014\n\nWe march.", b="2014\n\nWe stay.")
        (self.letters / "c.txt").write_text("2015\n\nWe vote.")
        self.curation.add([self.folder, self.letters], when=ADDED, by="tester")

    def refreshed(self, hours: float, which: Which = DUE, *, if_small: bool = False) -> Report:
        """A refresh so many hours after they were added."""
        when = ADDED + dt.timedelta(hours=hours)
        return self.curation.refresh(when=when, by="tester", which=which, if_small=if_small)

    def fared(self, number: int) -> dict[str, Any]:
        """How a source fares."""
        return self.curation.status().sources[number - 1].model_dump()


@pytest.fixture
def desk(tmp_path: Path) -> TwoFolders:
    return TwoFolders(tmp_path)


def test_labels_are_kept_and_noted(desk: TwoFolders) -> None:
    """
    What a moderator says of a source stands in the status and in the history, and changes no statement.
    """
    made = desk.curation.label(1, {**LABELS, "organization": "Casa Laurel"}, DECISION)
    again = desk.curation.label(1, LABELS, DECISION)
    [action, *_] = desk.curation.history().actions

    assert (made.applied, again.applied) == (True, False)
    assert [(change.field, change.before, change.after) for change in made.changes] == [
        ("name", None, "Valley feed"),
        ("every_h", None, 168),
        ("organization", None, "Casa Laurel"),
    ]
    assert desk.fared(1) | {"name": "Valley feed", "organization": "Casa Laurel", "every_h": 168} == desk.fared(1)
    assert (action.what, action.by, action.reason, action.detail[0]["place"]) == (
        *("source", "tester", "asked by mail"),
        str(desk.folder),
    )
    assert desk.curation.status().generation == 1
    assert desk.curation.show("2014-001").organizations == ()


def test_labels_may_be_said_at_once(desk: TwoFolders, tmp_path: Path) -> None:
    """
    Who adds a source may say what it is called and how often it is read.
    """
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "d.txt").write_text("We sing.")

    desk.curation.add([tmp_path / "more"], when=ADDED, by="tester", labels=LABELS)

    assert (desk.fared(3)["name"], desk.fared(3)["next"]) == ("Valley feed", "2024-05-08T09:00:00+00:00")


def test_unknown_sources_are_refused(desk: TwoFolders) -> None:
    """
    A number that no source has is named, and nothing is read or said.
    """
    with pytest.raises(UsageError, match="no source 7"):
        desk.curation.label(7, LABELS, DECISION)
    with pytest.raises(UsageError, match="no source 7, 9"):
        desk.refreshed(30, Which(ids=frozenset({1, 9, 7})))


@pytest.mark.parametrize(
    ("every_h", "hours", "is_read"),
    [
        (None, 23.9, False),
        (None, 24, True),
        (6, 5.9, False),
        (6, 6, True),
        (168, 167, False),
        (168, 168, True),
        (0, 90_000, False),
    ],
)
def test_sources_are_read_in_their_time(desk: TwoFolders, every_h: int | None, hours: float, is_read: bool) -> None:
    """
    A source is due when its hours have passed since it was last tried, a day where nobody said; "never" never.
    """
    desk.curation.label(1, {"every_h": every_h}, DECISION)
    desk.curation.label(2, {"every_h": 0}, DECISION)

    report = desk.refreshed(hours)

    assert (report.refused, report.same) == ((None, 2) if is_read else ("nothing_due", 0))


def test_next_is_reckoned_from_the_last_try(desk: TwoFolders) -> None:
    """
    Success and failure both count as a try; without a schedule there is no next time.
    """
    desk.refreshed(30, Which(ids=frozenset({1})))
    (desk.letters / "c.txt").unlink()
    desk.letters.rmdir()
    desk.refreshed(31, Which(ids=frozenset({2})))
    desk.curation.label(1, {"every_h": 0}, DECISION)

    assert (desk.fared(1)["next"], desk.fared(2)["next"]) == (None, "2024-05-03T16:00:00+00:00")


def test_only_these_are_read(desk: TwoFolders) -> None:
    """
    A refresh of one source finds what is new, changed and missing there, and leaves the others as they were.
    """
    desk.write(a="2014\n\nWe marched.", new="We sing.")
    (desk.letters / "c.txt").write_text("2015\n\nWe voted.")

    report = desk.refreshed(1, Which(ids=frozenset({1})))

    assert codes(report) == [("new", "undated-001", "new.txt"), ("text_changed", "2014-001", "a.txt")]
    assert desk.texts()["2015-001"] == "2015\n\nWe vote."
    assert desk.fared(2)["last_success"] == ADDED.isoformat()


def test_missing_is_said_of_what_was_read(desk: TwoFolders) -> None:
    """
    What is gone from a source that was not read is not missing; what is gone from one that was is.
    """
    for number in range(20):
        (desk.folder / f"f{number}.txt").write_text(f"The road has {number} lamps.")
    desk.refreshed(1)
    desk.refreshed(2, Which(ids=frozenset({1})))
    desk.write(b=None)
    (desk.letters / "c.txt").unlink()
    (desk.letters / "d.txt").write_text("We sing.")

    assert codes(desk.refreshed(3, Which(ids=frozenset({2})))) == [
        ("new", "undated-021", "d.txt"),
        ("missing", "2015-001", "c.txt"),
    ]
    assert codes(desk.refreshed(4, Which(ids=frozenset({1})))) == [("missing", "2014-002", "b.txt")]


def test_each_source_goes_forward_after_a_rollback(desk: TwoFolders) -> None:
    """
    After a rollback every source goes forward again, also those that a later refresh reads.
    """
    desk.write(a="2014\n\nWe marched.")
    (desk.letters / "c.txt").write_text("2015\n\nWe voted.")
    desk.refreshed(30)
    desk.curation.roll_back(1, DECISION)

    assert codes(desk.refreshed(31, Which(ids=frozenset({2})))) == [("text_changed", "2015-001", "c.txt")]
    assert codes(desk.refreshed(32, Which(ids=frozenset({1})))) == [("text_changed", "2014-001", "a.txt")]


def test_small_changes_are_applied(desk: TwoFolders) -> None:
    """
    With `if_small` a change of up to twenty new statements is applied.
    """
    for number in range(20):
        (desk.folder / f"f{number}.txt").write_text(f"The road has {number} lamps.")

    assert desk.refreshed(24, if_small=True).applied
    assert desk.curation.status().generation == 2


def test_large_changes_wait(desk: TwoFolders) -> None:
    """
    A large change is reported and not applied; that the sources were read is noted, so that they are not due at once,
    and the next refresh without `if_small` finds all of it.
    """
    desk.write(a="2014\n\nWe marched.")

    waiting = desk.refreshed(24, if_small=True)

    assert (waiting.applied, waiting.refused, len(waiting.changed)) == (False, "not_small", 1)
    assert desk.texts()["2014-001"] == "2014\n\nWe march."
    assert desk.refreshed(25).refused == "nothing_due"
    assert codes(desk.refreshed(26, Which())) == [("text_changed", "2014-001", "a.txt")]


ITEM = ReportItem(source="s", locator="l", code="new")


@pytest.mark.parametrize(
    ("standing", "new", "changed", "missing", "small"),
    [
        (100, 0, 0, 0, True),
        (100, 20, 10, 0, True),
        (100, 20, 5, 5, True),
        (100, 0, 6, 5, False),
        (100, 21, 0, 0, False),
        (300, 30, 0, 0, True),
        (300, 31, 0, 0, False),
        (9, 0, 1, 0, False),
        (0, 20, 0, 0, True),
    ],
)
def test_what_is_small(standing: int, new: int, changed: int, missing: int, small: bool) -> None:
    """
    No more than a tenth changed or missing, and no more than twenty or a tenth new; copies do not count.
    """
    copies = tuple(ITEM.model_copy(update={"code": code}) for code in ("duplicate_of", "hidden_earlier")) * 40
    report = Report(
        generation=1,
        applied=True,
        added=(ITEM,) * new + copies,
        changed=(ITEM.model_copy(update={"code": "text_changed"}),) * changed
        + (ITEM.model_copy(update={"code": "found_again"}),) * 40,
        missing=(ITEM.model_copy(update={"code": "missing"}),) * missing,
    )

    assert is_small(report, standing) is small


def test_failing_since_the_first_failure(desk: TwoFolders) -> None:
    """
    A source is failing since its first failure, until it is read again.
    """
    lost = desk.letters.rename(desk.letters.with_name("elsewhere"))
    for hours in (24, 48):
        desk.refreshed(hours)
    failing = desk.fared(2)
    lost.rename(desk.letters)
    desk.refreshed(72)

    assert failing["failing_since"] == "2024-05-02T09:00:00+00:00"
    assert (failing["last_failure"], failing["code"]) == ("2024-05-03T09:00:00+00:00", "not_found")
    assert (desk.fared(2)["failing_since"], desk.fared(2)["code"]) == (None, None)


def test_earlier_records_are_brought_up(desk: TwoFolders) -> None:
    """
    In a record of schema 3 a source that fails has been failing since its last failure; nobody has said anything of it.
    """
    desk.letters.rename(desk.letters.with_name("elsewhere"))
    desk.refreshed(24)
    with sqlite3.connect(desk.data_dir / "corpus.sqlite3") as connection:
        for column in LATER:
            connection.execute(f"ALTER TABLE sources DROP COLUMN {column}")
        connection.execute("PRAGMA user_version = 3")
    connection.close()

    assert desk.fared(1) | dict.fromkeys(LATER[:5]) == desk.fared(1)
    assert [desk.fared(number)["failing_since"] for number in (1, 2)] == [None, "2024-05-02T09:00:00+00:00"]


def test_sources_go_there_and_back(desk: TwoFolders, tmp_path: Path) -> None:
    """
    What is said of sources and how they fare is exported, and imported as it was.
    """
    desk.letters.rename(desk.letters.with_name("elsewhere"))
    desk.refreshed(24)
    desk.curation.label(1, {**LABELS, "language": "en, es", "licence": "CC BY 4.0"}, DECISION)
    with desk.store() as store, store.writing() as txn:
        txn.mark_told([2], told=True)
    desk.curation.export(tmp_path / "first.jsonl", with_hidden=True)
    other = Curation(tmp_path / "other", read=read)

    other.import_(tmp_path / "first.jsonl", DECISION)
    other.export(tmp_path / "second.jsonl", with_hidden=True)

    assert (tmp_path / "second.jsonl").read_bytes() == (tmp_path / "first.jsonl").read_bytes()
    assert other.status().sources == desk.curation.status().sources


def test_import_fills_what_nobody_said(desk: TwoFolders, tmp_path: Path) -> None:
    """
    Into a record that holds sources an import brings new ones as they are, and of known ones only what nobody says.
    """
    desk.curation.label(1, LABELS, DECISION)
    desk.curation.label(2, {"name": "Letters"}, DECISION)
    desk.curation.export(tmp_path / "all.jsonl", with_hidden=True)
    other = Desk(tmp_path / "other")
    other.curation.add([desk.folder], when=ADDED, by="tester", labels={"name": "Our name"})

    other.curation.import_(tmp_path / "all.jsonl", DECISION)

    assert [(one.name, one.every_h, one.last_success) for one in other.curation.status().sources] == [
        ("Our name", 168, ADDED.isoformat()),
        ("Letters", None, ADDED.isoformat()),
    ]


def test_exports_of_format_1_are_read(desk: TwoFolders, tmp_path: Path) -> None:
    """
    An export that was made before sources had names is brought in all the same.
    """
    desk.curation.export(tmp_path / "all.jsonl", with_hidden=True)
    rows = [json.loads(line) for line in (tmp_path / "all.jsonl").read_text("utf-8").splitlines()]
    rows[0]["format"] = 1
    old = [{key: value for key, value in row.items() if row["record"] != "source" or key not in LATER} for row in rows]
    (tmp_path / "old.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in old), "utf-8")
    other = Curation(tmp_path / "other", read=read)

    other.import_(tmp_path / "old.jsonl", DECISION)

    assert other.status().sources == desk.curation.status().sources


@pytest.mark.parametrize(
    "wrong",
    [{"last_success": "yesterday"}, {"failing_since": "9999-12-31"}, {"every_h": 9_000}, {"told": 2}, {"name": 7}],
)
def test_bad_sources_are_refused(desk: TwoFolders, tmp_path: Path, wrong: dict[str, Any]) -> None:
    """
    An import of what is no moment, no schedule or no name is refused before anything is changed.
    """
    desk.curation.export(tmp_path / "all.jsonl", with_hidden=True)
    rows = [json.loads(line) for line in (tmp_path / "all.jsonl").read_text("utf-8").splitlines()]
    next(row for row in rows if row["record"] == "source").update(wrong)
    (tmp_path / "bad.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")

    with pytest.raises(UsageError, match=r"^Line 2 of the export"):
        Curation(tmp_path / "other", read=read).import_(tmp_path / "bad.jsonl", DECISION)


@pytest.mark.thorough
def test_news_is_what_came_first(desk: TwoFolders, tmp_path: Path) -> None:
    """
    News are the first revisions that an addition or a refresh brought: no copy, nothing hidden, nothing corrected,
    taken back, brought back or imported.
    """
    desk.write(copy="2014\n\nWe stay.", d="2016\n\nWe sing.", e="We dance.", f="2016\n\nWe rest.")
    desk.refreshed(24)
    desk.curation.hide("2016-002", DECISION)
    desk.write(a="2014\n\nWe marched.")
    desk.refreshed(48)
    desk.curation.roll_back(2, DECISION)
    desk.refreshed(72)
    desk.curation.export(tmp_path / "all.jsonl", with_hidden=True)
    other = Desk(tmp_path / "other")
    other.curation.import_(tmp_path / "all.jsonl", DECISION)

    with desk.store() as store, other.store() as imported:
        assert [(one.generation, one.ids) for one in store.arrivals(1)] == [(2, ("2016-001", "undated-001"))]
        assert [one.generation for one in store.arrivals(0)] == [1, 2]
        assert imported.arrivals(0) == []
