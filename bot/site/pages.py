"""
Every page of the site: where it stands, which template makes it, and of what. Made one by one, so that a large record
needs no more memory than a small one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from bot.site.people import describe, span_of
from bot.site.records import SiteRecord
from bot.site.statements import lay_out

NEWEST = 10  # statements of the first page


class Page(NamedTuple):
    """
    A page, the same in both languages.

    Attributes:
        path: Below the folder of a language, with `/`.
        template: A file of `templates/`.
        values: What the template shows.
    """

    path: str
    template: str
    values: Mapping[str, Any]


def pages_of(record: SiteRecord) -> Iterator[Page]:
    """All pages, each made when it is its turn, always in the same order."""
    yield _first(record)
    yield from _years(record)
    yield from _organizations(record)
    yield from _people(record)
    for statement in record.newest:
        page = lay_out(statement, record)
        yield Page(page.path, "statement.html", {"page": page})


def _first(record: SiteRecord) -> Page:
    languages: dict[str, int] = {}
    for one in record.newest:
        languages[one.language] = languages.get(one.language, 0) + 1
    ordered = sorted(languages.items(), key=lambda one: (-one[1], one[0]))
    values = {"newest": record.newest[:NEWEST], "span": span_of(record.newest, record), "languages": ordered}
    return Page("index.html", "index.html", values)


def _years(record: SiteRecord) -> Iterator[Page]:
    yield Page("years.html", "years.html", {})
    years = list(record.years)
    for year, later, earlier in zip(years, [None, *years], [*years[1:], None], strict=False):
        values = {"year": year, "later": later, "earlier": earlier, "statements": record.years[year]}
        yield Page(f"y/{year}.html", "year.html", values)
    if record.undated:
        yield Page("y/undated.html", "undated.html", {"statements": record.undated})


def _organizations(record: SiteRecord) -> Iterator[Page]:
    rows = [(named, span_of(named.statements, record)) for named in record.organizations.values()]
    yield Page("organizations.html", "organizations.html", {"rows": rows})
    for named in record.organizations.values():
        yield Page(named.path, "organization.html", {"named": named})
    if record.unsigned:
        yield Page("o/unsigned.html", "unsigned.html", {"statements": record.unsigned})


def _people(record: SiteRecord) -> Iterator[Page]:
    rows = [(named, span_of(named.statements, record)) for _, named in record.people]
    yield Page("people.html", "people.html", {"rows": rows})
    for person, named in record.people:
        yield Page(named.path, "person.html", {"page": describe(person, named, record)})
