"""
Which releases say the same in two languages: recognised by what languages share, without a dictionary.

Numbers, names and acronyms stay as they are, and many long words begin alike ("deportation", "deportación"). In a
translation they stand at about the same place of the text, the same people speak in the same order, and the texts are
of about the same length. Statements of one organisation and one day share names and a manner, not these.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple, Self

from corpus.anchors import (
    Anchors,
    Days,
    Places,
    anchors_of,
    days_in,
    days_of,
    gap_days,
    look_alikes,
    nearby,
    own_text,
    places_of,
)
from corpus.canonical import fold_word
from corpus.models import Statement

# A translation comes out the same day, or a few days later.
_MOST_DAYS = 7
# How much longer one of the two may be, with a paragraph left out.
_LONGEST = 1.9
# How far apart the same word may stand in two languages, as a share of the text.
_NEARBY = 0.12
# Look-alikes stand closer together, as there are many. Of 62 translations (XQuAD, the sample) none shared less than
# 0.19, of 1,420 other pairs none more than 0.123.
_LOOK_ALIKES_NEARBY = 0.06
_LEAST_ALIKE, _ALL_ALIKE = 0.12, 0.2
# Kinds of evidence with fewer words than this are chance.
_FEW_NUMBERS, _FEW_NAMES, _FEW_LOOK_ALIKES = 2, 3, 10
# A second candidate this close: it is not sure which of the two it is.
_MARGIN = 0.08
# A word that so many statements hold finds none of them.
_CROWD = 40
# Share of numbers and names by which two texts meet.
_MEET = 0.3


# Word → places of the releases that hold it.
_Table = dict[str, list[int]]


class _Bar(NamedTuple):
    """What two texts must share: in all, of their numbers, and how many numbers and names."""

    share: float
    numbers: float
    words: int


_SAME_DAY = _Bar(share=0.6, numbers=0.67, words=3)
# What the date does not say, the words must.
_OTHER_DAY = _Bar(share=0.7, numbers=0.85, words=5)


class _Release(NamedTuple):
    """A release, read for its translations."""

    place: int
    statement: Statement
    anchors: Anchors
    days: Days | None
    words: frozenset[str]
    chars: int

    @classmethod
    def of(cls, place: int, statement: Statement) -> Self:
        anchors = anchors_of(statement)
        words = anchors.numbers | anchors.names
        return cls(place, statement, anchors, days_of(statement), words, len(own_text(statement)))


class Neighborhood:
    """Languages and days of which a translation of some statements may be."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        # Language → weeks around its statements; `None` stands for those without a date.
        self._weeks: dict[str, set[int | None]] = defaultdict(set)
        for one in statements:
            weeks = _weeks(days_of(one))
            self._weeks[one.language].update(range(weeks.start - 1, weeks.stop + 1) if weeks else (None,))
        self._weeks.pop("und", None)

    def holds(self, language: str, date: str | None) -> bool:
        """Whether a statement of this language and date (ISO) may be a translation of one of them."""
        others = [weeks for other, weeks in self._weeks.items() if other != language != "und"]
        own = _weeks(days_in(date))
        return bool(others) and (not own or any(None in weeks or not weeks.isdisjoint(own) for weeks in others))


def meeting(releases: Sequence[Statement]) -> set[int]:
    """Places of the releases that share enough numbers or names with one in another language to be read beside it."""
    if len({statement.language for statement in releases} - {"und"}) < 2:
        return set()
    read = [_Release.of(place, statement) for place, statement in enumerate(releases) if statement.language != "und"]
    return {one.place for pair in _candidates(read) for one in pair}


def find_translations(releases: Sequence[Statement]) -> list[tuple[int, int]]:
    """
    Places of releases that are translations of each other.

    Of each language a release has at most one translation, and only where no other comes close.

    Args:
        releases: One statement each; those of an unknown language have no translations.
    """
    read = [_Release.of(place, statement) for place, statement in enumerate(releases) if statement.language != "und"]
    scores: dict[tuple[int, str], dict[int, float]] = defaultdict(dict)
    for one, other in _candidates(read):
        share = _agreement(one, other)
        if share:
            scores[one.place, other.statement.language][other.place] = share
            scores[other.place, one.statement.language][one.place] = share
    best = {key: found for key, shares in scores.items() if (found := _surely_best(shares)) is not None}
    return [
        (place, found)
        for (place, language), found in sorted(best.items())
        if place < found and best.get((found, releases[place].language)) == place
    ]


def _surely_best(shares: dict[int, float]) -> int | None:
    first, *rest = sorted(shares, key=lambda place: (-shares[place], place))
    return first if not rest or shares[first] - shares[rest[0]] > _MARGIN else None


def _candidates(read: Sequence[_Release]) -> Iterator[tuple[_Release, _Release]]:
    """Pairs in two languages that share some numbers or names at about the same time, each pair once."""
    last = max((one.statement.language for one in read), default="")
    holding = _Holding(read)
    for one in read:
        if one.statement.language == last:
            continue
        for least, tables in holding.around(one.days):
            meets = Counter(chain.from_iterable(_met(one.words, table) for table in tables))
            for other in [read[number] for number, count in meets.items() if count >= least]:
                if one.statement.language < other.statement.language and _meet(one, other):
                    yield one, other


