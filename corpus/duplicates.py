"""
Which statements of a generation are the same release: again in the same words, or in another language.

    find_repeats(statements) → Repeats

Whatever is not sure is left apart: two statements shown beside each other do little harm, one that is hidden is lost.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from corpus.anchors import anchors_of, clash, own_text
from corpus.canonical import fold_word
from corpus.models import Statement
from corpus.shingles import Shingles, sampled, shared, shingles
from corpus.translations import find_translations, meeting

# Shares of 5-word shingles. Of one day: a correction may change a sentence, a blog may frame the release.
_SAME_DAY, _LARGER = 0.75, 0.55
# Under another date, or none: what a site adds may differ, the words may not.
_ANY_DAY = 0.9
# In a text of so few shingles one word may change what it says: only equal words count.
_FEW_SHINGLES = 60
_SHORT_CHARS = 600
_CROWD = 20
# So much of a text finds the others, before it is read whole.
_HEAD_CHARS = 2_500
# Texts that share runs with one share them with several.
_READ = 4096


class Repeats(NamedTuple):
    """
    The same release more than once.

    Attributes:
        again: Id → ids of all statements with its words, itself included, the best evidence first; only where there
            are at least two.
        translations: Id → ids of the statements that say the same in other languages, the best evidence first.
    """

    again: Mapping[str, tuple[str, ...]]
    translations: Mapping[str, tuple[str, ...]]


def find_repeats(statements: Iterable[Statement]) -> Repeats:
    """
    Compare all statements of a generation with each other.

    Only those are read word by word that share sampled shingles, or anchors (numbers, names) at about the same time:
    the effort grows with the statements, not with their pairs. The order of the statements makes no difference.
    """
    ordered = sorted(statements, key=lambda one: one.id)
    groups = _grouped(ordered, list(_same_words(ordered)))
    again = {one.id: tuple(other.id for other in group) for group in groups if len(group) > 1 for one in group}
    translations: dict[str, list[str]] = defaultdict(list)
    for left, right in find_translations([group[0] for group in groups]):
        for one, other in ((left, right), (right, left)):
            for statement in groups[one]:
                translations[statement.id] += [found.id for found in groups[other]]
    return Repeats(again, {id: tuple(others) for id, others in translations.items()})


def evidence(statement: Statement) -> tuple[bool, bool, int, str]:
    """Sorts the statement that says most about itself first: dated, issuer known, newest revision, then by id."""
    return statement.date is None, not any(statement.organizations), -statement.revision, statement.id


def originals(statements: Iterable[Statement], repeats: Repeats) -> dict[str, str]:
    """
    Id of a translation → id of the statement it was translated from.

    That is the one in the language of most statements of its issuers, else the earlier id.
    """
    by_id = {one.id: one for one in statements}
    written = Counter((name, one.language) for one in by_id.values() for name in one.organizations if name)
    found = {}
    for id, others in repeats.translations.items():
        pair = [one for one in (by_id.get(id), by_id.get(others[0])) if one]
        issuers = {name for one in pair for name in one.organizations if name}
        usual = {one.id: sum(written[name, one.language] for name in issuers) for one in pair}
        first = min(pair, key=lambda one: (-usual[one.id], one.id))
        if first.language != by_id[id].language:
            found[id] = first.id
    return found


def find_new_translations(added: Sequence[Statement], standing: Sequence[Statement]) -> dict[str, str]:
    """
    Id of an added statement → id of the one that it is a translation of: one that stands already, or of those that were
    added with it the one that `originals` names.

    Args:
        added: What was added together.
        standing: Which others may be their originals: those of another language and of about their days.
    """
    releases = [*added, *standing]
    read = [releases[place] for place in sorted(meeting(releases))]
    repeats = find_repeats(read)
    known = {one.id for one in standing}
    within = originals(releases, repeats)
    found = {}
    for one in added:
        before = next((other for other in repeats.translations.get(one.id, ()) if other in known), None)
        if original := before or within.get(one.id):
            found[one.id] = original
    return found


def _grouped(ordered: Sequence[Statement], pairs: Iterable[tuple[int, int]]) -> list[list[Statement]]:
    """Statements linked by pairs of places, each group with the best evidence first."""
    leader = list(range(len(ordered)))

    def lead(place: int) -> int:
        while leader[place] != place:
            leader[place] = place = leader[leader[place]]
        return place

    for one, other in pairs:
        leader[max(lead(one), lead(other))] = min(lead(one), lead(other))
    groups: dict[int, list[Statement]] = defaultdict(list)
    for place, statement in enumerate(ordered):
        groups[lead(place)].append(statement)
    return [sorted(group, key=evidence) for group in groups.values()]


def _same_words(ordered: Sequence[Statement]) -> Iterator[tuple[int, int]]:
    """Places of statements that are one release in one language."""
    known: dict[str, int] = {}
    first: dict[bytes, int] = {}
    holding: dict[bytes, list[int]] = {}
    for place, statement in enumerate(ordered):
        text = own_text(statement)
        if len(text) <= _SHORT_CHARS:
            yield known.setdefault(fold_word(text), place), place
        for run in sampled(text[:_HEAD_CHARS]):
            before = first.setdefault(run, place)
            if before != place:
                holding.setdefault(run, [before]).append(place)
    read = lru_cache(_READ)(lambda place: shingles(own_text(ordered[place])))
    for one, other in _close(holding.values()):
        if _is_again(ordered[one], ordered[other], read(one), read(other)):
            yield one, other


def _close(holding: Iterable[list[int]]) -> list[tuple[int, int]]:
    """Pairs of places that share sampled shingles; of a crowd, each with the first."""
    pairs: set[tuple[int, int]] = set()
    for places in holding:
        few = len(places) <= _CROWD
        pairs.update(combinations(places, 2) if few else ((places[0], other) for other in places[1:]))
    return sorted(pairs)


def _is_again(one: Statement, other: Statement, left: Shingles, right: Shingles) -> bool:
    """Whether two statements print one release; of one day it may be corrected, else names and numbers are the same."""
    if one.language != other.language or _are_apart(one, other):
        return False
    smaller, larger = shared(left, right)
    if min(len(left), len(right)) < _FEW_SHINGLES or larger < _LARGER:
        return False
    if one.date and one.date == other.date and one.date_precision == "day":
        return smaller >= _SAME_DAY
    if smaller < _ANY_DAY:
        return False
    return not any(clash(*kinds) for kinds in zip(anchors_of(one), anchors_of(other), strict=True))


def _are_apart(one: Statement, other: Statement) -> bool:
    """Whether each names a place of its own: one frame for two towns."""
    return bool(one.place and other.place) and fold_word(one.place or "") != fold_word(other.place or "")
