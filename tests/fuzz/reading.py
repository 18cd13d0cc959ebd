"""
What reads files, pages, listings and exports, as functions of bytes.
"""

from __future__ import annotations

import io
import zipfile
from functools import cache

import docx
from documents import pdf
from fuzz.decoding import text_of
from fuzz.promises import check_folded, check_quotes, check_reading
from fuzz.running import Target

from corpus.attribution import find_quotes
from corpus.errors import FetchError, UnreadableError, UsageError
from corpus.reader import read_statement
from corpus.sources.formats import SUFFIXES, read_page
from corpus.sources.formats.articles import articles_of
from corpus.sources.formats.front_matter import read_front_matter
from corpus.sources.web.addresses import parse_address
from corpus.sources.web.bodies import inflate
from corpus.sources.web.content import kind_of
from corpus.sources.web.feeds import parse_feed
from corpus.sources.web.robots import parse_robots
from corpus.sources.web.sitemaps import parse_sitemap
from corpus.store.exchange import read_lines

_ADDRESS = parse_address("https://press.example/feed")


def _read(suffix: str) -> Target:
    def target(data: bytes) -> None:
        try:
            page = read_page(data, f"a{suffix}")
            check_reading(read_statement(data, f"a{suffix}"))
        except UnreadableError:
            return
        assert all(0 <= item.start <= item.end <= len(page.text) for item in page.chrome)

    return target


def _several(data: bytes) -> None:
    """A page of HTML that holds several statements, each read as a page of its own."""
    try:
        pages = articles_of(data, "a.html")
        readings = [read_statement(page, "a.html") for _, page in pages]
    except UnreadableError:
        return
    for reading in readings:
        check_reading(reading)


def _pdf_drawing(data: bytes) -> None:
    _read(".pdf")(pdf([], rest=data))


def _docx_words(data: bytes) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_empty_docx())) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            after.writestr(name, data if name == "word/document.xml" else before.read(name))
    _read(".docx")(out.getvalue())


@cache
def _empty_docx() -> bytes:
    out = io.BytesIO()
    docx.Document().save(out)
    return out.getvalue()


def _front_matter(data: bytes) -> None:
    text = text_of(data)
    page = read_front_matter(text)
    assert page.text == text
    assert all(0 <= item.start <= item.end <= len(text) for item in page.chrome)


def _feed(data: bytes) -> None:
    kind_of(data, "", "/feed")
    try:
        listing = parse_feed(data, "application/rss+xml", _ADDRESS, known_as=str(_ADDRESS), limit=100)
    except FetchError:
        return
    assert len({entry.locator for entry in listing.entries}) == len(listing.entries)


def _sitemap(data: bytes) -> None:
    try:
        listing = parse_sitemap(data, _ADDRESS, limit=100)
    except FetchError:
        return
    assert len(listing.entries) + len(listing.sitemaps) <= 100


def _robots(data: bytes) -> None:
    robots = parse_robots(data)
    assert robots.delay_s is None or robots.delay_s >= 0
    for line in text_of(data).splitlines()[:20]:
        robots.allows(line)


def _address(data: bytes) -> None:
    try:
        address = parse_address(text_of(data), _ADDRESS)
    except FetchError:
        return
    assert parse_address(str(address)) == address


def _body(data: bytes) -> None:
    """A compressed body is the same however it arrives."""
    assert _inflated(data) == _inflated(*(data[place : place + 7] for place in range(0, len(data), 7)))


def _inflated(*chunks: bytes) -> bytes | str:
    try:
        return inflate(chunks, limit=10_000_000, address=str(_ADDRESS))
    except FetchError as error:
        return error.code


def _export(data: bytes) -> None:
    try:
        read_lines(text_of(data).splitlines()).close()
    except UsageError:
        return


def _quotes(data: bytes) -> None:
    text = text_of(data)
    check_quotes(text, find_quotes(text))


def _fold(data: bytes) -> None:
    check_folded(text_of(data))


READING: dict[str, Target] = {
    **{f"read {suffix}": _read(suffix) for suffix in SUFFIXES if suffix not in (".markdown", ".htm")},
    "several statements": _several,
    "drawing of a PDF": _pdf_drawing,
    "words of a DOCX": _docx_words,
    "front matter": _front_matter,
    "feed": _feed,
    "sitemap": _sitemap,
    "robots.txt": _robots,
    "compressed body": _body,
    "address": _address,
    "export": _export,
    "quotes": _quotes,
    "folded text": _fold,
}
