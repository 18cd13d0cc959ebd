"""
Pages, feeds and sitemaps → readings: the one way from an address to statements.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Self

from corpus.errors import FetchError
from corpus.models import Reading
from corpus.reader import read_statement
from corpus.sources.web.addresses import Address, parse_address, shown
from corpus.sources.web.connecting import Network
from corpus.sources.web.content import expected_listing
from corpus.sources.web.entries import Entry, page_entry
from corpus.sources.web.listings import LISTINGS, read_listing, unpack
from corpus.sources.web.pages import PageReader
from corpus.sources.web.policy import Policy
from corpus.sources.web.readings import WebKind, WebReading
from corpus.sources.web.visiting import Validators, Visit, Visitor

Known = Mapping[str, Validators]

_NOTHING_KNOWN: Known = MappingProxyType({})
_SERVER_TROUBLE = frozenset({"too_slow", "unreachable", "connection_lost", "http_429"})


class WebReader:
    """
    Reads addresses of the web in one run: robots.txt of each site once, one request at a time, pauses between them.

    Args:
        policy: Limits.
        network: Names, sockets and time.
        read: What reads a body under a file name.
    """

    def __init__(
        self,
        policy: Policy | None = None,
        network: Network | None = None,
        read: Callable[[bytes, str], Reading] = read_statement,
    ) -> None:
        self._policy = policy or Policy()
        self._visitor = Visitor(self._policy, network or Network())
        self._pages = PageReader(read, self._policy.read_s)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *reason: object) -> None:
        self._visitor.close()

    def read(
        self, address: str, *, known: Known = _NOTHING_KNOWN, expected: WebKind | None = None
    ) -> Iterator[WebReading]:
        """
        What an address gives: one reading for a page; for a listing first itself, then each of its entries.

        Nothing is raised for what servers do: a failure is a reading, too. Entries are fetched as they are asked for.

        Args:
            address: As a person wrote it, or the locator of a source.
            known: Validators of everything that this source gave when it was last read, itself too, by locator. Leave
                out what should be read anew whether it has changed or not (after a rollback, or by a newer reader).
            expected: What it was then: a feed that is a page now has failed, and behind an unchanged one are its pages.
        """
        locator = shown(address)
        try:
            here = parse_address(address)
            locator = str(here)
            visit = self._visitor.visit(here, known.get(locator))
            if visit.is_modified:
                yield from self._read_found(here, visit, known, expected)
            else:
                yield from self._read_unmodified(here, visit, known, expected or "page")
        except FetchError as error:
            yield WebReading(locator, expected or "page", locator, failure=error)

    def _read_found(self, here: Address, visit: Visit, known: Known, expected: WebKind | None) -> Iterator[WebReading]:
        visit, kind = unpack(visit, self._policy)
        if kind not in LISTINGS:
            _refuse_page(visit, expected or expected_listing(visit.content_type, here.path))
            yield self._reading(page_entry(here), visit)
            return
        listing = read_listing(visit, kind, self._visitor, self._policy, known_as=str(here))
        yield WebReading(
            locator=str(here),
            kind="sitemap" if kind == "sitemap" else "feed",
            address=str(visit.address),
            failure=listing.failure,
            # Sitemaps within this one change without it.
            validators=Validators() if listing.sitemaps else visit.validators,
            listed=len(listing.entries),
            is_whole=listing.is_whole,
        )
        visits = _EntryVisits(self._visitor, self._policy, known)
        yield from (self._reading(entry, visits.visit(entry)) for entry in listing.entries)

    def _read_unmodified(self, here: Address, visit: Visit, known: Known, expected: WebKind) -> Iterator[WebReading]:
        """Behind a listing that is as it was, each page that it gave may have changed all the same."""
        locator = str(here)
        others = [other for other in known if other != locator] if expected != "page" else []
        yield WebReading(
            locator, expected, str(visit.address), validators=visit.validators, is_modified=False, listed=len(others)
        )
        visits = _EntryVisits(self._visitor, self._policy, known)
        listed: dict[str, Entry] | None = None
        for other in others:
            if "#" in other:  # it has no page, and its text is in the listing
                yield WebReading(other, "page", locator, is_modified=False)
                continue
            entry = page_entry(parse_address(other))
            outcome = visits.visit(entry)
            if listed is None and (isinstance(outcome, FetchError) or outcome.is_modified):
                # What the listing says of a page is needed again.
                listed = self._listed_again(here)
            yield self._reading((listed or {}).get(other, entry), outcome)

    def _listed_again(self, here: Address) -> dict[str, Entry]:
        try:
            visit, kind = unpack(self._visitor.visit(here), self._policy)
            listing = read_listing(visit, kind, self._visitor, self._policy, known_as=str(here))
        except FetchError:
            return {}
        return {entry.locator: entry for entry in listing.entries}

    def _reading(self, entry: Entry, outcome: Visit | FetchError) -> WebReading:
        """What the page of an entry says, else what the entry itself holds of it, else why there is nothing."""
        if isinstance(outcome, FetchError):
            return self._instead(entry, outcome)
        address = str(outcome.address)
        if not outcome.is_modified:
            return WebReading(entry.locator, "page", address, validators=outcome.validators, is_modified=False)
        try:
            visit, kind = unpack(outcome, self._policy)
            reading = self._pages.read(visit, kind, entry.hints)
        except FetchError as error:
            return self._instead(entry, error)
        return WebReading(entry.locator, "page", address, (reading,), validators=outcome.validators)

    def _instead(self, entry: Entry, failure: FetchError) -> WebReading:
        address = parse_address(entry.locator)
        if entry.html is not None:
            try:
                reading = self._pages.read_entry(address, entry.html, entry.hints)
            except FetchError:
                pass  # the page's own failure says more
            else:
                return WebReading(entry.locator, "page", str(address), (reading,), from_listing=True)
        return WebReading(entry.locator, "page", str(address), failure=failure)


class _EntryVisits:
    """Visits the pages of one listing, and leaves a host alone that failed many times in a row."""

    def __init__(self, visitor: Visitor, policy: Policy, known: Known) -> None:
        self._visitor = visitor
        self._policy = policy
        self._known = known
        self._failures: dict[str, list[FetchError]] = {}

    def visit(self, entry: Entry) -> Visit | FetchError:
        """The page, or why there is none."""
        address = entry.address
        if isinstance(address, FetchError):
            return address
        failures = self._failures.setdefault(address.host, [])
        if len(failures) >= self._policy.max_failures:
            message = f"{shown(str(address))} was not asked for: its server failed {len(failures)} times in a row."
            return FetchError(shown(str(address)), failures[-1].code, message)
        try:
            visit = self._visitor.visit(address, self._known.get(entry.locator))
        except FetchError as error:
            if error.code in _SERVER_TROUBLE or error.code.startswith("http_5"):
                failures.append(error)
            return error
        failures.clear()
        return visit


def _refuse_page(visit: Visit, promised: str | None) -> None:
    if promised in LISTINGS:
        name = shown(str(visit.address))
        message = f"{name} should be a {promised} and is none. Check the address, or try again later."
        raise FetchError(name, "bad_format", message)
