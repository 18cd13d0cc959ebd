"""
A record that is read from a site on loopback, and the pages, feeds and sitemaps that the site has.
"""

from __future__ import annotations

from pathlib import Path

from curating import TODAY, Desk
from loopback import Site

from bot.curation import Curation, Report
from corpus.sources.web import WebReader

WORDS = "The Juniper Street Coalition opened a night school on Monday, and {} families signed up for it."
ETAG = '"1"'


def page(words: str = "nine", menu: str = "Home") -> str:
    """A page with its own words and those of its menu."""
    body = f"<nav><a href='/'>{menu}</a></nav><article><h1>Night school</h1><p>{WORDS.format(words)}</p></article>"
    return f"<!doctype html><html><body>{body}</body></html>"


def rss(*items: str) -> str:
    """A feed."""
    return f'<rss version="2.0"><channel>{"".join(f"<item>{item}</item>" for item in items)}</channel></rss>'


def feed(*paths: str) -> str:
    """A feed that links to these pages."""
    return rss(*(f"<link>{path}</link>" for path in paths))


def sitemap(*paths: str) -> str:
    """A sitemap of these pages."""
    listed = "".join(f"<url><loc>{path}</loc></url>" for path in paths)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</urlset>'


def versioned(body: str, etag: str = ETAG, kind: str = "text/html") -> tuple[int, dict[str, str], bytes]:
    """An answer that says which version it is."""
    return 200, {"ETag": etag, "Content-Type": kind}, body.encode()


class WebDesk(Desk):
    """A record that is read from a site on loopback."""

    def __init__(self, tmp_path: Path, site: Site) -> None:
        super().__init__(tmp_path)
        self.site = site
        self.curation = Curation(
            self.data_dir, web=lambda read: WebReader(site.policy(retries=0), site.network(), read)
        )

    def add_page(self, *paths: str) -> Report:
        """Add these addresses."""
        return self.curation.add([self.site.url(path) for path in paths], when=TODAY, by="tester")

    def codes(self, report: Report) -> list[tuple[str, str | None, str]]:
        """What a report lists: code, id and path on the site."""
        listed = (*report.added, *report.changed, *report.missing, *report.failed)
        return [(one.code, one.id, one.locator.removeprefix(self.site.url(""))) for one in listed]

    def asked(self, path: str) -> str | None:
        """The version that the site was last asked about."""
        return [one for one in self.site.asked if one.path == path][-1].headers.get("If-None-Match")

    def fared(self) -> list[tuple[str, str, str | None]]:
        """Kind, path and failure of every source."""
        return [
            (one.kind, one.locator.removeprefix(self.site.url("")), one.code) for one in self.curation.status().sources
        ]
