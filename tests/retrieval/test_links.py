"""Links: a statement's own address, or else its page on the public site."""

from __future__ import annotations

import re

import pytest
from factories import statement
from hypothesis import given
from hypothesis import strategies as st

from retrieval.excerpts import cited
from retrieval.fragments import MAX_LINK_CHARS
from retrieval.links import link_to_statement, link_to_words, named_safely, page_of
from retrieval.models import Language

SITE = "https://record.example/archive"
OWN = "https://lights.example/lamps"


@pytest.mark.parametrize(
    ("id", "path"),
    [
        ("2014-003", "s/2014-003.html"),
        ("undated-001", "s/undated-001.html"),
        ("walk_2", "s/walk_2.html"),
        ("Walk", "s/walk."),  # where capitals make no difference, "walk" is another file
        ("con", "s/con."),  # a device
        ("archive/walk", "s/archive-walk."),
        ("../../etc/passwd", "s/etc-passwd."),
        ("¿dónde?", "s/donde."),
        ("灯", "s/x."),
    ],
)
def test_pages_have_names_that_every_host_takes(id: str, path: str) -> None:
    """
    A record number is the name of its page; any other id gets letters, digits and a hash.
    """
    assert re.fullmatch(re.escape(path) + (r"[0-9a-f]{12}\.html" if path.endswith(".") else ""), page_of(id))


@given(st.text(min_size=1))
def test_names_are_safe(id: str) -> None:
    """
    Whatever a file is called, the name of its page is short and plain, stays in its folder, and needs no encoding.
    """
    name = page_of(id)

    assert re.fullmatch(r"s/[a-z0-9][a-z0-9_-]*(?:\.[0-9a-f]{12})?\.html", name)
    assert len(name) < 100


@given(st.text(min_size=1), st.text(min_size=1))
def test_names_are_of_one_statement(one: str, other: str) -> None:
    """
    Two statements never share a page.
    """
    assert (page_of(one) == page_of(other)) == (one == other)
    assert (named_safely(one) == named_safely(other)) == (one == other)


@pytest.mark.parametrize(
    ("url", "public_url", "expected"),
    [
        (OWN, SITE, f"{OWN}#:~:text=the%20lamps"),  # its own address leads to the very words
        (OWN, "", f"{OWN}#:~:text=the%20lamps"),
        (None, SITE, f"{SITE}/es/s/2014-001.html#p3"),
        ("javascript:alert(1)", SITE, f"{SITE}/es/s/2014-001.html#p3"),
        (None, "", ""),
    ],
)
def test_words_are_linked(url: str | None, public_url: str, expected: str) -> None:
    """
    The link leads to the words at their own address, else to their paragraph on the public site, else there is none.
    """
    one = cited(statement(url=url))

    assert link_to_words(one, "the lamps", 3, "es", public_url) == expected
    assert (link_to_statement(one, "es", public_url) or "#").partition("#")[0] == expected.partition("#")[0]


@given(st.text(min_size=1), st.sampled_from(["en", "es"]))
def test_links_fit_a_button(id: str, locale: Language) -> None:
    """
    The link to a page of the longest address that the settings take is one that Discord's buttons take.
    """
    one = cited(statement(id=id, file="lamps.txt"))

    assert len(link_to_words(one, "", 99_999, locale, "https://" + "r" * 192)) < MAX_LINK_CHARS
