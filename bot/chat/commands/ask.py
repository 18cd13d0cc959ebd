"""
`/ask` (`/preguntar`), mentions and direct messages, and the buttons that ask the same again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import discord
from discord import app_commands

from bot.chat.card import Card
from bot.chat.cards.answer import MAX_QUESTION, MOST, PAGE, answer_card
from bot.chat.cards.notices import notice
from bot.chat.commands.completing import complete_options
from bot.chat.commands.words import words
from bot.chat.conversations import Thread
from bot.chat.desk import Desk, Untold
from bot.chat.presses import SearchPress
from bot.chat.scene import Scene
from bot.chat.typed import day_typed, language_of, without_numbers, without_tags
from bot.chat.visits import Interaction, InteractionVisit, MessageVisit, Visit
from retrieval.models import Answer, AskRequest, Note

MAX_MESSAGE = 2000  # characters of a question asked in a message


class Asked(NamedTuple):
    """
    A question with what else is known of it.

    Attributes:
        request: As typed.
        thread: The conversation it belongs to.
        limit: Characters that it may have.
        press: The search that a button makes; `None` where a person typed it.
    """

    request: AskRequest
    thread: Thread
    limit: int = MAX_QUESTION
    press: SearchPress | None = None


async def answer(desk: Desk, visit: Visit, asked: Asked) -> None:
    """Answer a question, and remember it for the next one."""
    request = asked.request
    locale = visit.locale or language_of(request.question)
    with desk.working():
        card = await desk.prepare(visit, _maker(desk, asked), locale, pressed=asked.press is not None)
        if card is None:
            return
        if asked.press is None:
            desk.conversations.remember(asked.thread, (*request.previous, request.question))
        await visit.send(card)


def _maker(desk: Desk, asked: Asked) -> Callable[[Scene], Card]:
    searched = without_numbers(asked.request)

    def make(scene: Scene) -> Card:
        if len(asked.request.question) > asked.limit:
            raise Untold("too_long", limit=asked.limit)
        request, answer = _find(desk, searched, asked.press)
        if searched != asked.request:
            answer = answer.model_copy(update={"notes": (Note(code="private_number_left_out"), *answer.notes)})
        # Where the question is not repeated, no button can read it back.
        readable = scene.private and len(request.question) <= MAX_QUESTION
        press = asked.press or _press_of(desk, request, answer) if readable else None
        return answer_card(answer, request, scene, press)

    return make


def _find(desk: Desk, request: AskRequest, press: SearchPress | None) -> tuple[AskRequest, Answer]:
    """The answer and its request: without the words that it could do without, where the button says so."""
    answer = desk.service.ask(request, today=desk.today())
    if press is None or not press.without:
        return request, answer
    missing = next((retry["without"] for retry in answer.retry if "without" in retry), "")
    request = request.model_copy(update={"without": missing})
    return request, desk.service.ask(request, today=desk.today())


def _press_of(desk: Desk, request: AskRequest, answer: Answer) -> SearchPress | None:
    """What the buttons below an answer hold of its question's options; `None` where a name cannot be held."""
    speaker = desk.key("speaker", request.speaker, answer.filters.speaker)
    organization = desk.key("organization", request.organization, answer.filters.organization)
    if speaker is None or organization is None:
        return None
    return SearchPress(
        "ask",
        answer.locale,
        language=request.language,
        since=request.since or "",
        until=request.until or "",
        speaker=speaker,
        organization=organization,
        continues=any(note.code == "followup" for note in answer.notes),
    )


async def answer_again(desk: Desk, interaction: Interaction, press: SearchPress, question: str) -> None:
    """A button below an answer was pressed: the same question, with what the button holds."""
    visit = InteractionVisit(interaction, desk.scene_of(interaction, private=True), press.locale, in_place=True)
    thread = thread_of(interaction, private=True)
    before = desk.conversations.before_question(thread, question) if press.continues else ()
    if press.continues and not before:
        await visit.tell(notice("conversation_gone", press.locale, private=True))
        return
    try:
        request = AskRequest(
            question=question,
            previous=before,
            speaker=desk.name("speaker", press.speaker),
            organization=desk.name("organization", press.organization),
            since=press.since or None,
            until=press.until or None,
            language=press.language,
            locale=press.locale,
            exact=press.exact,
            order=press.order,
            dropped=press.dropped,
            limit=min(press.offset + PAGE, MOST),
        )
    except Untold as error:
        await visit.tell(notice(error.key, press.locale, private=True, **error.values))
        return
    await answer(desk, visit, Asked(request, thread, MAX_MESSAGE, press))


async def answer_message(desk: Desk, visit: MessageVisit, message: discord.Message, me: discord.abc.User) -> None:
    """Answer a mention or a direct message in place; what is meant for others is left alone."""
    guild = message.guild
    if message.author.bot or message.webhook_id is not None or message.is_system():
        return
    if guild is not None and (me not in message.mentions or not desk.serves(guild.id)):
        return
    question = without_tags(message.content)
    if not question:
        return
    thread = _thread_below(desk, message)
    request = AskRequest(question=question, previous=desk.conversations.before(thread))
    await answer(desk, visit, Asked(request, thread, MAX_MESSAGE))
    if visit.reply is not None:
        # Whoever replies to this message goes on from it.
        desk.conversations.remember(Thread(None, visit.reply.id), desk.conversations.before(thread))


def thread_of(interaction: Interaction, *, private: bool) -> Thread:
    """The conversation of a member in a channel."""
    return Thread(interaction.user.id, interaction.channel_id or 0, private)


def _thread_below(desk: Desk, message: discord.Message) -> Thread:
    """The conversation that a message goes on with: of the answer it replies to, of its thread, or of its author."""
    replied = Thread(None, (message.reference and message.reference.message_id) or 0)
    if desk.conversations.before(replied):
        return replied
    author = None if isinstance(message.channel, discord.Thread) else message.author.id
    return Thread(author, message.channel.id)


def ask_command(desk: Desk) -> app_commands.Command[Any, ..., None]:
    """`/ask` (`/preguntar`), for servers and the bot's direct messages."""

    @app_commands.command(name=words("command_ask"), description=words("command_ask_about"))
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
        interaction: Interaction,
        question: app_commands.Range[str, 1, MAX_QUESTION],
        speaker: app_commands.Range[str, 1, 100] | None = None,
        organization: app_commands.Range[str, 1, 100] | None = None,
        since: app_commands.Range[str, 1, 20] | None = None,
        until: app_commands.Range[str, 1, 20] | None = None,
        language: str = "both",
    ) -> None:
        visit = InteractionVisit(interaction, desk.scene_of(interaction))
        thread = thread_of(interaction, private=visit.scene.private)
        request = AskRequest.model_validate(
            {
                "question": without_tags(question),
                "previous": desk.conversations.before(thread),
                "speaker": speaker,
                "organization": organization,
                "since": day_typed(since),
                "until": day_typed(until),
                "language": language,
                "locale": visit.locale,
            }
        )
        await answer(desk, visit, Asked(request, thread))

    complete_options(desk, ask)
    return ask
