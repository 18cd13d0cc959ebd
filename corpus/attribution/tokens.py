"""
Words and punctuation between quotes, with what their letters show.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from corpus.attribution import lexicon
from corpus.attribution.lexicon import Phrases, key

_TOKEN = re.compile(
    r"""(?=..?\.)(?:                                    # few words have their full stop so early
      (?:[^\W\d_]\.){2,}                               # U.S.  J.D.
    | (?:[^\W\d_a-z][a-z]?\.){2,}                      # Ph.D.  M.Ed.
    | [^\W\d_]\.(?=[^\S\n]?[^\W\d_])                   # J. Ruiz
    | (?<=[ ])[^\W\d_a-z]\.(?=,))                        # Maria T., nurse
    | [^\W_]+(?:['’\-‑][^\W_]+)*(?:(?<=[sS])['’](?=\s))?  # O’Leary  co-founder  Workers’
    | \n | [^\s*_#>|]""",
    re.VERBOSE,
)
_POSSESSIVE = re.compile(r"(?:['’]s|s['’])$", re.IGNORECASE)
# al-Khatib, d’Angelo: the capital comes second.
_PREFIXED = re.compile(r"(?:al|el|as|ad|an|ar|ash|at|d|l|o)[-'’‑][^\W\d_a-z]")
_SENTENCE_END = frozenset(".!?…")


class Shape(NamedTuple):
    """
    What the letters of a token show, told once for all places where it stands.

    Attributes:
        is_word: Begins with a letter.
        is_capital: Is a word with a capital first.
        is_prefixed: Its capital stands behind a particle of its own.
        is_initial: One capital letter with its full stop.
        is_acronym: Two or more capitals.
        is_possessive: Ends in an English possessive.
        is_head: Makes a title: director, coordinadora, vice-president.
        owner: The key without the possessive ending.
    """

    is_word: bool
    is_capital: bool
    is_prefixed: bool
    is_initial: bool
    is_acronym: bool
    is_possessive: bool
    is_head: bool
    owner: str


class Token:
    """
    A word, a mark or a hard line end (`"\\n"`); `start` and `end` count code points of the canonical text.

    Its shape is asked for again and again, so that each part of it is an attribute of the token.
    """

    __slots__ = ("end", "key", "start", "text", *Shape._fields)

    def __init__(self, text: str, key: str, start: int, end: int) -> None:
        self.text, self.key, self.start, self.end = text, key, start, end
        (
            self.is_word,
            self.is_capital,
            self.is_prefixed,
            self.is_initial,
            self.is_acronym,
            self.is_possessive,
            self.is_head,
            self.owner,
        ) = _shape(text, key)


Tokens = Sequence[Token]


@lru_cache(maxsize=65536)
def _shape(text: str, key: str) -> Shape:
    is_word, is_capital = text[0].isalpha(), text[0].isupper()
    return Shape(
        is_word=is_word,
        is_capital=is_capital,
        is_prefixed=bool(_PREFIXED.match(text)),
        is_initial=len(text) == 2 and text[1] == "." and is_capital,
        is_acronym=not text[1:].islower() and _is_acronym(text),
        is_possessive=bool(_POSSESSIVE.search(text)),
        is_head=key in lexicon.HEADS or ("-" in key and is_word and key.rpartition("-")[2] in lexicon.HEADS),
        owner=key[:-2] if key.endswith("'s") else key.rstrip("'"),
    )


def _is_acronym(word: str) -> bool:
    letters = [c for c in word if c.isalpha()]
    return len(letters) > 1 and sum(c.isupper() for c in letters) * 2 > len(letters) and letters[-2].isupper()


def tokenise(
    text: str, start: int, end: int, hard: frozenset[int] = frozenset(), *, shout: bool = False
) -> list[Token]:
    """
    Tokens of `text[start:end]`.

    Args:
        hard: Places of line ends that end a line of their own; the other line ends were wrapping and are left out.
        shout: The text is in capitals: judge its words as if only their first letters were.
    """
    found: list[Token] = []
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        at, stop = match.span()
        if word == "\n" and at not in hard:
            continue
        if word == "." and found and found[-1].end == at and found[-1].key in lexicon.ABBREVIATIONS:
            last = found.pop()
            found.append(Token(last.text + ".", last.key, last.start, stop))
            continue
        shown = word.title() if shout and len(word) > 1 and word.isupper() else word
        found.append(Token(shown, _key_of(word), at, stop))
    return found


