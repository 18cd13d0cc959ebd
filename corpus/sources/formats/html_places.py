"""
Where the lines of an HTML page stand in its markup.

Broken pages nest elements by the thousand. So what a line asks of all elements around it is found once for each of
them, from what holds of the one above: a page takes time with its length, not with its length times its depth.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Literal, TypeVar, get_args

if TYPE_CHECKING:
    from lxml.etree import _Element

Landmark = Literal[
    "h1", "h2", "h3", "h4", "h5", "h6", "article", "main", "aside", "footer", "nav", "form", "li", "td", "th",
    "blockquote", "time",
]  # fmt: skip
LANDMARKS = frozenset(get_args(Landmark))
T = TypeVar("T")

_INLINE_LIST = """
    a abbr acronym b bdi bdo big cite code data del dfn em font i img input ins kbd label mark meter nobr output
    progress q rp rt ruby s samp small span strike strong sub sup time tt u var wbr button select textarea picture
    source link meta
"""
INLINE = frozenset(_INLINE_LIST.split())


class Place:
    """
    An element that is shown.

    Attributes:
        element: Of the tree that was read.
        above: The one that it stands in; `None` for the outermost.
        landmarks: Names of the landmarks that it stands in, its own included.
        depth: How many elements it stands in.
        block: The innermost element that is no inline one, itself included: `p`, `li`, `h1`, …
    """

    __slots__ = ("above", "block", "depth", "element", "landmarks")

    def __init__(self, element: _Element, above: Place | None) -> None:
        self.element = element
        self.above = above
        self.depth: int = above.depth + 1 if above else 0
        around: frozenset[str] = above.landmarks if above else frozenset()
        is_new = element.tag in LANDMARKS and element.tag not in around
        self.landmarks: frozenset[str] = around | {str(element.tag)} if is_new else around
        self.block: _Element = above.block if above and element.tag in INLINE else element

    @property
    def path(self) -> Iterator[Place]:
        """Itself and what it stands in, innermost first."""
        place: Place | None = self
        while place is not None:
            yield place
            place = place.above

    def inside(self, *tags: Landmark) -> bool:
        """Whether it stands in a landmark of one of these names."""
        return not self.landmarks.isdisjoint(tags)


def all_places(places: Iterable[Place]) -> list[Place]:
    """These and all that they stand in, each once and after what it stands in."""
    found: dict[Place, None] = {}
    for place in places:
        new = []
        for one in place.path:
            if one in found:
                break
            new.append(one)
        found |= dict.fromkeys(reversed(new))
    return list(found)


def handed_down(places: Iterable[Place], find: Callable[[Place, T | None], T]) -> dict[Place, T]:
    """
    Something for each place, found from what was found for the one above.

    Args:
        places: Each after what it stands in.
        find: Of a place and what was found above it, `None` for the outermost.
    """
    found: dict[Place, T] = {}
    for place in places:
        found[place] = find(place, found[place.above] if place.above else None)
    return found
