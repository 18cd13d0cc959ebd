"""
The file of a backup: a ZIP archive of files that are stored and not compressed, and of a list of them.

    backup.json                              what it is of, and name, size and SHA-256 of every other file
    corpus.sqlite3                           the database
    index/STRUCTURE/GENERATION/SEGMENT/FILE  the index files of its live generation

The list of a ZIP archive stands at its end, so that one that was cut off is noticed at once; and what is not compressed
cannot be larger than the file it came in. Names are only ever compared, never followed.
"""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import os
import re
import struct
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

from pydantic import ValidationError

from corpus.errors import UsageError
from corpus.models import Frozen

FORMAT = 1
DATABASE = "corpus.sqlite3"
_LIST = "backup.json"
_LIST_BYTES = 1 << 20
_NAME = re.compile(r"corpus\.sqlite3|index/(passages|quotes|shingles)/[\w-]+/[\w-]+/\w+\.bin", re.ASCII)
_BLOCK = 1 << 20
# All that a damaged archive was seen to raise in Python's reader; NotImplementedError is a packing that zipfile lacks.
_DAMAGE = (zipfile.BadZipFile, EOFError, NotImplementedError, OverflowError, RuntimeError, ValueError, struct.error)


class Listed(Frozen):
    """One file of a backup."""

    name: str
    bytes: int
    sha256: str


class Facts(Frozen):
    """
    What a backup is of.

    Attributes:
        format: Of the archive.
        made: When it was begun.
        generation: The live one, 0 before the first.
        statements: How many readers see.
        withheld: How many more are hidden, or were erased.
        files: All there is in it.
    """

    format: int
    made: dt.datetime
    generation: int
    statements: int
    withheld: int
    files: tuple[Listed, ...]

    def counts(self) -> dict[str, int]:
        """What is told of it: generation and numbers of statements."""
        return {"generation": self.generation, "statements": self.statements, "withheld": self.withheld}


class Part(NamedTuple):
    """A file that is to be packed: its name in the archive, and the file, open at its beginning."""

    name: str
    file: BinaryIO


def pack(target: Path, facts: Facts, parts: Sequence[Part]) -> None:
    """
    Write an archive to a new file that nobody else may read, down to the disk; `facts.files` is filled in.

    Raises:
        OSError: There is no room for it.
    """
    descriptor = os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    with os.fdopen(descriptor, "w+b") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            listed = tuple(_pack(archive, part, facts.made) for part in parts)
            whole = facts.model_copy(update={"files": listed})
            archive.writestr(_header(_LIST, facts.made), whole.model_dump_json(indent=1))
        file.flush()
        os.fsync(file.fileno())


def unpack(file: Path, folder: Path) -> Facts:
    """
    Write the files of a backup into an empty folder, each one looked at for being what was packed.

    Raises:
        UsageError: It is no whole backup of a version that this one knows.
        OSError: There is no room for them.
    """
    with _refused(file), _opened(file) as data, zipfile.ZipFile(data) as archive:
        facts = _facts(archive, os.fstat(data.fileno()).st_size)
        for one in facts.files:
            _unpack(archive, one, folder / one.name)
        return facts


def _pack(archive: zipfile.ZipFile, part: Part, made: dt.datetime) -> Listed:
    header, digest = _header(part.name, made), hashlib.sha256()
    # Told beforehand, so that a file of many gigabytes has room for its size.
    header.file_size = os.fstat(part.file.fileno()).st_size
    with archive.open(header, "w") as member:
        for block in iter(lambda: part.file.read(_BLOCK), b""):
            digest.update(block)
            member.write(block)
    return Listed(name=part.name, bytes=header.file_size, sha256=digest.hexdigest())


def _header(name: str, made: dt.datetime) -> zipfile.ZipInfo:
    header = zipfile.ZipInfo(name, made.timetuple()[:6])
    header.external_attr = 0o100600 << 16
    return header


def _facts(archive: zipfile.ZipFile, size: int) -> Facts:
    """What the archive says of itself, where that is true of its list of files."""
    found = {one.filename: one for one in archive.infolist()}
    if _LIST not in found or found[_LIST].file_size > _LIST_BYTES:
        raise UsageError("it is no backup of On Record")
    if any(one.compress_type != zipfile.ZIP_STORED or one.flag_bits & 1 for one in found.values()):
        raise UsageError("something in it is compressed or encrypted, which no backup is")
    if sum(one.file_size for one in found.values()) > size:
        raise UsageError("it says that it is larger than it is")
    try:
        facts = Facts.model_validate_json(archive.read(_LIST))
    except ValidationError:
        raise UsageError("it is no backup of On Record, or a newer version made it") from None
    if facts.format != FORMAT:
        raise UsageError(f"a newer version of On Record made it (format {facts.format}); update On Record first")
    names = [one.name for one in facts.files]
    if strange := [name for name in names if not _NAME.fullmatch(name)]:
        raise UsageError(f'"{strange[0][:60]}" in it is no file of a backup')
    if DATABASE not in names or sorted([*names, _LIST]) != sorted(one.filename for one in archive.infolist()):
        raise UsageError("it holds other files than it says")
    return facts


def _unpack(archive: zipfile.ZipFile, listed: Listed, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, left = hashlib.sha256(), listed.bytes
    with archive.open(listed.name) as member, target.open("xb") as file:
        while block := member.read(min(_BLOCK, left + 1)):
            left -= len(block)
            digest.update(block)
            file.write(block)
            if left < 0:
                break
        file.flush()
        os.fsync(file.fileno())
    if left or digest.hexdigest() != listed.sha256:
        raise UsageError(f"{listed.name} in it is not what was packed")


def _opened(file: Path) -> BinaryIO:
    try:
        # Whoever opens a pipe waits for what comes out of it.
        if not file.is_file():
            raise UsageError("there is no such file")
        return file.open("rb")
    except OSError as error:
        raise UsageError(f"it cannot be read ({error.strerror})") from None


@contextmanager
def _refused(file: Path) -> Iterator[None]:
    """Whatever is wrong with an archive, as one line about it."""
    try:
        yield
    except UsageError as error:
        raise UsageError(f"{file} cannot be restored: {error}. Nothing was changed.") from None
    except (*_DAMAGE, OSError) as error:
        # A place before the beginning or behind the end, which only a damaged list names.
        if isinstance(error, OSError) and error.errno != errno.EINVAL:
            raise
        raise UsageError(f"{file} cannot be restored: it is damaged or cut off. Nothing was changed.") from None
