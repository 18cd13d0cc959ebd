"""
Who may change the record from Discord, and the way to it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from hashlib import blake2b
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import discord

from bot.chat.cards.notices import notice
from bot.chat.scene import Scene
from bot.chat.visits import Interaction, InteractionVisit
from bot.settings import Settings
from corpus.errors import UsageError
from corpus.store import Decision, SourceStatus, Store

# It brings what reads and searches, which the process that talks to Discord needs for nothing else.
if TYPE_CHECKING:
    from bot.curation import Curation, Report

_DAY_S = 86_400


class Moderators:
    """
    The moderators of the settings.

    Args:
        settings: Who they are, where, and where the record is kept.
        moment: The clock of the history, in UTC.
    """

    def __init__(self, settings: Settings, moment: Callable[[], dt.datetime]) -> None:
        self.moment = moment
        self._settings = settings

    def include(self, interaction: Interaction) -> bool:
        """
        Whether this person may moderate here, whatever Discord's own settings say.

        Members that the settings name, in the servers that they name and in direct messages; members with a role that
        they name, in those servers.
        """
        who, where, settings = interaction.user, interaction.guild_id, self._settings
        if not settings.server_ids or (where is not None and where not in settings.server_ids):
            return False
        if who.id in settings.moderator_ids:
            return True
        return (
            where is not None
            and isinstance(who, discord.Member)
            and any(who.get_role(role) for role in settings.moderator_role_ids)
        )

    async def admit(self, interaction: Interaction) -> bool:
        """The same; who may not is told so, in private."""
        if self.include(interaction):
            return True
        if interaction.type is not discord.InteractionType.autocomplete:
            visit = InteractionVisit(interaction, Scene(private=True))
            await visit.tell(notice("moderators_only", visit.locale or "en", private=True))
        return False

    def has_record(self) -> bool:
        """Whether anything is stored that could be changed."""
        return Store.exists(self._settings.data_dir)

    def curation(self) -> Curation:
        """The verbs, each of which blocks."""
        from bot.curation import Curation

        return Curation(self._settings.data_dir)

    def sources(self) -> list[SourceStatus]:
        """Every source."""
        if not self.has_record():
            return []
        with Store.open(self._settings.data_dir) as store:
            return store.sources()

    def keep(self, report: Report) -> str:
        """Keep a report until the next one, to be read page by page; gives the key of it."""
        data = report.model_dump_json().encode()
        file = self._kept
        file.parent.mkdir(parents=True, exist_ok=True)
        # Beside it first: whoever reads finds a whole one.
        beside = file.with_suffix(".new")
        beside.write_bytes(data)
        beside.replace(file)
        return _key(data)

    def kept(self, key: str) -> Report | None:
        """The report of this key; `None` where there is a later one, or a text was erased since."""
        from bot.curation import Report

        try:
            data = self._kept.read_bytes()
        except OSError:
            return None
        return Report.model_validate_json(data) if _key(data) == key else None

    @property
    def _kept(self) -> Path:
        # Erasing clears this folder: a report may hold words of what is erased.
        return self._settings.data_dir / "cache" / "report.json"

    def is_golden_unreadable(self) -> bool:
        """Whether the file of golden questions is not what it should be."""
        from bot.curation.golden import read_golden

        try:
            read_golden(self._settings.data_dir)
        except UsageError:
            return True
        return False

    def store_upload(self, name: str, data: bytes) -> Path:
        """Keep a file beside the record, under a name of its own; gives its path."""
        folder = self._uploads
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.iterdir():
            # Somebody was asked whether to add it all the same, and did not answer.
            if self.moment().timestamp() - path.stat().st_mtime > _DAY_S:
                self.drop_upload(path)
        stem, suffix = Path(name).stem, Path(name).suffix
        for number in count(1):
            path = folder / (name if number == 1 else f"{stem}-{number}{suffix}")
            try:
                with path.open("xb") as file:
                    file.write(data)
            except FileExistsError:
                continue
            return path
        raise AssertionError

    def upload(self, name: str) -> Path | None:
        """A file that was kept and still is."""
        path = self._uploads / Path(name).name
        return path if path.is_file() else None

    def drop_upload(self, path: Path) -> None:
        """Delete the file again, unless it became a source."""
        sources = self.curation().status().sources if self.has_record() else ()
        if str(path.resolve()) not in {source.locator for source in sources}:
            path.unlink()

    @property
    def _uploads(self) -> Path:
        return self._settings.data_dir.absolute() / "uploads"

    def decision(self, interaction: Interaction, reason: str = "") -> Decision:
        """Who decides, now, and why, for the history."""
        return Decision(by_discord(interaction.user.id), self.moment(), " ".join(reason.split()))


def by_discord(member: int) -> str:
    """A moderator as the history names them."""
    return f"discord:{member}"


def _key(data: bytes) -> str:
    return blake2b(data, digest_size=6).hexdigest()
