"""
Datelines: the place, with or without a date, that opens a release ("GENEVA, 4 March 2014 –").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from corpus.calendar_words import PrintedDate, printed_dates
from corpus.canonical import fold_word
from corpus.head import FOREIGN, head_lines, is_covered, prose_paragraphs
from corpus.models import Furniture, Span
from corpus.organization_names import reads_as_group
from corpus.remembering import remembered

_S = r"[^\S\n]"
_CAPITAL = r"(?:[A-ZÀ-ÖØ-Þ]\.){1,3}|[A-ZÀ-ÖØ-Þ][\w'’]*(?:-\w+)*\.?"
_JOIN = rf"(?:,?{_S}|,|{_S}?[/&;]{_S}?)(?:(?:de|del|la|las|los|el|y|and|of|the|en){_S}){{0,2}}"
PLACE = rf"(?:{_CAPITAL})(?:{_JOIN}(?:{_CAPITAL})){{0,8}}"
_BEFORE = re.compile(
    rf"[\s(\[*_#]*(?:(?P<place>{PLACE})(?:{_S}*(?P<mark>\.?{_S}*[–—-]{{1,3}}|{_S}*[,;"
    rf"|(\[]))?{_S}*[(\[]?(?:a{_S}+(?:el{_S}+)?)?)?"
)
_DASH = rf"(?:\.?{_S}*[–—-]{{1,3}}|{_S}*/[\w ]{{2,24}}/{_S}*[–—-]{{0,3}}|{_S}+/(?={_S}))"
_AFTER = re.compile(rf"(?:,?{_S}*(?P<place>{PLACE}))?(?P<close>[)\]*_]*)(?P<mark>{_DASH}|\.(?={_S})|,(?={_S}?$))?{_S}*")
_PLACE_ONLY = re.compile(
    rf"[\s(\[*_]*(?P<place>{PLACE})[)\]*_]*(?P<mark>{_S}*[–—]|{_S}+-{{1,3}}(?={_S})|{_S}*-{{2,3}}"
    rf"|\.-){_S}*(?=[\w“\"'‘¿¡«])"
)
# One of them stands in every dateline: two digits side by side (`prints_digits`), or what sets the place apart.
_DATE_OR_DASH = re.compile(r"[–—-]|\d\d")
_REGION = re.compile(r",\s?(?:[A-Z]{2}|[A-Z]\.\s?[A-Z]\.|[A-ZÀ-Þ]\w+\.?)$")
_ABBREVIATED = re.compile(
    r"(?<!\w)(?:\w\.)+$|\b(?:Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Mass|Md|Mich|Minn|Miss|Mo"
    r"|Mont|Neb|Nev"
    r"|Okla|Ore|Pa|Tenn|Tex|Va|Vt|Wash|Wis|Wyo|Ont|Que|Son|Chih|Coah|Tamps|Jal"
    r"|Gto|Oax|Chis|Gro|Pue|Ver|Sin|Dgo|Zac|Hgo|Qro|Tab|Yuc)\.$",
    re.IGNORECASE,
)
_LOOKAHEAD = 140
_LATER_PARAGRAPHS = 8
# Words that open a paragraph before a dash and name no place.
_NO_PLACE_LIST = """
    update note background statement action alert breaking what why how when where who today yesterday now press
    news media release immediate contact about summary introduction conclusion question answer monday tuesday
    wednesday thursday friday saturday sunday the our we nota actualizacion antecedentes que cuando donde quien
    hoy ayer comunicado prensa boletin aviso alerta lunes martes miercoles jueves viernes sabado domingo network
    coalition alliance organization association federation campaign union center red coalicion alianza
    organizacion asociacion federacion campana centro president presidente para publicacion difusion inmediata
    blog noticias declaracion pronunciamiento deadline date fecha posted published publicado archived retrieved
"""
_NO_PLACE = frozenset(_NO_PLACE_LIST.split())
_EVENT_WORDS_LIST = """
    march rally vigil conference summit gala webinar hearing meeting workshop celebration festival anniversary
    strike protest action actions event events deadline training forum fair marcha mitin vigilia conferencia
    cumbre foro audiencia reunion taller celebracion aniversario paro huelga protesta accion acciones evento
    eventos feria jornada asamblea
