"""Lines of canonical text made comparable with the phrases of `phrases.tsv`."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, cast

from corpus.canonical import fold_word
from corpus.models import FurnitureKind, Span
from corpus.sentences import lines

_LINK = re.compile(r"!?\[([^\]\n]{0,300})\]\([^)\n]{0,500}\)")
_BULLETS = "#>-*•·▪►●"
_EMPHASIS = re.compile(r"\*\*|__|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)|^\s*(?:#{1,6}|>|[-*•·▪►●])\s+")
# Alternative text of an image, glued to the link that follows it.
_GLUED = re.compile(r"^(?:graphic|image|img|icon|imagen|icono)(?=[A-ZÁÉÍÓÚÑ])")
_MARKS = " .:;!?¡¿…*_|·•▪►«»‹›←→↑↓<>\"'()[]{}-=+#/\\~✕×➜▸▾▼"
_MAX_PHRASE_WORDS = 10
_SENTENCE_END = re.compile(r"[.!?…][\"')»”’]*$")
_PARTS = re.compile(r"\s*[|·•⋅]\s*|[^\S\n]{2,}|(?<=[.!?])[^\S\n]+|(?<=\))[^\S\n]+(?=\[)")
_WRAPPED = 50  # characters; a line this long may go on in the next one


class Row(NamedTuple):
    """
    A line that is not blank.

    Attributes:
        span: Without the white space around it.
        raw: As it stands.
        folded: Folded, Markdown's marks off.
        plain: `folded` without the marks at its ends: what is compared with phrases.
    """

    span: Span
    raw: str
    folded: str
    plain: str

    @property
    def alone(self) -> Row:
        """The same line as if it were the whole text: what is decided on it holds wherever it comes again."""
        return self._replace(span=Span(0, len(self.raw)))

    @property
    def words(self) -> int:
        """How many words it has."""
        return _count(self.folded)

    @property
    def ends(self) -> bool:
        """Whether it ends as a sentence does."""
        return bool(_SENTENCE_END.search(self.raw))


@lru_cache(maxsize=1024)
def _count(folded: str) -> int:
    return len(folded.split())


@lru_cache(maxsize=4096)
def comparable(raw: str) -> str:
    """A line or sentence folded, with Markdown's marks and a glued image text off."""
    bare = _GLUED.sub("", (_LINK.sub(r"\1", raw) if "](" in raw else raw).strip())
    if "*" in bare or "_" in bare or bare[:1] in _BULLETS:
        bare = _EMPHASIS.sub("", bare)
    return fold_word(bare).replace("e-mail", "email")


def rows_of(text: str) -> list[Row]:
    """The lines of a text that are not blank, in order; long ones are not compared with anything."""
    found = []
    for span in lines(text):
        raw = text[span.start : span.end]
        folded = comparable(raw) if len(raw) <= 600 else ""
        found.append(Row(span, raw, folded, folded.strip(_MARKS)))
    return found


def phrase_kind(row: Row) -> FurnitureKind | None:
    """What kind of furniture a line is that says nothing but a known phrase."""
    kind = _kind_of(row.plain) if row.words <= 24 else None
    return None if kind in (None, "menu") else cast("FurnitureKind", kind)


def is_menu_word(row: Row) -> bool:
    """Whether a line says what menus say."""
    return row.words <= 6 and (row.plain in _phrases()[0] or phrase_kind(row) is not None)


def said_kinds(raw: str) -> list[str | None]:
    """The kinds of the parts of a line, which bars, wide gaps or sentence ends set apart; `None` for other words."""
    parts = [comparable(part).strip(_MARKS) for part in _PARTS.split(raw)]
    return [_kind_of(part) for part in parts if part and not part.isdigit()]


def menu_words(parts: list[str]) -> int:
    """How many of these folded parts are words of menus."""
    return sum(part.strip(_MARKS) in _phrases()[0] for part in parts)


def is_continued(text: str, before: Row | None, row: Row, after: Row | None) -> bool:
    """Whether a line is a piece of a wrapped sentence: phrases are only furniture where they stand alone."""
    opened = before is not None and not before.ends and len(before.raw) >= _WRAPPED and row.raw[:1].islower()
    goes_on = after is not None and not row.ends and len(row.raw) >= _WRAPPED and after.raw[:1].islower()
    return bool(
        (opened and before and text.count("\n", before.span.end, row.span.start) < 2)
        or (goes_on and after and text.count("\n", row.span.end, after.span.start) < 2)
    )


def _kind_of(plain: str) -> str | None:
    whole, beginnings = _phrases()
    if plain in whole:
        return whole[plain]
    words = plain.split()
    for length in range(min(len(words), _MAX_PHRASE_WORDS), 0, -1):
        kind = beginnings.get(" ".join(words[:length]).rstrip(" .,:;!?"))
        if kind and len(words) <= length + _MAX_PHRASE_WORDS - 2:
            return kind
    return None


@lru_cache(maxsize=1)
def _phrases() -> tuple[dict[str, str], dict[str, str]]:
    """Phrases that are a whole line, and phrases that begin one, with their kinds."""
    whole: dict[str, str] = {}
    beginnings: dict[str, str] = {}
    for entry in Path(__file__).with_name("phrases.tsv").read_text(encoding="utf-8").splitlines():
        if entry and not entry.startswith("#"):
            kind, phrase = entry.split("\t")
            table = beginnings if phrase.endswith("*") else whole
            table.setdefault(comparable(phrase.rstrip("*")).strip(_MARKS), kind)
    return whole, beginnings
