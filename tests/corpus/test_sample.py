"""
The sample that ships keeps its promises: enough of everything, gold that is really there, and nobody real in it.

Text is read here with the standard library alone, so that a mistake of our own reader cannot hide one of the sample.
"""

import json
import re
from collections import Counter
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

SAMPLE = Path(__file__).parents[2] / "corpus" / "sample"
STATEMENTS = SAMPLE / "statements"
FILES = sorted(path.relative_to(STATEMENTS).as_posix() for path in STATEMENTS.rglob("*") if path.is_file())

Row = dict[str, Any]


def rows(name: str) -> list[Row]:
    """The rows of one of the sample's JSON lines files."""
    return [json.loads(line) for line in (SAMPLE / name).read_text(encoding="utf-8").splitlines()]


QUESTIONS = rows("questions.jsonl")
EXPECTED = rows("expected.jsonl")
KINDS = Counter(row["kind"] for row in QUESTIONS)


class VisibleText(HTMLParser):
    """Collects what a reader of a page sees, a line break at each block."""

    BLOCKS = frozenset(
        ("p", "li", "ul", "ol", "div", "h1", "h2", "h3", "h4", "section", "article", "aside", "footer", "nav")
    )
    HIDDEN = frozenset(("script", "style", "title"))

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in self.HIDDEN
        self.pieces.append("\n" if tag in self.BLOCKS else "")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in self.HIDDEN
        self.pieces.append("\n" if tag in self.BLOCKS else "")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.pieces.append(data)


def source(file: str) -> str:
    """The file's characters with plain line ends."""
    data = (STATEMENTS / file).read_bytes()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    return text.replace("\r\n", "\n")


@cache
def visible(file: str) -> str:
    """The file's text as a reader sees it."""
    if not file.endswith(".html"):
        return source(file)
    page = VisibleText()
    page.feed(source(file))
    page.close()
    return "".join(page.pieces)


def test_sample_holds_enough_statements() -> None:
    """
    A newcomer meets at least 24 statements, in three formats and two languages, some of them undated.
    """
    formats = Counter(Path(file).suffix for file in FILES)
    languages = Counter(row["language"] for row in EXPECTED)

    assert len(FILES) >= 24
    assert set(formats) == {".txt", ".md", ".html"}
    assert min(formats.values()) >= 5
    assert languages["es"] >= 10
    assert languages["en"] >= 14
    assert sum(row["date"] is None for row in EXPECTED) >= 4


def test_sample_spans_the_years() -> None:
    """
    The dated statements run from 2009 to 2025, so that a timeline has something to show.
    """
    years = {int(row["date"][:4]) for row in EXPECTED if row["date"]}

    assert (min(years), max(years)) == (2009, 2025)
    assert len(years) >= 14


def test_every_statement_is_expected_once() -> None:
    """
    Each file has exactly one row that says how it should be read.
    """
    assert sorted(row["file"] for row in EXPECTED) == FILES


def test_questions_are_many_and_mixed() -> None:
    """
    At least 60 questions can be answered, a quarter cannot, a third is Spanish and eight ask to check a quotation.
    """
    assert KINDS["answerable"] >= 60
    assert KINDS["unanswerable"] * 4 >= len(QUESTIONS)
    assert KINDS["verify"] >= 8
    assert sum(row["lang"] == "es" for row in QUESTIONS) * 3 >= len(QUESTIONS)
    assert [row["id"] for row in QUESTIONS] == [f"Q{number:03d}" for number in range(1, len(QUESTIONS) + 1)]


def test_questions_are_asked_once() -> None:
    """
    No question is asked twice in the same conversation.
    """
    asked = Counter((row["question"], *row.get("previous", ())) for row in QUESTIONS if "question" in row)

    assert [question for question, times in asked.items() if times > 1] == []


def test_some_questions_cross_languages() -> None:
    """
    Spanish questions on English statements and English ones on Spanish statements are both in the sample.
    """
    crossing = Counter(row["lang"] for row in QUESTIONS if "crosslingual" in row.get("tags", ()))

    assert min(crossing["en"], crossing["es"]) >= 4


@pytest.mark.parametrize("row", [row for row in QUESTIONS if row["kind"] == "answerable"], ids=lambda row: row["id"])
def test_gold_sentence_stands_in_its_file(row: Row) -> None:
    """
    A gold sentence is verbatim: it stands in the visible text of the file that is named for it.
    """
    assert row["gold_sentences"]
    assert {gold["file"] for gold in row["gold_sentences"]} == set(row["gold_files"])
    assert [gold for gold in row["gold_sentences"] if gold["text"] not in visible(gold["file"])] == []
    assert set(row["contract_status"]) <= {"answered", "related", "none"}


@pytest.mark.parametrize("row", [row for row in QUESTIONS if row["kind"] == "answerable"], ids=lambda row: row["id"])
def test_gold_dates_agree_with_the_reading(row: Row) -> None:
    """
    The date that must stand beside an answer is the date of the statement, or nothing for an undated one.
    """
    dates = {expected["file"]: expected["date"] for expected in EXPECTED}

    assert row["gold_publication_date"] == {file: dates[file] for file in row["gold_files"]}


