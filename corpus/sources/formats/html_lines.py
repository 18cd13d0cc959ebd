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

from corpus.sources.formats.html_places import INLINE, Landmark, Place

if TYPE_CHECKING:
    from lxml.etree import _Element

_UNSEEN_LIST = """
    script style template head title noscript svg iframe object embed canvas audio video datalist map applet frameset
"""
_UNSEEN = frozenset(_UNSEEN_LIST.split())
_SPACE = re.compile("[ \t\n\r\f]+")
_HIDDEN_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{2,7}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z]{2,8}\d?);")


class Line(NamedTuple):
    """
    One visible line.

    Attributes:
        text: As shown, without white space at its ends.
        place: The innermost element that its first visible character stands in.
        unescaped: Whether entities that had been escaped twice were read.
    """

    text: str
    place: Place
    unescaped: bool = False

    @property
    def block(self) -> _Element:
        """The innermost element that is no inline one: `p`, `li`, `h1`, …"""
        return self.place.block

    def inside(self, *tags: Landmark) -> bool:
        """Whether it stands in an element of one of these names."""
        return self.place.inside(*tags)


def visible_lines(root: _Element) -> list[Line]:
    """The visible lines of a page in reading order."""
    builder = _Builder()
    for piece, place in _pieces(root):
        if piece is None:
            builder.end_line()
        else:
            builder.add(piece, place)
    builder.end_line()
    return builder.lines


class _Builder:
    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._text: list[str] = []
        self._place: Place | None = None

    def add(self, text: str, place: Place) -> None:
        if self._place is None and text.strip():
            self._place = place
        self._text.append(text)

    def end_line(self) -> None:
        if self._place is not None:
            collapsed = _SPACE.sub(" ", "".join(self._text))
            shown = _ENTITY.sub(lambda match: entities.unescape(match.group()), collapsed)
            # A character reference may hold a line end or a decomposed letter: both would move the offsets.
            for part in unicodedata.normalize("NFC", shown).replace("\r", "\n").split("\n"):
                if part.strip():
                    self.lines.append(Line(part.strip(" \t"), self._place, unescaped=shown != collapsed))
        self._text, self._place = [], None


def _pieces(root: _Element) -> Iterator[tuple[str | None, Place]]:
    """Text with its place, `None` where a line ends; without recursion, because broken pages nest without end."""
    outermost = Place(root, None)
    stack: list[tuple[_Element, Place, bool]] = [(root, outermost, False)]
    while stack:
        element, place, leaving = stack.pop()
        is_element = isinstance(element.tag, str)
        breaks = is_element and element.tag not in INLINE
        if leaving:
            if breaks:
                yield None, place
            if element.tail and element is not root:
                yield from _own_text(element.tail, place)
            continue
        stack.append((element, place, True))
        if not is_element or _is_hidden(element):
            continue
        own = outermost if element is root else Place(element, place)
        if breaks:
            yield None, own
        if element.text:
            yield from _own_text(element.text, own)
        stack.extend((child, own, False) for child in reversed(element))


def _own_text(text: str, place: Place) -> Iterator[tuple[str | None, Place]]:
    if place.element.tag not in ("pre", "textarea", "listing"):
        yield text, place
        return
    for row in text.splitlines(keepends=True):
        yield row, place
        if row.endswith("\n"):
            yield None, place


def _is_hidden(element: _Element) -> bool:
    if element.tag in _UNSEEN or "hidden" in element.attrib:
        return True
    if element.tag == "dialog" and "open" not in element.attrib:
        return True
    return bool(_HIDDEN_STYLE.search(element.get("style", "")))