def _met(words: frozenset[str], table: _Table) -> Iterable[int]:
    """The releases that hold some of these words, once for each; what crowds of releases hold is left out."""
    found = (table[word] for word in words & table.keys())
    return chain.from_iterable(places for places in found if len(places) <= _CROWD)


class _Holding:
    """Which releases hold a number or name: by week, without a date, in all."""

    def __init__(self, read: Sequence[_Release]) -> None:
        self._weeks: dict[int, _Table] = defaultdict(lambda: defaultdict(list))
        self._undated: _Table = defaultdict(list)
        self._all: _Table = defaultdict(list)
        first = min((one.statement.language for one in read), default="")
        for number, one in enumerate(read):
            # Nothing asks for the language that comes first.
            if one.statement.language != first:
                for table in (self._all, *([self._weeks[week] for week in _weeks(one.days)] or [self._undated])):
                    for word in one.words:
                        table[word].append(number)

    def around(self, days: Days | None) -> Iterator[tuple[int, list[_Table]]]:
        """The tables in which a translation of these days may stand, and how many words it must share at least."""
        if days is None:
            yield _OTHER_DAY.words, [self._all]
            return
        yield _OTHER_DAY.words, [self._undated]
        weeks = _weeks(days)
        near = (self._weeks.get(week) for week in range(weeks.start - 1, weeks.stop + 1))
        yield _SAME_DAY.words, [table for table in near if table]


def _meet(one: _Release, other: _Release) -> bool:
    """Whether two texts share enough to be read side by side."""
    return len(one.words & other.words) >= _MEET * min(len(one.words), len(other.words))


def _weeks(days: Days | None) -> range:
    return range(days.first.toordinal() // 7, days.last.toordinal() // 7 + 1) if days else range(0)


def _agreement(one: _Release, other: _Release) -> float:
    """
    How surely two texts say the same (0 to 1), 0 where they may not.

    Side by side from beginning to end, or from the beginning until the shorter one stops: its last paragraph may be
    missing.
    """
    if not _may_be(one, other):
        return 0.0
    bar = _SAME_DAY if one.days and one.days == other.days else _OTHER_DAY
    pair = _Pair.of(one, other)
    return max(pair.agreement(bar, stretch) for stretch in (1.0, one.chars / other.chars))


def _may_be(one: _Release, other: _Release) -> bool:
    """Whether date, length and speakers let two texts say the same."""
    gap = gap_days(one.days, other.days) if one.days and other.days else 0
    short, long = sorted((one.chars, other.chars))
    return gap <= _MOST_DAYS and long <= _LONGEST * short and _same_speakers(one.statement, other.statement)


class _Kind(NamedTuple):
    """One kind of evidence: the words of two texts with their places."""

    one: Places
    other: Places

    def both(self, most: float, stretch: float) -> int:
        """How many words stand in both at about the same place."""
        return nearby(self.one.keys() & self.other.keys(), self.one, self.other, most, stretch)

    def __len__(self) -> int:
        return min(len(self.one), len(self.other))


class _Pair(NamedTuple):
    """Two texts side by side."""

    numbers: _Kind
    names: _Kind
    beginnings: _Kind

    @classmethod
    def of(cls, one: _Release, other: _Release) -> Self:
        left, right = places_of(one.statement), places_of(other.statement)
        numbers, names = (
            _Kind({word: left[word] for word in mine}, {word: right[word] for word in theirs})
            for mine, theirs in zip(one.anchors, other.anchors, strict=True)
        )
        return cls(numbers, names, _Kind(look_alikes(one.statement), look_alikes(other.statement)))

    def agreement(self, bar: _Bar, stretch: float) -> float:
        """Mean share of the kinds that have enough words; 0 below the bar."""
        numbers, names = (kind.both(_NEARBY, stretch) for kind in (self.numbers, self.names))
        if numbers < bar.numbers * len(self.numbers) or numbers + names < bar.words:
            return 0.0
        alike = self.beginnings.both(_LOOK_ALIKES_NEARBY, stretch)
        if len(self.beginnings) >= _FEW_LOOK_ALIKES and alike < _LEAST_ALIKE * len(self.beginnings):
            return 0.0
        kinds = (
            (numbers, len(self.numbers), _FEW_NUMBERS),
            (names, len(self.names), _FEW_NAMES),
            (alike / _ALL_ALIKE, len(self.beginnings), _FEW_LOOK_ALIKES),
        )
        shares = [min(1.0, both / of) for both, of, few in kinds if of >= few]
        share = sum(shares) / len(shares) if len(shares) > 1 else 0.0
        return share if share >= bar.share else 0.0


def _same_speakers(one: Statement, other: Statement) -> bool:
    """Whether the same people are quoted in the same order, where both quote people; one may quote fewer."""
    few, many = sorted((_speakers(one), _speakers(other)), key=len)
    rest = iter(many)
    return all(name in rest for name in few)


def _speakers(statement: Statement) -> list[str]:
    """Surnames in the order in which they first speak."""
    return list(dict.fromkeys(fold_word(q.speaker.name).split()[-1] for q in statement.quotes if q.speaker))
