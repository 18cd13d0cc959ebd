"""
Contact lines: whom journalists may call.

A hotline that the organisation publishes is no contact line, and "contact your senator" is part of the statement.
"""

from __future__ import annotations

import re
from collections.abc import Container
from functools import lru_cache

from corpus.furniture.rows import Row, comparable
from corpus.models import Span
from corpus.privacy import emails, is_public_line, phones

_ASKING = (
    r"(?:for (?:(?:any )?(?:more|further|additional|other) (?:information|info|details)|information|details|"
    r"(?:all )?(?:media|press) (?:inquiries|enquiries|requests|interviews|information|questions)|interviews?|"
    r"questions|inquiries)|"
    r"to rsvp|rsvp|para confirmar(?: asistencia)?|to (?:schedule|arrange|request|set up) (?:an )?interviews?|(?:more|"
    r"further|additional) information|"
    r"para (?:obtener )?(?:mas|mayor(?:es)?) (?:informacion|informes|detalles|informe)|para (?:informacion|informes)|"
    r"para (?:entrevistas?|consultas de prensa|coordinar entrevistas)|mayor(?:es)? (?:informes?|informacion)|"
    r"mas informacion|"
    r"si (?:desea|quiere) mas informacion)"
)
_VERB = (
    r"(?:contact(?!ed)|call|e-?mail|write|phone|reach|text|speak (?:to|with)|get in touch|comun\w+|llam[ae]\w*|"
    r"contact[aeo]\w*|"
    r"escrib[aei]\w*|dirigirse|favor de|marque)"
)
_CONTACT = re.compile(
    rf"^(?:and |please,? |media:? )?{_ASKING}\b[^.;]{{0,120}}?(?:[:,]| )\s?(?:please |por favor,? )?{_VERB}\b"
)
_ASKED = re.compile(rf"^{_ASKING}\s?[:–-]")
_UNFINISHED = re.compile(rf"^(?:please )?{_ASKING}\s?:?$")
_IMPERATIVE = re.compile(
    r"^(?:please |por favor,? )?(?:contact|call|e-?mail|reach|text|llam[ea] a|contact[ea](?: a| con)?|"
    r"comuni(?:quese|cate|carse) con|escrib[ae] a)\b(?! (?:your|you|the|his|her|congress|tu|tus|su|sus|el|la|los|"
    r"las)\b)"
)
_DANGLING = re.compile(r"\b(?:at|or|al|en|by e-?mail at|via e-?mail at)[\s:,]*\.?$")
_LABEL = re.compile(
    r"^(?:(?:media|press|prensa|communications?|national|local|spanish|english|for|your|our|primary|public|and|/|"
    r"&) ?){0,4}"
    r"(?:contacts?|contactos?|inquiries|enquiries|consultas|(?:desk|office|team|liaison|"
    r"secretary)(?=:))(?: (?:person|people|information|info|us|details|persona|"
    r"de prensa|(?:para|con) (?:la |los )?(?:prensa|medios)(?: de comunicacion)?|en (?:espanol|ingles)|"
    r"\(?(?:english|spanish|espanol|ingles|media|press|prensa)\)?))? ?(?:$|[:|]|-(?= ))"
)
_PROTECTED = re.compile(r"\[\s?e-?mail\s?protected\s?\]", re.IGNORECASE)
_WEB = re.compile(r"(?:https?://|www\.)\S+|@\w{2,30}\b")
_LABEL_WORDS = frozenset(
    [
        "tel",
        "telephone",
        "phone",
        "cell",
        "cellular",
        "mobile",
        "office",
        "direct",
        "fax",
        "email",
        "e-mail",
        "e",
        "mail",
        "correo",
        "electronico",
        "telefono",
        "celular",
        "oficina",
        "movil",
        "directo",
        "whatsapp",
        "ext",
        "extension",
        "c",
        "o",
        "m",
        "p",
        "t",
        "f",
        "or",
        "y",
        "o",
        "and",
        "at",
        "al",
        "and",
        "press",
        "media",
        "contact",
        "contacto",
        "prensa",
        "spanish",
        "english",
        "espanol",
        "ingles",
        "web",
        "website",
        "de",
        "of",
        "the",
        "la",
        "el",
        "for",
        "para",
        "del",
        "en",
        "in",
        "twitter",
        "facebook",
    ]
)
_MAX_NAME_WORDS = 9
_ADDRESS = re.compile(
    r"^\d{1,5} (?:[\w.]+ ){1,5}?(?:street|st|avenue|ave|boulevard|blvd|road|rd|drive|dr|lane|way|place|suite"
    r"|floor)\b\.?(?:[ ,].{0,40})?$|^(?:calle|avenida|av\.) (?:[\w.]+ ){1,5}(?:no\. |num\. |# ?)?\d{1,5}\b.{0,40}$"
    r"|^(?:p\. ?o\.|po) box \d+.{0,40}$|^[^\d,]{3,30}, [a-z]{2} \d{5}(?:-\d{4})?$"
)


