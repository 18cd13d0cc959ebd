"""
What holds for the quotes of any record and any request: slices that pass every filter, in order, each there once.
"""

from __future__ import annotations

from typing import Any

import pytest
from factories import quoter, release
from hypothesis import given, settings
from hypothesis import strategies as st
from quoting import TODAY
from trying import share

from corpus.models import Statement
from retrieval.models import QuoteRequest

WORDS = st.lists(
    st.sampled_from("ferry pier water well thirst river clinic we not cannot the".split()), min_size=3, max_size=9
)
PEOPLE = st.sampled_from(["Nadia Ferrol", "Ivo Salgado", "Ramona Tejada"])
DATES = st.sampled_from([None, "2012", "2013-05", "2013-05-02", "2014-12-31"])


@st.composite
def records(draw: st.DrawFn) -> list[Statement]:
    """A few statements in which people say a few words."""
    return [
        release(
            "The port of Oakmere raises the fare.",
            *draw(st.lists(st.tuples(WORDS.map(" ".join), PEOPLE), max_size=3)),
            id=f"s-{number}",
            date=draw(DATES),
            organizations=(draw(st.sampled_from(["Cedar Lane Workers", "Puente Claro Network"])),),
        )
        for number in range(draw(st.integers(1, 4)))
    ]


REQUESTS = st.builds(
    QuoteRequest,
    about=st.sampled_from(["", "ferry", "water well", "lighthouse", "thirst in 2013"]),
    speaker=st.sampled_from([None, "Ferrol", "ivo salgado"]),
    organization=st.sampled_from([None, "Cedar Lane Workers"]),
    since=st.sampled_from([None, "2013"]),
    order=st.sampled_from(["best", "newest", "oldest"]),
    limit=st.integers(1, 12),
)


@settings(max_examples=share(40))
@given(records(), REQUESTS)
def test_every_promise_holds(record: list[Statement], request: QuoteRequest) -> None:
    """
    Every quote is a slice of its statement, inside its context, passes every filter, stands in order, is there once.
    """
    reply = quoter(record).find(request, TODAY)
    by_id = {one.id: one for one in record}
    dates = [found.statement.date for found in reply.quotes if found.statement.date]

    for found in reply.quotes:
        text = by_id[found.statement.id].text
        assert found.text == text[found.start : found.end]
        assert found.context
        assert found.context.text == text[found.context.start : found.context.end]
        assert found.context.start <= found.start < found.end <= found.context.end
        if not reply.of_the_day:
            assert not request.speaker or found.speaker.name.split()[-1].lower() in request.speaker.lower()  # type: ignore[union-attr]
            assert not request.organization or request.organization in found.statement.organizations
            assert not request.since or (found.statement.date or "") >= "2013"
    if reply.filters.order != "relevance" and all(len(date) == 10 for date in dates):
        assert dates == sorted(dates, reverse=reply.filters.order == "newest")
    assert len({(f.statement.id, f.utterance, f.part) for f in reply.quotes}) == len(reply.quotes)
    assert len(reply.quotes) == min(reply.total, request.limit) or reply.of_the_day


@pytest.mark.thorough
@settings(max_examples=share(30))
@given(records(), REQUESTS, st.randoms())
def test_order_of_statements_does_not_matter(record: list[Statement], request: QuoteRequest, random: Any) -> None:
    """
    The reply is the same in whatever order the statements were read.
    """
    shuffled = random.sample(record, len(record))

    assert quoter(record).find(request, TODAY).quotes == quoter(shuffled).find(request, TODAY).quotes
