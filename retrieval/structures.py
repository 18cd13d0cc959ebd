"""
What is searched beside the statements of a generation: passages, quotes and shingles, built and opened together.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import NamedTuple, Protocol

from pydantic import ConfigDict, ValidationError

from corpus.children import Child, program
from corpus.errors import OnRecordError, StoreError
from corpus.models import Frozen, Statement
from retrieval import shingles
from retrieval.backends import embedded
from retrieval.backends.embedded import EmbeddedIndex
from retrieval.folders import discard_partial
from retrieval.index import PassageIndex, open_index
from retrieval.models import Passage
from retrieval.passages import passages_of, quote_passages_of
from retrieval.shingles import ShingleIndex, ShingleManifest

# Raise it when structures are added or their folders change: a generation in another format is built anew.
FORMAT = 1
_FOLDERS = frozenset({"passages", "quotes", "shingles"})
# So many statements are indexed by two processes; fewer are indexed sooner than another has started.
MANY = 1_000
BESIDE = program("retrieval.building_beside")


class Structures(Protocol):
    """The structures of one generation; immutable."""

    @property
    def generation(self) -> str:
        """Its number, or what else names it."""
        ...

    @property
    def passages(self) -> PassageIndex:
        """Every passage."""
        ...

    @property
    def quotes(self) -> PassageIndex:
        """Every part that somebody speaks, as a passage of its own."""
        ...

    @property
    def shingles(self) -> ShingleIndex:
        """Where the words of every statement stand."""
        ...


class Parts(Frozen):
    """
    Which files belong to a generation, a manifest for each structure: the record that the store keeps in one row.

    What an earlier version stored there is read as parts of format 0.
    """

    model_config = ConfigDict(extra="ignore")

    passages: embedded.Manifest = embedded.Manifest()
    quotes: embedded.Manifest = embedded.Manifest()
    shingles: ShingleManifest = ShingleManifest()
    format: int = 0

    def is_stale(self) -> bool:
        """Whether another version of On Record built it."""
        parts = (self.passages, self.quotes, self.shingles)
        return self.format != FORMAT or any(part.is_stale() for part in parts)


class MemoryStructures:
    """Structures of statements that are read in passing, each built when it is first asked for."""

    def __init__(self, statements: Sequence[Statement], generation: str) -> None:
        self.generation = generation
        self._statements = statements

    @cached_property
    def passages(self) -> PassageIndex:
        """Every passage."""
        return self._index(passages_of)

    @cached_property
    def quotes(self) -> PassageIndex:
        """Every part that somebody speaks."""
        return self._index(quote_passages_of)

    @cached_property
    def shingles(self) -> ShingleIndex:
        """Where the words of every statement stand."""
        return ShingleIndex.build(self._statements)

    def _index(self, units_of: Callable[[Statement], list[Passage]]) -> EmbeddedIndex:
        return EmbeddedIndex.build(chain.from_iterable(map(units_of, self._statements)), self.generation)


class StoredStructures:
    """The structures of a stored generation, mapped from disk."""

    def __init__(self, directory: Path, manifest: str, generation: str) -> None:
        """
        Opens every file at once: whoever writes the next generation may delete those of this one.

        Raises:
            StoreError: The manifest is damaged, or another version made it; a file is missing or damaged.
        """
        self.generation = generation
        parts = read_parts(manifest)
        if parts.is_stale():
            raise StoreError(
                "The index was built by another version of On Record. To build it anew, run onrecord corpus add with"
                " any of your files."
            )
        self.passages = _open(directory / "passages", parts.passages, generation)
        self.quotes = _open(directory / "quotes", parts.quotes, generation)
        self.shingles = ShingleIndex.open(directory / "shingles", parts.shingles, generation)


def _open(directory: Path, manifest: embedded.Manifest, generation: str) -> PassageIndex:
    return open_index("embedded", directory, manifest.model_dump_json(), generation)


def read_parts(manifest: str) -> Parts:
    """
    The parts of a stored manifest.

    Raises:
        StoreError: It is no manifest.
    """
    try:
        return Parts.model_validate_json(manifest)
    except ValidationError:
        # Writers read it too, so that adding files would not mend it.
        raise StoreError("The record of the index is damaged. Restore the corpus from a backup.") from None


def append(
    directory: Path,
    before: Parts | None,
    generation: str,
    added: Sequence[Statement],
    removed: Sequence[Statement] = (),
    *,
    erase: bool = False,
) -> Parts:
    """
    The next generation of every structure, written aside; until its parts are stored, the live one is what it was.

    Args:
        directory: Where all structures are kept.
        before: The last generation, `None` for a fresh build.
        generation: Names the new folders.
        added: To add, after what is there.
        removed: Revisions that are in the last generation and no longer count.
        erase: Leave no text of what is removed on disk in the new generation.

    Raises:
        StaleIndexError: What is to be removed is not in the last generation.
        StoreError: Something would be in it twice, a file is damaged, or the process that builds beside this one ended.
    """
    change, last = Change(directory, generation, added, removed, erase), before or Parts()
    gone = [f"{statement.id}@{statement.revision}" for statement in removed]
    with _passages(change, last.passages) as passages:
        quotes = change.build("quotes", last.quotes, quote_passages_of)
        found = shingles.append(directory / "shingles", last.shingles, generation, added, gone, erase=erase)
        return Parts(passages=passages(), quotes=quotes, shingles=found, format=FORMAT)


class Change(NamedTuple):
    """What makes the next generation of the last one, as `append` takes it."""

    directory: Path
    generation: str
    added: Sequence[Statement]
    removed: Sequence[Statement]
    erase: bool

    def build(
        self, name: str, last: embedded.Manifest, units_of: Callable[[Statement], list[Passage]]
    ) -> embedded.Manifest:
        """The next generation of one index, of these units of every statement."""
        gone = [unit.id for unit in chain.from_iterable(map(units_of, self.removed))]
        units = chain.from_iterable(map(units_of, self.added))
        return embedded.append(self.directory / name, last, self.generation, units, gone, erase=self.erase)


def index_passages(change: Change, last: embedded.Manifest) -> embedded.Manifest:
    """The next generation of the index of passages, which takes as long as the other structures together."""
    return change.build("passages", last, passages_of)


@contextmanager
def _passages(change: Change, last: embedded.Manifest) -> Iterator[Callable[[], embedded.Manifest]]:
    """What gives the index of passages at the end; a large one is built by another process in the meantime."""
    if len(change.added) < MANY:
        manifest = index_passages(change, last)
        yield lambda: manifest
        return
    child = Child(BESIDE)
    try:
        # It is given its work once it is up, so that it begins nothing for somebody who has gone.
        child.give(None)
        _taken(child)
        child.give((change, last))
        yield lambda: _taken(child)
    finally:
        child.end()
        discard_partial(change.directory / "passages")


def _taken(child: Child) -> embedded.Manifest:
    """
    What it has built; of no work, nothing.

    Raises:
        StoreError, StaleIndexError, OSError: What stopped it.
    """
    try:
        reply: embedded.Manifest | OnRecordError | OSError = child.take()
    except EOFError as ended:
        message = f"The process that builds the index ended with {ended}. Nothing was changed; try again."
        raise StoreError(message) from None
    if isinstance(reply, Exception):
        raise reply
    return reply


def remove_unused(directory: Path, *kept: Parts) -> None:
    """Delete files that none of these generations refers to; a reader that has one open keeps it until it closes."""
    for folder in directory.iterdir() if directory.is_dir() else ():
        # What an earlier version wrote beside the folders of today.
        if folder.name not in _FOLDERS:
            shutil.rmtree(folder)
    embedded.remove_unused(directory / "passages", *(parts.passages for parts in kept))
    embedded.remove_unused(directory / "quotes", *(parts.quotes for parts in kept))
    shingles.remove_unused(directory / "shingles", *(parts.shingles for parts in kept))
