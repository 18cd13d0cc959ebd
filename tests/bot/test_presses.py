"""
What a button holds survives a restart, fits Discord, and holds no word of a question.
"""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.card import MAX_PRESS
from bot.chat.presses import (
    ModeratorPress,
    ModeratorVerb,
    PagePress,
    PersonPress,
    PlacePress,
    Press,
    SearchPress,
    name_key,
    name_of,
    read_press,
    write_press,
)
from retrieval.directory import folded_form
from retrieval.models import KnownName

_locales = st.sampled_from(["en", "es"])
_ids = st.from_regex(r"(19|20)[0-9]{2}-[0-9]{3,5}|undated-[0-9]{3}", fullmatch=True)
_days = st.sampled_from(["", "2014", "2014-09", "2014-09-10"])
_keys = st.just("") | st.text(min_size=1).map(name_key)
_presses = st.one_of(
    st.builds(
        PlacePress,
        verb=st.sampled_from(["context", "cite", "share", "report"]),
        locale=_locales,
        id=_ids,
        revision=st.integers(1, 999_999),
        start=st.integers(0, 10**8 - 1),
        end=st.integers(0, 10**8 - 1),
    ),
    st.builds(
        PagePress,
        locale=_locales,
        paragraph=st.integers(1, 99_999),
        revision=st.integers(1, 999_999),
        id=_ids,
        part=st.integers(1, 999),
        turns=st.booleans(),
    ),
    st.builds(ModeratorPress, verb=st.sampled_from(get_args(ModeratorVerb)), locale=_locales, place=_ids | st.just("")),
    st.builds(PersonPress, locale=_locales, name=st.text(min_size=1).map(name_key)),
    st.builds(
        SearchPress,
        verb=st.sampled_from(["ask", "quote"]),
        locale=_locales,
        offset=st.integers(0, 999),
        language=st.sampled_from(["both", "en", "es"]),
        order=st.sampled_from([None, "relevance", "newest", "oldest"]),
        since=_days,
        until=_days,
        speaker=_keys,
        organization=_keys,
        exact=st.booleans(),
        dropped=st.frozensets(st.sampled_from(["dates", "speaker", "organization"])),
        without=st.booleans(),
        continues=st.booleans(),
    ),
)


@given(_presses)
def test_presses_round_trip(press: Press) -> None:
    """
    Whatever a button is to do is read back as it was written, within what Discord lets a button hold.
    """
    held = write_press(press)

    assert len(held) <= MAX_PRESS
    assert read_press(held) == press


@pytest.mark.parametrize(
    "held",
    [
        "",
        "ask",
        "ask:fr:0:bq:::::",
        "ask:en:0:zz:::::",
        "ask:en:0:bq:2014-1:::",
        "context:en:1:0:5:",
        "context:en:-1:0:5:2014-001",
        "share:en:1:0:5:2014-001\n",
        "share:en:1:0:٥:2014-001",
        "erase:en:1:0:5:2014-001",
        "page:en:1:1:" + "9" * 91,
        "turn:en:1.0:1:2014-001",
        "person:en:",
    ],
)
def test_other_contents_do_nothing(held: str) -> None:
    """
    What no button of this bot holds is no press.
    """
    assert read_press(held) is None


@given(st.text())
def test_any_text_is_read_calmly(held: str) -> None:
    """
    Whatever arrives as the content of a button, reading it raises nothing.
    """
    press = read_press(held)

    assert press is None or read_press(write_press(press)) == press


def test_names_are_found_by_their_key() -> None:
    """
    A name is found again whatever its capitals and accents, and a name that is gone is not replaced by another.
    """
    known = [
        KnownName("Marta Quiroga", 1, folded_form("Marta Quiroga")),
        KnownName("Tomás Arrieta", 1, folded_form("Tomás Arrieta", "T. Arrieta")),
    ]

    assert name_of(name_key("tomas arrieta"), known) == "Tomás Arrieta"
    assert name_of(name_key("T. Arrieta"), known) == "Tomás Arrieta"
    assert name_of(name_key("Ana Quiroga"), known) is None
