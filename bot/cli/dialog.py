"""
Questions and answers on a terminal, in English or Spanish; where there is no terminal, nobody is asked.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from getpass import getpass
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from bot.chat.lookups import Named
    from retrieval.models import Language

_EMPTY = "-"  # typed to leave something empty: enter alone keeps it
_YES, _NO = {"en": "yes", "es": "sí"}, "no"
_MEANS_YES = ("y", "yes", "s", "si", "sí", "true")


class Dialog:
    """
    Asks, if somebody is there.

    Args:
        locale: The language; asked for first where it is not given.

    Attributes:
        asks: Standard input is a terminal.
    """

    def __init__(self, locale: Language | None) -> None:
        self.asks = sys.stdin is not None and sys.stdin.isatty()
        self.locale: Language = locale or "en"
        if self.asks and not locale:
            self.locale = "es" if typer.prompt("English [en] / Español [es]", "en").strip().lower() == "es" else "en"

    def say(self, key: str, **values: str | int) -> None:
        """Print a sentence."""
        typer.echo(_safe(self.sentence(key, **values)))

    def sentence(self, key: str, **values: str | int) -> str:
        """A sentence in the language of the dialog."""
        from bot.messages import say

        return say(key, self.locale, **values)

    def show(self, key: str, found: Sequence[Named]) -> None:
        """Print what there is to choose from, if there is anything."""
        if found:
            self.say(key)
        for one in found:
            typer.echo(_safe(f"  {one.id}  {one.name}"))

    def ask(self, key: str, default: str, accepts: Callable[[str], bool], wrong: str) -> str:
        """
        Ask until the answer fits.

        Args:
            key: The question.
            default: The answer of enter alone.
            accepts: Whether an answer fits.
            wrong: The sentence on what it should be.
        """
        question = f"{self.sentence(key)} [{_safe(default)}]"
        while True:
            typed: str = typer.prompt(question, default, show_default=False).strip()
            typed = "" if typed == _EMPTY else typed
            if accepts(typed):
                return typed
            self.say("setup_wrong", should=self.sentence(wrong))

    def ask_secret(self, key: str) -> str:
        """Ask for something that is not shown while it is typed."""
        # Not typer's: it shows the question first, and what is pasted at once would be seen.
        try:
            return getpass(f"{self.sentence(key)}: ").strip()
        except EOFError:
            raise typer.Abort from None

    def agrees(self, key: str, default: bool = True) -> bool:
        """Whether the answer is yes."""
        otherwise = _YES[self.locale] if default else _NO
        typed: str = typer.prompt(f"{self.sentence(key)} [{otherwise}]", otherwise, show_default=False)
        return typed.strip().lower() in _MEANS_YES

    def wait(self, key: str) -> None:
        """Go on when enter is pressed."""
        typer.prompt(self.sentence(key), "", show_default=False)


def _safe(text: str) -> str:
    from bot.cli.text.page import safe

    return safe(text)
