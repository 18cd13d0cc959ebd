"""
Printing for people: published words behind "> ", everything else as it is, nothing that a terminal would obey.
"""

from __future__ import annotations

from typing import NoReturn

from rich.console import Console
from rich.text import Text

# Characters that a terminal obeys and no reader sees: controls, direction marks, line separators, tags.
_OBEYED = [*range(9), *range(11, 32), *range(127, 160), 0x61C, 0x200E, 0x200F, *range(0x2028, 0x202F)]
_OBEYED += [*range(0x2066, 0x206A), *range(0xE0000, 0xE0080)]
_SPELLED_OUT = {code: chr(code).encode("unicode_escape").decode() for code in _OBEYED}
_MIN_WIDTH = 30


class Page(Console):
    """Standard output for people."""

    def on_broken_pipe(self) -> NoReturn:
        """Leave a reader that went away to `bot/cli/main.py`, which knows that it is no failure."""
        raise BrokenPipeError


def safe(text: str) -> str:
    """Text that a terminal prints and does not obey."""
    return text.translate(_SPELLED_OUT)


def print_line(console: Console, line: str, style: str = "") -> None:
    """One line of ours."""
    print_lines(console, Text(safe(line), style=style))


def print_lines(console: Console, text: Text, before: str = "") -> None:
    """A text over as many lines as the terminal needs, without white space at their ends."""
    for line in text.wrap(console, max(_MIN_WIDTH, console.width) - len(before)):
        printed = Text(before) + line
        printed.rstrip()
        console.print(printed, soft_wrap=True)


def print_to_copy(console: Console, text: str) -> None:
    """One line however long it is: it is there to be copied."""
    console.print(Text(safe(text)), soft_wrap=True)
