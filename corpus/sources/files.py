"""
Files and folders → the files that are statements, and what reading each one found.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from corpus.errors import UnreadableError
from corpus.models import Reading
from corpus.reader import read_statement
from corpus.sources.documents import FEEDS, Document, is_feed, read_documents
from corpus.sources.documents import Read as Read
from corpus.sources.formats import SUFFIXES
from corpus.sources.timing import MAX_SECONDS, OutOfTime, at_most

# CONTRACT, limits: 64 MiB a body.
MAX_BYTES = 64 * 2**20
READABLE = (*SUFFIXES, *FEEDS)
_HEAD = 4096


class FoundFile(NamedTuple):
    """A file to read: its absolute path, and its path below the folder that was named, with `/`."""

    path: Path
    file: str


class FileReading(NamedTuple):
    """The statements of a file, each read or not, and the fingerprint of the bytes that were read."""

    documents: tuple[Document, ...]
    fingerprint: str


Outcome = FileReading | UnreadableError


def find_files(paths: Iterable[Path]) -> list[FoundFile]:
    """
    The statements among these files and folders: for each path in the order named, sorted by `file`.

    In folders, hidden files, links to folders (they may lead in circles) and a README (it is about the folder) are
    left out, and so is everything with another suffix. A file reached twice is found once.

    Raises:
        UnreadableError: A path that does not exist, a folder without statements, a named file of another format.
    """
    found: dict[Path, FoundFile] = {}
    for path in paths:
        for file in _find(path):
            found.setdefault(file.path, file)
    return list(found.values())


class Several(NamedTuple):
    """A file that holds several statements, each read or not."""

    file: str
    outcomes: tuple[Reading | UnreadableError, ...]


def read_file(found: FoundFile, read: Read = read_statement) -> Reading:
    """
    What reading one file finds that is one statement.

    Raises:
        UnreadableError: The file is gone, closed to us, too large, empty, binary.
    """
    return read(load_file(found), found.file)


def load_file(found: FoundFile) -> bytes:
    """
    The bytes of one file.

    Raises:
        UnreadableError: The file is gone, closed to us, too large.
    """
    try:
        if found.path.stat().st_size > MAX_BYTES:
            message = f"{found.file} is larger than {MAX_BYTES // 2**20} MiB. Split it, or take out what is no text."
            raise UnreadableError(found.file, "too_large", message)
        return found.path.read_bytes()
    except OSError as error:
        raise UnreadableError(found.file, "not_readable", f"{found.file} cannot be read: {error.strerror}.") from None


def fingerprint(data: bytes) -> str:
    """What tells whether a file still holds these bytes."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def is_as_before(found: FoundFile, known: str | None) -> bool:
    """Whether a file still has this fingerprint."""
    try:
        return known is not None and fingerprint(load_file(found)) == known
    except UnreadableError:
        return False


def read_in_turn(
    files: Iterable[FoundFile], read: Read = read_statement, *, seconds: float = MAX_SECONDS
) -> Generator[Outcome, None, None]:
    """
    What reading each file found, in order, in this process.

    A file that takes longer than so many seconds of processor time is `too_slow`; one that the reader fails on in a way
    that nobody foresaw is `reader_failed`. Neither stops the others.
    """
    for found in files:
        try:
            with at_most(seconds):
                data = load_file(found)
                outcome: Outcome = FileReading(tuple(read_documents(data, found.file, read)), fingerprint(data))
        except UnreadableError as error:
            outcome = error
        except OutOfTime:
            outcome = too_slow(found, seconds)
        except Exception as error:  # it is a file of somebody else's making
            message = f"{found.file}: reading it failed ({type(error).__name__}). Save its text as a .txt file."
            outcome = UnreadableError(found.file, "reader_failed", message)
        yield outcome


def too_slow(found: FoundFile, seconds: float) -> UnreadableError:
    """That a file takes too long to read."""
    message = (
        f"{found.file}: reading it takes more than {seconds:g} seconds. Split it, or save its text as a .txt file."
    )
    return UnreadableError(found.file, "too_slow", message)


def read_paths(paths: Iterable[Path], read: Read = read_statement) -> Iterator[Reading | Several | UnreadableError]:
    """What reading each file found, in order; an error where a path or a file cannot be read."""
    for path in paths:
        try:
            found = find_files([path])
        except UnreadableError as error:
            yield error
            continue
        for file in found:
            try:
                documents = read_documents(load_file(file), file.file, read)
            except UnreadableError as error:
                yield error
                continue
            outcomes = tuple(document.outcome for document in documents)
            yield outcomes[0] if not documents[0].name else Several(file.file, outcomes)


def printable(path: Path | str) -> str:
    """A path as text; bytes that are no UTF-8 are spelled out (`\\xe9`), so that no two paths look the same."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _find(path: Path) -> list[FoundFile]:
    named = printable(path)
    try:
        if path.is_dir():
            return _walk(path)
        if not path.exists():
            raise UnreadableError(named, "not_found", f'"{named}" does not exist. Name a file or a folder.')
        if not path.is_file() or path.suffix.lower() not in READABLE:
            message = f'"{named}" is of no format that can be read. Readable: {", ".join(READABLE)}.'
            raise UnreadableError(named, "bad_format", message)
        # The folder's links are followed, the file's own is not: a linked file is known by the name it has here.
        return [FoundFile(path.parent.resolve() / path.name, printable(path.name))]
    except OSError as error:
        raise UnreadableError(named, "not_readable", f'"{named}" cannot be read: {error.strerror}.') from None


def _raise(error: OSError) -> None:
    raise error


def _walk(folder: Path) -> list[FoundFile]:
    root = folder.resolve()
    found = []
    for directory, subfolders, names in os.walk(root, onerror=_raise):
        subfolders[:] = [name for name in subfolders if not name.startswith(".")]
        for name in names:
            path = Path(directory, name)
            if _is_statement(path):
                found.append(FoundFile(path, printable(path.relative_to(root).as_posix())))
    if not found:
        named = printable(folder)
        message = f'"{named}" holds no statements. Readable: {", ".join(READABLE)}.'
        raise UnreadableError(named, "empty", message)
    return sorted(found, key=lambda item: item.file)


def _is_statement(path: Path) -> bool:
    if path.name.startswith(".") or path.stem.lower() == "readme":
        return False
    suffix = path.suffix.lower()
    return path.is_file() and (suffix in SUFFIXES or (suffix in FEEDS and _begins_as_feed(path)))


def _begins_as_feed(path: Path) -> bool:
    """Whether a file of a folder is a feed and no other XML; one that cannot be opened is said so when it is read."""
    try:
        with path.open("rb") as file:
            return is_feed(file.read(_HEAD))
    except OSError:
        return True
