"""Wrong usage and bad input: one clear line, status 2, and never a word of a question; what is merely odd is `none`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from terminal import Terminal

# Stands for the words of a question wherever a test types one.
QUESTION = "heronsecret"
BOXES = set("╭╮╰╯│─")


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ONRECORD_DATA_DIR", str(tmp_path / "data"))
    made = Terminal(tmp_path, capsys)
    made.file("empty.txt", "")
    made.file("blank.txt", " \n\n\t ")
    made.file("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\0" * 50)
    made.file("photo.jpg", b"\xff\xd8\xff")
    made.file("photos/photo.jpg", b"\xff\xd8\xff")
    made.file("mixed/good.txt", "We ask for a bus at night.\n")
    made.file("mixed/empty.txt", "")
    made.file("bytes.jsonl", b'{"question": "\xff\xfe"}\n')
    (tmp_path / "nothing").mkdir()
    return made


# What is typed after `onrecord`, and what the line must name.
USAGE: list[tuple[list[str], str]] = [
    ([], "corpus, evaluate"),
    (["--jsno"], "Try onrecord --help"),
    (["aks", QUESTION], "ask"),
    ([QUESTION], 'onrecord ask "…"'),  # a question without the command
    (["ask"], 'onrecord ask "…"'),
    (["ask", "--json"], 'onrecord ask "…"'),
    (["ask", QUESTION, "--batch", "rows.jsonl"], "--batch"),
    (["ask", QUESTION, "--jsno"], "Did you mean --json"),
    (["ask", f"--{QUESTION}"], "Try onrecord ask --help"),
    (["ask", "why", f"--{QUESTION}=no"], '"--"'),
    (["ask", f"-{QUESTION}"], '"--"'),
    (["ask", f"- {QUESTION}"], '"--"'),
    (["ask", QUESTION, "--corpus"], "--corpus"),
    (["ask", QUESTION, "--json=yes"], "--json"),
    (["ask", QUESTION, "-n", "0"], "-n takes 1 to 50"),
    (["ask", QUESTION, "-n", "51"], "-n takes 1 to 50"),
    (["ask", QUESTION, "-n", "-1"], "-n takes 1 to 50"),
    (["ask", QUESTION, "-n", "two"], "-n takes 1 to 50"),
    (["ask", QUESTION, "-n", "9" * 40], "-n takes 1 to 50"),
    (["ask", QUESTION, "--language", "fr"], "--language takes en|es|both"),
    (["ask", "--language", QUESTION], "--language"),  # the question in the place of the value
    (["ask", QUESTION, "--locale", "both"], "--locale takes en|es"),
    (["ask", QUESTION, "--cite", "chicago"], "plain|markdown|mla|apa"),
    (["bot", QUESTION], "onrecord bot was given more than it takes"),
    (["corpus"], "onrecord corpus"),
    (["corpus", "shwo", "2013-001"], "'show'"),
    (["corpus", "show", "2013-001", QUESTION], "onrecord corpus show"),
    (["corpus", "list", "--jsno"], "--jsno"),
    (["evaluate"], "answers"),
    (["evaluate", "anwsers"], "answers"),
    (["evaluate", "answers"], "FILE"),
    (["evaluate", "answers", "rows.jsonl"], "--corpus"),
    (["evaluate", "answers", "rows.jsonl", QUESTION, "--corpus", "statements"], "evaluate answers"),
]


@pytest.mark.parametrize(("arguments", "named"), USAGE)
def test_wrong_usage(terminal: Terminal, arguments: list[str], named: str) -> None:
    """
    Wrong usage is one line that names what is wrong and the help, with status 2, and repeats no word of a question.
    """
    printed = terminal.run(*arguments)

    assert (printed.status, printed.out, printed.err.count("\n")) == (2, "", 1)
    assert named in printed.err
    assert QUESTION not in printed.err
    assert not BOXES & set(printed.err)


# What is typed after `onrecord ask heronsecret`, and what the line must name.
INPUT: list[tuple[list[str], str]] = [
    (["--corpus", "missing.txt"], "missing.txt"),
    (["--corpus", "missing"], "missing"),
    (["--corpus", "empty.txt"], "empty.txt"),
    (["--corpus", "blank.txt"], "blank.txt"),
    (["--corpus", "picture.txt"], "picture.txt"),
    (["--corpus", "photo.jpg"], "photo.jpg"),
    (["--corpus", "photos"], "photos"),  # a folder without statements
    (["--corpus", "nothing"], "nothing"),
    (["--corpus", "mixed"], "empty.txt"),  # half a record would say "not found" about the other half
    (["--corpus", "statements", "--corpus", "missing.txt"], "missing.txt"),
    (["--corpus", "a\nb\x1b[2J.txt"], "a b\\x1b[2J.txt"),
    (["--corpus", "statements", "--since", "2012-13"], "2012-13"),
    (["--corpus", "statements", "--since", "2012-02-30"], "2012-02-30"),
    (["--corpus", "statements", "--until", "last year"], "2014-09-10"),  # the form to use
    (["--corpus", "statements", "--until", "0000"], "0000"),
    (["--corpus", "statements", "--since", "2014", "--until", "2012"], "2014"),
    (["--corpus", "statements", "--since", "2012-06", "--until", "2012-05-31"], "wrong way round"),
    (["--since", "soon"], "soon"),  # also of the sample
]


@pytest.mark.parametrize(("options", "named"), INPUT)
def test_bad_input(terminal: Terminal, options: list[str], named: str) -> None:
    """
    Input that cannot be used is one line that names it, with status 2, and standard output stays empty.
    """
    printed = terminal.run("ask", QUESTION, *options, "--json")

    assert (printed.status, printed.out, printed.err.count("\n")) == (2, "", 1)
    assert named in printed.err
    assert QUESTION not in printed.err


@pytest.mark.parametrize("name", ["missing.jsonl", "photos", "bytes.jsonl"])
def test_bad_batch_file(terminal: Terminal, name: str) -> None:
    """
    A file of questions that cannot be read is one line that names it.
    """
    printed = terminal.ask("--batch", name)

    assert (printed.status, printed.out, printed.err.count("\n")) == (2, "", 1)
    assert name in printed.err


def test_bad_date_stops_no_row_before_it(terminal: Terminal) -> None:
    """
    A bad date option is wrong for every row: each says so.
    """
    printed = terminal.batch('{"id": 1, "question": "bus"}\n', "--since", "soon")

    assert printed.rows == [
        {"id": 1, "status": "none", "error": '"soon" is not a date. Try 2014, 2014-09 or 2014-09-10.'}
    ]


@pytest.mark.parametrize("length", [1999, 2000])
def test_long_question_is_answered(terminal: Terminal, length: int) -> None:
    """
    Up to 2,000 characters are read.
    """
    printed = terminal.ask(("night bus " * 300)[: length - 1] + "s", "--json")

    assert (printed.status, printed.err) == (0, "")
    assert len(printed.document["question"]) == length


@pytest.mark.parametrize("question", ["heronsecret " * 167, "á" * 2001, "🦋" * 2001])
def test_too_long_question_is_refused(terminal: Terminal, question: str) -> None:
    """
    One character more is refused in one line that says how many are read.
    """
    printed = terminal.ask(question[:2001], "--json")

    assert (printed.status, printed.out, printed.err.count("\n")) == (2, "", 1)
    assert "2,001" in printed.err
    assert "2,000" in printed.err
    assert QUESTION not in printed.err


ODD = [
    "",
    " ",
    "\t\n\u00a0",
    "@everyone",
    "@here <@123456789012345678> <@&1>",
    "?",
    "…",
    '""',
    "“”",
    "🦋🦋",
    ".*",
    "(?:a+)+$",
    "[[[((((\\",
    "%s %(name)s {0} {name}",
    "'; DROP TABLE statements; --",
    '" OR 1=1 --',
    "* NEAR(zebra, quagga) NOT",
    "${HOME} $(id) `id`",
    "[bold]zebra[/bold]",
    "\x1b[31mzebra\x1b[0m",
    "\u202ezebra",
    "zebra\x00quagga",
    "\udcff\udcfe",
    "zebra\udcff",
    "ｚｅｂｒａ",
    "斑馬",
    "a" * 2000,
    "(" * 2000,
    '"' * 2000,
    "“zq " * 500,
    "99999999999999999999999999",
    "in 99999",
    "--",
]


@pytest.mark.parametrize("question", ODD)
def test_odd_question_gets_honest_none(terminal: Terminal, question: str) -> None:
    """
    Blank questions, mentions and characters that mean something to a program are read as words, of which none is found.
    """
    printed = terminal.ask("--locale", "en", "--", question)

    assert (printed.status, printed.err) == (0, "")
    assert printed.out.startswith("The statements do not answer this.\n")
    assert not {"\x1b", "\u202e", "\x00"} & set(printed.out)


def test_odd_questions_of_a_batch(terminal: Terminal) -> None:
    """
    The same questions as rows are answered the same, each as it was asked.
    """
    rows = terminal.batch("\n".join(json.dumps({"question": question}) for question in ODD)).rows

    assert [row["question"] for row in rows] == ODD
    assert all((row["status"], row["excerpts"]) == ("none", []) for row in rows)


@pytest.mark.parametrize("option", ["--speaker", "--organization", "--previous"])
@pytest.mark.parametrize("value", ["", " ", "%s", "(?:a+)+$", "'; DROP TABLE", "\udcff", "a" * 2000])
def test_odd_values_are_words(terminal: Terminal, option: str, value: str) -> None:
    """
    A name that nobody has is answered, not an error.
    """
    printed = terminal.ask("and what about the bus?", option, value, "--json")

    assert (printed.status, printed.err) == (0, "")
    assert printed.document["status"] in ("answered", "related", "none")


@pytest.mark.parametrize(
    ("variable", "value"),
    [("ONRECORD_SERVER_IDS", "tokensecret"), ("ONRECORD_LOG_LEVEL", "tokensecret"), ("ONRECORD_DATA_DIR", "empty.txt")],
)
def test_bad_settings(terminal: Terminal, monkeypatch: pytest.MonkeyPatch, variable: str, value: str) -> None:
    """
    A bad setting is one line with its name, without its value, and status 2.
    """
    monkeypatch.setenv(variable, value)

    printed = terminal.run("ask", "bus")

    assert (printed.status, printed.out, printed.err.count("\n")) == (2, "", 1)
    assert variable in printed.err
    assert value not in printed.err


def test_bot_without_token(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    `onrecord bot` without a token says in one line what is missing and where it is found.
    """
    monkeypatch.delenv("DISCORD_TOKEN", raising=False)

    printed = terminal.run("bot")

    assert (printed.status, printed.out) == (2, "")
    assert "DISCORD_TOKEN is not set" in printed.err.splitlines()[-1]


