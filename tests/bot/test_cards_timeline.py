"""
What members see of a timeline: counts in words, the chart with its words, the first and the newest passage.

`REWRITE_GOLDEN=1 script/test tests/bot/test_cards_timeline.py` writes the golden cards anew; read the difference.
"""

from __future__ import annotations

import pytest
from card_reading import SCENES, check_fits, check_golden, labels, nasty, short
from fakes_chat import Coverage, Note, cited, excerpt, timeline
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.card import Card, Picture
from bot.chat.cards.timelines import timeline_card
from bot.chat.presses import SearchPress
from bot.chat.scene import Scene
from retrieval.models import Excerpt, Filters, Timeline, TimelineRequest

TALKATIVE = Scene(private=True, reportable=True, shareable=True, referrals=(("en", "*" * 300),), sample=True)
CHART = Picture(b"PNG", "Bar chart")


def card_of(found: Timeline, scene: Scene = SCENES[True]) -> Card:
    """The card of a timeline, with a chart where there are years, and in private with its button."""
    passages = SearchPress("ask", found.locale) if scene.private else None
    picture = CHART if any(found.years.values()) else None
    return timeline_card(found, TimelineRequest(topic=found.topic), scene, picture, passages)


@st.composite
def _excerpts(draw: st.DrawFn, *, dated: bool) -> Excerpt:
    date = draw(st.sampled_from(["2012", "2012-11", "2012-11-08"])) if dated else None
    statement = cited(id=draw(short), title=draw(short), organizations=(draw(short),) * 5, date=date)
    return excerpt(draw(nasty), statement=statement, issuer=(draw(short),), cut=draw(st.booleans()))


@st.composite
def _timelines(draw: st.DrawFn) -> Timeline:
    words = st.lists(short, max_size=4).map(tuple)
    years = st.integers(1900, 2100).map(str)
    return timeline(
        *draw(st.lists(_excerpts(dated=True), max_size=3)),
        topic=draw(st.text(st.sampled_from("*ab cé🦋"), min_size=1, max_size=300)),
        undated=draw(st.lists(_excerpts(dated=False), max_size=2)),
        locale=draw(st.sampled_from(["en", "es"])),
        filters=Filters(speaker=draw(st.none() | short), organization=draw(st.none() | short)),
        years=draw(st.dictionaries(years, st.integers(0, 10**6), max_size=200)),
        gaps=draw(st.lists(years, unique=True).map(sorted)),
        total=draw(st.integers(0, 10**6)),
        corrected=draw(st.dictionaries(short, short, max_size=2)),
        bridged=draw(st.dictionaries(short, words, max_size=2)),
        coverage=Coverage(found=draw(words), missing=draw(words)),
        notes=tuple(Note(code="speaker_unknown", values={"name": name}) for name in draw(words)),
    )


@pytest.mark.thorough
@given(_timelines(), st.sampled_from([*SCENES.values(), TALKATIVE]))
def test_every_timeline_fits(found: Timeline, scene: Scene) -> None:
    """
    Whatever was found, the card fits a message, and where there are passages one is shown or its place is named.
    """
    card = card_of(found, scene)

    check_fits(card)
    if found.excerpts or found.undated:
        assert "¶3" in card.text


def _on(date: str | None, number: str, **more: object) -> Excerpt:
    precision = "none" if date is None else "day"
    return excerpt(f"Said in {number}.", statement=cited(id=number, date=date, date_precision=precision), **more)


def _golden_cards() -> dict[str, Card]:
    first, twice = _on("2011-02-03", "2011-001"), [_on("2014-09-10", "2014-003", paragraph=p) for p in (4, 7)]
    letter = _on(None, "undated-002")
    found = timeline(
        first,
        *twice,
        undated=(letter,),
        topic="night *raids*",
        years={"2011": 1, "2012": 0, "2013": 0, "2014": 1},
        gaps=("2013",),
        total=3,
        filters=Filters(organization="Puente Claro Network"),
        bridged={"raids": ("redadas",)},
    )
    return {
        "timeline_en": card_of(found),
        "timeline_es": card_of(found.model_copy(update={"locale": "es"}), SCENES[False]),
        "timeline_one_en": card_of(timeline(first, topic="raids")),
        "timeline_undated_es": card_of(timeline(undated=(letter,), locale="es", total=1)),
        "timeline_none_en": card_of(
            timeline(topic="visa lottery", coverage=Coverage(found=("visa",), missing=("lottery",)))
        ),
    }


@pytest.mark.parametrize("name", sorted(_golden_cards()))
def test_cards_read_as_written(name: str) -> None:
    """
    The words and their order on a card are those of its golden file.
    """
    check_golden(name, _golden_cards()[name])


def test_the_newest_statement_is_shown_by_its_first_passage() -> None:
    """
    Of several passages of the newest statement the first one is shown, not the last.
    """
    card = card_of(
        timeline(_on("2011-02-03", "2011-001"), *(_on("2014-09-10", "2014-003", paragraph=p) for p in (4, 7)))
    )

    assert "2014-003 ¶4" in card.text
    assert "¶7" not in card.text


def test_only_private_timelines_have_the_button() -> None:
    """
    "Show the passages" reads the topic from a private message, so that a message for everybody does not have it.
    """
    found = timeline(_on("2011-02-03", "2011-001"))

    assert "Show the passages" in labels(card_of(found))
    assert "Show the passages" not in labels(card_of(found, SCENES[False]))
    assert "You asked" not in card_of(found, SCENES[False]).text
