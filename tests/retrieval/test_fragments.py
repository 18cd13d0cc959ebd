"""A link that opens at the very words: what stands in it, and which addresses become links at all."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.fragments import MAX_LINK_CHARS, link_to, web_address

PAGE = "https://lights.example/lamps"
LONG = " ".join(f"lamp{number}" for number in range(60))


@pytest.mark.parametrize(
    ("text", "directive"),
    [
        ("We keep the lamps lit", "We%20keep%20the%20lamps%20lit"),
        ("well-lit, warm & safe", "well%2Dlit%2C%20warm%20%26%20safe"),  # what the directive itself is made of
        ("It is lit. Now_and ~ then?", "It%20is%20lit%2E%20Now%5Fand%20%7E%20then%3F"),  # what ends a link in text
        ("100% (all) #lamps / <b>", "100%25%20%28all%29%20%23lamps%20%2F%20%3Cb%3E"),
        ("El faro está aquí", "El%20faro%20est%C3%A1%20aqu%C3%AD"),
        ("  We\tkeep \u00a0 lamps  lit ", "We%20keep%20lamps%20lit"),  # a page shows one space
        ("• We keep lamps lit –", "We%20keep%20lamps%20lit"),  # a page draws its bullets
        ("We keep lamps lit\nNobody walks home alone", "We%20keep%20lamps%20lit,Nobody%20walks%20home%20alone"),
        ("Our demands\nWe want lamps lit", "We%20want%20lamps%20lit"),  # a short heading stands anywhere
        ("Lamps\nlit", "Lamps,lit"),
        (LONG, "lamp0%20lamp1%20lamp2%20lamp3%20lamp4%20lamp5,lamp54%20lamp55%20lamp56%20lamp57%20lamp58%20lamp59"),
    ],
)
def test_words_in_the_link(text: str, directive: str) -> None:
    """Short words stand whole, long ones by their ends, and nothing in them is read as part of the address."""
    assert link_to(PAGE, text) == f"{PAGE}#:~:text={directive}"


def test_end_is_the_last_of_its_kind() -> None:
    """Where the last words stand earlier too, more of them are named: a browser stops at the first it meets."""
    text = f"{LONG} and we will keep all lamps lit {LONG} so that and we will keep all lamps lit"

    assert unquote(link_to(PAGE, text).split(",")[1]) == "so that and we will keep all lamps lit"


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://lights.example", "https://lights.example#:~:text=Lit"),
        ("http://lights.example:8080/?a=1&b=2", "http://lights.example:8080/?a=1&b=2#:~:text=Lit"),
        (f"{PAGE}#second", f"{PAGE}#second:~:text=Lit"),  # its own fragment stays
        (f"{PAGE}#", f"{PAGE}#:~:text=Lit"),
        (f"{PAGE}#second:~:text=Dark", f"{PAGE}#second:~:text=Lit"),
        (f"{PAGE}?q=:~:#a", f"{PAGE}?q=:~:#a:~:text=Lit"),
        (f" {PAGE}\n", f"{PAGE}#:~:text=Lit"),
        ("HTTPS://Lights.example/A", "https://Lights.example/A#:~:text=Lit"),
        ("http://http/a", "http://http/a#:~:text=Lit"),
    ],
)
def test_address_keeps_its_parts(url: str, link: str) -> None:
    """The text fragment comes last, behind a fragment that the address has."""
    assert link_to(url, "Lit") == link


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://lights.example/a_(b) c", "https://lights.example/a_%28b%29%20c"),
        ("https://lights.example/%28b%29", "https://lights.example/%28b%29"),
        ("https://lights.example/[x]'\"*`|<>\\", "https://lights.example/%5Bx%5D%27%22%2A%60%7C%3C%3E%5C"),
        ("https://lights.example/año", "https://lights.example/a%C3%B1o"),
        ("https://ñandú.example/", "https://xn--and-6ma2c.example/"),
    ],
)
def test_address_is_safe_to_paste(url: str, address: str) -> None:
    """Signs that would end a link where it is pasted are encoded, and encoded ones stay."""
    assert web_address(url) == address


@pytest.mark.parametrize(
    "url",
    [
        "",
        "lights.example/lamps",
        "javascript:alert(1)",
        "data:text/html,<b>lamps</b>",
        "file:///lamps",
        "java\nscript:alert(1)",
        "https://lights.example/\u202eexe",
        "https://lights.example/\x00",
        "https://lights.example/a\nb",
        "https://ana@lights.example/",
        "https://lights.example:secret@dark.example/",
        "https://lights.example\\@dark.example/",
        "https:\\\\lights.example/",
        "https:///lights.example",
        "https://",
        "https://lights.example:99999/",
        "https://lights.example:x/",
        "https://[::1]/",
        "https://[lights",
        "https://a..example/",
        "https://lights example/",
        f"https://{'a' * 64}.example/",
        f"https://lights.example/{'a' * 2000}",
    ],
)
def test_other_addresses_are_no_links(url: str) -> None:
    """What is no plain web address, or could show one host and open another, is never linked."""
    assert link_to(url, "We keep the lamps lit.") == ""


def test_long_address_stays_as_it_is() -> None:
    """Where the words would make the link longer than Discord's buttons take, the plain address is the link."""
    url = f"https://lights.example/{'a' * 460}"

    assert link_to(url, "Lamps are lit") == f"{url}#:~:text=Lamps%20are%20lit"
    assert link_to(url, "Lamps are lit here today") == url


@pytest.mark.parametrize("text", ["", " \n ", "…", "— • —"])
def test_no_words_no_fragment(text: str) -> None:
    """Without a word to look for, the link is the address."""
    assert link_to(PAGE, text) == PAGE


@given(st.text(max_size=900), st.sampled_from([PAGE, f"{PAGE}#a", f"https://lights.example/{'a' * 400}"]))
def test_link_holds_words_of_the_text_in_order(text: str, url: str) -> None:
    """Whatever the words, the link is ASCII, short enough for a button, and names whole words of one line each."""
    link = link_to(url, text)

    assert link.startswith(url)
    assert len(link) <= MAX_LINK_CHARS
    _, found, directive = link.partition(":~:text=")
    assert re.fullmatch(r"(?:[A-Za-z0-9]|%[0-9A-F]{2})+(?:,(?:[A-Za-z0-9]|%[0-9A-F]{2})+)?" if found else "", directive)
    place = 0
    words = text.split()
    for term in filter(None, directive.split(",")):
        named = unquote(term, errors="strict").split(" ")
        assert any(_holds(line.split(), named) for line in text.splitlines())
        place = next(n for n in range(place, len(words)) if words[n : n + len(named)] == named) + len(named)


def _holds(words: list[str], named: list[str]) -> bool:
    return any(words[n : n + len(named)] == named for n in range(len(words)))


@given(
    st.text(max_size=60), st.sampled_from(["", "https://", "https://lights.example", "http://lights.example/", "//"])
)
def test_any_address_is_a_web_address_or_none(tail: str, head: str) -> None:
    """Whatever stands as an address, what comes out is a clean web address or nothing, and stays as it is."""
    address = web_address(head + tail)

    assert re.fullmatch(r"(?:https?://[a-zA-Z0-9._-]+(?::\d+)?(?:[/?#][!-~]*)?)?", address)
    assert not set(address) & set(" ()<>[]\"'`*|\\")
    assert web_address(address) == address
