"""
Somebody who is quoted → what the page shows: the forms of name, title and organization as printed, and the quotes.

A person is what is printed: no form is joined with another, each has the dates of the statements that print it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple

from bot.site.records import Named, SiteRecord
from bot.site.statements import Utterance, utterances_of
from corpus.canonical import fold_word
from corpus.models import Speaker, Statement
from retrieval.quote_search.people import Person


class Form(NamedTuple):
    """
    One way in which a name, title or organization is printed.

    Attributes:
        first, last: Dates of the statements that print it, ISO as far as known; `None` where none has a date.
    """

    text: str
    first: str | None
    last: str | None
    statements: int


class PersonPage(NamedTuple):
    """
    What the page of a person shows.

    Attributes:
        forms: "names", "titles", "organizations" → each form, the one printed last first.
        said: Statement and the person's utterances in it, the newest first.
    """

    named: Named
    forms: dict[str, tuple[Form, ...]]
    said: tuple[tuple[Statement, tuple[Utterance, ...]], ...]


def describe(person: Person, named: Named, record: SiteRecord) -> PersonPage:
    """The page of a person of this record."""
    own = [(one, [quote.speaker for quote in one.quotes if _speaks(quote.speaker, person)]) for one in named.statements]
    said = [
        (one, tuple(each for each in utterances_of(one) if _speaks(each.speaker, person))) for one in named.statements
    ]
    forms: dict[str, Callable[[Speaker], str | None]] = {
        "names": lambda speaker: speaker.name,
        "titles": lambda speaker: speaker.title,
        "organizations": lambda speaker: speaker.organization,
    }
    return PersonPage(
        named=named,
        forms={kind: _forms(own, printed, record) for kind, printed in forms.items()},
        said=tuple((one, utterances) for one, utterances in said if utterances),
    )


def span_of(statements: Iterable[Statement], record: SiteRecord) -> tuple[str | None, str | None]:
    """The first and the last date of some statements, as printed in ISO; `None` where none has one."""
    dated = [one for one in statements if one.date]
    dates = record.catalog.dates
    first = min(dated, key=lambda one: (dates[one.id][0], one.id), default=None)
    last = max(dated, key=lambda one: (dates[one.id][1], one.id), default=None)
    return (first.date if first else None), (last.date if last else None)


def _speaks(speaker: Speaker | None, person: Person) -> bool:
    return speaker is not None and fold_word(speaker.name) in person.keys


def _forms(
    own: Iterable[tuple[Statement, list[Speaker | None]]],
    printed: Callable[[Speaker], str | None],
    record: SiteRecord,
) -> tuple[Form, ...]:
    """Each form with the statements that print it; these are the newest first, so the forms are too."""
    found: dict[str, dict[str, Statement]] = defaultdict(dict)
    for statement, speakers in own:
        for speaker in speakers:
            if speaker and (form := printed(speaker)):
                found[" ".join(form.split())][statement.id] = statement
    return tuple(Form(text, *span_of(ones.values(), record), len(ones)) for text, ones in found.items())
