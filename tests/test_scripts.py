"""The scripts a newcomer starts, and the lock they install from. No environment is made here: CI does that."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SCRIPTS = sorted(path.name for path in (ROOT / "script").iterdir())
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
# "name==1.2 ; marker \", then its hashes.
_PACKAGE = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[\w.!+]+)(?P<rest>(?:[^\n]*\\\n)*[^\n]*)$", re.MULTILINE
)


def canonical(name: str) -> str:
    """A package's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def packages() -> list[tuple[str, str]]:
    """Every package with its lines in the lock; one may be there twice, for two versions of Python."""
    return [(canonical(match["name"]), match.group()) for match in _PACKAGE.finditer(LOCK)]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The scripts in a folder with a space in its name, an environment whose Python only says how it was started."""
    folder = tmp_path / "a check out"
    shutil.copytree(ROOT / "script", folder / "script")
    for name in ("requirements.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    programs = folder / ".venv" / "bin"
    programs.mkdir(parents=True)
    (programs / "python").write_text('#!/bin/sh\nprintf "%s|" "$PWD" "$@"\necho\n', "utf-8")
    (programs / "python").chmod(0o755)
    (folder / ".venv" / ".made-for").write_text(f"{folder.resolve()}\n{LOCK}", "utf-8")
    shutil.copy(folder / "pyproject.toml", folder / ".venv" / ".installed")
    return folder


def run(
    checkout: Path, script: str, *arguments: str, cwd: Path | None = None, **more: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [checkout / "script" / script, *arguments],
        capture_output=True,
        text=True,
        cwd=cwd or checkout,
        env={"PATH": os.environ["PATH"], **more},
        check=False,
    )


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_are_plain_shell(name: str) -> None:
    """
    Every script can be started, is POSIX shell without mistakes, stops at the first failure and says what it is for.
    """
    path = ROOT / "script" / name
    lines = path.read_text("utf-8").splitlines()

    assert os.access(path, os.X_OK)
    assert lines[0] == "#!/bin/sh"
    assert lines[1].startswith("# ")
    assert "set -eu" in lines
    assert subprocess.run(["sh", "-n", path], check=False, capture_output=True).stderr == b""


@pytest.mark.parametrize("name", [name for name in SCRIPTS if name != "setup"])
def test_every_script_sets_up_first(name: str) -> None:
    """
    Whichever script is the first on a fresh machine, it makes what it needs.
    """
    lines = (ROOT / "script" / name).read_text("utf-8").splitlines()

    calls = [place for place, line in enumerate(lines) if re.fullmatch(r"script/setup|\"\$here/setup\"", line)]
    uses = [place for place, line in enumerate(lines) if ".venv/bin" in line]
    assert calls
    assert calls[0] < min(uses)


@pytest.mark.parametrize(
    ("script", "arguments", "started"),
    [
        ("ask", ["a b", "--json"], "-P|-m|bot|ask|a b|--json|"),
        ("bot", [], "-P|-m|bot|bot|"),
    ],
)
def test_commands_run_where_they_are_called(
    checkout: Path, tmp_path: Path, script: str, arguments: list[str], started: str
) -> None:
    """
    From any working directory and a path with spaces, the program starts in the caller's directory: its paths hold.
    """
    done = run(checkout, script, *arguments, cwd=tmp_path, CDPATH="/")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{tmp_path}|{started}\n"


def test_tests_run_in_the_checkout(checkout: Path, tmp_path: Path) -> None:
    """
    Tests and checks run in the checkout wherever they are called.
    """
    done = run(checkout, "test", "-k", "a b", cwd=tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{checkout}|-m|pytest|--numprocesses|{os.cpu_count()}|--dist|worksteal|-k|a b|\n"


def test_ready_environment_is_left_alone(checkout: Path) -> None:
    """
    Where nothing changed the set-up does nothing and says nothing.
    """
    assert run(checkout, "setup").stdout == run(checkout, "setup").stderr == ""


def test_changed_project_is_installed_again(checkout: Path) -> None:
    """
    After a change of pyproject.toml the project alone is installed again, once.
    """
    with (checkout / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write("# changed\n")

    first, second = run(checkout, "setup"), run(checkout, "setup")

    assert "--editable" in first.stderr
    assert "requirements.lock" not in first.stderr
    assert (second.stdout, second.stderr) == ("", "")


@pytest.mark.parametrize("change", ["lock", "place", "python"])
def test_failed_set_up_keeps_what_was_there(checkout: Path, tmp_path: Path, change: str) -> None:
    """
    A changed lock, a moved checkout or a lost Python ask for a new environment; where that fails, the old one stays.
    """
    if change == "lock":
        (checkout / "requirements.lock").write_text("other==1\n", "utf-8")
    elif change == "place":
        checkout = checkout.rename(tmp_path / "moved")
    else:
        (checkout / ".venv" / "bin" / "python").unlink()
    # It says that it is new enough, and then cannot make an environment.
    python = tmp_path / "python"
    python.write_text('#!/bin/sh\n[ "$1" = -c ] || { mkdir -p .venv/half; exit 3; }\n', "utf-8")
    python.chmod(0o755)
    before = sorted(str(path.relative_to(checkout)) for path in checkout.rglob("*"))

    done = run(checkout, "setup", PYTHON=str(python))

    assert done.returncode == 3
    assert done.stderr.startswith("Setting up .venv from requirements.lock")
    assert before == sorted(str(path.relative_to(checkout)) for path in checkout.rglob("*"))


def test_old_python_is_refused(checkout: Path) -> None:
    """
    A PYTHON that is too old or none at all is said in one line, and nothing is touched.
    """
    (checkout / ".venv" / ".made-for").unlink()

    done = run(checkout, "setup", PYTHON="/bin/false")

    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "Python 3.11 or newer" in done.stderr
    assert (checkout / ".venv" / "bin" / "python").exists()


def test_lock_is_whole() -> None:
    """
    The lock holds nothing but packages in exact versions, each with a hash.
    """
    lines = [line for line in LOCK.splitlines() if line.strip() and not line.lstrip().startswith("#")]

    assert lines == "\n".join(entry for _, entry in packages()).splitlines()
    assert [name for name, entry in packages() if not re.search(r"--hash=sha256:[0-9a-f]{64}\b", entry)] == []
    assert len(packages()) > 20


def test_lock_names_no_machine() -> None:
    """
    No address, no path and no option of an index stands in the lock: it works wherever packages come from.
    """
    assert not re.search(r"https?:|file:|git\+|@|(?<!\S)/|--(?!hash)|\\(?!\n)", LOCK)


def test_lock_has_every_dependency() -> None:
    """
    Whatever pyproject.toml asks for is locked, so that a set-up installs nothing else.
    """
    asked = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
    names = {canonical(re.split(r"[\s<>=!~;\[]", requirement, maxsplit=1)[0]) for requirement in asked}

    assert names - {name for name, _ in packages()} == set()
