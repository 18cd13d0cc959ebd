"""
Messages of one sentence: when there is less to say, and why.
"""

from __future__ import annotations

from bot import messages
from bot.chat.card import Card, card_of
from bot.chat.markdown import escape
from retrieval.models import Language, Note


def notice(key: str, locale: Language, *, private: bool = False, **values: str | int) -> Card:
    """A message of one sentence of the catalog. Words of people among `values` are shown as they are."""
    shown = {name: escape(value) if isinstance(value, str) else value for name, value in values.items()}
    return card_of(messages.note(Note(code=key, values=shown), locale), private=private)
