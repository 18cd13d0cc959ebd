"""
A file's bytes → canonical text and what the file says about itself: .txt, .md and .html.

To add a format: a module here with one function `data, warnings → Page`, and a line in `_READERS`.
"""

from __future__ import annotations

from pathlib import PurePosixPath

from corpus.canonical import canonical_text, looks_binary
from corpus.errors import UnreadableError
from corpus.sources.formats.front_matter import read_front_matter
from corpus.sources.formats.html import read_html
from corpus.sources.formats.page import Page

__all__ = ["MAX_BYTES", "SUFFIXES", "Page", "read_page"]

MAX_BYTES = 64 * 1024 * 1024
_MARKDOWN = frozenset({".md", ".markdown"})
_HTML = frozenset({".html", ".htm"})
SUFFIXES = frozenset({".txt"}) | _MARKDOWN | _HTML


def read_page(data: bytes, file: str) -> Page:
    """
    The canonical text of one file, with its metadata and the spans that its markup shows to be furniture.

    Args:
        data: The file's bytes.
        file: Its name; the suffix decides how it is read.

    Raises:
        UnreadableError: Code `empty`, `too_large` (over 64 MiB) or `bad_format` (binary, or another suffix).
    """
    suffix = PurePosixPath(file.replace("\\", "/")).suffix.casefold()
    if suffix not in SUFFIXES:
        raise UnreadableError(
            file,
            "bad_format",
            f"{file}: cannot read {suffix or 'files without a suffix'}."
            f" Statements are {', '.join(sorted(SUFFIXES))} files.",
        )
    if len(data) > MAX_BYTES:
        raise UnreadableError(file, "too_large", f"{file}: {len(data):,} bytes; a statement has at most {MAX_BYTES:,}.")
    if looks_binary(data):
        raise UnreadableError(file, "bad_format", f"{file}: this is binary data, not text. Save it as UTF-8 text.")
    page = read_html(data) if suffix in _HTML else _read_text(data)
    if not page.text.strip():
        raise UnreadableError(file, "empty", f"{file}: there is no text in it.")
    return page


def _read_text(data: bytes) -> Page:
    text, warnings = canonical_text(data)
    return read_front_matter(text, tuple(warnings))
