"""
Who says what in the statements of a generation, each utterance once: a release and its copy quote the same words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from corpus.canonical import fold_word
from corpus.duplicates import evidence
from corpus.models import Quote, Statement
from corpus.shingles import words_of
from retrieval.passages import spoken_quotes
from retrieval.quote_search.people import People

# Shorter parts ("Yes, we can") are said again on other days.
_TELLING_WORDS = 5


class Spoken(NamedTuple):
    """A part of a statement that somebody speaks."""

    statement: Statement
    quote: Quote

    @property
    def key(self) -> tuple[str, int]:
        """What tells it from every other: statement id and where it starts."""
        return self.statement.id, self.quote.start


class Utterances:
    """
    The quotes of every statement, and which of them are one utterance; immutable.

    Parts of one utterance are one, and so are the same words of one person in two statements; where one of the two does
    not say who speaks, its words are enough.
    """

    def __init__(self, statements: Iterable[Statement], people: People) -> None:
        self._people = people
        self._spoken: dict[str, tuple[Spoken, ...]] = {}
        self._numbers: dict[tuple[str, int], int] = {}
        self._repeated: set[int] = set()
        self._ranks: dict[str, int] = {}
        self._words: dict[tuple[str, int], bytes] = {}
        known: dict[bytes, dict[str, int]] = defaultdict(dict)
        for statement in sorted(statements, key=evidence):
            quotes = spoken_quotes(statement)
            self._ranks[statement.id] = len(self._ranks)
            if quotes:
                self._spoken[statement.id] = tuple(Spoken(statement, quote) for quote in quotes)
            for number, parts in groupby(quotes, key=lambda quote: quote.utterance):
                self._add(statement.id, number, list(parts), known)

    def of(self, statement_id: str) -> tuple[Spoken, ...]:
        """The quotes of a statement in order."""
        return self._spoken.get(statement_id, ())

    def everything(self) -> Iterator[Spoken]:
        """All quotes, the statements that say most about themselves first."""
        for spoken in self._spoken.values():
            yield from spoken

    def number_of(self, spoken: Spoken) -> int:
        """The number of the utterance, the same in every copy of the release."""
        return self._numbers[spoken.statement.id, spoken.quote.utterance]

    def rank_of(self, statement_id: str) -> int:
        """Place of a statement among all, those first that say most about themselves."""
        return self._ranks[statement_id]

    def words_of(self, spoken: Spoken) -> bytes:
        """The words of a part, folded: the same for the same words."""
        return self._words[spoken.key]

    def is_repeated(self, spoken: Spoken) -> bool:
        """Whether another statement, or another place of this one, holds the same utterance."""
        return self.number_of(spoken) in self._repeated

    def _add(self, statement_id: str, utterance: int, parts: list[Quote], known: dict[bytes, dict[str, int]]) -> None:
        words = [words_of(part.text) for part in parts]
        joined = [b" ".join(some) for some in words]
        number = self._number(parts, words, known)
        if number < len(self._numbers) or len(set(joined)) < len(joined):
            self._repeated.add(number)
        self._numbers[statement_id, utterance] = number
        self._words.update(((statement_id, part.start), some) for part, some in zip(parts, joined, strict=True))

    def _number(self, parts: list[Quote], words: list[list[bytes]], known: dict[bytes, dict[str, int]]) -> int:
        """The number of an utterance that is known already, or the next one."""
        who = next((self._people.of_keys([fold_word(p.speaker.name)])[0] for p in parts if p.speaker), "")
        telling = [b" ".join(some) for some in words if len(some) >= _TELLING_WORDS]
        telling = telling or [b" ".join(word for some in words for word in some)]
        before = (known[one] for one in telling if one in known)
        found = (said.get(who, said.get("") if who else next(iter(said.values()))) for said in before)
        number = next((one for one in found if one is not None), len(self._numbers))
        for one in telling:
            known[one].setdefault(who, number)
        return number
