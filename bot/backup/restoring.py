"""
`onrecord restore`: the corpus of a backup where there was none, or in place of the one that is there.

It is unpacked aside, brought to the schema of today and checked as a whole before anything of the other one is touched.
Its index files then come to stand beside those that are there, under names that nobody has, and one transaction of
SQLite puts its database over the other: a bot that is running answers from the old corpus up to that moment and from
the new one after it, and a process that is killed at any moment leaves one or the other.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from bot.backup.archive import DATABASE, Facts, unpack
from bot.backup.examining import STRUCTURES, Examine, bring_up, examine
from bot.curation.deciding import erase
from corpus.errors import BusyError, StoreError, UsageError
from corpus.models import Frozen
from corpus.store import Decision, Store, erased_in, make_empty, put_in_place
from corpus.store.lock import writer_lock
from retrieval.backends import embedded
from retrieval.folders import GenerationFolder, discard_partial, sync
from retrieval.shingles import ShingleManifest
from retrieval.structures import Parts, read_parts, remove_unused

# Among what an erasure clears: a process that is killed leaves no text behind that nobody looks for.
_ASIDE = Path("cache", "restoring")
M = TypeVar("M", embedded.Manifest, ShingleManifest)


class Restored(Frozen):
    """
    What was restored.

    Attributes:
        data_dir: Where, absolute.
        made: When the backup was begun.
        generation: The live one, 0 before the first.
        statements: How many readers see.
        withheld: How many more are hidden, or were erased.
        erased_again: Ids of statements of the backup that had been erased here since; they are erased now.
        shown_again: Ids of statements that were hidden here, and were not when the backup was made.
        replaced_unread: A corpus was replaced that could not be read: nobody knows what had been erased in it.
        restart: Programs that had the corpus open go on with the old one until they are started again.
    """

    data_dir: str
    made: dt.datetime
    generation: int
    statements: int
    withheld: int
    erased_again: tuple[str, ...] = ()
    shown_again: tuple[str, ...] = ()
    replaced_unread: bool = False
    restart: bool = False


def restore(
    data_dir: Path, file: Path, decision: Decision, *, replace: bool = False, examine: Examine = examine
) -> Restored:
    """
    Put the corpus of a backup into a data directory, whole or not at all.

    What was erased in the corpus that is replaced stays erased. The dictionary of `lexicon build` is left as it is.

    Args:
        data_dir: Made where it is missing.
        file: A backup.
        decision: Who, when, why: for what is erased again.
        replace: Also where statements are stored.
        examine: Looks at all of a corpus; before it is put in place, and there.

    Raises:
        UsageError: The file is no whole backup, or something is stored and not to be replaced.
        BusyError: Another process is writing.
        StoreError: The disk is full or cannot be written.
    """
    data_dir, file = data_dir.absolute(), file.absolute()
    _standing(data_dir, replace=replace)
    with _explained(data_dir):
        data_dir.mkdir(parents=True, exist_ok=True)
        with writer_lock(data_dir), _folder(data_dir / _ASIDE) as aside:
            # Once more, as somebody may have added statements up to here.
            found = _standing(data_dir, replace=replace)
            fresh = aside / "fresh"
            facts = unpack(file, fresh)
            with _refused(file):
                bring_up(fresh)
                examine(fresh, facts)
                gone = erased_in(fresh, data_dir) if found == "readable" else []
                facts = _without(fresh, facts, gone, decision)
            shown = _shown_again(fresh, data_dir) if found == "readable" else ()
            seen = _put_in_place(data_dir, aside, lambda: examine(data_dir, facts))
    return Restored(
        data_dir=str(data_dir),
        made=facts.made,
        **facts.counts(),
        erased_again=tuple(gone),
        shown_again=shown,
        replaced_unread=found == "unreadable",
        restart=found != "nothing" and not seen,
    )


def _standing(data_dir: Path, *, replace: bool) -> str:
    """What is in a data directory, `nothing`, `readable` or `unreadable`; refused where it is not to be replaced."""
    try:
        if not Store.exists(data_dir):
            return "nothing"
        with Store.open(data_dir) as store:
            found = "readable" if store.generation else "nothing"
    except BusyError:
        raise
    except StoreError:
        found = "unreadable"
    if found != "nothing" and not replace:
        raise UsageError(f"Statements are stored in {data_dir}. Add --replace to put the backup in their place.")
    return found


def _without(fresh: Path, facts: Facts, ids: list[str], decision: Decision) -> Facts:
    """Erase statements in what was unpacked; what there is to be told of it then."""
    with Store(fresh) as store:
        for id in ids:
            erase(store, id, decision)
        counted = {"statements": store.count()[0], "withheld": len(store.withheld()), "generation": store.generation}
    return facts.model_copy(update=counted)


def _shown_again(fresh: Path, data_dir: Path) -> tuple[str, ...]:
    with Store(fresh) as store, Store(data_dir) as here:
        hidden = here.withheld().keys() - store.withheld().keys()
        return tuple(one.id for one in store.statements(ids=hidden)) if hidden else ()


def _put_in_place(data_dir: Path, aside: Path, examine: Callable[[], None]) -> bool:
    """
    Make what was unpacked the corpus of a data directory, and clear away what was there; whether others notice.

    Where it cannot be read there, the one that was there comes back.
    """
    fresh, before = aside / "fresh", aside / "before.sqlite3"
    index = data_dir / "index"
    # First of all: an index without a database is taken for damage.
    make_empty(data_dir)
    with Store(fresh) as store, store.writing() as txn:
        parts = read_parts(txn.manifest) if txn.manifest else Parts()
        moved = _beside(fresh / "index", index, parts)
        if txn.manifest:
            txn.set_manifest(txn.generation, moved.model_dump_json())
    seen = put_in_place(data_dir, fresh / DATABASE, before)
    try:
        examine()
    except BaseException:
        put_in_place(data_dir, before, aside / "after.sqlite3")
        raise
    remove_unused(index, moved)
    return seen


def _beside(source: Path, index: Path, parts: Parts) -> Parts:
    """Move index files to stand beside those that are there, in folders of names that nobody has."""
    moved = {name: _moved(source / name, index / name, getattr(parts, name)) for name in STRUCTURES}
    return parts.model_copy(update=moved)


def _moved(source: Path, index: Path, manifest: M) -> M:
    index.mkdir(parents=True, exist_ok=True)
    discard_partial(index)
    folder = GenerationFolder(index, "restored")
    names = {}
    for number, info in enumerate(manifest.segments, start=1):
        target = folder.segment(str(number))
        for path in (source / info.name).iterdir():
            path.rename(target / path.name)
        sync(target)
        names[info.name] = f"{folder.name}/{number}"
    folder.publish()
    return manifest.model_copy(
        update={
            "segments": tuple(info.model_copy(update={"name": names[info.name]}) for info in manifest.segments),
            "removed": {names[name]: gone for name, gone in manifest.removed.items()},
        }
    )


@contextmanager
def _folder(path: Path) -> Iterator[Path]:
    """An empty folder that nobody else may read, and that is gone afterwards."""
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(mode=0o700, parents=True)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


@contextmanager
def _refused(file: Path) -> Iterator[None]:
    try:
        yield
    except StoreError as error:
        raise UsageError(f"{file} cannot be restored: {str(error).rstrip('.')}. Nothing was changed.") from None


@contextmanager
def _explained(data_dir: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(f"{data_dir} cannot be written to ({error.strerror}). Nothing was changed.") from None
