"""
Where a site is written: aside, into a folder that takes the place of the old one in one step.

A file in the folder says which files are ours. Nothing else is ever deleted: a folder that holds anything else stays as
it is, and its name is an error.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from corpus.errors import BusyError, StoreError, UsageError

MARKER = ".onrecord-site"
_HEAD = "Written by onrecord site, which replaces this folder when it is run again. Its files:"
# renameat2(2): two names change places, so that there is no moment without a site.
_EXCHANGE = 2
_WORKING_DIRECTORY = -100


class Draft:
    """A site that is being written."""

    def __init__(self, folder: Path, marker: TextIO) -> None:
        self._folder = folder
        self._marker = marker
        self.count = 0

    def write(self, path: str, content: str) -> None:
        """Write a file of the site as UTF-8; `path` has `/`."""
        # First: should this process end here, the next one must know whose file it is.
        self._marker.write(f"{path}\n")
        self._marker.flush()
        file = self._folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, "utf-8", errors="replace", newline="\n")
        self.count += 1


@contextmanager
def replacing(out: Path) -> Iterator[Draft]:
    """
    A draft that becomes the folder `out` when all is written; until then, and when anything fails, `out` stays.

    Args:
        out: Made where it is missing; else empty, or a site that was written before.

    Raises:
        UsageError: It is a file, or holds files that are not ours.
        BusyError: Another process is writing a site beside it.
        StoreError: The disk is full, or the folder around it cannot be written to.
    """
    out = out.resolve()
    try:
        _check(out)
        out.parent.mkdir(parents=True, exist_ok=True)
        with _alone_in(out.parent):
            aside, before = out.with_name(f".{out.name}.partial"), out.with_name(f".{out.name}.before")
            _tidy(out, aside, before)
            try:
                aside.mkdir()
                with (aside / MARKER).open("w", encoding="utf-8", newline="\n") as marker:
                    marker.write(f"{_HEAD}\n")
                    yield Draft(aside, marker)
                _check(out)
                _switch(aside, out, before)
            finally:
                _clear(aside)
                _clear(before)
    except OSError as error:
        raise StoreError(f"{out} cannot be written ({error.strerror}). Nothing was changed.") from None


def _check(out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out} is a file. Name a folder, empty or new.")
    if foreign := _foreign_in(out):
        raise UsageError(f"{out} holds {foreign}, which onrecord site did not write. Name a folder, empty or new.")


def _tidy(out: Path, aside: Path, before: Path) -> None:
    """What a run that was killed has left: a half-written site, or the old one between two renames."""
    if before.exists() and not out.exists():
        before.rename(out)
    _clear(aside)
    _clear(before)


def _switch(aside: Path, out: Path, before: Path) -> None:
    if not out.exists():
        aside.rename(out)
    elif not _exchange(aside, out):
        out.rename(before)
        aside.rename(out)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; `False` where the system has no such step."""
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    if rename is None:
        return False
    place = ctypes.c_int(_WORKING_DIRECTORY)
    return bool(rename(place, os.fsencode(one), place, os.fsencode(other), ctypes.c_uint(_EXCHANGE)) == 0)


def _clear(folder: Path) -> None:
    """Delete a site of ours, and its folder."""
    if not folder.exists():
        return
    if foreign := _foreign_in(folder):
        raise UsageError(f"{folder} holds {foreign}, which onrecord site did not write. Move it away.")
    # The marker last: what is left when this process ends here must be known as ours.
    for path in sorted(_files_in(folder), key=lambda path: path == MARKER):
        (folder / path).unlink()
    for root, _, _ in os.walk(folder, topdown=False):
        Path(root).rmdir()


def _foreign_in(folder: Path) -> str | None:
    """A file below a folder that is not ours."""
    ours = _ours_in(folder)
    return next((path for path in _files_in(folder) if path not in ours), None)


def _files_in(folder: Path) -> Iterator[str]:
    """Everything below a folder but folders, as paths with `/`; a link is a file and never followed."""
    for root, folders, files in os.walk(folder):
        links = [name for name in folders if Path(root, name).is_symlink()]
        for name in sorted((*files, *links)):
            yield Path(root, name).relative_to(folder).as_posix()


def _ours_in(folder: Path) -> frozenset[str]:
    """The files that a folder's marker lists, itself included; none without one."""
    marker = folder / MARKER
    if marker.is_symlink() or not marker.is_file():
        return frozenset()
    # One that is empty was begun by a process that ended there.
    head, *files = marker.read_text("utf-8", errors="replace").splitlines() or [_HEAD]
    return frozenset([MARKER, *files]) if head == _HEAD else frozenset()


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """The only process that writes a site into this folder; the lock ends with the process, however that ends."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            held = f"Another process is writing a site into {folder}."
            raise BusyError(f"{held} Nothing was changed; try again when it has finished.") from None
        yield
    finally:
        os.close(descriptor)
