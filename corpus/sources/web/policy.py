"""
How far we go on other people's servers, and the clock that says when.
"""

from __future__ import annotations

import time

from pydantic import Field, field_validator

from corpus.models import Frozen
from corpus.sources.timing import MAX_SECONDS

PRODUCT = "OnRecord"
USER_AGENT = f"{PRODUCT}/0.1 (reads public statements of organisations; obeys robots.txt for {PRODUCT})"


class Policy(Frozen):
    """
    Limits of fetching: those of CONTRACT, "onrecord corpus"; tests take smaller ones.

    Attributes:
        allowed_hosts: `host:port` that may be read although they are private or on another port.
        host_delay_s: From the end of one request to a host to the start of the next.
        max_crawl_delay_s: A longer wish of robots.txt counts as this.
        wait_s: To connect, and for the next bytes.
        total_s: One answer in all, from connecting to its last byte.
        read_s: Of processor time, to read one page.
        max_bytes: Of one body, before and after decompression.
        retries: Further attempts after 5xx, 429 and lost connections.
        backoff_s: Before the first retry; doubled for each further one.
        max_retry_after_s: A server that asks for more is not asked again.
        max_listed: Addresses taken from one listing, nested sitemaps included.
        max_sitemaps: Nested sitemaps read for one listing.
        max_entries: Entries of one listing that are read.
        max_failures: Entries of a listing whose server failed in a row, after which the rest is left alone.
    """

    allowed_hosts: frozenset[str] = frozenset()
    host_delay_s: float = Field(1.0, ge=0.2, allow_inf_nan=False)
    max_crawl_delay_s: float = 30.0
    wait_s: float = 30.0
    total_s: float = 120.0
    read_s: float = MAX_SECONDS
    max_bytes: int = 64 * 2**20
    max_redirects: int = 5
    retries: int = 3
    backoff_s: float = 1.0
    max_retry_after_s: float = 60.0
    max_listed: int = 50_000
    max_sitemaps: int = 200
    max_entries: int = 5_000
    max_failures: int = 10

    @field_validator("allowed_hosts")
    @classmethod
    def _name_ports(cls, hosts: frozenset[str]) -> frozenset[str]:
        for host in hosts:
            name, _, port = host.rpartition(":")
            if not name or not port.isdecimal():
                raise ValueError(f'"{host}" is not host:port. Write it like intranet.example:8080.')
        return frozenset(host.lower() for host in hosts)


class Clock:
    """Seconds since some start, and waiting; tests bring one that skips the waiting."""

    def now(self) -> float:
        """Seconds since some start; never goes back."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)
