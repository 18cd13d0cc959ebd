"""
What says the same is shown once: the same words, the same release again, a translation of it.

Where a question finds both, the asker's language is shown, and of one language the statement that says most about
itself. What another one says better is not hidden behind it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import permutations
from typing import NamedTuple, Self

from corpus.canonical import fold_word
from corpus.duplicates import evidence, find_repeats
from corpus.shingles import SIZE, words_of
from retrieval.catalog import Catalog
from retrieval.models import AskRequest, Language
from retrieval.query import Question
from retrieval.question_forms import NEGATIONS
from retrieval.ranking import Ranked

# The asker's language, or the better evidence, is shown where it covers this share of what the best one covers.
_NEARLY = 0.8
# Words were shown before when this share of their runs was; a changed number or "not" is still something else.
_SAME_WORDS = 0.8
_OPENING_CHARS = 40
# Further passages of a long list are not compared with each other.
_COMPARED = 100
_NEGATIONS = frozenset(word.encode() for word in NEGATIONS)


class Versions(NamedTuple):
    """
    How the versions of a release are chosen between.

    Attributes:
        language: Of the asker.
        exact: Very words are asked for: none of them is swapped for a translation.
        in_order: The places say something (newest first): a version stays in its own.
    """

    language: Language
    exact: bool = False
    in_order: bool = False


def versions_for(request: AskRequest, question: Question) -> Versions:
    """The versions that answer a question best: in its language, else in that of the reply."""
    return Versions(
        language=question.written_in or question.language or request.locale or "en",
        exact=request.exact or bool(question.phrases),
        in_order=question.order != "relevance" or question.counts,
    )


def without_repeats(shown: Sequence[Ranked], versions: Versions, catalog: Catalog) -> list[Ranked]:
    """
    The same passages, without those that only say again what others say.

    Args:
        shown: Best first, or in the order asked for.
        versions: Which version is wanted.
        catalog: Knows which statements are one release; not asked where all passages are of one statement.
    """
    if len({found.passage.statement_id for found in shown}) > 1:
        shown = _one_version_each(shown, versions, catalog)
    return _new_words(shown)


def not_among(shown: Iterable[Ranked], others: Iterable[Ranked], versions: Versions, catalog: Catalog) -> list[Ranked]:
    """The passages of releases that none of the others is from, in whichever language."""
    shown, others = list(shown), list(others)
    releases = _releases((*shown, *others), versions, catalog)
    there = {releases[found.passage.statement_id] for found in others}
    return [found for found in shown if releases[found.passage.statement_id] not in there]


def _releases(found: Iterable[Ranked], versions: Versions, catalog: Catalog) -> dict[str, str]:
    """Statement id → the id of its release, the same for all versions of it."""
    openings: dict[str, set[str]] = defaultdict(set)
    for one in found:
        id = one.passage.statement_id
        openings[id] |= {_opening(one), fold_word(catalog[id].title)}
    # A copy has the same title or is found by the same sentences, a translation is of about the same day: no others are
    # read word by word.
    alike = _with_copies(openings) | _with_translations(openings, catalog)
    again, translations = find_repeats(catalog[id] for id in alike)
    return {id: min((id, *again.get(id, ()), *(() if versions.exact else translations.get(id, ())))) for id in openings}


def _with_copies(openings: Mapping[str, set[str]]) -> set[str]:
    """Ids of the statements that open like another one."""
    times = Counter(opening for some in openings.values() for opening in some)
    return {id for id, some in openings.items() if any(times[opening] > 1 for opening in some)}


def _with_translations(ids: Iterable[str], catalog: Catalog) -> set[str]:
    """Ids of the statements that may be a translation of another one."""
    languages: dict[str, list[str]] = defaultdict(list)
    for id in ids:
        languages[catalog[id].language].append(id)
    found: set[str] = set()
    for some, others in permutations(languages.values(), 2):
        found.update(id for id in some if id not in found and any(catalog.may_translate(id, one) for one in others))
    return found


def _opening(found: Ranked) -> str:
    """How the sentences begin that are shown."""
    start = found.window.span.start
    return fold_word(found.passage.text[start : start + _OPENING_CHARS])


def _one_version_each(shown: Sequence[Ranked], versions: Versions, catalog: Catalog) -> list[Ranked]:
    """Of every release the passages of one statement, the first of them where the release was first found."""
    names = _releases(shown, versions, catalog)
    releases: dict[str, list[int]] = defaultdict(list)
    for number, found in enumerate(shown):
        releases[names[found.passage.statement_id]].append(number)
    places: list[tuple[int, int]] = []
    for numbers in releases.values():
        best, *others = _version(numbers, shown, versions, catalog) if len(numbers) > 1 else numbers
        places.append((best if versions.in_order else numbers[0], best))
        places += [(number, number) for number in others]
    return [shown[number] for _, number in sorted(places)]


def _version(numbers: Sequence[int], shown: Sequence[Ranked], versions: Versions, catalog: Catalog) -> list[int]:
    """Places of the passages of one statement, out of those of a release."""

    def covered(numbers: Sequence[int]) -> float:
        return max(shown[number].coverage for number in numbers)

    languages, statements = defaultdict[str, list[int]](list), defaultdict[str, list[int]](list)
    for number in numbers:
        languages[catalog[shown[number].passage.statement_id].language].append(number)
    own = languages.get(versions.language, [])
    enough = own and (own[0] == numbers[0] or covered(own) >= _NEARLY * covered(numbers))
    for number in own if enough else max(languages.values(), key=covered):
        statements[shown[number].passage.statement_id].append(number)
    least = _NEARLY * max(map(covered, statements.values()))
    good = [id for id, places in statements.items() if covered(places) >= least]
    return statements[min(good, key=lambda id: _evidence(id, [shown[number] for number in statements[id]], catalog))]


def _evidence(id: str, passages: Iterable[Ranked], catalog: Catalog) -> tuple[bool, bool, tuple[bool, bool, int, str]]:
    """Sorts the statement first that says most about itself, and whose own words these are."""
    statement = catalog[id]
    wrapped = all(found.passage.kind == "wrapper" for found in passages)
    return statement.date is None, wrapped, evidence(statement)


def _new_words(shown: Sequence[Ranked]) -> list[Ranked]:
    """Without passages whose words one before them shows."""
    kept: list[Ranked] = []
    seen: list[_Words] = []
    holding: dict[tuple[bytes, ...], list[int]] = defaultdict(list)
    for found in shown[:_COMPARED]:
        words = _Words.of(found)
        shared = Counter(place for run in words.runs & holding.keys() for place in holding[run])
        if any(count >= _SAME_WORDS * len(words.runs) and words.are_in(seen[place]) for place, count in shared.items()):
            continue
        for run in words.runs:
            holding[run].append(len(kept))
        kept.append(found)
        seen.append(words)
    return [*kept, *shown[_COMPARED:]]


class _Words(NamedTuple):
    """
    The words of a window.

    Attributes:
        words: In their order.
        runs: All runs of five; the whole of fewer words.
    """

    words: Sequence[bytes]
    runs: frozenset[tuple[bytes, ...]]

    @classmethod
    def of(cls, found: Ranked) -> Self:
        words = words_of(found.passage.text[found.window.span.start : found.window.span.end])
        runs = zip(*(words[start:] for start in range(SIZE)), strict=False)
        return cls(words, frozenset(runs) or frozenset({tuple(words)}))

    def are_in(self, other: _Words) -> bool:
        """Whether the other one says as much."""
        return self.runs <= other.runs or self._telling() == other._telling()

    def _telling(self) -> frozenset[bytes]:
        """Numbers and negations: with others it is not the same."""
        return frozenset(word for word in self.words if word in _NEGATIONS or word[:1].isdigit())
