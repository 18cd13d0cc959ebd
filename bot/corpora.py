"""
Which statements a service answers from: files named for this one call, the stored corpus, or the sample that ships.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath

from corpus.models import Reading, Statement
from corpus.sources.files import find_files, read_file

SAMPLE = Path(__file__).parent.parent / "corpus" / "sample" / "statements"


def read_statements(paths: Sequence[Path]) -> list[Statement]:
    """
    The statements of these files and folders, read now and kept nowhere.

    Raises:
        UnreadableError: For the first path or file that cannot be read: a question asked of half the statements that
            were named would get a wrong "the statements do not say".
    """
    return named_by_file(read_file(found) for found in find_files(paths))


def named_by_file(readings: Iterable[Reading]) -> list[Statement]:
    """Statements whose id is their file's path without its extension, or with it where two would share one."""
    found = list(readings)
    stems = [str(PurePosixPath(reading.file).with_suffix("")) for reading in found]
    taken = Counter(stems)
    names: Counter[str] = Counter()
    statements = []
    for reading, stem in zip(found, stems, strict=True):
        name = stem if taken[stem] == 1 else reading.file
        names[name] += 1
        # Two folders may hold a file of one name.
        unique = name if names[name] == 1 else f"{name}~{names[name]}"
        statements.append(Statement(id=unique, **dict(reading)))
    return statements
