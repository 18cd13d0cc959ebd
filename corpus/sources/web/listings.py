"""
A visited feed or sitemap → what it lists, the sitemaps within sitemaps too.
"""

from __future__ import annotations

from corpus.errors import FetchError
from corpus.sources.web.addresses import Address, shown
from corpus.sources.web.bodies import GZIP, inflate
from corpus.sources.web.content import Kind, kind_of
from corpus.sources.web.entries import Entry, Listing
from corpus.sources.web.feeds import parse_feed
from corpus.sources.web.policy import Policy
from corpus.sources.web.sitemaps import parse_sitemap
from corpus.sources.web.visiting import Visit, Visitor

LISTINGS: tuple[Kind, ...] = ("feed", "sitemap")


def unpack(visit: Visit, policy: Policy) -> tuple[Visit, Kind]:
    """
    The page in a packed file (`sitemap.xml.gz`), and what it is.

    Raises:
        FetchError: `too_large`, `bad_format`.
    """
    if visit.body.startswith(GZIP):
        body = inflate([visit.body], limit=policy.max_bytes, address=shown(str(visit.address)))
        visit = visit._replace(body=body)
    return visit, kind_of(visit.body, visit.content_type, visit.address.path)


def read_listing(visit: Visit, kind: Kind, visitor: Visitor, policy: Policy, *, known_as: str) -> Listing:
    """
    What a feed or a sitemap lists, cut to the entries that the policy reads: of a sitemap the last changed.

    Raises:
        FetchError: `bad_format`, `too_large`, `empty_listing`; for a sitemap of sitemaps of which none can be read,
            what the first one says.
    """
    if kind == "feed":
        listing = parse_feed(visit.body, visit.content_type, visit.address, known_as=known_as, limit=policy.max_entries)
    else:
        listing = parse_sitemap(visit.body, visit.address, limit=policy.max_listed)
        listing = _with_nested(listing, visit.address, visitor, policy)
    if listing.entries:
        return listing
    name = shown(str(visit.address))
    raise listing.failure or FetchError(name, "empty_listing", f"{name} lists no page. Check it, or name another one.")


def _with_nested(top: Listing, address: Address, visitor: Visitor, policy: Policy) -> Listing:
    """All entries of a sitemap and of those it names, the last changed first."""
    entries: dict[str, Entry] = {entry.locator: entry for entry in top.entries}
    waiting, seen = list(top.sitemaps), {address}
    is_whole, failure = top.is_whole, None
    while waiting and len(seen) <= policy.max_sitemaps and len(entries) < policy.max_listed:
        here = waiting.pop(0)
        if here in seen:
            continue
        seen.add(here)
        try:
            nested = _nested(here, visitor, policy)
        except FetchError as error:
            is_whole, failure = False, failure or error
            continue
        waiting += nested.sitemaps
        is_whole = is_whole and nested.is_whole
        entries = {entry.locator: entry for entry in nested.entries} | entries
    newest = sorted(entries.values(), key=lambda entry: entry.changed, reverse=True)[: policy.max_entries]
    return Listing(tuple(newest), top.sitemaps, is_whole and not waiting and len(newest) == len(entries), failure)


def _nested(address: Address, visitor: Visitor, policy: Policy) -> Listing:
    visit, kind = unpack(visitor.visit(address), policy)
    if kind != "sitemap":
        name = shown(str(visit.address))
        raise FetchError(name, "bad_format", f"{name} is no sitemap, though another one names it so.")
    return parse_sitemap(visit.body, visit.address, limit=policy.max_listed)
