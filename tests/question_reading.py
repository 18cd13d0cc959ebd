"""
Questions as they are read over three statements of three organisations, on a day in June 2022.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from factories import quote, statement

from corpus.models import Statement
from retrieval.models import AskRequest
from retrieval.names import Names
from retrieval.query import Question, parse_question

TODAY = dt.date(2022, 6, 1)
SPEECH = "“Rent is a storm,” said Ana Ruelle of the Copper Gate Alliance. “Rent is a wall,” said Ramona Quintero."
RECORD: tuple[Statement, ...] = (
    statement(
        SPEECH,
        organizations=("Copper Gate Alliance",),
        short={"CGA": "Copper Gate Alliance"},
        quotes=(
            quote("Rent is a storm,", SPEECH, speaker="Ana Ruelle"),
            quote("Rent is a wall,", SPEECH, speaker="Ramona Quintero"),
        ),
    ),
    statement("We sew.", id="2015-001", organizations=("Seamstress Circle of Halden",)),
    statement("We light.", id="2015-002", organizations=("Brass Lanterns",)),
)


def read(question: str, **options: Any) -> Question:
    return parse_question(AskRequest(question=question, **options), Names(RECORD), TODAY)


def topic(question: str, **options: Any) -> list[str]:
    return [token.surface for token in read(question, **options).content]
