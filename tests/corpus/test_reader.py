"""Reading a whole file: what the steps find fits together, and on real statements agrees with what a person noted."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from real import SHARED, needs_real

from corpus.errors import UnreadableError
from corpus.models import Reading, Span
from corpus.reader import read_statement, subtract

NOTES = SHARED / "evals" / "seeds-metadata-001-004.jsonl"
QUOTES = SHARED / "evals" / "seeds-quotes-001-004.jsonl"

RELEASE = """Harbor Families Ask for a Night Bus

June 4, 2013
Contact: Pilar Ocampo | (410) 555-0143 | [email protected]

BALTIMORE – Riverbend Neighbors Network asked the county today for a bus that runs at night.

“Nobody should walk nine miles home,” said Pilar Ocampo, director of Riverbend Neighbors Network. “We will ask again.”

Riverbend Neighbors Network is a network of 12 groups of families who live along the river.

Share this
"""


def noted() -> list[dict[str, Any]]:
    return [json.loads(line) for line in NOTES.read_text("utf-8").splitlines()] if NOTES.exists() else []


def read_real(file: str) -> Reading:
    return read_statement((SHARED / "statements" / file).read_bytes(), file)


def test_release_is_read_whole() -> None:
    """A release gives its date, issuer, speaker and place, and its passages hold nothing else."""
    reading = read_statement(RELEASE.encode(), "night-bus.txt")

    assert (reading.date, reading.date_evidence, reading.place) == ("2013-06-04", "header", "BALTIMORE")
    assert reading.organizations == ("Riverbend Neighbors Network",)
    assert [quote.speaker.name for quote in reading.quotes if quote.speaker] == ["Pilar Ocampo"] * 2
    shown = " ".join(reading.text[span.start : span.end] for span in reading.passages)
    assert "night" in shown
    assert "555-0143" not in shown
    assert "Share this" not in shown
    assert reading.about


@given(st.text(max_size=2000))
def test_any_text_is_read(text: str) -> None:
    """Whatever a file holds, reading it ends with spans inside its text, or with a clear error."""
    try:
        reading = read_statement(text.encode("utf-8", "surrogatepass"), "any.txt")
    except UnreadableError:
        return
    spans = [*reading.body, *reading.about, *reading.wrapper, *(item.span for item in reading.furniture)]

    assert all(0 <= span.start < span.end <= len(reading.text) for span in [*spans, *reading.passages])
    assert not any(a.overlaps(b) for i, a in enumerate(sorted(spans)) for b in sorted(spans)[i + 1 : i + 2])
    own = [*reading.body, *reading.about, *reading.wrapper]
    assert all(any(span.holds(passage) for span in own) for passage in reading.passages)
    assert all(reading.text[quote.start : quote.end] == quote.text for quote in reading.quotes)


def test_subtract_leaves_the_rest() -> None:
    """What is left of a text between spans has no white space around it."""
    assert subtract("one two  three", [Span(4, 7)]) == [Span(0, 3), Span(9, 14)]


@needs_real
@pytest.mark.parametrize("note", noted(), ids=lambda note: str(note["file"])[:3])
def test_real_statement_has_the_noted_head(note: dict[str, Any]) -> None:
    """Date with precision and evidence, title, issuers and place are those that a person noted."""
    reading = read_real(note["file"])
    date = note["date"]

    assert (reading.date, reading.date_precision, reading.date_evidence) == (
        date["iso"],
        date["precision"],
        date["evidence"],
    )
    assert reading.title in [note["title"], *note["title_accept"]]
    assert sorted(map(str, reading.organizations)) == sorted(str(issuer["name"]) for issuer in note["issuers"])
    assert reading.place == note["place"]["text"]


@needs_real
@pytest.mark.parametrize("note", noted(), ids=lambda note: str(note["file"])[:3])
def test_no_passage_over_what_is_not_the_statement(note: dict[str, Any]) -> None:
    """No passage lies over a span that a person noted as not the statement's text."""
    reading = read_real(note["file"])
    for other in note["non_body"]:
        if other["type"] == "boilerplate_about" or other.get("optional"):
            continue
        start = reading.text.index(other["first40"])
        span = Span(start, reading.text.index(other["last40"], start) + len(other["last40"]))
        assert not [passage for passage in reading.passages if passage.overlaps(span)], other


@needs_real
def test_real_quotes_have_their_speakers() -> None:
    """Every noted utterance has its speaker as printed; names and scare quotes have none."""
    rows = [json.loads(line) for line in QUOTES.read_text("utf-8").splitlines()]
    for row in rows:
        found = {quote.text: quote for quote in read_real(row["file"]).quotes}
        if not row["utterance"]:
            quote = found.get(row["text"].strip('“”"'))
            assert quote is None or quote.speaker is None
            continue
        for part in row["parts"]:
            speaker = found[part].speaker
            assert speaker is not None
            assert (speaker.name, speaker.title, speaker.organization) == (
                row["speaker"],
                row["title"],
                row["organisation"],
            )


@needs_real
@pytest.mark.parametrize(
    ("file", "date"), [("000", None), ("002", None), ("003", "2014-09-10")], ids=["000", "002", "003"]
)
def test_undated_stays_undated(file: str, date: str | None) -> None:
    """A real statement that prints no date has none; one that prints it in its dateline has that one."""
    found = next((SHARED / "statements").glob(f"{file}_*"))

    assert read_real(found.name).date == date
