"""
What moderators read of a report.
"""

from __future__ import annotations

from bot.chat.card import MAX_TEXT, Block, Card, size_of
from bot.chat.cards.decisions import moderator_buttons
from bot.chat.cards.parts import passage_within
from bot.chat.markdown import escape
from bot.chat.presses import PlacePress
from bot.chat.scene import Scene
from bot.messages import say
from retrieval.models import Language, PassageInContext

REASONS = ("speaker", "date", "private", "other")


def report_card(
    press: PlacePress, reason: str, note: str, found: PassageInContext | None, locale: Language, scene: Scene
) -> Card:
    """
    A report for the moderators: what is wrong, in which statement, the words that are meant, and what can be done.

    Args:
        press: The place of the words.
        reason: One of `REASONS`.
        note: What the member wrote, private numbers left out; "" without.
        found: The words as they stand there now; `None` where they do not any more.
        locale: Of the report.
        scene: Of the member's message; nothing can be shared or reported from here.
    """
    lines = [
        say("report_head", locale, id=escape(press.id), revision=press.revision),
        say("report_says", locale, reason=say(f"report_{reason}", locale)),
        *([say("report_says_note", locale, note=escape(note))] if note else []),
    ]
    choices = Block(buttons=moderator_buttons(("hide", "correct", "dismiss"), press.id, locale))
    if found is None:
        return Card((Block("\n".join([*lines, say("report_gone", locale)])), choices))
    scene = scene._replace(shareable=False, reportable=False)
    words = passage_within(found.excerpt, locale, scene, MAX_TEXT - size_of(lines))
    return Card((Block("\n".join(lines)), words, choices))
