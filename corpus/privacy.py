"""
Private numbers: spans that are never in an excerpt and that full views replace.

Whatever is not plainly meant for everybody (toll-free, a published hotline) is private: a hotline hidden by mistake is
a nuisance, a person's number shown by mistake cannot be taken back.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from corpus.canonical import fold, fold_word
from corpus.models import Span
from corpus.sentences import lines, sentences, trim

_GAP = r"[^\S\n]{0,2}[.\-‐‑–/·]?[^\S\n]{0,2}"
_NORTH_AMERICAN = re.compile(
    rf"(?<![\w$€#/.,-])(?:\+?1{_GAP})?(?:\(\s?[2-9]\d\d\s?\)|[2-9]\d\d){_GAP}\d{{3}}{_GAP}\d{{4}}"
    r"(?:[^\S\n]{0,2},?[^\S\n]?(?:x|ext\.?|extension|extensión)[^\S\n]?\d{1,6}|/\d{2,4})?(?![\w-])",
    re.IGNORECASE,
)
_INTERNATIONAL = re.compile(rf"(?<![\w+])(?:\+|00(?=[^\S\n]?[2-9]))\d{{1,3}}(?:{_GAP}\(?\d{{1,5}}\)?){{1,6}}(?![\w-])")
# Shapes that years, bills and statistics have too: a number only where a word before it says so.
_LOCAL = re.compile(
    rf"(?<![\w$€#/.,-])(?:\(\d{{2,4}}\)|\d{{2,4}}){_GAP}\d{{3,4}}(?:{_GAP}\d{{2,4}}){{0,2}}(?![\w-]|[.,]\d)"
)
_DIGIT = re.compile(r"\d")
_FEWEST_DIGITS, _NORTH_AMERICAN_DIGITS = 7, 10
_PHONE_CUE = re.compile(
    r"\b(?:tel|telefonos?|telephone|phone|ph|cell?|celular(?:es)?|mobile|movil|whatsapp|"
    r"signal|fax|text|call|llam[ea]r?|"
    r"llamando|marque|dial|numero|number|contact|contacto|office|oficina|direct[oa]?)\b[\s:.#()]*"
    r"(?:al?|at|us at|on|no|num|numero|number)?"
    r"[\s:.#()]*$"
)
_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+'-]{1,64}[^\S\n]?(?:@|[\[(]\s?(?:at|arroba)\s?[\])])[^\S\n]?"
    r"[\w-]{1,63}(?:(?:\.|[^\S\n]?[\[(]\s?(?:dot|punto)\s?[\])][^\S\n]?)[\w-]{1,63}){1,4}",
    re.IGNORECASE,
)
_AT = re.compile(r"[@\[(](?:(?<=@)|\s?(?i:at|arroba))")
# Letters and digits that begin a number stand before what is looked back at: a search can jump to them.
_A_NUMBER = re.compile(r"A(?<!\wA)[^\S\n]?[#-]?[^\S\n]?(?:\d{8,9}|\d{2,3}[-‑ \u00a0]\d{3}[-‑ \u00a0]\d{3})(?![\w-])")
_ALIEN_NUMBER = re.compile(
    r"\b(?:alien (?:registration )?(?:number|no\.?)|a-number|número de extranjero|número a)[^\d\n]{0,20}"
    r"(\d{8,9}|\d{2,3}[- ]\d{3}[- ]\d{3})(?![\w-])",
    re.IGNORECASE,
)
_SOCIAL_SECURITY = re.compile(r"\d(?<![\w-]\d)\d{2}[-‑]\d{2}[-‑]\d{4}(?![\w-])")

_TOLL_FREE = re.compile(r"^(?:\+?1|01)?(?:800|888|877|866|855|844|833)\d{7}$|^(?:\+|00)?800\d{8}$")
_PUBLIC_LINE = re.compile(
    r"\b(?:hot-?lines?|help-?lines?|tip ?lines?|warm ?lines?|toll-?free|"
    r"(?:raid|crisis|emergency|legal|information) lines?|"
    r"lineas? (?:directa|de ayuda|de emergencia|gratuita|de apoyo|telefonica|de atencion|de crisis)s?|linea:|"
    r"our (?:main |legal |local |new )?offices?|nuestras? (?:linea|oficina)s?)(?!\w)"
)
_PUBLIC_MAILBOX = re.compile(
    r"^(?:info|contact|contacto|office|oficina|hotline|help|ayuda|legal|volunteer|petitions?|action|accion|hello|hola|"
    r"support|donate|membership|events|news|press|prensa|media|rsvp|admin)@"
)
_PERSON = re.compile(r"(?<!\w)[^\W\d_a-z][^\W\d_]+(?:[^\S\n]+[^\W\d_a-z]\.?)?[^\S\n]+[^\W\d_a-z][^\W\d_]+")
_AFTER_NAME = re.compile(_PERSON.pattern + r"[\s,:|(–-]{1,4}(?:(?:at|al)\s)?$")
# Between "our hotline" and its number any other name than a language's may be a person's.
_NAMED = re.compile(r"(?<!\w)(?!(?:English|Spanish|Español|Inglés|Español|TTY)\b)[A-ZÀ-ÖØ-Þ]\w")
_CONTACT = re.compile(r"\b(?:contact|contacts|contacto|contactos|contactar|comuni\w+|inquiries|media|prensa)\b")

_NAMED_PUBLIC = re.compile(r"\W{0,3}(?:hot-?line|toll-?free|linea)")

_WORDING = {"phone": "[phone number removed]", "email": "[e-mail address removed]", "number": "[number removed]"}


def phones(text: str) -> list[Span]:
    """Spans of telephone numbers of every kind, public ones too, ascending and disjoint."""
    count = len(_DIGIT.findall(text))
    if count < _FEWEST_DIGITS:
        return []
    found = []
    if count >= _NORTH_AMERICAN_DIGITS:
        found += [Span(*match.span()) for match in _NORTH_AMERICAN.finditer(text)]
    if "+" in text or "00" in text:
        found += [Span(*match.span()) for match in _INTERNATIONAL.finditer(text)]
    for match in _LOCAL.finditer(text):
        digits = _digits(match.group())
        before = fold_word(text[max(0, match.start() - 30) : match.start()])
        named = _AFTER_NAME.search(text[max(0, match.start() - 40) : match.start()])
        if _FEWEST_DIGITS <= digits <= 11 and (
            _PHONE_CUE.search(before) or (named and re.fullmatch(r"\d{3}[-‑.]\d{4}", match.group()))
        ):
            found.append(Span(*match.span()))
    return _disjoint(text, [span for span in found if _FEWEST_DIGITS <= _digits(text[span.start : span.end]) <= 18])


def _digits(number: str) -> int:
    return sum(map(str.isdigit, number))


def emails(text: str) -> list[Span]:
    """Spans of e-mail addresses, also those written as "name [at] host"."""
    if not _AT.search(text) or not re.search(r"@|\bat\b|arroba", text):
        return []
    return [Span(*match.span()) for match in _EMAIL.finditer(text)]


def find_private(text: str) -> list[Span]:
    """
    Spans of numbers and addresses that belong to persons, ascending and disjoint; each covers the number itself.

    Private: phone numbers and e-mail addresses beside a person's name or in a contact line, A-numbers, Social
    Security numbers. Not private: toll-free numbers, hotlines and office numbers published in prose, an
    organisation's own mailbox in prose.
    """
    found = [Span(*match.span()) for pattern in (_A_NUMBER, _SOCIAL_SECURITY) for match in pattern.finditer(text)]
    found += [Span(*match.span(1)) for match in _ALIEN_NUMBER.finditer(text)]
    reach = _Surroundings(text)
    found += [span for span in phones(text) if not reach.is_public_phone(span)]
    found += [span for span in emails(text) if not reach.is_public_mailbox(span)]
    return _disjoint(text, found)


def is_public_line(text: str) -> bool:
    """Whether a line or sentence publishes a number for everybody: a toll-free one, or one called a hotline."""
    return bool(_PUBLIC_LINE.search(fold_word(text))) or any(_is_toll_free(text, span) for span in phones(text))


class _Surroundings:
    """What stands before each number of a text, on its line and in its sentence."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = sorted({span.start for span in (*lines(text), *sentences(text))})

    def before(self, span: Span) -> str:
        place = bisect_right(self.starts, span.start)
        return self.text[self.starts[place - 1] if place else 0 : span.start][-200:]

    def is_public_phone(self, span: Span) -> bool:
        if _is_toll_free(self.text, span):
            return True
        folded = fold(self.before(span))
        cues = [match.end() for match in _PUBLIC_LINE.finditer(folded.text)]
        if not cues:
            return bool(_NAMED_PUBLIC.match(fold_word(self.text[span.end : span.end + 25])))
        # "our hotline at" publishes it; "our hotline, or Ana Ruiz at" does not.
        between = self.before(span)[folded.offsets[cues[-1]] :]
        return len(between) <= 60 and not _NAMED.search(between)

    def is_public_mailbox(self, span: Span) -> bool:
        before = self.before(span)
        in_prose = len(before.split()) >= 2 and not _CONTACT.search(fold_word(before))
        public = _PUBLIC_MAILBOX.match(fold_word(self.text[span.start : span.end]))
        return bool(public) and in_prose and not _PERSON.search(before[-60:])


