"""Title, subtitle, place and kind, read off the head of a statement."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from real import SHARED, needs_real

from corpus.canonical import canonical_text
from corpus.dating import find_date
from corpus.headline import find_kind, find_place, find_title
from corpus.models import Furniture, Span

BODY = (
    "The Riverbend Neighbors Network today called on the city council to keep its promise to every family that lives "
    "and works here. We will not stop until the last of our neighbors is safe at home.\n\n"
    "The network has asked for this since its first assembly, and its members will go on asking."
)
TITLE = "Neighbors Ask the City to Keep Its Promise"


def title_of(text: str, hint: str | None = None, furniture: tuple[Furniture, ...] = ()) -> str:
    return find_title(text, furniture=furniture, hint=hint, dated=find_date(text)).title


def kind_of(text: str, wrapper: tuple[Span, ...] = (), furniture: tuple[Furniture, ...] = ()) -> str:
    dated = find_date(text)
    title = find_title(text, furniture=furniture, hint=None, dated=dated).title
    return find_kind(text, title, furniture, dated, wrapper)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([TITLE], TITLE),
        (["May 4, 2010", TITLE], TITLE),
        ([TITLE, "May 4, 2010"], TITLE),
        (["FOR IMMEDIATE RELEASE", "May 4, 2010", TITLE], TITLE),
        (["FOR IMMEDIATE RELEASE: May 4, 2010", "Contact: Ana Robles, (312) 555-0142", TITLE], TITLE),
        (["PARA PUBLICACIÓN INMEDIATA", "Las familias piden respuestas"], "Las familias piden respuestas"),
        (["Press Release", TITLE], TITLE),
        (
            ["COMUNICADO DE PRENSA", "3 de marzo de 2015", "Las familias piden respuestas"],
            "Las familias piden respuestas",
        ),
        (["Riverbend Neighbors Network", TITLE], TITLE),  # a banner is no title
        (["RIVERBEND NEIGHBORS NETWORK (RNN)", "PRESS STATEMENT", TITLE], TITLE),
        (
            ["Federation of Sellers Errs on the River", "What it left out matters"],
            "Federation of Sellers Errs on the River",
        ),
        (["Red Vecinal del Valle", "Las familias piden respuestas"], "Las familias piden respuestas"),
        (["Dear friends,", TITLE], TITLE),
        (["---------- Forwarded message ----------", TITLE], TITLE),
        (["Riverbend Neighbors Network"], "Riverbend Neighbors Network"),  # nothing else is there
        (["Fair Wages and\nSafe Homes for All"], "Fair Wages and Safe Homes for All"),
        (["Families Demand Answers\nafter a Night of Raids"], "Families Demand Answers after a Night of Raids"),
        (["FAMILIES DEMAND ANSWERS\nFROM THE CITY COUNCIL"], "FAMILIES DEMAND ANSWERS FROM THE CITY COUNCIL"),
        (["Las familias exigen respuestas\nsobre las redadas"], "Las familias exigen respuestas sobre las redadas"),
        (["Families Demand Answers", "after a Night of Raids they ask for the truth"], "Families Demand Answers"),
        (["# " + TITLE], TITLE),
        (["**" + TITLE + "**"], TITLE),
        (["Subject: " + TITLE], TITLE),
        (["From: Press Desk <press@riverbend.example>\nDate: Tue, 3 Mar 2015\nSubject: " + TITLE], TITLE),
        (["Home\nAbout Us\nOur Work\nDonate", TITLE], TITLE),
        (["Skip to content", "Home / News / " + TITLE, TITLE], TITLE),
        (["Image Alt", TITLE], TITLE),
        (["By Ana Robles | March 3, 2015", TITLE], TITLE),
        (["Stop the Raids", "May 4, 2010"], "Stop the Raids"),
        (["The Valley Beat", "Tuesday, May 4, 2010", TITLE], TITLE),  # a blog's name, the day, then the title
        (["---\ntitle: Another\ndate: 2014-09-10\n---", "# " + TITLE], TITLE),
        (["“Nobody Left Behind,” Say Neighbors"], "“Nobody Left Behind,” Say Neighbors"),
        (["Annual Report 2012"], "Annual Report 2012"),
        (["Washington, DC, May 4, 2010", TITLE], TITLE),
        (["The following is a statement from the Riverbend Neighbors Network:"], BODY.split(". ")[0][:50]),
    ],
)
def test_title_is_the_first_real_headline(lines: list[str], expected: str) -> None:
    """Dates, banners, release marks, contacts and menus are passed over; a broken line is mended."""
    assert title_of("\n\n".join([*lines, BODY])).startswith(expected)


@pytest.mark.parametrize(
    ("hint", "expected"),
    [
        (TITLE, TITLE),
        (TITLE + " | Riverbend Neighbors Network", TITLE),
        ("Riverbend Neighbors Network » " + TITLE, TITLE),
        (TITLE.upper(), TITLE),  # as printed, not as declared
        ("Home", "A Line Before the Title"),
        (None, "A Line Before the Title"),
        ("What Only the Page Declares", "What Only the Page Declares"),
    ],
)
def test_declared_title_is_found_in_print(hint: str | None, expected: str) -> None:
    """What the page declares says which line is the title; the site's name around it is left out."""
    assert title_of("\n\n".join(["A Line Before the Title", TITLE, BODY]), hint) == expected


