"""An organisation's standing paragraph and a blogger's introduction are told from the statement itself."""

from __future__ import annotations

import pytest
from real import SHARED, needs_real

from corpus.framing import find_about, find_wrapper
from corpus.furniture import find_furniture
from corpus.sources.formats import read_page

NAME = "River Network"
BODY = (
    "Tucson, AZ – The River Network asks the county to open the winter shelter on Monday.\n\n"
    "“Nine families sleep in cars,” said Lena Ortiz, director of the River Network."
)


def about(text: str, names: tuple[str | None, ...] = (NAME,), short: dict[str, str] | None = None) -> list[str]:
    return [text[span.start : span.end] for span in find_about(text, find_furniture(text), names, short or {})]


def wrapper(text: str, names: tuple[str | None, ...] = (NAME,)) -> list[str]:
    return [text[span.start : span.end] for span in find_wrapper(text, find_furniture(text), names, {})]


@pytest.mark.parametrize(
    "paragraph",
    [
        "The River Network is a coalition of farm workers' families in three valleys.",
        "River Network is one of the oldest immigrant-led organizations in the desert.",
        "River Network aspires to become a home for everybody who crosses the valley.",
        "River Network has worked for 26 years so that people who pick fruit are safe.",
        "River Network was founded in 1983 by nine families. It runs a clinic and a school.",
        "Founded in 1983, the River Network gives classes in four languages.",
        "River Network links 36 organizations in 15 states.",
        "is the desert's largest network of families. Its mission is to keep them together.",  # the name was lost
        "*About the network.* It was opened in 1983 by nine families of the valley.",
        "La River Network es una organización de familias campesinas fundada en 1983.",
        "Fundada en 1983, River Network da clases en cuatro idiomas.",
        "River Network lleva 31 años defendiendo a las familias del valle.",
    ],
)
def test_standing_paragraph(paragraph: str) -> None:
    """What an organisation says of itself at the end of a release is about, whole."""
    assert about(f"The Shelter\n\n{BODY}\n\n{paragraph}\n\nShare this") == [paragraph]


@pytest.mark.parametrize(
    "heading", ["About River Network", "ABOUT THE RIVER NETWORK:", "About us", "Sobre River Network"]
)
def test_paragraph_under_heading(heading: str) -> None:
    """Under a heading "About" the paragraph needs no telling words."""
    text = f"The Shelter\n\n{BODY}\n\n{heading}\n\nIn nine valleys the River Network keeps a lamp in the window."

    assert about(text)[-1] == "In nine valleys the River Network keeps a lamp in the window."


@pytest.mark.parametrize(
    "paragraph",
    [
        "The River Network is calling on the county to open the shelter.",
        "Secure Valleys is a program that takes families apart.",
        "Lena Ortiz is a member of the county's shelter committee and will speak on Monday.",
        "“The River Network is a network of friends,” said Lena Ortiz.",
        "The River Network condemns the county's order and will be at the gate today.",
        "This is a victory for the families who waited since spring.",
        "We are proud of the families who stood at the gate for nine weeks.",
    ],
)
def test_statement_is_not_about(paragraph: str) -> None:
    """What an organisation says on a topic stays its word, also in the last paragraph."""
    assert about(f"The Shelter\n\n{BODY}\n\n{paragraph}") == []


def test_policy_page_is_body() -> None:
    """A page that says what an organisation is and believes is the statement itself, not its appendix."""
    page = "What We Are\n\nThe River Network is a coalition of families.\n\nIt was founded in 1983 by nine of them."

    assert about(page) == []


def test_about_leaves_furniture_out() -> None:
    """A link inside the standing paragraph is furniture and no part of it."""
    text = f"The Shelter\n\n{BODY}\n\nRiver Network is a network of families. For more information visit our website"

    assert about(text) == ["River Network is a network of families."]


@pytest.mark.parametrize(
    ("introduction", "between"),
    [
        (
            "The River Network is asking the county to open the shelter. Please see below, and join us at the gate.",
            "graphicForward this link\n\nNine Families, No Roof",
        ),
        ("I heard about the shelter from a friend. Here is what they sent out on Tuesday.", "FOR IMMEDIATE RELEASE"),
        (
            "My neighbors at River Network wrote this, and I am passing it along to my readers.",
            "Nine Families, No Roof",
        ),
        (
            "Friends, this crossed my desk this morning. Please pass it on to everybody you know.",
            "Nine Families, No Roof",
        ),
        ("Comparto con mis lectores lo que dicen en River Network. A continuación, su comunicado.", "Nueve familias"),
    ],
)
def test_blogger_is_wrapper(introduction: str, between: str) -> None:
    """A blogger's own words above somebody's release are wrapper; the title above them is not."""
    text = f"Friday, August 12, 2011\n\nThe shelter, again\n\n{introduction}\n\n{between}\n\n{BODY}"

    assert wrapper(text) == [introduction]


@pytest.mark.parametrize(
    "introduction",
    [
        "This is a joint statement from and River Network:",
        "Immigrant communities eagerly await a roof that keeps out the rain this winter.",
        "We call on the county to open the shelter, and we ask our members to see below for more.",
        "Below is the statement of Lena Ortiz, director of the River Network:",
    ],
)
def test_own_introduction_is_body(introduction: str) -> None:
    """An organisation's own first lines are its own, even when they announce the statement."""
    assert wrapper(f"The Shelter\n\nMay 2, 2013\n\n{introduction}\n\n{BODY}") == []


def test_plain_release_has_no_wrapper() -> None:
    """Without a release further down nobody's words are taken for another's."""
    assert wrapper(f"The Shelter\n\n{BODY}") == []
    assert wrapper("I walked to the gate, and they told me to go home. Please see below for a picture.") == []


@needs_real
@pytest.mark.parametrize(
    ("file", "abouts", "wrappers"),
    [("000_", 1, 0), ("001_", 1, 1), ("002_", 0, 0), ("003_", 2, 0), ("004_", 1, 0)],
)
def test_real_statements(file: str, abouts: int, wrappers: int) -> None:
    """On the real statements the standing paragraphs and the one blogger are found, and nothing else."""
    path = next((SHARED / "statements").glob(f"{file}*"))
    text = read_page(path.read_bytes(), path.name).text
    shorts = {word for word in text.split() if word.isupper() and len(word) > 5 and word.isalpha()}
    names = (*sorted(shorts), "Alianza Americas", "ICE out of LA")

    assert (len(about(text, names)), len(wrapper(text, names))) == (abouts, wrappers)
