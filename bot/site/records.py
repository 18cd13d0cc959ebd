"""
What the site shows: the statements of one moment, how they belong together, who issues them and who speaks in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from bot.corpora import SAMPLE, read_statements
from bot.settings import Settings
from corpus.canonical import fold_word
from corpus.corrections import Correction
from corpus.duplicates import Repeats
from corpus.models import Statement
from corpus.store import Store
from retrieval.catalog import Catalog
from retrieval.links import named_safely
from retrieval.quote_search.people import People, Person

FEED_ENTRIES = 30


class Named(NamedTuple):
    """
    Who has a page: an organization or a person.

    Attributes:
        name: In the form that is shown.
        path: Of the page below the folder of a language.
        statements: That were issued, or that quote, the newest first.
    """

    name: str
    path: str
    statements: tuple[Statement, ...]


class SiteRecord:
    """
    The statements that the site shows, in one moment.

    Attributes:
        catalog: The statements by id.
        hidden: How many more there are that moderators have hidden.
        is_sample: It is the invented sample.
    """

    def __init__(
        self,
        statements: Iterable[Statement],
        corrections: Mapping[str, Sequence[Correction]] | None = None,
        *,
        hidden: int = 0,
        is_sample: bool = False,
    ) -> None:
        """
        Statements, and what is known of them.

        Args:
            statements: None that is hidden or erased.
            corrections: What moderators corrected, by id of the statement; it is in the statements already.
            hidden: How many are not among them because they are hidden.
            is_sample: They are invented.
        """
        self.catalog = Catalog(statements)
        self.hidden = hidden
        self.is_sample = is_sample
        self._corrections = corrections or {}

    @cached_property
    def newest(self) -> tuple[Statement, ...]:
        """Every statement, the newest first, undated ones last."""
        return tuple(self.catalog[id] for id in self.catalog.newest_first(self.catalog.statements))

    @cached_property
    def datable(self) -> tuple[Statement, ...]:
        """The newest statements for a feed: an entry has a day, so there are only those of which it is known."""
        return tuple(one for one in self.newest if one.date_precision == "day")[:FEED_ENTRIES]

    @cached_property
    def repeats(self) -> Repeats:
        """Which statements are the same release: again, or in another language."""
        self.catalog.compare()
        return self.catalog.repeats(self.catalog.statements)

    @cached_property
    def years(self) -> dict[str, tuple[Statement, ...]]:
        """Year → its statements, both newest first."""
        found: dict[str, list[Statement]] = {}
        for statement in self.newest:
            if statement.date:
                found.setdefault(statement.date[:4], []).append(statement)
        return {year: tuple(found[year]) for year in sorted(found, reverse=True)}

    @property
    def undated(self) -> tuple[Statement, ...]:
        """The statements without a date."""
        return tuple(one for one in self.newest if not one.date)

    @property
    def unsigned(self) -> tuple[Statement, ...]:
        """The statements that do not say who issued them."""
        return tuple(one for one in self.newest if not any(one.organizations))

    @cached_property
    def organizations(self) -> dict[str, Named]:
        """Folded full name of an issuer → its page, by name."""
        names = self.catalog.names
        shown = {key: names.shown("organization", key) for key in names.statements["organization"]}
        return {
            key: Named(
                shown[key], f"o/{named_safely(key)}.html", self._newest_of(names.statements["organization"][key])
            )
            for key in sorted(shown, key=lambda key: (fold_word(shown[key]), key))
        }

    @cached_property
    def people(self) -> tuple[tuple[Person, Named], ...]:
        """Everybody who is quoted, with their page, by name."""
        said_in = self.catalog.names.statements["speaker"]
        # No name is typed here, so no word has to be told from a slip.
        everybody = People(self.catalog.names, lambda word: False).everybody()
        pages = [
            Named(
                person.shown,
                f"p/{named_safely(person.keys[0])}.html",
                self._newest_of(set().union(*(said_in[key] for key in person.keys))),
            )
            for person in everybody
        ]
        return tuple(sorted(zip(everybody, pages, strict=True), key=lambda one: (fold_word(one[1].name), one[0].keys)))

    @cached_property
    def _pages_of_people(self) -> dict[str, str]:
        return {key: page.path for person, page in self.people for key in person.keys}

    def page_of_issuer(self, name: str) -> str:
        """The path of an issuer's page."""
        return self.organizations[fold_word(name)].path

    def page_of_speaker(self, name: str) -> str:
        """The path of a speaker's page."""
        return self._pages_of_people[fold_word(name)]

    def corrected_in(self, statement: Statement) -> tuple[str, ...]:
        """What moderators corrected of a statement, as it is now: fields, each once."""
        corrections = self._corrections.get(statement.id, ())
        # A correction of words that the source has changed since says nothing of those that are there now.
        return tuple(sorted({one.field for one in corrections if one.place in statement.text}))

    def _newest_of(self, ids: Iterable[str]) -> tuple[Statement, ...]:
        return tuple(self.catalog[id] for id in self.catalog.newest_first(ids))


def open_record(settings: Settings, paths: Sequence[Path] = ()) -> SiteRecord:
    """
    What these files and folders hold; without them the stored corpus, or the sample where that is empty.

    Raises:
        UnreadableError: A path that cannot be read.
        StoreError: A store that is not what it should be.
    """
    if paths:
        return SiteRecord(read_statements(paths))
    if Store.exists(settings.data_dir):
        with Store.open(settings.data_dir) as store, store.reading():
            if store.generation:
                hidden = sum(one.kind == "hidden" for one in store.withheld().values())
                return SiteRecord(store.statements(), store.corrections(), hidden=hidden)
    return SiteRecord(read_statements([SAMPLE]), is_sample=True)
