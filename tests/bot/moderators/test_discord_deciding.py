"""
What moderators do about a statement in Discord, the whole way: real client, real sockets, a stored corpus.
"""

from __future__ import annotations

import asyncio
import time

import pytest
from discord_server import payloads
from discord_server.components import buttons, shown_text
from discord_server.payloads import MODERATORS, Json
from discord_server.running import connected_bot, running_bot
from discord_server.server import DiscordServer
from discord_server.state import Interaction
from moderating import BY_ID, BY_ROLE, Record

from bot.answering import ServiceProcess
from corpus.errors import UsageError

QUESTION = "Where does the walk end, at the river on Saturday?"
WHO = {"by": BY_ROLE}


async def reported(server: DiscordServer, locale: str = "en-US") -> Json:
    """The message in the moderators' channel, after a member has reported the walk."""
    asked = await server.answer_to("ask", question=QUESTION, locale=locale)
    report = next(
        part
        for row in (asked.message or {})["components"]
        for part in row.get("components") or []
        if part.get("custom_id", "").startswith("report:")
    )
    form = await server.finished(await server.press(asked, custom_id=report["custom_id"]))
    await server.finished(await server.submit(form, {"reason": ["private"], "note": "Title: *mine*"}))
    message: Json = server.channels[MODERATORS].messages[-1]
    return message


async def pressed(server: DiscordServer, message: Json | Interaction, label: str) -> Interaction:
    """A moderator presses a button."""
    return await server.finished(await server.press(message, label, **WHO))


async def sent(server: DiscordServer, form: Interaction, **typed: str) -> Interaction:
    """A moderator sends a form."""
    return await server.finished(await server.submit(form, typed, **WHO))


def _wait_for(service: ServiceProcess, statements: int) -> None:
    until = time.monotonic() + 20
    while service.overview().statements < statements and time.monotonic() < until:
        time.sleep(0.05)


@pytest.mark.thorough
async def test_hiding_from_a_report_holds_at_once(record: Record) -> None:
    """
    "Hide now" asks for a reason and hides; the running bot's next answer does not hold the words, "Show again"
    brings them back. The message says who did what, and the history too.
    """
    with ServiceProcess(record.settings()) as service:
        async with running_bot(service, settings=record.settings()) as server:
            message = await reported(server)
            assert buttons(message)[-3:] == ["Hide now", "Correct", "Dismiss"]

            await sent(server, await pressed(server, message, "Hide now"), reason="asked by *mail*")
            hidden = shown_text(message)
            answer = (await server.answer_to("ask", question=QUESTION)).text
            labels = buttons(message)

            await pressed(server, message, "Show again")
            shown = shown_text(message)
            # What comes back does so as soon as a second process has read it.
            await asyncio.to_thread(_wait_for, service, 3)
            again = (await server.answer_to("ask", question=QUESTION)).text

    assert hidden.splitlines()[-2:] == ["Hidden: 2013-001, by <@7100>.", "Reason: asked by \\*mail\\*"]
    assert "A member reports 2013-001" in hidden
    assert "river" not in hidden
    assert labels == ["Show again"]
    assert "2013-001" not in answer
    assert shown.endswith("Shown again: 2013-001, by <@7100>.")
    assert "2013-001" in again
    assert record.actions()[:2] == [
        ("unhide", "2013-001", "", "discord:7100"),
        ("hide", "2013-001", "asked by *mail*", "discord:7100"),
    ]
    assert "Where does" not in str(record.curation.history())


@pytest.mark.thorough
async def test_buttons_of_a_report_outlive_a_restart(record: Record) -> None:
    """
    A report can be dealt with after the bot was ended and started again: at each step, also between form and sending.
    """
    async with DiscordServer() as server:
        async with connected_bot(server, record.service(), settings=record.settings()):
            message = await reported(server, locale="es-419")
        async with connected_bot(server, record.service(), settings=record.settings()):
            form = await pressed(server, message, "Ocultar ahora")
        async with connected_bot(server, record.service(), settings=record.settings()):
            await sent(server, form, reason="lo pidieron por correo")
        async with connected_bot(server, record.service(), settings=record.settings()):
            assert "Oculto: 2013-001, por <@7100>." in shown_text(message)
            await pressed(server, message, "Mostrar otra vez")
            assert "Se muestra otra vez: 2013-001, por <@7100>." in shown_text(message)
    assert server.violations == []


