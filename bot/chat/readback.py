"""
Reading back what the bot's own message says, so that nothing has to be kept between a message and its buttons.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import discord

from bot.chat.markdown import unescape
from bot.messages import say
from retrieval.models import Language

_LOCALES: tuple[Language, ...] = ("en", "es")


def texts_of(message: discord.Message | None) -> list[str]:
    """The stretches of text of a message, from top to bottom."""
    components: list[Any] = message.components if message else []
    return [component.content for component in components if isinstance(component, discord.TextDisplay)]


def value_in(text: str, key: str, name: str) -> str:
    """What stands for the only placeholder in the first line that is this sentence; "" where there is none."""
    patterns = _patterns(key, name)
    for line in text.splitlines():
        for pattern in patterns:
            if found := pattern.fullmatch(line):
                return unescape(found["value"])
    return ""


@cache
def _patterns(key: str, name: str) -> tuple[re.Pattern[str], ...]:
    """How the sentence reads in each language."""
    marker = "\0"
    lines = (say(key, locale, **{name: marker}) for locale in _LOCALES)
    return tuple(re.compile(re.escape(line).replace(re.escape(marker), "(?P<value>.+)")) for line in lines)
