"""
Connections to checked machines only, with one deadline for a whole answer.

A name is looked up once for each connection; every machine it stands for is checked, and one of these very machines is
connected to. What the name stands for a moment later does not matter, so that it cannot be swapped in between.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

import httpcore

from corpus.errors import FetchError
from corpus.sources.web.addresses import is_public
from corpus.sources.web.policy import Clock, Policy

# Machines tried for one name: enough for one that lost a network, not for a name that stands for hundreds.
_MAX_MACHINES = 4

Resolve = Callable[[str, int], Sequence[str]]


def resolve(host: str, port: int) -> list[str]:
    """
    The IP addresses a name stands for, as the system orders them.

    Raises:
        OSError: There is no such name, or nobody to ask.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Network(NamedTuple):
    """What lies outside: names, sockets and time. Tests bring their own."""

    resolve: Resolve = resolve
    sockets: httpcore.NetworkBackend = httpcore.SyncBackend()
    clock: Clock = Clock()


class CheckedNetwork(httpcore.NetworkBackend):
    """Sockets to public machines on the usual ports, or to hosts that the policy allows."""

    def __init__(self, policy: Policy, network: Network) -> None:
        self._policy = policy
        self._network = network
        self._deadline = 0.0

    def begin(self) -> None:
        """Start the time that one answer may take in all."""
        self._deadline = self._network.clock.now() + self._policy.total_s

    def time_left(self) -> float:
        """
        Seconds that the next step may take.

        Raises:
            httpcore.ReadTimeout: None are left.
        """
        left = self._deadline - self._network.clock.now()
        if left <= 0:
            raise httpcore.ReadTimeout
        return min(left, self._policy.wait_s)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """
        A connection to one of the machines that the name stands for, each of them checked.

        Raises:
            FetchError: `address_refused`, or `unreachable` where the name stands for none.
            httpcore.ConnectError, httpcore.ConnectTimeout: No machine takes the connection.
        """
        machines = self._checked_machines(host, port)
        until = self._network.clock.now() + self.time_left()
        for place, machine in enumerate(machines, start=1):
            # The last one may take all the time that is left, those before it their share.
            share = max(until - self._network.clock.now(), 0.01) / (len(machines) - place + 1)
            try:
                stream = self._network.sockets.connect_tcp(machine, port, share, local_address, socket_options)
                return _DeadlineStream(stream, self)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if place == len(machines):
                    raise
        raise httpcore.ConnectError

    def _checked_machines(self, host: str, port: int) -> list[str]:
        authority = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        allowed = authority in self._policy.allowed_hosts
        if port not in (80, 443) and not allowed:
            raise _refused(authority, "only ports 80 and 443 are read")
        try:
            machines = list(self._network.resolve(host, port))
        except (OSError, UnicodeError):
            machines = []
        if not machines:
            message = f'No machine has the name "{host}" now. Check how it is spelled, or try again later.'
            raise FetchError(authority, "unreachable", message)
        if not allowed and not all(map(is_public, machines)):
            raise _refused(authority, "it is not of the public internet")
        return machines[:_MAX_MACHINES]


class _DeadlineStream(httpcore.NetworkStream):
    """A connection whose every step ends at the deadline of the answer it is part of."""

    def __init__(self, stream: httpcore.NetworkStream, network: CheckedNetwork) -> None:
        self._stream = stream
        self._network = network

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._network.time_left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._network.time_left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secure = self._stream.start_tls(ssl_context, server_hostname, self._network.time_left())
        return _DeadlineStream(secure, self._network)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _refused(authority: str, reason: str) -> FetchError:
    message = f"{authority} is not read: {reason}. If it is your own, an operator can allow {authority}."
    return FetchError(authority, "address_refused", message)
