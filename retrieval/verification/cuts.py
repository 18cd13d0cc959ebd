"""
What a claim leaves out, and whether it says so.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from retrieval.excerpts import is_utterance
from retrieval.verification.claims import Claim
from retrieval.verification.comparing import Change, Compared, is_negation
from retrieval.verification.pages import Page, Part

Kind = Literal["nothing", "attribution", "open", "silent", "start", "end"]

_CLAUSE = re.compile(r"[,;:.!?…–—()]")
_TURN = frozenset("but yet although though however because pero sino aunque mas porque".split())


class Cut(NamedTuple):
    """
    Printed words `[start, end)` that the claim leaves out.

    Attributes:
        start, end: Of what somebody says, only that.
        kind: `nothing` (a list's number), `attribution` (who says it, between two parts of one utterance), `open` (the
            claim marks it, or whole sentences), `silent`, `start` and `end` (the claim is cut inside a sentence).
        change: What it is among the changes; `None` at the ends.
    """

    kind: Kind
    start: int
    end: int
    change: Change | None = None


def cuts_of(claim: Claim, page: Page, compared: Compared) -> list[Cut]:
    """Everything that the claim leaves out between its first and last word, and of the sentences it is cut from."""
    between = [c for c in compared.changes if c.first == c.last and 0 < c.first < len(claim.words)]
    cuts = [_cut(claim, page, change) for change in between]
    return [*_at_start(page, compared), *cuts, *_at_end(page, compared)]


def _cut(claim: Claim, page: Page, change: Change) -> Cut:
    said = _unsaid(page, change.start, change.end)
    start, end = (said[0][0], said[-1][1]) if said else (change.start, change.end)
    return Cut(_kind(claim, page, change), start, end, change)


def lost_negation(claim: Claim, page: Page, compared: Compared) -> int | None:
    """
    The word with which a negation begins that rules the first claimed word and was left out before it.

    `None` where there is none, where a clause ends in between, or where the claim begins with an ellipsis.
    """
    claimed, first = compared.matched[0]
    if claimed or claim.open_start or page.starts_sentence(first):
        return None
    sentence, quoted = page.sentence(first), page.part(first)
    for number in range(first - 1, (sentence.start if sentence else first) - 1, -1):
        part = page.part(number)
        if quoted and (part is None or part.quote.utterance != quoted.quote.utterance):
            continue  # Who says it stands between two parts; what is said outside of the marks is somebody else's.
        ends = part is not None and part.last == number + 1
        if (not ends and _CLAUSE.search(page.between(number))) or page.key(number) in _TURN:
            return None
        if is_negation(page.key(number)):
            return number
    return None


def _kind(claim: Claim, page: Page, change: Change) -> Kind:
    start, end = change.start, change.end
    if all(page.sentence(number) is None for number in range(start, end)):
        return "nothing"
    said = _unsaid(page, start, end)
    if said == []:
        return "attribution"
    if claim.joints.get(change.first) == "ellipsis":
        return "open"
    stretches = [(start, end)] if said is None else said
    whole = all(
        (first == start or page.starts_sentence(first)) and (last == end or page.ends_sentence(last - 1))
        for first, last in stretches
    )
    return "open" if whole and page.ends_sentence(start - 1) and page.starts_sentence(end) else "silent"


def _unsaid(page: Page, start: int, end: int) -> list[tuple[int, int]] | None:
    """Between two parts of one utterance, what of it was left out; `None` where the gap lies elsewhere."""
    before, after = page.quote(start - 1), page.quote(end)
    if before is None or after is None or before.utterance != after.utterance or before.part == after.part:
        return None
    parts = [part for part in page.parts if part.quote.utterance == before.utterance]
    inside = ((max(start, part.first), min(end, part.last)) for part in parts)
    return [(first, last) for first, last in inside if first < last]


def _at_start(page: Page, compared: Compared) -> list[Cut]:
    (claimed, first), last = compared.matched[0], compared.matched[-1][1]
    sentence, part = page.sentence(first), _part(page, first, (first, last))
    if claimed or sentence is None or page.starts_sentence(first) or (part and part.first == first):
        return []
    start = part.first if part else page.text_start(sentence.start, first)
    return [Cut("start", max(sentence.start, start or 0), first)]


def _at_end(page: Page, compared: Compared) -> list[Cut]:
    first, (claimed, last) = compared.matched[0][1], compared.matched[-1]
    sentence, part = page.sentence(last), _part(page, last, (first, last))
    if any(change.first > claimed for change in compared.changes):
        return []
    if sentence is None or page.ends_sentence(last) or (part and part.last == last + 1):
        return []
    return [Cut("end", last + 1, min(sentence.end, part.last) if part else sentence.end)]


def _part(page: Page, number: int, whole: tuple[int, int]) -> Part | None:
    """The innermost quoted part of a word: one that somebody speaks, or that holds all of the claim."""
    held = [
        part
        for part in page.parts
        if part.first <= number < part.last
        and (is_utterance(part.quote) or (part.first <= whole[0] and whole[1] < part.last))
    ]
    return max(held, key=lambda part: part.first, default=None)
