"""
Answer → plain text for a terminal.
"""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from bot.messages import date_in_words, note, say
from retrieval.models import Answer, Excerpt, Filters, Language

# Terminals obey some characters that no reader sees; they are spelled out.
_OBEYED = {code: f"\\x{code:02x}" for code in [*range(32), *range(127, 160)] if code not in (9, 10)}
_OBEYED |= {code: f"\\u{code:04x}" for code in [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F]}


def print_answer(console: Console, answer: Answer) -> None:
    """Print an answer for people: status, filters, excerpts with who, where and when, notes."""
    locale = answer.locale
    if answer.status != "answered":
        console.print(Text(say(f"status_{answer.status}", locale), style="bold"))
        _print_coverage(console, answer)
    if words := describe_filters(answer.filters, locale):
        console.print(Text(say("filters", locale, filters=safe(" · ".join(words))), style="dim"))
    for excerpt in answer.excerpts:
        console.print()
        console.print(Padding(_quoted(excerpt), (0, 0, 0, 2)))
        for line in describe_source(excerpt, locale):
            console.print(Padding(Text(safe(line), style="dim"), (0, 0, 0, 2)))
        if excerpt.citation:
            console.print(Padding(Text(safe(excerpt.citation)), (1, 0, 0, 2)))
    if lines := list(closing_lines(answer)):
        console.print()
        for line in lines:
            console.print(Text(safe(line), style="dim"))


def describe_filters(filters: Filters, locale: Language) -> list[str]:
    """The filters that hold, in words."""
    words = []
    if filters.speaker:
        words.append(say("filter_speaker", locale, value=filters.speaker))
    if filters.organization:
        words.append(say("filter_organization", locale, value=filters.organization))
    if filters.since:
        words.append(say("filter_since", locale, value=date_in_words(filters.since.isoformat(), locale)))
    if filters.until:
        words.append(say("filter_until", locale, value=date_in_words(filters.until.isoformat(), locale)))
    if filters.language != "both":
        words.append(say(f"filter_language_{filters.language}", locale))
    if filters.order != "relevance":
        words.append(say(f"filter_{filters.order}", locale))
    return words


def describe_source(excerpt: Excerpt, locale: Language) -> Iterator[str]:
    """Who, when, where: one line each."""
    if excerpt.cut:
        yield say("cut_mark", locale)
    if excerpt.kind != "body":
        yield say(f"{excerpt.kind}_label", locale)
    if excerpt.speaker:
        speaker = excerpt.speaker
        yield ", ".join(part for part in (speaker.name, speaker.title, speaker.organization) if part)
    if excerpt.kind != "wrapper":
        names = [name or say("name_missing", locale) for name in excerpt.issuer]
        yield ", ".join(names) or say("issuer_unknown", locale)
    statement = excerpt.statement
    language = f"language_{statement.language}" if statement.language in ("en", "es") else "language_other"
    when = date_in_words(statement.date, locale)
    yield f"{when} · {say(language, locale)} · {statement.id} ¶{excerpt.paragraph} · {statement.title}"


def closing_lines(answer: Answer) -> Iterator[str]:
    """What was read into the question, and what was left out."""
    for typed, meant in answer.corrected.items():
        yield say("read_as", answer.locale, typed=typed, meant=meant)
    if answer.bridged and answer.excerpts:
        pairs = "; ".join(f"{word} → {', '.join(found)}" for word, found in answer.bridged.items())
        yield say("found_through", answer.locale, pairs=pairs)
    for item in answer.notes:
        yield note(item, answer.locale)


def safe(text: str) -> str:
    """Text that a terminal prints and does not obey."""
    return text.translate(_OBEYED)


def _print_coverage(console: Console, answer: Answer) -> None:
    for key, words in (("found_words", answer.coverage.found), ("missing_words", answer.coverage.missing)):
        if words:
            console.print(Text(safe(say(key, answer.locale, words=", ".join(words)))))


def _quoted(excerpt: Excerpt) -> Text:
    text, place = Text(), 0
    for start, end in excerpt.highlights:
        text.append(safe(excerpt.text[place:start]))
        text.append(safe(excerpt.text[start:end]), style="bold")
        place = end
    return text.append(safe(excerpt.text[place:]))
