"""
Somebody else's text around a release: a blogger's own words before "here is what they sent".

Taking words from their issuer is as wrong as giving it words that it never said. So it takes a release that visibly
begins further down, and an introduction that speaks of the issuer as of others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from corpus.canonical import fold_word
from corpus.framing.units import Unit, own_names, units
from corpus.models import Furniture, Span

_POINTERS = re.compile(
    r"\b(?:see below|below for more|(?:press release|statement|release|letter|message|text|alert) (?:is |"
    r"that follows |follows )?below|"
    r"here(?: is|'s) (?:what|the (?:full |complete |whole )?(?:release|statement|text|press)|their)|"
    r"what they (?:sent|wrote|say)|"
    r"(?:they|which|that|was|were|just) sent (?:out|us|me|around)|their (?:full |complete |own |press )?(?:statement|"
    r"release|words|announcement|e-?mail)|"
    r"(?:i|we) (?:got|received|copy|pass|repost|reprint)|passing (?:it |this )?(?:along|on)|(?:re-?post|reprint|"
    r"forward)(?:ed|ing)\b|"
    r"(?:in|came (?:in|to|in to|into)|reached|crossed) my (?:inbox|in-box|mail|desk)|pass (?:it|this) (?:on|along)|"
    r"please (?:circulate|distribute|forward)|from our (?:friends|allies|comrades) (?:at|in)|via\b|h/t|hat tip|"
    r"a continuacion|(?:este|aqui) (?:es|esta) (?:su|el) (?:comunicado|texto)|(?:les )?compart(?:o|imos)|"
    r"reproduc(?:o|imos)|copio|"
    r"(?:nos|me) (?:enviaron|mandaron|llego|envian|hicieron llegar)|(?:su|este) comunicado|lo que (?:enviaron|"
    r"mandaron|dicen)|mas abajo|abajo (?:el|su)|reenvio)\b"
)
_PERSONAL = re.compile(
    r"(?<![\w“\"])(?:i|i'm|i've|i'll|i'd|my|myself|join us|this blog|readers|dear readers|yo|mi|mis|comparto|"
    r"lectores|les dejo|este blog|acompanenos|vengan)\b"
)
_OTHERS = re.compile(r"\b(?:they|their|them|ellos|ellas|sus companer\w+|these folks|estos companer\w+)\b")
_OWN_VOICE = re.compile(
    r"\b(?:we (?:call|demand|urge|condemn|denounce|believe|stand|reject|are (?:calling|outraged|deeply|proud))|"
    r"our (?:members|communities|community|organi[sz]ation|network|coalition)|exigimos|condenamos|denunciamos|"
    r"rechazamos|"
    r"hacemos un llamado|nuestr[oa]s? (?:miembros|comunidad|comunidades|organizacion|red))\b"
)
_RELEASE = re.compile(r"^[*#\s]*(?:for immediate release|para (?:su )?(?:publicacion|difusion|distribucion) inmediata)")
_MAIL = re.compile(r"^(?:forward this|get e-?mails? in|view (?:this|in|it)|having trouble|reenvi|ver (?:este|en el))")
_DATELINE = re.compile(r"^[*_\s]*\(?[^\W\d_a-z][^\n–—|“”\"]{1,60}?(?:\s?[–—]{1,2}|\s-{1,2}|\.\s?-{1,2}|\s/)\s*(?=\S)")
_SENTENCE = re.compile(r"[.!?…:][”\"»’')*_]*$")
_FAR = 0.7  # of the text: a release begins before this
_MOST_INTRODUCTION = 6  # paragraphs


def find_wrapper(
    text: str, furniture: Sequence[Furniture], organizations: Sequence[str | None], short: Mapping[str, str]
) -> list[Span]:
    """
    Spans of somebody else's introduction to a release, ascending, disjoint from furniture; mostly there is none.

    The title line above it is not part of it.

    Args:
        text: Canonical text.
        furniture: Its furniture, ascending.
        organizations: The issuers of the release; `None` for a name that was lost.
        short: Short form → full name.
    """
    found = units(text, furniture)
    marked = _mark(text, furniture)
    start = _release_start(found, marked, len(text))
    if start is None:
        return []
    # The headline is no introduction, though it may end as a sentence does; a date line may stand above it.
    headline = next((unit for unit in found if not re.search(r"\b(?:19|20)\d\d\W*$", unit.raw)), None)
    above = [unit for unit in found if unit.span.end <= start and _is_prose(unit)]
    introduction = [unit for unit in above if unit is not headline or unit.words >= 25]
    if not 1 <= len(introduction) <= _MOST_INTRODUCTION:
        return []
    words = fold_word(" ".join(unit.raw for unit in introduction))
    if not _is_of_others(words, own_names(organizations, short), has_mark=marked is not None):
        return []
    return [piece for unit in introduction for piece in unit.pieces]


def _is_of_others(words: str, names: list[str], *, has_mark: bool) -> bool:
    """Whether an introduction speaks as somebody else: the more the page shows of a release, the less it takes."""
    personal = bool(_PERSONAL.search(words))
    if _OWN_VOICE.search(words) and not personal:
        return False
    third_person = any(name in words for name in names) or bool(_OTHERS.search(words))
    evidence = bool(_POINTERS.search(words)) + personal + third_person
    return evidence >= 2 and (has_mark or personal or bool(_OTHERS.search(words)))


def _mark(text: str, furniture: Sequence[Furniture]) -> int | None:
    """Where mailing chrome or "FOR IMMEDIATE RELEASE" says that a release begins."""
    for item in furniture:
        said = fold_word(text[item.start : item.end][:80])
        said = re.sub(r"^(?:graphic|image|imagen|icon)(?=[a-z])", "", said)
        if item.start <= len(text) * _FAR and (_RELEASE.match(said) or (item.kind == "mailing" and _MAIL.match(said))):
            return item.start
    return None


def _release_start(found: list[Unit], marked: int | None, length: int) -> int | None:
    """Where the release begins below an introduction: at a mark, else at the headline above a dateline."""
    first = next((n for n, unit in enumerate(found) if n and _DATELINE.match(unit.raw)), None)
    if marked is not None and any(unit.span.end <= marked and _is_prose(unit) for unit in found[1:]):
        return marked
    if first is None or found[first].span.start > length * _FAR:
        return None
    start = first
    while start > 0 and not _is_prose(found[start - 1]):
        start -= 1
    return found[start].span.start


def _is_prose(unit: Unit) -> bool:
    """Whether a paragraph is sentences: no headline, no date line, no dateline paragraph."""
    return (unit.words >= 25 or (unit.words >= 8 and bool(_SENTENCE.search(unit.raw)))) and not _DATELINE.match(
        unit.raw
    )
