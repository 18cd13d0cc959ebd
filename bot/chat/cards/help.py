"""
What the bot does, what its record holds, and what becomes of what members type.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from bot.chat.card import Block, Card
from bot.chat.cards.parts import footer, sample_line
from bot.chat.markdown import escape
from bot.chat.scene import Scene
from bot.messages import date_in_words, say
from bot.service import Overview
from retrieval.models import Language

Topic = Literal["ask", "record", "privacy", "report"]
TOPICS: tuple[Topic, ...] = ("ask", "record", "privacy", "report")

_COMMANDS = ("ask", "quote", "verify", "timeline", "statement", "person")


def help_card(topic: Topic | None, overview: Overview, locale: Language, scene: Scene) -> Card:
    """
    Help on one topic, or in short on all of them.

    Args:
        topic: What it is about; `None` for everything.
        overview: How much the record holds.
        locale: Of the words.
        scene: Where the message will stand; help says whether others can read along.
    """
    blocks = [_block(one, overview, locale, scene, whole=one == topic) for one in TOPICS if topic in (one, None)]
    foot = footer(locale, scene, quoted=False)
    return Card((*blocks, *([Block("\n".join(foot))] if foot else [])), scene.private)


def _block(topic: Topic, overview: Overview, locale: Language, scene: Scene, *, whole: bool) -> Block:
    lines = [f"**{say(f'help_{topic}', locale)}**", *_SHORT[topic](overview, locale, scene)]
    return Block("\n".join([*lines, *(_MORE[topic](locale, scene) if whole else ())]))


def _ask(_: Overview, locale: Language, scene: Scene) -> Iterator[str]:
    yield say("help_ask_how", locale, ask=say("command_ask", locale))
    yield say("help_ask_exact", locale)


def _record(overview: Overview, locale: Language, scene: Scene) -> Iterator[str]:
    yield from sample_line(locale, scene)
    if not overview.statements:
        yield say("no_statements", locale)
        return
    span = {"first": overview.first_date, "last": overview.last_date}
    dates = {name: date_in_words(date, locale) for name, date in span.items()}
    key = "help_record_holds" if overview.first_date else "help_record_holds_undated"
    yield say(key, locale, count=overview.statements, **dates)
    if overview.first_date and overview.undated:
        yield say("help_record_undated", locale, count=overview.undated)
    yield say("help_record_languages", locale, languages=_languages(overview, locale))
    yield say(
        "help_record_voices",
        locale,
        organizations=say("help_organizations", locale, count=overview.organizations),
        people=say("help_people", locale, count=overview.people),
    )
    if overview.hidden:
        yield say("help_record_hidden", locale, count=overview.hidden)


def _languages(overview: Overview, locale: Language) -> str:
    """How many statements are in each, all others together."""
    counts = {name: overview.languages.get(name, 0) for name in ("en", "es")}
    counts["other"] = overview.statements - sum(counts.values())
    most_first = sorted(counts.items(), key=lambda item: -item[1])
    return ", ".join(f"{say(f'language_{name}', locale)} ({count})" for name, count in most_first if count)


def _privacy(_: Overview, locale: Language, scene: Scene) -> Iterator[str]:
    yield say("help_privacy_kept", locale)
    yield say("help_privacy_private" if scene.private else "help_privacy_public", locale)


def _report(_: Overview, locale: Language, scene: Scene) -> Iterator[str]:
    if scene.reportable:
        yield say("help_report_button", locale, report=say("button_report", locale))
    else:
        yield say("help_report_moderators", locale)
    yield " ".join([say("help_report_advice", locale), *filter(None, [escape(scene.referral(locale))])])


def _more_ask(locale: Language, scene: Scene) -> Iterator[str]:
    for command in _COMMANDS:
        yield say(
            "help_command",
            locale,
            name=say(f"command_{command}", locale),
            about=say(f"command_{command}_about", locale),
        )
    yield say("help_ask_followup", locale)


def _more_record(locale: Language, scene: Scene) -> Iterator[str]:
    yield say("help_record_silence", locale)
    yield say("help_record_read", locale, statement=say("command_statement", locale))


def _more_privacy(locale: Language, scene: Scene) -> Iterator[str]:
    yield say("help_privacy_share", locale, share=say("button_share", locale))
    yield say("help_privacy_numbers", locale)


def _more_report(locale: Language, scene: Scene) -> Iterator[str]:
    yield say("help_report_remove", locale)


_SHORT: dict[Topic, Callable[[Overview, Language, Scene], Iterator[str]]] = {
    "ask": _ask,
    "record": _record,
    "privacy": _privacy,
    "report": _report,
}
_MORE: dict[Topic, Callable[[Language, Scene], Iterator[str]]] = {
    "ask": _more_ask,
    "record": _more_record,
    "privacy": _more_privacy,
    "report": _more_report,
}
