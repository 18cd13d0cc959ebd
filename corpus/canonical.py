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

_PLAIN = {
    **dict.fromkeys("“”„‟«»＂″", '"'),
    **dict.fromkeys("‘’‚‛‹›`´′ʼ", "'"),
    **dict.fromkeys("‐‑‒–—―−⸺⸻﹘﹣－", "-"),
}
# Characters that a reader does not see: soft hyphen, zero-width ones, direction marks, byte-order mark.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# Control characters that no text holds.
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\r\f\x1b\x0b")
_SPACES = re.compile(" {2,}")
# Character sets that documents are written in; Python also knows codecs that run escapes ("unicode_escape").
_CHARACTER_SET = re.compile(r"(?:iso8859|cp\d|koi8|mac[-_]|gb|big5|euc_|shift_jis|iso2022|utf-16|tis)")
# "iso-8859-1" on the web means windows-1252 (WHATWG Encoding Standard, section 4.2).
_LATIN_1 = frozenset({"iso8859-1", "cp1252"})


def canonical_text(data: bytes, declared: str | None = None) -> tuple[str, list[str]]:
    """
    Decode a file and make it canonical: Unicode NFC, `\\n` line ends, no byte-order mark.

    UTF-8 is tried first because text that decodes as UTF-8 by accident is rare; then what the file declares; then
    Windows-1252, the superset of Latin-1 that web pages mean when they say Latin-1. UTF-8 with a few bad bytes (a file
    that was cut off) stays UTF-8: the bad bytes become U+FFFD, never a guess.

    Args:
        data: The file's bytes.
        declared: Character set that the file or its server names, if any.

    Returns:
        The text, and warnings as snake_case codes (`decoded_as: windows-1252`, `bytes_lost: 2`).
    """
    text, warnings = _decode(data, declared)
    text = unicodedata.normalize("NFC", text)
    return text.replace("\r\n", "\n").replace("\r", "\n"), warnings


def _decode(data: bytes, declared: str | None) -> tuple[str, list[str]]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decode_replacing(data[len(bom) :], encoding)
    text, warnings = _decode_replacing(data, "utf-8")
    if not warnings or _is_damaged_utf8(data, text):
        return text, warnings
    name = _character_set(declared or "")
    for encoding in filter(None, (name, "windows-1252")):
        try:
            return data.decode(encoding), [f"decoded_as: {encoding}"]
        except UnicodeError:
            continue
    return data.decode("latin-1"), ["decoded_as: latin-1"]


def _decode_replacing(data: bytes, encoding: str) -> tuple[str, list[str]]:
    try:
        return data.decode(encoding), []
    except UnicodeDecodeError:
        kept = len(data.decode(encoding, errors="ignore").encode(encoding))
        return data.decode(encoding, errors="replace"), [f"bytes_lost: {len(data) - kept}"]


def _is_damaged_utf8(data: bytes, text: str) -> bool:
    """More of its characters are UTF-8 than are not: other character sets hardly ever form one by accident."""
    readable = data.decode("utf-8", errors="ignore")
    return len(readable.encode()) - len(readable) > text.count("\ufffd")


def _character_set(declared: str) -> str | None:
    """The name to decode by, `None` for one that is unknown or no character set."""
    try:
        name = codecs.lookup(declared.strip()).name
    except (LookupError, ValueError):
        return None
    if name in _LATIN_1:
        return "windows-1252"
    return name if _CHARACTER_SET.match(name) else None


def looks_binary(data: bytes) -> bool:
    """Whether these bytes are no text at all: a NUL outside UTF-16, or mostly control characters."""
    if any(data.startswith(bom) for bom, _ in _BOMS):
        return False
    head = data[:8192]
    controls = len(head) - len(head.translate(None, _CONTROLS))
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
        before, after = (r"(?<!\w)" * _is_word(wanted[0])), (r"(?!\w)" * _is_word(wanted[-1]))
        pattern = re.compile(before + re.escape(wanted) + after)
        found = (m.span() for m in pattern.finditer(self.text))
        return [(self.offsets[a], self.offsets[b - 1] + 1) for a, b in found if self._is_edge(a) and self._is_edge(b)]

    def _is_edge(self, place: int) -> bool:
        """Whether a source character begins here; "½" and "…" fold to several, which only count together."""
        return place == 0 or self.offsets[place] != self.offsets[place - 1]


def _is_word(character: str) -> bool:
    return re.match(r"\w", character) is not None


class _Folds(dict[int, str]):
    """Code point → the character folded, as `str.translate` asks for it."""

    def __missing__(self, code: int) -> str:
        # Capitals hide behind compatibility forms ("℡") and marks behind both, so: apart, lower case, apart again.
        lower = _apart(_apart(chr(code)).casefold())
        if len(self) >= _FOLDED_CHARACTERS:
            self.clear()
        self[code] = folded = "".join(_PLAIN.get(one, " " if one.isspace() else one) for one in lower)
        return folded


_FOLDED_CHARACTERS = 8192
_FOLDS = _Folds()


def _apart(character: str) -> str:
    """The character without its accents, ligatures and other compatibility forms; nothing for an invisible one."""
    plain = _PLAIN.get(character, character)
    decomposed = unicodedata.normalize("NFKD", plain)
    return "".join(one for one in decomposed if not unicodedata.combining(one) and not _INVISIBLE.match(one))


def fold(text: str) -> Folded:
    """Fold text for matching: case, accents, quotation marks, dashes, white space and invisible characters."""
    pieces = [_FOLDS[code] for code in map(ord, text)]
    folded = "".join(pieces)
    places = [place for place, piece in enumerate(pieces) for _ in piece]
    offsets, start = list[int](), 0
    for run in _SPACES.finditer(folded):
        offsets += places[start : run.start() + 1]
        start = run.end()
    return Folded(_SPACES.sub(" ", folded), [*offsets, *places[start:], len(text)])


def fold_word(word: str) -> str:
    """Fold one word or name: `fold(word).text` without the map."""
    return _fold_short(word) if len(word) <= _WORD_LENGTH else _folded(word)


def _folded(words: str) -> str:
    return " ".join(words.translate(_FOLDS).split())


# Statements say the same words again and again; longer ones are sentences.
_WORD_LENGTH = 24
_fold_short = lru_cache(maxsize=32768)(_folded)
