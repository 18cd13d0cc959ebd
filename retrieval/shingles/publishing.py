"""
Writing generations of shingles (`retrieval/folders.py` says what a killed process leaves).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from pathlib import Path

from corpus.errors import StaleIndexError, StoreError
from corpus.models import Statement
from retrieval import folders
from retrieval.backends.embedded.columns import MappedColumns, write_columns
from retrieval.folders import GenerationFolder, discard_partial, joined_from, sync
from retrieval.shingles.manifest import ShingleManifest, ShingleSegment
from retrieval.shingles.segment import FULL, Segment, SegmentBuilder, identity

_FILE = "shingles.bin"


def open_segment(directory: Path, manifest: ShingleManifest, info: ShingleSegment) -> Segment:
    """
    A segment as its generation has it, by memory map.

    Raises:
        StoreError: Its file is missing, short or damaged.
    """
    return Segment(MappedColumns(directory / info.name / _FILE, info.bytes), manifest.removed.get(info.name, ()))


def append(
    directory: Path,
    manifest: ShingleManifest | None,
    generation: str,
    statements: Iterable[Statement],
    removed: Iterable[str] = (),
    *,
    erase: bool = False,
) -> ShingleManifest:
    """
    The next generation: some statements removed from the last one, then others added after the rest.

    Args:
        directory: Where the shingles are kept, and nothing else; made when it is missing.
        manifest: The last generation, `None` for a fresh build.
        generation: Names the new folder; letters, digits, hyphens.
        statements: To add, in order; streamed.
        removed: `statement@revision` of each that leaves; one may leave and be added anew.
        erase: Write every segment that lost statements again, so that nothing of them is on disk.

    Returns:
        What the caller has to store. Until then the generation is what it was.

    Raises:
        StaleIndexError: A statement to remove is not in the last generation.
        StoreError: A statement would be there twice, or a segment is damaged.
    """
    discard_partial(directory)
    last = _without(directory, manifest or ShingleManifest(), removed)
    folder = GenerationFolder(directory, generation)
    directory.mkdir(parents=True, exist_ok=True)
    try:
        segments = tuple(_next(last, _Writer(folder), _new(directory, last, statements), erase=erase))
        folder.publish()
    except BaseException:
        discard_partial(directory)
        raise
    names = {info.name for info in segments}
    gone = {name: ordinals for name, ordinals in last.removed.items() if name in names}
    return ShingleManifest(segments=segments, removed=gone)


def unused(directory: Path, *manifests: ShingleManifest) -> list[Path]:
    """Folders of segments that none of these generations refers to, half-written ones included."""
    return folders.unused(directory, _names(manifests))


def remove_unused(directory: Path, *manifests: ShingleManifest) -> None:
    """
    Delete what `unused` finds. A reader that has such a segment open keeps it until it closes.

    Call it after the new manifest is stored, with every manifest that may still be opened.
    """
    folders.remove_unused(directory, _names(manifests))


class _Writer:
    """Writes segments into a generation's folder."""

    def __init__(self, folder: GenerationFolder) -> None:
        self.folder = folder
        self._numbers = count(1)

    def write(self, built: SegmentBuilder) -> ShingleSegment:
        name = str(next(self._numbers))
        path = self.folder.segment(name)
        written = write_columns(path / _FILE, built.columns())
        sync(path)
        return ShingleSegment(
            name=f"{self.folder.name}/{name}", statements=len(built.ids), shingles=built.shingles, bytes=written
        )


def _next(
    last: ShingleManifest, writer: _Writer, fresh: Iterable[SegmentBuilder], *, erase: bool
) -> Iterator[ShingleSegment]:
    directory = writer.folder.directory
    # Full segments stay as they are; joining is for the small ones that refreshes leave behind.
    old = [info for info in last.segments if last.live(info)]
    for info in old:
        if info.shingles >= FULL // 2:
            yield _rewritten(directory, last, info, writer) if _wasteful(last, info, erase=erase) else info
    small = [info for info in old if info.shingles < FULL // 2]
    waiting: SegmentBuilder | None = None
    for builder in fresh:
        if waiting is not None:
            yield writer.write(waiting)
        waiting = builder
    start = joined_from([*map(last.live, small), len(waiting.ids)]) if waiting else len(small)
    for info in small[:start]:
        yield _rewritten(directory, last, info, writer) if _wasteful(last, info, erase=erase) else info
    if waiting is not None:
        yield from _joined(directory, last, small[start:], waiting, writer)


def _wasteful(last: ShingleManifest, info: ShingleSegment, *, erase: bool) -> bool:
    gone = info.statements - last.live(info)
    return gone > 0 if erase else 2 * gone > info.statements


def _rewritten(directory: Path, last: ShingleManifest, info: ShingleSegment, writer: _Writer) -> ShingleSegment:
    built = SegmentBuilder()
    built.add_segment(open_segment(directory, last, info))
    return writer.write(built)


def _joined(
    directory: Path, last: ShingleManifest, old: Sequence[ShingleSegment], fresh: SegmentBuilder, writer: _Writer
) -> Iterator[ShingleSegment]:
    """Old segments and the fresh one in one, or in two where that would be too large."""
    if not old:
        yield writer.write(fresh)
        return
    built = SegmentBuilder()
    for segment in (*(open_segment(directory, last, info) for info in old), fresh.segment()):
        if not built.has_room(segment.length):
            yield writer.write(built)
            built = SegmentBuilder()
        built.add_segment(segment)
    yield writer.write(built)


def _without(directory: Path, manifest: ShingleManifest, identities: Iterable[str]) -> ShingleManifest:
    """The same generation less some statements."""
    wanted = list(identities)
    removed = {name: set(gone) for name, gone in manifest.removed.items()}
    places = _places(directory, manifest) if wanted else {}
    for one in wanted:
        place = places.pop(one, None)
        if place is None:
            raise StaleIndexError(f"The shingles have no statement {one}. Build them again.")
        removed.setdefault(place[0], set()).add(place[1])
    return manifest.model_copy(update={"removed": {name: tuple(sorted(gone)) for name, gone in removed.items()}})


def _new(directory: Path, last: ShingleManifest, statements: Iterable[Statement]) -> Iterator[SegmentBuilder]:
    """Builders of the statements to add, each full but the last."""
    taken = set(_places(directory, last))
    built = SegmentBuilder()
    for statement in statements:
        if identity(statement) in taken:
            raise StoreError(f"The shingles already have statement {identity(statement)}. Remove it first.")
        taken.add(identity(statement))
        if not built.has_room(len(statement.text)):
            yield built
            built = SegmentBuilder()
        built.add(statement)
    if built.ids:
        yield built


def _places(directory: Path, manifest: ShingleManifest) -> dict[str, tuple[str, int]]:
    """`statement@revision` → segment and ordinal of every statement of a generation."""
    found: dict[str, tuple[str, int]] = {}
    for info in manifest.segments:
        segment = open_segment(directory, manifest, info)
        found.update((segment.ids[n], (info.name, n)) for n in segment.is_live.nonzero()[0].tolist())
    return found


def _names(manifests: Iterable[ShingleManifest]) -> list[str]:
    return [info.name for manifest in manifests for info in manifest.segments]
