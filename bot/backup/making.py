"""
`onrecord backup`: the stored corpus of one moment in one file, while others read and write.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bot.backup.archive import DATABASE, FORMAT, Facts, Part, pack, unpack
from bot.curation.checking import check
from corpus.errors import BusyError, StoreError, UsageError
from corpus.models import Frozen
from corpus.store import Store, erased_in, write_copy
from retrieval.folders import sync
from retrieval.structures import Parts, read_parts

# How often it is begun anew where what it copies is cleared away or erased meanwhile.
_TRIES = 5


class Made(Frozen):
    """
    A backup that was written.

    Attributes:
        file: Where, absolute.
        bytes: Its size.
        generation: Of the corpus that is in it, 0 before the first.
        statements: How many readers see.
        withheld: How many more are hidden, or were erased.
    """

    file: str
    bytes: int
    generation: int
    statements: int
    withheld: int


def back_up(data_dir: Path, file: Path, *, when: dt.datetime) -> Made:
    """
    Write the stored corpus to a file, whole or not at all; it is read back and checked before it has its name.

    In it are the database and the index files of the live generation, and nothing of what was erased, also where that
    is done while the backup is made. Settings, caches and the dictionary of `lexicon build` are not in it.

    Args:
        data_dir: Others may read and write there meanwhile.
        file: Replaced where it exists.
        when: The moment at which it is begun.

    Raises:
        UsageError: Nothing is stored, or the file would lie among what it is a backup of.
        BusyError: The corpus was changed again and again meanwhile.
        StoreError: The corpus is damaged, or the file cannot be written.
    """
    data_dir, file = data_dir.absolute(), file.absolute()
    if file.resolve().is_relative_to(data_dir.resolve()):
        raise UsageError(f"{file} would be lost together with {data_dir}. Name a file outside of it.")
    if file.is_dir():
        raise UsageError(f"{file} is a folder. Name a file in it.")
    # A schema of an earlier version is brought up, and nothing else is looked at.
    Store.open(data_dir).close()
    with _explained(file), _folder_beside(file) as folder:
        for _ in range(_TRIES):
            if facts := _attempt(data_dir, folder, when):
                size = (folder / "backup").stat().st_size
                (folder / "backup").replace(file)
                sync(file.parent)
                return Made(file=str(file), bytes=size, **facts.counts())
            _empty(folder)
    raise BusyError(
        f"{data_dir} was changed again and again while it was copied. Nothing was written; try again later."
    )


def _attempt(data_dir: Path, folder: Path, when: dt.datetime) -> Facts | None:
    """A backup in `folder/backup`; `None` where the corpus changed meanwhile in a way that matters."""
    copy, back = folder / "copy", folder / "back"
    copy.mkdir()
    back.mkdir()
    write_copy(data_dir, copy / DATABASE)
    facts, parts = _facts(copy, when)
    with ExitStack() as stack:
        try:
            # Open files can still be read when a writer has deleted them.
            files = [Part(name, stack.enter_context(path.open("rb"))) for name, path in index_files(data_dir, parts)]
        except FileNotFoundError:
            return None
        database = Part(DATABASE, stack.enter_context((copy / DATABASE).open("rb")))
        pack(folder / "backup", facts, [database, *files])
    try:
        facts = unpack(folder / "backup", back)
        examine(back, facts)
    except (UsageError, StoreError) as error:
        look = 'Look at the corpus with "onrecord corpus check"'
        raise StoreError(f"The backup could not be read back and was not kept ({error}). {look}.") from None
    return None if erased_in(back, data_dir) else facts


def index_files(data_dir: Path, parts: Parts) -> Iterator[tuple[str, Path]]:
    """
    Name in a backup and path of every index file of a generation.

    Raises:
        FileNotFoundError: A folder of it is gone.
    """
    for name in ("passages", "quotes", "shingles"):
        for info in getattr(parts, name).segments:
            folder = data_dir / "index" / name / info.name
            # `iterdir` and not a pattern: that would find nothing in a folder that is gone.
            yield from ((f"index/{name}/{info.name}/{path.name}", path) for path in sorted(folder.iterdir()))


def examine(data_dir: Path, facts: Facts) -> None:
    """
    Look at all of an unpacked backup: the database, every text, the index against both.

    Raises:
        StoreError: Something is not what it should be; the message says what, without a full stop.
    """
    with Store(data_dir) as store:
        found = check(store)
        withheld = len(store.withheld())
    if found.problems:
        first = found.problems[0]
        raise StoreError(f"{first.code} in the {first.part} at {first.id}")
    if (found.generation, found.statements, withheld) != (facts.generation, facts.statements, facts.withheld):
        raise StoreError(f"{found.statements} statements of {facts.statements} can be read")


def _facts(copy: Path, when: dt.datetime) -> tuple[Facts, Parts]:
    with Store(copy) as store:
        parts = read_parts(store.manifest) if store.manifest else Parts()
        facts = Facts(
            format=FORMAT,
            made=when,
            generation=store.generation,
            statements=store.count()[0],
            withheld=len(store.withheld()),
            files=(),
        )
    return facts, parts


@contextmanager
def _folder_beside(file: Path) -> Iterator[Path]:
    """A folder that nobody else may read, on the file system of the backup; what a killed process left of it goes."""
    folder = file.with_name(f"{file.name}.partial")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink() if path.is_file() else shutil.rmtree(path)


@contextmanager
def _explained(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(f"{file} cannot be written ({error.strerror}). Name another file.") from None
