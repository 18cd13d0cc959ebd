"""
A file's bytes → the statements in it: one of most files, several of a feed and of a page of several articles.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import quote

from corpus.canonical import looks_binary
from corpus.errors import FetchError, UnreadableError
from corpus.models import Reading

# What a feed on disk is called; .xml is many other things, too.
FEEDS = (".rss", ".atom", ".rdf", ".xml")
_HTML = (".html", ".htm")
_ROOT = re.compile(rb"<(?:[\w.-]{1,20}:)?(?:rss|rdf|feed)[\s>]", re.IGNORECASE)
_HEAD = 4096
_ENTRIES = 5_000
_NAMED = 60

Read = Callable[[bytes, str], Reading]


class Document(NamedTuple):
    """
    One statement of a file.

    Attributes:
        name: What it is known by in the file; "" where the file is this one statement.
        outcome: What reading it found, or why it could not be read.
    """

    name: str
    outcome: Reading | UnreadableError


def read_documents(data: bytes, file: str, read: Read) -> list[Document]:
    """
    Every statement of a file.

    Args:
        data: Its bytes.
        file: Its path as it will be shown; the suffix tells the format.
        read: Reads one statement: a whole file, or a page of HTML that shows one of several.

    Raises:
        UnreadableError: Nothing of the file can be read.
    """
    suffix = PurePosixPath(file.replace("\\", "/")).suffix.casefold()
    if suffix in FEEDS:
        return [_read(name, page, file, read) for name, page in _entries(data, file)]
    if suffix in _HTML and not looks_binary(data):
        # The parser of HTML is imported where a file may hold several.
        from corpus.sources.formats.articles import articles_of

        if pages := articles_of(data, file):
            return [_read(name, page, file, read) for name, page in pages]
    return [Document("", read(data, file))]


def is_feed(head: bytes) -> bool:
    """Whether a file that begins so is a feed."""
    return bool(_ROOT.search(head[:_HEAD]))


def _read(name: str, page: bytes | UnreadableError, file: str, read: Read) -> Document:
    if isinstance(page, UnreadableError):
        return Document(name, page)
    try:
        reading = read(page, file if file.casefold().endswith(_HTML) else f"{file}{_HTML[0]}")
    except UnreadableError as error:
        return Document(name, UnreadableError(file, error.code, f"{file}#{name[:_NAMED]}: {error}"))
    return Document(name, reading.model_copy(update={"file": file}))


def _entries(data: bytes, file: str) -> Sequence[tuple[str, bytes | UnreadableError]]:
    from corpus.sources.web.feeds import parse_feed
    from corpus.sources.web.pages import page_around

    if looks_binary(data) or not is_feed(data):
        message = (
            f"{file} is no feed that can be read (RSS, Atom). Name the file of a feed, or the address of a sitemap."
        )
        raise UnreadableError(file, "bad_format", message)
    try:
        listing = parse_feed(data, "", None, known_as=file, limit=_ENTRIES)
    except FetchError as error:
        raise UnreadableError(file, error.code, str(error)) from None
    if not listing.entries:
        raise UnreadableError(file, "empty", f"{file} lists nothing. Check it, or name another one.")
    found: list[tuple[str, bytes | UnreadableError]] = []
    for entry in listing.entries:
        address = None if isinstance(entry.address, FetchError) else str(entry.address)
        name = quote(address, safe="") if address else entry.locator.rpartition("#")[2]
        if entry.html is None:
            said = f"{file} holds only the beginning of “{(entry.hints.title or name)[:_NAMED]}”"
            instead = f"add {address}" if address else "add its page"
            found.append((name, UnreadableError(file, "too_short", f"{said}. For the whole text {instead}.")))
        else:
            link = f'<link rel="canonical" href="{escape(address)}">' if address else ""
            found.append((name, page_around(entry.html, entry.hints, link).encode("utf-8", "replace")))
    return found
