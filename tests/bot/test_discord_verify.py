"""
`/verify`, and the two menus on a message, from Discord to the statements and back: real client, real sockets, the real
service.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from discord_server import payloads
from discord_server.components import buttons, walk
from discord_server.payloads import Json
from discord_server.running import a_setting, connected_bot, running_bot
from discord_server.server import DiscordServer
from discord_server.state import Interaction
from fakes_chat import FakeService

from bot.service import Service
from corpus.errors import UsageError

MARKER = "zqxmarkerzqx"
VERIFY, FIND = "Verify this quote", "Find in the statements"
STATEMENTS = {
    "2014-003": """\
Puente Claro Network condemns night raids

OAKVILLE, 10 September 2014 – Puente Claro Network condemned the night raids of this week in the valley.

“Night raids must never come back to *Oakville*, and 300 families deserve to sleep,” said Marta Quiroga, Executive \
Director of Puente Claro Network.

The network asks the county to publish the list of all arrests.
""",
    "2016-004": f"""\
A long letter of the Casa Laurel

OAKVILLE, 2 May 2016 – We write that the quiet valley wants to sleep without fear and to work in peace.

{"The county was asked and did not answer us in any way. " * 60}

We write that the noisy valley wants to sleep without fear and to rest in peace.
""",
    "2019-001": """\
La Alianza Puente Claro pide renovar los permisos de trabajo

OAKVILLE, 4 de marzo de 2019 – La Alianza Puente Claro pidió hoy al condado escuchar a los jornaleros.

