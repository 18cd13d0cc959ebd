"""
Bytes → canonical text, and text folded for matching with a map back to it.

Canonical text is what every offset counts and every shown word is a slice of. Folded text only finds places.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_QUOTES = {**dict.fromkeys("“”„‟«»＂″", '"'), **dict.fromkeys("‘’‚‛‹›`´′", "'")}
_DASHES = dict.fromkeys("‐‑‒–—―−﹘﹣－", "-")
# Characters that a reader does not see: soft hyphen, zero-width ones, direction marks, byte-order mark.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def canonical_text(data: bytes, declared: str | None = None) -> tuple[str, list[str]]:
    """
    Decode a file and make it canonical: Unicode NFC, `\\n` line ends, no byte-order mark.

    UTF-8 is tried first because text that decodes as UTF-8 by accident is rare; then what the file declares; then
    Windows-1252, the superset of Latin-1 that web pages mean when they say Latin-1.

    Args:
        data: The file's bytes.
        declared: Character set that the file or its server names, if any.

    Returns:
        The text, and warnings as snake_case codes (`decoded_as: windows-1252`).
    """
    text, warnings = _decode(data, declared)
    text = unicodedata.normalize("NFC", text)
    return text.replace("\r\n", "\n").replace("\r", "\n"), warnings


def _decode(data: bytes, declared: str | None) -> tuple[str, list[str]]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, errors="replace"), []
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        pass
    for encoding in filter(None, (declared, "windows-1252")):
        # "iso-8859-1" on the web means windows-1252 (WHATWG Encoding Standard, section 4.2).
        name = "windows-1252" if encoding.lower() in {"iso-8859-1", "latin-1", "latin1"} else encoding
        try:
            return data.decode(name), [f"decoded_as: {name.lower()}"]
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("latin-1"), ["decoded_as: latin-1"]


def looks_binary(data: bytes) -> bool:
    """Whether these bytes are no text at all: a NUL outside UTF-16, or mostly control characters."""
    if any(data.startswith(bom) for bom, _ in _BOMS):
        return False
    head = data[:8192]
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\x1b\x0b" for byte in head)
    return b"\0" in head or controls * 10 > len(head)


class Folded(NamedTuple):
    """
    Text made comparable, with a map back.

    Attributes:
        text: Lower case, accents off, typographic marks plain, runs of white space as one space.
        offsets: For each code point of `text`, its place in the source; one more entry for the end.
    """

    text: str
    offsets: list[int]

    def find(self, words: str) -> list[tuple[int, int]]:
        """Source spans where `words` (folded here) stand as whole words."""
        wanted = fold(words).text.strip()
        if not wanted:
            return []
        pattern = re.compile(r"(?<!\w)" + re.escape(wanted) + r"(?!\w)")
        return [(self.offsets[m.start()], self.offsets[m.end() - 1] + 1) for m in pattern.finditer(self.text)]


@lru_cache(maxsize=8192)
def _fold_character(character: str) -> str:
    if character in _QUOTES:
        return _QUOTES[character]
    if character in _DASHES:
        return "-"
    if character.isspace():
        return " "
    if _INVISIBLE.match(character):
        return ""
    decomposed = unicodedata.normalize("NFKD", character.casefold())
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark))


def fold(text: str) -> Folded:
    """Fold text for matching: case, accents, quotation marks, dashes, white space and invisible characters."""
    folded: list[str] = []
    offsets: list[int] = []
    for place, character in enumerate(text):
        for piece in _fold_character(character):
            if piece == " " and folded and folded[-1] == " ":
                continue
            folded.append(piece)
            offsets.append(place)
    offsets.append(len(text))
    return Folded("".join(folded), offsets)


def fold_word(word: str) -> str:
    """Fold one word or name: `fold(word).text` without the map."""
    return " ".join("".join(map(_fold_character, word)).split())
