"""
The forms that show whose words a statement is: each finds names and says how strongly.

`said` forms name the issuer as acting (title, lead, "statement from", banner); `own` forms are an organisation speaking
of itself (mission line, about paragraph, sign-off); `reference` forms (`corpus/issuer_references.py`) only point to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Literal, NamedTuple

from corpus.datelines import find_datelines
from corpus.models import Span
from corpus.organization_names import ACTS, NAME, SHORT, has_organization_noun, is_acronym

Source = Literal["said", "own", "reference"]

_S = r"[^\S\n]"
_LEAD_WORDS = re.compile(
    r"(?:today|yesterday|hoy|ayer|this (?:morning|week)|on \w+day|the following is|(?:the|los|las|all) (?:members"
    r"|leaders"
    r"|families|miembros|integrantes|familias) (?:of|de)|members of|miembros de|los que formamos|desde|the|la|el"
    r"|los|las"
    r"|board(?: of directors)? of|junta directiva de|\w+-based)[,\s]+",
    re.IGNORECASE,
)
NAMED = re.compile(
    rf"(?:[\"“](?P<quoted>[^\"“”\n]{{2,60}})[\"”]{_S}(?P<noun>{NAME})|(?P<name>{NAME}))"
    rf"(?:{_S}*(?:[-–—]{_S}*)?\([\"“]?(?P<short>{SHORT})[\"”]?(?:,[^()]{{0,60}})?\))?"
)
_DASH = re.compile(r"[\s–—-]*")
_APPOSITION = re.compile(r",?(?:\s(?:an?|the|which|una?|la|el|que|and its|y sus)\s[^.;:]{3,160}?,)?\s*")
_MEMBERS = re.compile(
    r"(?:(?:the|los|las|la|el)\s)?(?:members|miembros|integrantes|board(?:\sof\sdirectors)?|junta\sdirectiva"
    r"|consejo\sdirectivo)\s(?:of|de)\b",
    re.IGNORECASE,
)
# A name that opens a lead before one of these is at least what the statement is about.
_SUBJECT_VERB = re.compile(
    r"(?:today\s|hoy\s)?(?:will|has|have|adopted|reports?|offers?|organizes|invite[sd]|opened|filed|marched|gathered"
    r"|announce[sd]|voted|delivered|counted|collected|documented|testified|surveyed|walked|anunci[oó]|inform[oó]"
    r"|entreg[oó]|revis[oó]|document[oó]|inaugur[oó]"
    r"|ofrece|organiza|invita|present[oó]|anot[oó]|recibi[oó]|realiz[oó]|har[aá]|ha|han|abri[oó])\b"
)
_STATEMENT_TITLE = re.compile(
    rf"(?P<name>{NAME}?)(?:['’]s?)?{_S}(?i:statement|response|testimony|declaration|remarks|position|letter)"
    rf"{_S}(?i:on|to|regarding|in|about|re|following)\b"
)
_STATEMENT_OF = re.compile(
    r"(?:an?\s|una?\s)?(?:(?:the following|below|what follows|a continuaci[oó]n"
    r"|lo siguiente)\b[^.:\n]{0,40}?\b)?(?:(?:press |public |official "
    r"|community )?"
    r"(?:statement|release|response|letter|page|publication|guide|newsletter)\s(?:from|by|of|issued by)"
    r"|p[aá]gina\sde|(?:declaraci[oó]n|comunicado"
    r"|pronunciamiento|carta"
    r"|posicionamiento|mensaje)(?:\s(?:p[uú]blic[oa]|oficial|de prensa))?\sde(?:l)?)\s(?:(?:the|la|las|los|el)\s)?",
    re.IGNORECASE,
)
# Where the name ends and the subject of a statement begins; "Committee on …" is a name.
_TOPIC = re.compile(
    r"(?<!Committee)(?<!Council)(?<!Commission)(?<!Center)\s(?:on|regarding|about|following|sobre|ante|respecto"
    r"|in response"
    r"|en respuesta)\s",
    re.IGNORECASE,
)
_KINDS = (
    r"network|coalition|alliance|organi[sz]ation|non-?profit|association|federation|union|center|collective"
    r"|movement|group"
    r"|collaborative|project|campaign|committee|red|coalici[oó]n|alianza|organizaci[oó]n|asociaci[oó]n"
    r"|federaci[oó]n|centro"
    r"|colectiv[oa]|movimiento|agrupaci[oó]n|comit[eé]|entidad|espacio"
)
_IS_KIND = re.compile(
    rf"(?:is|are|es|somos|son)\s(?:an?|the|una?|la|el)\s[^.;:\n]{{0,140}}?\b(?:{_KINDS})s?\b", re.IGNORECASE
)
_HOSTILE = re.compile(
    r"private prison|for-profit|hate|vigilante|extremist|nativist|restrictionist|agency|lucro privado", re.I
)
_DOES = re.compile(
    r"(?:consists of|is (?:made up|composed|comprised) of|brings together|is dedicated to|aspires to|strives to"
    r"|works to"
    r"|fights for|organizes|envisions|serves|links \d+|(?:was|were) (?:founded|opened|started|created|formed"
    r"|established)"
    r"|ha(?:s|ve) \w+ed\b[^.\n]{0,120}?\b(?:since \d{4}|for (?:over |more than )?\d+)|est[aá] (?:integrad"
    r"|conformad|compuest)[oa]"
    r"|agrupa a|re[uú]ne a|une a|trabaja (?:por|para)|lucha por|se dedica a|busca|ofrece|atiende a"
    r"|fue (?:fundad|abiert|cread|formad)[oa])(?!\w)",
    re.IGNORECASE,
)
_BELIEVES = re.compile(
    r"(?:believes? (?:that|in)|cree (?:que|en)|cree firmemente|affirms that|holds that|sostiene que)\b", re.I
)
_AND_ITS = re.compile(
    r"(?:and its|y sus|and our|y nuestr[oa]s)\s(?:[\w-]+\s)?(?:members?|affiliates?|chapters|allies|partners|miembros"
    r"|afiliad[oa]s|organizaciones|aliad[oa]s|bases)\b",
    re.IGNORECASE,
)
_WE = re.compile(r",\s(?:we|nosotr[oa]s|creemos|exigimos|condenamos)\b", re.IGNORECASE)
_WE_BELIEVE = re.compile(r",?\s(?:we (?:believe|know|work|fight)|creemos|sabemos|trabajamos|luchamos)\b", re.IGNORECASE)
_WE_AT = re.compile(
    r"\b(?:we at|we,? the members of|we are (?:[\w-]+\s){1,4}?(?:of|from|with)"
    r"|somos (?:[\w-]+\s){1,4}?de"
    r"|nosotr[oa]s,? (?:en|de|las? familias? de)|(?:on behalf of)|(?:en"
    r"|a) nombre de|at|en|from|desde)"
    r"\s(?:(?:the|la|el|los|las)\s)?",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"(?:about|sobre|acerca de|qui[eé]nes somos en)\s(?:(?:the|la|el|los|las)\s)?", re.IGNORECASE)
HOLDER = (
    r"(?:director|president|coordinator|organizer|organiser|co-founder|founder|chair(?:person|woman|man)?|co-chair"
    r"|spokes(?:person|woman|man)|attorney|secretary|treasurer|leader|manager|member|co-director|directora?|presidenta?"
    r"|coordinadora?|organizadora?|fundadora?|vocer[oa]|portavoz|abogad[oa]|integrante|lideresa|l[ií]der|secretari[oa]"
    r"|miembro)"
)
OFFICE = (
    r"(?:executive |managing |deputy |national |policy |legal |communications |campaign |organizing |program "
    rf"|board |lead |senior |founding ){{0,3}}{HOLDER}"
)


_LEADING_MARKS = re.compile(
    r"[\s*_>•#-]*(?:(?:about|sobre|acerca de) (?:the|la|el|us|nosotr[oa]s) ?\w*\.[\s*_]*)?", re.IGNORECASE
)


_DESCRIBED = re.compile(
    rf",\s(?:(?:which|that|que)\s{_DOES.pattern}|(?:an?|the|una?|la|el)\s[^.,;:\n]{{0,80}}?\b(?:{_KINDS})\b)",
    re.IGNORECASE,
)


# "NAME, director of ORGANISATION, issued the following statement".
_OFFICER_OF = re.compile(
    rf",\s[^,.\n]{{0,60}}?{OFFICE}\s(?:of|for|at|with|de la|del|de)\s(?:(?:the|la|el)\s)?", re.IGNORECASE
)
_ISSUED = re.compile(
    r",?\s(?:(?:today|hoy|jointly|have|has)\s)*(?:issued|released|made|published|emiti[oó]|emitieron|difundi[oó]"
    r"|public[oó])\s(?:today\s|hoy\s)?(?:the following|this|a joint|the joint|the below|el siguiente|la siguiente"
    r"|este|un)\b",
    re.IGNORECASE,
)


class Evidence(NamedTuple):
    """A name as printed, where, by what form, and how much that form says by itself (3 is enough)."""

    name: str
    start: int
    source: Source
    form: str
    weight: int


def named_evidence(match: re.Match[str], offset: int, source: Source, form: str, weight: int) -> Evidence:
    """Evidence for a match of `NAMED`, whose words begin at `offset`."""
    group = "quoted" if match["quoted"] else "name"
    # A quoted name before a generic noun ("“X” Coalition") is one the statement itself calls an organisation.
    return Evidence(match[group], offset + match.start(group), source, form, weight + (group == "quoted"))


def title_evidence(text: str, title: str) -> Iterator[Evidence]:
    """The subject of the title: "NAME calls on …", "“X” Coalition reacts to …", "NAME Statement on …"."""
    start = max(0, text.find(title.split("\n")[0][:40]))
    subject = re.match(r"(?:the|la|el|las|los)\s", title, re.IGNORECASE)
    offset = subject.end() if subject else 0
    for number, acts in enumerate(islice(ACTS.finditer(title), 3)):
        # "River Welcome Committee Demands …": the first word that looks like a verb may stand inside the name.
        words = title[offset : acts.start()].split()
        if number == 0 or (words and has_organization_noun(words[-1])):
            yield from _whole(title, offset, acts.start(), start, "title", 2)
    if match := _STATEMENT_TITLE.match(title, offset):
        yield from _whole(title, offset, match.end("name"), start, "title", 2)
    yield from _statement_of(title, start)


def lead_evidence(text: str, sentences: Sequence[Span]) -> Iterator[Evidence]:
    """The subject of the first sentences: "The members of the FULL NAME (SHORT) have …", "NAME today condemned …"."""
    for sentence in sentences:
        words = text[sentence.start : sentence.end]
        opening = find_datelines(words)
        # A sentence may begin at the dash, where an abbreviation before it was taken for an end.
        position = opening[0].span.end if opening else _DASH.match(words).end()  # type: ignore[union-attr]
        for start in [
            position,
            *(m.end() for m in re.finditer(r",\s|\btoday\s|\bhoy\s|\n", words) if m.end() > position),
        ]:
            yield from _lead_subject(words, start, sentence.start)


def statement_evidence(text: str, spans: Sequence[Span]) -> Iterator[Evidence]:
    """Lines and sentences that open with whose statement this is: "The following is a statement from NAME"."""
    for span in spans:
        yield from _statement_of(text[span.start : span.end], span.start, anchored=True)


def own_evidence(text: str, paragraphs: Sequence[Span]) -> Iterator[Evidence]:
    """What opens a paragraph in which an organisation speaks of itself, and "We at NAME", "NAME and its members"."""
    for paragraph in paragraphs:
        words = text[paragraph.start : paragraph.end]
        begin = _skip(words, _LEADING_MARKS.match(words).end())  # type: ignore[union-attr]
        if match := NAMED.match(words, begin):
            yield from _own_subject(words, match, paragraph.start)
        yield from _about_heading(words, paragraph.start)
    for match in re.finditer(NAME, text):
        rest = text[match.end() : match.end() + 240]
        if _AND_ITS.match(rest.lstrip()):
            yield Evidence(match.group(), match.start(), "own", "and_its", 3)
        if _DESCRIBED.match(rest):
            yield Evidence(match.group(), match.start(), "reference", "described", 1)
    for lead in _WE_AT.finditer(text):
        named = NAMED.match(text, lead.end())
        # "En NAME, …" may open with a place; only what an organisation says of itself shows that it is none.
        plain = lead.group().split()[0].casefold() in {"at", "en", "from", "desde"}
        if named and (not plain or _WE_BELIEVE.match(text, named.end())):
            yield named_evidence(named, 0, "own", "we_at", 3)


def _lead_subject(words: str, start: int, offset: int) -> Iterator[Evidence]:
    members = bool(_MEMBERS.match(words, start))
    match = NAMED.match(words, _skip(words, start))
    if match is None:
        return
    officer = _OFFICER_OF.match(words, match.end())
    holder = NAMED.match(words, officer.end()) if officer else None
    if holder and _ISSUED.match(words, holder.end()):
        yield named_evidence(holder, offset, "said", "lead", 3)
        return
    after = _APPOSITION.match(words, match.end())
    acts = ACTS.match(words, after.end() if after else match.end()) or _ISSUED.match(words, match.end())
    inside = ACTS.search(match.group()) if not acts else None
    known = match["short"] or has_organization_noun(match.group()) or is_acronym(match["name"] or "")
    if members or acts:
        yield named_evidence(match, offset, "said", "lead", 3 if known else 2)
    elif inside and inside.start() and start == 0:
        yield from _whole(words, match.start(), match.start() + inside.start(), offset, "lead", 2)
    elif _SUBJECT_VERB.match(words, match.end() + 1):
        yield named_evidence(match, offset, "reference", "subject", 3 if match["short"] else 2)


def _own_subject(words: str, match: re.Match[str], offset: int) -> Iterator[Evidence]:
    rest = words[match.end() : match.end() + 240].lstrip(" ,\u00a0")
    kind = _IS_KIND.match(rest)
    if kind and not _HOSTILE.search(kind.group()):
        yield named_evidence(match, offset, "own", "is_kind", 3)
    elif _DOES.match(rest):
        yield named_evidence(match, offset, "own", "does", 2 + has_organization_noun(match.group()))
    if _BELIEVES.match(rest):
        yield named_evidence(
            match, offset, "own", "believes", 2 + (has_organization_noun(match.group()) or bool(match["short"]))
        )
    if _WE.match(words, match.end()):
        yield named_evidence(match, offset, "own", "we", 3)


def _about_heading(words: str, offset: int) -> Iterator[Evidence]:
    """ "About NAME" as a heading, or before its paragraph on the same line."""
    heading = _ABOUT.match(words)
    match = NAMED.match(words, heading.end()) if heading else None
    after = re.compile(r"\s*(?:$|\n|[:–—-])\s*").match(words, match.end()) if match else None
    if match and after:
        yield named_evidence(match, offset, "own", "about", 2)
        if subject := NAMED.match(words, _skip(words, after.end())):
            yield from _own_subject(words, subject, offset)


def _statement_of(words: str, offset: int, *, anchored: bool = False) -> Iterator[Evidence]:
    match = _STATEMENT_OF.match(words) or (None if anchored else _STATEMENT_OF.search(words))
    topic = _TOPIC.search(words, match.end()) if match else None
    named = NAMED.match(words, match.end(), topic.start() if topic else len(words)) if match else None
    if named is None:
        return
    officer = _OFFICER_OF.match(words, named.end())
    holder = NAMED.match(words, officer.end()) if officer else None
    # A person's name has no article.
    article = match is not None and match.group().casefold().endswith((" the ", " la ", " el ", " los ", " las "))
    yield named_evidence(holder or named, offset, "said", "statement_of", 3 if holder or article else 2)


def _whole(words: str, start: int, end: int, offset: int, form: str, weight: int) -> Iterator[Evidence]:
    """The name that is all of these words."""
    piece = words[start:end].rstrip(" ,\u00a0")
    if len(piece.split()) == 1 and not is_acronym(piece):
        # Any word is capitalised where a title begins.
        return
    piece = re.sub(r"(?i)['’]s?$|\s(?:today|strongly|hoy)$", "", piece)
    match = NAMED.fullmatch(piece)
    if match:
        yield named_evidence(match, offset + start, "said", form, weight)


def _skip(words: str, start: int) -> int:
    """Past the words that lead in to a subject: "Today, the members of the"."""
    while match := _LEAD_WORDS.match(words, start):
        start = match.end()
    return start
