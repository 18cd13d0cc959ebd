"""
Answered, related or none, and how sure: a logistic model of what the first excerpt covers, never a BM25 score alone.

A score above zero only says that a word is shared. The model is fitted by `retrieval/evaluation/fitting.py` on public
questions of which half lost their paragraph; its coefficients, and on what they were fitted, are in `confidence.json`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from retrieval.analyzer import is_shouting
from retrieval.expansion import Concept
from retrieval.models import Coverage, Status
from retrieval.query import Question
from retrieval.ranking import Ranked

COEFFICIENTS = Path(__file__).parent / "confidence.json"
# From which confidence the first excerpt counts as the answer, and below which it is not shown: in the question's
# language, and where it was found through the bridge.
ANSWERED, RELATED = 0.17, 0.04
BRIDGED_ANSWERED, BRIDGED_RELATED = 0.35, 0.06
# A single shared word out of several is a coincidence below the first coverage, and no answer below the second.
LONE, LONE_ANSWERED = 0.38, 0.5
LITERAL = 0.9


class Judgment(NamedTuple):
    """Status, confidence (0 to 1) and the words it rests on."""

    status: Status
    confidence: float
    coverage: Coverage


class Features(NamedTuple):
    """
    What confidence is told from.

    Attributes:
        coverage: Share of the question's words by idf in the excerpt, its passage, title and statement (0 to 1).
        sentences: Share that the shown sentences hold themselves, translations counting for less (0 to 1).
        score: What the passage gathers by BM25, runs, pairs and title, as a share of the question's idf (0 to about 3).
        words: ln(1 + n) of the n words asked for that statements know: half of many is more than half of two, and a
            word that nobody knows makes nothing surer.
        bridged: The passage is in another language than the question.
    """

    coverage: float
    sentences: float
    score: float
    words: float
    bridged: bool


def features(question: Question, first: Ranked) -> Features:
    """The features of the best passage."""
    required = [(number, concept.idf) for number, concept in enumerate(first.concepts) if concept.required]
    total = sum(idf for _, idf in required) or 1.0
    held = sum(idf * first.window.matched.get(number, 0.0) for number, idf in required)
    bridged = question.language not in (None, first.passage.language)
    # Of what one person said, only that person's words count, whatever else the passage gathers.
    own = min(1.0, 2 * first.coverage) if question.speaker or question.mention else 1.0
    known = sum(concept.known for concept in first.concepts if concept.required)
    return Features(first.coverage, held / total, first.gathered * own, math.log1p(known), bridged)


def confidence_of(found: Features) -> float:
    """The chance, from 0 to 1, that a passage with these features answers."""
    weights = _coefficients()["bridged" if found.bridged else "own"]
    return 1 / (1 + math.exp(-sum(weight * value for weight, value in zip(weights, (1.0, *found[:4]), strict=True))))


@cache
def _coefficients() -> dict[str, list[float]]:
    """Constant, coverage, sentences, score, words: of passages in the question's own language, and of bridged ones."""
    fitted: dict[str, list[float]] = json.loads(COEFFICIENTS.read_text("utf-8"))["coefficients"]
    return fitted


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
    first, found = ranked[0], features(question, ranked[0])
    # Quoted words that were found word for word are what was asked for.
    confidence = max(confidence_of(found), LITERAL if question.phrases else 0.0)
    answered, related = (BRIDGED_ANSWERED, BRIDGED_RELATED) if found.bridged else (ANSWERED, RELATED)
    lone = not question.speaker and not question.phrases and _is_lone(first)
    nothing = not first.coverage and not question.phrases
    if nothing or confidence < related or (lone and _is_coincidence(question, first)):
        return Judgment("none", min(confidence, related), words)
    thin = confidence < answered or (lone and first.coverage < LONE_ANSWERED)
    if thin or _at_most_related(question, first) or _names_a_stranger(question, words):
        return Judgment("related", min(confidence, answered), words)
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


def _names_a_stranger(question: Question, words: Coverage) -> bool:
    """Whether the question names somebody, some place or a number that no statement mentions: nothing answers that."""
    text = question.text
    if is_shouting(text) or text.istitle():
        return False
    opening = text.lstrip(" ¿¡\"'“«(").split(" ")[0].casefold()
    return any(
        word[:1].isdigit() or (word[:1].isupper() and word.casefold() != opening)
        for word in words.missing
        if " " not in word
    )


def _is_lone(first: Ranked) -> bool:
    """Whether the sentences share a single one of several words asked for."""
    required = [(number, concept.surface) for number, concept in enumerate(first.concepts) if concept.required]
    shared = {surface for number, surface in required if number in first.window.matched}
    return len({surface for _, surface in required}) > 1 and len(shared) <= 1


def _is_coincidence(question: Question, first: Ranked) -> bool:
    """Whether the one word that is shared tells nothing: too little of the question, a number, a part of a name."""
    others = (concept for number, concept in enumerate(first.concepts) if number not in first.window.matched)
    if first.coverage < LONE or any(concept.known for concept in others if concept.required):
        return first.coverage < LONE
    printed = [first.passage.text[token.start : token.end] for token in first.window.tokens]
    return all(word[:1].isdigit() or (word.istitle() and word.lower() in question.text) for word in printed)


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
