"""`onrecord doctor`: every broken set-up has a line that says what to do, and a sound one has none that fails."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from terminal import Terminal, files_below

from bot.doctor import check_shipped
from corpus.store.lock import writer_lock

ROOT = Path(__file__).parents[2]
TOKEN = "invented.token-of-nobody"
GOOD = (
    f"DISCORD_TOKEN={TOKEN}\nONRECORD_SERVER_IDS=12\nONRECORD_MODERATOR_ROLE_IDS=34\nONRECORD_MODERATOR_CHANNEL_ID=5\n"
)
Break = Callable[[Terminal], object]


@pytest.fixture
def sound(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A set-up in which nothing is wrong: settings for its owner alone, three statements."""
    for name in [name for name in os.environ if name.startswith("ONRECORD_") or name == "DISCORD_TOKEN"]:
        monkeypatch.delenv(name)
    write(f"{GOOD}ONRECORD_DATA_DIR={terminal.folder / 'data'}\n")(terminal)
    assert terminal.run("corpus", "add", terminal.statements).status == 0
    return terminal


def write(text: str, mode: int = 0o600) -> Break:
    """A settings file with this text."""

    def write(terminal: Terminal) -> None:
        terminal.file(".env", text).chmod(mode)

    return write


def setting(line: str) -> Break:
    """One more line in the settings file."""

    def add(terminal: Terminal) -> None:
        file = terminal.folder / ".env"
        file.write_text(f"{file.read_text('utf-8')}{line}\n", "utf-8")

    return add


def execute(statement: str) -> Break:
    """Change the database by this."""

    def change(terminal: Terminal) -> None:
        with sqlite3.connect(terminal.folder / "data" / "corpus.sqlite3") as connection:
            connection.execute("PRAGMA foreign_keys = OFF")
            connection.execute(statement)
        connection.close()

    return change


def lose(name: str) -> Break:
    """Remove a file or a folder of the record."""

    def remove(terminal: Terminal) -> None:
        path = terminal.folder / "data" / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()

    return remove


def lose_source(terminal: Terminal) -> None:
    """The files go away, and are read again."""
    shutil.rmtree(terminal.statements)
    terminal.run("corpus", "refresh")


def record_files(terminal: Terminal) -> dict[str, bytes]:
    """Every file of the record; the log of a database comes and goes with whoever reads it."""
    files = files_below(terminal.folder / "data")
    return {name: data for name, data in files.items() if not name.endswith(("-shm", "-wal"))}


# What is broken, the check that sees it, its state, and what its line says.
BROKEN: list[tuple[Break, str, str, str]] = [
    (setting("ONRECORD_SHARDS=many"), "settings", "fail", "ONRECORD_SHARDS should be a whole number from 1 to 1000."),
    (setting("ONRECORD_LOG_LEVEL=loud"), "settings", "fail", "ONRECORD_LOG_LEVEL should be DEBUG, INFO, WARNING or"),
    (setting("ONRECORD_DATA_DIR=.env"), "settings", "fail", "ONRECORD_DATA_DIR should be a folder."),
    (setting("DISCORD_TOKEN="), "token", "warn", "DISCORD_TOKEN is not set: the terminal works, the bot does not."),
    (setting("DISCORD_TOKEN='two words'"), "token", "fail", "it holds characters that no token has. Copy it again"),
    (setting("ONRECORD_SERVER_IDS="), "moderators", "warn", "ONRECORD_SERVER_IDS is empty: the bot answers in every"),
    (setting("ONRECORD_MODERATOR_ROLE_IDS="), "moderators", "warn", "No role and no member may change the record"),
    (setting("ONRECORD_MODERATOR_CHANNEL_ID="), "moderators", "warn", "members cannot report a mistake. onrecord init"),
    (lambda terminal: (terminal.folder / ".env").chmod(0o640), "env_file", "warn", "this machine: chmod 600 .env"),
    (lambda terminal: terminal.file(".env", b"\xff\xfe\x00"), "env_file", "fail", "cannot be read: no UTF-8 text."),
    (setting("ONRECORD_DATA_DIR=.env/data"), "data_dir", "fail", "cannot be written to (Not a directory). Name"),
    (lose("corpus.sqlite3"), "record", "fail", "corpus.sqlite3 is missing beside its index. Restore it from a backup"),
    (lambda terminal: shutil.rmtree(terminal.folder / "data"), "record", "warn", "from the invented sample. onrecord"),
    (execute("PRAGMA user_version = 99"), "record", "fail", "written by a newer version of On Record (schema 99"),
    (execute("PRAGMA user_version = 2"), "record", "warn", "The record has schema 2; the next command brings it to"),
    (execute("PRAGMA user_version = 0"), "record", "fail", "holds no statements of On Record. Restore it"),
    (lose("index"), "index", "fail", "The index cannot be used: "),
    (execute("DELETE FROM revisions WHERE statement_id = 'undated-001'"), "index", "fail", "holds 3 statements, the"),
    (lose_source, "sources", "warn", "Sources that failed when last read: 1 of 1: "),
]  # fmt: skip


