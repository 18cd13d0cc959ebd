"""The service: which record answers, and that it is always the record as it is now."""

from __future__ import annotations

import datetime as dt
import shutil
import threading
from pathlib import Path

import pytest
from factories import spoken

from bot.corpora import named_by_file, read_statements
from bot.curation import Curation
from bot.service import Service
from bot.settings import Settings
from corpus.errors import StoreError, UnreadableError, UsageError
from corpus.models import Reading
from retrieval import published
from retrieval.models import Answer, AskRequest, TimelineRequest

TODAY = dt.date(2026, 1, 1)
BRIDGE = "OAKMERE, June 4, 2013 – The Cedar Lane Workers ask the county to repair the footbridge before the winter.\n"
ORCHARD = "OAKMERE, May 2, 2014 – The Cedar Lane Workers ask the owners to open the orchard well to every family.\n"


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """Where statements would be stored; nothing is there yet."""
    return tmp_path / "data"


def settings(data_dir: Path) -> Settings:
    """Settings of a test, whatever the environment says."""
    return Settings(_env_file=None, data_dir=data_dir)  # type: ignore[call-arg]


def file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def ask(service: Service, question: str) -> Answer:
    return service.ask(AskRequest(question=question), today=TODAY)


def add(data_dir: Path, path: Path) -> None:
    """What another process does."""
    Curation(data_dir).add([path], when=TODAY, by="test")


def ids(answer: Answer) -> list[str]:
    return [excerpt.statement.id for excerpt in answer.excerpts]


@pytest.mark.thorough
def test_sample_answers_while_nothing_is_stored(data_dir: Path) -> None:
    """
    Without a corpus the sample answers, says that it is the sample, and leaves no trace of itself.
    """
    service = Service.open(settings(data_dir))

    assert service.is_sample
    assert service.overview().statements >= 24
    assert not data_dir.exists()


def test_named_files_answer_alone(data_dir: Path, tmp_path: Path) -> None:
    """
    Files that are named answer by themselves; the stored corpus is neither asked nor changed.
    """
    add(data_dir, file(tmp_path, "bridge.txt", BRIDGE))
    before = sorted(path.read_bytes() for path in data_dir.rglob("*") if path.is_file())

    service = Service.open(settings(data_dir), [file(tmp_path, "in/orchard.txt", ORCHARD)])

    assert not service.is_sample
    assert ids(ask(service, "Who may use the orchard well?")) == ["orchard"]
    assert ask(service, "Who asks to repair the footbridge?").status == "none"
    assert before == sorted(path.read_bytes() for path in data_dir.rglob("*") if path.is_file())


def test_stored_corpus_answers(data_dir: Path, tmp_path: Path) -> None:
    """
    A stored corpus answers under its record numbers.
    """
    add(data_dir, file(tmp_path, "bridge.txt", BRIDGE))

    service = Service.open(settings(data_dir))

    assert not service.is_sample
    assert ids(ask(service, "Who asks to repair the footbridge?")) == ["2013-001"]
    assert service.overview()[:3] == (1, "2013-06-04", "2013-06-04")


def test_new_statement_holds_from_next_question(data_dir: Path, tmp_path: Path) -> None:
    """
    What another process stores is found by a service that is already open, from the sample onwards.
    """
    service = Service.open(settings(data_dir))
    assert service.is_sample

    add(data_dir, file(tmp_path, "bridge.txt", BRIDGE))
    assert not service.is_sample
    assert ask(service, "Who may use the orchard well?").status == "none"

    add(data_dir, file(tmp_path, "orchard.txt", ORCHARD))
    assert ids(ask(service, "Who may use the orchard well?")) == ["2014-001"]


def test_nothing_is_read_twice(data_dir: Path, tmp_path: Path) -> None:
    """
    While nothing changes the same record answers every question.
    """
    add(data_dir, file(tmp_path, "bridge.txt", BRIDGE))
    service = Service.open(settings(data_dir))

    assert service._source.current() is service._source.current()


@pytest.mark.thorough
def test_many_threads_ask_while_the_corpus_grows(data_dir: Path, tmp_path: Path) -> None:
    """
    Threads that ask while another process stores get whole answers of one generation or the next.
    """
    add(data_dir, file(tmp_path, "bridge.txt", BRIDGE))
    service = Service.open(settings(data_dir))
    found: list[list[str]] = []

    def ask_often() -> None:
        found.extend(ids(ask(service, "Who may use the orchard well?")) for _ in range(8))

    threads = [threading.Thread(target=ask_often) for _ in range(4)]
    for thread in threads:
        thread.start()
    add(data_dir, file(tmp_path, "orchard.txt", ORCHARD))
    for thread in threads:
        thread.join()

    assert len(found) == 32
    assert all(answer in ([], ["2014-001"]) for answer in found)
    assert ids(ask(service, "Who may use the orchard well?")) == ["2014-001"]


def test_index_without_database_is_an_error(data_dir: Path, tmp_path: Path) -> None:
    """
    A database that is gone beside its index is damage: it is said, and the sample does not answer instead.
    """
    add(data_dir, file(tmp_path, "bridge.txt", BRIDGE))
    for path in data_dir.glob("corpus.sqlite3*"):
        path.unlink()

    with pytest.raises(StoreError, match="missing"):
        Service.open(settings(data_dir))


