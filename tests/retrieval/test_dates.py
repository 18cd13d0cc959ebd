"""
Dates in questions become ranges of days, or nothing where that would be a guess.
"""

from __future__ import annotations

import datetime as dt
import time

import pytest
from date_ranges import TODAY, days
from hypothesis import given
from hypothesis import strategies as st

from retrieval.dates import find_dates, parse_date_option


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
