"""Title, date, address, publisher and language that an HTML page states about itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from corpus.canonical import fold_word
from corpus.organization_names import has_organization_noun
from corpus.sources.formats.html_lines import Line
from corpus.sources.formats.page import language_code

if TYPE_CHECKING:
    from lxml.etree import _Element

_SITE_SUFFIX = re.compile(r"\s+(?:[|»·•:—–-]|::)\s+")
_MARKS = " |»·•:—–-"
_DATES = [
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "pubdate",
    "publishdate",
    "publish_date",
    "publication_date",
    "published",
    "date",
    "sailthru.date",
]
_ELSEWHERE = frozenset({"aside", "footer", "nav"})


class Metadata(NamedTuple):
    """What the page says about itself; `None` where it does not."""

    title: str | None
    date: str | None
    url: str | None
    organization: str | None
    language: str | None


def read_metadata(root: _Element, found: list[Line]) -> Metadata:
    """Metadata of a parsed page; the title is one of its visible lines wherever there is one."""
    metas = _metas(root)
    linked = list(_linked_data(root))
    site = metas.get("og:site_name") or metas.get("application-name") or _publisher(linked)
    title = _title(root, found, metas, site)
    return Metadata(
        title=title,
        date=_date(root, metas, linked),
        url=_url(root, metas),
        organization=site or _site_beside(root, title),
        language=language_code(
            root.get("lang")
            or root.get("{http://www.w3.org/XML/1998/namespace}lang")
            or metas.get("content-language")
            or metas.get("og:locale")
        ),
    )


def _metas(root: _Element) -> dict[str, str]:
    metas: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv")
        content = _clean(meta.get("content"))
        if name and content:
            metas.setdefault(name.strip().casefold(), content)
    return metas


def _clean(text: str | None) -> str:
    return " ".join((text or "").replace("\u00a0", " ").split())


def _title(root: _Element, found: list[Line], metas: dict[str, str], site: str | None) -> str | None:
    """The main heading: the `<h1>` that `<title>` repeats, else that of the article, the first, or `<title>`."""
    declared = [metas.get("og:title"), next((_clean(title.text) for title in root.iter("title") if title.text), None)]
    page_titles = [fold_word(title) for title in declared if title]
    headings = [line for line in found if line.inside("h1")]
    repeated = [line for line in headings if any(fold_word(line.text) in title for title in page_titles)]
    in_article = [line for line in headings if line.inside("article", "main")]
    site_names = {fold_word(site or "")}
    for choice in (*(line for line in repeated if line.inside("article", "main")), *repeated, *in_article, *headings):
        if fold_word(choice.text) not in site_names:
            return str(choice.text)
    printed = {fold_word(line.text): line.text for line in reversed(found)}
    for title in filter(None, declared):
        parts = [title, *_SITE_SUFFIX.split(title)]
        shown = next((printed[fold_word(part)] for part in parts if fold_word(part) in printed), None)
        if shown and fold_word(shown) not in site_names:
            return str(shown)
    return next((_without_site(title, site) for title in declared if title), None)


def _site_beside(root: _Element, title: str | None) -> str | None:
    """What `<title>` prints beside the page's own title, where it reads as an organisation and not as a blog."""
    declared = next((_clean(element.text) for element in root.iter("title") if element.text), "")
    parts = _SITE_SUFFIX.split(declared)
    if not title or fold_word(title) not in map(fold_word, parts):
        return None
    others = [part for part in parts if fold_word(part) != fold_word(title) and has_organization_noun(part)]
    return others[-1] if others else None


def _without_site(title: str, site: str | None) -> str:
    """`<title>` without the site's name at either end."""
    parts = _SITE_SUFFIX.split(title)
    if site and len(parts) > 1 and fold_word(parts[-1]) == fold_word(site):
        return title[: -len(parts[-1])].rstrip(_MARKS)
    if site and len(parts) > 1 and fold_word(parts[0]) == fold_word(site):
        return title[len(parts[0]) :].lstrip(_MARKS)
    return title


def _date(root: _Element, metas: dict[str, str], linked: list[dict[str, Any]]) -> str | None:
    for name in _DATES:
        if name in metas:
            return str(metas[name])
    for item in linked:
        date = item.get("datePublished")
        if isinstance(date, str) and date.strip():
            return date.strip()
    for element in _times(root):
        stated = element.get("datetime")
        if stated and not re.search("updated|modified", element.get("class", "")):
            return str(stated).strip()
    return None


def _times(root: _Element) -> Iterator[_Element]:
    """The times of the statement itself, in order: what stands in footers, comments and the like is passed over."""
    if next(root.iter("time"), None) is None:
        return
    stack = [root]
    while stack:
        element = stack.pop()
        if element.tag == "time":
            yield element
        if element.tag not in _ELSEWHERE and not _is_comment(element):
            stack.extend(reversed(element))


def _is_comment(element: _Element) -> bool:
    return bool(re.search(r"\bcomment|respond|related|sidebar", f"{element.get('id', '')} {element.get('class', '')}"))


def _url(root: _Element, metas: dict[str, str]) -> str | None:
    canonical = (
        link.get("href") for link in root.iter("link") if "canonical" in link.get("rel", "").casefold().split()
    )
    for url in (*canonical, metas.get("og:url")):
        if url and re.match(r"https?://\S+$", url.strip()):
            return str(url).strip()
    return None


def _linked_data(root: _Element) -> Iterator[dict[str, Any]]:
    """The JSON-LD objects of the page, those inside lists and graphs too; broken JSON is passed over."""
    for script in root.iter("script"):
        if "ld+json" in script.get("type", "") and script.text:
            try:
                yield from _objects(json.loads(script.text, strict=False))
            except (ValueError, RecursionError):
                continue


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        value = value.get("@graph", [])
    if isinstance(value, list):
        for item in value:
            yield from _objects(item)


def _publisher(linked: Iterable[dict[str, Any]]) -> str | None:
    for item in linked:
        publisher = item.get("publisher")
        name = publisher.get("name") if isinstance(publisher, dict) else None
        if isinstance(name, str) and name.strip():
            return _clean(name)
    return None
