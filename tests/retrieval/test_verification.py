"""
Claimed quotations: what is exact, partial, altered or not there, rule by rule, in both languages.
"""

from __future__ import annotations

import pytest
from factories import statement
from verifying import check, codes, verifier

from corpus.errors import UsageError
from corpus.models import Furniture, Span
from retrieval.models import Difference, VerifyRequest


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
