"""
A stored corpus and moderators in Discord, for tests of what they do to it.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from discord_server import payloads
from discord_server.running import a_setting
from terminal import STATEMENTS

from bot.curation import Curation
from bot.service import Service
from bot.settings import Settings

BY_ROLE = payloads.person(7100, roles=(payloads.MODERATOR_ROLE,))
BY_ID = payloads.person(7200)
ADMINISTRATOR = payloads.person(7300, administrator=True)
MEMBER = payloads.person(7400)
ADDED = dt.datetime(2025, 5, 30, 9, 30, tzinfo=dt.UTC)
WELL = "A word about the well\n\nThe well belongs to the people of the valley.\n"


class Record:
    """walk.txt is 2013-001, carta.md 2014-001, letter.txt undated-001, in a data directory below `folder`."""

    def __init__(self, folder: Path) -> None:
        self.statements, self.data_dir = folder / "statements", folder / "data"
        self.statements.mkdir()
        for name, text in STATEMENTS.items():
            self.write(name, text)
        self.curation = Curation(self.data_dir)
        self.curation.add([self.statements], when=ADDED, by="terminal")

    def write(self, name: str, text: str) -> None:
        """A file of the source."""
        (self.statements / name).write_text(text, "utf-8")

    def settings(self, **more: object) -> Settings:
        """With moderators, in one of the servers that the bot is in."""
        known: dict[str, object] = {
            "data_dir": self.data_dir,
            "server_ids": payloads.GUILD,
            "moderator_role_ids": payloads.MODERATOR_ROLE,
            "moderator_ids": BY_ID["id"],
            "moderator_channel_id": int(payloads.MODERATORS),
        }
        return a_setting(**(known | more))

    def service(self) -> Service:
        """What answers from it."""
        return Service.open(self.settings())

    def actions(self) -> list[tuple[str, str | None, str, str]]:
        """What the history tells of moderators, the newest first: verb, record number, reason, who."""
        return [(one.what, one.id, one.reason, one.by) for one in self.curation.history().actions]
