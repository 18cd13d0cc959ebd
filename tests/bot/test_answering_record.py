"""The record in a process of its own answers as the record itself does, also while it changes."""

from __future__ import annotations

import datetime as dt
import inspect
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.answering import Limits, ServiceProcess
from bot.curation import Curation
from bot.service import Service
from bot.settings import Settings
from corpus.errors import UsageError
from corpus.store.moderating import Decision
from retrieval.models import (
    AskRequest,
    PassageRequest,
    PersonRequest,
    QuoteRequest,
    StatementsRequest,
    Timeline,
    TimelineRequest,
    VerifyRequest,
)

TODAY = dt.date(2026, 1, 1)
BRIDGE = """OAKMERE, June 4, 2013 – The Cedar Lane Workers ask the county to repair the footbridge before the winter.

“Our children cross the river on a plank, and the county knows it,” said Teodora Almaraz, president of the workers.
"""
ORCHARD = "OAKMERE, May 2, 2014 – The Cedar Lane Workers ask the owners to open the orchard well to every family.\n"
# What makes a service, and what only its own process needs.
OWN = {"open", "of", "warm_up"}
VERBS: dict[str, Callable[[Service | ServiceProcess], object]] = {
    "ask": lambda service: service.ask(AskRequest(question="Who asks to repair the footbridge?"), today=TODAY).excerpts,
    "statement": lambda service: service.statement("2013-001"),
    "verify": lambda service: service.verify(VerifyRequest(text="Our children cross the river on a log")),
    "timeline": lambda service: service.timeline(TimelineRequest(topic="footbridge"), today=TODAY),
    "chart": lambda service: service.chart(_timeline(service)),
    "quote": lambda service: service.quote(QuoteRequest(speaker="Almaraz"), today=TODAY),
    "statements": lambda service: service.statements(StatementsRequest()),
    "passage": lambda service: service.passage(PassageRequest(id="2013-001", revision=1, start=0, end=60)),
    "person": lambda service: service.person(PersonRequest(name="Almaraz")),
    "directory": lambda service: service.directory(),
    "is_sample": lambda service: service.is_sample,
    "overview": lambda service: service.overview(),
}


def _timeline(service: Service | ServiceProcess) -> Timeline:
    return service.timeline(TimelineRequest(topic="footbridge"), today=TODAY)


def members(kind: type) -> dict[str, str]:
    """Public methods with what they take and give, and properties."""
    found = {name: one for name, one in inspect.getmembers(kind) if not name.startswith("_")}
    return {name: str(inspect.signature(one)) if callable(one) else "property" for name, one in found.items()}


def settings(data_dir: Path) -> Settings:
    return Settings(_env_file=None, data_dir=data_dir)  # type: ignore[call-arg]


def add(data_dir: Path, name: str, text: str) -> None:
    """What another process does."""
    path = data_dir.parent / name
    path.write_text(text, "utf-8")
    Curation(data_dir).add([path], when=TODAY, by="test")


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A stored corpus of one statement."""
    folder = tmp_path_factory.mktemp("record") / "data"
    add(folder, "bridge.txt", BRIDGE)
    return folder


@pytest.fixture(scope="module")
def process(data_dir: Path) -> Iterator[ServiceProcess]:
    """Its record in a process."""
    with ServiceProcess(settings(data_dir), Limits(look_s=0.05)) as service:
        yield service


def test_every_verb_goes_through() -> None:
    """
    What the service can do, its process can do, in the same words: a verb that is added there is forwarded here.
    """
    verbs = {name: shape for name, shape in members(Service).items() if name not in OWN}

    assert {name: members(ServiceProcess).get(name) for name in verbs} == verbs
    assert verbs.keys() == VERBS.keys()


@pytest.mark.thorough
@pytest.mark.parametrize("verb", VERBS)
def test_reply_is_that_of_the_service(verb: str, process: ServiceProcess, data_dir: Path) -> None:
    """
    Between two processes nothing of a reply is lost.
    """
    assert VERBS[verb](process) == VERBS[verb](Service.open(settings(data_dir)))


def test_refusal_is_that_of_the_service(process: ServiceProcess) -> None:
    """
    What cannot be done as it was asked is said in the words of the service.
    """
    with pytest.raises(UsageError, match="2031-001"):
        process.statement("2031-001")


@pytest.mark.thorough
def test_record_changes_while_everybody_asks(process: ServiceProcess, data_dir: Path) -> None:
    """
    While a new generation is read, questions are answered from the last one without waiting; then its statements are
    found.
    """
    found: list[list[str]] = []
    longest = 0.0

    def ask_until_found() -> None:
        nonlocal longest
        while not found or found[-1] != ["2014-001"]:
            begun = time.monotonic()
            answer = process.ask(AskRequest(question="Who may use the orchard well?"), today=TODAY)
            longest = max(longest, time.monotonic() - begun)
            found.append([excerpt.statement.id for excerpt in answer.excerpts])
            time.sleep(0.01)

    asking = threading.Thread(target=ask_until_found, daemon=True)
    asking.start()
    add(data_dir, "orchard.txt", ORCHARD)
    asking.join(20)

    assert not asking.is_alive()
    assert found[0] == []
    assert found[-1] == ["2014-001"]
    assert longest < 2


@pytest.mark.thorough
def test_hidden_statements_are_gone_at_once(tmp_path: Path) -> None:
    """
    What is hidden is in no answer from the next question on, also before the next generation has been opened.
    """
    data_dir = tmp_path / "data"
    add(data_dir, "bridge.txt", BRIDGE)
    with ServiceProcess(settings(data_dir), Limits(look_s=600)) as service:
        assert VERBS["ask"](service)
        Curation(data_dir).hide("2013-001", Decision(by="test", when=TODAY, reason="asked for"))
        assert not VERBS["ask"](service)
        assert service.quote(QuoteRequest(speaker="Almaraz"), today=TODAY).quotes == ()
        assert service.verify(VerifyRequest(text="Our children cross the river on a plank")).verdict == "not_found"
