"""
Dates in questions become ranges of days, or nothing where that would be a guess.
"""

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import BadDateError
from retrieval.dates import find_dates, parse_date_option

TODAY = dt.date(2026, 3, 15)


def days(words: str) -> tuple[tuple[dt.date, dt.date], ...]:
    """ "2014..2015 2017-01-20..2021-01-19" as ranges; an open end stands for the first or last day there is."""
    found = []
    for part in words.split():
        first, _, last = part.partition("..") if ".." in part else (part, "", part)
        since = parse_date_option(first)[0] if first else dt.date.min
        found.append((since, parse_date_option(last)[1] if last else dt.date.max))
    return tuple(found)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What did they say in 2014?", "2014"),
        ("in the year 2014", "2014"),
        ("What did they say in September 2014 about raids?", "2014-09"),
        ("in Sept. 2014", "2014-09"),
        ("in may 2014", "2014-05"),
        ("during March 2014", "2014-03"),
        ("on September 10, 2014", "2014-09-10"),
        ("on the 10th of September, 2014", "2014-09-10"),
        ("on Wednesday, September 10th, 2014", "2014-09-10"),
        ("on 10 Sept 2014", "2014-09-10"),
        ("on 2014-09-10", "2014-09-10"),
        ("in 2014-09", "2014-09"),
        ("statement, September 2014", "2014-09"),
        ("the September 2014 statement", "2014-09"),
        ("anything from 2014?", "2014"),
        ("statements of 2014", "2014"),
        ("a press release dated September 10, 2014", "2014-09-10"),
        ("before 2012", "..2011"),
        ("prior to May 2012", "..2012-04"),
        ("before June 5, 2012", "..2012-06-04"),
        ("until 2012", "..2012"),
        ("up to May 2012", "..2012-05"),
        ("after 2012", "2013.."),
        ("after 5 June 2012", "2012-06-06.."),
        ("since 2012", "2012.."),
        ("since last year", "2025.."),
        ("starting in 2012", "2012.."),
        ("from 2012 on", "2012.."),
        ("from 2012 on?", "2012.."),
        ("from 2012 onwards", "2012.."),
        ("from 2012 to today", "2012.."),
        ("anything from 2012 on raids", "2012"),
        ("between 2012 and 2014", "2012..2014"),
        ("between 2014 and 2012", "2012..2014"),
        ("from 2012 to 2014", "2012..2014"),
        ("from May 2012 through 2014", "2012-05..2014"),
        ("between March and June 2014", "2014-03..2014-06"),
        ("between November and March 2015", "2014-11..2015-03"),
        ("from 5 to 10 March 2014", "2014-03-05..2014-03-10"),
        ("from March 5 to March 10, 2014", "2014-03-05..2014-03-10"),
        ("in 2014-2015", "2014..2015"),
        ("2014–2015 statements", "2014..2015"),
        ("What did they say about the program in 2014?", "2014"),
        ("about raids in 2014", "2014"),
        ("in 2012 and 2014", "2012 2014"),
        ("in 2012 or in 2014?", "2012 2014"),
        ("in 2012, 2013 and 2014", "2012 2013 2014"),
        ("in March and June 2014", "2014-03 2014-06"),
        ("in 2011 vs 2014", "2011 2014"),
        ("What did they say in 2011 on raids and what in 2014?", "2011 2014"),
        ("after 2011 but before 2014", "2012..2013"),
        ("since 2011 and until 2014", "2011..2014"),
        ("last year", "2025"),
        ("this year", "2026"),
        ("last month", "2026-02"),
        ("this month", "2026-03"),
        ("last May", "2025-05"),
        ("last January", "2026-01"),
        ("last March", "2025-03"),  # the one that is over
        ("in the last two years", "2024-03-15..2026-03-15"),
        ("over the past year", "2025-03-15..2026-03-15"),
        ("in the last 6 months", "2025-09-15..2026-03-15"),
        ("in the first half of 2014", "2014-01..2014-06"),
        ("second half of 2014", "2014-07..2014-12"),
        ("under Obama", "2009-01-20..2017-01-19"),
        ("under president Obama", "2009-01-20..2017-01-19"),
        ("during the Obama administration", "2009-01-20..2017-01-19"),
        ("during Obama's first term", "2009-01-20..2013-01-19"),
        ("in Obama’s second term", "2013-01-20..2017-01-19"),
        ("in the Obama years", "2009-01-20..2017-01-19"),
        ("under the Biden-Harris administration", "2021-01-20..2025-01-19"),
        ("under Trump", "2017-01-20..2021-01-19 2025-01-20..2029-01-19"),
        ("during Trump's first term", "2017-01-20..2021-01-19"),
        ("under the second Trump administration", "2025-01-20..2029-01-19"),
        ("under Bush", "1989-01-20..1993-01-19 2001-01-20..2009-01-19"),  # two of that name
        ("during Bush's second term", "2005-01-20..2009-01-19"),
    ],
)
def test_english_dates_are_read(question: str, expected: str) -> None:
    """
    Words for days, months, years, spans of them and administrations become inclusive days.
    """
    found = find_dates(question, TODAY)

    assert found is not None
    assert days(expected) == found.ranges


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("¿Qué dijeron en 2014?", "2014"),
        ("en el 2014", "2014"),
        ("en el año 2014", "2014"),
        ("en agosto de 2011", "2011-08"),
        ("en agosto del 2011", "2011-08"),
        ("el 10 de septiembre de 2014", "2014-09-10"),
        ("el miércoles 10 de setiembre de 2014", "2014-09-10"),
        ("durante 2014", "2014"),
        ("sobre la reforma en 2014", "2014"),
        ("sobre Estados Unidos en 2014", "2014"),
        ("comunicados de 2014", "2014"),
        ("comunicado del 10 de septiembre de 2014", "2014-09-10"),
        ("declaraciones de mayo de 2014", "2014-05"),
        ("¿algo de 2014?", "2014"),
        ("antes de 2012", "..2011"),
        ("antes del 2012", "..2011"),
        ("antes de mayo de 2012", "..2012-04"),
        ("después de 2012", "2013.."),
        ("despues del 5 de junio de 2012", "2012-06-06.."),
        ("hasta 2012", "..2012"),
        ("desde 2012", "2012.."),
        ("a partir de mayo de 2012", "2012-05.."),
        ("a partir de 2012 en adelante", "2012.."),
        ("desde 2012 hasta hoy", "2012.."),
        ("desde 2012 hasta 2014", "2012..2014"),
        ("entre 2012 y 2014", "2012..2014"),
        ("de 2012 a 2014", "2012..2014"),
        ("de marzo a junio de 2014", "2014-03..2014-06"),
        ("desde marzo hasta junio de 2014", "2014-03..2014-06"),
        ("del 5 al 10 de marzo de 2014", "2014-03-05..2014-03-10"),
        ("en 2012 y 2014", "2012 2014"),
        ("en marzo y en junio de 2014", "2014-03 2014-06"),
        ("el año pasado", "2025"),
        ("este año", "2026"),
        ("el mes pasado", "2026-02"),
        ("mayo pasado", "2025-05"),
        ("el pasado mayo", "2025-05"),
        ("desde el año pasado", "2025.."),
        ("en los últimos dos años", "2024-03-15..2026-03-15"),
        ("en el último año", "2025-03-15..2026-03-15"),
        ("en el primer semestre de 2014", "2014-01..2014-06"),
        ("en la segunda mitad del 2014", "2014-07..2014-12"),
        ("bajo Obama", "2009-01-20..2017-01-19"),
        ("durante el gobierno de Obama", "2009-01-20..2017-01-19"),
        ("durante la administración Obama", "2009-01-20..2017-01-19"),
        ("en los años de Obama", "2009-01-20..2017-01-19"),
        ("en la era Trump", "2017-01-20..2021-01-19 2025-01-20..2029-01-19"),
        ("durante el segundo mandato de Obama", "2013-01-20..2017-01-19"),
        ("bajo el primer gobierno de Trump", "2017-01-20..2021-01-19"),
    ],
)
def test_spanish_dates_are_read(question: str, expected: str) -> None:
    """
    The same in Spanish, with and without accents.
    """
    found = find_dates(question, TODAY)

    assert found is not None
    assert days(expected) == found.ranges


