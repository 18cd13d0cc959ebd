"""Which passage comes first. No test names a weight: each order holds however the evidence is weighed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest
from factories import asker, quote, statement
from hypothesis import given, settings
from hypothesis import strategies as st
from trying import share

from corpus.models import Span, Statement
from retrieval.models import Answer, AskRequest

TODAY = dt.date(2022, 6, 1)


def ask(question: str, statements: Sequence[Statement], **options: Any) -> Answer:
    return asker(statements).ask(AskRequest(question=question, **{"limit": 10, **options}), TODAY)


def shown(answer: Answer) -> list[str]:
    return [excerpt.statement.id for excerpt in answer.excerpts]


def note(words: str, id: str, **fields: Any) -> Statement:
    """A statement of these words, with a title that says nothing of them."""
    return statement(words, id=id, **{"title": f"Notice {id}", "organizations": ("Copper Gate Alliance",), **fields})


@pytest.mark.parametrize(
    ("question", "better", "worse"),
    [
        # All the words of the question are better than some of them.
        ("bus fares for pupils", "Bus fares for pupils should be free.", "Pupils deserve a warm lunch at school."),
        # Together in one sentence they are better than scattered.
        (
            "lantern tax",
            "The lantern tax falls on the poor. The river is high. The market is shut.",
            "The lantern is lit. The river is high. The market is shut. The tax is due.",
        ),
        # The rare word of a question is worth more than its common one.
        ("alliance trombone", "The trombone is out of tune.", "The alliance is in good health."),
        # In the asker's own form or another, but about it.
        ("evicted families", "Families were evicted in winter.", "Families met for supper in winter."),
    ],
)
def test_better_answer_comes_first(question: str, better: str, worse: str) -> None:
    """The passage that says more of what was asked comes first, in whatever order the statements are read."""
    filler = [note(f"The alliance met on day {n} of the month.", f"filler-{n}") for n in range(4)]
    for pair in ([note(better, "b"), note(worse, "a")], [note(worse, "b"), note(better, "a")]):
        first = ask(question, [*pair, *filler]).excerpts[0]
        assert first.text in better


def test_heading_goes_with_its_paragraph() -> None:
    """A heading that only names the topic does not push out the paragraph that says something about it."""
    text = (
        "Rent control\n\nNo landlord may raise the rent by more than two percent a year.\n\nThe hall is open on Sunday."
    )

    assert "two percent" in ask("rent control", [note(text, "a")]).excerpts[0].text


def test_ties_are_broken_by_id() -> None:
    """Passages that answer equally well come in the order of their ids."""
    streets = ("Elm", "Oak", "Ash", "Fir")
    statements = [note(f"The pump of {name} Street is broken.", f"2014-00{n}") for n, name in enumerate(streets)]

    assert shown(ask("broken pump", statements)) == sorted(shown(ask("broken pump", statements)))


TEXTS = st.lists(
    st.lists(st.sampled_from("pump fare rent alliance lantern we not broken".split(" ")), min_size=1, max_size=8).map(
        " ".join
    ),
    min_size=1,
    max_size=6,
    unique=True,
)


@pytest.mark.thorough
@settings(deadline=None, max_examples=share(40))
@given(texts=TEXTS, data=st.data())
def test_order_of_reading_does_not_matter(texts: list[str], data: st.DataObject) -> None:
    """The same statements in another order give the same answer."""
    statements = [note(f"{text.capitalize()}.", f"2014-{n:03}") for n, text in enumerate(texts)]
    other = data.draw(st.permutations(statements))

    assert ask("broken pump fare", statements) == ask("broken pump fare", other)


ORCHARD = "The county must open shelters before the frost. Nobody should sleep in an orchard."
STANDING = "The Orchard Circle is a coalition of pickers that runs shelters and kitchens in the county."


def circle() -> Statement:
    text = f"{ORCHARD}\n\n{STANDING}"
    place = len(ORCHARD)
    body, about = (Span(0, place),), (Span(place + 2, len(text)),)
    return note(text, "circle", organizations=("Orchard Circle",), body=body, about=about)


@pytest.mark.parametrize("question", ["shelters in the county", "orchard", "county frost shelters"])
def test_about_comes_after_body(question: str) -> None:
    """An organisation's standing paragraph on itself is labelled so and comes after what the statement says."""
    kinds = [excerpt.kind for excerpt in ask(question, [circle()]).excerpts]

    assert kinds == ["body", "about"]


def test_about_tells_what_an_organisation_is() -> None:
    """ "What is …" is answered by what an organisation says of itself."""
    first = ask("What is the Orchard Circle?", [circle()]).excerpts[0]

    assert (first.kind, first.text) == ("about", STANDING)


def meetings() -> list[Statement]:
    return [
        note(f"The rent strike of {year} begins in {month}.", f"s{year}", date=f"{year}-04-05")
        for year, month in ((2011, "May"), (2014, "June"), (2017, "July"))
    ] + [note("The rent strike of the mill never ended.", "undated", date=None)]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("latest statement on the rent strike", ["s2017", "s2014", "s2011", "undated"]),
        ("first statement on the rent strike", ["s2011", "s2014", "s2017", "undated"]),
        ("último comunicado sobre la huelga de renta", ["s2017", "s2014", "s2011", "undated"]),
    ],
)
def test_newest_or_first_by_date(question: str, expected: list[str]) -> None:
    """Asked for the latest or the first, answers come in the order of their dates, undated ones last."""
    assert shown(ask(question, meetings())) == expected


def test_newest_still_answers() -> None:
    """A newer statement that hardly touches the topic is not shown before one that answers."""
    newer = note("A strike of lightning hit the hall.", "storm", date="2020-01-01")

    assert shown(ask("latest statement on the rent strike", [*meetings(), newer]))[0] == "s2017"


SAYING = "“The harbor is ours,” said Ana Ruelle, president of the Copper Gate Alliance.\n\nThe harbor has nine piers."


def test_who_is_answered_by_the_person() -> None:
    """ "Who is the president" shows the sentence that names somebody of that title."""
    spoken = quote("The harbor is ours,", SAYING, speaker="Ana Ruelle", title="president")
    first = ask("Who is the president?", [note(SAYING, "a", quotes=(spoken,))]).excerpts[0]

    assert "Ana Ruelle" in first.text


def test_title_helps_to_choose() -> None:
    """Of two statements that say the same, the one whose title names the topic comes first."""
    text = "{}\n\nThe hall is open for supper at six.\n\nThe march of all the members starts at noon at the pier."
    titles = {"a": "Bakery workers", "b": "Cannery workers", "c": "Laundry workers"}
    statements = [note(text.format(title), id, title=title) for id, title in titles.items()]

    assert shown(ask("when does the cannery march start", statements))[0] == "b"


@pytest.mark.parametrize("question", ["harbor", "march at noon", "zebra", ""])
def test_only_what_shares_a_word_is_shown(question: str) -> None:
    """A passage without a word of the question is never shown."""
    statements = [note("The harbor is ours.", "a"), note("The march starts at noon.", "b")]

    for excerpt in ask(question, statements).excerpts:
        assert excerpt.highlights
