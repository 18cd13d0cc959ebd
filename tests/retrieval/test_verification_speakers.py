"""
Whose words are claimed: a person's, an organisation's own, those of its officers; anybody else's are misattributed.
"""

from __future__ import annotations

import pytest
from factories import quote, statement
from verifying import check, codes, verifier

from corpus.models import Span
from retrieval.models import VerifyRequest

SPEAKERS = [
    ("We will not leave this pier", "Maribel Quill", "exact"),
    ("We will not leave this pier", "Quill", "exact"),  # surname alone
    ("We will not leave this pier", "M. Quill", "exact"),
    ("We will not leave this pier", "director Maribel Quill", "exact"),
    ("We will not leave this pier", "MARIBEL QUILL", "exact"),
    ("We will not leave this pier", "the director of the Harbor Lights Network", "exact"),
    ("We will not leave this pier", "the treasurer of the Harbor Lights Network", "misattributed"),
    ("We will not leave this pier", "Pedro Quill", "misattributed"),
    ("We will not leave this pier", "Otto Ríos", "misattributed"),
    ("We will not leave this pier", "Nobody Known", "misattributed"),
    ("We will not leave this pier", "Harbor Lights Network", "exact"),  # an officer, in the issuer's statement
    ("We will not leave this pier", "HLN", "exact"),
    ("We will not leave this pier", "River Council", "misattributed"),
    ("The toll doubled in one night", "Otto Rios", "exact"),  # without the accent
    ("The toll doubled in one night", "Harbor Lights Network", "misattributed"),  # a fisherman is no officer
    ("No family was turned away, and nobody was asked for papers", "Harbor Lights Network", "exact"),  # own text
    ("No family was turned away, and nobody was asked for papers", "the Harbor Lights Network", "exact"),
    ("No family was turned away, and nobody was asked for papers", "Maribel Quill", "misattributed"),
    ("No family was turned away, and nobody was asked for papers", "River Council", "misattributed"),
    ("No family was turned away", "Maribel Quill", "misattributed"),  # cut as well
    ("Our kids learned to swim here", "Otto Ríos", "altered"),  # changed words come first
    ("We counted every boat on the river", "Ana Briseño", "exact"),
    ("We counted every boat on the river", "Luis Tapia", "misattributed"),
]


@pytest.mark.parametrize(("text", "speaker", "expected"), SPEAKERS)
def test_whose_words_they_are(text: str, speaker: str, expected: str) -> None:
    """
    A person by any form of the name, an organisation for its own text and its officers; everybody else is another.
    """
    assert check(text, speaker).verdict == expected


@pytest.mark.parametrize(
    ("text", "speaker", "expected"),
    [
        ("We will not leave this pier", "Harbor Lights Network", ["verify_officer"]),
        ("We will not leave this pier", None, ["verify_said_by"]),
        ("No family was turned away, and nobody was asked for papers", "Maribel Quill", ["verify_own_text"]),
        ("We will not leave this pier", "Nobody Known", ["verify_said_by", "source_unknown"]),
        (
            "We will not leave this pier. Our children learned to swim here, and they will teach theirs.",
            "Quill",
            ["verify_parts_apart"],
        ),
        ("No family was turned away", "Maribel Quill", ["verify_own_text", "verify_left_out_negation"]),
        ("Our kids learned to swim here", "Otto Ríos", ["verify_also_misattributed", "verify_said_by"]),
    ],
)
def test_notes_tell_what_else_holds(text: str, speaker: str | None, expected: list[str]) -> None:
    """
    The notes name the speaker, the other verdicts that hold, and names that the record does not know.
    """
    found = codes(check(text, speaker))

    assert [code for code in found if code in expected] == expected


def test_a_wrapper_is_not_the_organisation() -> None:
    """
    A blogger's words around a release are not the issuer's.
    """
    text = "My neighbors sent me this fine letter.\n\nThe pier stays open all year."
    record = verifier(statement(text, wrapper=(Span(0, 38),), body=(Span(40, len(text)),)))

    verdict = record.verify(
        VerifyRequest(text="My neighbors sent me this fine letter", speaker="Harbor Lights Network")
    )

    assert (verdict.verdict, codes(verdict)) == ("misattributed", ["verify_wrapper"])
    assert verdict.found is not None
    assert verdict.found.issuer == ()


def test_a_speech_is_its_speakers() -> None:
    """
    The own text of a speech may be claimed for the person its first lines name.
    """
    text = "Remarks of Ana Paz at the old pier\n\nI learned to swim between two fishing boats."
    record = verifier(statement(text, kind="speech"))

    claims = {
        who: record.verify(VerifyRequest(text="I learned to swim between two fishing boats", speaker=who)).verdict
        for who in ("Ana Paz", "Luis Sol")
    }

    assert claims == {"Ana Paz": "exact", "Luis Sol": "misattributed"}


def test_words_that_nobody_is_named_for() -> None:
    """
    Quoted words without a named speaker are not shown to be anybody's.
    """
    text = "A letter said: “We will come back for the boats in spring.”"
    record = verifier(statement(text, quotes=(quote(text[16:-1], text, reason="no_cue"),)))

    verdict = record.verify(VerifyRequest(text=text[16:-1], speaker="Ana Paz"))

    assert (verdict.verdict, codes(verdict)) == ("misattributed", ["verify_unnamed", "source_unknown"])
