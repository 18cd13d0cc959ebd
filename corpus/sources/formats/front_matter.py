"""
Markdown and plain text → page; front matter read even where it is not quite YAML.

No YAML library: real front matter has unquoted colons, tabs, stray lines and no closing fence, and a parser that gives
up on those loses the date of the statement.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from corpus.canonical import fold_word
from corpus.models import Furniture, Span
from corpus.sentences import lines
from corpus.sources.formats.page import Page, language_code

_FENCE = re.compile(r"(?:-{3,}|\+{3,}|;{3,}|\.{3})\s*$")
_PAIR = re.compile(r"\s{0,8}[\"']?(?P<key>[^\W\d_][\w .-]{0,30}?)[\"']?\s{0,4}[:=](?:\s+|$)(?P<value>.*)$")
_LIST_ITEM = re.compile(r"\s*-\s+(?P<value>.+)$")
_HEADING = re.compile(r"#\s+(?P<title>(?=.*[^\W\d_]).+?)\s*#*$")
_UNDERLINE = re.compile(r"=+$")
_MAX_LINES = 60

_TITLE = ("title", "titulo", "headline", "name")
_DATE = ("date", "fecha", "published", "publish date", "pubdate", "date published", "publication date", "created")
_URL = ("url", "link", "permalink", "canonical url", "canonical", "source url", "source", "original url")
_ORGANIZATION = ("organization", "organisation", "organizacion", "org", "issuer", "publisher", "site", "site name")
_LANGUAGE = ("language", "lang", "idioma", "locale")
_KNOWN = {
    *_TITLE, *_DATE, *_URL, *_ORGANIZATION, *_LANGUAGE,
    "author", "authors", "autor", "tags", "categories", "category", "layout", "slug", "draft", "description", "summary",
    "subtitle", "id", "kind", "type",
}  # fmt: skip


class _FrontMatter(NamedTuple):
    values: dict[str, str]
    end: int


def read_front_matter(text: str, warnings: tuple[str, ...] = ()) -> Page:
    """The page of a Markdown or text file: its text as it stands, the front matter block marked as furniture."""
    front = _front_matter(text)
    values = front.values if front else {}
    url = _first(values, _URL)
    return Page(
        text=text,
        title=_first(values, _TITLE) or _heading(text, front.end if front else 0),
        metadata_date=_first(values, _DATE),
        url=url if url and re.match(r"https?://\S+$", url) else None,
        organization=_first(values, _ORGANIZATION),
        declared_language=language_code(_first(values, _LANGUAGE)),
        chrome=(Furniture(start=_start(text), end=front.end, kind="other"),) if front else (),
        warnings=warnings,
    )


def _start(text: str) -> int:
    return len(text) - len(text.lstrip())


def _front_matter(text: str) -> _FrontMatter | None:
    """The block at the head, if it has at least one key that front matter has."""
    start = _start(text)
    rows = _rows(text, start)
    if not rows:
        return None
    opened = bool(_FENCE.match(text[rows[0].start : rows[0].end]))
    body = rows[1:] if opened else rows
    closing = next((n for n, row in enumerate(body) if _FENCE.match(text[row.start : row.end])), None)
    if not opened and (closing is None or not _is_known(text, body[0])):
        return None
    if closing is not None and _plausible(text, body[:closing]):
        return _FrontMatter(_values(text, body[:closing]), body[closing].end)
    body = _leading_pairs(text, body)
    if not any(_is_known(text, row) for row in body):
        return None
    return _FrontMatter(_values(text, body), body[-1].end)


def _rows(text: str, start: int) -> list[Span]:
    rows: list[Span] = []
    while start < len(text) and len(rows) < _MAX_LINES:
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        rows.append(Span(start, end))
        start = end + 1
    return rows


def _plausible(text: str, rows: list[Span]) -> bool:
    """Whether a fenced block is front matter and not prose between two rules: stray lines are the exception."""
    filled = [row for row in rows if text[row.start : row.end].strip()]
    pairs = sum(_is_front_line(text, row) for row in filled)
    return pairs * 2 >= len(filled) and any(_is_known(text, row) for row in filled)


def _leading_pairs(text: str, rows: list[Span]) -> list[Span]:
    """The lines of a block whose closing fence is missing: up to the first that is neither pair nor item."""
    kept = 0
    for number, row in enumerate(rows):
        if not text[row.start : row.end].strip():
            if not any(_is_known(text, later) for later in rows[number + 1 : number + 2]):
                break
        elif not _is_front_line(text, row):
            break
        else:
            kept = number + 1
    return rows[:kept]


def _is_front_line(text: str, row: Span) -> bool:
    line = text[row.start : row.end]
    pair = _PAIR.match(line)
    if pair:
        return _key(pair["key"]) in _KNOWN or len(pair["key"].split()) <= 2
    return bool(_LIST_ITEM.match(line)) or line.startswith(("  ", "\t", "#"))


def _is_known(text: str, row: Span) -> bool:
    pair = _PAIR.match(text[row.start : row.end])
    return bool(pair) and _key(pair["key"] if pair else "") in _KNOWN


def _key(printed: str) -> str:
    return " ".join(fold_word(printed).replace("_", " ").replace("-", " ").split())


def _values(text: str, rows: list[Span]) -> dict[str, str]:
    """Key → value, the first of each key; items and indented lines belong to the key above them."""
    values: dict[str, str] = {}
    key = ""
    for row in rows:
        line = text[row.start : row.end]
        pair, item = _PAIR.match(line), _LIST_ITEM.match(line)
        if pair and not (line[:1].isspace() and key and values.get(key) in ("|", ">", "|-", ">-")):
            key = _key(pair["key"])
            values.setdefault(key, _unquoted(pair["value"]))
        elif key and (item or line[:1].isspace()):
            more = _unquoted(item["value"] if item else line)
            before = "" if values[key] in ("|", ">", "|-", ">-") else values[key]
            values[key] = f"{before}{', ' if item and before else ' ' if before else ''}{more}"
    return values


def _unquoted(value: str) -> str:
    value = value.strip()
    for mark in "\"'":
        if len(value) > 1 and value[0] == value[-1] == mark:
            return value[1:-1].strip()
    return value


def _first(values: dict[str, str], keys: tuple[str, ...]) -> str | None:
    return next((values[key] for key in keys if values.get(key)), None)


def _heading(text: str, start: int) -> str | None:
    """The Markdown heading of the first level, `#` or underlined with `=`."""
    rows = [text[line.start : line.end] for line in lines(text) if line.start >= start][:40]
    for row, following in zip(rows, [*rows[1:], ""], strict=False):
        heading = _HEADING.match(row)
        if heading or _UNDERLINE.match(following):
            return heading["title"] if heading else row
    return None