@pytest.mark.parametrize(
    "question",
    [
        "",
        "May immigrants march?",
        "they may march",
        "Can we march in august company?",
        "in August",  # which one?
        "on the 10th",
        "the 2008 election",
        "after the 2008 election",
        "since the 2016 campaign",
        "in 2008 elections",
        "the May 2006 marches",
        "the August 12, 2011 raid",
        "the raid of May 2008",
        "the raid on May 12, 2008",
        "the law passed in 1996",
        "la ley aprobada en 1996",
        "families who arrived in 2014",
        "the amnesty of 1986",
        "la reforma de 1986",
        "la marcha de mayo de 2006",
        "last year's decision",
        "in 2014's budget",
        "about 2026",
        "by 2030",
        "2014",
        "statements 2014",
        "in the last few years",
        "Obama",
        "What did they tell Obama?",
        "the Obama administration's raids",
        "people in the Obama administration",
        "under Obama's deportation program",
        "la reunión con Trump",
        "against Trump",
        "under Bushwick",
        "in 2014-13",
        "on February 30, 2014",
        "in 1850",
        "in 20140",
        "room 2014-A in building 2",
        "in 2014% of cases",
        "in SB 2014",
        "in 9/10/2014",
        "next year",
        "tomorrow",
        "el próximo año",
        "un mar 2014 veces",
        "two of 2014 families",
    ],
)
def test_what_may_be_no_date_is_none(question: str) -> None:
    """
    Events, bare years and words that only look like months narrow nothing.
    """
    assert find_dates(question, TODAY) is None


