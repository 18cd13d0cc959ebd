"""
What the running bot does by itself, the whole way: real client, real sockets, a stored corpus, real processes. Only the
clock is ours.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from discord_server import payloads
from discord_server.components import buttons, links, shown_text
from discord_server.payloads import CHANNEL, MODERATORS, READ_ONLY, Json
from discord_server.running import a_setting, connected_bot
from discord_server.server import DiscordServer
from fakes_chat import FakeService
from moderating import ADDED, BY_ROLE, Record

from bot.answering import ServiceProcess
from bot.chat.client import OnRecordClient
from bot.chat.verbs import Verbs
from bot.chat.workshop import Workshop
from corpus.store import Decision

WELL = "A word about the well\n\nThe well belongs to the people of the valley.\n"
TRAM = "A letter about the night bus\n\nWe ask for a tram at night.\n"
DAY = dt.timedelta(days=1)
DECISION = Decision("terminal", ADDED, "closed")
STEP = '{"event":"reading","done":1,"total":3,"source":null}'
SLOW = f"import sys\nprint({STEP!r}, flush=True)\nsys.stdin.read()"


class Clock:
    """Says what it is set to."""

    def __init__(self) -> None:
        self.now = ADDED

    def __call__(self) -> dt.datetime:
        return self.now


@pytest.fixture
def record(tmp_path: Path) -> Record:
    """Three statements in one source, added at `ADDED`."""
    return Record(tmp_path)


@pytest.fixture
def clock() -> Clock:
    """Stands at the moment when the source was added."""
    return Clock()


@asynccontextmanager
async def running(
    record: Record,
    clock: Clock,
    *,
    service: Verbs | None = None,
    locale: str = "en-US",
    code: str = "",
    **more: object,
) -> AsyncIterator[tuple[DiscordServer, OnRecordClient]]:
    """
    Discord with the bot, which tells the general channel what is published.

    Args:
        service: Answers instead of one in this process.
        locale: Of the server.
        code: Run as every long work, instead of the program itself.
    """
    settings = record.settings(**({"announce_channel_id": int(CHANNEL)} | more))
    async with (
        DiscordServer() as server,
        connected_bot(server, service or record.service(), settings=settings, moment=clock) as client,
    ):
        await server.dispatch("GUILD_UPDATE", payloads.guild() | {"preferred_locale": locale})
        await happens(lambda: str(guild_of(client)) == locale)
        await happens(lambda: client.schedule._seen is not None)
        if code:
            use(client, record, code)
        yield server, client
    assert server.violations == []


def use(client: OnRecordClient, record: Record, code: str) -> None:
    """Run this as every long work, instead of the program itself."""
    program = record.data_dir / "program.py"
    program.write_text(code)
    client.desk.workshop = Workshop(record.settings(), (sys.executable, str(program)))


async def happens(condition: Callable[[], object]) -> None:
    """Wait until this is so inside the bot, of which the server hears nothing."""
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110 (nothing tells of it)
            await asyncio.sleep(0.01)


def guild_of(client: OnRecordClient) -> object:
    """The locale of the server as the client has it."""
    guild = client.get_guild(int(payloads.GUILD))
    return guild and guild.preferred_locale


def told(server: DiscordServer, channel: str = MODERATORS) -> list[str]:
    """What stands in a channel."""
    return [shown_text(message) for message in server.channels[channel].messages]


def published(server: DiscordServer) -> list[Json]:
    """The messages in the channel that is told of what is published."""
    return list(server.channels[CHANNEL].messages)


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


def waiting(refused: str, generation: int) -> str:
    """A program that finds what it does not apply."""
    changed = '[{"source":"a","locator":"b","code":"text_changed"}]'
    line = f'{{"event":"report","generation":{generation},"applied":false,"refused":"{refused}","changed":{changed}}}'
    return f"print({line!r})\nraise SystemExit(1)"


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


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en-US", ("New statement published", "undated · English · undated-002", "Open undated-002")),
        ("es-419", ("Nuevo comunicado publicado", "sin fecha · inglés · undated-002", "Abrir undated-002")),
    ],
)
async def test_news_is_told(record: Record, clock: Clock, locale: str, said: tuple[str, str, str]) -> None:
    """
    A new statement is told to the channel once, with a button that opens it.
    """
    async with running(record, clock, locale=locale) as (server, client):
        record.write("new.txt", WELL)
        record.curation.refresh(when=ADDED, by="terminal")
        for _ in range(2):
            await client.schedule.look()
        [message] = published(server)
        opened = await server.finished(await server.press(message, said[2]))

    assert shown_text(message).startswith(f"**{said[0]}**\n**A word about the well**\n")
    assert said[1] in shown_text(message)
    assert opened.ephemeral
    assert "The well belongs to the people of the valley." in opened.text


@pytest.mark.thorough
async def test_news_can_be_opened_at_once(record: Record, clock: Clock) -> None:
    """
    The process that holds the record opens a generation a while after it was made; it is told only then, so that the
    button below it works.
    """
    with ServiceProcess(record.settings()) as service:
        async with running(record, clock, service=service) as (server, client):
            record.write("new.txt", WELL)
            record.curation.refresh(when=ADDED, by="terminal")
            async with asyncio.timeout(60):
                while not published(server):
                    await client.schedule.look()
                    await asyncio.sleep(0.1)
            [message] = published(server)
            opened = await server.finished(await server.press(message, "Open undated-002"))

    assert "The well belongs to the people of the valley." in opened.text


@pytest.mark.thorough
async def test_first_import_is_one_message(record: Record, clock: Clock) -> None:
    """
    However many statements an addition brings there is one message; each generation has its own.
    """
    for number in range(30):
        record.write(
            f"new-{number}.txt",
            f"Word {number} about the well\n\nOAKMERE, June {number % 9 + 1}, 2015 – {number} wells.",
        )
    async with running(record, clock) as (server, client):
        record.curation.refresh(when=ADDED, by="terminal")
        record.write("last.txt", WELL)
        record.curation.refresh(when=ADDED, by="discord:7100")
        await client.schedule.look()
        many, one = published(server)

    assert shown_text(many).startswith("**30 new statements published**")
    assert shown_text(many).endswith("and 25 more")
    assert len(buttons(many)) == 5
    assert shown_text(one).startswith("**New statement published**")


@pytest.mark.thorough
async def test_what_is_no_news(record: Record, clock: Clock, tmp_path: Path) -> None:
    """
    What was there before the bot was started, a correction, a rollback, what is shown again and an import are no news.
    """
    (tmp_path / "other").mkdir()
    other = Record(tmp_path / "other")
    other.write("new.txt", WELL)
    other.curation.refresh(when=ADDED, by="terminal")
    other.curation.export(tmp_path / "other.jsonl", with_hidden=True)
    record.curation.hide("2013-001", DECISION)
    async with running(record, clock) as (server, client):
        record.curation.unhide("2013-001", DECISION)
        record.write("letter.txt", TRAM)
        record.curation.refresh(when=ADDED, by="terminal")
        record.curation.roll_back(1, DECISION)
        record.curation.import_(tmp_path / "other.jsonl", DECISION)
        await client.schedule.look()

        assert published(server) == []


@pytest.mark.thorough
async def test_links_lead_to_the_source(record: Record, clock: Clock) -> None:
    """
    A statement that says where it was published has a button that leads there, and pings nobody.
    """
    page = "<html><head><link rel='canonical' href='https://oakmere.example/well'></head><body><article>"
    page += (
        "<h1>@everyone to the well</h1><p>The well belongs to the people of the valley, and nobody else.</p></article>"
    )
    async with running(record, clock) as (server, client):
        record.write("new.html", f"{page}</body></html>")
        record.curation.refresh(when=ADDED, by="terminal")
        await client.schedule.look()
        [message] = published(server)

    assert links(message) == {"Source": "https://oakmere.example/well"}


@pytest.mark.thorough
async def test_no_channel_no_message(record: Record, clock: Clock) -> None:
    """
    Without a channel for it nothing is announced, also not later what came meanwhile.
    """
    async with running(record, clock, announce_channel_id=None, moderator_channel_id=None) as (server, client):
        record.write("new.txt", WELL)
        record.curation.refresh(when=ADDED, by="terminal")
        await client.schedule.look()

        assert published(server) == told(server) == []
        assert client.schedule._seen == 2


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
