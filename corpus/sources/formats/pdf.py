"""
PDF → page: the text of every page in its order, paragraphs rebuilt, running heads and page numbers marked.
"""

from __future__ import annotations

import logging
import re
import time
import unicodedata
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from corpus.errors import UnreadableError
from corpus.sources.formats.page import Page, page_of_blocks
from corpus.sources.formats.pdf_layout import Line, find_blocks

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_SPACE = re.compile("[ \t\r]+")
_UNPRINTABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class Limits(NamedTuple):
    """
    What a file may take.

    Attributes:
        pages: Of one file.
        page_bytes: Drawing instructions of one page, decompressed; fonts and pictures do not count.
        seconds: For all pages together.
    """

    pages: int = 500
    page_bytes: int = 8 * 2**20
    seconds: float = 60.0


class _TooSlow(Exception):
    pass


def read_pdf(data: bytes, file: str, limits: Limits = Limits()) -> Page:  # noqa: B008 (immutable)
    """
    The page of a PDF file.

    What the file says of its title and date is left aside: both are mostly those of the program that made it.

    Args:
        data: The file's bytes.
        file: For messages.
        limits: What it may take.

    Raises:
        UnreadableError: `bad_format` (damaged, protected by a password), `too_large`, `too_slow`.
    """
    # Its complaints about broken files go to standard error otherwise.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        return page_of_blocks(find_blocks(_read(data, file, limits)))
    except (UnreadableError, MemoryError):
        raise
    except _TooSlow:
        message = f"{file}: reading it takes more than {limits.seconds:g} seconds. Save its text as a .txt file."
        raise UnreadableError(file, "too_slow", message) from None
    except Exception:  # a parser of broken files fails in ways that nobody has written down
        raise UnreadableError(file, "bad_format", f"{file}: this PDF is damaged. Save it anew, or as text.") from None


def _read(data: bytes, file: str, limits: Limits) -> list[list[Line]]:
    from pypdf.errors import LimitReachedError

    try:
        reader = _opened(data, file)
        if len(reader.pages) <= limits.pages:
            return list(_read_pages(reader, file, limits))
    except LimitReachedError:
        message = f"{file}: this PDF unfolds to more than can be read. Save its text as a .txt file."
        raise UnreadableError(file, "too_large", message) from None
    message = f"{file}: {len(reader.pages):,} pages; at most {limits.pages} are read. Split it."
    raise UnreadableError(file, "too_large", message)


def _opened(data: bytes, file: str) -> PdfReader:
    from pypdf import PasswordType, PdfReader
    from pypdf.errors import DependencyError

    reader = PdfReader(BytesIO(data))
    try:
        # Many are closed against changes only, and open without a password.
        is_closed = reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED
    except DependencyError:
        is_closed = True
    if is_closed:
        message = f"{file}: this PDF is protected by a password. Save it without one."
        raise UnreadableError(file, "bad_format", message)
    return reader


def _read_pages(reader: PdfReader, file: str, limits: Limits) -> Iterator[list[Line]]:
    until = time.monotonic() + limits.seconds

    def watch(*_: Any) -> None:
        if time.monotonic() > until:
            raise _TooSlow

    for number, page in enumerate(reader.pages, start=1):
        watch()
        contents = page.get_contents()
        if contents is not None and len(contents.get_data()) > limits.page_bytes:
            message = f"{file}: page {number} is drawn with more than {limits.page_bytes:,} bytes. Save its text."
            raise UnreadableError(file, "too_large", message)
        yield _read_page(page, watch)


class _Pieces:
    """Pieces of text as they are drawn → lines, each with the place of its first visible piece."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._text = ""
        self._height: float | None = None
        self._size = 0.0

    def add(self, text: str, outer: list[float], inner: list[float], _font: Any, size: float) -> None:
        """A piece; `outer` and `inner` are the matrices that it is drawn through."""
        height = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
        for part in re.split("(\n)", text):
            if part == "\n":
                self.end_line()
                continue
            self._text += part
            if part.strip():
                self._height = height if self._height is None else self._height
                self._size = max(self._size, abs(size * inner[3] * outer[3]))

    def end_line(self) -> None:
        """What comes now is on another line."""
        shown = _SPACE.sub(" ", unicodedata.normalize("NFC", _UNPRINTABLE.sub("", self._text))).strip(" ")
        if self._height is not None and shown.strip():
            self.lines.append(Line(shown, self._height, self._size))
        self._text, self._height, self._size = "", None, 0.0


def _read_page(page: PageObject, watch: Any) -> list[Line]:
    pieces = _Pieces()
    page.extract_text(visitor_text=pieces.add, visitor_operand_before=watch)
    pieces.end_line()
    return pieces.lines
