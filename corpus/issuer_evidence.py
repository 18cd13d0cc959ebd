"""
The forms that show whose words a statement is: each finds names and says how strongly.

`said` forms name the issuer as acting (title, lead, "statement from", banner); `own` forms are an organisation speaking
of itself (mission line, about paragraph, sign-off); `officer` forms are speakers who hold an office in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from corpus.datelines import find_datelines
from corpus.head import RELEASE_MARK
from corpus.models import Span
from corpus.organization_names import ACTS, NAME, SHORT, has_organization_noun, is_acronym, is_bare_organization

Source = Literal["said", "own", "officer"]

_S = r"[^\S\n]"
_LEAD_WORDS = re.compile(
    r"(?:today|yesterday|hoy|ayer|this (?:morning|week)|on \w+day|the following is|(?:the|los|las|all) (?:members|leaders"
    r"|families|miembros|integrantes|familias) (?:of|de)|members of|miembros de|los que formamos|desde|the|la|el|los|las"
    r"|\w+-based)[,\s]+",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"(?:[\"“](?P<quoted>[^\"“”\n]{{2,60}})[\"”]{_S}(?P<noun>{NAME})|(?P<name>{NAME}))"
    rf"(?:{_S}*\([\"“]?(?P<short>{SHORT})[\"”]?(?:,[^()]{{0,60}})?\))?"
)
_APPOSITION = re.compile(r",?(?:\s(?:an?|the|una?|la|el|and its|y sus)\s[^.;:]{3,160}?,)?\s*")
_MEMBERS = re.compile(r"(?:the|los|las)\s(?:members|miembros|integrantes)\s(?:of|de)\b", re.IGNORECASE)
_STATEMENT_TITLE = re.compile(
    rf"(?P<name>{NAME}?)(?:['’]s?)?{_S}(?i:statement|response|testimony|declaration|remarks|position|letter)"
    rf"{_S}(?i:on|to|regarding|in|about|re|following)\b"
)
_STATEMENT_OF = re.compile(
    r"(?:(?:the following|below|a continuaci[oó]n|lo siguiente)\b[^.:\n]{0,40}?\b)?(?:(?:press |public |official |community )?"
    r"(?:statement|release|response|letter)\s(?:from|by|of|issued by)|(?:declaraci[oó]n|comunicado|pronunciamiento|carta"
    r"|posicionamiento|mensaje)(?:\s(?:p[uú]blic[oa]|oficial|de prensa))?\sde(?:l)?)\s(?:(?:the|la|las|los|el)\s)?",
    re.IGNORECASE,
)
# Where the name ends and the subject of a statement begins; "Committee on …" is a name.
_TOPIC = re.compile(
    r"(?<!Committee)(?<!Council)(?<!Commission)(?<!Center)\s(?:on|regarding|about|following|sobre|ante|respecto|in response"
    r"|en respuesta)\s",
    re.IGNORECASE,
)
_KINDS = (
    r"network|coalition|alliance|organi[sz]ation|non-?profit|association|federation|union|center|collective|movement|group"
    r"|collaborative|project|campaign|committee|red|coalici[oó]n|alianza|organizaci[oó]n|asociaci[oó]n|federaci[oó]n|centro"
    r"|colectiv[oa]|movimiento|agrupaci[oó]n|comit[eé]|entidad|espacio"
)
_IS_KIND = re.compile(
    rf"(?:is|are|es|somos|son)\s(?:an?|the|una?|la|el)\s[^.;:\n]{{0,140}}?\b(?:{_KINDS})s?\b", re.IGNORECASE
)
_HOSTILE = re.compile(
    r"private prison|for-profit|hate|vigilante|extremist|nativist|restrictionist|agency|lucro privado", re.I
)
_DOES = re.compile(
    r"(?:consists of|is (?:made up|composed|comprised) of|brings together|is dedicated to|aspires to|strives to|works to|fights for"
    r"|organizes|envisions|est[aá] (?:integrad|conformad|compuest)[oa]|agrupa a|re[uú]ne a|trabaja (?:por|para)|lucha por"
    r"|se dedica a|busca|(?:was|were) founded in|was established in|fue fundad[oa])\b",
    re.IGNORECASE,
)
_BELIEVES = re.compile(
    r"(?:believes? (?:that|in)|cree (?:que|en)|cree firmemente|affirms that|holds that|sostiene que)\b", re.I
)
_AND_ITS = re.compile(
    r"(?:and its|y sus|and our|y nuestr[oa]s)\s(?:members?|affiliates?|chapters|allies|partners|miembros|afiliad[oa]s|organizaciones"
    r"|aliad[oa]s|bases)\b",
    re.IGNORECASE,
)
_WE = re.compile(r",\s(?:we|nosotr[oa]s|creemos|exigimos|condenamos)\b", re.IGNORECASE)
_WE_BELIEVE = re.compile(r",?\s(?:we (?:believe|know|work|fight)|creemos|sabemos|trabajamos|luchamos)\b", re.IGNORECASE)
_WE_AT = re.compile(
    r"\b(?:we at|we,? the members of|nosotr[oa]s,? (?:en|de|las? familias? de)|(?:on behalf of)|(?:en|a) nombre de|at|en|from|desde)"
    r"\s(?:(?:the|la|el|los|las)\s)?",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"(?:about|sobre|acerca de|qui[eé]nes somos en)\s(?:(?:the|la|el|los|las)\s)?", re.IGNORECASE)
_CLOSES = re.compile(
    r"\W*(?:sincerely|respectfully|in solidarity|in struggle|signed(?: by)?|yours|atentamente|respetuosamente|en solidaridad"
    r"|fraternalmente|firman?|suscriben?|signatories|sign-?ons?|firmantes)\W*",
    re.IGNORECASE,
)
_OFFICE = (
    r"(?:executive |managing |deputy |national |policy |legal |communications |campaign |organizing |program |board |lead |senior )*"
    r"(?:director|president|coordinator|organizer|organiser|co-founder|founder|chair(?:person|woman|man)?|spokes(?:person|woman|man)"
    r"|attorney|secretary|treasurer|leader|manager|member|co-director|directora?|presidenta?|coordinadora?|organizadora?|fundadora?"
    r"|vocer[oa]|portavoz|abogad[oa]|integrante|lideresa|l[ií]der|secretari[oa]|miembro)"
)
_OFFICER_OF = re.compile(
    rf"\b{_OFFICE}(?:\s(?:ejecutiv[oa]|general|nacional|legal))?\s(?:of|for|at|with|de la|del|de|en)\s(?:(?:the|la|el|las|los)\s)?",
    re.IGNORECASE,
)
_OFFICER_ITS = re.compile(rf"(?P<name>{NAME}?)[’']s?{_S}(?i:{_OFFICE})\b")


class Evidence(NamedTuple):
    """A name as printed, where, by what form, and how much that form says by itself (3 is enough)."""

    name: str
    start: int
    source: Source
    form: str
    weight: int


def title_evidence(text: str, title: str) -> Iterator[Evidence]:
    """The subject of the title: "NAME calls on …", "“X” Coalition reacts to …", "NAME Statement on …"."""
    start = max(0, text.find(title.split("\n")[0][:40]))
    subject = re.match(r"(?:the|la|el|las|los)\s", title, re.IGNORECASE)
    offset = subject.end() if subject else 0
    if acts := ACTS.search(title):
        yield from _whole(title, offset, acts.start(), start, "title", 2)
    if match := _STATEMENT_TITLE.match(title, offset):
        yield from _whole(title, offset, match.end("name"), start, "title", 2)
    yield from _statement_of(title, start)


def lead_evidence(text: str, sentences: Sequence[Span]) -> Iterator[Evidence]:
    """The subject of the first sentences: "The members of the FULL NAME (SHORT) have …", "NAME today condemned …"."""
    for sentence in sentences:
        words = text[sentence.start : sentence.end]
        opening = find_datelines(words)
        position = opening[0].span.end if opening else 0
        for start in [position, *(m.end() for m in re.finditer(r",\s|\btoday\s|\bhoy\s", words) if m.end() > position)]:
            yield from _lead_subject(words, start, sentence.start)
        yield from _statement_of(words, sentence.start, anchored=True)


def own_evidence(text: str, paragraphs: Sequence[Span]) -> Iterator[Evidence]:
    """What opens a paragraph in which an organisation speaks of itself, and "We at NAME", "NAME and its members"."""
    for paragraph in paragraphs:
        words = text[paragraph.start : paragraph.end]
        begin = _skip(words, 0)
        if match := _NAMED.match(words, begin):
            yield from _own_subject(words, match, paragraph.start)
        yield from _about_heading(words, paragraph.start)
    for match in re.finditer(NAME, text):
        rest = text[match.end() : match.end() + 40].lstrip()
        if _AND_ITS.match(rest):
            yield Evidence(match.group(), match.start(), "own", "and_its", 3)
    for lead in _WE_AT.finditer(text):
        named = _NAMED.match(text, lead.end())
        # "En NAME, …" may open with a place; only what an organisation says of itself shows that it is none.
        plain = lead.group().split()[0].casefold() in {"at", "en", "from", "desde"}
        if named and (not plain or _WE_BELIEVE.match(text, named.end())):
            yield _evidence(named, 0, "own", "we_at", 3)


def banner_evidence(text: str, lines: Sequence[Span]) -> Iterator[Evidence]:
    """A head line that is only an organisation's name, and the one that stands beside a release mark."""
    for place, line in enumerate(lines):
        words = text[line.start : line.end].strip("*_# ")
        parts = [part.strip() for part in re.split(r"\s+[|–—-]\s+|\s*[:|]\s*", words)]
        marked = any(RELEASE_MARK.fullmatch(part) for part in parts)
        above = text[lines[place - 1].start : lines[place - 1].end].strip("*_#: ") if place else ""
        for part in parts:
            match = _NAMED.fullmatch(part)
            if match is None or RELEASE_MARK.fullmatch(part):
                continue
            if is_bare_organization(part) or ((marked or RELEASE_MARK.fullmatch(above)) and is_acronym(part)):
                yield _evidence(match, line.start, "said", "banner", 2 if len(parts) == 1 or marked else 1)


