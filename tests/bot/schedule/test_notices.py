"""
Moderators are told, without having asked, which changes wait for them and which sources fail: each once.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from discord_server.payloads import READ_ONLY
from moderating import ADDED, Record
from scheduling import DAY, DECISION, TRAM, WELL, Clock, published, running, told, use, waiting


@pytest.mark.thorough
async def test_a_large_change_waits(record: Record, clock: Clock) -> None:
    """
    What is not small is not applied: moderators read what would change and how to apply it.
    """
    record.write("letter.txt", TRAM)
    async with running(record, clock) as (server, client):
        clock.now = ADDED + DAY
        await client.schedule.look()
        [message] = told(server)

        assert message.startswith("The sources have changed more than is applied without you")
        assert "+0 new · ~1 changed · −0 missing" in message
        assert message.endswith("/corpus refresh")
        assert record.curation.status().generation == 1
        assert record.curation.show("undated-001").text != TRAM


@pytest.mark.thorough
@pytest.mark.parametrize("refused", ["not_small", "golden_lost"])
async def test_what_waits_is_told_once(record: Record, clock: Clock, refused: str) -> None:
    """
    However often it is found, moderators are told once, in their server's language; and again when the record has
    changed meanwhile.
    """
    async with running(record, clock, locale="es-419", code=waiting(refused, 1)) as (server, client):
        for days in (1, 2, 3):
            clock.now = ADDED + days * DAY
            await client.schedule.look()
        once = told(server)
        use(client, record, waiting(refused, 2))
        await client.schedule.look()

        assert len(once) == 1
        assert "+0 nuevos · ~1 cambiados" in once[0]
        assert once[0].endswith("/corpus actualizar")
        assert len(told(server)) == 2


def failing(record: Record) -> Path:
    """The source cannot be read since `ADDED`, and is read only when asked; gives where its folder is."""
    elsewhere = record.statements.rename(record.statements.with_name("elsewhere"))
    record.curation.refresh(when=ADDED, by="terminal")
    record.curation.label(1, {"every_h": 0, "name": "Valley *letters*"}, DECISION)
    return elsewhere


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("locale", "said", "again"),
    [
        ("en-US", "since May 30, 2025, 09:30 UTC · does not exist", "This source is read again:"),
        ("es-ES", "desde: 30 de mayo de 2025, 09:30 UTC · no existe", "Esta fuente ya se lee otra vez:"),
    ],
)
async def test_failing_sources_are_told_once(record: Record, clock: Clock, locale: str, said: str, again: str) -> None:
    """
    After three days moderators read which source fails, since when and why, and later that it is read again: each once,
    whatever fails meanwhile and however often the bot is started.
    """
    elsewhere = failing(record)
    async with running(record, clock, locale=locale) as (server, client):
        clock.now = ADDED + 3 * DAY - dt.timedelta(seconds=1)
        await client.schedule.look()
        assert told(server) == []

        clock.now = ADDED + 3 * DAY
        for _ in range(2):
            await client.schedule.look()
        [notice] = told(server)
    async with running(record, clock, locale=locale) as (server, client):
        record.curation.refresh(when=ADDED + 4 * DAY, by="terminal")
        await client.schedule.look()
        assert told(server) == []

        elsewhere.rename(record.statements)
        record.curation.refresh(when=ADDED + 5 * DAY, by="terminal")
        for _ in range(2):
            await client.schedule.look()
        [recovered] = told(server)

    assert said in notice
    assert "“Valley \\*letters\\*” (" in notice
    assert recovered.startswith(again)


async def test_short_failures_are_not_told(record: Record, clock: Clock) -> None:
    """
    A source that is read again within three days was never worth a message.
    """
    elsewhere = failing(record)
    elsewhere.rename(record.statements)
    record.curation.refresh(when=ADDED + 2 * DAY, by="terminal")
    async with running(record, clock) as (server, client):
        clock.now = ADDED + 4 * DAY
        await client.schedule.look()

        assert told(server) == []


@pytest.mark.thorough
async def test_where_nobody_can_be_told(record: Record, clock: Clock) -> None:
    """
    Where the bot may not write, the rest goes on, and moderators are told when it may.
    """
    elsewhere = failing(record)
    closed = {"moderator_channel_id": int(READ_ONLY), "announce_channel_id": int(READ_ONLY)}
    async with running(record, clock, **closed) as (_, client):
        (elsewhere / "new.txt").write_text(WELL)
        record.curation.add([elsewhere / "new.txt"], when=ADDED, by="terminal")
        clock.now = ADDED + 4 * DAY
        await client.schedule.look()
    async with running(record, clock) as (server, client):
        await client.schedule.look()

        assert len(told(server)) == 1
        assert published(server) == []
