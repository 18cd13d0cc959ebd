"""
How well quotes are found by topic: whose words come first, and whether nothing is shown where nobody speaks of it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from pathlib import Path

from corpus.models import Frozen
from retrieval.models import FoundQuote, QuoteRequest
from retrieval.quote_search.finder import QuoteFinder

_SHOWN = 3
_TODAY = dt.date(2026, 3, 15)


class QuoteTopic(Frozen):
    """
    A topic and who speaks of it.

    Attributes:
        statements: Ids of the statements whose quotes speak of it; none where nobody does.
        words: What the quote has to hold; any quote of these statements where it is empty.
    """

    about: str
    statements: tuple[str, ...] = ()
    words: str = ""

    def is_hit(self, found: FoundQuote) -> bool:
        """Whether a quote speaks of the topic."""
        return found.statement.id in self.statements and self.words.casefold() in found.text.casefold()


class TopicFigures(Frozen):
    """
    Counts of topics.

    Attributes:
        first, shown: Somebody speaks of it, and the first quote, or one of the first three, does.
        wrong: Somebody speaks of it, and the first quote does not.
        spoken: Somebody speaks of it.
        silent: Nobody does, and nothing is shown.
        unspoken: Nobody does.
    """

    first: int
    shown: int
    wrong: int
    spoken: int
    silent: int
    unspoken: int


def read_topics(path: Path) -> list[QuoteTopic]:
    """The topics of a file, a JSON object a line."""
    return [QuoteTopic.model_validate(json.loads(line)) for line in path.read_text("utf-8").splitlines()]


def measure_topics(finder: QuoteFinder, topics: Iterable[QuoteTopic]) -> TopicFigures:
    """Ask for quotes on each topic."""
    counts = dict.fromkeys(TopicFigures.model_fields, 0)
    for topic in topics:
        quotes = finder.find(QuoteRequest(about=topic.about, limit=_SHOWN), _TODAY).quotes
        hits = [topic.is_hit(quote) for quote in quotes]
        if topic.statements:
            counts["spoken"] += 1
            counts["first"] += hits[:1] == [True]
            counts["shown"] += any(hits)
            counts["wrong"] += hits[:1] == [False]
        else:
            counts["unspoken"] += 1
            counts["silent"] += not quotes
    return TopicFigures(**counts)
