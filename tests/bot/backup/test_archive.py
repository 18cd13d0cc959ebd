"""Files that are no backups, or were made to do harm: refused in one line, and nothing is written outside."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import os
import stat
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from curating import DECISION, Desk
from hypothesis import given
from hypothesis import strategies as st
from terminal import files_below

from bot.backup import back_up, restore
from bot.backup.archive import unpack
from corpus.errors import UsageError

NOW = dt.datetime(2024, 5, 2, 3, 30, tzinfo=dt.UTC)
Members = list[tuple[zipfile.ZipInfo, bytes]]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of two statements."""
    folder = tmp_path_factory.mktemp("whole")
    desk = Desk(folder)
    desk.add(a="2014\n\nThe ferry carries lanterns.", b="We stay.")
    back_up(desk.data_dir, folder / "record.zip", when=NOW)
    return folder / "record.zip"


def members(data: bytes) -> Members:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(one, archive.read(one)) for one in archive.infolist()]


def listed(changes: Callable[[list[dict[str, Any]]], object]) -> Callable[[Members], Members]:
    """Change the list of files in backup.json."""

    def change(found: Members) -> Members:
        header, data = found[-1]
        facts = json.loads(data)
        changes(facts["files"])
        return [*found[:-1], (header, json.dumps(facts).encode())]

    return change


def facts(**more: object) -> Callable[[Members], Members]:
    """Change what backup.json says."""
    return lambda found: [*found[:-1], (found[-1][0], json.dumps(json.loads(found[-1][1]) | more).encode())]


