"""
robots.txt by RFC 9309: what a site asks programs like this one not to read, and how slowly it wants to be asked.

The standard library's parser takes the first rule that fits instead of the longest and knows no `*`. This one looks for
each piece of a rule in turn, so that no rule can make it slow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote

from corpus.sources.web.policy import PRODUCT

# What a crawler has to read of it at least (RFC 9309, section 2.5).
MAX_BYTES = 500 * 1024
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_ESCAPED = re.compile(r"%([0-9A-Fa-f]{2})")
_TOKEN = re.compile(r"[A-Za-z_-]+|\*")


class Rule(NamedTuple):
    """A path that may or may not be read; `*` is any run of characters, `$` at the end is the end."""

    pattern: str
    allows: bool

    def fits(self, target: str) -> bool:
        """Whether it speaks of this path and query."""
        pieces = self.pattern.removesuffix("$").split("*")
        if not target.startswith(pieces[0]):
            return False
        place = len(pieces[0])
        if self.pattern.endswith("$"):
            last = pieces.pop()
            if not pieces:
                return target == last
            if len(target) - len(last) < place or not target.endswith(last):
                return False
            target = target[: len(target) - len(last)]
        for piece in pieces[1:]:
            found = target.find(piece, place)
            if found < 0:
                return False
            place = found + len(piece)
        return True


class Robots(NamedTuple):
    """
    What a site asks of us; without rules everything may be read.

    Attributes:
        delay_s: Between requests, as asked for; `None` where it is not.
    """

    rules: tuple[Rule, ...] = ()
    delay_s: float | None = None

    def allows(self, target: str) -> bool:
        """Whether a path with its query may be read: the longest rule decides, of two as long the one that allows."""
        wanted = _normal(target)
        fitting = [rule for rule in self.rules if rule.fits(wanted)]
        return max(fitting, key=lambda rule: (len(rule.pattern), rule.allows), default=Rule("", True)).allows


def parse_robots(body: bytes, product: str = PRODUCT) -> Robots:
    """
    What a robots.txt asks of a program of this name: the rules of all its groups, or of those for everybody.

    Args:
        body: As served; what is no rule is passed over.
        product: The name in our User-Agent, without a version.
    """
    own: list[tuple[str, str]] = []
    everybody: list[tuple[str, str]] = []
    is_named = False
    for agents, rules in _groups(body[:MAX_BYTES].decode("utf-8", "replace")):
        if product.lower() in agents:
            is_named = True
            own += rules
        if "*" in agents:
            everybody += rules
    return _robots(own if is_named else everybody)


def _groups(text: str) -> Iterator[tuple[set[str], list[tuple[str, str]]]]:
    """Names in lower case, and the lines of what they may read."""
    agents: set[str] = set()
    rules: list[tuple[str, str]] = []
    for line in text.removeprefix("\ufeff").splitlines():
        name, _, value = line.partition("#")[0].partition(":")
        key, value = name.strip().lower(), value.strip()
        if key == "user-agent":
            if rules:
                yield agents, rules
                agents, rules = set(), []
            token = _TOKEN.match(value)
            agents.add(token.group().lower() if token else "")
        elif agents and key in ("allow", "disallow", "crawl-delay"):
            rules.append((key, value))
    yield agents, rules


def _robots(lines: list[tuple[str, str]]) -> Robots:
    rules = tuple(Rule(_normal(value), key == "allow") for key, value in lines if key != "crawl-delay" and value)
    delays = [float(value) for key, value in lines if key == "crawl-delay" and re.fullmatch(r"\d{1,6}(\.\d+)?", value)]
    return Robots(rules, max(delays, default=None))


def _normal(target: str) -> str:
    """Escapes in one form, so that `%7Euser`, `~user` and `/año` compare as what they stand for."""
    return _ESCAPED.sub(_escape, quote(target, safe="/%:@!$&'()*+,;=~?"))


def _escape(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if _UNRESERVED.match(character) else match.group().upper()
