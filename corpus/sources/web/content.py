"""
What a body is: told by its bytes first, as servers often name the wrong type.
"""

from __future__ import annotations

import codecs
import re
from typing import Literal

from corpus.canonical import looks_binary

Listing = Literal["feed", "sitemap"]
Kind = Literal[Listing, "html", "text", "markdown", "pdf", "docx", "email", "other"]

_HEAD = 64 * 1024
# A page says so early; a listing may come after the complaints of the program that made it.
_PAGE_WITHIN = 2_048
_LISTING = re.compile(r"<(?:[\w.-]{1,20}:)?(rss|rdf|feed|urlset|sitemapindex)(?=[\s>])", re.IGNORECASE)
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_TAG = re.compile(r"<[a-z][a-z0-9]{0,20}[\s>/]", re.IGNORECASE)
_OTHER_XML = re.compile(r"\ufeff?\s*<(?:\?xml|svg|opml)\b", re.IGNORECASE)
_LISTING_PATH = re.compile(r"(?:\.(?:rss|atom|rdf|xml)(?:\.gz)?|/(?:feed|rss|atom))/?\Z", re.IGNORECASE)
_SITEMAP_PATH = re.compile(r"sitemap[^/]*\Z", re.IGNORECASE)
_MARKDOWN_PATH = re.compile(r"\.(?:md|markdown)\Z", re.IGNORECASE)
_TEXT_PATH = re.compile(r"\.(?:txt|md|markdown)\Z", re.IGNORECASE)
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]{2,40})""", re.IGNORECASE)
_LISTING_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml"})
_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_MARKDOWN_TYPES = frozenset({"text/markdown", "text/x-markdown"})
_PLAIN_TYPES = _MARKDOWN_TYPES | {"text/plain"}
# Types that servers give to whatever they do not know.
_UNKNOWN_TYPES = frozenset({"", "application/octet-stream", "binary/octet-stream"})


def kind_of(body: bytes, content_type: str, path: str) -> Kind:
    """
    What a body is.

    Args:
        body: Decompressed.
        content_type: As the server names it, with or without parameters; decides where the bytes do not.
        path: Of its address; the suffix tells Markdown from other text.
    """
    if body.startswith(b"PK\x03\x04"):
        return "docx" if b"word/" in body else "other"
    if b"%PDF-" in body[:1024]:
        return "pdf"
    if looks_binary(body):
        return "other"
    head, media = _head(body), media_type(content_type)
    page, listing = _PAGE.search(head), _LISTING.search(head)
    is_markup = head.lstrip("\ufeff \t\r\n").startswith("<")
    if listing and not (page and page.start() < listing.start()) and (is_markup or media not in _PLAIN_TYPES):
        return "sitemap" if listing[1].lower() in ("urlset", "sitemapindex") else "feed"
    if page and page.start() < _PAGE_WITHIN:
        return "html"
    return _text_kind(head, media, path, is_markup)


def expected_listing(content_type: str, path: str) -> Listing | None:
    """The kind of listing that an address or its server promises, whatever the bytes are."""
    if not _LISTING_PATH.search(path):
        return "feed" if media_type(content_type) in _LISTING_TYPES else None
    return "sitemap" if _SITEMAP_PATH.search(path) else "feed"


def media_type(content_type: str) -> str:
    """`text/html` of `Text/HTML; charset=utf-8`."""
    return content_type.partition(";")[0].strip().lower()


def charset(content_type: str) -> str | None:
    """The character set that the server names."""
    named = _CHARSET.search(content_type)
    return named[1] if named else None


def _head(body: bytes) -> str:
    for bom, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if body.startswith(bom):
            return _without_comments(body[len(bom) : _HEAD].decode(encoding, "ignore"))
    return _without_comments(body.removeprefix(codecs.BOM_UTF8)[:_HEAD].decode("latin-1"))


def _without_comments(markup: str) -> str:
    kept, place = "", 0
    while (start := markup.find("<!--", place)) >= 0 and (end := markup.find("-->", start)) >= 0:
        kept += markup[place:start]
        place = end + 3
    return kept + markup[place:]


def _text_kind(head: str, media: str, path: str, is_markup: bool) -> Kind:
    """What text without a page's or a listing's own marks is."""
    if media in _HTML_TYPES:
        return "html" if _TAG.search(head) else "text"
    if media == "message/rfc822":
        return "email"
    if media not in _PLAIN_TYPES | _UNKNOWN_TYPES and not _TEXT_PATH.search(path):
        return "other"
    if media in _MARKDOWN_TYPES or _MARKDOWN_PATH.search(path):
        return "markdown"
    if _OTHER_XML.match(head):
        return "other"
    return "html" if is_markup and media in _UNKNOWN_TYPES else "text"
