"""
Hits of the index → passages in the order they are shown.

BM25 finds the candidates; what decides among them is how much of the question stands together in one to three
sentences, then in the title. Every part has a weight in `Weights`; what it gains is in `retrieval/README.md`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from corpus.canonical import fold, fold_word
from corpus.models import Span, Statement
from retrieval.analyzer import Partition
from retrieval.candidates import DEFAULT_WEIGHTS, Candidate, Weights
from retrieval.catalog import Catalog
from retrieval.expansion import Concept, Expansion
from retrieval.index import PassageIndex
from retrieval.matching import matches
from retrieval.models import Passage
from retrieval.names import NameMatch
from retrieval.query import Question
from retrieval.windows import Voice, Window, best_window, defined_share

# Candidates whose sentences are looked at.
JUDGED = 14
# After the first few only those that gather this share of what the best one does: no sentence makes up for more.
_ALWAYS_JUDGED, _HOPE = 5, 0.5
# How much of the statement before a passage tells what "that program" in its first sentence is.
BEFORE_CHARS = 400
# Reasons of quotes that somebody speaks, only that nobody knows who.
_SPOKEN = frozenset({"ambiguous", "no_cue", "unknown_person"})
# A speech says at its head whose it is.
HEAD_CHARS = 400


# A passage that covers less of a question has little to do with it.
LEAST_COVERAGE = 0.25


class Ranked(NamedTuple):
    """
    A passage in its place.

    Attributes:
        window: The sentences of it that are shown.
        score: Ranks passages of one question, nothing more.
        coverage: Share of the question's words by idf that its sentences, its title and its statement hold (0 to 1).
        concepts: What was asked, in the passage's partition; `window.matched` counts them.
        gathered: What the whole passage gathers (`Candidate.score`).
    """

    passage: Passage
    window: Window
    score: float
    coverage: float
    concepts: tuple[Concept, ...] = ()
    gathered: float = 0.0


def rank(
    candidates: Sequence[Candidate],
    question: Question,
    expansion: Expansion,
    index: PassageIndex,
    catalog: Catalog,
    *,
    weights: Weights = DEFAULT_WEIGHTS,
    exact: bool = False,
    limit: int = 3,
) -> list[Ranked]:
    """
    Read the best candidates sentence by sentence and rank them, best first, ties by passage id.

    Args:
        candidates: Best first.
        question: What narrows and what is wanted.
        expansion: Its concepts in each partition.
        index: Of the same generation as `catalog`.
        catalog: Titles, issuers and quotes.
        weights: For ablation.
        exact: Only the asker's own words.
        limit: How many are wanted: of more, more are read than `JUDGED`.
    """
    least = _HOPE * candidates[0].score if candidates else 0.0
    few = max(_ALWAYS_JUDGED, limit)
    hopeful = [one for n, one in enumerate(candidates[: max(JUDGED, 2 * limit)]) if n < few or one.score >= least]
    elsewhere: dict[tuple[str, Partition], set[int]] = {(one.statement_id, one.partition): set() for one in hopeful}
    for candidate in candidates:
        place = candidate.statement_id, candidate.partition
        if place in elsewhere:
            elsewhere[place].update(candidate.matched)
    judge = _Judge(question, expansion, index, catalog, weights, exact, elsewhere)
    ranked = [found for candidate in hopeful if (found := judge.ranked(candidate))]
    return sorted(ranked, key=lambda found: (-found.score, found.passage.id))


@dataclass(frozen=True)
class _Judge:
    """What every candidate of a question is read with."""

    question: Question
    expansion: Expansion
    index: PassageIndex
    catalog: Catalog
    weights: Weights
    exact: bool
    elsewhere: Mapping[tuple[str, Partition], set[int]]

    def ranked(self, candidate: Candidate) -> Ranked | None:
        """The candidate with its best sentences; `None` where none of them may be shown."""
        question, statement = self.question, self.catalog[candidate.statement_id]
        passage = self.index.passage_of(candidate.hit)
        concepts = self.expansion.concepts[candidate.partition]
        window = best_window(
            passage.text,
            passage.language,
            concepts,
            wants=question.wants,
            within=_within(question, statement, passage),
            before=statement.text[max(0, passage.span.start - BEFORE_CHARS) : passage.span.start],
            voices=_voices(statement, passage),
            exact=self.exact,
        )
        if window is None or (self.exact and not window.matched):
            return None
        share = (
            spoken_share(question.speaker, passage, window, statement, concepts)
            if question.speaker or question.mention
            else self._coverage(candidate, passage, window, concepts)
        )
        score = self._score(candidate, passage, window, concepts)
        return Ranked(passage, window, score, share, tuple(concepts), candidate.score)

    def _score(self, candidate: Candidate, passage: Passage, window: Window, concepts: Sequence[Concept]) -> float:
        question, weights = self.question, self.weights
        # Where few of the words are known, scores are higher for less: what counts is the share of the whole.
        whole = sum(concept.idf for concept in concepts if concept.required) or 1.0
        score = weights.window * window.value / whole
        if question.wants == "person":
            score += weights.person * _names_holder(question, self.catalog, passage, window, concepts)
        if question.wants == "definition":
            score += weights.definition * defined_share(passage.text, window, concepts) ** 2
        if question.language not in (None, passage.language):
            score *= weights.bridged
        score += candidate.score
        return score * weights.about if passage.kind == "about" and question.wants != "definition" else score

    def _coverage(self, candidate: Candidate, passage: Passage, window: Window, concepts: Sequence[Concept]) -> float:
        """
        Share of the question's words, by idf, that the shown sentences hold.

        A word that only the rest of the passage, the title or the rest of the statement holds counts for less: it says
        that the topic is right, not that the sentence answers.
        """
        required = [(number, concept) for number, concept in enumerate(concepts) if concept.required]
        total = sum(concept.idf for _, concept in required)
        # By their very words only, where only these were asked for.
        own = matches(passage.text, passage.language, concepts, exact=True) if self.exact else candidate.matched
        titled = {} if self.exact else candidate.titled
        elsewhere = own if self.exact else self.elsewhere[candidate.statement_id, candidate.partition]
        covered = 0.0
        for number, concept in required:
            shares = ((window.matched, 1.0), (own, 0.8), (titled, 0.7), (elsewhere, 0.4))
            covered += concept.idf * next((share for found, share in shares if number in found), 0.0)
        return covered / total if total else 0.0


def spoken_share(
    speaker: NameMatch | None, passage: Passage, window: Window, statement: Statement, concepts: Sequence[Concept]
) -> float:
    """The same of what one person says, or of what is told of one: other words around it prove nothing."""
    required = [(number, concept) for number, concept in enumerate(concepts) if concept.required]
    total = sum(concept.idf for _, concept in required)
    own = set(window.matched)
    for span in spoken(statement, passage, speaker) if speaker else ():
        own |= matches(passage.text[max(0, span.start) : span.end], passage.language, concepts).keys()
    covered = sum(concept.idf * (1.0 if n in window.matched else 0.8) for n, concept in required if n in own)
    return covered / total if total else 0.0


def spoken(statement: Statement, passage: Passage, speaker: NameMatch) -> list[Span]:
    """Where this person speaks in the passage; spans inside its text."""
    return [
        Span(quote.start - passage.span.start, quote.end - passage.span.start)
        for quote in statement.quotes
        if quote.speaker and fold_word(quote.speaker.name) in speaker.keys and quote.span.overlaps(passage.span)
    ]


def _names_holder(
    question: Question, catalog: Catalog, passage: Passage, window: Window, concepts: Sequence[Concept]
) -> float:
    """
    How well the window answers "who": 1 for somebody with the title asked for, half where the office is elsewhere.

    A title printed without its organisation, or with another, is weak evidence for an office of the one asked about.
    """
    start = passage.span.start
    shown = Span(start + window.span.start, start + window.span.end)
    holders = [q.speaker for q in catalog[passage.statement_id].quotes if q.speaker and q.span.overlaps(shown)]
    best = 0.0
    for holder in holders:
        found = matches(holder.title or "", passage.language, concepts)
        if any(concepts[number].required for number in found):
            asked = question.organization
            own = catalog.names.resolve("organization", holder.organization) if asked and holder.organization else ()
            best = max(best, 1.0 if not asked or set(own) & set(asked.keys) else 0.5)
    return best


def mentioned(statement: Statement, passage: Passage, name: NameMatch) -> list[Span]:
    """Where a passage speaks of this person; all of it where the statement is that person's speech."""
    surname = name.key.split()[-1]
    if statement.kind == "speech" and fold(statement.text[:HEAD_CHARS]).find(name.key):
        return [Span(0, len(passage.text))]
    return [Span(*place) for place in fold(passage.text).find(surname)]


def _within(question: Question, statement: Statement, passage: Passage) -> list[Span] | None:
    if question.speaker:
        return spoken(statement, passage, question.speaker)
    if question.mention:
        return mentioned(statement, passage, question.mention)
    if question.phrases:
        return [Span(*place) for phrase in question.phrases for place in fold(passage.text).find(phrase)]
    return None


def _voices(statement: Statement, passage: Passage) -> list[Voice]:
    start = passage.span.start
    return [
        Voice(Span(quote.start - start, quote.end - start), quote.speaker.name if quote.speaker else None)
        for quote in statement.quotes
        if quote.span.overlaps(passage.span) and (quote.speaker or quote.reason in _SPOKEN)
    ]