@pytest.mark.parametrize("row", [row for row in QUESTIONS if row.get("gold_speaker")], ids=lambda row: row["id"])
def test_gold_speaker_speaks_in_each_file(row: Row) -> None:
    """
    Whoever is named as the speaker of an answer has a quote with those words in the expected reading.
    """
    for gold in row["gold_sentences"]:
        reading = next(expected for expected in EXPECTED if expected["file"] == gold["file"])
        spoken = [quote["text"] for quote in reading["quotes"] if speaks(quote, row["gold_speaker"])]
        assert any(piece in words for piece in quoted_pieces(gold["text"]) for words in spoken), gold


def speaks(quote: Row, name: str) -> bool:
    """Whether this quote is spoken by the person of that name."""
    return quote["speaker"] is not None and quote["speaker"]["name"].casefold() == name.casefold()


def quoted_pieces(text: str) -> list[str]:
    """The stretches of a sentence between quotation marks, long enough to tell one from another."""
    return [piece.strip() for piece in re.split(r"[“”\"«»]", text) if len(piece.strip()) >= 10]


@pytest.mark.parametrize("row", [row for row in QUESTIONS if row["kind"] == "verify"], ids=lambda row: row["id"])
def test_verify_rows_match_their_source(row: Row) -> None:
    """
    The words that a verdict rests on stand in the file, and only a quotation that is not found names no file.
    """
    match = row["gold_match"] or []
    parts = [match] if isinstance(match, str) else match

    assert (row["contract_verdict"] == ["not_found"]) == (row["gold_file"] is None)
    assert [part for part in parts if part not in visible(row["gold_file"])] == []


@pytest.mark.parametrize("row", [row for row in QUESTIONS if row["kind"] == "unanswerable"], ids=lambda row: row["id"])
def test_unanswerable_rows_point_nowhere(row: Row) -> None:
    """
    A question without an answer names no file, never expects an answer and, when adversarial, says how it attacks.
    """
    assert row["gold_files"] == row["gold_sentences"] == []
    assert "answered" not in row["contract_status"]
    assert (row["group"] == "adversarial") == ("label" in row)


@pytest.mark.parametrize("row", EXPECTED, ids=lambda row: row["file"])
def test_expected_words_stand_in_their_file(row: Row) -> None:
    """
    Quotes, speakers, furniture and private numbers of the expected reading are verbatim parts of the file.
    """
    text = visible(row["file"])
    claimed = [part["text"] for part in row["quotes"] + row["non_body"]] + row["private"]
    names = [quote["speaker"][key] for quote in row["quotes"] if quote["speaker"] for key in ("name", "printed")]

    assert [words for words in claimed + names if words not in text] == []


@pytest.mark.parametrize("row", EXPECTED, ids=lambda row: row["file"])
def test_expected_issuers_are_printed(row: Row) -> None:
    """
    An issuer, a short form and a place are as the file prints them; a name that was lost is null.
    """
    printed = [name for name in row["organizations"] if name] + [*row["short"], *row["short"].values()]

    assert [name for name in printed if name.casefold() not in visible(row["file"]).casefold()] == []
    assert row["place"] is None or row["place"] in visible(row["file"])


@pytest.mark.parametrize("file", FILES)
def test_numbers_and_addresses_are_reserved(file: str) -> None:
    """
    No phone number, e-mail address or link in the sample can belong to anybody.
    """
    text = source(file)
    phones = re.findall(r"\d{3}[)\s.-]{1,2}\d{3}[\s.-]\d{4}\b", text)
    hosts = re.findall(r"(?:@|https?://)([\w.-]+\.\w+)", text)

    assert [phone for phone in phones if not re.search(r"\D555-01\d\d$", phone)] == []
    assert [host for host in hosts if not re.search(r"(?:^|\.)(?:example\.(?:org|com|net)|\w+\.example)$", host)] == []


def test_latin1_and_crlf_survive() -> None:
    """
    The bytes that make the sample messy are still there: Latin-1, CRLF, a no-break space, a soft hyphen, a long line.
    """
    everything = {file: (STATEMENTS / file).read_bytes() for file in FILES}

    assert b"\r\n" in everything["archive/hurricane-relief.txt"]
    with pytest.raises(UnicodeDecodeError):
        everything["robo-de-salarios.txt"].decode("utf-8")
    assert "Nadia\u00a0Castellví" in visible("family-detention.txt")
    assert "\u00ad" in visible("family-detention.txt")
    assert not re.search(r"[.,;:!?]", visible("language-line.txt"))


def test_readme_says_it_is_invented() -> None:
    """
    Nobody can take the sample for a record of real statements: its README says so and lists every file.
    """
    readme = (SAMPLE / "README.md").read_text(encoding="utf-8")

    assert "All of it is invented" in readme
    assert [file for file in FILES if f"`{file}`" not in readme] == []
