"""
Folders of a generation: written aside, then renamed, never touched again.

Nothing refers to a folder until the caller stores the manifest that names it, so that a process killed at any moment
leaves the live generation as it was. One process writes at a time: the caller holds the lock.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Sequence
from itertools import chain, count
from pathlib import Path

# Each segment costs every question a look-up; more than this are joined.
MAX_SEGMENTS = 8
_PARTIAL = ".partial"


class GenerationFolder:
    """A generation's folder while it is written; its final name appears all at once."""

    def __init__(self, directory: Path, generation: str) -> None:
        if not re.fullmatch(r"[\w-]+", generation):
            raise ValueError(f"{generation!r} cannot name a generation.")
        self.directory = directory
        # A folder of this name may be a killed process's, or live: it is left alone.
        names = chain([generation], (f"{generation}-{number}" for number in count(2)))
        self.name = next(name for name in names if not (directory / name).exists())
        self._staging = directory / f"{self.name}{_PARTIAL}"

    def segment(self, name: str) -> Path:
        """A new folder for the files of one segment; call `sync` on it when they are written."""
        folder = self._staging / name
        folder.mkdir(parents=True)
        return folder

    def publish(self) -> None:
        """Give what was written its final name; nothing where nothing was written."""
        if self._staging.exists():
            sync(self._staging)
            self._staging.rename(self.directory / self.name)
            sync(self.directory)


def joined_from(sizes: Sequence[int]) -> int:
    """
    From which segment on all are joined into one.

    With few segments only the last, new one is written. With too many, the newest are joined as long as the next older
    one is at most twice as large as they are together, so that a large one is seldom written again.

    Args:
        sizes: Of each segment, the new one last; at least one.
    """
    start, joined = len(sizes) - 1, sizes[-1]
    if len(sizes) <= MAX_SEGMENTS:
        return start
    while start and (start >= MAX_SEGMENTS or sizes[start - 1] <= 2 * joined):
        start -= 1
        joined += sizes[start]
    return start


def unused(directory: Path, kept: Iterable[str]) -> list[Path]:
    """Folders of segments that are not among the `kept` names (`generation/segment`), half-written ones included."""
    names = frozenset(kept)
    found = (folder for generation in _folders(directory) for folder in _folders(generation))
    return [folder for folder in found if folder.relative_to(directory).as_posix() not in names]


def remove_unused(directory: Path, kept: Iterable[str]) -> None:
    """Delete what `unused` finds. A reader that has such a segment open keeps it until it closes."""
    for folder in unused(directory, kept):
        shutil.rmtree(folder)
    for generation in _folders(directory):
        if not any(generation.iterdir()):
            generation.rmdir()


def discard_partial(directory: Path) -> None:
    """Delete folders that a killed process left half written."""
    for folder in _folders(directory):
        if folder.name.endswith(_PARTIAL):
            shutil.rmtree(folder)


def sync(folder: Path) -> None:
    """Bring a folder's entries down to the disk."""
    if os.name != "posix":
        return  # Windows cannot open a folder, and needs no such step.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _folders(directory: Path) -> list[Path]:
    return sorted(path for path in directory.iterdir() if path.is_dir()) if directory.is_dir() else []
