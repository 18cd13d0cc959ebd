"""
Addresses of pages: taken apart once, so that what was checked is what is asked; and which machines are public.
"""

from __future__ import annotations

import ipaddress
import re
from typing import NamedTuple
from urllib.parse import quote, urljoin, urlsplit

from corpus.errors import FetchError

MAX_LENGTH = 2_000
_SHOWN = 200
_PORTS = {"http": 80, "https": 443}
_PATH_SAFE = "/%:@!$&'()*+,;=~"
_NAME = re.compile(r"(?=.{1,253}\Z)[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_-]{1,63})*")
_USER = re.compile(r"//[^/?#]*@")
_UNICAST_6 = ipaddress.ip_network("2000::/3")
# What the standard library takes for public in one version or another, and is not: registries' own networks, a cloud's
# own host, IPv6 that stands for other machines.
_SPECIAL = [
    ipaddress.ip_network(net)
    for net in (
        *("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32"),
        *("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"),
    )
]


class Address(NamedTuple):
    """
    An address that may be asked, without its fragment.

    Attributes:
        host: Lower case, ASCII; IPv6 without brackets.
        target: Path and query, percent-encoded.
    """

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """`host:port`, the port always there: what a policy allows."""
        return f"{self._bracketed}:{self.port}"

    @property
    def netloc(self) -> str:
        """Host, with the port where it is not the scheme's own: what the server is told."""
        return self._bracketed if self.port == _PORTS[self.scheme] else self.authority

    @property
    def path(self) -> str:
        """The target without its query."""
        return self.target.partition("?")[0]

    @property
    def _bracketed(self) -> str:
        return f"[{self.host}]" if ":" in self.host else self.host

    def at(self, target: str) -> Address:
        """Another address of the same server."""
        return self._replace(target=target)

    def is_beside(self, other: Address) -> bool:
        """Whether both are of one host; plain and encrypted are one, other ports are not."""
        usual = set(_PORTS.values())
        return self.host == other.host and (self.port == other.port or {self.port, other.port} <= usual)

    def __str__(self) -> str:
        return f"{self.scheme}://{self.netloc}{self.target}"


def parse_address(text: str, base: Address | None = None) -> Address:
    """
    The address that a person, a link or a redirect names.

    Args:
        text: As written; spaces and letters outside ASCII are encoded.
        base: Where it was found; what it leaves out is taken from there.

    Raises:
        FetchError: `address_refused`: no http or https, a user name in it, no host, too long.
    """
    written = re.sub(r"[\t\r\n]", "", text.strip())
    try:
        parts = urlsplit(urljoin(str(base), written) if base else written)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise _refused(written, "it is no address. Write it like https://example.org/news.") from None
    scheme = parts.scheme.lower()
    if scheme not in _PORTS:
        raise _refused(written, "only http and https are read.")
    if "@" in parts.netloc:
        raise _refused(written, "it holds a user name. Name the page without it.")
    target = quote(parts.path or "/", safe=_PATH_SAFE)
    target = target if target.startswith("/") else f"/{target}"
    if parts.query:
        target += f"?{quote(parts.query, safe=_PATH_SAFE + '?')}"
    address = Address(scheme, _host(host or "", written), _PORTS[scheme] if port is None else port, target)
    if len(str(address)) > MAX_LENGTH:
        raise _refused(written, f"it is longer than {MAX_LENGTH:,} characters.")
    return address


def is_public(machine: str) -> bool:
    """
    Whether an IP address is of the public internet, and of no other machine in disguise.

    IPv4 in IPv6 clothes (mapped, 6to4, Teredo, NAT64) is not: it would be another way to every private address.
    """
    try:
        address = ipaddress.ip_address(machine)
    except ValueError:
        return False
    if address.is_multicast or address.is_reserved or not address.is_global:
        return False
    if address.version == 6 and address not in _UNICAST_6:
        return False
    return not any(address in net for net in _SPECIAL)


def shown(text: str) -> str:
    """An address as messages print it: short, on one line, without a user name."""
    plain = "".join(character if character.isprintable() else "?" for character in _USER.sub("//…@", text))
    return plain if len(plain) <= _SHOWN else plain[: _SHOWN - 1] + "…"


def _host(name: str, written: str) -> str:
    try:
        if ":" in name and "%" not in name:
            return str(ipaddress.IPv6Address(name))
        plain = name if name.isascii() else name.encode("idna").decode("ascii")
    except ValueError:
        plain = ""
    plain = plain.removesuffix(".").lower()
    if not _NAME.fullmatch(plain):
        raise _refused(written, "its host is no name or number. Write it like https://example.org/news.")
    return plain


def _refused(written: str, reason: str) -> FetchError:
    return FetchError(shown(written), "address_refused", f'"{shown(written)}" is not read: {reason}')
