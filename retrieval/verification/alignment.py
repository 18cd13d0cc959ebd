"""
The words of a claim beside those of a statement: which word is which.

Runs of words that both have are chained in order; between and beside them the longest common subsequence decides. A
run that stands far away from the others must be long, unless the claim shows that something was left out before it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import log2
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from retrieval.verification.claims import Claim
from retrieval.verification.pages import Page
from retrieval.wording import SIZE, shingles

# (word of the claim, word of the page), both ascending.
Pairs = list[tuple[int, int]]

_MOST_RUNS = 64
_MOST_PLACES = 8
_GAP, _APART = 0.3, 0.5
_NEAR = 4
# Characters that stand for words where whole words are compared as letters.
_FIRST_LETTER = 0x100


class _Run(NamedTuple):
    claimed: int
    found: int
    length: int


def align(claim: Claim, page: Page) -> list[Pairs]:
    """
    How the claim can lie on the page.

    Returns:
        Each place where all of it stands word for word; where there is none, the best place, if any run of three
        words stands there.
    """
    runs = _runs(claim, page)
    whole = [run for run in runs if run.length == len(claim.words)]
    if whole:
        return [_pairs_of([run]) for run in whole[:_MOST_PLACES]]
    return [_completed(_pairs_of(_chain(runs, claim)), claim, page)] if runs else []


def align_loosely(claim: Claim, page: Page) -> Pairs:
    """The best window of the page where no three words side by side need to be the same."""
    known, letters = np.unique(claim.numbers, return_inverse=True)
    places = np.minimum(known.searchsorted(page.numbers), len(known) - 1)
    others = np.where(known[places] == page.numbers, places + _FIRST_LETTER, 1)
    claimed, found = _as_letters(letters + _FIRST_LETTER), _as_letters(others)
    start, end = 0, len(found)
    if len(found) > len(claimed):
        window = fuzz.partial_ratio_alignment(claimed, found)
        if window is None:
            return []
        start, end = max(0, window.dest_start - 1), min(len(found), window.dest_end + 1)
    return _common(claim, page, range(len(claimed)), range(start, end))


def _as_letters(codes: NDArray[np.intp]) -> str:
    """One character for each word, so that words can be compared as letters are."""
    return codes.astype("<u4").tobytes().decode("utf-32-le")


def align_parts(claim: Claim, page: Page) -> Pairs:
    """The parts of a claim with gaps, each word for word, in order and as close together as they stand; or nothing."""
    edges = sorted({0, len(claim.words), *claim.joints})
    parts = list(pairwise(edges))
    best: Pairs = []
    for start in _places(claim, page, *parts[0], 0, len(page))[:_MOST_RUNS]:
        pairs = [(number, start + number) for number in range(parts[0][1])]
        for first, last in parts[1:]:
            place = _first_place(claim, page, first, last, pairs[-1][1] + 1, len(page), nearest_to_end=False)
            if place is None:
                break
            pairs += [(first + step, place + step) for step in range(last - first)]
        if len(pairs) == len(claim.words) and (not best or pairs[-1][1] - start < best[-1][1] - best[0][1]):
            best = pairs
    return best if claim.joints else []


def find_run(claim: Claim, page: Page, first: int, last: int) -> int | None:
    """Where the words `[first, last)` of the claim stand side by side on the page."""
    return _first_place(claim, page, first, last, 0, len(page), nearest_to_end=False)


def _runs(claim: Claim, page: Page) -> list[_Run]:
    """Longest runs of at least three words that both have, in the claim's order."""
    keys = shingles(claim.numbers)
    claimed: dict[int, list[int]] = defaultdict(list)
    for place, key in enumerate(keys.tolist()):
        claimed[key].append(place)
    printed, firsts = page.shingles
    hits = np.flatnonzero(np.isin(printed, keys))
    open_runs: dict[int, _Run] = {}
    closed: list[_Run] = []
    for key, word in zip(printed[hits].tolist(), firsts[hits].tolist(), strict=True):
        for place in claimed[key]:
            run = open_runs.get(word - place)
            if run and run.found + run.length - SIZE + 1 == word:
                open_runs[word - place] = run._replace(length=run.length + 1)
                continue
            if run:
                closed.append(run)
            open_runs[word - place] = _Run(place, word, SIZE)
    found = [*closed, *open_runs.values()]
    if len(found) > _MOST_RUNS:
        found = sorted(found, key=lambda run: -run.length)[:_MOST_RUNS]
    return sorted(found)


def _chain(runs: Sequence[_Run], claim: Claim) -> list[_Run]:
    """The runs that follow each other in both texts and together hold most words."""
    marks = sorted(claim.breaks)
    best: list[tuple[float, list[_Run]]] = []
    for run in runs:
        top: tuple[float, list[_Run]] = (run.length, [run])
        for score, chain in best:
            last = chain[-1]
            overlap = max(0, last.claimed + last.length - run.claimed, last.found + last.length - run.found)
            rest = _Run(run.claimed + overlap, run.found + overlap, run.length - overlap)
            if rest.length > 0 and last.claimed < run.claimed and last.found < run.found:
                total = score + rest.length - _cost(last, rest, marks)
                if total > top[0]:
                    top = (total, [*chain, rest])
        best.append(top)
    return max(best, key=lambda item: item[0])[1]


def _cost(last: _Run, rest: _Run, marks: Sequence[int]) -> float:
    skipped = (rest.found - last.found - last.length) - (rest.claimed - last.claimed - last.length)
    marked = any(last.claimed + last.length <= mark <= rest.claimed for mark in marks)
    return _GAP + (0.05 if marked else _APART) * log2(1 + abs(skipped))


def _pairs_of(runs: Sequence[_Run]) -> Pairs:
    return [(run.claimed + step, run.found + step) for run in runs for step in range(run.length)]


