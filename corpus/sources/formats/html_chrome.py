"""
Which visible lines of a page are not the statement: the extractor proposes, the markup has a say.

The two mistakes are not equal. A menu shown as text is ugly; a sentence lost can never be found again. So a sentence
that the extractor dropped comes back where the markup says "article" or where its neighbours were kept, and an element
that holds the headline or most of the page's sentences is no navigation, whatever it is called.
"""

from __future__ import annotations

import html as entities
import re
from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING

from corpus.canonical import fold_word
from corpus.sources.formats.html_lines import Line
from corpus.sources.formats.html_places import Place, all_places, handed_down

if TYPE_CHECKING:
    from lxml.etree import _Element

_TAGS = {
    "nav": "navigation", "menu": "navigation", "header": "navigation", "footer": "other", "aside": "navigation",
    "form": "other", "button": "other", "select": "other", "textarea": "other", "dialog": "other",
}  # fmt: skip
# Whole names of classes, ids and roles; a name that only contains one of these ("menu-item-page") says nothing.
_NAMES = {
    "comments": r"comments?(?:[-_]?(?:list|area|section|form|respond|thread|wrapper|wrap|template|block))?|respond|"
    r"disqus[-_]thread|comentarios|fb-comments",
    "breadcrumb": r"breadcrumbs?(?:[-_]\w+)?|crumbs?|migas",
    "share": r"sharedaddy|sd-sharing\S*|share(?:[-_]?(?:buttons?|links?|bar|this|post|box))?|sharing|"
    r"social(?:[-_]?(?:share|sharing|links?|icons?|media|nav|bar))?|addtoany\S*|a2a_\S+|addthis\S*",
    "navigation": r"nav|navbar|menu|(?:main|top|primary|site|post|secondary|footer)[-_]?(?:nav|menu|navigation)|"
    r"navigation|"
    r"nav-links|pagination|pager|skip-link|screen-reader-text|related(?:[-_]?(?:posts|articles|content))?|jp-relatedposts|"
    r"sidebar|widget|widget-area|tag-?cloud|banner",
    "other": r"cookie\S*|gdpr\S*|consent\S*|newsletter\S*|(?:site|page)?[-_]?footer|contentinfo|popup|modal|adverts?|"
    r"advertisement|search(?:[-_]?form)?",
}
_NAME_KINDS = [(kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _NAMES.items()]
_NEVER_CHROME = frozenset({"html", "body", "article", "main", "h1"})
_CONTENT = re.compile(
    r"(?:entry|post|article|page|story|node|main|blog)?[-_]?(?:content|body|text)|articlebody|post|hentry|release", re.I
)
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_HEAD_LINE = re.compile(
    r"^(?:by|por|from|de) \S|\b(?:19|20)\d\d\b|^\(?(?:for immediate|para publicacion)|"
    r"^[^\W\d_]+(?:, [^\W\d_.]+)? - "
)
_HEAD = 5  # lines before the first sentence that may be title, subtitle, date and byline
_MAX_SEARCHED = 500_000
# The extractor's parser drops what stands in more elements than some 250.
_DEEPEST = 200


def chrome_kinds(found: list[Line], title: str | None, root: _Element) -> list[str | None]:
    """For each line the kind of furniture that it is, `None` for the statement's own lines."""
    prose = [_is_prose(line.text) for line in found]
    marked = _marked(found, prose, title)
    extracted = _extracted(found, root) if any(prose) else [False] * len(found)
    kept = [extracted[n] and (kind is None or (prose[n] and _is_soft(found[n]))) for n, kind in enumerate(marked)]
    if not any(kept[n] and prose[n] for n in range(len(found))):
        kept = _by_structure(found, prose, marked)
    else:
        _bring_back(found, prose, marked, kept)
    _keep_head(found, marked, kept, title)
    return [None if kept[n] else marked[n] or "other" for n in range(len(found))]


def is_chrome(place: Place) -> bool:
    """Whether an element is by its tag or its name no part of a statement: navigation, comments, share bars."""
    return _kind(place) is not None


def _is_soft(line: Line) -> bool:
    """Asides and footers: what the extractor kept of their sentences stays."""
    return line.inside("aside", "footer") and not line.inside("nav", "form")


def _is_prose(text: str) -> bool:
    words = len(text.split())
    return words >= 25 or (words >= 6 and bool(_SENTENCE_END.search(text)))


def _marked(found: list[Line], prose: list[bool], title: str | None) -> list[str | None]:
    """The kind that the markup gives each line, by its tags, classes and ids: that of the outermost element."""
    places = all_places(line.place for line in found)
    kinds = {place: _kind(place) for place in places}
    held = handed_down(places, lambda place, above: bool(above or kinds[place]))
    first = next((n for n, line in enumerate(found) if prose[n] and not held[line.place]), len(found))
    sentences = _sentences(found, prose, places)
    half = sum(len(line.text) for n, line in enumerate(found) if prose[n]) / 2
    titled = set(all_places(line.place for line in found if line.text == title and line.inside("h1", "h2")))

    def outermost(place: Place, above: str | None, *, late: bool) -> str | None:
        kind = kinds[place]
        counts = place not in titled and (sentences[place] <= half or (late and kind == "comments"))
        return above or (kind if counts else None)

    early = handed_down(places, partial(outermost, late=False))
    late = handed_down(places, partial(outermost, late=True))
    return [(late if n > first else early)[line.place] for n, line in enumerate(found)]


def _sentences(found: list[Line], prose: list[bool], places: list[Place]) -> dict[Place, int]:
    """How many characters of sentences stand in each place."""
    characters: dict[Place, int] = defaultdict(int)
    for n, line in enumerate(found):
        characters[line.place] += len(line.text) * prose[n]
    for place in reversed(places):
        if place.above:
            characters[place.above] += characters[place]
    return characters


def _kind(place: Place) -> str | None:
    element, tag = place.element, place.element.tag
    if not isinstance(tag, str) or tag in _NEVER_CHROME:
        return None
    if tag == "header" and place.inside("article", "main"):
        return None
    if tag in _TAGS:
        return _TAGS[tag]
    for name in f"{element.get('class', '')} {element.get('id', '')} {element.get('role', '')}".split():
        for kind, pattern in _NAME_KINDS:
            if pattern.fullmatch(name):
                return kind
    return None


def _extracted(found: list[Line], root: _Element) -> list[bool]:
    """Whether the extractor kept each line; compared by letters and digits alone; none where it cannot see them all."""
    if any(line.place.depth > _DEEPEST for line in found):
        return [False] * len(found)
    import trafilatura
    from lxml import etree

    # Written out again, because the extractor refuses fragments that a browser shows.
    markup = etree.tostring(root, encoding="unicode", method="html")
    try:
        text = trafilatura.extract(markup, include_comments=False, include_tables=True, output_format="txt") or ""
    except (ValueError, TypeError, AttributeError, RecursionError, etree.LxmlError):
        text = ""
    text = entities.unescape(text)
    rows = {_key(part) for row in text.splitlines() for part in (row, *row.split("|"))}
    whole = _key(text) if len(text) <= _MAX_SEARCHED else ""
    keys = [_key(line.text) for line in found]
    return [bool(key) and (key in rows or (len(key) >= 30 and key in whole)) for key in keys]


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", "", fold_word(text))


def _by_structure(found: list[Line], prose: list[bool], marked: list[str | None]) -> list[bool]:
    """Without an extractor: what stands in the content element, if there is one, and in no chrome."""
    content = _contents(found)
    inside = [kind is None and content[line.place] for line, kind in zip(found, marked, strict=True)]
    if any(inside[n] and prose[n] for n in range(len(found))):
        return inside
    return [kind is None for kind in marked]


def _bring_back(found: list[Line], prose: list[bool], marked: list[str | None], kept: list[bool]) -> None:
    """Keep what the extractor lost: sentences in the article or among kept ones, and what stands between them."""
    places = [n for n, keep in enumerate(kept) if keep and prose[n]]
    blocks = {found[n].block for n in places}
    parents = {block.getparent() for block in blocks}
    content = _contents(found)
    for n, line in enumerate(found):
        near = places[0] - _HEAD <= n <= places[-1]
        # Cells of a row are columns of a layout, not neighbours in the text.
        sibling = line.block.tag not in ("td", "th") and line.block.getparent() in parents
        listed = n > places[0] and near and line.inside("h2", "h3", "h4", "li", "td", "th", "blockquote")
        lost = line.block in blocks or (sibling and (prose[n] or near)) or (prose[n] and content[line.place]) or listed
        kept[n] = kept[n] or (marked[n] is None and lost)


def _contents(found: list[Line]) -> dict[Place, bool]:
    """Whether each place stands in the element that holds the page's content."""
    places = all_places(line.place for line in found)
    return handed_down(places, lambda place, above: bool(above) or _is_content(place.element))


def _is_content(element: _Element) -> bool:
    if element.tag in ("article", "main") or element.get("role") == "main" or element.get("itemprop") == "articleBody":
        return True
    names = f"{element.get('class', '')} {element.get('id', '')}".split()
    return element.tag in ("div", "section", "td") and any(map(_CONTENT.fullmatch, names))


def _keep_head(found: list[Line], marked: list[str | None], kept: list[bool], title: str | None) -> None:
    """Title, subtitle, byline and date line: part of the statement's head, though extractors drop them."""
    first = next((n for n, keep in enumerate(kept) if keep), len(found))
    headline = next(
        (n for n, line in enumerate(found) if title and line.text == title and line.inside("h1", "h2")), None
    )
    if headline is None:
        headline = next((n for n in range(first, -1, -1) if n < len(found) and title and found[n].text == title), None)
    if headline is None:
        return
    kept[headline] = True
    for n in range(max(0, headline - 2), min(len(found), max(headline + 6, min(first, headline + 12)))):
        line = found[n]
        short = len(line.text.split()) <= 20
        is_head = bool(_HEAD_LINE.search(fold_word(line.text))) or line.inside("time", "h1", "h2", "h3")
        if marked[n] is None and short and is_head:
            kept[n] = True
