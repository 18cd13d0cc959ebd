"""
Header dates: lines of the head that print when a statement was published and nothing that speaks against it.

A line is taken apart at its separators. The date counts only where every other piece is one that stands in headers (a
label, a byline, a release mark, a time of posting, a contact); any other words make it an event, a heading or prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from corpus.calendar_words import WEEKDAYS, PrintedDate, printed_dates, year_alone
from corpus.canonical import fold_word
from corpus.datelines import EVENT_WORDS
from corpus.head import CONTACT, RELEASE_MARK
from corpus.models import Span
from corpus.organization_names import NAME, reads_as_group

Strength = Literal["release", "labelled", "bare"]

_MAX_LINE = 200
_PIECES = re.compile(
    r"[|•·;()\[\]*_#,<>]+|:(?!\d\d)|/(?=(?:in|by|en|por)\s)|(?:^|\s)[–—/-]{1,3}(?=\s|$)|[–—]|\s{2,}|\.(?=\s|$)"
)
_LABEL = re.compile(
    r"(?:date posted|date published|publication date|release date|date of (?:release|publication)|date|dated"
    r"|posted|published"
    r"|released|issued|submitted|written|created|sent|fecha(?: de (?:publicacion|emision|difusion))?|publicad[oa]"
    r"|emitid[oa]|difundid[oa]|escrit[oa]|enviad[oa]|subid[oa]|(?:entrada|post) (?:publicada|published))"
    r"(?: (?:on|at|in|el|en|dia|el dia|by .{1,60}|por .{1,60}|in .{1,40}|en .{1,40}))*"
)
_BYLINE = re.compile(
    r"(?:by|por|author|autora?|written by|escrito por|posted by|publicado por) .{1,60}|(?:by|por|on|el|en|a)"
)
_TIME = re.compile(
    r"(?:at |a las |@ ?|- ?)?(\d{1,2})(?:\W?(\d\d))?(?:\W?\d\d)? ?(?:[ap] ?\.?m\.?|hrs?\.?|h|horas)?(?: [a-z]{2,4}|"
    r" [+-]\d{4})?|[ecmp][sd]t|utc|gmt"
)
_FILED = re.compile(
    r"(?:filed under|categor(?:y|ies|ia|ias|ized)|tags?|etiquetas?|in|en|topics?) .{1,60}"
    r"|(?:\d+|no|sin|leave an?|deja un|add) (?:comments?|comentarios?|reply)|permalink|print|share|imprimir|compartir"
    r"|news|noticias|blog|press|prensa|press room|sala de prensa|home|inicio|updates?"
)
# Whatever follows one of these is not the day of publication.
_OTHER_DATE = re.compile(
    r"updated|modified|revis|retrieved|archiv|access|captur|crawl|cached|printed|copyright|©|actualiz|modificad"
    r"|consultad"
    r"|recuperad|deadline|\bdue\b|limite|\bwhen\b|cuando|\bexpir|vence|today is|hoy es|effective|until|through|hasta"
    r"|ends|starts|begins|termina|comienza|before|antes|after|despues|since|desde|by (?:mon|tue|wed|thu|fri|sat|sun)"
    r"|next|proxim|reminder|embargo|comment by|says|dice|rsvp|save the date"
)
_EVENT_LABEL = re.compile(
    r"\W*(?:what|when|where|time|location|place|venue|que|cuando|donde|hora|lugar|sede)\W*(?:[:.|–—-]|$)"
)
_HOUR = re.compile(
    r"\W*(?:at |a las )?\d{1,2}(?::[0-5]\d)?\s?(?:[ap]\.?\s?m\.?|hrs?\.?|h)\W*(?:\n|$|[–-])", re.IGNORECASE
)
_UNFINISHED = re.compile(r"(?:\b(?:on|by|until|the|for|of|el|del?|este|para|y|and)|,)$", re.IGNORECASE)
_DAY_LABEL = re.compile(r"\W*(?:date|fecha|day|día)\W", re.IGNORECASE)
_CAPITALISED = re.compile(r"(?:[^\W\d_]|[\"“”&'’.-])[\w\"“”&'’. -]*")


class HeaderDate(NamedTuple):
    """
    A date that a header line prints.

    `strength` says what stands with it: a release mark ("For immediate release"), a label ("Posted on"), or nothing.
    """

    date: PrintedDate
    line: Span
    strength: Strength


def header_dates(text: str, lines: Sequence[Span]) -> list[HeaderDate]:
    """The dates of these lines that can be the day of publication, in order."""
    found = []
    for place, line in enumerate(lines):
        if line.end - line.start > _MAX_LINE:
            continue
        for date, strength in _line_dates(text, lines, place):
            if strength == "release" or not _in_event(text, lines, place):
                found.append(HeaderDate(date, line, strength))
    return _without_lists(found)


def is_date_line(text: str, line: Span) -> bool:
    """Whether the line prints a date and otherwise only what stands in headers."""
    return bool(header_dates(text, [line]))


def _line_dates(text: str, lines: Sequence[Span], place: int) -> Iterator[tuple[PrintedDate, Strength]]:
    line = lines[place]
    dates = list(printed_dates(text, line)) or [date for date in [year_alone(text, line)] if date]
    for number, date in enumerate(dates):
        before_start = dates[number - 1].span.end if number else line.start
        after_end = dates[number + 1].span.start if number + 1 < len(dates) else line.end
        before = _pieces(text[before_start : date.span.start])
        after = _pieces(text[date.span.end : after_end])
        if number:
            # The first piece after an earlier date belongs to that one, a range ("May 1 - May 3") has no label at all.
            before = before[-1:]
        if number + 1 < len(dates):
            after = after[:-1]
        if len(dates) > 1 and not before:
            continue
        before = _label_above(text, lines, place) + before if number == 0 else before
        strength = _strength(before, after, "|" in text[line.start : line.end])
        if strength and not (date.precision != "day" and after):
            yield date, _raised(text, lines, place, strength)


def _pieces(words: str) -> list[str]:
    return [piece for part in _PIECES.split(words) if (piece := " ".join(part.split()).strip(" .,'\"“”"))]


def _strength(before: list[str], after: list[str], ruled: bool) -> Strength | None:
    folded = [fold_word(piece) for piece in before]
    if any(_OTHER_DATE.search(piece) for piece in folded[-2:]):
        return None
    contact = any(CONTACT.search(piece + ":") or CONTACT.search(piece) for piece in [*before, *after])
    if not all(_is_header_piece(piece, ruled, contact) for piece in [*before, *after]):
        return None
    if any(RELEASE_MARK.fullmatch(piece) for piece in [*before, *after]):
        return "release"
    labelled = any(_LABEL.fullmatch(piece) for piece in folded)
    time = next((match for piece in after if (match := _TIME.fullmatch(fold_word(piece)))), None)
    if time and not labelled and int(time[2] or 0) % 15 == 0:
        # A round hour without a label is when something begins, not when something was posted.
        return None
    return "labelled" if labelled or any(_BYLINE.fullmatch(fold_word(p)) for p in [*before, *after]) else "bare"


def _is_header_piece(piece: str, ruled: bool, contact: bool) -> bool:
    folded = fold_word(piece)
    known = (_LABEL, _BYLINE, _TIME, _FILED)
    if RELEASE_MARK.fullmatch(piece) or folded in WEEKDAYS or any(form.fullmatch(folded) for form in known):
        return True
    if re.fullmatch(r"(?:updated|last updated|modified|actualizado).{0,20}", folded):
        return True
    words = set(re.findall(r"\w+", folded))
    if re.fullmatch(NAME, piece) and reads_as_group(piece) and not words & EVENT_WORDS:
        return True
    short = len(folded.split()) <= 8 and not words & EVENT_WORDS and not _OTHER_DATE.search(folded)
    return short and (contact or (ruled and bool(_CAPITALISED.fullmatch(piece)) and piece[0].isupper()))


def _label_above(text: str, lines: Sequence[Span], place: int) -> list[str]:
    """The label that stands on a line of its own just above ("Date:", "Last updated"), as pages print it."""
    if not place or text[lines[place - 1].end : lines[place].start].count("\n") > 2:
        return []
    pieces = _pieces(text[lines[place - 1].start : lines[place - 1].end])
    folded = fold_word(" ".join(pieces))
    is_label = _LABEL.fullmatch(folded) or (len(folded.split()) <= 4 and _OTHER_DATE.search(folded))
    return [" ".join(pieces)] if is_label else []


def _raised(text: str, lines: Sequence[Span], place: int, strength: Strength) -> Strength:
    """A bare date within two lines of a release mark is the release's own."""
    near = [*lines[max(0, place - 2) : place], *lines[place + 1 : place + 2]]
    marks = (_pieces(text[line.start : line.end]) for line in near if line.end - line.start <= _MAX_LINE)
    return "release" if any(p and RELEASE_MARK.fullmatch(p[0]) for p in marks) else strength