@pytest.mark.thorough
@pytest.mark.parametrize(("damage", "check", "state", "said"), BROKEN, ids=[said for *_, said in BROKEN])
def test_what_is_broken_is_said(sound: Terminal, damage: Break, check: str, state: str, said: str) -> None:
    """
    A broken set-up has a line with its state and what to do; the exit status tells whether something fails.
    """
    damage(sound)
    printed = sound.run("doctor", "--json")

    found = {row["check"]: row for row in printed.document["checks"]}
    assert found[check]["state"] == state
    assert said in found[check]["text"]
    assert printed.status == int(state == "fail") == int(not printed.document["ok"])
    assert TOKEN not in printed.out + printed.err


def test_sound_set_up_is_well(sound: Terminal) -> None:
    """
    Where nothing is wrong every line is ok, and the last one says so.
    """
    printed = sound.run("doctor")
    lines = printed.out.splitlines()

    assert (printed.status, printed.err, lines[-1]) == (0, "", "Nothing fails.")
    assert {line.split()[0] for line in lines[:-1]} == {"ok"}
    assert "Statements: 3, generation 1" in printed.out
    assert TOKEN not in printed.out


def test_doctor_changes_nothing(sound: Terminal) -> None:
    """
    Looking leaves every file as it was.
    """

    before = record_files(sound)
    sound.run("doctor")

    assert record_files(sound) == before


def test_writer_is_named(sound: Terminal) -> None:
    """
    Where somebody is writing, the line names the process and since when; that is no failure.
    """
    with writer_lock(sound.folder / "data"):
        printed = sound.run("doctor")

    assert f"warn   Process {os.getpid()} has been writing to the record since 20" in printed.out
    assert printed.status == 0


def test_little_room_is_said(sound: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A disk on which the next index may find no room is said before it is full.
    """
    usage = shutil.disk_usage(sound.folder)
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage._replace(free=5 * 2**20))

    assert "warn   Only 5 MB are free and the record takes " in sound.run("doctor").out


def test_lines_are_in_spanish(sound: Terminal) -> None:
    """
    With `--locale es` every line is Spanish; the settings' names stay.
    """
    setting("ONRECORD_SHARDS=many")(sound)
    printed = sound.run("doctor", "--locale", "es")

    assert "falla  ONRECORD_SHARDS debe ser: un número entero de 1 a 1000." in printed.out
    assert printed.out.splitlines()[-1] == "Falla 1 revisión; su línea dice qué hacer."
    assert printed.status == 1


def test_terminal_does_not_obey(sound: Terminal) -> None:
    """
    What somebody wrote into a setting is printed so that the terminal does not obey it.
    """
    setting("ONRECORD_DATA_DIR='nowhere\x1b[2J'")(sound)

    assert "\x1b" not in sound.run("doctor").out


@pytest.mark.parametrize("lost", ["bot/locales/es.toml", "retrieval/lexicon/words.tsv", "corpus/sample/statements"])
def test_half_a_package_is_noticed(tmp_path: Path, lost: str) -> None:
    """
    A package that lacks what is read beside the code, or has it empty, is said to be broken.
    """
    for package in ("bot", "retrieval", "corpus"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    assert check_shipped(tmp_path).state == "ok"

    path = tmp_path / lost
    shutil.rmtree(path) if path.is_dir() else path.write_bytes(b"")

    found = check_shipped(tmp_path)
    assert (found.state, found.values["names"]) == ("fail", lost)
