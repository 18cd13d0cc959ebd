"""
The words that dates in questions are made of, English and Spanish, as parts of patterns over folded text.

What they mean is in `retrieval/date_points.py` and `date_rules.py`.
"""

from __future__ import annotations

import re

from corpus.calendar_words import MONTHS

_COUNTED = """one a an un una
two dos
three tres
four cuatro
five cinco
six seis
seven siete
eight ocho
nine nueve
ten diez"""
NUMBERS = {word: number for number, words in enumerate(_COUNTED.split("\n"), 1) for word in words.split()}
# Thirds of a year, a month or a decade: "early", "mid" and "late", and how people say them in Spanish.
_PARTS = (
    "early beginning start principios comienzos inicios inicio principio comienzo",
    "mid middle mediados",
    "late end fines finales fin final",
)
PARTS = {word: number for number, words in enumerate(_PARTS) for word in words.split()}
# First months of the seasons where these statements are from; a winter is that of the year it begins in.
_SEASONS = ((3, "spring primavera"), (6, "summer verano"), (9, "fall autumn otono"), (12, "winter invierno"))
SEASONS = {word: month for month, words in _SEASONS for word in words.split()}
_ORDINALS = """first 1st primer primero primera
second 2nd segundo segunda
third 3rd tercer tercero
fourth 4th cuarto last ultimo"""
ORDINALS = {word: number for number, words in enumerate(_ORDINALS.split("\n"), 1) for word in words.split()}
_NAMED_DECADES = "sixties sesenta 60;seventies setenta 70;eighties ochenta 80;nineties noventa 90"
DECADES = {word: 1960 + 10 * n for n, words in enumerate(_NAMED_DECADES.split(";")) for word in words.split()}
# Years in which terms of office begin, on 20 January. Two presidents of one name are one entry: nobody says which.
TERMS = {
    "reagan": (1981, 1985),
    "clinton": (1993, 1997),
    "george h. w. bush": (1989,),
    "george h.w. bush": (1989,),
    "george w. bush": (2001, 2005),
    "george w bush": (2001, 2005),
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

DIFFERENCE_BEFORE = re.compile(r"\b(?:differences?|differ|diferencias?|compar[a-z]+|changed?|cambi[a-z]+)$")

# Folded text has no accents, one space between words, and "-" for every dash.
MONTH = r"\b(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
YEAR = r"\b(?:19|20)\d\d\b"
DAY_NUMBER = r"\b(?:\d{1,2}(?:st|nd|rd|th|ro|o)?|primero)\b"
_OF = "(?:de |del |of )?"
ISO = rf"{YEAR}-\d\d(?:-\d\d)?\b"
NUMERIC = rf"\b\d{{1,2}}[/.-]\d{{1,2}}[/.-]{YEAR}"
MONTH_DAY = rf"(?:{MONTH} {DAY_NUMBER}|(?:the |el )?{DAY_NUMBER} {_OF}{MONTH})"
DAY = rf"{MONTH_DAY},? {_OF}{YEAR}"
MONTH_YEAR = rf"{MONTH},? {_OF}{YEAR}"


def _any(words: dict[str, int]) -> str:
    return r"\b(?:" + "|".join(sorted(words, key=len, reverse=True)) + r")\b"


SEASON, COUNT = _any(SEASONS), rf"(?:{_any(NUMBERS)}|\b[1-9]\d?\b)"
UNIT = r"(?:years?|months?|weeks?|days?|decades?|anos?|mes(?:es)?|semanas?|dias?|decadas?)\b"
_SPAN = rf"(?:year|month|week|quarter|{MONTH}|{SEASON})"
_LAPSO = rf"(?:ano|mes|semana|trimestre|{MONTH}|{SEASON})"
_DAYS_BACK = r"(?:the day before )?\byesterday\b|\banteayer\b|\bantier\b|\bantes de ayer\b|\bayer\b"
_AGO = rf"{COUNT} (?:years?|months?|weeks?) ago\b|\bhace {COUNT} (?:anos?|mes(?:es)?|semanas?)\b(?! que\b)"
# "last year", "el mes pasado", "the year before last", "two years ago", "ayer".
RELATIVE = (
    rf"(?:\b(?:last|this|past) {_SPAN}|el pasado {MONTH}|(?:el |la )?(?:pasad[oa] )?(?:ano|mes|semana) pasad[oa]"
    rf"|(?:el |la )?{_LAPSO} pasad[oa]|(?:el )?ano antepasado|(?:the )?(?:year|month|week) before last\b"
    rf"|\best[ea] {_LAPSO}|{_DAYS_BACK}|{_AGO})"
)
# "May of last year".
MONTH_BACK = rf"{MONTH},? (?:of |del? )?(?:last year|this year|el ano pasado|ano pasado|este ano)\b"
WEEK_OF = rf"(?:the week of|la semana del?) {DAY}"
_DECADE = (
    r"(?:the )?\b(?:19|20)\d0'?s\b|(?:la )?decada del? (?:los |el )?(?:(?:19|20)\d0\b|(?:anos )?[6-9]0\b)"
    rf"|los anos (?:(?:19|20)\d0\b|{_any(DECADES)})|the (?:[6-9]0s\b|sixties\b|seventies\b|eighties\b|nineties\b)"
)
_QUARTER = (
    rf"(?:(?:the |el )?{_any(ORDINALS)} (?:quarter|trimestre) {_OF}(?:el )?|\bq[1-4],? (?:of )?){YEAR}|{YEAR} q[1-4]\b"
)
_HALF = rf"(?:the |el |la )?\b(?:first|second|primera?|segund[oa]) (?:half|semestre|mitad) {_OF}(?:el )?{YEAR}"
_SEASON_OF = rf"(?:the |el |la )?{SEASON},? {_OF}{YEAR}"
_BEGINNING = r"(?:the |el )?\b(?:beginning|start|middle|end|inicio|principio|comienzo|fin|final|mediados) (?:of|del?) "
_PART = (
    rf"(?:(?:the )?\b(?:early|mid|late)[ -]|\b(?:principios|comienzos|inicios|fines|finales) del? |{_BEGINNING})"
    rf"(?:el )?(?:{MONTH_YEAR}|{_DECADE}|{YEAR}|[6-9]0s\b|los [6-9]0\b)"
)
# What a year is divided into, and decades: read wherever they stand.
PERIOD = rf"(?:{_PART}|{_QUARTER}|{_HALF}|{_SEASON_OF}|{_DECADE})"
POINT = (
    rf"(?:{ISO}|{NUMERIC}|{WEEK_OF}|{DAY}|{PERIOD}|(?:the month of |el mes de )?{MONTH_YEAR}|{MONTH_BACK}|{RELATIVE}"
    rf"|(?:the year |el ano |el )?{YEAR}(?! q[1-4]\b))"
)
JOIN = r"(?:,? (?:and|or|y|e|o|vs\.?|versus|than|con|compared (?:to|with)) (?:in |en |a |under )?|, )"
LIST = rf"(?:{MONTH}{JOIN})*{POINT}(?:{JOIN}{POINT})*"
WEEKDAY = r"(?:(?:[a-z]{3,6}day|lunes|martes|miercoles|jueves|viernes|sabado|domingo),? )?"
TODAY = r"(?:now|today|date|the present|hoy|ahora|la fecha)"
ORDINAL = "(?:first|second|primera?|segund[oa])"
_OFFICE = (
    r"(?:administrations?|presidency|presidencies|terms?|years|era|administracion(?:es)?|presidencias?|mandatos?"
    r"|gobiernos?|epoca)\b"
)
# "the Obama administration", "Obama's second term", "el segundo mandato de Obama", "la era Obama".
_FIRST, _AGAIN, _LAST = (f"(?P<{name}>{ORDINAL})" for name in ("n1", "n2", "n3"))
_NAME = "|".join(map(re.escape, TERMS))
_FIRST_NAME = r"(?:(?:barack(?: h\.?)?|donald(?: j\.?)?|joe|joseph|bill|george|ronald) )?"
PRESIDENT = (
    rf"(?:the |el |la |los )?(?:{_FIRST} )?(?P<office1>(?:{_OFFICE}|anos) )?(?:of |de )?(?:{_AGAIN} )?"
    rf"(?:(?:el |la )?president[ea]? )?{_FIRST_NAME}(?P<name>{_NAME})\b(?:-[a-z]+)?(?:'s?(?=[a-z ]* {_OFFICE}))?"
    rf"(?: (?:and|y) (?:under |bajo |de )?{_FIRST_NAME}(?P<other>{_NAME})\b)?(?: {_LAST})?(?P<office2> {_OFFICE})?"
)
NAMED = "|".join(sorted({name.split()[-1] for name in TERMS}))
IN_OFFICE = (
    rf"(?:when|while|cuando|mientras) {_FIRST_NAME}(?P<name>{_NAME}) (?:was|is|era|fue|es|estaba) (?:the |el )?"
    r"(?:president[e]?|in office|in power|en el poder)\b"
)
# "in 2014 TRUST Act": a law is called by its year.
_NO_NAME = _one_of("on of the about a la el sobre de del su sus their its and y in en for to")
_CALLED = rf"(?! (?!{_NO_NAME}\b)[a-z]+ (?:act|bill|law|census|election)\b)"
END = rf"(?![\w'/%-])(?! {_EVENT}\b){_CALLED}"
ALONE = rf"(?= ?(?:[?.,;:!)]|$)| (?:press )?{_STATEMENT}\b)"
# After "since March": nothing but the topic, so that it is no name or word.
TOPIC_NEXT = r"(?= ?(?:[?.,;:!)]|$)| (?:about|on|regarding|against|sobre|acerca|respecto|contra|de la|de los|del)\b)"
# Small patterns that some word of each kind holds.
_PERIOD_WORDS = """early mid late beg start end ini princ comienz media fin quarter trimes q[1-4] half semes mitad decad
anos ties \\d0'?s"""
PERIOD_HINT = "|".join([*_PERIOD_WORDS.split(), *SEASONS])
RELATIVE_HINT = r"last|this|past|pasad|est[ea]|ultim|ayer|antier|yesterday|\bago\b|\bhace\b"
DATE_HINT = rf"\d|{RELATIVE_HINT}|{PERIOD_HINT}|{NAMED}|since|desde|\bano\b|year"
