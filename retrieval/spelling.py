"""
A word that no statement has → the word or name of the statements that was meant, or those that may have been.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from corpus.canonical import fold_word
from retrieval.analyzer import Partition, stop_words

MIN_LETTERS = 5
MIN_NAME_LETTERS = 4
MIN_LETTERS_FOR_TWO_EDITS = 8
# A rarer word than this, beside an equally close one, is not taken for the one that was meant.
CLEARLY_MORE = 3
MIN_LIKELY_LETTERS = 3
MAX_LIKELY = 16
# Likelihood of another letter beside that of a letter left out, doubled or swapped with the next.
OTHER_LETTER = 0.5


class Speller:
    """
    Corrects words towards one vocabulary and its names.

    Args:
        vocabulary: Folded surface word of the statements, acronyms in capitals → how often it occurs.
        names: Names of organisations, people and places; each of their words is one to be corrected towards.
    """

    def __init__(self, vocabulary: Mapping[str, int], names: Iterable[str] = ()) -> None:
        self._frequency: dict[str, int] = defaultdict(int)
        self._surface: dict[str, str] = {}
        self._names: set[str] = set()
        for word, frequency in vocabulary.items():
            self._add(word.lower(), word, frequency)
        for name in names:
            for word in name.split():
                word = word.strip(".,;:()\"'“”‘’")
                self._names.add(fold_word(word))
                self._add(fold_word(word), word, 1)
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for folded in sorted(self._frequency):
            self._by_length[len(folded)].append(folded)
        self._letters = frozenset(letter for word in self._frequency if word.isalpha() for letter in word)
        self._closest = lru_cache(maxsize=8192)(self._find_closest)

    def _add(self, folded: str, word: str, frequency: int) -> None:
        if frequency > self._frequency[folded]:
            self._surface[folded] = fold_word(word).upper() if word.isupper() else folded
        self._frequency[folded] += frequency

    def correct(self, word: str) -> str | None:
        """
        What was meant by a word that the statements do not have, folded, acronyms in capitals; `None` to leave it.

        At most 2 edits (a swap of neighbours is one), 1 for 5 to 7 letters. Shorter words are left alone, but for an
        acronym or name that lost or doubled a letter, and any word with two swapped. Numbers are never
        corrected, and nothing is when two words are about as likely.
        """
        folded = fold_word(word)
        if folded in self._frequency or len(folded) < MIN_NAME_LETTERS or not folded.isalpha():
            return None
        found = self._closest(folded)
        return None if found is None else self._surface[found]

    def likely(self, word: str) -> list[tuple[str, float]]:
        """
        The words one mistake away, for somebody who knows more of what was meant: at most 16, the likeliest first.

        Returns:
            Each with its likelihood: 1 for a letter left out, doubled or swapped with the next, less for another
            letter. An acronym is read as acronyms, any other word as words; a known word as nothing.
        """
        folded = fold_word(word)
        if folded in self._frequency or len(folded) < MIN_LIKELY_LETTERS or not folded.isalpha():
            return []
        found = {
            near: 1.0 if folded in _slips(near) else OTHER_LETTER
            for near in self._near(folded, 1)
            if len(near) >= MIN_LIKELY_LETTERS and self._surface[near].isupper() == word.isupper()
        }
        # A letter too many that is not the one beside it makes words of words ("sway", "way").
        meant = [near for near, likelihood in found.items() if likelihood == 1 or len(near) == len(folded)]
        meant.sort(key=lambda near: (-found[near], -self._frequency[near], near))
        return [(self._surface[near], found[near]) for near in meant[:MAX_LIKELY]]

    def _find_closest(self, folded: str) -> str | None:
        best = self._within(folded, 1) or (self._within(folded, 2) if len(folded) >= MIN_LETTERS_FOR_TWO_EDITS else [])
        if not best:
            return None
        first, *others = sorted(best, key=lambda found: (-self._frequency[found], found))
        as_likely = [other for other in others if self._frequency[first] < CLEARLY_MORE * self._frequency[other]]
        return first if all(_same_word(first, other) for other in as_likely) else None

    def _within(self, folded: str, edits: int) -> list[str]:
        return [word for word in self._near(folded, edits) if self._may_be_meant(folded, word)]

    def _near(self, folded: str, edits: int) -> list[str]:
        if edits == 1:
            # What one edit makes of it is a few hundred words, the vocabulary has as many thousands.
            made = _deleted_or_swapped(folded) | _with_another_letter(folded, self._letters)
            return [word for word in made & self._frequency.keys() if word.isalpha()]
        lengths = range(len(folded) - edits, len(folded) + edits + 1)
        near = [word for length in lengths for word in self._by_length.get(length, ())]
        found = process.extract(folded, near, scorer=OSA.distance, score_cutoff=edits, limit=None)
        return [word for word, _, _ in found if word.isalpha()]

    def _may_be_meant(self, folded: str, word: str) -> bool:
        if len(folded) >= MIN_LETTERS:
            return True
        return folded in (_swaps(word) if word not in self._names else {*_swaps(word), *_lost_or_doubled(word)})


def small_word(word: str, languages: Iterable[Partition]) -> str | None:
    """
    The stop word that was meant: with two letters swapped or one doubled, of five letters or more also with one lost.

    Not to be asked for a word that somebody knows: "form" is a word, and "from" with two letters swapped.
    """
    folded = fold_word(word)
    return next((found for language in languages if (found := _slips_of_small(language).get(folded))), None)


@cache
def _slips_of_small(language: Partition) -> dict[str, str]:
    slips: dict[str, str] = {}
    for word in sorted(stop_words(language), key=lambda word: (len(word), word)):
        for slip in _slips(word):
            if len(slip) >= (MIN_LETTERS if len(slip) < len(word) else MIN_NAME_LETTERS):
                slips.setdefault(slip, word)
    return slips


def _same_word(word: str, other: str) -> bool:
    """Whether two candidates are forms of one word ("worker", "workers"), so that either will do."""
    return word.startswith(other) or other.startswith(word)


def _deleted_or_swapped(word: str) -> set[str]:
    return {*_swaps(word), *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def _with_another_letter(word: str, letters: Iterable[str]) -> set[str]:
    """A word with one letter put in, or one in the place of another."""
    return {
        word[:place] + letter + word[place + skipped :]
        for place in range(len(word) + 1)
        for skipped in (0, 1)
        for letter in letters
    }


def _swaps(word: str) -> Iterator[str]:
    """A word with two neighbouring letters swapped: in four letters a safer guess than another letter."""
    for place in range(len(word) - 1):
        yield word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _lost_or_doubled(word: str) -> Iterator[str]:
    """A word with one letter left out, or one doubled."""
    for place, letter in enumerate(word):
        yield word[:place] + word[place + 1 :]
        yield word[:place] + letter + word[place:]


def _slips(word: str) -> frozenset[str]:
    """What fingers make of a word that they know how to spell."""
    return frozenset((*_swaps(word), *_lost_or_doubled(word)))
