"""`onrecord ask`: its JSON, its batches, its options, and that it only reads."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from terminal import Printed, Terminal

ENGLISH = "What did Nadia Ferrol say about the orchard?"
SPANISH = "¿Qué dijo Nadia Ferrol sobre el pozo?"
HEAVY = ["numpy", "pydantic_settings", "rich.console", "discord", "trafilatura", "lxml", "retrieval.asking", "sqlite3"]


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ONRECORD_DATA_DIR", str(tmp_path / "data"))
    return Terminal(tmp_path, capsys)


def files_below(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def files_shown(printed: Printed) -> list[str]:
    return [excerpt["statement"]["file"] for excerpt in printed.document["excerpts"]]


# JSON


def test_json_has_the_keys_of_the_contract(terminal: Terminal) -> None:
    """
    An answer as JSON has every key that other programs read, at every level.
    """
    answer = terminal.ask(ENGLISH, "--json").document
    excerpt = answer["excerpts"][0]

    assert answer.keys() >= {
        *("question", "status", "confidence", "locale", "filters", "excerpts", "corrected", "bridged", "coverage"),
        *("notes", "took_ms"),
    }
    assert answer["filters"].keys() == {"since", "until", "organization", "speaker", "language", "order"}
    assert answer["coverage"].keys() == {"found", "missing"}
    assert excerpt.keys() == {
        *("rank", "text", "start", "end", "cut", "paragraph", "highlights", "kind", "issuer", "speaker", "score"),
        "statement",
    }
    assert excerpt["speaker"].keys() == {"name", "title", "organization", "printed"}
    assert excerpt["statement"].keys() == {
        *("id", "revision", "file", "url", "title", "organizations", "short", "language"),
        *("date", "date_precision", "date_evidence"),
    }


def test_json_says_what_is_printed(terminal: Terminal) -> None:
    """
    Text, place, speaker, date and highlights of an excerpt are those of the file.
    """
    answer = terminal.ask(ENGLISH, "--language", "en", "--json").document
    excerpt = answer["excerpts"][0]
    text = (terminal.statements / excerpt["statement"]["file"]).read_text("utf-8")

    assert (answer["question"], answer["status"], answer["locale"]) == (ENGLISH, "answered", "en")
    assert excerpt["text"] == text[excerpt["start"] : excerpt["end"]]
    assert "We will walk until the orchard pays us" in excerpt["text"]
    assert (excerpt["rank"], excerpt["cut"], excerpt["paragraph"], excerpt["kind"]) == (1, False, 3, "body")
    assert excerpt["speaker"]["name"] == "Nadia Ferrol"
    assert (excerpt["statement"]["id"], excerpt["statement"]["date"]) == ("walk", "2013-06-04")
    assert (excerpt["statement"]["date_precision"], excerpt["statement"]["date_evidence"]) == ("day", "dateline")
    assert "orchard" in [excerpt["text"][start:end] for start, end in excerpt["highlights"]]


def test_json_alone_on_standard_output(terminal: Terminal) -> None:
    """
    With `--json` standard output is one document, also where the sample answers and standard error says so.
    """
    printed = terminal.run("ask", "--json", "What about wages?")

    assert (printed.status, printed.err.count("\n")) == (0, 1)
    assert "sample" in printed.err
    assert printed.document["question"] == "What about wages?"


@pytest.mark.parametrize(
    ("locale", "sentence"),
    [
        ("en", "1 statement on this carries no date, so a date filter cannot include it."),
        ("es", "1 comunicado sobre esto no tiene fecha; un filtro de fechas no puede incluirlo."),
    ],
)
def test_notes_are_sentences(terminal: Terminal, locale: str, sentence: str) -> None:
    """
    Notes are sentences in the reply's language.
    """
    answer = terminal.ask("the orchard", "--since", "2013", "--locale", locale, "--json").document

    assert answer["locale"] == locale
    assert sentence in answer["notes"]


# Options


@pytest.mark.parametrize(
    ("options", "filters"),
    [
        ((), {}),
        (("--since", "2014"), {"since": "2014-01-01"}),
        (("--until", "2013-06"), {"until": "2013-06-30"}),
        (("--since", "2013-06-04", "--until", "2013-06-04"), {"since": "2013-06-04", "until": "2013-06-04"}),
        (("--speaker", "Nadia Ferrol"), {"speaker": "Nadia Ferrol"}),
        (("--organization", "Cedar Lane Workers"), {"organization": "Cedar Lane Workers"}),
        (("--language", "es"), {"language": "es"}),
    ],
)
def test_filters_are_printed(terminal: Terminal, options: tuple[str, ...], filters: dict[str, str]) -> None:
    """
    Every filter that was given stands in the answer, and no other.
    """
    nothing = {"since": None, "until": None, "organization": None, "speaker": None}

    answer = terminal.ask("orchard", *options, "--json").document

    assert answer["filters"] == {**nothing, "language": "both", "order": "relevance", **filters}


@pytest.mark.parametrize(
    ("options", "files"),
    [
        (("--until", "2013"), {"walk.txt"}),
        (("--since", "2014"), set()),  # the letter is undated
        (("--language", "es"), set()),
        (("--speaker", "Nadia Ferrol", "--language", "en"), {"walk.txt"}),
    ],
)
def test_filters_narrow(terminal: Terminal, options: tuple[str, ...], files: set[str]) -> None:
    """
    A filter leaves only statements that pass it.
    """
    assert set(files_shown(terminal.ask("orchard", "--exact", *options, "--json"))) <= files


def test_number_of_excerpts(terminal: Terminal) -> None:
    """
    `-n` is the most that is shown.
    """
    assert len(files_shown(terminal.ask("orchard", "-n", "2", "--json"))) == 2
    assert len(files_shown(terminal.ask("orchard", "-n", "1", "--json"))) == 1


def test_exact_bridges_nothing(terminal: Terminal) -> None:
    """
    `--exact` finds only the asker's own words.
    """
    answer = terminal.ask("orchards", "--exact", "--json").document

    assert (answer["excerpts"], answer["bridged"], answer["corrected"]) == ([], {}, {})


@pytest.mark.parametrize("style", ["plain", "markdown", "mla", "apa"])
def test_citations(terminal: Terminal, style: str) -> None:
    """
    `--cite` adds a citation to each excerpt, in JSON and in text.
    """
    citation = terminal.ask(ENGLISH, "--cite", style, "-n", "1", "--json").document["excerpts"][0]["citation"]

    assert "Nadia Ferrol" in citation
    assert citation in terminal.ask(ENGLISH, "--cite", style, "-n", "1").out


def test_previous_question(terminal: Terminal) -> None:
    """
    A question that leans on an earlier one is read with it.
    """
    answer = terminal.ask("and in 2013?", "--previous", ENGLISH, "--json").document

    assert (answer["filters"]["since"], answer["filters"]["speaker"]) == ("2013-01-01", "Nadia Ferrol")


def test_several_words_are_one_question(terminal: Terminal) -> None:
    """
    A question without its quotation marks is still one question.
    """
    assert terminal.ask("night", "bus", "--json").document["question"] == "night bus"


def test_several_corpora(terminal: Terminal) -> None:
    """
    `--corpus` may name several files and folders.
    """
    named = [terminal.statements / "letter.txt", terminal.statements / "walk.txt"]

    printed = terminal.run("ask", "orchard", "--corpus", named[0], "--corpus", named[1], "--json")

    assert set(files_shown(printed)) == {"letter.txt", "walk.txt"}


# What people read


def test_text_for_people(terminal: Terminal) -> None:
    """
    People read the words, who said them, when, and where to look them up.
    """
    printed = terminal.ask(ENGLISH, "--language", "en", "-n", "1")

    assert (printed.status, printed.err) == (0, "")
    assert printed.out.splitlines() == [
        "Filters: speaker Nadia Ferrol · statements in English",
        "",
        "> “We will walk until the orchard pays us,” said Nadia Ferrol, director of Cedar",
        "> Lane Workers.",
        "Nadia Ferrol, director, Cedar Lane Workers",
        "June 4, 2013 · English · walk ¶3 · “The walk goes on”",
    ]


def test_text_in_spanish(terminal: Terminal) -> None:
    """
    A Spanish question is answered with Spanish words around the quotation.
    """
    printed = terminal.ask(SPANISH, "--language", "es", "-n", "1")

    assert "> “El agua del pozo es de la gente”, dijo Nadia Ferrol" in printed.out
    assert "2 de mayo de 2014 · español · carta ¶3 · «Una carta sobre el huerto»" in printed.out


# Batches


def test_batch_answers_in_order(terminal: Terminal) -> None:
    """
    Each row gives one compact line, in order, with its id and the answer that the question alone gets.
    """
    rows = [{"id": "b", "question": ENGLISH}, {"id": "a", "question": "night bus"}, {"id": "c", "question": " "}]

    printed = terminal.batch("\n".join(map(json.dumps, rows)))

    assert (printed.status, printed.err) == (0, "")
    assert [row["id"] for row in printed.rows] == ["b", "a", "c"]
    assert printed.out.startswith('{"id":"b","question":"What did')
    assert printed.rows[2]["status"] == "none"
    alone = terminal.ask("night bus", "--json").document
    assert {**printed.rows[1], "took_ms": 0} == {"id": "a", **alone, "took_ms": 0}


def test_ids_are_carried(terminal: Terminal) -> None:
    """
    An id may be any JSON value and comes back as it was.
    """
    ids = ["q", "", "“é”", 7, -1.5, 10**30, True, None, [1, [2]], {"a": {"b": None}}, "\ud800", "a\u2028b\nc"]

    rows = terminal.batch("\n".join(json.dumps({"id": id, "question": "bus"}) for id in ids)).rows

    assert [row["id"] for row in rows] == ids


# A row and the id that is carried over; none that cannot be read has one.
BAD_ROWS: list[tuple[str, int | None]] = [
    ("no JSON", None),
    ('{"id": 1, "question": "cut o', None),
    ("[1, 2]", None),
    ('"bus"', None),
    ("7", None),
    ("null", None),
    ("[" * 100_000, None),  # nested too deep
    ("1" * 10_000, None),  # a number too long to read
    ('{"id": NaN, "question": "bus"}', None),  # no JSON, though Python reads it
    ('{"id": 1e999, "question": "bus"}', None),
    ("{}", None),
    ('{"id": 1}', 1),
    ('{"id": 2, "question": null}', 2),
    ('{"id": 3, "question": 5}', 3),
    ('{"id": 4, "question": ["bus"]}', 4),
    ('{"id": 5, "question": "bus", "previous": "bus"}', 5),
    ('{"id": 6, "question": "bus", "previous": [5]}', 6),
    (json.dumps({"id": 7, "question": "bus " * 501}), 7),  # 2,004 characters
]


def test_bad_rows_say_what_is_wrong(terminal: Terminal) -> None:
    """
    A bad row gives its id, the status none and an error that repeats none of its words, and the rest go on.
    """
    good = '{"id": "good", "question": "bus"}'

    printed = terminal.batch("".join(f"{row}\n{good}\n" for row, _ in BAD_ROWS))

    assert (printed.status, printed.err) == (0, "")
    bad, others = printed.rows[::2], printed.rows[1::2]
    assert [(row["id"], row["status"]) for row in bad] == [(id, "none") for _, id in BAD_ROWS]
    assert all(row.keys() == {"id", "status", "error"} and "bus" not in row["error"] for row in bad)
    assert all(row["id"] == "good" and row["excerpts"] for row in others)


def test_batch_reads_standard_input(terminal: Terminal) -> None:
    """
    `--batch -` reads standard input as UTF-8 whatever the terminal speaks.
    """
    rows = '\ufeff{"id": "é", "question": "bus"}\r\n\r\n{"id": 2, "question": "¿pozo?", "previous": null}'.encode()

    printed = terminal.process(
        "ask", "--corpus", "statements", "--batch", "-", given=rows, more={"PYTHONIOENCODING": "latin-1"}
    )

    assert printed.status == 0
    assert [row["id"] for row in printed.rows] == ["é", 2]


def test_batch_keeps_options(terminal: Terminal) -> None:
    """
    Options hold for every row; a row's own earlier questions win over those of the command.
    """
    rows = [
        {"question": "orchard"},
        {"question": "and in 2013?", "previous": ["What did Nadia Ferrol say?"]},
        {"question": "and in 2013?"},
    ]

    found = terminal.batch("\n".join(map(json.dumps, rows)), "--language", "en", "--previous", "night bus").rows

    assert {row["filters"]["language"] for row in found} == {"en"}
    assert [row["filters"]["speaker"] for row in found] == [None, "Nadia Ferrol", None]


def test_batch_of_nothing(terminal: Terminal) -> None:
    """
    A file without rows gives no lines, and that is no error.
    """
    assert terminal.batch("\n \n") == (0, "", "")


# Where it reads, and that it never writes


def test_stored_corpus_wins_over_sample(terminal: Terminal) -> None:
    """
    Once statements are stored they answer, under their record numbers, and nothing is said about the sample.
    """
    terminal.run("corpus", "add", terminal.statements)

    printed = terminal.run("ask", "night bus", "--json")

    assert printed.err == ""
    assert printed.document["excerpts"][0]["statement"]["id"] == "undated-001"


def test_asking_writes_nothing(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Asking the sample, files or the stored corpus leaves no file behind and changes none.
    """
    terminal.run("corpus", "add", terminal.statements)
    before = files_below(terminal.folder)

    terminal.run("ask", "bus")
    terminal.ask("bus", "--json")
    monkeypatch.setenv("ONRECORD_DATA_DIR", str(terminal.folder / "none"))
    terminal.run("ask", "bus")

    # SQLite makes and removes the shared memory of its log.
    assert {name: data for name, data in files_below(terminal.folder).items() if "sqlite3-" not in name} == {
        name: data for name, data in before.items() if "sqlite3-" not in name
    }


