"""
Feeds and sitemaps of a real server: which of their pages are new, followed or missing, and which stay as they were.
"""

from __future__ import annotations

from functools import partial

import pytest
from curating import TODAY
from web_desk import WORDS, WebDesk, feed, page, rss, sitemap, versioned

from bot.curation import Progress


@pytest.mark.parametrize(("path", "listing"), [("/feed", feed), ("/sitemap.xml", sitemap)])
def test_listing_gives_its_pages(desk: WebDesk, path: str, listing: partial[str]) -> None:
    """
    A feed or a sitemap is one source; what it lists later is new at the next refresh.
    """
    desk.site.answers |= {"/a": page("nine"), "/b": page("ten"), path: listing("/a")}
    assert desk.codes(desk.add_page(path)) == [("new", "undated-001", "/a")]

    desk.site.answers[path] = listing("/b", "/a")
    assert desk.codes(desk.refresh()) == [("new", "undated-002", "/b")]
    assert desk.fared() == [("feed" if path == "/feed" else "sitemap", path, None)]
    assert len(desk.texts()) == 2


@pytest.mark.thorough
def test_what_is_gone_from_a_whole_listing_is_missing(desk: WebDesk) -> None:
    """
    A page that a sitemap lists no more is missing; one that only fell out of a feed is not.
    """
    desk.site.answers |= {
        **{"/a": page("nine"), "/b": page("ten"), "/c": page("two"), "/d": page("six")},
        **{"/sitemap.xml": sitemap("/a", "/b"), "/feed": feed("/c", "/d")},
    }
    desk.add_page("/sitemap.xml", "/feed")
    desk.site.answers |= {"/sitemap.xml": sitemap("/a"), "/feed": feed("/c")}

    report = desk.refresh()

    assert desk.codes(report) == [("missing", "undated-002", "/b")]
    assert desk.curation.show("undated-004").missing_since is None


def test_moved_page_of_a_sitemap_keeps_its_number(desk: WebDesk) -> None:
    """
    A page that its sitemap lists at another address is the same statement, and the old address is no loss.
    """
    desk.site.answers |= {"/a": page(), "/b": page("ten"), "/sitemap.xml": sitemap("/a", "/b")}
    desk.add_page("/sitemap.xml")

    desk.site.answers |= {"/a": 404, "/news/a": page(), "/sitemap.xml": sitemap("/news/a", "/b")}

    assert desk.codes(desk.refresh()) == [("duplicate_of", "undated-001", "/news/a")]
    assert desk.curation.show("undated-001").missing_since is None


@pytest.mark.thorough
def test_text_of_a_feed_never_takes_the_place_of_a_page(desk: WebDesk) -> None:
    """
    Where a page that was read fails for a while, its text stays, though the feed holds a text of its own; where it
    never could be read, the feed's text is what is kept, and refreshed.
    """
    item = "<link>/{}</link><content:encoded>&lt;p&gt;{}&lt;/p&gt;</content:encoded>"

    def whole(words: str) -> str:
        items = item.format("a", WORDS.format("many more")), item.format("b", WORDS.format(words))
        return rss(*items).replace("<rss ", '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" ')

    desk.site.answers |= {"/a": page(), "/b": 503, "/feed": whole("eleven")}
    assert desk.codes(desk.add_page("/feed")) == [("new", "undated-001", "/a"), ("new", "undated-002", "/b")]
    desk.site.answers |= {"/a": 503, "/feed": whole("twelve")}

    report = desk.refresh()

    assert desk.codes(report) == [("text_changed", "undated-002", "/b"), ("only_in_feed", None, "/a")]
    assert "nine families" in desk.texts()["undated-001"]


@pytest.mark.thorough
def test_a_listing_of_failures_tells_nothing(desk: WebDesk) -> None:
    """
    Where none of the pages that a sitemap still lists can be read, the source has failed, and the others are not
    called missing.
    """
    desk.site.answers |= {"/a": page(), "/b": page("ten"), "/c": page("two"), "/sitemap.xml": sitemap("/a", "/b")}
    desk.add_page("/sitemap.xml", "/c")
    desk.site.answers |= {"/a": 503, "/sitemap.xml": sitemap("/a")}

    assert desk.codes(desk.refresh()) == [("http_503", None, "/a")]
    assert desk.fared() == [("sitemap", "/sitemap.xml", "http_503"), ("page", "/c", None)]


@pytest.mark.thorough
def test_sources_that_overlap_are_both_kept(desk: WebDesk) -> None:
    """
    A page that a feed gives and that was named as well is one statement and two sources; it is followed when the feed
    no longer shows it.
    """
    listing = versioned(feed("/a"), '"f"', "application/rss+xml")
    desk.site.answers |= {"/a": versioned(page()), "/b": page("ten"), "/feed": listing}
    desk.add_page("/feed", "/a")
    assert desk.fared() == [("feed", "/feed", None), ("page", "/a", None)]

    desk.site.answers |= {"/a": page("ninety"), "/feed": feed("/b")}
    assert desk.codes(desk.refresh()) == [("new", "undated-002", "/b"), ("text_changed", "undated-001", "/a")]


@pytest.mark.thorough
def test_page_of_two_listings_is_followed_by_both(desk: WebDesk) -> None:
    """
    A page that a feed gave first is still asked for when only an unchanged sitemap lists it.
    """
    listing = versioned(sitemap("/a"), '"s"', "text/xml")
    desk.site.answers |= {"/a": page(), "/b": page("ten"), "/feed": feed("/a"), "/sitemap.xml": listing}
    desk.add_page("/feed", "/sitemap.xml")

    desk.site.answers |= {"/a": page("ninety"), "/feed": feed("/b")}

    assert desk.codes(desk.refresh()) == [("new", "undated-002", "/b"), ("text_changed", "undated-001", "/a")]
    assert desk.asked("/sitemap.xml") is None


@pytest.mark.thorough
def test_many_missing_pages_are_refused(desk: WebDesk) -> None:
    """
    A sitemap that suddenly lists a part only changes nothing unless that is accepted, and is not remembered either.
    """
    pages = {f"/{name}": page(name) for name in ("one", "two", "three")}
    whole = versioned(sitemap(*pages), '"1"', "text/xml")
    desk.site.answers |= {**pages, "/sitemap.xml": whole}
    desk.add_page("/sitemap.xml")
    desk.site.answers["/sitemap.xml"] = versioned(sitemap("/one"), '"2"', "text/xml")

    refused = desk.refresh(accept_missing=False)

    assert (refused.applied, refused.refused, len(refused.missing)) == (False, "too_many_missing", 2)
    assert len(desk.refresh().missing) == 2
    assert desk.asked("/sitemap.xml") == '"1"'


@pytest.mark.thorough
def test_progress_counts_pages(desk: WebDesk) -> None:
    """
    Each page is told as it is read, with how many are known of.
    """
    desk.site.answers |= {"/a": page(), "/b": page("ten"), "/c": page("two"), "/feed": feed("/a", "/b")}
    desk.add_page("/feed", "/c")
    told: list[Progress] = []

    desk.curation.refresh(when=TODAY, by="tester", report=told.append)

    assert [(step.done, step.total) for step in told] == [(1, 2), (2, 2), (3, 3)]
