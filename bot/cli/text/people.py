"""
A person → plain text for a terminal: how often quoted and when, what is printed of the person, the newest quotes.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from rich.console import Console

from bot.cli.text.page import print_line
from bot.cli.text.quotes import print_quote
from bot.messages import date_in_words, describe_reading, say, years_in_words

if TYPE_CHECKING:
    from retrieval.models import Language, PersonProfile, PrintedForm
    from retrieval.models.people import Said


def print_person(console: Console, profile: PersonProfile, public_url: str = "") -> None:
    """Print a person for people; where it is not clear who is meant, only why."""
    locale = profile.locale
    if profile.name:
        print_line(console, profile.name, style="bold")
        print_line(console, say("person_total", locale, parts=_counted(profile.total, locale)))
        console.print()
        for line in _years(profile):
            print_line(console, line)
    for kind in ("names", "titles", "organizations"):
        if forms := getattr(profile, kind):
            console.print()
            print_line(console, say(f"person_{kind}", locale), style="bold")
            for form in forms:
                print_line(console, _printed(form, locale))
    if profile.quotes:
        console.print()
        print_line(console, say("person_newest", locale), style="bold")
    for quote in profile.quotes:
        console.print()
        print_quote(console, quote, locale, public_url)
    _print_reading(console, profile)


def _print_reading(console: Console, profile: PersonProfile) -> None:
    lines = list(describe_reading(profile.corrected, {}, profile.notes, profile.locale))
    if lines and profile.name:
        console.print()
    for line in lines:
        print_line(console, line)


def _years(profile: PersonProfile) -> Iterator[str]:
    """A line for each year, one for years side by side without any, and one for what has no date."""
    locale = profile.locale
    for silent, group in groupby(profile.years.items(), key=lambda item: not item[1].statements):
        years = list(group)
        if silent:
            yield f"{years_in_words([year for year, _ in years], locale)}  0"
        else:
            yield from (f"{year}  {_counted(said, locale)}" for year, said in years)
    if profile.undated.statements:
        yield f"{say('timeline_undated', locale)}  {_counted(profile.undated, locale)}"


def _counted(said: Said, locale: Language) -> str:
    counts = {"statements": said.statements, "quotes": said.quotes}
    return " · ".join(say(f"person_{name}", locale, count=count) for name, count in counts.items())


def _printed(form: PrintedForm, locale: Language) -> str:
    """A form with how often it is printed, and from when to when."""
    dates = dict.fromkeys(date_in_words(date, locale) for date in (form.first, form.last))
    return " · ".join((form.text, " – ".join(dates), say("person_statements", locale, count=form.statements)))
