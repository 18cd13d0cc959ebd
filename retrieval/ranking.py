"""
Hits of the index → passages in the order they are shown.

BM25 finds the candidates; what decides among them is how much of the question stands together in one to three
sentences, then in the title. Every part has a weight in `Weights`; what it gains is in `retrieval/README.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from corpus.canonical import fold, fold_word
from corpus.models import Span, Statement
from retrieval.analyzer import Partition
from retrieval.catalog import Catalog
from retrieval.expansion import Concept, Expansion
from retrieval.index import PassageIndex
from retrieval.models import Hit, Passage, Query
from retrieval.names import NameMatch
from retrieval.query import Question
from retrieval.windows import Voice, Window, best_window, defines, has_kind, matches

CANDIDATES = 60
# How much of the statement before a passage tells what "that program" in its first sentence is.
BEFORE_CHARS = 400
# Reasons of quotes that somebody speaks, only that nobody knows who.
_SPOKEN = frozenset({"ambiguous", "no_cue", "unknown_person"})
# A speech says at its head whose it is.
HEAD_CHARS = 400


class Weights(NamedTuple):
    """
    What each kind of evidence counts for; 0, or 1 for a factor, switches it off.

    Scores are shares of the question's whole idf, so that 1 is about as much as all its words once.

    Attributes:
        window: The best sentences of the passage.
        title: Concepts in title and issuers that the passage itself lacks.
        definition: For "what is": the sentences say what it is.
        kind: The sentences hold the kind of thing asked for: a time, a place, a number, a definition.
        person: For "who": the sentences name somebody whose printed title holds a word of the question.
        bridged: Factor for a passage in another language than the question's.
        about: Factor for an organisation's standing paragraph on itself.
    """

    window: float = 1.0
    title: float = 0.8
    definition: float = 1.5
    kind: float = 0.3
    person: float = 1.0
    bridged: float = 0.9
    about: float = 0.8


DEFAULT_WEIGHTS = Weights()


class Ranked(NamedTuple):
    """
    A passage in its place.

    Attributes:
        window: The sentences of it that are shown.
        score: Ranks passages of one question, nothing more.
        coverage: Share of the question's words by idf that its sentences, its title and its statement hold (0 to 1).
        concepts: What was asked, in the passage's partition; `window.matched` counts them.
    """

    passage: Passage
    window: Window
    score: float
    coverage: float
    concepts: tuple[Concept, ...] = ()


def rank(
    question: Question,
    expansion: Expansion,
    index: PassageIndex,
    catalog: Catalog,
    statements: frozenset[str] | None,
    *,
    weights: Weights = DEFAULT_WEIGHTS,
    exact: bool = False,
) -> list[Ranked]:
    """
    Rank the passages that share a word with the question, best first, ties by passage id.

    Args:
        question: What narrows and what is wanted.
        expansion: Its concepts in each partition.
        index: Of the same generation as `catalog`.
        catalog: Titles, issuers and quotes.
        statements: Ids that the filters let through; `None` for all.
        weights: For ablation.
        exact: Only the asker's own words.
    """
    query = Query(terms=expansion.weighted_terms(), phrases=question.phrases, statements=statements)
    hits = index.search(query, limit=CANDIDATES)
    ranked = [found for hit in hits if (found := _judge(hit, question, expansion, index, catalog, weights, exact))]
    return sorted(ranked, key=lambda found: (-found.score, found.passage.id))


def _judge(
    hit: Hit,
    question: Question,
    expansion: Expansion,
    index: PassageIndex,
    catalog: Catalog,
    weights: Weights,
    exact: bool,
) -> Ranked | None:
    passage = index.passage(hit.passage_id)
    statement = catalog[passage.statement_id]
    concepts = expansion.concepts[passage.language]
    window = best_window(
        passage.text,
        passage.language,
        concepts,
        wants=question.wants,
        within=_within(question, statement, passage),
        before=statement.text[max(0, passage.span.start - BEFORE_CHARS) : passage.span.start],
        voices=_voices(statement, passage),
        exact=exact,
    )
    if window is None or (exact and not window.matched):
        return None
    in_title, _ = matches(_heading(statement), 0, passage.language, concepts, exact=exact)
    title = sum(c.idf * in_title[n] for n, c in enumerate(concepts) if n in in_title and n not in window.matched)
    # Of a partition that knows fewer of the words, scores are higher for less: what counts is the share of the whole.
    whole = sum(concept.idf for concept in concepts if concept.required) or 1.0
    score = (hit.score + weights.window * window.value + weights.title * title) / whole
    if question.wants == "person":
        score += weights.person * _names_holder(question, catalog, passage, window, concepts)
    if question.wants == "definition" and defines(passage.text, window):
        score += weights.definition
    if has_kind(passage.text, window.span, question.wants):
        score += weights.kind
    if question.language not in (None, passage.language):
        score *= weights.bridged
    if passage.kind == "about" and question.wants != "definition":
        score *= weights.about
    share = (
        spoken_share(question.speaker, passage, window, statement, concepts)
        if question.speaker or question.mention
        else coverage(passage, window, statement, in_title, concepts)
    )
    return Ranked(passage, window, score, share, tuple(concepts))


def coverage(
    passage: Passage, window: Window, statement: Statement, in_title: dict[int, float], concepts: Sequence[Concept]
) -> float:
    """
    Share of the question's words, by idf, that the shown sentences hold.

    A word that only the rest of the passage, the title or the rest of the statement holds counts for less: it says
    that the topic is right, not that the sentence answers.
    """
    required = [(number, concept) for number, concept in enumerate(concepts) if concept.required]
    total = sum(concept.idf for _, concept in required)
    if not total:
        return 0.0
    in_passage, _ = matches(passage.text, 0, passage.language, concepts)
    elsewhere = None
    covered = 0.0
    for number, concept in required:
        if number in window.matched:
            share = 1.0
        elif number in in_passage:
            share = 0.8
        elif number in in_title:
            share = 0.7
        elif concept.known:
            if elsewhere is None:
                elsewhere = statement_concepts(statement, passage.language, concepts)
            share = 0.4 if number in elsewhere else 0.0
        else:
            share = 0.0
        covered += share * concept.idf
    return covered / total


def spoken_share(
    speaker: NameMatch | None, passage: Passage, window: Window, statement: Statement, concepts: Sequence[Concept]
) -> float:
    """The same of what one person says, or of what is told of one: other words around it prove nothing."""
    required = [(number, concept) for number, concept in enumerate(concepts) if concept.required]
    total = sum(concept.idf for _, concept in required)
    own = set(window.matched)
    for span in spoken(statement, passage, speaker) if speaker else ():
        own |= matches(passage.text[max(0, span.start) : span.end], 0, passage.language, concepts)[0].keys()
    covered = sum(concept.idf * (1.0 if n in window.matched else 0.8) for n, concept in required if n in own)
    return covered / total if total else 0.0


def statement_concepts(statement: Statement, partition: Partition, concepts: Sequence[Concept]) -> set[int]:
    """Numbers of the concepts that stand anywhere in the statement's own words."""
    found: set[int] = set()
    for span in statement.body:
        found |= matches(statement.text[span.start : span.end], 0, partition, concepts)[0].keys()
    return found


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
        found = matches(holder.title or "", 0, passage.language, concepts)[0]
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


def _heading(statement: Statement) -> str:
    names = [name for name in statement.organizations if name]
    return " . ".join([statement.title, *names, *statement.short])
