"""`onrecord quote`: its JSON, its options, and what people read."""

from __future__ import annotations

import pytest
from terminal import Printed, Terminal

QUOTE = {
    *("text", "start", "end", "paragraph", "utterance", "part", "speaker", "context", "kind", "issuer", "statement"),
    "score",
}


def quote(terminal: Terminal, *arguments: str) -> Printed:
    return terminal.run("quote", "--corpus", terminal.statements, *arguments)


def test_json_has_the_keys_of_the_contract(terminal: Terminal) -> None:
    """
    A reply as JSON has every key that other programs read, at every level.
    """
    reply = quote(terminal, "--about", "orchard", "--json").document
    found = reply["quotes"][0]

    assert reply.keys() == {
        *("quotes", "locale", "filters", "of_the_day", "total", "choices", "coverage", "corrected", "bridged", "notes"),
    }
    assert found.keys() == QUOTE
    assert found["speaker"].keys() == {"name", "title", "organization", "printed"}
    assert found["context"].keys() == {"text", "start", "end"}
    assert found["statement"].keys() == {
        *("id", "revision", "file", "url", "title", "organizations", "short", "language"),
        *("date", "date_precision", "date_evidence", "missing_since"),
    }


def test_json_says_what_is_printed(terminal: Terminal) -> None:
    """
    Words, place, speaker and date of a quote are those of the file.
    """
    found = quote(terminal, "--about", "orchard", "--json").document["quotes"][0]
    text = (terminal.statements / found["statement"]["file"]).read_text("utf-8")

    assert found["text"] == text[found["start"] : found["end"]] == "We will walk until the orchard pays us,"
    assert found["context"]["text"] == text[found["context"]["start"] : found["context"]["end"]]
    assert found["context"]["text"].endswith("said Nadia Ferrol, director of Cedar Lane Workers.")
    assert (found["paragraph"], found["utterance"], found["part"], found["kind"]) == (3, 1, 1, "body")
    assert found["speaker"]["name"] == "Nadia Ferrol"
    assert (found["statement"]["date"], found["statement"]["date_precision"]) == ("2013-06-04", "day")


@pytest.mark.thorough
def test_json_alone_on_standard_output(terminal: Terminal) -> None:
    """
    With `--json` standard output is one document, also where the sample answers and standard error says so.
    """
    printed = terminal.run("quote", "--json")

    assert (printed.status, printed.err.count("\n")) == (0, 1)
    assert "sample" in printed.err
    assert printed.document["of_the_day"]
    assert len(printed.document["quotes"]) == 1


@pytest.mark.parametrize(
    ("options", "files"),
    [
        (("--speaker", "Ferrol"), ["carta.md", "walk.txt"]),
        (("--speaker", "nadia ferol", "--order", "oldest"), ["walk.txt", "carta.md"]),
        (("--organization", "Cedar Lane Workers", "--until", "2013"), ["walk.txt"]),
        (("--since", "2014-05-02", "--until", "2014-05"), ["carta.md"]),
        (("--about", "pozo", "-n", "1"), ["carta.md"]),
        (("--about", "water well", "--order", "newest"), ["carta.md"]),
        (("--about", "the orchard", "--since", "2014"), ["carta.md"]),
        (("--about", "submarines"), []),
    ],
)
def test_options_narrow(terminal: Terminal, options: tuple[str, ...], files: list[str]) -> None:
    """
    Each option does what its help says.
    """
    reply = quote(terminal, *options, "--json").document

    assert [found["statement"]["file"] for found in reply["quotes"]] == files


@pytest.mark.parametrize(
    ("locale", "sentence"),
    [
        ("en", "Nobody called “Pablo Ferrol” is quoted in these statements."),
        ("es", "En estos comunicados no se cita a nadie llamado «Pablo Ferrol»."),
    ],
)
def test_notes_are_sentences(terminal: Terminal, locale: str, sentence: str) -> None:
    """
    Notes are sentences in the reader's language.
    """
    reply = quote(terminal, "--speaker", "Pablo Ferrol", "--locale", locale, "--json").document

    assert (reply["notes"], reply["quotes"]) == ([sentence], [])


def test_people_read_words_and_speaker(terminal: Terminal) -> None:
    """
    Without `--json` the words stand first, then who says them, when and where, then the sentence they stand in.
    """
    lines = quote(terminal, "--about", "orchard", "-n", "1", "--until", "2013").out.splitlines()

    assert lines[lines.index("") + 1] == "> We will walk until the orchard pays us,"
    assert lines[lines.index("") + 2] == "Nadia Ferrol, director, Cedar Lane Workers"
    assert "In context:" in lines


@pytest.mark.parametrize(
    ("options", "status", "words"),
    [
        (("--since", "someday"), 2, "is not a date"),
        (("--since", "2014", "--until", "2013"), 2, ""),
        (("-n", "0"), 2, "1 to 50"),
        (("--order", "loudest"), 2, "best|newest|oldest"),
        (("ferry",), 2, "more than it takes"),
        (("--corpus", "nowhere"), 2, "nowhere"),
    ],
)
def test_wrong_usage_is_one_line(terminal: Terminal, options: tuple[str, ...], status: int, words: str) -> None:
    """
    What is wrong is said in one line on standard error, and nothing is printed.
    """
    printed = quote(terminal, *options)

    assert (printed.status, printed.out, printed.err.count("\n")) == (status, "", 1)
    assert words in printed.err


def test_nothing_is_honest(terminal: Terminal) -> None:
    """
    A topic that nobody speaks of is no failure.
    """
    printed = quote(terminal, "--about", "submarines")

    assert printed.status == 0
    assert printed.out.startswith("Nobody is quoted on this in these statements.\nNot found: submarines.")


def test_missing_index_is_an_error(terminal: Terminal) -> None:
    """
    A stored corpus whose index of quotes is gone says so, instead of finding nothing.
    """
    assert terminal.run("corpus", "add", terminal.statements).status == 0
    assert terminal.run("quote", "--speaker", "Ferrol", "--json").document["total"] == 2
    for file in (terminal.folder / "data" / "index" / "quotes").rglob("*.bin"):
        file.unlink()

    printed = terminal.run("quote", "--speaker", "Ferrol")

    assert (printed.status, printed.out) == (1, "")
    assert "missing" in printed.err