@pytest.mark.thorough
async def test_a_report_is_dismissed(record: Record) -> None:
    """
    "Dismiss" leaves the statement as it is; the message and the history say who looked at it.
    """
    async with running_bot(record.service(), settings=record.settings()) as server:
        message = await reported(server)
        await pressed(server, message, "Dismiss")

    assert shown_text(message).endswith("Dismissed: the report on 2013-001, by <@7100>.")
    assert not {"Hide now", "Correct", "Dismiss"} & set(buttons(message))
    assert record.actions()[0] == ("dismiss", "2013-001", "", "discord:7100")
    assert record.curation.status().hidden == 0


@pytest.mark.thorough
async def test_a_report_is_corrected(record: Record) -> None:
    """
    "Correct" asks what is right, shows below the report what will change, and changes it only on "Apply"; words of the
    report that look like a correction are none.
    """
    async with DiscordServer() as server:
        async with connected_bot(server, record.service(), settings=record.settings()):
            message = await reported(server)
            form = await pressed(server, message, "Correct")
            await sent(server, form, date="2013-06", reason="typo", speaker="We will walk = Cedar Lane Workers")
            preview = shown_text(message)
            assert record.curation.show("2013-001").date == "2013-06-04"
        async with connected_bot(server, record.service(), settings=record.settings()):
            await pressed(server, message, "Apply")

    statement = record.curation.show("2013-001")
    assert preview.splitlines()[-6:] == [
        "Correction of 2013-001 “The walk goes on”. Nothing is changed yet.",
        "Reason: typo",
        "New date: 2013-06",
        "Until now: June 4, 2013",
        "New speaker: We will walk = Cedar Lane Workers",
        "Until now: Nadia Ferrol",
    ]
    assert "Corrected: 2013-001, by <@7100>." in shown_text(message)
    assert (statement.date, statement.title) == ("2013-06", "The walk goes on")
    assert statement.quotes[0].speaker is not None
    assert statement.quotes[0].speaker.name == "Cedar Lane Workers"
    assert record.actions()[0] == ("correct", "2013-001", "typo", "discord:7100")
    assert server.violations == []


@pytest.mark.thorough
async def test_a_correction_is_cancelled(record: Record) -> None:
    """
    After "Cancel" the report stands there as before, and nothing was changed.
    """
    async with running_bot(record.service(), settings=record.settings()) as server:
        message = await reported(server)
        before = shown_text(message)
        await sent(server, await pressed(server, message, "Correct"), title="Another", reason="typo")
        await pressed(server, message, "Cancel")

    assert shown_text(message) == f"{before}\nNothing was changed."
    assert buttons(message)[-3:] == ["Hide now", "Correct", "Dismiss"]
    assert record.curation.show("2013-001").title == "The walk goes on"


@pytest.mark.thorough
async def test_hide_and_unhide_by_command(record: Record) -> None:
    """
    The commands hide and show again, answer in private, and say when it was so already.
    """
    async with running_bot(record.service(), settings=record.settings()) as server:
        hidden = await server.answer_to("corpus hide", number=" 2013-001 ", reason="asked by mail", by=BY_ID)
        before = await server.answer_to("corpus hide", number="2013-001", reason="x", by=BY_ID, locale="es-ES")
        assert record.curation.status().hidden == 1
        shown = await server.answer_to("corpus unhide", number="2013-001", by=BY_ID, guild=None)
        nothing = await server.answer_to("corpus unhide", number="2013-001", by=BY_ID)

    assert hidden.ephemeral
    assert hidden.text == "Hidden: 2013-001, by <@7200>.\nReason: asked by mail"
    assert before.text.startswith("2013-001 ya estaba oculto.")
    assert shown.text == "Shown again: 2013-001, by <@7200>."
    assert nothing.text == "2013-001 is not hidden."
    assert record.actions()[:2] == [
        ("unhide", "2013-001", "", "discord:7200"),
        ("hide", "2013-001", "asked by mail", "discord:7200"),
    ]


