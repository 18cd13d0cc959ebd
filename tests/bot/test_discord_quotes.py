"""
`/quote` and `/frase` from Discord to the statements and back: real client, real sockets, the real service.

`running_bot` ends with a check of every request.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from discord_server import payloads
from discord_server.components import buttons, walk
from discord_server.running import TODAY, a_setting, connected_bot, running_bot
from discord_server.server import DiscordServer
from discord_server.state import Interaction
from fakes_chat import FakeService

from bot.service import Service
from corpus.errors import BadDateError, UsageError

MARKER = "zqxmarkerzqx"
SPEECHES = {
    f"2014-00{number}": f"""\
Puente Claro Network on the raids, part {number}

OAKVILLE, {number} September 201{number} – Puente Claro Network spoke about the raids in {place}.

“Night raids in {place} must end without delay,” said Marta Quiroga, Executive Director of Puente Claro Network. \
“Nobody in {place} sleeps in the *clothes* of the day before.”

The county did not answer.
"""
    for number, place in enumerate(("Oakville", "Rivertown", "Millbrook", "Stonefield", "Lakeside"), start=1)
}
OTHERS = {
    "2019-001": """\
La Alianza Puente Claro pide renovar los permisos de trabajo

OAKVILLE, 4 de marzo de 2019 – La Alianza Puente Claro pidió hoy al condado escuchar a los jornaleros.

“Los permisos de trabajo de los jornaleros deben renovarse sin demora”, dijo Ana Quiroga, coordinadora de la \
Alianza Puente Claro.
""",
    "letter": """\
An open letter of the Casa Laurel

