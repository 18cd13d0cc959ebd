"""Which sentences of a passage are shown: one to three, whole, where the words of the question stand together."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Any

import pytest
from factories import asker, statement

from retrieval.analyzer import Partition, tokens
from retrieval.expansion import Concept
from retrieval.models import Answer, AskRequest
from retrieval.windows import best_window, defined_share

TODAY = dt.date(2022, 6, 1)


def ask(question: str, text: str, **options: Any) -> Answer:
    return asker([statement(text, title="Notice")]).ask(AskRequest(question=question, **options), TODAY)


def first(question: str, text: str, **options: Any) -> str:
    return ask(question, text, **options).excerpts[0].text


PARAGRAPH = (
    "The alliance met in the old cannery on Sunday and heard from its eleven committees about the work of the winter. "
    "Members painted the hall, repaired the boiler and bought forty chairs from a school that had closed in spring. "
    "A nurse explained how a worker can ask for the wages that an employer has kept back without any reason at all. "
    "The meeting ended with soup, and the next one will be held in the same place on the first Sunday of the month."
)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("wages that an employer kept back", "A nurse explained"),
        ("who repaired the boiler?", "repaired the boiler"),
        ("old cannery", "in the old cannery"),
        ("when is the next meeting?", "first Sunday of the month"),
    ],
)
def test_shows_where_the_words_stand(question: str, words: str) -> None:
    """Of a long paragraph the sentence that holds the words of the question is shown, and not all of it."""
    text = first(question, PARAGRAPH)

    assert words in text
    assert len(text) < len(PARAGRAPH)


def test_three_sentences_at_most() -> None:
    """However many sentences hold the words, at most three are shown."""
    text = " ".join(f"The lantern of street {name} burns." for name in ("Elm", "Oak", "Ash", "Fir", "Yew", "Box"))

    assert 1 <= first("lantern street", text).count(".") <= 3


def test_six_hundred_characters_at_most() -> None:
    """Sentences that together are longer than 600 characters are not shown together."""
    long = "The lantern " + "and the quiet harbor " * 18 + "burn."

    assert len(first("lantern harbor", f"{long} {long.replace('lantern', 'lamp')}")) <= 600


ENDLESS = "lantern " + "with no stop to be seen in this line of words " * 40


@pytest.mark.parametrize("question", ["stop to be seen", "words"])
def test_endless_sentence_is_cut(question: str) -> None:
    """A single sentence over 600 characters is cut at white space and says so; nothing is added to its words."""
    excerpt = ask(question, ENDLESS.strip()).excerpts[0]

    assert excerpt.cut
    assert len(excerpt.text) <= 600
    assert excerpt.text in ENDLESS
    assert ENDLESS[excerpt.end : excerpt.end + 1] in ("", " ")
    assert excerpt.start == 0 or ENDLESS[excerpt.start - 1] == " "


def test_whole_sentence_is_not_cut() -> None:
    """A sentence that fits is whole, and says so."""
    assert not ask("old cannery", PARAGRAPH).excerpts[0].cut


@pytest.mark.parametrize(
    ("question", "highlighted"),
    [
        ("boiler repaired", {"repaired", "boiler"}),
        ("BOILER", {"boiler"}),
        ("repairing boilers", {"repaired", "boiler"}),
        ("the boiler", {"boiler"}),
    ],
)
def test_highlights_are_on_the_right_words(question: str, highlighted: set[str]) -> None:
    """The words that were found are marked, in whatever form they stand, and no stop word alone."""
    excerpt = ask(question, PARAGRAPH).excerpts[0]

    marked = {excerpt.text[start:end] for start, end in excerpt.highlights}
    assert marked <= highlighted
    assert "boiler" in marked


def test_translated_words_are_highlighted() -> None:
    """Words that were found through the other language are marked as well."""
    excerpt = ask("¿Qué explicó la enfermera sobre los salarios?", PARAGRAPH).excerpts[0]

    assert {excerpt.text[start:end] for start, end in excerpt.highlights} == {"nurse explained", "wages"}


def test_highlights_are_ascending_and_apart() -> None:
    """Marks never overlap; words side by side are marked as one."""
    excerpt = ask("forty chairs school spring", PARAGRAPH).excerpts[0]
    marks = excerpt.highlights

    assert all(a.end < b.start for a, b in pairwise(marks))
    assert "forty chairs" in {excerpt.text[start:end] for start, end in marks}


@pytest.mark.parametrize(
    "question",
    [
        '"from a school that had"',
        'boiler chairs "met in the old"',
        'cannery committees "the same place"',
    ],
)
def test_quoted_words_are_in_the_excerpt(question: str) -> None:
    """What was asked for in quotation marks stands in the first excerpt, wherever the other words are."""
    wanted = question.split('"')[1]

    assert wanted in first(question, PARAGRAPH)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ('"will be held"', True),
        ('"be held will"', False),  # in this order
        ('"will held"', False),  # none left out
        ('"will be hold"', False),  # no other form
        ('"in the"', True),  # also of stop words only
        ('"the in"', False),
        ('"IN THE OLD"', True),  # capitals aside
        ('"cannery on sun"', False),  # whole words
    ],
)
def test_quoted_words_are_literal(question: str, found: bool) -> None:
    """Quoted words are found side by side, in order, none dropped, also where they are stop words only."""
    answer = ask(question, PARAGRAPH)

    assert bool(answer.excerpts) == found
    if found:
        assert question.strip('"').casefold() in answer.excerpts[0].text.casefold()


def share(asked: str, text: str, language: Partition = "en", *, soft: bool = False) -> float:
    concepts = [
        Concept(token.surface, token.surface, ((token.term, 1.0),), 2.0, known=True, required=not soft)
        for token in tokens(asked, language)
    ]
    window = best_window(text, language, concepts)
    assert window is not None
    return defined_share(text, window, concepts)


@pytest.mark.parametrize(
    ("asked", "text", "language", "expected"),
    [
        ("Copper Gate", "The Copper Gate is a coalition of nine choirs.", "en", 1.0),
        ("Copper Gate", "Copper Gate, the oldest of its kind, represents nine choirs.", "en", 1.0),
        ("Copper Gate", "Copper Gate (CG) unites nine choirs.", "en", 1.0),
        ("Portón Cobrizo", "El Portón Cobrizo es una red de nueve coros.", "es", 1.0),
        ("Portón Cobrizo", "Nueve coros formaron una red llamada Portón Cobrizo.", "es", 1.0),
        ("Copper Gate", "Nine choirs make up what is known as the Copper Gate.", "en", 1.0),
        ("CGA", "The full name is Copper Gate Alliance (CGA).", "en", 1.0),
        # What only mentions it says nothing of what it is.
        ("Copper Gate", "Nine choirs met with Copper Gate on Sunday.", "en", 0.0),
        ("Copper Gate", "The Copper Gate met on Sunday with nine choirs.", "en", 0.0),
        # What is said so late in a sentence is said of something else.
        ("Copper Gate", "In the ninth year after the great flood the house of Copper Gate was sold.", "en", 0.0),
        # Something of it is asked for, and only the name is defined.
        ("Copper Gate seat", "The Copper Gate is a coalition.", "en", 2 / 3),
        # Words that are far apart are no name.
        ("Copper Gate", "Copper is dug in the mines of the north behind the Gate.", "en", 0.5),
        ("Copper Gate", "Nobody came.", "en", 0.0),
    ],
)
def test_share_that_is_defined(asked: str, text: str, language: Partition, expected: float) -> None:
    """A sentence that says what a name is counts for the share of the question that the name is."""
    assert share(asked, text, language) == pytest.approx(expected)


def test_name_that_was_read_out_is_not_what_is_asked() -> None:
    """A definition of a name that only filters defines nothing that was asked for."""
    assert share("Copper Gate", "The Copper Gate is a coalition.", soft=True) == 0.0
