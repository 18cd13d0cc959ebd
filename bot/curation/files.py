"""
Sources of files → what stands there now, and what cannot be read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from bot.curation.reading import Failure, Readings, Tally
from bot.curation.reports import ReportItem
from corpus.errors import UnreadableError
from corpus.models import Reading
from corpus.sources.documents import read_documents
from corpus.sources.files import FoundFile, Read, find_files, load_file, printable
from corpus.store import PART_MARK, Sighting, Source, part_of


class _Files(NamedTuple):
    source: Source
    named: str
    files: list[FoundFile]


def read_paths(paths: Iterable[Path], read: Read, found: Readings, tally: Tally) -> None:
    """Add to `found` what these files and folders hold, each a source of its own."""
    listings = []
    for path in paths:
        listed = _list(path, found)
        if listed is not None:
            source = Source("files", printable(path.resolve() if path.is_dir() else listed[0].path))
            listings.append(_Files(source, printable(path), listed))
    _read(listings, {}, read, found, tally)


def read_files(
    sources: Iterable[Source], validators: Mapping[str, str], read: Read, found: Readings, tally: Tally
) -> None:
    """
    Add to `found` what stands at these sources now.

    Args:
        sources: Of kind `files`.
        validators: Locator → validator of what was read before; a file that still has it is not read again.
        read: Reads one file.
        found: What all sources give.
        tally: Counts each file.
    """
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
    _read(listings, validators, read, found, tally)


def _list(path: Path, found: Readings, source: Source | None = None) -> list[FoundFile] | None:
    try:
        return find_files([path])
    except UnreadableError as error:
        named = source or Source("files", printable(path))
        found.fail(named, named.locator, error.code, str(error), is_whole=True)
        return None


def _read(listings: Sequence[_Files], validators: Mapping[str, str], read: Read, found: Readings, tally: Tally) -> None:
    tally.expect(sum(len(listing.files) for listing in listings))
    taken: set[str] = set()
    for source, named, files in listings:
        unread = 0
        for file in files:
            locator = printable(file.path)
            if locator not in taken:
                taken.add(locator)
                sightings, failures = _sightings(source, file, validators.get(locator), read)
                unread += not sightings
                found.sightings.extend(sightings)
                found.seen.update(one.locator for one in sightings)
                for place, error in failures:
                    # What cannot be read stands there all the same: of a file whatever was read of it before.
                    found.seen.update({place} if place else {locator, f"{locator}{PART_MARK}"})
                    shown = file.file + place.removeprefix(locator)
                    item = ReportItem(source=named, locator=shown, code=error.code, detail=str(error))
                    found.failures.append(Failure(source, item, unread == len(files)))
            tally.step(source)
        found.listed.append(source)


def _sightings(
    source: Source, file: FoundFile, known: str | None, read: Read
) -> tuple[list[Sighting], list[tuple[str, UnreadableError]]]:
    """What stands in a file, and what of it could not be read: by its place, "" for the whole file."""
    locator = printable(file.path)
    try:
        data = load_file(file)
        validator = f"sha256:{hashlib.sha256(data).hexdigest()}"
        if validator == known:
            return [Sighting(source, locator, None, known)], []
        documents = read_documents(data, file.file, read)
    except UnreadableError as error:
        return [], [("", error)]
    # A file of several is read again each time: which of them are held back is not known here.
    sightings = [
        Sighting(source, part_of(locator, one.name), one.outcome, None if one.name else validator)
        for one in documents
        if isinstance(one.outcome, Reading)
    ]
    failures = [
        (part_of(locator, one.name), one.outcome) for one in documents if isinstance(one.outcome, UnreadableError)
    ]
    return sightings, failures
