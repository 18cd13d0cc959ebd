"""`onrecord corpus …` in the terminal: JSON, text for people, errors in one line, exit status."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from bot.cli.main import main
from corpus.full_text import paragraphs_of
from corpus.models import Furniture, Reading, Span

RELEASE = """The walk goes on

OAKMERE, June 4, 2013 – The Cedar Lane Workers walked out of the packing house today, all of them together.

“We will walk until we are heard,” said Nadia Ferrol, director of Cedar Lane Workers. “Nobody rides alone.”

The walk ends at the river on Saturday, where the families wait with food and music for everybody.

Contact: Nadia Ferrol, 415-555-0142
"""
LETTER = "We ask for a bus at night. The last one leaves before the second shift ends, and the road is dark.\n"

WALK = """A Walk of 31 Miles

OAKMERE, June 4, 2013 – Today 260 members of the Cedar Lane Workers walked to Port Ellery with the nurse Ines Farol.

The packing company owes them 48,500 dollars. Mayor Otto Brasa promised an inspection in Oakmere on July 19.
"""
MARCHA = """Una marcha de 31 millas

OAKMERE, 4 de junio de 2013 – Hoy 260 miembros de Cedar Lane Workers caminaron a Port Ellery con la doctora Ines Farol.

La compañía empacadora les debe 48,500 dólares. El alcalde Otto Brasa prometió una inspección en Oakmere el 19 de julio.
"""


class Printed(NamedTuple):
    """What a command printed, and its exit status."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.out)


