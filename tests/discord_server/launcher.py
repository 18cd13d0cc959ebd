"""
`onrecord`, talking to a Discord on loopback: python -P -m discord_server.launcher API GATEWAY COMMAND…
"""

from __future__ import annotations

import sys

import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.cli.main import main

if __name__ == "__main__":
    api, gateway, *command = sys.argv[1:]
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = api, yarl.URL(gateway)
    sys.argv = ["onrecord", *command]
    main()
