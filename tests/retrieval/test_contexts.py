"""The whole sentences a quote stands in, with who says it."""

from __future__ import annotations

import pytest
from factories import quote, statement

from corpus.models import Span
from retrieval.quote_search.contexts import context_of, paragraph_of


def context(text: str, words: str, speaker: str = "Olga Marsh", **fields: object) -> str | None:
    """The context of these words of a text, spoken by this person."""
    said = quote(words, text, speaker=speaker)
    found = context_of(statement(text, quotes=(said,), **fields), said)
    return found and found.text


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("It rained. “We stay,” said Olga Marsh. Nobody left.", "We stay,", "“We stay,” said Olga Marsh."),
        (
            "Olga Marsh said: “We stay. We will not go.” It rained.",
            "We stay. We will not go.",
            "Olga Marsh said: “We stay. We will not go.”",
        ),
        # the name stands in the sentence before, or after
        (
            "Olga Marsh waited at the pier. “We stay,” she said. It rained.",
            "We stay,",
            "Olga Marsh waited at the pier. “We stay,” she said.",
        ),
        ("It rained. “We stay.” Olga Marsh said no more. She left.", "We stay.", "“We stay.” Olga Marsh said no more."),
        (
            "Nadie se fue.\n\n«Nos quedamos», dijo Olga Marsh. Llovía.",
            "Nos quedamos",
            "«Nos quedamos», dijo Olga Marsh.",
        ),
        (
            "OLGA MARSH: We stay. Ask the crew.\n\nIVO SALGADO: We go.",
            "We stay. Ask the crew.",
            "OLGA MARSH: We stay. Ask the crew.",
        ),
    ],
)
def test_context_is_whole_sentences_with_the_name(text: str, words: str, expected: str) -> None:
    """
    A quote's context begins and ends with a sentence, and says who speaks where the text says it nearby.
    """
    assert context(text, words) == expected


def test_parts_stand_together() -> None:
    """
    The second part of an utterance is shown with the first, where the name stands.
    """
    text = "It rained. “We stay,” said Olga Marsh. “The ferry is ours.” Nobody left."
    first = quote("We stay,", text, speaker="Olga Marsh")
    second = quote("The ferry is ours.", text, speaker="Olga Marsh", part=2)
    found = context_of(statement(text, quotes=(first, second)), second)

    assert found
    assert found.text == "“We stay,” said Olga Marsh. “The ferry is ours.”"
    assert found.text == text[found.start : found.end]


def test_a_long_speech_is_shown_by_its_sentences() -> None:
    """
    Where the first part stands a page before, the context is the sentence of the quote.
    """
    long = "We mend nets and we mend them again. " * 20
    text = f"“We stay,” said Olga Marsh. “{long}” she said. “The ferry is ours,” said Marsh."
    said = ("We stay,", long, "The ferry is ours,")
    parts = [quote(words, text, speaker="Olga Marsh", part=number) for number, words in enumerate(said, start=1)]
    found = context_of(statement(text, quotes=tuple(parts)), parts[-1])

    assert found
    assert found.text == "“The ferry is ours,” said Marsh."


def test_private_number_hides_the_context() -> None:
    """
    No context is shown that holds a private number.
    """
    text = "“We stay,” said Olga Marsh, who answers at 555-0117."
    place = text.index("555")

    assert context(text, "We stay,", private=(Span(place, place + 8),)) is None


def test_text_without_ends_has_no_context() -> None:
    """
    Where no sentence ends for a page, nothing is shown around the quote.
    """
    text = f"“We stay,” said Olga Marsh {'and then and then ' * 60}"

    assert context(text, "We stay,") is None


def test_paragraph_is_counted_from_one() -> None:
    """
    A quote in the second block of the text stands in paragraph 2.
    """
    text = "It rained.\n\n“We stay,” said Olga Marsh."
    said = quote("We stay,", text, speaker="Olga Marsh")

    assert paragraph_of(statement(text, quotes=(said,)), said) == 2
