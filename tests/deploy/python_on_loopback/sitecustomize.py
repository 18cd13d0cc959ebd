"""
Found by every Python that has this folder on its path: an installed program talks to the Discord of the tests, though
nobody changes a word of the command that starts it.
"""

import os

if "LOOPBACK_API" in os.environ:
    import yarl
    from discord.gateway import DiscordWebSocket
    from discord.http import Route

    Route.BASE = os.environ["LOOPBACK_API"]
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["LOOPBACK_GATEWAY"])
