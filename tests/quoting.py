"""
Four statements in which people speak, and what a request for quotes finds in them.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from factories import quoter, release

from corpus.models import Statement
from retrieval.models import QuoteReply, QuoteRequest

TODAY = dt.date(2026, 3, 15)
FERRY = release(
    "The ferry fare rises in May, says the port of Oakmere.",
    ("A ferry is a bridge that we pay for twice,", "Nadia Ferrol"),
    ("Our grandmothers cannot swim to the clinic, / The pier belongs to all of us.", "Ivo Salgado"),
    id="2013-001",
    date="2013-05-02",
    title="Oakmere pays more for its ferry",
    organizations=("Cedar Lane Workers",),
)
ORCHARD = release(
    "The orchard keeps its well closed, and the families carry water from the river.",
    ("We will walk until the orchard opens its well,", "Nadia Ferrol"),
    ("Thirst does not wait for a committee,", "Ivo Salgado"),
    id="2015-001",
    date="2015-07-09",
    title="Water for the families",
    organizations=("Puente Claro Network",),
)
POZO = release(
    "El huerto mantiene cerrado su pozo y las familias cargan agua del río.",
    ("El agua del pozo es de la gente que lo cavó,", "Ramona Tejada"),
    id="2016-001",
    date="2016-08-01",
    language="es",
    title="Agua para las familias",
    organizations=("Red Puente Claro",),
)
UNDATED = release(
    "A letter about the ferry.",
    ("The ferry leaves before the second shift ends,", "Ramona Tejada"),
    id="undated-001",
    date=None,
    title="A letter",
    organizations=("Cedar Lane Workers",),
)
RECORD = (FERRY, ORCHARD, POZO, UNDATED)


def find(*statements: Statement, **asked: Any) -> QuoteReply:
    """The reply to a request, of all statements above where none are given."""
    return quoter(statements or RECORD).find(QuoteRequest(**asked), TODAY)


def texts(reply: QuoteReply) -> list[str]:
    """The quotes of a reply, in its order."""
    return [found.text for found in reply.quotes]


def codes(reply: QuoteReply) -> dict[str, dict[str, str | int]]:
    """The notes of a reply: code → values."""
    return {note.code: note.values for note in reply.notes}