def _in_event(text: str, lines: Sequence[Span], place: int) -> bool:
    """Whether the line stands in a block that says what happens when and where, or ends a sentence."""
    start = end = place
    while start and place - start < 3 and _adjoins(text, lines[start - 1], lines[start]):
        start -= 1
    while end + 1 < len(lines) and end - place < 3 and _adjoins(text, lines[end], lines[end + 1]):
        end += 1
    if _DAY_LABEL.match(text, lines[place].start):
        # "Date:" may be the day of an event: then "Time:" or "Place:" follows, also after a blank line.
        start, end = min(start, max(0, place - 1)), max(end, min(len(lines) - 1, place + 1))
    above = text[lines[place - 1].start : lines[place - 1].end] if start < place else ""
    if _HOUR.match(text, lines[min(place + 1, end)].start) or (
        _UNFINISHED.search(above) and not _label_above(text, lines, place)
    ):
        return True
    block = (fold_word(text[line.start : min(line.end, line.start + 40)]) for line in lines[start : end + 1])
    return any(_EVENT_LABEL.match(words) for words in block)


def _adjoins(text: str, line: Span, following: Span) -> bool:
    return text.count("\n", line.end, following.start) < 2


def _without_lists(found: list[HeaderDate]) -> list[HeaderDate]:
    """Bare dates that come in lists are archives or other posts: months or years twice, days three times."""
    for precision, most in (("day", 2), ("month", 1), ("year", 1)):
        bare = {item.date.day for item in found if item.date.precision == precision and item.strength == "bare"}
        if len(bare) > most:
            found = [item for item in found if item.date.precision != precision or item.strength != "bare"]
    return found
