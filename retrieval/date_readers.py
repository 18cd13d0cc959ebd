"""
What each form of date expressions means: match → ranges of days, none where it is an event's date or a guess.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from corpus.calendar_words import MONTHS
from retrieval import date_words as w
from retrieval.date_points import FIRST_DAY, LAST_DAY, Range, count_of, days, months, numbers, point


def before_words(match: re.Match[str]) -> str:
    """What stands before a match, as far as it tells what the date is of."""
    return match.string[max(0, match.start() - 30) : match.start()].rstrip()


def event(match: re.Match[str], today: dt.date) -> tuple[Range, ...]:
    """What happens on a date, and no date of statements."""
    return ()


def between(match: re.Match[str], today: dt.date) -> tuple[Range, ...]:
    """From one point to another, what the first leaves out taken from the second."""
    until = point(match["b"], today)
    if until is None:
        return ()
    year, month, day = numbers(match["a"])
    since = point(match["a"], today) if year or re.fullmatch(w.RELATIVE, match["a"]) else None
    if since is None and not year:
        # "between March and June 2014", "from 5 to 10 March 2014": what is missing is that of the end.
        since = days(until[0].year, month or until[0].month, day)
        if since and since[0] > until[0]:
            since = days(until[0].year - 1, month, day)
    return ((min(since[0], until[0]), max(since[1], until[1])),) if since else ()


def ends(match: re.Match[str], today: dt.date) -> tuple[Range, ...]:
    """Both ends, and nothing between them."""
    found = point(match["a"], today), point(match["b"], today)
    return tuple(one for one in found if one) if all(found) else ()


def years(match: re.Match[str], today: dt.date) -> tuple[Range, ...]:
    """ "2012-2014"."""
    first, last = int(match["a"]), int(match["b"])
    return ((dt.date(first, 1, 1), dt.date(last, 12, 31)),) if first <= last else ()


def past(match: re.Match[str], today: dt.date) -> tuple[Range, ...]:
    """What is counted back from today."""
    said, unit = match["count"], match["unit"]
    if not said and unit.endswith("s") and unit != "mes":
        # "In the last years": nobody says how many.
        return ()
    count = count_of(said or "1") * (10 if unit.startswith("dec") else 1)
    if unit.startswith(("day", "dia", "week", "semana")):
        return ((today - dt.timedelta(days=count * (7 if unit.startswith(("week", "semana")) else 1)), today),)
    month = months(today.year, today.month - (count if unit.startswith("m") else 12 * count), 1)
    return ((month[0].replace(day=min(today.day, month[1].day)), today),) if month else ()


def administration(match: re.Match[str], today: dt.date) -> tuple[Range, ...]:
    """The terms in office of whoever is named."""
    said = match.groupdict()
    which = said.get("n1") or said.get("n2") or said.get("n3")
    office = (said.get("office1") or said.get("office2") or "").strip()
    if match[0].startswith(("in ", "en ")) and not which and office not in {"years", "anos", "era", "epoca"}:
        # "people in the Obama administration" says where, not when.
        return ()
    terms = terms_of(match["name"], which, today)
    return (*terms, *terms_of(said["other"], None, today)) if said.get("other") else terms


def around_terms(match: re.Match[str], today: dt.date) -> tuple[Range, ...]:
    """ "After Obama", "since the Obama years"; "after Obama signed it" is read by nobody."""
    terms, day = terms_of(match["name"], match["n1"] or match["n2"] or match["n3"], today), dt.timedelta(days=1)
    if not terms:
        return ()
    if match["side"].startswith(("before", "antes")):
        return ((FIRST_DAY, terms[0][0] - day),)
    return ((terms[0][0] if match["side"] in {"since", "desde"} else terms[-1][1] + day, LAST_DAY),)


def terms_of(name: str, which: str | None, today: dt.date) -> tuple[Range, ...]:
    """The terms in office that have begun, those that follow each other as one."""
    years = w.TERMS[name]
    if which:
        years = years[-2:][:1] if which.startswith(("f", "p")) else years[-2:][1:]
    terms = [(dt.date(year, 1, 20), dt.date(year + 4, 1, 19)) for year in years if dt.date(year, 1, 20) <= today]
    joined: list[Range] = []
    for first, last in terms:
        follows = joined and joined[-1][1] + dt.timedelta(days=1) == first
        joined[-1 if follows else len(joined) :] = [(joined[-1][0], last) if follows else (first, last)]
    return tuple(joined)


def around(match: re.Match[str], today: dt.date) -> tuple[Range, ...]:
    """ "Before and after 2014" are two sides."""
    found = point(match["p"], today)
    if found is None:
        return ()
    day = dt.timedelta(days=1)
    return ((FIRST_DAY, found[0] - day), (found[1] + day, LAST_DAY))


def this_year(match: re.Match[str], today: dt.date) -> tuple[Range, ...]:
    """This year until today."""
    return ((dt.date(today.year, 1, 1), today),)


def since_month(match: re.Match[str], today: dt.date) -> tuple[Range, ...]:
    """The last month of this name that has begun."""
    number = MONTHS[match["p"].rstrip(".")]
    found = days(today.year if number <= today.month else today.year - 1, number)
    return ((found[0], LAST_DAY),) if found else ()


def before(match: re.Match[str], today: dt.date) -> tuple[Range, ...]:
    """Until the day before a point."""
    found = point(match["p"], today)
    return ((FIRST_DAY, found[0] - dt.timedelta(days=1)),) if found else ()


def until(match: re.Match[str], today: dt.date) -> tuple[Range, ...]:
    """Until the end of a point."""
    found = point(match["p"], today)
    return ((FIRST_DAY, found[1]),) if found else ()


def after(match: re.Match[str], today: dt.date) -> tuple[Range, ...]:
    """From the day after a point."""
    found = point(match["p"], today)
    return ((found[1] + dt.timedelta(days=1), LAST_DAY),) if found else ()


def since(match: re.Match[str], today: dt.date) -> tuple[Range, ...]:
    """From the beginning of a point."""
    found = point(match["p"], today)
    return ((found[0], LAST_DAY),) if found else ()


def listed(match: re.Match[str], today: dt.date) -> tuple[Range, ...]:
    """
    Each point of a list; a month without a year ("March and June 2014") has that of the next.

    "Statements of 2014" are from then, while "the raid of 2014" is an event and "the end of 2014" vague.
    """
    if match.groupdict().get("of") and not w.STATEMENT_BEFORE.search(before_words(match)):
        return ()
    found: list[Range] = []
    for words in reversed([one.group() for one in _points().finditer(match["p"])]):
        month = MONTHS.get(words.rstrip("."))
        one = days(found[-1][0].year, month) if month and found else point(words, today)
        if one is None:
            return ()
        found.append(one)
    return tuple(reversed(found))


def on_day(match: re.Match[str], today: dt.date) -> tuple[Range, ...]:
    """What is said on a day, but not "the raid on May 12, 2008"."""
    return () if w.EVENT_BEFORE.search(before_words(match)) else listed(match, today)


@cache
def _points() -> re.Pattern[str]:
    return re.compile(rf"{w.POINT}|{w.MONTH}")
