"""
A citation's own words, names and dates in English and Spanish.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.models import Language

_MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(),
}
_MLA_MONTHS = "Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec.".split()
WORDS = {
    "en": {
        "open": "“",
        "close": "”",
        "undated": "undated",
        "no_date": "n.d.",
        "lost": "[name missing in the source]",
        "para": "para.",
        "par": "par.",
        "record": "record",
        "quoted_in": "qtd. in",
        "cited_in": "as cited in",
        "about": "the organization about itself",
        "wrapper": "not the organization’s words: somebody else’s text around its release",
    },
    "es": {
        "open": "«",
        "close": "»",
        "undated": "sin fecha",
        "no_date": "s. f.",
        "lost": "[falta el nombre en la fuente]",
        "para": "párr.",
        "par": "párr.",
        "record": "registro",
        "quoted_in": "cit. en",
        "cited_in": "como se citó en",
        "about": "la organización sobre sí misma",
        "wrapper": "no son palabras de la organización: es el texto de otra persona alrededor de su comunicado",
    },
}


def date_in_words(date: str | None, locale: Language) -> str:
    """March 4, 2014; 4 de marzo de 2014; as far as it is known, "" where it is not."""
    year, month, day = _taken_apart(date, locale)
    if locale == "es":
        return " de ".join(part for part in (day, month, year) if part)
    return " ".join(part for part in (month, f"{day}," if day else "", year) if part)


def date_day_first(date: str | None, locale: Language) -> str:
    """As MLA prints it: 4 Mar. 2014; 4 de marzo de 2014, as Spanish does not abbreviate a month in a date."""
    if locale == "es" or not date:
        return date_in_words(date, locale)
    year, month, day = _taken_apart(date, locale)
    return " ".join(part for part in (day, month and _MLA_MONTHS[_MONTHS["en"].index(month)], year) if part)


def date_year_first(date: str | None, locale: Language) -> str:
    """As APA prints it: 2014, March 4; 2014, 4 de marzo."""
    year, month, day = _taken_apart(date, locale)
    rest = f"{day} de {month}" if day and locale == "es" else f"{month} {day}".strip()
    return f"{year}, {rest}" if rest else year


def join_authors(names: Sequence[str], locale: Language, *, shorten: bool = False) -> str:
    """Organizations as APA joins authors: "A & B"; "A, B, & C" or, shortened, "A et al."; "A y B" in Spanish."""
    if len(names) < 2:
        return "".join(names)
    if shorten and len(names) > 2:
        return f"{names[0]} et al."
    if locale == "es":
        return f"{', '.join(names[:-1])} {_and_in_spanish(names[-1])} {names[-1]}"
    return f"{', '.join(names[:-1])}{',' if len(names) > 2 else ''} & {names[-1]}"


def _and_in_spanish(following: str) -> str:
    """ "e" before the sound of an i: "Faros e Iglesias"."""
    return "e" if re.match(r"h?[ií](?![aeoáéó])", following, re.IGNORECASE) else "y"


def _taken_apart(date: str | None, locale: Language) -> tuple[str, str, str]:
    """Year, month in words, day; "" for what is unknown."""
    year, month, day = [*(date or "").split("-"), "", ""][:3]
    return year, _MONTHS[locale][int(month) - 1] if month else "", day.lstrip("0")
