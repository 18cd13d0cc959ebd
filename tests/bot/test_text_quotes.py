"""
What people read of quotes in the terminal.

`REWRITE_GOLDEN=1 script/test tests/bot/test_text_quotes.py` writes the golden files anew; read the difference as prose.
"""

from __future__ import annotations

import datetime as dt
import io
import os
from pathlib import Path
from typing import Any

import pytest
from fakes_chat import cited
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bot.cli.text.quotes import print_quotes
from corpus.models import Speaker
from retrieval.models import Coverage, Filters, FoundQuote, Note, QuoteReply, Slice

GOLDEN = Path(__file__).parents[1] / "golden" / "terminal"
WORDS = "Night raids must end, and nobody should have to sleep in the clothes of the day before,"
SPEAKER = Speaker(
    name="Marta Quiroga", title="Executive Director", organization="Puente Claro Network", printed="Quiroga"
)


def found(text: str = WORDS, **fields: Any) -> FoundQuote:
    """A quote of Marta Quiroga in a release of her own organisation."""
    made: dict[str, Any] = {
        "start": 40,
        "end": 40 + len(text),
        "paragraph": 3,
        "utterance": 1,
        "part": 1,
        "speaker": SPEAKER,
        "issuer": ("Puente Claro Network",),
        "statement": cited(),
        "score": 2.5,
    }
    return FoundQuote(text=text, **(made | fields))


def printed(reply: QuoteReply, width: int = 80) -> str:
    """What a terminal of this width gets."""
    paper = io.StringIO()
    print_quotes(Console(file=paper, width=width, highlight=False, force_terminal=False, color_system=None), reply)
    return paper.getvalue()


def _replies() -> dict[str, QuoteReply]:
    whole = f"“{WORDS}” said Quiroga at the gate."
    context = Slice(text=whole, start=39, end=39 + len(whole))
    elsewhere = cited(
        missing_since="2024-05-01",
        id="2016-011",
        title="A letter from the valley",
        organizations=("Valley Table", None),
        url="https://valley.example/letters/11",
        date="2016-03",
        date_precision="month",
    )
    letter = cited(
        id="undated-002",
        file="carta.md",
        title="Carta abierta",
        organizations=("Alianza del Valle",),
        language="es",
        date=None,
        date_precision="none",
        date_evidence="none",
    )
    nobody = found("Ya **no** dormimos.", speaker=None, statement=letter, issuer=letter.organizations, paragraph=1)
    return {
        "quotes_en": QuoteReply(
            quotes=(found(context=context), found("Nobody sleeps.", statement=elsewhere, kind="wrapper", issuer=())),
            locale="en",
            filters=Filters(since=dt.date(2010, 1, 1), speaker="Marta Quiroga"),
            total=11,
            corrected={"Quirga": "Quiroga"},
            bridged={"redadas": ("raids",)},
            notes=(Note(code="undated_left_out", values={"count": 2}),),
        ),
        "quotes_es": QuoteReply(
            quotes=(nobody, found(citation=f"{WORDS} — Marta Quiroga, 2014-003", context=context)),
            locale="es",
            filters=Filters(organization="Alianza del Valle", order="oldest"),
            total=2,
        ),
        "quote_of_the_day_en": QuoteReply(
            quotes=(found(context=context),), locale="en", filters=Filters(), of_the_day=True, total=1
        ),
        "quote_of_the_day_es": QuoteReply(
            quotes=(found(context=context),), locale="es", filters=Filters(), of_the_day=True, total=1
        ),
        "no_quotes_en": QuoteReply(
            locale="en",
            filters=Filters(since=dt.date(2031, 1, 1)),
            coverage=Coverage(found=("TPS",), missing=("visa lottery",)),
            notes=(Note(code="out_of_coverage", values={"first": "2009", "last": "2025-03-14"}),),
        ),
        "quote_choices_es": QuoteReply(
            locale="es",
            filters=Filters(speaker="Quiroga"),
            choices=("Ana Quiroga", "Marta Quiroga"),
            notes=(Note(code="name_ambiguous", values={"name": "Quiroga", "choices": "Ana Quiroga, Marta Quiroga"}),),
        ),
    }


@pytest.mark.parametrize("name", sorted(_replies()))
def test_quotes_read_as_written(name: str) -> None:
    """
    The words of a reply in the terminal and their order are those of its golden file.
    """
    shown = printed(_replies()[name])
    file = GOLDEN / f"{name}.txt"
    if os.environ.get("REWRITE_GOLDEN"):
        file.write_text(shown, "utf-8")

    assert shown == file.read_text("utf-8")


@pytest.mark.parametrize("width", [1, 20, 40, 200])
def test_narrow_terminals_lose_no_word(width: int) -> None:
    """
    However narrow the terminal is, every word of the quote is there, behind the mark of published words.
    """
    reply = _replies()["quote_of_the_day_en"].model_copy(update={"quotes": (found(),)})
    lines = printed(reply, width).splitlines()

    assert " ".join(line.removeprefix("> ") for line in lines if line.startswith("> ")) == WORDS


@given(st.text(st.sampled_from("\x1b\x9b\x07\r\u202e\u2066\u200f[]()mé “>") | st.characters(), max_size=120))
def test_nothing_published_steers_the_terminal(text: str) -> None:
    """
    Wherever such characters stand, none reaches the terminal.
    """
    speaker = Speaker(name=text or "A", title=text, organization=text, printed="she")
    statement = cited(title=text, organizations=(text,), id=text, url=text)
    context = Slice(text=f"{text}.", start=0, end=len(text) + 1)
    one = found(text or "A", speaker=speaker, statement=statement, context=context, citation=text)
    reply = QuoteReply(
        quotes=(one,),
        locale="en",
        filters=Filters(organization=text, speaker=text),
        corrected={text: text},
        bridged={text: (text,)},
        notes=(Note(code="speaker_unknown", values={"name": text}),),
    )

    assert not {"\x1b", "\x9b", "\x07", "\r", "\u202e", "\u2066", "\u200f"} & set(printed(reply))
