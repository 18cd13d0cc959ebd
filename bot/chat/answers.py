"""
Questions of members: `/ask`, mentions and direct messages.
"""

from __future__ import annotations

import logging
import math
import re
from collections.abc import Awaitable, Callable
from typing import Any, Protocol, TypeVar

import discord
from discord import app_commands

from bot.chat.cards import MAX_MESSAGE, MAX_QUESTION, Card, answer_card, notice
from bot.chat.replies import locale_of, reply, respond
from bot.messages import say
from bot.settings import Settings
from corpus.errors import BadDateError, ReversedDatesError
from corpus.language import guess_language
from retrieval.models import Answer, AskRequest, Language, Note

log = logging.getLogger(__name__)
T = TypeVar("T")

# Telephone numbers, nine digits of a case file, social security numbers; never two years side by side.
_GAP = r"[ .\u00a0\u2010-\u2014-]"
_NUMBER = re.compile(
    rf"(?<!\w)(?!(?:19|20)\d\d\W(?:19|20)\d\d)(?:"
    rf"(?:\+?\d{{1,3}}{_GAP})?(?:\(\d{{2,4}}\)|\d{{2,4}}){_GAP}?\d{{3,4}}{_GAP}?\d{{3,4}}"
    rf"|A[ #-]{{0,2}}\d{{2,3}}{_GAP}?\d{{3}}{_GAP}?\d{{3}}"
    rf"|(?:\+?\d{{1,3}}{_GAP})?\d{{3,4}}{_GAP}\d{{4}}"
    rf"|\d{{3}}{_GAP}\d{{2}}{_GAP}\d{{4}}"
    r")(?!\w)",
    re.IGNORECASE,
)
# Mentions, channels, emojis, times and commands as Discord writes them: nothing that a statement could hold.
_TAG = re.compile(r"<(?:@[!&]?|#|a?:\w{1,32}:|t:|/[\w -]{1,100}:|id:)[\w:-]{1,40}>|(?<!\w)@(?:everyone|here)\b")


class RunBlocking(Protocol):
    """Runs blocking work away from the event loop; `when_slow` is awaited once when it takes a while."""

    async def __call__(self, work: Callable[[], T], *, when_slow: Callable[[], Awaitable[object]]) -> T: ...


class Cooldown:
    """How often a member may ask: so many questions in so many seconds, in memory only, of the latest members."""

    def __init__(
        self, now: Callable[[], float], *, questions: int = 5, per_s: float = 20, members: int = 10_000
    ) -> None:
        self._now, self._questions, self._per_s, self._members = now, questions, per_s, members
        self._asked: dict[int, list[float]] = {}

    def wait_s(self, member: int) -> int:
        """Seconds until this member may ask again; 0 when the question may be asked now, which then counts."""
        now = self._now()
        recent = [moment for moment in self._asked.pop(member, []) if now - moment < self._per_s]
        wait = math.ceil(self._per_s - (now - recent[0])) if len(recent) >= self._questions else 0
        self._asked[member] = recent if wait else [*recent, now]
        while len(self._asked) > self._members:
            del self._asked[next(iter(self._asked))]
        return wait


