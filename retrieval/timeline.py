"""
Topic → `Timeline`: what was said on it, by date, and in how many statements a year.

    Topic.read → Topic.statements → one version of each release → Topic.said_in, oldest first
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import zip_longest

from retrieval.asking import Asker, bridged_through
from retrieval.catalog import Catalog
from retrieval.citations import cite
from retrieval.models import AskRequest, CitationStyle, Excerpt, Language, Note, Timeline, TimelineRequest
from retrieval.repeating import versions_for
from retrieval.topics import Topic

# No reader follows more statements than these; the counts are of all.
MAX_STATEMENTS = 40
# Excerpts of each.
_EACH = 2


class Timeliner:
    """Lays topics out over time, from the corpus generation of an asker; immutable, safe to share between threads."""

    def __init__(self, asker: Asker) -> None:
        self._asker = asker
        self._catalog = asker.catalog

    def timeline(self, request: TimelineRequest, today: dt.date) -> Timeline:
        """
        Lay out a topic.

        Dates, in the topic or as options, leave out what is surely or perhaps of other times. Statements without a date
        are there all the same, apart.

        Raises:
            UsageError: No topic; else see `parse_question`.
        """
        topic = Topic.read(_question(request), self._asker, today)
        locale = request.locale or topic.asked.question.language or "en"
        ids = self._one_version_each(topic.statements(_passing(topic)), topic)
        dated = self._oldest_first(id for id in ids if self._catalog[id].date)
        shown, apart = self._most_telling(dated, topic), sorted(ids.difference(dated))[:MAX_STATEMENTS]
        said = list(topic.said_in([*shown, *apart], _EACH))
        excerpts = [self._placed(one.excerpt, rank, request.cite, locale) for rank, one in enumerate(said, start=1)]
        years = self._by_year(dated)
        return Timeline(
            topic=request.topic,
            locale=locale,
            filters=topic.asked.filters.model_copy(update={"order": "oldest"}),
            excerpts=tuple(one for one in excerpts if one.statement.date),
            undated=tuple(one for one in excerpts if not one.statement.date),
            years=years,
            gaps=self._gaps(years),
            total=len(ids),
            corrected=topic.expansion.corrected,
            bridged=bridged_through(topic.asked.question, topic.expansion, [one.passage for one in said]),
            coverage=topic.coverage(found=bool(ids)),
            notes=tuple(self._notes(topic, len(ids), len(shown) + len(apart), bool(apart))),
        )

    def _placed(self, excerpt: Excerpt, rank: int, style: CitationStyle | None, locale: Language) -> Excerpt:
        """The excerpt in its place, with its citation where one was asked for."""
        citation = cite(excerpt, style, locale, self._catalog.public_url) if style else None
        return excerpt.model_copy(update={"rank": rank, "citation": citation})

    def _oldest_first(self, ids: Iterable[str]) -> list[str]:
        """By date as printed: what is known to be of 2012 stands before the days of 2012. Ties by id."""
        return sorted(ids, key=lambda id: (self._catalog[id].date or "", id))

    def _one_version_each(self, ids: Set[str], topic: Topic) -> frozenset[str]:
        """Of every release one statement: with a date, in the asker's language, with an issuer, the earliest."""
        repeats = self._catalog.repeats(ids)
        language = versions_for(topic.request, topic.asked.question).language
        releases: dict[str, list[str]] = defaultdict(list)
        for id in self._oldest_first(ids):
            releases[min((id, *repeats.again.get(id, ()), *repeats.translations.get(id, ())))].append(id)

        def lacks(id: str) -> tuple[bool, ...]:
            statement = self._catalog[id]
            return not statement.date, statement.language != language, not any(statement.organizations)

        return frozenset(min(versions, key=lacks) for versions in releases.values())

    def _most_telling(self, dated: Sequence[str], topic: Topic) -> list[str]:
        """All where they are few; else the first, the newest, and of each year in turn what says most."""
        if len(dated) <= MAX_STATEMENTS:
            return list(dated)
        best = topic.scores(frozenset(dated))
        years: dict[str, list[str]] = defaultdict(list)
        for id in sorted(dated, key=lambda id: -best.get(id, 0.0)):
            years[_year(self._catalog, id)].append(id)
        in_turn = (id for each in zip_longest(*years.values()) for id in each if id)
        kept = list(dict.fromkeys((dated[0], dated[-1], *in_turn)))[:MAX_STATEMENTS]
        return [id for id in dated if id in kept]

    def _by_year(self, dated: Sequence[str]) -> dict[str, int]:
        counts = Counter(int(_year(self._catalog, id)) for id in dated)
        years = range(min(counts), max(counts) + 1) if counts else ()
        return {f"{year:04}": counts[year] for year in years}

    def _gaps(self, years: dict[str, int]) -> tuple[str, ...]:
        """Years of which the record holds nothing at all, so that 0 says nothing about the topic."""
        return tuple(year for year in years if year not in self._catalog.years)

    def _notes(self, topic: Topic, found: int, shown: int, undated: bool) -> Iterator[Note]:
        asked, ranges = topic.asked, topic.asked.question.ranges
        yield from asked.notes
        if asked.question.unknown_source:
            yield Note(code="source_unknown", values={"name": asked.question.unknown_source})
        if not topic.has_words and not found:
            yield Note(code="topic_missing")
        if asked.selection.imprecise and (imprecise := len(topic.statements(asked.selection.imprecise))):
            yield Note(code="imprecise_left_out", values={"count": imprecise})
        if undated and ranges:
            yield Note(code="undated_any_time")
        if shown < found:
            yield Note(code="timeline_bounded", values={"count": shown, "total": found})
        dates = self._catalog.span_of_dates
        if dates and ranges and not found and not self._catalog.select(ranges, None).ids:
            yield Note(code="out_of_coverage", values={"first": dates[0], "last": dates[1]})


def _question(request: TimelineRequest) -> AskRequest:
    """The question that a topic would be."""
    return AskRequest(
        question=request.topic,
        organization=request.organization,
        speaker=request.speaker,
        since=request.since,
        until=request.until,
        locale=request.locale,
        cite=request.cite,
    )


def _passing(topic: Topic) -> frozenset[str] | None:
    """The statements that the filters let through, with those that dates cannot place."""
    selection = topic.asked.selection
    return None if selection.ids is None else selection.ids | selection.undated


def _year(catalog: Catalog, id: str) -> str:
    return str(catalog[id].date)[:4]