def is_contact_line(row: Row) -> bool:
    """A label ("Media contact: …"), or names with numbers or addresses and nothing else."""
    return _is_contact(row.alone)


@lru_cache(maxsize=4096)
def _is_contact(row: Row) -> bool:
    if not row.folded or row.words > 40 or _is_hotline(row.raw):
        return False
    if _LABEL.match(row.folded) and not row.plain.startswith(("contact us", "contact information")):
        labelled = _rest(row.raw)
        return bool(reachable(row.raw)) or (len(labelled) <= 12 and not _is_bare_label(row) and not row.ends)
    return reachable(row.raw) and _only_names(row.raw)


def contact_part(row: Row) -> Span:
    """The part of a contact line that is one: the date that shares its line is the statement's."""
    first = re.match(r"(.{0,60}?\b(?:19|20)\d\d)(?:\s{2,}|\t|\s?\|\s?)(?=\S)", row.raw)
    return Span(row.span.start + (first.end() if first else 0), row.span.end)


def contact_block(rows: list[Row], place: int) -> int:
    """How many rows from a bare "Contact:" on belong to it: down to the last of the next four with a way to reach."""
    if not _is_bare_label(rows[place]):
        return 0
    last = 0
    for step, row in enumerate(rows[place + 1 : place + 5], start=1):
        if (row.ends and not reachable(row.raw)) or row.words > 14:
            break
        if reachable(row.raw) and not _is_hotline(row.raw):
            last = step
    return last + 1 if last else 0


def is_contact_sentence(raw: str) -> bool:
    """ "For more information contact NAME at …", also where the address was lost."""
    folded = comparable(raw)
    words = len(folded.split())
    if words > 45 or _is_hotline(raw):
        return False
    if _CONTACT.match(folded) or _UNFINISHED.match(folded):
        return words <= 30 or reachable(raw)
    if _ASKED.match(folded) and reachable(raw):
        return len(_rest(raw)) <= 14
    if not _IMPERATIVE.match(folded) or words > 25:
        return False
    left = _rest(raw)
    return (reachable(raw) and len(left) <= 9) or (bool(_DANGLING.search(folded)) and words <= 12)


def address_lines(rows: list[Row], known: Container[int]) -> list[int]:
    """Street, town and box of a letterhead: lines of the last half within two of one that is furniture already."""
    found: list[int] = []
    for n in range(len(rows) // 2, len(rows)):
        near = any(place in known or place in found for place in (n - 2, n - 1, n + 1, n + 2))
        if near and rows[n].words <= 10 and not rows[n].ends and _ADDRESS.match(rows[n].folded):
            found.append(n)
    return found


def reachable(raw: str) -> bool:
    """Whether it holds a telephone number or an address, or what is left of a protected one."""
    return bool(_PROTECTED.search(raw) or emails(raw) or phones(raw) or phones(f"tel. {raw}"))


def _is_hotline(raw: str) -> bool:
    """A published line: unless names and addresses stand beside it, as they do in a contact line."""
    return is_public_line(raw) and not (emails(raw) or _PROTECTED.search(raw))


def _is_bare_label(row: Row) -> bool:
    label = _LABEL.match(row.folded)
    return bool(label) and not row.folded[label.end() if label else 0 :].strip(" :|-*")


def _rest(raw: str) -> list[str]:
    """The words of a line without numbers, addresses and their labels."""
    cut = [*emails(raw), *phones(raw)]
    cut += [Span(*match.span()) for match in (*_PROTECTED.finditer(raw), *_WEB.finditer(raw))]
    kept = list(raw)
    for span in cut:
        kept[span.start : span.end] = " " * (span.end - span.start)
    return [word for word in re.findall(r"[^\W_]+(?:[-'’.][^\W_]+)*", "".join(kept)) if not _is_label_word(word)]


def _is_label_word(word: str) -> bool:
    return comparable(word) in _LABEL_WORDS or word.isdigit()


def _only_names(raw: str) -> bool:
    left = _rest(raw)
    return len(left) <= _MAX_NAME_WORDS and all(word[0].isupper() for word in left)
