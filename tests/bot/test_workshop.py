"""
Long work on the record: one job at a time, in a process that ends with the bot, whichever way that ends.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from discord_server.running import a_setting

from bot.chat.workshop import Job, Workshop

JOB = Job(7100, dt.datetime(2025, 6, 1, tzinfo=dt.UTC))
BY_TIME = JOB._replace(by=None)
READING = '{"event":"reading","done":1,"total":3,"source":null}'
REPORT = '{"event":"report","generation":4,"applied":true,"same":3}'


def workshop(folder: Path, code: str) -> Workshop:
    """Runs this instead of the program."""
    (folder / "program.py").write_text(code)
    return Workshop(a_setting(data_dir=folder / "data"), (sys.executable, str(folder / "program.py")))


async def silent(step: dict[str, Any]) -> None:
    pass


@pytest.mark.thorough
async def test_progress_and_report(tmp_path: Path) -> None:
    """
    Each line of progress is told, and the last line is the report; warnings and other words are none.
    """
    told: list[dict[str, Any]] = []

    async def tell(step: dict[str, Any]) -> None:
        told.append(step)

    lines = f"print({READING!r})\nprint('a word')\nprint({REPORT!r})\nraise SystemExit(1)"
    outcome = await workshop(tmp_path, lines).run(["refresh"], tell)

    assert [step["done"] for step in told] == [1]
    assert outcome.report is not None
    assert (outcome.report.generation, outcome.report.same) == (4, 3)
    assert not outcome.cancelled
    assert not outcome.misused


@pytest.mark.parametrize(("status", "misused"), [(1, False), (2, True)])
async def test_failures(tmp_path: Path, caplog: pytest.LogCaptureFixture, status: int, misused: bool) -> None:
    """
    A process that ends without a report failed; the log says what it said last.
    """
    code = f"import sys\nprint('The disk is full.', file=sys.stderr)\nraise SystemExit({status})"
    outcome = await workshop(tmp_path, code).run(["refresh"], silent)

    assert outcome == (None, False, misused)
    assert f"corpus refresh ended with status {status}: The disk is full." in caplog.text


async def test_arguments_and_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    The process gets the arguments and the folder of the record, and no token.
    """
    monkeypatch.setenv("DISCORD_TOKEN", "secret.token")
    code = (
        "import json, os, sys\n"
        "seen = [*sys.argv[1:], os.environ['ONRECORD_DATA_DIR'], os.environ.get('DISCORD_TOKEN', 'none')]\n"
        "sys.exit(json.dumps(seen))"
    )
    shop = workshop(tmp_path, code)
    said: list[str] = []
    monkeypatch.setattr("bot.chat.workshop.log.error", lambda line, *values: said.append(line % values))

    await shop.run(["rollback", "4"], silent)

    assert f'["rollback", "4", "--background", "{tmp_path / "data"}", "none"]' in said[0]


def test_one_job_at_a_time(tmp_path: Path) -> None:
    """
    A second job is not begun before the first one is over.
    """
    shop = workshop(tmp_path, "")

    assert shop.take(JOB)
    assert not shop.take(JOB)
    shop.leave()
    assert shop.take(JOB)


@pytest.mark.thorough
async def test_closing_ends_the_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    With the bot the process ends, also one that does not listen to the signal.
    """
    monkeypatch.setattr("bot.chat.workshop._END_S", 0.2)
    code = f"import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nprint({READING!r}, flush=True)\n"
    shop, begun = workshop(tmp_path, code + "time.sleep(600)"), asyncio.Event()

    async def tell(step: dict[str, Any]) -> None:
        begun.set()

    assert shop.take(JOB)
    running = asyncio.create_task(shop.run(["refresh"], tell))
    await begun.wait()
    await shop.close()
    outcome = await running

    assert outcome.cancelled
    assert outcome.report is None


async def test_cancelled_before_it_began(tmp_path: Path) -> None:
    """
    What is cancelled before its process runs does nothing; without a job there is nothing to cancel.
    """
    shop = workshop(tmp_path, "import time\ntime.sleep(600)")

    assert not shop.cancel()
    assert shop.take(JOB)
    assert shop.cancel()
    assert (await shop.run(["refresh"], silent)).cancelled


def test_background_ends_with_its_parent() -> None:
    """
    A process in the background has a lower priority, and ends by itself when whoever started it is gone.
    """
    code = "import os, time\nfrom bot.answering.background import work_in_background\nbefore = os.nice(0)\n"
    code += "work_in_background()\nprint(os.nice(0) - before, flush=True)\ntime.sleep(600)"
    child = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert child.stdin is not None
    assert child.stdout is not None
    with child:
        nicer = int(child.stdout.readline())
        child.stdin.close()
        status = child.wait(20)

    assert nicer > 0
    assert status == 1


async def test_what_has_time_makes_way(tmp_path: Path) -> None:
    """
    What nobody asked for ends when somebody asks; of two who ask at once the first one begins.
    """
    shop = workshop(tmp_path, "import time\ntime.sleep(600)")
    assert shop.take(BY_TIME)
    running = asyncio.create_task(shop.run(["refresh"], silent))
    running.add_done_callback(lambda _: shop.leave())

    await asyncio.gather(shop.make_way(), shop.make_way())

    assert (await running).cancelled
    assert [shop.take(JOB), shop.take(JOB)] == [True, False]


async def test_moderators_do_not_make_way(tmp_path: Path) -> None:
    """
    What a moderator asked for is not ended for anybody.
    """
    shop = workshop(tmp_path, "")
    assert shop.take(JOB)

    await shop.make_way()

    assert shop.job == JOB
