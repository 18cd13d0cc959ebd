"""
What `/help` says: how to ask, what is in the record, what stays private, how to report.

`REWRITE_GOLDEN=1 script/test tests/bot/test_cards_help.py` writes the golden cards anew; read the difference.
"""

from __future__ import annotations

import pytest
from card_reading import SCENES, check_fits, check_golden
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.card import Card
from bot.chat.cards.help import TOPICS, help_card
from bot.chat.scene import Scene
from bot.service import Overview

RECORD = Overview(212, "2004-03", "2025-05-03", 5, {"en": 150, "es": 57, "und": 5}, 12, 1)
REFERRAL = Scene(private=True, reportable=True, referrals=(("en", "Free legal help: *Casa Laurel*, 1-800-555-0142"),))
EMPTY = Overview(0, None, None, 0, {}, 0, 0)


def _golden_cards() -> dict[str, Card]:
    return {
        "help_en": help_card(None, RECORD, "en", REFERRAL),
        "help_es": help_card(None, RECORD, "es", SCENES[False]),
        **{f"help_{topic}_en": help_card(topic, RECORD, "en", REFERRAL) for topic in TOPICS},
        **{f"help_{topic}_es": help_card(topic, RECORD, "es", SCENES[True]) for topic in TOPICS},
    }


@pytest.mark.parametrize("name", sorted(_golden_cards()))
def test_cards_read_as_written(name: str) -> None:
    """
    The words and their order on a card are those of its golden file.
    """
    check_golden(name, _golden_cards()[name])


@pytest.mark.thorough
@given(
    st.sampled_from([None, *TOPICS]),
    st.builds(
        Overview,
        statements=st.integers(0, 10**9),
        first_date=st.none() | st.just("2004-03-01"),
        last_date=st.just("2025-05-03"),
        undated=st.integers(0, 10**9),
        languages=st.dictionaries(st.sampled_from(["en", "es", "und", "fr"]), st.integers(0, 10**9)),
        organizations=st.integers(0, 10**9),
        people=st.integers(0, 10**9),
    ),
    st.sampled_from(["en", "es"]),
    st.booleans(),
)
def test_help_always_fits(topic: str | None, overview: Overview, locale: str, private: bool) -> None:
    """
    Help fits a message, with the longest line on where to get legal help.
    """
    scene = Scene(private=private, reportable=private, referrals=(("en", "*" * 300),), sample=True)

    check_fits(help_card(topic, overview, locale, scene))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("overview", "expected"),
    [
        (EMPTY, "There are no statements in the record yet."),
        (EMPTY._replace(statements=1, undated=1, languages={"es": 1}), "The record holds 1 statement, without a date."),
        (EMPTY._replace(statements=3, undated=3, languages={"es": 3}), "3 statements, all without a date."),
        (
            RECORD._replace(undated=0),
            "The record holds 212 statements, from March 2004 (day not given) to May 3, 2025.",
        ),
        (RECORD, "Languages: English (150), Spanish (57), another language (5)."),
        (RECORD, "They come from 12 organizations and quote 1 person."),
    ],
)
def test_the_record_is_described(overview: Overview, expected: str) -> None:
    """
    What the record holds is said in whole sentences, also where it holds little.
    """
    assert expected in help_card("record", overview, "en", SCENES[True]).text


def test_nobody_is_sent_to_a_button_that_is_not_there() -> None:
    """
    Where no moderators read reports, help names no button for them.
    """
    assert "“Report”" in help_card("report", RECORD, "en", SCENES[True]).text
    assert "“Report”" not in help_card("report", RECORD, "en", SCENES[False]).text
