"""
Sitemaps and indexes of sitemaps → addresses (the protocol of sitemaps.org).
"""

from __future__ import annotations

from lxml import etree

from corpus.errors import FetchError
from corpus.sources.web.addresses import MAX_LENGTH, Address, parse_address, shown
from corpus.sources.web.entries import Entry, Listing, page_entry

_CHUNK = 64 * 1024


def parse_sitemap(body: bytes, address: Address, *, limit: int) -> Listing:
    """
    The pages and further sitemaps that a sitemap lists.

    No tree is built and nothing is fetched; expanded entities are bounded by the parser and by the length of a field.

    Args:
        body: XML, decompressed.
        address: Where it was found; only addresses of its host count.
        limit: Addresses that are looked at; those beyond it are left out.

    Raises:
        FetchError: `bad_format` where it is not well-formed: a part of a sitemap would make pages look removed.
    """
    found = _Collector(limit)
    parser = etree.XMLParser(target=found, resolve_entities=False, no_network=True, load_dtd=False)
    try:
        for start in range(0, len(body), _CHUNK):
            parser.feed(body[start : start + _CHUNK])
            if found.is_full:
                break
        else:
            parser.close()
    except etree.XMLSyntaxError:
        name = shown(str(address))
        message = f"{name} is no sitemap that can be read: its XML is broken. Try again later."
        raise FetchError(name, "bad_format", message) from None
    return _listing(found, address)


def _listing(found: _Collector, address: Address) -> Listing:
    entries: dict[str, Entry] = {}
    sitemaps: dict[Address, None] = {}
    is_whole = not found.is_full
    for of, location, changed in found.listed:
        page = _own_page(location, address)
        if page is None:
            is_whole = False
        elif of == "sitemap":
            sitemaps[page] = None
        else:
            entries.setdefault(str(page), page_entry(page)._replace(changed=changed))
    return Listing(tuple(entries.values()), tuple(sitemaps), is_whole)


def _own_page(location: str, address: Address) -> Address | None:
    try:
        page = parse_address(location, address)
    except FetchError:
        return None
    return page if page.is_beside(address) else None


class _Collector:
    """Takes `loc` and `lastmod` of each `url` and `sitemap` while the parser goes through the file."""

    def __init__(self, limit: int) -> None:
        self.listed: list[tuple[str, str, str]] = []
        self.is_full = False
        self._limit = limit
        self._path: list[str] = []
        self._fields = {"loc": "", "lastmod": ""}

    def start(self, tag: str, attributes: object) -> None:
        self._path.append(_local(tag))
        if self._path[-1] in ("url", "sitemap"):
            self._fields = {"loc": "", "lastmod": ""}

    def data(self, text: str) -> None:
        # An image of a page has a `loc` of its own, one level deeper.
        if len(self._path) > 1 and self._path[-2] in ("url", "sitemap") and self._path[-1] in self._fields:
            field = self._path[-1]
            self._fields[field] = (self._fields[field] + text)[: MAX_LENGTH + 1]

    def end(self, tag: str) -> None:
        of = self._path.pop()
        if of not in ("url", "sitemap") or not self._fields["loc"].strip():
            return
        if len(self.listed) >= self._limit:
            self.is_full = True
        else:
            self.listed.append((of, self._fields["loc"], self._fields["lastmod"].strip()))

    def close(self) -> None:
        """Nothing is left to do at the end of the file."""


def _local(tag: str) -> str:
    return tag.rpartition("}")[2].lower()
