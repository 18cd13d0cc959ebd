"""
RSS and Atom feeds, broken ones too → their entries.
"""

from __future__ import annotations

import hashlib
import re
from email.utils import parsedate
from html import escape, unescape
from io import BytesIO
from typing import Any
from urllib.parse import quote

import feedparser

from corpus.canonical import canonical_text
from corpus.dating import find_date
from corpus.errors import FetchError
from corpus.sources.beginnings import is_cut
from corpus.sources.web.addresses import Address, parse_address, shown
from corpus.sources.web.content import charset
from corpus.sources.web.entries import Entry, Hints, Listing

# feedparser takes up to 35 MB of memory for a MiB of text, and 550 bytes more for each tag.
MAX_BYTES = 8 * 2**20
MAX_TAGS = 500_000
_ROOT = re.compile(r"<(?:[\w.-]{1,20}:)?(?:rss|rdf|feed)(?=[\s>])", re.IGNORECASE)
_END = re.compile(r"</(?:[\w.-]{1,20}:)?(?:rss|rdf|feed)\s*>", re.IGNORECASE)
_END_WITHIN = 2_000
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})""", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]{0,2000}>", re.IGNORECASE)
_ESCAPED_TAG = re.compile(r"&lt;/?[a-z]", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?][\"'”’»)\]]*\Z")
_TEXT_WORDS = 40
# Two figures for the year, and the form of C's asctime.
_MAIL_DATE = re.compile(r"(?:\w{3,4},\s*)?\d{1,2}\s\w{3}\s\d\d\s[\d:]+|\w{3}\s\w{3}\s+\d{1,2}\s[\d:]+\s\d{4}\Z")
_EPOCH = "1970-01-01"


def parse_feed(body: bytes, content_type: str, address: Address | None, *, known_as: str, limit: int) -> Listing:
    """
    The entries of a feed, in its order.

    Everything before the root element is left out, so that no entity can be declared, and the parser gets a stream,
    so that it fetches nothing.

    Args:
        body: Decompressed.
        content_type: As the server names it: for its character set.
        address: Where it was found: links may be relative to it; `None` for a file on disk.
        known_as: Its locator: entries without a page are known by it and their own id.
        limit: Entries that are looked at.

    Raises:
        FetchError: `bad_format` where no entry and no end can be found, `too_large`.
    """
    if len(body) > MAX_BYTES or body.count(b"<") > MAX_TAGS:
        name = shown(known_as)
        message = f"{name} is larger than a feed may be ({MAX_BYTES // 2**20} MiB). Name a page or a sitemap."
        raise FetchError(name, "too_large", message)
    text = _from_root(body, content_type)
    is_cut = not _END.search(text[-_END_WITHIN:])
    parsed = _parsed(text, address, known_as)
    if is_cut and not parsed.entries:
        raise _broken(known_as)
    language = parsed.feed.get("language")
    entries: dict[str, Entry] = {}
    for place, found in enumerate(parsed.entries[:limit], start=1):
        entry = _entry(found, Hints(_title(found), _date(found, parsed.version), language), address, known_as)
        if is_cut and place == len(parsed.entries):
            entry = entry._replace(html=None)
        entries.setdefault(entry.locator, entry)
    return Listing(tuple(entries.values()))


def _parsed(text: str, address: Address | None, known_as: str) -> Any:
    found_at = {"content-location": str(address)} if address else {}
    try:
        return feedparser.parse(
            BytesIO(text.encode("utf-8", "replace")),
            response_headers={"content-type": "application/xml; charset=utf-8", **found_at},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception:  # what a parser of broken feeds makes of some of them is not written down
        raise _broken(known_as) from None


def _broken(known_as: str) -> FetchError:
    name = shown(known_as)
    return FetchError(name, "bad_format", f"{name} is no feed that can be read: it is broken. Try again later.")


def _from_root(body: bytes, content_type: str) -> str:
    declared = _DECLARED.search(body[:4096])
    named = charset(content_type) or (declared[1].decode("ascii") if declared else None)
    text, _ = canonical_text(body, named)
    root = _ROOT.search(text)
    return text[root.start() :] if root else text


def _entry(found: Any, hints: Hints, address: Address | None, known_as: str) -> Entry:
    html = _whole_text(found)
    # A proxy that counts readers keeps the page's own address apart.
    link = found.get("feedburner_origlink") or found.get("link") or ""
    identity = link or str(found.get("id") or hints.title or hashlib.sha256((html or "").encode()).hexdigest()[:16])
    within = f"{known_as}#{quote(identity, safe='')[:200]}"
    if not link:
        nowhere = FetchError(shown(within), "bad_format", f"{shown(within)} names no page, and holds no whole text.")
        return Entry(within, nowhere, hints, html)
    try:
        page = parse_address(link, address)
    except FetchError as error:
        return Entry(within, error, hints, html)
    return Entry(str(page), page, hints, html)


def _title(found: Any) -> str | None:
    return _plain(found.get("title") or "") or None


def _date(found: Any, version: str) -> str | None:
    """When it was published, as printed there or, where only a mail reader understands that, as ISO 8601."""
    # Dublin Core's date arrives as "updated"; Atom's own "updated" is that of an edit.
    printed = found.get("published") or ("" if version.startswith("atom") else _updated(found))
    if find_date("", metadata_date=printed).date is None:
        parts = parsedate(printed) if _MAIL_DATE.match(printed) else None
        printed = f"{parts[0]:04}-{parts[1]:02}-{parts[2]:02}" if parts else ""
    # The first day of computers' time is what programs print for "never".
    return None if not printed or find_date("", metadata_date=printed).date == _EPOCH else printed


def _updated(found: Any) -> str:
    return found["updated"] or "" if "updated" in found else ""


def _whole_text(found: Any) -> str | None:
    """The entry's text as HTML, where it holds the whole statement and not only how it begins."""
    contents = [part.get("value") or "" for part in found.get("content", ())]
    text = _as_html(max(contents, key=len, default="") or found.get("summary") or "")
    words = _plain(text)
    if is_cut(words) or not words:
        return None
    # A summary that is the whole text ends as one; what begins a text is mostly short or broken off.
    is_whole = any(contents) or (len(words.split()) >= _TEXT_WORDS and _SENTENCE_END.search(words))
    return text if is_whole else None


def _as_html(text: str) -> str:
    if not _TAG.search(text) and _ESCAPED_TAG.search(text):
        text = unescape(text)
    if _TAG.search(text):
        return text
    paragraphs = re.split(r"\n\s*\n", unescape(text))
    return "\n".join(f"<p>{escape(paragraph.strip())}</p>" for paragraph in paragraphs if paragraph.strip())


def _plain(html: str) -> str:
    """Words of a title or a text, without tags, unescaped as often as it was escaped."""
    text = unescape(_TAG.sub(" ", unescape(html)))
    return " ".join(_TAG.sub(" ", text).split())
