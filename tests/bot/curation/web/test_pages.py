"""
Pages of a real server: what they do to the record, and what failures, of listings too, leave as it was.
"""

from __future__ import annotations

import pytest
from curating import DECISION, TODAY
from web_desk import WebDesk, feed, page, rss, sitemap, versioned


def test_page_is_a_statement(desk: WebDesk) -> None:
    """
    A page that is added is a statement with its address, and a source that a refresh reads again.
    """
    desk.site.answers["/school"] = page()

    report = desk.add_page("/school")

    assert desk.codes(report) == [("new", "undated-001", "/school")]
    assert desk.curation.show("undated-001").url == desk.site.url("/school")
    assert desk.fared() == [("page", "/school", None)]
    assert desk.refresh().same == 1


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("path", "broken", "code"),
    [
        ("/sitemap.xml", sitemap("/a")[:-12], "bad_format"),
        ("/sitemap.xml", sitemap(), "empty_listing"),
        ("/sitemap.xml", page(), "bad_format"),
        ("/sitemap.xml", 503, "http_503"),
        ("/sitemap.xml", 404, "http_404"),
        ("/sitemap.xml", (302, {"Location": "http://192.168.0.1/"}, b""), "address_refused"),
        ("/feed", rss(), "empty_listing"),
        ("/a", 503, "http_503"),
        ("/a", 404, "http_404"),
        ("/a", (302, {"Location": "http://169.254.169.254/latest"}, b""), "address_refused"),
        ("/a", (200, {"Content-Type": "image/png"}, b"\x89PNG\r\n\x1a\n\0\0"), "bad_format"),
        ("/a", "<html><body><p>Please wait.</p></body></html>", "too_short"),
        ("/robots.txt", b"User-agent: *\nDisallow: /", "blocked_by_robots"),
        ("/robots.txt", 503, "robots_unavailable"),
    ],
)
def test_failed_sources_leave_the_record_as_it_is(desk: WebDesk, path: str, broken: object, code: str) -> None:
    """
    Whatever goes wrong at a source, every text stays, nothing is called missing, and the source says why.
    """
    desk.site.answers |= {"/sitemap.xml": sitemap("/a"), "/feed": feed("/a"), "/a": page()}
    source = path if path != "/robots.txt" else "/a"
    desk.add_page(source)
    before, generation = desk.texts(), desk.curation.status().generation

    desk.site.answers[path] = broken
    report = desk.refresh()

    assert (report.applied, report.missing, desk.codes(report)) == (False, (), [(code, None, source)])
    assert (desk.texts(), desk.curation.status().generation) == (before, generation)
    assert [fared[2] for fared in desk.fared()] == [code]
    assert report.failed[0].detail.startswith(("http://news.example", "192.168.0.1", "169.254.169.254"))

    desk.site.answers |= {"/robots.txt": 404, "/sitemap.xml": sitemap("/a"), "/feed": feed("/a"), "/a": page()}
    assert desk.refresh().same == 1
    assert [fared[2] for fared in desk.fared()] == [None]


def test_failed_address_is_no_source(desk: WebDesk) -> None:
    """
    What fails when it is added is listed and not kept; the rest is; where nothing is left nothing is stored.
    """
    desk.site.answers |= {"/a": page(), "/feed": feed("/gone")}
    failed = desk.curation.add([desk.site.url("/none"), "ftp://news.example/a"], when=TODAY, by="tester")
    assert (failed.applied, [one.code for one in failed.failed]) == (False, ["http_404", "address_refused"])
    assert not desk.data_dir.exists()

    report = desk.add_page("/none", "/feed", "/a")

    assert desk.codes(report) == [
        ("new", "undated-001", "/a"),
        ("http_404", None, "/none"),
        ("http_404", None, "/gone"),
    ]
    assert desk.fared() == [("page", "/a", None)]


def test_changed_word_is_a_revision(desk: WebDesk) -> None:
    """
    A changed word is the next revision of the same statement; a changed menu is nothing.
    """
    desk.site.answers["/a"] = page("nine")
    desk.add_page("/a")

    desk.site.answers["/a"] = page("nine", menu="Start here")
    assert (desk.refresh().same, desk.curation.status().generation) == (1, 1)

    desk.site.answers["/a"] = page("ninety")
    report = desk.refresh()
    assert desk.codes(report) == [("text_changed", "undated-001", "/a")]
    assert report.changed[0].detail == "… on Monday, and [−nine−] [+ninety+]"


def test_moved_page_keeps_its_number(desk: WebDesk) -> None:
    """
    A page that has moved is the statement that it was, and goes on as its next revision.
    """
    desk.site.answers["/a"] = page()
    desk.add_page("/a")

    desk.site.answers |= {"/a": (301, {"Location": "/news/a"}, b""), "/news/a": page("ninety")}

    assert desk.codes(desk.refresh()) == [("text_changed", "undated-001", "/a")]
    assert desk.fared() == [("page", "/a", None)]


@pytest.mark.thorough
def test_an_address_may_become_another_kind_of_source(desk: WebDesk) -> None:
    """
    A page that turns into a feed is read as one from then on; a feed that turns into a page has failed until it is
    added again.
    """
    desk.site.answers |= {"/news": page(), "/a": page("ten")}
    desk.add_page("/news")
    desk.site.answers["/news"] = versioned(feed("/a"), '"f"', "application/rss+xml")
    assert desk.codes(desk.refresh()) == [("new", "undated-002", "/a")]
    assert desk.fared() == [("feed", "/news", None)]

    desk.site.answers["/news"] = page("ninety")
    assert desk.codes(desk.refresh()) == [("bad_format", None, "/news")]
    assert desk.codes(desk.add_page("/news")) == [("text_changed", "undated-001", "/news")]
    assert desk.fared() == [("page", "/news", None)]
    assert len(desk.texts()) == 2


@pytest.mark.thorough
def test_hidden_page_stays_hidden(desk: WebDesk) -> None:
    """
    What is hidden stays so through a refresh, also when its server says that it has not changed.
    """
    desk.site.answers["/a"] = versioned(page())
    desk.add_page("/a")
    desk.curation.hide("undated-001", DECISION)

    assert (desk.refresh().same, desk.texts()) == (1, {})
    desk.site.answers["/a"] = 304
    assert (desk.refresh().same, desk.texts()) == (1, {})
    desk.site.answers["/a"] = page("ninety")
    desk.refresh()
    assert desk.texts() == {}
