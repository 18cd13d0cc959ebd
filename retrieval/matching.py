"""
Published text → which concepts of a question it holds, and the tokens that say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus.models import Span
from retrieval.analyzer import Partition, Token
from retrieval.expansion import Concept
from retrieval.published import find_terms

# "founded" and "found" share a stem: another form of the word is a little less than the word.
SAME_STEM = 0.7

ByTerm = dict[str, list[tuple[int, float]]]
# A token, the concept that it matches, and with what weight.
Match = tuple[Token, int, float]


def matches(text: str, partition: Partition, concepts: Sequence[Concept], *, exact: bool = False) -> dict[int, float]:
    """Which concepts a published text matches, and with what weight."""
    return best_weights(matching(text, partition, by_term_of(concepts), concepts, exact=exact))


def by_term_of(concepts: Sequence[Concept]) -> ByTerm:
    """Term → the concepts it belongs to, with its weight there."""
    by_term: ByTerm = {}
    for number, concept in enumerate(concepts):
        for term, weight in concept.terms:
            by_term.setdefault(term, []).append((number, weight))
    return by_term


def matching(
    text: str, partition: Partition, by_term: ByTerm, concepts: Sequence[Concept], *, exact: bool
) -> list[Match]:
    """The tokens of a published text that match, in order; with `exact` only the asker's own forms."""
    found = []
    for token in find_terms(text, partition, by_term.keys()):
        for number, weight in by_term[token.term]:
            same = token.surface == concepts[number].surface
            if not exact or same or token.surface.casefold() == concepts[number].surface.casefold():
                found.append((token, number, weight if same else weight * SAME_STEM))
    return found


def best_weights(found: Iterable[Match]) -> dict[int, float]:
    """Concept number → weight of its best match."""
    matched: dict[int, float] = {}
    for _, number, weight in found:
        matched[number] = max(weight, matched.get(number, 0.0))
    return matched


def of_each(spans: Sequence[Span], found: Sequence[Match]) -> list[tuple[dict[int, float], list[Token]]]:
    """For each sentence, in order, the concepts it matches with their weights, and the tokens that did."""
    each = []
    place = 0
    for start, end in spans:
        first = place
        while place < len(found) and found[place][0].start < end:
            place += 1
        within = [match for match in found[first:place] if match[0].start >= start]
        shown = list(dict.fromkeys(token for token, _, _ in within)) if within else []
        each.append((best_weights(within), shown))
    return each
