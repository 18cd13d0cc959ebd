"""
What members see of a whole statement, and of the statements of a title.

`REWRITE_GOLDEN=1 script/test tests/bot/test_cards_statement.py` writes the golden cards anew; read the difference.
"""

from __future__ import annotations

import re

import pytest
from card_reading import SCENES, check_fits, check_golden, labels, nasty, short, visible
from fakes_chat import cited, whole
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.card import Card
from bot.chat.cards.pages import PAGE, page_with, pages_of, parted
from bot.chat.cards.statements import list_card, statement_card
from bot.chat.presses import PagePress, read_press
from bot.chat.scene import Scene
from retrieval.models import CitedStatement, FullStatement, Note, ReadParagraph, StatementList

TALKATIVE = Scene(private=True, referrals=(("en", "*" * 300),), sample=True)
FIRST = PagePress("en", 1, 1, "2014-003")


@st.composite
def _cited(draw: st.DrawFn) -> CitedStatement:
    return cited(
        id=draw(short),
        title=draw(short | st.just("")),
        url=draw(st.none() | short.map("https://example.org/{}".format)),
        organizations=tuple(draw(st.lists(st.none() | short, max_size=5))),
        language=draw(st.sampled_from(["en", "es", "und"])),
        date=draw(st.sampled_from([None, "2012", "2012-11", "2012-11-08"])),
    )


@st.composite
def _statements(draw: st.DrawFn) -> FullStatement:
    texts = draw(st.lists(nasty.map(lambda text: text * draw(st.sampled_from([1, 1, 12]))), max_size=8))
    kinds = st.sampled_from(["body", "body", "about", "wrapper", "navigation"])
    return whole(
        statement=draw(_cited()),
        paragraphs=[
            ReadParagraph(paragraph=number, kind=draw(kinds), text=text) for number, text in enumerate(texts, start=1)
        ],
        versions=draw(st.lists(_cited(), max_size=5)),
    )


def walked(found: FullStatement, scene: Scene = SCENES[True]) -> list[Card]:
    """Every page of a statement, by pressing "Next page"."""
    cards = [statement_card(found, FIRST, scene)]
    while following := pressed(cards[-1], "Next page"):
        cards.append(statement_card(found, following, scene))
    return cards


def pressed(card: Card, label: str) -> PagePress | None:
    """What the button with this label holds."""
    held = (button.press for block in card.blocks for button in block.buttons if button.label == label)
    press = read_press(next(held, ""))
    return press if isinstance(press, PagePress) else None


@pytest.mark.thorough
@given(_statements(), st.sampled_from([*SCENES.values(), TALKATIVE]))
def test_every_page_fits(found: FullStatement, scene: Scene) -> None:
    """
    Whatever a statement holds, each of its pages is a message that Discord takes.
    """
    for card in (statement_card(found, FIRST, scene), statement_card(found, PagePress("es", 99, 1, "x"), scene)):
        check_fits(card)


@pytest.mark.thorough
@given(_statements())
def test_pages_lose_no_word(found: FullStatement) -> None:
    """
    All pages together show every paragraph that is no furniture, with all of its words in their order.
    """
    own = [one for one in found.paragraphs if one.kind != "navigation"]
    shown = [part for page in pages_of(found, "en") for part in page]

    quoted = [visible("\n".join(re.findall("^> .*$", part.text, re.MULTILINE))) for part in shown]
    joined = "".join("".join(text.split()) for text in quoted)
    assert joined == "".join("".join(one.text.split()) for one in own)


@given(nasty.map(lambda text: text * 5), st.integers(60, 900))
def test_long_paragraphs_are_parted_at_white_space(text: str, room: int) -> None:
    """
    Parts of a paragraph are its own words in their order; they end inside a word only where it is longer than a part.
    """
    parts = parted(text, room)

    place = 0
    for part in parts:
        start = text.index(part, place)
        assert not text[place:start].strip()
        if place and start == place:
            assert not re.search(r"\S\s", parts[parts.index(part) - 1])
        place = start + len(part)
    assert not text[place:].strip()


def test_short_paragraphs_stand_whole() -> None:
    """
    A paragraph that fits a page is never parted, and every page but the last is used.
    """
    pages = pages_of(whole(*["Raids must end. " * 40] * 9), "en")

    assert [(part.paragraph, part.part) for page in pages for part in page] == [(n, 1) for n in range(1, 10)]
    assert [len(page) for page in pages] == [3, 3, 3]


