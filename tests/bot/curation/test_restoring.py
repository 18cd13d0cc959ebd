"""History and rollback: what each generation held, what going back changes, and forward again."""

from __future__ import annotations

from pathlib import Path

import pytest
from curating import DECISION, Desk, codes, found
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.corpora import StoredRecord
from bot.service import Service
from corpus.errors import UsageError
from corpus.store import Sighting, Source, Store


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Generation 1: a, b. 2: a has other words. 3: c is new."""
    desk = Desk(tmp_path)
    desk.add(a="2014\n\nWe march.", b="We stay.")
    desk.add(a="2014\n\nWe marched.")
    desk.add(c="2016\n\nWe vote.")
    return desk


def test_rollback_is_a_new_generation(desk: Desk) -> None:
    """
    Going back tells what is taken out and what has its earlier words, and an open process answers from it at once.
    """
    service = desk.open()
    assert found(service, "who marched?") == ["2014-001"]

    report = desk.curation.roll_back(1, DECISION)

    assert codes(report) == [("text_changed", "2014-001", "a.txt"), ("removed", "2016-001", "c.txt")]
    assert report.changed[0].detail == "… 2014 We [−marched.−] [+march.+]"
    assert (report.generation, report.applied) == (4, True)
    assert desk.texts() == {"2014-001": "2014\n\nWe march.", "undated-001": "We stay."}
    assert found(service, "who votes?") == []
    with pytest.raises(UsageError, match="taken out of the record by a rollback"):
        desk.curation.show("2016-001")


@pytest.mark.thorough
def test_forward_again(desk: Desk) -> None:
    """
    A rollback can be taken back by a rollback, with the same numbers and revisions.
    """
    before = desk.curation.list_statements()
    desk.curation.roll_back(1, DECISION)

    assert codes(desk.curation.roll_back(3, DECISION)) == [
        ("restored", "2016-001", "c.txt"),
        ("text_changed", "2014-001", "a.txt"),
    ]
    assert desk.curation.list_statements() == before


@pytest.mark.thorough
def test_refresh_goes_forward_again(desk: Desk) -> None:
    """
    After a rollback the next refresh brings the record to what stands at the sources, without new numbers or revisions,
    although no file changed since it was last read.
    """
    before = desk.curation.list_statements()
    desk.curation.roll_back(1, DECISION)

    report = desk.refresh()

    assert [(item.code, item.id) for item in (*report.added, *report.changed)] == [
        ("new", "2016-001"),
        ("text_changed", "2014-001"),
    ]
    assert desk.curation.list_statements() == before
    assert desk.texts()


def test_source_that_says_nothing_changed(desk: Desk) -> None:
    """
    A place that says by itself that nothing changed (304) brings back what it held when it was last read.
    """
    desk.curation.roll_back(1, DECISION)
    place = str(desk.folder / "c.txt")
    with Store.open(desk.data_dir) as store, store.writing() as txn:
        assert txn.put(*Sighting(Source("files", str(desk.folder)), place, None)).code == "new"
        txn.cancel()


def test_dry_run_only_tells(desk: Desk) -> None:
    """
    A dry run prints the same differences and changes nothing.
    """
    told = desk.curation.roll_back(1, DECISION, dry_run=True)

    assert (told.applied, told.refused, told.generation) == (False, "dry_run", 3)
    assert codes(told) == codes(desk.curation.roll_back(1, DECISION))


@pytest.mark.parametrize("number", [0, -1, 9])
def test_unknown_generation_is_said(desk: Desk, number: int) -> None:
    """
    A generation that never was is a usage error that names the last one.
    """
    with pytest.raises(UsageError, match=f"no generation {number}, the last is 3"):
        desk.curation.roll_back(number, DECISION)


def test_back_to_where_it_is(desk: Desk) -> None:
    """
    Going back to the live generation, or to one that holds the same, changes nothing.
    """
    desk.curation.hide("2014-001", DECISION)

    assert not desk.curation.roll_back(3, DECISION).applied
    assert desk.curation.status().generation == 4


def test_history_counts(desk: Desk) -> None:
    """
    Each generation tells by which verb it came, and how many statements are new, changed, missing or taken out.
    """
    desk.write(b=None)
    desk.refresh()
    desk.curation.roll_back(1, DECISION)

    rows = [
        (one.number, one.what, one.added, one.changed, one.missing, one.removed)
        for one in desk.curation.history().generations
    ]
    assert rows == [
        (5, "rollback", 0, 1, 0, 1),
        (4, "refresh", 0, 0, 1, 0),
        (3, "add", 1, 0, 0, 0),
        (2, "add", 0, 1, 0, 0),
        (1, "add", 2, 0, 0, 0),
    ]
    assert desk.curation.history().actions[0].detail == (1,)


@pytest.mark.thorough
def test_old_index_files_are_reclaimed(desk: Desk) -> None:
    """
    However many generations there are, index files of a few are kept, and any of them can be gone back to.
    """
    for number in range(12):
        desk.write(a=f"2014\n\nWe march for the {number}. time.")
        desk.refresh()

    folders = [path for path in (desk.data_dir / "index" / "passages").iterdir() if path.is_dir()]
    assert len(folders) < 12
    desk.curation.roll_back(1, DECISION)
    assert desk.texts() == {"2014-001": "2014\n\nWe march.", "undated-001": "We stay."}


STEPS = st.lists(
    st.sampled_from(("add", "change", "take", "hide", "unhide", "erase", "rollback", "refresh")), min_size=1, max_size=8
)


@pytest.mark.thorough
@settings(max_examples=5, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(steps=STEPS, data=st.data())
def test_any_course_of_events_is_sound(
    tmp_path_factory: pytest.TempPathFactory, steps: list[str], data: st.DataObject
) -> None:
    """
    Whatever is done in whatever order: store and index agree, an open process sees what a new one sees, and neither
    what is hidden nor what was erased is seen by anybody.
    """
    desk = Desk(tmp_path_factory.mktemp("desk"))
    desk.add(a="2014\n\nWe march.", b="We stay.")
    open_record = StoredRecord(desk.data_dir)
    files = {"a", "b"}
    for count, step in enumerate(steps):
        ids = [one.id for one in desk.curation.list_statements(hidden=True)]
        if step in ("add", "change"):
            name = f"n{count}" if step == "add" else data.draw(st.sampled_from(sorted(files)))
            files.add(name)
            desk.write(**{name: f"2015\n\nWe sing song {count}."})
        elif step == "take" and len(files) > 1:
            name = data.draw(st.sampled_from(sorted(files)))
            files.remove(name)
            desk.write(**{name: None})
        elif step == "refresh":
            desk.refresh()
        elif step == "rollback":
            desk.curation.roll_back(data.draw(st.integers(1, desk.curation.status().generation)), DECISION)
        elif step in ("hide", "unhide", "erase") and ids:
            getattr(desk.curation, step)(data.draw(st.sampled_from(ids)), DECISION)
        seen = desk.texts()
        assert seen.keys().isdisjoint(desk.curation.withheld())
        record = open_record.current()
        assert {id: one.text for id, one in record.catalog.statements.items()} == seen
        assert Service(open_record).overview().statements == len(seen)
