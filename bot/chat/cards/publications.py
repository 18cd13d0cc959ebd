"""
What everybody in a channel reads when statements were published.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.chat.card import MAX_TEXT, Block, Button, Card, button, fitting, size_of
from bot.chat.cards.parts import name_in, names_in
from bot.chat.markdown import escape, shorten
from bot.chat.presses import PagePress, write_press
from bot.messages import date_in_words, say
from retrieval.fragments import web_address
from retrieval.models import CitedStatement, Language

_MAX_TITLE = 200
_MORE = 60  # characters that say how many more there are


class Publication(NamedTuple):
    """A statement that is new, and the other languages in which it was published too."""

    statement: CitedStatement
    also: tuple[str, ...] = ()


def publications_card(shown: Sequence[Publication], more: int, locale: Language) -> Card:
    """
    New statements, each with its title, issuers, date with its precision, language and number, and buttons that open
    it here and where it was published.

    Args:
        shown: Those that are shown in full, as far as there is room.
        more: How many there are besides.
        locale: Of the words around them.
    """
    head = say("announce_head", locale, count=len(shown) + more)
    blocks = [Block("\n".join(_lines(one, locale)), tuple(_buttons(one.statement, locale))) for one in shown]
    fit = fitting(blocks, MAX_TEXT - size_of([head]) - _MORE)
    more += len(blocks) - len(fit)
    rest = [Block(say("and_more", locale, count=more))] if more else []
    return Card((Block(f"**{head}**"), *fit, *rest))


def _lines(published: Publication, locale: Language) -> Iterator[str]:
    statement = published.statement
    title, mark = shorten(statement.title, _MAX_TITLE)
    yield f"**{escape(title)}**{mark}" if title else name_in(statement.id, locale)
    yield names_in(statement.organizations, locale) or say("issuer_unknown", locale)
    languages = ", ".join(_language(one, locale) for one in published.also)
    yield " · ".join(
        [
            date_in_words(statement.date, locale),
            _language(statement.language, locale),
            *([say("announce_also", locale, languages=languages)] if languages else []),
            name_in(statement.id, locale),
        ]
    )


def _language(code: str, locale: Language) -> str:
    """A statement's language, named in another."""
    return say(f"language_{code if code in ('en', 'es') else 'other'}", locale)


def _buttons(statement: CitedStatement, locale: Language) -> Iterator[Button]:
    press = PagePress(locale, 1, statement.revision, statement.id)
    yield from button(say("button_open", locale, id=statement.id), press=write_press(press))
    if url := web_address(statement.url or ""):
        yield from button(say("button_source", locale), url=url)
