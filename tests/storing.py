"""
Statements to store, and a way to store them one command at a time.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from corpus.models import Reading, Span
from corpus.store import Item, Source, Store

SCHEMA_1 = Path(__file__).parent / "fixtures/schema-1.sqlite3"
FOLDER = Source("files", "/statements")
TODAY = dt.date(2024, 5, 1)


def reading(words: str, *, furniture: str = "", date: str | None = "2014-09-10", file: str = "a.txt") -> Reading:
    """A reading whose body is `words`, with something under it that is not the statement."""
    return Reading(file=file, title="A title", date=date, text=f"{words}\n\n{furniture}", body=(Span(0, len(words)),))


def put(store: Store, locator: str, *readings: Reading) -> list[Item]:
    """Store readings at one place, each in a command of its own."""
    items = []
    for one in readings:
        with store.writing() as txn:
            items.append(txn.put(FOLDER, locator, one))
            if items[-1].code in ("new", "text_changed"):
                txn.publish("{}", when=TODAY, by="tester")
    return items
