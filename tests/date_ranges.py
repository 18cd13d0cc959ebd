"""
Ranges of days, written shortly, for tests of what questions say about time.
"""

from __future__ import annotations

import datetime as dt

from retrieval.dates import parse_date_option

# A Sunday.
TODAY = dt.date(2026, 3, 15)


def days(words: str) -> tuple[tuple[dt.date, dt.date], ...]:
    """ "2014..2015 2017-01-20..2021-01-19" as ranges; an open end stands for the first or last day there is."""
    found = []
    for part in words.split():
        first, _, last = part.partition("..") if ".." in part else (part, "", part)
        since = parse_date_option(first)[0] if first else dt.date.min
        found.append((since, parse_date_option(last)[1] if last else dt.date.max))
    return tuple(found)
