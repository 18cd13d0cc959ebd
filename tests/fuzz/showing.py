"""
What stands between typed words and a screen, as functions of bytes: tags, buttons, Markdown, the terminal.
"""

from __future__ import annotations

from fuzz.decoding import text_of, typed_in
from fuzz.running import Target

from bot.chat.card import MAX_PRESS, size
from bot.chat.markdown import block_quote, escape, quoted_in, unescape
from bot.chat.presses import read_press, write_press
from bot.chat.readback import value_in
from bot.chat.typed import day_typed, language_of, lines_without_tags, mask_numbers, without_tags
from bot.cli.text.page import safe
from bot.messages import say


def _markdown(data: bytes) -> None:
    text = text_of(data)
    assert quoted_in(block_quote(text)) == text
    if "\n" not in text:
        assert unescape(escape(text)) == text


def _press(data: bytes) -> None:
    held = text_of(data)
    press = read_press(held)
    if press is not None and size(held) <= MAX_PRESS:
        assert read_press(write_press(press)) == press


def _typed_text(data: bytes) -> None:
    text = text_of(data)
    assert len(without_tags(text)) <= len(text)
    assert without_tags(without_tags(text)).count("\n") == 0
    lines_without_tags(text)
    assert mask_numbers(mask_numbers(text)) == mask_numbers(text)
    language_of(text)
    day_typed(text)


def _readback(data: bytes) -> None:
    """A question that stands in a message of ours is read back from it as it was typed."""
    question = " ".join(typed_in(data).split())
    if question:
        line = say("you_asked", "en", question=escape(question))
        assert value_in(f"above\n{line}\nbelow", "you_asked", "question") == question


def _terminal(data: bytes) -> None:
    shown = safe(text_of(data))
    assert not [letter for letter in shown if not letter.isprintable() and ord(letter) < 160 and letter not in "\t\n"]
    assert safe(shown) == shown


SHOWING: dict[str, Target] = {
    "markdown": _markdown,
    "press": _press,
    "typed text": _typed_text,
    "read back": _readback,
    "terminal": _terminal,
}
