"""
From the token to the last answer: log in, stay connected, and end when told to, with nothing left half done.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import socket

import aiohttp
import discord

from bot.chat.client import OnRecordClient, make_client
from bot.chat.logs import set_up_logging
from bot.chat.watching.endpoint import serve_watch
from bot.chat.watching.health import Watch, Watched
from bot.settings import Settings
from bot.setup import ENV_FILE, is_open_to_others, is_token
from corpus.errors import OnRecordError, UsageError

log = logging.getLogger(__name__)

_FINISH_S = 8  # of the ten seconds that whoever stops a service usually waits


def token_of(settings: Settings) -> str:
    """
    The bot's token.

    Raises:
        UsageError: It is missing, or cannot be one.
    """
    token = settings.discord_token.get_secret_value().strip() if settings.discord_token else ""
    if not token:
        raise UsageError("DISCORD_TOKEN is not set. Copy the bot's token from Discord's developer portal into .env.")
    if not is_token(token):
        raise UsageError("DISCORD_TOKEN holds characters that no token has. Copy it again from the developer portal.")
    return token


def run_bot(settings: Settings, service: Watched, port: socket.socket | None = None) -> None:
    """
    Run the bot until it is told to stop (SIGTERM, SIGINT).

    Args:
        settings: Its settings.
        service: The record.
        port: On which it tells how it is.

    Raises:
        UsageError: The token is missing, or Discord refuses it; another program has taken the port.
        OnRecordError: Discord cannot be reached.
    """
    token = token_of(settings)
    set_up_logging(settings.log_level, form=settings.log_format)
    if is_open_to_others():
        log.warning("other users of this machine can read %s, which holds the token: chmod 600 %s", ENV_FILE, ENV_FILE)
    # Two warnings that voice would not work, which nobody asked for.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    client = make_client(settings, service)
    asyncio.run(_serve_watched(client, token, settings, service, port) if port else serve(client, token))


async def _serve_watched(
    client: OnRecordClient, token: str, settings: Settings, service: Watched, port: socket.socket
) -> None:
    async with serve_watch(Watch(client.metrics, client.connections, service, settings.data_dir), port):
        await serve(client, token)


async def serve(client: OnRecordClient, token: str) -> None:
    """
    Log in and stay connected until a signal to stop; what is being answered then is answered first.

    Raises:
        UsageError: Discord refuses the token.
        OnRecordError: The connection to Discord failed for good.
    """
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with client:
        session = asyncio.create_task(client.start(token))
        stopped = asyncio.create_task(stop.wait())
        await asyncio.wait({session, stopped}, return_when=asyncio.FIRST_COMPLETED)
        if stop.is_set():
            log.info("closing")
            await client.desk.finish(_FINISH_S)
            session.cancel()
            await asyncio.wait({session})
            return
        stopped.cancel()
        try:
            session.result()
        except discord.LoginFailure:
            raise UsageError(
                "Discord refused DISCORD_TOKEN. Reset it in the developer portal, copy it again."
            ) from None
        except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
            raise OnRecordError(
                f"The connection to Discord failed ({type(error).__name__}). Try again later."
            ) from None
