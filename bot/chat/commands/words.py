"""
Names and descriptions of commands in both languages.
"""

from __future__ import annotations

import discord
from discord import app_commands

from bot.messages import say


class Translations(app_commands.Translator):
    """Names and descriptions of commands in Spanish; each `locale_str` carries its key in the catalog."""

    async def translate(
        self, string: app_commands.locale_str, locale: discord.Locale, context: app_commands.TranslationContextTypes
    ) -> str | None:
        """The words in Spain's and Latin America's Spanish, nothing for any other locale."""
        if locale not in (discord.Locale.spain_spanish, discord.Locale.latin_american_spanish):
            return None
        return say(string.extras["key"], "es")


def words(key: str) -> app_commands.locale_str:
    """The English words of a command, an option or a choice, to be translated by `Translations`."""
    return app_commands.locale_str(say(key, "en"), key=key)
