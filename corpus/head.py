"""
The head of a statement: its lines before the first paragraph of prose, where title, date and banner stand.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import groupby, takewhile

from corpus.models import Furniture, FurnitureKind, Span
from corpus.remembering import remembered
from corpus.sentences import each_line, sentences

# What carries dates and names of something else: other posts, readers, the site.
FOREIGN: frozenset[FurnitureKind] = frozenset({"comments", "copyright", "navigation", "breadcrumb", "share", "image"})

# Titles and datelines of real pages stand well inside this; it bounds the work on very long files.
_HEAD_CHARS = 20_000
_PROSE_WORDS = 12
_STANDFIRST_CHARS = 180
_SENTENCE_END = re.compile(r"""[.!?…:]["'”’»)\]*]*$""")

_FRONT_MATTER = re.compile(r"---[^\S\n]*\n(?:(?!---)[^\n]*\n){0,60}?---[^\S\n]*(?=\n|$)")

RELEASE_MARK = re.compile(
    r"for (?:immediate )?(?:release|distribution|publication)|for immediate use"
    r"|(?:press|news|media) (?:release|statement)"
    r"|(?:press|media) advisory|para (?:su )?(?:publicaci[oó]n|difusi[oó]n|divulgaci[oó]n|distribuci[oó]n)"
    r"(?: (?:p[uú]blica|inmediata))?|(?:para )?(?:publicar|difundir) (?:de )?inmediat(?:o|amente)"
    r"|comunicado(?: (?:de prensa|p[uú]blico|oficial|conjunto))?|bolet[ií]n(?: (?:de prensa|informativo))?"
    r"|nota de prensa|aviso (?:de|a la) prensa|pronunciamiento|posicionamiento|statement|declaraci[oó]n",
    re.IGNORECASE,
)
CONTACT = re.compile(
    r"\b(?:press|media)?\s?(?:contacts?|contactos?)\b(?:\s+de\s+prensa)?\s*(?:[:|–—-]|$)"
    r"|[\w.+-]+@[\w-]|\[email\s+protected\]|(?<!\d)(?:\(\d{3}\)\s?|\d{3}[-.\s])\d{3}[-.\s]\d{4}(?!\d)",
    re.IGNORECASE,
)


def head_lines(text: str, furniture: Sequence[Furniture] = ()) -> list[Span]:
    """
    The lines before the first paragraph of prose, in order, without those that overlap `furniture`.

    One sentence of prose that stands alone (a standfirst) does not end the head; a second paragraph does.
    """
    end = _prose_start(text, furniture)
    return [line for line in _uncovered(text, _taken(text, furniture), _HEAD_CHARS) if line.start < end]


def visible_lines(text: str, furniture: Sequence[Furniture]) -> list[Span]:
    """The lines, in order, that neither furniture nor front matter overlaps."""
    return list(_uncovered(text, _taken(text, furniture), len(text)))


def _taken(text: str, furniture: Sequence[Furniture]) -> tuple[Span, ...]:
    return tuple(sorted([*(item.span for item in furniture), *front_matter(text)]))


@remembered
def _uncovered(text: str, spans: tuple[Span, ...], end: int) -> tuple[Span, ...]:
    """Those that begin before `end`."""
    begun = takewhile(lambda line: line.start < end, each_line(text))
    return tuple(line for line in begun if not is_covered(line, spans))


def front_matter(text: str) -> list[Span]:
    """The block of declared metadata that opens a Markdown file, if there is one."""
    match = _FRONT_MATTER.match(text)
    return [Span(*match.span())] if match else []


def is_covered(line: Span, spans: Sequence[Span]) -> bool:
    """Whether one of these ascending, disjoint spans shares a code point with the line."""
    place = bisect_right(spans, line.end, key=lambda span: span.start)
    return any(span.overlaps(line) for span in spans[max(0, place - 2) : place])


def prose_paragraphs(text: str, furniture: Sequence[Furniture] = ()) -> list[Span]:
    """Paragraphs near the head that hold a whole sentence of at least a dozen words."""
    return list(_prose(text, tuple(sorted(item.span for item in furniture))))


@remembered
def _prose(text: str, taken: tuple[Span, ...]) -> tuple[Span, ...]:
    found: list[Span] = []
    window = Span(0, min(len(text), _HEAD_CHARS))
    for _, group in groupby(sentences(text, window), key=lambda s: text.rfind("\n", 0, s.start)):
        run = list(group)
        paragraph = Span(run[0].start, run[-1].end)
        if not is_covered(paragraph, taken) and any(is_prose(text[s.start : s.end]) for s in run):
            found.append(paragraph)
    return tuple(found)


def is_prose(sentence: str) -> bool:
    """Whether these words are a sentence of running text rather than a heading."""
    words = sentence.split()
    return len(words) > 60 or (len(words) >= _PROSE_WORDS and bool(_SENTENCE_END.search(sentence)))


def _prose_start(text: str, furniture: Sequence[Furniture]) -> int:
    prose = prose_paragraphs(text, furniture)
    for number, paragraph in enumerate(prose):
        standfirst = number == 0 and len(prose) > 1 and paragraph.end - paragraph.start <= _STANDFIRST_CHARS
        if not standfirst or _touches(text, paragraph, prose[1]):
            return paragraph.start
    return _HEAD_CHARS


def _touches(text: str, paragraph: Span, following: Span) -> bool:
    return not text[paragraph.end : following.start].strip()
