"""
What was changed: the same word, the same word in another spelling, or another word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from corpus.canonical import fold_word
from retrieval.analyzer import is_shouting, stop_words
from retrieval.models import Difference
from retrieval.verification.alignment import Pairs
from retrieval.verification.claims import Claim
from retrieval.verification.pages import Page
from retrieval.wording import Word, accented, plain

Spelling = Literal["accents", "capitals"]

_FUNCTION = stop_words("en") | stop_words("es")
_N_T = """don doesn didn isn aren wasn weren can couldn shouldn wouldn won hasn haven hadn mustn needn ain shan mightn
    daren oughtn"""
NEGATIONS = frozenset(
    """not no nor never neither none nobody nothing nowhere without cannot hardly scarcely barely unless
    ni nunca jamas tampoco sin nadie ninguno ninguna ningun ningunos ningunas nada""".split()
) | {f"{stem}t" for stem in _N_T.split()}
_NUMBERS = frozenset(
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands
    million millions billion billions trillion dozen dozens half once twice first second third quarter percent cero
    uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete
    dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco veintiseis veintisiete
    veintiocho veintinueve treinta cuarenta cincuenta sesenta setenta ochenta noventa cien ciento cientos doscientos
    trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos mil miles millon millones
    docena docenas medio mitad % $ €""".split()
)
# A word that was taken apart: by a hyphen, with or without a line end behind it, or by the full stops of "EE. UU.".
_HYPHENATED = re.compile(r"\s*[-‐‑–]\s*")
_ACCENT = re.compile("[À-ÖØ-öø-ɏ]")
_DOTTED = re.compile(r"\.\s?")


class Change(NamedTuple):
    """Words `[first, last)` of the claim where the page has `[start, end)`; one of the two may be empty."""

    first: int
    last: int
    start: int
    end: int


class Compared(NamedTuple):
    """
    Attributes:
        matched: Pairs of the same word, in order.
        changes: What lies between and beside them.
        spellings: Words that are the same but for accents or capitals, as claimed and as printed.
    """

    matched: Pairs
    changes: list[Change]
    spellings: list[tuple[Spelling, str, str]]

    @property
    def same(self) -> int:
        """How many words of the claim are on the page."""
        return len({claimed for claimed, _ in self.matched})


def compare(claim: Claim, page: Page, pairs: Pairs) -> Compared:
    """Which of the aligned words are the same, and what was changed between and beside them."""
    bare = not _ACCENT.search(claim.text)
    spellings: list[tuple[Spelling, str, str]] = []
    kept: Pairs = []
    for claimed, found in pairs:
        said, printed = claim.text[slice(*claim.words[claimed][1:])], page.raw(found)
        same = said == printed or claim.words[claimed].key == page.key(found)
        spelling = None if said == printed else _spelling(claim, page, claimed, found, bare=bare)
        if not same or spelling == "other":
            continue
        if spelling:
            spellings.append((spelling, said, printed))
        kept.append((claimed, found))
    if not kept:
        return Compared([], [], [])
    return _joined(Compared(kept, _changes(claim, page, kept), spellings), claim, page)


def differences(compared: Compared, claim: Claim, page: Page, left_out: Sequence[Change]) -> tuple[Difference, ...]:
    """The changes as they are shown, those of a negation or a number first."""
    shown = [change for change in compared.changes if change not in left_out]
    ordered = sorted(shown, key=lambda change: (not is_telling(claim, page, change), change.first, change.start))
    return tuple(_difference(claim, page, change) for change in ordered)


def is_telling(claim: Claim, page: Page, change: Change) -> bool:
    """Whether a negation or a number is among the changed words."""
    said = [word.key for word in claim.words[change.first : change.last]]
    printed = [page.key(number) for number in range(change.start, change.end)]
    return telling(said) != telling(printed)


def telling(keys: Sequence[str]) -> list[str]:
    """The negations and numbers among some words."""
    return [key for key in keys if is_negation(key) or is_number(key)]


def is_negation(key: str) -> bool:
    """Whether a word denies, in English or Spanish."""
    return key in NEGATIONS


def is_number(key: str) -> bool:
    """Whether a word is a number, in digits or letters."""
    return key in _NUMBERS or any(map(str.isdigit, key))


