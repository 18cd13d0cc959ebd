"""
`/timeline`, `/person` and `/help` the whole way: real client, real sockets, the real service on invented statements.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from discord_server import payloads
from discord_server.components import buttons, walk
from discord_server.running import a_setting, connected_bot, running_bot
from discord_server.server import DiscordServer
from discord_server.state import Interaction
from fakes_chat import FakeService

from bot.service import Service

STATEMENTS = {
    "2011-001": """\
Puente Claro Network asks for an end of night raids

OAKVILLE, 3 February 2011 – Puente Claro Network spoke about the night raids in the valley.

“Night raids must end,” said Marta Quiroga, Organizer of Puente Claro Network.
""",
    "2014-003": """\
Puente Claro Network condemns night raids again

OAKVILLE, 10 September 2014 – Puente Claro Network condemned the night raids of this week in the valley.

“Nobody sleeps while night raids go on,” said Marta Quiroga, Executive Director of Puente Claro Network.
""",
    "2019-001": """\
La Alianza Puente Claro pide renovar los permisos de trabajo

OAKVILLE, 4 de marzo de 2019 – La Alianza Puente Claro pidió hoy al condado escuchar a los jornaleros.

“Los permisos de trabajo deben renovarse sin demora”, dijo Tomás Quiroga, coordinador de la Alianza Puente Claro.
""",
    "letter": "An open letter on night raids\n\nNight raids in the harbor must end, writes the Casa Laurel to all.\n",
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """The real service on them."""
    folder: Path = tmp_path_factory.mktemp("statements")
    for name, text in STATEMENTS.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return Service.open(a_setting(data_dir=folder / "none"), [folder])


@pytest.fixture
async def server(service: Service) -> AsyncIterator[DiscordServer]:
    """Discord with the bot."""
    async with running_bot(service) as server:
        yield server


def described(shown: Interaction) -> list[str]:
    """The words that stand for the pictures of a message."""
    return [part["items"][0]["description"] for part in walk((shown.message or {})["components"]) if part["type"] == 12]


@pytest.mark.thorough
async def test_timelines_are_drawn_and_described(server: DiscordServer) -> None:
    """
    A timeline shows its chart with words that stand for it, counts in words, the first and the newest passage, and
    undated statements apart.
    """
    pytest.importorskip("matplotlib")

    shown = await server.answer_to("timeline", about="night raids")

    assert shown.ephemeral
    assert [file.data[:4] for file in shown.files] == [b"\x89PNG"]
    assert described(shown)[0].startswith("Bar chart of the statements on “night raids” a year, 2 in all: 2011: 1")
    text = shown.text
    for words in (
        "You asked: “night raids”",
        "Statements a year: 2011: 1 · 2014: 1",
        "The record holds no statement of any kind from 2012 to 2013.",
        "1 undated",
    ):
        assert words in text
    assert text.index("2011-001 ¶") < text.index("2014-003 ¶") < text.index("**Without a date**")


async def test_timelines_speak_spanish(server: DiscordServer) -> None:
    """
    For a member whose Discord is Spanish everything around the published words is Spanish.
    """
    shown = await server.answer_to("timeline", locale="es-419", about="permisos de trabajo", organization="Alianza")

    assert "Usted preguntó: «permisos de trabajo»" in shown.text
    assert "Comunicados por año: 2019: 1" in shown.text
    assert "4 de marzo de 2019" in shown.text


async def test_without_matplotlib_the_counts_stand_alone() -> None:
    """
    Where charts cannot be drawn, the timeline is shown with its counts in words.
    """
    async with running_bot(FakeService()) as server:
        shown = await server.answer_to("timeline", about="raids")

    assert not shown.files
    assert "Statements a year: 2014: 1" in shown.text


@pytest.mark.thorough
async def test_passages_of_a_timeline_are_one_press_away(service: Service) -> None:
    """
    "Show the passages" asks the same topic with the same names, also after a restart.
    """
    async with DiscordServer() as server:
        async with connected_bot(server, service):
            shown = await server.answer_to("timeline", about="night *raids*", speaker="marta quiroga")
        async with connected_bot(server, service):
            passages = await server.finished(await server.press(shown, "Show the passages"))

    assert r"You asked: “night \*raids\*”" in passages.text
    assert "speaker Marta Quiroga" in passages.text
    assert "On the record: " in passages.text
    assert not passages.files
    assert server.violations == []


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        ("@everyone", "These words name no topic to look for."),
        ("zeppelin tariffs", "Not found: zeppelin, tariffs."),
        ("night raids, call 555-010-0142", "I left out what looks like a private number."),
    ],
)
async def test_timelines_of_nothing_are_explained(server: DiscordServer, about: str, expected: str) -> None:
    """
    No topic, or one that no statement speaks of, is said in a line; somebody's number is not searched for.
    """
    shown = await server.answer_to("timeline", about=about)

    assert expected in shown.text
    assert "0142" not in shown.text


@pytest.mark.thorough
async def test_public_timelines_hide_who_asked_what(service: Service) -> None:
    """
    Where replies are public, the timeline has its title and no button that would need the private first line.
    """
    async with running_bot(service, settings=a_setting(public_replies=True)) as server:
        shown = await server.answer_to("timeline", about="night raids")

    assert not shown.ephemeral
    assert "You asked" not in shown.text
    assert "Show the passages" not in buttons(shown.message or {})


async def test_people_are_shown_as_printed(server: DiscordServer) -> None:
    """
    A person has the titles that were printed, with their dates, and quotes with their places.
    """
    shown = await server.answer_to("person", name_="marta quiroga")

    for words in (
        "**Marta Quiroga**",
        "Quoted: 2 statements · 2 quotes",
        "Statements a year (quotes in them): 2011: 1 (1) · 2012 to 2013: 0 · 2014: 1 (1)",
        "- Executive Director · September 10, 2014 · 1 statement",
        "- Organizer · February 3, 2011 · 1 statement",
        "> Nobody sleeps while night raids go on,",
        "2014-003 ¶3",
    ):
        assert words in shown.text


@pytest.mark.thorough
async def test_all_quotes_are_one_press_away(server: DiscordServer) -> None:
    """
    "All quotes" searches for what this person says.
    """
    shown = await server.answer_to("person", name_="marta quiroga", locale="es-ES")
    quotes = await server.finished(await server.press(shown, "Todas las frases"))

    assert "Filtros: persona Marta Quiroga" in quotes.text
    assert "> Night raids must end," in quotes.text


@pytest.mark.thorough
async def test_a_name_of_several_people_is_chosen(service: Service) -> None:
    """
    Where a name means several people, nobody is shown before the member chose one; the choice outlives a restart.
    """
    async with DiscordServer() as server:
        async with connected_bot(server, service):
            shown = await server.answer_to("person", name_="Quiroga")
            asked = shown.text
        async with connected_bot(server, service):
            chosen = await server.finished(await server.press(shown, "Tomás Quiroga"))
            chosen_text = chosen.text
            assert chosen.updated
        async with connected_bot(server, Service.of([])):
            other = await server.answer_to("person", name_="Quiroga")

    assert "“Quiroga” could be" in asked
    assert "> " not in asked
    assert chosen_text.startswith("**Tomás Quiroga**")
    assert other.text.startswith("Nobody called “Quiroga” is quoted in these statements.")
    assert server.violations == []


async def test_public_choices_are_answered_in_private(service: Service) -> None:
    """
    In a message for everybody the choice of a person is shown to whoever chose.
    """
    async with running_bot(service, settings=a_setting(public_replies=True)) as server:
        shown = await server.answer_to("person", name_="Quiroga")
        chosen = await server.finished(await server.press(shown, "Tomás Quiroga", by=payloads.person(7)))

    assert chosen.ephemeral
    assert not chosen.updated
    assert "> " not in shown.text


async def test_names_are_offered_for_people(server: DiscordServer) -> None:
    """
    While a member types a name, people who are quoted are offered.
    """
    choices = await server.autocomplete("person", "name", "qui")

    assert sorted(choice["value"] for choice in choices) == ["Marta Quiroga", "Tomás Quiroga"]


async def test_help_describes_the_record(server: DiscordServer) -> None:
    """
    Help tells in the member's language what the record holds; on one topic it tells more of it and nothing else.
    """
    everything = await server.answer_to("help")
    record = await server.answer_to("help", locale="es-419", topic="record")

    assert "The record holds 4 statements, from February 3, 2011 to March 4, 2019." in everything.text
    assert "1 of them carries no date." in everything.text
    assert "**Privacy**" in everything.text
    assert "El archivo tiene 4 comunicados." in record.text
    assert "Privacidad" not in record.text
    assert "/comunicado" in record.text


async def test_help_names_the_referral_line() -> None:
    """
    Whoever needs advice reads where to get it, in their language.
    """
    settings = a_setting(referral_en="Call 1-800-555-0142", referral_es="Llame al 1-800-555-0142")
    async with running_bot(FakeService(), settings=settings) as server:
        shown = await server.answer_to("help", locale="es-ES", topic="report")

    assert "No puedo aconsejar sobre un caso. Llame al 1-800-555-0142" in shown.text


async def test_every_command_has_both_languages() -> None:
    """
    Names, options and choices of these commands are registered in both languages, as people are told them.
    """
    async with running_bot(FakeService()) as server:
        commands = {command["name"]: command for command in server.commands}

    spanish = {
        name: (
            command["name_localizations"]["es-419"],
            [option["name_localizations"]["es-419"] for option in command.get("options", ())],
        )
        for name, command in commands.items()
    }
    assert spanish["timeline"] == ("historial", ["tema", "persona", "organizacion"])
    assert spanish["statement"] == ("comunicado", ["titulo"])
    assert spanish["person"] == ("persona", ["nombre"])
    assert spanish["help"] == ("ayuda", ["sobre"])
    choices = commands["help"]["options"][0]["choices"]
    assert [choice["name_localizations"]["es-ES"] for choice in choices] == [
        "Cómo preguntar",
        "Qué hay en el archivo",
        "Privacidad",
        "Reportar o quitar",
    ]