“Los permisos de trabajo de los jornaleros deben renovarse sin demora”, dijo Tomás Arrieta, coordinador de la \
Alianza Puente Claro.
""",
}
EXACT = "Los permisos de trabajo de los jornaleros deben renovarse sin demora"
ALTERED = "Night raids must come back to Oakville, and 200 families deserve to sleep"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """The real service on three invented statements."""
    folder: Path = tmp_path_factory.mktemp("statements")
    for name, text in STATEMENTS.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return Service.open(a_setting(data_dir=folder / "none"), [folder])


@pytest.fixture
async def server(service: Service) -> AsyncIterator[DiscordServer]:
    """Discord with the bot on these statements."""
    async with running_bot(service) as server:
        yield server


async def pressed(server: DiscordServer, shown: Interaction, label: str) -> Interaction:
    """Press the first button of this name, and wait for the answer."""
    named = (part for part in walk((shown.message or {})["components"]) if part.get("label") == label)
    return await server.finished(await server.press(shown, custom_id=next(named)["custom_id"]))


async def used(server: DiscordServer, menu: str, message: Json, **more: str) -> Interaction:
    """What a menu on a message answers."""
    return await server.finished(await server.use_menu(menu, message, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "locale", "expected"),
    [
        (
            f"“{EXACT}” – Tomás Arrieta, 2019",
            "es-419",
            [
                "**Palabra por palabra**\n",
                f"Se revisó: «{EXACT}»",
                f"> {EXACT}",
                "**Tomás Arrieta**, coordinador, Alianza Puente Claro",
                "4 de marzo de 2019 · español · 2019-001 ¶3",
                "Solo usted puede ver esto.",
            ],
        ),
        (
            ALTERED,
            "en-US",
            [
                "**Words were changed**\n",
                r"> Night raids must never come back to \*Oakville\*, and 300 families deserve to sleep",
                "**Marta Quiroga**, Executive Director, Puente Claro Network",
                "September 10, 2014 · English · 2014-003 ¶3",
                r"Left out of the claim: \[+never+\]",
                r"Changed: \[−200−\] was claimed, \[+300+\] was published.",
            ],
        ),
        (
            "zeppelin tariffs ought to be abolished",
            "en-US",
            [
                "**Not in this record**\n",
                "It holds 3 statements, 2014 to 2019; that does not show that it was never said.",
                "Checked: “zeppelin tariffs ought to be abolished”",
            ],
        ),
    ],
)
async def test_verdicts_are_shown(server: DiscordServer, text: str, locale: str, expected: list[str]) -> None:
    """
    In both languages: the verdict, what was published, whose it is and where, and what was changed, with signs.
    """
    answer = await server.answer_to("verify", text=text, locale=locale)

    assert answer.ephemeral
    for words in expected:
        assert words in answer.text


async def test_changed_negation_comes_first(server: DiscordServer) -> None:
    """
    Of several differences the lost "never" is read first.
    """
    answer = await server.answer_to("verify", text=ALTERED.replace("deserve", "want"))

    places = [answer.text.index(words) for words in ("[+never+", "[−200−", "[−want−")]
    assert places == sorted(places)


async def test_speaker_is_checked(server: DiscordServer) -> None:
    """
    The right words of somebody else are said to be somebody else's.
    """
    answer = await server.answer_to("verify", text=EXACT, speaker="Marta Quiroga", locale="en-US")

    assert answer.text.startswith("**Son palabras de otra persona u organización**")
    assert "Lo dijo Tomás Arrieta" in answer.text


@pytest.mark.thorough
async def test_verdict_can_be_opened(service: Service) -> None:
    """
    The buttons below the published words work, also after the bot was started again.
    """
    async with DiscordServer() as server:
        async with connected_bot(server, service):
            asked = await server.answer_to("verify", text=ALTERED)
        async with connected_bot(server, service):
            context = await pressed(server, asked, "In context")
            cited = await pressed(server, asked, "Cite")
            shared = await pressed(server, asked, "Share here")

    assert "condemned the night raids of this week" in context.text
    assert "MLA\n```\n" in cited.text
    assert shared.text == "Shared in this channel, without your question and your name."
    assert server.violations == []


@pytest.mark.thorough
async def test_what_cannot_be_opened_has_no_button(server: DiscordServer) -> None:
    """
    Below words that stand pages apart no button promises to open them.
    """
    first, last = (f"the {word} valley wants to sleep without fear" for word in ("quiet", "noisy"))
    answer = await server.answer_to("verify", text=f"{first} … {last}")

    assert answer.text.startswith("**The words are there, but something is left out**")
    assert f"> {first}" in answer.text
    assert "(and further on)" in answer.text
    assert buttons(answer.message or {}) == []


async def test_private_numbers_are_masked() -> None:
    """
    A number typed into a claim is neither searched for nor shown, and the reply says so.
    """
    service = FakeService()
    async with running_bot(service) as server:
        answer = await server.answer_to("verify", text="night raids must end, call 213-555-0148")

    assert service.verified[0].text == "night raids must end, call […]"
    assert r"Checked: “night raids must end, call \[…\]”" in answer.text
    assert "I left out what looks like a private number." in answer.text


@pytest.mark.parametrize(
    ("text", "locale", "told"),
    [
        ("raids end", "en-US", "Please give at least 3 words to check."),
        ("«sin demora» @everyone", "es-ES", "Por favor, dé al menos 3 palabras para revisar."),
        ("word " * 401, "en-US", "Please ask in at most 2000 characters."),
    ],
)
async def test_unfit_claims_are_told(text: str, locale: str, told: str) -> None:
    """
    Too few words, or too many, are said to be so and not checked.
    """
    service = FakeService()
    async with running_bot(service) as server:
        answer = await server.answer_to("verify", text=text, locale=locale)

    assert answer.text == told
    assert answer.ephemeral
    assert service.verified == []


async def test_public_verdicts_can_be_read_by_all(service: Service) -> None:
    """
    Where replies are public, the claim stands in the message, as nobody could read a verdict without it.
    """
    async with running_bot(service, settings=a_setting(public_replies=True)) as server:
        answer = await server.answer_to("verify", text=ALTERED)

    assert not answer.ephemeral
    assert "Checked: “Night raids must come back" in answer.text
    assert "Only you" not in answer.text


async def test_menus_are_registered_once(service: Service) -> None:
    """
    Both menus are there in both languages, for servers and direct messages, and a second start registers nothing.
    """
    async with DiscordServer() as server:
        for _ in range(2):
            async with connected_bot(server, service):
                pass
        menus = [command for command in server.commands if command["type"] == 3]
        registrations = [request for request in server.requests if request.method == "PUT"]

    assert {menu["name"]: menu["name_localizations"]["es-419"] for menu in menus} == {
        VERIFY: "Verificar esta cita",
        FIND: "Buscar en los comunicados",
    }
    assert all((menu["contexts"], menu["integration_types"]) == ([0, 1], [0]) for menu in menus)
    assert len(registrations) == 1
    assert server.violations == []


async def test_message_is_verified(service: Service) -> None:
    """
    The words of a message are checked, with the name on a line of its own, for whoever used the menu alone.
    """
    async with running_bot(service, settings=a_setting(public_replies=True)) as server:
        message = await server.post(f"> {EXACT}\n— Tomás Arrieta\n<@{payloads.MEMBER}>", author=payloads.person(7))
        answer = await used(server, VERIFY, message, locale="es-MX")

    assert answer.ephemeral
    assert answer.text.startswith(f"**Palabra por palabra**\nSe revisó: «{EXACT}»")
    assert "Solo usted puede ver esto." in answer.text


@pytest.mark.thorough
async def test_own_messages_are_verified_by_their_quotation(server: DiscordServer) -> None:
    """
    Of a message of the bot's own the published words are checked, and not what it says around them.
    """
    asked = await server.answer_to("verify", text=ALTERED)
    await pressed(server, asked, "Share here")
    shared = server.channels[payloads.CHANNEL].messages[-1]
    answer = await used(server, VERIFY, shared)

    assert answer.text.startswith("**Word for word**\nChecked: “Night raids must never come back")
    assert r"back to \*Oakville\*, and 300" in answer.text


@pytest.mark.thorough
async def test_message_is_found(service: Service) -> None:
    """
    The words of a message are looked for as a question is, and the buttons below go on, also after a restart.
    """
    async with DiscordServer() as server:
        async with connected_bot(server, service, settings=a_setting(public_replies=True)):
            message = await server.post("What did Quiroga say about night raids?", author=payloads.person(7))
            answer = await used(server, FIND, message)
            first = answer.text
        async with connected_bot(server, service):
            newest = await pressed(server, answer, "Only my exact words")

    assert answer.ephemeral
    assert first.startswith("You asked: “What did Quiroga say about night raids?”")
    assert "**Marta Quiroga**, Executive Director" in first
    assert "only your exact words" in newest.text
    assert server.violations == []


async def test_long_message_is_found_without_search_buttons(server: DiscordServer) -> None:
    """
    A message that is too long to be repeated is looked for; what would have to read it back is left out.
    """
    message = await server.post("What did Quiroga say about night raids? " + "They must never come back. " * 12)

    answer = await used(server, FIND, message)

    assert "You asked" not in answer.text
    assert "> " in answer.text
    assert set(buttons(answer.message or {})) == {"In context", "Cite", "Share here"}


EMBED = {"type": "rich", "title": "Read this", "description": EXACT, "fields": [{"name": "Who", "value": "Arrieta"}]}
TEXTS = [{"type": 17, "id": 1, "components": [{"type": 10, "id": 2, "content": EXACT}]}]
SNAPSHOT = {
    "type": 0,
    "content": EXACT,
    "timestamp": "2025-06-01T12:00:00.000000+00:00",
    "edited_timestamp": None,
    "flags": 0,
    "embeds": [],
    "attachments": [],
    "mentions": [],
    "mention_roles": [],
}


@pytest.mark.parametrize(
    ("content", "more", "searched"),
    [
        ("", {"embeds": [EMBED]}, f"Read this\n{EXACT}\nWho\nArrieta"),
        ("", {"components": TEXTS, "flags": 1 << 15}, EXACT),
        ("", {"message_snapshots": [{"message": SNAPSHOT}]}, EXACT),
        # The preview of a link is not what somebody wrote.
        (
            "see https://valley.example/letters/11 today",
            {"embeds": [EMBED]},
            "see https://valley.example/letters/11 today",
        ),
    ],
)
async def test_words_of_any_message_are_read(content: str, more: Json, searched: str) -> None:
    """
    Where a message has no words of its own, those of its embeds, its components or the message it forwards are taken.
    """
    service = FakeService()
    async with running_bot(service) as server:
        message = await server.post(content, author=payloads.person(7), **more)
        await used(server, VERIFY, message)
        await used(server, FIND, message)

    assert service.verified[0].text == searched
    assert service.asked[0].question == " ".join(searched.split())


@pytest.mark.parametrize("menu", [VERIFY, FIND])
@pytest.mark.parametrize(
    ("content", "locale", "told"),
    [
        (f"<@{payloads.MEMBER}> <:sad:77>", "en-US", "This message has no words to look for."),
        ("", "es-419", "Este mensaje no tiene palabras que buscar."),
        ("raid " * 420, "en-US", "This message is too long. At most 2000 characters can be looked up."),
    ],
)
async def test_unfit_messages_are_told(menu: str, content: str, locale: str, told: str) -> None:
    """
    A message without words, and one that is too long, are said to be so, for the member alone.
    """
    service = FakeService()
    async with running_bot(service, settings=a_setting(public_replies=True)) as server:
        message = await server.post(content, author=payloads.person(7))
        answer = await used(server, menu, message, locale=locale)

    assert answer.text == told
    assert answer.ephemeral
    assert (service.asked, service.verified) == ([], [])


@pytest.mark.parametrize("error", [UsageError(MARKER), OSError(5, MARKER)])
async def test_no_claim_is_written_down(error: Exception, caplog: pytest.LogCaptureFixture) -> None:
    """
    Whatever happens to a claim, typed or written in a message, no word of it is logged.
    """
    caplog.set_level(logging.DEBUG, "bot")
    claim = f"{MARKER} must end soon"
    async with running_bot(FakeService(error=error)) as server:
        texts = [(await server.answer_to("verify", text=claim, speaker=MARKER)).text]
        message = await server.post(claim, author=payloads.person(7))
        texts += [(await used(server, menu, message)).text for menu in (VERIFY, FIND)]

    assert all(text.startswith("Something failed on our side (code ") for text in texts)
    assert MARKER not in caplog.text
