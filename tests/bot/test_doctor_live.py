"""What only Discord can tell of a set-up: asked of a Discord on loopback, without connecting to its gateway."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import discord
import pytest
from aiohttp import web
from discord_server import payloads
from discord_server.running import a_setting, addresses_of, run_command
from discord_server.server import DiscordServer
from discord_server.state import TOKEN

from bot.chat.checkup import ask_discord
from bot.chat.lookups import looking
from bot.chat.permissions import USED, invite_link, permissions_used
from bot.chat.registering import register_commands
from bot.doctor import Check
from bot.messages import catalog
from bot.settings import Settings

GOOD = {
    "discord_token": TOKEN,
    "server_ids": {int(payloads.GUILD)},
    "moderator_role_ids": {int(payloads.MODERATOR_ROLE)},
    "moderator_channel_id": int(payloads.MODERATORS),
}


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    """A Discord that has the commands and to which nobody is connected."""
    async with DiscordServer() as server:
        with addresses_of(server):
            async with looking(a_setting(), TOKEN) as client:
                await register_commands(client.tree)
            yield server
    assert server.violations == []
    assert server.identifications == 0


async def checks(**more: object) -> dict[str, Check]:
    """What is found with the good settings and these, by what was looked at."""
    return {check.check: check for check in await ask_discord(a_setting(**{**GOOD, **more}))}


async def test_good_set_up_is_well(server: DiscordServer) -> None:
    """
    Where nothing is wrong every check is ok; the bot's name, its channel and the starts that are left are said.
    """
    found = await checks()

    assert {check.state for check in found.values()} == {"ok"}
    assert found.keys() == {"discord", "gateway", "servers", "commands", "channel"}
    assert "“On Record”" in found["discord"].said("en")
    assert "1000 of 1000 starts" in found["gateway"].said("en")
    assert "#moderators (2002)" in found["channel"].said("en")


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("settings", "check", "state", "said"),
    [
        ({"discord_token": "other.token"}, "discord", "fail", "Discord refuses the token. Reset it in the developer"),
        ({"discord_token": None}, "discord", "fail", "cannot be asked without a token. onrecord init"),
        ({"server_ids": {1000, 1200}}, "servers", "warn", "The bot is not in 1200. Somebody who manages that server"),
        ({"server_ids": {1200}}, "servers", "fail", "permissions=274878008320"),
        ({"server_ids": frozenset()}, "servers", "ok", "Servers in which the bot is: 2"),
        ({"moderator_role_ids": {4000, 4001}}, "roles", "warn", "has these moderator roles: 4001. onrecord init"),
        ({"moderator_channel_id": 2001}, "channel", "ok", "the bot may post in #thread (2001)"),
        ({"moderator_channel_id": 2003}, "channel", "fail", "may not post there (2003). Give it View Channel and Send"),
        ({"moderator_channel_id": 2004}, "channel", "fail", "may not post there (2004)"),
        ({"moderator_channel_id": 7}, "channel", "fail", "Discord knows no such channel (7). onrecord init lists"),
        ({"moderator_channel_id": 3000}, "channel", "fail", "Discord knows no such channel (3000)"),  # direct messages
        ({"moderator_channel_id": 2100}, "channel", "warn", "is in no server of ONRECORD_SERVER_IDS, so nobody can"),
        ({"shards": 999}, "gateway", "ok", "1000 of 1000 starts"),
    ],
)
async def test_what_is_wrong_is_said(
    server: DiscordServer, settings: dict[str, object], check: str, state: str, said: str
) -> None:
    """
    Each thing that Discord does not take has a line that says what to do, and the token is in none.
    """
    found = await checks(**settings)

    assert found[check].state == state
    assert said in found[check].said("en")
    assert found[check].said("es") != found[check].said("en")
    assert not any(TOKEN in one.said("en") for one in found.values())


async def test_starts_that_are_left_are_enough(server: DiscordServer) -> None:
    """
    A start takes one for each connection; where fewer are left, the line says how long to wait.
    """
    server.starts_left = 1
    assert (await checks())["gateway"].state == "ok"

    found = (await checks(shards=2))["gateway"]
    assert (found.state, found.values["hours"]) == ("fail", 2)


async def test_no_server_at_all(server: DiscordServer) -> None:
    """
    A bot that is in no server is told how it gets into one.
    """
    server.member_of = []

    found = (await checks(server_ids=frozenset()))["servers"]

    assert (found.state, invite_link(9000) in found.said("en")) == ("fail", True)


async def test_old_commands_are_noticed(server: DiscordServer) -> None:
    """
    Commands that are not those of this version are said, and nothing is registered by looking.
    """
    server.commands = server.commands[1:]

    assert (await checks())["commands"].state == "warn"
    assert len(server.syncs) == 1


@pytest.mark.parametrize(("fault", "said"), [("502", "an error (status 502)"), (None, "cannot be reached (Client")])
async def test_discord_out_of_reach(
    monkeypatch: pytest.MonkeyPatch, server: DiscordServer, fault: str | None, said: str
) -> None:
    """
    Where Discord fails or nobody answers, one line says which.
    """

    async def at_once(_: float) -> None:
        """discord.py waits between its attempts."""

    monkeypatch.setattr("discord.http.asyncio.sleep", at_once)
    if fault:
        server.faults.plan(fault, times=9)
    else:
        monkeypatch.setattr("discord.http.Route.BASE", "http://127.0.0.1:9/api/v10")

    found = (await checks())["discord"]

    assert (found.state, said in found.said("en")) == ("fail", True)


@pytest.mark.parametrize(("status", "state"), [(200, "ok"), (503, "fail"), (None, "warn")])
async def test_running_bot_is_asked(
    server: DiscordServer, unused_tcp_port: int, status: int | None, state: str
) -> None:
    """
    Where the bot listens on a port it is asked how it is; a bot that is not running is no failure of the set-up.
    """

    class Listening(Settings):
        """Settings with the bot's own port."""

        http_port: int | None = None

    async def health(_: web.Request) -> web.Response:
        return web.Response(status=status or 500)

    app = web.Application()
    app.router.add_get("/healthz", health)
    runner = web.AppRunner(app)
    await runner.setup()
    if status:
        await web.TCPSite(runner, "127.0.0.1", unused_tcp_port).start()
    try:
        settings = Listening(_env_file=None, http_port=unused_tcp_port, **GOOD)  # type: ignore[arg-type]
        found = {check.check: check for check in await ask_discord(settings)}
    finally:
        await runner.cleanup()

    assert found["health"].state == state
    assert str(unused_tcp_port) in found["health"].said("es")


