"""
What a moderator says instead of what was read: kept apart from the text, laid over a statement when it is loaded.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import Any, Literal, NamedTuple

from corpus.canonical import fold, fold_word
from corpus.errors import BadDateError, UsageError
from corpus.models import DatePrecision, Frozen, Furniture, Quote, Span, Speaker, Statement
from corpus.passages import find_passages
from corpus.sentences import paragraphs, trim

Field = Literal["date", "title", "organizations", "speaker", "furniture"]
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_PRECISIONS: dict[int, DatePrecision] = {4: "year", 7: "month", 10: "day"}
_UNDATED = ("none", "undated")
_MAX_CHARS = 500


class Correction(NamedTuple):
    """
    One thing that a moderator corrected.

    Attributes:
        field: What it is of.
        place: Of a quote its words, of furniture the paragraph's text; empty for what a statement has once.
        value: `date` an ISO date or `None`; `title` the title; `organizations` a list of names; `speaker` a name as
            the statement prints it or `None`; `furniture` true.
    """

    field: Field
    place: str
    value: Any


class Change(Frozen):
    """
    What a correction changes, for people.

    Attributes:
        field: `date`, `title`, `organizations`, `speaker`, `furniture`.
        place: The words of the quote or paragraph, empty for the others.
        before: What the statement had.
        after: What it has now.
    """

    field: str
    place: str = ""
    before: Any = None
    after: Any = None


def corrected(statement: Statement, corrections: Iterable[Correction]) -> Statement:
    """
    The statement as moderators have it; its text, id and revision stay.

    A correction of words that this revision does not hold changes nothing.
    """
    for correction in sorted(corrections, key=lambda one: one.field != "furniture"):
        statement = statement.model_copy(update=_update(statement, correction))
    return statement


def read_date(words: str) -> Correction:
    """
    A correction of the date: YYYY, YYYY-MM or YYYY-MM-DD, or "none".

    Raises:
        BadDateError: It is none of these, or no day of the calendar.
    """
    typed = words.strip()
    if typed.lower() in _UNDATED:
        return Correction("date", "", None)
    try:
        dt.date.fromisoformat((typed + "-01-01")[:10] if len(typed) == 4 else (typed + "-01")[:10])
    except ValueError:
        raise BadDateError(words) from None
    if not _DATE.fullmatch(typed):
        raise BadDateError(words)
    return Correction("date", "", typed)


def read_title(words: str) -> Correction:
    """
    A correction of the title.

    Raises:
        UsageError: It is empty or too long.
    """
    return Correction("title", "", _line(words, "A title"))


def read_organizations(names: Sequence[str]) -> Correction:
    """
    A correction of who issued the statement, names in full.

    Raises:
        UsageError: A name is empty or too long.
    """
    return Correction("organizations", "", [_line(name, "An organization") for name in names])


def read_speaker(words: str, statement: Statement) -> list[Correction]:
    """
    A correction of who speaks, typed as QUOTE=NAME: the beginning of the quote's words, and a name that the statement
    prints; without a name nobody is named. All parts of an utterance are corrected together.

    Raises:
        UsageError: The form is another one, no quote or more than one begins so, or the name is not printed there.
    """
    typed, equals, name = words.rpartition("=")
    start = fold_word(typed)
    found = [quote for quote in statement.quotes if start and fold_word(quote.text).startswith(start)]
    if not equals or len({quote.utterance for quote in found}) != 1:
        said = "No quote begins" if equals and not found else "More than one quote begins" if equals else ""
        problem = f'{said} with "{typed.strip()[:60]}" in {statement.id}.' if said else "It names no quote and name."
        raise UsageError(f'{problem} Write --speaker "FIRST WORDS OF THE QUOTE=NAME"; corpus show lists the quotes.')
    printed = _printed(name, statement)
    together = [quote for quote in statement.quotes if quote.utterance == found[0].utterance]
    return [Correction("speaker", quote.text, printed) for quote in together]


def read_furniture(number: int, statement: Statement) -> Correction:
    """
    A correction of one paragraph, by its number: it is furniture, not the statement's own words.

    Raises:
        UsageError: There is no such paragraph.
    """
    spans = paragraphs(statement.text)
    if not 1 <= number <= len(spans):
        raise UsageError(f"{statement.id} has paragraphs 1 to {len(spans)}, no {number}.")
    return Correction("furniture", statement.text[slice(*spans[number - 1])], True)


def changes(before: Statement, after: Statement, corrections: Iterable[Correction]) -> list[Change]:
    """What these corrections changed between two forms of a statement; nothing for one that says what stood there."""
    found = []
    for field, place, _ in corrections:
        old, new = _value(before, field, place), _value(after, field, place)
        if old != new:
            found.append(Change(field=field, place=place, before=old, after=new))
    return found


def _value(statement: Statement, field: Field, place: str) -> Any:
    if field == "speaker":
        quote = next((quote for quote in statement.quotes if quote.text == place), None)
        return quote.speaker.name if quote and quote.speaker else None
    if field == "furniture":
        return any(place == statement.text[item.start : item.end] for item in statement.furniture)
    if field == "organizations":
        return list(statement.organizations)
    return statement.date if field == "date" else statement.title


def _update(statement: Statement, correction: Correction) -> dict[str, Any]:
    field, place, value = correction
    if field == "date":
        precision = _PRECISIONS[len(value)] if value else "none"
        return {"date": value, "date_precision": precision, "date_evidence": "moderator" if value else "none"}
    if field == "title":
        return {"title": value}
    if field == "organizations":
        return {"organizations": tuple(value)}
    if field == "speaker":
        return {"quotes": tuple(_respoken(quote, statement, place, value) for quote in statement.quotes)}
    return _without_paragraph(statement, place)


def _respoken(quote: Quote, statement: Statement, words: str, name: str | None) -> Quote:
    if quote.text != words:
        return quote
    if name is None:
        return quote.model_copy(update={"speaker": None, "reason": "unknown_person"})
    known = next((one.speaker for one in statement.quotes if one.speaker and one.speaker.name == name), None)
    speaker = known.model_copy(update={"printed": name}) if known else Speaker(name=name, printed=name)
    return quote.model_copy(update={"speaker": speaker, "reason": None})


def _without_paragraph(statement: Statement, words: str) -> dict[str, Any]:
    """The statement's spans when the paragraphs of just these words are furniture."""
    gone = [span for span in paragraphs(statement.text) if statement.text[slice(*span)] == words]
    text = statement.text
    kept = {kind: _apart(text, getattr(statement, kind), gone) for kind in ("body", "about", "wrapper")}
    own = sorted(span for spans in kept.values() for span in spans)
    furniture = [item for item in statement.furniture if not any(item.span.overlaps(span) for span in gone)]
    furniture += [Furniture(start=start, end=end, kind="other") for start, end in gone]
    return {
        **kept,
        "furniture": tuple(sorted(furniture, key=lambda item: item.start)),
        "passages": tuple(find_passages(statement.text, own, statement.private)),
        "quotes": tuple(quote for quote in statement.quotes if not any(quote.span.overlaps(span) for span in gone)),
    }


def _apart(text: str, spans: Iterable[Span], gone: Sequence[Span]) -> tuple[Span, ...]:
    """What is left of spans, without the white space that then stands at their ends."""
    left = list(spans)
    for start, end in gone:
        pieces = [trim(text, *piece) for a, b in left for piece in ((a, min(b, start)), (max(a, end), b))]
        left = [piece for piece in pieces if piece.start < piece.end]
    return tuple(left)


def _printed(name: str, statement: Statement) -> str | None:
    """The name as the statement prints it; the fullest form where it names this speaker elsewhere."""
    wanted = fold_word(name)
    if not wanted:
        return None
    for quote in statement.quotes:
        if quote.speaker and fold_word(quote.speaker.name) == wanted:
            return quote.speaker.name
    places = fold(statement.text).find(name)
    if not places:
        message = f'{statement.id} does not print the name "{name.strip()[:60]}". A speaker is named as printed there.'
        raise UsageError(message)
    return statement.text[slice(*places[0])]


def _line(words: str, what: str) -> str:
    line = " ".join(words.split())
    if not line or len(line) > _MAX_CHARS:
        raise UsageError(f"{what} has from 1 to {_MAX_CHARS} characters, this one {len(line)}.")
    return line
