"""
A name that somebody types → the one person of the statements who is meant, several to choose from, or nobody.

The same person is printed in more than one way: in capitals, with and without a middle name, with a slip of the pen.
For searching these are one; what is shown keeps the form of its statement. A name that nobody has is nobody's: the
nearest person is somebody else.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, islice, product
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from retrieval.name_forms import TITLES, alias_of
from retrieval.names import Names

# Letters from which one slip, and two, still leave no doubt which name was meant.
_ONE_SLIP, _TWO_SLIPS = 4, 9
_MAX_READINGS = 64
_MAX_NAME_CHARS = 120


class Person(NamedTuple):
    """
    Somebody who speaks.

    Attributes:
        keys: Folded names, as `Names` knows them: one for each spelling.
        shown: The form that most statements print.
    """

    keys: tuple[str, ...]
    shown: str


class Meant(NamedTuple):
    """
    Who is meant by a typed name.

    Attributes:
        person: `None` where it is nobody, or one of several.
        choices: The several, as printed.
        corrected: Typed word, and the word of a name it was read as.
    """

    person: Person | None = None
    choices: tuple[str, ...] = ()
    corrected: tuple[tuple[str, str], ...] = ()


class People:
    """
    Everybody who speaks in the statements of one generation; immutable.

    Args:
        names: Of the generation.
        is_printed: Whether the statements print this folded word anywhere: then it is no typing mistake.
    """

    def __init__(self, names: Names, is_printed: Callable[[str], bool]) -> None:
        self._names = names
        self._is_printed = is_printed
        self._words = {key: name_words(key) for key in names.statements["speaker"]}
        self._holding: dict[str, set[str]] = defaultdict(set)
        for key, words in self._words.items():
            for word in words:
                self._holding[word].add(key)
        self._vocabulary = sorted(self._holding)
        self._persons = self._grouped()

    def meant_by(self, typed: str) -> Meant:
        """
        Who is meant.

        A surname, a first name or initials will do while they are one person's. Case, accents, titles and the order of
        the words make no difference; a slip in a word that no statement prints is forgiven.
        """
        words = name_words(typed[:_MAX_NAME_CHARS])
        keys = self._keys_of(words)
        read: dict[str, str] = {}
        if not keys:
            keys, read = self._corrected(words)
        persons = {self._persons[key] for key in keys}
        whole = {self._persons[key] for key in keys if self._words[key] == words and len(words) > 1}
        persons = whole if len(whole) == 1 else persons
        if len(persons) == 1:
            person = persons.pop()
            return Meant(person, (), _as_printed(read, typed, person.shown))
        # A surname that a statement prints alone is no choice beside the full names: nobody could say who it is.
        fuller = [person for person in persons if len(name_words(person.shown)) > 1]
        return Meant(None, tuple(sorted(person.shown for person in fuller or persons)))

    def everybody(self) -> list[Person]:
        """Every person once."""
        return list(dict.fromkeys(self._persons.values()))

    def of_keys(self, keys: Iterable[str]) -> tuple[str, ...]:
        """These names of `Names` with every other spelling of the same people."""
        return tuple(dict.fromkeys(other for key in keys for other in self._persons[key].keys))

    def _keys_of(self, words: Sequence[str]) -> set[str]:
        """The names that hold all these words; else those that all their own words are among these."""
        whole = [word for word in words if len(word) > 1]
        if not whole:
            return set()
        found = set.intersection(*(self._holding.get(word, set()) for word in whole))
        if found := {key for key in found if _has_initials(self._words[key], words)}:
            return found
        within = set().union(*(self._holding.get(word, set()) for word in whole))
        return {key for key in within if len(self._words[key]) > 1 and _is_form_of(self._words[key], words)}

    def _corrected(self, words: Sequence[str]) -> tuple[set[str], dict[str, str]]:
        """The same for a name with slips in words that no statement prints."""
        readings = [
            [word] if len(word) == 1 or word in self._holding or self._is_printed(word) else self._near(word)
            for word in words
        ]
        found: set[str] = set()
        corrected: dict[str, str] = {}
        for reading in islice(product(*readings), _MAX_READINGS):
            if keys := self._keys_of(reading):
                found |= keys
                corrected |= {word: read for word, read in zip(words, reading, strict=True) if word != read}
        return found, corrected

    def _near(self, word: str) -> list[str]:
        near = process.extract(word, self._vocabulary, scorer=OSA.distance, score_cutoff=2, limit=None)
        return [other for other, _, _ in near if is_slip(word, other)]

    def _grouped(self) -> dict[str, Person]:
        """Name → the person, all spellings together."""
        leader = {key: key for key in self._words}

        def lead(key: str) -> str:
            while leader[key] != key:
                leader[key] = key = leader[leader[key]]
            return key

        for one, other in (*self._slips(), *self._shorter()):
            leader[max(lead(one), lead(other))] = min(lead(one), lead(other))
        groups: dict[str, list[str]] = defaultdict(list)
        for key in sorted(leader):
            groups[lead(key)].append(key)
        persons = (Person(tuple(keys), self._usual(keys)) for keys in groups.values())
        return {key: person for person in persons for key in person.keys}

    def _usual(self, keys: Iterable[str]) -> str:
        printed, shown = self._names.statements["speaker"], self._names.shown
        best = max(keys, key=lambda key: (len(self._words[key]) > 1, len(printed[key]), len(key), key))
        return shown("speaker", best)

    def _slips(self) -> Iterator[tuple[str, str]]:
        """Names that are equal but for the spelling of one word."""
        alike: dict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
        for key, words in self._words.items():
            if len(words) > 1:
                for place, word in enumerate(words):
                    alike[*words[:place], "", *words[place + 1 :]].append((word, key))
        for group in alike.values():
            for (word, key), (other, same) in combinations(group, 2):
                if word == other or is_slip(word, other):
                    yield key, same

    def _shorter(self) -> Iterator[tuple[str, str]]:
        """Names with a fuller form of them, where all fuller forms are of one person."""
        for key, words in self._words.items():
            sharing = (self._holding[word] for word in words if len(word) > 1)
            within = set.intersection(*found) if (found := list(sharing)) else set()
            fuller = {other for other in within if other != key and _is_form_of(words, self._words[other])}
            if fuller:
                fullest = max(fuller, key=lambda other: (len(self._words[other]), other))
                if all(_is_form_of(self._words[other], self._words[fullest]) for other in fuller - {fullest}):
                    yield key, fullest


def name_words(name: str) -> tuple[str, ...]:
    """The folded words of a name, without titles; hyphens join nothing."""
    words = alias_of(name).replace("-", " ").split()
    return tuple(word for word in words if word not in TITLES) or tuple(words)


def is_slip(typed: str, word: str) -> bool:
    """
    Whether one folded word of a name is the other with a letter lost, doubled, wrong or swapped; two in long words.

    Another first letter makes another name (Fernández, Hernández), and so does an ending (Daniel, Daniela).
    """
    shorter, longer = sorted((typed, word), key=len)
    if len(shorter) < _ONE_SLIP or typed[0] != word[0] or not (typed.isalpha() and word.isalpha()):
        return False
    if shorter[: len(longer) - 1] == longer[:-1] and longer[-1] in "aeo":
        return False
    edits = OSA.distance(typed, word)
    if len(shorter) == _ONE_SLIP and len(longer) == _ONE_SLIP:
        # In so short a word another letter is another name: only neighbours may have changed places.
        return edits == 1 and sorted(typed) == sorted(word)
    return edits == 1 or (edits == 2 and len(shorter) >= _TWO_SLIPS)


def _as_printed(read: Mapping[str, str], typed: str, shown: str) -> tuple[tuple[str, str], ...]:
    """Corrections in the forms that were typed and that are printed; folded where these cannot be found."""

    def form(word: str, text: str) -> str:
        return next((part for part in re.split(r"[\s,-]+", text) if name_words(part) == (word,)), word)

    return tuple((form(word, typed), form(other, shown)) for word, other in read.items())


def _is_form_of(short: Sequence[str], full: Sequence[str]) -> bool:
    """Whether one name is the other, less middle names or with initials, or its surname alone."""
    if len(short) >= len(full) and not (len(short) == len(full) and short != full):
        return False
    if len(short) == 1:
        return short[0] in full[1:] and len(short[0]) > 1
    rest = iter(full)
    return _fits(short[0], full[0]) and all(any(_fits(word, other) for other in rest) for word in short)


def _has_initials(full: Sequence[str], typed: Sequence[str]) -> bool:
    """Whether the initials that were typed are those of words of the name that were not."""
    others = [word for word in full if word not in typed]
    return all(any(other[0] == word for other in others) for word in typed if len(word) == 1)


def _fits(word: str, other: str) -> bool:
    return word == other or (min(len(word), len(other)) == 1 and word[0] == other[0])
