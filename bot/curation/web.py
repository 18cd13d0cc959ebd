"""
Sources of the web → what stands there now, and what cannot be read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from pydantic import ValidationError

from bot.curation.reading import Readings, Tally
from corpus import reader
from corpus.models import Frozen
from corpus.store import Sighting, Source, Standing, Store

if TYPE_CHECKING:
    from corpus.sources.files import Read
    from corpus.sources.web import Validators, WebReader, WebReading

FILES = "files"
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)

OpenWeb = Callable[["Read"], "WebReader"]


class Limits(NamedTuple):
    """What an operator decides about fetching: private `host:port`s that may be read, seconds between requests."""

    allowed_hosts: frozenset[str] = frozenset()
    host_delay_s: float = 1.0

    def open(self, read: Read) -> WebReader:
        """A reader of the web; what it needs is imported here, as most commands do without."""
        from corpus.sources.web import Policy, WebReader

        return WebReader(Policy(allowed_hosts=self.allowed_hosts, host_delay_s=self.host_delay_s), read=read)


open_public_web: OpenWeb = Limits().open


class Stamp(Frozen):
    """
    What is kept of a place until the next visit, as JSON.

    Attributes:
        reader: Version of `corpus/reader.py` that read it: a later one reads it anew.
        etag, last_modified: What the server said of its version.
        from_listing: The page could not be read, and this was the text that its feed holds.
    """

    reader: int
    etag: str | None = None
    last_modified: str | None = None
    from_listing: bool = False

    @classmethod
    def of(cls, one: WebReading) -> Stamp:
        """Of a page or a listing that was just read."""
        return cls(reader=reader.VERSION, **one.validators._asdict(), from_listing=one.from_listing)

    def written(self) -> str:
        """As the store keeps it."""
        return self.model_dump_json(exclude_defaults=True)


class Remembered(NamedTuple):
    """
    What the record knows of the web.

    Attributes:
        standing: Every place at which something stands, by locator.
        listings: Locator of a feed or a sitemap → its stamp.
        is_taken_back: The record was rolled back: everything is read anew, so that it goes forward again.
    """

    standing: Mapping[str, Standing] = MappingProxyType({})
    listings: Mapping[str, str] = MappingProxyType({})
    is_taken_back: bool = False

    @classmethod
    def of(cls, store: Store) -> Remembered:
        """Of a stored corpus."""
        return cls(store.standing(), store.listings(), store.is_taken_back())

    def known(self, source: Source) -> dict[str, Validators]:
        """What the pages of a source, and the source itself, are asked with: whether they are as they were."""
        from corpus.sources.web import Validators

        def asked(written: str | None) -> Validators:
            stamp = _stamp(written)
            if stamp is None or self.is_taken_back or stamp.reader != reader.VERSION:
                return Validators()
            return Validators(stamp.etag, stamp.last_modified)

        own = self.standing.get(source.locator)
        written = self.listings.get(source.locator) or (own.validator if own else None)
        places = {place: asked(one.validator) for place, one in self.standing.items() if one.source == source.locator}
        itself = asked(written)
        return places | ({source.locator: itself} if itself != Validators() else {})


def is_address(named: object) -> bool:
    """Whether somebody named an address and not a path; also of a kind that is not read."""
    return isinstance(named, str) and bool(_ADDRESS.match(named.strip()))


def read_addresses(addresses: Iterable[str], web: WebReader, memory: Remembered, found: Readings, tally: Tally) -> None:
    """Add to `found` what these addresses give, each a source of its own."""
    fetching = _Fetching(memory, found, tally)
    for address in addresses:
        fetching.take(web.read(address))


def read_web(sources: Iterable[Source], web: WebReader, memory: Remembered, found: Readings, tally: Tally) -> None:
    """
    Add to `found` what stands at these sources now.

    Args:
        sources: Of the kinds `page`, `feed` and `sitemap`.
        web: Fetches and reads.
        memory: What was read before is asked for its changes only.
        found: What all sources give.
        tally: Counts each page.
    """
    fetching = _Fetching(memory, found, tally)
    for source in sources:
        known = memory.known(source)
        fetching.take(web.read(source.locator, known=known, expected=source.kind))  # type: ignore[arg-type]


class _Fetching:
    """What the addresses of one run give, put where all sources put it."""

    def __init__(self, memory: Remembered, found: Readings, tally: Tally) -> None:
        self._memory = memory
        self._found = found
        self._tally = tally
        self._sighted: set[str] = set()

    def take(self, readings: Iterator[WebReading]) -> None:
        """Take all that one address gives."""
        first = next(readings)
        source = Source(first.kind, first.locator)
        if first.kind == "page":
            self._tally.expect(1)
            self._take_page(source, first, is_whole=True)
            self._tally.step(source)
        elif first.failure and not first.listed:
            self._found.fail(source, first.locator, first.failure.code, str(first.failure), is_whole=True)
        else:
            self._take_listing(source, first, readings)

    def _take_listing(self, source: Source, listing: WebReading, entries: Iterator[WebReading]) -> None:
        found = self._found
        if listing.failure:
            found.fail(source, listing.locator, listing.failure.code, str(listing.failure))
        self._tally.expect(listing.listed)
        unread, is_shared = 0, False
        for entry in entries:
            is_shared = is_shared or self._is_of_another(source, entry.locator)
            unread += not self._take_page(source, entry, is_whole=unread + 1 == listing.listed)
            self._tally.step(source)
        if unread and unread == listing.listed:
            return
        found.reached.add(source)
        if listing.is_whole:
            found.listed.append(source)
        if listing.is_modified:
            # A listing that says that it is as it was leads only to pages that were read, and are its own.
            is_enough = not (unread or is_shared or listing.failure) and any(listing.validators)
            found.validators[source] = Stamp.of(listing).written() if is_enough else None

    def _take_page(self, source: Source, one: WebReading, *, is_whole: bool) -> bool:
        """Whether a page was read, or is as it was; `is_whole`: where not, nothing of the source was."""
        found, place = self._found, self._memory.standing.get(one.locator)
        found.seen.add(one.locator)
        if one.failure:
            found.fail(source, one.locator, one.failure.code, str(one.failure), is_whole=is_whole)
            return False
        if one.locator in self._sighted:
            found.reached.add(source)
        elif not one.is_modified:
            self._see(Sighting(source, one.locator, None, place.validator if place else None))
        elif one.from_listing and place and not _is_from_listing(place):
            # The text of a feed is not the page's: both in turn would look like changes that nobody made.
            said = f"{one.locator} cannot be read now, only what its feed says of it. The text of the page stays."
            found.fail(source, one.locator, "only_in_feed", said, is_whole=is_whole)
            return False
        else:
            (reading,) = one.readings
            self._see(Sighting(source, one.locator, reading, Stamp.of(one).written()))
        return True

    def _see(self, sighting: Sighting) -> None:
        self._sighted.add(sighting.locator)
        self._found.sightings.append(sighting)

    def _is_of_another(self, source: Source, locator: str) -> bool:
        place = self._memory.standing.get(locator)
        return locator in self._sighted or (place is not None and place.source != source.locator)


def _stamp(written: str | None) -> Stamp | None:
    try:
        return Stamp.model_validate_json(written or "")
    except ValidationError:
        return None


def _is_from_listing(place: Standing) -> bool:
    stamp = _stamp(place.validator)
    return stamp is not None and stamp.from_listing
