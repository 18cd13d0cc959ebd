"""
Sources of files → what stands there now, and what cannot be read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from bot.curation.reports import Progress, ReportItem
from corpus.errors import UnreadableError
from corpus.models import Reading
from corpus.sources.files import FoundFile, Read, find_files, printable, read_file
from corpus.store import Sighting, Source

Tell = Callable[[Progress], None]


class Failure(NamedTuple):
    """
    What could not be read.

    Attributes:
        source: The source that it belongs to.
        item: As the report lists it.
        is_whole: Nothing at all of the source could be read.
    """

    source: Source
    item: ReportItem
    is_whole: bool


class Readings(NamedTuple):
    """
    What reading sources found; what any kind of source hands to `applying.apply`.

    Attributes:
        sightings: Statements, each place once.
        failures: What could not be read.
        listed: Sources of which all places are known now: what of theirs is not in `seen` stands there no more.
        seen: Locators of everything that stands somewhere, read or not.
    """

    sightings: list[Sighting]
    failures: list[Failure]
    listed: list[Source]
    seen: set[str]

    def read_sources(self) -> list[Source]:
        """The sources of which something was read."""
        failed = {failure.source for failure in self.failures if failure.is_whole}
        tried = {sighting.source for sighting in self.sightings} | set(self.listed)
        return sorted(tried - failed)


class _Unchanged(Exception):
    pass


class _Files(NamedTuple):
    source: Source
    named: str
    files: list[FoundFile]


def read_named(paths: Sequence[Path], read: Read) -> Readings:
    """What these files and folders hold, each a source of its own."""
    found = Readings([], [], [], set())
    listings = []
    for path in paths:
        listed = _list(path, found)
        if listed is not None:
            source = Source("files", printable(path.resolve() if path.is_dir() else listed[0].path))
            listings.append(_Files(source, printable(path), listed))
    _read(listings, {}, read, found, lambda _: None)
    return found


def read_sources(sources: Sequence[Source], validators: Mapping[str, str], read: Read, tell: Tell) -> Readings:
    """
    What stands at these sources now.

    Args:
        sources: Of kind `files`.
        validators: Locator → validator of what was read before; a file that still has it is not read again.
        read: Reads one file.
        tell: Is told of each file.
    """
    found = Readings([], [], [], set())
    listings = []
    for source in sources:
        path = Path(source.locator)
        if not path.exists() and path.parent.is_dir() and path.suffix:
            # A file that was taken out of its folder is missing; a folder that is gone may only be out of reach.
            found.listed.append(source)
            continue
        listed = _list(path, found, source)
        if listed is not None:
            listings.append(_Files(source, source.locator, listed))
    _read(listings, validators, read, found, tell)
    return found


def _list(path: Path, found: Readings, source: Source | None = None) -> list[FoundFile] | None:
    try:
        return find_files([path])
    except UnreadableError as error:
        named = source or Source("files", printable(path))
        item = ReportItem(source=named.locator, locator=named.locator, code=error.code, detail=str(error))
        found.failures.append(Failure(named, item, True))
        return None


def _read(listings: Sequence[_Files], validators: Mapping[str, str], read: Read, found: Readings, tell: Tell) -> None:
    total = sum(len(listing.files) for listing in listings)
    done = 0
    for source, named, files in listings:
        unread = 0
        for file in files:
            locator = printable(file.path)
            if locator not in found.seen:
                found.seen.add(locator)
                try:
                    found.sightings.append(_sighting(source, locator, file, validators.get(locator), read))
                except UnreadableError as error:
                    unread += 1
                    item = ReportItem(source=named, locator=file.file, code=error.code, detail=str(error))
                    found.failures.append(Failure(source, item, unread == len(files)))
            done += 1
            tell(Progress(event="reading", done=done, total=total, source=source.locator))
        found.listed.append(source)


def _sighting(source: Source, locator: str, file: FoundFile, known: str | None, read: Read) -> Sighting:
    validator = ""

    def read_changed(data: bytes, name: str) -> Reading:
        nonlocal validator
        validator = f"sha256:{hashlib.sha256(data).hexdigest()}"
        if validator == known:
            raise _Unchanged
        return read(data, name)

    try:
        reading = read_file(file, read_changed)
    except _Unchanged:
        return Sighting(source, locator, None, known)
    return Sighting(source, locator, reading, validator)
