"""`onrecord timeline`: its JSON, its options, what people read, and its chart."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PIL import Image
from terminal import Printed, Terminal, files_below


@pytest.fixture
def river(terminal: Terminal) -> Terminal:
    """The three statements, and one more on the walk a year later."""
    terminal.file(
        "statements/again.txt", "We walk again\n\nOAKMERE, June 1, 2015 – We walk to the orchard once more.\n"
    )
    return terminal


def run(terminal: Terminal, *arguments: str | Path) -> Printed:
    return terminal.run("timeline", "--corpus", terminal.statements, *arguments)


def test_json_has_the_keys_of_the_contract(river: Terminal) -> None:
    """A timeline as JSON has every key that other programs read; excerpts are those of `ask`."""
    found = run(river, "orchard", "--json").document

    assert found.keys() >= {"topic", "filters", "excerpts", "undated", "years", "gaps", "total", "notes"}
    assert found["excerpts"][0].keys() == river.ask("orchard", "--json").document["excerpts"][0].keys()
    assert found["filters"].keys() == {"since", "until", "organization", "speaker", "language", "order"}


def test_json_says_what_is_printed(river: Terminal) -> None:
    """Oldest first, undated ones apart, counts a year, and words that stand in the file."""
    found = run(river, "orchard", "--json").document

    dates = [excerpt["statement"]["date"] for excerpt in found["excerpts"]]
    assert dates == sorted(dates)
    assert [excerpt["statement"]["id"] for excerpt in found["undated"]] == ["letter"]
    assert (found["years"], found["gaps"], found["total"]) == ({"2013": 1, "2014": 1, "2015": 1}, [], 4)
    for excerpt in (*found["excerpts"], *found["undated"]):
        text = (river.statements / excerpt["statement"]["file"]).read_text("utf-8")
        assert excerpt["text"] == text[excerpt["start"] : excerpt["end"]]


@pytest.mark.parametrize(
    ("options", "years"),
    [
        ((), {"2013": 1, "2014": 1, "2015": 1}),
        (("--since", "2014"), {"2014": 1, "2015": 1}),
        (("--until", "2013-12"), {"2013": 1}),
        (("--organization", "Cedar Lane Workers"), {"2013": 1}),
        (("--speaker", "Nadia Ferrol"), {"2013": 1}),
        (("--since", "2020"), {}),
    ],
)
def test_options_narrow(river: Terminal, options: tuple[str, ...], years: dict[str, int]) -> None:
    """Dates, organization and speaker leave only what passes them."""
    found = run(river, "orchard", *options, "--json").document

    assert found["years"] == years


def test_locale_and_citation(river: Terminal) -> None:
    """The reply's own words are in the locale asked for, and each excerpt has its citation."""
    found = run(river, "orchard", "--since", "2014", "--locale", "es", "--cite", "apa", "--json").document

    assert found["notes"] == ["Los comunicados sin fecha se muestran aparte: pueden ser de otras fechas."]
    assert all(excerpt["citation"] for excerpt in (*found["excerpts"], *found["undated"]))


def test_text_for_people(river: Terminal) -> None:
    """Bars first, then each year's words, then what carries no date."""
    lines = run(river, "the", "orchard").out.splitlines()

    assert lines[:6] == [
        "Statements on “the orchard”: 4 (2013 to 2015; 1 undated)",
        "",
        "2013  ████ 1",
        "2014  ████ 1",
        "2015  ████ 1",
        "",
    ]
    assert [line for line in lines[6:] if line in {"2013", "2014", "2015", "Without a date"}] == [
        *("2013", "2014", "2015", "Without a date")
    ]


def test_silence_is_an_answer(river: Terminal) -> None:
    """Where nothing speaks of the topic, the status is 0 and the words say so."""
    printed = run(river, "zeppelins")

    assert (printed.status, printed.err) == (0, "")
    assert printed.out == "No statement speaks of “zeppelins”.\nNot found: zeppelins.\n"


def test_sample_is_named(terminal: Terminal) -> None:
    """Without statements of one's own the sample answers, and standard error says so in one line."""
    printed = terminal.run("timeline", "deportation", "--json")

    assert (printed.status, printed.err.count("\n")) == (0, 1)
    assert printed.document["excerpts"]


# The chart


@pytest.mark.thorough
def test_chart_is_written(river: Terminal) -> None:
    """`--png` writes the chart, and says in words what it shows."""
    printed = run(river, "orchard", "--png", "years.png")
    words = " ".join(printed.out.splitlines()[-3:])

    with Image.open(river.folder / "years.png") as image:
        assert image.info["Description"] in words
    assert "Chart: years.png" in printed.out.splitlines()


def test_chart_in_json(river: Terminal) -> None:
    """With `--json` the file and its words are one key more, and standard output is still one document."""
    chart = run(river, "orchard", "--png", "years.PNG", "--json").document["chart"]

    assert chart["file"] == "years.PNG"
    assert chart["text"].startswith("Bar chart of the statements on “orchard” a year, 3 in all: 2013: 1")
    assert (river.folder / "years.PNG").is_file()


@pytest.mark.parametrize("topic", ["zeppelins", "night bus"], ids=["nothing", "nothing dated"])
def test_no_chart_of_nothing(river: Terminal, topic: str) -> None:
    """Where nothing with a date was found no file is written, and that is said."""
    printed = run(river, topic, "--png", "years.png")

    assert printed.status == 0
    assert printed.out.endswith("\nNothing with a date was found, so no chart was drawn.\n")
    assert not (river.folder / "years.png").exists()
    assert run(river, topic, "--png", "years.png", "--json").document["chart"] is None


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("nowhere/years.png", "its folder is missing"),
        ("folder.png", "it is a folder"),
        ("statements/walk.txt", "ends in .png"),  # nobody's statement is written over
        ("years", "ends in .png"),
        ("statements/walk.txt/years.png", "its folder is missing"),
        ("n" * 300 + ".png", "File name too long"),
    ],
)
def test_impossible_places_are_refused(river: Terminal, file: str, words: str) -> None:
    """A chart that cannot be written is one line with the place in it, status 2, and nothing changed."""
    (river.folder / "folder.png").mkdir()
    before = files_below(river.folder)

    printed = run(river, "orchard", "--png", file, "--json")

    assert (printed.status, printed.out, printed.err.count("\n")) == (2, "", 1)
    assert words in printed.err
    assert file in printed.err
    assert files_below(river.folder) == before


def test_missing_extra(river: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without matplotlib a chart is refused with what to install, before anything is read; a timeline needs none."""
    monkeypatch.setitem(sys.modules, "matplotlib", None)

    printed = run(river, "orchard", "--png", "years.png")

    assert (printed.status, printed.out, printed.err.count("\n")) == (1, "", 1)
    assert 'pip install "onrecord[chart]"' in printed.err
    assert run(river, "orchard").status == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "Missing argument"),
        ((" ",), "There is no topic"),
        (("x" * 2001,), "2,001 characters"),
        (("orchard", "--since", "Febuary"), "is not a date"),
        (("orchard", "--since", "2014", "--until", "2012"), "wrong way round"),
        (("orchard", "--corpus", "nowhere"), "nowhere"),
    ],
)
def test_wrong_usage_is_one_line(river: Terminal, arguments: tuple[str, ...], words: str) -> None:
    """What cannot be asked is one clear line, status 2 and nothing on standard output."""
    printed = run(river, *arguments)

    assert (printed.status, printed.out, printed.err.count("\n")) == (2, "", 1)
    assert words in printed.err
