"""
Spanish ↔ English: words of a question → words of the other language, with weights.

Our own lexicon comes first (`retrieval/lexicon/`: phrases before words). A word that it does not know is compared with
the words of the statements by a cognate key, which writes both languages alike ("inmigración", "immigration").
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from retrieval.analyzer import stem, stop_words
from retrieval.cognates import Vocabulary as Vocabulary
from retrieval.cognates import cognate_key as cognate_key
from retrieval.models import Language
from retrieval.wordlist import MAX_TRANSLATIONS as MAX_TRANSLATIONS
from retrieval.wordlist import Pair, WordList, Words, read_pairs

LEXICON = Path(__file__).parent / "lexicon"
# The forms come last: "return" is "volver" before it is "vuelve".
_FILES = (("words.tsv", ", "), ("phrases.tsv", " | "), ("forms.tsv", ", "))


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


class Bridge:
    """Our lexicon, and behind it any further one, both ways; each is prepared when a question first needs it."""

    def __init__(self, further: Path | None = None) -> None:
        """`further`: Another list in the format of `words.tsv`, asked for the words that ours does not know."""
        self._further = further
        self._ours = cache(self._list_ours)
        self._others = cache(self._list_others)

    @classmethod
    def load(cls, further: Path | None = None) -> Bridge:
        """The lexicon that ships with the project, once for all who ask with the same further list."""
        return _loaded(further)

    def knows(self, word: str, language: Language) -> bool:
        """Whether the lexicon has this folded word, or another form of it, as an entry of its own."""
        return bool(self._translations((word,), language))

    def _translations(self, words: Words, source: Language) -> list[Words]:
        found = self._ours(source).translations(words)
        # Further lists are not ours to vouch for: their phrases would take words away from our entries.
        return found if found or self._further is None or len(words) > 1 else self._others(source).translations(words)

    def _list_ours(self, source: Language) -> WordList:
        return _listed(source, [(LEXICON / name, separator) for name, separator in _FILES])

    def _list_others(self, source: Language) -> WordList:
        return _listed(source, [(self._further, ", ")] if self._further else [])

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
        stops = stop_words(source)
        places = [place for place, word in enumerate(words) if word not in stops]
        found = []
        while places:
            left = [words[place] for place in places]
            length, groups, weight = self._longest(left, source, vocabulary, lookalikes)
            asked = " ".join(words[place] for place in places[:length])
            found.append(Bridged(asked, groups, weight, places[0], places[length - 1]))
            places = places[length:]
        return found

    def _longest(
        self, words: list[str], source: Language, vocabulary: Vocabulary, lookalikes: bool
    ) -> tuple[int, tuple[Words, ...], float]:
        """How many of the first words are bridged together, as what groups of alternatives, and with what weight."""
        target: Language = "en" if source == "es" else "es"
        for length in range(min(self._ours(source).longest(words[0][:1].lower()), len(words)), 0, -1):
            translations = self._translations(tuple(words[:length]), source)
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
def _loaded(further: Path | None) -> Bridge:
    return Bridge(further)


def _listed(source: Language, files: Iterable[tuple[Path, str]]) -> WordList:
    pairs: Iterable[Pair] = read_pairs(files)
    return WordList(source, pairs if source == "es" else ((en, es) for es, en in pairs))
