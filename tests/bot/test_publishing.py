"""Which statements are news: releases, each once, whatever languages they come in."""

from __future__ import annotations

import pytest
from card_reading import labels, texts
from fakes_chat import FakeService, cited, whole

from bot.chat.publishing import news_card
from corpus.errors import UsageError
from retrieval.models import FullStatement, Language


class Shelf(FakeService):
    """
    Knows these statements: number → language and the numbers of the same release.

    Of every other number it knows nothing, as a process that has not opened the generation yet.
    """

    def __init__(self, **statements: tuple[str, str]) -> None:
        super().__init__()
        self.read: list[str] = []
        self._languages = {id.replace("_", "-"): language for id, (language, _) in statements.items()}
        self._same = {id.replace("_", "-"): same.split() for id, (_, same) in statements.items()}

    def statement(self, id: str) -> FullStatement:
        """One of them."""
        self.read.append(id)
        if id not in self._same:
            raise UsageError(f"There is no statement {id}.")
        versions = tuple(self._cited(other) for other in self._same[id])
        return whole("Nobody sleeps.", statement=self._cited(id), versions=versions)

    def _cited(self, id: str) -> object:
        return cited(id=id, title=f"Release {id}", language=self._languages[id])


def shown(service: Shelf, *ids: str, locale: Language = "en") -> tuple[list[str], str]:
    """Which statements a message opens, and its words."""
    card = news_card(service, ids, locale)
    opened = [label.split()[-1] for label in labels(card)] if card else []
    return opened, "\n".join(texts(card)) if card else ""


ALONE = {f"y_{number}": ("en", "") for number in range(1, 9)}


def test_each_is_told() -> None:
    """
    A statement is told with a button that opens it.
    """
    opened, words = shown(Shelf(**ALONE), "y-1")

    assert opened == ["y-1"]
    assert words.startswith("**New statement published**\n**Release y-1**")


def test_five_are_shown_in_full() -> None:
    """
    Of many, five are shown and the rest is counted, without reading the rest.
    """
    service = Shelf(**ALONE)
    opened, words = shown(service, *(f"y-{number}" for number in range(1, 9)), *(f"z-{n}" for n in range(300)))

    assert opened == ["y-1", "y-2", "y-3", "y-4", "y-5"]
    assert service.read == opened
    assert words.startswith("**308 new statements published**")
    assert words.endswith("and 303 more")


@pytest.mark.parametrize(
    ("locale", "id", "also"), [("en", "y-1", "also in Spanish"), ("es", "y-2", "también en inglés")]
)
def test_a_translation_is_no_news_of_its_own(locale: Language, id: str, also: str) -> None:
    """
    A release in two languages is told once, in the language of the channel, with the other one named.
    """
    opened, words = shown(Shelf(y_1=("en", "y-2"), y_2=("es", "y-1")), "y-2", "y-1", locale=locale)

    assert opened == [id]
    assert also in words
    assert "more" not in words


def test_a_later_translation_is_news() -> None:
    """
    A translation of what the record held already is told, with the language of the earlier one.
    """
    opened, words = shown(Shelf(y_1=("en", "y-2"), y_2=("es", "y-1")), "y-2")

    assert opened == ["y-2"]
    assert "Spanish · also in English" in words


def test_a_copy_is_no_news() -> None:
    """
    What repeats a release that the record held already is not told; two new copies are told once.
    """
    service = Shelf(y_1=("en", "y-2 y-3"), y_2=("en", "y-1 y-3"), y_3=("en", "y-1 y-2"))

    assert shown(service, "y-2") == ([], "")
    assert shown(service, "y-3", "y-2", "y-1")[0] == ["y-3"]


def test_not_before_it_can_be_opened() -> None:
    """
    While the process that answers does not know a statement yet, there is no message.
    """
    with pytest.raises(UsageError):
        news_card(Shelf(**ALONE), ("y-1", "y-9"), "en")
