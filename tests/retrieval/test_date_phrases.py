"""
What people say for a stretch of time: seasons, decades, weeks, terms, times that are compared.
"""

from __future__ import annotations

import datetime as dt

import pytest
from date_ranges import TODAY, days

from retrieval.dates import find_dates

# An empty expectation: no date is read.
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
