"""
Words of two languages that look alike: a key that writes both the same way, and the vocabulary it is looked up in.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler, Levenshtein

from retrieval.analyzer import stem
from retrieval.models import Language

MIN_SIMILARITY = 0.8
MIN_JARO_WINKLER = 0.9
# Shorter keys have too many neighbours: "sol" and "son" are no cognates, nor "uso" and "US".
MIN_KEY = 3
MIN_FUZZY_KEY = 4
MAX_COGNATES = 4

# Endings of both languages after plural marks and final vowels are off, longest first by lookup.
_ENDINGS = {
    **dict.fromkeys(("cion", "ccion", "sion", "xion", "tion", "ction", "ssion"), "cion"),
    **dict.fromkeys(("dad", "tad"), "t"),
    **dict.fromkeys(("ar", "ad", "ated", "atat"), "at"),
    **{"mient": "ment", "ous": "os", "ical": "ic", "our": "or", "izar": "iz", "ificar": "if"},
    **{f"{letter}er": f"{letter}r" for letter in "bcdfgpt"},
}
_SPELLINGS = {
    **{"ph": "f", "th": "t", "ch": "c", "ck": "c", "qu": "c", "cu": "c", "ct": "t", "pt": "t", "nm": "m"},
    **{"ie": "e", "ue": "o", "k": "c", "z": "c", "y": "i", "h": "", "j": "g", "v": "b"},
}
_SPELLING = re.compile(r"ph|th|ch|ck|qu|cu(?=[aeio])|ct|pt|nm|ie|ue|[kzyhjv]")
_DOUBLE = re.compile(r"(.)\1+")
_SPANISH_S = re.compile(r"^es(?=[bcdfglmnpqrtvz])")
_VOWELS = "aeiouy"


def cognate_key(word: str) -> str:
    """
    What a folded word of either language has in common with its cognate: "libertad" and "liberty" → "libert".

    Endings first (-ción/-tion, -dad/-ty, -mente), then spelling (ph/f, qu/c, es-/s-, double letters, final vowels).
    """
    word = word.lower()
    if len(word) > 8 and word.endswith("mente"):
        word = word[:-5]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    bare = word.rstrip(_VOWELS) or word
    for length in (6, 5, 4, 3, 2):
        if len(bare) > length + 1 and (ending := _ENDINGS.get(bare[-length:])) is not None:
            bare = bare[:-length] + ending
            break
    return _spell(bare)


def _spell(word: str) -> str:
    spelled = _SPELLING.sub(lambda match: _SPELLINGS[match.group()], _SPANISH_S.sub("s", word))
    return _DOUBLE.sub(lambda match: match[1], spelled)


@lru_cache(maxsize=32_768)
def _initial(prefix: str) -> str:
    return _spell(prefix)[:1]


class Vocabulary:
    """
    The words of one partition of an index, prepared for being looked up from the other language.

    Keys and stems are made for one initial at a time, when a question first needs them.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        by_prefix, self._by_initial = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
        for word in self._words:
            by_prefix[word[:3].lower()].append(word)
        for prefix, some in by_prefix.items():
            self._by_initial[_initial(prefix)] += some
        self._keys = cache(self._make_keys)
        self._stems = cache(self._make_stems)
        self.cognates = lru_cache(maxsize=8192)(self._find_cognates)

    @classmethod
    def build(cls, words: Iterable[str]) -> Vocabulary:
        """A vocabulary of folded surface words, acronyms in capitals."""
        return cls(words)

    def prepare(self, language: Language) -> None:
        """Make all keys and stems now."""
        for initial in self._by_initial:
            self._keys(initial)
            self._stems(initial, language)

    def __contains__(self, word: object) -> bool:
        return word in self._words

    def knows(self, word: str, language: Language) -> bool:
        """Whether the word or another form of it occurs."""
        return word in self._words or stem(word, language) in self._stems(_initial(word[:3].lower()), language)

    def _make_keys(self, initial: str) -> dict[str, list[str]]:
        keys: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._by_initial.get(initial, ())):
            keys[cognate_key(word)].append(word)
        return keys

    def _make_stems(self, initial: str, language: Language) -> frozenset[str]:
        return frozenset(stem(word, language) for word in self._by_initial.get(initial, ()))

    def _find_cognates(self, word: str, language: Language) -> tuple[str, ...]:
        """Words of the vocabulary that look like this foreign one, the closest only, one a stem; often none."""
        key, keys = cognate_key(word), self._keys(_initial(word[:3].lower()))
        nearest = [key] if len(key) >= MIN_KEY and key in keys else _nearest(key, keys)
        alike = sorted(
            (found for near in nearest for found in keys[near] if _may_be_cognate(word, found)),
            key=lambda found: (-Levenshtein.normalized_similarity(word, found.lower()), found),
        )
        return tuple({stem(found, language): found for found in reversed(alike)}.values())[::-1][:MAX_COGNATES]


def _may_be_cognate(word: str, found: str) -> bool:
    """A number or an acronym is nobody's cognate; letter for letter the same it may be."""
    return found[:1].islower() or word.upper() == found


def _nearest(key: str, keys: Iterable[str]) -> list[str]:
    if len(key) < MIN_FUZZY_KEY or key.isdigit():
        return []
    for scorer, cutoff in (
        (Levenshtein.normalized_similarity, MIN_SIMILARITY),
        (JaroWinkler.normalized_similarity, MIN_JARO_WINKLER),
    ):
        found = process.extract(key, list(keys), scorer=scorer, score_cutoff=cutoff, limit=MAX_COGNATES)
        if found:
            return [near for near, score, _ in found if score == found[0][1]]
    return []