class Terminal:
    """Runs commands as a person does, on a data directory of its own."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys

    def file(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def corpus(self, *arguments: str | Path) -> Printed:
        with pytest.raises(SystemExit) as ended:
            main(["corpus", *map(str, arguments)])
        return Printed(int(ended.value.code or 0), *self._capsys.readouterr())


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ONRECORD_DATA_DIR", str(tmp_path / "data"))
    return Terminal(tmp_path, capsys)


def test_add_prints_report(terminal: Terminal) -> None:
    """
    `add --json` prints the report: what is new with its record number, how much is the same, what failed.
    """
    path = terminal.file("in/walk.txt", RELEASE)

    printed = terminal.corpus("add", path.parent, "--json")

    assert (printed.status, printed.err) == (0, "")
    assert {
        key: printed.document[key] for key in ("generation", "applied", "same", "missing", "changed", "failed")
    } == {
        "generation": 1,
        "applied": True,
        "same": 0,
        "missing": [],
        "changed": [],
        "failed": [],
    }
    [item] = printed.document["added"]
    assert (item["id"], item["locator"], item["code"]) == ("2013-001", "walk.txt", "new")
    assert terminal.corpus("add", path, "--json").document["same"] == 1


def test_add_for_people(terminal: Terminal) -> None:
    """
    Without `--json` the report is a line of counts and a line for each statement.
    """
    printed = terminal.corpus("add", terminal.file("walk.txt", RELEASE))

    assert printed.out.splitlines()[0] == "1 added, 0 changed, 0 same, 0 failed. The corpus is at generation 1."
    assert "2013-001" in printed.out.splitlines()[1]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("missing.txt", None, "missing.txt"),  # no such file
        ("empty.txt", "", "empty.txt"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\0" * 50, "picture.txt"),  # a picture under a wrong name
        ("photo.jpg", b"\xff\xd8\xff", "photo.jpg"),  # another format
        ("folder/photo.jpg", b"\xff\xd8\xff", "folder/photo.jpg"),
    ],
)
def test_bad_input_is_one_line(terminal: Terminal, name: str, content: str | bytes | None, said: str) -> None:
    """
    Bad input gives one clear line that names it: `inspect` ends with 2, `add` with 1 and nothing stored.
    """
    path = terminal.folder / name if content is None else terminal.file(name, content)

    inspected, added = terminal.corpus("inspect", path, "--json"), terminal.corpus("add", path)

    assert (inspected.status, inspected.out) == (2, "")
    assert (added.status, added.out) == (1, "")
    assert inspected.err.count("\n") == added.err.count("\n") == 1
    assert said in inspected.err
    assert not (terminal.folder / "data").exists()


def test_add_goes_on_after_failure(terminal: Terminal) -> None:
    """
    One bad path among good ones is listed and said, and the exit status is 0.
    """
    printed = terminal.corpus("add", terminal.file("walk.txt", RELEASE), terminal.folder / "missing.txt", "--json")

    assert printed.status == 0
    assert [item["code"] for item in printed.document["failed"]] == ["not_found"]
    assert len(printed.document["added"]) == 1
    assert "missing.txt" in printed.err


def test_all_failed_is_still_json(terminal: Terminal) -> None:
    """
    With `--json` a report is printed also where nothing could be read.
    """
    printed = terminal.corpus("add", terminal.folder / "missing.txt", "--json")

    assert (printed.status, printed.document["applied"], printed.document["added"]) == (1, False, [])


def test_list(terminal: Terminal) -> None:
    """
    `list --json` has every statement with what cites it, in the order of the numbers, and no text.
    """
    terminal.corpus("add", terminal.file("in/walk.txt", RELEASE).parent, terminal.file("in/letter.txt", LETTER))

    statements = terminal.corpus("list", "--json").document["statements"]

    assert [one["id"] for one in statements] == ["2013-001", "undated-001"]
    assert statements[0].keys() == {
        *("id", "revision", "file", "url", "title", "organizations", "language", "kind"),
        *("date", "date_precision", "date_evidence", "translation_of", "hidden", "missing_since"),
    }
    assert (statements[0]["file"], statements[0]["date"], statements[1]["date"]) == ("walk.txt", "2013-06-04", None)
    assert [line[:23] for line in terminal.corpus("list").out.splitlines()] == [
        "2013-001     2013-06-04",
        "undated-001  undated   ",
    ]


def test_list_names_the_original(terminal: Terminal) -> None:
    """
    A translation is a row of its own that names the statement it was translated from; the others name none.
    """
    terminal.file("in/a.txt", WALK)
    terminal.corpus("add", terminal.file("in/b.txt", MARCHA).parent)

    rows = terminal.corpus("list", "--json").document["statements"]

    assert [(row["id"], row["translation_of"]) for row in rows] == [("2013-001", None), ("2013-002", "2013-001")]


def test_list_of_nothing(terminal: Terminal) -> None:
    """
    An empty corpus is an empty list, with a line on standard error on how to begin.
    """
    printed = terminal.corpus("list", "--json")

    assert (printed.status, printed.document) == (0, {"statements": []})
    assert "onrecord corpus add PATH" in printed.err


def test_show(terminal: Terminal) -> None:
    """
    `show --json` is the whole statement; paragraphs, passages and quotes are slices of its text.
    """
    terminal.corpus("add", terminal.file("walk.txt", RELEASE))

    shown = terminal.corpus("show", "2013-001", "--json").document

    assert (shown["id"], shown["revision"], shown["text"]) == ("2013-001", 1, RELEASE)
    assert [one["paragraph"] for one in shown["paragraphs"]] == [1, 2, 3, 4, 5]
    assert all(RELEASE[one["start"] : one["end"]] == one["text"] for one in shown["paragraphs"])
    assert all(RELEASE[one["start"] : one["end"]] == one["text"] for one in shown["quotes"])
    assert shown["passages"]


def test_show_for_people_hides_private_numbers(terminal: Terminal) -> None:
    """
    What people see of a statement is all of it but private numbers.
    """
    terminal.corpus("add", terminal.file("walk.txt", RELEASE))

    shown = terminal.corpus("show", "2013-001").out

    assert "415-555-0142" not in shown
    assert "[phone number removed]" in shown
    assert "“We will walk until we are heard,” said Nadia Ferrol, director of Cedar Lane Workers." in shown


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("The “Open Road” program began in March.", "nobody speaks it: it looks like the name of a program"),
        ("The report, “Ten Years of Dust: Who Pays?” is out.", "nobody speaks it: it looks like a title"),
        ("They chanted “Water is not for sale” all day.", "nobody speaks it: it was chanted or stood on a sign"),
        ("They sort “good” workers from others.", "nobody speaks it: the statement sets a word apart"),
        ("“We are tired,” the union said.", "an organization, a document or somebody without a name speaks"),
        ("“The file was lost,” Brandt said.", "the statement does not introduce the person"),
        ("Rosa Linde and Teresa Vance came. “We have waited long enough,” she said.", "it may be more than one person"),
        (
            "It rained. “We have waited long enough for the rain.” It stopped.",
            "nothing beside the words says who speaks",
        ),
    ],
)
def test_show_says_why_nobody_is_named(terminal: Terminal, sentence: str, why: str) -> None:
    """
    Moderators read beside a quote without a speaker why nobody could be named, in plain words.
    """
    terminal.corpus("add", terminal.file("walk.txt", RELEASE.replace("The walk ends", f"{sentence} The walk ends")))

    assert f"{why}\n" in terminal.corpus("show", "2013-001").out


def test_text_cannot_steer_terminal(terminal: Terminal) -> None:
    """
    Control and direction-override characters of a statement are spelled out, and endless lines are cut.
    """
    terminal.corpus("add", terminal.file("odd.txt", f"A \x1b[2J title\n\n{LETTER}\u202e{'word ' * 2000}[bold]\n"))

    shown = terminal.corpus("show", "undated-001").out

    assert not {"\x1b", "\u202e"} & set(shown)
    assert "\\x1b[2J" in shown
    assert "more characters)" in shown
    assert max(map(len, shown.splitlines())) < 2_200


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("show", "2013-009"), "2013-009"),  # unknown
        (("show",), "ID"),  # nothing named
        (("add",), "PATH"),
        (("inspect",), "PATH"),
        (("shew", "2013-001"), "shew"),  # no such command
        (("list", "--jason"), "--jason"),  # no such option
    ],
)
def test_wrong_usage(terminal: Terminal, arguments: tuple[str, ...], said: str) -> None:
    """
    Wrong usage gives one line that says what was wrong, and exit status 2.
    """
    terminal.corpus("add", terminal.file("walk.txt", RELEASE))

    printed = terminal.corpus(*arguments)

    assert (printed.status, printed.out, printed.err.count("\n")) == (2, "", 1)
    assert said in printed.err


def test_inspect_one_file(terminal: Terminal) -> None:
    """
    `inspect --json` of one file is one document over several lines, and stores nothing.
    """
    printed = terminal.corpus("inspect", terminal.file("walk.txt", RELEASE), "--json")

    assert (printed.status, printed.document["file"], printed.document["text"]) == (0, "walk.txt", RELEASE)
    assert printed.out.startswith("{\n")
    assert printed.document.keys() >= {"title", "short", "place", "body", "about", "wrapper", "furniture", "private"}
    assert not (terminal.folder / "data").exists()


def test_inspect_several_files(terminal: Terminal) -> None:
    """
    Several files are one line each, in order; a bad one is said on standard error, and the others are still printed.
    """
    paths = [terminal.file("walk.txt", RELEASE), terminal.file("empty.txt", ""), terminal.file("letter.txt", LETTER)]

    printed = terminal.corpus("inspect", *paths, "--json")

    assert [json.loads(line)["file"] for line in printed.out.splitlines()] == ["walk.txt", "letter.txt"]
    assert (printed.status, printed.err.count("\n")) == (2, 1)
    assert "empty.txt" in printed.err


def test_inspect_several_statements_of_a_file(terminal: Terminal) -> None:
    """
    A file that holds several statements prints them together; what cannot be read of it is said, with status 2.
    """
    text = "The Cedar Lane Workers ask for a bus at night, and for lamps along the whole of the orchard road. " * 3
    items = "".join(f"<item><title>{one}</title><description>{text}{end}</description></item>" for one, end in ITEMS)
    path = terminal.file("feed.xml", f"<rss version='2.0'><channel>{items}</channel></rss>")

    printed, shown = terminal.corpus("inspect", path, "--json"), terminal.corpus("inspect", path)

    assert (printed.status, printed.err.count("\n")) == (2, 1)
    assert "only the beginning of “Three”" in printed.err
    assert printed.document.keys() == {"file", "statements"}
    assert [one["title"] for one in printed.document["statements"]] == ["One", "Two"]
    assert "One\n" in shown.out
    assert "Two\n" in shown.out


ITEMS = (("One", ""), ("Two", ""), ("Three", "[…]"))


def test_paragraph_is_what_most_of_it_is() -> None:
    """
    A paragraph is called what most of it is; one of which nothing is known is "other".
    """
    text = "Menu here\n\nWe march. Share\n\nUnknown"
    reading = Reading(
        file="a.txt",
        title="A",
        text=text,
        body=(Span(11, 20),),
        furniture=(Furniture(start=0, end=9, kind="navigation"), Furniture(start=21, end=26, kind="share")),
    )

    assert [(one.paragraph, one.kind) for one in paragraphs_of(reading)] == [
        (1, "navigation"),
        (2, "body"),
        (3, "other"),
    ]
