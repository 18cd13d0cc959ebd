"""What is shown beside the words: whose they are, who speaks, where they stand. Nothing private, nothing guessed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from factories import asker, quote, statement

from corpus.models import Furniture, Quote, Span, Statement
from retrieval.models import Answer, AskRequest, Excerpt

TODAY = dt.date(2022, 6, 1)


def ask(question: str, *statements: Statement, **options: Any) -> Answer:
    return asker(statements).ask(AskRequest(question=question, **options), TODAY)


def first(question: str, one: Statement) -> Excerpt:
    return ask(question, one).excerpts[0]


def place(words: str, text: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


CLINIC = (
    "The night clinic opens on Elm Street with free vaccines for all.\n\n"
    "Call Dana Pell at (312) 555-0117 about vaccines. Volunteers translate for every vaccine patient at the desk."
)


@pytest.mark.parametrize(
    "question",
    [
        "vaccines",
        "Call Dana Pell about vaccines",
        "(312) 555-0117",
        '"Dana Pell at (312)"',
        "anything from 2014",
        "Elm Street",
    ],
)
def test_private_number_is_never_shown(question: str) -> None:
    """A private number is in no excerpt, whatever is asked: it ends before or starts after that sentence."""
    answer = ask(question, statement(CLINIC, private=(place("(312) 555-0117", CLINIC),)), limit=10)

    assert not any("555" in excerpt.text for excerpt in answer.excerpts)


def test_sentences_beside_a_private_number_are_shown() -> None:
    """What stands before and after the sentence with a private number can be shown."""
    answer = ask("vaccine", statement(CLINIC, private=(place("(312) 555-0117", CLINIC),)))

    assert {excerpt.text.split()[0] for excerpt in answer.excerpts} == {"The", "Volunteers"}


def test_published_number_is_shown() -> None:
    """A hotline that an organisation publishes is no private number."""
    text = "Call the wage hotline at 1-800-555-0199 on any day."

    assert "1-800-555-0199" in first("wage hotline", statement(text)).text


POST = (
    "My neighbors sent me this, and the ferry strike bores me.\n\n"
    "Dockhands ask for sick leave. The ferry strike begins on Friday."
)


def wrapped() -> Statement:
    own = POST.index("Dockhands")
    return statement(
        POST,
        organizations=("Dockhands Circle",),
        body=(Span(own, len(POST)),),
        wrapper=(Span(0, own - 2),),
    )


def test_wrapper_has_no_issuer() -> None:
    """Somebody else's text around a release may answer, but not as the issuer's words."""
    excerpts = {excerpt.kind: excerpt for excerpt in ask("ferry strike", wrapped()).excerpts}

    assert excerpts["wrapper"].issuer == ()
    assert excerpts["body"].issuer == ("Dockhands Circle",)
    assert excerpts["wrapper"].statement.organizations == ("Dockhands Circle",)


def test_wrapper_first_is_said() -> None:
    """Where a wrapper is shown first, the answer says that these are not the organisation's words."""
    answer = ask("neighbors bored by the ferry strike", wrapped())

    assert answer.excerpts[0].kind == "wrapper"
    assert "wrapper_shown" in {note.code for note in answer.notes}


def test_furniture_is_never_shown() -> None:
    """Comments, footers and navigation are not what the organisation said."""
    text = "The pier is closed.\n\n3 comments: the pier smells of fish."
    rest = place("3 comments: the pier smells of fish.", text)
    one = statement(text, body=(Span(0, 19),), furniture=(Furniture(start=rest.start, end=rest.end, kind="comments"),))

    assert [excerpt.text for excerpt in ask("pier closed", one, limit=10).excerpts] == ["The pier is closed."]
    assert ask("comments smells of fish", one).status == "none"


def test_lost_name_is_null() -> None:
    """An issuer whose name was lost is null, beside the ones that were not."""
    excerpt = first("office", statement(organizations=("River Wards Circle", None)))

    assert excerpt.issuer == ("River Wards Circle", None)
    assert excerpt.statement.organizations == ("River Wards Circle", None)


def test_unknown_issuer_is_nobody() -> None:
    """A statement without a known issuer shows none."""
    assert first("office", statement(organizations=())).issuer == ()


@pytest.mark.parametrize(
    ("date", "precision"), [("2014-09-10", "day"), ("2014-09", "month"), ("2014", "year"), (None, "none")]
)
def test_date_is_cut_to_its_precision(date: str | None, precision: str) -> None:
    """A date is shown as far as it is known, and an unknown one is null."""
    cited = first("office", statement(date=date)).statement

    assert (cited.date, cited.date_precision) == (date, precision)
    assert (cited.date_evidence == "none") == (date is None)


