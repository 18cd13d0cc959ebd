"""
What machines read: where the pages are, and what is new. Both hold whole addresses, so they need to know where the site
stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from bot.site.rendering import LOCALES

FEED = "feed.xml"
# What sitemaps.org allows in one file.
_MOST_ADDRESSES = 50_000
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def sitemaps(paths: Sequence[str], public_url: str, most: int = _MOST_ADDRESSES) -> Iterator[tuple[str, str]]:
    """
    Files that list every page in every language, `sitemap.xml` first: name and content.

    Args:
        paths: Of the pages, below the folder of a language.
        public_url: Where the site stands.
        most: Addresses of one file; where there are more, the first file lists the others.
    """
    addresses = [f"{public_url}/{locale}/{path}" for path in paths for locale in LOCALES]
    parts = [addresses[start : start + most] for start in range(0, len(addresses), most)]
    if len(parts) == 1:
        yield "sitemap.xml", _listed("urlset", "url", parts[0])
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    yield "sitemap.xml", _listed("sitemapindex", "sitemap", [f"{public_url}/{name}" for name in names])
    for name, part in zip(names, parts, strict=True):
        yield name, _listed("urlset", "url", part)


def robots(public_url: str) -> str:
    """Everybody may read everything, and the sitemap lists it."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {public_url}/sitemap.xml\n"


def _listed(kind: str, each: str, addresses: Sequence[str]) -> str:
    lines = "".join(f"<{each}><loc>{escape(address)}</loc></{each}>\n" for address in addresses)
    return f"{_XML}<{kind} {_NAMESPACE}>\n{lines}</{kind}>\n"
