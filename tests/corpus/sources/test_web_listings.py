"""Feeds and sitemaps of a real server: what they list is read, and a broken one is never an empty one."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping

import pytest
from aiohttp import web
from loopback import Site

from corpus.sources.web import Validators, WebKind, WebReader, WebReading

WORDS = "The Juniper Street Coalition opened a night school on Monday, and two hundred families signed up for it."
TEXT = f"<p>{WORDS}</p><p>The school will teach in English and in Spanish.</p>"


def page(words: str = WORDS) -> str:
    """A page without a date."""
    return f"<!doctype html><html><body><h1>Night school</h1><p>{words}</p></body></html>"


def rss(*items: str) -> str:
    """An RSS 2.0 feed."""
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>News</title>{''.join(f'<item>{item}</item>' for item in items)}</channel></rss>"
    )


def sitemap(*addresses: str, of: str = "url", rest: str = "") -> str:
    """A sitemap, or an index of sitemaps."""
    listed = "".join(f"<{of}><loc>{address}</loc>{rest}</{of}>" for address in addresses)
    root = {"url": "urlset", "sitemap": "sitemapindex"}[of]
    return f'<?xml version="1.0"?><{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</{root}>'


@pytest.fixture
def site() -> Iterator[Site]:
    """A site with two pages."""
    with Site() as running:
        running.answers |= {"/a": page(), "/b": page()}
        yield running


def read(
    site: Site, path: str, known: Mapping[str, Validators] | None = None, kind: WebKind | None = None, **limits: object
) -> list[WebReading]:
    """What a listing gives in one run."""
    policy = site.policy("news.example", "other.example", **limits)
    with WebReader(policy, site.network()) as reader:
        return list(reader.read(site.url(path), known=known or {}, expected=kind))


def locators(found: list[WebReading]) -> list[str]:
    """Paths of the entries."""
    return [one.locator.split("/", 3)[3] for one in found[1:]]


def test_feed_leads_to_its_pages(site: Site) -> None:
    """
    A feed gives first itself, then the pages of its entries, each once.
    """
    site.answers["/feed"] = rss(
        "<title>A</title><link>/a</link>", f"<link>{site.url('/b')}</link>", "<link>/a#more</link>"
    )

    listing, *entries = read(site, "/feed")

    assert (listing.kind, listing.listed, listing.failure, listing.is_whole) == ("feed", 2, None, False)
    assert [one.locator for one in entries] == [site.url("/a"), site.url("/b")]
    assert all(WORDS in one.readings[0].text for one in entries)


def test_pages_come_before_the_text_in_the_feed(site: Site) -> None:
    """
    An entry's own page is what is read, also where the feed holds the text.
    """
    site.answers["/feed"] = rss("<link>/a</link><content:encoded><![CDATA[<p>Other words.</p>]]></content:encoded>")

    _, entry = read(site, "/feed")

    assert "Other words" not in entry.readings[0].text
    assert not entry.from_listing


def test_feed_dates_an_undated_page(site: Site) -> None:
    """
    The day that a feed prints counts where the page prints none, and is metadata.
    """
    site.answers |= {
        "/b": page("MILL TOWN, June 9, 2013 – " + WORDS),
        "/feed": rss(
            *(f"<link>{path}</link><pubDate>Tue, 4 Mar 2014 22:00:00 -0700</pubDate>" for path in ("/a", "/b"))
        ),
    }

    _, undated, dated = (one.readings[:1] for one in read(site, "/feed"))

    assert (undated[0].date, undated[0].date_evidence) == ("2014-03-04", "metadata")
    assert (dated[0].date, dated[0].date_evidence) == ("2013-06-09", "dateline")


@pytest.mark.parametrize("answer", [404, 503, "<html><body><div id=app></div></body></html>"])
def test_feed_stands_in_for_a_page_that_cannot_be_read(site: Site, answer: object) -> None:
    """
    Where a page is gone, fails or shows nothing, the text of its entry is read, with its title and date.
    """
    site.answers |= {
        "/gone": answer,
        "/feed": rss(
            "<title>Caf&amp;eacute; school</title><link>/gone</link><pubDate>4 Mar 2014</pubDate>"
            f"<content:encoded><![CDATA[{TEXT}]]></content:encoded>"
        ),
    }

    _, entry = read(site, "/feed")

    (reading,) = entry.readings
    assert (entry.locator, entry.from_listing, entry.failure) == (site.url("/gone"), True, None)
    assert WORDS in reading.text
    assert (reading.title, reading.date, reading.url) == ("Café school", "2014-03-04", site.url("/gone"))


@pytest.mark.parametrize(
    "text",
    [
        f"<description>{WORDS}</description>",  # short: a beginning
        f"<description>{WORDS * 3} The coalition […]</description>",
        f"<description>{WORDS * 3} The coalition [&amp;#8230;] The post appeared first on News.</description>",
        f"<content:encoded><![CDATA[<p>{WORDS * 3}</p><p><a href='/a'>Continue reading →</a></p>]]></content:encoded>",
        f"<content:encoded><![CDATA[<p>{WORDS * 3}</p><p><a href='/a'>Leer más</a></p>]]></content:encoded>",
    ],
)
def test_a_beginning_does_not_stand_in(site: Site, text: str) -> None:
    """
    An entry that only begins the text does not pass for the statement: the page's failure stands.
    """
    site.answers["/feed"] = rss(f"<link>/gone</link>{text}")

    _, entry = read(site, "/feed")

    assert entry.failure
    assert entry.failure.code == "http_404"


def test_entries_without_a_page_are_read_from_the_feed(site: Site) -> None:
    """
    An entry that links nowhere is known by the feed, under the name it always had, and its own id.
    """
    site.answers["/feed"] = (301, {"Location": "/moved"}, b"")
    site.answers["/moved"] = rss(
        f"<guid isPermaLink='false'>school 1</guid><content:encoded><![CDATA[{TEXT}]]></content:encoded>",
        "<guid isPermaLink='false'>empty</guid>",
        "<link>mailto:press@news.example</link>",
    )

    _, whole, empty, refused = read(site, "/feed")

    assert (whole.locator, whole.from_listing) == (site.url("/feed#school%201"), True)
    assert empty.failure
    assert refused.failure
    assert (empty.failure.code, refused.failure.code) == ("bad_format", "address_refused")


@pytest.mark.parametrize(
    ("path", "answer", "expected"),
    [
        ("/feed", rss(), "empty_listing"),
        ("/feed", b'<rss version="2.0"><channel><title>News', "bad_format"),
        ("/feed", page(), "bad_format"),  # a page where the feed should be
        ("/news.xml", page(), "bad_format"),
        ("/rss", (200, {"Content-Type": "application/rss+xml"}, page().encode()), "bad_format"),
        ("/feed", b"", "bad_format"),
        ("/feed", 404, "http_404"),
        ("/sitemap.xml", sitemap(), "empty_listing"),
        ("/sitemap.xml", sitemap("/a", "/b")[:-20], "bad_format"),
        ("/sitemap.xml", sitemap("https://elsewhere.example/a"), "empty_listing"),
        ("/sitemap.xml.gz", gzip.compress(sitemap("/a").encode())[:-9], "bad_format"),
        ("/sitemap.xml", sitemap("/nested.xml", of="sitemap"), "http_404"),
        ("/sitemap.xml", sitemap("/a", of="sitemap"), "bad_format"),
        ("/list.xml", b'<?xml version="1.0"?><opml><body>nothing to read</body></opml>', "bad_format"),
    ],
)
def test_broken_listings_have_failed(site: Site, path: str, answer: object, expected: str) -> None:
    """
    A listing that is broken, empty or no listing is a failure, and nothing follows from which pages would seem gone.
    """
    site.answers[path] = answer

    (found,) = read(site, path)

    assert found.failure
    assert (found.failure.code, found.is_whole) == (expected, False)


def test_a_feed_that_became_a_page_has_failed(site: Site) -> None:
    """
    What was a feed before and is a page now is no statement, wherever it is.
    """
    (found,) = read(site, "/a", kind="feed")

    assert found.failure
    assert (found.kind, found.failure.code) == ("feed", "bad_format")


def test_sitemaps_lead_to_pages_of_their_host(site: Site) -> None:
    """
    A sitemap gives the pages of its own host, the last changed first; images and other hosts are left out.
    """
    image = "<image:image xmlns:image='http://www.google.com/schemas/sitemap-image/1.1'><image:loc>/c</image:loc></image:image>"
    entries = (
        f"<url><loc>/a</loc><lastmod>2014-03-04</lastmod>{image}</url>"
        "<url>\n<loc>\n/b?x=1&amp;y=2\n</loc><lastmod>2015-03-04T10:00:00Z</lastmod></url>"
    )
    site.answers |= {
        "/b?x=1&y=2": page(),
        "/sitemap.xml": f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>',
    }

    found = read(site, "/sitemap.xml")

    assert (found[0].kind, found[0].listed, found[0].is_whole) == ("sitemap", 2, True)
    assert locators(found) == ["b?x=1&y=2", "a"]
    assert all(one.readings for one in found[1:])


def test_pages_of_other_hosts_make_a_sitemap_partial(site: Site) -> None:
    """
    A sitemap of which something was left out does not tell what is gone.
    """
    site.answers["/sitemap.xml"] = sitemap("/a", site.url("/b", "other.example"))

    found = read(site, "/sitemap.xml")

    assert locators(found) == ["a"]
    assert not found[0].is_whole


def test_sitemaps_may_be_nested_and_packed(site: Site) -> None:
    """
    An index leads to its sitemaps, packed ones too, each once, also where they name each other.
    """
    site.answers |= {
        "/sitemap.xml": sitemap("/one.xml.gz", "/two.xml", of="sitemap"),
        "/one.xml.gz": (200, {"Content-Type": "application/gzip"}, gzip.compress(sitemap("/a").encode())),
        "/two.xml": sitemap("/sitemap.xml", "/three.xml", of="sitemap"),
        "/three.xml": sitemap("/b", "/a"),
    }

    found = read(site, "/sitemap.xml")

    assert sorted(locators(found)) == ["a", "b"]
    assert (found[0].is_whole, found[0].validators) == (True, Validators())
    assert site.paths().count("/sitemap.xml") == 1


def test_one_broken_part_does_not_take_the_rest(site: Site) -> None:
    """
    Where one of several sitemaps fails, the pages of the others are read, and the listing says that it is partial.
    """
    site.answers |= {"/sitemap.xml": sitemap("/one.xml", "/two.xml", of="sitemap"), "/one.xml": sitemap("/a")}

    found = read(site, "/sitemap.xml")

    assert locators(found) == ["a"]
    assert found[0].failure
    assert (found[0].failure.code, found[0].is_whole) == ("http_404", False)


def test_listings_are_bounded(site: Site) -> None:
    """
    No more entries are read than the policy says, the newest of them, and the listing says that it is partial.
    """
    old, new = "<lastmod>2013</lastmod>", "<lastmod>2014</lastmod>"
    parts = sitemap("/a", rest=old)[:-9] + sitemap("/b", rest=new)[sitemap("/b", rest=new).index("<url>") :]
    site.answers |= {"/sitemap.xml": parts, "/feed": rss("<link>/a</link>", "<link>/b</link>")}

    assert locators(read(site, "/sitemap.xml", max_entries=1)) == ["b"]
    assert locators(read(site, "/sitemap.xml", max_listed=1)) == ["a"]
    assert locators(read(site, "/feed", max_entries=1)) == ["a"]
    assert not read(site, "/sitemap.xml", max_entries=1)[0].is_whole
    assert not read(site, "/sitemap.xml", max_listed=1)[0].is_whole


def test_nested_sitemaps_are_bounded(site: Site) -> None:
    """
    Sitemaps that always lead to further ones come to an end.
    """

    async def further(request: web.Request) -> web.Response:
        depth = int(request.path.strip("/.xml") or 0)
        return web.Response(text=sitemap(f"/{depth + 1}.xml", of="sitemap"), content_type="text/xml")

    site.answers |= {f"/{depth}.xml": further for depth in range(50)}

    (found,) = read(site, "/0.xml", max_sitemaps=5)

    assert found.failure
    assert found.failure.code == "empty_listing"
    assert len(site.asked) == 7


def test_a_failing_host_is_left_alone(site: Site) -> None:
    """
    After some failures of a server in a row, the rest of a listing fails without being asked for; a page that is
    only missing is none of its failures.
    """
    paths = ["/m1", "/m2", "/1", "/2", "/3", "/4"]
    site.answers |= dict.fromkeys(paths[2:], 500)
    site.answers["/sitemap.xml"] = sitemap(*paths)

    found = read(site, "/sitemap.xml", max_failures=2, retries=0)[1:]

    assert [one.failure and one.failure.code for one in found] == ["http_404"] * 2 + ["http_500"] * 4
    assert site.paths()[-1] == "/2"
    assert "was not asked for" in str(found[-1].failure)


def test_single_failures_do_not_add_up(site: Site) -> None:
    """
    A server that answers in between has not failed in a row.
    """
    site.answers |= {"/1": 500, "/2": 500, "/sitemap.xml": sitemap("/1", "/a", "/2", "/b")}

    found = read(site, "/sitemap.xml", max_failures=2, retries=0)

    assert [bool(one.readings) for one in found[1:]] == [False, True, False, True]


ETAG = Validators(etag='"1"')


def test_an_unchanged_feed_does_not_hide_a_changed_page(site: Site) -> None:
    """
    Behind a feed that is as it was each page is asked for its changes, and a changed one is dated by the feed again.
    """
    feed = rss("<link>/a</link>", "<link>/b</link><pubDate>4 Mar 2014</pubDate>")
    site.answers |= {"/feed": [304, feed], "/a": 304}
    known = {site.url(path): ETAG for path in ("/feed", "/a", "/b")}

    listing, same, changed = read(site, "/feed", known, "feed")

    assert (listing.is_modified, listing.listed, listing.validators) == (False, 2, ETAG)
    assert (same.is_modified, same.validators) == (False, ETAG)
    assert changed.readings[0].date == "2014-03-04"


def test_nothing_changed_is_three_short_answers(site: Site) -> None:
    """
    Where nothing changed, a feed is not sent again.
    """
    site.answers |= {"/feed": 304, "/a": 304}
    known = {site.url(path): ETAG for path in ("/feed", "/a", "/feed#school%201")}

    found = read(site, "/feed", known, "feed")

    assert [one.is_modified for one in found] == [False] * 3
    assert site.paths() == ["/robots.txt", "/feed", "/a"]


def test_a_page_that_fails_behind_an_unchanged_feed_has_its_text(site: Site) -> None:
    """
    The text that an unchanged feed holds still stands in for a page that cannot be read.
    """
    feed = rss(f"<link>/gone</link><content:encoded><![CDATA[{TEXT}]]></content:encoded>")
    site.answers["/feed"] = [304, feed]

    _, entry = read(site, "/feed", {site.url("/feed"): ETAG, site.url("/gone"): Validators()}, "feed")

    assert entry.from_listing
    assert WORDS in entry.readings[0].text


def test_an_index_of_sitemaps_is_always_read(site: Site) -> None:
    """
    An index says nothing of changes in its sitemaps, so that its own version is not remembered.
    """
    head = {"ETag": '"1"', "Content-Type": "text/xml"}
    site.answers |= {
        "/index.xml": (200, head, sitemap("/pages.xml", of="sitemap").encode()),
        "/pages.xml": (200, head, sitemap("/a").encode()),
    }

    assert read(site, "/index.xml")[0].validators == Validators()
    assert read(site, "/pages.xml")[0].validators == ETAG
