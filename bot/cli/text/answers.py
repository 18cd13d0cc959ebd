"""
Answer → plain text for a terminal, in the order of Discord's cards (`bot/chat/cards.py`): only lines that begin with
"> " are published words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from bot.cli.text.page import print_line, print_lines, print_to_copy, safe
from bot.messages import date_in_words, describe_counts, describe_gone, describe_reading, describe_retry, say
from bot.views import view_of
from retrieval.links import link_to_words

if TYPE_CHECKING:
    from retrieval.models import Answer, Excerpt, Filters, FoundWords, Language

# Filter → the options that set it.
_OPTIONS = {
    "dates": "--since, --until",
    "speaker": "--speaker",
    "organization": "--organization",
    "language": "--language both",
}


def print_answer(console: Console, answer: Answer, public_url: str = "") -> None:
    """Print an answer for people: status, filters, excerpts with who, when and where (`describe_source`), notes."""
    locale = answer.locale
    if answer.status != "answered":
        print_line(console, say(f"status_{answer.status}", locale), style="bold")
        for key, words in (("found_words", answer.coverage.found), ("missing_words", answer.coverage.missing)):
            if words:
                print_line(console, say(key, locale, words=", ".join(words)))
    filters = describe_filters(answer.filters, locale)
    if filters:
        print_line(console, say("filters", locale, filters=" · ".join(filters)))
    counted = describe_counts(answer)
    if counted:
        print_line(console, counted)
    at_top = answer.status == "answered" and not filters and not counted
    for excerpt in answer.excerpts:
        if not at_top:
            console.print()
        at_top = False
        print_excerpt(console, excerpt, locale, public_url)
    if lines := list(dict.fromkeys(closing_lines(answer))):
        console.print()
        for line in lines:
            print_line(console, line)


def describe_filters(filters: Filters, locale: Language) -> list[str]:
    """The filters that hold, in words."""
    values = {
        "speaker": filters.speaker,
        "organization": filters.organization,
        "since": filters.since and date_in_words(filters.since.isoformat(), locale),
        "until": filters.until and date_in_words(filters.until.isoformat(), locale),
    }
    words = [say(f"filter_{name}", locale, value=value) for name, value in values.items() if value]
    if filters.language != "both":
        words.append(say(f"filter_language_{filters.language}", locale))
    if filters.order != "relevance":
        words.append(say(f"filter_{filters.order}", locale))
    return words


def describe_source(excerpt: Excerpt | FoundWords, locale: Language, public_url: str = "") -> Iterator[str]:
    """Who, when, where: one line each; last its address, or that of its paragraph on the public site."""
    speaker, statement = excerpt.speaker, excerpt.statement
    if speaker:
        yield ", ".join(part for part in (speaker.name, speaker.title, speaker.organization) if part)
        if statement.organizations not in ((), (speaker.organization,)):
            yield say("statement_of", locale, names=names_of(statement.organizations, locale))
    elif excerpt.kind != "wrapper":
        yield names_of(excerpt.issuer, locale) or say("issuer_unknown", locale)
    language = f"language_{statement.language}" if statement.language in ("en", "es") else "language_other"
    title = say("quoted_title", locale, title=" ".join(statement.title.split()), mark="")
    yield " · ".join(
        [
            date_in_words(statement.date, locale),
            say(language, locale),
            f"{statement.id} ¶{excerpt.paragraph}",
            title,
            *describe_gone(statement, locale),
        ]
    )
    if link := statement.url or link_to_words(statement, "", excerpt.paragraph, locale, public_url):
        yield link


def closing_lines(answer: Answer) -> Iterator[str]:
    """What was read into the question, and what was left out."""
    bridged = answer.bridged if answer.excerpts else {}
    yield from describe_reading(answer.corrected, bridged, answer.notes, answer.locale)
    for retry in answer.retry:
        yield describe_retry(retry, answer.locale, _OPTIONS)


def print_excerpt(console: Console, excerpt: Excerpt, locale: Language, public_url: str = "") -> None:
    """Published words, then who said them, when and where, and their citation."""
    if excerpt.kind != "body":
        print_line(console, say(f"{excerpt.kind}_label", locale))
    print_lines(console, _highlighted(excerpt), before="> ")
    if excerpt.cut:
        print_line(console, say("cut_mark", locale))
    for line in describe_source(excerpt, locale, public_url):
        print_line(console, line)
    if excerpt.citation:
        console.print()
        print_to_copy(console, excerpt.citation)


def names_of(names: Iterable[str | None], locale: Language) -> str:
    """Issuers, a lost name shown as lost."""
    return "; ".join(name or say("name_missing", locale) for name in names)


def _highlighted(excerpt: Excerpt) -> Text:
    text, place = Text(), 0
    view = view_of(excerpt)
    for start, end in view.highlights:
        text.append(safe(view.text[place:start]))
        text.append(safe(view.text[start:end]), style="bold")
        place = end
    return text.append(safe(view.text[place:]))
