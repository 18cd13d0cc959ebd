"""
What moderators read of sources and of the timed refresh, without having asked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from bot.chat.card import MAX_TEXT, Block, Card, fitting, size
from bot.chat.cards.record import code_in_words, moment_in_words, source_row, words_of
from bot.chat.cards.refresh import counts_line
from bot.messages import say
from corpus.store import SourceStatus
from retrieval.models import Language

if TYPE_CHECKING:
    from bot.curation import Labelled, Report

_MORE = 60  # characters that say how many more there are


def labelled_card(made: Labelled, locale: Language) -> Card:
    """A source as it stands after a moderator has said something of it."""
    head = say("source_kept" if made.applied else "source_same", locale)
    return Card((Block(f"{head}\n{source_row(made.source, locale)}"),), private=True)


def failing_card(sources: Sequence[SourceStatus], locale: Language) -> Card:
    """That these have been failing for days: since when, and why."""

    def row(source: SourceStatus) -> str:
        since, why = moment_in_words(source.failing_since or "", locale), code_in_words(source.code or "", locale)
        return f"- {say('failing_row', locale, source=_called(source, locale), when=since, why=why)}"

    return _card(say("failing_head", locale, count=len(sources)), sources, row, locale)


def recovered_card(sources: Sequence[SourceStatus], locale: Language) -> Card:
    """That these are read again."""
    head = say("recovered_head", locale, count=len(sources))
    return _card(head, sources, lambda source: f"- {_called(source, locale)}", locale)


def waiting_card(report: Report, locale: Language) -> Card:
    """That the timed refresh found what it does not apply by itself, in counts, and what to do."""
    golden = report.refused == "golden_lost"
    why = say("waiting_golden_lost" if golden else "waiting_not_small", locale)
    return Card((Block("\n".join([why, counts_line(report, locale), say("waiting_next", locale)])),))


def _card(head: str, sources: Sequence[SourceStatus], row: Callable[[SourceStatus], str], locale: Language) -> Card:
    """The first of these sources that have room, and how many more there are."""
    rows = [block.text for block in fitting([Block(row(one)) for one in sources], MAX_TEXT - size(head) - _MORE)]
    more = len(sources) - len(rows)
    return Card((Block("\n".join([head, *rows, *([say("and_more", locale, count=more)] if more else [])])),))


def _called(source: SourceStatus, locale: Language) -> str:
    place = words_of(source.locator)
    return say("source_said", locale, name=words_of(source.name), locator=place) if source.name else place