# Sunday, March 15, 2026 is today. An empty expectation: no date is read.
PHRASES = {
    "early 2014": "2014-01..2014-04",
    "in early 2014 about raids": "2014-01..2014-04",
    "in mid-2014": "2014-05..2014-08",
    "in the middle of 2014": "2014-05..2014-08",
    "late 2014 statements": "2014-09..2014-12",
    "at the end of 2014": "2014-09..2014-12",
    "at the beginning of 2014": "2014-01..2014-04",
    "in late September 2014": "2014-09-21..2014-09-30",
    "in early March 2014": "2014-03-01..2014-03-10",
    "since early 2014": "2014-01..",
    "before late 2014": "..2014-08",
    "between early 2012 and late 2014": "2012..2014",
    "in spring 2014": "2014-03..2014-05",
    "in the summer of 2014": "2014-06..2014-08",
    "fall 2014": "2014-09..2014-11",
    "autumn of 2014": "2014-09..2014-11",
    "in winter 2014": "2014-12..2015-02",
    "last summer": "2025-06..2025-08",
    "last winter": "2025-12..2026-02",
    "this spring": "2026-03..2026-05",
    "since last fall": "2025-09..",
    "the 2010s": "2010..2019",
    "during the 1990s": "1990..1999",
    "in the late 1990s": "1997..1999",
    "in the nineties": "1990..1999",
    "in the first quarter of 2014": "2014-01..2014-03",
    "third quarter 2014": "2014-07..2014-09",
    "Q2 2014": "2014-04..2014-06",
    "in 2014 Q4": "2014-10..2014-12",
    "last quarter": "2025-10..2025-12",
    "this week": "2026-03-09..2026-03-15",
    "last week": "2026-03-02..2026-03-08",
    "the week before last": "2026-02-23..2026-03-01",
    "what did they say yesterday?": "2026-03-14",
    "the day before yesterday": "2026-03-13",
    "the year before last": "2024",
    "two years ago": "2024",
    "a year ago": "2025",
    "six months ago": "2025-09",
    "in the last two years": "2024-03-15..2026-03-15",
    "the past three years": "2023-03-15..2026-03-15",
    "in the last two weeks": "2026-03-01..2026-03-15",
    "over the last 30 days": "2026-02-13..2026-03-15",
    "in the last decade": "2016-03-15..2026-03-15",
    "since March": "2026-03..",
    "since November?": "2025-11..",
    "since May about raids": "2025-05..",
    "from June to August 2014": "2014-06..2014-08",
    "between 2012 and today": "2012..",
    "in Aug. 2011": "2011-08",
    "Aug. 12, 2011": "2011-08-12",
    "on 05/13/2014": "2014-05-13",
    "on 5/5/2014": "2014-05-05",
    "2014-05-12": "2014-05-12",
    "in 2011 and 2021": "2011 2021",
    "in late 2014 and early 2016": "2014-09..2014-12 2016-01..2016-04",
    "before and after 2014": "..2013 2015..",
    "under Obama and under Trump": "2009-01-20..2017-01-19 2017-01-20..2021-01-19 2025-01-20..2029-01-19",
    "under Obama and Biden": "2009-01-20..2017-01-19 2021-01-20..2025-01-19",
    "when Obama was president": "2009-01-20..2017-01-19",
    "while Biden was in office": "2021-01-20..2025-01-19",
    "under Donald Trump": "2017-01-20..2021-01-19 2025-01-20..2029-01-19",
    "under President Barack Obama": "2009-01-20..2017-01-19",
    "under George W. Bush": "2001-01-20..2009-01-19",
    "under George H. W. Bush": "1989-01-20..1993-01-19",
    "during Joe Biden's presidency": "2021-01-20..2025-01-19",
    "bajo la presidencia de Donald Trump": "2017-01-20..2021-01-19 2025-01-20..2029-01-19",
    "bajo el presidente Joe Biden": "2021-01-20..2025-01-19",
    "durante los gobiernos de Obama y Biden": "2009-01-20..2017-01-19 2021-01-20..2025-01-19",
    "what did they tell Donald Trump": "",
    "in May of last year": "2025-05",
    "en mayo del año pasado": "2025-05",
    "in the month of May 2014": "2014-05",
    "en el mes de mayo de 2014": "2014-05",
    "the week of May 14, 2014": "2014-05-12..2014-05-18",
    "la semana del 14 de mayo de 2014": "2014-05-12..2014-05-18",
    "the early 90s": "1990..1993",
    "a mediados de los 90": "1994..1996",
    "by the end of 2014": "..2014",
    "earlier than 2014": "..2013",
    "later than 2014": "2015..",
    "no later than 2014": "..2014",
    "comunicados anteriores a 2014": "..2013",
    "posteriores a 2014": "2015..",
    "as of 2014": "2014..",
    "2014 onwards": "2014..",
    "de 2014 en adelante": "2014..",
    "estos últimos dos años": "2024-03-15..2026-03-15",
    "en lo que va del año": "2026-01-01..2026-03-15",
    "since the Obama years": "2009-01-20..",
    "after Obama?": "2017-01-20..",
    "before Trump about raids": "..2017-01-19",
    "2011 compared to 2021": "2011 2021",
    "2011 vs 2021": "2011 2021",
    "pre-2014": "..2013",
    "post-2014 statements": "2015..",
    "después de Obama": "2017-01-20..",
    "antes de Trump sobre redadas": "..2017-01-19",
    "a principios de 2014": "2014-01..2014-04",
    "a mediados de 2014": "2014-05..2014-08",
    "a finales de 2014": "2014-09..2014-12",
    "a fines del 2014": "2014-09..2014-12",
    "a fines de mayo de 2014": "2014-05-21..2014-05-31",
    "al inicio de 2014": "2014-01..2014-04",
    "al final de 2014": "2014-09..2014-12",
    "desde principios de 2014": "2014..",
    "hasta mediados de 2014": "..2014-08",
    "entre principios de 2012 y finales de 2014": "2012..2014",
    "en la primavera de 2014": "2014-03..2014-05",
    "en el verano de 2014": "2014-06..2014-08",
    "el verano del 2014": "2014-06..2014-08",
    "en otoño de 2014": "2014-09..2014-11",
    "en el invierno de 2014": "2014-12..2015-02",
    "el verano pasado": "2025-06..2025-08",
    "este invierno": "2025-12..2026-02",
    "la década de 2010": "2010..2019",
    "en la década del 2010": "2010..2019",
    "en la década de los 90": "1990..1999",
    "los años 2010": "2010..2019",
    "en los años noventa": "1990..1999",
    "a finales de la década de 2010": "2017..2019",
    "en el primer trimestre de 2014": "2014-01..2014-03",
    "tercer trimestre del 2014": "2014-07..2014-09",
    "el trimestre pasado": "2025-10..2025-12",
    "segundo semestre de 2014": "2014-07..2014-12",
    "esta semana": "2026-03-09..2026-03-15",
    "la semana pasada": "2026-03-02..2026-03-08",
    "¿qué dijeron ayer?": "2026-03-14",
    "anteayer": "2026-03-13",
    "el año antepasado": "2024",
    "hace dos años": "2024",
    "hace un año": "2025",
    "hace tres meses": "2025-12",
    "hace dos semanas": "2026-02-23..2026-03-01",
    "desde hace dos años": "2024-03-15..2026-03-15",
    "en los últimos dos años": "2024-03-15..2026-03-15",
    "los últimos tres meses": "2025-12-15..2026-03-15",
    "en los dos últimos años": "2024-03-15..2026-03-15",
    "en las últimas dos semanas": "2026-03-01..2026-03-15",
    "en los últimos 30 días": "2026-02-13..2026-03-15",
    "desde marzo": "2026-03..",
    "desde noviembre sobre redadas": "2025-11..",
    "de junio a agosto de 2014": "2014-06..2014-08",
    "entre 2012 y hoy": "2012..",
    "en ago. 2011": "2011-08",
    "el 12 de mayo de 2014": "2014-05-12",
    "el primero de mayo de 2014": "2014-05-01",
    "el 1ro de mayo del 2014": "2014-05-01",
    "el 13/05/2014": "2014-05-13",
    "después del 13-05-2014": "2014-05-14..",
    "en 2011 y 2021": "2011 2021",
    "en 2011 y en 2021": "2011 2021",
    "diferencia entre 2011 y 2021": "2011 2021",
    "antes y después de 2014": "..2013 2015..",
    "bajo Obama y bajo Biden": "2009-01-20..2017-01-19 2021-01-20..2025-01-19",
    "cuando Obama era presidente": "2009-01-20..2017-01-19",
    "en la época de Obama": "2009-01-20..2017-01-19",
    "durante la presidencia de Biden": "2021-01-20..2025-01-19",
    # Traps.
    "May immigrants march": "",
    "march for May": "",
    "Section 2014": "",
    "the 2014 TRUST Act": "",
    "in 2014 TRUST Act": "",
    "1,500 families": "",
    "in 1,500 of 2,014 cases": "",
    "12/05/2014": "",
    "on 12/05/2014": "",
    "after Obama signed it": "",
    "before Obama spoke": "",
    "después de Obama firmar": "",
    "the raid of 2008": "",
    "the raid of early 2008": "",
    "the summer of 2014 marches": "",
    "in recent years": "",
    "over the last years": "",
    "the last two years of the program": "",
    "since March for Dignity began": "",
    "what do they say today?": "",
    "the quarter": "",
    "fall of the wall": "",
    "spring cleaning": "",
    "second chance": "",
    "in their twenties": "",
    "their last week of work": "",
    "segundo": "",
    "el segundo": "",
    "el pasado": "",
    "en el pasado": "",
    "el pasado de la red": "",
    "en los últimos años": "",
    "hace dos años que piden licencias": "",
    "el 12/05/2014": "",
    "la redada de mayo de 2008": "",
    "la marcha del verano de 2006": "",
    "los mayores de 2014 años": "",
    "un mar de gente": "",
    "el invierno": "",
    "el 30/02/2014": "",
    "la ley 2014": "",
    "a principios": "",
}


