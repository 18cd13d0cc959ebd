"""
Discord's Markdown as HTML: what people see of a message.

It reads what `bot/chat/markdown.py` writes, and knows nothing of it: published words must come out as they went in.
White space is kept, so the page needs `white-space: pre-wrap`. Emojis are left as they are typed; in a mention stands
the name that Discord would look up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape, unescape
from typing import NamedTuple

_FENCE = re.compile(r"```(?:[\w+.#-]+\n)?\n*(.*?[^\n])\n*```", re.DOTALL)
_QUOTE = re.compile(r"(?: *> [^\n]*(?:\n|\Z))+")
_REST = re.compile(r" *>>> (.*)", re.DOTALL)
_HEADING = re.compile(r"(#{1,3}) +([^\n]+)(?:\n|\Z)")
_SMALL = re.compile(r"-# +([^\n]+)(?:\n|\Z)")
_ITEM = re.compile(r"( *)(?:[-*]|(\d+)\.) +([^\n]+)(?:\n|\Z)")
_ITEMS = re.compile(f"(?:{_ITEM.pattern})+")
# Up to the end of a line, or to where a code block begins.
_LINE = re.compile(rf"(?:\\[^\w\s]|(?!(?s:{_FENCE.pattern}))[^\n])*\n?")

_ESCAPED = re.compile(r"\\([^0-9A-Za-z\s])")
_CODE = re.compile(r"(?P<ticks>`+)(?P<code>.*?[^`])(?P=ticks)(?!`)", re.DOTALL)
_LINK = re.compile(r"\[(?P<words>(?:\\.|[^\]\\\n])+)\]\((?P<url>https?://[^\s)]+)\)")
_ADDRESS = re.compile(r"(?P<open><)?(?P<url>https?://[^\s<>]*[^\s<>.,:;\"')\]])(?(open)>)")
_MENTION = re.compile(r"<@(\w+)>")
_MARKS = {"**": "strong", "__": "u", "~~": "s", "||": "span", "*": "em", "_": "em"}


class Read(NamedTuple):
    """A piece of text that was read: its HTML, and where what follows begins."""

    html: str
    end: int


def to_html(text: str) -> str:
    """A message's text as HTML: block quotes, code blocks, headings, lists, and what stands in their lines."""
    return "".join(_blocks(text, _BLOCKS))


def to_words(text: str) -> str:
    """A message's text as it is read aloud: without marks, on one line."""
    parted = re.sub("</?(?:blockquote|pre|small|h[1-3]|[uo]l|li)[^>]*>", " ", to_html(text))
    return " ".join(unescape(re.sub("<[^>]+>", "", parted)).split())


def _blocks(text: str, readers: tuple[Callable[[str], Read | None], ...]) -> Iterator[str]:
    while text:
        read = next(filter(None, (reader(text) for reader in readers)), None) or _paragraph(text, readers)
        yield read.html
        text = text[read.end :]


def _paragraph(text: str, readers: tuple[Callable[[str], Read | None], ...]) -> Read:
    """Lines up to the next block; a code block may begin in the middle of one."""
    end = _line_end(text, 0)
    while end < len(text) and text[end - 1] == "\n" and not any(reader(text[end:]) for reader in readers):
        end = _line_end(text, end)
    return Read(_inline(text[:end]), end)


def _line_end(text: str, start: int) -> int:
    found = _LINE.match(text, start)
    assert found is not None
    return max(found.end(), start + 1)


def _quote(text: str) -> Read | None:
    """Lines behind a bar; everything up to the end after `>>>`."""
    rest, lines = _REST.match(text), _QUOTE.match(text)
    found = rest or lines
    if found is None:
        return None
    quoted = rest[1] if rest else "\n".join(line.split("> ", 1)[1] for line in _lines(found.group()))
    return Read(f"<blockquote>{''.join(_blocks(quoted, _BLOCKS[1:]))}</blockquote>", found.end())


