"""
What goes wrong on the way to Discord, seen by discord.py.
"""

from __future__ import annotations

import asyncio

import aiohttp
import discord
import pytest
from discord_server import payloads
from discord_server.faults import KINDS, Faults
from discord_server.small_client import SmallClient, connected

POSTS = f"/channels/{payloads.CHANNEL}/messages"


def nothing(client: SmallClient) -> None:
    """No commands."""


def channel(client: SmallClient) -> discord.TextChannel:
    """The first channel."""
    found = client.get_channel(int(payloads.CHANNEL))
    assert isinstance(found, discord.TextChannel)
    return found


@pytest.mark.thorough
@pytest.mark.parametrize("kind", ["502", "429"])
async def test_refusals_are_tried_again(kind: str) -> None:
    """
    After a 502 or a rate limit discord.py asks again and is served; the request that failed did nothing.
    """
    async with connected(nothing) as (server, client):
        server.faults.plan(kind, POSTS)
        await channel(client).send("words")

    assert [request.fault for request in server.requests if request.path == POSTS] == [kind, None]
    assert len(server.channels[payloads.CHANNEL].messages) == 1


@pytest.mark.thorough
async def test_rate_limits_reach_webhooks() -> None:
    """
    A rate limit of an interaction is waited for as well: its headers are those of Discord.
    """

    async def answer(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("words")

    async with connected(lambda client: client.command(answer)) as (server, client):
        server.faults.plan("429", "/callback", times=2)
        answered = await server.answer_to("go")

    assert answered.text == "words"
    assert (answered.first_response_s or 0) >= 2 * server.faults.retry_after_s[0]
    assert client.errors == []


@pytest.mark.parametrize(("kind", "posted"), [("reset_before", 0), ("reset_after", 1)])
async def test_connections_break(kind: str, posted: int) -> None:
    """
    A connection breaks before a message is posted, or after it and only its acknowledgement is lost; either way
    discord.py raises.
    """
    async with connected(nothing) as (server, client):
        server.faults.plan(kind, POSTS, times=4)
        errors = [await _error(channel(client).send("words")) for _ in range(4)]
        await channel(client).send("last")

    # A reset, and an end without a word, are different errors to the client.
    assert {type(error) for error in errors} == {aiohttp.ClientOSError, aiohttp.ServerDisconnectedError}
    assert len(server.channels[payloads.CHANNEL].messages) == 4 * posted + 1


async def _error(work: object) -> BaseException | None:
    return (await asyncio.gather(work, return_exceptions=True))[0]  # type: ignore[call-overload, no-any-return]


def test_shares_are_kept() -> None:
    """
    Each kind of failure takes about its share of the requests, the same ones each time, and none elsewhere.
    """
    shares = {"502": 0.1, "429": 0.2, "reset_after": 0.05}

    def drawn() -> list[str | None]:
        faults = Faults(shares=shares, where=lambda method, path: method == "POST")
        assert faults.fault_of("GET", POSTS) is None
        return [faults.fault_of("POST", POSTS) for _ in range(2000)]

    first = drawn()
    assert first == drawn()
    for kind in KINDS:
        assert first.count(kind) / 2000 == pytest.approx(shares.get(kind, 0), abs=0.02)


@pytest.mark.parametrize("way", ["request_delay_s", "response_delay_s"])
async def test_ways_are_slow(way: str) -> None:
    """
    A slow way to Discord makes the response late, a slow way back only its acknowledgement.
    """
    acknowledged: asyncio.Queue[float] = asyncio.Queue()

    async def answer(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("words")
        acknowledged.put_nowait(asyncio.get_running_loop().time())

    async with connected(lambda client: client.command(answer)) as (server, _):
        setattr(server.faults, way, 0.1)
        answered = await server.answer_to("go")
        late = (answered.first_response_s or 0) >= 0.1
        when = await acknowledged.get()

    assert late == (way == "request_delay_s")
    assert when - answered.asked_at >= 0.1


async def test_planned_faults_are_known() -> None:
    """
    A fault that there is not is refused, instead of never happening.
    """
    with pytest.raises(AssertionError, match="503 is none of 502, 429"):
        Faults().plan("503")