@pytest.mark.parametrize("question", PHRASES)
def test_phrases_are_read(question: str) -> None:
    """
    Parts of years, seasons, decades, weeks and what is counted back from today are read; what may be no date is not.
    """
    found = find_dates(question, TODAY)

    assert days(PHRASES[question]) == (found.ranges if found else ())


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("in 2011 and 2021", ["2011", "2021"]),
        ("in 2021 vs 2011", ["2021", "2011"]),
        ("en 2011 y qué en 2021", ["2011", "2021"]),
        ("before and after 2014", ["..2013", "2015.."]),
        ("antes o después de mayo de 2014", ["..2014-04", "2014-06.."]),
        ("under Obama and under Trump", ["2009-01-20..2017-01-19", "2017-01-20..2021-01-19 2025-01-20..2029-01-19"]),
        ("under Obama and Biden", ["2009-01-20..2017-01-19", "2021-01-20..2025-01-19"]),
        ("between 2011 and 2021", ["2011..2021"]),
        ("after 2011 but before 2021", ["2012..2020"]),
        ("since 2011", ["2011.."]),
    ],
)
def test_times_that_are_compared(question: str, sides: list[str]) -> None:
    """
    Times that are named one beside the other are the sides of a comparison, in the order of the question.
    """
    found = find_dates(question, TODAY)

    assert found is not None
    assert [days(side) for side in sides] == list(found.sides)


