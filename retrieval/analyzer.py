"""
Text → terms with spans, for English, Spanish and everything else.

Words are folded (case, accents) **before** they are stemmed, so that "acción" and "accion" are one term. Negation and
"will" are no stop words: they carry what was promised and denied, also inside "won't" and "we'll". An acronym keeps its
capitals as a term of its own: ICE is an agency and ice is not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path
from threading import Lock
from typing import Literal, NamedTuple

from corpus.canonical import fold_word

Partition = Literal["en", "es", "other"]
PARTITIONS: tuple[Partition, ...] = ("en", "es", "other")

_SNOWBALL = {"en": "english", "es": "spanish"}
# What may stand inside a word without being a letter: combining accents, soft hyphens and other invisible characters.
_LETTER = r"[^\W\d_][\u0300-\u036f]*+"
_LETTERS = r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff])*+"
_APOSTROPHE = "['’´`]"
# A word: dotted capitals (U.S., EE. UU., a.m.), digits with separators, or letters with inner apostrophes and hyphens.
# Letters and digits are words of their own, so that SB1070, SB-1070 and SB 1070 are the same.
_TOKEN = re.compile(
    rf"(?P<dotted>(?:(?P<a>{_LETTER})(?P=a)?\.){{2,6}}(?:{_LETTER}(?!\w))?|{_LETTER}\.{_LETTER}(?!\w)"
    r"|(?P<b>[A-Z])(?P=b)\.\s(?P<c>[A-Z])(?P=c)\.)"
    r"|(?P<number>\d+(?:[.,]\d{3})+(?!\d)|\d+)(?:(?:st|nd|rd|th|s)(?![^\W\d_]|[\u0300-\u036f]))?"
    rf"|(?P<word>{_LETTERS}(?:(?:{_APOSTROPHE}|[\-‐‑]){_LETTERS})*)"
)
SPACED, _HALF_SPACED = re.compile(r"([A-Z])\1\.\s([A-Z])\2\."), re.compile(r"([A-Z])\1\.$")
_POSSESSIVE = re.compile(rf"{_APOSTROPHE}s?$", re.IGNORECASE)
# What "we'll" and "won't" say; the apostrophe stays in the surface, for "we'll" is not "well".
_CONTRACTED = re.compile(r"(?:n't|'(?:ll|re|ve|d|m))$")
_WILL = re.compile(r"'ll$")
_NOT = re.compile(r"(?:do|does|did|ca|wo|is|are|was|were|would|could|should|have|has|had|must|need|ai)n'?t|cannot")
_HYPHEN, _NO_HYPHEN = r"[\-‐‑]", r"[^\-‐‑]+"
_SHORT_PART = re.compile(r"^[^\W\d_a]-[^\W\d_]{2,}$|^[^\W\d_]{2,}-[^\W\d_]$")
_PLURAL_ACRONYM = re.compile(r"[A-Z]{2,8}s")
# Words that people write in capitals to be heard.
_EMPHATIC = frozenset(
    "not no never nor none will must all only now stop ya no nunca jamas ni nada basta alto sin".split()
)
MAX_TERM_CHARS = 64
_MAX_REMEMBERED = 1 << 19
# Raise it with every change of terms or stop words: an index that another version made is built anew.
VERSION = 1


class Token(NamedTuple):
    """An occurrence: the analyzed `term`, its `surface` folded but not stemmed, and its span in the text."""

    term: str
    surface: str
    start: int
    end: int


@cache
def word_list(name: str) -> frozenset[str]:
    """The folded words of `stopwords/NAME.txt`, one a line; a line that begins with # is a comment."""
    lines = (Path(__file__).parent / "stopwords" / f"{name}.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def stop_words(language: Partition) -> frozenset[str]:
    """Folded words that never become terms; none outside English and Spanish."""
    return frozenset() if language == "other" else word_list(language)


def tokens(text: str, language: Partition, *, keep_stop_words: bool = False) -> list[Token]:
    """
    The tokens of a text in order.

    Args:
        text: Any text; only its letters and digits count.
        language: Which stop words and stemmer; "other" has neither.
        keep_stop_words: For matching words literally.
    """
    stops = frozenset[str]() if keep_stop_words else stop_words(language)
    found = []
    for surface, start, end in folded_words(text):
        if surface not in stops:
            found.append(Token(stem(surface, language), surface, start, end))
    return found


class SurfaceNumbers:
    """
    Texts → numbers of their folded words, each new word taking the next number: `tokens` for an index that is built.

    What stands between white space is looked at once and then remembered, which is ten times as fast. Only whether a
    line shouts, and dotted capitals with a space in them ("EE. UU."), need more than that.

    Attributes:
        words: The words, by number.
    """

    def __init__(self) -> None:
        self.words: dict[str, int] = {}
        self._chunks: dict[str, tuple[int, ...]] = _Remembered(self._read_chunk)
        self._doubtful: set[str] = set()

    def number(self, word: str) -> int:
        """The number of one folded word."""
        return self.words.setdefault(word, len(self.words))

    def read(self, text: str) -> list[int]:
        """The numbers of the words of a text in order, stop words included."""
        if len(self._chunks) > _MAX_REMEMBERED:
            self._chunks.clear()
            self._doubtful.clear()
        chunks = text.split()
        found = list(chain.from_iterable(map(self._chunks.__getitem__, chunks)))
        if self._doubtful.isdisjoint(chunks):
            return found
        if SPACED.search(text):
            return [self.number(surface) for surface, _, _ in folded_words(text)]
        return list(chain.from_iterable(map(self._read_line, text.split("\n"))))

    def _read_line(self, line: str) -> Iterable[int]:
        chunks = line.split()
        if not self._doubtful.isdisjoint(chunks) and is_shouting(line):
            return [self.number(surface) for surface, _, _ in folded_words(line)]
        return chain.from_iterable(map(self._chunks.__getitem__, chunks))

    def _read_chunk(self, chunk: str) -> tuple[int, ...]:
        word = chunk.rstrip(".,;:!?")
        if is_plain(word):
            return (self.number(word.lower()[:MAX_TERM_CHARS]),)
        surfaces = [surface for surface, _, _ in folded_words(chunk, shouting=False)]
        if _HALF_SPACED.search(chunk) or any(map(is_acronym, surfaces)):
            self._doubtful.add(chunk)
        return tuple(map(self.number, surfaces))


class _Remembered(dict[str, tuple[int, ...]]):
    """What a function gave for each string."""

    def __init__(self, read: Callable[[str], tuple[int, ...]]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, chunk: str) -> tuple[int, ...]:
        found = self[chunk] = self._read(chunk)
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
    """The term of a folded surface word; acronyms and numbers stay as they are, "can't" is a "not"."""
    if language == "other" or is_acronym(surface) or surface[:1].isdigit():
        return surface
    if language == "en" and (_NOT.fullmatch(surface) or _WILL.search(surface)):
        return "not" if _NOT.fullmatch(surface) else "will"
    with _STEMMING:
        # A PyStemmer object must not serve two threads at once.
        return str(_stemmer(language).stemWord(surface))


_STEMMING = Lock()


@cache
def _stemmer(language: Partition):  # type: ignore[no-untyped-def]
    from Stemmer import Stemmer

    return Stemmer(_SNOWBALL[language], 0)


def folded_words(text: str, *, shouting: bool | None = None) -> Iterator[tuple[str, int, int]]:
    """Folded words with their spans; capitals are a raised voice where the line shouts, or as `shouting` says."""
    lines = Lines(text)
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if match.lastgroup == "dotted":
            yield fold_word(re.sub(r"[.\s]", "", match.group())).upper(), start, end
        elif match.lastgroup == "number":
            yield re.sub(r"[.,]", "", match["number"])[:MAX_TERM_CHARS], start, end
        else:
            for part in _parts(match.group()):
                surface = part.folded
                if part.acronym is not None:
                    loud = lines.shout_at(start) if shouting is None else shouting
                    surface = part.folded if loud else part.acronym
                yield surface, start + part.start, start + part.end


class _Part(NamedTuple):
    """A word, or what stands between its hyphens: its place, folded, and as an acronym where it looks like one."""

    start: int
    end: int
    folded: str
    acronym: str | None


@lru_cache(maxsize=131_072)
def _parts(word: str) -> tuple[_Part, ...]:
    if is_plain(word):
        return (_Part(0, len(word), word.lower()[:MAX_TERM_CHARS], None),)
    if _SHORT_PART.search(fold_word(word)):
        # "S-Comm" and "e-mail" are one word; "anti-immigrant" is two.
        return (_Part(0, len(word), _folded(re.sub(_HYPHEN, "", word)), None),)
    found = []
    for match in re.finditer(_NO_HYPHEN, word):
        part = _POSSESSIVE.sub("", match.group()) if len(match.group()) > 2 else match.group()
        if folded := _folded(part):
            found.append(_Part(match.start(), match.start() + len(part), folded, _acronym(part)))
    return tuple(found)


def is_plain(word: str) -> bool:
    """Whether a word is nothing but English letters, none of them a capital but the first."""
    return word.isascii() and word.isalpha() and (word.islower() or word.istitle())


def _folded(word: str) -> str:
    folded = fold_word(word)
    return (folded if _CONTRACTED.search(folded) else folded.replace("'", ""))[:MAX_TERM_CHARS]


def _acronym(word: str) -> str | None:
    word = word[:-1] if _PLURAL_ACRONYM.fullmatch(word) else word
    folded = fold_word(word)
    fits = word.isupper() and 2 <= len(folded) <= 8 and folded.isalpha() and folded not in _EMPHATIC
    return folded.upper() if fits else None


class Lines:
    """Which lines of a text shout; looked at only where a word could be an acronym."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._end = -1
        self._shouts = False

    def shout_at(self, place: int) -> bool:
        """Whether the line at `place` shouts. Places are asked for in ascending order."""
        if place >= self._end:
            start = self._text.rfind("\n", 0, place) + 1
            end = self._text.find("\n", place)
            self._end = end if end >= 0 else len(self._text)
            self._shouts = is_shouting(self._text[start : self._end])
        return self._shouts
