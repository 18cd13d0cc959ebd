"""
Spanish ↔ English: words of a question → words of the other language, with weights.

Our own lexicon comes first (`retrieval/lexicon/`: phrases before words). A word that it does not know is compared with
the words of the statements by a cognate key, which writes both languages alike ("inmigración", "immigration").
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from retrieval.analyzer import is_acronym, stem, stop_words, tokens
from retrieval.cognates import Vocabulary as Vocabulary
from retrieval.cognates import cognate_key as cognate_key
from retrieval.models import Language

LEXICON = Path(__file__).parent / "lexicon"
MAX_TRANSLATIONS = 4
_MARKS = re.compile("[\u0300-\u036f]")

Words = tuple[str, ...]


class Bridged(NamedTuple):
    """
    What one word or phrase of a question is in the other language.

    Attributes:
        source: The word or the words of the phrase, folded.
        groups: Folded surface words of the other language. Every group is a thing to look for, the words in it are
            alternatives: "menores" → (("minors", "children"),), "carga pública" → (("public",), ("charge",)).
            A word that nothing is known about stands for itself.
        weight: 1/√n for n alternatives.
        first, last: Places of its first and last word in what was asked, inclusive.
    """

    source: str
    groups: tuple[Words, ...]
    weight: float
    first: int
    last: int

    @property
    def targets(self) -> Words:
        """All words it was found as, each once."""
        return tuple(dict.fromkeys(word for group in self.groups for word in group))


class _Table:
    """One direction of the lexicon: entries by their own words, and by their stems for every other form."""

    def __init__(self, language: Language, pairs: Iterable[tuple[str, str]]) -> None:
        self._language = language
        self._entries: dict[Words, list[str]] = defaultdict(list)
        for entry, translation in pairs:
            if words := _content_words(entry, language):
                self._entries[words].append(translation)
        self._by_stem: dict[Words, list[Words]] = defaultdict(list)
        for words in self._entries:
            self._by_stem[self._stems(words)].append(words)
        self.longest = max(map(len, self._entries), default=1)

    def translations(self, words: Words) -> list[Words]:
        """Translations of a word or phrase, of the entry with the most letters in common; none if it is unknown."""
        target: Language = "en" if self._language == "es" else "es"
        translated = (_content_words(one, target) for entry in self._nearest(words) for one in self._entries[entry])
        return list(dict.fromkeys(filter(None, translated)))

    def _nearest(self, words: Words) -> list[Words]:
        for same in (words, tuple(map(str.upper, words)), tuple(map(str.lower, words))):
            if same in self._entries:
                return [same]
        entries = self._by_stem.get(self._stems(words), [])
        if not entries and len(words) == 1 and self._language == "es":
            stems = [(one,) for one in _infinitive_stems(words[0])]
            entries = [one for key in stems for one in self._by_stem.get(key, ()) if one[0].endswith(_INFINITIVES)]
        shared = [sum(map(_shared_letters, words, entry)) for entry in entries]
        return [entry for entry, letters in zip(entries, shared, strict=True) if letters == max(shared)]

    def _stems(self, words: Words) -> Words:
        return tuple(stem(word, "en") if self._language == "en" else _spanish_stem(word) for word in words)


def _shared_letters(word: str, other: str) -> int:
    pairs = enumerate(zip(word, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(word), len(other)))


@lru_cache(maxsize=32_768)
def _content_words(text: str, language: Language) -> Words:
    """
    The words of an entry as questions bring them, stop words gone; none where one word is left of several.

    "Por lo menos" would otherwise be read into every "menos".
    """
    if text.isalpha():
        return (text if text.isupper() and 2 <= len(text) <= 8 else text.lower(),)
    words = tuple(token.surface for token in tokens(text, language))
    return words if len(words) > 1 or text.count(" ") == 0 else ()


_HARD_ENDS = (("qu", "c"), ("gu", "g"), ("z", "c"), ("j", "g"))
_STEM_CHANGES = (("ie", "e"), ("ue", "o"), ("i", "e"))
_INFINITIVES = ("ar", "er", "ir")
_ENDING = re.compile(r"(?<=ad|en|an|on|es)es$|(?<=\w{4})mente$")
_FUTURE = re.compile(r"(?<=[aei]r)(?:an?|as|e|emos|ian?|ias|iamos)$")


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


class Bridge:
    """The lexicon, both ways; each direction is prepared when a question first needs it."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        """`pairs`: Spanish and English, the best translation of a word before its others."""
        self._pairs = tuple(pairs)
        self._table = cache(self._make_table)

    @classmethod
    def load(cls) -> Bridge:
        """The lexicon that ships with the project."""
        return _shipped()

    def _make_table(self, source: Language) -> _Table:
        return _Table(source, self._pairs if source == "es" else ((en, es) for es, en in self._pairs))

    def knows(self, word: str, language: Language) -> bool:
        """Whether the lexicon has this folded word, or another form of it, as an entry of its own."""
        return bool(self._table(language).translations((word,)))

    def translate(
        self, words: Sequence[str], source: Language, vocabulary: Vocabulary, *, lookalikes: bool = True
    ) -> list[Bridged]:
        """
        What the words of a question are in the other language, as far as the vocabulary has them.

        The longest phrase wins, and its words are not read again one by one. A word that the vocabulary has as it
        stands (a name, mostly) stays among the alternatives.

        Args:
            words: Folded surface words in order, acronyms in capitals. Stop words are passed over.
            source: Language of the words.
            vocabulary: Of the other language's partition.
            lookalikes: Whether a word that the lexicon does not know may be any word that looks like it; not when it is
                a guess that the words are of this language at all.

        Returns:
            In order of the question; together they cover every word that is no stop word.
        """
        target: Language = "en" if source == "es" else "es"
        table, stops = self._table(source), stop_words(source)
        places = [place for place, word in enumerate(words) if word not in stops]
        found = []
        while places:
            length, groups, weight = _longest(table, [words[place] for place in places], target, vocabulary, lookalikes)
            asked = " ".join(words[place] for place in places[:length])
            found.append(Bridged(asked, groups, weight, places[0], places[length - 1]))
            places = places[length:]
        return found


def _longest(
    table: _Table, words: list[str], target: Language, vocabulary: Vocabulary, lookalikes: bool
) -> tuple[int, tuple[Words, ...], float]:
    """How many of the first words are bridged together, as what groups of alternatives, and with what weight."""
    for length in range(min(table.longest, len(words)), 0, -1):
        translations = table.translations(tuple(words[:length]))
        known = _known(translations, target, vocabulary)
        if length == 1:
            # Of a word whose translations are nowhere in the statements, a look-alike is a guess.
            known = known or (
                [] if translations or not lookalikes else [(one,) for one in vocabulary.cognates(words[0], target)]
            )
            same = dict.fromkeys(((words[0],), (words[0].upper(),)))
            known += [one for one in same if one[0] in vocabulary and one not in known]
        if known:
            return length, _side_by_side(known), 1 / math.sqrt(len(known))
    return 1, ((words[0],),), 1.0


def _known(translations: list[Words], target: Language, vocabulary: Vocabulary) -> list[Words]:
    """The best translations of those whose words all occur, each set of stems once."""
    known = [one for one in translations if all(vocabulary.knows(word, target) for word in one)]
    distinct: dict[frozenset[str], Words] = {}
    for one in known:
        distinct.setdefault(frozenset(stem(word, target) for word in one), one)
    return list(distinct.values())[:MAX_TRANSLATIONS]


def _side_by_side(alternatives: list[Words]) -> tuple[Words, ...]:
    """
    Groups of alternatives, place by place; a shorter alternative's last word stands in for the rest.

    "Temporary Protected Status" or "TPS" → a passage with either has all three.
    """
    longest = max(map(len, alternatives))
    return tuple(
        tuple(dict.fromkeys(one[min(place, len(one) - 1)] for one in alternatives)) for place in range(longest)
    )


@cache
def _shipped() -> Bridge:
    ranked: list[list[tuple[str, str]]] = [[] for _ in range(MAX_TRANSLATIONS)]
    for name, separator in (("words.tsv", ", "), ("phrases.tsv", " | ")):
        for line in _folded_lines(LEXICON / name):
            entry, translations = line.split("\t")
            for place, one in zip(ranked, translations.split(separator), strict=False):
                place.append((entry, one))
    return Bridge(pair for place in ranked for pair in place)


def _folded_lines(path: Path) -> list[str]:
    """Accents off for the whole file at once; case stays, since it tells acronyms."""
    text = _MARKS.sub("", unicodedata.normalize("NFKD", path.read_text("utf-8")))
    return [line for line in text.splitlines() if line and not line.startswith("#")]
