"""
Date, precision and evidence of a statement, or that it has none.

The release's own dateline comes first, then a header line, then metadata, then the address. Dates in running text, of
events, comments, copyrights, crawls and other posts are never the date: undated is right where nothing else is printed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from corpus.calendar_words import PrintedDate, cut_iso, printed_dates, prints_digits
from corpus.datelines import Dateline, find_datelines
from corpus.head import FOREIGN, RELEASE_MARK, head_lines, prose_paragraphs, visible_lines
from corpus.header_dates import HeaderDate, header_dates
from corpus.language import statement_language
from corpus.models import DateEvidence, DatePrecision, Frozen, Furniture, Span

_TAIL_LINES = 14
_HEADER_AREA = 6_000
_RELEASE_BLOCK = 4  # lines after a release mark further down that still belong to its header
_ISO = re.compile(r"\s*(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?=$|[T\s])")
_URL_DAY = re.compile(r"/((?:19|20)\d\d)/(\d{1,2})(?:/(\d{1,2}))?(?=/)")
_STATE_CODE = re.compile(r",\s(?:[A-Z]{2}|D\.C\.|[A-Z][a-z]{2,5}\.)$")


class Dated(Frozen):
    """
    When a statement was published, as far as it says so.

    Attributes:
        date: ISO 8601 cut to `precision`, `None` for an undated statement.
        span: The printed words it rests on; `None` for metadata, addresses and undated statements.
        warnings: `date_inconsistent: WORDS` (weekday and day contradict each other), `date_conflict: WORDS` (another
            header, metadata or address says otherwise), `date_ambiguous: WORDS` (day and month may be swapped).
    """

    date: str | None = None
    precision: DatePrecision = "none"
    evidence: DateEvidence = "none"
    span: Span | None = None
    warnings: tuple[str, ...] = ()


class _Claim(Frozen):
    """One thing that says when the statement was published; `words` as printed, for warnings."""

    day: dt.date
    precision: DatePrecision
    evidence: DateEvidence
    words: str
    span: Span | None = None
    warnings: tuple[str, ...] = ()

    def agrees(self, other: _Claim) -> bool:
        """Whether both name the same time as far as both are precise."""
        length = min(len(cut_iso(self.day, self.precision)), len(cut_iso(other.day, other.precision)))
        return self.day.isoformat()[:length] == other.day.isoformat()[:length]


def find_date(
    text: str, *, furniture: Sequence[Furniture] = (), metadata_date: str | None = None, url: str | None = None
) -> Dated:
    """
    The date of a statement with its precision and evidence, never made up.

    Args:
        text: Canonical text.
        furniture: Dates in comments, copyright lines and navigation are left out.
        metadata_date: What the file or page declares outside its words, in any form.
        url: Where it was published; only whole parts of its path count.
    """
    outside = _agreed(_metadata_claim(metadata_date), _url_claim(url))
    known = [claim.day for claim in (_metadata_claim(metadata_date), _url_claim(url)) if claim]
    printed = list(_printed_claims(text, furniture, known))
    claims = [*printed, *([outside] if outside else [])]
    if not claims:
        conflict = _metadata_claim(metadata_date)
        return Dated(warnings=(f"date_conflict: {conflict.words}",) if conflict else ())
    best = claims[0]
    others = [claim.words for claim in claims[1:] if not claim.agrees(best)]
    warnings = (*best.warnings, *(f"date_conflict: {words}" for words in dict.fromkeys(others)))
    return Dated(
        date=cut_iso(best.day, best.precision),
        precision=best.precision,
        evidence=best.evidence,
        span=best.span,
        warnings=warnings,
    )


def _printed_claims(text: str, furniture: Sequence[Furniture], known: Sequence[dt.date]) -> Iterator[_Claim]:
    """What the text itself prints, the strongest first."""
    datelines = find_datelines(text, furniture)
    settle = _Settler(text, known, datelines)
    for dateline in datelines:
        if dateline.date:
            yield settle.claim(dateline.date, "dateline")
    for header in _ranked(_headers(text, furniture)):
        yield settle.claim(header.date, "header")
    yield from (settle.claim(date, "dateline") for date in _sign_off(text, furniture))


def _headers(text: str, furniture: Sequence[Furniture]) -> list[HeaderDate]:
    foreign = [item for item in furniture if item.kind in FOREIGN]
    prose = prose_paragraphs(text, foreign)
    start = prose[0].start if prose else _HEADER_AREA
    above = [item.span for item in foreign if item.kind == "navigation" and item.start < min(start, _HEADER_AREA)]
    head = head_lines(text, foreign)
    known = set(head)
    found = header_dates(text, head)
    # "Posted by admin on …" is furniture, but the page's own; several such lines are a list of posts.
    posted = [date for line in above for date in header_dates(text, [line]) if date.strength == "labelled"]
    found += posted if len({item.date.day for item in posted}) == 1 else []
    # A release inside a blog post has a header of its own, after the blogger's words.
    later = [line for line in visible_lines(text, foreign) if line.start < _HEADER_AREA and line not in known]
    for place, line in enumerate(later):
        if RELEASE_MARK.match(text, line.start, line.end):
            block = later[place : place + _RELEASE_BLOCK]
            found += [item for item in header_dates(text, block) if item.strength == "release"]
    return found


def _ranked(headers: Sequence[HeaderDate]) -> list[HeaderDate]:
    """The release's own header, then labelled ones, then bare ones."""
    order = {"release": 0, "labelled": 1, "bare": 2}
    ranked = sorted(headers, key=lambda item: (order[item.strength], order[item.strength] == 0 and -item.line.start))
    bare = [item for item in ranked if item.strength == "bare"]
    # Of two bare days the later one printed is the release's own only if it is not after the page's day: an event is.
    if len(bare) == len(ranked) == 2 and bare[1].date.day < bare[0].date.day:
        ranked.reverse()
    return ranked


