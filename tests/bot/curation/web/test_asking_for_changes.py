"""
A server is asked for what changed since it was read, and for all of it where the record holds less than was read.
"""

from __future__ import annotations

import sqlite3

import pytest
from curating import DECISION, TODAY
from web_desk import ETAG, WebDesk, feed, page, sitemap, versioned

from bot.curation import Which
from corpus import reader

# What the table of sources has in schema 4.
LATER = ("name", "organization", "language", "licence", "every_h", "failing_since", "told")


def test_unchanged_pages_are_not_sent_again(desk: WebDesk) -> None:
    """
    What a server said of its version is shown to it at the next visit, for the listing and for each page.
    """
    desk.site.answers |= {"/a": versioned(page()), "/feed": versioned(feed("/a"), '"f"', "application/rss+xml")}
    desk.add_page("/feed")
    desk.site.answers |= {"/a": 304, "/feed": 304}

    report = desk.refresh()

    assert (report.applied, report.same, report.failed) == (True, 1, ())
    assert (desk.asked("/feed"), desk.asked("/a")) == ('"f"', ETAG)
    # Asked once more, it still knows.
    assert desk.refresh().same == 1
    assert (desk.asked("/feed"), desk.asked("/a")) == ('"f"', ETAG)


def test_a_page_that_failed_is_looked_for_again(desk: WebDesk) -> None:
    """
    A listing of which a page could not be read is read whole the next time, so that the page is not forgotten.
    """
    listing = versioned(feed("/a", "/b"), '"f"', "application/rss+xml")
    desk.site.answers |= {"/a": versioned(page()), "/b": 503, "/feed": listing}
    desk.add_page("/feed")
    desk.site.answers["/b"] = page("ten")

    assert desk.codes(desk.refresh()) == [("new", "undated-002", "/b")]
    assert desk.asked("/feed") is None
    desk.refresh()
    assert desk.asked("/feed") == '"f"'


@pytest.mark.thorough
def test_rolled_back_record_goes_forward_again(desk: WebDesk) -> None:
    """
    After a rollback nobody is asked for changes only: pages are read whole, and the record is what stands there.
    """
    desk.site.answers["/a"] = versioned(page("nine"))
    desk.add_page("/a")
    desk.site.answers["/a"] = versioned(page("ninety"), '"2"')
    desk.refresh()
    desk.curation.roll_back(1, DECISION)
    assert "nine families" in desk.texts()["undated-001"]

    assert desk.codes(desk.refresh()) == [("text_changed", "undated-001", "/a")]
    assert desk.asked("/a") is None
    assert "ninety families" in desk.texts()["undated-001"]
    desk.refresh()
    assert desk.asked("/a") == '"2"'


@pytest.mark.thorough
def test_every_listing_goes_forward_after_a_rollback(desk: WebDesk) -> None:
    """
    After a rollback every listing goes forward, also one that a later refresh reads, where the host answers 304.
    """
    listings = (("/a", "/feed"), ("/b", "/sitemap.xml"))
    for path, listing in listings:
        desk.site.answers[path] = versioned(page(f"{path[1]} nine"))
        kind = feed if listing == "/feed" else sitemap
        desk.site.answers[listing] = versioned(kind(path), kind="application/xml")
        desk.add_page(listing)
    for path, listing in listings:
        desk.site.answers[path] = versioned(page(f"{path[1]} ninety"), '"2"')
        desk.site.answers[f"{path}/new"] = versioned(page(f"{path[1]} dozen"), '"3"')
        kind = feed if listing == "/feed" else sitemap
        desk.site.answers[listing] = versioned(kind(path, f"{path}/new"), '"4"', kind="application/xml")
    desk.refresh()
    after = desk.texts()
    desk.curation.roll_back(2, DECISION)
    before = desk.texts()
    desk.site.answers |= dict.fromkeys(("/feed", "/sitemap.xml"), 304)

    # The first one is read anew; what is left is asked for its changes only.
    desk.site.answers["/feed"] = versioned(feed("/a", "/a/new"), '"4"', kind="application/xml")
    codes = []
    for number in (1, 2):
        report = desk.curation.refresh(when=TODAY, by="tester", which=Which(ids=frozenset({number})))
        codes += [(code, path) for code, _, path in desk.codes(report)]
        desk.site.answers |= {"/b": 304, "/b/new": 304}

    assert codes == [("new", "/a/new"), ("text_changed", "/a"), ("new", "/b/new"), ("text_changed", "/b")]
    assert len(before) == 2
    assert desk.texts() == after


def test_a_newer_reader_reads_anew(desk: WebDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    What an earlier version read is asked for whole, once.
    """
    desk.site.answers |= {"/a": versioned(page()), "/feed": versioned(feed("/a"), '"f"', "application/rss+xml")}
    desk.add_page("/feed")
    monkeypatch.setattr(reader, "VERSION", reader.VERSION + 1)

    assert desk.refresh().same == 1
    assert (desk.asked("/feed"), desk.asked("/a")) == (None, None)
    desk.refresh()
    assert (desk.asked("/feed"), desk.asked("/a")) == ('"f"', ETAG)


def test_record_without_listings_column_is_brought_up(desk: WebDesk) -> None:
    """
    A record of an earlier version gets a place for what listings say of themselves, and keeps its texts.
    """
    desk.site.answers["/a"] = page()
    desk.add_page("/a")
    with sqlite3.connect(desk.data_dir / "corpus.sqlite3") as connection:
        for column in ("validator", *LATER):
            connection.execute(f"ALTER TABLE sources DROP COLUMN {column}")
        connection.execute("PRAGMA user_version = 2")
    connection.close()

    assert desk.refresh().same == 1
    assert len(desk.texts()) == 1