def _completed(pairs: Pairs, claim: Claim, page: Page) -> Pairs:
    """The chain with the words between and beside its runs."""
    found = list(pairs)
    last = (-1, -1)
    for pair in pairs:
        if pair[0] > last[0] + 1 and last[0] >= 0:
            found += _between(claim, page, last, pair)
        last = pair
    found += _before(claim, page, pairs[0]) if pairs[0][0] else []
    found += _after(claim, page, pairs[-1]) if pairs[-1][0] + 1 < len(claim.words) else []
    return _slid(_with_parts(sorted(found), claim, page), claim, page)


def _between(claim: Claim, page: Page, last: tuple[int, int], pair: tuple[int, int]) -> Pairs:
    claimed, places = range(last[0] + 1, pair[0]), range(last[1] + 1, pair[1])
    near = len(claimed) + _NEAR
    if len(places) <= 2 * near:
        return _common(claim, page, claimed, places)
    return _common(claim, page, claimed, [*places[:near], *places[-near:]])


def _before(claim: Claim, page: Page, first: tuple[int, int]) -> Pairs:
    places = range(max(0, first[1] - first[0] - _NEAR), first[1])
    return _close(reversed(_common(claim, page, range(first[0]), places)), first)


def _after(claim: Claim, page: Page, last: tuple[int, int]) -> Pairs:
    left = len(claim.words) - last[0] - 1
    places = range(last[1] + 1, min(len(page), last[1] + 1 + left + _NEAR))
    return _close(iter(_common(claim, page, range(last[0] + 1, len(claim.words)), places)), last)


def _close(pairs: Iterator[tuple[int, int]], anchor: tuple[int, int]) -> Pairs:
    """Pairs from the anchor outwards, as long as hardly more is skipped on the page than in the claim."""
    kept: Pairs = []
    for pair in pairs:
        skipped, unsaid = abs(pair[1] - anchor[1]), abs(pair[0] - anchor[0])
        if skipped > unsaid + 2:
            break
        kept.append(pair)
        anchor = pair
    return kept


def _common(claim: Claim, page: Page, claimed: Sequence[int], places: Sequence[int]) -> Pairs:
    """The longest common subsequence of these words."""
    if not claimed or not places:
        return []
    said, printed = claim.numbers[claimed].tolist(), page.numbers[places].tolist()
    blocks = LCSseq.editops(said, printed).as_matching_blocks()
    return [(claimed[b.a + step], places[b.b + step]) for b in blocks for step in range(b.size)]


def _with_parts(pairs: Pairs, claim: Claim, page: Page) -> Pairs:
    """Short parts and sentences of the claim that stand whole in the next free place, however far away."""
    edges = sorted({0, len(claim.words), *claim.breaks})
    found = dict(pairs)
    for first, last in pairwise(edges):
        if any(number in found for number in range(first, last)):
            continue
        before = max((w for n, w in found.items() if n < first), default=-1)
        after = min((w for n, w in found.items() if n >= last), default=len(page))
        place = _first_place(claim, page, first, last, before + 1, after, nearest_to_end=before < 0)
        marked = first in claim.joints or last in claim.joints or last - first >= SIZE
        whole = place is not None and page.starts_sentence(place) and page.ends_sentence(place + last - first - 1)
        if place is not None and (marked or whole):
            found.update((first + step, place + step) for step in range(last - first))
    return sorted(found.items())


def _slid(pairs: Pairs, claim: Claim, page: Page) -> Pairs:
    """
    The same words with their gaps where the claim shows them.

    "We march … we stay" lies on "We march, we wait, we stay" in two ways; only one has the gap where the claim has it.
    """
    found = list(pairs)
    for at in range(1, len(found)):
        (last, before), (first, after) = found[at - 1], found[at]
        if first != last + 1 or after == before + 1:
            continue
        for mark in sorted(claim.breaks, key=lambda mark: abs(mark - first)):
            moved = _moved(found, at, mark - first, claim, page)
            if moved:
                found = moved
                break
    return found


def _moved(pairs: Pairs, at: int, steps: int, claim: Claim, page: Page) -> Pairs | None:
    """The pairs with the gap before number `at` moved by so many words; `None` where other words would be matched."""
    first, last = sorted((at, at + steps))
    if first < 1 or last > len(pairs) or not steps:
        return None
    (anchor, near) = pairs[at] if steps < 0 else pairs[at - 1]
    moved = [(claimed, near + claimed - anchor) for claimed, _ in pairs[first:last]]
    side_by_side = all(b[0] == a[0] + 1 for a, b in pairwise(pairs[first - 1 : last + 1]))
    fits = side_by_side and all(0 <= w < len(page) and claim.numbers[n] == page.numbers[w] for n, w in moved)
    free = (
        fits
        and all(w > pairs[first - 1][1] for _, w in moved)
        and (last == len(pairs) or moved[-1][1] < pairs[last][1])
    )
    return [*pairs[:first], *moved, *pairs[last:]] if free else None


def _first_place(
    claim: Claim, page: Page, first: int, last: int, start: int, end: int, *, nearest_to_end: bool
) -> int | None:
    places = _places(claim, page, first, last, start, end)
    return None if not places else places[-1] if nearest_to_end else places[0]


def _places(claim: Claim, page: Page, first: int, last: int, start: int, end: int) -> list[int]:
    """Where the words `[first, last)` of the claim stand side by side between two words of the page."""
    wanted = claim.numbers[first:last]
    places = np.flatnonzero(page.numbers[start : max(start, end - len(wanted) + 1)] == wanted[0]) + start
    return [int(place) for place in places if np.array_equal(page.numbers[place : place + len(wanted)], wanted)]
