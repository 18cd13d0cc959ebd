"""
Everyday words of a question → the words that statements print for the same thing, in the same language.

"Kicked out" is printed as "deported", "chamba" as "trabajo". The sets are in `retrieval/lexicon/synonyms.tsv`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from retrieval.analyzer import stem, stop_words, tokens
from retrieval.models import Language

SYNONYMS = Path(__file__).parent / "lexicon" / "synonyms.tsv"
MAX_WORDS = 5  # content words of an entry, at the most
# Marks the key of an entry that stop words were cut from ("locked up"): only its very word is read, no other form.
AS_TYPED = "="
Words = tuple[str, ...]


class Synonym(NamedTuple):
    """
    What else a word or phrase of a question is called; `first` and `last` are its places there, inclusive.

    Alternatives are one or more folded surface words each, stop words gone, acronyms in capitals.
    """

    first: int
    last: int
    alternatives: tuple[Words, ...]


class Synonyms:
    """The sets, from lines as in the file; each language is prepared when a question first needs it."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = tuple(lines)
        self._table = cache(self._make_table)

    @staticmethod
    @cache
    def load() -> Synonyms:
        """The sets that ship with the project."""
        return Synonyms(SYNONYMS.read_text("utf-8").splitlines())

    def find(self, words: Sequence[str], language: Language) -> list[Synonym]:
        """
        The words and phrases of a question that have other names, in order; the longest wins, none overlap.

        `words` are folded surface words in order, acronyms in capitals; stop words may be there or gone.
        """
        table, stops = self._table(language), stop_words(language)
        places = [place for place, word in enumerate(words) if word not in stops]
        found = []
        while places:
            stems = _stems([words[place] for place in places[:MAX_WORDS]], language)
            length = next((n for n in range(len(stems), 1, -1) if stems[:n] in table), 1)
            form = (AS_TYPED, words[places[0]].lower())
            if alternatives := table.get(form if length == 1 and form in table else stems[:length]):
                found.append(Synonym(places[0], places[length - 1], alternatives))
            places = places[length:]
        return found

    def _make_table(self, language: Language) -> dict[Words, tuple[Words, ...]]:
        table = {}
        for line in self._lines:
            if line.startswith(f"{language}\t"):
                typed, printed = (entries(half, language) for half in line[3:].partition(" > ")[::2])
                others = {_stems(words, language): words for key, words in printed or typed if key[0] != AS_TYPED}
                for key, words in typed:
                    itself = _stems(words, language)
                    table[key] = tuple(other for stems, other in others.items() if stems != itself)
        return table


def entries(half: str, language: Language) -> list[tuple[Words, Words]]:
    """The key and the content words of each entry in one half of a line."""
    found = []
    for entry in filter(None, half.split(", ")):
        words = tuple(token.surface for token in tokens(entry, language))
        cut = len(words) == 1 and " " in entry
        found.append(((AS_TYPED, words[0].lower()) if cut else _stems(words, language), words))
    return found


def _stems(words: Iterable[str], language: Language) -> Words:
    return tuple(stem(word.lower(), language) for word in words)
