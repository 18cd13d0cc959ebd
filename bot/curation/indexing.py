"""
The index files of the next generation: built beside the live ones, checked, and only then named in the store.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from corpus.errors import StoreError
from corpus.models import Statement
from corpus.store import Store, Transaction
from retrieval.agreement import lacking
from retrieval.structures import Parts, StoredStructures, append, read_parts, remove_unused

# Of a large addition only so many statements are looked up again before it goes live.
_CHECKED = 500


def next_manifest(
    store: Store,
    txn: Transaction,
    ids: Collection[str],
    *,
    known: Mapping[str, Statement] = MappingProxyType({}),
    erase: bool = False,
) -> str:
    """
    The manifest of the next generation; its index files are on the disk, and nobody reads them yet.

    Args:
        store: Reads what was committed before.
        txn: The open transaction.
        ids: Of the statements that it may have changed for readers.
        known: Statements of the transaction that were read before, by id.
        erase: Leave no text of anything that was ever removed in the new files.

    Raises:
        StoreError: What was built is not what is stored.
    """
    drop_unpublished(store, txn)
    generation = str(txn.generation + 1)
    before = read_parts(txn.manifest) if txn.manifest else None
    if before is None or before.is_stale():
        return _checked(store, None, generation, txn.statements(known), (), erase=erase)
    wanted = frozenset(ids)
    old = {one.id: one for one in store.statements(ids=wanted)}
    new = {one.id: one for one in txn.statements(known, ids=wanted)}
    added = [one for id, one in new.items() if id not in old or _indexed(one) != _indexed(old[id])]
    removed = [one for id, one in old.items() if id not in new or _indexed(one) != _indexed(new[id])]
    return _checked(store, before, generation, added, removed, erase=erase)


def drop_unpublished(store: Store, txn: Transaction) -> None:
    """Delete the index files that no kept generation names: built and never committed, or read by nobody any more."""
    remove_unused(store.index_dir, *map(read_parts, txn.manifests()))


def is_stale(txn: Transaction) -> bool:
    """Whether another version of On Record built the live index."""
    return bool(txn.manifest) and read_parts(txn.manifest or "").is_stale()


def _checked(
    store: Store,
    before: Parts | None,
    generation: str,
    added: Sequence[Statement],
    removed: Sequence[Statement],
    *,
    erase: bool,
) -> str:
    parts = append(store.index_dir, before, generation, added, removed, erase=erase)
    manifest = parts.model_dump_json()
    structures = StoredStructures(store.index_dir, manifest, generation)
    size = _size(before) - _passages(removed) + _passages(added)
    looked_at = added[:: 1 + len(added) // _CHECKED]
    if _size(parts) != size or any(lacking(looked_at, structures)):
        raise StoreError("The new index is not what is stored, so it was not used. Nothing was changed; try again.")
    return manifest


def _size(parts: Parts | None) -> int:
    return sum(map(parts.passages.live, parts.passages.segments)) if parts else 0


def _passages(statements: Sequence[Statement]) -> int:
    return sum(len(statement.passages) for statement in statements)


def _indexed(statement: Statement) -> tuple[object, ...]:
    """All of a statement that goes into an index."""
    own = (statement.body, statement.about, statement.wrapper, statement.private, statement.language)
    return statement.revision, statement.text, statement.passages, statement.quotes, own
