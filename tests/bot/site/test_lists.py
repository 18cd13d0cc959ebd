"""What leads to statements: the first page, years, organizations, people; and what is on no page."""

from __future__ import annotations

from pathlib import Path

import pytest
from curating import DECISION, Desk
from discord_server.running import a_setting
from factories import spoken, statement
from sites import facts, lantern_statements, rendered, words_of

from bot.messages import catalog
from bot.site import SiteRecord, open_record, write_site
from corpus.corrections import read_title
from corpus.errors import UnreadableError
from retrieval.links import named_safely


def test_the_first_page_says_what_there_is() -> None:
    """
    How many statements, from when to when, how many undated, whose, in which languages, and how many are hidden.
    """
    tree = rendered(lantern_statements(), "index.html", hidden=3)

    assert facts(tree) == {
        "Statements": "3",
        "Dates": "November 2012 (day not given) – March 4, 2014",
        "Without a date": "1",
        "Organizations": "1",
        "People": "1",
        "Languages": "English 2 · Spanish 1",
    }
    assert "3 statements are hidden by moderators and stand on no page here." in words_of(tree)
    newest = tree.xpath("//h2[.='Newest statements']/following-sibling::ul[1]//a")
    assert [words_of(one) for one in newest] == ["Lanterns for the pier", "Lamps at night", "Faroles para el muelle"]


def test_years_hold_their_statements_and_undated_ones_stand_apart() -> None:
    """
    Every year with statements is a page of its own, and what carries no date is on none of them.
    """
    statements = lantern_statements()
    tree = rendered(statements, "years.html")

    assert [words_of(one) for one in tree.xpath("//ul[@class='years']//a")] == ["2014 1", "2012 1", "Without a date 1"]
    assert tree.xpath("//ul[@class='years']//a/@href") == ["y/2014.html", "y/2012.html", "y/undated.html"]
    year = rendered(statements, "y/2014.html")
    assert year.xpath("//ul[@class='rows']//a/@href") == ["../s/2014-001.html"]
    assert year.xpath("//nav[@class='turn']/a/@href") == ["2012.html"]
    assert rendered(statements, "y/undated.html").xpath("//ul[@class='rows']//a/@href") == ["../s/undated-001.html"]


def test_organizations_have_pages_and_the_unsigned_too() -> None:
    """
    Every issuer has a page with its statements; what names no issuer is listed apart.
    """
    statements = lantern_statements()
    path = f"o/{named_safely('lantern network')}.html"

    assert rendered(statements, "organizations.html").xpath("//ul//p[@class='what']/a/@href") == [path]
    assert rendered(statements, path).xpath("//ul[@class='rows']//a/@href") == [
        "../s/2014-001.html",
        "../s/2012-001.html",
    ]
    assert rendered(statements, "o/unsigned.html").xpath("//ul[@class='rows']//a/@href") == ["../s/undated-001.html"]


def test_a_person_is_what_is_printed() -> None:
    """
    A person's page holds each form of name and title with its dates, and every quote with a link to its paragraph.
    """
    path = f"p/{named_safely('maribel quill')}.html"
    tree = rendered(lantern_statements(), path)

    assert words_of(tree.find(".//h1")) == "Maribel Quill"
    titles = tree.xpath("//h2[.='Titles, as printed']/following-sibling::ul[1]/li")
    assert [words_of(one) for one in titles] == ["director March 4, 2014 · 1 statement"]
    names = tree.xpath("//h2[.='Names, as printed']/following-sibling::ul[1]/li")
    assert [words_of(one) for one in names] == ["Maribel Quill March 4, 2014 · 2 statements"]
    assert tree.xpath("//blockquote//a/@href") == [
        "../s/2014-001.html#p4",
        "../s/2014-001.html#p4",
        "../s/undated-001.html#p2",
    ]


def test_spellings_of_a_person_share_a_page() -> None:
    """
    A name in capitals and with a middle initial is one person's, and all forms stand on the one page.
    """
    statements = [spoken("Maribel J. Quill"), spoken("MARIBEL QUILL", id="2015-001")]

    assert len(rendered(statements, "people.html").xpath("//ul//p[@class='what']/a")) == 1


def test_an_empty_record_has_pages_too() -> None:
    """
    Without any statement there is still a first page that says so.
    """
    assert facts(rendered([], "index.html"))["Statements"] == "0"
    assert rendered([], "people.html").xpath("//ul[contains(@class, 'names')]/li") == []


