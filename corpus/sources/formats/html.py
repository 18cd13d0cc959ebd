"""HTML → page: the visible text of the whole page, with what is not the statement marked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.canonical import canonical_text
from corpus.errors import UnreadableError
from corpus.models import Furniture
from corpus.sources.formats.html_chrome import chrome_kinds
from corpus.sources.formats.html_lines import Line, visible_lines
from corpus.sources.formats.html_metadata import read_metadata
from corpus.sources.formats.page import Page

if TYPE_CHECKING:
    from lxml.etree import _Element

_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE
)


def read_html(data: bytes, file: str) -> Page:
    """
    The page of an HTML file, however broken its markup.

    Canonical text is what a browser shows, block by block; an extractor and the markup only decide which of these
    lines are `chrome`.

    Raises:
        UnreadableError: `bad_format`, where the parser would leave out a part.
    """
    root, warnings = parse_html(data, file)
    if root is None:
        return Page(text="", warnings=tuple(warnings))
    found = visible_lines(root)
    if any(line.unescaped for line in found):
        warnings.append("entities_escaped_twice")
    metadata = read_metadata(root, found)
    kinds = chrome_kinds(found, metadata.title, root)
    return Page(
        text="\n".join(line.text for line in found),
        title=metadata.title,
        metadata_date=metadata.date,
        url=metadata.url,
        organization=metadata.organization,
        declared_language=metadata.language,
        chrome=tuple(_spans(found, kinds)),
        warnings=tuple(warnings),
    )


def parse_html(data: bytes, file: str) -> tuple[_Element | None, list[str]]:
    """
    The tree of an HTML file, `None` where there is nothing in it; and warnings of its decoding.

    Raises:
        UnreadableError: `bad_format`, where the parser would leave out a part.
    """
    declared = _DECLARED.search(data[:4096])
    markup, warnings = canonical_text(data, declared[1].decode("ascii") if declared else None)
    return _parse(markup, file), warnings


def _parse(markup: str, file: str) -> _Element | None:
    from lxml import etree, html

    # Bytes with their encoding said: a `str` with an XML declaration is refused, and control characters end a parse.
    clean = re.sub("[\0-\x08\x0b\x0e-\x1f\x7f]", "", markup)
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        root = html.document_fromstring(clean.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    # It stops where elements stand some two thousand deep in each other, and drops the rest without a word.
    if parser.error_log.filter_from_fatals():
        message = f"{file}: its elements are nested too deep to be read whole. Save its text as a .txt file."
        raise UnreadableError(file, "bad_format", message)
    return root


def _spans(found: list[Line], kinds: list[str | None]) -> list[Furniture]:
    """Runs of chrome lines of one kind, as spans of the joined text."""
    spans: list[Furniture] = []
    start = 0
    previous = None
    for line, kind in zip(found, kinds, strict=True):
        end = start + len(line.text)
        if kind is not None and kind == previous:
            spans[-1] = spans[-1].model_copy(update={"end": end})
        elif kind is not None:
            spans.append(Furniture.model_validate({"start": start, "end": end, "kind": kind}))
        start, previous = end + 1, kind
    return spans
