"""
Claimed quotations: what is exact, partial, altered, misattributed or not there, rule by rule, in both languages.
"""

from __future__ import annotations

import pytest
from factories import quote, statement

from corpus.errors import UsageError
from corpus.models import Furniture, Span, Statement
from retrieval.catalog import Catalog
from retrieval.models import Difference, Verdict, VerifyRequest
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
    return Verifier(Catalog(statements), ShingleIndex.build(statements))


RECORD = verifier(_harbor(), _muelle(), _forum())


def check(text: str, speaker: str | None = None) -> Verdict:
    return RECORD.verify(VerifyRequest(text=text, speaker=speaker))


def codes(verdict: Verdict) -> list[str]:
    return [note.code for note in verdict.notes]


def test_a_number_without_its_separator_needs_no_note() -> None:
    """
    A number that is typed without its thousands separator is the same number, and no capital letters differ.
    """
    verdict = check("Harbor Lights has long-term partners in the U.S. and 400000 members who pay no dues")

    assert verdict.verdict == "exact"
    assert not {"verify_capitals", "verify_accents"} & set(codes(verdict))


EXACT = [
    "We will not leave this pier",  # the printed sentence goes on behind the marks
    "We will not leave this pier.",  # a comma at its end counts as a full stop
    "we will not leave this pier",  # case of the first letter
    '"We will not leave this pier,"',  # other marks
    "``We will not leave this pier''",
    "We will\n   not leave\u00a0this pier",  # white space
    "No family was turned away, and nobody was asked for papers.",
    "Two thirds of them don’t own a boat; the others can’t afford the toll of $5.50.",  # another apostrophe
    "Two thirds of them dont own a boat; the others cant afford the toll of $5.50.",  # none
    "We will not leave this pier. Our children learned to swim here, and they will teach theirs.",
    "“We will not leave this pier,” said Quill. “Our children learned to swim here, and they will teach theirs.”",
    "The toll doubled in one night and the city never told us why.",
    "No nos iremos de este muelle",
    "«No nos iremos de este muelle», dijo Maribel Quill",
    "no nos iremos de este muelle. Aquí aprendieron a nadar nuestros hijos.",
    "The Harbor Lights Network welcomed 214 families at the pier on Monday.",  # behind the dateline
    "a single honest ledger",  # a whole quoted part, though nobody speaks it
    "We counted every boat on the river.",  # behind a label
    "> No family was turned away,\n> and nobody was asked for papers.",  # lines marked as quoted
]


@pytest.mark.parametrize("text", EXACT)
def test_word_for_word(text: str) -> None:
    """
    Marks, dashes, white space, the first letter and the last full stop change nothing.
    """
    verdict = check(text)

    assert (verdict.verdict, verdict.differences, verdict.similarity) == ("exact", (), 1.0)