def _lines(text: str) -> list[str]:
    return text.removesuffix("\n").split("\n")


def _fence(text: str) -> Read | None:
    found = _FENCE.match(text)
    after = 0 if found is None else found.end() + (text[found.end() : found.end() + 1] == "\n")
    return found and Read(f"<pre><code>{escape(found[1])}</code></pre>", after)


def _heading(text: str) -> Read | None:
    found = _HEADING.match(text)
    return found and Read(f"<h{len(found[1])}>{_inline(found[2])}</h{len(found[1])}>", found.end())


def _small(text: str) -> Read | None:
    found = _SMALL.match(text)
    return found and Read(f"<small>{_inline(found[1])}</small>", found.end())


def _list(text: str) -> Read | None:
    """Items below each other; Discord counts on from the first number."""
    found = _ITEMS.match(text)
    if found is None:
        return None
    items = list(_ITEM.finditer(found.group()))
    shown = "".join(f'<li class="in{min(len(item[1]) // 2, 3)}">{_inline(item[3])}</li>' for item in items)
    number = items[0][2]
    return Read(f'<ol start="{number}">{shown}</ol>' if number else f"<ul>{shown}</ul>", found.end())


_BLOCKS = (_quote, _fence, _heading, _small, _list)


def _inline(text: str) -> str:
    """Marks inside of lines; what is none stays as it is."""
    shown, place = [], 0
    while place < len(text):
        read = next(filter(None, (reader(text, place) for reader in _INLINE)), None)
        html, place = read or Read(escape(text[place]), place + 1)
        shown.append(html)
    return "".join(shown)


def _escaped(text: str, place: int) -> Read | None:
    found = _ESCAPED.match(text, place)
    return found and Read(escape(found[1]), found.end())


def _code(text: str, place: int) -> Read | None:
    found = _CODE.match(text, place)
    return found and Read(f"<code>{escape(found['code'].strip())}</code>", found.end())


def _mention(text: str, place: int) -> Read | None:
    found = _MENTION.match(text, place)
    return found and Read(f'<span class="pill">@{found[1]}</span>', found.end())


def _link(text: str, place: int) -> Read | None:
    found = _LINK.match(text, place)
    return found and Read(f'<a href="{escape(found["url"])}">{_inline(found["words"])}</a>', found.end())


def _address(text: str, place: int) -> Read | None:
    found = _ADDRESS.match(text, place)
    return found and Read(f'<a href="{escape(found["url"])}">{escape(found["url"])}</a>', found.end())


def _marked(text: str, place: int) -> Read | None:
    """Bold and its like: from a mark to the same mark."""
    for mark, tag in _MARKS.items():
        if text.startswith(mark, place) and (end := _closing(text, place, mark)):
            inner = _inline(text[place + len(mark) : end])
            kind = ' class="spoiler"' if mark == "||" else ""
            return Read(f"<{tag}{kind}>{inner}</{tag}>", end + len(mark))
    return None


def _closing(text: str, start: int, mark: str) -> int:
    """Where the mark that closes begins, 0 where there is none; escaped marks and code do not close."""
    place, length = start + len(mark), len(mark)
    if len(mark) == 1 and (text[place : place + 1].isspace() or _is_word(text, start - 1, mark)):
        return 0
    while place < len(text):
        if found := _ESCAPED.match(text, place) or _CODE.match(text, place):
            place = found.end()
            continue
        run = _run(text, place, mark[0])
        if run in (length, 3) and place + run - length > start + length and not _is_word(text, place + run, mark):
            return place + run - length
        place += run or 1
    return 0


def _run(text: str, place: int, letter: str) -> int:
    """How often the letter stands there."""
    return len(text[place:]) - len(text[place:].lstrip(letter))


def _is_word(text: str, place: int, mark: str) -> bool:
    """Whether an underscore there is part of a word."""
    return mark == "_" and place >= 0 and text[place : place + 1].isalnum()


_INLINE = (_escaped, _code, _mention, _link, _address, _marked)
