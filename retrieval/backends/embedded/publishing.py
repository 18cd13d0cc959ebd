"""
Writing generations of the index: new segments aside, then a rename; what is published is never touched again.

Nothing refers to a folder until the caller stores the manifest that names it, so that a process killed at any moment
leaves the live generation as it was. Half-written folders go at the next `append`, unused ones by `remove_unused`.
One process writes at a time: the caller holds the lock.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, count
from pathlib import Path

from corpus.errors import StaleIndexError, StoreError
from retrieval import folders
from retrieval.analyzer import PARTITIONS, VERSION, Partition
from retrieval.backends.embedded.building import SegmentBuilder
from retrieval.backends.embedded.columns import MappedColumns, MemoryColumns, write_columns
from retrieval.backends.embedded.manifest import FORMAT, Manifest, SegmentInfo
from retrieval.backends.embedded.segment import Segment
from retrieval.backends.embedded.spools import Array, Spool
from retrieval.folders import GenerationFolder, discard_partial, joined_from, sync
from retrieval.models import Passage

_FILE = "segment.bin"


def open_segment(directory: Path, manifest: Manifest, info: SegmentInfo) -> Segment:
    """
    A segment as its generation has it, by memory map.

    Raises:
        StoreError: Its file is missing, short or damaged.
    """
    columns = MappedColumns(directory / info.name / _FILE, info.bytes)
    return Segment(columns, info.partition, manifest.removed.get(info.name, ()))


def append(
    directory: Path,
    manifest: Manifest | None,
    generation: str,
    passages: Iterable[Passage],
    removed_ids: Iterable[str] = (),
    *,
    erase: bool = False,
) -> Manifest:
    """
    The next generation: some passages removed from the last one, then others added after the rest.

    Args:
        directory: Where the index is kept; made when it is missing.
        manifest: The last generation, `None` for a fresh build.
        generation: Names the new folder; letters, digits, hyphens.
        passages: To add, in order; streamed.
        removed_ids: Of passages in the last generation; an id may be removed and added anew.
        erase: Write every segment that lost passages again, so that their text is not on disk in the new generation.

    Returns:
        What the caller has to store. Until then the index is what it was.

    Raises:
        StaleIndexError: A passage to remove is not in the last generation.
        StoreError: A passage would be in the index twice, or a segment is damaged.
    """
    discard_partial(directory)
    last = _without(directory, manifest or Manifest(), removed_ids)
    folder = _Folder(directory, generation)
    directory.mkdir(parents=True, exist_ok=True)
    builders = _built(directory, last, passages)
    try:
        segments = tuple(chain(*(_next(last, fresh, folder, erase=erase) for fresh in builders.values())))
        folder.publish()
    except BaseException:
        discard_partial(directory)
        raise
    names = {info.name for info in segments}
    removed = {name: gone for name, gone in last.removed.items() if name in names}
    return Manifest(segments=segments, removed=removed, analyzer=VERSION, format=FORMAT)


def unused(directory: Path, *manifests: Manifest) -> list[Path]:
    """Folders of segments that none of these generations refers to, half-written ones included."""
    return folders.unused(directory, _names(manifests))


def remove_unused(directory: Path, *manifests: Manifest) -> None:
    """
    Delete what `unused` finds. A reader that has such a segment open keeps it until it closes.

    Call it after the new manifest is stored, with every manifest that may still be opened.
    """
    folders.remove_unused(directory, _names(manifests))


def _names(manifests: Iterable[Manifest]) -> list[str]:
    return [info.name for manifest in manifests for info in manifest.segments]


class _Folder(GenerationFolder):
    """A generation's folder with the segments that are written into it."""

    def __init__(self, directory: Path, generation: str) -> None:
        super().__init__(directory, generation)
        self._numbers = count(1)

    def write(self, partition: Partition, size: int, columns: Mapping[str, Array | Spool]) -> SegmentInfo:
        name = f"{partition}-{next(self._numbers)}"
        folder = self.segment(name)
        written = write_columns(folder / _FILE, columns)
        sync(folder)
        return SegmentInfo(name=f"{self.name}/{name}", partition=partition, passages=size, bytes=written)


def _next(last: Manifest, fresh: SegmentBuilder, folder: _Folder, *, erase: bool) -> list[SegmentInfo]:
    """The segments of one language in the next generation, those that change written into `folder`."""
    old = [info for info in last.segments if info.partition == fresh.partition and last.live(info)]
    start = len(old)
    if fresh.size:
        start = joined_from([*map(last.live, old), fresh.size])
    segments = [
        _rewritten(last, [info], None, folder) if _wasteful(last, info, erase=erase) else info for info in old[:start]
    ]
    if fresh.size:
        segments.append(_rewritten(last, old[start:], fresh, folder))
    return segments


def _wasteful(last: Manifest, info: SegmentInfo, *, erase: bool) -> bool:
    gone = info.passages - last.live(info)
    return gone > 0 if erase else 2 * gone > info.passages


def _rewritten(
    last: Manifest, old: Sequence[SegmentInfo], fresh: SegmentBuilder | None, folder: _Folder
) -> SegmentInfo:
    """One new segment of what is left of old ones, followed by fresh passages."""
    if fresh is not None and not old:
        return folder.write(fresh.partition, fresh.size, fresh.columns())
    joined = SegmentBuilder(old[0].partition, folder.directory)
    for info in old:
        joined.add_segment(open_segment(folder.directory, last, info))
    if fresh is not None:
        joined.add_segment(Segment(MemoryColumns.of(fresh.columns()), fresh.partition))
    return folder.write(joined.partition, joined.size, joined.columns())


def _without(directory: Path, manifest: Manifest, passage_ids: Iterable[str]) -> Manifest:
    """The same generation less some passages."""
    wanted = list(passage_ids)
    removed = {name: set(gone) for name, gone in manifest.removed.items()}
    segments = [(info.name, open_segment(directory, manifest, info)) for info in manifest.segments] if wanted else []
    for passage_id in wanted:
        places = ((name, segment.find(passage_id)) for name, segment in segments)
        name, ordinal = next((place for place in places if place[1] is not None), (None, None))
        if name is None or ordinal is None:
            raise StaleIndexError(f"The index has no passage {passage_id}. Build it again.")
        removed.setdefault(name, set()).add(ordinal)
    return manifest.model_copy(update={"removed": {name: tuple(sorted(gone)) for name, gone in removed.items()}})


def _built(directory: Path, last: Manifest, passages: Iterable[Passage]) -> dict[Partition, SegmentBuilder]:
    builders = {partition: SegmentBuilder(partition, directory) for partition in PARTITIONS}
    segments = [open_segment(directory, last, info) for info in last.segments]
    for passage in passages:
        if any(segment.find(passage.id) is not None for segment in segments):
            raise StoreError(f"The index already has a passage {passage.id}. Remove it first.")
        builders[passage.language].add(passage)
    return builders