def _sign_off(text: str, furniture: Sequence[Furniture]) -> list[PrintedDate]:
    """Place and day on a line of their own that close a statement, as Spanish communiqués do."""
    closing = []
    for line in visible_lines(text, furniture)[-_TAIL_LINES:]:
        if not prints_digits(text, line):
            continue
        for found in find_datelines(text[line.start : line.end]):
            if found.place and found.date and found.span.end == line.end - line.start:
                start, end = found.date.span
                closing.append(found.date._replace(span=Span(start + line.start, end + line.start)))
    return closing if len(closing) == 1 else []


class _Settler:
    """Decides numeric dates whose day and month may be swapped, by what else the statement says."""

    def __init__(self, text: str, known: Sequence[dt.date], datelines: Sequence[Dateline]) -> None:
        self.text = text
        self.known = set(known)
        self.in_a_state = any(d.place and _STATE_CODE.search(text[d.place.start : d.place.end]) for d in datelines)

    def claim(self, date: PrintedDate, evidence: DateEvidence) -> _Claim:
        words = " ".join(self.text[date.span.start : date.span.end].split())
        warnings = (f"date_inconsistent: {words}",) if date.contradicts_weekday() else ()
        day = self._decide(date)
        if day is None:
            # Both readings share the year, and only the year is certain.
            year = date.day.replace(month=1, day=1)
            return _Claim(day=year, precision="year", evidence=evidence, words=words, span=date.span,
                          warnings=(f"date_ambiguous: {words}",))  # fmt: skip
        return _Claim(
            day=day, precision=date.precision, evidence=evidence, words=words, span=date.span, warnings=warnings
        )

    def _decide(self, date: PrintedDate) -> dt.date | None:
        if len(date.readings) == 1:
            return date.day
        by_weekday = [day for day in date.readings if day.weekday() == date.weekday]
        by_others = [day for day in date.readings if day in self.known or day in self._written()]
        for found in (by_weekday, by_others):
            if len(found) == 1:
                return found[0]
        day_first, month_first = date.readings
        spanish = statement_language(self.text) == "es"
        if self.in_a_state != spanish:
            return day_first if spanish else month_first
        return None

    def _written(self) -> set[dt.date]:
        """Days that the text also prints unmistakably."""
        return {d.day for d in printed_dates(self.text) if len(d.readings) == 1 and d.precision == "day"}


def _metadata_claim(declared: str | None) -> _Claim | None:
    words = " ".join((declared or "").split())
    if match := _ISO.match(words):
        year, month, day = (int(part) if part else 0 for part in match.groups())
        return _claim_of(year, month, day, "metadata", words)
    dates = [date for date in printed_dates(words) if len(date.readings) == 1]
    if len(dates) != 1:
        return None
    return _Claim(day=dates[0].day, precision=dates[0].precision, evidence="metadata", words=words)


def _url_claim(url: str | None) -> _Claim | None:
    # What follows an archive's own address is the page's; the archive's part holds the day of the crawl.
    own = re.split(r"(?<=.)https?:/{1,2}", url or "")[-1]
    parts = urlsplit(own if "//" in own else f"//{own}")
    match = _URL_DAY.search(parts.path)
    if match is None or "/upload" in parts.path or "/files/" in parts.path:
        return None
    year, month, day = (int(part) if part else 0 for part in match.groups())
    return _claim_of(year, month, day, "url", match.group().strip("/").replace("/", "-"))


def _claim_of(year: int, month: int, day: int, evidence: DateEvidence, words: str) -> _Claim | None:
    precision: DatePrecision = "day" if day else "month" if month else "year"
    try:
        found = dt.date(year, month or 1, day or 1)
    except ValueError:
        return None
    if not 1900 <= year <= 2100:
        return None
    return _Claim(day=found, precision=precision, evidence=evidence, words=words)


def _agreed(declared: _Claim | None, address: _Claim | None) -> _Claim | None:
    """What metadata says as far as the address does not contradict it (a day apart is a time zone)."""
    if declared is None or address is None or declared.agrees(address):
        return declared or address
    if declared.precision == address.precision == "day" and abs(declared.day - address.day) <= dt.timedelta(days=1):
        return declared
    shared: DatePrecision = "month" if declared.day.month == address.day.month else "year"
    if declared.day.year != address.day.year:
        return None
    return declared.model_copy(
        update={"precision": shared, "day": declared.day, "warnings": (f"date_conflict: {address.words}",)}
    )
