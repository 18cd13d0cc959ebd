"""
Many members at once, while the record is being refreshed: nobody is lost, nobody is late.

The bot is a process of its own, as an operator runs it, and so is the refresh; Discord is the one on loopback.
`script/load` runs this on 100,000 passages and prints the figures.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import shutil
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import numpy as np
import pytest
from discord_server import payloads
from discord_server.running import bot_process
from discord_server.server import DiscordServer
from discord_server.state import Interaction
from load.conftest import PASSAGES

from retrieval.evaluation.synthetic import passages, questions

CLIENTS, INTERACTIONS = 40, 200
# What Discord and members can bear, in seconds.
ACKNOWLEDGED_P99_S, FINISHED_P99_S = 0.25, 1.0
_READY_S = 300


def asked(seed: int) -> Iterator[tuple[str, dict[str, str]]]:
    """Commands with their options, without end."""
    made = [question.text for question in questions(itertools.islice(passages(2_000, seed), 0, 2_000, 10), seed)]
    for number in itertools.count():
        text = made[number % len(made)]
        yield from (
            ("ask", {"question": text}),
            ("ask", {"question": " ".join(text.split()[-3:])}),
        )


_people = itertools.count(10_000)


async def ask_all(server: DiscordServer, count: int, seed: int) -> list[Interaction]:
    """So many interactions, never more than `CLIENTS` of them waiting, each of somebody else."""
    todo = itertools.islice(asked(seed), count)
    done: list[Interaction] = []

    async def member() -> None:
        for name, options in todo:
            used = await server.use_command(name, by=payloads.person(next(_people)), **options)
            done.append(await server.finished(used))

    await asyncio.gather(*(member() for _ in range(CLIENTS)))
    return done


def statements_in(folder: Path, count: int) -> None:
    """Files that a refresh finds."""
    folder.mkdir()
    for number, one in enumerate(itertools.islice(passages(4 * count, 9), 0, 4 * count, 4)):
        (folder / f"{number}.txt").write_text(
            f"The network writes\n\nOAKVILLE, March {1 + number % 28}, 2026 – {one.text}\n"
        )


async def refresh(folder: Path, data_dir: Path) -> None:
    """Add a folder to the record, in a process of its own."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "corpus",
        "add",
        str(folder),
        env={**os.environ, "ONRECORD_DATA_DIR": str(data_dir)},
        stdout=asyncio.subprocess.DEVNULL,
    )
    assert await process.wait() == 0


@pytest.fixture
async def server(large_data_dir: Path, tmp_path: Path) -> AsyncIterator[DiscordServer]:
    """Discord with the bot on the large record."""
    shutil.copytree(large_data_dir, tmp_path / "data")
    async with DiscordServer() as server, bot_process(server, tmp_path):
        await server.until(lambda: server.identified, _READY_S)
        yield server
    assert server.violations == []


async def test_nobody_waits_while_the_record_is_refreshed(server: DiscordServer, tmp_path: Path) -> None:
    """
    200 interactions of 40 members at a time, while statements are added: each acknowledged and answered in time.
    """
    statements_in(tmp_path / "new", 20)
    await ask_all(server, 2 * CLIENTS, seed=2)
    adding = asyncio.create_task(refresh(tmp_path / "new", tmp_path / "data"))
    rounds = []
    while not adding.done() or len(rounds) < 2:
        rounds.append(await ask_all(server, INTERACTIONS, seed=3 + len(rounds)))
    await adding
    # The next generation is being opened.
    rounds.append(await ask_all(server, INTERACTIONS, seed=99))

    for number, done in enumerate(rounds):
        acknowledged = np.percentile([one.first_response_s for one in done], 99)
        finished = np.percentile([one.finished_s for one in done], 99)
        later = sum(one.deferred for one in done)
        print(f"{PASSAGES} passages, round {number}: p99 in seconds: acknowledged {acknowledged:.3f},", end=" ")
        print(f"finished {finished:.3f}; {later} of {len(done)} said first that an answer was coming")
        assert len(done) == INTERACTIONS
        assert all(one.text.startswith(("You asked: “", "Usted preguntó: «")) for one in done)
