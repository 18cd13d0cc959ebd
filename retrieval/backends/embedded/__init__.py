"""
The default engine: memory-mapped postings in segments, with exactly the model's scores.

    columns.py     named arrays in one checked, immutable file
    spools.py      arrays that grow while an index is built
    words.py       sorted words in two arrays
    counts.py      words with their numbers, read as they are asked for
    building.py    passages → the columns of a segment
    inversion.py   words of passages → postings
    segment.py     read access to one segment
    asked.py       the terms of a query on a segment: their postings, and what these can add
    scoring.py     the model's scores of a segment's passages
    pruning.py     the best of them without reading all postings
    compiled.py    the same by a compiled loop, for processes that answer many questions
    holding.py     all passages, and statements, that hold terms
    occurrences.py where terms stand in passages
    partition.py   all segments of one language, ranked as one collection
    manifest.py    which segments and removed passages a generation is
    publishing.py  writing the next generation aside; clearing up
    index.py       EmbeddedIndex, the three languages together
"""

from retrieval.backends.embedded.compiled import use_compiled
from retrieval.backends.embedded.index import EmbeddedIndex, open_generation
from retrieval.backends.embedded.manifest import Manifest, SegmentInfo
from retrieval.backends.embedded.publishing import append, remove_unused, unused

__all__ = [
    "EmbeddedIndex",
    "Manifest",
    "SegmentInfo",
    "append",
    "open_generation",
    "remove_unused",
    "unused",
    "use_compiled",
]