@pytest.mark.parametrize(
    ("today", "expected"),
    [("2026-01-05", "2025-12"), ("2026-12-31", "2026-11"), ("2024-02-29", "2024-01")],
)
def test_last_month_crosses_the_year(today: str, expected: str) -> None:
    """
    Last month in January is December of the year before.
    """
    found = find_dates("last month", dt.date.fromisoformat(today))

    assert found is not None
    assert days(expected) == found.ranges


def test_terms_not_begun_do_not_count() -> None:
    """
    On a day before somebody's second term there is only the first.
    """
    found = find_dates("under Trump", dt.date(2020, 5, 1))

    assert found is not None
    assert days("2017-01-20..2021-01-19") == found.ranges
    assert find_dates("under Biden", dt.date(2020, 5, 1)) is None


def test_a_leap_day_has_a_year_before() -> None:
    """
    A year before the 29th of February is the 28th.
    """
    found = find_dates("in the last year", dt.date(2024, 2, 29))

    assert found is not None
    assert days("2023-02-28..2024-02-29") == found.ranges


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What did they say  in\u00a0September 2014?", "in\u00a0September 2014"),
        ("¿Qué dijo antes de 2012 sobre redadas?", "antes de 2012"),
        ("statements of 2014 on raids", "of 2014"),
        ("En el año pasado, ¿qué?", "En el año pasado"),
    ],
)
def test_date_words_know_where_they_stand(question: str, words: str) -> None:
    """
    The span of a date is its words in the question as typed.
    """
    found = find_dates(question, TODAY)

    assert found is not None
    assert words == question[found.span.start : found.span.end]


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2014", "2014-01-01", "2014-12-31"),
        ("  2014 ", "2014-01-01", "2014-12-31"),
        ("2014-02", "2014-02-01", "2014-02-28"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2014-9", "2014-09-01", "2014-09-30"),
        ("2014-09-10", "2014-09-10", "2014-09-10"),
        ("0001", "0001-01-01", "0001-12-31"),
        ("9999-12", "9999-12-01", "9999-12-31"),
    ],
)
def test_date_options_are_inclusive_days(typed: str, first: str, last: str) -> None:
    """
    A year, a month or a day typed into an option is all of its days.
    """
    assert (dt.date.fromisoformat(first), dt.date.fromisoformat(last)) == parse_date_option(typed)


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "",
            " ",
            "0000",
            "2014-13",
            "2014-00",
            "2014-02-30",
            "2014-02-00",
            "2014-09-31",
            "14",
            "20140",
            "2014-",
            "2014-09-",
        ),
        *("2014/09", "09-2014", "September 2014", "last year", "2014-09-10T00:00", "２０１４", "-2014", "2014\n2015"),
    ],
)
def test_what_is_no_date_says_so(typed: str) -> None:
    """
    Anything else is refused with the words and the forms that are read.
    """
    with pytest.raises(BadDateError, match=r"is not a date\. Try 2014, 2014-09 or 2014-09-10\.") as caught:
        parse_date_option(typed)

    assert "\n" not in str(caught.value)


