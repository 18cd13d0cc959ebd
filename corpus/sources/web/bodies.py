"""
Bodies of answers: put together and decompressed without ever holding more than the limit.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from corpus.errors import FetchError

GZIP = b"\x1f\x8b"
_AUTOMATIC = 47  # zlib or gzip, whichever the first bytes say
_RAW = -15  # deflate without a head, which some servers send
# So many bytes tell gzip and zlib from bare deflate.
_TELLING = 2
_ENCODINGS = ("", "identity", "gzip", "x-gzip", "deflate")


def read_body(chunks: Iterable[bytes], encoding: str, *, limit: int, address: str) -> bytes:
    """
    The body that these chunks make.

    Args:
        chunks: As they arrive; reading stops at the limit.
        encoding: Content-Encoding of the answer.
        limit: Bytes, counted before and after decompression.
        address: For messages.

    Raises:
        FetchError: `too_large`; `bad_format` for an encoding that was not asked for or broken compression.
    """
    name = encoding.strip().lower()
    if name not in _ENCODINGS:
        raise FetchError(address, "bad_format", f'{address} came as "{name[:40]}", which was not asked for.')
    if name in ("", "identity"):
        return _joined(chunks, limit, address)
    return inflate(chunks, limit=limit, address=address)


def inflate(chunks: Iterable[bytes], *, limit: int, address: str) -> bytes:
    """
    Decompress gzip, zlib or bare deflate.

    Raises:
        FetchError: `too_large` as soon as more than `limit` bytes have come out; `bad_format` where it is no
            compressed body, or only a part of one.
    """
    inflater = _Inflater(limit, address)
    received = 0
    for chunk in chunks:
        received += len(chunk)
        if received > limit:
            raise too_large(address, limit)
        inflater.take(chunk)
    return inflater.finish()


def first_bytes(chunks: Iterable[bytes], limit: int) -> bytes:
    """The first bytes of an uncompressed body; the rest is left unread."""
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) >= limit:
            break
    return bytes(body[:limit])


class _Inflater:
    """One body being decompressed; gzip may be several members one after the other."""

    def __init__(self, limit: int, address: str) -> None:
        self._limit = limit
        self._address = address
        self._body = bytearray()
        self._decoder = zlib.decompressobj(_AUTOMATIC)
        self._head = b""
        self._untouched = True
        self._ended = False

    def take(self, chunk: bytes) -> None:
        if self._untouched:
            self._head += chunk
            if len(self._head) < _TELLING:
                return
            # These alone say what it is: otherwise that would depend on how much came at once.
            self._take(self._head[:_TELLING])
            chunk = self._head[_TELLING:]
        self._take(chunk)

    def _take(self, chunk: bytes) -> None:
        while chunk and not self._ended:
            if self._decoder.eof:
                if not chunk.startswith(GZIP[:1]):
                    self._ended = True  # padding after the last member, whatever else it holds
                    return
                self._decoder = zlib.decompressobj(_AUTOMATIC)
            self._body += self._decompress(chunk)
            if len(self._body) > self._limit:
                raise too_large(self._address, self._limit)
            chunk = self._decoder.unused_data if self._decoder.eof else self._decoder.unconsumed_tail
            self._untouched = False

    def finish(self) -> bytes:
        if not self._head:
            return b""
        if not self._decoder.eof:
            raise _damaged(self._address)
        return bytes(self._body)

    def _decompress(self, chunk: bytes) -> bytes:
        room = self._limit + 1 - len(self._body)
        try:
            return self._decoder.decompress(chunk, room)
        except zlib.error:
            if not self._untouched:
                raise _damaged(self._address) from None
        self._decoder = zlib.decompressobj(_RAW)
        try:
            return self._decoder.decompress(chunk, room)
        except zlib.error:
            raise _damaged(self._address) from None


def _joined(chunks: Iterable[bytes], limit: int, address: str) -> bytes:
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > limit:
            raise too_large(address, limit)
    return bytes(body)


def _damaged(address: str) -> FetchError:
    return FetchError(address, "bad_format", f"{address} came compressed and damaged. Try again later.")


def too_large(address: str, limit: int) -> FetchError:
    """The error for a body of more than `limit` bytes."""
    size = f"{limit / 2**20:g} MiB" if limit >= 2**20 else f"{limit:,} bytes"
    return FetchError(address, "too_large", f"{address} is larger than {size}. Name a page that holds one statement.")
