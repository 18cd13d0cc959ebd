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
from corpus.reader import read_statement
from retrieval.models import Language

MOMENT = "2025-05-31T18:05:00+00:00"


def _item(code: str, id: str | None = None, detail: str = "") -> ReportItem:
    return ReportItem(id=id, source="/srv/releases", locator="*walk*.txt", code=code, detail=detail)


REPORT = Report(
    generation=7,
    applied=False,
    added=(
        _item("new", "2014-003", "date_inconsistent: Monday, 10 June 2014; private_masked: 2; something_else: 3"),
        _item("translation_of", "2014-004", "2014-003; speaker_unsure: 1"),
        _item("duplicate_of", "2014-001", "2014-001"),
    ),
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


MEMO = "A memo on wells\n\n{day}\n\nThe valley asked for nine wells, and every one of them was dug by hand."


@pytest.mark.parametrize(
    ("code", "data", "file"),
    [
        ("date_inconsistent", MEMO.format(day="Monday, May 6, 2014").encode(), "memo.txt"),
        ("date_ambiguous", MEMO.format(day="05/06/2014").encode(), "memo.txt"),
        ("date_conflict", f"---\ndate: 2011-02-03\n---\n{MEMO.format(day='May 6, 2014')}".encode(), "memo.md"),
        ("decoded_as", MEMO.format(day="Un café").encode("latin-1"), "memo.txt"),
        ("bytes_lost", MEMO.format(day="“Un café” él").encode() + b"\xff\xfe\xfa", "memo.txt"),
        (
            "entities_escaped_twice",
            b"<p>The valley &amp;amp; the river asked for wells that nobody dug.</p>",
            "memo.html",
        ),
    ],
)
def test_warnings_of_a_reading_have_words(code: str, data: bytes, file: str) -> None:
    """
    What a reading warns of is said to a moderator in words, in both languages; no code is left.
    """
    warnings = read_statement(data, file).warnings
    report = Report(generation=7, applied=False, added=(_item("new", "2014-003", "; ".join(warnings)),))

    assert [one.partition(":")[0] for one in warnings] == [code]
    for locale in ("en", "es"):
        shown = each_card(report, "0a1b2c3d4e5f", 0, locale).text
        assert say(f"warning_{code}", locale, value=warnings[0].partition(": ")[2]) in shown.replace("\\", "")
        assert code.replace("_", " ") not in shown.replace("\\", "").replace("_", " ")


def test_nothing_is_left_out() -> None:
    """
    Page by page each statement of a report is shown once.
    """
    items = tuple(ReportItem(id=f"2014-{n:03}", source="s", locator="f.txt", code="new") for n in range(1, 51))
    report = NOTHING.model_copy(update={"added": items})

    shown = "\n".join(each_card(report, "0a1b2c3d4e5f", page, "en").text for page in range(7))

    assert [shown.count(str(item.id)) for item in items] == [1] * 50