def test_pages_turn_forth_and_back() -> None:
    """
    "Next page" leads through all pages, "Previous page" back; the first and the last have one of them.
    """
    found = whole(*[f"Paragraph {number}. " + "Raids must end. " * 40 for number in range(5)])

    cards = walked(found)

    assert [re.findall(r"Page \d of \d", card.text) for card in cards] == [["Page 1 of 2"], ["Page 2 of 2"]]
    assert labels(cards[0]) == ["Next page"]
    assert labels(cards[1]) == ["Previous page"]
    back = pressed(cards[1], "Previous page")
    assert back is not None
    assert statement_card(found, back, SCENES[True]) == cards[0]


def test_a_page_is_found_by_any_paragraph() -> None:
    """
    A paragraph in the middle of a page, or one that is furniture, opens the page on which it would stand.
    """
    found = whole(*["Raids must end. " * 40] * 9)
    pages = pages_of(found, "en")

    assert [page_with(pages, paragraph, 1) for paragraph in (1, 3, 4, 9, 40)] == [0, 0, 1, 2, 2]


def test_long_paragraphs_say_that_they_go_on() -> None:
    """
    Where a paragraph is parted, a line outside of the quotation says so, before and after.
    """
    cards = walked(whole("Raids must end. " * 300))

    assert len(cards) > 1
    assert "(The paragraph goes on.)" in cards[0].text
    assert "¶1, continued" in cards[1].text
    assert "> (" not in cards[0].text
    assert all(len(card.blocks[1].text) <= PAGE for card in cards)


def _paragraphs() -> list[ReadParagraph]:
    texts = {
        1: ("navigation", "Home | Contact"),
        2: ("body", "OAKVILLE, 10 September 2014 – Puente Claro Network *condemned* the raids."),
        3: ("body", "“Night raids must end,” said Marta Quiroga.\nCall [phone number removed] now."),
        4: ("about", "Puente Claro Network is a network of 12 groups."),
        5: ("contact", "Press desk"),
    }
    return [ReadParagraph(paragraph=number, kind=kind, text=text) for number, (kind, text) in texts.items()]


def _golden_cards() -> dict[str, Card]:
    gone = {"missing_since": "2024-05-01"}
    spanish = cited(
        id="2014-004", language="es", title="Basta de redadas nocturnas", url="https://example.org/redadas", **gone
    )
    undated = cited(
        id="undated-002", title="Carta *abierta*", date=None, date_precision="none", date_evidence="none", **gone
    )
    found = whole(
        statement=cited(url="https://example.org/raids#top", **gone),
        paragraphs=_paragraphs(),
        versions=(spanish, undated),
    )
    listed = StatementList(statements=(cited(), spanish, undated), total=12, locale="en")
    return {
        "statement_en": statement_card(found, FIRST, SCENES[True]),
        "statement_es": statement_card(
            whole("Primero. " * 230, "Segundo. " * 20, statement=undated),
            PagePress("es", 2, 1, "undated-002"),
            SCENES[False],
        ),
        "statements_en": list_card(listed, SCENES[True], newest=False),
        "statements_es": list_card(listed.model_copy(update={"locale": "es"}), SCENES[False], newest=True),
        "statements_none_en": list_card(
            StatementList(locale="en", notes=(Note(code="title_words_missing", values={"words": "*visa*"}),)),
            SCENES[True],
            newest=False,
        ),
        "statements_empty_es": list_card(StatementList(locale="es"), SCENES[True], newest=True),
    }


@pytest.mark.parametrize("name", sorted(_golden_cards()))
def test_cards_read_as_written(name: str) -> None:
    """
    The words and their order on a card are those of its golden file.
    """
    check_golden(name, _golden_cards()[name])


@pytest.mark.thorough
@given(
    st.lists(_cited(), max_size=10),
    st.integers(0, 10**6),
    st.booleans(),
    st.sampled_from([*SCENES.values(), TALKATIVE]),
)
def test_every_list_fits(statements: list[CitedStatement], more: int, newest: bool, scene: Scene) -> None:
    """
    A list of any statements fits a message, and each that is shown can be opened.
    """
    found = StatementList(statements=tuple(statements), total=len(statements) + more, locale="es")

    card = list_card(found, scene, newest=newest)

    check_fits(card)
