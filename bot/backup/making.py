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
from bot.backup.examining import Examine, bring_up, examine, index_files
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


def back_up(data_dir: Path, file: Path, *, when: dt.datetime, examine: Examine = examine) -> Made:
    """
    Write the stored corpus to a file, whole or not at all; it is read back and checked before it has its name.

    In it are the database and the index files of the live generation, and nothing of what was erased, also where that
    is done while the backup is made. Settings, caches and the dictionary of `lexicon build` are not in it.

    Args:
        data_dir: Others may read and write there meanwhile.
        file: Replaced where it exists.
        when: The moment at which it is begun.
        examine: Looks at all of what was read back.

    Raises:
        UsageError: Nothing is stored, or the file would lie among what it is a backup of.
        BusyError: The corpus was changed again and again meanwhile.
        StoreError: The corpus is damaged, or the file cannot be written.
    """
    data_dir, file = data_dir.absolute(), file.absolute()
    if file.resolve().is_relative_to(data_dir.resolve()):
        raise UsageError(f"{file} would be lost together with {data_dir}. Name a file outside of it.")
    with _explained(file):
        if file.is_dir():
            raise UsageError(f"{file} is a folder. Name a file in it.")
    # A schema of an earlier version is brought up, and nothing else is looked at.
    Store.open(data_dir).close()
    with _explained(file), _folder_beside(file) as folder:
        for _ in range(_TRIES):
            if facts := _attempt(data_dir, folder, when, examine):
                size = (folder / "backup").stat().st_size
                (folder / "backup").replace(file)
                sync(file.parent)
                return Made(file=str(file), bytes=size, **facts.counts())
            _empty(folder)
    raise BusyError(
        f"{data_dir} was changed again and again while it was copied. Nothing was written; try again later."
    )


def _attempt(data_dir: Path, folder: Path, when: dt.datetime, examine: Examine) -> Facts | None:
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
        except FileNotFoundError as error:
            if _is_live(data_dir, parts):
                raise StoreError(f"{error.filename} is missing. Restore the corpus from an earlier backup.") from None
            return None
        database = Part(DATABASE, stack.enter_context((copy / DATABASE).open("rb")))
        pack(folder / "backup", facts, [database, *files])
    try:
        facts = unpack(folder / "backup", back)
        bring_up(back)
        examine(back, facts)
    except (UsageError, StoreError) as error:
        look = 'Look at the corpus with "onrecord corpus check"'
        raise StoreError(
            f"The backup could not be read back and was not kept ({str(error).rstrip('.')}). {look}."
        ) from None
    return None if erased_in(back, data_dir) else facts


def _is_live(data_dir: Path, parts: Parts) -> bool:
    with Store(data_dir) as store:
        return store.manifest is not None and read_parts(store.manifest) == parts


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
