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
from discord_server.running import TODAY, running_bot
from discord_server.uploads import Upload
from pictures.moderating import Seat, Step, filling, losing, pressing, reported, using
from pictures.record import LETTER, SampleRecord
from pictures.shots import THEMES, Shot

from bot.service import Service
from retrieval.models import Language

_FIRST = dt.datetime.combine(TODAY, dt.time(14, 5), dt.UTC)
_MODERATORS: dict[Language, str] = {"en": "Marta", "es": "Ignacio"}
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
    Episode("status", "estado", (using("status"),)),
    Episode(
        "reported", "reportado",
        (reported(_QUESTION, "date", {"en": "It was in September.", "es": "Fue en septiembre."}),),
    ),
    Episode("hiding", "ocultando", (pressing("button_hide"),)),
    Episode("hidden", "oculto", (filling(reason={"en": "until we know", "es": "hasta saberlo"}),)),
    Episode("correcting", "corrigiendo", (pressing("button_unhide"), pressing("button_correct"))),
    Episode(
        "correction", "correccion",
        (filling(date="2010-09-14", reason={"en": "as in the printed release", "es": "como en el impreso"}),),
    ),
    Episode("corrected", "corregido", (pressing("button_apply"),)),
    Episode(
        "erasing", "borrando",
        (using("erase", number="2011-001", reason={"en": "its author asked", "es": "lo pidió quien lo escribió"}),),
    ),
    Episode("history", "cambios", (using("history"),)),
    Episode("refresh", "actualizar", (using("refresh"),)),
    Episode("each", "cada", (pressing("button_each"),)),
    Episode("applied", "aplicado", (using("refresh"), pressing("button_run", count=2))),
    Episode("added", "agregado", (using("add", file=Upload("night-clinic.txt", LETTER.encode())),)),
    Episode("missing", "faltan", (losing(), using("refresh"))),
    Episode("sure", "seguro", (pressing("button_run", count=5),)),
    Episode("rollback", "revertir", (using("rollback", generation=2),)),
)  # fmt: skip


def pictures() -> Iterator[tuple[str, tuple[str, ...]]]:
    """The name of each picture, and its themes."""
    for locale in _MODERATORS:
        yield from ((episode.name(locale), THEMES) for episode in STORY)


async def tell() -> dict[str, Shot]:
    """What is seen in each picture, by its name."""
    shots = {}
    with TemporaryDirectory(prefix="onrecord-") as folder:
        record = SampleRecord(Path(folder))
        for number, (locale, name) in enumerate(_MODERATORS.items()):
            record.begin()
            person = payloads.person(8100 + number, name=name, roles=(payloads.MODERATOR_ROLE,))
            settings = record.settings()
            async with running_bot(Service.open(settings), settings=settings, moment=_clock()) as server:
                seat = Seat(server, record, person, locale)
                for episode in STORY:
                    for step in episode.steps:
                        await step(seat)
                    shots[episode.name(locale)] = seat.shot()
    return shots


def _clock() -> Callable[[], dt.datetime]:
    """A clock that is a minute later each time."""
    minutes = count()
    return lambda: _FIRST + dt.timedelta(minutes=next(minutes))
