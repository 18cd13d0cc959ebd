"""
Quotes → plain text for a terminal: the words, who says them, where, and the sentence they stand in. Only lines that
begin with "> " are published words.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from bot.cli.text.answers import describe_filters, names_of
from bot.cli.text.page import print_line, print_lines, print_to_copy, safe
from bot.messages import date_in_words, describe_gone, describe_reading, say
from retrieval.links import link_to_words
from retrieval.marks import without_marks

if TYPE_CHECKING:
    from retrieval.models import FoundQuote, Language, QuoteReply


def print_quotes(console: Console, reply: QuoteReply, public_url: str = "") -> None:
    """Print quotes for people: filters, each quote with who, when, where and its sentence, notes."""
    locale = reply.locale
    for line in _opening_lines(reply):
        print_line(console, line)
    for quote in reply.quotes:
        console.print()
        print_quote(console, quote, locale, public_url)
    bridged = reply.bridged if reply.quotes else {}
    if lines := list(dict.fromkeys(describe_reading(reply.corrected, bridged, reply.notes, locale))):
        console.print()
        for line in lines:
            print_line(console, line)


def print_quote(console: Console, quote: FoundQuote, locale: Language, public_url: str = "") -> None:
    """The words spoken, who speaks them, when and where, the sentence they stand in, and their citation."""
    if quote.kind != "body":
        print_line(console, say(f"{quote.kind}_label", locale))
    _print_published(console, quote.text, quote)
    speaker, *source = describe_speaker(quote, locale, public_url)
    print_line(console, speaker, style="bold")
    for line in source:
        print_line(console, line)
    if quote.context and quote.context.text != quote.text:
        print_line(console, say("in_context", locale))
        _print_published(console, quote.context.text, quote)
    if quote.citation:
        console.print()
        print_to_copy(console, quote.citation)


def describe_speaker(quote: FoundQuote, locale: Language, public_url: str = "") -> Iterator[str]:
    """Who, when, where: one line each; last its address, or that of its paragraph on the public site."""
    speaker, statement = quote.speaker, quote.statement
    if speaker:
        yield ", ".join(part for part in (speaker.name, speaker.title, speaker.organization) if part)
    else:
        yield say("speaker_not_named", locale)
    if quote.kind != "wrapper" and statement.organizations not in ((), (speaker and speaker.organization,)):
        yield say("statement_of", locale, names=names_of(statement.organizations, locale))
    language = f"language_{statement.language}" if statement.language in ("en", "es") else "language_other"
    place = f"{statement.id} ¶{quote.paragraph}"
    title = say("quoted_title", locale, title=" ".join(statement.title.split()), mark="")
    yield " · ".join(
        [date_in_words(statement.date, locale), say(language, locale), place, title, *describe_gone(statement, locale)]
    )
    if link := statement.url or link_to_words(statement, "", quote.paragraph, locale, public_url):
        yield link


def _opening_lines(reply: QuoteReply) -> Iterator[str]:
    """What this is, and how it was narrowed."""
    locale = reply.locale
    if reply.of_the_day and reply.quotes:
        yield say("quote_of_the_day", locale)
    elif reply.quotes:
        yield say("quotes_found", locale, shown=len(reply.quotes), count=reply.total)
    else:
        yield say("no_quote_chosen" if reply.choices else "no_quotes", locale)
        for key, words in (("found_words", reply.coverage.found), ("missing_words", reply.coverage.missing)):
            if words:
                yield say(key, locale, words=", ".join(words))
    if filters := describe_filters(reply.filters, locale):
        yield say("filters", locale, filters=" · ".join(filters))


def _print_published(console: Console, text: str, quote: FoundQuote) -> None:
    print_lines(console, Text(safe(without_marks(text, quote.statement.file))), before="> ")
