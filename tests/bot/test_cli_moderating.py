"""`onrecord corpus refresh`, `hide`, `correct`, `erase`, `history`, `rollback`, `export`, `check` at the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from terminal import Printed, Terminal

REPORT = {"generation", "applied", "added", "changed", "missing", "removed", "same", "failed", "refused", "lost"}


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """A stored corpus: walk.txt is 2013-001, carta.md 2014-001, letter.txt undated-001."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ONRECORD_DATA_DIR", str(tmp_path / "data"))
    terminal = Terminal(tmp_path, capsys)
    terminal.run("corpus", "add", terminal.statements)
    return terminal


def corpus(terminal: Terminal, *arguments: str | Path) -> Printed:
    return terminal.run("corpus", *arguments)


def test_refresh_prints_report(terminal: Terminal) -> None:
    """
    `refresh --json` prints the report; for people it is a line of counts and a line for each statement.
    """
    terminal.file("statements/new.txt", "A word about the well\n\nThe well belongs to the people of the valley.\n")
    (terminal.statements / "letter.txt").write_text("We ask for a tram at night. The road is dark and long.\n")

    printed = corpus(terminal, "refresh", "--json")

    assert (printed.status, printed.err) == (0, "")
    assert printed.document.keys() == REPORT
    assert [item["code"] for item in printed.document["added"]] == ["new"]
    [changed] = printed.document["changed"]
    assert (changed["id"], changed["code"]) == ("undated-001", "text_changed")
    assert "[+tram" in changed["detail"]
    assert corpus(terminal, "refresh").out == "0 added, 0 changed, 4 same, 0 failed. The corpus is at generation 2.\n"


def test_report_says_what_to_look_at(terminal: Terminal) -> None:
    """
    Beside a new statement stands what a moderator should look at: masked numbers, quotes of whom nobody can tell.
    """
    said = "The well\n\n“The file was lost,” Brandt said.\n\nContact: Nadia Ferrol, 415-555-0142\n"
    terminal.file("statements/new.txt", said)

    [item] = corpus(terminal, "refresh", "--json").document["added"]

    assert item["detail"] == "speaker_unsure: 1; private_masked: 1"


def test_refresh_tells_progress(terminal: Terminal) -> None:
    """
    `refresh --events` prints JSON lines as it comes along, the report last.
    """
    terminal.file("statements/new.txt", "A word about the well\n\nThe well belongs to the people of the valley.\n")

    rows = corpus(terminal, "refresh", "--events").rows

    assert [row["event"] for row in rows] == [*["reading"] * 4, "building", "report"]
    assert all(row.keys() == {"event", "done", "total", "source"} for row in rows[:-1])
    assert rows[-1].keys() == {"event"} | REPORT


def test_too_many_missing(terminal: Terminal) -> None:
    """
    Where too many would go missing the exit status is 1, one line says so, and `--accept-missing` goes on.
    """
    (terminal.statements / "letter.txt").unlink()

    refused = corpus(terminal, "refresh", "--json")
    tried = corpus(terminal, "refresh", "--dry-run")
    accepted = corpus(terminal, "refresh", "--accept-missing")

    assert (refused.status, refused.err.count("\n")) == (1, 1)
    assert "--accept-missing" in refused.err
    assert (refused.document["applied"], refused.document["refused"]) == (False, "too_many_missing")
    assert tried.status == 1
    assert accepted.status == 0
    assert "[no longer at its source]" in corpus(terminal, "list").out
    assert "no longer at its source since" in corpus(terminal, "show", "undated-001").out


GOLDEN = '{"id": "walk", "question": "What does Nadia Ferrol say about the orchard?", "statement": "2013-001"}\n'


@pytest.mark.thorough
def test_lost_golden_questions(terminal: Terminal) -> None:
    """
    Where a golden question would be lost the exit status is 1, one line names its id and never its words, and
    `--accept-golden` goes on: of refresh, rollback, add and import.
    """
    corpus(terminal, "export", terminal.folder / "all.jsonl", "--with-hidden")
    terminal.file("data/golden.jsonl", GOLDEN)
    terminal.file("statements/walk.txt", "The walk is over\n\nEverybody went home on the evening train.\n")

    for verb in (("refresh",), ("add", terminal.statements)):
        refused = corpus(terminal, *verb, "--json")
        assert (refused.status, refused.err.count("\n")) == (1, 1)
        assert "1 golden question would no longer be answered as now (walk)." in refused.err
        assert "What does" not in refused.err + refused.out
        assert (refused.document["refused"], refused.document["lost"]) == ("golden_lost", ["walk"])
    assert "Nothing was changed; the corpus is at generation 1.\n" in corpus(terminal, "refresh").out
    assert corpus(terminal, "refresh", "--accept-golden").status == 0
    assert corpus(terminal, "import", terminal.folder / "all.jsonl").status == 0

    (terminal.folder / "data" / "golden.jsonl").write_text('{"id": "home", "question": "Who went home by train?"}')
    assert corpus(terminal, "rollback", "1").status == 1
    assert corpus(terminal, "rollback", "1", "--accept-golden").status == 0


