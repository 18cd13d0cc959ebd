"""
An organisation's standing paragraph on itself, which closes its releases.

It is told by what it says of whom ("NAME is a network of …", "Founded in 1983, NAME …") and by where it stands: at the
end, or under a heading "About". A page that mainly says what the organisation is or believes is its own body.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from corpus.canonical import fold, fold_word
from corpus.framing.units import Unit, own_names, units
from corpus.models import Furniture, Span

_NOUN = (
    r"(?:network|organi[sz]ation|coalition|alliance|(?:con)?federation|non-?profit|association|union|foundation|"
    r"collective|group|institute|cent(?:er|re)|council|consortium|partnership|clinic|society|cooperative|committee|"
    r"congregation|"
    r"hub|assembly|think tank|church|charity|voice)s?"
)
_NOUN_ES = (
    r"(?:organizacion|red|coalicion|alianza|(?:con)?federacion|asociacion|union|fundacion|colectivo|grupo|centro|"
    r"comite|consejo|movimiento|entidad|agrupacion|instituto|clinica|cooperativa|corporacion|iglesia|voz)(?:es|s)?"
)
_PLAIN = r"(?:[\s,;]+(?!of\b|in\b|for\b|to\b|at\b|by\b|who\b|that\b|with\b|on\b|against\b)[\w'/.&-]+)"
_PLAIN_ES = r"(?:[\s,;]+(?!de\b|del\b|en\b|para\b|por\b|que\b|con\b|contra\b)[\w'/.&-]+)"
_YEARS = (
    r"(?:for|since|over|in|during) (?:the (?:past|last) )?(?:more than |over |nearly |almost |about )?"
    r"(?:\w+ (?:years|decades)|\d{4})"
)
# What only a standing paragraph says.
_STRONG = re.compile(
    rf"\b(?:(?:is|are) (?:an?|the|one of the|[\w.]+'s){_PLAIN}{{0,9}}?[\s,;]+{_NOUN}\b|"
    rf"(?:es|son) (?:una?|la|el|los|las){_PLAIN_ES}{{0,6}}?[\s,;]+{_NOUN_ES}\b|"
    rf"(?:was|were) (?:founded|established|formed|created|incorporated|started|opened|born) (?:in|by|more than|over)\b|"
    rf"(?:has|have) (?:been )?(?:work|serv|fought|fight|advocat|organi|defend|provid|accompan|help|represent|"
    rf"support)\w*\b.{{0,80}}?\b{_YEARS}|"
    rf"(?:has|have) (?:been )?\w+(?:ed|en|ing|t)\b.{{0,80}}?\b(?:since \d{{4}}|for (?:more than |over )?\w+ (?:years|"
    rf"decades))\b|"
    rf"(?:links|unites|brings together|represents|groups|une|agrupa|reune|representa) (?:a )?(?:more than |over |"
    rf"mas de )?"
    rf"(?:\d[\d.,]*|\w+) (?:\S+ ){{0,3}}?(?:organi[sz]ations?|groups|members|associations|families|workers|"
    rf"organizaciones|grupos|miembros|asociaciones|familias)\b|"
    r"(?:consists? of|(?:is|are) (?:made up of|composed of|comprised of))\b|(?:'s|its|our|the) mission (?:is|of)\b|"
    r"fue (?:fundad|cread|establecid|formad|constituid|abiert)[oa] (?:en|por|hace)\b|(?:la|su|nuestra) mision (?:de|"
    r"es)\b|"
    r"tiene (?:como|por) (?:mision|objetivo|proposito)\b|esta (?:integrad|conformad|compuest|formad)[oa] por\b|"
    r"lleva (?:mas de |casi )?\w+ (?:anos|decadas)\b|ha (?:trabajado|servido|defendido|luchado|"
    r"acompanado)\b.{0,60}?\b(?:desde|durante|por mas de)\b)"
)
# What a standing paragraph says too; only of an issuer, and not beside the news of the day.
_WEAK = re.compile(
    r"\b(?:aspires? to|seeks? to|strives? to|works? (?:to|with|for|on|in)|(?:is|are) (?:dedicated|committed|"
    r"devoted) to|"
    r"exists? to|represents? (?:more than |over |some |nearly )?[\d\w]+|brings? together|unites?|serves?|"
    r"advocates? for|"
    r"promotes?|"
    r"provides?|organi[sz]es|fights? for|has grown|trabaja (?:por|para|con|en)|busca|se dedica a|reune|agrupa|integra|"
    r""
    r"representa a|promueve|lucha por|defiende|ofrece|brinda)\b"
)
_LEAD = re.compile(
    r"^(?:founded|established|formed|created|based|headquartered|incorporated|since its founding|since \d{4}|"
    r"for (?:more than |over |nearly |almost )?\w+ (?:years|decades)|our mission|the mission of|we are an?|"
    r"fundad[oa]|cread[oa]|establecid[oa]|con sede|desde (?:su fundacion|\d{4}|hace)|nuestra mision|la mision de|"
    r"somos una?)\b"
)
_FOLLOWER = re.compile(
    r"^(?:its|it|our mission|the (?:organi[sz]ation|network|coalition|alliance|group|center|association)|"
    r"over the years|"
    r"su mision|su|nuestra mision|la (?:organizacion|red|coalicion|alianza)|sus|cuenta con|is an?|is the|"
    r"members? (?:include|are)|"
    r"for more than|since|founded|fundad[oa]|desde)\b"
)
_NEWS = re.compile(
    r"\b(?:said|says|added|calls? on|urges?|urged|demands?|condemns?|denounces?|announced|today|yesterday|tomorrow|"
    r"we (?:call|demand|urge|condemn|ask|will)|dijo|agrego|afirmo|hoy|ayer|manana|exige|exigimos|condena|condenamos|"
    r"denuncia|denunciamos|hace un llamado|hacemos un llamado|llama a|pide al|pedimos)\b"
)
_TOPICAL = re.compile(
    r"\b(?:this|these|will|must|now|immediately|president|governor|mayor|congress|senate|court|administration|"
    r"este|esta|estos|estas|debe|deben|presidente|gobernador\w*|alcald\w+|congreso|senado|corte|gobierno)\b"
)
_HEADING = re.compile(
    r"^[#*_\s]*(?:about|sobre|acerca de(?:l)?|who (?:we are|is)|quien(?:es)? (?:somos|es|son)|"
    r"que es)\b(?P<name>.{0,100})$"
)
# "About the center. It was opened in …" on one line.
_INLINE_HEADING = re.compile(r"^(?:about|sobre|acerca de) (?:\S+ ){0,5}?\S+?[.:][*_]*\s+(?=\S)")
_MOST_HEADING_WORDS = 14
_CLOSING = 3  # prose paragraphs at the end among which a strong one counts although another follows
_LEAST_BODY = 8  # words; a page must have a paragraph of its own beside what is about


def find_about(
    text: str, furniture: Sequence[Furniture], organizations: Sequence[str | None], short: Mapping[str, str]
) -> list[Span]:
    """
    Spans of the paragraphs in which an organisation describes itself, ascending, disjoint from furniture.

    Args:
        text: Canonical text.
        furniture: Its furniture, ascending.
        organizations: The issuers; `None` for a name that was lost.
        short: Short form → full name.
    """
    found = units(text, furniture)
    names = own_names(organizations, short)
    last_mark = max((item.start for item in furniture if _is_end_mark(text, item)), default=len(text))
    chosen = _under_headings(found, names) | _closing(found, names) | _after_mark(found, names, last_mark)
    left = [unit for n, unit in enumerate(found) if n not in chosen]
    if not any(unit.words >= _LEAST_BODY and re.search(r"[.!?…:;][”\"»’')*_]*$", unit.raw) for unit in left):
        return []
    return [piece for n in sorted(chosen) for piece in found[n].pieces]


def _under_headings(found: list[Unit], names: list[str]) -> set[int]:
    """The paragraphs under "About NAME", up to the next heading; a heading in the same block counts too."""
    chosen: set[int] = set()
    for n, unit in enumerate(found):
        first, _, rest = unit.raw.partition("\n")
        heading = _HEADING.match(fold_word(first)) if len(first.split()) <= _MOST_HEADING_WORDS else None
        if not heading or first.rstrip(" *_").endswith((".", "?", "!")) or n < len(found) * 0.4:
            continue
        name = heading["name"].strip(" :*_#-")
        under = [n] if rest else []
        for step in range(n + 1, min(n + 4, len(found))):
            if found[step].words < _LEAST_BODY or _speaks(found[step].raw):
                break
            under.append(step)
        described = fold_word(rest or (found[under[0]].raw if under else ""))
        known = (
            name in ("", "us", "nosotros", "nosotras", "somos", "we are")
            or any(own in name for own in names)
            or name in described[: len(name) + 30]
        )
        if under and (known or _is_about(rest or found[under[0]].raw, names, strict=False)):
            chosen |= {n, *under}
    return chosen


def _closing(found: list[Unit], names: list[str]) -> set[int]:
    """The self-descriptions at the very end, with what follows them of the same block."""
    chosen: set[int] = set()
    for n in range(len(found) - 1, -1, -1):
        if _is_about(found[n].raw, names, strict=False):
            chosen.add(n)
        elif not _may_follow(found, n):
            break
    near = [n for n in range(max(0, len(found) - _CLOSING), len(found)) if _is_about(found[n].raw, names, strict=True)]
    chosen |= set(near)
    for n in range(min(chosen, default=len(found)), len(found)):
        if n - 1 in chosen and _may_follow(found, n) and found[n].words >= _LEAST_BODY:
            chosen.add(n)
    return chosen


def _after_mark(found: list[Unit], names: list[str], last_mark: int) -> set[int]:
    """The self-descriptions after "###": what follows it is no news any more."""
    return {
        n for n, unit in enumerate(found) if unit.span.start > last_mark and _is_about(unit.raw, names, strict=False)
    }


def _is_end_mark(text: str, item: Furniture) -> bool:
    return bool(re.match(r"[#\s]{2,}$|-\s?30\s?-$", text[item.start : item.end]))


def _may_follow(found: list[Unit], n: int) -> bool:
    unit = found[n]
    if unit.words < _LEAST_BODY:
        return not re.search(r"[.!?]$", unit.raw)
    return (
        bool(_FOLLOWER.match(fold_word(unit.raw)))
        and not _speaks(unit.raw)
        and not _TOPICAL.search(fold_word(unit.raw))
    )


def _speaks(raw: str) -> bool:
    return bool(_NEWS.search(fold_word(raw)) or re.search(r"^[“«\"]", raw))


def _is_about(raw: str, names: list[str], *, strict: bool) -> bool:
    """Whether a paragraph says what an organisation is; strictly: in so many words, of one of the issuers."""
    raw = raw.lstrip("*_# ")
    if len(raw.split()) < 6 or _speaks(raw):
        return False
    folded = fold(raw[:400])
    if not strict and _INLINE_HEADING.match(folded.text):
        return True
    known = _begins_with_name(folded.text, names)
    if _LEAD.match(folded.text):
        named = any(name in folded.text for name in names)
        return named or (not strict and bool(_STRONG.search(folded.text)))
    strong = _STRONG.search(folded.text)
    if strong and len(folded.text[: strong.start()].split()) <= 16:
        subject = raw[: folded.offsets[strong.start()]]
        return known or (not strict and (not subject.strip() or _is_name(subject)))
    weak = _WEAK.search(folded.text) if known and not strict else None
    return bool(weak and len(folded.text[: weak.start()].split()) <= 16 and not _TOPICAL.search(fold_word(raw)))


def _begins_with_name(folded: str, names: list[str]) -> bool:
    start = re.sub(r"^(?:the|la|el|los|las) ", "", folded)
    return any(re.match(rf"{re.escape(name)}(?!\w)", start) for name in names)


def _is_name(subject: str) -> bool:
    """Whether these words are a name: capitals but for small words, and no person's "SURNAME, director of"."""
    words = [word for word in re.findall(r"[^\W\d_][\w'’.&-]*", subject) if len(word) > 3]
    return bool(words) and all(word[0].isupper() for word in words) and not _PERSONAL.search(fold_word(subject))


_PERSONAL = re.compile(
    r"\b(?:mr|mrs|ms|dr|rev|sen|rep|gov|sr|sra|father|sister|pastor|senator|representative|president|director\w*|he|"
    r"she)\b"
)
