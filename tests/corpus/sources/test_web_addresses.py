"""Which addresses may be asked at all, and which machines they may lead to."""

from __future__ import annotations

import ssl
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any

import httpcore
import pytest
from hypothesis import given
from hypothesis import strategies as st
from loopback import Site, SkippingClock

from corpus.errors import FetchError
from corpus.sources.web import Network, Policy, WebReader
from corpus.sources.web.addresses import is_public, parse_address, shown


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("https://news.example", "https://news.example/"),
        (" HTTPS://News.Example:443/A?b=C#part ", "https://news.example/A?b=C"),
        ("http://news.example:80/", "http://news.example/"),
        ("http://news.example:443/", "http://news.example:443/"),
        ("http://news.example./a", "http://news.example/a"),
        ("http://niñez.example/año nuevo?q=ñ", "http://xn--niez-hqa.example/a%C3%B1o%20nuevo?q=%C3%B1"),
        ("http://news.example/a%20b/%C3%B1", "http://news.example/a%20b/%C3%B1"),
        ("http://news.example?page=2", "http://news.example/?page=2"),
        ("http://news.example/a\n b", "http://news.example/a%20b"),
        ("http://[2606:2800:0220::1]:80/", "http://[2606:2800:220::1]/"),
    ],
)
def test_addresses_have_one_form(written: str, expected: str) -> None:
    """
    However an address is written, it is asked for and remembered in one form.
    """
    assert str(parse_address(written)) == expected


@pytest.mark.parametrize(
    "written",
    [
        "",
        "news.example/page",
        "ftp://news.example/",
        "gopher://news.example/",
        "file:///etc/hostname",
        "http:///page",
        "http://a b.example/",
        "http://news.example:port/",
        "http://news.example:99999/",
        "http://[::1",
        "http://[fe80::1%25eth0]/",
        "http://somebody@news.example/",
        "http://somebody:secret@news.example/",
        "http://news.example\\@other.example/",
        "http://news.example\\.other.example/",
        "http://-.-%00/",
        "http://" + "a" * 64 + ".example/",
        "http://" + "a." * 130 + "example/",
        "https://news.example/" + "a" * 2_000,
    ],
)
def test_what_is_no_address_is_refused(written: str) -> None:
    """
    Other schemes, user names, missing hosts and tricks are refused in one short line that holds no password.
    """
    with pytest.raises(FetchError) as caught:
        parse_address(written)

    assert caught.value.code == "address_refused"
    assert "secret" not in str(caught.value)
    assert len(str(caught.value)) < 400
    assert str(caught.value).isprintable()


@given(st.text())
def test_every_text_is_an_address_or_refused(written: str) -> None:
    """
    Nothing that a page can hold as a link does more than being refused; what is an address stays that address.
    """
    base = parse_address("https://news.example/a/b?c")
    with suppress(FetchError):
        found = parse_address(written, base)
        assert parse_address(str(found)) == found
        assert str(found).isascii()


@given(st.text(max_size=600))
def test_shown_addresses_are_one_short_line(text: str) -> None:
    """
    Whatever an address holds, what is shown of it is printable and short.
    """
    assert shown(text).isprintable()
    assert len(shown(text)) <= 200


