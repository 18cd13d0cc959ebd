"""
Many members at once: what they ask, and how long they wait.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np
from discord_server import payloads
from discord_server.server import DiscordServer
from discord_server.state import Interaction

from retrieval.evaluation.synthetic import passages, questions

CLIENTS = 40
_people = itertools.count(10_000)


def asked(seed: int, *, mixed: bool) -> Iterator[tuple[str, dict[str, Any]]]:
    """Commands with their options, without end: questions, or half of them and some of everything else."""
    drawn = itertools.islice(passages(4_000, seed), 0, 4_000, 10)
    texts = [question.text.rstrip("?") for question in questions(drawn, seed)]
    for number in itertools.count():
        text, few = texts[number % len(texts)], " ".join(texts[(number + 7) % len(texts)].split()[-3:])
        yield from (
            (("ask", {"question": f"{text}?"}), ("ask", {"question": few}))
            if not mixed
            else _mixture(number, text, few)
        )


def _mixture(number: int, text: str, few: str) -> tuple[tuple[str, dict[str, Any]], ...]:
    return (
        ("ask", {"question": f"{text}?"}),
        ("ask", {"question": few}),
        ("verify", {"text": text}),
        ("ask", {"question": f"What did they say about {few}?"}),
        ("quote", {"about": few}),
        ("statement", {"title": few}),
        ("ask", {"question": f"{few} since 2015"}),
        ("timeline", {"about": few}) if number % 4 == 0 else ("quote", {"about": few}),
        ("ask", {"question": text}),
        ("person", {"name_": few}),
    )


async def ask_all(server: DiscordServer, count: int, seed: int, *, mixed: bool = True) -> list[Interaction]:
    """So many interactions, never more than `CLIENTS` of them waiting, each of somebody else."""
    todo = itertools.islice(asked(seed, mixed=mixed), count)
    done: list[Interaction] = []

    async def member() -> None:
        for name, options in todo:
            used = await server.use_command(name, by=payloads.person(next(_people)), **options)
            done.append(await server.finished(used))

    await asyncio.gather(*(member() for _ in range(CLIENTS)))
    return done


def waits(done: list[Interaction]) -> tuple[float, float]:
    """99 of 100 were acknowledged, and answered, within so many seconds."""
    acknowledged = np.percentile([one.first_response_s or np.inf for one in done], 99)
    return float(acknowledged), float(np.percentile([one.finished_s or np.inf for one in done], 99))