def added(name: str, data: bytes = b"#!/bin/sh\n", *, told: bool = True) -> Callable[[Members], Members]:
    """A further file, of which backup.json tells or not."""

    def change(found: Members) -> Members:
        if told:
            one = {"name": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            found = listed(lambda files: files.append(one))(found)
        return [(zipfile.ZipInfo(name), data), *found]

    return change


def linked(found: Members) -> Members:
    """The database as a link to a file of the machine."""
    header = zipfile.ZipInfo("corpus.sqlite3")
    header.external_attr = (stat.S_IFLNK | 0o777) << 16
    data = b"/etc/hostname"
    one = {"name": header.filename, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    return [(header, data), *listed(lambda files: files.__setitem__(0, one))(found)[1:]]


def packed_small(found: Members) -> Members:
    """The database compressed."""
    header = zipfile.ZipInfo("corpus.sqlite3")
    header.compress_type = zipfile.ZIP_DEFLATED
    return [(header, found[0][1]), *found[1:]]


def bomb(found: Members) -> Members:
    """A database of many megabytes in some kilobytes."""
    header = zipfile.ZipInfo("corpus.sqlite3")
    header.compress_type = zipfile.ZIP_DEFLATED
    return [(header, bytes(1 << 26)), *found[1:]]


def rewritten(change: Callable[[Members], Members]) -> Callable[[bytes], bytes]:
    def write(data: bytes) -> bytes:
        file = io.BytesIO()
        with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(file, "w") as archive:
            for header, content in change(members(data)):
                archive.writestr(header, content)
        return file.getvalue()

    return write


def overlapping(data: bytes) -> bytes:
    """The first file said to be all of the archive, and more."""
    place = data.index(b"PK\x01\x02")
    size = (len(data) * 3).to_bytes(4, "little")
    return data[: place + 20] + size + size + data[place + 28 :]


FOREIGN = {
    "an empty file": (lambda _: b"", "damaged or cut off"),
    "words": (lambda _: b"These are just words.\n" * 50, "damaged or cut off"),
    "an empty archive": (rewritten(lambda _: []), "no backup of On Record"),
    "another archive": (rewritten(lambda _: [(zipfile.ZipInfo("photo.jpg"), b"x")]), "no backup of On Record"),
    "cut off": (lambda data: data[:-100], "damaged or cut off"),
    "half of it": (lambda data: data[: len(data) // 2], "damaged or cut off"),
    "other bytes": (
        lambda data: data.replace(b"The ferry carries", b"The ferry marries"),
        "damaged or cut off|not what was packed",
    ),
    "path upwards": (rewritten(added("../stranger.bin")), "is no file of a backup"),
    "path from the root": (rewritten(added("/tmp/stranger.bin")), "is no file of a backup"),
    "path in disguise": (rewritten(added("index/passages/../../../s/t.bin")), "is no file of a backup"),
    "Windows path": (rewritten(added("index\\passages\\..\\x.bin")), "is no file of a backup|other files than it says"),
    "settings": (rewritten(added(".env")), "is no file of a backup"),
    "a file that nobody told of": (rewritten(added("index/passages/1/en-9/segment.bin", told=False)), "other files"),
    "a second database": (rewritten(added("corpus.sqlite3", told=False)), "other files"),
    "a file too few": (rewritten(lambda found: found[1:]), "other files"),
    "no database at all": (
        rewritten(lambda found: listed(lambda files: files.pop(0))(found)[1:]),
        "other files",
    ),
    "a link": (rewritten(linked), "cannot be read|no statements"),
    "a bomb": (rewritten(bomb), "compressed or encrypted"),
    "compressed": (rewritten(packed_small), "compressed or encrypted"),
    "larger than itself": (overlapping, "larger than it is"),
    "another size than told": (
        rewritten(listed(lambda files: files[0].update(bytes=files[0]["bytes"] - 1))),
        "not what was packed",
    ),
    "another hash than told": (
        rewritten(listed(lambda files: files[0].update(sha256="0" * 64))),
        "not what was packed",
    ),
    "a newer format": (rewritten(facts(format=2)), "newer version of On Record made it .format 2.; update"),
    "fewer statements than told": (rewritten(facts(statements=3)), "2 statements of 3 can be read"),
    "no facts": (rewritten(facts(files=None)), "no backup of On Record"),
    "an index of another corpus": (
        rewritten(
            lambda found: listed(lambda files: files[1].update(bytes=7, sha256=hashlib.sha256(b"strange").hexdigest()))(
                [found[0], (found[1][0], b"strange"), *found[2:]]
            )
        ),
        "unreadable in the index",
    ),
}


@pytest.mark.thorough
@pytest.mark.parametrize("kind", FOREIGN)
def test_foreign_and_hostile_files_are_refused(whole: Path, tmp_path: Path, kind: str) -> None:
    """
    Whatever is not a whole backup is refused in one line that names it; in the data directory and around it nothing is
    written.
    """
    change, expected = FOREIGN[kind]
    file = tmp_path / "given.zip"
    file.write_bytes(change(whole.read_bytes()))
    (tmp_path / "data").mkdir()

    with pytest.raises(UsageError, match=expected) as caught:
        restore(tmp_path / "data", file, DECISION)

    said = str(caught.value)
    assert "\n" not in said
    assert said.startswith(f"{file} cannot be restored: ")
    assert said.endswith("Nothing was changed.")
    assert str(tmp_path / "data") not in said
    assert set(files_below(tmp_path)) == {"given.zip", "data/write.lock"}


def test_pipe_is_no_backup(tmp_path: Path) -> None:
    """
    Nobody waits for what may come out of a pipe.
    """
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(UsageError, match="no such file"):
        restore(tmp_path / "data", tmp_path / "pipe", DECISION)


@pytest.mark.thorough
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7), length=st.integers(0, 3))
def test_no_changed_byte_gets_through(
    whole: Path, tmp_path_factory: pytest.TempPathFactory, place: float, bit: int, length: int
) -> None:
    """
    Of an archive in which some bytes were changed, lost or added, either the very files come out or one line says why
    not.
    """
    data = whole.read_bytes()
    at = int(place * len(data))
    folder = tmp_path_factory.mktemp("changed")
    (folder / "given.zip").write_bytes(data[:at] + bytes([data[at] ^ 1 << bit]) * length + data[at + 1 :])
    said = ""
    try:
        unpack(folder / "given.zip", folder / "given")
    except UsageError as error:
        said = str(error)
    unpack(whole, folder / "whole")

    assert said or files_below(folder / "given") == files_below(folder / "whole")
    assert "\n" not in said