# Hostile and odd ways to write the same words; each is our own judgement.
ODD = [
    ("Ｗｅ ｗｉｌｌ not leave this pier", "exact"),  # fullwidth letters
    ("We will not lea\u00adve this pier", "exact"),  # soft hyphen
    ("We\u200b will not leave this\u200d pier", "exact"),  # zero-width characters
    ("We will \u202enot\u202c leave this pier", "exact"),  # direction marks
    ("We will n\u043et leave this pier", "altered"),  # a Cyrillic letter makes another word
    ("El pu\u0301blico hablo\u0301 de la tarifa durante tres horas", "exact"),  # accents as characters of their own
    ("El publico hablo de la tarifa durante tres horas", "exact"),  # typed without any accents
    ("El público hablo de la tarifa durante tres horas", "altered"),  # one accent is missing: another word
    ("El públicó habló de la tarifa durante tres horas", "altered"),  # one is too many
    ("WE WILL NOT LEAVE THIS PIER", "exact"),  # shouted
    ("the harbor lights network welcomed 214 families at the pier on monday", "exact"),  # typed without capitals
    (
        "Harbor Lights has long term partners in the US and 400000 members who pay no dues",
        "exact",
    ),  # U.S., hyphen, comma
    ("Harbor Lights has long—term partners in the U.S. and 400,000 members who pay no dues", "exact"),
    ("Harbor Lights has longterm partners in the U.S. and 400.000 members who pay no dues", "exact"),
    ("Harbor Lights has long-term partners in the US and 400,00 members who pay no dues", "altered"),
    ("Harbor Lights has long-term partners in us and 400,000 members who pay no dues", "altered"),
    ("La red atendió a 1500 familias sin preguntar por papeles", "exact"),
    ("La red atendió a 1,500 familias sin preguntar por papeles", "exact"),
    ("La red atendió a 15.00 familias sin preguntar por papeles", "altered"),
    ("the others can't afford the toll of 5.50", "altered"),  # a currency is a word
    ("Two thirds of them do not own a boat", "altered"),  # “don't” is one word
    ("**We will not** leave _this_ pier", "exact"),  # Markdown's marks
    ("We will not leave this pier. We will not leave this pier.", "altered"),  # said once
    ("Nobody owns the tide. Our children learned to swim here, and they will teach theirs.", "altered"),  # turned round
    ("We will not leave this pier [sic]", "exact"),
    ("We will not leave this [old] pier", "altered"),
    ("We will not leave este muelle hoy", "not_found"),  # half of it translated
    ("We will not go away from this wharf", "not_found"),  # a paraphrase
    ("No nos iremos de este pier", "altered"),
]


@pytest.mark.parametrize(("text", "expected"), ODD)
def test_odd_claims(text: str, expected: str) -> None:
    """
    How words are written makes no difference; which words they are does.
    """
    assert check(text).verdict == expected


PARTIAL = [
    ("We will … this pier", "verify_left_out_negation", "not leave"),  # an ellipsis that swallowed "not"
    ("The Harbor Lights Network welcomed [...] families at the pier", "verify_left_out_number", "214"),
    ("No family was turned away", "verify_left_out_negation", "and nobody was asked for papers"),  # cut at its end
    ("families at the pier on Monday", "verify_left_out_number", "The Harbor Lights Network welcomed 214"),
    ("Pier stays open, families say. No family was turned away, and nobody was asked for papers.", "", ""),
    ("It is not true that the boats are empty. Harbor Lights has long-term partners", "", ""),
    (
        "No nos iremos de este muelle. Nunca pedimos permiso.",
        "verify_left_out_words",
        "Aquí aprendieron a nadar nuestros hijos",
    ),
    ("La red atendió a … familias sin preguntar por papeles", "verify_left_out_number", "1.500"),
    ("La red atendió a 1.500 familias", "verify_left_out_negation", "sin preguntar por papeles"),
    (
        "a family still has to eat every day of the year",
        "verify_left_out_negation",
        "Without a license, a boat stays on land, but",
    ),
    ("…true that the boats are empty", "verify_left_out_negation", "It is not"),  # the claim shows that it was cut
]


@pytest.mark.parametrize(("text", "code", "words"), PARTIAL)
def test_words_left_out(text: str, code: str, words: str) -> None:
    """
    Every word in order, with a marked gap, whole sentences between or a cut end: partial, and what is missing is told.
    """
    verdict = check(text)
    assert verdict.verdict == "partial"
    if code:
        told = next(note for note in verdict.notes if note.code.startswith("verify_left_out"))
        assert (told.code, told.values["words"]) == (code, words)


ALTERED = [
    ("We will leave this pier", "", "not"),  # a lost negation
    ("We will never leave this pier", "never", "not"),
    ("We will not not leave this pier", "not", ""),
    ("The Harbor Lights Network welcomed 241 families at the pier", "241", "214"),
    ("The Harbor Lights Network welcomed three hundred families at the pier on Monday", "three hundred", "214"),
    ("Our kids learned to swim here", "kids", "children"),
    ("Our children learned to swim right here", "right", ""),
    ("Our children learned here, and they will teach theirs", "", "to swim"),  # left out silently inside a sentence
    ("true that the boats are empty", "", "not"),  # the leading negation is lost
    ("family was turned away, and nobody was asked for papers", "", "No"),
    ("nos iremos de este muelle", "", "No"),
    ("Siempre pedimos permiso", "Siempre", "Nunca"),
    ("La red atendió a 1.900 familias sin preguntar por papeles", "1.900", "1.500"),
    (
        "Our children learned to swim here. Nobody owns the tide.",
        "",
        "and they will teach theirs",
    ),  # not between sentences
]