def mask(text: str, private: Sequence[Span]) -> str:
    """
    The text with every private span replaced by words that say so, never inside quotation marks.

    Where a number stands within a quotation, the marks close before our words and open again after them: nobody is
    made to say "[phone number removed]".
    """
    pieces: list[str] = []
    place = 0
    for span in private:
        wording = _wording(text[span.start : span.end])
        marks = _open_marks(text, span.start)
        before, place = text[place : span.start], span.end
        if not marks:
            pieces += [before, wording]
            continue
        opening, closing = marks
        pieces += [before.rstrip(), closing, " ", wording]
        ends_here = re.match(rf"\s*([.,;!?]*){closing}", text[place:])
        if ends_here:
            pieces.append(ends_here[1])
            place += ends_here.end()
        else:
            gap = re.match(r"[^\w\n]*", text[place:])
            assert gap is not None
            pieces += [gap.group(), opening]
            place += gap.end()
    return "".join([*pieces, text[place:]])


def _wording(number: str) -> str:
    if _EMAIL.fullmatch(number):
        return _WORDING["email"]
    is_phone = phones(f"tel. {number}") and not re.match(r"A|\d{8,9}$", number)
    return _WORDING["phone" if is_phone else "number"]


def _open_marks(text: str, place: int) -> tuple[str, str] | None:
    """The quotation marks that are open at a place, looking back to the start of its paragraph."""
    before = text[max(text.rfind("\n\n", 0, place), place - 2000, 0) : place]
    for opening, closing in (("“", "”"), ("«", "»")):
        if before.rfind(opening) > before.rfind(closing):
            return opening, closing
    return ('"', '"') if before.count('"') % 2 else None


def _is_toll_free(text: str, span: Span) -> bool:
    digits = re.sub(r"[^\d+]", "", re.split(r"(?i)e?x", text[span.start : span.end])[0])
    return bool(_TOLL_FREE.match(digits))


def _disjoint(text: str, spans: Sequence[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        span = trim(text, *span)
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
        elif span.end > kept[-1].end:
            kept[-1] = Span(kept[-1].start, span.end)
    return kept