def test_a_bad_date_is_shown_safely() -> None:
    """
    Long words and control characters do not reach the terminal.
    """
    with pytest.raises(BadDateError) as caught:
        parse_date_option("\x1b[31mred\n" + "x" * 500)

    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 120


WORDS = st.sampled_from(
    """in on of from since before after until between and to the last this year month two 2014 2015-06 2014-2015
    May march 10 31st 0 99 de del el en antes desde hasta entre y a año pasado mes marzo junio under Obama's Trump
    first term second half ? , . - statement raid 2014-02-30 septiembre early mid late summer verano winter quarter Q1
    2010s decade década los 90 ago hace week semana ayer before-last 13/05/2014 12/05/2014 vs after Bush by onwards the
    fines mediados principios del trimestre month's 99 decades under Biden""".split()
)


@given(st.lists(WORDS, max_size=14).map(" ".join) | st.text(), st.dates(dt.date(1900, 1, 1), dt.date(2200, 1, 1)))
def test_any_words_can_be_asked(question: str, today: dt.date) -> None:
    """
    No question fails, and what is found is an ascending list of ranges with a place in the question.
    """
    found = find_dates(question, today)

    if found:
        assert all(first <= last for first, last in found.ranges)
        assert all(a[1] < b[0] for a, b in zip(found.ranges, found.ranges[1:], strict=False))
        assert 0 <= found.span.start < found.span.end <= len(question)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)))