@lru_cache(maxsize=65536)
def _key_of(word: str) -> str:
    return key(word).rstrip(".") if word[0].isalpha() else word


def calm_lines(tokens: list[Token], acronyms: frozenset[str]) -> list[Token]:
    """The tokens with lines all in capitals as if written in mixed case, acronyms that the text uses aside."""
    calm: list[Token] = []
    line: list[Token] = []
    for token in [*tokens, None]:
        if token and token.text != "\n":
            line.append(token)
            continue
        words = [t for t in line if t.is_word]
        if len(words) > 1 and all(t.text.isupper() for t in words):
            line = [_calm(t) if t.is_word and t.text not in acronyms else t for t in line]
        calm += [*line, token] if token else line
        line = []
    return calm


def _calm(token: Token) -> Token:
    return Token(token.text.title(), token.key, token.start, token.end) if len(token.text) > 1 else token


def phrase_end(tokens: Tokens, place: int, phrases: Phrases) -> int | None:
    """Where the longest phrase of the list that starts at `place` ends."""
    if place >= len(tokens):
        return None
    for words in phrases.get(tokens[place].key, ()):
        if len(words) == 1 or tuple(t.key for t in tokens[place : place + len(words)]) == words:
            return place + len(words)
    return None


def is_at(tokens: Tokens, place: int, *marks: str) -> bool:
    """Whether one of these marks stands at `place`."""
    return 0 <= place < len(tokens) and tokens[place].text in marks


def is_key(tokens: Tokens, place: int, *keys: str) -> bool:
    """Whether one of these words stands at `place`."""
    return 0 <= place < len(tokens) and tokens[place].key in keys


def last_sentence(tokens: Tokens) -> int:
    """Where the last sentence or line of these tokens begins; marks that end the tokens do not count."""
    for place in range(len(tokens) - 2, -1, -1):
        token = tokens[place]
        if token.text == "\n" or (token.text in _SENTENCE_END and tokens[place + 1].text not in ",;:"):
            return place + 1
    return 0


def sentence_end(tokens: Tokens, place: int) -> int:
    """Where the sentence or line that holds `place` ends, its full stop included."""
    while place < len(tokens):
        if tokens[place].text == "\n":
            return place
        place += 1
        if tokens[place - 1].text in _SENTENCE_END:
            return place
    return place


def opens_sentence(tokens: Tokens, place: int) -> bool:
    """Whether a sentence begins at `place`."""
    return place == 0 or tokens[place - 1].text in _SENTENCE_END or tokens[place - 1].text == "\n"


def ends_sentence(tokens: Tokens) -> bool:
    """Whether the tokens end like a sentence, not like a headline."""
    return bool(tokens) and tokens[-1].text in _SENTENCE_END


def is_adverb(token: Token) -> bool:
    """Whether it may stand between a cue and its subject without changing who speaks."""
    return token.key in lexicon.ADVERBS or (token.text.islower() and token.key.endswith(("ly", "mente")))


def is_verblike(tokens: Tokens, at: int) -> bool:
    """Whether a word in lower case ends as a verb of telling would: laughed, reads, presumió, decía, nos regaña."""
    if at >= len(tokens) or not tokens[at].text.isalpha() or not tokens[at].text.islower():
        return False
    word, text = tokens[at].key, tokens[at].text
    if (
        len(word) < 4
        or word in lexicon.FUNCTION
        or word in lexicon.PREPOSITIONS
        or word in lexicon.HEADS
        or word in lexicon.MODIFIERS
    ):
        return False
    clitic = at > 0 and tokens[at - 1].key in {"me", "te", "le", "nos", "les", "se"}
    english = word.endswith("ed") or (word.endswith("s") and not word.endswith(("ss", "us", "is")))
    return english or text.endswith(("ó", "aba", "ía")) or (clitic and text.endswith(("a", "e", "an", "en")))
