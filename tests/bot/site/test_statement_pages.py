"""The page of a statement: its words to the character, and what lets a reader check them."""

from __future__ import annotations

import pytest
from factories import statement
from hypothesis import given
from hypothesis import strategies as st
from sites import facts, lantern_statements, paragraphs, rendered, words_of

from bot.service import Service
from bot.site import SiteRecord
from bot.site.pages import pages_of
from bot.site.rendering import Renderer
from corpus.corrections import Correction
from corpus.full_text import paragraphs_of
from corpus.models import Statement
from retrieval.models import Language

PAGE = "s/2014-001.html"
MARKUP = [
    "</p>",
    "<script>",
    "<!--",
    "-->",
    "&amp;",
    "&#60;",
    "]]>",
    "<p id='p2'>",
    '"',
    "'",
    "{{ 7 * 7 }}",
    "{% raw %}",
]
# A file that is read has no carriage return, no half of a character and no character 0.
TEXTS = st.lists(
    st.one_of(
        st.sampled_from([*MARKUP, "\n\n", "\n", " "]), st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
    )
).map(lambda parts: "".join(parts).replace("\r", "").replace("\0", ""))


@pytest.mark.thorough
@given(TEXTS, TEXTS)
def test_every_paragraph_is_its_canonical_text(text: str, title: str) -> None:
    """
    Whatever a statement and its title hold, each paragraph of its page is that paragraph, and nothing in it is markup.
    """
    one = statement(text, title=title, place=title, organizations=(title or None,), url=title)
    tree = rendered([one], PAGE)

    assert paragraphs(tree) == {f"p{each.paragraph}": each.text for each in paragraphs_of(one)}
    assert all(len(each) == 0 for each in tree.xpath("//p[@id]"))
    assert {each.tag for each in tree.iter() if isinstance(each.tag, str)}.isdisjoint(
        {"script", "style", "img", "iframe"}
    )
    assert all(not name.startswith("on") for each in tree.iter() if isinstance(each.tag, str) for name in each.attrib)


@pytest.fixture
def page() -> dict[str, str]:
    """What stands above the statement in which everything occurs, in English."""
    return facts(rendered(lantern_statements(), PAGE))


def test_what_lets_a_reader_check(page: dict[str, str]) -> None:
    """
    A page says who issued the statement, when and how that is known, where, what it is, and its record number.
    """
    assert page["Issued by"] == "Lantern Network [name missing in the source]"
    assert page["Date"] == "March 4, 2014 , from a date line at its head".replace(" ,", ",")
    assert page["Place"] == "PORT ALDER"
    assert page["Kind"] == "Press release · English"
    assert page["Record number"] == "2014-001"


@pytest.mark.parametrize(
    ("date", "locale", "shown", "machine"),
    [
        ("2012-11-08", "en", "November 8, 2012, from a date line at its head", "2012-11-08"),
        ("2012-11", "en", "November 2012 (day not given), from a date line at its head", "2012-11"),
        ("2012", "es", "2012 (sin mes ni día), según una línea de fecha al inicio", "2012"),
        (None, "en", "undated", None),
        (None, "es", "sin fecha", None),
    ],
)
def test_dates_are_no_surer_than_the_statement(
    date: str | None, locale: Language, shown: str, machine: str | None
) -> None:
    """
    A date has the precision that the statement gives and says where it was found; without one it is said to be missing.
    """
    tree = rendered([statement(date=date)], PAGE, locale)

    assert facts(tree)["Fecha" if locale == "es" else "Date"] == shown
    assert tree.xpath("//dl//time/@datetime") == ([machine] if machine else [])


def test_the_original_is_linked() -> None:
    """
    The address of a statement is a link that gives nothing away and vouches for nothing; its host is what is read.
    """
    (link,) = rendered(lantern_statements(), PAGE).xpath("//a[@class='out']")

    assert link.get("href") == "https://lantern.example/news/pier?id=1&x=2"
    assert {"nofollow", "noopener"} <= set(link.get("rel").split())
    assert words_of(link) == "lantern.example ↗"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://lantern.example/",
        "//lantern.example",
        "https://a@b.example/",
        None,
    ],
)
def test_only_web_addresses_are_linked(url: str | None) -> None:
    """
    What is no plain address of the web is no link, and the page says that none is known.
    """
    tree = rendered([statement(url=url)], PAGE)

    assert tree.xpath("//a[@class='out']") == []
    assert facts(tree)["Original"] == "No web address is known; it can be read here."


def test_private_numbers_are_masked_as_elsewhere() -> None:
    """
    Every paragraph reads as `onrecord statement` shows it: private numbers are replaced, and no page holds them.
    """
    statements = lantern_statements()
    whole = Service.of(statements).statement("2014-001")
    record = SiteRecord(statements)
    pages = [Renderer(record, "").page(page, "en") for page in pages_of(record)]

    assert paragraphs(rendered(statements, PAGE)) == {f"p{one.paragraph}": one.text for one in whole.paragraphs}
    assert "[phone number removed]" in paragraphs(rendered(statements, PAGE))["p5"]
    assert [page for page in pages if "555-010" in page] == []


def test_marks_of_markdown_are_not_shown() -> None:
    """
    A statement that was written in Markdown is read as its author saw it.
    """
    one = statement("**Lamps** for _all_.", file="lamps.md")

    assert paragraphs(rendered([one], PAGE)) == {"p1": "Lamps for all."}


