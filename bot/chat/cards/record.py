"""
What moderators read of the record as a whole: how its sources fare, and what was done to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bot.chat.card import MAX_TEXT, Block, Button, Card, button, size
from bot.chat.markdown import escape, shorten
from bot.chat.presses import ModeratorPress, ModeratorVerb, write_press
from bot.messages import catalog, date_in_words, every_in_words, say
from retrieval.models import Language

if TYPE_CHECKING:
    from bot.curation.reports import ActionLine, GenerationLine, History, SourceLine, Status

_ROWS, _MAX_ROW = 8, 400  # lines of a page, and the characters of one
_MAX_WORDS, _MAX_LABEL = 150, 60


def status_card(found: Status, page: int, locale: Language) -> Card:
    """How much is stored, and every source with its last success, its last failure and why."""
    counts = [say("status_statements", locale, count=found.statements)]
    counts += [
        say(f"status_{kind}", locale, count=count)
        for kind in ("hidden", "erased", "missing")
        if (count := getattr(found, kind))
    ]
    head = say("status_head", locale, number=found.generation, counts=", ".join(counts))
    return listing(head, [source_row(one, locale) for one in found.sources], "status", page, locale)


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
    if re.fullmatch(r"http_\d{3}", code):
        return say("code_http", locale, status=code.removeprefix("http_"))
    key = f"code_{code}"
    return say(key, locale) if key in catalog(locale) else words_of(code.replace("_", " "))


def source_row(source: SourceLine, locale: Language) -> str:
    """A source in one line: its number, what is said of it, how it fares and when it is read."""
    parts = [f"- {source.id}", *_said(source, locale)]
    if source.last_success:
        parts.append(say("source_read", locale, when=moment_in_words(source.last_success, locale)))
    else:
        parts.append(say("source_unread", locale))
    if source.code and source.last_failure:
        why = code_in_words(source.code, locale)
        parts.append(say("source_failed", locale, when=moment_in_words(source.last_failure, locale), why=why))
    if source.failing_since and source.failing_since != source.last_failure:
        parts.append(say("source_failing", locale, when=moment_in_words(source.failing_since, locale)))
    parts.append(every_in_words(source.every_h, locale))
    if source.next:
        parts.append(say("source_next", locale, when=moment_in_words(source.next, locale)))
    return " · ".join(parts)


def _said(source: SourceLine, locale: Language) -> Iterator[str]:
    """What moderators say of a source, beside its place."""
    if source.name:
        yield say("source_said", locale, name=words_of(source.name, _MAX_LABEL), locator=words_of(source.locator))
    else:
        yield words_of(source.locator)
    if source.organization:
        yield words_of(source.organization, _MAX_LABEL)
    if source.language:
        codes = source.language.split(", ")
        yield ", ".join(say(f"language_{code}", locale) if code in ("en", "es") else words_of(code) for code in codes)
    if source.licence:
        yield words_of(source.licence, _MAX_LABEL)


def _row(done: ActionLine | GenerationLine, brought: GenerationLine | None, locale: Language) -> str:
    """What was done, and the generation that it brought about."""
    parts = [moment_in_words(done.when, locale), _verb(done.what, locale)]
    if brought:
        parts.insert(1, say("generation", locale, number=brought.number))
        kinds = ("added", "changed", "missing", "removed")
        counts = {kind: getattr(brought, kind) for kind in kinds}
        parts += [say(f"count_{kind}", locale, count=count) for kind, count in counts.items() if count]
    parts += [words_of(words) for words in (getattr(done, "id", None), getattr(done, "reason", "")) if words]
    if done.what == "source":
        # What changed, each with the place of the source.
        parts += [words_of(str(change["place"])) for change in getattr(done, "detail", ())[:1]]
    who = say("who_schedule", locale) if done.by == "schedule" else who_in_words(done.by)
    return f"- {' · '.join([*parts, who])}"


def _verb(what: str, locale: Language) -> str:
    """What was done, in a word or two."""
    key = f"did_{what}"
    return say(key, locale) if key in catalog(locale) else words_of(what)
