"""Sentences inside a paragraph that are furniture while their neighbours are the statement."""

from __future__ import annotations

import re

from corpus.furniture.contacts import is_contact_sentence
from corpus.furniture.rows import comparable
from corpus.models import FurnitureKind, Span
from corpus.privacy import is_public_line

_CLICK = (
    r"(?:click(?:ing)? (?:here|below|this link|on (?:the|this) (?:\w+ )?(?:links?|image|button|picture|logo|banner)|"
    r"the (?:\w+ )?(?:links?|image|button|picture))|"
    r"(?:haga|haz|hacer|de|da|dar|pulse|presione|oprima) (?:un )?(?:clic|click)? ?(?:en )?(?:aqui|"
    r"(?:en )?el (?:siguiente )?enlace)|"
    r"(?:visit|use|follow|go to|copy|visite|siga) (?:the|this|el|este) (?:following |siguiente )?(?:link|url|address|"
    r"enlace)|"
    r"(?:siguiente|este) enlace ?:?$)"
)
# What may follow the link: "… to read the letter", not another clause of the statement.
_LITTLE = r"(?:\W+[\w'@./:-]+){0,10}\W*$"
_LINK = re.compile(
    rf"^(?:(?:and|also|or|y|o),? )?(?:please,? |por favor,? )?(?:to|for|you can|you may|click|visit|follow|use|copy|"
    rf"para|puede|"
    rf"haga|haz|de clic|da clic|de click|da click|pulse|presione|oprima|visite|siga)\b.{{0,160}}?{_CLICK}{_LITTLE}"
)
_CLICK_ALONE = re.compile(rf"^(?:please |por favor,? )?{_CLICK}{_LITTLE}")
_FOR_MORE = re.compile(
    r"^(?:please )?(?:for (?:more|further|additional|complete) (?:information|info|details)|to (?:learn|find out|"
    r"read|know) more|"
    r"para (?:mas|mayor) (?:informacion|informes|detalles)|para (?:saber|conocer|leer) mas)\b[^.;]{0,100}?[ ,]"
    r"(?:please |por favor,? )?(?:go (?:to|on)|visit|see|check|log on|click|consult|visite|visita|vaya|vea|consulte|"
    r"ir a)\b"
)
_OPEN_HERE = re.compile(
    r"^(?:you can |you may |puede |pueden |se puede )?(?:find|read|see|view|download|watch|listen to|access|get|sign|"
    r"leer|lea|lee|ver|"
    r"vea|descargar|descargue|encontrar|encuentre|consultar|consulte|firme|firmar)\b.{0,140}\b(?:here|aqui)$"
)
_MEDIA_HERE = re.compile(
    r"^(?:please |por favor,? )?(?:read|watch|listen to|download|view|see|lea|lee|vea|ve|escuche|descargue|"
    r"descarga) (?:the |our |a |el |la |"
    r"nuestr[oa] )?(?:full |complete |entire |new |press )*(?:video|press conference|conference|statement|report|"
    r"letter|release|"
    r"live ?stream|recording|petition|text|webinar|carta|informe|comunicado|declaracion|grabacion|"
    r"conferencia(?: de prensa)?)"
    r"(?: completo| completa)?,? (?:here|below|at|online|aqui|en)\b[:.]?(?:\s+(?:https?:|www\.)\S+)?$"
)
_VISIT = re.compile(
    r"^(?:please |or |por favor,? )?(?:visit|go to|see|check out|visite|visita|vaya a|consulte)(?: us|"
    r" our (?:web ?site|page)| nuestr[oa] "
    r"(?:sitio|pagina)(?: web)?)?(?: online)?(?: at| on| en)?:? (?:https?://|www\.)?[\w-]+\.[\w./-]+\W*$|"
    r"^(?:please |por favor,? )?(?:visit|see|check|visite|consulte) (?:us online|(?:our|nuestr[oa]) (?:web ?site|"
    r"web ?page|page|sitio|pagina))\b"
)
_SUBSCRIBE = re.compile(
    r"^(?:please |to )?(?:subscribe|sign up|unsubscribe|opt out|suscribase|suscribete|"
    r"inscribase)\b.{0,60}\b(?:newsletter|e-?mails?|list|"
    r"updates|alerts|feed|rss|click|boletin|correos?|lista|noticias|here|aqui)\b"
)
_SOCIAL = re.compile(
    r"^(?:please |and |don't forget to |do not forget to |remember to |no olvides? |por favor,? )?(?:visit|like|"
    r"follow|find|join|add|"
    r"check out|siga(?:nos)?|sigue(?:nos)?|siganos|siguenos|visita|visite|visitar|busca(?:nos)?|buscanos|dale|"
    r"dar)\b.{0,60}\b"
    r"(?:on|our|us on|en|nuestra|me gusta)\b.{0,50}\b(?:facebook|twitter|instagram|youtube|tiktok|linkedin|x|threads|"
    r"bluesky|whatsapp|"
    r"web ?site|web ?page|pagina web|sitio web)\b"
)
_RULES: tuple[tuple[re.Pattern[str], FurnitureKind, int], ...] = (
    (_LINK, "link_text", 35),
    (_CLICK_ALONE, "link_text", 25),
    (_FOR_MORE, "link_text", 30),
    (_OPEN_HERE, "link_text", 25),
    (_MEDIA_HERE, "link_text", 14),
    (_VISIT, "link_text", 14),
    (_SUBSCRIBE, "mailing", 25),
    (_SOCIAL, "mailing", 20),
)
_COLON = re.compile(r"(?i:links?|here|below|website|url|enlaces?|aquí)\s?:(?=\s+\S)(?!\s+(?:https?:|www\.))")
_OPENING, _CLOSING = "“«", "”»"


def sentence_furniture(raw: str) -> FurnitureKind | None:
    """The kind of furniture that a sentence is, `None` for one of the statement."""
    if raw[:1] in "\"“«'‘" or len(raw) > 400 or not re.search(r"[^\W\d_]", raw):
        return None
    folded = comparable(raw[: furniture_part(raw)])
    words = len(folded.split())
    for pattern, kind, most in _RULES:
        if words <= most and pattern.match(folded) and not is_public_line(raw):
            return kind
    return "contact" if is_contact_sentence(raw) else None


def furniture_part(raw: str) -> int:
    """How many characters of such a sentence go: to the colon after the link, which the statement may follow."""
    colon = _COLON.search(raw) if ":" in raw else None
    return colon.end() if colon else len(raw)


def inside_quotation(text: str, span: Span) -> bool:
    """Whether a sentence stands within quotation marks that its paragraph opened before it: somebody says it."""
    start = max(text.rfind("\n\n", 0, span.start), span.start - 3000, 0)
    before = text[start : span.start]
    depth = sum(before.count(mark) for mark in _OPENING) - sum(before.count(mark) for mark in _CLOSING)
    closes = any(mark in text[span.start : span.end] for mark in (*_CLOSING, '"'))
    line = before.rsplit("\n", 1)[-1]
    return depth > 0 or (line.count('"') % 2 == 1 and closes)