@pytest.mark.parametrize("is_sample", [True, False])
def test_the_sample_says_that_it_is_invented(tmp_path: Path, is_sample: bool) -> None:
    """
    Every page of the sample, and of nothing else, says that nobody said any of it.
    """
    write_site(SiteRecord(lantern_statements(), is_sample=is_sample), tmp_path / "out")

    for file in (tmp_path / "out").rglob("*.html"):
        locale = file.relative_to(tmp_path / "out").parts[0]
        sentence = catalog("es" if locale == "es" else "en")["site_sample"]
        assert (sentence in file.read_text("utf-8")) is is_sample


@pytest.mark.parametrize("verb", ["hide", "erase"])
def test_what_is_withheld_is_gone_from_a_site_made_anew(tmp_path: Path, verb: str) -> None:
    """
    A statement that was hidden or erased stands in no file of the site any more, and neither does who spoke in it.
    """
    desk, out = Desk(tmp_path), tmp_path / "out"
    desk.add(zinnia="2014\n\n“Zinnias for the pier”", lamps="2015\n\nLamps for the pier.")
    settings = a_setting(data_dir=desk.data_dir)
    write_site(open_record(settings), out)
    assert any("innias" in file.read_text("utf-8") for file in out.rglob("*.html"))

    getattr(desk.curation, verb)("2014-001", DECISION)
    written = write_site(open_record(settings), out)

    assert written.statements == 1
    assert [str(file) for file in out.rglob("*") if file.is_file() and "innia" in file.read_text("utf-8")] == []
    assert list(out.rglob("2014-001*")) == []
    assert [file.name for file in out.parent.iterdir() if file.name.startswith(".")] == []
    hidden = "is hidden by moderators" in (out / "en" / "index.html").read_text("utf-8")
    assert hidden is (verb == "hide")


def test_what_moderators_correct_holds_and_is_noted(tmp_path: Path) -> None:
    """
    A corrected title is the title on every page, and the statement's page says that a moderator corrected it.
    """
    desk, out = Desk(tmp_path), tmp_path / "out"
    desk.add(lamps="2015\n\nLamps for the pier.")
    desk.curation.correct("2015-001", lambda one: [read_title("Lamps, at last")], DECISION)
    write_site(open_record(a_setting(data_dir=desk.data_dir)), out)

    page = (out / "en" / "s" / "2015-001.html").read_text("utf-8")
    assert "Lamps, at last" in page
    assert "Corrected by a moderator: title." in page
    assert DECISION.reason not in page
    assert "tester" not in page


def test_files_that_are_named_are_shown(tmp_path: Path) -> None:
    """
    With paths the pages show what is there, whatever is stored; a path that cannot be read is an error.
    """
    (tmp_path / "pier.txt").write_text("The pier is ours\n\nLight it.\n", "utf-8")
    settings = a_setting(data_dir=tmp_path / "none")

    assert list(open_record(settings, [tmp_path / "pier.txt"]).catalog.statements) == ["pier"]
    with pytest.raises(UnreadableError):
        open_record(settings, [tmp_path / "quay.txt"])


def test_every_sentence_of_the_site_is_said() -> None:
    """
    No sentence of the site is dead: a template, or the code, says its key.
    """
    root = Path(__file__).parents[3] / "bot" / "site"
    said = "".join(file.read_text("utf-8") for file in (*root.glob("*.py"), *root.glob("templates/*.html"))) + (
        root / "templates" / "feed.xml"
    ).read_text("utf-8")
    made = ("kind_", "corrected_", "home", "years", "organizations", "people")
    keys = {key.removeprefix("site_").removesuffix("_one") for key in catalog("en") if key.startswith("site_")}

    assert {key for key in keys if not key.startswith(made) and f'"{key}"' not in said} == set()


def test_a_large_list_is_in_order() -> None:
    """
    Statements of a year are listed newest first, and those of which only the year is known last.
    """
    statements = [
        statement(id="2014-001", date="2014"),
        statement(id="2014-002", date="2014-02-01"),
        statement(id="2014-003", date="2014-09"),
    ]
    tree = rendered(statements, "y/2014.html")

    assert [href[5:13] for href in tree.xpath("//ul[@class='rows']//a/@href")] == ["2014-003", "2014-002", "2014-001"]
