"""
A passage found again by its place: the same words with the same speaker, or none at all, and what stands around it.
"""

from __future__ import annotations

import datetime as dt
import json
import pickle
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from factories import quote, release, statement
from hypothesis import given
from hypothesis import strategies as st

from bot.corpora import read_statements
from bot.service import Service
from corpus.errors import PassageGoneError
from corpus.models import Furniture, Span, Statement
from corpus.sentences import sentences
from retrieval.catalog import Catalog
from retrieval.models import (
    AskRequest,
    Excerpt,
    FoundQuote,
    FoundWords,
    PassageInContext,
    PassageRequest,
    QuoteRequest,
    TimelineRequest,
    VerifyRequest,
)
from retrieval.surroundings import MAX_CHARS, show_in_context

SAMPLE = Path(__file__).parents[2] / "corpus" / "sample"
TODAY = dt.date(2026, 1, 1)
# Of the sample's sentences and questions every how manyth is tried.
EVERY = 5


@pytest.fixture(scope="module")
def statements() -> dict[str, Statement]:
    """The sample by id."""
    return {one.id: one for one in read_statements([SAMPLE / "statements"])}


@pytest.fixture(scope="module")
def service(statements: dict[str, Statement]) -> Service:
    return Service.of(statements.values())


def quoted(service: Service, statements: dict[str, Statement]) -> Iterator[FoundQuote]:
    """Every quote of everybody."""
    names = {said.speaker.name for one in statements.values() for said in one.quotes if said.speaker}
    for name in sorted(names):
        yield from service.quote(QuoteRequest(speaker=name, limit=50), today=TODAY).quotes


def answered(service: Service, statements: dict[str, Statement]) -> Iterator[Excerpt]:
    """The excerpts that questions find, and those of their words as topics."""
    for line in (SAMPLE / "questions.jsonl").read_text("utf-8").splitlines()[::EVERY]:
        words = json.loads(line).get("question", "")
        yield from service.ask(AskRequest(question=words, limit=8), today=TODAY).excerpts
        if words:
            timeline = service.timeline(TimelineRequest(topic=words), today=TODAY)
            yield from (*timeline.excerpts, *timeline.undated)


def verified(service: Service, statements: dict[str, Statement]) -> Iterator[FoundWords]:
    """What sentences of the statements find when they are claimed whole, without their ends, and two joined."""
    for one in statements.values():
        own = [found for part in one.body for found in sentences(one.text, part)]
        for this, following in list(pairwise(own))[::EVERY]:
            if any(this.start < part.start < following.end for part in one.furniture):
                continue
            words, others = (one.text[span.start : span.end].split() for span in (this, following))
            for claim in (words, words[1:-2], [*words[:4], "…", *others[-4:]]):
                if len(claim) > 4 and (found := service.verify(VerifyRequest(text=" ".join(claim))).found):
                    yield found


@pytest.mark.thorough
@pytest.mark.parametrize("shown", [quoted, answered, verified])
def test_what_was_shown_is_found_again(shown: Any, service: Service, statements: dict[str, Statement]) -> None:
    """
    Statement, revision and span are enough to show the same words with the same speaker, issuer and paragraph.
    """
    tried = 0
    for one in shown(service, statements):
        if one.end - one.start > MAX_CHARS and not isinstance(one, FoundQuote):
            continue
        cited = one.statement
        again = service.passage(
            PassageRequest(id=cited.id, revision=cited.revision, start=one.start, end=one.end)
        ).excerpt
        tried += 1

        assert again.text == statements[cited.id].text[one.start : one.end] == one.text
        # What a claim left out stands in the passage again, and may be what somebody says.
        assert again.speaker == one.speaker or getattr(one, "gaps", ())
        assert (again.issuer, again.kind) == (one.issuer, one.kind)
        assert (again.paragraph, again.statement, again.highlights) == (one.paragraph, cited, ())
    assert tried > 50


MENU = "Home | About\n\n"
LAMP = "The lamps stay lit on Harbor Street.\n\n"
CALL = "“We stay,” said Ana Ruelle. Call Ana Ruelle at 312-555-0188 tonight.\n\n"
SHARE = "Share this page\n\n"
END = "Families bring bread to the pier."
PAGE = MENU + LAMP + CALL + SHARE + END


def page(**fields: Any) -> Statement:
    """A page with a menu, a line to share it, and a private number in its second paragraph."""
    own, share, number = len(MENU), PAGE.index("Share"), PAGE.index("312")
    made: dict[str, Any] = {
        "body": (Span(own, share - 2), Span(PAGE.index("Families"), len(PAGE))),
        "furniture": (
            Furniture(start=0, end=own - 2, kind="navigation"),
            Furniture(start=share, end=share + len("Share this page"), kind="share"),
        ),
        "private": (Span(number, number + 12),),
        "quotes": (quote("We stay,", PAGE, speaker="Ana Ruelle"),),
    }
    return statement(PAGE, **(made | fields))


def passage(words: str, one: Statement, **fields: Any) -> PassageInContext:
    start = one.text.index(words)
    asked = {"id": one.id, "revision": one.revision, "start": start, "end": start + len(words)} | fields
    return show_in_context(PassageRequest(**asked), Catalog([one]))