def test_bad_golden_questions(terminal: Terminal) -> None:
    """
    A line of the file that is no question is named, and the exit status is 2.
    """
    terminal.file("data/golden.jsonl", GOLDEN + '{"id": "x", "question": 7}')

    printed = corpus(terminal, "refresh")

    assert (printed.status, printed.out, printed.err.count("\n")) == (2, "", 1)
    assert "golden.jsonl, line 2: a row should be" in printed.err


def test_every_source_failed(terminal: Terminal) -> None:
    """
    Where no source can be read the exit status is 1, each is said, and the status shows why.
    """
    terminal.statements.rename(terminal.folder / "elsewhere")

    failed = corpus(terminal, "refresh")

    assert failed.status == 1
    assert "does not exist" in failed.err
    assert "Nothing was changed" in failed.out
    [source] = corpus(terminal, "status", "--json").document["sources"]
    assert (source["code"], source["kind"]) == ("not_found", "files")
    assert source["next"] > source["failing_since"] == source["last_failure"]
    assert "failed" in corpus(terminal, "status").out


@pytest.mark.thorough
def test_hide_and_unhide(terminal: Terminal) -> None:
    """
    What is hidden answers nothing, is listed only with a flag, and says how it comes back.
    """
    made = corpus(terminal, "hide", "2013-001", "--reason", "asked by  mail", "--json")

    assert made.document == {"generation": 2, "applied": True, "ids": ["2013-001"], "changes": []}
    assert corpus(terminal, "list").out.count("\n") == 2
    assert "2013-001     2013-06-04" in corpus(terminal, "list", "--hidden").out
    assert "[hidden]" in corpus(terminal, "list", "--hidden").out
    refused = corpus(terminal, "show", "2013-001")
    assert (refused.status, refused.err.count("\n")) == (2, 1)
    assert "corpus unhide 2013-001" in refused.err
    assert "OAKMERE" in corpus(terminal, "show", "2013-001", "--hidden").out
    assert terminal.run("statement", "2013-001").status == 2
    assert "We will walk" not in terminal.run("quote", "--about", "orchard", "--json").out
    assert corpus(terminal, "unhide", "2013-001").out == "2013-001 shown again. The corpus is at generation 3.\n"
    assert corpus(terminal, "status", "--json").document["hidden"] == 0


@pytest.mark.thorough
def test_same_release_is_mentioned(terminal: Terminal) -> None:
    """
    Whoever hides or erases a statement is told where the same release stands in nearly the same words.
    """
    lines = "\n\n".join(
        f"Gate {number} of the orchard at Oakmere opens at dawn for the pickers." for number in range(40)
    )
    terminal.file("statements/x.txt", f"The gates\n\nOAKMERE, June 4, 2013 – {lines}\n")
    terminal.file("statements/y.txt", f"The gates\n\nOAKMERE, June 4, 2013 – {lines} Come!\n")
    corpus(terminal, "refresh")

    hidden = corpus(terminal, "hide", "2013-002", "--reason", "asked by mail")
    erased = corpus(terminal, "erase", "2013-003", "--reason", "asked by mail")

    assert hidden.err == "The same release also stands, in other words or another language, under 2013-003.\n"
    assert (hidden.status, erased.status, erased.err) == (0, 0, "")


def test_correct(terminal: Terminal) -> None:
    """
    `correct` prints what stood there and what stands there now; `--dry-run` changes nothing.
    """
    tried = corpus(terminal, "correct", "2013-001", "--date", "2013-06", "--reason", "typo", "--dry-run")
    assert tried.out == "  date: 2013-06-04 → 2013-06\nNothing was changed.\n"

    arguments = (
        "--title",
        "Walking",
        "--organization",
        "Orchard Hands",
        "--speaker",
        "We will walk=Cedar Lane Workers",
    )
    made = corpus(terminal, "correct", "2013-001", *arguments, "--furniture", "1", "--reason", "typo", "--json")

    assert [change["field"] for change in made.document["changes"]] == [
        "title",
        "organizations",
        "speaker",
        "furniture",
    ]
    shown = corpus(terminal, "show", "2013-001", "--json").document
    assert (shown["title"], shown["organizations"], shown["date"]) == ("Walking", ["Orchard Hands"], "2013-06-04")
    assert [quote["speaker"]["name"] for quote in shown["quotes"]] == ["Cedar Lane Workers"]
    assert shown["paragraphs"][0]["kind"] == "other"


