"""
Published words in Discord's Markdown, so that what people see is what was published, character by character.

A backslash before a mark makes Discord show the mark itself. It does so for every mark and for no letter or digit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import dropwhile, takewhile

from corpus.models import Span

# Emphasis, code, spoilers, links, mentions, headings; a colon opens an emoji, and ends the "https" that makes a link.
_MARK = re.compile(r"[\\*_~`|<>\[\]@#]|:(?=\S)")
# A list item, or the number of one: Discord would number it anew.
_LIST = re.compile(r"^[^\S\n]*(?:(?=[-+])|\d+(?=[.)]))", re.MULTILINE)
_LINE = re.compile(r"[^\n]+")


def escape(text: str) -> str:
    """The text with a backslash before whatever Discord would read as a mark, a mention, a link or an emoji."""
    return _insert(text, ((place, "\\") for place in _escapes(text)))


def unescape(text: str) -> str:
    """What `escape` was given."""
    return re.sub(r"\\(.)", r"\1", text)


def block_quote(text: str, highlights: Iterable[Span] = ()) -> str:
    """
    The text as a block quote with the highlighted words in bold.

    Without the quote marks, the bold marks and the escapes it is `text`, unchanged.
    """
    bold = list(_by_line(text, highlights))
    # At one place: first an end of bold, then the mark of the new line, a start of bold, and the escape.
    marks = [(end, 0, "**") for _, end in bold]
    marks += [(0, 1, "> "), *((match.end(), 1, "> ") for match in re.finditer("\n", text))]
    marks += [(start, 2, "**") for start, _ in bold]
    marks += [(place, 3, "\\") for place in _escapes(text)]
    return _insert(text, ((place, mark) for place, _, mark in sorted(marks)))


def quoted_in(text: str) -> str:
    """What `block_quote` was given, of the first block quote in a text; "" where there is none."""
    quoted = takewhile(_is_quoted, dropwhile(lambda line: not _is_quoted(line), text.split("\n")))
    return re.sub(r"\\(.)|\*\*", lambda mark: mark[1] or "", "\n".join(line[2:] for line in quoted))


def _is_quoted(line: str) -> bool:
    return line.startswith("> ")


def code_block(text: str) -> str:
    """
    The text to be copied as it stands, marks and all.

    Text that holds the end of a code block itself is escaped instead.
    """
    return escape(text) if "```" in text else f"```\n{text}\n```"


def shorten(text: str, limit: int) -> tuple[str, str]:
    """The text on one line, cut between words where it is over `limit` characters; and then "…", else nothing."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line, ""
    cut = line[: limit - 1]
    return cut[: max(cut.rfind(" "), limit // 2)].rstrip(), "…"


def _escapes(text: str) -> set[int]:
    """Where a backslash has to stand."""
    return {match.start() for match in _MARK.finditer(text)} | {
        match.end() for match in _LIST.finditer(text) if match.end() < len(text)
    }


def _by_line(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """The spans, joined where they touch and parted at line ends, because bold does not cross them."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(end, joined[-1].end))
        else:
            joined.append(Span(start, end))
    for start, end in joined:
        for match in _LINE.finditer(text, max(0, start), end):
            if match.group().strip():
                yield Span(match.start(), match.end())


def _insert(text: str, marks: Iterable[tuple[int, str]]) -> str:
    pieces, position = [], 0
    for place, mark in sorted(marks, key=lambda item: item[0]):
        pieces += [text[position:place], mark]
        position = place
    return "".join([*pieces, text[position:]])
