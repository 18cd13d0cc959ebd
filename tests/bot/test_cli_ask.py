"""`onrecord ask`: its JSON, its options, and what people read."""

from __future__ import annotations

import pytest
from terminal import Terminal, files_shown

ENGLISH = "What did Nadia Ferrol say about the orchard?"
SPANISH = "¿Qué dijo Nadia Ferrol sobre el pozo?"


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
        *("date", "date_precision", "date_evidence", "missing_since"),
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


@pytest.mark.thorough
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
