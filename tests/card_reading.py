"""
Reading cards in tests: what Discord shows of them, and words that try its Markdown.
"""

from __future__ import annotations

import os
from pathlib import Path

from hypothesis import strategies as st

from bot.chat.card import MAX_COMPONENTS, MAX_TEXT, Card, size
from bot.chat.replies import layout
from bot.chat.scene import Scene

GOLDEN = Path(__file__).parent / "golden" / "cards"
# By whether they are private: a private card with every button that there can be, a public one with the fewest.
SCENES = {True: Scene(private=True, shareable=True, reportable=True), False: Scene()}
_MARKS = frozenset("*_~`|<>[]@#")

# Marks, mentions and list items by the dozen, line ends, and letters beyond the first plane.
nasty = st.text(
    st.sampled_from("\\*_~`|<>[]()@#:-+.1 2\n\naéñ“”🦋") | st.characters(exclude_categories=["Cs"]),
    min_size=1,
    max_size=600,
)
short = st.text(st.sampled_from("\\*_~`|<>[]()@#:-+. aé🦋"), min_size=1, max_size=700)


def visible(quoted: str) -> str:
    """What Discord shows of a block quote: no quote marks, no bold marks, a backslashed mark as itself."""
    lines = quoted.split("\n")
    assert all(line.startswith("> ") for line in lines), "a line has left the block quote"
    text = "\n".join(line[2:] for line in lines)
    shown, place = "", 0
    while place < len(text):
        if text[place] == "\\":
            assert not text[place + 1].isalnum()
            assert not text[place + 1].isspace()
            shown, place = shown + text[place + 1], place + 2
        elif text.startswith("**", place):
            place += 2
        else:
            assert text[place] not in _MARKS, f"{text[place]!r} is left to Discord's Markdown"
            shown, place = shown + text[place], place + 1
    return shown


def texts(card: Card) -> list[str]:
    """The blocks that show something."""
    return [block.text for block in card.blocks if block.text]


def labels(card: Card) -> list[str]:
    """Every button, from top to bottom."""
    return [button.label for block in card.blocks for button in block.buttons]


def drawn(card: Card) -> str:
    """A card as text: lines between its blocks, buttons in brackets."""
    shown = []
    for block in card.blocks:
        row = " ".join(f"[{button.label}{' ↗' if button.url else ''}]" for button in block.buttons)
        shown.append("\n".join(filter(None, (block.text, row))))
    return "\n────\n".join(shown)


def check_fits(card: Card) -> None:
    """Whether Discord takes the card: all of its text together, and everything that it is made of."""
    shown = texts(card)
    assert sum(map(size, shown)) <= MAX_TEXT
    assert all(text.strip() for text in shown)
    assert len(list(layout(card).walk_children())) <= MAX_COMPONENTS


def check_golden(name: str, card: Card) -> None:
    """Whether a card reads as its golden file; `REWRITE_GOLDEN=1` writes it anew."""
    shown, file = drawn(card) + "\n", GOLDEN / f"{name}.txt"
    if os.environ.get("REWRITE_GOLDEN"):
        file.write_text(shown, "utf-8")
    assert shown == file.read_text("utf-8")