def test_invitation_asks_for_what_is_used() -> None:
    """
    The address of the invitation asks for the permissions of the table, as one number, and for commands.
    """
    values = [discord.Permissions.VALID_FLAGS[name] for name in USED]

    assert permissions_used().value == sum(values)
    assert {*USED.values()} <= catalog("en").keys()
    assert invite_link(77) == (
        "https://discord.com/oauth2/authorize?client_id=77&scope=bot+applications.commands"
        f"&permissions={permissions_used().value}"
    )


@pytest.mark.thorough
async def test_command_asks_discord(server: DiscordServer, tmp_path: Path) -> None:
    """
    `onrecord doctor --live` prints the lines on Discord behind the others and ends with their status.
    """
    (tmp_path / ".env").write_text(f"DISCORD_TOKEN={TOKEN}\nONRECORD_DATA_DIR={tmp_path}/data\n", "utf-8")
    (tmp_path / ".env").chmod(0o644)

    well, refused = await asyncio.gather(
        run_command(server, tmp_path, "doctor", "--live"),
        run_command(server, tmp_path, "doctor", "--live", "--json", env={"DISCORD_TOKEN": "other.token"}),
    )

    assert (well.status, well.err) == (0, "")
    assert "ok     Discord takes the token; the bot is “On Record”" in well.out
    assert (refused.status, refused.document["checks"][-1]["state"]) == (1, "fail")
    assert "token" not in refused.err
    assert TOKEN not in well.out + refused.out
