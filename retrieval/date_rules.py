"""
The grammar of dates in questions: patterns over folded text, and what each of them reads.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator

from corpus.calendar_words import MONTHS
from retrieval import date_words as w
from retrieval.date_points import FIRST_DAY, LAST_DAY, Range, count_of, days, months, numbers, point

Reader = Callable[[re.Match[str], dt.date], tuple[Range, ...]]


def matches(text: str) -> list[tuple[re.Match[str], Reader]]:
    """What the rules match in folded text, the leftmost and there the longest first."""
    found = [(match, read) for rule, read in _RULES for match in rule.finditer(text)]
    found.sort(key=lambda item: (item[0].start(), -item[0].end()))
    return [(match, _reader(match, read)) for match, read in found]


def _reader(match: re.Match[str], read: Reader) -> Reader:
    """What comes before decides: "a law passed in 1996", "the difference between 2011 and 2021"."""
    before = _before_words(match)
    if w.ENACTED_BEFORE.search(before):
        return _event
    return _ends if read is _between and w.DIFFERENCE_BEFORE.search(before) else read


def sides_of(
    match: re.Match[str], read: Reader, ranges: tuple[Range, ...], today: dt.date
) -> Iterator[tuple[Range, ...]]:
    """The times that one expression names: each year of a list, but both terms of a president together."""
    other = read is _administration and match.groupdict().get("other")
    if other:
        later = _terms(other, None, today)
        yield from filter(None, (ranges[: len(ranges) - len(later)], later))
    elif read in _LISTS:
        yield from ((one,) for one in ranges)
    elif ranges:
        yield ranges


def _before_words(match: re.Match[str]) -> str:
    return match.string[max(0, match.start() - 30) : match.start()].rstrip()


def _event(match: re.Match[str], today: dt.date) -> tuple[Range, ...]:
    return ()


def _between(match: re.Match[str], today: dt.date) -> tuple[Range, ...]:
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


def _ends(match: re.Match[str], today: dt.date) -> tuple[Range, ...]:
    """Both ends, and nothing between them."""
    found = point(match["a"], today), point(match["b"], today)
    return tuple(one for one in found if one) if all(found) else ()


def _years(match: re.Match[str], today: dt.date) -> tuple[Range, ...]:
    first, last = int(match["a"]), int(match["b"])
    return ((dt.date(first, 1, 1), dt.date(last, 12, 31)),) if first <= last else ()


def _past(match: re.Match[str], today: dt.date) -> tuple[Range, ...]:
    said, unit = match["count"], match["unit"]
    if not said and unit.endswith("s") and unit != "mes":
        # "In the last years": nobody says how many.
        return ()
    count = count_of(said or "1") * (10 if unit.startswith("dec") else 1)
    if unit.startswith(("day", "dia", "week", "semana")):
        return ((today - dt.timedelta(days=count * (7 if unit.startswith(("week", "semana")) else 1)), today),)
    month = months(today.year, today.month - (count if unit.startswith("m") else 12 * count), 1)
    return ((month[0].replace(day=min(today.day, month[1].day)), today),) if month else ()


def _administration(match: re.Match[str], today: dt.date) -> tuple[Range, ...]:
    said = match.groupdict()
    which = said.get("n1") or said.get("n2") or said.get("n3")
    office = (said.get("office1") or said.get("office2") or "").strip()
    if match[0].startswith(("in ", "en ")) and not which and office not in {"years", "anos", "era", "epoca"}:
        # "people in the Obama administration" says where, not when.
        return ()
    terms = _terms(match["name"], which, today)
    return (*terms, *_terms(said["other"], None, today)) if said.get("other") else terms


def _around_terms(match: re.Match[str], today: dt.date) -> tuple[Range, ...]:
    """ "After Obama", "since the Obama years"; "after Obama signed it" is read by nobody."""
    terms, day = _terms(match["name"], match["n1"] or match["n2"] or match["n3"], today), dt.timedelta(days=1)
    if not terms:
        return ()
    if match["side"].startswith(("before", "antes")):
        return ((FIRST_DAY, terms[0][0] - day),)
    return ((terms[0][0] if match["side"] in {"since", "desde"} else terms[-1][1] + day, LAST_DAY),)


def _terms(name: str, which: str | None, today: dt.date) -> tuple[Range, ...]:
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


def _around(match: re.Match[str], today: dt.date) -> tuple[Range, ...]:
    """ "Before and after 2014" are two sides."""
    found = point(match["p"], today)
    if found is None:
        return ()
    day = dt.timedelta(days=1)
    return ((FIRST_DAY, found[0] - day), (found[1] + day, LAST_DAY))


def _this_year(match: re.Match[str], today: dt.date) -> tuple[Range, ...]:
    return ((dt.date(today.year, 1, 1), today),)


def _since_month(match: re.Match[str], today: dt.date) -> tuple[Range, ...]:
    """The last month of this name that has begun."""
    number = MONTHS[match["p"].rstrip(".")]
    found = days(today.year if number <= today.month else today.year - 1, number)
    return ((found[0], LAST_DAY),) if found else ()


def _before(match: re.Match[str], today: dt.date) -> tuple[Range, ...]:
    found = point(match["p"], today)
    return ((FIRST_DAY, found[0] - dt.timedelta(days=1)),) if found else ()


def _until(match: re.Match[str], today: dt.date) -> tuple[Range, ...]:
    found = point(match["p"], today)
    return ((FIRST_DAY, found[1]),) if found else ()


def _after(match: re.Match[str], today: dt.date) -> tuple[Range, ...]:
    found = point(match["p"], today)
    return ((found[1] + dt.timedelta(days=1), LAST_DAY),) if found else ()


def _since(match: re.Match[str], today: dt.date) -> tuple[Range, ...]:
    found = point(match["p"], today)
    return ((found[0], LAST_DAY),) if found else ()


def _listed(match: re.Match[str], today: dt.date) -> tuple[Range, ...]:
    """Each point of a list; a month without a year ("March and June 2014") has that of the next."""
    found: list[Range] = []
    for words in reversed([one.group() for one in _POINTS.finditer(match["p"])]):
        month = MONTHS.get(words.rstrip("."))
        one = days(found[-1][0].year, month) if month and found else point(words, today)
        if one is None:
            return ()
        found.append(one)
    return tuple(reversed(found))


def _statements_of(match: re.Match[str], today: dt.date) -> tuple[Range, ...]:
    """ "Statements of 2014", while "the raid of 2014" is an event and "the end of 2014" vague."""
    return _listed(match, today) if w.STATEMENT_BEFORE.search(_before_words(match)) else ()


def _on_day(match: re.Match[str], today: dt.date) -> tuple[Range, ...]:
    """What is said on a day, but not "the raid on May 12, 2008"."""
    return () if w.EVENT_BEFORE.search(_before_words(match)) else _listed(match, today)


def _rule(words: str, end: str = w.END) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'/-])(?:{words}){end}")


_IN, _FROM, _TO = (
    "(?:in|during|en|durante|within)",
    "(?:between|entre|from|del?|desde)",
    "(?:and|y|to|al?|until|through|hasta)",
)
_COUNT, _UNIT = rf"(?P<count>{w.COUNT})", rf"(?P<unit>{w.UNIT})"
_LATE = "(?:last|past|ultim[oa]s?|pasad[oa]s)"
# "the last two years of the program" are its own.
_NO_PART = r"(?! (?:of|del?)\b)"
_POINTS = re.compile(rf"{w.POINT}|{w.MONTH}")
_SINCE = r"(?:since|as of|starting|beginning|ever since|desde|a partir del?) (?:in |en |on |el )?"
_BEFORE = r"(?:before|prior to|previous to|earlier than|antes del?|(?:previ[oa]s?|anterior(?:es|mente)?) al?)"
_ROUND = r"(?:before|antes(?: del?)?) (?:and|or|vs\.?|versus|y|e|o) (?:after|despues del?)"
_LISTS = frozenset((_listed, _statements_of, _on_day, _around, _ends))
_RULES: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (_rule(rf"{_FROM} (?P<a>{w.POINT}|{w.MONTH_DAY}|{w.MONTH}|{w.DAY_NUMBER}) {_TO} (?P<b>{w.POINT})"), _between),
    (_rule(rf"(?:(?:{_FROM}|{_IN}|of) )?(?P<a>{w.YEAR})-(?P<b>{w.YEAR})"), _years),
    (_rule(rf"(?:over|for|{_IN}) (?:the |los |las |el |la )?{_LATE} (?:{_COUNT} )?{_UNIT}{_NO_PART}"), _past),
    (_rule(rf"(?:(?:over|for|{_IN}) )?(?:the |los |las |these |est[oa]s ){_LATE} {_COUNT} {_UNIT}{_NO_PART}"), _past),
    (_rule(rf"(?:{_IN} )?l[oa]s {_COUNT} (?:ultim|pasad)[oa]s {_UNIT}{_NO_PART}"), _past),
    (_rule(rf"desde hace {_COUNT} {_UNIT}"), _past),
    (_rule(rf"(?:under|bajo|{_IN}) {w.PRESIDENT}"), _administration),
    (_rule(w.IN_OFFICE), _administration),
    (_rule(rf"(?P<side>before|after|since|antes de|despues de|desde) {w.PRESIDENT}", w.TOPIC_NEXT), _around_terms),
    (_rule(rf"(?P<p>{w.YEAR} (?:vs\.?|versus|compared (?:to|with)|frente al?|contra) (?:in |en )?{w.POINT})"), _listed),
    (_rule(rf"pre-(?P<p>{w.YEAR})"), _before),
    (_rule(rf"post-(?P<p>{w.YEAR})"), _after),
    (_rule(rf"{_ROUND} (?P<p>{w.POINT})"), _around),
    (
        _rule(rf"{_BEFORE} (?P<p>{w.POINT})"),
        _before,
    ),
    (_rule(rf"(?:until|till|up to|through|no later than|hasta) (?P<p>{w.POINT})"), _until),
    (_rule(rf"by (?P<p>{w.PERIOD})"), _until),
    (_rule(rf"(?:after|later than|despues del?|mas tarde que|posterior(?:es|mente)? al?) (?P<p>{w.POINT})"), _after),
    (_rule(rf"{_SINCE}(?P<p>{w.POINT})(?: (?:to|hasta) {w.TODAY}| en adelante)?"), _since),
    (_rule(rf"(?:from|between|entre) (?P<p>{w.POINT}) (?:onwards?|on(?! \w)|(?:to|until|and|y) {w.TODAY})"), _since),
    (_rule(rf"(?:del? )?(?P<p>{w.POINT}) (?:onwards?|en adelante)"), _since),
    (_rule(rf"{_SINCE}(?P<p>{w.MONTH})", w.TOPIC_NEXT), _since_month),
    (_rule(r"en lo que va del? (?:este )?ano|year to date"), _this_year),
    (_rule(rf"(?:of|del?) (?P<p>{w.LIST})"), _statements_of),
    (_rule(rf"(?:from|dated|at|compar\w+|entre|between|{_IN}) (?:a )?(?P<p>{w.LIST})"), _listed),
    (_rule(rf"(?:on|el) {w.WEEKDAY}(?P<p>{w.DAY}|{w.ISO}|{w.NUMERIC})"), _on_day),
    (_rule(rf"(?P<p>{w.WEEK_OF})"), _on_day),
    (_rule(rf"(?:a )?(?P<p>{w.PERIOD}(?:{w.JOIN}{w.POINT})*)"), _on_day),
    (_rule(rf"(?P<p>{w.RELATIVE}(?:{w.JOIN}{w.POINT})*)(?! of\b)"), _listed),
    (_rule(rf"(?P<p>{w.DAY}|{w.MONTH_YEAR}|{w.ISO}|{w.NUMERIC})", w.ALONE), _listed),
)