def test_neighbours_belong_to_the_statement() -> None:
    """
    The paragraphs before and after are those of the statement: menus and the like are passed over, numbers go on.
    """
    shown = passage("“We stay,” said Ana Ruelle.", page())

    assert [one and (one.paragraph, one.kind, one.text) for one in (shown.before, shown.after)] == [
        (2, "body", LAMP.strip()),
        (5, "body", END),
    ]
    assert (shown.whole.paragraph, shown.whole.kind) == (3, "body")


def test_a_statement_ends_somewhere() -> None:
    """
    Before the first paragraph and after the last one there is nothing.
    """
    assert passage("The lamps", page()).before is None
    assert passage("bring bread", page()).after is None


@pytest.mark.parametrize("words", ["The lamps stay lit", "“We stay,”", "bread to the pier"])
def test_private_numbers_stay_private(words: str) -> None:
    """
    No paragraph around a passage shows a private number; words say that it was removed.
    """
    shown = passage(words, page())
    around = " ".join(one.text for one in (shown.before, shown.whole, shown.after) if one)

    assert "555" not in around
    assert "[phone number removed]" in around


def test_a_passage_of_two_paragraphs_has_both_around_it() -> None:
    """
    Words that run over the end of a paragraph are shown in both.
    """
    one = statement("We walk.\n\nWe wait\n\nand we stay.\n\nWe sing.")
    shown = passage("wait\n\nand", one)

    assert (shown.whole.paragraph, shown.whole.text) == (2, "We wait\n\nand we stay.")
    assert [one and one.paragraph for one in (shown.before, shown.after)] == [1, 4]


@pytest.mark.parametrize(
    ("words", "fields", "reason"),
    [
        ("We stay,", {"id": "2014-009"}, "statement"),
        ("We stay,", {"revision": 2}, "revised"),
        ("Share this", {}, "span"),  # furniture
        ("tonight.\n\nShare", {}, "span"),  # begins in the statement, ends outside
        ("312-555", {}, "span"),  # part of a private number
        ("Call Ana Ruelle at 312-555-0188 tonight.", {}, "span"),
        ("\n\nFamilies", {"end": PAGE.index("\n\nFamilies") + 2}, "span"),  # no words
        ("We stay,", {"start": -3}, "span"),
        ("We stay,", {"end": 0}, "span"),
        ("We stay,", {"end": len(PAGE) + 1}, "span"),
    ],
)
def test_what_cannot_be_proved_is_not_shown(words: str, fields: dict[str, Any], reason: str) -> None:
    """
    A statement that is gone or revised, and a span that no answer could have shown, are errors that say which.
    """
    with pytest.raises(PassageGoneError) as gone:
        passage(words, page(), **fields)

    assert gone.value.reason == reason
    assert gone.value.id in str(gone.value)


def test_text_of_no_known_kind_is_not_shown() -> None:
    """
    What is neither the statement's own nor furniture is not shown either.
    """
    with pytest.raises(PassageGoneError):
        passage("bring bread", page(body=(Span(len(MENU), len(MENU + LAMP)),)))


def test_only_a_quote_may_be_long() -> None:
    """
    Half a statement is no passage; a quote is shown as long as it was spoken.
    """
    words = "We stay here. " * 300
    one = release((words.strip(), "Ana Ruelle"))

    assert passage(words.strip(), one).excerpt.speaker
    with pytest.raises(PassageGoneError):
        passage(words.strip()[1:], one)


def test_words_around_a_release_are_nobodys_statement() -> None:
    """
    Words that begin in somebody else's text around a release are not the issuer's.
    """
    one = statement("A friend sent this. We stay.", body=(Span(20, 28),), wrapper=(Span(0, 19),))

    assert (passage("this. We stay.", one).excerpt.kind, passage("this. We stay.", one).excerpt.issuer) == (
        "wrapper",
        (),
    )


@pytest.mark.parametrize(("locale", "word"), [(None, "párr."), ("en", "par.")])
def test_a_citation_is_made_when_asked_for(locale: Any, word: str) -> None:
    """
    A passage that is found again is cited as it was, in the statement's language unless another is asked for.
    """
    cited = passage("We stay,", page(language="es"), cite="mla", locale=locale).excerpt.citation

    assert cited
    assert f"{word} 3" in cited


@given(start=st.integers(0, len(PAGE)), length=st.integers(1, len(PAGE)))
def test_no_span_shows_what_is_hidden(start: int, length: int) -> None:
    """
    Whatever span is asked for, it is an error or a slice without furniture and private numbers.
    """
    one, span = page(), Span(start, start + length)
    try:
        shown = show_in_context(PassageRequest(id=one.id, revision=1, start=start, end=start + length), Catalog([one]))
    except PassageGoneError:
        return

    assert shown.excerpt.text == PAGE[span.start : span.end]
    assert not any(span.overlaps(other) for other in (*one.private, *(part.span for part in one.furniture)))
    assert all("555" not in near.text for near in (shown.before, shown.whole, shown.after) if near)


@pytest.mark.parametrize("reason", ["statement", "revised", "span"])
def test_the_error_crosses_processes(reason: Any) -> None:
    """
    The error arrives from another process with its reason and its sentence.
    """
    error = PassageGoneError(reason, "2014-003")
    arrived = pickle.loads(pickle.dumps(error))

    assert (arrived.reason, arrived.id, str(arrived)) == (reason, "2014-003", str(error))
