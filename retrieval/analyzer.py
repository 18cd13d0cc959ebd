"""
Text → terms with spans, for English, Spanish and everything else.

Words are folded (case, accents) **before** they are stemmed, so that "acción" and "accion" are one term. Negation and
"will" are no stop words: they carry what was promised and denied. An acronym keeps its capitals as a term of its own:
ICE is an agency and ice is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import Literal, NamedTuple

from corpus.canonical import fold_word

Partition = Literal["en", "es", "other"]
PARTITIONS: tuple[Partition, ...] = ("en", "es", "other")

_SNOWBALL = {"en": "english", "es": "spanish"}
# A word: dotted capitals (U.S., EE.UU.), digits with separators, or letters with inner apostrophes, hyphens and soft
# hyphens. Bounded at 64 characters: nothing longer is a word.
_TOKEN = re.compile(
    r"(?P<dotted>(?:[^\W\d_]{1,2}\.){2,6}(?:[^\W\d_]{1,2}\b)?|[^\W\d_]\.[^\W\d_]\b)"
    r"|(?P<number>\d+(?:[.,]\d{3})+(?!\d)|\d+)(?:st|nd|rd|th)?"
    r"|(?P<word>[^\W_][\w\u00ad]*(?:['’\-‐‑][^\W_][\w\u00ad]*)*)"
)
_POSSESSIVE = re.compile(r"['’]s?$", re.IGNORECASE)
_SHORT_PART = re.compile(r"^[^\W\d_aA][-‐‑][^\W\d_]{2,}$|^[^\W\d_]{2,}[-‐‑][^\W\d_]$")
MAX_TERM_CHARS = 64


class Token(NamedTuple):
    """An occurrence: the analyzed `term`, its `surface` folded but not stemmed, and its span in the text."""

    term: str
    surface: str
    start: int
    end: int


@cache
def stop_words(language: Partition) -> frozenset[str]:
    """Folded words that never become terms; none outside English and Spanish."""
    if language == "other":
        return frozenset()
    return frozenset((Path(__file__).parent / "stopwords" / f"{language}.txt").read_text("utf-8").split())


def tokens(text: str, language: Partition, *, keep_stop_words: bool = False) -> list[Token]:
    """
    The tokens of a text in order.

    Args:
        text: Any text; only its letters and digits count.
        language: Which stop words and stemmer; "other" has neither.
        keep_stop_words: For matching words literally.
    """
    stops = frozenset[str]() if keep_stop_words else stop_words(language)
    shouting = is_shouting(text)
    found = []
    for surface, start, end in _words(text, shouting=shouting):
        if surface not in stops:
            found.append(Token(stem(surface, language), surface, start, end))
    return found


def terms(text: str, language: Partition) -> list[str]:
    """The terms of a text in order, repeated as often as they occur."""
    return [token.term for token in tokens(text, language)]


def is_shouting(text: str) -> bool:
    """Whether most letters are capitals, so that capitals tell no acronym from a word."""
    letters = sum(map(str.isalpha, text))
    return letters > 12 and sum(map(str.isupper, text)) > 0.7 * letters


def is_acronym(surface: str) -> bool:
    """Whether a folded surface is one that kept its capitals."""
    return surface[:1].isupper()


@lru_cache(maxsize=131_072)
def stem(surface: str, language: Partition) -> str:
    """The term of a folded surface word; acronyms and numbers stay as they are."""
    if language == "other" or is_acronym(surface) or surface[:1].isdigit():
        return surface
    with _STEMMING:
        # A PyStemmer object must not serve two threads at once.
        return str(_stemmer(language).stemWord(surface))


_STEMMING = Lock()


@cache
def _stemmer(language: Partition):  # type: ignore[no-untyped-def]
    from Stemmer import Stemmer

    return Stemmer(_SNOWBALL[language], 0)


def _words(text: str, *, shouting: bool) -> Iterator[tuple[str, int, int]]:
    for match in _TOKEN.finditer(text):
        word = match.group()
        start, end = match.span()
        if match["dotted"]:
            yield word.replace(".", "").upper()[:MAX_TERM_CHARS], start, end
        elif match["number"]:
            yield re.sub(r"[.,]", "", match["number"])[:MAX_TERM_CHARS], start, end
        elif "-" in word or "‐" in word or "‑" in word:
            yield from _hyphenated(word, start, shouting=shouting)
        else:
            yield from _one(word, start, shouting=shouting)


def _hyphenated(word: str, start: int, *, shouting: bool) -> Iterator[tuple[str, int, int]]:
    if _SHORT_PART.search(word):
        # "S-Comm" and "e-mail" are one word; "anti-immigrant" is two.
        yield from _one(re.sub(r"[-‐‑]", "", word), start, shouting=True, length=len(word))
        return
    for part in re.finditer(r"[^\-‐‑]+", word):
        yield from _one(part.group(), start + part.start(), shouting=shouting)


def _one(word: str, start: int, *, shouting: bool, length: int | None = None) -> Iterator[tuple[str, int, int]]:
    word = _POSSESSIVE.sub("", word) if len(word) > 2 else word
    end = start + (len(word) if length is None else length)
    acronym = not shouting and 2 <= len(word) <= 8 and word.isalpha() and word.isupper()
    folded = fold_word(word).replace("'", "").replace(" ", "")
    if folded:
        yield (folded.upper() if acronym else folded)[:MAX_TERM_CHARS], start, end