@pytest.mark.thorough
@pytest.mark.parametrize("command", [["ask", QUESTION, "--json"], ["bot"]])
def test_index_without_database_is_no_empty_corpus(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    """
    A database that is gone beside its index ends with status 1 and one line: the sample does not answer instead.
    """
    monkeypatch.setenv("DISCORD_TOKEN", "no.token")
    terminal.run("corpus", "add", terminal.statements)
    for path in (terminal.folder / "data").glob("corpus.sqlite3*"):
        path.unlink()

    printed = terminal.run(*command)

    assert (printed.status, printed.out, printed.err.count("\n")) == (1, "", 1)
    assert "missing" in printed.err
    assert QUESTION not in printed.err


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["ask", "--corpus", "empty.txt", QUESTION], 2),
        (["ask", f"--{QUESTION}"], 2),
        (["ask", "--corpus", "statements", b"\xff\xfe\x80"], 0),  # no text at all
    ],
)
def test_as_a_program(terminal: Terminal, arguments: list[str | bytes], status: int) -> None:
    """
    Run as a program, it says the same: no traceback, no box, no values of variables.
    """
    printed = terminal.process(*arguments)

    assert printed.status == status
    assert printed.err.count("\n") == (1 if status else 0)
    assert QUESTION not in printed.err
    assert "Traceback" not in printed.err


@pytest.mark.parametrize("arguments", [[], ["ask"], ["corpus"], ["corpus", "add"], ["evaluate", "answers"], ["bot"]])
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help(terminal: Terminal, arguments: list[str], option: str) -> None:
    """
    Every command has help, on standard output, under the name that people type.
    """
    printed = terminal.run(*arguments, option)

    assert (printed.status, printed.err) == (0, "")
    assert printed.out.startswith(" ".join(["Usage: onrecord", *arguments]))
    assert not BOXES & set(printed.out)
