"""
A verdict → plain text for a terminal: the verdict, the published words, what was changed, where they stand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from bot.cli.text.answers import describe_source
from bot.cli.text.page import print_line, print_lines, print_to_copy, safe
from bot.messages import describe_difference, describe_silence, note, say, verdict_in_words
from bot.views import pieces_of
from retrieval.marks import without_marks

if TYPE_CHECKING:
    from rich.console import Console

    from bot.service import Overview
    from retrieval.models import Verdict


def print_verdict(console: Console, verdict: Verdict, overview: Overview, public_url: str = "") -> None:
    """Print a verdict for people."""
    locale, found = verdict.locale, verdict.found
    print_line(console, verdict_in_words(verdict.verdict, locale), style="bold")
    if verdict.verdict == "not_found":
        print_line(console, describe_silence(*overview[:3], locale))
        if found:
            console.print()
            print_line(console, say("verify_nearest", locale))
    if found:
        console.print()
        for number, words in enumerate(pieces_of(found)):
            if number:
                print_line(console, say("verify_gap", locale))
            print_lines(console, Text(safe(without_marks(words, found.statement.file))), before="> ")
        for line in describe_source(found, locale, public_url):
            print_line(console, line)
    lines = [describe_difference(one, locale) for one in verdict.differences]
    lines += [note(one, locale) for one in verdict.notes]
    if lines:
        console.print()
    for line in lines:
        print_line(console, line)
    if found and found.citation:
        console.print()
        print_to_copy(console, found.citation)
