"""
Pasted quotations: what stands between the marks is claimed, and name and date around it say whose it is, and when.
"""

from __future__ import annotations

import pytest
from factories import quote, statement
from verifying import check, codes, verifier

from retrieval.models import VerifyRequest

PASTED = [
    ("“We will not leave this pier.” – Maribel Quill, 2014", "Maribel Quill", "2014", "exact"),
    ("“We will not leave this pier” — Otto Ríos", "Otto Ríos", None, "misattributed"),
    ("Otto Ríos, fisherman: “The toll doubled in one night”", "Otto Ríos", None, "exact"),
    ("Maribel Quill said: We will not leave this pier.", "Maribel Quill", None, "exact"),
    ("«Nunca pedimos permiso», dijo Maribel Quill en junio de 2015", "Maribel Quill", "2015-06", "exact"),
    ("> We will not leave this pier.\n> — Quill, March 2014", "Quill", "2014-03", "exact"),
    ("We will not leave this pier – Maribel Quill", "Maribel Quill", None, "exact"),
    ("We will not leave this pier\n\nMaribel Quill, director", "Maribel Quill", None, "exact"),
    ("We will not leave this pier (Harbor Lights Network, 2014)", "Harbor Lights Network", "2014", "exact"),
    ("According to HLN, “No family was turned away, and nobody was asked for papers.”", "HLN", None, "exact"),
    (
        "Did Otto Ríos say “We will not leave this pier” at the meeting of the council?",
        "Otto Ríos",
        None,
        "misattributed",
    ),
    ("“We will not leave this pier” - maribel quill 2014", "maribel quill", "2014", "exact"),
    ("So they said “We will not leave this pier,” and then “Nobody owns the tide.”", None, None, "partial"),
    ("Nobody owns the tide. “We will not leave this pier,”", None, None, "altered"),  # turned round
    ("Maribel Quill: we will leave this pier", "Maribel Quill", None, "altered"),
    ("The network said the city had not shown “a single honest ledger” since 2011.", None, None, "exact"),
    ("The network said the city had shown “a single honest ledger” since 2011.", None, None, "altered"),
]


@pytest.mark.parametrize(("text", "speaker", "date", "expected"), PASTED)
def test_a_paste_is_taken_apart(text: str, speaker: str | None, date: str | None, expected: str) -> None:
    """
    What stands between the marks is the claim; name and date around it are whose and when.
    """
    verdict = check(text)

    assert (verdict.claimed_speaker, verdict.claimed_date, verdict.verdict) == (speaker, date, expected)


def test_options_win() -> None:
    """
    A speaker given as an option counts, not the one in the paste.
    """
    verdict = check("“We will not leave this pier.” – Otto Ríos, 2014", "Maribel Quill")

    assert (verdict.claimed_speaker, verdict.verdict) == ("Maribel Quill", "exact")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We will not leave this pier” – Quill, 2019", {"verify_date"}),
        ("“We will not leave this pier” – Quill, March 2014", set()),
        ("“Nunca pedimos permiso” – Quill, 9 de junio de 2015", set()),  # the statement knows only the month
        ("“We counted every boat on the river” – Ana Briseño, 2014", {"verify_undated"}),
    ],
)
def test_a_claimed_date_is_checked(text: str, expected: set[str]) -> None:
    """
    Another date than the statement's, or a statement without one, is told, and the verdict stays.
    """
    verdict = check(text)

    assert verdict.verdict == "exact"
    assert {code for code in codes(verdict) if code in ("verify_date", "verify_undated")} == expected


def test_the_statement_that_fits_is_shown() -> None:
    """
    Of the same words in several statements the one with the claimed speaker and date is shown, the others are named.
    """
    text = "“We came to stay at the pier.”"
    one = [
        statement(f"{text} said {name} again", id=id, date=date, quotes=(quote(text[1:-1], text, speaker=name),))
        for id, name, date in (("a", "Ana Paz", "2010"), ("b", "Luis Sol", "2011"), ("c", "Ana Paz", "2012"))
    ]
    record = verifier(*one)

    shown = {
        (who, when): record.verify(VerifyRequest(text=f"{text} – {who}, {when}"))
        for who, when in (("Ana Paz", "2012"), ("Luis Sol", "2010"), ("Ana Paz", "1999"))
    }

    assert [v.found and v.found.statement.id for v in shown.values()] == ["c", "b", "a"]
    assert all("verify_elsewhere" in codes(verdict) for verdict in shown.values())
