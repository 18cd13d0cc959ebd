"""
A question with typing mistakes → its words as they were meant.

A word that nobody knows is read as the closest word or name of the statements (`spelling.py`). Where several are as
close, it is known by its company: the one that was meant stands in the passages that hold the question's other words.
Where none does, the word is left as it was typed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from retrieval.analyzer import Partition, Token, stem
from retrieval.bridge import Bridge
from retrieval.index import PassageIndex
from retrieval.models import Query, WeightedTerm
from retrieval.names import Names
from retrieval.query import Question
from retrieval.question_forms import NEGATIONS
from retrieval.spelling import OTHER_LETTER, Speller, small_word

# Passages that a word's company is looked for in: the best for the other words, and none that gathers less of them than
# this share of what the best one does.
COMPANY = 60
LEAST_COMPANY = 0.5

Languages = tuple[Partition, ...]
_BOTH: Languages = ("en", "es")
_LANGUAGES: tuple[Languages, ...] = (("en",), ("es",), _BOTH)


class Mender:
    """Reads mistyped words against one index generation."""

    def __init__(self, index: PassageIndex, names: Names, bridge: Bridge) -> None:
        self._index = index
        self._names = names
        self._bridge = bridge
        self._spellers: dict[Languages, Speller] = {}

    def prepare(self) -> None:
        """Make what every mistyped word is looked up in, for a process that answers many questions."""
        for languages in _LANGUAGES:
            self._speller(languages)

    def mend(self, question: Question) -> tuple[tuple[Token, ...], dict[str, str]]:
        """
        The words that name the topic, as they were meant.

        Returns:
            The tokens, those that were meant to be stop words gone; and what was read, typed word → word that was
            meant.
        """
        languages: Languages = (question.language,) if question.language else _BOTH
        unknown = [token for token in question.content if not self._is_known(token.surface, languages)]
        if not unknown:
            return question.content, {}
        small = self._read(unknown, lambda token: self._small(token, question, languages))
        left = [token for token in unknown if token not in small]
        close = self._read(left, lambda token: self._speller(languages).correct(token.surface))
        left = [token for token in left if token not in close]
        beside = [close.get(token, token.surface) for token in question.content if token not in (*small, *left)]
        company = self._read(left, lambda token: self._in_company(token, question, beside, languages))
        meant = {**small, **close, **company}
        content = (t._replace(surface=meant.get(t, t.surface)) for t in question.content if t not in small)
        return tuple(content), {question.text[t.start : t.end]: meant[t] for t in unknown if t in meant}

    def _read(self, tokens: Iterable[Token], read: Callable[[Token], str | None]) -> dict[Token, str]:
        return {token: found for token in tokens if (found := read(token))}

    def _is_known(self, surface: str, languages: Languages) -> bool:
        """Whether a statement or the lexicon has the word."""
        forms = {surface, surface.upper(), surface.lower()}
        if any(self._knows(form, partition) for form in forms for partition in (*languages, "other")):
            return True
        return any(self._bridge.knows(surface, language) for language in languages if language != "other")

    def _knows(self, surface: str, partition: Partition) -> bool:
        return self._index.document_frequency(stem(surface, partition), partition) > 0

    def _small(self, token: Token, question: Question, languages: Languages) -> str | None:
        """The stop word that was meant, where other words name the topic."""
        alone = len(question.content) == 1
        return None if alone or token.surface.isupper() else small_word(token.surface, languages)

    def _in_company(self, token: Token, question: Question, beside: Sequence[str], languages: Languages) -> str | None:
        """Of the words that may have been meant the one that stands with the question's other words."""
        choices = self._choices(token, question, languages)
        terms = self._terms(beside, languages)
        hits = self._index.search(Query(terms=terms), limit=COMPANY) if choices and terms else []
        hits = [hit for hit in hits if hit.score >= LEAST_COMPANY * hits[0].score]
        best, meant = 0.0, None
        for word, likelihood in choices:
            found = self._index.occurrences(hits, self._terms([word], languages))
            company = max((hits[place].score for place in found.passages.tolist()), default=0.0)
            if likelihood * company > best:
                best, meant = likelihood * company, word
        return meant

    def _choices(self, token: Token, question: Question, languages: Languages) -> list[tuple[str, float]]:
        """The words that may have been meant; a name with another letter in it is another name."""
        lowered = question.text[token.start : token.end].islower()
        return [
            (word, likelihood)
            for word, likelihood in self._speller(languages).likely(token.surface)
            if word not in NEGATIONS and (lowered or likelihood > OTHER_LETTER)
        ]

    def _terms(self, words: Iterable[str], languages: Languages) -> tuple[WeightedTerm, ...]:
        known = {(stem(word, partition), partition) for word in words for partition in (*languages, "other")}
        return tuple(WeightedTerm(*one) for one in sorted(known) if self._index.document_frequency(*one))

    def _speller(self, languages: Languages) -> Speller:
        if languages not in self._spellers:
            words: Counter[str] = Counter()
            for partition in (*languages, "other"):
                for word, count in self._index.surfaces(partition).items():
                    words[word] += count
            self._spellers[languages] = Speller(words, self._names.all("organization") + self._names.all("speaker"))
        return self._spellers[languages]