def test_every_day_is_read_in_both_languages(day: dt.date) -> None:
    """
    A day written out is that day.
    """
    months = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
    english = find_dates(f"what was said on {day:%B} {day.day}, {day.year} about raids", TODAY)
    spanish = find_dates(f"qué se dijo el {day.day} de {months[day.month - 1]} de {day.year} de redadas", TODAY)

    assert english is not None
    assert spanish is not None
    assert ((day, day),) == english.ranges == spanish.ranges == (parse_date_option(day.isoformat()),)


@given(st.text())
def test_options_are_read_or_refused(typed: str) -> None:
    """
    Anything typed into a date option is a range or a clear error.
    """
    try:
        first, last = parse_date_option(typed)
    except BadDateError:
        return
    assert first <= last


@pytest.mark.parametrize(
    "text",
    [
        *(
            "in 2014, " * 222,
            "in 2014 and " * 166,
            "May and " * 250,
            "from 2014 to " * 150,
            "in the last " * 166,
            "1" * 2000,
        ),
        *(
            "de " * 666,
            "of of in on " * 166,
            "in May " * 285,
            "under the president " * 100,
            " " * 2000,
            "'s" * 1000,
            "2014-" * 400,
        ),
        *("jan. " * 400, "10 de " * 330, "a" * 2000, "in march and march and " * 90, "ado " * 500),
    ],
)
def test_long_questions_are_read_quickly(text: str) -> None:
    """
    Two thousand characters of anything are quick; the limit allows for a busy machine.
    """
    find_dates("in 2014", TODAY)
    started = time.process_time()
    find_dates(text, TODAY)

    assert time.process_time() - started < 0.5
