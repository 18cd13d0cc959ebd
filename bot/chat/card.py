"""
A message before it is one: blocks of Discord Markdown from top to bottom, with the buttons that belong to them.

The limits of a message of Components V2 are known here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.chat.markdown import shorten

MAX_TEXT = 4000  # characters of all text displays of a message together
MAX_COMPONENTS = 40
MAX_ROW = 5  # buttons side by side
MAX_PRESS = 100  # characters of what a button holds
MAX_LINK = 512
MAX_LABEL = 34  # characters that a phone shows; Discord takes 80


class Button(NamedTuple):
    """
    A button: either it holds what is to be done when it is pressed (`bot/chat/presses.py`), or it opens an address.

    Attributes:
        label: Readable by itself, as a screen reader says it.
        press: What it holds, at most 100 characters.
        url: At most 512 characters.
    """

    label: str
    press: str = ""
    url: str = ""


class Block(NamedTuple):
    """A stretch of text, and the buttons below it; either may be empty."""

    text: str = ""
    buttons: tuple[Button, ...] = ()


class Picture(NamedTuple):
    """A picture below the first block, as PNG, with the words that stand for it."""

    png: bytes
    text: str


class Card(NamedTuple):
    """One message; `private` when only the asker is to see it."""

    blocks: tuple[Block, ...]
    private: bool = False
    picture: Picture | None = None

    @property
    def text(self) -> str:
        """Every word that it shows."""
        return "\n".join(block.text for block in self.blocks if block.text)


def card_of(*lines: str, private: bool) -> Card:
    """A card of nothing but text, one block a line."""
    return Card(tuple(Block(line) for line in lines if line), private)


def button(label: str, *, press: str = "", url: str = "") -> tuple[Button, ...]:
    """This button, its label cut to what a phone shows; none where what it holds is too long for Discord."""
    fits = 0 < len(press) <= MAX_PRESS if press else 0 < len(url) <= MAX_LINK
    return (Button("".join(shorten(label, MAX_LABEL)), press, url),) if fits else ()


def size(text: str) -> int:
    """Length as Discord may count it at most: UTF-16 units, which is never less than code points."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def size_of(lines: Iterable[str]) -> int:
    """Length of lines that stand below each other."""
    return sum(size(line) + 1 for line in lines)


def fitting(blocks: Sequence[Block], room: int) -> list[Block]:
    """As many of the first blocks as have room for their text."""
    shown: list[Block] = []
    for block in blocks:
        room -= size(block.text) + 1
        if room < 0:
            break
        shown.append(block)
    return shown
