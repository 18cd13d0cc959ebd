"""
Named arrays in one immutable file, opened by memory map and checked as they are read.

    arrays, each on a multiple of 64 bytes │ CRC-32 of every 4 KiB │ JSON that names the arrays │ tail of 16 bytes

Opening reads the tail, the JSON and the checksums. A block of data is checked the first time something in it is
wanted, so that a damaged file gives an error and never a wrong word, and opening takes no longer for a large one.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import zlib
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from corpus.errors import StoreError
from retrieval.backends.embedded.spools import Array, Spool

# Of 4 KiB: passages that are shown lie far apart, and each costs the check of a block.
_BLOCK_BITS = 12
BLOCK = 1 << _BLOCK_BITS
_ALIGNMENT = 64
_TAIL = struct.Struct("<II8s")
_MAGIC = b"onrecord"


class Columns(Protocol):
    """Named arrays, in memory or in a file."""

    def whole(self, name: str) -> Array:
        """The whole array of this name."""
        ...

    def part(self, name: str, start: int, end: int) -> Array:
        """Its elements `[start, end)`."""
        ...

    def unchecked(self, name: str) -> Array:
        """The whole array, of which only what the others gave is known to be undamaged."""
        ...

    def gather(self, name: str, places: NDArray[np.intp]) -> Array:
        """Its elements at these places, which may be few in a large array."""
        ...


class MemoryColumns(dict[str, Array]):
    """Arrays that were just built."""

    @classmethod
    def of(cls, columns: Mapping[str, Array | Spool]) -> MemoryColumns:
        """The same columns, those that were spooled as arrays."""
        return cls((name, one.whole() if isinstance(one, Spool) else one) for name, one in columns.items())

    def whole(self, name: str) -> Array:
        """The whole array of this name."""
        return self[name]

    def part(self, name: str, start: int, end: int) -> Array:
        """Its elements `[start, end)`."""
        return self[name][start:end]

    def unchecked(self, name: str) -> Array:
        """The whole array of this name."""
        return self[name]

    def gather(self, name: str, places: NDArray[np.intp]) -> Array:
        """Its elements at these places."""
        return self[name].take(places)


def fitting(values: ArrayLike) -> Array:
    """Whole numbers, none negative, as an array of the smallest unsigned type that holds them."""
    array = np.asarray(values)
    return array.astype(np.min_scalar_type(array.max()) if array.size else np.uint8, copy=False)


def offsets(lengths: ArrayLike) -> Array:
    """Where each of several runs starts, and where the last one ends: one entry more than there are runs."""
    lengths = np.asarray(lengths, dtype=np.int64)
    return fitting(np.concatenate(([0], np.cumsum(lengths))))


def runs(starts: Array, lengths: Array) -> NDArray[np.intp]:
    """
    The places of several runs, one after the other.

    Args:
        starts: Where each begins, shape (r,).
        lengths: How many places each has, shape (r,).

    Returns:
        Shape (sum of `lengths`,).
    """
    lengths = lengths.astype(np.intp)
    ends = np.cumsum(lengths)
    places: NDArray[np.intp] = np.repeat(starts.astype(np.intp) - ends + lengths, lengths)
    places += np.arange(len(places))
    return places


def write_columns(path: Path, columns: Mapping[str, Array | Spool]) -> int:
    """
    Write arrays to a new file, down to the disk.

    Returns:
        The size of the file in bytes.
    """
    with path.open("x+b") as file:
        sections = {
            name: _write_section(file, one.dtype, one.blocks() if isinstance(one, Spool) else [one])
            for name, one in columns.items()
        }
        file.seek(0)
        sums = np.array([zlib.crc32(block) for block in iter(partial(file.read, BLOCK), b"")], dtype="<u4")
        data_bytes = file.tell()
        file.write(sums.tobytes())
        described = {"sections": sections, "bytes": data_bytes, "sums": zlib.crc32(sums.tobytes())}
        footer = json.dumps(described).encode()
        file.write(footer + _TAIL.pack(len(footer), zlib.crc32(footer), _MAGIC))
        file.flush()
        os.fsync(file.fileno())
        return file.tell()


def _write_section(file: BinaryIO, dtype: np.dtype[Any], blocks: Iterable[Array]) -> tuple[str, int, int]:
    file.write(bytes(-file.tell() % _ALIGNMENT))
    start, stored = file.tell(), dtype.newbyteorder("<")
    for block in blocks:
        file.write(np.ascontiguousarray(block, dtype=stored).data)
    return stored.str, start, (file.tell() - start) // stored.itemsize


class MappedColumns:
    """Arrays of a file that `write_columns` wrote, read through a memory map that is never written."""

    def __init__(self, path: Path, size: int) -> None:
        """
        Args:
            path: The file.
            size: Its bytes, as they were when it was written.

        Raises:
            StoreError: The file is missing, short, or its description is damaged.
        """
        self._path = path
        self._whole: dict[str, Array] = {}
        try:
            with path.open("rb") as file:
                if os.fstat(file.fileno()).st_size != size:
                    raise self._damaged("its size is not what was written")
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise StoreError(f"{path}: the index file cannot be read ({error}). Build the index again.") from error
        self._describe(size)

    def _describe(self, size: int) -> None:
        length, checksum, magic = _TAIL.unpack_from(self._map, size - _TAIL.size) if size > _TAIL.size else (0, 0, b"")
        footer = self._map[max(0, size - _TAIL.size - length) : size - _TAIL.size]
        if magic != _MAGIC or zlib.crc32(footer) != checksum:
            raise self._damaged("its description is damaged")
        described = json.loads(footer)
        # Of each array: all of it, not yet checked; where it starts in the file; bytes of an element.
        self._views: dict[str, tuple[Array, int, int]] = {
            name: (np.frombuffer(self._map, dtype=code, count=length, offset=offset), offset, int(code[2:]))
            for name, (code, offset, length) in described["sections"].items()
        }
        blocks = -(-described["bytes"] // BLOCK)
        self._bytes: int = described["bytes"]
        self._sums = np.frombuffer(self._map, dtype="<u4", count=blocks, offset=0 if not blocks else self._bytes)
        if zlib.crc32(self._sums.data) != described["sums"]:
            raise self._damaged("its checksums are damaged")
        self._bytes_view = memoryview(self._map)
        self._checked = bytearray(blocks)
        self._seen = np.frombuffer(self._checked, dtype=np.bool_)

    def whole(self, name: str) -> Array:
        """
        The whole array of this name.

        Raises:
            StoreError: It is damaged.
        """
        if name not in self._whole:
            self._whole[name] = self.part(name, 0, len(self._views[name][0]))
        return self._whole[name]

    def part(self, name: str, start: int, end: int) -> Array:
        """
        Its elements `[start, end)`.

        Raises:
            StoreError: They are damaged.
        """
        array, offset, width = self._views[name]
        first, last = offset + start * width >> _BLOCK_BITS, offset + end * width - 1 >> _BLOCK_BITS
        if self._checked.find(0, first, last + 1) >= 0:
            self._check(range(first, last + 1))
        return array[start:end]

    def unchecked(self, name: str) -> Array:
        """The whole array, of which only what `part` gave is known to be undamaged."""
        return self._views[name][0]

    def gather(self, name: str, places: NDArray[np.intp]) -> Array:
        """
        Its elements at these places, which may be few in a large array.

        Raises:
            StoreError: They are damaged.
        """
        array, offset, width = self._views[name]
        blocks = (places * width + offset) >> _BLOCK_BITS
        if not self._seen.take(blocks).all():
            self._check(np.unique(blocks).tolist())
        return array.take(places)

    def check_all(self) -> None:
        """
        Look at every byte now.

        Raises:
            StoreError: One of them is damaged.
        """
        self._check(range(len(self._checked)))

    def _check(self, blocks: Iterable[int]) -> None:
        for block in blocks:
            if not self._checked[block]:
                data = self._bytes_view[block << _BLOCK_BITS : min(block + 1 << _BLOCK_BITS, self._bytes)]
                if zlib.crc32(data) != self._sums[block]:
                    raise self._damaged(f"bytes {block * BLOCK} and following are not what was written")
                self._checked[block] = 1

    def _damaged(self, how: str) -> StoreError:
        return StoreError(f"{self._path}: the index file is damaged ({how}). Build the index again.")
