"""The store: record numbers, revisions, copies, one writer, many readers, and what damage looks like."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from warm.starting import COLD

from corpus.corrections import read_title
from corpus.errors import BusyError, StoreError, UsageError
from corpus.models import Reading, Span
from corpus.store import Decision, Item, Source, Store
from corpus.store.lock import LOCK_FILE, writer_lock

ROOT = Path(__file__).parents[2]
SCHEMA_1 = ROOT / "tests/fixtures/schema-1.sqlite3"
FOLDER = Source("files", "/statements")
TODAY = dt.date(2024, 5, 1)


def reading(words: str, *, furniture: str = "", date: str | None = "2014-09-10", file: str = "a.txt") -> Reading:
    """A reading whose body is `words`, with something under it that is not the statement."""
    return Reading(file=file, title="A title", date=date, text=f"{words}\n\n{furniture}", body=(Span(0, len(words)),))


def put(store: Store, locator: str, *readings: Reading) -> list[Item]:
    """Store readings at one place, each in a command of its own."""
    items = []
    for one in readings:
        with store.writing() as txn:
            items.append(txn.put(FOLDER, locator, one))
            if items[-1].code in ("new", "text_changed"):
                txn.publish("{}", when=TODAY, by="tester")
    return items


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "data", create=True) as opened:
        yield opened


def test_first_statement_gets_number(store: Store) -> None:
    """
    A record number is the year known when the statement is first stored, and the next number of that year.
    """
    assert put(store, "/statements/a.txt", reading("We march.")) == [Item("new", "2014-001", 1)]
    assert put(store, "/statements/b.txt", reading("We stay.")) == [Item("new", "2014-002", 1)]
    assert put(store, "/statements/c.txt", reading("We vote.", date="2016-05")) == [Item("new", "2016-001", 1)]
    assert put(store, "/statements/d.txt", reading("We wait.", date=None)) == [Item("new", "undated-001", 1)]


@pytest.mark.parametrize(
    ("first", "then", "expected"),
    [
        (reading("We march."), reading("We march."), ("same", 1)),  # read again
        (reading("We march."), reading("We march.", furniture="Share this"), ("same", 1)),  # a new footer
        (reading("We march."), reading("We \n march. "), ("same", 1)),  # wrapped anew
        (reading("We march.", file="a.md"), reading("We **march**.", file="a.md"), ("same", 1)),  # markup only
        (reading("We *march*."), reading("We march."), ("text_changed", 2)),  # in plain text a mark is text
        (reading("We march."), reading("We do not march."), ("text_changed", 2)),  # a changed word
        (reading("We march."), reading("We march.", date="2015"), ("same", 1)),  # read better, said the same
        (reading("We march."), reading("We marched.", date="2015"), ("text_changed", 2)),  # the number stays 2014
        (
            reading("", furniture="Menu"),
            reading("", furniture="Menu two"),
            ("text_changed", 2),
        ),  # nothing but furniture
    ],
)
def test_same_place_same_statement(store: Store, first: Reading, then: Reading, expected: tuple[str, int]) -> None:
    """
    What is read again at the same place is the same statement; only new words make a revision.
    """
    code, revision = expected

    assert put(store, "/statements/a.txt", first, then)[1] == Item(code, "2014-001", revision)  # type: ignore[arg-type]


def test_same_reading_replaces_nothing(store: Store) -> None:
    """
    A change of furniture alone leaves the stored text as it is, so that its offsets stay right.
    """
    put(store, "/statements/a.txt", reading("We march."), reading("We march.", furniture="Share this"))

    assert store.statement("2014-001").text == "We march.\n\n"


def test_same_words_elsewhere_are_copy(store: Store) -> None:
    """
    The same words at another place are one statement, also where the page around them differs.
    """
    put(store, "/statements/a.txt", reading("We march."))

    assert put(store, "/elsewhere/b.txt", reading("We march.", furniture="Menu")) == [
        Item("duplicate_of", "2014-001", 1)
    ]
    assert put(store, "/elsewhere/b.txt", reading("We march.", furniture="Menu")) == [Item("same", "2014-001", 1)]
    assert len(store.statements()) == 1


def test_old_words_elsewhere_are_copy(store: Store) -> None:
    """
    An old text that turns up elsewhere is a copy of the statement that had it, not a new one.
    """
    put(store, "/statements/a.txt", reading("We march."), reading("We marched."))

    assert put(store, "/elsewhere/b.txt", reading("We march.")) == [Item("duplicate_of", "2014-001", 2)]


def test_changed_copy_becomes_statement(store: Store) -> None:
    """
    A copy whose words change is a statement of its own: the first place still says what it said.
    """
    put(store, "/statements/a.txt", reading("We march."))

    changed = put(store, "/statements/b.txt", reading("We march."), reading("We do not march."))[1]

    assert changed == Item("new", "2014-002", 1)
    assert store.statement("2014-001").revision == 1


def test_changed_original_leaves_copy(store: Store) -> None:
    """
    When the first place changes, the copy that did not change makes no revision, however often it is read.
    """
    put(store, "/statements/a.txt", reading("We march."))
    put(store, "/statements/b.txt", reading("We march."))
    put(store, "/statements/a.txt", reading("We marched."))

    assert put(store, "/statements/b.txt", reading("We march.")) == [Item("same", "2014-001", 2)]


def test_every_revision_stays(store: Store) -> None:
    """
    Earlier revisions can still be read, and the latest is what readers get.
    """
    put(store, "/statements/a.txt", reading("We march."), reading("We marched."))

    assert [store.statement("2014-001", number).text.strip() for number in (1, 2)] == ["We march.", "We marched."]
    assert [(one.id, one.revision) for one in store.statements()] == [("2014-001", 2)]


def test_failed_command_leaves_nothing(store: Store) -> None:
    """
    A command that fails half-way stores nothing, and the numbers it was about to give are still free.
    """
    put(store, "/statements/a.txt", reading("We march."))

    def fail() -> None:
        with store.writing() as txn:
            assert txn.put(FOLDER, "/statements/b.txt", reading("We stay.")).id == "2014-002"
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    assert [one.id for one in store.statements()] == ["2014-001"]
    assert put(store, "/statements/c.txt", reading("We vote.")) == [Item("new", "2014-002", 1)]


def test_revision_needs_generation(store: Store) -> None:
    """
    A text that belongs to no generation, and so to no index, cannot be committed.
    """
    with pytest.raises(StoreError), store.writing() as txn:
        txn.put(FOLDER, "/statements/a.txt", reading("We march."))

    assert store.statements() == []


@pytest.mark.thorough
def test_number_longer_than_three_digits(store: Store) -> None:
    """
    The thousandth statement of a year simply has a longer number, and stands after the 999th.
    """
    with store.writing() as txn:
        ids = [txn.put(FOLDER, f"/statements/{n}.txt", reading(f"Number {n}.")).id for n in range(1001)]
        txn.publish("{}", when=TODAY, by="tester")

    assert ids[-3:] == ["2014-999", "2014-1000", "2014-1001"]
    assert [one.id for one in store.statements()] == ids


def test_number_given_once(store: Store, tmp_path: Path) -> None:
    """
    A number is never given again, not even when its statement has been taken out of the database.
    """
    put(store, "/statements/a.txt", reading("We march."))
    with sqlite3.connect(tmp_path / "data/corpus.sqlite3") as connection:
        connection.executescript("DELETE FROM locators; DELETE FROM revisions; DELETE FROM statements;")
    connection.close()

    assert put(store, "/statements/b.txt", reading("We stay.")) == [Item("new", "2014-002", 1)]


@pytest.mark.parametrize(("id", "revision"), [("2014-002", None), ("2014-001", 2), ("", None), ("'; DROP", None)])
def test_unknown_statement_is_usage_error(store: Store, id: str, revision: int | None) -> None:
    """
    An unknown record number is answered with what was asked and where the known ones are listed.
    """
    put(store, "/statements/a.txt", reading("We march."))

    with pytest.raises(UsageError, match=r"There is no statement .*corpus list"):
        store.statement(id, revision)


def test_generation_counts(store: Store, tmp_path: Path) -> None:
    """
    A generation remembers when, by whom, and how many statements were added and changed.
    """
    put(store, "/statements/a.txt", reading("We march."), reading("We marched."))

    with sqlite3.connect(tmp_path / "data/corpus.sqlite3") as connection:
        rows = connection.execute("SELECT * FROM generations").fetchall()
    connection.close()
    assert [row[:7] for row in rows] == [
        (1, "2024-05-01", "tester", "{}", 1, 0, 0),
        (2, "2024-05-01", "tester", "{}", 0, 1, 0),
    ]
    assert (store.generation, store.manifest) == (2, "{}")


def test_readers_notice_change(store: Store, tmp_path: Path) -> None:
    """
    The data version changes when something is committed elsewhere, and only then, in whichever thread one asks.
    """
    versions = [store.data_version(), store.data_version()]
    with Store.open(tmp_path / "data") as other:
        put(other, "/statements/a.txt", reading("We march."))
    thread = threading.Thread(target=lambda: versions.append(store.data_version()))
    thread.start()
    thread.join()

    assert versions[0] == versions[1] != versions[2]
    assert store.data_version() == versions[2]


def test_reading_is_one_moment(store: Store) -> None:
    """
    Generation and statements read together belong together, although somebody else commits in between.
    """
    put(store, "/statements/a.txt", reading("We march."))
    with store.reading():
        before = store.generation
        put(store, "/statements/b.txt", reading("We stay."))
        assert (before, store.generation, len(store.statements())) == (1, 1, 1)

    assert (store.generation, len(store.statements())) == (2, 2)


HOLD = """
import sys
from pathlib import Path
from corpus.store import Store
with Store.open(Path(sys.argv[1])) as store, store.writing():
    print("writing", flush=True)
    sys.stdin.readline()
