"""
`onrecord doctor`: whether everything is as it has to be, one line a check.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.answers.options import Locale

if TYPE_CHECKING:
    from bot.doctor import Check
    from retrieval.models import Language

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]
OwnLocale = Annotated[Locale, typer.Option(help="Language of the lines.", metavar="en|es")]


def doctor(
    live: Annotated[bool, typer.Option("--live", help="Ask Discord too, and the running bot.")] = False,
    locale: OwnLocale = Locale.en,
    as_json: AsJson = False,
) -> int:
    """Look at settings, files, record and index, and say what to do next. Exit status 1: something fails."""
    checks = _checks(live)
    if not as_json:
        return print_checks(checks, locale.value)
    found = list(checks)
    rows = [{"check": one.check, "state": one.state, "text": one.said(locale.value)} for one in found]
    typer.echo(json.dumps({"ok": not _fails(found), "checks": rows}, ensure_ascii=False, indent=2))
    return _fails(found)


def print_checks(checks: Iterable[Check], locale: Language) -> int:
    """Print each check as soon as it is done; gives the exit status."""
    from bot.cli.text.page import safe
    from bot.messages import say

    found = []
    for check in checks:
        found.append(check)
        typer.echo(safe(f"{say(f'doctor_state_{check.state}', locale):<6} {check.said(locale)}"))
    count = sum(check.state == "fail" for check in found)
    typer.echo(say("doctor_failed", locale, count=count) if count else say("doctor_well", locale))
    return _fails(found)


def _checks(live: bool) -> Iterator[Check]:
    from bot.doctor import examine
    from bot.setup import find_settings

    yield from examine()
    if live:
        from bot.chat.checkup import examine_discord

        yield from examine_discord(find_settings().settings)


def _fails(checks: Iterable[Check]) -> int:
    return int(any(check.state == "fail" for check in checks))