@pytest.mark.parametrize(
    ("machine", "expected"),
    [
        ("93.184.215.14", True),
        ("2606:2800:220:1::1", True),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("172.32.0.1", True),
        ("192.168.1.1", False),
        ("127.0.0.1", False),
        ("127.8.9.10", False),
        ("0.0.0.0", False),
        ("169.254.169.254", False),  # metadata of most clouds
        ("100.100.100.200", False),  # of another
        ("192.0.0.192", False),  # of another
        ("168.63.129.16", False),  # a cloud's own host, though public by the registry
        ("224.0.0.1", False),
        ("239.255.255.250", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("198.18.0.1", False),  # benchmarks
        ("192.0.2.7", False),  # documentation
        ("::", False),
        ("::1", False),
        ("fe80::1", False),
        ("fe80::1%eth0", False),
        ("fec0::1", False),
        ("fc00::1", False),
        ("fd00:ec2::254", False),  # metadata
        ("ff02::1", False),
        ("2001:db8::1", False),
        ("::ffff:93.184.215.14", False),  # IPv4, mapped
        ("::93.184.215.14", False),  # compatible
        ("2002:5db8:d70e::1", False),  # 6to4
        ("2001:0:5db8:d70e::1", False),  # Teredo
        ("64:ff9b::5db8:d70e", False),  # NAT64
        ("64:ff9b:1::a00:1", False),  # local NAT64
        ("news.example", False),
        ("", False),
    ],
)
def test_public_machines(machine: str, expected: bool) -> None:
    """
    Only machines of the public internet are read, and none in the clothes of another.
    """
    assert is_public(machine) == expected


class Wire(httpcore.NetworkBackend):
    """Sockets that note where they would lead, and answer every request with a 404."""

    def __init__(self, closed: Sequence[str] = ()) -> None:
        self.connected: list[str] = []
        self.names: list[str | None] = []
        self.sent = b""
        self._closed = closed

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        self.connected.append(f"{host}:{port}")
        if host in self._closed:
            raise httpcore.ConnectTimeout
        return _Stream(self)


class _Stream(httpcore.NetworkStream):
    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._wire.sent += buffer

    def close(self) -> None:
        pass

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        assert ssl_context.check_hostname
        assert ssl_context.verify_mode == ssl.CERT_REQUIRED
        self._wire.names.append(server_hostname)
        return self


PUBLIC = "93.184.215.14"


class Names:
    """A name service whose answers follow each other, the last again and again."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self._answers = list(answers)
        self.asked: list[str] = []

    def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if not answer:
            raise OSError("no such name")
        return answer


def ask(url: str, names: Names, wire: Wire, policy: Policy | None = None) -> str | None:
    """The code that reading this address ends with."""
    with WebReader(policy, Network(names, wire, SkippingClock())) as reader:
        (found,) = reader.read(url)
    return found.failure and found.failure.code


@pytest.mark.thorough
def test_the_checked_machine_is_connected_to() -> None:
    """
    The machine that was checked is connected to, under the name that was asked for: in the request and in TLS.
    """
    wire = Wire()

    assert ask("https://news.example/page", Names([PUBLIC]), wire) == "http_404"
    assert set(wire.connected) == {f"{PUBLIC}:443"}
    assert set(wire.names) == {"news.example"}
    assert wire.sent.count(b"Host: news.example\r\n") == 2


@pytest.mark.thorough
def test_names_that_change_lead_nowhere_else() -> None:
    """
    A name that stands for a public machine while it is checked and for a private one a moment later is looked up once
    for each connection, and never leads to the private one.
    """
    wire, names = Wire(), Names([PUBLIC], ["127.0.0.1"])

    assert ask("https://news.example/page", names, wire) == "address_refused"
    assert wire.connected == [f"{PUBLIC}:443"]
    assert names.asked == ["news.example"] * 2


@pytest.mark.parametrize(
    ("url", "machines"),
    [
        ("https://news.example/", ["127.0.0.1"]),
        ("https://news.example/", [PUBLIC, "10.0.0.7"]),  # one of them is enough
        ("https://news.example/", [PUBLIC, "::ffff:127.0.0.1"]),
        ("http://news.example:8080/", [PUBLIC]),
        ("http://news.example:22/", [PUBLIC]),
        ("http://127.0.0.1/", ["127.0.0.1"]),
        ("http://0x7f.1/", ["127.0.0.1"]),
        ("http://localhost/", ["::1", "127.0.0.1"]),
    ],
)
def test_private_machines_and_other_ports_are_refused(url: str, machines: list[str]) -> None:
    """
    Where one machine of a name is private, or the port is not of the web, nothing is connected to at all.
    """
    wire = Wire()

    assert ask(url, Names(machines), wire) == "address_refused"
    assert wire.connected == []


def test_an_operator_can_allow_a_host() -> None:
    """
    A host and port that the policy names may be private; the same host on another port may not.
    """
    wire, policy = Wire(), Policy(allowed_hosts=frozenset({"intranet.example:8080"}))

    assert ask("http://intranet.example:8080/", Names(["10.0.0.7"]), wire, policy) == "http_404"
    assert ask("http://intranet.example/", Names(["10.0.0.7"]), wire, policy) == "address_refused"
    assert set(wire.connected) == {"10.0.0.7:8080"}


@pytest.mark.parametrize("host", ["intranet.example", ":8080", "intranet.example:http"])
def test_allowed_hosts_name_their_port(host: str) -> None:
    """
    A host without its port is a mistake that is said at once, with the value.
    """
    with pytest.raises(ValueError, match=r"is not host:port"):
        Policy(allowed_hosts=frozenset({host}))


def test_other_machines_of_a_name_are_tried() -> None:
    """
    Where the first machine of a name does not answer, the next one is asked.
    """
    wire = Wire(closed=["2606:2800:220:1::1"])

    assert ask("http://news.example/", Names(["2606:2800:220:1::1", PUBLIC]), wire) == "http_404"
    assert wire.connected[:2] == ["2606:2800:220:1::1:80", f"{PUBLIC}:80"]


def test_unknown_names_are_unreachable() -> None:
    """
    A name that stands for nothing is unreachable, and the message asks to check its spelling.
    """
    assert ask("http://news.example/", Names([]), Wire()) == "unreachable"


@pytest.fixture
def site() -> Iterator[Site]:
    """A site that allows everything."""
    with Site() as running:
        yield running


def test_loopback_is_refused_without_the_setting(site: Site) -> None:
    """
    With the system's own name service and sockets, this machine is refused unless the policy allows it.
    """
    with WebReader() as reader:
        (found,) = reader.read(f"http://localhost:{site.port}/")

    assert found.failure
    assert found.failure.code == "address_refused"
    assert site.asked == []
