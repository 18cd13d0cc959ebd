"""
`/statement` and what is offered while a member types, the whole way: real client, real sockets, the real service.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from discord_server import payloads
from discord_server.components import buttons, walk
from discord_server.running import a_setting, connected_bot, running_bot
from discord_server.server import DiscordServer

from bot.service import Service

SENTENCE = "The network asked the county once more to publish the list of all arrests in the valley. "
PARTS = "\n\n".join(f"Part {number}. {SENTENCE * 9}" for number in range(1, 6))
STATEMENTS = {
    "2014-003": f"""\
Puente Claro Network condemns night raids

OAKVILLE, 10 September 2014 – Puente Claro Network spoke about the night raids of this week.

{PARTS}

Media contact: Ana Solís, ana@puenteclaro.example, 555-010-0142
""",
    "2016-001": """\
Puente Claro Network on work permits

OAKVILLE, 3 May 2016 – Puente Claro Network spoke about permits that expire in June.

“Permits must be renewed,” said Marta Quiroga, Executive Director of Puente Claro Network.
""",
    "2019-001": """\
La Alianza pide renovar los permisos

OAKVILLE, 4 de marzo de 2019 – La Alianza pidió hoy al condado escuchar a los jornaleros.

“Deben renovarse”, dijo Tomás Arrieta, coordinador de la Alianza.
""",
}


def opened(folder: Path, statements: dict[str, str]) -> Service:
    """The real service on these statements."""
    folder.mkdir(exist_ok=True)
    for name, text in statements.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return Service.open(a_setting(data_dir=folder / "none"), [folder])


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """On three invented statements."""
    return opened(tmp_path_factory.mktemp("statements"), STATEMENTS)


@pytest.fixture
async def server(service: Service) -> AsyncIterator[DiscordServer]:
    """Discord with the bot."""
    async with running_bot(service) as server:
        yield server


async def test_newest_statements_are_listed(server: DiscordServer) -> None:
    """
    Without a title the newest statements are listed, each with a button that opens it in a message of its own.
    """
    listed = await server.answer_to("statement")
    opened = await server.finished(await server.press(listed, "Open 2016-001"))

    assert listed.ephemeral
    assert listed.text.index("2019-001") < listed.text.index("2016-001") < listed.text.index("2014-003")
    assert not opened.updated
    assert opened.ephemeral
    assert "> “Permits must be renewed,” said Marta Quiroga" in opened.text
    assert "May 3, 2016 (from its dateline) · English · 2016-001" in opened.text


@pytest.mark.parametrize("title", ["2014-003", "puente claro network condemns night raids", "condemns"])
async def test_statements_are_found_by_number_and_title(server: DiscordServer, title: str) -> None:
    """
    A record number, a title and words that one title has alone each open the statement.
    """
    found = await server.answer_to("statement", title=title)

    assert found.text.startswith("**Puente Claro Network condemns night raids**")


@pytest.mark.thorough
async def test_pages_turn_in_place(server: DiscordServer) -> None:
    """
    In a private message the next page takes the place of the one before, with whole paragraphs on each.
    """
    first = await server.answer_to("statement", title="2014-003")
    first_text = first.text
    second = await server.finished(await server.press(first, "Next page"))
    second_text = second.text
    back = await server.finished(await server.press(second, "Previous page"))

    assert "Page 1 of 3" in first_text
    assert "Page 2 of 3" in second_text
    assert second.updated
    assert back.text == first_text
    for text in (first_text, second_text):
        quoted = [line for line in text.splitlines() if line.startswith("> Part ")]
        assert quoted
        assert all(line.count("publish the list") == 9 for line in quoted)


@pytest.mark.thorough
async def test_private_numbers_are_not_shown(server: DiscordServer) -> None:
    """
    No page shows somebody's number or address.
    """
    shown = await server.answer_to("statement", title="2014-003")
    text = shown.text
    while "Next page" in buttons(shown.message or {}):
        shown = await server.finished(await server.press(shown, "Next page"))
        text += shown.text

    assert "0142" not in text
    assert "ana@" not in text


async def test_public_pages_are_answered_in_private(service: Service) -> None:
    """
    Where replies are public, whoever turns a page sees it alone, and the message for everybody stays.
    """
    async with running_bot(service, settings=a_setting(public_replies=True)) as server:
        first = await server.answer_to("statement", title="2014-003")
        second = await server.finished(await server.press(first, "Next page", by=payloads.person(7)))

    assert not first.ephemeral
    assert "Page 1 of 3" in first.text
    assert second.ephemeral
    assert not second.updated
    assert "Page 2 of 3" in second.text


async def test_spanish_members_read_spanish(server: DiscordServer) -> None:
    """
    Around the words of a statement the bot speaks the member's language.
    """
    found = await server.answer_to("statement", locale="es-419", title="2019-001")

    assert "4 de marzo de 2019 (según la línea de lugar y fecha)" in found.text
    assert "> “Deben renovarse”, dijo Tomás Arrieta" in found.text
    assert "Solo usted puede ver esto." in found.text


async def test_unknown_titles_are_said(server: DiscordServer) -> None:
    """
    A title that no statement has gets no other statement; its words that are in no title are named.
    """
    found = await server.answer_to("statement", title="zeppelin permits 555-010-0142")

    assert found.text.startswith("No statement is called that.")
    assert "In no title: zeppelin" in found.text
    assert "I left out what looks like a private number." in found.text
    assert "0142" not in found.text


async def test_record_numbers_are_no_private_numbers(server: DiscordServer) -> None:
    """
    A record number that looks like a telephone number is looked up as it was typed.
    """
    found = await server.answer_to("statement", title="2016-0001")

    assert "In no title: 2016-0001" in found.text
    assert "private number" not in found.text


@pytest.mark.thorough
async def test_pages_outlive_a_restart(service: Service, tmp_path: Path) -> None:
    """
    After a restart pages still turn; where the statement is another one now, it is not shown as if it were the same.
    """
    async with DiscordServer() as server:
        async with connected_bot(server, service):
            first = await server.answer_to("statement", title="2014-003")
        async with connected_bot(server, service):
            second = await server.finished(await server.press(first, "Next page"))
            assert "Page 2 of 3" in second.text
        async with connected_bot(server, opened(tmp_path, {"2016-001": STATEMENTS["2016-001"]})):
            gone = await server.finished(await server.press(second, "Next page"))
    assert gone.text.endswith("2014-003 is no longer in the record.")
    assert server.violations == []


async def test_revised_statements_are_said(service: Service) -> None:
    """
    A page of an earlier revision is not turned to: the text may stand elsewhere now.
    """
    async with running_bot(service) as server:
        listed = await server.answer_to("statement")
        button = next(
            part for part in walk((listed.message or {})["components"]) if part.get("label") == "Open 2016-001"
        )
        button["custom_id"] = button["custom_id"].replace(":1:2016-001", ":7:2016-001")
        pressed = await server.finished(await server.press(listed, "Open 2016-001"))

    assert pressed.text == "The text of 2016-001 has changed since. Ask again to see what it says now."


@pytest.mark.parametrize(
    ("command", "option", "typed", "offered"),
    [
        ("ask", "speaker", "tomas", ["Tomás Arrieta"]),
        ("ask", "speaker", "ARRI", ["Tomás Arrieta"]),
        ("ask", "speaker", "", ["Marta Quiroga", "Tomás Arrieta"]),
        ("ask", "organization", "zeppelin", []),
        ("statement", "title", "alianza", ["La Alianza pide renovar los permisos · March 4, 2019"]),
        ("statement", "title", "permit", ["Puente Claro Network on work permits · May 3, 2016"]),
    ],
)
async def test_names_and_titles_are_offered(
    server: DiscordServer, command: str, option: str, typed: str, offered: list[str]
) -> None:
    """
    While a member types, what begins with it is offered, whatever its accents and capitals.
    """
    question = {"question": "raids"} if command == "ask" else {}

    choices = await server.autocomplete(command, option, typed, **question)

    assert [choice["name"] for choice in choices] == offered


async def test_offered_titles_open_their_statement(server: DiscordServer) -> None:
    """
    What is offered for a title stands for the record number.
    """
    choices = await server.autocomplete("statement", "title", "raids", locale="es-ES")

    assert [(choice["name"], choice["value"]) for choice in choices] == [
        ("Puente Claro Network condemns night raids · 10 de septiembre de 2014", "2014-003")
    ]