def sign_off_evidence(text: str, lines: Sequence[Span]) -> Iterator[Evidence]:
    """The names under "In solidarity," or "Firman:" at the end."""
    closing = next((n for n, line in enumerate(lines) if _CLOSES.fullmatch(text, line.start, line.end)), None)
    for line in lines[closing + 1 :] if closing is not None else []:
        words = text[line.start : line.end].strip("*_•·- ")
        match = _NAMED.fullmatch(words)
        if match and (has_organization_noun(words) or is_acronym(words)):
            yield _evidence(match, line.start, "own", "sign_off", 2)


def officer_evidence(text: str) -> Iterator[Evidence]:
    """The organisations of people who hold an office in them: "President of NAME", "NAME’s Executive Director"."""
    for match in _OFFICER_OF.finditer(text):
        if named := _NAMED.match(text, match.end()):
            yield _evidence(named, 0, "officer", f"officer {match.start()}", 1)
    for match in _OFFICER_ITS.finditer(text):
        yield Evidence(match["name"], match.start(), "officer", f"officer {match.start()}", 1)


def _lead_subject(words: str, start: int, offset: int) -> Iterator[Evidence]:
    members = bool(_MEMBERS.match(words, start))
    match = _NAMED.match(words, _skip(words, start))
    if match is None:
        return
    after = _APPOSITION.match(words, match.end())
    acts = ACTS.match(words, after.end() if after else match.end())
    inside = ACTS.search(match.group()) if not acts else None
    if members or acts:
        known = members or match["short"] or has_organization_noun(match.group()) or is_acronym(match["name"] or "")
        yield _evidence(match, offset, "said", "lead", 3 if known else 2)
    elif inside and inside.start() and start == 0:
        yield from _whole(words, match.start(), match.start() + inside.start(), offset, "lead", 2)