@pytest.mark.thorough
async def test_erasing_asks_twice(record: Record) -> None:
    """
    `/corpus erase` changes nothing before its button is pressed, also after a restart; then the text is gone for good.
    """
    async with DiscordServer() as server:
        async with connected_bot(server, record.service(), settings=record.settings()):
            asked = await server.answer_to("corpus erase", number="2013-001", reason="asked -- by mail", **WHO)
            cancelled = await server.answer_to("corpus erase", number="2014-001", reason="x", **WHO)
            question = asked.text
            assert (await pressed(server, cancelled, "Cancel")).text == "Nothing was changed."
            assert record.curation.status().erased == 0
        async with connected_bot(server, record.service(), settings=record.settings()):
            erased = await pressed(server, asked, "Erase for good")

    assert question.startswith("Erase 2013-001 “The walk goes on” for good?")
    assert erased.text.startswith("Erased for good: 2013-001, by <@7100>.")
    with pytest.raises(UsageError):
        record.curation.show("2013-001", hidden=True)
    assert record.actions()[0] == ("erase", "2013-001", "asked -- by mail", "discord:7100")
    assert server.violations == []


@pytest.mark.thorough
async def test_correct_by_command(record: Record) -> None:
    """
    `/corpus correct` shows in private what will change; in Spanish, too.
    """
    typed = {"date": "none", "title": "*Una* carta", "organization": "Manos; Cedar Lane Workers", "paragraph": 1}
    async with running_bot(record.service(), settings=record.settings()) as server:
        shown = await server.answer_to(
            "corpus correct", number="2014-001", reason="errata", locale="es-419", **typed, **WHO
        )
        text = shown.text
        applied = await pressed(server, shown, "Aplicar")

    statement = record.curation.show("2014-001")
    assert shown.ephemeral
    assert "Nueva fecha: none\nHasta ahora: 2 de mayo de 2014" in text
    assert "Nuevo título: \\*Una\\* carta\nHasta ahora: Una carta sobre el huerto" in text
    assert "Corregido: 2014-001, por <@7100>." in applied.text
    assert (statement.date, statement.title) == (None, "*Una* carta")
    assert statement.organizations == ("Manos", "Cedar Lane Workers")


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("name", "options", "said"),
    [
        ("hide", {"number": "2013-099"}, "This cannot be done to “2013-099”"),
        ("erase", {"number": "*x*"}, "This cannot be done to “\\*x\\*”"),
        ("correct", {"number": "2013-001"}, "Please say what to correct"),
        ("correct", {"number": "2013-099", "date": "2013"}, "This cannot be done to “2013-099”"),
        ("correct", {"number": "2013-001", "date": "June"}, "“June” is not a date."),
        ("correct", {"number": "2013-001", "date": "2013-06-04"}, "2013-001 says that already."),
        ("correct", {"number": "2013-001", "speaker": "We will walk = Somebody"}, "2013-001 does not fit this"),
        ("correct", {"number": "2013-001", "speaker": "Nadia Ferrol"}, "2013-001 does not fit this"),
        ("correct", {"number": "2013-001", "paragraph": 99}, "2013-001 does not fit this"),
    ],
)
async def test_what_cannot_be_done_is_said(record: Record, name: str, options: dict[str, object], said: str) -> None:
    """
    A wrong number or a correction that does not fit is said in one private line, and changes nothing.
    """
    async with running_bot(record.service(), settings=record.settings()) as server:
        told = await server.answer_to(f"corpus {name}", reason="typo", **options, **WHO)

    assert told.ephemeral
    assert told.text.startswith(said)
    assert record.curation.status().generation == 1


@pytest.mark.thorough
async def test_reports_say_nothing_of_the_member(record: Record) -> None:
    """
    Neither the report, nor what moderators made of it, says who reported or what was asked.
    """
    async with running_bot(record.service(), settings=record.settings()) as server:
        message = await reported(server)
        await sent(server, await pressed(server, message, "Hide now"), reason="asked by mail")

    for told in (str({key: message[key] for key in ("components", "content")}), str(record.curation.history())):
        assert payloads.MEMBER not in told
        assert "Where does" not in told
