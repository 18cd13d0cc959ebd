"""
Whether an unpacked backup is a corpus of this version that can be read, to its last word.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from bot.backup.archive import Facts
from bot.curation.checking import check
from corpus.errors import StoreError
from corpus.store import Store, check_tables
from retrieval.backends.embedded.columns import MappedColumns
from retrieval.structures import Parts, append, read_parts

# What an index consists of: folders of a data directory, and fields of `Parts`.
STRUCTURES = ("passages", "quotes", "shingles")
Examine = Callable[[Path, Facts], None]


def bring_up(data_dir: Path) -> None:
    """
    Bring what was unpacked to the schema of today, and build its index anew where another version built it.

    Raises:
        StoreError: It is no database of this version or an earlier one.
    """
    check_tables(data_dir)
    with Store.open(data_dir) as store:
        check_tables(data_dir)
        with store.writing() as txn:
            if txn.manifest and read_parts(txn.manifest).is_stale():
                shutil.rmtree(store.index_dir, ignore_errors=True)
                parts = append(store.index_dir, None, str(txn.generation), txn.statements())
                txn.set_manifest(txn.generation, parts.model_dump_json())


def examine(data_dir: Path, facts: Facts) -> None:
    """
    Look at all of a corpus: the database, every text, every index file, the index against the texts.

    Args:
        data_dir: Where it is.
        facts: How much should be in it.

    Raises:
        StoreError: Something is not what it should be; the message says what.
    """
    with Store(data_dir) as store:
        found = check(store)
        withheld = len(store.withheld())
        parts = read_parts(store.manifest) if store.manifest else Parts()
    if found.problems:
        first = found.problems[0]
        # Of an index file that cannot be read it is a sentence about where it was unpacked.
        place = "" if first.code == "unreadable" else f" at {first.id}"
        raise StoreError(f"{first.code} in the {first.part}{place}")
    for name, path in index_files(data_dir, parts):
        try:
            MappedColumns(path, path.stat().st_size).check_all()
        except StoreError:
            raise StoreError(f"{name} is damaged") from None
    if (found.generation, found.statements, withheld) != (facts.generation, facts.statements, facts.withheld):
        raise StoreError(f"{found.statements} statements of {facts.statements} can be read")


def index_files(data_dir: Path, parts: Parts) -> Iterator[tuple[str, Path]]:
    """
    Name in a backup and path of every index file of a generation, none where another version built it.

    Raises:
        FileNotFoundError: A folder of it is gone.
    """
    for name in STRUCTURES:
        for info in () if parts.is_stale() else getattr(parts, name).segments:
            folder = data_dir / "index" / name / info.name
            # `iterdir` and not a pattern: that would find nothing in a folder that is gone.
            yield from ((f"index/{name}/{info.name}/{path.name}", path) for path in sorted(folder.iterdir()))
