"""
A record → the whole site in a folder.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from bot.site.feeds import FEED, robots, sitemaps
from bot.site.folder import Draft, replacing
from bot.site.pages import pages_of
from bot.site.records import SiteRecord
from bot.site.rendering import LOCALES, Renderer, style


class Written(NamedTuple):
    """How much was written: statements shown, and files of the site."""

    statements: int
    files: int


def write_site(record: SiteRecord, out: Path, public_url: str = "") -> Written:
    """
    Write every page of a record, whole or not at all.

    The same record gives the same bytes.

    Args:
        record: What is shown.
        out: A folder that is missing, empty or a site that was written before: nothing of the old one is left.
        public_url: Where the site will stand, without a slash at its end; "" leaves out what needs whole addresses.

    Raises:
        UsageError: `out` holds files that are not ours.
        BusyError: Another process is writing a site beside it.
        StoreError: It cannot be written.
    """
    renderer = Renderer(record, public_url)
    with replacing(out) as draft:
        paths = []
        for page in pages_of(record):
            paths.append(page.path)
            for locale in LOCALES:
                draft.write(f"{locale}/{page.path}", renderer.page(page, locale))
        draft.write("index.html", renderer.landing())
        draft.write("style.css", style())
        if public_url:
            _write_feeds(draft, renderer, record, paths, public_url)
    return Written(len(record.catalog), draft.count)


def _write_feeds(draft: Draft, renderer: Renderer, record: SiteRecord, paths: list[str], public_url: str) -> None:
    if record.datable:
        for locale in LOCALES:
            draft.write(f"{locale}/{FEED}", renderer.feed(record.datable, locale))
    for name, content in sitemaps(paths, public_url):
        draft.write(name, content)
    draft.write("robots.txt", robots(public_url))
