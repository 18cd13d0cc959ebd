"""
Lines, paragraphs and sentences of canonical text, as spans.

A rule of our own: libraries break "U.S. –" and Spanish abbreviations, or change the text (FINDINGS in
`corpus/README.md`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from corpus.models import Span

# A full stop after these never ends a sentence: a name or a number follows.
_NEVER_END = frozenset(
    """mr mrs ms dr prof rev fr sen rep gov pres gen lt col sgt capt hon st mt no nos art arts vol fig inc-
    sr sra srta dra lic ing arq d da gral cap num nro pag pags av avda hno hna ud uds vs cf al jan feb mar apr jun jul
    aug sept sep oct nov dec ene abr ago dic""".split()
)
# These may end one: only when the next word cannot be part of a name.
_MAY_END = frozenset("inc ltd co corp jr esq etc ee uu ph".split())
_STARTERS = frozenset(
    """the a an this that these those it its he she they we you i our their his her however but and or so yet for in on
    at by as if when while since because although though today yesterday many most some all no not there here what who
    why how where to from with without after before under during even still thus therefore furthermore moreover
    el la los las un una unos unas este esta estos estas ese esa eso esto su sus nuestro nuestra nuestros nuestras
    nosotros ellos ellas yo pero y o sin embargo en por para con como si cuando mientras aunque hoy ayer muchos muchas
    no ademas tambien asi entonces desde hasta segun se lo le les al del""".split()
)
_CONNECTORS = frozenset(
    """and or of the a an to in on for with by at from as that which who de del la el los las y o e u en con por para a
    al que un una su sus se""".split()
)
_BOUNDARY = re.compile(r"""[.!?…]+["'”’»)\]*_]*(?=\s)""")
_NEXT = re.compile(r"""\s+(?P<open>["'“‘«¿¡(\[*_]*)(?P<word>[^\W_]?[\w'’-]*)""")
_LAST_WORD = re.compile(r"((?:[^\W\d_]\.)*[^\W\d_]+)\.$")
_LEAD = re.compile(r"\s*(?:(?:[•·▪►●○■*\-–—]|#{1,6}|>|\d{1,2}[.)]|\([a-z0-9]\))\s+)+")
_LIST_ITEM = re.compile(r"[•·▪►●○■]|(?:[*\-–—]|#{1,6}|>|\d{1,2}[.)]|\([a-z0-9]\))\s")
_BLANK = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")


def lines(text: str) -> list[Span]:
    """Spans of the lines that are not blank, without the white space around them."""
    found = (trim(text, match.start(), match.end()) for match in re.finditer(r"[^\n]+", text))
    return [span for span in found if span.start < span.end]


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
    Spans of the sentences, without white space, bullets or list numbers around them.

    A sentence never crosses a blank line. A line end ends it too, unless the line was wrapped: the next line goes on
    in lower case, the line stops on a comma or a small word, or the next word would not have fitted.

    Args:
        text: Canonical text.
        within: Only this part of it, as if the rest were not there.
    """
    whole = within or Span(0, len(text))
    part = text[whole.start : whole.end]
    found = []
    for block in blocks(part):
        for piece in _hard_lines(part, block):
            for start, end in _split(part, piece):
                lead = _LEAD.match(part, start, end)
                span = trim(part, lead.end() if lead else start, end)
                if span.start < span.end:
                    found.append(Span(span.start + whole.start, span.end + whole.start))
    return found


def trim(text: str, start: int, end: int) -> Span:
    """The span without white space at its ends."""
    piece = text[start:end]
    stripped = piece.strip()
    start += len(piece) - len(piece.lstrip())
    return Span(start, start + len(stripped))


def _hard_lines(text: str, block: Span) -> Iterator[Span]:
    """Runs of lines of a block that were one line before somebody wrapped them."""
    spans = [Span(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text[block.start : block.end])]
    spans = [Span(s.start + block.start, s.end + block.start) for s in spans]
    width = max(s.end - s.start for s in spans)
    start = spans[0].start
    for line, following in zip(spans, spans[1:], strict=False):
        if _ends_here(text[line.start : line.end].strip(), text[following.start : following.end].strip(), width):
            yield Span(start, line.end)
            start = following.start
    yield Span(start, spans[-1].end)


def _ends_here(line: str, following: str, width: int) -> bool:
    if not line or not following or _LIST_ITEM.match(following):
        return True
    words = following.split(maxsplit=1)
    if following[0].islower() or line[-1] == ",":
        return False
    if line.split()[-1].casefold() in _CONNECTORS:
        return False
    return len(line) + 1 + len(words[0]) <= width or width < 40


def _split(text: str, piece: Span) -> Iterator[tuple[int, int]]:
    start = piece.start
    lead = _LEAD.match(text, start, piece.end)
    position = lead.end() if lead else start
    while match := _BOUNDARY.search(text, position, piece.end):
        position = match.end()
        if _is_end(text, start, match, piece.end):
            yield start, match.end()
            start = match.end()
    yield start, piece.end


def _is_end(text: str, start: int, match: re.Match[str], stop: int) -> bool:
    following = _NEXT.match(text, match.end(), stop)
    if following is None or not (following["open"] or following["word"]):
        # A dash, a bullet or a symbol goes on: "U.S. –" is one sentence with what follows.
        return following is None
    word, opened = following["word"], following["open"]
    if word[:1].islower():
        return False
    mark = match.group()
    if mark[0] != "." or mark[:2] == "..":
        return True
    last = _LAST_WORD.search(text, max(start, match.start() - 30), match.start() + 1)
    if last is None:
        return True
    stem = last[1].casefold().rstrip(".")
    if stem in _NEVER_END:
        return False
    initials = "." in stem or (len(stem) == 1 and last[1].isupper())
    if initials or stem in _MAY_END:
        return bool(opened and opened[0] in "\"“«¿¡") or word.casefold() in _STARTERS
    return True
