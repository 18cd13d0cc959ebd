"""
One place where a claim may come from → a verdict with its notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus.models import Span
from retrieval.models import Difference, Note, VerdictKind
from retrieval.names import Names
from retrieval.verification.alignment import Pairs
from retrieval.verification.claims import Claim
from retrieval.verification.comparing import Change, Spelling, compare, differences, is_negation, is_number, shown
from retrieval.verification.cuts import Cut, cuts_of, lost_negation
from retrieval.verification.pages import Page
from retrieval.verification.speakers import RIGHT, Fit, Heard, fit_of, hear

# At least so much of the claim stands in order in one place.
_LEAST_SHARE = (2, 3)
# Shorter stretches of a claim may stand anywhere by chance.
LEAST_STRETCH = 4
_MOST_SHOWN = 200
_CLOSING = re.compile(r"[.!?…]+")


class Assessment(NamedTuple):
    """
    Attributes:
        span: From the first to the last word on the page; empty where no word is the same.
        gaps: What of it the claim leaves out.
        unmatched: Numbers of the claimed words that are not on the page.
        solid: Stretches of at least four claimed words that stand side by side, `[first, last)`.
        is_verbatim: Every word is there, in order, nothing silently left out.
    """

    page: Page
    verdict: VerdictKind
    similarity: float
    span: Span
    gaps: tuple[Span, ...]
    differences: tuple[Difference, ...]
    notes: tuple[Note, ...]
    heard: Heard
    fit: Fit | None
    unmatched: tuple[int, ...]
    solid: tuple[tuple[int, int], ...]
    is_verbatim: bool


def assess(claim: Claim, page: Page, pairs: Pairs, speaker: str | None, names: Names) -> Assessment | None:
    """What the words at this place show about the claim; `None` where none of them is the same."""
    compared = compare(claim, page, pairs)
    if not compared.matched:
        return None
    lost = lost_negation(claim, page, compared)
    cuts = [cut for cut in cuts_of(claim, page, compared) if lost is None or cut.kind != "start"]
    heard = hear(page, compared, cuts)
    fit = fit_of(speaker, page, heard, compared, names) if speaker else None
    if lost is not None:
        compared = compared._replace(changes=[Change(0, 0, lost, compared.matched[0][1]), *compared.changes])
    gaps = [cut for cut in cuts if cut.change and cut.kind != "silent"]
    left_out = [cut.change for cut in gaps if cut.change]
    changed = [change for change in compared.changes if change not in left_out]
    is_verbatim = not changed
    verdict = _verdict(claim, compared.same, changed=bool(changed) or heard.is_joined, cuts=cuts, fit=fit)
    first, last = _edges(compared.matched, compared.changes)
    found = last - first - sum(change.end - change.start for change in left_out)
    return Assessment(
        page=page,
        verdict=verdict,
        similarity=round(2 * compared.same / (len(claim.words) + max(found, compared.same)), 4),
        span=_span(page, first, last, whole=compared.matched[-1][0] == len(claim.words) - 1),
        gaps=tuple(Span(page.starts[gap.start], page.ends[gap.end - 1]) for gap in left_out),
        differences=() if verdict == "not_found" else differences(compared, claim, page, left_out),
        notes=tuple(_notes(verdict, page, cuts, heard, fit, speaker, compared.spellings)),
        heard=heard,
        fit=fit,
        unmatched=tuple(sorted(set(range(len(claim.words))) - {claimed for claimed, _ in compared.matched})),
        solid=tuple(_solid(compared.matched)),
        is_verbatim=is_verbatim and not heard.is_joined,
    )


def _solid(matched: Pairs) -> Iterator[tuple[int, int]]:
    first = 0
    for at in range(1, len(matched) + 1):
        (claimed, found), following = matched[at - 1], matched[at] if at < len(matched) else None
        if following != (claimed + 1, found + 1):
            if at - first >= LEAST_STRETCH:
                yield matched[first][0], claimed + 1
            first = at


def _verdict(claim: Claim, same: int, *, changed: bool, cuts: list[Cut], fit: Fit | None) -> VerdictKind:
    if same * _LEAST_SHARE[1] < len(claim.words) * _LEAST_SHARE[0]:
        return "not_found"
    if changed:
        return "altered"
    if fit is not None and fit not in RIGHT:
        return "misattributed"
    return "partial" if any(cut.kind in ("open", "start", "end") for cut in cuts) else "exact"


def _edges(matched: Pairs, changes: list[Change]) -> tuple[int, int]:
    starts = [matched[0][1], *(change.start for change in changes if change.start < change.end)]
    ends = [matched[-1][1] + 1, *(change.end for change in changes if change.start < change.end)]
    return min(starts), max(ends)


def _span(page: Page, first: int, last: int, *, whole: bool) -> Span:
    text, end = page.statement.text, page.ends[last - 1]
    closing = _CLOSING.match(text, end) if whole else None
    start = page.starts[first]
    while start and text[start - 1] in "¿¡":
        start -= 1
    return Span(start, closing.end() if closing else end)


def _notes(
    verdict: VerdictKind,
    page: Page,
    cuts: list[Cut],
    heard: Heard,
    fit: Fit | None,
    claimed: str | None,
    spellings: Sequence[tuple[Spelling, str, str]],
) -> Iterator[Note]:
    if verdict == "not_found":
        return
    if heard.is_joined:
        yield Note(code="verify_joined_speakers")
    if verdict != "misattributed" and fit is not None and fit not in RIGHT:
        yield Note(code="verify_also_misattributed")
    yield from _speaker_notes(page, heard, fit, claimed or "")
    yield from _left_out(page, cuts)
    if any(cut.kind == "attribution" for cut in cuts):
        yield Note(code="verify_parts_apart")
    for code in ("accents", "capitals"):
        pairs = [f"{said} → {printed}" for kind, said, printed in spellings if kind == code]
        if pairs:
            yield Note(code=f"verify_{code}", values={"words": ", ".join(dict.fromkeys(pairs))[:_MOST_SHOWN]})


def _speaker_notes(page: Page, heard: Heard, fit: Fit | None, claimed: str) -> Iterator[Note]:
    speaker = heard.speaker
    who = ", ".join(filter(None, (speaker.name, speaker.title))) if speaker else ""
    issuers = ", ".join(name for name in page.statement.organizations if name)
    if fit == "officer":
        yield Note(code="verify_officer", values={"speaker": who, "organization": claimed})
    elif fit == "speech":
        yield Note(code="verify_speech", values={"speaker": claimed})
    elif fit == "unnamed":
        yield Note(code="verify_unnamed")
    elif fit == "part":
        yield Note(code="verify_part_spoken", values={"speaker": who})
    elif fit in ("own", "wrapper") or (heard.is_wrapper and not heard.quotes):
        if heard.is_wrapper:
            yield Note(code="verify_wrapper")
        elif issuers:
            yield Note(code="verify_own_text", values={"organizations": issuers})
        else:
            yield Note(code="verify_own_text_unsigned")
    elif speaker and (fit == "other" or fit is None):
        yield Note(code="verify_said_by", values={"speaker": who})


def _left_out(page: Page, cuts: list[Cut]) -> Iterator[Note]:
    """What is missing, a negation first, then a number, then the rest in order."""
    notes = []
    for cut in cuts:
        if cut.kind not in ("open", "start", "end"):
            continue
        keys = [page.key(number) for number in range(cut.start, cut.end)]
        rank = 0 if any(map(is_negation, keys)) else 1 if any(map(is_number, keys)) else 2
        words, mark = _shortened(page, cut, rank)
        kind = ("negation", "number", "words")[rank]
        notes.append((rank, Note(code=f"verify_left_out_{kind}", values={"words": words, "mark": mark})))
    yield from (note for _, note in sorted(notes, key=lambda item: item[0]))


def _shortened(page: Page, cut: Cut, rank: int) -> tuple[str, str]:
    """What was left out, from the telling word on where it is long, and the mark that says that this is not all."""
    telling = (is_negation, is_number, lambda key: True)[rank]
    told = next(number for number in range(cut.start, cut.end) if telling(page.key(number)))
    first = cut.start if page.ends[told] - page.starts[cut.start] <= _MOST_SHOWN else told
    last = first + 1
    while last < cut.end and page.ends[last] - page.starts[first] <= _MOST_SHOWN:
        last += 1
    return " ".join(shown(page, first, last).split()), "" if (first, last) == (cut.start, cut.end) else " …"
