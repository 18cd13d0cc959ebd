"""
What a question found, in the order that it asks for.
"""

from __future__ import annotations

from typing import NamedTuple

from corpus.models import Span
from retrieval.catalog import Catalog
from retrieval.confidence import Judgment
from retrieval.narrowing import Narrowed
from retrieval.query import Question
from retrieval.ranking import Ranked
from retrieval.windows import Voice, best_window

# Passages that cover nearly as much as the best one are put in order of their dates, or speakers first.
_NEARLY = 0.8


class Found(NamedTuple):
    """What one question found: how it was narrowed, the passages worth showing, best first, and their worth."""

    asked: Narrowed
    shown: list[Ranked]
    judgment: Judgment


def in_order(ranked: list[Ranked], question: Question, catalog: Catalog) -> list[Ranked]:
    """
    Newest or oldest first where that was asked for, and for "who said" those in which somebody with a name speaks.

    Only passages that answer nearly as well as the best one change places.
    """
    if not ranked or (question.order == "relevance" and not question.asks_speaker):
        return ranked
    enough = _NEARLY * max(found.coverage for found in ranked)
    good = [found for found in ranked if found.coverage >= enough]
    rest = [found for found in ranked if found.coverage < enough]
    if question.order != "relevance":
        by_date = catalog.newest_first({f.passage.statement_id for f in good}, oldest=question.order == "oldest")
        good.sort(key=lambda found: (by_date.index(found.passage.statement_id), -found.score, found.passage.id))
    if question.asks_speaker:
        good = [_where_spoken(found, catalog) for found in good]
        good.sort(key=lambda found: not _has_speaker(found, catalog))
    return good + rest


def _where_spoken(found: Ranked, catalog: Catalog) -> Ranked:
    """The passage with sentences that somebody speaks, if they hold as many words of the question."""
    if _has_speaker(found, catalog):
        return found
    start = found.passage.span.start
    voices = [
        Voice(Span(quote.start - start, quote.end - start), quote.speaker.name)
        for quote in catalog[found.passage.statement_id].quotes
        if quote.speaker and quote.span.overlaps(found.passage.span)
    ]
    text, language = found.passage.text, found.passage.language
    within = [voice.span for voice in voices]
    window = best_window(text, language, found.concepts, wants="person", within=within, voices=voices)
    if window and window.matched.keys() >= found.window.matched.keys():
        return found._replace(window=window)
    return found


def _has_speaker(found: Ranked, catalog: Catalog) -> bool:
    """Whether what would be shown lies in the words of somebody who has a name."""
    start = found.passage.span.start
    shown = Span(start + found.window.span.start, start + found.window.span.end)
    return any(q.speaker and q.span.overlaps(shown) for q in catalog[found.passage.statement_id].quotes)
