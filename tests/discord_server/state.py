"""
What the loopback Discord remembers: requests, what was wrong with them, and what people see.
"""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from discord_server import limits, payloads
from discord_server.components import shown_text
from discord_server.faults import Faults
from discord_server.payloads import Json
from discord_server.uploads import Upload

TOKEN = "loopback.token-of-the-tests"
PATIENCE_S = 10  # before a test is told that what it waits for did not happen


@dataclass(frozen=True)
class Request:
    """One request of the bot: method, path below the version, JSON body, and what was made to go wrong with it."""

    method: str
    path: str
    body: Any
    fault: str | None = None


@dataclass(eq=False)
class Interaction:
    """
    What somebody sees of one command, press or modal: nothing yet, "thinking…", or what the bot answered.

    Attributes:
        offset_s: As if so many seconds more had passed since it was sent; 900 and its token is worthless.
        first_response_s: Seconds until the bot's first response; `None` before it.
        finished_s: Seconds until the last thing that people see; `None` while there is none.
        deferred: The first response only said that more will come.
        ephemeral: Only the person who asked sees the response.
        original: The message that `@original` means, "thinking…" too.
        updated: The message whose button was pressed was edited.
        followups: Further messages, as they are shown now.
        modal: The modal that was opened.
        choices: The answer to autocomplete.
        metadata: What a message says of the interaction that it answers.
        uploads: Where the files are.
        is_finished: Set with the first `finished_s`.
    """

    payload: Json
    asked_at: float
    offset_s: float = 0
    first_response_s: float | None = None
    finished_s: float | None = None
    deferred: bool = False
    ephemeral: bool = False
    original: Json | None = None
    updated: bool = False
    followups: list[Json] = field(default_factory=list)
    modal: Json | None = None
    choices: list[Json] | None = None
    metadata: Json = field(default_factory=dict, repr=False)
    uploads: dict[str, Upload] = field(default_factory=dict, repr=False)
    is_finished: asyncio.Event = field(default_factory=asyncio.Event, repr=False)

    @property
    def pressed(self) -> Json | None:
        """The message whose button was pressed."""
        message: Json | None = self.payload.get("message")
        return message

    @property
    def is_foreign(self) -> bool:
        """Whether the bot is no member there, and only the person who asks has it installed."""
        return "0" not in self.payload["authorizing_integration_owners"]

    @property
    def message(self) -> Json | None:
        """The response as it is shown now, or the pressed message once it was edited."""
        waiting = self.original is None or self.original["flags"] & limits.LOADING
        return None if waiting or (self.original is self.pressed and not self.updated) else self.original

    @property
    def shown(self) -> list[Json]:
        """The response and further messages, from top to bottom."""
        return [*([self.message] if self.message else []), *self.followups]

    @property
    def text(self) -> str:
        """Every word that the answer shows."""
        return "\n".join(map(shown_text, self.shown))

    @property
    def files(self) -> list[Upload]:
        """The files of the answer."""
        return [self.uploads[attached["id"]] for message in self.shown for attached in message["attachments"]]


@dataclass
class Channel:
    """Messages of a channel, as everybody in it sees them, and how often the bot was seen typing."""

    messages: list[Json] = field(default_factory=list)
    typing: int = 0


class Seen(ABC):
    """
    Everything that happened so far.

    Attributes:
        address: Host and port of REST and gateway.
        faults: What goes wrong; nothing, unless a test says so.
        requests: Every request of the bot, in order.
        member_of: Servers in which the bot is, as it is told when it asks.
        starts_left: How often it may still connect anew today, of 1,000.
        commands: The commands as they are registered everywhere.
        guild_commands: The commands of one server alone, by its id.
        channels: What stands in each channel, by its id.
        interactions: Each use of a command, button or modal, by its token.
        uploads: Every file by its id.
        identified: What the bot said of itself when it connected.
        heartbeats, identifications, resumed: How many heartbeats came, how often the bot connected anew, resumed.
    """

    address: str

    def __init__(self) -> None:
        self.faults = Faults()
        self.requests: list[Request] = []
        self._violations: list[str] = []
        self._unchecked: list[Iterable[str]] = []
        self.member_of = [payloads.GUILD, payloads.OTHER_GUILD]
        self.starts_left = 1000
        self.commands: list[Json] = []
        self.guild_commands: dict[str, list[Json]] = {}
        self.channels = {place: Channel() for place in payloads.PLACES}
        self.interactions: dict[str, Interaction] = {}
        self.uploads: dict[str, Upload] = {}
        self.identified: Json | None = None
        self.heartbeats = self.identifications = self.resumed = 0
        self._happened = asyncio.Event()

    @property
    def api(self) -> str:
        """Address of the REST interface, with its version."""
        return f"http://{self.address}/api/v10"

    @property
    def gateway(self) -> str:
        """Address of the gateway."""
        return f"ws://{self.address}/gateway/"

    def check(self, problems: Iterable[str]) -> None:
        """Remember what is perhaps wrong; it is looked for when somebody wants to know, not while the bot waits."""
        self._unchecked.append(problems)

    @property
    def violations(self) -> list[str]:
        """What Discord would have refused so far, or what could have pinged somebody. Tests end with none."""
        for problems in self._unchecked:
            self._violations += problems
        self._unchecked.clear()
        return self._violations

    @property
    def syncs(self) -> list[Request]:
        """Each time that the bot registered its commands."""
        return [request for request in self.requests if request.method == "PUT" and request.path.endswith("/commands")]

    @abstractmethod
    async def dispatch(self, event: str, data: Json) -> None:
        """Tell the bot of something that happened; the gateway knows how."""

    async def until(self, happened: Callable[[], object], patience_s: float = PATIENCE_S) -> None:
        """Wait until something holds that changes with a request or an event of the gateway."""
        async with asyncio.timeout(patience_s):
            while not happened():
                await self._happened.wait()

    def tell(self) -> None:
        """Something happened: let those who wait look again."""
        self._happened.set()
        self._happened = asyncio.Event()
