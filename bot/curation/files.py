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
from corpus.sources.files import FoundFile, Outcome, find_files, is_as_before, printable
from corpus.store import Sighting, Source

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
                locator = printable(file.path)
                if locator not in found.seen:
                    found.seen.add(locator)
                    outcome = next(outcomes) if locator in changed else None
                    if isinstance(outcome, UnreadableError):
                        unread += 1
                        item = ReportItem(source=named, locator=file.file, code=outcome.code, detail=str(outcome))
                        found.failures.append(Failure(source, item, unread == len(listed)))
                    elif outcome:
                        found.sightings.append(Sighting(source, locator, *outcome))
                    else:
                        found.sightings.append(Sighting(source, locator, None, validators[locator]))
                tally.step(source)
            found.listed.append(source)
