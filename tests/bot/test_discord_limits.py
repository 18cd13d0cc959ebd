"""
Nothing that statements hold or people type makes the bot send what Discord refuses, or ping anybody.

`running_bot` ends with a check of every request against Discord's description and documented limits.
"""

from __future__ import annotations

import pytest
from discord_server import payloads
from discord_server.components import shown_text, walk
from discord_server.running import a_setting, running_bot
from discord_server.state import Interaction
from factories import quote, statement

from bot.service import Service
from corpus.models import Statement

NASTY = "**Stop** _the_ ~~raids~~ `now` ||all|| <@7001> <@&5> <#7> @everyone @here [link](https://a.example) # :x: 🦋 "
LONG_NAME = "Marta " + "Quiroga y Arrieta de la Ribera " * 9
SPEECH = (NASTY * 30).strip()
CUSTOM = {"moderator_channel_id": int(payloads.MODERATORS), "referral_en": NASTY * 2, "referral_es": NASTY * 2}


def _monsters() -> list[Statement]:
    """The longest and ugliest statements that there can be, five of them on one thing."""
    made = []
    for number in range(5):
        text = (
            f"Raids, {number}.\n\n“{SPEECH}” said {LONG_NAME}.\n\n{'raids ' * 4000}\n\n{NASTY * 200}\n\n" + "x" * 50_000
        )
        made.append(
            statement(
                text,
                id=f"2014-{10_000 + number}",
                date=None if number == 4 else f"201{number}",
                title=NASTY * 20,
                organizations=(NASTY * 3, None, LONG_NAME, "Casa Laurel", "Puente Claro"),
                quotes=(quote(SPEECH, text, speaker=LONG_NAME),),
                url="https://a.example/" + "y" * 480,
            )
        )
    return made


@pytest.fixture(scope="module")
def service() -> Service:
    """The real service on them."""
    return Service.of(_monsters())


async def _all_buttons(server: object, shown: Interaction) -> list[Interaction]:
    """Press every button of a message, one after the other."""
    held = [part["custom_id"] for part in walk((shown.message or {})["components"]) if "custom_id" in part]
    return [await server.finished(await server.press(shown, custom_id=one)) for one in held[:6]]  # type: ignore[attr-defined]


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("ask", {"question": (NASTY * 3)[:300]}),
        ("ask", {"question": "raids " * 50, "speaker": LONG_NAME[:100], "organization": (NASTY * 3)[:100]}),
        ("quote", {"about": "raids", "speaker": "Marta"}),
        ("quote", {}),
        ("verify", {"text": (NASTY * 30)[:2000]}),
        ("verify", {"text": ("stop the raids now all " * 100)[:2000], "speaker": (NASTY * 3)[:100]}),
        ("timeline", {"about": "raids"}),
        ("statement", {}),
        ("statement", {"title": "2014-10001"}),
        ("person", {"name_": "Marta"}),
        ("help", {}),
    ],
)
async def test_longest_words_fit(service: Service, name: str, options: dict[str, str]) -> None:
    """
    Every command, and what its buttons open, fits Discord with the longest titles, names and passages full of marks.
    """
    async with running_bot(service, settings=a_setting(**CUSTOM)) as server:
        # Spanish words are the longer ones.
        shown = await server.answer_to(name, locale="es-419", **options)
        assert shown.text
        opened = await _all_buttons(server, shown)

    assert all(one.text or one.modal for one in opened)


async def test_longest_messages_fit(service: Service) -> None:
    """
    The same for mentions, direct messages and the menus on a message.
    """
    async with running_bot(service, settings=a_setting(**CUSTOM)) as server:
        long = (f"<@{payloads.BOT}> " + NASTY * 40)[:2000]
        message = await server.post(long, author=payloads.person(31))
        reply = await server.reply_to(message)
        direct = await server.reply_to(await server.post(long, channel=payloads.DIRECT))
        used = [
            await server.finished(await server.use_menu(menu, message, by=payloads.person(40 + number)))
            for number, menu in enumerate(("Verify this quote", "Find in the statements"))
        ]

    assert shown_text(reply)
    assert shown_text(direct)
    assert all(one.text and one.ephemeral for one in used)
