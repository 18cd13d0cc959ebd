"""
Lines, paragraphs and sentences of canonical text, as spans.

A rule of our own: libraries break "U.S. –" and Spanish abbreviations, or change the text
(`corpus/README.md`, *Decisions*).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from corpus.calendar_words import MONTHS
from corpus.canonical import fold_word
from corpus.models import Span
from corpus.remembering import remembered

# A title: a full stop after it never ends a sentence, a name follows.
_TITLES = frozenset(
    """mr mrs ms mx dr dra prof profa rev fr sr sra srta sres lic ing arq mons mtro mtra pres sen rep gov gob dip sec
    gen gral lt col sgt capt cpl hon messrs v vs cf av avda hno hna pbro""".split()
)
# These end no sentence before a number ("No. 5", "Sept. 10"); before anything else they are words ("no", "mar").
_BEFORE_NUMBER = frozenset(
    """no nos num nro art arts vol fig cap pag pags pp p ch par tel ext approx aprox ca jan feb mar apr jun jul aug
    sept sep oct nov dec ene abr dic""".split()
)
# These may end one: only when the next word cannot be part of the same name.
_MAY_END = frozenset(
    """inc ltd co corp jr esq etc ee uu st mt ave blvd rd al ej ud uds dept univ ariz calif conn fla ill mass mich minn
    tenn tex wis""".split()
)
_STARTERS = frozenset(
    """the a an this that these those it its it's he she they we you i our their his her however but and or so yet for
    in on at by as if when while since because although though today yesterday many most some all no not there here
    what who why how where to from with without after before under during even still thus therefore furthermore
    moreover please join come call el la los las un una unos unas este esta estos estas ese esa eso esto su sus
    nuestro nuestra nuestros nuestras nosotros nosotras ellos ellas yo pero y o sin en por para con como si cuando
    mientras aunque hoy ayer muchos muchas no ademas además tambien también asi así entonces desde hasta segun según
    se lo le les al del""".split()
)
_CONNECTORS = frozenset(
    """and or of the a an to in on for with by at from as that which who de del la el los las y o e u en con por para a
    al que un una su sus se""".split()
)
_BOUNDARY = re.compile(r"""(?<![.!?…])[.!?…]++["'”’»)\]*_]*+(?=\s)""")
_NEXT = re.compile(r"""\s+(?P<open>["'“‘«¿¡(\[*_]*)(?P<word>(?:[^\W_][\w'’-]*)?)(?P<stop>\.?)""")
_LAST_WORD = re.compile(r"((?:[^\W\d_]\.)*[^\W\d_]+)\Z")
_BULLET = "[•·▪►●○■]"
_LEAD = re.compile(rf"\s*(?:(?:{_BULLET}|[*\-–—]|#{{1,6}}|>|\d{{1,2}}[.)]|\([a-z0-9]\))\s+|{_BULLET})+")
_LIST_ITEM = re.compile(rf"{_BULLET}|(?:[*\-–—]|#{{1,6}}|>|(?P<number>\d{{1,2}}[.)])|\([a-z0-9]\))\s")
_BULLET_NEXT = re.compile(rf"\s+{_BULLET}")
_LINE = re.compile(r"\S(?:[^\n]*\S)?")
_BLANK = re.compile(r"\n[^\S\n]*+(?:\n[^\S\n]*+)+")
# A program that wraps lines makes them neither shorter nor longer; verse, addresses and whole paragraphs are.
_NARROW, _WIDE = 40, 100


def lines(text: str) -> list[Span]:
    """Spans of the lines that are not blank, without the white space around them."""
    return list(each_line(text))


def each_line(text: str) -> Iterator[Span]:
    """The same, one after another: who needs only the first does not wait for all."""
    return (Span(*match.span()) for match in _LINE.finditer(text))


def blocks(text: str) -> list[Span]:
    """Spans between blank lines, without the white space around them."""
    found, start = [], 0
    for match in [*_BLANK.finditer(text), None]:
        span = trim(text, start, match.start() if match else len(text))
        if span.start < span.end:
            found.append(span)
        start = match.end() if match else start
    return found


def paragraphs(text: str) -> list[Span]:
    """Spans of the paragraphs, in order: blocks between blank lines, or every line where no line is blank."""
    return blocks(text) if _BLANK.search(text.strip()) else lines(text)


def paragraph_number(paragraph_spans: Sequence[Span], offset: int) -> int:
    """The 1-based number of the paragraph that holds `offset`; between two, the earlier one."""
    return max(1, bisect_right(paragraph_spans, offset, key=lambda span: span.start))


