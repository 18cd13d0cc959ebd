"""
The default engine: memory-mapped postings in segments, with exactly the model's scores.

    columns.py     named arrays in one checked, immutable file
    words.py       sorted words in two arrays
    building.py    passages → the arrays of a segment
    segment.py     read access to one segment
    partition.py   all segments of one language, ranked as one collection
    manifest.py    which segments and removed passages a generation is
    publishing.py  writing the next generation aside; clearing up
    index.py       EmbeddedIndex, the three languages together
"""

from retrieval.backends.embedded.index import EmbeddedIndex, open_generation
from retrieval.backends.embedded.manifest import Manifest, SegmentInfo
from retrieval.backends.embedded.publishing import append, remove_unused, unused

__all__ = ["EmbeddedIndex", "Manifest", "SegmentInfo", "append", "open_generation", "remove_unused", "unused"]
