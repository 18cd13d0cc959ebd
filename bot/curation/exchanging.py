"""
Export and import: the record as JSON lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from bot.curation.golden import REFUSED, Golden, refuse_losses
from bot.curation.indexing import next_manifest
from bot.curation.reports import Transfer
from corpus.errors import StoreError, UsageError
from corpus.store import Decision, Store, read_lines
from retrieval.structures import append


def export(store: Store, file: Path, *, with_hidden: bool) -> Transfer:
    """
    Write the record to a file, whole or not at all.

    Args:
        store: The stored corpus.
        file: Replaced where it exists.
        with_hidden: Everything; without it no text of a hidden statement, no name and no reason.

    Raises:
        StoreError: The file cannot be written.
    """
    draft = file.with_name(f"{file.name}.partial")
    try:
        with _written(file), draft.open("w", encoding="utf-8", newline="\n") as out, store.reading():
            with _written(file):
                out.writelines(f"{line}\n" for line in store.export_lines(with_hidden=with_hidden))
                out.flush()
            made = Transfer(
                generation=store.generation,
                statements=len(store.statements(hidden=with_hidden)),
                withheld=len(store.withheld()),
            )
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
    return made


@contextmanager
def _written(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(f"{file} cannot be written ({error.strerror}). Name another file.") from None


def import_(data_dir: Path, file: Path, decision: Decision, golden: Sequence[Golden] = ()) -> Transfer:
    """
    Bring an export into a data directory, whole or not at all: as it was where nothing is stored, else what is new.

    What is hidden or erased here stays so, and what the export has hidden is hidden here.

    Args:
        data_dir: Made where it is missing.
        file: An export.
        decision: Who, when, why.
        golden: Questions that must still be answered.

    Raises:
        UsageError: The file is missing or no whole export, or has other texts under record numbers of here.
        StoreError: The disk is full, the corpus is damaged.
    """
    try:
        with file.open(encoding="utf-8", newline="\n") as lines:
            scratch = read_lines(line.rstrip("\n") for line in lines)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no UTF-8"
        raise UsageError(f"{file} cannot be read ({reason}).") from None
    with closing(scratch), Store.open(data_dir, create=True) as store, store.writing() as txn:
        copied: list[int] = []
        if txn.is_empty():
            number = txn.copy_rows(scratch)
            copied = [number]
            if number:
                parts = append(store.index_dir, None, str(number), txn.statements())
                txn.set_manifest(number, parts.model_dump_json())
        elif ids := txn.merge(scratch):
            manifest = next_manifest(store, txn, ids)
            if lost := refuse_losses(store, txn, manifest, golden, decision.when):
                counts = {"statements": store.count()[0], "withheld": len(store.withheld())}
                return Transfer(generation=txn.generation, **counts, refused=REFUSED, lost=lost)
            txn.publish(manifest, when=decision.when, by=decision.by, what="import")
        # Up to this one, generations are none of this record's own.
        txn.moderation.record("import", None, decision, copied)
        return Transfer(generation=txn.generation, statements=len(txn.statements()), withheld=len(txn.withheld()))
