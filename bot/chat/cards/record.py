"""
What moderators read of the record as a whole: how its sources fare, and what was done to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.chat.card import MAX_TEXT, Block, Button, Card, button, size
from bot.chat.markdown import escape, shorten
from bot.chat.presses import ModeratorPress, ModeratorVerb, write_press
from bot.messages import catalog, date_in_words, say
from retrieval.models import Language

if TYPE_CHECKING:
    from bot.curation.reports import ActionLine, GenerationLine, History, SourceLine, Status

_ROWS, _MAX_ROW = 8, 400  # lines of a page, and the characters of one
_MAX_WORDS = 150


def status_card(found: Status, page: int, locale: Language) -> Card:
    """How much is stored, and every source with its last success, its last failure and why."""
    counts = [say("status_statements", locale, count=found.statements)]
    counts += [
        say(f"status_{kind}", locale, count=count)
        for kind in ("hidden", "erased", "missing")
        if (count := getattr(found, kind))
    ]
    head = say("status_head", locale, number=found.generation, counts=", ".join(counts))
    return listing(head, [_source(one, locale) for one in found.sources], "status", page, locale)


def history_card(found: History, page: int, locale: Language) -> Card:
    """Generations and what moderators did, the newest first."""
    # Most generations are what one action brought about: one row tells both.
    brought = {(one.when, one.by, one.what): one for one in found.generations}
    rows = [(one.when, _row(one, brought.pop((one.when, one.by, one.what), None), locale)) for one in found.actions]
    rows += [(one.when, _row(one, one, locale)) for one in brought.values()]
    rows.sort(key=lambda row: row[0], reverse=True)
    return listing(say("history_head", locale), [row for _, row in rows], "history", page, locale)


def listing(head: str, rows: Sequence[str], verb: ModeratorVerb, page: int, locale: Language, place: str = "") -> Card:
    """
    A page of rows below a head, with buttons to the pages beside it; for the moderator alone.

    Args:
        head: What stands above.
        rows: Markdown, one line each.
        verb: Of the buttons.
        page: From 0; the last one where there are fewer.
        locale: Of the words.
        place: What the buttons hold before the number of the page.
    """
    pages = _paged(rows, MAX_TEXT - size(head) - _MAX_ROW)
    page = min(page, len(pages) - 1)
    if len(pages) > 1:
        head = f"{head}\n{say('page_of', locale, page=page + 1, count=len(pages))}"
    turns: list[Button] = []
    for key, other in (("previous", page - 1), ("next", page + 1)):
        if 0 <= other < len(pages):
            press = ModeratorPress(verb, locale, f"{place}{other}")
            turns += button(say(f"button_{key}", locale), press=write_press(press))
    blocks = (Block(head), Block("\n".join(pages[page]), tuple(turns)))
    return Card(tuple(block for block in blocks if any(block)), private=True)


def _paged(rows: Sequence[str], room: int) -> list[list[str]]:
    pages: list[list[str]] = [[]]
    left = room
    for row in rows:
        left -= size(row) + 1
        if pages[-1] and (left < 0 or len(pages[-1]) == _ROWS):
            pages.append([])
            left = room - size(row) - 1
        pages[-1].append(row)
    return pages


def words_of(text: str, limit: int = _MAX_WORDS) -> str:
    """Words of people or files on one line, as they are."""
    return escape("".join(shorten(text, limit)))


def moment_in_words(when: str, locale: Language) -> str:
    """A day, or a day and the time in UTC."""
    day = date_in_words(when[:10], locale)
    return say("moment", locale, day=day, time=when[11:16]) if len(when) > 10 else day


def who_in_words(by: str) -> str:
    """A moderator of Discord as a mention, which pings nobody here; others as the history has them."""
    kind, _, member = by.partition(":")
    return f"<@{member}>" if kind == "discord" and member.isdecimal() else words_of(by)


def code_in_words(code: str, locale: Language) -> str:
    """Why something is listed."""
    key = f"code_{code}"
    return say(key, locale) if key in catalog(locale) else words_of(code.replace("_", " "))


def _source(source: SourceLine, locale: Language) -> str:
    parts = [f"- {words_of(source.locator)}"]
    if source.last_success:
        parts.append(say("source_read", locale, when=moment_in_words(source.last_success, locale)))
    else:
        parts.append(say("source_unread", locale))
    if source.code and source.last_failure:
        why = code_in_words(source.code, locale)
        parts.append(say("source_failed", locale, when=moment_in_words(source.last_failure, locale), why=why))
    if source.next:
        parts.append(say("source_next", locale, when=moment_in_words(source.next, locale)))
    return " · ".join(parts)


def _row(done: ActionLine | GenerationLine, brought: GenerationLine | None, locale: Language) -> str:
    """What was done, and the generation that it brought about."""
    parts = [moment_in_words(done.when, locale), _verb(done.what, locale)]
    if brought:
        parts.insert(1, say("generation", locale, number=brought.number))
        kinds = ("added", "changed", "missing", "removed")
        counts = {kind: getattr(brought, kind) for kind in kinds}
        parts += [say(f"count_{kind}", locale, count=count) for kind, count in counts.items() if count]
    parts += [words_of(words) for words in (getattr(done, "id", None), getattr(done, "reason", "")) if words]
    return f"- {' · '.join([*parts, who_in_words(done.by)])}"


def _verb(what: str, locale: Language) -> str:
    """What was done, in a word or two."""
    key = f"did_{what}"
    return say(key, locale) if key in catalog(locale) else words_of(what)
