"""
What is written about the program is so: commands, settings, JSON, wording, dependencies.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import string
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from factories import quote, statement
from real import SHARED, needs_real

from bot.cli.answers.ask import as_document
from bot.cli.answers.timeline import as_document as timeline_document
from bot.cli.main import command_tree, main
from bot.service import Service
from bot.settings import Settings
from corpus.models import Reading, Statement
from retrieval.models import AskRequest, TimelineRequest

ROOT = Path(__file__).parents[1]
CONTRACT = SHARED / "CONTRACT.md"

# The JSON of CONTRACT: what other programs read. A key is added here when it is added to the models.
ANSWER = {
    *("question", "status", "confidence", "locale", "filters", "excerpts", "corrected", "bridged", "coverage", "notes"),
    *("took_ms", "total", "years", "undated", "retry"),
}
TIMELINE = {
    *(
        "topic",
        "locale",
        "filters",
        "excerpts",
        "undated",
        "years",
        "gaps",
        "total",
        "corrected",
        "bridged",
        "coverage",
    ),
    "notes",
}
FILTERS = {"since", "until", "organization", "speaker", "language", "order"}
EXCERPT = {
    *(
        "rank",
        "text",
        "start",
        "end",
        "cut",
        "paragraph",
        "highlights",
        "kind",
        "issuer",
        "speaker",
        "score",
        "statement",
    ),
}
CITED = {
    *("id", "revision", "file", "url", "title", "organizations", "short", "language"),
    *("date", "date_precision", "date_evidence", "missing_since"),
}
SPEAKER = {"name", "title", "organization", "printed"}
COVERAGE = {"found", "missing"}
INSPECTED = {
    *(
        "file",
        "title",
        "organizations",
        "short",
        "date",
        "date_precision",
        "date_evidence",
        "place",
        "language",
        "kind",
    ),
    *("text", "body", "about", "wrapper", "furniture", "private", "quotes", "passages", "warnings"),
}
QUOTED = {"text", "start", "end", "utterance", "part", "speaker"}


def commands(command: Any = None, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The words of every command, groups too: `("corpus", "add")`."""
    command = command or command_tree()
    yield path
    for name, below in getattr(command, "commands", {}).items():
        yield from commands(below, (*path, name))


COMMANDS = sorted(commands())
LEAVES = [path for path in COMMANDS if not any(other[: len(path)] == path and other != path for other in COMMANDS)]


_GUIDES = [f"docs/{one.name}" for one in sorted((ROOT / "docs").glob("*.md"))]
DOCUMENTS = ["README.md", "README.es.md", "CONTRIBUTING.md", *_GUIDES]


@cache
def options(path: tuple[str, ...]) -> frozenset[str]:
    """The options of a command, long and short."""
    command: Any = command_tree()
    for name in path:
        command = command.commands[name]
    return frozenset({"--help", *(option for one in command.params for option in (*one.opts, *one.secondary_opts))})


def settings_names() -> set[str]:
    prefix = str(Settings.model_config["env_prefix"])
    return {str(field.validation_alias or f"{prefix}{name}".upper()) for name, field in Settings.model_fields.items()}


def wording(locale: str) -> dict[str, str]:
    return tomllib.loads((ROOT / "bot" / "locales" / f"{locale}.toml").read_text("utf-8"))


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def dependencies() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)]
    return {re.match(r"[\w.-]+", one)[0] for one in wanted}  # type: ignore[index]


def first_json(heading: str) -> dict[str, Any]:
    """The first JSON block under a heading or name in CONTRACT."""
    block = CONTRACT.read_text("utf-8").split(heading, 1)[1].split("```json\n", 1)[1].split("```", 1)[0]
    document: dict[str, Any] = json.loads(block.replace("[[…]]", "[]"))
    return document


@pytest.fixture(scope="module")
def answer() -> dict[str, Any]:
    """The JSON of one answer in which somebody speaks."""
    text = "“The pier office must open again,” said Maribel Quill, Director of Harbor Lights Network."
    said = quote("The pier office must open again,", text, speaker="Maribel Quill", title="Director")
    service = Service.of([statement(text, quotes=(said,))])
    return as_document(service.ask(AskRequest(question="Who wants the pier office open?"), today=dt.date(2026, 3, 15)))


