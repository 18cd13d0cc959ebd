"""
What a listing lists: the same for feeds and sitemaps.
"""

from __future__ import annotations

from typing import NamedTuple

from corpus.errors import FetchError
from corpus.sources.web.addresses import Address


class Hints(NamedTuple):
    """What a listing says of a page: used only where the page itself does not say it."""

    title: str | None = None
    date: str | None = None
    language: str | None = None


NO_HINTS = Hints()


class Entry(NamedTuple):
    """
    One page that a listing names.

    Attributes:
        locator: What the page is known by: its address, or the feed's with the entry's own id behind `#`.
        address: Where the page is; an error where the listing names no page that may be read.
        html: The whole text, where the listing holds it.
        changed: When the page was last changed, as the listing says; only for the order.
    """

    locator: str
    address: Address | FetchError
    hints: Hints = NO_HINTS
    html: str | None = None
    changed: str = ""


class Listing(NamedTuple):
    """
    Entries in the order in which they are read, each locator once.

    Attributes:
        sitemaps: Further sitemaps that it names.
        failure: Why a part of it is not in it.
        is_whole: Whether everything its site holds is listed: an entry that is gone from it is gone from the site. A
            feed never is, it shows the newest only.
    """

    entries: tuple[Entry, ...]
    sitemaps: tuple[Address, ...] = ()
    is_whole: bool = False
    failure: FetchError | None = None


def page_entry(address: Address) -> Entry:
    """An entry of which only its address is known."""
    return Entry(str(address), address)
