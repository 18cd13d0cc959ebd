"""
How answers to interactions reach Discord when the way there is bad.

discord.py waits one second after a first failure and three after a second: too long where three seconds are all there
is. And a connection that drops is not tried again at all, so that a member is left at "thinking…".
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from contextvars import Token
from typing import Any

import aiohttp
import discord
from discord.http import Route, json_or_text
from discord.webhook.async_ import AsyncWebhookAdapter, async_context

# Discord takes a first response for three seconds, and whatever follows for fifteen minutes.
FIRST_S, LATER_S = 2.8, 20.0
_PAUSE_S, _LONGEST_PAUSE_S = 0.05, 2.0
_ALREADY_ANSWERED = 40060


class PatientAdapter(AsyncWebhookAdapter):
    """Sends what belongs to an interaction again until it arrives, or until it would be too late."""

    async def request(
        self,
        route: Route,
        session: aiohttp.ClientSession,
        *,
        payload: dict[str, Any] | None = None,
        multipart: list[dict[str, Any]] | None = None,
        files: Sequence[discord.File] | None = None,
        params: dict[str, Any] | None = None,
        **proxy: Any,
    ) -> Any:
        """
        One request and its repetitions.

        Raises:
            discord.HTTPException: Discord refuses it, or fails until it is too late.
            aiohttp.ClientError, TimeoutError: The connection does, until it is too late.
        """
        options = {key: value for key, value in proxy.items() if key in ("proxy", "proxy_auth") and value}
        pause = _PAUSE_S
        ends = asyncio.get_running_loop().time() + (FIRST_S if route.path.endswith("/callback") else LATER_S)
        attempt = 0
        while True:
            for file in files or ():
                file.reset(seek=attempt)
            sent = _body(payload, multipart)
            left = ends - asyncio.get_running_loop().time()
            try:
                async with (
                    asyncio.timeout(max(left, 0.1)),
                    session.request(route.method, route.url, params=params, **sent, **options) as response,
                ):
                    data = await json_or_text(response)
                if response.status < 300:
                    return data
                error: Exception = _refusal(response, data)
                wait = _wait_s(response, data, pause)
            except (aiohttp.ClientConnectionError, aiohttp.ClientPayloadError, OSError) as dropped:
                error, wait = dropped, pause
            if wait is None or wait > ends - asyncio.get_running_loop().time():
                raise error
            await asyncio.sleep(wait)
            pause, attempt = min(2 * pause, _LONGEST_PAUSE_S), attempt + 1


def use_patient_adapter() -> Token[AsyncWebhookAdapter]:
    """From here on this task, and those that it starts, answer interactions patiently."""
    return async_context.set(PatientAdapter())  # type: ignore[no-untyped-call]


def is_answered_already(error: discord.HTTPException) -> bool:
    """Whether the answer stands there, and only the acknowledgement of an earlier attempt was lost."""
    return error.code == _ALREADY_ANSWERED


def _body(payload: dict[str, Any] | None, multipart: list[dict[str, Any]] | None) -> dict[str, Any]:
    if multipart:
        form = aiohttp.FormData(quote_fields=False)
        for part in multipart:
            form.add_field(**part)
        return {"data": form}
    if payload is None:
        return {}
    return {"data": json.dumps(payload, separators=(",", ":")), "headers": {"Content-Type": "application/json"}}


def _refusal(response: aiohttp.ClientResponse, data: Any) -> discord.HTTPException:
    kinds: dict[int, type[discord.HTTPException]] = {403: discord.Forbidden, 404: discord.NotFound}
    kind = discord.DiscordServerError if response.status >= 500 else kinds.get(response.status, discord.HTTPException)
    return kind(response, data)


def _wait_s(response: aiohttp.ClientResponse, data: Any, pause: float) -> float | None:
    """How long to wait before the next attempt; `None` where another one would end the same."""
    if response.status >= 500:
        return pause
    if response.status == 429 and isinstance(data, dict):
        return float(data.get("retry_after", pause))
    return None
