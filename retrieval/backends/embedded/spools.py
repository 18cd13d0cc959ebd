"""
Arrays that grow while an index is built: in memory while they are short, then in a file that has no name.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

Array = NDArray[Any]

_IN_MEMORY_BYTES = 1 << 22


class Spool:
    """
    One array, written in blocks and read back in the same blocks.

    Attributes:
        dtype: Of what is read back.
    """

    def __init__(self, dtype: DTypeLike, folder: Path | None) -> None:
        """In memory only where there is no folder."""
        self._written: np.dtype[Any] = np.dtype(dtype)
        self.dtype = self._written
        self._table: Array | None = None
        self._lengths: list[int] = []
        self._file: IO[bytes] = io.BytesIO()
        if folder:
            self._file = SpooledTemporaryFile(_IN_MEMORY_BYTES, dir=str(folder))  # noqa: SIM115 (`__del__` closes it)

    def __del__(self) -> None:
        # The file has no name: closing it, also after a build that stopped half-way, is deleting it.
        self._file.close()

    def __len__(self) -> int:
        return sum(self._lengths)

    def append(self, block: Array | bytes) -> None:
        """Add a block at the end."""
        data = block if isinstance(block, bytes) else np.ascontiguousarray(block, dtype=self._written).tobytes()
        self._file.write(data)
        self._lengths.append(len(data) // self._written.itemsize)

    def translate(self, table: Array) -> None:
        """From now on read back `table[value]` for every value that was written."""
        self._table, self.dtype = table, table.dtype

    def blocks(self) -> Iterator[Array]:
        """The blocks, in order; one reader at a time."""
        self._file.seek(0)
        for length in self._lengths:
            block = np.frombuffer(self._file.read(length * self._written.itemsize), dtype=self._written)
            yield block if self._table is None else self._table[block]

    def whole(self) -> Array:
        """All of it in one array."""
        return np.concatenate([np.zeros(0, self.dtype), *self.blocks()])