@pytest.mark.thorough
def test_erase(terminal: Terminal) -> None:
    """
    `erase` takes the text out of every file, and no refresh brings it back.
    """
    made = corpus(terminal, "erase", "2013-001", "--reason", "asked by mail")

    assert made.out == "2013-001 erased. The corpus is at generation 2.\n"
    assert corpus(terminal, "refresh").status == 0
    files = [path for path in (terminal.folder / "data").rglob("*") if path.is_file()]
    assert not [path for path in files if b"packing house" in path.read_bytes()]
    assert corpus(terminal, "check").status == 0


@pytest.mark.thorough
def test_history_and_rollback(terminal: Terminal) -> None:
    """
    History lists generations and actions; a rollback prints what it changes and goes back.
    """
    terminal.file("statements/new.txt", "A word about the well\n\nThe well belongs to the people of the valley.\n")
    corpus(terminal, "refresh")
    corpus(terminal, "hide", "undated-001", "--reason", "asked by mail")

    back = corpus(terminal, "rollback", "1", "--reason", "wrong file")

    assert back.out.splitlines()[0] == (
        "0 added, 0 changed, 1 removed, 0 same, 0 failed. The corpus is at generation 4."
    )
    assert "undated-002" in back.out
    listed = corpus(terminal, "history", "--json").document
    assert [one["number"] for one in listed["generations"]] == [4, 3, 2, 1]
    assert listed["generations"][0].keys() >= {"number", "when", "by", "added", "changed", "missing"}
    assert [(one["what"], one["reason"], one["by"]) for one in listed["actions"][:2]] == [
        ("rollback", "wrong file", "terminal"),
        ("hide", "asked by mail", "terminal"),
    ]
    assert "asked by mail" in corpus(terminal, "history").out


def test_export_and_import(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    An export imported into an empty folder answers the same.
    """
    written = corpus(terminal, "export", terminal.folder / "all.jsonl", "--with-hidden")
    rows = corpus(terminal, "list", "--json").out
    monkeypatch.setenv("ONRECORD_DATA_DIR", str(terminal.folder / "other"))

    read = corpus(terminal, "import", terminal.folder / "all.jsonl", "--json")

    assert written.out == "3 statements written, 0 withheld, generation 1.\n"
    assert read.document == {"generation": 1, "statements": 3, "withheld": 0, "refused": None, "lost": []}
    assert corpus(terminal, "list", "--json").out == rows
    assert corpus(terminal, "check", "--json").document["problems"] == []


def test_check_finds_damage(terminal: Terminal) -> None:
    """
    Where store and index disagree, `check` lists it and the exit status is 1.
    """
    next((terminal.folder / "data/index/passages").rglob("segment.bin")).write_bytes(b"")

    text, document = corpus(terminal, "check"), corpus(terminal, "check", "--json")

    assert (text.status, document.status) == (1, 1)
    assert text.out.startswith("index")
    assert [one["code"] for one in document.document["problems"]] == ["unreadable"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("hide", "2013-001"), "--reason"),  # no reason
        (("hide", "2013-009", "--reason", "x"), "2013-009"),
        (("correct", "2013-001", "--reason", "x"), "Nothing to correct"),
        (("correct", "2013-001", "--date", "June", "--reason", "x"), "is not a date"),
        (("erase", "2013-009", "--reason", "x"), "2013-009"),
        (("rollback", "7"), "the last is 1"),
        (("rollback", "x"), "N"),
        (("import", "missing.jsonl"), "missing.jsonl"),
        (("unhide",), "ID"),
        (("hide", "2013-001", "--reason", "x" * 2001), "up to 2,000"),
    ],
)
def test_wrong_usage(terminal: Terminal, arguments: tuple[str, ...], said: str) -> None:
    """
    Wrong usage gives one line that says what was wrong, exit status 2, and changes nothing.
    """
    printed = corpus(terminal, *arguments)

    assert (printed.status, printed.out, printed.err.count("\n")) == (2, "", 1)
    assert said in printed.err
    assert corpus(terminal, "status", "--json").document["generation"] == 1


def test_text_cannot_steer_terminal(terminal: Terminal) -> None:
    """
    Control characters in file names, titles and reasons are spelled out wherever moderators read them.
    """
    terminal.file("statements/\x1b[2J.txt", "An odd \x1b[2J name\n\nThe well belongs to the people of the valley.\n")
    outs = [
        corpus(terminal, *arguments).out
        for arguments in (
            ("refresh",),
            ("correct", "2013-001", "--title", "Walk \x1b[2J", "--reason", "odd \x1b[2J"),
            ("history",),
            ("rollback", "1"),
            ("status",),
        )
    ]

    assert "\x1b" not in "".join(outs)
    assert json.loads(corpus(terminal, "history", "--json").out)["actions"][1]["reason"] == "odd \x1b[2J"
