"""
What moderators read of sources without having asked, and what a channel reads of statements that were published.

`REWRITE_GOLDEN=1 script/test tests/bot/test_cards_schedule.py` writes the golden cards anew; read the difference.
"""

from __future__ import annotations

from functools import cache

import pytest
from card_reading import check_fits, check_golden, nasty
from fakes_chat import cited
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.card import Card
from bot.chat.cards.publications import Publication, publications_card
from bot.chat.cards.schedule import failing_card, labelled_card, recovered_card, waiting_card
from bot.curation import Labelled, Report, ReportItem
from bot.curation.reports import SourceLine
from bot.messages import say
from corpus.store import SourceStatus
from retrieval.models import Language

SINCE = "2025-05-28T06:00:00+00:00"


def source(number: int = 2, name: str | None = "Feed of *Laurel*", **more: object) -> SourceStatus:
    """A feed that fails."""
    known: dict[str, object] = {
        **dict.fromkeys(SourceStatus._fields),
        **{"id": number, "kind": "feed", "locator": "https://laurel.example/feed", "code": "http_503"},
        **{"failing_since": SINCE, "last_failure": SINCE, "tried": SINCE, "told": 0, "name": name},
    }
    return SourceStatus(**(known | more))  # type: ignore[arg-type]


ITEM = ReportItem(source="s", locator="l", code="new")
LARGE = Report(generation=7, applied=False, added=(ITEM,) * 31, changed=(ITEM,) * 4, same=208, refused="not_small")
LOST = LARGE.model_copy(update={"refused": "golden_lost"})
LABELLED = Labelled(
    applied=True,
    source=SourceLine(
        id=2,
        kind="feed",
        locator="https://laurel.example/feed",
        last_success=SINCE,
        last_failure=None,
        code=None,
        next="2025-06-04T06:00:00+00:00",
        name="Feed of *Laurel*",
        every_h=168,
    ),
)
PUBLISHED = (
    Publication(cited(url="https://puente.example/raids"), ("es",)),
    Publication(
        cited(id="undated-004", title="", organizations=(None,), date=None, date_precision="none", language="ht")
    ),
    Publication(cited(id="2013-001", title="A *march*", organizations=(), date="2013-05", date_precision="month")),
)


@cache
def _golden_cards() -> dict[str, Card]:
    cards = {}
    locales: tuple[Language, ...] = ("en", "es")
    for locale in locales:
        other = source(3, None, locator="/srv/lost", code="not_found")
        cards |= {
            f"failing_{locale}": failing_card([source(), other], locale),
            f"failing_one_{locale}": failing_card([source()], locale),
            f"recovered_{locale}": recovered_card([source(), other], locale),
            f"recovered_one_{locale}": recovered_card([source()], locale),
            f"waiting_{locale}": waiting_card(LARGE, locale),
            f"waiting_golden_{locale}": waiting_card(LOST, locale),
            f"labelled_{locale}": labelled_card(LABELLED, locale),
            f"published_{locale}": publications_card(PUBLISHED, 212, locale),
            f"published_one_{locale}": publications_card(PUBLISHED[:1], 0, locale),
        }
    return cards


@pytest.mark.parametrize("name", sorted(_golden_cards()))
def test_cards_read_as_written(name: str) -> None:
    """
    The words and their order on a card are those of its golden file.
    """
    check_golden(name, _golden_cards()[name])


@given(st.lists(nasty, min_size=1, max_size=40), st.sampled_from(["en", "es"]))
def test_notices_fit(names: list[str], locale: Language) -> None:
    """
    However many sources fail, and whatever they are called, one message says so.
    """
    sources = [source(number, name, locator=name * 3, code=name) for number, name in enumerate(names, start=1)]

    check_fits(failing_card(sources, locale))
    check_fits(recovered_card(sources, locale))


@given(st.lists(nasty, min_size=1, max_size=5), st.integers(0, 9_999), st.sampled_from(["en", "es"]))
def test_publications_fit(names: list[str], more: int, locale: Language) -> None:
    """
    Whatever statements and organizations are called, what has no room is counted, and nobody is pinged.
    """
    shown = [Publication(cited(id=name[:60], title=name, organizations=(name,) * 9)) for name in names]

    card = publications_card(shown, more, locale)

    check_fits(card)
    told = [block for block in card.blocks if block.buttons]
    rest = len(shown) + more - len(told)
    assert [block.text for block in card.blocks[1 + len(told) :]] == (
        [say("and_more", locale, count=rest)] * bool(rest)
    )
