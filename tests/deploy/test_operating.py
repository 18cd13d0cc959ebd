"""
`docs/operating.md` tells the truth: its commands run, its files exist, its promises are those of the units.
`docs/operacion.md` tells the same.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from terminal import Terminal

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "operating.md").read_text("utf-8")
SPANISH_GUIDE = (ROOT / "docs" / "operacion.md").read_text("utf-8")


def lines_of(guide: str) -> list[list[str]]:
    """The words of each command line in a guide's blocks, joined where it goes on."""
    blocks = re.findall(r"^```(?:sh|text)\n(.*?)^```", guide, re.MULTILINE | re.DOTALL)
    return [shlex.split(line) for block in blocks for line in block.replace("\\\n", " ").splitlines()]


# What stands in cron's table is no command line.
LINES = [line for line in lines_of(GUIDE) if not line[0].isdecimal()]
# Programs of the machine; their commands cannot be run in a test.
MACHINE = {"docker", "install", "systemctl", "systemd-run", "python3"}


def is_run(line: list[str]) -> bool:
    return any(word == "onrecord" for word in line[:2]) and line[0] not in MACHINE


def test_both_guides_tell_the_same() -> None:
    """
    The guides have the same sections and the same command lines; each asks in its own language.
    """
    english, spanish = lines_of(GUIDE), lines_of(SPANISH_GUIDE)
    differences = [(one, other) for one, other in zip(english, spanish, strict=True) if one != other]

    assert [line[-2] for pair in differences for line in pair] == ["ask", "ask"]
    assert re.findall(r"^#+ ", GUIDE, re.MULTILINE) == re.findall(r"^#+ ", SPANISH_GUIDE, re.MULTILINE)


def test_every_command_is_one_of_those_known() -> None:
    """
    A command line is run by the tests here, or is one of the machine's own programs, or installs and starts the program
    as `test_installed.py` does.
    """
    rest = [line for line in LINES if not is_run(line) and line[0] not in MACHINE]

    assert {line[0] for line in rest} == {"/opt/onrecord/bin/pip", "/opt/onrecord/bin/onrecord"}
    assert [line[1:] for line in rest if line[0].endswith("onrecord")] == [["bot"]]


def test_installation_is_that_of_the_image() -> None:
    """
    What is installed by hand is what the Dockerfile installs, from the same lock; tests run the steps of the latter.
    """
    dockerfile = (ROOT / "Dockerfile").read_text("utf-8")
    steps = [shlex.split(line) for line in re.findall(r"^RUN pip (.+)$", dockerfile, re.MULTILINE)]
    image = [[word for word in step if word not in ("--quiet", "--python", "bin/python")] for step in steps]
    by_hand = [line[1:] for line in LINES if line[0] == "/opt/onrecord/bin/pip"]

    assert by_hand == [[word.replace("../../build/wheels", "wheels") for word in step] for step in image]


@pytest.mark.thorough
def test_commands_run_in_their_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """
    From the backup to the drill, each command of the program can be copied and run as it stands.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ONRECORD_DATA_DIR", str(tmp_path / "data"))
    terminal = Terminal(tmp_path, capsys)
    terminal.run("corpus", "add", terminal.statements)
    ran = []
    for line in filter(is_run, LINES):
        settings = dict(word.split("=", 1) for word in line if re.match(r"[A-Z_]+=", word))
        with monkeypatch.context() as patch:
            for name, value in settings.items():
                patch.setenv(name, value)
            ended = terminal.run(*line[line.index("onrecord") + 1 :])
        assert (ended.status, bool(ended.out)) == (0, True), ended.err
        ran.append(line[line.index("onrecord") + 1])

    assert ran == ["backup", "restore", "corpus", "restore", "corpus", "ask"]


def test_commands_of_the_table_exist(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """
    Every command that is named in passing has help.
    """
    monkeypatch.setenv("ONRECORD_DATA_DIR", str(tmp_path / "data"))
    terminal = Terminal(tmp_path, capsys)
    named = set(re.findall(r"`onrecord ((?:corpus |lexicon )?[a-z]+)", GUIDE))

    assert named >= {"backup", "restore", "corpus check", "corpus status"}
    for command in sorted(named):
        assert terminal.run(*command.split(), "--help").status == 0


@pytest.mark.parametrize(
    "name", sorted(set(re.findall(r"`((?:[\w-]+/)*[\w.-]+\.(?:service|yaml|md|example))`", GUIDE + SPANISH_GUIDE)))
)
def test_files_exist(name: str) -> None:
    """
    A file that the guide points to is there.
    """
    assert (ROOT / name).is_file() or (ROOT / f".{name}").is_file()


def test_container_runs_the_commands_of_its_image() -> None:
    """
    What is run by compose is the service of `compose.yaml`, with its volume; its command line is that of the program.
    """
    compose = (ROOT / "compose.yaml").read_text("utf-8")

    assert "\n  bot:\n" in compose
    for line in LINES:
        if line[:2] == ["docker", "compose"] and line[2] in ("exec", "run"):
            assert "bot" in line
