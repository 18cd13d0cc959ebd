"""
What was pasted → the words that are claimed, whose they are said to be, and when.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

import numpy as np

from corpus.attribution.marks import Stretch, find_stretches
from corpus.models import Span
from corpus.sentences import blocks
from retrieval.names import Names
from retrieval.verification.signatures import (
    Signature,
    Where,
    has_cue,
    is_label,
    is_listed,
    is_signature,
    read_signature,
)
from retrieval.wording import SIZE, Numbers, Word, number_of, words_of

Joint = Literal["ellipsis", "apart"]

_ELLIPSIS = re.compile(r"[\[(]\s*(?:…|\.{2,}|\. \. \.)\s*[\])]|…|\.{2,}|\.(?: \.){2,}")
_MARKER = re.compile(r"(?m)^[^\S\n]*(?:>[^\S\n]?)+")
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»)\]*_]*$")
_SIGNED = re.compile(r"(?P<break>\s+[–—―]+\s*|\s+-{1,3}\s*|\s*\n\s*[–—―~-]*\s*|\s*[(\[](?=[^()\[\]]*[)\]]\s*$))")
_LABEL = re.compile(r"\s*(?P<name>[^:\n“\"«]{2,90}):\s+")
_LEAST_LABELLED = 4
# A line end behind the end of a sentence or of marks, or before a dash or marks; others were made by wrapping.
_HARD = re.compile(r"(?<=[.!?…:”\"»])\n|\n(?=\s*[–—―~“\"«(-])")


class Claim(NamedTuple):
    """
    Attributes:
        text: The claimed words as pasted, parts joined by a space.
        words: Its words.
        numbers: The same as numbers of the index, shape (words,).
        joints: Number of the word before which something may be left out: the claim says so (`ellipsis`), or its parts
            stand between marks of their own (`apart`).
        breaks: Numbers of the words before which a sentence of the claim ends.
        open_start, open_end: The claim begins, or ends, with an ellipsis.
        outside: Numbers of the words that may stand around the quotation: outside of marks, or as a name at an end.
        in_marks: Whether it is marks that set them apart.
        signature: What stands around the words.
    """

    text: str
    words: list[Word]
    numbers: Numbers
    joints: dict[int, Joint]
    breaks: frozenset[int]
    open_start: bool = False
    open_end: bool = False
    outside: frozenset[int] = frozenset()
    in_marks: bool = False
    signature: Signature = Signature(None, None)


class Readings(NamedTuple):
    """
    How a paste can be read.

    Attributes:
        first: The likeliest.
        other: Its words without what stands around them, where that is not sure; `None` for none.
    """

    first: Claim
    other: Claim | None


def read_claim(pasted: str, names: Names) -> Readings:
    """Take apart what was pasted: marks of every kind, `>` before lines, name and date before or after."""
    text = _MARKER.sub("", unicodedata.normalize("NFC", pasted).replace("\r\n", "\n").replace("\r", "\n")).strip()
    quoted = _quoted(text)
    whole = _claim(text, [Span(0, len(text))], Signature(None, None))
    if sum(len(words_of(text, span)) for span in quoted) >= SIZE:
        pieces = _around(text, quoted)
        sure = all(is_signature(piece, where) for piece, where in pieces)
        apart = _claim(text, quoted, read_signature([piece for piece, _ in pieces], names, known=not sure))
        if sure:
            return Readings(apart, None)
        outside = frozenset(
            n for n, word in enumerate(whole.words) if not any(s.start <= word.start < s.end for s in quoted)
        )
        return Readings(whole._replace(outside=outside, in_marks=True), apart)
    for apart in filter(None, (_signed(text, names), _labelled(text, names))):
        before = len(words_of(text, Span(0, text.index(apart.text))))
        around = frozenset(range(len(whole.words))) - frozenset(range(before, before + len(apart.words)))
        return Readings(whole._replace(outside=around), apart)
    return Readings(whole, None)


def _quoted(text: str) -> list[Span]:
    """What stands between quotation marks; what follows a signature is its title or source."""
    hard = [match.start() for match in _HARD.finditer(text)]
    words = words_of(text)
    around = Span(words[0].start, words[-1].end) if words else Span(0, 0)
    stretches = [one for one in find_stretches(text, blocks(text), hard) if not _is_name(text, one, around)]
    kept = stretches[:1]
    for before, after in pairwise(stretches):
        between = text[before.closed : after.opened]
        if re.match(r"\s*(?:[–—―~(]|-)", between) and not has_cue(between) and words_of(between):
            break
        kept.append(after)
    return [Span(one.start, one.end) for one in kept]


def _is_name(text: str, stretch: Stretch, words: Span) -> bool:
    """Whether a word or two stand between marks inside of other words: a nickname or the name of a programme."""
    inside = words.start < stretch.opened and stretch.closed < words.end
    return inside and len(words_of(text, Span(stretch.start, stretch.end))) < SIZE


def _around(text: str, quoted: Sequence[Span]) -> list[tuple[str, Where]]:
    """The pieces of text outside of the quoted parts, and where they stand."""
    pieces: list[tuple[str, Where]] = [(text[: quoted[0].start].rstrip("“”\"«»„‘'‟＂"), "lead")]
    pieces += [(text[before.end : after.start].strip('“”"«»„‟＂'), "middle") for before, after in pairwise(quoted)]
    return [*pieces, (text[quoted[-1].end :].lstrip("“”\"«»’'‟＂"), "tail")]


def _claim(text: str, spans: Sequence[Span], signature: Signature) -> Claim:
    joined = " ".join(text[span.start : span.end] for span in spans)
    words = words_of(joined)
    joints: dict[int, Joint] = {}
    place = 0
    for span in spans[:-1]:
        place += len(words_of(text, span))
        joints[place] = "apart"
    marked = {_first_word(words, match.end()) for match in _ELLIPSIS.finditer(joined)}
    joints.update((number, "ellipsis") for number in marked if 0 < number < len(words))
    breaks = frozenset(n + 1 for n, (a, b) in enumerate(pairwise(words)) if _ends_sentence(joined[a.end : b.start]))
    leading = bool(words) and any(match.end() <= words[0].start for match in _ELLIPSIS.finditer(joined))
    trailing = bool(words) and any(match.start() >= words[-1].end for match in _ELLIPSIS.finditer(joined))
    numbers = np.fromiter((number_of(word.key) for word in words), np.uint32, len(words))
    return Claim(joined, words, numbers, joints, breaks | frozenset(joints), leading, trailing, signature=signature)


def _first_word(words: Sequence[Word], place: int) -> int:
    return sum(word.start < place for word in words)


def _ends_sentence(between: str) -> bool:
    return "\n" in between or bool(_SENTENCE_END.search(between.rstrip()))


def _signed(text: str, names: Names) -> Claim | None:
    """Words without marks, and behind a dash, a line end or in brackets who said them."""
    breaks = list(_SIGNED.finditer(text))
    for match in breaks[-3:]:
        signature = text[match.end() :].rstrip(" )]\n")
        if not is_listed(signature) or len(words_of(text, Span(0, match.start()))) < SIZE:
            continue
        read = read_signature([signature], names)
        if read.speaker or read.date:
            return _claim(text, [Span(0, match.start())], read)
    return None


def _labelled(text: str, names: Names) -> Claim | None:
    """Words without marks behind `NAME:` or `NAME said:`."""
    label = _LABEL.match(text)
    if label is None or not is_label(label["name"]):
        return None
    read = read_signature([label["name"]], names)
    rest = Span(label.end(), len(text))
    if read.speaker is None or len(words_of(text, rest)) < _LEAST_LABELLED:
        return None
    return _claim(text, [rest], read)
