"""
What a generation of the index consists of: the small record that its caller stores in one row, the only commit point.
"""

from __future__ import annotations

from pydantic import Field

from corpus.models import Frozen
from retrieval.analyzer import VERSION, Partition

# Raise it with every change of the columns: an index in another format is built anew.
FORMAT = 2


class SegmentInfo(Frozen):
    """
    One immutable segment on disk.

    Attributes:
        name: Its folder below the index directory: `generation/language-number`.
        partition: The language of its passages.
        passages: How many were written.
        bytes: Size of its file; a file of another size is damaged.
    """

    name: str = Field(pattern=r"^[\w-]+/[\w-]+$")
    partition: Partition
    passages: int
    bytes: int


class Manifest(Frozen):
    """
    A generation: segments, in order, and the passages of them that are removed.

    `Manifest.model_validate_json(manifest.model_dump_json()) == manifest`.

    Attributes:
        segments: Within a language, in the order of the passages.
        removed: Segment name → ordinals that are left out, ascending.
        analyzer: Version of the analyzer that made its terms; of another one its terms would silently match less.
        format: Of its files.
    """

    segments: tuple[SegmentInfo, ...] = ()
    removed: dict[str, tuple[int, ...]] = Field(default={})
    analyzer: int = 1
    format: int = 1

    def is_stale(self) -> bool:
        """Whether another version made it, so that it has to be built anew."""
        return bool(self.segments) and (self.analyzer, self.format) != (VERSION, FORMAT)

    def live(self, segment: SegmentInfo) -> int:
        """How many passages of a segment are in this generation."""
        return segment.passages - len(self.removed.get(segment.name, ()))
