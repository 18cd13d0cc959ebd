"""
DOCX → page: every paragraph that Word would print, headers and footers marked.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from corpus.errors import UnreadableError
from corpus.sources.formats.page import Block, Page, page_of_blocks

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH = f"{_W}p"
# What somebody deleted and has not been accepted yet; field codes; what older programs print instead of a drawing.
_UNSEEN = {
    *(f"{_W}{name}" for name in ("del", "moveFrom", "delText", "instrText", "rPr", "pPr")),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "‑", f"{_W}softHyphen": "\u00ad"}
_UNPRINTABLE = re.compile("[\ud800-\udfff]")
# Files of the older Word, and those that a password protects.
_COMPOUND = b"\xd0\xcf\x11\xe0"


class Limits(NamedTuple):
    """What a file may take, unpacked: bytes of its text parts, of all its parts, and how many parts there are."""

    text_bytes: int = 16 * 2**20
    all_bytes: int = 128 * 2**20
    parts: int = 10_000


def read_docx(data: bytes, file: str, limits: Limits = Limits()) -> Page:  # noqa: B008 (immutable)
    """
    The page of a DOCX file; what it says of its title and date is left aside, as both are mostly the template's.

    Inserted text counts although nobody has accepted it, deleted text does not: so the page looks when it is printed.

    Args:
        data: The file's bytes.
        file: For messages.
        limits: What it may take.

    Raises:
        UnreadableError: `bad_format` (damaged, protected by a password, an older format), `too_large`.
    """
    if data.startswith(_COMPOUND):
        message = f"{file}: this file is protected by a password, or of an older Word. Save it as .docx without one."
        raise UnreadableError(file, "bad_format", message)
    try:
        _check_size(data, file, limits)
        return page_of_blocks(list(_blocks(_opened(data))))
    except (UnreadableError, MemoryError):
        raise
    except Exception:  # a parser of broken files fails in ways that nobody has written down
        raise UnreadableError(file, "bad_format", f"{file}: this DOCX is damaged. Save it anew, or as text.") from None


def _check_size(data: bytes, file: str, limits: Limits) -> None:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = archive.infolist()
    text = sum(part.file_size for part in parts if part.filename.lower().endswith((".xml", ".rels")))
    everything = sum(part.file_size for part in parts)
    if text > limits.text_bytes or everything > limits.all_bytes or len(parts) > limits.parts:
        message = (
            f"{file}: unpacked it holds {text:,} bytes of text and {everything:,} in all, too many. Save its text."
        )
        raise UnreadableError(file, "too_large", message)


def _opened(data: bytes) -> Document:
    import docx

    return docx.Document(BytesIO(data))


def _blocks(document: Document) -> Iterator[Block]:
    heads, feet = dict[str, None](), dict[str, None]()
    for section in document.sections:
        for head in (section.first_page_header, section.header):
            heads |= dict.fromkeys(_paragraphs(head._element))
        for foot in (section.first_page_footer, section.footer):
            feet |= dict.fromkeys(_paragraphs(foot._element))
    yield from (Block(text, True) for text in heads)
    yield from (Block(text) for text in _paragraphs(document.element.body))
    yield from (Block(text, True) for text in feet)


def _paragraphs(root: _Element) -> Iterator[str]:
    """Text of each paragraph, in tables and text boxes too, in the order of the file."""
    stack = [root]
    while stack:
        element = stack.pop()
        if element.tag in _UNSEEN:
            continue
        if element.tag == _PARAGRAPH and (text := _text(element)):
            yield text
        stack.extend(reversed(element))


def _text(paragraph: _Element) -> str:
    printed = unicodedata.normalize("NFC", _UNPRINTABLE.sub("", "".join(_pieces(paragraph))))
    lines = (re.sub("[ \t\r]+", " ", line).strip(" ") for line in printed.split("\n"))
    return "\n".join(filter(None, lines))


def _pieces(paragraph: _Element) -> Iterator[str]:
    """What is printed of a paragraph; those in a text box that hangs on it come by themselves."""
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        if element.tag == f"{_W}t":
            yield element.text or ""
        elif element.tag in _SIGNS:
            yield _SIGNS[element.tag]
        elif element.tag not in _UNSEEN and element.tag != _PARAGRAPH:
            stack.extend(reversed(element))
