"""
Excerpt → a citation to paste: plain, Markdown, MLA or APA, in English or Spanish.

Nothing is filled in: an unknown date is "n.d." or "s. f.", an unknown issuer is left out, a lost name is shown as lost.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from retrieval.models import CitationStyle, Excerpt, Language

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
}
_WORDS = {
    "en": {
        "undated": "undated",
        "nd": "n.d.",
        "lost": "[name missing in the source]",
        "para": "para.",
        "record": "record",
    },
    "es": {
        "undated": "sin fecha",
        "nd": "s. f.",
        "lost": "[falta el nombre en la fuente]",
        "para": "párr.",
        "record": "registro",
    },
}


def cite(excerpt: Excerpt, style: CitationStyle, locale: Language) -> str:
    """The excerpt's citation in this style, with the quoted words, record number and paragraph."""
    words, statement = _WORDS[locale], excerpt.statement
    shown = _escaped if style == "markdown" else _in_one_line
    opened, closed = ("“", "”") if locale == "en" else ("«", "»")
    # The mark of a cut stands outside the quotation: those are not the statement's words.
    quoted = f"{opened}{shown(excerpt.text)}{closed}" + (" …" if excerpt.cut else "")
    title = f"{opened}{shown(statement.title)}{closed}"
    author = shown(excerpt.speaker.name) if excerpt.speaker else ""
    issuers = ", ".join(shown(name or words["lost"]) for name in excerpt.issuer)
    place = f"{words['record']} {shown(statement.id)}, {words['para']} {excerpt.paragraph}"
    link = statement.url or statement.file
    if style == "apa":
        head = f"{author or issuers or title} ({_date(excerpt, locale) or words['nd']})."
        rest = [] if not (author or issuers) else [f"{title}."]
        return " ".join([head, *rest, *([f"{issuers}."] if author and issuers else []), quoted, f"({place}).", link])
    if style == "mla":
        parts = [author or issuers, title, issuers if author else "", _date(excerpt, locale) or words["nd"], place]
        return f"{quoted} " + ", ".join(part for part in parts if part) + f". {link}"
    dated = _date(excerpt, locale) or words["undated"]
    if style == "markdown":
        named = shown(statement.title)
        named = f"[{named}]({_link_target(statement.url)})" if statement.url else f"*{named}*"
        return f"> {quoted}\n>\n> — " + ", ".join(part for part in (author, issuers, named, dated, place) if part)
    return f"{quoted} — " + ", ".join(part for part in (author, issuers, title, dated, place, link) if part)


def _in_one_line(text: str) -> str:
    return " ".join(text.split())


def _escaped(text: str) -> str:
    """Text in one line that Markdown shows as it stands."""
    return re.sub(r"([\\`*_~|<>\[\]])", r"\\\1", _in_one_line(text))


def _link_target(url: str) -> str:
    """An address that cannot end its own link."""
    return quote(url, safe="%/:=&?~#+!$,;'@*")


def _date(excerpt: Excerpt, locale: Language) -> str:
    if not excerpt.statement.date:
        return ""
    year, *rest = excerpt.statement.date.split("-")
    if not rest:
        return year
    month = _MONTHS[locale].split()[int(rest[0]) - 1]
    day = str(int(rest[1])) if len(rest) > 1 else ""
    if locale == "en":
        return " ".join(part for part in (month, f"{day}," if day else "", year) if part)
    return " de ".join(part for part in (day, month, year) if part)
