"""
The whole way in Discord: the real client of the real bot, real sockets, and for the words the real service.

`running_bot` ends with a check that no request broke a limit of Discord, its API description, or could ping anybody.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from discord_server import payloads
from discord_server.running import a_setting, ask_by_command, ask_by_mention, ask_directly, running_bot
from discord_server.server import DiscordServer

from bot.service import Service

Way = Callable[[DiscordServer, str], Awaitable[str]]

STATEMENTS = {
    "2014-003": """\
Puente Claro Network condemns night raids

OAKVILLE, 10 September 2014 – Puente Claro Network condemned the night raids of this week in the valley.

“Night raids must end, and @everyone in *Oakville* deserves to sleep,” said Marta Quiroga, Executive Director of \
Puente Claro Network.

The network asks the county to publish the list of all arrests.
""",
    "2019-001": """\
La Alianza Puente Claro pide renovar los permisos de trabajo

OAKVILLE, 4 de marzo de 2019 – La Alianza Puente Claro pidió hoy al condado escuchar a los jornaleros.

“Los permisos de trabajo de los jornaleros deben renovarse sin demora”, dijo Tomás Arrieta, coordinador de la \
Alianza Puente Claro.
""",
}
ENGLISH = (
    "What did Quiroga say about night raids?",
    [
        r"Night raids** must end, and \@everyone in \*Oakville\* deserves to sleep,” said Marta",
        "**Marta Quiroga**, Executive Director",
        "Puente Claro Network",
        "September 10, 2014",
        "2014-003 ¶3",
        "“Puente Claro Network condemns night raids”",
        "Not legal advice",
    ],
)
SPANISH = (
    "¿Qué dijo Arrieta sobre los permisos de trabajo de los jornaleros?",
    [
        " deben renovarse sin demora”, dijo ",
        "**Tomás Arrieta**, coordinador",
        "Alianza Puente Claro",
        "4 de marzo de 2019",
        "español",
        "2019-001 ¶3",
        "No es asesoría legal",
    ],
)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """The real service on two invented statements."""
    folder: Path = tmp_path_factory.mktemp("statements")
    for name, text in STATEMENTS.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return Service.open(a_setting(data_dir=folder / "none"), [folder])


@pytest.mark.parametrize("way", [ask_by_command, ask_by_mention, ask_directly])
@pytest.mark.parametrize(("question", "expected"), [ENGLISH, SPANISH])
async def test_answers_are_cited(service: Service, way: Way, question: str, expected: list[str]) -> None:
    """
    By command, mention and direct message, in both languages: the published words, who said them, where and when.
    """
    async with running_bot(service) as server:
        text = await way(server, question)

    for words in expected:
        assert words in text


async def test_reply_speaks_the_askers_language(service: Service) -> None:
    """
    Where the asker's Discord is Spanish, an English question is answered around the English words in Spanish.
    """
    async with running_bot(service) as server:
        answer = await server.answer_to("ask", locale="es-419", question=ENGLISH[0])

    assert "**Marta Quiroga**, Executive Director" in answer.text
    assert "10 de septiembre de 2014" in answer.text
    assert "Usted preguntó:" in answer.text


async def test_nothing_found_is_said(service: Service) -> None:
    """
    A question that no statement answers gets no passage, and hears which of its words are in none.
    """
    async with running_bot(service) as server:
        answer = await server.answer_to("ask", question="zeppelin tariffs?")

    assert "The statements do not answer this." in answer.text
    assert "Not found: zeppelin, tariffs." in answer.text
    assert "> " not in answer.text


@pytest.mark.thorough
async def test_nobody_is_pinged(service: Service) -> None:
    """
    Neither a mention in a statement nor one in a question pings anybody, by any way of asking.
    """
    question = f"@everyone <@{payloads.MEMBER}> <@&5> {ENGLISH[0]}"
    async with running_bot(service) as server:
        texts = [await ask(server, question) for ask in (ask_by_command, ask_by_mention, ask_directly)]
        sent = [request.body.get("data") or request.body for request in server.requests if request.body]

    for text in texts:
        assert r"\@everyone in" in text
        assert "<@" not in text
        assert not text.replace(r"\@everyone", "").count("@everyone")
    allowed = [message["allowed_mentions"] for message in sent if "components" in message]
    assert allowed == [{"parse": []}, *[{"parse": [], "replied_user": False}] * 2]
