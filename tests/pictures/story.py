"""
What moderators see, one after the other, in English and in Spanish: a row a picture.

Each begins where the one before it ended. What shows times comes before a process of its own writes to the record, as
such a process has a clock of its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from discord_server import payloads
from discord_server.running import TODAY, connected_bot
from discord_server.server import DiscordServer
from discord_server.uploads import Upload
from pictures.moderating import Seat, Step, filling, losing, pressing, reported, told, using
from pictures.record import LETTER, SampleRecord
from pictures.shots import THEMES, Shot

from bot.service import Service
from retrieval.models import Language

_FIRST = dt.datetime.combine(TODAY, dt.time(14, 5), dt.UTC)
_LOCALES: tuple[Language, ...] = ("en", "es")
_QUESTION = "What did Montúfar say about sheriffs?"


class Episode(NamedTuple):
    """
    A picture in two languages.

    Attributes:
        english, spanish: Names of the files, before the theme.
        steps: What the moderator does since the picture before.
    """

    english: str
    spanish: str
    steps: tuple[Step, ...]

    def name(self, locale: Language) -> str:
        """Of the file, before the theme."""
        return self.english if locale == "en" else self.spanish


STORY = (
    Episode(
        "status", "estado",
        (
            using(
                "source", source=1, every="7d", organization="CONIDO",
                name_={"en": "Press releases", "es": "Comunicados"},
                reason={"en": "they publish once a week", "es": "publican una vez por semana"},
            ),
            using("status"),
        ),
    ),
    Episode(
        "reported", "reportado",
        (reported(_QUESTION, "date", {"en": "It was in September.", "es": "Fue en septiembre."}),),
    ),
    Episode(
        "hidden", "oculto",
        (pressing("button_hide"), filling(reason={"en": "until we know", "es": "hasta saberlo"})),
    ),
    Episode("correcting", "corrigiendo", (pressing("button_unhide"), pressing("button_correct"))),
    Episode(
        "correction", "correccion",
        (filling(date="2010-09-14", reason={"en": "as in the printed release", "es": "como en el impreso"}),),
    ),
    Episode(
        "erasing", "borrando",
        (
            pressing("button_apply"),
            using("erase", number="2011-001", reason={"en": "its author asked", "es": "lo pidió quien lo escribió"}),
        ),
    ),
    Episode("history", "cambios", (using("history"),)),
    Episode("refresh", "actualizar", (using("refresh"),)),
    Episode("each", "cada", (pressing("button_each"),)),
    Episode(
        "added", "agregado",
        (
            using("refresh"), pressing("button_run", count=2),
            using("add", file=Upload("night-clinic.txt", LETTER.encode())),
        ),
    ),
    Episode("sure", "seguro", (losing(), using("refresh"), pressing("button_run", count=5))),
    Episode(
        "rollback", "revertir",
        (using("rollback", generation=2, reason={"en": "it was the wrong folder", "es": "era otra carpeta"}),),
    ),
    Episode("golden", "doradas", (pressing("button_rollback"),)),
    Episode("announced", "anunciado", (told(payloads.CHANNEL),)),
    Episode("failing", "fallando", (told(payloads.MODERATORS),)),
)  # fmt: skip


def pictures() -> Iterator[tuple[str, tuple[str, ...]]]:
    """The name of each picture, and its themes."""
    for locale in _LOCALES:
        yield from ((episode.name(locale), THEMES) for episode in STORY)


async def tell() -> dict[str, Shot]:
    """What is seen in each picture, by its name."""
    shots = {}
    with TemporaryDirectory(prefix="onrecord-") as folder:
        record = SampleRecord(Path(folder))
        for locale in _LOCALES:
            record.begin()
            settings = record.settings()
            async with (
                DiscordServer() as server,
                connected_bot(server, Service.open(settings), settings=settings, moment=_clock()) as bot,
            ):
                seat = Seat(server, bot, record, locale)
                for episode in STORY:
                    for step in episode.steps:
                        await step(seat)
                    shots[episode.name(locale)] = seat.shot()
            assert server.violations == [], server.violations
    return shots


def _clock() -> Callable[[], dt.datetime]:
    """A clock that is a minute later each time."""
    minutes = count()
    return lambda: _FIRST + dt.timedelta(minutes=next(minutes))