"""
EVENT_WORDS = frozenset(_EVENT_WORDS_LIST.split())


class Dateline(NamedTuple):
    """
    What opens a release.

    Attributes:
        span: From its first mark to the place where the text proper begins.
        place: As printed, `None` where only a date opens the text.
        date: `None` where it prints no day with a year.
    """

    span: Span
    place: Span | None
    date: PrintedDate | None


def find_datelines(text: str, furniture: Sequence[Furniture] = ()) -> list[Dateline]:
    """
    The datelines of the first paragraphs, in order; the first is the release's own.

    Several dated ones far from the head are a chronology, not datelines: then none is given.
    """
    return list(_datelines(text, tuple(furniture))) if _DATE_OR_DASH.search(text) else []


@remembered
def _datelines(text: str, furniture: tuple[Furniture, ...]) -> tuple[Dateline, ...]:
    foreign = sorted(item.span for item in furniture if item.kind in FOREIGN)
    prose = prose_paragraphs(text, furniture)[:_LATER_PARAGRAPHS]
    opening = [*head_lines(text, furniture), *prose[:1]]
    first = [found for line in opening if not is_covered(line, foreign) for found in _read(text, line)]
    later = [found for line in prose[1:] for found in _read(text, line)]
    if len({item.date.day for item in later if item.date}) > 1:
        later = []
    return tuple(sorted(first + later, key=lambda item: item.span))


def place_words(text: str, match: re.Match[str]) -> Span | None:
    """The span of a matched place without a closing full stop that is not its own; `None` where it is no place."""
    start, end = match.span("place")
    if start < 0:
        return None
    if text[end - 1] == "." and not _ABBREVIATED.search(text, start, end):
        end -= 1
    words = set(fold_word(text[start:end]).replace(",", " ").split())
    return Span(start, end) if not words & (_NO_PLACE | EVENT_WORDS) and end - start <= 70 else None


def _read(text: str, line: Span) -> list[Dateline]:
    stop = min(text.find("\n", line.start) % (len(text) + 1), line.start + _LOOKAHEAD)
    for date in printed_dates(text, Span(line.start, stop)):
        dated = _with_date(text, line, date)
        return [dated] if dated else _without_date(text, line)
    return _without_date(text, line)


def _with_date(text: str, line: Span, date: PrintedDate) -> Dateline | None:
    before = _BEFORE.fullmatch(text, line.start, date.span.start)
    if before is None or date.precision != "day" or _is_event(text[line.start : date.span.start]):
        return None
    after = _AFTER.match(text, date.span.end)
    assert after is not None
    place = place_words(text, before) or place_words(text, after)
    stands_alone = after.end() >= line.end or text[after.end()] == "\n"
    apart = place and (after["place"] or text[place.end : date.span.start].strip())
    if stands_alone and place and apart and _looks_like_place(text, place) and not _is_group(text, place):
        return Dateline(Span(line.start, line.end), place, date)
    opened = text[line.start : date.span.start].count("(") > text[line.start : date.span.start].count(")")
    if stands_alone or not (after["mark"] or (opened and ")" in after["close"])):
        return None
    return Dateline(Span(line.start, after.end()), place, date) if _goes_on(text, after.end(), line) else None


def _without_date(text: str, line: Span) -> list[Dateline]:
    match = _PLACE_ONLY.match(text, line.start, min(line.end, line.start + _LOOKAHEAD))
    place = place_words(text, match) if match else None
    if match is None or place is None or not _goes_on(text, match.end(), line):
        return []
    return [Dateline(Span(line.start, match.end()), place, None)] if _looks_like_place(text, place) else []


def _looks_like_place(text: str, place: Span) -> bool:
    """Whether words without running text or a date to confirm them read as a place rather than as a heading."""
    printed = text[place.start : place.end]
    return printed.isupper() or bool(_REGION.search(printed)) or len(printed.split()) <= 3


def _is_group(text: str, place: Span) -> bool:
    """Whether the words name a group rather than a place; a state after them ("Union City, NJ") shows a place."""
    printed = text[place.start : place.end]
    return reads_as_group(printed) and not _REGION.search(printed)


def _goes_on(text: str, start: int, line: Span) -> bool:
    """Whether running text follows, as after a dateline and not as in a heading or a list."""
    return len(text[start : max(line.end, start + 1)].split()) >= 5


def _is_event(words: str) -> bool:
    return bool(set(re.findall(r"\w+", fold_word(words))) & EVENT_WORDS)
