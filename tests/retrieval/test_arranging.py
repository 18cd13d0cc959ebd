""" "Who said that": words that somebody with a name speaks come first, if they answer as well."""

from __future__ import annotations

import datetime as dt

import pytest
from factories import asker, quote, statement

from retrieval.models import AskRequest

TODAY = dt.date(2022, 6, 1)

PLAIN = "The tannery fumes are in every kitchen. The tannery must close its vents at night."
SPOKEN = "The walk was long. “The tannery fumes woke my son,” said Berta Olmo, a nurse. The tannery fumes are old news."
NAMELESS = "“The tannery fumes are a lie,” said a man in a hat."
RECORD = asker(
    [
        statement(PLAIN, id="plain", date="2012-01-01", title="Vents"),
        statement(
            SPOKEN,
            id="spoken",
            date="2013-01-01",
            title="Walk",
            quotes=(quote("The tannery fumes woke my son,", SPOKEN, speaker="Berta Olmo", title="nurse"),),
        ),
        statement(
            NAMELESS,
            id="nameless",
            date="2014-01-01",
            title="Hat",
            quotes=(quote("The tannery fumes are a lie,", NAMELESS, reason="no_cue"),),
        ),
    ]
)


@pytest.mark.parametrize(
    "question",
    [
        "who spoke about the tannery fumes?",
        "who said something on the tannery fumes",
        "who mentioned tannery fumes",
        "¿quién habló de tannery fumes?",
        "¿quién dijo algo de tannery fumes?",
    ],
)
def test_who_said_it_has_a_speaker_first(question: str) -> None:
    """Asked who spoke of something, the first excerpt is somebody's words, with the name."""
    first = RECORD.ask(AskRequest(question=question), TODAY).excerpts[0]

    assert "The tannery fumes woke my son" in first.text
    assert first.speaker is not None
    assert first.speaker.name == "Berta Olmo"


def test_what_answers_worse_stays_behind() -> None:
    """Somebody's words that hold less of the question do not come before what answers it."""
    first = RECORD.ask(AskRequest(question="who said the tannery must close its vents at night"), TODAY).excerpts[0]

    assert first.statement.id == "plain"


def test_other_questions_keep_their_order() -> None:
    """Only a question for who spoke puts speakers first."""
    ids = [e.statement.id for e in RECORD.ask(AskRequest(question="tannery fumes, latest"), TODAY).excerpts]

    assert ids == ["nameless", "spoken", "plain"]
