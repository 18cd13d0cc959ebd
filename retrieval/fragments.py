"""
An address → a link that opens at the very words: a text fragment, `#:~:text=start[,end]`.

Browsers look for the words in the visible text of the page, whole words only, white space and case aside; where they
find nothing, the page opens at its top. One that knows no text fragments opens the page as well.

Source:
    "URL Fragment Text Directives", Web Platform Incubator Community Group: grammar, and its advice to name texts of
    less than 300 characters whole, longer ones by their first and last words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

# Discord's link buttons take no longer address.
MAX_LINK_CHARS = 512
MAX_ADDRESS_CHARS = 2000
_WHOLE_BELOW = 300
# How many words name each end of a long text, the first that will do: enough to stand once on a page, then as fits.
_END_WORDS = (6, 9, 12, 4, 3)
# A shorter line, mostly a heading, may stand anywhere on a page.
_LINE_WORDS = 3
_HOST = re.compile(r"[\w.-]+(?::\d+)?")
# Parentheses, brackets, quotation marks and asterisks could end a link or begin a mark where it is pasted.
_KEPT = "%/:?#@!$&+,;=~"


def link_to(url: str, text: str) -> str:
    """
    The address with a text fragment for these words.

    Args:
        url: As the statement names it, perhaps with a fragment of its own, which stays.
        text: As the page shows it, so without Markdown's marks; its line ends are the page's blocks.

    Returns:
        ASCII without white space, parentheses or brackets, at most 512 characters; without the text fragment where that
        would make it longer, and then perhaps longer by itself. "" for anything but a plain web address.
    """
    address = web_address(url)
    if not address:
        return ""
    page, _, own = address.partition("#")
    links = (f"{page}#{own.split(':~:')[0]}:~:text={directive}" for directive in _directives(text))
    return next((link for link in links if len(link) <= MAX_LINK_CHARS), address)


def web_address(url: str) -> str:
    """
    The address as it can be pasted anywhere, "" where it is none that should be followed.

    Only http and https, without user name, control characters or directions of writing, at most 2,000 characters: an
    address that could show one host and open another is no source.
    """
    url = url.strip()
    if any(unicodedata.category(char).startswith("C") for char in url):
        return ""
    try:
        parts = urlsplit(url)
        host = parts.netloc.encode("idna").decode("ascii") if _HOST.fullmatch(parts.netloc) else ""
        sound = parts.scheme in {"http", "https"} and (parts.port is None or parts.port > 0)
    except ValueError:
        return ""
    if not (host and sound):
        return ""
    rest = url.partition("//")[2].removeprefix(parts.netloc)
    address = f"{parts.scheme}://{host}{quote(rest, safe=_KEPT)}"
    return address if len(address) <= MAX_ADDRESS_CHARS else ""


def _directives(text: str) -> Iterator[str]:
    """What may stand behind `text=`, the best first."""
    lines = [words for line in text.splitlines() if (words := _words(line))]
    lines = [words for words in lines if len(words) >= _LINE_WORDS] or lines
    if not lines:
        return
    words = [word for line in lines for word in line]
    # A term is only found within one block of the page; start and end may stand in two.
    if len(lines) == 1 and len(" ".join(words)) < _WHOLE_BELOW:
        yield _encoded(words)
    for count in _END_WORDS:
        start, end = lines[0][:count], lines[-1][-count:]
        rest = words[len(start) :]
        if len(end) <= len(rest) and _stands_last(end, rest):
            yield f"{_encoded(start)},{_encoded(end)}"


def _words(line: str) -> list[str]:
    """Words of a line, without bullets and dashes around them, which a page may draw instead of print."""
    words = line.split()
    spoken = [number for number, word in enumerate(words) if any(map(str.isalnum, word))]
    return words[spoken[0] : spoken[-1] + 1] if spoken else []


def _stands_last(end: list[str], rest: list[str]) -> bool:
    """Whether these words stand at the end of the rest and nowhere before: a browser stops at the first it meets."""
    sought, searched = " ".join(end).casefold(), " ".join(rest).casefold()
    return searched.find(sought) + len(sought) == len(searched)


def _encoded(words: list[str]) -> str:
    """
    Words percent-encoded, all but ASCII letters and digits.

    The grammar needs that of `-`, `,` and `&`; `.`, `_` and `~` would do, but programs that find links in text stop
    before a full stop, and Markdown reads the others.
    """
    marks = {ord(mark): f"%{ord(mark):02X}" for mark in "-._~"}
    return quote(" ".join(words), safe="").translate(marks)