def test_statement_is_cited() -> None:
    """An excerpt names its statement: record number, revision, file, address, title, short names and language."""
    one = statement(id="2014-007", revision=3, url="https://example.org/a", short={"HLN": "Harbor Lights Network"})
    cited = first("office", one).statement

    assert (cited.id, cited.revision, cited.file, cited.url) == ("2014-007", 3, "2014-007.txt", "https://example.org/a")
    assert (cited.title, cited.short, cited.language) == (one.title, one.short, "en")


@pytest.mark.parametrize(
    ("since", "day"),
    [(None, None), ("2024-05-01", "2024-05-01"), ("2024-05-01T09:30:00+00:00", "2024-05-01")],
)
def test_absence_from_the_source_is_cited(since: str | None, day: str | None) -> None:
    """An excerpt says since which day its statement is no longer at its source."""
    assert first("office", statement(missing_since=since)).statement.missing_since == day


@pytest.mark.parametrize(("words", "number"), [("Alpha bells", 1), ("Bravo bells", 2), ("Delta bells", 4)])
def test_paragraph_is_counted_from_one(words: str, number: int) -> None:
    """Paragraphs are counted from 1 in the whole file, furniture included."""
    text = "Alpha bells ring.\n\nBravo bells ring.\n\nShare this page\n\nDelta bells ring."
    share = place("Share this page", text)
    body = (Span(0, share.start - 2), Span(share.end + 2, len(text)))
    furniture = (Furniture(start=share.start, end=share.end, kind="share"),)

    assert first(words, statement(text, body=body, furniture=furniture)).paragraph == number


# Who speaks

TALK = (
    "“Tuition must fall by half,” said Ana Ruelle, a student. “Tuition is a wall in our way,” said Bruno Castle.\n\n"
    "The board votes on tuition in May."
)
ANA = quote("Tuition must fall by half,", TALK, speaker="Ana Ruelle", title="student", organization=None)
BRUNO = quote("Tuition is a wall in our way,", TALK, speaker="Bruno Castle", utterance=2)
NOBODY = quote("Tuition is a wall in our way,", TALK, utterance=2, reason="unknown_person")
PROGRAM = quote("Tuition is a wall in our way,", TALK, utterance=2, reason="program_name")


def speaker(question: str, quotes: tuple[Quote, ...]) -> str | None:
    """Who speaks in the excerpt that holds both quotes, or the one asked for."""
    found = first(question, statement(TALK, quotes=quotes)).speaker
    return found.name if found else None


BOTH = "fall by half wall in our way"


@pytest.mark.parametrize(
    ("question", "quotes", "expected"),
    [
        (BOTH, (ANA, BRUNO), "Bruno Castle"),  # words of two people are not shown as one excerpt
        (BOTH, (ANA, NOBODY), None),  # one of them cannot be named
        (BOTH, (ANA, PROGRAM), "Ana Ruelle"),  # a name between marks is nobody's speech
        ("when does the board vote", (ANA, BRUNO), None),  # no utterance at all
        ("fall by half", (), None),
    ],
)
def test_speaker_is_sure_or_nobody(question: str, quotes: tuple[Quote, ...], expected: str | None) -> None:
    """The speaker is whoever speaks the quoted words of the excerpt; nobody where two do or one cannot be named."""
    assert speaker(question, quotes) == expected


def test_speaker_has_what_is_printed() -> None:
    """Title and organisation are those that the statement prints, null where it prints none."""
    found = first("What did Ana Ruelle say?", statement(TALK, quotes=(ANA, BRUNO))).speaker

    assert found is not None
    assert (found.name, found.title, found.organization, found.printed) == ("Ana Ruelle", "student", None, "Ana Ruelle")


def test_excerpt_holds_the_attribution() -> None:
    """A quoted sentence is shown with the words that say who said it."""
    assert "said Ana Ruelle" in first("fall by half", statement(TALK, quotes=(ANA, BRUNO))).text


def test_one_persons_words_are_enough() -> None:
    """Words of one person that answer are shown without the next person's, so that the speaker can be named."""
    assert speaker("fall by half", (ANA, BRUNO)) == "Ana Ruelle"


@pytest.mark.parametrize(
    "text", ["El puerto está cerrado…", "Ünïcödé  harbor —  𝔟ells 🙂 ring.", "a\tharbor\nof\nlines here"]
)
def test_text_is_a_slice(text: str) -> None:
    """Spaces, accents and signs are shown as they stand: the excerpt is the statement's own slice."""
    for excerpt in ask("puerto harbor", statement(text)).excerpts:
        assert excerpt.text == text[excerpt.start : excerpt.end]
