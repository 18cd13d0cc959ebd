"""What is shipped and how it is run, as far as their texts tell: wheel, image, services."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
UNIT = ROOT / "deploy" / "onrecord.service"
# 10 is a service that may do anything, 0 one that may do nothing; what opens sockets cannot come below about 1.
MAX_EXPOSURE = 1.5

needs_systemd = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not here")


@pytest.mark.thorough
def test_wheel_holds_the_packages_whole(tmp_path: Path) -> None:
    """
    Every file of the three packages is in the wheel, code or not: sample, wording, lexicon, stop words, schema; and
    nothing else is.
    """
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    [wheel] = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}

    files = (path for name in ("bot", "retrieval", "corpus") for path in (ROOT / name).rglob("*"))
    ours = {path.relative_to(ROOT).as_posix() for path in files if path.is_file() and "__pycache__" not in path.parts}
    assert packed == ours
    assert {"bot/locales/es.toml", "corpus/store/schema.sql", "retrieval/lexicon/words.tsv"} <= packed


def test_image_takes_nothing_but_the_program() -> None:
    """
    Neither settings nor data, environments or history can come into the image: what is not named stays outside.
    """
    lines = [line for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if not line.startswith("#")]
    named = {line[1:] for line in lines if line.startswith("!")}
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", (ROOT / "Dockerfile").read_text("utf-8"), re.MULTILINE)

    assert lines[0] == "*"
    assert named == {name for line in copied for name in line.split()}
    assert {name for name in named if name.startswith(".")} == set()


def test_image_runs_as_nobody() -> None:
    """
    The program has no rights in its image, by a number that needs no name, from before it is started.
    """
    last = (ROOT / "Dockerfile").read_text("utf-8").split("\nFROM ")[-1]

    [user] = re.findall(r"^USER (\S+)$", last, re.MULTILINE)
    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", user)
    assert f"--chown={user} " in last
    assert last.index("USER ") < last.index("ENTRYPOINT ")
    assert "RUN " not in last


@pytest.mark.parametrize(
    "line",
    [
        "read_only: true",
        "cap_drop:\n      - ALL",
        "security_opt:\n      - no-new-privileges:true",
        "tmpfs:\n      - /tmp",
        "env_file: .env",
        "restart: unless-stopped",
        "- record:/var/lib/onrecord",
    ],
)
def test_container_may_do_little(line: str) -> None:
    """
    The service of `compose.yaml` writes in its volume alone and can gain no right.
    """
    assert line in (ROOT / "compose.yaml").read_text("utf-8")


def test_places_are_those_of_the_image() -> None:
    """
    Image, compose file and unit agree on where the record is and on the port of the health check.
    """
    image, compose = ((ROOT / name).read_text("utf-8") for name in ("Dockerfile", "compose.yaml"))

    assert "ONRECORD_DATA_DIR=/var/lib/onrecord" in image
    assert "VOLUME /var/lib/onrecord" in image
    assert "ONRECORD_DATA_DIR: /var/lib/onrecord" in compose
    assert re.findall(r'ONRECORD_HTTP_PORT: "(\d+)"', compose) == re.findall(r"ONRECORD_HTTP_PORT=(\d+)", image)
    assert "ONRECORD_DATA_DIR=/var/lib/onrecord" in UNIT.read_text("utf-8")


@needs_systemd
def test_unit_is_understood(tmp_path: Path) -> None:
    """
    systemd knows every line of the unit.
    """
    program = tmp_path / "onrecord" / "bin" / "onrecord"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    unit = tmp_path / "onrecord.service"
    unit.write_text(UNIT.read_text("utf-8").replace("/opt/onrecord", str(tmp_path / "onrecord")))

    done = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False)

    assert (done.returncode, [line for line in done.stderr.splitlines() if "onrecord" in line]) == (0, [])


@needs_systemd
def test_unit_is_hardened() -> None:
    """
    By the measure of systemd itself the service is open to little.
    """
    check = ["systemd-analyze", "security", "--offline=yes", "--no-pager", UNIT]
    done = subprocess.run(check, capture_output=True, text=True, check=False)

    [exposure] = re.findall(r"Overall exposure level for onrecord.service: ([\d.]+)", done.stdout)
    assert float(exposure) <= MAX_EXPOSURE
