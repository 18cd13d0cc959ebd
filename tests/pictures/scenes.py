"""
The pictures there are: one row each, and the bot that they are taken of.

A scene whose command the bot does not have is left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from discord_server import payloads
from discord_server.running import a_setting, running_bot
from pictures.acts import Act, mentioning, pressing, using
from pictures.record import SAMPLE
from pictures.shots import THEMES, Shot

from bot.service import Service
from retrieval.models import Language


class Scene(NamedTuple):
    """
    A picture.

    Attributes:
        name: Of its file, before the theme: `answer-dark.png`.
        locale: Of the member's Discord.
        member: Who is seen asking.
        needs: The command that the bot must have, "" for none.
        act: What the member does.
        themes: In which it is drawn; those of the README in both.
    """

    name: str
    locale: Language
    member: str
    needs: str
    act: Act
    themes: tuple[str, ...] = THEMES


DARK, LIGHT = ("dark",), ("light",)
_SHERIFFS = "What did Montúfar say about sheriffs?"
_PENCIL = "What did Desrosiers say about Congress?"
SCENES = (
    Scene("answer", "en", "Rosa", "ask", using("ask", question=_SHERIFFS)),
    Scene("respuesta", "es", "Lupita", "ask", using("ask", question="¿Qué dijo Balcázar sobre la policía?")),
    Scene("pasajes", "es", "Lupita", "ask", using("ask", question="¿Qué pidieron sobre los intérpretes?"), LIGHT),
    Scene("silence", "en", "Amina", "ask", using("ask", question="What did Pantoja say about census forms in 2012?")),
    Scene(
        "contexto", "es", "Lupita", "ask",
        pressing("button_context", "ask", question="¿Qué dijo Desrosiers sobre el Congreso?"),
    ),
    Scene("cite", "en", "Rosa", "ask", pressing("button_cite", "ask", question=_PENCIL), LIGHT),
    Scene("report", "en", "Rosa", "ask", pressing("button_report", "ask", question=_SHERIFFS), DARK),
    Scene("mention", "en", "Samuel", "", mentioning("What do they say about remittances?")),
    Scene("quote", "en", "Rosa", "quote", using("quote", speaker="Montúfar", about="sheriffs"), LIGHT),
    Scene(
        "verify", "en", "Amina", "verify",
        using("verify", text="“A reprieve is written in ink,” said Wilner Desrosiers"),
    ),
    Scene("timeline", "en", "Samuel", "timeline", using("timeline", about="families")),
    Scene("statement", "es", "Lupita", "statement", using("statement", title="arrestos-en-la-corte"), LIGHT),
    Scene("person", "en", "Rosa", "person", using("person", name_="Hortensia Balcázar"), DARK),
    Scene("help", "es", "Lupita", "help", using("help"), LIGHT),
)  # fmt: skip


def open_sample() -> Service:
    """The real service on the statements that ship."""
    return Service.open(a_setting(), [SAMPLE])


async def take(service: Service, scenes: Iterable[Scene] = SCENES) -> dict[str, Shot]:
    """What is seen in each scene whose command the bot has, by the scene's name."""
    shots = {}
    async with running_bot(service, settings=a_setting(moderator_channel_id=payloads.MODERATORS)) as server:
        known = {"", *(command["name"] for command in server.commands)}
        for number, scene in enumerate(scenes):
            if scene.needs in known:
                # Each by somebody else: who asks too fast has to wait.
                person = payloads.person(8000 + number, name=scene.member)
                shots[scene.name] = await scene.act(server, person, scene.locale)
    return shots
