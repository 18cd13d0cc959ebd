"""
Which statements are news, and telling a channel of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.card import Card
from bot.chat.cards.publications import Publication, publications_card
from bot.chat.verbs import Verbs
from retrieval.models import CitedStatement, Language

SHOWN = 5  # statements of a message


def news_card(service: Verbs, ids: Sequence[str], locale: Language) -> Card | None:
    """
    The message about what one generation brought; `None` where all of it repeats what the record held already.

    A statement and its translation that came together are one piece of news, shown in the language of the message
    where it was published in that.

    Args:
        service: Knows the statements.
        ids: Of statements that are new.
        locale: Of the message.

    Raises:
        UsageError: The service does not have this generation yet.
    """
    new, told = frozenset(ids), set[str]()
    shown: list[Publication] = []
    for id in ids:
        if len(shown) == SHOWN:
            break
        if id not in told:
            whole = service.statement(id)
            told |= {id, *(one.id for one in whole.versions if one.id in new)}
            same = [one for one in whole.versions if one.language == whole.statement.language]
            if all(one.id in new for one in same):
                shown.append(_publication(whole.statement, whole.versions, new, locale))
    return publications_card(shown, len(new - told), locale) if shown else None


def _publication(
    statement: CitedStatement, versions: Sequence[CitedStatement], new: frozenset[str], locale: Language
) -> Publication:
    released = [statement, *(one for one in versions if one.id in new)]
    shown = next((one for one in released if one.language == locale), statement)
    languages = {one.language for one in (statement, *versions)} - {shown.language}
    return Publication(shown, tuple(sorted(languages)))