# Odd terminals


@pytest.mark.parametrize(
    ("environment", "options"),
    [
        ({"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, []),
        ({"PYTHONIOENCODING": "latin-1"}, ["--json"]),
        ({"TERM": "dumb", "COLUMNS": "1"}, []),
    ],
)
def test_odd_terminals(terminal: Terminal, environment: dict[str, str], options: list[str]) -> None:
    """
    A terminal that cannot show a character gets it spelled out: text stays readable and JSON stays UTF-8 and JSON.
    """
    printed = terminal.process("ask", "--corpus", "statements", "¿pozo?", "--locale", "es", *options, more=environment)

    assert (printed.status, printed.err) == (0, "")
    assert "pozo" in (printed.document["excerpts"][0]["text"] if options else printed.out)


def test_reader_that_goes_away(terminal: Terminal) -> None:
    """
    A closed pipe (`| head -1`) ends the command quietly and is no failure.
    """
    reading, writing = os.pipe()
    os.close(reading)

    done = subprocess.run(
        [sys.executable, "-m", "bot", "ask", "--corpus", "statements", "bus"],
        stdout=writing,
        stderr=subprocess.PIPE,
        cwd=terminal.folder,
        env=terminal.environment(),
        check=False,
    )
    os.close(writing)

    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_full_disk(terminal: Terminal) -> None:
    """
    Output that cannot be written is one line and a failure.
    """
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "bot", "ask", "--corpus", "statements", "bus"],
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=terminal.folder,
            env=terminal.environment(),
            check=False,
        )

    assert (done.returncode, done.stderr.count(b"\n")) == (1, 1)
    assert b"No space left" in done.stderr


