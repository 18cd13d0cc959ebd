"""
A channel is told of statements that were published: what is new and nothing else, once, with a way to open it.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from discord_server.components import buttons, links, shown_text
from moderating import ADDED, Record
from scheduling import DECISION, TRAM, WELL, Clock, published, running, told

from bot.answering import ServiceProcess


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