@pytest.mark.parametrize("masthead", ["Plum Corner", "PLUM CORNER", "PCX"])
def test_name_that_the_text_uses_is_no_headline(masthead: str) -> None:
    """A short first line of which the sentences speak as of somebody is the site's name, not the title."""
    text = "\n\n".join([masthead, TITLE, BODY, "The Plum Corner asks for an answer. PCX believes in patience."])

    assert title_of(text) == TITLE


def test_title_span_covers_both_lines() -> None:
    """A title over two lines is shown on one, and its span covers both."""
    text = "Fair Wages and\nSafe Homes for All\n\nWhat every neighbor should know\n\n" + BODY
    found = find_title(text, furniture=(), hint=None, dated=find_date(text))

    assert found.span is not None
    assert found.subtitle is not None
    assert text[found.span.start : found.span.end] == "Fair Wages and\nSafe Homes for All"
    assert text[found.subtitle.start : found.subtitle.end] == "What every neighbor should know"


def test_first_sentence_stands_in_for_a_title() -> None:
    """Text without any headline is titled by its first sentence, cut at white space, without its dateline."""
    title = title_of("CHICAGO, May 4, 2010 – " + BODY)

    assert title.startswith("The Riverbend Neighbors Network today")
    assert len(title) <= 120
    assert BODY.startswith(title + " ")


def test_furniture_is_never_the_title() -> None:
    """A line that is furniture is passed over, however much it looks like a headline."""
    text = "Read Our Latest Annual Report\n\n" + TITLE + "\n\n" + BODY

    assert title_of(text, furniture=(Furniture(start=0, end=29, kind="navigation"),)) == TITLE


