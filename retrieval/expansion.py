"""
Words of a question → concepts: the terms to look for in each partition of the index.

In the question's own language a concept is the word's stem; in the other language it is what the bridge found. A word
that nobody knows is first read as the one that was meant (`mending.py`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from retrieval.analyzer import PARTITIONS, Partition, Token, is_acronym, is_shouting, stem, tokens
from retrieval.bridge import Bridge, Vocabulary
from retrieval.index import PassageIndex
from retrieval.mending import Mender
from retrieval.models import Language, Languages, WeightedTerm
from retrieval.names import Names
from retrieval.query import Question
from retrieval.synonyms import Synonyms

# A name that was read out of the question as a filter still helps to choose among what the filter left.
SOFT_WEIGHT = 0.3
# What statements print for an everyday word is nearly that word, and sometimes not.
SYNONYM_WEIGHT = 0.6


class Concept(NamedTuple):
    """
    One thing the question asks about, in one partition.

    Attributes:
        typed: The word or phrase as the asker typed it.
        surface: Folded word, for matching exactly.
        terms: Alternatives, each with the weight of its match (0 to 1).
        idf: Of the rarest alternative that the partition knows; of an unknown word, the largest there is.
        known: Whether the partition holds any of the alternatives.
        required: Counts for coverage; names that were read out as filters do not.
    """

    typed: str
    surface: str
    terms: tuple[tuple[str, float], ...]
    idf: float
    known: bool
    required: bool = True


class Expansion(NamedTuple):
    """The concepts of a question in each partition, and what was read into them."""

    concepts: dict[Partition, tuple[Concept, ...]]
    corrected: dict[str, str]
    bridged: dict[str, tuple[str, ...]]

    def weighted_terms(self) -> tuple[WeightedTerm, ...]:
        """All alternatives of all concepts, for the index."""
        return tuple(
            WeightedTerm(term, partition, weight if concept.required else weight * SOFT_WEIGHT)
            for partition, concepts in self.concepts.items()
            for concept in concepts
            for term, weight in concept.terms
        )


class Expander:
    """Expands questions against the vocabulary of one index generation."""

    def __init__(self, index: PassageIndex, names: Names, bridge: Bridge) -> None:
        self._index = index
        self._bridge = bridge
        self._mender = Mender(index, names, bridge)
        self._synonyms = Synonyms.load()
        self._vocabularies: dict[Partition, Vocabulary] = {}

    def prepare(self) -> None:
        """Make what is made when a question first needs it, for a process that answers many questions."""
        self._mender.prepare()
        languages: tuple[Language, ...] = ("en", "es")
        for language in languages:
            if self._index.size(language):
                self._vocabulary(language).prepare(language)

    def expand(self, question: Question, languages: Languages, *, exact: bool) -> Expansion:
        """The concepts of a question; `exact` leaves bridge and spelling out."""
        content, corrected = (question.content, {}) if exact else self._mender.mend(question)
        shouting = is_shouting(question.text)
        concepts: dict[Partition, tuple[Concept, ...]] = {}
        bridged: dict[str, tuple[str, ...]] = {}
        for partition in PARTITIONS:
            if languages != "both" and partition not in (languages, "other"):
                continue
            if self._index.size(partition) == 0:
                continue
            if not exact and partition != "other" and question.language not in (None, partition):
                found = self._across(question, content, partition, bridged)
            else:
                found = [self._own(token, question.text, partition, shouting) for token in content]
            if exact:
                found = [self._literal(concept, partition) for concept in found]
            elif partition == question.language:
                found = self._with_synonyms(question, content, found, question.language, bridged)
            elif partition != "other" and question.language is None:
                # One or two words may fit both languages: then only those that this one does not know are translated.
                foreign = [token for token, own in zip(content, found, strict=True) if not own.known]
                found = [own for own in found if own.known]
                found += self._across(question, foreign, partition, bridged)
            soft = [self._own(t, question.text, partition, shouting)._replace(required=False) for t in question.soft]
            concepts[partition] = (*found, *soft)
        return Expansion(concepts, corrected, bridged)

    def _own(self, token: Token, text: str, partition: Partition, shouting: bool) -> Concept:
        surface = token.surface
        forms = [surface]
        if is_acronym(surface):
            # "ICE" means the agency; capitals throughout a question mean nothing.
            forms = [surface, surface.lower()] if shouting or not self._knows(surface, partition) else [surface]
        elif surface.isalpha() and len(surface) <= 8:
            forms.append(surface.upper())
        alternatives = {stem(form, partition): 1.0 for form in forms}
        return self._concept(text[token.start : token.end], surface, alternatives, partition)

    def _with_synonyms(
        self,
        question: Question,
        content: Sequence[Token],
        concepts: Sequence[Concept],
        language: Language,
        bridged: dict[str, tuple[str, ...]],
    ) -> list[Concept]:
        """The concepts, each also by what statements print for its everyday word."""
        words = tokens(question.text, language, keep_stop_words=True)
        widened = list(concepts)
        for synonym in self._synonyms.find([word.surface for word in words], language):
            first, last = words[synonym.first], words[synonym.last]
            inside = [place for place, token in enumerate(content) if first.start <= token.start < last.end]
            single = [one[0] for one in synonym.alternatives if len(one) == 1 and self._knows(one[0], language)]
            if not inside or not single:
                continue
            place = inside[0]
            old = widened[place]
            forms = {stem(form, language) for word in single for form in {word, word.lower()}}
            known = [(form, SYNONYM_WEIGHT) for form in sorted(forms) if form not in dict(old.terms)]
            typed = question.text[first.start : last.end]
            widened[place] = self._concept(typed, old.surface, dict([*known, *old.terms]), language)
            for other in inside[1:]:
                widened[other] = widened[other]._replace(required=False)
            bridged[typed] = tuple(single)
        return widened

    def _literal(self, concept: Concept, partition: Partition) -> Concept:
        """The concept, unknown when the statements hold its stem but never the word itself."""
        forms = {concept.surface, concept.surface.upper(), concept.surface.lower()}
        if forms & self._index.surfaces(partition).keys():
            return concept
        return concept._replace(terms=(), idf=_idf(self._index.size(partition), 0), known=False)

    def _across(
        self, question: Question, content: Sequence[Token], partition: Partition, bridged: dict[str, tuple[str, ...]]
    ) -> list[Concept]:
        target: Language = "es" if partition == "es" else "en"
        source: Language = "en" if partition == "es" else "es"
        concepts = []
        words, vocabulary = [token.surface for token in content], self._vocabulary(partition)
        sure = question.language is not None
        for found in self._bridge.translate(words, source, vocabulary, lookalikes=sure):
            first, last = content[found.first], content[found.last]
            typed = question.text[first.start : last.end]
            for group in found.groups:
                alternatives = {stem(word, target): found.weight for word in group}
                concepts.append(self._concept(typed, first.surface, alternatives, partition))
            shown = tuple(dict.fromkeys(word for group in found.groups for word in group))
            if shown and shown != (first.surface,):
                bridged[typed] = shown
        return concepts

    def _concept(self, typed: str, surface: str, alternatives: dict[str, float], partition: Partition) -> Concept:
        size = self._index.size(partition)
        known = {term: n for term in alternatives if (n := self._index.document_frequency(term, partition))}
        rarest = min(known.values(), default=0)
        terms = tuple((term, weight) for term, weight in alternatives.items() if term in known)
        return Concept(typed, surface, terms, _idf(size, rarest), bool(known))

    def _knows(self, surface: str, partition: Partition) -> bool:
        return self._index.document_frequency(stem(surface, partition), partition) > 0

    def _vocabulary(self, partition: Partition) -> Vocabulary:
        if partition not in self._vocabularies:
            self._vocabularies[partition] = Vocabulary.build(self._index.surfaces(partition))
        return self._vocabularies[partition]


def _idf(size: int, frequency: int) -> float:
    return math.log(1 + (size - frequency + 0.5) / (frequency + 0.5))