def sentences(text: str, within: Span | None = None) -> list[Span]:
    """
    Spans of the sentences in order, without white space, bullets or list numbers around them.

    A sentence never crosses a blank line and holds at least one letter or digit. A line end ends it too, unless the
    line was wrapped: the next line goes on in lower case, the line stops on a comma or a small word, or the next word
    would not have fitted.

    Args:
        text: Canonical text.
        within: Only this part of it, as if the rest were not there.
    """
    if within is None or within == (0, len(text)):
        return list(chain.from_iterable(_sentences(text).values()))
    # What stands between blank lines has the same sentences alone as in the whole text.
    known = _sentences(text).get(within)
    if known is not None:
        return list(known)
    place = within.start
    part = chain.from_iterable(_sentences(text[place : within.end]).values())
    return [Span(start + place, end + place) for start, end in part]


@remembered
def _sentences(text: str) -> dict[Span, tuple[Span, ...]]:
    """The sentences of each block, in order."""
    return {block: tuple(_sentences_of(text, block)) for block in blocks(text)}


def _sentences_of(text: str, block: Span) -> Iterator[Span]:
    for piece in _hard_lines(text, block):
        for start, end in _split(text, piece):
            span = trim(text, _after_lead(text, start, end), end)
            if any(map(str.isalnum, text[span.start : span.end])):
                yield span


def trim(text: str, start: int, end: int) -> Span:
    """The span without white space at its ends."""
    piece = text[start:end]
    stripped = piece.strip()
    if len(stripped) < len(piece):
        start += len(piece) - len(piece.lstrip())
    return Span(start, start + len(stripped))


def _hard_lines(text: str, block: Span) -> Iterator[Span]:
    """Runs of lines of a block that were one line before somebody wrapped them."""
    spans = [Span(*match.span()) for match in _LINE.finditer(text, block.start, block.end)]
    lengths = [span.end - span.start for span in spans]
    width = max((length for length in lengths if length <= _WIDE), default=0)
    start = spans[0].start
    for line, following in pairwise(spans):
        if _ends_here(text[line.start : line.end], text[following.start : following.end], width):
            yield Span(start, line.end)
            start = following.start
    yield Span(start, spans[-1].end)


def _ends_here(line: str, following: str, width: int) -> bool:
    last = fold_word(line.split()[-1].rstrip("."))
    if item := _LIST_ITEM.match(following):
        # "… on August" / "15. The march …" is a wrapped date, not the fifteenth of a list.
        return not (item["number"] and (last in MONTHS or last in _CONNECTORS or last in _BEFORE_NUMBER))
    if line[-1] == ":":
        return True
    if following[0].islower() or line[-1] == "," or last in _CONNECTORS:
        return False
    fitted = len(line) + 1 + len(following.split(maxsplit=1)[0]) <= width
    return fitted or not _NARROW <= len(line) <= _WIDE or _is_headline(line)


def _is_headline(line: str) -> bool:
    """Whether nearly all its longer words are capitalised: such a line is whole although it is the longest."""
    words: list[str] = [word for word in re.findall(r"[^\W\d_]+", line) if len(word) > 3]
    return sum(word[0].isupper() for word in words) > 0.8 * len(words)


def _split(text: str, piece: Span) -> Iterator[tuple[int, int]]:
    start = piece.start
    position = _after_lead(text, start, piece.end)
    while match := _BOUNDARY.search(text, position, piece.end):
        position = match.end()
        if _is_end(text, start, match, piece.end):
            yield start, position
            start = position
            position = _after_lead(text, start, piece.end)
    yield start, piece.end


def _after_lead(text: str, start: int, end: int) -> int:
    """Where the words begin, behind bullets and list numbers."""
    if text[start : start + 1].isalpha():
        return start
    lead = _LEAD.match(text, start, end)
    return lead.end() if lead else start


def _is_end(text: str, start: int, mark: re.Match[str], stop: int) -> bool:
    following = _NEXT.match(text, mark.end(), stop)
    if following is None or _BULLET_NEXT.match(text, mark.end(), stop):
        return True
    if not (following["open"] or following["word"]) or following["word"][:1].islower():
        # A dash or a symbol goes on: "U.S. –" is one sentence with what follows.
        return False
    if mark.group()[0] != "." or mark.group()[:2] == "..":
        return True
    last = _last_word(text[max(start, mark.start() - 30) : mark.start()])
    return last is None or _ends_after(last, following)


def _last_word(before: str) -> str | None:
    """The word before a full stop, with the full stops inside it; `None` where something else stands there."""
    word = before.rpartition(" ")[2]
    if word.isalpha():
        return word
    last = _LAST_WORD.search(before)
    return last[1] if last else None


def _ends_after(last: str, following: re.Match[str]) -> bool:
    """Whether a full stop behind this word ends the sentence, or belongs to an abbreviation."""
    stem, word = fold_word(last), following["word"]
    if stem in _TITLES or (stem in _BEFORE_NUMBER and word[:1].isdigit()):
        return False
    if "." in stem or stem in _MAY_END or (len(last) == 1 and last.isupper()):
        if len(word) == 1 and following["stop"]:
            return False  # another initial
        return following["open"][:1] in {"¿", "¡"} or word.casefold() in _STARTERS
    return True
