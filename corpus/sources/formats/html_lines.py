"""
The lines that a browser would show of an HTML tree, each with where in the markup it stands.

A line ends at every block and at `<br>`; white space collapses as in a browser (no-break spaces stay); nothing is
inserted, and there are no blank lines.
"""

from __future__ import annotations

import html as entities
import re
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lxml.etree import _Element

_UNSEEN = frozenset(
    [
        "script",
        "style",
        "template",
        "head",
        "title",
        "noscript",
        "svg",
        "iframe",
        "object",
        "embed",
        "canvas",
        "audio",
        "video",
        "datalist",
        "map",
        "applet",
        "frameset",
    ]
)
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "input",
        "ins",
        "kbd",
        "label",
        "mark",
        "meter",
        "nobr",
        "output",
        "progress",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "button",
        "select",
        "textarea",
        "picture",
        "source",
        "link",
        "meta",
    ]
)
_SPACE = re.compile("[ \t\n\r\f]+")
_HIDDEN_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{2,7}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z]{2,8}\d?);")


class Line(NamedTuple):
    """
    One visible line.

    Attributes:
        text: As shown, without white space at its ends.
        element: The innermost element that its first visible character stands in.
        unescaped: Whether entities that had been escaped twice were read.
    """

    text: str
    element: _Element
    unescaped: bool = False

    @property
    def path(self) -> Iterator[_Element]:
        """The elements it stands in, innermost first."""
        yield self.element
        yield from self.element.iterancestors()

    def inside(self, *tags: str) -> bool:
        """Whether it stands in an element of one of these names."""
        return any(element.tag in tags for element in self.path)

    @property
    def block(self) -> _Element:
        """The innermost element that is no inline one: `p`, `li`, `h1`, …"""
        return next((element for element in self.path if element.tag not in _INLINE), self.element)


def visible_lines(root: _Element) -> list[Line]:
    """The visible lines of a page in reading order."""
    builder = _Builder()
    for piece, element in _pieces(root):
        if piece is None:
            builder.end_line()
        else:
            builder.add(piece, element)
    builder.end_line()
    return builder.lines


class _Builder:
    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._text: list[str] = []
        self._element: _Element | None = None

    def add(self, text: str, element: _Element) -> None:
        if self._element is None and text.strip():
            self._element = element
        self._text.append(text)

    def end_line(self) -> None:
        if self._element is not None:
            collapsed = _SPACE.sub(" ", "".join(self._text))
            shown = _ENTITY.sub(lambda match: entities.unescape(match.group()), collapsed)
            # A character reference may hold a line end or a decomposed letter: both would move the offsets.
            for part in unicodedata.normalize("NFC", shown).replace("\r", "\n").split("\n"):
                if part.strip():
                    self.lines.append(Line(part.strip(" \t"), self._element, unescaped=shown != collapsed))
        self._text, self._element = [], None


def _pieces(root: _Element) -> Iterator[tuple[str | None, _Element]]:
    """Text with its element, `None` where a line ends; without recursion, because broken pages nest without end."""
    stack: list[tuple[_Element, bool]] = [(root, False)]
    while stack:
        element, leaving = stack.pop()
        breaks = isinstance(element.tag, str) and element.tag not in _INLINE
        if leaving:
            if breaks:
                yield None, element
            parent = element.getparent()
            if element.tail and parent is not None:
                yield from _own_text(element.tail, parent)
            continue
        stack.append((element, True))
        if not isinstance(element.tag, str) or _is_hidden(element):
            continue
        if breaks:
            yield None, element
        if element.text:
            yield from _own_text(element.text, element)
        stack.extend((child, False) for child in reversed(element))


def _own_text(text: str, element: _Element) -> Iterator[tuple[str | None, _Element]]:
    if element.tag not in ("pre", "textarea", "listing"):
        yield text, element
        return
    for row in text.splitlines(keepends=True):
        yield row, element
        if row.endswith("\n"):
            yield None, element


def _is_hidden(element: _Element) -> bool:
    if element.tag in _UNSEEN or "hidden" in element.attrib:
        return True
    if element.tag == "dialog" and "open" not in element.attrib:
        return True
    return bool(_HIDDEN_STYLE.search(element.get("style", "")))