"""


def holding(data_dir: Path) -> subprocess.Popen[str]:
    """Another process that has begun to write and waits."""
    command = [COLD, "-c", HOLD, str(data_dir)]
    process = subprocess.Popen(command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == "writing\n"
    return process


@pytest.mark.thorough
def test_second_writer_is_told_who(store: Store, tmp_path: Path) -> None:
    """
    While one process writes, others read; a second writer is told which process it is and since when.
    """
    put(store, "/statements/a.txt", reading("We march."))
    with holding(tmp_path / "data") as process:
        assert store.statement("2014-001").text.startswith("We march.")
        with pytest.raises(
            BusyError, match=rf"Process {process.pid} has been writing .* since \d{{4}}-\d\d-\d\d \d\d:"
        ):
            put(store, "/statements/b.txt", reading("We stay."))
        process.communicate("done\n")

    assert put(store, "/statements/b.txt", reading("We stay.")) == [Item("new", "2014-002", 1)]


@pytest.mark.thorough
def test_lock_of_dead_process(store: Store, tmp_path: Path) -> None:
    """
    The lock of a process that was killed is taken over, although its file is still there.
    """
    with holding(tmp_path / "data") as process:
        process.kill()
        process.wait()

    assert str(process.pid) in (tmp_path / "data" / LOCK_FILE).read_text()
    assert put(store, "/statements/b.txt", reading("We stay.")) == [Item("new", "2014-001", 1)]


def test_missing_database_beside_index(tmp_path: Path) -> None:
    """
    An index without its database is damage that is said, never an empty corpus that hides it.
    """
    (tmp_path / "index/1").mkdir(parents=True)

    with pytest.raises(StoreError, match="missing beside its index"):
        Store.exists(tmp_path)
    with pytest.raises(StoreError, match="missing beside its index"):
        Store.open(tmp_path, create=True)


def test_missing_corpus_says_how_to_begin(tmp_path: Path) -> None:
    """
    Opening a folder without a corpus says how to make one, and makes none.
    """
    assert not Store.exists(tmp_path / "new")
    with pytest.raises(UsageError, match="onrecord corpus add"):
        Store.open(tmp_path / "new")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        ("PRAGMA user_version = 5", "newer version of On Record .schema 5, this one knows 4"),
        ("PRAGMA user_version = 0", "no statements of On Record"),
    ],
)
def test_other_schema_refused(store: Store, tmp_path: Path, damage: str, expected: str) -> None:
    """
    A database of another schema is refused in one line that says what to do.
    """
    with sqlite3.connect(tmp_path / "data/corpus.sqlite3") as connection:
        connection.execute(damage)
    connection.close()

    with pytest.raises(StoreError, match=expected) as caught:
        Store.open(tmp_path / "data")
    assert "\n" not in str(caught.value)


def test_no_database_at_all(tmp_path: Path) -> None:
    """
    A file that is no database is refused in words.
    """
    (tmp_path / "corpus.sqlite3").write_bytes(b"These are just words, and not a database of any kind." * 100)

    with pytest.raises(StoreError, match="not a database"):
        Store.open(tmp_path, create=True)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE revisions SET reading = replace(reading, 'We march', 'We starve')",  # other words
        "UPDATE revisions SET reading = substr(reading, 1, 40)",  # cut off
    ],
)
def test_damaged_text_is_not_shown(store: Store, tmp_path: Path, damage: str) -> None:
    """
    A stored text that is not what was read is never shown as what was said.
    """
    put(store, "/statements/a.txt", reading("We march."))
    with sqlite3.connect(tmp_path / "data/corpus.sqlite3") as connection:
        connection.execute(damage)
    connection.close()

    with pytest.raises(StoreError, match="2014-001 is damaged"):
        store.statement("2014-001")
    with pytest.raises(StoreError, match="2014-001 is damaged"):
        store.statements()


def test_fixture_of_schema_1_opens(tmp_path: Path) -> None:
    """
    A database that the first version wrote can be read and added to by every later one.
    """
    shutil.copy(SCHEMA_1, tmp_path / "corpus.sqlite3")

    with Store.open(tmp_path) as store:
        found = [(one.id, one.revision, one.file) for one in store.statements()]
        assert found == [("2013-001", 2, "harvest.txt"), ("2013-002", 1, "bus.md"), ("undated-001", 1, "letter.html")]
        assert store.generation == 2
        assert put(store, "/statements/new.txt", reading("We march.", date="2013")) == [Item("new", "2013-003", 1)]


def migrated(folder: Path) -> Store:
    """The kept corpus of the first version, opened by this one."""
    shutil.copy(SCHEMA_1, folder / "corpus.sqlite3")
    return Store.open(folder)


def test_schema_1_is_brought_up(tmp_path: Path) -> None:
    """
    A corpus of the first version has all that later verbs need: what each generation held, sources, no decisions.
    """
    with migrated(tmp_path) as store:
        assert store.generation == 2
        assert [(one.number, one.what, one.added, one.changed) for one in store.generations()] == [
            (2, "add", 1, 1),
            (1, "add", 2, 0),
        ]
        assert [(one.kind, one.locator, one.last_success) for one in store.sources()] == [
            ("files", "/statements", None),
            ("files", "/letters/letter.html", None),
        ]
        assert (store.withheld(), store.actions(), store.problems()) == ({}, [], [])
        with store.writing() as txn:
            txn.roll_back(1)
            assert [(one.id, one.revision) for one in txn.statements()] == [("2013-001", 1), ("2013-002", 1)]
            txn.cancel()


def test_new_corpus_is_that_of_a_migration(store: Store, tmp_path: Path) -> None:
    """
    A corpus that is made today has the very tables of one that was brought up from the first version.
    """
    migrated(tmp_path).close()
    tables = []
    for path in (tmp_path / "corpus.sqlite3", tmp_path / "data/corpus.sqlite3"):
        with sqlite3.connect(path) as connection:
            tables.append(connection.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY 1, 2").fetchall())
        connection.close()

    assert tables[0] == tables[1]


def test_folder_that_cannot_be_made_or_written_is_named(tmp_path: Path) -> None:
    """
    A data directory below a file, or one whose lock cannot be opened, is refused in one line, nothing changed.
    """
    (tmp_path / "file").write_text("no folder", "utf-8")
    with pytest.raises(StoreError, match=r"file/data cannot be made \("):
        Store.open(tmp_path / "file" / "data", create=True)

    (tmp_path / "data" / LOCK_FILE).mkdir(parents=True)
    with pytest.raises(StoreError, match=r"data cannot be written to \(.*Nothing was changed"):
        Store.open(tmp_path / "data", create=True)


def test_migration_waits_for_writers(tmp_path: Path) -> None:
    """
    While another process writes, a corpus of an earlier version is not touched, and the next try brings it up.
    """
    shutil.copy(SCHEMA_1, tmp_path / "corpus.sqlite3")
    with writer_lock(tmp_path), pytest.raises(BusyError):
        Store.open(tmp_path)
    with sqlite3.connect(tmp_path / "corpus.sqlite3") as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    connection.close()
    Store.open(tmp_path).close()


def test_known_statements_are_not_read_again(store: Store) -> None:
    """
    Of statements that were loaded before, only those that changed since are new objects.
    """
    put(store, "/statements/a.txt", reading("We march."))
    put(store, "/statements/b.txt", reading("We stay."))
    before = {one.id: one for one in store.statements()}
    put(store, "/statements/a.txt", reading("We marched."))

    first, second = store.statements(before)

    assert (first.revision, first.text.strip()) == (2, "We marched.")
    assert second is before["2014-002"]


def test_corrected_statement_is_read_again(store: Store) -> None:
    """
    A correction reaches whoever has the statement loaded already, and so does a later one of the same thing.
    """
    put(store, "/statements/a.txt", reading("We march."))
    known = {one.id: one for one in store.statements()}
    for title in ("First", "Second"):
        with store.writing() as txn:
            txn.moderation.correct("2014-001", [read_title(title)], Decision("tester", TODAY, ""))
        known = {one.id: one for one in store.statements(known)}
        assert known["2014-001"].title == title


def test_place_that_has_not_changed_needs_to_be_known(store: Store) -> None:
    """
    A place of which nothing is known cannot say that it has not changed.
    """
    with pytest.raises(ValueError, match="Nothing is known"), store.writing() as txn:
        txn.put(FOLDER, "/statements/a.txt", None)
