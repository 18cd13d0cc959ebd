"""
Which releases say the same in two languages: recognised by what languages share, without a dictionary.

Numbers, names and acronyms stay as they are, and many long words begin alike ("deportation", "deportación"). In a
translation they stand at about the same place of the text, the same people speak in the same order, and the texts are
of about the same length. Statements of one organisation and one day share names and a manner, not these.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus.anchors import Anchors, Days, Places, anchors_of, days_of, gap_days, look_alikes, nearby, own_text
from corpus.canonical import fold_word
from corpus.models import Statement

# A translation comes out the same day, or a few days later.
_MOST_DAYS = 7
# How much longer one of the two may be, with a paragraph left out.
_LONGEST = 1.9
# How far apart the same word may stand in two languages, as a share of the text.
_NEARBY = 0.12
# Look-alikes stand closer together, as there are many. Of 62 translations half or more had twice the lower share; of
# 3,800 other pairs of texts none had more than 0.12.
_LOOK_ALIKES_NEARBY = 0.06
_LEAST_ALIKE, _ALL_ALIKE = 0.12, 0.2
# Kinds of evidence with fewer words than this are chance.
_FEW_NUMBERS, _FEW_NAMES, _FEW_LOOK_ALIKES = 2, 3, 10
# A second candidate this close: it is not sure which of the two it is.
_MARGIN = 0.08
# A word that so many statements hold finds none of them.
_CROWD = 60
# Numbers and names by which two texts meet.
_FEW_SHARED = 2


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


def find_translations(releases: Sequence[Statement]) -> list[tuple[int, int]]:
    """
    Places of releases that are translations of each other.

    Of each language a release has at most one translation, and only where no other comes close.

    Args:
        releases: One statement each; those of an unknown language have no translations.
    """
    read = [
        _Release(place, statement, anchors_of(statement), days_of(statement))
        for place, statement in enumerate(releases)
        if statement.language != "und"
    ]
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
    """Pairs in two languages that share at least two numbers or names at about the same time."""
    undated: dict[str, list[int]] = defaultdict(list)
    anytime: dict[str, list[int]] = defaultdict(list)
    dated: dict[tuple[str, int], list[int]] = defaultdict(list)
    for number, one in enumerate(read):
        for word in _words(one):
            anytime[word].append(number)
            if one.days is None:
                undated[word].append(number)
            for week in _weeks(one.days):
                dated[word, week].append(number)
    for number, one in enumerate(read):
        around = {week + step for week in _weeks(one.days) for step in (-1, 0, 1)}
        meets: Counter[int] = Counter()
        for word in _words(one):
            lists = [dated[word, week] for week in around if (word, week) in dated]
            lists.append(undated.get(word, []) if one.days else anytime[word])
            meets.update({other for few in lists if len(few) <= _CROWD for other in few})
        del meets[number]
        for other in sorted(meets):
            # Each pair once, from the one whose language comes first.
            if meets[other] >= _FEW_SHARED and read[other].statement.language > one.statement.language:
                yield one, read[other]


def _words(release: _Release) -> set[str]:
    return set(release.anchors.numbers) | set(release.anchors.names)


def _weeks(days: Days | None) -> range:
    return range(days.first.toordinal() // 7, days.last.toordinal() // 7 + 1) if days else range(0)


def _agreement(one: _Release, other: _Release) -> float:
    """How surely two texts say the same (0 to 1), 0 where they may not."""
    gap = gap_days(one.days, other.days) if one.days and other.days else 0
    bar = _SAME_DAY if one.days and one.days == other.days else _OTHER_DAY
    sizes = sorted(len(own_text(release.statement)) for release in (one, other))
    if gap > _MOST_DAYS or sizes[1] > _LONGEST * sizes[0] or not _same_speakers(one.statement, other.statement):
        return 0.0
    numbers, names = (_shared(a, b) for a, b in zip(one.anchors, other.anchors, strict=True))
    if (numbers.of and numbers.both / numbers.of < bar.numbers) or numbers.both + names.both < bar.words:
        return 0.0
    alike = _shared(look_alikes(one.statement), look_alikes(other.statement), _LOOK_ALIKES_NEARBY)
    if alike.of >= _FEW_LOOK_ALIKES and alike.both < _LEAST_ALIKE * alike.of:
        return 0.0
    kinds = [
        numbers.both / numbers.of if numbers.of >= _FEW_NUMBERS else None,
        names.both / names.of if names.of >= _FEW_NAMES else None,
        min(1.0, alike.both / alike.of / _ALL_ALIKE) if alike.of >= _FEW_LOOK_ALIKES else None,
    ]
    shares = [share for share in kinds if share is not None]
    share = sum(shares) / len(shares) if len(shares) > 1 else 0.0
    return share if share >= bar.share else 0.0


class _Shared(NamedTuple):
    """How many words of two texts stand in both at about the same place, and how many the text with fewer has."""

    both: int
    of: int


def _shared(one: Places, other: Places, most: float = _NEARBY) -> _Shared:
    return _Shared(nearby(one, other, most), min(len(one), len(other)))


def _same_speakers(one: Statement, other: Statement) -> bool:
    """Whether the same people are quoted in the same order, where both quote people; one may quote fewer."""
    few, many = sorted((_speakers(one), _speakers(other)), key=len)
    rest = iter(many)
    return all(name in rest for name in few)


def _speakers(statement: Statement) -> list[str]:
    """Surnames in the order in which they first speak."""
    return list(dict.fromkeys(fold_word(q.speaker.name).split()[-1] for q in statement.quotes if q.speaker))
