"""
A question that is asked again with less: what its answer offered to leave out, or in another order.
"""

from __future__ import annotations

import datetime as dt

import pytest
from factories import statement

from bot.service import Service
from retrieval.models import AskRequest

TODAY = dt.date(2026, 3, 15)


@pytest.fixture(scope="module")
def service() -> Service:
    """Two statements on one thing, years apart, the older one by somebody who is named."""
    return Service.of(
        [
            statement("Marta Quiroga said: “The night raids must end.”", id="2012-001", date="2012-03-01"),
            statement("The night raids go on in the valley, and nobody sleeps.", id="2019-001", date="2019-05-02"),
        ]
    )


def shown(service: Service, question: str, **more: object) -> list[str]:
    answer = service.ask(AskRequest.model_validate({"question": question, **more}), today=TODAY)
    return [excerpt.statement.id for excerpt in answer.excerpts]


def test_dates_of_the_question_can_be_dropped(service: Service) -> None:
    """
    A date in the question narrows nothing once it is dropped, and its words are not looked for either.
    """
    assert shown(service, "night raids in 2015") == []
    assert set(shown(service, "night raids in 2015", dropped={"dates"})) == {"2012-001", "2019-001"}


def test_words_can_be_left_out(service: Service) -> None:
    """
    What the answer says would bring more when it is left out does so when it is.
    """
    question = "night raids with zeppelin tariffs"
    answer = service.ask(AskRequest(question=question), today=TODAY)
    without = next(retry["without"] for retry in answer.retry if "without" in retry)

    again = service.ask(AskRequest(question=question, without=without), today=TODAY)

    assert (answer.status, again.status) == ("none", "answered")
    assert again.coverage.missing == ()


@pytest.mark.parametrize(("order", "first"), [("newest", "2019-001"), ("oldest", "2012-001")])
def test_order_can_be_asked_for(service: Service, order: str, first: str) -> None:
    """
    The order of the request wins over that of the question, and the answer says which one holds.
    """
    answer = service.ask(AskRequest.model_validate({"question": "night raids", "order": order}), today=TODAY)

    assert answer.excerpts[0].statement.id == first
    assert answer.filters.order == order
