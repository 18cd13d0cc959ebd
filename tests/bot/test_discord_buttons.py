"""
Buttons below answers: they keep the filters, outlive a restart, and do in private what was asked in private.

Real client, real sockets, the real service on invented statements.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from discord_server import payloads
from discord_server.components import buttons, shown_text, walk
from discord_server.running import a_setting, connected_bot, running_bot
from discord_server.server import DiscordServer
from discord_server.state import Interaction

from bot.service import Service

MODERATORS = payloads.MODERATORS
SETTINGS = {"moderator_channel_id": int(MODERATORS)}
# Six statements on one thing, one of them in Spanish, one undated.
RAIDS = {
    f"2014-00{number}": f"""\
Puente Claro Network on the raids, part {number}

OAKVILLE, {number} September 201{number} – Puente Claro Network spoke about the raids in {place}.

“Night raids in {place} must end,” said Marta Quiroga, Executive Director of Puente Claro Network.

Families in {place} want to sleep. They ask the county for an answer.
"""
    for number, place in enumerate(("Oakville", "Rivertown", "Millbrook", "Stonefield", "Lakeside"), start=1)
}
UNDATED = {"letter": "An open letter on raids\n\nNight raids in the harbor must end, writes the Casa Laurel.\n"}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """The real service on them."""
    folder: Path = tmp_path_factory.mktemp("statements")
    for name, text in (RAIDS | UNDATED).items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return Service.open(a_setting(data_dir=folder / "none"), [folder])


@pytest.fixture
async def server(service: Service) -> AsyncIterator[DiscordServer]:
    """Discord with the bot, and moderators who read reports."""
    async with running_bot(service, settings=a_setting(**SETTINGS)) as server:
        yield server


async def pressed(server: DiscordServer, shown: Interaction, label: str, **more: object) -> Interaction:
    """Press the first button of this name, and wait for the answer."""
    named = (part for part in walk((shown.message or {})["components"]) if part.get("label") == label)
    return await server.finished(await server.press(shown, custom_id=next(named)["custom_id"], **more))  # type: ignore[arg-type]


@pytest.mark.thorough
async def test_more_passages_keep_the_filters(server: DiscordServer) -> None:
    """
    The next passages of the same search take the place of the first ones, with the same filters above them.
    """
    asked = await server.answer_to("ask", question="night raids", speaker="Marta Quiroga", from_="2011", to="2015-09")
    first = asked.text

    second = await pressed(server, asked, "More passages")

    assert second.updated
    assert "On the record: passages 4 to 5 of 5" in second.text
    for text in (first, second.text):
        assert "You asked: “night raids”" in text
        assert "speaker Marta Quiroga · from January 1, 2011 · until September 30, 2015" in text
    quoted = [{line for line in text.splitlines() if line.startswith("> ")} for text in (first, second.text)]
    assert not quoted[0] & quoted[1]
    back = await pressed(server, second, "From the beginning")
    assert back.text == first


@pytest.mark.thorough
async def test_newest_first_and_back(server: DiscordServer) -> None:
    """
    Another order is said among the filters, and can be taken back.
    """
    asked = await server.answer_to("ask", question="night raids")
    newest = await pressed(server, asked, "Newest first")
    newest_text = newest.text
    again = await pressed(server, newest, "Best match first")

    assert "newest first" in newest_text
    assert newest_text.index("2015") < newest_text.index("2014-004")
    assert "newest first" not in again.text


@pytest.mark.thorough
async def test_exact_words_can_be_asked_for(server: DiscordServer) -> None:
    """
    "Only my exact words" says so among the filters, and finds no other form of a word.
    """
    asked = await server.answer_to("ask", question="a raid in the night")
    exact = await pressed(server, asked, "Only my exact words")

    assert "only your exact words" in exact.text
    assert "Similar words too" in buttons(exact.message or {})


@pytest.mark.thorough
async def test_words_that_are_missing_can_be_left_out(server: DiscordServer) -> None:
    """
    One press searches without the words that no statement has; the question above stays as it was asked.
    """
    asked = await server.answer_to("ask", question="night raids with zeppelin tariffs")
    label = next(name for name in buttons(asked.message or {}) if name.startswith("Search without"))

    again = await pressed(server, asked, label)

    assert "You asked: “night raids with zeppelin tariffs”" in again.text
    assert "without “zeppelin tariffs”" in again.text
    assert "> " in again.text


@pytest.mark.thorough
@pytest.mark.parametrize("options", [{"question": "night raids in 1998"}, {"question": "night raids", "to": "1998"}])
async def test_dates_can_be_dropped(server: DiscordServer, options: dict[str, str]) -> None:
    """
    Where dates leave nothing, one press drops them, whether they stand in the question or in an option.
    """
    asked = await server.answer_to("ask", **options)
    assert "The statements run from" in asked.text
    again = await pressed(server, asked, "Any date")

    assert "any date" in again.text
    assert "> " in again.text


@pytest.mark.thorough
async def test_context_shows_what_stands_around(server: DiscordServer) -> None:
    """
    The paragraphs before and after the words, the words themselves bold, for the asker alone.
    """
    asked = await server.answer_to("ask", question="What did Marta Quiroga say about night raids in Millbrook?")
    context = await pressed(server, asked, "In context")

    assert context.ephemeral
    assert not context.updated
    assert "spoke about the raids in Millbrook" in context.text
    assert "**“Night raids in Millbrook must end,” said Marta Quiroga" in context.text
    assert "> Families in Millbrook want to sleep." in context.text


@pytest.mark.thorough
async def test_citations_can_be_copied(server: DiscordServer) -> None:
    """
    "Cite" gives the words in each style, to be copied, in the language of the message.
    """
    asked = await server.answer_to("ask", question="night raids in Millbrook", locale="es-419")
    cited = await pressed(server, asked, "Citar")

    assert cited.ephemeral
    for words in (
        "Copie la forma que necesite.",
        "MLA\n```\n",
        "APA\n```\n",
        "Night raids in Millbrook must end",
        "Marta Quiroga",
    ):
        assert words in cited.text


async def test_sharing_tells_nobody_who_asked(server: DiscordServer) -> None:
    """
    "Share here" posts an ordinary message: the words, speaker, date and number, without question or asker.
    """
    asked = await server.answer_to("ask", question="secret words about night raids in Millbrook")
    told = await pressed(server, asked, "Share here")

    posted = server.channels[payloads.CHANNEL].messages[-1]
    assert told.ephemeral
    assert told.text == "Shared in this channel, without your question and your name."
    for words in ("Night raids", "**Marta Quiroga**, Executive Director", "2013", "¶3"):
        assert words in shown_text(posted)
    assert "secret" not in shown_text(posted)
    assert "interaction_metadata" not in posted
    assert "message_reference" not in posted
    assert payloads.MEMBER not in str({key: posted[key] for key in ("components", "content")})
    assert buttons(posted)[:2] == ["In context", "Cite"]


@pytest.mark.thorough
async def test_sharing_has_a_cooldown(server: DiscordServer) -> None:
    """
    A member who shares again and again is asked to wait.
    """
    asked = await server.answer_to("ask", question="night raids")
    told = [await pressed(server, asked, "Share here") for _ in range(3)]

    assert told[-1].text.startswith("Please wait ")
    assert len(server.channels[payloads.CHANNEL].messages) == 2


async def test_words_to_copy_where_the_bot_may_not_write(server: DiscordServer) -> None:
    """
    In a channel where the bot may not write, the member gets the words to copy.
    """
    asked = await server.finished(
        await server.use_command("ask", channel=payloads.READ_ONLY, question="night raids in Millbrook")
    )
    told = await pressed(server, asked, "Share here")

    assert told.text.startswith("I cannot write in this channel. Here are the words to copy.\n```\n")
    assert "Night raids in Millbrook must end" in told.text


async def test_direct_messages_have_nothing_to_share_in(server: DiscordServer) -> None:
    """
    A button that cannot be used is left out.
    """
    asked = await server.finished(await server.use_command("ask", guild=None, question="night raids"))

    assert "Share here" not in buttons(asked.message or {})
    assert "In context" in buttons(asked.message or {})


@pytest.mark.thorough
async def test_reports_reach_the_moderators(server: DiscordServer) -> None:
    """
    A report brings reason, record number, the published words and the note; never the question or a name.
    """
    asked = await server.answer_to("ask", question="secret words about night raids in Millbrook", locale="es-ES")
    form = await pressed(server, asked, "Reportar")
    told = await server.finished(
        await server.submit(form, {"reason": ["date"], "note": "Fue en agosto, llame al 555-010-0199 @everyone"})
    )

    report = server.channels[MODERATORS].messages[-1]
    assert told.text == "Gracias. Quienes moderan tienen su reporte, sin su nombre."
    assert told.ephemeral
    for words in ("2014-003", "Motivo: Fecha equivocada", "Fue en agosto, llame al \\[…\\]", "Night raids"):
        assert words in shown_text(report)
    assert "secret" not in str(report)
    assert payloads.MEMBER not in str({key: report[key] for key in ("components", "content")})


async def test_nobody_to_report_to(service: Service) -> None:
    """
    Without a moderators' channel no message has the button.
    """
    async with running_bot(service) as server:
        asked = await server.answer_to("ask", question="night raids")

    assert "Report" not in buttons(asked.message or {})


@pytest.mark.thorough
async def test_buttons_outlive_a_restart(service: Service) -> None:
    """
    Every button of a message works after the bot was ended and started again: nothing of it was kept in memory.
    """
    async with DiscordServer() as server:
        async with connected_bot(server, service, settings=a_setting(**SETTINGS)):
            asked = await server.answer_to("ask", question="night raids", speaker="quiroga")
        async with connected_bot(server, service, settings=a_setting(**SETTINGS)):
            more = await pressed(server, asked, "More passages")
            assert "On the record: passages 4 to 5 of 5" in more.text
            assert "speaker Marta Quiroga" in more.text
            for label in ("In context", "Cite", "Share here"):
                assert (await pressed(server, more, label)).text
            form = await pressed(server, more, "Report")
        async with connected_bot(server, service, settings=a_setting(**SETTINGS)):
            told = await server.finished(await server.submit(form, {"reason": ["other"]}))
            assert told.text.startswith("Thank you.")
    assert server.violations == []


@pytest.mark.thorough
async def test_changed_statements_are_not_shown_as_they_were(service: Service) -> None:
    """
    After a restart with other statements a button shows nothing that is no longer there, and says so.
    """
    async with DiscordServer() as server:
        async with connected_bot(server, service):
            asked = await server.answer_to("ask", question="night raids", speaker="quiroga")
        async with connected_bot(server, Service.of([])):
            context = await pressed(server, asked, "In context")
            more = await pressed(server, asked, "Newest first")

    assert context.text.endswith("is no longer in the record.")
    assert more.text == "The name in this search is no longer in the record. Please ask again."
    assert server.violations == []


@pytest.mark.thorough
async def test_followups_keep_the_conversation(service: Service) -> None:
    """
    The member's next question in the channel is read together with the one before; after fifteen minutes, or for
    somebody else, it is not.
    """
    clock = itertools.count(0.0, 1.0)
    later = 0.0
    async with DiscordServer() as server, connected_bot(server, service, now=lambda: next(clock) + later):
        await server.answer_to("ask", question="What did Marta Quiroga say about night raids?")
        followed = await server.answer_to("ask", question="and in 2013?")
        followed_text = followed.text
        other = await server.finished(await server.use_command("ask", by=payloads.person(7), question="and in 2013?"))
        more_text = (await pressed(server, followed, "Only my exact words")).text
        later = 16 * 60
        late = await server.answer_to("ask", question="and in 2013?")
        pressed_late = await pressed(server, followed, "Similar words too")

    for text in (followed_text, more_text):
        assert "Read together with your earlier question." in text
        assert "speaker Marta Quiroga" in text
    for alone in (other, late):
        assert "I no longer have the earlier question. Please ask it in full." in alone.text
    assert pressed_late.text == "I no longer have the earlier question. Please ask it in full."
    assert server.violations == []


@pytest.mark.thorough
async def test_replies_to_a_mention_go_on_from_it(server: DiscordServer) -> None:
    """
    Whoever replies to the bot's message goes on from that question; a private question is never taken up in public.
    """
    await server.answer_to("ask", question="What did Casa Laurel write?")
    reply = await server.reply_to(await server.post(f"<@{payloads.BOT}> What did Marta Quiroga say about night raids?"))
    await asyncio.sleep(0.1)  # a person takes longer to reply than the bot to hear that its message arrived
    below = {"message_id": reply["id"], "channel_id": payloads.CHANNEL, "guild_id": payloads.GUILD}
    going_on = await server.reply_to(
        await server.post(
            f"<@{payloads.BOT}> and in 2013?", author=payloads.person(7), message_reference=below, type=19
        )
    )

    assert "Read together with your earlier question." in shown_text(going_on)
    assert "2013" in shown_text(going_on)


@pytest.mark.thorough
async def test_public_replies_have_no_button_that_needs_the_question(server: DiscordServer) -> None:
    """
    A reply to a mention shows no question, and only buttons that need none.
    """
    reply = await server.reply_to(await server.post(f"<@{payloads.BOT}> night raids"))

    assert set(buttons(reply)) == {"In context", "Cite", "Report"}
    held = next(part["custom_id"] for part in walk(reply["components"]) if part.get("label") == "In context")
    context = await server.finished(await server.press(reply, custom_id=held, by=payloads.person(7)))
    assert context.ephemeral
