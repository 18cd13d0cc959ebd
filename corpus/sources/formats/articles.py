"""
An HTML page that holds several statements → a page for each.

Most pages with several `<article>` elements hold one statement and cards that lead to others. To take a card or a
section for a statement is worse than to read a page of four as one: only what is surely several is parted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urljoin

from corpus.canonical import fold_word
from corpus.dating import find_date
from corpus.sources.beginnings import is_cut
from corpus.sources.formats.html import parse_html
from corpus.sources.formats.html_chrome import is_chrome
from corpus.sources.formats.html_lines import Line, visible_lines
from corpus.sources.formats.html_metadata import Metadata, read_metadata
from corpus.sources.formats.html_places import Landmark, Place, all_places, handed_down

if TYPE_CHECKING:
    from lxml.etree import _Element

_OPENED = re.compile(rb"<article[\s>]", re.IGNORECASE)
_LEVELS: tuple[Landmark, ...] = ("h1", "h2", "h3", "h4", "h5", "h6")
# What an element is called that leads to a statement, or answers one.
_CARD = re.compile(
    r"(?:^|[\s_-])(?:cards?|teasers?|promos?|related|recommended|summary|excerpt|preview|tile|comments?|respond|reply|"
    r"widget|sidebar)(?:$|[\s_-])",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"(?:(?:all|latest|recent|our) )?(?:news|newsroom|blog|posts|press|press (?:releases|room)|releases|statements|"
    r"updates|archives?)"
    r"|(?:(?:todos los|todas las|nuestros|ultimos|ultimas|las|los) )?(?:noticias|novedades|prensa|sala de prensa|"
    r"comunicados(?: de prensa)?|boletines|archivos?|blog)"
)
_ONE = re.compile(r'"@type"\s*:\s*"(?:\w*Article|BlogPosting)"')
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_LONG_WORDS, _SENTENCE_WORDS = 25, 6
# What has fewer words of its own may be a card.
_LEAST_WORDS = 40
# Of the words of the page so many may stand outside, and so few in all articles but the longest.
_MOST_OUTSIDE, _LEAST_OTHERS = 0.25, 0.2


class _Article(NamedTuple):
    """
    An `<article>` that may be a statement.

    Attributes:
        heading: Its first heading, before its first sentence.
        link: What the heading leads to.
        prose: Its sentences.
    """

    element: _Element
    lines: list[Line]
    heading: Line
    link: str | None
    prose: list[str]

    @property
    def level(self) -> str:
        """The tag of its heading."""
        return str(_heading_of(self.heading).tag)

    @property
    def words(self) -> int:
        """How many words its sentences have."""
        return sum(len(text.split()) for text in self.prose)

    def is_dated(self) -> bool:
        """Whether it says from when it is."""
        stated = next((time.get("datetime") for time in self.element.iter("time") if time.get("datetime")), None)
        text = "\n".join(line.text for line in self.lines)
        return find_date(text, metadata_date=stated).date is not None

    def is_whole(self) -> bool:
        """Whether it is a statement itself, and does not only lead to one."""
        if self.words < _LEAST_WORDS or any(is_cut(line.text) for line in self.lines[-3:]):
            return False
        return len(self.prose) > 1 or (self.link is None and self.is_dated())


def articles_of(data: bytes, file: str) -> list[tuple[str, bytes]]:
    """
    The statements of an HTML file that holds several, each with a name within the file; none where it holds one.

    Args:
        data: The file's bytes.
        file: Its path as it will be shown.

    Returns:
        Name (letters, digits, `-`, `.`, `_`, `%`), and the page that shows this statement alone.

    Raises:
        UnreadableError: `bad_format`, where the parser would leave out a part.
    """
    if len(_OPENED.findall(data)) < 2:
        return []
    root, _ = parse_html(data, file)
    if root is None:
        return []
    found = visible_lines(root)
    metadata = read_metadata(root, found)
    holders = _holders(root, found)
    whole = [one for one in _read(found, holders) if one.is_whole()]
    articles, held = _different(whole), {one.element for one in whole}
    outside = [line for line in found if holders[line.place].article not in held]
    if len(articles) < 2 or _is_one(root, articles) or not _are_the_page(articles, outside):
        return []
    pages = [_page(one, metadata) for one in articles]
    return list(zip(_names(articles), pages, strict=True))


class _Holder(NamedTuple):
    """The article that a place stands in, `None` outside of all; and whether within it, it is chrome."""

    article: _Element | None
    is_chrome: bool = False


def _holders(root: _Element, found: Sequence[Line]) -> dict[Place, _Holder]:
    articles = set(_outermost(root))

    def find(place: Place, above: _Holder | None) -> _Holder:
        if place.element in articles:
            return _Holder(place.element)
        if above is None or above.article is None:
            return _Holder(None)
        return above if above.is_chrome or not is_chrome(place) else above._replace(is_chrome=True)

    return handed_down(all_places(line.place for line in found), find)


def _outermost(root: _Element) -> Iterator[_Element]:
    """The articles that stand in no other and in no chrome, and are no cards."""
    stack = [Place(root, None)]
    while stack:
        place = stack.pop()
        element = place.element
        if element.tag == "article":
            if not _CARD.search(f"{element.get('class', '')} {element.get('id', '')}"):
                yield element
        elif not is_chrome(place):
            stack.extend(Place(child, place) for child in reversed(element))


def _read(found: Sequence[Line], holders: Mapping[Place, _Holder]) -> Iterator[_Article]:
    lines: dict[_Element, list[Line]] = {}
    for line in found:
        article, in_chrome = holders[line.place]
        if article is not None and not in_chrome:
            lines.setdefault(article, []).append(line)
    for element, shown in lines.items():
        heading = next((line for line in shown if line.inside(*_LEVELS)), None)
        prose = [line.text for line in shown if not line.inside(*_LEVELS) and _is_prose(line.text)]
        if heading and prose and shown.index(heading) < next(n for n, one in enumerate(shown) if one.text == prose[0]):
            yield _Article(element, shown, heading, _link(heading, element), prose)


def _heading_of(line: Line) -> _Element:
    return next(place.element for place in line.place.path if place.element.tag in _LEVELS)


def _link(heading: Line, element: _Element) -> str | None:
    within = takewhile(lambda one: one is not element, (place.element for place in heading.place.path))
    above = next((one.get("href") for one in within if one.tag == "a"), None)
    return above or next((link.get("href") for link in _heading_of(heading).iter("a") if link.get("href")), None)


def _is_prose(text: str) -> bool:
    words = len(text.split())
    return words >= _LONG_WORDS or (words >= _SENTENCE_WORDS and bool(_SENTENCE_END.search(text)))


def _different(articles: Sequence[_Article]) -> list[_Article]:
    """Each text once: some pages hold one for wide and one for narrow screens."""
    found: dict[str, _Article] = {}
    for one in articles:
        found.setdefault(fold_word(" ".join(one.prose)), one)
    return list(found.values())


def _is_one(root: _Element, articles: Sequence[_Article]) -> bool:
    """Whether the page says itself that it is about one of them."""
    metas = {
        (meta.get("property") or meta.get("name") or "").lower(): meta.get("content") for meta in root.iter("meta")
    }
    if metas.get("og:type") == "article" or metas.get("article:published_time"):
        return True
    if sum(len(_ONE.findall(script.text or "")) for script in root.iter("script")) == 1:
        return True
    title = _spaced(next((title.text or "" for title in root.iter("title")), ""))
    return any(_spaced(one.heading.text) in title for one in articles)


def _spaced(text: str) -> str:
    words = re.findall(r"\w+", fold_word(text))
    return f" {' '.join(words)} "


def _are_the_page(articles: Sequence[_Article], outside: Sequence[Line]) -> bool:
    """Whether they are what the page shows, side by side, and neither one beside others nor the parts of one."""
    words, longest = sum(one.words for one in articles), max(one.words for one in articles)
    levels = {one.level for one in articles}
    others = sum(len(line.text.split()) for line in outside if _is_prose(line.text))
    if len(levels) > 1 or others > _MOST_OUTSIDE * words or words - longest < _LEAST_OTHERS * longest:
        return False
    as_high = _LEVELS[: _LEVELS.index(levels.pop()) + 1]
    above = [line for line in outside if line.inside(*as_high)]
    # Parts of one statement have its title above them, and no dates of their own.
    return all(_LISTED.fullmatch(fold_word(line.text)) for line in above) or all(one.is_dated() for one in articles)


def _names(articles: Sequence[_Article]) -> Iterator[str]:
    """What each is known by in the file: the same as long as it says so, wherever it stands on the page."""
    taken: dict[str, int] = {}
    for one in articles:
        named = one.element.get("id") or (one.link or "").partition("?")[0].rstrip("/").rpartition("/")[2]
        name = quote(named.strip() or re.sub(r"\W+", "-", fold_word(one.heading.text)).strip("-"), safe="")[:100]
        taken[name] = taken.get(name, 0) + 1
        yield name if taken[name] == 1 else f"{name}-{taken[name]}"


def _page(one: _Article, metadata: Metadata) -> bytes:
    from lxml import etree

    site = f'<meta property="og:site_name" content="{escape(metadata.organization)}">' if metadata.organization else ""
    url = urljoin(metadata.url or "", one.link or "")
    address = f'<link rel="canonical" href="{escape(url)}">' if one.link and re.match(r"https?://", url) else ""
    head = f'<meta charset="utf-8"><title>{escape(one.heading.text)}</title>{site}{address}'
    body = etree.tostring(one.element, encoding="unicode", method="html", with_tail=False)
    lang = escape(metadata.language or "")
    return f'<!doctype html><html lang="{lang}"><head>{head}</head><body>{body}</body></html>'.encode()