def test_closed_streams(terminal: Terminal) -> None:
    """
    A command that is started without standard input, output and error still ends as it should.
    """
    done = subprocess.run(
        ["sh", "-c", 'exec "$0" -m bot ask --corpus statements bus >&- <&- 2>&-', sys.executable],
        capture_output=True,
        cwd=terminal.folder,
        env=terminal.environment(),
        check=False,
    )

    assert done.returncode == 0


# What fails on our side


def test_failure_says_nothing_of_the_question(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    An unforeseen failure is one line with its type and status 1: no traceback, no words of the question.
    """

    def break_down() -> float:
        raise RuntimeError("Ferrol orchard")

    monkeypatch.setattr(time, "perf_counter", break_down)

    printed = terminal.ask(ENGLISH, "--json")

    assert printed == (1, "", "Something failed on our side (RuntimeError). Nothing was changed.\n")


def test_failure_in_a_row_is_the_rows_own(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A row that fails on our side says so; the rest go on, and the exit status tells.
    """
    clock = iter([0.0, 0.1, RuntimeError("Ferrol"), 0.2, 0.3])

    def tick() -> float:
        now = next(clock)
        if isinstance(now, RuntimeError):
            raise now
        return now

    monkeypatch.setattr(time, "perf_counter", tick)

    printed = terminal.batch("".join(f'{{"id": {id}, "question": "bus"}}\n' for id in (1, 2, 3)))

    assert [row["id"] for row in printed.rows] == [1, 2, 3]
    assert printed.rows[1] == {"id": 2, "status": "none", "error": "This failed on our side (RuntimeError)."}
    assert (printed.status, printed.err.count("\n")) == (1, 1)
    assert "Ferrol" not in printed.err


# A quick start


@pytest.mark.parametrize(
    ("arguments", "unneeded"),
    [
        (["ask", "--help"], HEAVY),
        (["ask", "--corpus", "statements", "bus", "--json"], ["rich.console", "discord", "trafilatura", "lxml"]),
    ],
)
def test_only_what_is_needed_is_imported(terminal: Terminal, arguments: list[str], unneeded: list[str]) -> None:
    """
    Help and text files need no Discord, no HTML reader and, for help, no search engine: a cold start stays short.
    """
    code = (
        "import sys; from bot.cli.main import main\n"
        "try: main(sys.argv[1:])\n"
        "finally: print(*(name for name in sys.modules), file=sys.stderr)"
    )

    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        cwd=terminal.folder,
        env=terminal.environment(),
        check=False,
    )

    assert done.returncode == 0
    assert [name for name in unneeded if name in done.stderr.split()] == []
