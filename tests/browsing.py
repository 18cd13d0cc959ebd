"""
A page in headless Chromium, driven over its DevTools protocol: what it looks like to a script, and to axe.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import os
import tempfile
from collections.abc import AsyncIterator
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import aiohttp
from pictures.drawing import find_browser

BROWSER = find_browser()
WHY_NOT = "Chromium is not installed"
_PATIENCE_S = 60
_AXE = (files("axe_core_python") / "axe.min.js").read_text("utf-8")


class Tab:
    """One page of a browser; `complaints` is what the browser says of it, its policy broken for one."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self.complaints: list[str] = []

    async def show(
        self, address: str, *, scheme: Literal["light", "dark"] = "light", width: int = 1000, medium: str = "screen"
    ) -> None:
        """Open a page, in a colour scheme, as wide as so many CSS pixels."""
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        await self._do("Emulation.setEmulatedMedia", media=medium, features=features)
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        await self._do("Emulation.setDeviceMetricsOverride", **size)
        # A page that differs only in its anchor would not be loaded again.
        await self._do("Page.navigate", url="about:blank")
        await self._until("Page.loadEventFired")
        self.complaints.clear()
        await self._do("Page.navigate", url=address)
        await self._until("Page.loadEventFired")

    async def value(self, script: str) -> Any:
        """What a script gives back."""
        done = await self._do("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in done, done["exceptionDetails"]
        return done["result"].get("value")

    async def barriers(self, *impacts: str) -> list[str]:
        """What axe finds that has one of these impacts: rule, impact and the elements."""
        await self.value(f"{_AXE}; 0")
        found = json.loads(await self.value("axe.run(document).then(found => JSON.stringify(found.violations))"))
        return [
            f"{one['id']} ({one['impact']}): {[node['html'][:200] for node in one['nodes'][:3]]}"
            for one in found
            if one["impact"] in impacts
        ]

    async def begin(self) -> None:
        """Ask to be told what happens."""
        for domain in ("Page", "Log", "Runtime"):
            await self._do(f"{domain}.enable")

    async def _do(self, method: str, **params: Any) -> dict[str, Any]:
        number = next(self._numbers)
        await self._socket.send_json({"id": number, "method": method, "params": params})
        while True:
            message = await self._next()
            if message.get("id") == number:
                assert "error" not in message, message["error"]
                result: dict[str, Any] = message["result"]
                return result

    async def _until(self, event: str) -> None:
        while (await self._next()).get("method") != event:
            pass

    async def _next(self) -> dict[str, Any]:
        message: dict[str, Any] = await self._socket.receive_json(timeout=_PATIENCE_S)
        if message.get("method") == "Log.entryAdded":
            self.complaints.append(message["params"]["entry"]["text"])
        return message


@contextlib.asynccontextmanager
async def open_tab() -> AsyncIterator[Tab]:
    """A page of a browser that is started for it, and told to end afterwards."""
    assert BROWSER is not None
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = await asyncio.create_subprocess_exec(
            BROWSER, *_arguments(profile), stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL
        )
        try:
            async with aiohttp.ClientSession() as session:
                port = await _port(Path(profile, "DevToolsActivePort"))
                async with session.get(f"http://127.0.0.1:{port}/json/list") as listed:
                    target = next(one for one in await listed.json() if one["type"] == "page")
                async with session.ws_connect(target["webSocketDebuggerUrl"], max_msg_size=0) as socket:
                    tab = Tab(socket)
                    await tab.begin()
                    yield tab
        finally:
            process.terminate()
            await process.wait()


async def _port(file: Path) -> str:
    """Where the browser listens, once it does."""
    async with asyncio.timeout(_PATIENCE_S):
        while not file.exists() or not (lines := file.read_text().split()):  # noqa: ASYNC110, ASYNC240 (nobody tells)
            await asyncio.sleep(0.05)
    return lines[0]


def _arguments(profile: str) -> list[str]:
    return [
        "--headless",
        "--disable-gpu",
        "--no-first-run",
        "--remote-debugging-port=0",
        f"--user-data-dir={profile}",
        # Chromium's sandbox cannot be had as root, and the pages are our own.
        *(["--no-sandbox"] if os.geteuid() == 0 else []),
        "about:blank",
    ]
