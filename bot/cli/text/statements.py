"""
A whole statement → plain text for a terminal: its paragraphs with their numbers, what is not the statement left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from bot.cli.text.answers import names_of
from bot.cli.text.page import print_line, print_lines, safe
from bot.messages import date_in_words, describe_gone, say
from retrieval.links import link_to_statement
from retrieval.marks import without_marks

if TYPE_CHECKING:
    from rich.console import Console

    from retrieval.models import FullStatement, Language


def print_statement(console: Console, whole: FullStatement, locale: Language, public_url: str = "") -> None:
    """Title, issuers, date and place in the record; then every paragraph but furniture, which is counted."""
    cited = whole.statement
    print_line(console, " ".join(cited.title.split()), style="bold")
    print_line(console, names_of(cited.organizations, locale) or say("issuer_unknown", locale))
    language = f"language_{cited.language}" if cited.language in ("en", "es") else "language_other"
    parts = [dated(whole, locale), say(language, locale), cited.id, *describe_gone(cited, locale)]
    print_line(console, " · ".join(parts))
    if link := cited.url or link_to_statement(cited, locale, public_url):
        print_line(console, link)
    for other in whole.versions:
        print_line(console, say("version", locale, id=other.id, title=" ".join(other.title.split())))
    folded = [one for one in whole.paragraphs if one.kind not in ("body", "about", "wrapper")]
    for paragraph in whole.paragraphs:
        if paragraph in folded:
            continue
        label = "" if paragraph.kind == "body" else f" {say(f'{paragraph.kind}_label', locale)}"
        console.print()
        print_line(console, f"¶{paragraph.paragraph}{label}", style="dim")
        print_lines(console, Text(safe(without_marks(paragraph.text, cited.file))))
    if folded:
        console.print()
        print_line(console, say("furniture_folded", locale, count=len(folded)))


def dated(whole: FullStatement, locale: Language) -> str:
    """The date with where it was found."""
    cited = whole.statement
    date = date_in_words(cited.date, locale)
    return f"{date} ({say(f'evidence_{cited.date_evidence}', locale)})" if cited.date else date