“Night raids in the harbor must end this very year,” said Tomás Arrieta, chair of the Casa Laurel.
""",
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """The real service on invented statements; one has no date, and two people are called Quiroga."""
    folder: Path = tmp_path_factory.mktemp("statements")
    for name, text in (SPEECHES | OTHERS).items():
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


def quoted(text: str) -> list[str]:
    """The published words of a message."""
    return [line for line in text.splitlines() if line.startswith("> ")]


@pytest.mark.parametrize(
    ("locale", "options", "expected"),
    [
        (
            "en-US",
            {"about": "night raids in Millbrook"},
            [
                "You asked: “night raids in Millbrook”",
                "> Night raids in Millbrook must end without delay,",
                "**Marta Quiroga**, Executive Director, Puente Claro Network",
                "September 3, 2013 · English · 2014-003 ¶3 · “Puente Claro Network on the raids, part 3”",
                "Only you can see this.",
            ],
        ),
        (
            "es-419",
            {"about": "permisos de trabajo"},
            [
                "Usted preguntó: «permisos de trabajo»",
                "> Los permisos de trabajo de los jornaleros deben renovarse sin demora",
                "**Ana Quiroga**, coordinadora, Alianza Puente Claro",
                "4 de marzo de 2019 · español · 2019-001 ¶3",
                "Solo usted puede ver esto.",
            ],
        ),
    ],
)
async def test_quotes_are_cited(
    server: DiscordServer, locale: str, options: dict[str, str], expected: list[str]
) -> None:
    """
    In both languages: the words somebody spoke, who that is as printed, when, where, and under which number.
    """
    answer = await server.answer_to("quote", locale=locale, **options)

    assert answer.ephemeral
    for words in expected:
        assert words in answer.text


async def test_parts_stand_together(server: DiscordServer) -> None:
    """
    Both parts of an utterance are one entry, its name given once, and "In context" shows the whole of it.
    """
    answer = await server.answer_to("quote", speaker="Marta Quiroga", from_="2013", to="2013")
    context = await pressed(server, answer, "In context")

    assert quoted(answer.text) == [
        "> Night raids in Millbrook must end without delay,",
        r"> Nobody in Millbrook sleeps in the \*clothes\* of the day before.",
    ]
    assert "(and further on)" in answer.text
    assert answer.text.count("**Marta Quiroga**") == 1
    assert "must end without delay,” said Marta Quiroga, Executive Director" in context.text
    assert r"the \*clothes\* of the day before.**" in context.text


async def test_quote_of_the_day(server: DiscordServer) -> None:
    """
    Without options everybody gets the same quote, and is told what it is.
    """
    texts = [(await server.answer_to("quote")).text for _ in range(2)]
    spanish = (await server.answer_to("quote", locale="es-MX")).text

    assert texts[0] == texts[1]
    assert texts[0].startswith("Quote of the day\n> ")
    assert spanish.startswith("La frase del día\n> ")
    assert quoted(spanish) == quoted(texts[0])


@pytest.mark.thorough
async def test_pages_and_orders_keep_the_search(service: Service) -> None:
    """
    Other pages and orders of the same search, filters and topic kept, also after the bot was started again.
    """
    async with DiscordServer() as server:
        async with connected_bot(server, service):
            asked = await server.answer_to("quote", about="raids", speaker="marta quiroga", from_="2011-9")
            first = asked.text
        async with connected_bot(server, service):
            more = await pressed(server, asked, "More quotes")
            more_text = more.text
            newest = await pressed(server, more, "Newest first")
            newest_text = newest.text
            again = await pressed(server, newest, "Best match first")

    assert more.updated
    assert again.text == first
    for text in (first, more_text, newest_text):
        assert "You asked: “raids”" in text
        assert "speaker Marta Quiroga · from September 1, 2011" in text
    assert not set(quoted(first)) & set(quoted(more_text))
    assert "newest first" in newest_text
    assert quoted(newest_text)[0] == "> Night raids in Lakeside must end without delay,"
    assert server.violations == []


async def test_search_without_topic_goes_on(server: DiscordServer) -> None:
    """
    Somebody's quotes can be paged through although no topic was asked for.
    """
    asked = await server.answer_to("quote", speaker="Marta Quiroga", order="oldest")
    first = quoted(asked.text)
    more = await pressed(server, asked, "More quotes")

    assert "You asked" not in more.text
    assert "Oakville" in first[0]
    assert quoted(more.text)
    assert not set(first) & set(quoted(more.text))
    assert "oldest first" in more.text


async def test_undated_quotes_are_a_press_away(server: DiscordServer) -> None:
    """
    Where dates leave out a quote that has none, one press drops the dates.
    """
    asked = await server.answer_to("quote", about="night raids", from_="2013", organization="Casa Laurel")
    assert "carries no date" in asked.text
    again = await pressed(server, asked, "Any date")

    assert "> Night raids in the harbor must end this very year," in again.text
    assert "organization Casa Laurel" in again.text


async def test_choices_are_pressed(server: DiscordServer) -> None:
    """
    Where a name is two people's nothing is shown before one is chosen; then that person's words are.
    """
    asked = await server.answer_to("quote", about="work permits", speaker="Quiroga", locale="es-ES")
    before = asked.text
    chosen = await pressed(server, asked, "Ana Quiroga")

    assert "No se muestra ninguna frase hasta saber de quién se trata." in before
    assert "«Quiroga» puede ser Ana Quiroga; Marta Quiroga." in before
    assert quoted(before) == []
    assert "Usted preguntó: «work permits»" in chosen.text
    assert quoted(chosen.text) == ["> Los permisos de trabajo de los jornaleros deben renovarse sin demora"]


@pytest.mark.thorough
async def test_public_quotes_show_no_topic(service: Service) -> None:
    """
    Where replies are public, nobody reads the topic, and whoever presses a button is answered in private.
    """
    async with running_bot(service, settings=a_setting(public_replies=True)) as server:
        topic = await server.answer_to("quote", about="raids")
        anybody = await server.answer_to("quote", speaker="Marta Quiroga")
        before = anybody.text
        more = await pressed(server, anybody, "More quotes")

    assert not topic.ephemeral
    assert "You asked" not in topic.text
    assert set(buttons(topic.message or {})) == {"In context", "Cite"}
    assert more.ephemeral
    assert not more.updated
    assert anybody.text == before
    assert quoted(more.text)


async def test_options_reach_the_service() -> None:
    """
    What was typed arrives without mentions and private numbers, with the day of the client's clock.
    """
    service = FakeService()
    async with running_bot(service) as server:
        typed = f"<@{payloads.MEMBER}> raids, call 213-555-0148"
        options = {"speaker": "Quiroga", "organization": "PCN", "from_": "2012", "to": "2014-09", "order": "oldest"}
        answer = await server.answer_to("quote", locale="es-ES", about=typed, **options)

    request = service.quoted[0]
    assert (request.about, request.speaker, request.organization) == ("raids, call […]", "Quiroga", "PCN")
    assert (request.since, request.until, request.order, request.locale) == ("2012", "2014-09", "oldest", "es")
    assert service.days == [TODAY]
    assert "Omití lo que parece un número privado." in answer.text


async def test_bad_dates_and_long_topics_are_told() -> None:
    """
    A date that is none, and a topic that is too long, are said to be so.
    """
    async with running_bot(FakeService(error=BadDateError("soon"))) as server:
        date = await server.answer_to("quote", about="raids", from_="soon")
        long = await server.answer_to("quote", about="a" * 301)

    assert date.text == "“soon” is not a date. Try 2014, 2014-09 or 2014-09-10."
    assert long.text == "Please ask in at most 300 characters."


@pytest.mark.thorough
async def test_names_that_are_gone_are_told(service: Service) -> None:
    """
    A button whose person is no longer in the record says so instead of showing somebody else.
    """
    async with DiscordServer() as server:
        async with connected_bot(server, service):
            asked = await server.answer_to("quote", speaker="Marta Quiroga")
        async with connected_bot(server, Service.of([])):
            more = await pressed(server, asked, "More quotes")

    assert more.text == "The name in this search is no longer in the record. Please ask again."
    assert server.violations == []


@pytest.mark.parametrize("error", [UsageError(MARKER), OSError(5, MARKER)])
async def test_no_topic_is_written_down(error: Exception, caplog: pytest.LogCaptureFixture) -> None:
    """
    Whatever happens to a search for quotes, no word of it is logged.
    """
    caplog.set_level(logging.DEBUG, "bot")
    async with running_bot(FakeService(error=error)) as server:
        answer = await server.answer_to("quote", about=MARKER, speaker=MARKER)

    assert answer.text.startswith("Something failed on our side (code ")
    assert MARKER not in caplog.text


@pytest.mark.parametrize(("command", "required"), [("quote", {}), ("verify", {"text": "night raids must end"})])
async def test_names_are_offered(server: DiscordServer, command: str, required: dict[str, str]) -> None:
    """
    While a speaker is typed, the people of the record are offered.
    """
    offered = await server.autocomplete(command, "speaker", "quir", **required)

    assert [choice["value"] for choice in offered] == ["Marta Quiroga", "Ana Quiroga"]
