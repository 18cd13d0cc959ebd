"""
What moderators read while the record is read again, before something is changed, and afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from bot.chat.card import Block, Button, Card, button
from bot.chat.cards.record import code_in_words, listing, moment_in_words, who_in_words, words_of
from bot.chat.markdown import escape
from bot.chat.presses import ModeratorPress, ModeratorVerb, write_press
from bot.messages import catalog, say
from retrieval.models import Language

if TYPE_CHECKING:
    from bot.curation import Report, ReportItem

Kind = Literal["added", "changed", "missing", "removed", "failed"]
_SIGNS: Mapping[Kind, str] = {"added": "+", "changed": "~", "missing": "−", "removed": "×", "failed": "!"}
_MAX_DETAIL = 180
_MAX_LOST = 10
# Why nothing was applied → the letter in a button that accepts it.
LETTERS = {"too_many_missing": "m", "golden_lost": "g"}


class Finished(NamedTuple):
    """
    Work that has ended: what it found or changed, the key under which that is kept, and the moment (ISO).

    Attributes:
        place: What the buttons hold beside the verb: of a rollback the number of the generation; behind a dot what is
            accepted by now.
        verb: Of the button that does it all the same.
        said: A line that such a button reads back from the message.
    """

    report: Report
    key: str
    when: str
    place: str = ""
    verb: ModeratorVerb = "accept"
    said: str = ""


def progress_card(step: Mapping[str, Any] | None, locale: Language) -> Card:
    """How far it has come, with a button to end it; `step` is a line of progress, `None` before the first."""
    if step is None:
        text = say("work_begins", locale)
    elif step["event"] == "building":
        text = say("work_building", locale)
    else:
        text = say("work_reading", locale, done=step["done"], total=step["total"])
    return Card((Block(text, _button("stop", locale)),), private=True)


def preview_card(found: Finished, verb: ModeratorVerb, locale: Language) -> Card:
    """
    What would change, nothing of it done yet.

    Args:
        found: From a dry run.
        verb: That of the button which does it: `run` or `rollback`.
        locale: Of the words.
    """
    report = found.report
    count = _count(report)
    lines = [say(f"preview_{verb}", locale, place=found.place), *_said(found), counts_line(report, locale)]
    buttons: list[Button] = []
    if report.refused == "too_many_missing":
        lines.append(say("many_missing", locale, count=len(report.missing)))
        verb = "sure"
    if count:
        label = say("button_rollback" if verb == "rollback" else "button_run", locale, count=count)
        buttons += _button(verb, locale, found.place or found.key, label)
    else:
        lines.append(say("nothing_to_change", locale))
    buttons += [*_each(found, locale), *(_button("keep", locale) if count else ())]
    return Card((Block("\n".join(lines), tuple(buttons)),), private=True)


def sure_card(found: Finished, locale: Language) -> Card:
    """Asks a second time, where more than a tenth of the record would go missing, or golden questions would be lost."""
    report = found.report
    if report.refused == "golden_lost":
        more = len(report.lost) - _MAX_LOST
        named = [words_of(id, 40) for id in report.lost[:_MAX_LOST]]
        named += [say("and_more", locale, count=more)] if more > 0 else []
        question = say("golden_lost_sure", locale, count=len(report.lost), ids=", ".join(named))
    else:
        question = say("many_missing_sure", locale, count=len(report.missing))
    subject, _, accepted = found.place.partition(".")
    place = f"{subject}.{accepted}{LETTERS[report.refused or 'too_many_missing']}"
    accept = _button(found.verb, locale, place, say("button_accept", locale))
    return Card((Block("\n".join([question, *_said(found)]), (*accept, *_button("keep", locale))),), private=True)


def result_card(found: Finished, locale: Language) -> Card:
    """What was changed, with the generation and the time; or that nothing was."""
    report = found.report
    key = "work_done" if report.applied else "work_same"
    head = say(key, locale, number=report.generation, when=moment_in_words(found.when, locale))
    return Card((Block(f"{head}\n{counts_line(report, locale)}", _each(found, locale)),), private=True)


def ended_card(key: str, generation: int, locale: Language) -> Card:
    """That it was ended or failed, and which generation the record is at."""
    return Card((Block(say(key, locale, number=generation)),), private=True)


def busy_card(by: int, since: str, locale: Language) -> Card:
    """Who is working on the record already."""
    who = who_in_words(f"discord:{by}")
    return Card((Block(say("work_busy", locale, who=who, when=moment_in_words(since, locale))),), private=True)


def each_card(report: Report, key: str, page: int, locale: Language) -> Card:
    """Every statement of a report with its reason, page by page."""
    rows = [_row(sign, item, locale) for sign, item in _items(report)]
    return listing(counts_line(report, locale), rows, "each", page, locale, place=f"{key}.")


def counts_line(report: Report, locale: Language) -> str:
    """`+3 new · ~1 changed · −0 missing · =208 same · !1 failed`; what a rollback takes out only where it does."""
    values = {f"{kind}_count": len(getattr(report, kind)) for kind in _SIGNS}
    line = say("work_counts", locale, same=report.same, **values)
    removed = len(report.removed)
    return f"{line} · {say('work_removed', locale, count=removed)}" if removed else line


def _said(found: Finished) -> list[str]:
    return [found.said] if found.said else []


def _count(report: Report) -> int:
    return len(report.added) + len(report.changed) + len(report.missing) + len(report.removed)


def _items(report: Report) -> Iterator[tuple[str, ReportItem]]:
    for kind, sign in _SIGNS.items():
        yield from ((sign, item) for item in getattr(report, kind))


def _row(sign: str, item: ReportItem, locale: Language) -> str:
    # Of what failed the code says why, in both languages; of a copy the detail is the number once more.
    is_said = sign == _SIGNS["failed"] or item.detail == item.id
    remarks = "; ".join(_remark(part, locale) for part in item.detail.split("; "))
    detail = "" if is_said else words_of(remarks, _MAX_DETAIL)
    parts = [words_of(item.id, 40) if item.id else "", words_of(item.locator, 80), code_in_words(item.code, locale)]
    return escape(f"{sign} ") + " · ".join(filter(None, [*parts, detail]))


def _remark(part: str, locale: Language) -> str:
    """A warning of the reading in words; anything else as it is."""
    code, _, value = part.partition(": ")
    key = f"warning_{code}"
    return say(key, locale, value=value) if key in catalog(locale) else part


def _each(found: Finished, locale: Language) -> tuple[Button, ...]:
    return _button("each", locale, found.key) if any(_items(found.report)) else ()


def _button(verb: ModeratorVerb, locale: Language, place: str = "", label: str = "") -> tuple[Button, ...]:
    press = write_press(ModeratorPress(verb, locale, place))
    return button(label or say(f"button_{verb}", locale), press=press)
