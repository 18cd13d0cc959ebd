"""
A file's bytes → canonical text and what the file says about itself: text, Markdown, HTML, PDF, DOCX and e-mail.

To add one: a module here with a function `data, file → Page`, its suffix in `SUFFIXES`, and a line in `_READERS`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath

from corpus.canonical import canonical_text, looks_binary
from corpus.errors import UnreadableError
from corpus.sources.formats.front_matter import read_front_matter
from corpus.sources.formats.html import read_html
from corpus.sources.formats.page import Page

__all__ = ["MAX_BYTES", "SUFFIXES", "Page", "read_page"]

MAX_BYTES = 64 * 1024 * 1024
# Reading takes some 75 MB of memory and 20 s for a million characters.
MAX_CHARACTERS = 1_000_000
_TEXT = (".txt", ".md", ".markdown")
_HTML = (".html", ".htm")
SUFFIXES = (*_TEXT, *_HTML, ".pdf", ".docx", ".eml")


def read_page(data: bytes, file: str) -> Page:
    """
    The canonical text of one file, with its metadata and the spans that its markup shows to be furniture.

    Args:
        data: The file's bytes.
        file: Its name; the suffix decides how it is read.

    Raises:
        UnreadableError: Code `empty`, `too_large` (over 64 MiB, or too much text), `too_slow`, or `bad_format` (binary,
            damaged, protected, or another suffix).
    """
    suffix = PurePosixPath(file.replace("\\", "/")).suffix.casefold()
    if suffix not in SUFFIXES:
        raise UnreadableError(
            file,
            "bad_format",
            f"{file}: cannot read {suffix or 'files without a suffix'}. Statements are {', '.join(SUFFIXES)} files.",
        )
    if len(data) > MAX_BYTES:
        raise UnreadableError(file, "too_large", f"{file}: {len(data):,} bytes; a statement has at most {MAX_BYTES:,}.")
    page = _READERS[suffix](data, file) if suffix in _READERS else _read_plain(data, file, suffix)
    if not page.text.strip():
        raise UnreadableError(file, "empty", f"{file}: there is no text in it.")
    return page


def _read_plain(data: bytes, file: str, suffix: str) -> Page:
    if looks_binary(data):
        raise UnreadableError(file, "bad_format", f"{file}: this is binary data, not text. Save it as UTF-8 text.")
    if suffix in _HTML:
        return read_html(data, file)
    text, warnings = canonical_text(data)
    return read_front_matter(text, tuple(warnings))


def _bounded(page: Page, file: str) -> Page:
    if len(page.text) > MAX_CHARACTERS:
        message = f"{file}: {len(page.text):,} characters; at most {MAX_CHARACTERS:,} are read. Split it."
        raise UnreadableError(file, "too_large", message)
    return page


# What they need is imported when the first such file is read.
def _pdf(data: bytes, file: str) -> Page:
    from corpus.sources.formats.pdf import read_pdf

    return _bounded(read_pdf(data, file), file)


def _docx(data: bytes, file: str) -> Page:
    from corpus.sources.formats.docx import read_docx

    return _bounded(read_docx(data, file), file)


def _mail(data: bytes, file: str) -> Page:
    from corpus.sources.formats.mail import read_mail

    return _bounded(read_mail(data, file), file)


_READERS: dict[str, Callable[[bytes, str], Page]] = {".pdf": _pdf, ".docx": _docx, ".eml": _mail}