def test_what_is_not_the_statement_is_folded_away() -> None:
    """
    Navigation and the like are there and numbered, but folded away, and the fold says how much it holds.
    """
    tree = rendered(lantern_statements(), PAGE)
    folds = tree.xpath("//details")

    assert [words_of(fold.find("summary")) for fold in folds] == [
        "1 paragraph that is not the statement (navigation, contacts, comments)"
    ] * 2
    assert [fold.xpath(".//p/@id") for fold in folds] == [["p1"], ["p8"]]
    assert not any(fold.get("open") for fold in folds)


def test_whose_words_are_told_apart() -> None:
    """
    Somebody else's text around a release, and an organization's standing words on itself, are labelled as such.
    """
    tree = rendered(lantern_statements(), PAGE)
    labels = {words_of(one): one.getparent().xpath(".//p/@id") for one in tree.xpath("//p[@class='label']")}

    assert labels == {
        "Not the organization’s words: somebody else’s text around its release": ["p6"],
        "The organization about itself": ["p7"],
    }


def test_quotes_lead_to_their_paragraphs() -> None:
    """
    Who is quoted is listed with every part of the words, a link to its paragraph, and a link to the person.
    """
    (figure,) = rendered(lantern_statements(), PAGE).xpath("//figure")

    assert [words_of(part) for part in figure.xpath(".//blockquote/p")] == ["The pier is ours, ¶4", "Light it. ¶4"]
    assert figure.xpath(".//blockquote//a/@href") == ["#p4", "#p4"]
    assert words_of(figure.find("figcaption")) == "Maribel Quill, director, Lantern Network"
    assert figure.xpath("./figcaption/a/@href")[0].startswith("../p/maribel-quill.")


def test_what_happened_to_a_statement_is_told() -> None:
    """
    A page says when the source has changed the text, when it is no longer there, and what a moderator corrected.
    """
    corrections = {"2014-001": [Correction("title", "", "x"), Correction("furniture", "words that are gone", True)]}
    tree = rendered(lantern_statements(), PAGE, corrections=corrections)

    assert [words_of(one) for one in tree.xpath("//p[@class='notice']")] == [
        "No longer at its source since May 1, 2024. The text is kept as it was read.",
        "The source has changed this text. You read it as it is now, in revision 2.",
        "Corrected by a moderator: title.",
    ]


BROKEN = (
    "The pier was dark for nine winters, and whoever came home\n"
    "from the boats at night went by the sound of the water and\n"
    "by nothing else."
)


@pytest.mark.parametrize(
    ("text", "is_kept"),
    [
        ("12 Pier Road\nPort Alder", True),
        (BROKEN, False),
        (f"The lamps:\n{BROKEN}", True),
        ("- that every lamp on the pier be lit before the boats come home;\n- and stay so", True),
        ("1. Light every lamp on the pier before the boats come home.\n2. Pay for it.", True),
    ],
)
def test_lines_that_are_meant_are_kept(text: str, is_kept: bool) -> None:
    """
    The lines of an address stay lines; those of a letter that was broken to fit a page run on.
    """
    one, _ = rendered([statement(f"{text}\n\nLight it.")], PAGE).xpath("//p[@id]")

    assert (one.get("class") == "lines") is is_kept


def sides(*, copy: bool) -> list[Statement]:
    """A release of some length with its copy, or with its translation."""
    names = "Port Alder, Vesta Island, Nime Harbor, Quill Bay, Osk Point, Fenn Reef, Tarn Cove and Ulm Strand"
    english = " ".join(
        f"On May {day}, 2014, {day * 17} lamps were hung at {names}, and {day * 31} people of the harbor came to see."
        for day in range(1, 9)
    )
    spanish = " ".join(
        f"El {day} de mayo de 2014 se colgaron {day * 17} faroles en {names}, y {day * 31} personas vinieron a verlos."
        for day in range(1, 9)
    )
    first = statement(english, id="2014-001", date="2014-05-09", title="Lamps everywhere")
    if copy:
        return [first, statement(english, id="2014-002", date="2014-05-09", title="Lamps everywhere, again")]
    return [first, statement(spanish, id="2014-002", date="2014-05-09", title="Faroles en todas partes", language="es")]


@pytest.mark.parametrize(("copy", "fact"), [(True, "Also published as"), (False, "Other language")])
def test_versions_are_linked(copy: bool, fact: str) -> None:
    """
    The same release in another language, or stored again, is one link away.
    """
    statements = sides(copy=copy)
    tree = rendered(statements, PAGE)

    assert facts(tree)[fact].startswith(statements[1].title)
    assert tree.xpath(f"//dt[.='{fact}']/../dd//a/@href") == ["../s/2014-002.html"]


@pytest.mark.parametrize("locale", ["en", "es"])
def test_languages_are_marked(locale: Language) -> None:
    """
    A program that reads aloud is told the language of the page, and of each statement's own words in it.
    """
    tree = rendered(lantern_statements(), "s/undated-001.html", locale)

    assert tree.get("lang") == locale
    assert {one.get("lang") for one in tree.xpath("//h1 | //p[@id] | //blockquote")} == {"es"}
    other = "es" if locale == "en" else "en"
    assert [(one.get("hreflang"), one.get("href")) for one in tree.xpath("//nav[@class='languages']/a")] == [
        (other, f"../../{other}/s/undated-001.html")
    ]
