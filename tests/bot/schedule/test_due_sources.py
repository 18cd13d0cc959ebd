"""
The running bot reads by itself the sources that are due, one process at a time, and lets moderators go first.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import Any

import pytest
from discord_server.payloads import CHANNEL, MODERATORS
from discord_server.running import a_setting, connected_bot
from discord_server.server import DiscordServer
from fakes_chat import FakeService
from long_work import SLOW
from moderating import ADDED, BY_ROLE, Record
from scheduling import DAY, DECISION, WELL, Clock, happens, published, running, told, use, waiting


@pytest.mark.thorough
async def test_what_is_due_is_read(record: Record, clock: Clock) -> None:
    """
    A source whose day has passed is read in a process of its own; the history says that it was the schedule, and what
    it found is told at the next look.
    """
    record.write("new.txt", WELL)
    async with running(record, clock) as (server, client):
        clock.now = ADDED + DAY
        for _ in range(2):
            await client.schedule.look()

        assert client.desk.workshop.job is None
        assert record.actions()[0] == ("refresh", None, "", "schedule")
        assert record.curation.show("undated-002").title == "A word about the well"
        assert told(server) == []
        assert len(published(server)) == 1


@pytest.mark.thorough
async def test_the_bot_looks_by_itself(record: Record, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    The running bot looks again and again without being asked, and begins with its start.
    """
    monkeypatch.setattr("bot.chat.schedule._LOOK_S", 0.05)
    async with running(record, clock) as (server, client):
        use(client, record, waiting("not_small", 1))
        record.write("new.txt", WELL)
        record.curation.refresh(when=ADDED, by="terminal")
        await server.until(lambda: published(server))
        clock.now = ADDED + DAY
        await server.until(lambda: told(server))


@pytest.mark.thorough
async def test_nothing_is_read_before_its_time(record: Record, clock: Clock) -> None:
    """
    Before a day has passed, or where a source is never read by itself, nothing is read.
    """
    record.write("new.txt", WELL)
    async with running(record, clock) as (_, client):
        clock.now = ADDED + DAY - dt.timedelta(seconds=1)
        await client.schedule.look()
        record.curation.label(1, {"every_h": 0}, DECISION)
        clock.now = ADDED + 900 * DAY
        await client.schedule.look()

        assert record.curation.status().generation == 1


@pytest.mark.thorough
async def test_moderators_go_first(record: Record, clock: Clock) -> None:
    """
    What a moderator asks for does not wait for the schedule: its process is ended, and the moderator's begins.
    """
    async with running(record, clock, code=SLOW) as (server, client):
        clock.now, workshop = ADDED + DAY, client.desk.workshop
        looking = asyncio.create_task(client.schedule.look())
        await happens(lambda: workshop._process)
        by_time = workshop._process

        shown = await server.use_command("corpus refresh", by=BY_ROLE)
        await looking
        await happens(lambda: shown.message and workshop._process)
        assert by_time is not None
        assert by_time.returncode is not None
        assert workshop.job is not None
        assert workshop.job.by == 7100
        assert shown.text == "This has begun."

        # Meanwhile the schedule leaves it alone.
        await client.schedule.look()
        assert workshop.job.by == 7100
        await client.desk.finish(20)


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("hide", {"number": "2013-001"}),
        ("correct", {"number": "2013-001", "date": "2013"}),
        ("source", {"source": 1, "every": "7d"}),
    ],
)
async def test_decisions_go_first(record: Record, clock: Clock, command: str, options: dict[str, Any]) -> None:
    """
    What a moderator decides does not wait for the schedule either.
    """
    async with running(record, clock, code=SLOW) as (server, client):
        clock.now = ADDED + DAY
        looking = asyncio.create_task(client.schedule.look())
        await happens(lambda: client.desk.workshop._process)

        shown = await server.use_command(f"corpus {command}", by=BY_ROLE, reason="asked by mail", **options)
        await looking
        await server.until(lambda: shown.text)

        assert client.desk.workshop.job is None
        assert shown.ephemeral
        assert shown.text.startswith(("Hidden: 2013-001", "Correction of 2013-001", "Done. This is how"))


@pytest.mark.thorough
async def test_closing_ends_it(record: Record, clock: Clock) -> None:
    """
    Told to stop, the bot ends what its schedule began, and begins nothing more.
    """
    async with running(record, clock, code=SLOW) as (server, client):
        clock.now, workshop = ADDED + DAY, client.desk.workshop
        looking = asyncio.create_task(client.schedule.look())
        await happens(lambda: workshop._process)

        await client.desk.finish(20)
        await looking
        await client.schedule.look()

        assert workshop.job is None
        assert told(server) == []


@pytest.mark.thorough
async def test_after_a_failure_it_pauses(record: Record, clock: Clock) -> None:
    """
    After a process that failed without a report nothing is read for an hour.
    """
    count = "import pathlib\nfile = pathlib.Path(__file__).with_name('runs')\n"
    count += "file.write_text(file.read_text() + 'x' if file.exists() else 'x')\nraise SystemExit(1)"
    async with running(record, clock, code=count) as (_, client):
        for minutes in (0, 59, 60):
            clock.now = ADDED + DAY + dt.timedelta(minutes=minutes)
            await client.schedule.look()

    assert (record.data_dir / "runs").read_text() == "xx"


async def test_without_a_record(clock: Clock) -> None:
    """
    Where nothing is stored there is nothing to do.
    """
    settings = a_setting(announce_channel_id=int(CHANNEL), moderator_channel_id=int(MODERATORS))
    async with (
        DiscordServer() as server,
        connected_bot(server, FakeService(), settings=settings, moment=clock) as client,
    ):
        await client.schedule.look()
        assert told(server) == published(server) == []
    assert server.violations == []


@pytest.mark.thorough
async def test_a_damaged_record_stops_nothing(record: Record, clock: Clock, caplog: pytest.LogCaptureFixture) -> None:
    """
    A record that cannot be read is a line in the log, and the next look goes on.
    """
    async with running(record, clock) as (_, client):
        database = record.data_dir / "corpus.sqlite3"
        kept = database.read_bytes()
        database.write_bytes(b"no database" * 1000)
        await client.schedule.look()
        database.write_bytes(kept)
        record.write("new.txt", WELL)
        clock.now = ADDED + DAY
        await client.schedule.look()

    assert "StoreError" in caplog.text
    assert record.curation.status().statements == 4
