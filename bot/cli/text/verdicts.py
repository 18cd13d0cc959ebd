"""
A verdict → plain text for a terminal: the verdict, the published words, what was changed, where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.text import Text

from bot.cli.text.answers import describe_source
from bot.cli.text.page import print_line, print_lines, print_to_copy, safe
from bot.messages import describe_silence, note, say, verdict_in_words
from retrieval.marks import without_marks

if TYPE_CHECKING:
    from rich.console import Console

    from bot.service import Overview
    from retrieval.models import Difference, FoundWords, Language, Verdict

# What was left out is shown with the rest while it is a phrase; paragraphs are not.
_SHOWN_GAP_CHARS = 200


def print_verdict(console: Console, verdict: Verdict, overview: Overview) -> None:
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
        for number, words in enumerate(published(found)):
            if number:
                print_line(console, say("verify_gap", locale))
            print_lines(console, Text(safe(without_marks(words, found.statement.file))), before="> ")
        for line in describe_source(found, locale):
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


def published(found: FoundWords) -> Iterator[str]:
    """The published words, in several pieces where what stands between them is long or another paragraph."""
    start = 0
    for gap in found.gaps:
        between = found.text[gap.start - found.start : gap.end - found.start]
        if len(between) > _SHOWN_GAP_CHARS or "\n" in between:
            yield found.text[start : gap.start - found.start].rstrip()
            start = gap.end - found.start
    rest = found.text[start:]
    # What follows a gap begins with a word, not with the marks that closed what was left out.
    yield re.sub(r"^[\s.,;:!?…”\"»’)]+", "", rest) if start else rest


def describe_difference(difference: Difference, locale: Language) -> str:
    """The claimed words between minus signs, the published ones between plus signs."""
    claimed = f"[−{' '.join(difference.claimed.split())}−]" if difference.claimed else ""
    found = f"[+{' '.join(difference.found.split())}+]" if difference.found else ""
    return say(f"verify_{difference.op}", locale, claimed=claimed, found=found)