class Answers:
    """Answers members: reads the question, asks the service in a thread, shows the card."""

    def __init__(
        self, settings: Settings, ask: Callable[[AskRequest], Answer], run_blocking: RunBlocking, cooldown: Cooldown
    ) -> None:
        self._settings, self._ask, self._run_blocking, self._cooldown = settings, ask, run_blocking, cooldown

    @property
    def private(self) -> bool:
        """Whether replies to commands are shown to the asker alone."""
        return not self._settings.public_replies

    def serves(self, guild_id: int | None) -> bool:
        """Whether questions are answered here: in direct messages, and in the servers of the settings."""
        return guild_id is None or not self._settings.server_ids or guild_id in self._settings.server_ids

    async def answer_command(self, interaction: discord.Interaction, request: AskRequest) -> None:
        """Answer `/ask`, at once where the search is quick, else after telling Discord that an answer is coming."""

        async def announce() -> None:
            await interaction.response.defer(ephemeral=self.private, thinking=True)

        card = self._refusal(interaction.user.id, request, MAX_QUESTION, private=self.private)
        await respond(interaction, card or await self._card(request, announce, private=self.private))

    async def answer_message(self, message: discord.Message, me: discord.abc.User) -> None:
        """Answer a mention or a direct message in place; what is meant for others is left alone."""
        guild = message.guild
        if message.author.bot or message.webhook_id is not None or message.is_system():
            return
        if guild is not None and (me not in message.mentions or not self.serves(guild.id)):
            return
        request = AskRequest(question=without_tags(message.content))
        if not request.question:
            return
        card = self._refusal(message.author.id, request, MAX_MESSAGE, private=False)
        await reply(message, card or await self._card(request, message.channel.typing, private=False))

    def _refusal(self, member: int, request: AskRequest, limit: int, *, private: bool) -> Card | None:
        """Why the question is not even searched for, if so."""
        locale = request.locale or language_of(request.question)
        if wait := self._cooldown.wait_s(member):
            return notice("too_fast", locale, private=private, count=wait)
        if len(request.question) > limit:
            return notice("too_long", locale, private=private, limit=limit)
        return None

    async def _card(self, request: AskRequest, announce: Callable[[], Awaitable[object]], *, private: bool) -> Card:
        searched = without_numbers(request)
        try:
            answer = await self._run_blocking(lambda: self._ask(searched), when_slow=announce)
        except BadDateError as error:
            locale = request.locale or language_of(request.question)
            return notice("bad_date", locale, private=private, words=error.words)
        except ReversedDatesError as error:
            locale = request.locale or language_of(request.question)
            return notice("dates_reversed", locale, private=private, since=error.since, until=error.until)
        log.debug("answered: %s, %d passages, %.1f ms", answer.status, len(answer.excerpts), answer.took_ms)
        if searched != request:
            left_out = Note(code="private_number_left_out")
            answer = answer.model_copy(update={"notes": (left_out, *answer.notes)})
        return answer_card(answer, private=private)


def without_tags(text: str) -> str:
    """The words of a message or an option on one line, without mentions and the like."""
    return " ".join(_TAG.sub(" ", text).split())


def without_numbers(request: AskRequest) -> AskRequest:
    """The request without what looks like somebody's number, so that it is neither searched for nor shown."""
    typed = request.model_dump(include={"question", "speaker", "organization", "since", "until"}, exclude_none=True)
    return request.model_copy(update={name: _NUMBER.sub("[…]", text) for name, text in typed.items()})


def language_of(question: str) -> Language:
    """The language to speak in when only the question tells: English where it does not decide."""
    return guess_language(question) or "en"


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


def ask_command(answers: Answers) -> app_commands.Command[Any, ..., None]:
    """`/ask` (`/preguntar`), for servers and the bot's direct messages."""

    @app_commands.command(name=words("command_ask"), description=words("command_ask_about"))
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    @app_commands.rename(
        question=words("option_question"),
        speaker=words("option_speaker"),
        organization=words("option_organization"),
        since=words("option_from"),
        until=words("option_to"),
        language=words("option_language"),
    )
    @app_commands.describe(
        question=words("option_question_about"),
        speaker=words("option_speaker_about"),
        organization=words("option_organization_about"),
        since=words("option_from_about"),
        until=words("option_to_about"),
        language=words("option_language_about"),
    )
    @app_commands.choices(
        language=[app_commands.Choice(name=words(f"choice_{value}"), value=value) for value in ("both", "en", "es")]
    )
    async def ask(
        interaction: discord.Interaction,
        question: app_commands.Range[str, 1, MAX_QUESTION],
        speaker: app_commands.Range[str, 1, 100] | None = None,
        organization: app_commands.Range[str, 1, 100] | None = None,
        since: app_commands.Range[str, 1, 20] | None = None,
        until: app_commands.Range[str, 1, 20] | None = None,
        language: str = "both",
    ) -> None:
        request = AskRequest.model_validate(
            {
                "question": without_tags(question),
                "speaker": speaker,
                "organization": organization,
                "since": since,
                "until": until,
                "language": language,
                "locale": locale_of(interaction),
            }
        )
        await answers.answer_command(interaction, request)

    return ask
