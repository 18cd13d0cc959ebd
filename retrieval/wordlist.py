"""
A bilingual word list, read from one of its two languages: entries by their own words, and by stems for other forms.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path

from retrieval.analyzer import is_acronym, stem, stop_words, tokens
from retrieval.models import Language

MAX_TRANSLATIONS = 4

Words = tuple[str, ...]
Pair = tuple[str, str]

_MARKS = re.compile("[\u0300-\u036f]")
_HARD_ENDS = (("qu", "c"), ("gu", "g"), ("z", "c"), ("j", "g"))
_STEM_CHANGES = (("ie", "e"), ("ue", "o"), ("i", "e"))
_INFINITIVES = ("ar", "er", "ir")
_ENDING = re.compile(r"(?<=ad|en|an|on|es)es$|(?<=\w{4})mente$")
_FUTURE = re.compile(r"(?<=[aei]r)(?:an?|as|e|emos|ian?|ias|iamos)$")


def baked_path(data_dir: Path) -> Path:
    """Where `onrecord lexicon build` leaves the further list of a data directory."""
    return data_dir / "lexicon" / "apertium.tsv"


def read_pairs(files: Iterable[tuple[Path, str]]) -> Iterator[Pair]:
    """
    Spanish and English, accents off; the best translation of every word before anybody's second best.

    Args:
        files: Each with what separates its translations. What a later file says comes after all of the earlier ones.
    """
    for path, separator in files:
        rows = [line.partition("\t") for line in _folded_lines(path)]
        split = [(entry, translations.split(separator)) for entry, _, translations in rows]
        for place in range(MAX_TRANSLATIONS):
            yield from ((entry, ones[place]) for entry, ones in split if len(ones) > place)


def _folded_lines(path: Path) -> list[str]:
    """Accents off for the whole file at once; case stays, since it tells acronyms."""
    text = _MARKS.sub("", unicodedata.normalize("NFKD", path.read_text("utf-8")))
    return [line for line in text.splitlines() if line and not line.startswith("#")]


class WordList:
    """One direction of a list. Words are taken apart and stemmed for one initial at a time, when one is asked for."""

    def __init__(self, language: Language, pairs: Iterable[Pair]) -> None:
        """`language` is that of the first of each pair; pairs in order of how good the translation is."""
        self._language = language
        self._pairs: dict[str, list[Pair]] = defaultdict(list)
        stops = stop_words(language)
        for pair in pairs:
            first = pair[0]
            if " " in first:
                # Questions leave out a stop word that a phrase begins with.
                words = first.replace("-", " ").split()
                first = next((word for word in words if word.lower() not in stops or _is_acronym(word)), first)
            self._pairs[first[:1].lower()].append(pair)
        self._entries = cache(self._make_entries)
        self._by_stem = cache(self._make_stems)
        self.longest = cache(self._find_longest)

    def translations(self, words: Words) -> list[Words]:
        """Translations of a word or phrase, of the entry with the most letters in common; none if it is unknown."""
        target: Language = "en" if self._language == "es" else "es"
        entries = self._entries(words[0][:1].lower())
        translated = (content_words(one, target) for entry in self._nearest(words) for one in entries[entry])
        return list(dict.fromkeys(filter(None, translated)))

    def _find_longest(self, initial: str) -> int:
        """Words of the longest entry that begins with this letter."""
        return max(map(len, self._entries(initial)), default=1)

    def _make_entries(self, initial: str) -> dict[Words, list[str]]:
        entries: dict[Words, list[str]] = defaultdict(list)
        for entry, translation in self._pairs.get(initial, ()):
            if words := content_words(entry, self._language):
                entries[words].append(translation)
        return entries

    def _make_stems(self, initial: str, length: int) -> dict[Words, list[Words]]:
        """The entries of so many words by their stems: most words of a question stand in the list as they are."""
        by_stem: dict[Words, list[Words]] = defaultdict(list)
        for words in self._entries(initial):
            if len(words) == length:
                by_stem[self._stems(words)].append(words)
        return by_stem

    def _nearest(self, words: Words) -> list[Words]:
        initial = words[0][:1].lower()
        for same in (words, tuple(map(str.upper, words)), tuple(map(str.lower, words))):
            if same in self._entries(initial):
                return [same]
        by_stem = self._by_stem(initial, len(words))
        entries = by_stem.get(self._stems(words), [])
        if not entries and len(words) == 1 and self._language == "es":
            stems = [(one,) for one in _infinitive_stems(words[0])]
            entries = [one for key in stems for one in by_stem.get(key, ()) if one[0].endswith(_INFINITIVES)]
        shared = [sum(map(_shared_letters, words, entry)) for entry in entries]
        return [entry for entry, letters in zip(entries, shared, strict=True) if letters == max(shared)]

    def _stems(self, words: Words) -> Words:
        return tuple(stem(word, "en") if self._language == "en" else _spanish_stem(word) for word in words)


def _is_acronym(word: str) -> bool:
    """Whether it is written as an acronym: "US" is no pronoun."""
    return word.isupper() and len(word) > 1


def _shared_letters(word: str, other: str) -> int:
    pairs = enumerate(zip(word, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(word), len(other)))


@lru_cache(maxsize=32_768)
def content_words(text: str, language: Language) -> Words:
    """
    The words of an entry as questions bring them, stop words gone; none where one word is left of several.

    "Por lo menos" would otherwise be read into every "menos".
    """
    if text.isalpha():
        return (text if text.isupper() and 2 <= len(text) <= 8 else text.lower(),)
    words = tuple(token.surface for token in tokens(text, language))
    return words if len(words) > 1 or text.count(" ") == 0 else ()


@lru_cache(maxsize=32_768)
def _spanish_stem(word: str) -> str:
    """
    The stem that the forms of a Spanish word share.

    Snowball reads accents, which folding took: it leaves the "i" of "-ió", and "ciudad" and "ciudades" apart.
    """
    if is_acronym(word):
        return word
    stemmed = stem(_ENDING.sub("", word), "es")
    stemmed = stemmed[:-1] if len(stemmed) > 3 and stemmed.endswith("i") else stemmed
    for soft, hard in _HARD_ENDS:
        if stemmed.endswith(soft) and len(stemmed) > len(soft) + 1:
            return stemmed.removesuffix(soft) + hard
    return stemmed


def _infinitive_stems(word: str) -> list[str]:
    """Stems of the infinitives that a form may be of: "protegerán" → "proteg-", "encuentran" → "encontr-"."""
    stems = [_spanish_stem(_FUTURE.sub("", word))]
    for changed, plain in _STEM_CHANGES:
        head, found, tail = stems[0].rpartition(changed)
        if found and tail and not set(tail) & set("aeiou"):
            stems.append(head + plain + tail)
    return stems
