"""Pages, feeds and sitemaps of a real server: what they do to the record, and what their failures leave as it was."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from curating import DECISION, TODAY, Desk
from loopback import Site

from bot.curation import Curation, Progress, Report, Which
from corpus import reader
from corpus.sources.web import WebReader

WORDS = "The Juniper Street Coalition opened a night school on Monday, and {} families signed up for it."
ETAG = '"1"'
# What the table of sources has in schema 4.
LATER = ("name", "organization", "language", "licence", "every_h", "failing_since", "told")


def page(words: str = "nine", menu: str = "Home") -> str:
    """A page with its own words and those of its menu."""
    body = f"<nav><a href='/'>{menu}</a></nav><article><h1>Night school</h1><p>{WORDS.format(words)}</p></article>"
    return f"<!doctype html><html><body>{body}</body></html>"


def rss(*items: str) -> str:
    """A feed."""
    return f'<rss version="2.0"><channel>{"".join(f"<item>{item}</item>" for item in items)}</channel></rss>'


def feed(*paths: str) -> str:
    """A feed that links to these pages."""
    return rss(*(f"<link>{path}</link>" for path in paths))


def sitemap(*paths: str) -> str:
    """A sitemap of these pages."""
    listed = "".join(f"<url><loc>{path}</loc></url>" for path in paths)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</urlset>'


def versioned(body: str, etag: str = ETAG, kind: str = "text/html") -> tuple[int, dict[str, str], bytes]:
    """An answer that says which version it is."""
    return 200, {"ETag": etag, "Content-Type": kind}, body.encode()


class WebDesk(Desk):
    """A record that is read from a site on loopback."""

    def __init__(self, tmp_path: Path, site: Site) -> None:
        super().__init__(tmp_path)
        self.site = site
        self.curation = Curation(
            self.data_dir, web=lambda read: WebReader(site.policy(retries=0), site.network(), read)
        )

    def add_page(self, *paths: str) -> Report:
        """Add these addresses."""
        return self.curation.add([self.site.url(path) for path in paths], when=TODAY, by="tester")

    def codes(self, report: Report) -> list[tuple[str, str | None, str]]:
        """What a report lists: code, id and path on the site."""
        listed = (*report.added, *report.changed, *report.missing, *report.failed)
        return [(one.code, one.id, one.locator.removeprefix(self.site.url(""))) for one in listed]

    def asked(self, path: str) -> str | None:
        """The version that the site was last asked about."""
        return [one for one in self.site.asked if one.path == path][-1].headers.get("If-None-Match")

    def fared(self) -> list[tuple[str, str, str | None]]:
        """Kind, path and failure of every source."""
        return [
            (one.kind, one.locator.removeprefix(self.site.url("")), one.code) for one in self.curation.status().sources
        ]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[WebDesk]:
    with Site() as site:
        yield WebDesk(tmp_path, site)


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


def test_moved_page_of_a_sitemap_keeps_its_number(desk: WebDesk) -> None:
    """
    A page that its sitemap lists at another address is the same statement, and the old address is no loss.
    """
    desk.site.answers |= {"/a": page(), "/b": page("ten"), "/sitemap.xml": sitemap("/a", "/b")}
    desk.add_page("/sitemap.xml")

    desk.site.answers |= {"/a": 404, "/news/a": page(), "/sitemap.xml": sitemap("/news/a", "/b")}

    assert desk.codes(desk.refresh()) == [("duplicate_of", "undated-001", "/news/a")]
    assert desk.curation.show("undated-001").missing_since is None


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
