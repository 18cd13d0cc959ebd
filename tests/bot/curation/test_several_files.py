"""A file that holds several statements is several statements of the record, each with its own number and place."""

from __future__ import annotations

from pathlib import Path

import pytest
from curating import DECISION, TODAY, codes

from bot.curation import Curation, Report
from bot.service import Service
from bot.settings import Settings
from corpus.errors import UnreadableError
from retrieval.models import AskRequest

WORDS = (
    "The Tarrow Mills Tenants asked the county to {what} before the first snow of this year, and to say so in writing.",
    "They counted everybody who would need it on a single night, and found that nearly every second one is a child.",
)


def article(what: str, day: str = "2019-11-04") -> str:
    paragraphs = "".join(f"<p>{text.format(what=what)}</p>" for text in WORDS)
    return f'<article><h2>On how to {what}</h2><time datetime="{day}">{day}</time>{paragraphs}</article>'


def page(*articles: str) -> str:
    return f"<html lang=en><title>Tarrow Mills Tenants</title><body><main>{''.join(articles)}</main></body></html>"


def feed(*titles: str) -> str:
    items = "".join(
        f"<item><title>On how to {one}</title><link>https://tenants.example/{number}</link>"
        f"<description>{' '.join(WORDS).format(what=one)}</description></item>"
        for number, one in enumerate(titles)
    )
    return f"<rss version='2.0'><channel>{items}</channel></rss>"


ROOMS, BENCHES, WELLS = (
    article("open rooms"),
    article("carry benches", "2018-10-07"),
    article("dig wells", "2020-01-02"),
)


class Place:
    """A folder that is a source, and its record."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.data_dir = folder / "statements", folder / "data"
        self.folder.mkdir()
        self.curation = Curation(self.data_dir)

    def add(self, **files: str) -> Report:
        for name, text in files.items():
            (self.folder / name.replace("_", ".")).write_text(text, "utf-8")
        return self.curation.add([self.folder], when=TODAY, by="tester")

    def refresh(self, **files: str) -> Report:
        for name, text in files.items():
            (self.folder / name.replace("_", ".")).write_text(text, "utf-8")
        return self.curation.refresh(when=TODAY, by="tester", accept_missing=True)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


@pytest.mark.thorough
def test_articles_are_statements(place: Place) -> None:
    """
    Each article of a page has a record number of its own, and its place names it within the file.
    """
    report = place.add(news_html=page(ROOMS, BENCHES))

    assert codes(report) == [
        ("new", "2019-001", "news.html#on-how-to-open-rooms"),
        ("new", "2018-001", "news.html#on-how-to-carry-benches"),
    ]
    assert [one.file for one in place.curation.list_statements()] == ["news.html", "news.html"]
    assert place.add().same == 2
    assert place.curation.check().problems == ()


@pytest.mark.thorough
def test_articles_come_change_and_go(place: Place) -> None:
    """
    A new article on top, other words in one and one that is taken away are told apart.
    """
    place.add(news_html=page(ROOMS, BENCHES))

    report = place.refresh(news_html=page(WELLS, BENCHES.replace("They counted", "We counted")))

    assert codes(report) == [
        ("new", "2020-001", "news.html#on-how-to-dig-wells"),
        ("text_changed", "2018-001", "news.html#on-how-to-carry-benches"),
        ("missing", "2019-001", "news.html#on-how-to-open-rooms"),
    ]
    assert place.refresh().same == 2


def test_feed_on_disk_is_a_source(place: Place) -> None:
    """
    A feed in a folder is read with the rest, other XML is not; an entry that cannot be read stands there all the same.
    """
    (place.folder / "settings.xml").write_text("<settings/>")
    place.add(feed_xml=feed("open rooms", "carry benches"))
    cut = feed("open rooms", "carry benches").replace(
        "is a child.</description></item><item>", "is […]</description></item><item>"
    )

    report = place.refresh(feed_xml=cut)

    assert [(item.code, item.id) for item in (*report.missing, *report.failed)] == [("too_short", None)]
    assert report.failed[0].locator == "feed.xml#https%3A%2F%2Ftenants.example%2F0"
    assert report.same == 1


def test_file_that_cannot_be_read_loses_nothing(place: Place) -> None:
    """
    Where the file is broken none of its statements is missing.
    """
    place.add(
        feed_xml=feed("open rooms", "carry benches"), well_txt="A word about the well\n\nIt belongs to the valley."
    )

    report = place.refresh(feed_xml="<rss version='2.0'><channel></channel></rss>")

    assert [(item.code, item.locator) for item in (*report.missing, *report.failed)] == [("empty", "feed.xml")]
    assert place.curation.status().missing == 0


def test_hidden_article_stays_hidden(place: Place) -> None:
    """
    Hiding one statement of a file leaves the others, and holds through a refresh.
    """
    place.add(news_html=page(ROOMS, BENCHES))
    place.curation.hide("2019-001", DECISION)

    report = place.refresh(news_html=page(WELLS, ROOMS, BENCHES))

    assert [item.id for item in report.added] == ["2020-001"]
    assert report.missing == ()
    assert [one.id for one in place.curation.list_statements()] == ["2018-001", "2020-001"]


def test_page_that_was_one_becomes_several(place: Place) -> None:
    """
    When a second article joins the first, the statement keeps its number at its new place.
    """
    place.add(news_html=page(ROOMS).replace("<title>", "<title>On how to open rooms | "))

    report = place.refresh(news_html=page(BENCHES, ROOMS))

    assert sorted((item.code, item.id) for item in report.added) == [("duplicate_of", "2019-001"), ("new", "2018-001")]
    assert report.missing == ()


def test_questions_of_a_file(tmp_path: Path) -> None:
    """
    With `--corpus` each statement of a file answers for itself, cited with the file and a number of its own.
    """
    (tmp_path / "news.html").write_text(page(ROOMS, BENCHES))
    service = Service.open(Settings(data_dir=tmp_path / "data"), [tmp_path / "news.html"])

    [found] = service.ask(AskRequest(question="Who asks to carry benches?", limit=1), today=TODAY).excerpts

    assert (found.statement.title, found.statement.file, found.statement.id) == (
        "On how to carry benches",
        "news.html",
        "news.html~2",
    )


def test_half_a_feed_answers_nothing(tmp_path: Path) -> None:
    """
    A feed of which an entry cannot be read is refused with `--corpus`, as any file is.
    """
    (tmp_path / "feed.xml").write_text(feed("open rooms").replace("child.", "child […]"))

    with pytest.raises(UnreadableError, match="only the beginning of “On how to open rooms”"):
        Service.open(Settings(data_dir=tmp_path / "data"), [tmp_path / "feed.xml"])
