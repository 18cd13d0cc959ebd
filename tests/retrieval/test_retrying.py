"""Thin answers say what to leave out, and what they say has been tried."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from factories import asker, quote, statement
from hypothesis import given, settings
from hypothesis import strategies as st
from trying import share

from retrieval.models import Answer, AskRequest

TODAY = dt.date(2022, 6, 1)

SAID = "“The sluice gate is stuck,” said Pilar Junco, a miller. Eels cannot pass the sluice gate."
RECORD = asker(
    [
        statement(
            SAID,
            id="gate",
            date="2014-01-01",
            organizations=("Eel Friends",),
            quotes=(quote("The sluice gate is stuck,", SAID, speaker="Pilar Junco"),),
        ),
        statement("The otter came back to the pond.", id="otter", date="2018-01-01", organizations=("Pond Watch",)),
        statement("Las nutrias vuelven al estanque.", id="nutria", date="2019-01-01", language="es"),
    ]
)


def ask(question: str, **options: Any) -> Answer:
    return RECORD.ask(AskRequest(question=question, **options), TODAY)


@pytest.mark.parametrize(
    ("question", "options", "expected"),
    [
        ("sluice gate in 2018", {}, [{"drop": "dates"}]),
        ("compuerta o sluice gate en 2018", {}, [{"drop": "dates"}]),
        ("sluice gate", {"since": "2015"}, [{"drop": "dates"}]),
        ("otter in the pond", {"speaker": "Pilar Junco"}, [{"drop": "speaker"}]),
        ("What did Pilar Junco say about the otter?", {}, [{"drop": "speaker"}]),
        ("What did the Eel Friends say about the otter in the pond?", {}, [{"drop": "organization"}]),
        ("otter in the pond", {"organization": "Nobody at All"}, [{"drop": "organization"}]),
        ("sluice gate eels", {"language": "es"}, [{"drop": "language"}]),
        ("the sluice gate of the opera house", {}, [{"without": "opera house"}]),
        ('"purple velvet" sluice gate', {}, [{"without": "purple velvet"}]),
    ],
)
def test_what_is_in_the_way_is_named(question: str, options: dict[str, str], expected: list[dict[str, str]]) -> None:
    """A filter or a word without which the statements do answer is named."""
    answer = ask(question, **options)

    assert answer.status in {"none", "related"}
    assert list(answer.retry) == expected


@pytest.mark.parametrize(
    ("question", "options"),
    [
        ("sluice gate", {}),
        ("zeppelins in 2014", {}),
        ("zeppelins", {"speaker": "Pilar Junco"}),
        ("opera house sluice", {}),
        ("", {}),
        ("sluice gate in 2018 and 2019", {}),
        ("how has their position on the sluice gate changed?", {}),
    ],
)
def test_nothing_is_proposed_that_brings_nothing(question: str, options: dict[str, str]) -> None:
    """What is answered, what stays unanswered without it, and a question that would lose its words get no proposal."""
    assert ask(question, **options).retry == ()


def test_two_at_most() -> None:
    """No more than two ways are named, the tighter filter first."""
    answer = ask("otter pond", since="2013", until="2014", organization="Pond Watch")

    assert list(answer.retry) == [{"drop": "dates"}]


FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "since": st.sampled_from(["2013", "2016"]),
        "speaker": st.sampled_from(["Pilar Junco", "Nobody"]),
        "organization": st.sampled_from(["Eel Friends", "Pond Watch"]),
        "language": st.sampled_from(["en", "es"]),
    },
)


@settings(max_examples=share(80))
@given(question=st.sampled_from(["sluice gate", "otter in the pond", "eels and zeppelins", "nutrias"]), options=FILTERS)
def test_what_is_proposed_brings_more(question: str, options: dict[str, str]) -> None:
    """Asking again without the filter that is named gives a better answer."""
    ranks = ["none", "related", "answered"]
    answer = ask(question, **options)

    assert len(answer.retry) <= 2
    for retry in answer.retry:
        gone = {"dates": {"since", "until"}}.get(retry.get("drop", ""), {retry.get("drop")})
        again = ask(question, **{name: value for name, value in options.items() if name not in gone})
        assert "without" in retry or ranks.index(again.status) > ranks.index(answer.status)