def test_answer_has_the_keys_of_the_contract(answer: dict[str, Any]) -> None:
    """
    The JSON of `ask` holds the keys that other programs rely on, at every level.
    """
    excerpt = answer["excerpts"][0]

    assert answer.keys() == ANSWER
    assert answer["filters"].keys() == FILTERS
    assert answer["coverage"].keys() == COVERAGE
    assert excerpt.keys() == EXCERPT
    assert excerpt["statement"].keys() == CITED
    assert excerpt["speaker"].keys() == SPEAKER


def test_citation_is_there_when_asked_for() -> None:
    """
    Only a question that asks for citations gets them.
    """
    request = AskRequest(question="Who welcomes the new office?", cite="mla")
    answer = as_document(Service.of([statement()]).ask(request, today=dt.date(2026, 3, 15)))

    assert answer["excerpts"][0].keys() == {*EXCERPT, "citation"}


def test_timeline_has_the_keys_of_the_contract() -> None:
    """
    The JSON of `timeline` holds the keys that other programs rely on; its excerpts are those of `ask`.
    """
    service = Service.of([statement(), statement("Lamps for the new office.", id="undated-001", date=None)])
    request = TimelineRequest(topic="the new office")
    found = timeline_document(service.timeline(request, today=dt.date(2026, 3, 15)))

    assert found.keys() == TIMELINE
    assert found["filters"].keys() == FILTERS
    assert [excerpt.keys() for excerpt in (*found["excerpts"], *found["undated"])] == [EXCERPT, EXCERPT]


@needs_real
def test_contract_of_timeline_is_kept() -> None:
    """
    No key that CONTRACT shows for `timeline` is missing.
    """
    line = next(line for line in CONTRACT.read_text("utf-8").splitlines() if line.startswith("`timeline TOPIC`"))

    assert set(re.findall(r'"([a-z_]+)":', line)) <= TIMELINE


@needs_real
def test_contract_of_ask_is_kept(answer: dict[str, Any]) -> None:
    """
    No key that CONTRACT shows for `ask` is missing.
    """
    promised = first_json("## onrecord ask")

    assert promised.keys() <= ANSWER
    assert promised["filters"].keys() == FILTERS
    assert promised["excerpts"][0].keys() <= EXCERPT
    assert promised["excerpts"][0]["statement"].keys() <= CITED


@needs_real
def test_inspection_has_the_keys_of_the_contract() -> None:
    """
    What `corpus inspect` prints holds every key that other programs rely on.
    """
    promised = first_json("`corpus inspect --json`:")
    read = Reading(file="a.txt", title="A", text="A").model_dump(mode="json")
    said = quote("stay", "We stay", speaker="Maribel Quill").model_dump(mode="json")

    assert promised.keys() == INSPECTED
    assert read.keys() >= INSPECTED
    assert promised["quotes"][0].keys() == QUOTED
    assert said.keys() >= QUOTED
    assert said["speaker"].keys() == promised["quotes"][0]["speaker"].keys() == SPEAKER


def test_a_statement_says_at_least_what_is_cited() -> None:
    """
    Everything that a citation needs is in the record.
    """
    assert Statement.model_fields.keys() >= CITED


def test_every_setting_is_in_the_example() -> None:
    """
    `.env.example` names every setting there is and none that is not.
    """
    example = (ROOT / ".env.example").read_text("utf-8")

    assert set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE)) == settings_names()


def test_every_setting_is_explained() -> None:
    """
    A comment stands above each setting, or above the pair that it belongs to.
    """
    blocks = (ROOT / ".env.example").read_text("utf-8").strip().split("\n\n")

    assert all(block.startswith("# ") for block in blocks)


def test_locales_have_the_same_sentences() -> None:
    """
    Every sentence that people read exists in English and in Spanish, with the same placeholders.
    """
    english, spanish = wording("en"), wording("es")

    assert english.keys() == spanish.keys()
    assert {key: placeholders(text) for key, text in english.items()} == {
        key: placeholders(text) for key, text in spanish.items()
    }


@pytest.mark.parametrize("locale", ["en", "es"])
def test_no_sentence_is_empty(locale: str) -> None:
    """
    Every sentence has words.
    """
    assert all(text.strip() for text in wording(locale).values())


