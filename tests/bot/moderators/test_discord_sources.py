"""
`/corpus source`, the whole way: real client, real sockets, a stored corpus.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from discord_server.running import running_bot
from discord_server.server import DiscordServer
from discord_server.state import Interaction
from moderating import ADMINISTRATOR, BY_ID, BY_ROLE, MEMBER, Record


async def said(server: DiscordServer, source: int = 1, *, locale: str = "en-US", **options: str) -> Interaction:
    """What a moderator reads after saying something of a source."""
    return await server.answer_to(
        "corpus source", by=BY_ROLE, locale=locale, source=source, reason="asked by mail", **options
    )


async def test_source_is_described(record: Record, server: DiscordServer) -> None:
    """
    A moderator says what a source is called and how often it is read, and sees, alone, how it stands now; the history
    says who did it, why, and of which source.
    """
    shown = await said(
        server,
        name_="Valley *letters* @everyone",
        organization="Casa Laurel",
        language="ES",
        licence="CC BY",
        every="7d",
    )
    status = await server.answer_to("corpus status", by=BY_ROLE)
    history = await server.answer_to("corpus history", by=BY_ROLE)
    [source] = record.curation.status().sources

    assert shown.ephemeral
    assert shown.text.splitlines()[0] == "Done. This is how the source stands now:"
    assert "1 · “Valley \\*letters\\*” (" in shown.text
    assert (
        "Casa Laurel · Spanish · CC BY · read May 30, 2025, 09:30 UTC · every 7 days · next June 6, 2025" in shown.text
    )
    assert shown.text.splitlines()[1] in status.text
    assert "described a source · asked by mail · " in history.text
    assert "<@7100>" in history.text
    assert (source.name, source.language, source.every_h) == ("Valley *letters*", "es", 168)


@pytest.mark.thorough
async def test_in_spanish(record: Record, server: DiscordServer) -> None:
    """
    Spanish-speaking moderators write "nunca" and "ninguno", and read all of it in Spanish.
    """
    await said(server, name_="Cartas del valle")
    shown = await said(server, locale="es-419", name_="ninguno", every="nunca")
    again = await said(server, locale="es-419", every="nunca")

    assert shown.text.startswith("Listo. Así queda la fuente:")
    assert "Cartas" not in shown.text
    assert shown.text.endswith("solo cuando se pide")
    assert again.text.startswith("Eso ya estaba dicho. No se cambió nada.")


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("source", "options", "words"),
    [
        (1, {}, "Please say something about the source"),
        (1, {"name_": "<@7400>"}, "Please say something about the source"),
        (7, {"name_": "Valley"}, "There is no source 7. /corpus status shows them all."),
        (1, {"every": "weekly"}, "“weekly” does not say how often."),
        (1, {"language": "Spanish"}, "“Spanish” is no language code."),
    ],
)
async def test_what_cannot_be_said(
    record: Record, server: DiscordServer, source: int, options: dict[str, str], words: str
) -> None:
    """
    What is missing or cannot be read is said in one line, and nothing is changed.
    """
    shown = await said(server, source, **options)

    assert shown.ephemeral
    assert shown.text.startswith(words)
    assert "\n" not in shown.text
    assert record.actions() == [("add", None, "", "terminal")]


async def test_nothing_is_stored(tmp_path: Path, record: Record) -> None:
    """
    Where nothing is stored there is no source to describe, and none is offered.
    """
    async with running_bot(record.service(), settings=record.settings(data_dir=tmp_path / "empty")) as server:
        assert (await said(server, name_="Valley")).text == "No statements are stored yet."
        assert await server.autocomplete("corpus source", "source", "", by=BY_ID, reason="x") == []


async def test_sources_are_offered(record: Record, server: DiscordServer) -> None:
    """
    While a moderator types, sources are offered by number, name and place; to nobody else.
    """
    await said(server, name_="Valley letters")

    for typed, offered in (("", [1]), ("1", [1]), ("VALLEY", [1]), (record.statements.name, [1]), ("orchard", [])):
        choices = await server.autocomplete("corpus source", "source", typed, by=BY_ID, reason="x")
        assert [choice["value"] for choice in choices] == offered
    choices = await server.autocomplete("corpus source", "source", "", by=BY_ID, reason="x")
    assert choices[0]["name"] == "1 · Valley letters"


@pytest.mark.thorough
@pytest.mark.parametrize("person", [MEMBER, ADMINISTRATOR])
async def test_nobody_else_is_offered_sources(server: DiscordServer, person: object) -> None:
    """
    Names of sources are offered to moderators only.
    """
    assert await server.autocomplete("corpus source", "source", "", by=person, reason="x") == []  # type: ignore[arg-type]
