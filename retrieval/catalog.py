"""
The statements of one corpus generation by id, and which of them a filter lets through.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.duplicates import Repeats, find_repeats
from corpus.models import Span, Statement
from retrieval.analyzer import Partition
from retrieval.dates import Range, parse_date_option
from retrieval.models import Hit
from retrieval.names import Names
from retrieval.passages import kind_of
from retrieval.published import published_terms

_WEEK = dt.timedelta(days=7)
_MAX_HEADINGS = 16_384
_MAX_PERIODS = 4
_MAX_ISSUERS = 1024


# A few organizations issue most statements.
_issuer_terms = lru_cache(maxsize=_MAX_ISSUERS)(published_terms)


class Selection(NamedTuple):
    """
    The statements that a filter lets through.

    Attributes:
        ids: `None` when nothing is filtered.
        undated: Ids left out only because they carry no date.
        imprecise: Ids left out because their month or year lies partly outside.
    """

    ids: frozenset[str] | None
    undated: frozenset[str] = frozenset()
    imprecise: frozenset[str] = frozenset()


class Heading(NamedTuple):
    """
    What stands over a statement, analyzed.

    Attributes:
        counts: Term of the title → how often it is there; terms of issuers that the title lacks count once.
        length: How many terms the title has.
    """

    counts: dict[str, int]
    length: int


class Catalog:
    """
    Statements of one generation, by id; they never change.

    Attributes:
        heading: Statement id, partition → `Heading`.
        compared: Which of all statements are the same release, once somebody had them compared.
        public_url: Where the public site of the record stands, without a slash at its end; "" without one.
    """

    def __init__(self, statements: Iterable[Statement], public_url: str = "") -> None:
        self.statements = {statement.id: statement for statement in statements}
        self.public_url = public_url
        self.compared: Repeats | None = None
        self.heading = lru_cache(maxsize=_MAX_HEADINGS)(self._read_heading)
        self._passing = lru_cache(maxsize=_MAX_PERIODS)(self._select_all)

    def __len__(self) -> int:
        return len(self.statements)

    def __getitem__(self, statement_id: str) -> Statement:
        return self.statements[statement_id]

    def _read_heading(self, statement_id: str, partition: Partition) -> Heading:
        statement = self.statements[statement_id]
        title = published_terms(statement.title, partition)
        issuers = (*filter(None, statement.organizations), *statement.short)
        counts: dict[str, int] = {}
        for term in title:
            counts[term] = counts.get(term, 0) + 1
        for name in issuers:
            for term in _issuer_terms(name, partition):
                counts.setdefault(term, 1)
        return Heading(counts, len(title))

    @cached_property
    def names(self) -> Names:
        """Speakers and issuers."""
        return Names(self.statements.values())

    @cached_property
    def dates(self) -> dict[str, Range]:
        """Id → first and last day a dated statement may be from."""
        return {s.id: parse_date_option(s.date) for s in self.statements.values() if s.date}

    @cached_property
    def span_of_dates(self) -> tuple[str, str] | None:
        """The first and last date of the record as printed in ISO, `None` without any."""
        dated = sorted((days, self.statements[id].date) for id, days in self.dates.items())
        return (str(dated[0][1]), str(max(dated, key=lambda item: item[0][1])[1])) if dated else None

    @cached_property
    def years(self) -> frozenset[str]:
        """Those of which it holds a dated statement, as printed in ISO dates."""
        return frozenset(str(self.statements[id].date)[:4] for id in self.dates)

    def compare(self) -> None:
        """Compare all statements with each other, so that no answer has to: for a process that answers many."""
        self.compared = find_repeats(self.statements.values())

    def repeats(self, ids: Iterable[str]) -> Repeats:
        """Which of these statements are the same release; others of theirs may stand beside them."""
        return self.compared or find_repeats(self.statements[id] for id in ids)

    def is_body(self, hit: Hit) -> bool:
        """Whether a passage of these statements is their own text, told without reading the passage."""
        statement = self.statements[hit.statement_id]
        if not statement.about and not statement.wrapper:
            return True
        start, _, end = hit.passage_id.rpartition(":")[2].partition("-")
        return kind_of(statement, Span(int(start), int(end))) == "body"

    def may_translate(self, one: str, other: str) -> bool:
        """Whether two statements are in different languages and of one week, as far as their dates are known."""
        if self.statements[one].language == self.statements[other].language:
            return False
        days, others = self.dates.get(one), self.dates.get(other)
        if days is None or others is None:
            return True
        return days[0] - others[1] <= _WEEK and others[0] - days[1] <= _WEEK

    def select(self, ranges: Sequence[Range], within: frozenset[str] | None) -> Selection:
        """
        Apply a date filter to the statements of `within` (`None`: all).

        A month or year date passes only when all of it lies inside one range; an undated statement never does.
        """
        if not ranges:
            return Selection(within)
        if within is None:
            return self._passing(tuple(ranges))
        ids = within & self.statements.keys()
        passed, imprecise = set(), set()
        for id in ids & self.dates.keys():
            first, last = self.dates[id]
            if any(since <= first and last <= until for since, until in ranges):
                passed.add(id)
            elif any(first <= until and since <= last for since, until in ranges):
                imprecise.add(id)
        return Selection(frozenset(passed), frozenset(ids - self.dates.keys()), frozenset(imprecise))

    def _select_all(self, ranges: tuple[Range, ...]) -> Selection:
        """The same of all statements at once, remembered, as many ask of the same years."""
        ids, first, last = self._days
        inside, touched = np.zeros(len(ids), bool), np.zeros(len(ids), bool)
        for since, until in ranges:
            inside |= (first >= since.toordinal()) & (last <= until.toordinal())
            touched |= (first <= until.toordinal()) & (last >= since.toordinal())
        passed, imprecise = ids[inside].tolist(), ids[touched & ~inside].tolist()
        return Selection(frozenset(passed), self._undated, frozenset(imprecise))

    @cached_property
    def _days(self) -> tuple[NDArray[np.object_], NDArray[np.int64], NDArray[np.int64]]:
        """Ids of the dated statements, with their first and last day, as aligned arrays."""
        ids = np.array(list(self.dates), dtype=object)
        days = np.array([(first.toordinal(), last.toordinal()) for first, last in self.dates.values()], dtype=np.int64)
        return ids, *days.reshape(-1, 2).T

    @cached_property
    def _undated(self) -> frozenset[str]:
        return frozenset(self.statements.keys() - self.dates.keys())

    def newest_first(self, ids: Iterable[str], *, oldest: bool = False) -> list[str]:
        """
        Ids by date, undated ones last, ties by id.

        A month or a year stands where it surely is: not newer than any of its days, not older either.
        """
        surely, undated = (1, dt.date.max) if oldest else (0, dt.date.min)
        return sorted(sorted(ids), key=lambda id: self.dates.get(id, (undated, undated))[surely], reverse=not oldest)
