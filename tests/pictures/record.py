"""
The record that moderators are seen at: the invented sample in a folder, read, with sources that changed since.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

from discord_server import payloads
from discord_server.running import a_setting

from bot.chat.markdown import escape
from bot.curation import Curation
from bot.settings import Settings

SAMPLE = Path(__file__).parents[2] / "corpus" / "sample" / "statements"
# What a file of a moderator's says; nobody is in it who could be real.
LETTER = """A Letter About the Night Clinic

MILWAUKEE, May 30, 2025 – Casa Ceiba asks the county to keep the night clinic on Lincoln Avenue open.

“A fever does not look at the clock,” said Hortensia Balcázar, adviser of Casa Ceiba.
"""
_NEWS = """Court Watchers Wanted

BALTIMORE, May 28, 2025 – CONIDO looks for volunteers who sit in courtrooms and write down what they see.

“A witness with a pencil changes the room,” said Wilner Desrosiers, executive director of CONIDO.
"""
_ADDED = dt.datetime(2025, 5, 24, 9, 30, tzinfo=dt.UTC)
_REFRESHED = dt.datetime(2025, 5, 28, 6, 0, tzinfo=dt.UTC)
# More than a tenth of the record.
_GONE = ("robo-de-salarios.txt", "tps-haiti.html", "safe-roads.html", "family-detention.txt", "remesas.html")
# A question that the new statement answers.
_GOLDEN = {
    "id": "court-watchers",
    "question": "Who looks for volunteers to sit in courtrooms?",
    "statement": "2025-004",
}
_SHOWN = "/srv/onrecord"  # what pictures show instead of a folder that is another one each time


class SampleRecord:
    """
    The sample below `folder`, read from there, and a source that can be found no more.

    Since then a statement has come into the folder, and another has other words. A golden question asks for the first.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self.data_dir, self._statements = self._folder / "data", self._folder / "statements"
        shutil.copytree(SAMPLE, self._statements)
        letters = self._folder / "letters"
        letters.mkdir()
        (letters / "letter.txt").write_text(LETTER.replace("Night Clinic", "Reading Room"), "utf-8")
        curation = Curation(self.data_dir)
        curation.add([self._statements, letters], when=_ADDED, by="terminal")
        shutil.rmtree(letters)
        curation.refresh(when=_REFRESHED, by="terminal")
        (self._statements / "court-watchers.txt").write_text(_NEWS, "utf-8")
        census = self._statements / "census-count-me.txt"
        census.write_text(census.read_text("utf-8").replace("forty-two volunteers", "fifty volunteers"), "utf-8")
        (self.data_dir / "golden.jsonl").write_text(json.dumps(_GOLDEN), "utf-8")
        self._kept = self._folder / "kept"
        shutil.copytree(self.data_dir, self._kept / "data")
        shutil.copytree(self._statements, self._kept / "statements")

    def begin(self) -> None:
        """Everything as it was at first."""
        for folder in (self.data_dir, self._statements):
            shutil.rmtree(folder)
            shutil.copytree(self._kept / folder.name, folder)

    def lose_some(self) -> None:
        """More than a tenth of the statements is at its source no longer."""
        for name in _GONE:
            (self._statements / name).unlink()

    def settings(self) -> Settings:
        """With a role that moderates, a channel for reports and one for announcements."""
        return a_setting(
            data_dir=self.data_dir,
            server_ids=payloads.GUILD,
            moderator_role_ids=payloads.MODERATOR_ROLE,
            moderator_channel_id=int(payloads.MODERATORS),
            announce_channel_id=int(payloads.CHANNEL),
        )

    def shown(self, text: str) -> str:
        """What the bot showed, as JSON, with an example's folder in place of this one."""
        for written in (escape(str(self._folder)), str(self._folder)):
            text = text.replace(json.dumps(written)[1:-1], _SHOWN)
        return text