@pytest.mark.parametrize(("text", "claimed", "found"), ALTERED)
def test_changed_words(text: str, claimed: str, found: str) -> None:
    """
    A word changed, put in or silently left out makes it altered; a negation or a number is named first.
    """
    verdict = check(text)

    assert verdict.verdict == "altered"
    assert (verdict.differences[0].claimed, verdict.differences[0].found) == (claimed, found)


def test_a_negation_is_named_before_other_changes() -> None:
    """
    Of two changed words the negation comes first, also when it stands later.
    """
    verdict = check("Our kids learned to swim here, and they will not teach theirs")

    assert verdict.differences == (
        Difference(op="delete", claimed="not", found="", at=9),
        Difference(op="replace", claimed="kids", found="children", at=1),
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Nobody owns the tide. The toll doubled in one night.", "verify_joined_speakers"),  # two people of one release
        ("We counted every boat on the river. The city counted none of them.", "verify_joined_speakers"),
        ("We counted every boat on the river. We will not leave this pier.", "verify_joined_statements"),
        ("No nos iremos de este muelle. We will not leave this pier.", "verify_joined_statements"),  # two languages
        (
            "No family was turned away, and nobody was asked for papers. We counted every boat on the river.",
            "verify_joined_statements",
        ),
    ],
)
def test_words_joined_from_two_places(text: str, code: str) -> None:
    """
    Sentences of two statements or of two speakers, joined, are nobody's quotation.
    """
    verdict = check(text)

    assert verdict.verdict == "altered"
    assert code in codes(verdict)


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


def test_private_numbers_are_never_shown() -> None:
    """
    What is found ends before a private number, and no difference or note holds it.
    """
    text = "Call Ana Paz at 555-0142 before noon. We open the doors of the old pier every single day at eight."
    number = Span(text.index("555"), text.index(" before"))
    record = verifier(statement(text, private=(number,)))

    for claim in (
        "Call Ana Paz at 555-0142 before noon. We open the doors of the old pier",
        "Call Ana Paz … We open the doors",
        "Ana Paz at 555-0142 before noon",
    ):
        verdict = record.verify(VerifyRequest(text=claim))
        assert "0142" not in (verdict.found.text if verdict.found else "")
        assert not any("0142" in difference.found for difference in verdict.differences)
        assert not any("0142" in str(note.values) for note in verdict.notes)


def test_furniture_is_not_searched() -> None:
    """
    A reader's comment is no part of the record.
    """
    text = "We open the pier every day.\n\nI think this pier should be sold at once."
    comment = Furniture(start=text.index("I think"), end=len(text), kind="comments")
    record = verifier(statement(text, body=(Span(0, 27),), furniture=(comment,)))

    assert record.verify(VerifyRequest(text="this pier should be sold at once")).verdict == "not_found"


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


@pytest.mark.parametrize(
    ("text", "part"),
    [("We march", "only 2 words"), ("“…”", "no words"), ("March", "only 1 word"), ("a " * 1001, "2,002 characters")],
)
def test_too_short_and_too_long(text: str, part: str) -> None:
    """
    Under three words or over 2,000 characters the message says how much it was and what to do.
    """
    with pytest.raises(UsageError, match=part):
        check(text)


def test_an_empty_record_holds_nothing() -> None:
    """
    Without a statement nothing is found, and that is no error.
    """
    verdict = verifier().verify(VerifyRequest(text="We will not leave this pier"))

    assert (verdict.verdict, verdict.found, verdict.similarity) == ("not_found", None, 0.0)


def test_nearest_words_of_what_is_not_found() -> None:
    """
    A claim with too few of its words in one place is not found; the nearest words may be shown, without differences.
    """
    verdict = check("We will surely open a pier")

    assert (verdict.verdict, verdict.differences) == ("not_found", ())
