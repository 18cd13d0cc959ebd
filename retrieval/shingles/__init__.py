"""
Three-word runs of whole statements: where the words of a claimed quotation stand.

    segment.py     statements → sorted arrays; look-ups in them
    manifest.py    which segments and removed statements a generation is
    publishing.py  writing the next generation aside
    index.py       ShingleIndex, all segments together
"""

from retrieval.shingles.index import Place, Shared, ShingleIndex
from retrieval.shingles.manifest import ShingleManifest, ShingleSegment
from retrieval.shingles.publishing import append, remove_unused, unused

__all__ = ["Place", "Shared", "ShingleIndex", "ShingleManifest", "ShingleSegment", "append", "remove_unused", "unused"]