def test_nothing_printed_gives_an_empty_title() -> None:
    """Where no words can be a title the caller falls back on the file's name."""
    assert title_of("") == ""
    assert title_of("(312) 555-0142\n\n***") == ""


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        ("Mesa, AZ – On Tuesday, August 2, ", "Mesa, AZ"),
        ("CHICAGO –  Today, ", "CHICAGO"),
        ("(September 10, 2014, Los Angeles) – ", "Los Angeles"),
        ("Washington, D.C. – March 5, 2013 – ", "Washington, D.C."),
        ("Ciudad de México, a 5 de marzo de 2013.- ", "Ciudad de México"),
        ("Chicago, Illinois. 5 de marzo de 2013\n\n", "Chicago, Illinois"),
        ("Tucson, Ariz. (May 3, 2011) — ", "Tucson, Ariz."),
        ("MADISON, Wis., May 3, 2011 — ", "MADISON, Wis."),
        ("", None),
        ("Update – ", None),
        ("May 5, 2014 – ", None),
        ("Statement – ", None),
    ],
)
def test_place_is_that_of_the_dateline(opening: str, expected: str | None) -> None:
    """The place is shown as the dateline prints it; without a dateline there is none."""
    assert find_place(f"{TITLE}\n\n{opening}{BODY}") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{TITLE}\n\nCHICAGO, May 4, 2010 – {BODY}", "press_release"),
        (f"FOR IMMEDIATE RELEASE\n\n{TITLE}\n\n{BODY}", "press_release"),
        (f"Neighbors Network Condemns the Raids\n\nMay 4, 2010\n\n{BODY}", "press_release"),
        (f"Comunicado de las vecinas\n\n{BODY}", "press_release"),
        (f"{TITLE}\n\nPosted on March 3, 2015 by Web Team\n\n{BODY}", "blog_post"),
        (f"Our Principles on Housing\n\n{BODY}", "policy_page"),
        (f"Remarks by Ana Robles at the Spring Assembly\n\n{BODY}", "speech"),
        (f"Discurso de Ana Robles en la asamblea\n\n{BODY}", "speech"),
        (f"Transcript of the Spring Assembly\n\n{BODY}", "transcript"),
        (f"{TITLE}\n\nBy Ana Robles\n\n{BODY}", "article"),
        (f"{TITLE}\n\nMay 4, 2010\n\n{BODY}", "other"),
    ],
)
def test_kind_is_read_off_the_form(text: str, expected: str) -> None:
    """A dateline, a release mark, a byline or a heading says what sort of document this is."""
    assert kind_of(text) == expected


def test_wrapper_makes_a_blog_post() -> None:
    """Somebody else's text around a release makes the page a blog post, dateline or not."""
    text = f"{TITLE}\n\n{BODY}\n\nCHICAGO, May 4, 2010 – {BODY}"

    assert kind_of(text, wrapper=(Span(44, 200),)) == "blog_post"


def test_reader_comments_make_a_blog_post() -> None:
    """A page with readers' comments and no dateline is a blog post."""
    text = f"{TITLE}\n\n{BODY}\n\n1. Thank you!"

    assert kind_of(text, furniture=(Furniture(start=len(text) - 12, end=len(text), kind="comments"),)) == "blog_post"


@needs_real
@pytest.mark.parametrize(
    ("file", "title", "place", "kind"),
    [
        ("000_d10c9e3d33e479ed.txt", "Presidential Action", "U.S.", "press_release"),
        ("001_79f1b799e8efe7e0.txt", "", "Chicago, IL", "blog_post"),
        ("002_ab4fecf6c85c2977.txt", "Common Sense and Humane", None, "policy_page"),
        ("003_06525dfc95b37924.txt", "“ICE Out of LA” Coalition", "Los Angeles", "press_release"),
        ("004_0432d82b145eea99.txt", "", "CHICAGO", "press_release"),
    ],
)
def test_real_statements_are_headed_right(file: str, title: str, place: str | None, kind: str) -> None:
    """The five real statements have the title, place and kind that people found in them."""
    text, _ = canonical_text((SHARED / "statements" / file).read_bytes())
    dated = find_date(text)
    found = find_title(text, furniture=(), hint=None, dated=dated)
    rows = (SHARED / "evals" / "seeds-metadata-001-004.jsonl").read_text(encoding="utf-8").splitlines()
    gold = {row["file"]: {row["title"], *row["title_accept"]} for row in map(json.loads, rows)}
    wrapper = (Span(100, 200),) if kind == "blog_post" else ()

    assert found.title.startswith(title)
    assert found.title in gold.get(file, {found.title})
    assert find_place(text, dated=dated) == place
    assert find_kind(text, found.title, (), dated, wrapper) == kind


@given(st.text(max_size=300), st.text(max_size=60) | st.none())
def test_any_text_gets_a_printed_title(text: str, hint: str | None) -> None:
    """Untrusted text never breaks it, and a title with a span is the text there, line breaks aside."""
    found = find_title(text, furniture=(), hint=hint, dated=find_date(text))

    if found.span:
        assert found.title.split() == text[found.span.start : found.span.end].split()