def test_database_without_index_is_an_error(data_dir: Path, tmp_path: Path) -> None:
    """
    Index files that are gone are damage, too.
    """
    add(data_dir, file(tmp_path, "bridge.txt", BRIDGE))
    shutil.rmtree(data_dir / "index")

    with pytest.raises(StoreError):
        Service.open(settings(data_dir))


def test_one_bad_path_is_an_error(data_dir: Path, tmp_path: Path) -> None:
    """
    Of several named paths each must be readable: half a record would say "not found" about the other half.
    """
    good = file(tmp_path, "bridge.txt", BRIDGE)

    with pytest.raises(UnreadableError, match=r"missing\.txt"):
        Service.open(settings(data_dir), [good, tmp_path / "missing.txt"])


def test_too_long_a_question(data_dir: Path, tmp_path: Path) -> None:
    """
    2,000 characters are read, one more is refused, and no message repeats a question.
    """
    service = Service.open(settings(data_dir), [file(tmp_path, "bridge.txt", BRIDGE)])
    question = "footbridge " * 200

    assert ask(service, question[:2000]).excerpts
    with pytest.raises(UsageError) as refused:
        ask(service, question[:2001])
    assert "footbridge" not in str(refused.value)


@pytest.mark.thorough
def test_chart_has_words(data_dir: Path) -> None:
    """
    A timeline is drawn together with what it shows in words.
    """
    service = Service.open(settings(data_dir))
    timeline = service.timeline(TimelineRequest(topic="families"), today=TODAY)

    png, text = service.chart(timeline)

    assert png.startswith(b"\x89PNG")
    assert str(sum(timeline.years.values())) in text


@pytest.mark.parametrize(
    "text",
    [
        BRIDGE,
        "May 2, 2014\n\n2014\n",  # no words for a claim or a topic
        None,  # no statement at all
    ],
)
def test_warm_service_makes_nothing_more(tmp_path: Path, text: str | None) -> None:
    """
    After warming up nothing of a record is left to be made by a request, whatever its first statement is like.
    """
    service = Service.of(read_statements([file(tmp_path, "one.txt", text)]) if text else [])

    service.warm_up()

    made = vars(service._source.current())
    for part in ("asker", "quoter", "verifier", "timeliner") if text else ():
        assert part in made
    for part in ("people", "utterances", "affiliations", "of_the_day") if text else ():
        assert part in vars(made["quoter"])
    if text:
        expander = made["asker"].expander
        assert {("en",), ("es",), ("en", "es")} == expander._mender._spellers.keys()
        assert "en" in expander._vocabularies


def test_warm_service_has_read_words(tmp_path: Path) -> None:
    """
    After warming up words of statements that nobody has asked about are remembered.
    """
    published._remembered("en").clear()
    other = "OAKMERE, July 9, 2014 – Tenants of Mill Row welcome the lanterns that volunteers hung along the towpath.\n"
    service = Service.of(read_statements([file(tmp_path, "one.txt", BRIDGE), file(tmp_path, "two.txt", other)]))

    service.warm_up()

    assert {"lanterns", "volunteers", "towpath."} <= published._remembered("en").keys()


@pytest.mark.parametrize(
    ("files", "ids"),
    [
        (["a.txt", "b/c.md"], ["a", "b/c"]),
        (["a.txt", "a.html"], ["a.txt", "a.html"]),  # one name, two formats
        (["a.txt", "a.txt"], ["a.txt", "a.txt~2"]),  # from two folders
        (["2011.08.12.txt"], ["2011.08.12"]),
    ],
)
def test_ids_of_files(files: list[str], ids: list[str]) -> None:
    """
    A file's id is its path without the extension, and no two files share one.
    """
    readings = [Reading(file=name, title="A", text="A") for name in files]

    assert [statement.id for statement in named_by_file(readings)] == ids


def test_read_statements_reads_folders(tmp_path: Path) -> None:
    """
    A folder gives the statements below it under their paths.
    """
    file(tmp_path, "in/2013/bridge.txt", BRIDGE)
    file(tmp_path, "in/orchard.txt", ORCHARD)

    assert [one.id for one in read_statements([tmp_path / "in"])] == ["2013/bridge", "orchard"]


def test_directory_follows_the_record(data_dir: Path, tmp_path: Path) -> None:
    """
    What there is to choose from is that of the record as it is now.
    """
    add(data_dir, file(tmp_path, "bridge.txt", BRIDGE))
    service = Service.open(settings(data_dir))
    assert [one.id for one in service.directory().titles] == ["2013-001"]

    add(data_dir, file(tmp_path, "orchard.txt", ORCHARD))

    assert [one.id for one in service.directory().titles] == ["2014-001", "2013-001"]


def test_overview_counts_what_is_there() -> None:
    """
    The overview counts undated statements, languages, issuers and people, each once however often they are printed.
    """
    statements = [
        spoken("Nadia Ferrol", "Pedro Sandoval", id="a"),
        spoken("Nadia A. Ferrol", id="b", date=None, language="es"),
        spoken(id="c", organization="Cedar Lane Workers"),
    ]

    overview = Service.of(statements).overview()

    assert (overview.statements, overview.undated) == (3, 1)
    assert list(overview.languages.items()) == [("en", 2), ("es", 1)]
    assert (overview.organizations, overview.people) == (2, 2)


def test_an_empty_record_has_an_overview() -> None:
    """
    Of nothing there is nothing to count.
    """
    assert Service.of([]).overview() == (0, None, None, 0, {}, 0, 0, 0, 0)
