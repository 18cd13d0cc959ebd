"""
Sources of files → what stands there now, and what cannot be read.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from bot.curation.reading import Failure, Readings, Tally
from bot.curation.reports import ReportItem
from corpus.errors import UnreadableError
from corpus.models import Reading
from corpus.sources.files import FileReading, FoundFile, Outcome, find_files, is_as_before, printable
from corpus.store import PART_MARK, Sighting, Source, part_of

# What reading each of these files found, in order.
ReadMany = Callable[[Sequence[FoundFile]], Generator[Outcome, None, None]]


class _Files(NamedTuple):
    source: Source
    named: str
    files: list[FoundFile]


def read_paths(paths: Iterable[Path], read: ReadMany, found: Readings, tally: Tally) -> None:
    """Add to `found` what these files and folders hold, each a source of its own."""
    listings = []
    for path in paths:
        listed = _list(path, found)
        if listed is not None:
            source = Source("files", printable(path.resolve() if path.is_dir() else listed[0].path))
            listings.append(_Files(source, printable(path), listed))
    _read(listings, {}, read, found, tally)


def read_files(
    sources: Iterable[Source], validators: Mapping[str, str], read: ReadMany, found: Readings, tally: Tally
) -> None:
    """
    Add to `found` what stands at these sources now.

    Args:
        sources: Of kind `files`.
        validators: Locator → validator of what was read before; a file that still has it is not read again.
        read: Reads the others.
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


def _read(
    listings: Sequence[_Files], validators: Mapping[str, str], read: ReadMany, found: Readings, tally: Tally
) -> None:
    tally.expect(sum(len(listing.files) for listing in listings))
    files: dict[str, FoundFile] = {}
    for file in (file for listing in listings for file in listing.files):
        files.setdefault(printable(file.path), file)
    changed = {place: file for place, file in files.items() if not is_as_before(file, validators.get(place))}
    with closing(read(list(changed.values()))) as outcomes:
        for source, named, listed in listings:
            unread = 0
            for file in listed:
                # A file that stands in two sources is the first one's.
                if files.pop(locator := printable(file.path), None):
                    outcome = next(outcomes) if locator in changed else None
                    unread += not _take(Sighting(source, locator, None, validators.get(locator)), outcome, found)
                    for place, error in _failures(locator, outcome):
                        shown = file.file + place.removeprefix(locator)
                        item = ReportItem(source=named, locator=shown, code=error.code, detail=str(error))
                        found.failures.append(Failure(source, item, unread == len(listed)))
                tally.step(source)
            found.listed.append(source)


def _take(file: Sighting, outcome: Outcome | None, found: Readings) -> bool:
    """
    Note what stands in a file; whether anything of it was read.

    Args:
        file: The file, with its validator of last time.
        outcome: What reading it found; `None` where it is as it was.
        found: What all sources give.
    """
    locator = file.locator
    if outcome is None:
        sightings = [file]
    elif isinstance(outcome, FileReading):
        # A file of several is read again each time: which of them are held back is not known here.
        sightings = [
            file._replace(
                locator=part_of(locator, one.name),
                reading=one.outcome,
                validator=None if one.name else outcome.fingerprint,
            )
            for one in outcome.documents
            if isinstance(one.outcome, Reading)
        ]
        found.seen.update(place for place, _ in _failures(locator, outcome))
    else:
        sightings = []
        # What cannot be read stands there all the same, with whatever was read of it before.
        found.seen.update((locator, f"{locator}{PART_MARK}"))
    found.sightings.extend(sightings)
    found.seen.update(one.locator for one in sightings)
    return bool(sightings)


def _failures(locator: str, outcome: Outcome | None) -> list[tuple[str, UnreadableError]]:
    """What of a file could not be read, by its place."""
    if isinstance(outcome, UnreadableError):
        return [(locator, outcome)]
    documents = outcome.documents if outcome else ()
    return [(part_of(locator, one.name), one.outcome) for one in documents if isinstance(one.outcome, UnreadableError)]
