"""
What moderators read: reports, decisions, corrections, the status and the history.

`REWRITE_GOLDEN=1 script/test tests/bot/test_cards_decisions.py` writes the golden cards anew; read the difference.
"""

from __future__ import annotations

from functools import cache

import pytest
from card_reading import SCENES, check_fits, check_golden, nasty, short
from factories import statement
from fakes_chat import excerpt
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.card import Card
from bot.chat.cards.decisions import FIELDS, decided_card, done_line, erase_card, preview
from bot.chat.cards.record import history_card, status_card
from bot.chat.cards.reports import REASONS, report_card
from bot.chat.presses import PlacePress
from bot.chat.readback import value_in
from bot.curation.reports import ActionLine, GenerationLine, History, SourceLine, Status
from corpus.corrections import Change
from retrieval.models import Language, PassageInContext, ReadParagraph

SCENE = SCENES[True]
MOMENT = "2025-05-31T18:05:00+00:00"
FOUND = Status(
    generation=7,
    statements=212,
    hidden=3,
    erased=1,
    missing=5,
    sources=(
        SourceLine(
            id=1,
            kind="files",
            locator="/srv/releases",
            last_success=MOMENT,
            last_failure=None,
            code=None,
            next="2025-06-01T18:05:00+00:00",
        ),
        SourceLine(
            id=2,
            kind="feed",
            locator="https://laurel.example/feed",
            last_success="2025-05-28",
            last_failure=MOMENT,
            code="http_503",
            next="2025-06-01T06:00:00+00:00",
            name="Feed of *Laurel*",
            organization="Casa Laurel",
            language="en, es, ht",
            licence="CC BY 4.0",
            every_h=6,
            failing_since="2025-05-29T06:00:00+00:00",
        ),
        SourceLine(
            id=3,
            kind="files",
            locator="/srv/lost",
            last_success=None,
            last_failure=MOMENT,
            code="not_found",
            every_h=0,
            failing_since=MOMENT,
        ),
    ),
)
DONE = History(
    generations=(
        GenerationLine(number=3, when=MOMENT, by="discord:7200", what="hide", added=0, changed=0, missing=0, removed=0),
        GenerationLine(
            number=2, when="2025-05-30", by="terminal", what="refresh", added=3, changed=1, missing=2, removed=0
        ),
    ),
    actions=(
        ActionLine(when=MOMENT, by="discord:7200", what="hide", id="2014-003", reason="asked by *mail*", detail=()),
        ActionLine(when="2025-05-30", by="terminal", what="refresh", id=None, reason="", detail=()),
        ActionLine(
            when="2025-05-29",
            by="discord:7200",
            what="source",
            id=None,
            reason="read it weekly",
            detail=({"field": "every_h", "place": "https://laurel.example/feed", "before": None, "after": 168},),
        ),
        ActionLine(when="2025-05-28", by="schedule", what="refresh", id=None, reason="", detail=()),
    ),
)
CHANGES = (
    Change(field="date", before="2014-09-10", after="2014-09"),
    Change(field="organizations", before=("Casa Laurel", None), after=("Casa Laurel",)),
)
TYPED = {"date": "2014-09", "organization": "Casa Laurel"}


def reported(text: str, note: str, locale: Language) -> Card:
    shown = excerpt(text)
    paragraph = ReadParagraph(paragraph=3, kind="body", text=text)
    found = PassageInContext(excerpt=shown, before=None, whole=paragraph, after=None)
    place = PlacePress("report", locale, "2014-003", 1, shown.start, shown.end)
    return report_card(place, "date", note, found, locale, SCENE)


@cache
def _golden_cards() -> dict[str, Card]:
    cards = {}
    locales: tuple[Language, ...] = ("en", "es")
    for locale in locales:
        hidden = done_line("hide", ["2014-003", "2014-004"], "discord:7200", "asked by *mail*", locale)
        asked = preview(statement(), TYPED, CHANGES, "typo", locale)
        cards |= {
            f"report_{locale}": reported("Night raids must end.", "It was in *August*.", locale),
            f"hidden_{locale}": decided_card(["A head"], hidden, ("unhide",), "2014-003", locale, private=False),
            f"correction_{locale}": decided_card([], asked, ("apply", "keep"), "2014-001", locale, private=True),
            f"erase_{locale}": erase_card(statement(), "asked by *mail*", locale),
            f"status_{locale}": status_card(FOUND, 0, locale),
            f"history_{locale}": history_card(DONE, 0, locale),
        }
    return cards


@pytest.mark.parametrize("name", sorted(_golden_cards()))
def test_cards_read_as_written(name: str) -> None:
    """
    The words and their order on a card are those of its golden file.
    """
    check_golden(name, _golden_cards()[name])


@given(nasty | st.just("*" * 3000), short | st.just("*" * 500), st.sampled_from(["en", "es"]))
def test_reports_fit(text: str, note: str, locale: Language) -> None:
    """
    A report of anything fits a message, and can be dealt with.
    """
    card = reported(text, note[:500], locale)

    check_fits(card)
    assert len(card.blocks[-1].buttons) == 3


@given(st.lists(short), short, short, st.sampled_from(["en", "es"]), st.sampled_from(["hide", "dismiss"]))
def test_decisions_fit(above: list[str], id: str, reason: str, locale: Language, done: str) -> None:
    """
    Whatever stood above it, what was decided is shown and fits.
    """
    line = done_line(done, [id[:60]] * 50, "discord:1", reason[:300], locale)
    card = decided_card([text for text in above if text.strip()], line, ("unhide",), id[:60], locale, private=False)

    check_fits(card)
    assert card.blocks[-1].text == line


@given(
    st.fixed_dictionaries({field: st.text("\\*_- :=é🦋a", min_size=1, max_size=200) for field in FIELDS}),
    short,
    st.sampled_from(["en", "es"]),
)
def test_corrections_are_read_back(typed: dict[str, str], reason: str, locale: Language) -> None:
    """
    A preview of anything fits, and what was typed is read back from it letter by letter.
    """
    typed = {field: " ".join(value.split()) or "x" for field, value in typed.items()}
    reason = " ".join(reason[:300].split()) or "x"
    shown = preview(statement(title="*" * 500), typed, CHANGES, reason, locale)

    check_fits(decided_card([], shown, ("apply", "keep"), "2014-001", locale, private=True))
    assert {field: value_in(shown, f"new_{field}", "value") for field in FIELDS} == typed
    assert value_in(shown, "report_says", "reason") == reason


@given(st.lists(short, max_size=30), st.integers(0, 9), st.sampled_from(["en", "es"]))
def test_lists_fit(names: list[str], page: int, locale: Language) -> None:
    """
    Every page of status and history fits, whatever sources are called and reasons say.
    """
    sources = tuple(
        FOUND.sources[1].model_copy(
            update={"locator": name, "code": name, "name": name, "organization": name, "licence": name}
        )
        for name in names
    )
    actions = tuple(DONE.actions[0].model_copy(update={"reason": name, "id": name, "by": name}) for name in names)

    check_fits(status_card(FOUND.model_copy(update={"sources": sources}), page, locale))
    check_fits(history_card(DONE.model_copy(update={"actions": actions}), page, locale))


def test_reasons_have_words() -> None:
    """
    Each reason that a member can choose is read by moderators in words.
    """
    place = PlacePress("report", "en", "2014-003", 1, 0, 9)

    shown = {report_card(place, reason, "", None, "en", SCENE).text for reason in REASONS}

    assert len(shown) == len(REASONS)
