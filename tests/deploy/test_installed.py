"""
Each way to install the bot that `docs/operating.md` tells of: it starts, connects to the Discord of the tests, answers.

The packages are downloaded once, by the Dockerfile's own step; the other ways install from what it downloaded.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from deploy.installed import bare, installed_bot
from discord_server.server import DiscordServer

ROOT = Path(__file__).parents[2]
UNIT = (ROOT / "deploy" / "onrecord.service").read_text("utf-8")
QUESTION = "who was executive director of CONIDO in 2012?"
WORDS = "Students walked into offices"

pytestmark = pytest.mark.skipif("not config.getoption('--installed')", reason="installs everything: --installed")


@pytest.fixture(scope="session")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the steps of the Dockerfile make."""
    folder = tmp_path_factory.mktemp("image")
    done = subprocess.run([ROOT / "script" / "image-steps", folder], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def wheel(image: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an empty environment into which the wheel was installed."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([image / "root/usr/local/bin/python", "-m", "venv", folder], check=True)
    wheels = image / "stages/build/build/wheels"
    install = [folder / "bin/pip", "install", "--quiet", "--no-index", "--find-links", wheels, "onrecord"]
    subprocess.run(install, check=True, capture_output=True, cwd=folder)
    return folder / "bin"


async def answered(folder: Path, command: list[str | Path], more: dict[str, str] | None = None) -> str:
    """What the bot that a command starts answers in Discord."""
    async with DiscordServer() as server, installed_bot(server, folder, command, more) as bot:
        answer = await server.answer_to("ask", question=QUESTION)
    assert (bot.process.returncode, server.violations) == (0, [])
    return answer.text


async def test_image_answers(image: Path, tmp_path: Path) -> None:
    """
    What the Dockerfile builds starts the bot without a word more, and it answers.
    """
    assert WORDS in await answered(tmp_path, [image / "start"])


def test_image_is_the_program_too(image: Path, tmp_path: Path) -> None:
    """
    Any other command of the program runs in the image as well: adding statements, backing them up.
    """
    done = subprocess.run(
        [image / "start", "ask", QUESTION], capture_output=True, text=True, check=False, env=bare(tmp_path)
    )

    assert (done.returncode, WORDS in done.stdout) == (0, True), done.stderr


async def test_unit_answers(image: Path, tmp_path: Path) -> None:
    """
    The command and the environment of the systemd unit start the bot, and it answers.
    """
    places = {"/opt/onrecord": str(image / "root/opt/onrecord"), "/var/lib/onrecord": str(tmp_path / "data")}
    [started] = re.findall(r"^ExecStart=(.+)$", UNIT, re.MULTILINE)
    settings = " ".join(re.findall(r"^Environment=(.+)$", UNIT, re.MULTILINE))
    for place, here in places.items():
        started, settings = started.replace(place, here), settings.replace(place, here)

    more = dict(pair.split("=", 1) for pair in shlex.split(settings))
    assert WORDS in await answered(tmp_path, list(shlex.split(started)), more)


def test_wheel_asks(wheel: Path, tmp_path: Path) -> None:
    """
    Installed as a wheel into an empty environment, by the pip that such an environment comes with, the program answers
    in the terminal.
    """
    asked = subprocess.run(
        [wheel / "onrecord", "ask", QUESTION], capture_output=True, text=True, check=False, env=bare(tmp_path)
    )

    assert (asked.returncode, WORDS in asked.stdout) == (0, True), asked.stderr


async def test_wheel_answers(wheel: Path, tmp_path: Path) -> None:
    """
    Installed as a wheel into an empty environment, the bot answers in Discord.
    """
    assert WORDS in await answered(tmp_path, [wheel / "onrecord", "bot"])


@contextmanager
def healthz(status: int) -> Iterator[int]:
    """Port of a server that gives this status at /healthz."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == "/healthz" else 404)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(("status", "healthy"), [(200, True), (503, False), (None, False)])
def test_health_check_tells(image: Path, tmp_path: Path, status: int | None, healthy: bool) -> None:
    """
    The image's health check ends with status 0 when the bot says that it is well, and only then.
    """

    def check(port: int) -> int:
        env = bare(tmp_path, {"ONRECORD_HTTP_PORT": str(port)})
        return subprocess.run([image / "health"], env=env, check=False, capture_output=True).returncode

    if status is None:
        with healthz(200) as port:
            pass
        ended = check(port)
    else:
        with healthz(status) as port:
            ended = check(port)

    assert (ended == 0) == healthy


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("RUN cat /etc/hostname", "names a place of the image"),
        ("ADD README.md .", "ADD is not understood here"),
        ("COPY missing .", "missing"),
        ("RUN false", ""),
    ],
)
def test_steps_that_cannot_be_run_are_no_success(tmp_path: Path, line: str, said: str) -> None:
    """
    A step that fails, or that the script does not understand, ends it with a failure: it never passes over one.
    """
    checkout = tmp_path / "checkout"
    for name in ("script", "corpus", "retrieval", "bot", ".dockerignore", "pyproject.toml", "README.md", "LICENSE"):
        (checkout / name).parent.mkdir(parents=True, exist_ok=True)
        (checkout / name).symlink_to(ROOT / name)
    # The set-up is done.
    for name in ("requirements.lock", ".venv"):
        (checkout / name).symlink_to(ROOT / name)
    (checkout / "Dockerfile").write_text(f"FROM python:3.13-slim\nWORKDIR /srv\n{line}\n")
    (checkout / "script").unlink()
    (checkout / "script").mkdir()
    (checkout / "script" / "setup").write_text("#!/bin/sh\n")
    (checkout / "script" / "setup").chmod(0o755)
    (checkout / "script" / "image-steps").write_bytes((ROOT / "script" / "image-steps").read_bytes())
    # A Python that only makes the folder of an environment: none of these steps needs one.
    (tmp_path / "python3.13").write_text('#!/bin/sh\n[ "$1" = -c ] || mkdir -p "$3/bin"\n')
    (tmp_path / "python3.13").chmod(0o755)

    done = subprocess.run(
        ["sh", checkout / "script" / "image-steps", tmp_path / "made"],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}"},
    )

    assert done.returncode != 0
    assert said in done.stderr
    assert not (tmp_path / "made" / "start").exists()
