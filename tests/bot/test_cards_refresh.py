"""
What moderators read before something is changed, and afterwards.

`REWRITE_GOLDEN=1 script/test tests/bot/test_cards_refresh.py` writes the golden cards anew; read the difference.
"""

from __future__ import annotations

from functools import cache

import pytest
from card_reading import check_fits, check_golden, nasty
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.card import Card
from bot.chat.cards.refresh import (
    Finished,
    busy_card,
    each_card,
    ended_card,
    preview_card,
    progress_card,
    result_card,
    sure_card,
)
from bot.curation import Report, ReportItem
from bot.messages import say
from retrieval.models import Language

MOMENT = "2025-05-31T18:05:00+00:00"


def _item(code: str, id: str | None = None, detail: str = "") -> ReportItem:
    return ReportItem(id=id, source="/srv/releases", locator="*walk*.txt", code=code, detail=detail)


REPORT = Report(
    generation=7,
    applied=False,
    added=(_item("new", "2014-003"), _item("duplicate_of", "2014-001", "2014-001")),
    changed=(_item("text_changed", "2013-001", "We ask for a [−bus−] [+tram+]"),),
    missing=(_item("missing", "2012-001"),),
    same=208,
    failed=(_item("http_503", None, "The address answered 503."),),
    refused="dry_run",
)
GOLDEN = REPORT.model_copy(update={"refused": "golden_lost", "lost": ("bridge", "a*b", *map(str, range(12)))})
MANY = REPORT.model_copy(update={"refused": "too_many_missing"})
DONE = REPORT.model_copy(update={"applied": True, "refused": None})
BACK = Report(generation=7, applied=False, removed=(_item("removed", "2014-003"),), refused="dry_run")
NOTHING = Report(generation=7, applied=False, same=208)


@cache
def _golden_cards() -> dict[str, Card]:
    cards = {}
    locales: tuple[Language, ...] = ("en", "es")
    for locale in locales:
        cards |= {
            f"refresh_{locale}": preview_card(Finished(REPORT, "0a1b2c3d4e5f", MOMENT), "run", locale),
            f"refresh_many_{locale}": preview_card(Finished(MANY, "0a1b2c3d4e5f", MOMENT), "run", locale),
            f"refresh_sure_{locale}": sure_card(Finished(MANY, "0a1b2c3d4e5f", MOMENT), locale),
            f"refresh_golden_{locale}": sure_card(Finished(GOLDEN, "0a1b2c3d4e5f", MOMENT), locale),
            f"refresh_nothing_{locale}": preview_card(Finished(NOTHING, "0a1b2c3d4e5f", MOMENT), "run", locale),
            f"refresh_each_{locale}": each_card(REPORT, "0a1b2c3d4e5f", 0, locale),
            f"refresh_done_{locale}": result_card(Finished(DONE, "0a1b2c3d4e5f", MOMENT), locale),
            f"refresh_reading_{locale}": progress_card({"event": "reading", "done": 3, "total": 9}, locale),
            f"refresh_busy_{locale}": busy_card(7200, MOMENT, locale),
            f"refresh_failed_{locale}": ended_card("work_failed", 7, locale),
            f"rollback_{locale}": preview_card(
                Finished(BACK, "0a1b2c3d4e5f", MOMENT, "6", said=say("report_says", locale, reason="a wrong page")),
                "rollback",
                locale,
            ),
        }
    return cards


@pytest.mark.parametrize("name", sorted(_golden_cards()))
def test_cards_read_as_written(name: str) -> None:
    """
    The words and their order on a card are those of its golden file.
    """
    check_golden(name, _golden_cards()[name])


@given(st.lists(nasty, max_size=30), st.integers(0, 9), st.sampled_from(["en", "es"]))
def test_reports_fit(words: list[str], page: int, locale: Language) -> None:
    """
    Every page of a report of anything fits a message, and so does what is shown before.
    """
    items = tuple(ReportItem(id=one[:90], source=one, locator=one, code="new", detail=one) for one in words)
    report = REPORT.model_copy(update={"added": items, "failed": items})

    check_fits(each_card(report, "0a1b2c3d4e5f", page, locale))
    check_fits(preview_card(Finished(report, "0a1b2c3d4e5f", MOMENT), "run", locale))


def test_nothing_is_left_out() -> None:
    """
    Page by page each statement of a report is shown once.
    """
    items = tuple(ReportItem(id=f"2014-{n:03}", source="s", locator="f.txt", code="new") for n in range(1, 51))
    report = NOTHING.model_copy(update={"added": items})

    shown = "\n".join(each_card(report, "0a1b2c3d4e5f", page, "en").text for page in range(7))

    assert [shown.count(str(item.id)) for item in items] == [1] * 50
