"""
Every sentence people read in an answer, by key and locale. The words are in `locales/*.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.labels import DEFAULT_H, NEVER

if TYPE_CHECKING:
    from retrieval.models import Answer, CitedStatement, Difference, Language, Note, Timeline, VerdictKind

# Values of notes that are ISO dates and are shown in words.
_DATES = frozenset({"first", "last", "dated", "claimed_date"})
_MAX_TOPIC = 80


@cache
def catalog(locale: Language) -> dict[str, str]:
    """Key → sentence with {placeholders}, of one locale."""
    with (Path(__file__).parent / "locales" / f"{locale}.toml").open("rb") as file:
        return {key: str(text) for key, text in tomllib.load(file).items()}


def say(key: str, locale: Language, **values: str | int) -> str:
    """The sentence of this key in this locale, its placeholders filled; a `count` of one may have its own (`…_one`)."""
    sentences = catalog(locale)
    one = f"{key}_one"
    return sentences[one if values.get("count") == 1 and one in sentences else key].format(**values)


def note(note: Note, locale: Language) -> str:
    """The sentence of a note."""
    values = {
        name: date_in_words(str(value), locale) if name in _DATES else value for name, value in note.values.items()
    }
    return say(note.code, locale, **values)


def describe_reading(
    corrected: Mapping[str, str], bridged: Mapping[str, Iterable[str]], notes: Iterable[Note], locale: Language
) -> Iterator[str]:
    """
    What was read into a request, and what was left out.

    Args:
        corrected: Typed word → word it was read as.
        bridged: Word → words of the other language that something shown was found through.
        notes: Of the reply.
        locale: Of the sentences.
    """
    for typed, meant in corrected.items():
        yield say("read_as", locale, typed=typed, meant=meant)
    if bridged:
        pairs = "; ".join(f"{word} → {', '.join(found)}" for word, found in bridged.items())
        yield say("found_through", locale, pairs=pairs)
    for item in notes:
        yield note(item, locale)


def describe_counts(answer: Answer) -> str:
    """How many statements speak of it, the years without one left out; nothing where that was not asked."""
    locale = answer.locale
    years = " · ".join(f"{year}: {count}" for year, count in answer.years.items() if count)
    undated = say("counted_undated", locale, count=answer.undated) if answer.undated else ""
    total = sum(answer.years.values()) + answer.undated
    parts = "; ".join(filter(None, (years, undated)))
    return say("counted", locale, count=total, parts=parts) if total else ""


def describe_timeline(timeline: Timeline) -> str:
    """How many statements are on a topic, from when to when, undated ones apart; or that there are none."""
    locale, topic = timeline.locale, short_topic(timeline.topic)
    if not timeline.total:
        return say("timeline_none", locale, topic=topic)
    dated = sum(timeline.years.values())
    years = years_in_words(list(timeline.years), locale)
    undated = say("counted_undated", locale, count=timeline.total - dated) if timeline.total > dated else ""
    parts = "; ".join(filter(None, (years, undated)))
    return say("timeline_found", locale, topic=topic, count=timeline.total, parts=parts)


def short_topic(topic: str) -> str:
    """A topic on one line, shortened where it is long."""
    words = " ".join(topic.split())
    return words if len(words) <= _MAX_TOPIC else f"{words[: _MAX_TOPIC - 2].rstrip()} …"


def years_in_words(years: Sequence[str], locale: Language) -> str:
    """Ascending years, those that follow each other as one range: "2011, 2013 to 2015"."""
    ranges: list[tuple[str, str]] = []
    for year in years:
        if ranges and int(year) == int(ranges[-1][1]) + 1:
            ranges[-1] = (ranges[-1][0], year)
        else:
            ranges.append((year, year))
    return ", ".join(
        first if first == last else say("timeline_range", locale, first=first, last=last) for first, last in ranges
    )


def describe_retry(retry: Mapping[str, str], locale: Language, options: Mapping[str, str]) -> str:
    """What to leave out for a better answer, and the option that sets it."""
    if "without" in retry:
        return say("retry_without", locale, words=retry["without"])
    dropped = retry["drop"]
    return say(f"retry_{dropped}", locale, option=options[dropped])


def verdict_in_words(verdict: VerdictKind, locale: Language) -> str:
    """What became of a claimed quotation, in a few words."""
    return say(f"verdict_{verdict}", locale)


def describe_difference(difference: Difference, locale: Language, max_chars: int | None = None) -> str:
    """
    The claimed words between minus signs, the published ones between plus signs.

    Args:
        difference: One step from the claim to what was published.
        locale: Language of the words around them.
        max_chars: So much of each is shown; the mark of the cut stands outside of the signs.
    """
    signs = {"claimed": ("−", difference.claimed), "found": ("+", difference.found)}
    return say(f"verify_{difference.op}", locale, **{side: _signed(*one, max_chars) for side, one in signs.items()})


def _signed(sign: str, words: str, max_chars: int | None) -> str:
    line = " ".join(words.split())
    cut = line if max_chars is None or len(line) <= max_chars else line[:max_chars].rstrip()
    return f"[{sign}{cut}{sign}]{'' if cut == line else ' …'}" if line else ""


def describe_silence(count: int, first: str | None, last: str | None, locale: Language) -> str:
    """
    What a quotation that was not found shows, and what it does not.

    Args:
        count: How many statements there are.
        first, last: Their first and last date, ISO; `None` where none has a date.
        locale: Language of the words.
    """
    if first is None or last is None:
        return say("record_undated", locale, count=count)
    return say("record_holds", locale, count=count, first=first[:4], last=last[:4])


def every_in_words(hours: int | None, locale: Language) -> str:
    """How often a source is read: hours from one reading to the next, `None` as usual, 0 only when asked."""
    hours = DEFAULT_H if hours is None else hours
    if hours == NEVER:
        return say("every_never", locale)
    days, rest = divmod(hours, 24)
    return say("every_hours", locale, count=hours) if rest else say("every_days", locale, count=days)


def describe_gone(statement: CitedStatement, locale: Language) -> list[str]:
    """That a statement is no longer at its source, and since when; nothing of one that is."""
    since = statement.missing_since
    return [say("gone_since", locale, day=date_in_words(since, locale))] if since else []


def date_in_words(date: str | None, locale: Language) -> str:
    """
    A statement's date as text with its precision ("November 2012 (day not given)"), never shifted by a time zone.

    Args:
        date: ISO 8601 cut to its precision, or `None` for an undated statement.
        locale: Language of the words.
    """
    if date is None:
        return say("date_none", locale)
    year, *rest = date.split("-")
    if not rest:
        return say("date_year", locale, year=year)
    month = say("months", locale).split()[int(rest[0]) - 1]
    if len(rest) == 1:
        return say("date_month", locale, month=month, year=year)
    return say("date_day", locale, day=int(rest[1]), month=month, year=year)
