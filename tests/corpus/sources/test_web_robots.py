"""robots.txt as RFC 9309 reads it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.sources.web.robots import parse_robots


@pytest.mark.parametrize(
    ("rules", "target", "expected"),
    [
        ("", "/a", True),
        ("Disallow:", "/a", True),
        ("Disallow: /", "/a", False),
        ("Disallow: /a", "/a", False),
        ("Disallow: /a", "/ab", False),
        ("Disallow: /a", "/b/a", True),
        ("Disallow: /a/", "/a", True),
        ("Disallow: /A", "/a", True),
        ("Disallow: /a\nAllow: /a/b", "/a/b/c", True),  # the longer rule, not the first
        ("Allow: /a\nDisallow: /a/b", "/a/b/c", False),
        ("Allow: /a/b\nDisallow: /a", "/a/c", False),
        ("Disallow: /a\nAllow: /a", "/a", True),  # of equal ones the kinder
        ("Disallow: /*.pdf", "/a/b.pdf", False),
        ("Disallow: /*.pdf", "/a/b.pdf?x", False),
        ("Disallow: /*.pdf$", "/a/b.pdf?x", True),
        ("Disallow: /*.pdf$", "/a/b.pdf", False),
        ("Disallow: /*.pdf$", "/a.pdf/b.pdf", False),
        ("Disallow: /a*b*c", "/a-c-b-c", False),
        ("Disallow: /a*b*c", "/a-c-b", True),
        ("Disallow: /a$", "/a", False),
        ("Disallow: /a$", "/ab", True),
        ("Disallow: /ab*b$", "/ab", True),  # the same letter does not count twice
        ("Disallow: *", "/a", False),
        ("Disallow: /*?", "/a?b", False),
        ("Disallow: /*?", "/a", True),
        ("Disallow: /~juniper", "/%7Ejuniper", False),
        ("Disallow: /%7ejuniper", "/~juniper", False),
        ("Disallow: /niñez", "/ni%C3%B1ez", False),
        ("Disallow: /ni%c3%b1ez", "/ni%C3%B1ez", False),
        ("Disallow: /a%2Fb", "/a/b", True),
        ("Disallow: /a # all of it", "/a", False),
        ("disallow : /a", "/a", False),
        ("Disallow /a", "/a", True),
        ("Noindex: /a", "/a", True),
    ],
)
def test_the_longest_rule_decides(rules: str, target: str, expected: bool) -> None:
    """
    A path may be read or not by the longest rule that fits it.
    """
    assert parse_robots(f"User-agent: *\n{rules}".encode()).allows(target) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Disallow: /", True),  # of nobody
        ("User-agent: OtherBot\nDisallow: /", True),
        ("User-agent: OtherBot\nUser-agent: *\nDisallow: /", False),
        ("User-agent: OnRecord\nDisallow: /", False),
        ("USER-AGENT: onrecord/2.0\nDISALLOW: /", False),
        ("User-agent: OnRecorder\nDisallow: /", True),
        ("User-agent: *\nDisallow: /\nUser-agent: OnRecord\nDisallow: /b", True),
        ("User-agent: OnRecord\nDisallow: /b\n\nUser-agent: OnRecord\nDisallow: /a", False),  # both groups
        ("User-agent: OnRecord\n\nDisallow: /a", False),  # an empty line ends nothing
        ("User-agent: OnRecord\nSitemap: /s.xml\nDisallow: /a", False),
        ("User-agent: OnRecord\nUser-agent: *\nAllow: /\nUser-agent: *\nDisallow: /a", True),
        ("\ufeffUser-agent: *\r\nDisallow: /a\r\n", False),
        ("User-agent: *\rDisallow: /a", False),
    ],
)
def test_own_group_comes_first(text: str, expected: bool) -> None:
    """
    Rules for our name count, else those for everybody, never those for others.
    """
    assert parse_robots(text.encode()).allows("/a") == expected


def test_no_rule_is_slow() -> None:
    """
    A rule made to be slow for regular expressions takes no longer than another.
    """
    robots = parse_robots(b"User-agent: *\nDisallow: /" + b"*a" * 20_000 + b"b")
    began = time.process_time()

    assert robots.allows("/" + "a" * 1_999)
    assert time.process_time() - began < 0.5


@given(st.binary(max_size=300))
def test_every_robots_is_read(body: bytes) -> None:
    """
    Whatever is served as robots.txt, the front page may be read or not, and every pause is a number.
    """
    robots = parse_robots(b"User-agent: *\n" + body)

    assert robots.allows("/") in (True, False)
    assert robots.delay_s is None or robots.delay_s >= 0
