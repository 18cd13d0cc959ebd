"""
Answered, related or none, and how sure: by how much of the question the first excerpt covers, never by a BM25 score.

A score above zero only says that a word is shared. Coverage by idf separates answered from unanswered questions better
than any score (`retrieval/README.md`, *Decisions*).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from retrieval.expansion import Concept
from retrieval.models import Coverage, Status
from retrieval.query import Question
from retrieval.ranking import Ranked

# Share of the question by idf from which the first excerpt counts as the answer, and below which it is not shown.
ANSWERED = 0.43
RELATED = 0.25
# A single shared word out of several is a coincidence below the first share, and no answer below the second.
LONE, LONE_ANSWERED = 0.38, 0.5
LITERAL = 0.9
# Translated words match more loosely, so more of them have to.
BRIDGED_ANSWERED = 0.5


class Judgment(NamedTuple):
    """Status, confidence (0 to 1) and the words it rests on."""

    status: Status
    confidence: float
    coverage: Coverage


def judge(question: Question, ranked: Sequence[Ranked], concepts: Sequence[Sequence[Concept]]) -> Judgment:
    """
    Decide what the first of `ranked` is worth.

    Args:
        question: What it asks for may be what no excerpt can answer.
        ranked: Best first.
        concepts: Those of each partition, for the words that are nowhere in the statements.
    """
    words = covered_words(concepts)
    if not ranked:
        return Judgment("none", 0.0, words)
    # Quoted words that were found word for word are what was asked for.
    confidence = max(ranked[0].coverage, LITERAL if question.phrases else 0.0)
    lone = not question.speaker and _is_lone(ranked[0])
    if confidence < RELATED or (lone and confidence < LONE):
        return Judgment("none", confidence, words)
    enough = ANSWERED if question.language in (None, ranked[0].passage.language) else BRIDGED_ANSWERED
    enough = max(enough, LONE_ANSWERED) if lone else enough
    if confidence < enough or _at_most_related(question, ranked[0]):
        return Judgment("related", min(confidence, ANSWERED), words)
    return Judgment("answered", confidence, words)


def _at_most_related(question: Question, first: Ranked) -> bool:
    """
    Whether no excerpt can answer this.

    Nobody of that name speaks or issues here; two people share the name; the statements state no change of themselves;
    or the excerpt is an organization on itself, which is no evidence for what it said on a topic.
    """
    ambiguous = any(note.code == "name_ambiguous" for note in question.notes)
    topic = question.asks_words or question.wants == "anything"
    about = first.passage.kind == "about" and topic and question.wants != "definition"
    return bool(question.unknown_source) or ambiguous or question.wants == "change" or about


def _is_lone(first: Ranked) -> bool:
    """Whether the sentences share a single one of several words asked for."""
    required = {number for number, concept in enumerate(first.concepts) if concept.required}
    return len(required) > 1 and len(required & first.window.matched.keys()) <= 1


def covered_words(concepts: Sequence[Sequence[Concept]]) -> Coverage:
    """The asker's words that some statement holds, and those that none does."""
    typed: dict[str, bool] = {}
    for partition in concepts:
        for concept in filter(lambda concept: concept.required, partition):
            typed[concept.typed] = typed.get(concept.typed, False) or concept.known
    return Coverage(
        found=tuple(word for word, known in typed.items() if known),
        missing=tuple(word for word, known in typed.items() if not known),
    )
