"""
How one statement is printed whole: what is known of it, its paragraphs, its quotes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.cli.corpus.printing import plain, print_line
from corpus.full_text import masked, paragraphs_of
from corpus.models import Reading, Span
from corpus.sentences import paragraph_number, paragraphs

if TYPE_CHECKING:
    from rich.console import Console

# Why a quote has no speaker, by its `reason`.
_UNNAMED = {
    "program_name": "nobody speaks it: it looks like the name of a program",
    "title": "nobody speaks it: it looks like a title",
    "slogan": "nobody speaks it: it was chanted or stood on a sign",
    "scare_quotes": "nobody speaks it: the statement sets a word apart",
    "not_a_person": "speaker not named: an organization, a document or somebody without a name speaks",
    "unknown_person": "speaker not named: the statement does not introduce the person",
    "ambiguous": "speaker not named: it may be more than one person",
    "no_cue": "speaker not named: nothing beside the words says who speaks",
}


def print_reading(console: Console, reading: Reading) -> None:
    """A reading whole, without private numbers."""
    print_line(console, plain(reading.title), style="bold")
    for line in _about_reading(reading):
        print_line(console, plain(line))
    for paragraph in paragraphs_of(reading):
        note = "" if paragraph.kind == "body" else f" [{paragraph.kind}]"
        print_line(console, f"\n{paragraph.paragraph}{note}", style="dim")
        for line in masked(reading, Span(paragraph.start, paragraph.end)).split("\n"):
            print_line(console, plain(line))
    if reading.quotes:
        print_line(console, "\nQuotes", style="bold")
    for line in _quote_lines(reading):
        print_line(console, plain(line))
    print_line(console, "")


def _about_reading(reading: Reading) -> Iterator[str]:
    date = f"{reading.date} ({reading.date_evidence})" if reading.date else "undated"
    yield " · ".join(filter(None, [date, reading.place, _issuers(reading), reading.kind, reading.language]))
    yield f"{reading.url or reading.file} · {len(reading.passages)} passages"
    yield from (f"Warning: {warning}" for warning in reading.warnings)


def _quote_lines(reading: Reading) -> Iterator[str]:
    spans = paragraphs(reading.text)
    for quote in reading.quotes:
        speaker = quote.speaker
        unnamed = _UNNAMED.get(quote.reason or "", "speaker not named")
        who = (speaker.name, speaker.title, speaker.organization) if speaker else (unnamed,)
        private = any(quote.span.overlaps(span) for span in reading.private)
        words = "(holds a private number, see the paragraph)" if private else f"“{' '.join(quote.text.split())}”"
        yield f"{paragraph_number(spans, quote.start)}  {words} – {', '.join(filter(None, who))}"


def _issuers(reading: Reading) -> str:
    return ", ".join(name or "(name lost)" for name in reading.organizations)


def title_of(reading: Reading) -> str:
    """Title and issuers."""
    return f"{reading.title} – {_issuers(reading)}" if reading.organizations else reading.title