def _own_subject(words: str, match: re.Match[str], offset: int) -> Iterator[Evidence]:
    rest = words[match.end() : match.end() + 240].lstrip(" ,\u00a0")
    kind = _IS_KIND.match(rest)
    if kind and not _HOSTILE.search(kind.group()):
        yield _evidence(match, offset, "own", "is_kind", 3)
    elif _DOES.match(rest):
        yield _evidence(match, offset, "own", "does", 2 + has_organization_noun(match.group()))
    if _BELIEVES.match(rest):
        yield _evidence(
            match, offset, "own", "believes", 2 + (has_organization_noun(match.group()) or bool(match["short"]))
        )
    if _WE.match(words, match.end()):
        yield _evidence(match, offset, "own", "we", 3)


def _about_heading(words: str, offset: int) -> Iterator[Evidence]:
    """ "About NAME" as a heading, or before its paragraph on the same line."""
    heading = _ABOUT.match(words)
    match = _NAMED.match(words, heading.end()) if heading else None
    after = re.compile(r"\s*(?:$|\n|[:–—-])\s*").match(words, match.end()) if match else None
    if match and after:
        yield _evidence(match, offset, "own", "about", 2)
        if subject := _NAMED.match(words, _skip(words, after.end())):
            yield from _own_subject(words, subject, offset)


def _statement_of(words: str, offset: int, *, anchored: bool = False) -> Iterator[Evidence]:
    match = _STATEMENT_OF.match(words) or (None if anchored else _STATEMENT_OF.search(words))
    topic = _TOPIC.search(words, match.end()) if match else None
    named = _NAMED.match(words, match.end(), topic.start() if topic else len(words)) if match else None
    if named is None:
        return
    officer = re.match(
        rf",\s[^,.\n]{{0,60}}?{_OFFICE}\s(?:of|de la|del|de)\s(?:(?:the|la|el)\s)?", words[named.end() :], re.I
    )
    holder = _NAMED.match(words, named.end() + officer.end()) if officer else None
    yield _evidence(holder or named, offset, "said", "statement_of", 3 if holder else 2)


def _whole(words: str, start: int, end: int, offset: int, form: str, weight: int) -> Iterator[Evidence]:
    """The name that is all of these words."""
    piece = words[start:end].rstrip(" ,\u00a0")
    piece = re.sub(r"(?i)['’]s?$|\s(?:today|strongly|hoy)$", "", piece)
    match = _NAMED.fullmatch(piece)
    if match:
        yield _evidence(match, offset + start, "said", form, weight)


def _skip(words: str, start: int) -> int:
    """Past the words that lead in to a subject: "Today, the members of the"."""
    while match := _LEAD_WORDS.match(words, start):
        start = match.end()
    return start


def _evidence(match: re.Match[str], offset: int, source: Source, form: str, weight: int) -> Evidence:
    group = "quoted" if match["quoted"] else "name"
    # A quoted name before a generic noun ("“X” Coalition") is one the statement itself calls an organisation.
    return Evidence(match[group], offset + match.start(group), source, form, weight + (group == "quoted"))
