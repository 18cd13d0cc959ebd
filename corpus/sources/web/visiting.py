"""
Visits: robots.txt first, one request at a time, waiting between them, patience with servers, redirects.
"""

from __future__ import annotations

from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from corpus.errors import FetchError
from corpus.sources.web.addresses import Address, parse_address, shown
from corpus.sources.web.connecting import Network
from corpus.sources.web.fetching import Fetcher, Response
from corpus.sources.web.policy import Policy
from corpus.sources.web.robots import MAX_BYTES, Robots, parse_robots

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TOO_MANY_REQUESTS = 429
_NOT_MODIFIED = 304


class Validators(NamedTuple):
    """What a server said of the version that it sent; kept, and shown to it at the next visit."""

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        """The request for the page only if it is another one now."""
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in asked.items() if value and value.isascii() and value.isprintable()}


class Visit(NamedTuple):
    """
    A page that was found, or is as it was.

    Attributes:
        address: Where it was found at last.
        is_modified: `False` where the server says that it is the version of the validators; then without a body.
    """

    address: Address
    content_type: str
    body: bytes
    validators: Validators
    is_modified: bool = True


class Visitor:
    """Visits pages of any number of sites in one run; robots.txt of each is read once."""

    def __init__(self, policy: Policy, network: Network) -> None:
        self._policy = policy
        self._clock = network.clock
        self._fetcher = Fetcher(policy, network)
        self._robots: dict[Address, Robots | FetchError] = {}
        self._free_at: dict[str, float] = {}

    def close(self) -> None:
        """Close what is still open."""
        self._fetcher.close()

    def visit(self, address: Address, known: Validators | None = None) -> Visit:
        """
        Read a page, wherever it has moved to.

        Args:
            address: Every hop from it is checked anew.
            known: Of the version that is already here.

        Raises:
            FetchError: With the code that says why there is no page.
        """
        found, response = self._follow(address, known.headers() if known else {}, obeys=True)
        if known and response.status == _NOT_MODIFIED:
            return Visit(found, "", b"", known, is_modified=False)
        if not response.is_found:
            raise _failed(found, response.status)
        headers = response.headers
        validators = Validators(headers.get("etag"), headers.get("last-modified"))
        return Visit(found, headers.get("content-type", ""), response.body, validators)

    def _follow(
        self, address: Address, headers: Mapping[str, str], *, obeys: bool, first: int | None = None
    ) -> tuple[Address, Response]:
        """The first answer that leads nowhere else, and its address."""
        here = address
        for _ in range(self._policy.max_redirects + 1):
            if obeys:
                self._obey_robots(here)
            response = self._ask(here, headers, first)
            location = response.headers.get("location")
            if response.status not in _REDIRECTS or not location:
                return here, response
            # Servers send UTF-8 in a header that is Latin-1 by the book.
            here = parse_address(location.encode("latin-1").decode("utf-8", "replace"), here)
        message = f"{shown(str(address))} leads from page to page without end. Name the page it should lead to."
        raise FetchError(shown(str(address)), "too_many_redirects", message)

    def _ask(self, address: Address, headers: Mapping[str, str], first: int | None) -> Response:
        """One answer, with patience for servers that are busy."""
        policy = self._policy
        for attempt in range(policy.retries + 1):
            pause = policy.backoff_s * 2**attempt
            try:
                response = self._ask_once(address, headers, first)
            except FetchError as error:
                if error.code != "connection_lost" or attempt == policy.retries:
                    raise
            else:
                asked = _retry_after(response.headers)
                if not _is_busy(response.status) or attempt == policy.retries or asked > policy.max_retry_after_s:
                    return response
                pause = max(pause, asked)
            self._free_at[address.host] = self._clock.now() + max(pause, self._delay(address))
        raise AssertionError("the last attempt returns or raises")

    def _ask_once(self, address: Address, headers: Mapping[str, str], first: int | None) -> Response:
        wait = self._free_at.get(address.host, 0.0) - self._clock.now()
        if wait > 0:
            self._clock.sleep(wait)
        try:
            return self._fetcher.get(address, headers, first=first)
        finally:
            self._free_at[address.host] = self._clock.now() + self._delay(address)

    def _delay(self, address: Address) -> float:
        robots = self._robots.get(address.at(""))
        asked = robots.delay_s if isinstance(robots, Robots) else None
        return max(self._policy.host_delay_s, min(asked or 0.0, self._policy.max_crawl_delay_s))

    def _obey_robots(self, address: Address) -> None:
        site = address.at("")
        if site not in self._robots:
            self._robots[site] = self._read_robots(address)
            self._free_at[site.host] = max(self._free_at[site.host], self._clock.now() + self._delay(address))
        robots = self._robots[site]
        name = shown(str(address))
        if isinstance(robots, FetchError):
            raise FetchError(name, robots.code, str(robots))
        if not robots.allows(address.target):
            message = (
                f"{name} is closed to programs by the site's robots.txt. Ask the site, or save the page as a file."
            )
            raise FetchError(name, "blocked_by_robots", message)

    def _read_robots(self, address: Address) -> Robots | FetchError:
        """What the site asks; an error where it cannot be asked, which closes it for this run."""
        robots = address.at("/robots.txt")
        try:
            _, response = self._follow(robots, {}, obeys=False, first=MAX_BYTES)
        except FetchError as error:
            # A site that cannot be reached, or must not be, is not one that keeps its rules to itself.
            if error.code in ("address_refused", "unreachable"):
                return error
            return Robots() if error.code == "too_many_redirects" else _closed(robots, error.code)
        if _is_busy(response.status):
            return _closed(robots, f"http_{response.status}")
        return parse_robots(response.body) if response.is_found else Robots()


def _is_busy(status: int) -> bool:
    return status == _TOO_MANY_REQUESTS or status >= 500


def _retry_after(headers: Mapping[str, str]) -> float:
    """Seconds that the server asks to wait; a moment counts from the server's own clock."""
    asked = headers.get("retry-after", "").strip()
    if asked.isdecimal():
        return float(asked[:9])
    try:
        return (parsedate_to_datetime(asked) - parsedate_to_datetime(headers.get("date", ""))).total_seconds()
    except (TypeError, ValueError):
        return 0.0


def _closed(robots: Address, reason: str) -> FetchError:
    name = shown(str(robots))
    message = f"{name} cannot be read ({reason}), which closes the site for this time. Try again later."
    return FetchError(name, "robots_unavailable", message)


def _failed(address: Address, status: int) -> FetchError:
    name = shown(str(address))
    advice = "Check the address, or remove the source." if status in (404, 410) else "Try again later."
    return FetchError(name, f"http_{status}", f"{name} answered {status} instead of the page. {advice}")
