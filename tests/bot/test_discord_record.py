"""
`/corpus status` and `/corpus history`, the whole way: real client, real sockets, a stored corpus.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from discord_server.components import buttons
from discord_server.running import connected_bot, running_bot
from discord_server.server import DiscordServer
from moderating import BY_ROLE, Record

from bot.service import Service
from corpus.store import Decision


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    """Three statements, one hidden."""
    record = Record(tmp_path_factory.mktemp("record"))
    moment = dt.datetime(2025, 5, 31, 18, 5, tzinfo=dt.UTC)
    record.curation.hide("2013-001", Decision("discord:7200", moment, "asked by *mail*"))
    return record


@pytest.fixture
async def server(record: Record) -> AsyncIterator[DiscordServer]:
    """Discord with the bot."""
    async with running_bot(record.service(), settings=record.settings()) as server:
        yield server


async def test_status(record: Record, server: DiscordServer) -> None:
    """
    The status says how much is stored, and how each source fares, to the moderator alone.
    """
    shown = await server.answer_to("corpus status", by=BY_ROLE)

    assert shown.ephemeral
    assert shown.text.splitlines()[0] == "Generation 2: 2 statements, 1 hidden."
    assert str(record.statements).replace("_", "\\_") in shown.text
    assert "read May 30, 2025, 09:30 UTC" in shown.text


async def test_history(server: DiscordServer) -> None:
    """
    The history says when, what, to which statement, why and who, the newest first.
    """
    shown = await server.answer_to("corpus history", by=BY_ROLE)
    rows = shown.text.splitlines()[1:]

    assert shown.ephemeral
    assert rows == [
        "- May 31, 2025, 18:05 UTC · generation 2 · hid · 2013-001 · asked by \\*mail\\* · <@7200>",
        "- May 30, 2025, 09:30 UTC · generation 1 · added · 3 new · terminal",
    ]


async def test_both_in_spanish(server: DiscordServer) -> None:
    """
    Spanish-speaking moderators read both in Spanish.
    """
    status = await server.answer_to("corpus status", by=BY_ROLE, locale="es-419")
    history = await server.answer_to("corpus history", by=BY_ROLE, locale="es-ES")

    assert status.text.startswith("Generación 2: 2 comunicados, 1 oculto.")
    assert "31 de mayo de 2025, 18:05 UTC · generación 2 · ocultó · 2013-001" in history.text


async def test_nothing_is_stored(tmp_path: Path, record: Record) -> None:
    """
    Where nothing is stored, moderators are told so.
    """
    settings = record.settings(data_dir=tmp_path)
    async with running_bot(Service.of([]), settings=settings) as server:
        for name in ("corpus status", "corpus history"):
            assert (await server.answer_to(name, by=BY_ROLE)).text == "No statements are stored yet."


@pytest.mark.thorough
async def test_history_has_pages(tmp_path: Path) -> None:
    """
    A long history is turned page by page, also after a restart.
    """
    record = Record(tmp_path)
    for hour in range(1, 9):
        verb = record.curation.hide if hour % 2 else record.curation.unhide
        verb("2013-001", Decision("terminal", dt.datetime(2025, 5, 31, hour, tzinfo=dt.UTC), f"reason {hour}"))
    async with DiscordServer() as server:
        async with connected_bot(server, record.service(), settings=record.settings()):
            first = await server.answer_to("corpus history", by=BY_ROLE)
        async with connected_bot(server, record.service(), settings=record.settings()):
            assert "Page 1 of 2" in first.text
            assert buttons(first.message or {}) == ["Next page"]
            second = await server.finished(await server.press(first, "Next page"))
    assert second.updated
    assert "Page 2 of 2" in second.text
    assert "generation 1 · added" in second.text
    assert server.violations == []
