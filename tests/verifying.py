"""
A release, a Spanish release and a forum to verify claimed quotations against.
"""

from __future__ import annotations

from factories import quote, statement

from corpus.models import Statement
from retrieval.catalog import Catalog
from retrieval.models import Verdict, VerifyRequest
from retrieval.shingles import ShingleIndex
from retrieval.verification import Verifier

HARBOR = """Pier stays open, families say

TIDEWATER, Ore. – The Harbor Lights Network welcomed 214 families at the pier on Monday. No family was turned away, \
and nobody was asked for papers. Two thirds of them don't own a boat; the others can't afford the toll of $5.50.

“We will not leave this pier,” said Maribel Quill, director of the Harbor Lights Network. “Our children learned to \
swim here, and they will teach theirs. Nobody owns the tide.”

“The toll doubled in one night,” said Otto Ríos, a fisherman, “and the city never told us why.”

The network said the city had not shown “a single honest ledger” since 2011. It is not true that the boats are empty. \
Without a license, a boat stays on land, but a family still has to eat every day of the year.

About the network

Harbor Lights has long-term partners in the U.S. and 400,000 members who pay no dues."""
MUELLE = """El muelle sigue abierto

«No nos iremos de este muelle», dijo Maribel Quill, directora de la Red Luces del Puerto. «Aquí aprendieron a nadar \
nuestros hijos. Nunca pedimos permiso.»

La red atendió a 1.500 familias sin preguntar por papeles. El público habló de la tarifa durante tres horas."""
FORUM = """Forum on the toll

ANA BRISEÑO: We counted every boat on the river.

LUIS TAPIA: The city counted none of them."""


def _harbor() -> Statement:
    quill = {"speaker": "Maribel Quill", "title": "director", "organization": "Harbor Lights Network"}
    return statement(
        HARBOR,
        id="harbor",
        quotes=(
            quote("We will not leave this pier,", HARBOR, **quill),
            quote(
                "Our children learned to swim here, and they will teach theirs. Nobody owns the tide.",
                HARBOR,
                **quill,
                part=2,
            ),
            quote("The toll doubled in one night,", HARBOR, speaker="Otto Ríos", title="fisherman", utterance=2),
            quote(
                "and the city never told us why.", HARBOR, speaker="Otto Ríos", title="fisherman", utterance=2, part=2
            ),
            quote("a single honest ledger", HARBOR, utterance=3, reason="scare_quotes"),
        ),
        short={"HLN": "Harbor Lights Network"},
    )


def _muelle() -> Statement:
    quill = {"speaker": "Maribel Quill", "title": "directora", "organization": "Red Luces del Puerto"}
    return statement(
        MUELLE,
        id="muelle",
        language="es",
        date="2015-06",
        organizations=("Red Luces del Puerto",),
        quotes=(
            quote("No nos iremos de este muelle", MUELLE, **quill),
            quote("Aquí aprendieron a nadar nuestros hijos. Nunca pedimos permiso.", MUELLE, **quill, part=2),
        ),
    )


def _forum() -> Statement:
    return statement(
        FORUM,
        id="forum",
        date=None,
        kind="transcript",
        organizations=("River Council",),
        quotes=(
            quote("We counted every boat on the river.", FORUM, speaker="Ana Briseño"),
            quote("The city counted none of them.", FORUM, speaker="Luis Tapia", utterance=2),
        ),
    )


def verifier(*statements: Statement) -> Verifier:
    """What verifies claims against these statements."""
    return Verifier(Catalog(statements), ShingleIndex.build(statements))


RECORD = verifier(_harbor(), _muelle(), _forum())


def check(text: str, speaker: str | None = None) -> Verdict:
    """The verdict by the record above."""
    return RECORD.verify(VerifyRequest(text=text, speaker=speaker))


def codes(verdict: Verdict) -> list[str]:
    """The codes of a verdict's notes, in order."""
    return [note.code for note in verdict.notes]
