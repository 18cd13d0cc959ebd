"""
One request and its answer, within the limits of the policy. Knows nothing of robots, redirects or patience.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import NamedTuple

import httpcore

from corpus.errors import FetchError
from corpus.sources.web.addresses import Address, shown
from corpus.sources.web.bodies import first_bytes, read_body, too_large
from corpus.sources.web.connecting import CheckedNetwork, Network
from corpus.sources.web.policy import USER_AGENT, Policy

_FOUND = frozenset({200, 203})
# Hosts whose connections are kept open between requests: a feed and the site that its entries are on.
_OPEN_HOSTS = 4
_KEEP_OPEN_S = 60.0
# Pages of errors up to this size are read to their end, as the connection can then be used again.
_SHORT = 16 * 1024


class Response(NamedTuple):
    """
    An answer.

    Attributes:
        headers: Names in lower case; of repeated ones the first.
        body: Decompressed; empty unless the status says that the page was found.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def is_found(self) -> bool:
        """Whether the body is the page that was asked for."""
        return self.status in _FOUND


class Fetcher:
    """Asks for pages, one at a time, over at most one connection a host."""

    def __init__(self, policy: Policy, network: Network) -> None:
        self._policy = policy
        self._network = CheckedNetwork(policy, network)
        self._pool = httpcore.ConnectionPool(
            max_connections=_OPEN_HOSTS,
            max_keepalive_connections=_OPEN_HOSTS,
            keepalive_expiry=_KEEP_OPEN_S,
            network_backend=self._network,
        )

    def close(self) -> None:
        """Close what is still open."""
        self._pool.close()

    def get(self, address: Address, headers: Mapping[str, str], *, first: int | None = None) -> Response:
        """
        Ask once.

        Args:
            address: Checked where the connection is made, whatever it says.
            headers: Beside those that every request has.
            first: Read only so many bytes of the body, whatever its size.

        Raises:
            FetchError: `address_refused`, `unreachable`, `connection_lost`, `too_slow`, `too_large`, `bad_format`.
        """
        name = shown(str(address))
        asked = {
            "Host": address.netloc,
            "User-Agent": USER_AGENT,
            "Accept": "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,*/*;q=0.5",
            "Accept-Encoding": "gzip, deflate",
            **headers,
        }
        with self._answer(address, asked, name) as answer:
            found = {key.lower().decode("latin-1"): value.decode("latin-1") for key, value in reversed(answer.headers)}
            if answer.status not in _FOUND:
                _leave_open(answer, found)
                return Response(answer.status, found)
            return Response(answer.status, found, self._body(answer, found, name, first))

    def _body(self, answer: httpcore.Response, headers: Mapping[str, str], name: str, first: int | None) -> bytes:
        encoding, declared = headers.get("content-encoding", ""), headers.get("content-length", "")
        if first and not encoding:
            return first_bytes(answer.iter_stream(), first)
        limit = self._policy.max_bytes
        if declared.isdecimal() and int(declared[:18]) > limit:
            raise too_large(name, limit)
        return read_body(answer.iter_stream(), encoding, limit=limit, address=name)[:first]

    @contextmanager
    def _answer(self, address: Address, headers: Mapping[str, str], name: str) -> Iterator[httpcore.Response]:
        url = httpcore.URL(
            scheme=address.scheme.encode(),
            host=address.host.encode(),
            port=address.port,
            target=address.target.encode(),
        )
        self._network.begin()
        try:
            with self._pool.stream("GET", url, headers=[*headers.items()]) as answer:
                yield answer
        except httpcore.TimeoutException:
            message = f"{name} took too long to answer. Try again later."
            raise FetchError(name, "too_slow", message) from None
        except httpcore.ConnectError:
            message = f"{name} cannot be reached: nobody answers there, or not safely. Try again later."
            raise FetchError(name, "unreachable", message) from None
        except (httpcore.NetworkError, httpcore.ProtocolError):
            message = f"{name} ended in the middle of its answer. Try again later."
            raise FetchError(name, "connection_lost", message) from None


def _leave_open(answer: httpcore.Response, headers: Mapping[str, str]) -> None:
    declared = headers.get("content-length", "")
    if answer.status == 304 or (declared.isdecimal() and int(declared[:18]) <= _SHORT):
        with suppress(httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException):
            first_bytes(answer.iter_stream(), _SHORT + 1)
