"""
The words that dates in questions are made of, English and Spanish, as parts of patterns over folded text.

What they mean is in `retrieval/dates.py`.
"""

from __future__ import annotations

import re

from corpus.calendar_words import MONTHS

_COUNTED = ((2, "two dos"), (3, "three tres"), (4, "four cuatro"), (5, "five cinco"), (6, "six seis"), (10, "ten diez"))
NUMBERS = {word: number for number, words in _COUNTED for word in words.split()}
# Years in which terms of office begin, on 20 January. Two presidents of one name are one entry: nobody says which.
TERMS = {
    "reagan": (1981, 1985),
    "clinton": (1993, 1997),
    "bush": (1989, 2001, 2005),
    "obama": (2009, 2013),
    "trump": (2017, 2025),
    "biden": (2021,),
}


def _one_of(words: str) -> str:
    return "(?:" + "|".join(words.split()) + ")"


# What happens on a date, beside the statements about it: "the 2008 election", "the raid on May 12, 2008".
_EVENT = (
    _one_of(
        """election campaign report law act census protest march raid budget bill decision ruling program order
        crisis rally rallie strike vote hearing meeting conference announcement shooting fire hurricane
        earthquake reform amnesty agreement rule policy policie plan eleccion campana informe ley censo protesta
        marcha redada presupuesto proyecto fallo programa orden huelga voto audiencia reunion conferencia anuncio
        tiroteo incendio huracan terremoto reforma amnistia acuerdo"""
    )
    + "(?:s|es)?"
)
# What is done to a law or an organisation once: "a law passed in 1996" is spoken of at any time.
_ENACTED = _one_of(
    """passed enacted signed founded established created born elected approved adopted introduced arrived
    aprobad[oa]s? promulgad[oa]s? firmad[oa]s? fundad[oa]s? cread[oa]s? establecid[oa]s? nacid[oa]s? elegid[oa]s?
    adoptad[oa]s? llegad[oa]s? llegaron"""
)
_STATEMENT = _one_of(
    """statements? releases? posts? speech speeches letters? remarks quotes? words news anything something everything
    comunicad[oa]s? publicad[oa]s? emitid[oa]s? difundid[oa]s? fechad[oa]s? escrit[oa]s? declaracion declaraciones
    discursos? cartas? citas? palabras algo todo"""
)
EVENT_BEFORE = re.compile(rf"\b{_EVENT}$")
ENACTED_BEFORE = re.compile(rf"\b{_ENACTED}$")
STATEMENT_BEFORE = re.compile(rf"\b{_STATEMENT}$")

# Folded text has no accents, one space between words, and "-" for every dash.
MONTH = r"\b(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
YEAR = r"\b(?:19|20)\d\d\b"
DAY_NUMBER = r"\b\d{1,2}(?:st|nd|rd|th)?\b"
_OF = "(?:de |del |of )?"
ISO = rf"{YEAR}-\d\d(?:-\d\d)?\b"
MONTH_DAY = rf"(?:{MONTH} {DAY_NUMBER}|(?:the |el )?{DAY_NUMBER} {_OF}{MONTH})"
DAY = rf"{MONTH_DAY},? {_OF}{YEAR}"
MONTH_YEAR = rf"{MONTH},? {_OF}{YEAR}"
_LATELY = rf"(?:last|this) (?:year|month|{MONTH})"
RELATIVE = rf"(?:{_LATELY}|el pasado {MONTH}|(?:el )?(?:ano|mes|{MONTH}) pasado|este (?:ano|mes))"
POINT = rf"(?:{ISO}|{DAY}|{MONTH_YEAR}|{RELATIVE}|(?:the year |el ano |el )?{YEAR})"
_JOIN = r"(?:,? (?:and|or|y|e|o|vs\.?|versus) (?:in |en )?|, )"
LIST = rf"(?:{MONTH}{_JOIN})*{POINT}(?:{_JOIN}{POINT})*"
WEEKDAY = r"(?:(?:[a-z]{3,6}day|lunes|martes|miercoles|jueves|viernes|sabado|domingo),? )?"
TODAY = r"(?:now|today|date|the present|hoy|ahora|la fecha)"
ORDINAL = "(?:first|second|primera?|segund[oa])"
_OFFICE = r"(?:administration|presidency|term|years|era|administracion|presidencia|mandato|gobierno)\b"
# "the Obama administration", "Obama's second term", "el segundo mandato de Obama", "la era Obama".
_FIRST, _AGAIN, _LAST = (f"(?P<{name}>{ORDINAL})" for name in ("n1", "n2", "n3"))
PRESIDENT = (
    rf"(?:the |el |la |los )?(?:{_FIRST} )?(?P<office1>(?:{_OFFICE}|anos) )?(?:of |de )?(?:{_AGAIN} )?"
    rf"(?:(?:el |la )?president[ea]? )?(?P<name>{'|'.join(TERMS)})\b(?:-[a-z]+)?(?:'s?(?=[a-z ]* {_OFFICE}))?"
    rf"(?: {_LAST})?(?P<office2> {_OFFICE})?"
)
END = rf"(?![\w'/%-])(?! {_EVENT}\b)"
ALONE = rf"(?= ?(?:[?.,;:!)]|$)| (?:press )?{_STATEMENT}\b)"