def _spelling(claim: Claim, page: Page, claimed: int, found: int, *, bare: bool) -> Spelling | Literal["other"] | None:
    """How a word with the same key is spelled otherwise; `None` where only typography differs."""
    said, printed = claim.text[slice(*claim.words[claimed][1:])], page.raw(found)
    if accented(said) != accented(printed) and not said[0].isdigit() and "&" not in (said, printed):
        # Typed without accents is careless; another accent is another word.
        dropped = accented(said) == fold_word(said) and bare
        never_had = accented(printed) == fold_word(printed) and (printed.isupper() or not page.has_accents)
        typography = accented(said).replace("'", "") == accented(printed).replace("'", "")
        if not (dropped or never_had or typography):
            return "other"
        return None if typography else "accents"
    letters, others = plain(said), plain(printed)
    # A number with or without its separators is written otherwise, not spelled otherwise.
    if letters == others or said[0].isdigit() or _may_begin(claim, page, claimed, found):
        return None
    key = claim.words[claimed].key
    acronym = letters.isupper() != others.isupper() and len(letters) > 1 and key in _FUNCTION
    careless = is_shouting(claim.text) or claim.text.islower() or is_shouting(page.statement.text[: page.ends[-1]])
    shouted = any(raw.isupper() and len(raw) > 3 for raw in _beside(page, found))
    return "other" if acronym and not careless and not shouted else "capitals"


def _may_begin(claim: Claim, page: Page, claimed: int, found: int) -> bool:
    """Whether only the case of a first letter differs, where a sentence or a part of the claim begins."""
    said, printed = claim.text[slice(*claim.words[claimed][1:])], page.raw(found)
    begins = claimed == 0 or claimed in claim.breaks
    return begins and said[1:] == printed[1:] and said[0].casefold() == printed[0].casefold()


def _beside(page: Page, number: int) -> list[str]:
    return [page.raw(n) for n in (number - 1, number + 1) if 0 <= n < len(page)]


def _changes(claim: Claim, page: Page, kept: Pairs) -> list[Change]:
    (first, start), (last, end) = kept[0], kept[-1]
    changes = []
    if first:
        sentence = page.sentence(start)
        least = max(sentence.start if sentence else start, start - first)
        changes.append(Change(0, first, least, start))
    for (a, b), (c, d) in pairwise(kept):
        if c > a + 1 or d > b + 1:
            changes.append(Change(a + 1, c, b + 1, d))
    left = len(claim.words) - last - 1
    if left:
        sentence = page.sentence(end)
        most = min(sentence.end if sentence else end + 1, end + 1 + left)
        changes.append(Change(last + 1, len(claim.words), end + 1, most))
    return changes


def _joined(compared: Compared, claim: Claim, page: Page) -> Compared:
    """Without the changes that only take a word apart at a hyphen, or put it together."""
    same = [change for change in compared.changes if _is_one_word(claim, page, change)]
    matched = list(compared.matched)
    for change in same:
        steps = max(change.last - change.first, change.end - change.start)
        for step in range(steps):
            matched.append((min(change.first + step, change.last - 1), min(change.start + step, change.end - 1)))
    changes = [change for change in compared.changes if change not in same]
    return compared._replace(matched=sorted(matched), changes=changes)


def _is_one_word(claim: Claim, page: Page, change: Change) -> bool:
    said = claim.words[change.first : change.last]
    printed = [Word(page.key(n), page.starts[n], page.ends[n]) for n in range(change.start, change.end)]
    if not said or not printed or len(said) == len(printed) or max(len(said), len(printed)) > 3:
        return False
    if "".join(word.key for word in said) != "".join(word.key for word in printed):
        return False
    gaps = [claim.text[a.end : b.start] for a, b in pairwise(said)]
    gaps += [page.statement.text[a.end : b.start] for a, b in pairwise(printed)]
    dotted = all(len(word.key) <= 2 for word in (printed if len(printed) > 1 else said))
    return all(_HYPHENATED.fullmatch(gap) or (dotted and _DOTTED.fullmatch(gap)) for gap in gaps)


def _difference(claim: Claim, page: Page, change: Change) -> Difference:
    said = claim.words[change.first : change.last]
    claimed = claim.text[said[0].start : said[-1].end] if said else ""
    found = shown(page, change.start, change.end)
    op: Literal["replace", "insert", "delete"] = "replace" if claimed and found else "delete" if claimed else "insert"
    return Difference(op=op, claimed=claimed, found=found, at=change.first)


def shown(page: Page, first: int, last: int) -> str:
    """Words as printed; where a private number stands between them, the words alone."""
    if first >= last:
        return ""
    start, end = page.starts[first], page.ends[last - 1]
    if any(private.start < end and start < private.end for private in page.statement.private):
        return " ".join(page.raw(number) for number in range(first, last))
    return page.text(first, last)