@pytest.mark.parametrize("path", LEAVES, ids=" ".join)
def test_every_command_is_in_the_readme(path: tuple[str, ...]) -> None:
    """
    A command that the README does not name is a command nobody finds.
    """
    readme = (ROOT / "README.md").read_text("utf-8")

    assert f"onrecord {' '.join(path)}" in readme or f"script/{path[-1]}" in readme


@pytest.mark.parametrize("document", DOCUMENTS)
def test_documents_name_no_other_command(document: str) -> None:
    """
    Every command and every script that a document shows exists.
    """
    text = (ROOT / document).read_text("utf-8")
    shown = {tuple(words.split()) for words in re.findall(r"(?<!=)\bonrecord((?: [a-z][a-z-]*)+)", text)}
    scripts = set(re.findall(r"\bscript/([a-z-]+)", text))

    assert {words for words in shown if not any(words[: len(path)] == path for path in LEAVES)} == set()
    assert [name for name in scripts if not (ROOT / "script" / name).is_file()] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_documents_name_no_other_option(document: str) -> None:
    """
    Every option of a command that stands in a sentence or a table is one that the command has.
    """
    text = (ROOT / document).read_text("utf-8")
    wrong = []
    for words in map(str.split, re.findall(r"`(?:[\w./]+/)?onrecord ([^`]+)`", text)):
        path = next((path for path in LEAVES if tuple(words[: len(path)]) == path), None)
        known = options(path) if path else frozenset()
        wrong += [(words, word) for word in words if word.startswith("--") and word.partition("=")[0] not in known]

    assert wrong == []


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("document", "locale"),
    [("README.md", "en"), ("docs/moderators.md", "en"), ("README.es.md", "es"), ("docs/moderadores.md", "es")],
)
def test_guides_name_every_command_of_moderators(document: str, locale: str) -> None:
    """
    Whoever moderates finds each command in the guide of their language, under the name that Discord shows there.
    """
    text = (ROOT / document).read_text("utf-8")
    verbs = ("status", "history", "refresh", "source", "add", "hide", "unhide", "correct", "erase", "rollback")

    assert {f"/corpus {wording(locale)[f'command_{verb}']}" for verb in verbs} <= set(
        re.findall(r"`(/corpus [a-z]+)", text)
    )


@pytest.mark.parametrize("path", COMMANDS, ids=lambda path: " ".join(path) or "onrecord")
def test_every_command_explains_itself(path: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """
    `--help` works everywhere, ends with status 0, and says what the command does.
    """
    with pytest.raises(SystemExit) as ended:
        main([*path, "--help"])

    printed = capsys.readouterr().out
    assert ended.value.code == 0
    assert printed.startswith("Usage:")
    assert len(printed.splitlines()) > 2


@pytest.mark.parametrize("path", LEAVES, ids=" ".join)
def test_every_option_is_explained(path: tuple[str, ...]) -> None:
    """
    Each option and argument of a command has a line of help.
    """
    command: Any = command_tree()
    for name in path:
        command = command.commands[name]
    unexplained = [one.name for one in command.params if one.name != "help" and not getattr(one, "help", None)]

    assert command.help
    assert set(unexplained) <= {"id"}


def test_every_dependency_is_explained() -> None:
    """
    CONTRIBUTING says of each dependency what it is for, and of none that is not used.
    """
    table = (ROOT / "CONTRIBUTING.md").read_text("utf-8").split("## Dependencies", 1)[1].split("\n## ", 1)[0]
    rows = set(re.findall(r"^\| ([\w.-]+) \|", table, re.MULTILINE)) - {"name"}

    assert rows - {"---"} == dependencies()


@pytest.mark.parametrize("document", [*DOCUMENTS, "bot/README.md"])
def test_documents_name_files_that_exist(document: str) -> None:
    """
    A file that a document points to is there.
    """
    text = (ROOT / document).read_text("utf-8")
    named = re.findall(r"`((?:bot|retrieval|corpus|tests|script)/[\w./-]+?)/?`", text)

    within = re.findall(r"`((?:chat|answering|cli|curation|locales)/[\w./-]*?)/?`", text)

    assert [name for name in named if not (ROOT / name).exists()] == []
    assert [name for name in within if not (ROOT / "bot" / name).exists()] == []
