"""
A visited page, or the text of a feed's entry → `Reading`.

A format that `corpus/sources/formats` learns is read from the web as well: a body goes to the reader under the suffix
of its kind.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from lxml import etree

from corpus.canonical import canonical_text
from corpus.dating import find_date
from corpus.errors import FetchError, UnreadableError
from corpus.models import Reading
from corpus.reader import read_statement
from corpus.sources.timing import MAX_SECONDS, OutOfTime, at_most
from corpus.sources.web.addresses import Address, shown
from corpus.sources.web.content import Kind, charset
from corpus.sources.web.entries import NO_HINTS, Hints
from corpus.sources.web.visiting import Visit

Read = Callable[[bytes, str], Reading]

_SUFFIXES: dict[Kind, tuple[str, ...]] = {
    "html": (".html", ".htm"),
    "text": (".txt",),
    "markdown": (".md", ".markdown"),
    "pdf": (".pdf",),
    "docx": (".docx",),
    "email": (".eml",),
}
_MARKUP: frozenset[Kind] = frozenset({"html", "text", "markdown"})
# Reading takes some 75 MB of memory and 20 s for a million characters, and 50 MB and 10 s for 300,000 tags.
MAX_MARKUP_BYTES = 8 * 2**20
MAX_TAGS = 300_000
MAX_CHARACTERS = 1_000_000
# Pages that show nothing without scripts, and placeholders, have fewer. The shortest statement at hand has 90.
MIN_WORDS = 10


class PageReader:
    """
    Reads pages; what reading finds is that of files, and the address counts as evidence too.

    Args:
        read: What reads a body under a file name.
        seconds: Of processor time, for one page.
    """

    def __init__(self, read: Read = read_statement, seconds: float = MAX_SECONDS) -> None:
        self._read, self._seconds = read, seconds

    def read(self, visit: Visit, kind: Kind, hints: Hints = NO_HINTS) -> Reading:
        """
        What a page says.

        Raises:
            FetchError: `bad_format`, `too_short`, `too_large`, `too_slow`, `reader_failed`.
        """
        name = shown(str(visit.address))
        if kind not in _SUFFIXES:
            media = visit.content_type[:60] or "no type"
            message = f"{name} is of no format that can be read ({media}). Name a page, a feed or a sitemap."
            raise FetchError(name, "bad_format", message)
        body = visit.body
        if kind in _MARKUP and charset(visit.content_type):
            body = canonical_text(body, charset(visit.content_type))[0].encode("utf-8", "replace")
        return self._finished(self._read_checked(body, kind, visit.address), visit.address, hints)

    def read_entry(self, address: Address, html: str, hints: Hints) -> Reading:
        """
        What the text of a feed's entry says, as if it were its page.

        Raises:
            FetchError: `too_short`, `too_large`, `too_slow`, `reader_failed`.
        """
        markup = page_around(html, hints)
        return self._finished(self._read_checked(markup.encode("utf-8", "replace"), "html", address), address, hints)

    def _read_checked(self, body: bytes, kind: Kind, address: Address) -> Reading:
        name, file = shown(str(address)), file_name(address, kind)
        if kind in _MARKUP and _is_too_long(body, kind):
            message = f"{name} holds more text than a statement has. Name a page that holds one statement."
            raise FetchError(name, "too_large", message)
        try:
            with at_most(self._seconds):
                return self._read(body, file)
        except UnreadableError as error:
            code = "too_short" if error.code == "empty" else error.code
            raise FetchError(name, code, f"{name} is no statement: {error}") from None
        except OutOfTime:
            code, what = "too_slow", f"takes more than {self._seconds:g} seconds"
        except Exception as error:  # it is a page of somebody else's making
            code, what = "reader_failed", f"failed ({type(error).__name__})"
        raise FetchError(name, code, f"{name}: reading it {what}. Save what it says as a .txt file.")

    def _finished(self, reading: Reading, address: Address, hints: Hints) -> Reading:
        own = (*reading.body, *reading.about, *reading.wrapper)
        words = sum(len(reading.text[span.start : span.end].split()) for span in own)
        if words < MIN_WORDS:
            name = shown(str(address))
            message = f"{name} shows {words} words of text. It may need a browser; save what it shows as a file."
            raise FetchError(name, "too_short", message)
        return reading.model_copy(update=_additions(reading, address, hints))


def file_name(address: Address, kind: Kind) -> str:
    """Host and path of a page, with the suffix of what it is: the `file` of its reading."""
    name = f"{address.netloc}{address.target}"
    suffixes = _SUFFIXES[kind]
    if name.endswith("/"):
        name += "index"
    return name if name.lower().endswith(suffixes) else name + suffixes[0]


def _is_too_long(body: bytes, kind: Kind) -> bool:
    if len(body) <= MAX_CHARACTERS and body.count(b"<") <= MAX_TAGS:
        return False
    if kind != "html" or len(body) > MAX_MARKUP_BYTES or body.count(b"<") > MAX_TAGS:
        return True
    try:
        root = etree.fromstring(body, etree.HTMLParser(huge_tree=True))
    except etree.XMLSyntaxError:
        return False
    return root is not None and _text_length(root) > MAX_CHARACTERS


def _text_length(root: etree._Element) -> int:
    """Characters of a page outside its scripts and styles."""
    length = 0
    for element in root.iter():
        is_text = isinstance(element.tag, str) and element.tag not in ("script", "style")
        length += len(element.text or "") * is_text + len(element.tail or "")
    return length


def _additions(reading: Reading, address: Address, hints: Hints) -> dict[str, object]:
    """What the page does not say itself and its address or listing does."""
    added: dict[str, object] = {} if reading.url else {"url": str(address)}
    if reading.title == reading.file.rsplit("/", 1)[-1] and hints.title:
        added["title"] = hints.title
    if reading.date is None:
        dated = find_date("", metadata_date=hints.date, url=str(address))
        added |= {"date": dated.date, "date_precision": dated.precision, "date_evidence": dated.evidence}
    return added


def page_around(html: str, hints: Hints, more: str = "") -> str:
    """The text of a feed's entry as a page with what the feed says of it; `more` stands in its head, too."""
    title, lang = escape(hints.title or ""), escape(hints.language or "")
    date = f'<meta property="article:published_time" content="{escape(hints.date)}">' if hints.date else ""
    heading = f"<h1>{title}</h1>" if title else ""
    head = f'<head><meta charset="utf-8"><title>{title}</title>{date}{more}</head>'
    return f'<!doctype html><html lang="{lang}">{head}<body><article>{heading}\n{html}</article></body></html>'
