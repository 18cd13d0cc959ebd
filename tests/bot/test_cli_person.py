"""`onrecord person`: its JSON, and what people read."""

from __future__ import annotations

import pytest
from terminal import Printed, Terminal


def person(terminal: Terminal, *arguments: str) -> Printed:
    return terminal.run("person", "--corpus", terminal.statements, *arguments)


def test_json_has_its_keys(terminal: Terminal) -> None:
    """
    A profile as JSON has every key that other programs read, at every level.
    """
    document = person(terminal, "Nadia", "Ferrol", "--json").document

    assert document.keys() == {
        *("name", "locale", "names", "titles", "organizations", "total", "years", "undated", "quotes"),
        *("choices", "corrected", "notes"),
    }
    assert document["names"][0] == {
        **{"text": "Nadia Ferrol", "first": "2013-06-04"},
        **{"last": "2014-05-02", "statements": 2},
    }
    assert document["years"] == {
        "2013": {"statements": 1, "quotes": 1},
        "2014": {"statements": 1, "quotes": 1},
    }
    assert [quote["statement"]["date"] for quote in document["quotes"]] == ["2014-05-02", "2013-06-04"]


@pytest.mark.parametrize(
    ("locale", "lines"),
    [
        ("en", ["Quoted: 2 statements · 2 quotes", "2013  1 statement · 1 quote", "Titles, as printed"]),
        ("es", ["Se le cita: 2 comunicados · 2 frases", "2013  1 comunicado · 1 frase", "Cargos, como se publicaron"]),
    ],
)
def test_people_read_it_in_their_language(terminal: Terminal, locale: str, lines: list[str]) -> None:
    """
    Without `--json` the person stands first, then counts, printed forms with their dates, and the newest quotes.
    """
    printed = person(terminal, "ferrol", "--locale", locale, "-n", "1").out.splitlines()

    assert printed[0] == "Nadia Ferrol"
    assert set(lines) <= set(printed)
    assert next(line for line in printed if line.startswith("> ")) == "> El agua del pozo es de la gente"


def test_years_without_any_share_a_line(terminal: Terminal) -> None:
    """
    Years side by side in which nothing was said take one line.
    """
    terminal.file(
        "statements/later.txt",
        "The walk is over\n\nOAKMERE, June 4, 2018 – The Cedar Lane Workers went home today, all of them together.\n\n"
        "“We are home at last,” said Nadia Ferrol, director of Cedar Lane Workers.\n",
    )

    assert "2015 to 2017  0" in person(terminal, "ferrol").out.splitlines()


def test_unknown_name_is_said(terminal: Terminal) -> None:
    """
    Nobody of that name is an answer, not a failure.
    """
    printed = person(terminal, "Pablo", "Ferrol")

    assert (printed.status, printed.out) == (0, "Nobody called “Pablo Ferrol” is quoted in these statements.\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [((), "Missing argument"), ((" ",), "no name"), (("x", "-n", "0"), "1 to 50"), (("x", "--locale", "fr"), "en|es")],
)
def test_wrong_usage_is_one_line(terminal: Terminal, arguments: tuple[str, ...], words: str) -> None:
    """
    What is wrong is said in one line on standard error, and nothing is printed.
    """
    printed = person(terminal, *arguments)

    assert (printed.status, printed.out, printed.err.count("\n")) == (2, "", 1)
    assert words in printed.err
