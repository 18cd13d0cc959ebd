"""
What a generation of shingles consists of: the small record that its caller stores beside that of the index.
"""

from __future__ import annotations

from pydantic import Field

from corpus.models import Frozen

# Raise it with every change of the columns, of the hash, or of what a word is (`retrieval/wording.py`).
FORMAT = 1


class ShingleSegment(Frozen):
    """
    One immutable segment on disk.

    Attributes:
        name: Its folder below the directory: `generation/number`.
        statements: How many were written.
        shingles: How many runs of three words they hold.
        bytes: Size of its file; a file of another size is damaged.
    """

    name: str = Field(pattern=r"^[\w-]+/[\w-]+$")
    statements: int
    shingles: int
    bytes: int


class ShingleManifest(Frozen):
    """
    A generation: segments, in order, and the statements of them that are removed.

    `ShingleManifest.model_validate_json(manifest.model_dump_json()) == manifest`.

    Attributes:
        removed: Segment name → ordinals of statements that are left out, ascending.
        format: Of its files and of the words in them.
    """

    segments: tuple[ShingleSegment, ...] = ()
    removed: dict[str, tuple[int, ...]] = Field(default={})
    format: int = FORMAT

    def is_stale(self) -> bool:
        """Whether another version made it, so that it has to be built anew."""
        return bool(self.segments) and self.format != FORMAT

    def live(self, segment: ShingleSegment) -> int:
        """How many statements of a segment are in this generation."""
        return segment.statements - len(self.removed.get(segment.name, ()))
