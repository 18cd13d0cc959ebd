"""
What moderators read of their decisions: what was done and by whom, what would be done, and what they can do next.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from bot.chat.card import MAX_TEXT, Block, Button, Card, button, fitting, size
from bot.chat.cards.record import who_in_words, words_of
from bot.chat.markdown import escape
from bot.chat.presses import ModeratorPress, ModeratorVerb, write_press
from bot.messages import date_in_words, say
from retrieval.models import Language

if TYPE_CHECKING:
    from corpus.corrections import Change
    from corpus.models import Statement

FIELDS = ("date", "title", "organization", "speaker", "paragraph")
# A field in which a moderator types → the part of a statement that it corrects.
_PARTS = {"organization": "organizations", "paragraph": "furniture"}
_MAX_BEFORE = 60
_MAX_IDS = 5
_ABOVE = 2  # what a report says, and the words that are meant


def moderator_buttons(verbs: Sequence[ModeratorVerb], place: str, locale: Language) -> tuple[Button, ...]:
    """A button for each of these, about this statement."""
    return tuple(
        one
        for verb in verbs
        for one in button(say(f"button_{verb}", locale), press=write_press(ModeratorPress(verb, locale, place)))
    )


def done_line(done: str, ids: Sequence[str], by: str, reason: str, locale: Language) -> str:
    """What was done to statements, by whom and why."""
    more = len(ids) - _MAX_IDS
    named = [words_of(id) for id in ids[:_MAX_IDS]] + ([say("and_more", locale, count=more)] if more > 0 else [])
    line = say(f"done_{done}", locale, ids=", ".join(named), who=who_in_words(by))
    return f"{line}\n{say('report_says', locale, reason=escape(reason))}" if reason else line


def decided_card(
    above: Sequence[str], line: str, verbs: Sequence[ModeratorVerb], id: str, locale: Language, *, private: bool
) -> Card:
    """
    A message after something was decided.

    Args:
        above: What stands above it; the first two stay, as far as they have room.
        line: What was decided.
        verbs: What can be done next.
        id: Of the statement.
        locale: Of the buttons.
        private: For the moderator alone.
    """
    kept = fitting([Block(text) for text in above[:_ABOVE]], MAX_TEXT - size(line) - 1)
    return Card((*kept, Block(line, moderator_buttons(verbs, id, locale))), private)


def erase_card(statement: Statement, reason: str, locale: Language) -> Card:
    """Asks a second time before a text is erased; the reason is read back from here."""
    title = words_of(statement.title)
    lines = [
        say("erase_sure", locale, id=words_of(statement.id), title=title),
        say("report_says", locale, reason=escape(reason)),
    ]
    return Card((Block("\n".join(lines), moderator_buttons(("erase", "keep"), statement.id, locale)),), private=True)


def preview(
    statement: Statement, typed: Mapping[str, str], changes: Sequence[Change], reason: str, locale: Language
) -> str:
    """What a correction will change, nothing of it done yet; what was typed is read back from here."""
    lines = [
        say("correct_head", locale, id=words_of(statement.id), title=words_of(statement.title, _MAX_BEFORE)),
        say("report_says", locale, reason=escape(reason)),
    ]
    for field, value in typed.items():
        lines.append(say(f"new_{field}", locale, value=escape(value)))
        part = _PARTS.get(field, field)
        before = next((change.before for change in changes if change.field == part), None)
        if field != "paragraph":
            lines.append(say("until_now", locale, value=_shown(field, before, locale)))
    return "\n".join(lines)


def _shown(field: str, value: Any, locale: Language) -> str:
    if field == "date":
        return date_in_words(value, locale)
    names = [name or say("name_missing", locale) for name in value] if isinstance(value, list | tuple) else [value]
    return words_of("; ".join(filter(None, names)) or "–", _MAX_BEFORE)
