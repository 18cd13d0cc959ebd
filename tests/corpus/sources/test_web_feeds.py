"""Feeds of every kind and every damage: what their entries say, and nothing that they do not."""

from __future__ import annotations

import socket
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dating import find_date
from corpus.errors import FetchError
from corpus.sources.web.addresses import parse_address
from corpus.sources.web.entries import Entry
from corpus.sources.web.feeds import MAX_BYTES, MAX_TAGS, parse_feed

FEED = parse_address("https://news.example/blog/feed/")
SENTENCE = "The Juniper Street Coalition opened a night school on Monday, and two hundred families signed up for it."


def entries(feed: str | bytes, content_type: str = "application/rss+xml", limit: int = 100) -> tuple[Entry, ...]:
    """What a feed lists."""
    body = feed if isinstance(feed, bytes) else feed.encode()
    return parse_feed(body, content_type, FEED, known_as=str(FEED), limit=limit).entries


def entry(inside: str, head: str = "") -> Entry:
    """The one entry of an RSS 2.0 feed."""
    (found,) = entries(
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        f' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>{head}<item>{inside}</item></channel></rss>'
    )
    return found


@pytest.mark.parametrize(
    "feed",
    [
        '<?xml version="1.0"?><rss version="0.91"><channel><item>{title}<link>{link}</link></item></channel></rss>',
        '<rss version="0.92"><channel><item>{title}<link>{link}</link></item></channel></rss>',
        '<rss version="2.0"><channel><item>{title}<guid>{link}</guid></item></channel></rss>',
        '<rss version="2.0"><channel><item>{title}<guid isPermaLink="true">{link}</guid></item></channel></rss>',
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        "<item>{title}<link>{link}</link></item></rdf:RDF>",
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        '<item rdf:about="{link}">{title}<link>{link}</link></item></rdf:RDF>',
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry>{title}<link rel="self" href="/x"/><link href="{link}"/>'
        "</entry></feed>",
        '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry>{title}<link rel="alternate" href="{link}"/>'
        "</entry></feed>",
        '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:title>Night school</a:title>'
        '<a:link href="{link}"/></a:entry></a:feed>',
        # damaged
        '\n\n<br /><b>Warning</b>: too few letters\n<?xml version="1.0"?><rss version="2.0"><channel><item>{title}'
        "<link>{link}</link></item></channel></rss>",
        '<rss version="2.0"><channel><title>A & B</title><item>{title}<link>{link}</link></channel></rss>',
        '<rss version="2.0"><channel><item>{title}<link>{link}</link><description><p>open',
        '<rss version="2.0"><channel><item>{title}<link>{link}</link></item>\x0b\x00</channel></rss>',
        '<!DOCTYPE rss SYSTEM "http://10.0.0.7/rss.dtd"><rss version="0.91"><channel><item>{title}<link>{link}</link>'
        "</item></channel></rss>",
    ],
)
@pytest.mark.parametrize("link", ["https://news.example/blog/school", "/blog/school", "../school"])
def test_every_kind_of_feed_is_read(feed: str, link: str) -> None:
    """
    Title and page of an entry are found in all kinds of RSS and Atom, damaged ones too, relative links too.
    """
    (found,) = entries(feed.format(title="<title>Night school</title>", link=link))

    assert (found.locator, found.hints.title) == ("https://news.example/blog/school", "Night school")


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Tue, 04 Mar 2014 22:00:00 -0700", "2014-03-04"),  # the day there, not the day in Greenwich
        ("Tue, 4 Mar 14 22:00:00 GMT", "2014-03-04"),
        ("Tue Mar  4 22:00:00 2014", "2014-03-04"),
        ("2014-03-04T22:00:00-07:00", "2014-03-04"),
        ("2014/03/04", "2014-03-04"),
        ("March 4, 2014", "2014-03-04"),
        ("Mar, 04 Mar 2014 22:00:00 +0000", "2014-03-04"),
        ("martes 4 de marzo de 2014", "2014-03-04"),
        ("25/12/2014", "2014-12-25"),
        ("04/03/2014", None),  # of two days one
        ("Thu, 01 Jan 1970 00:00:00 +0000", None),  # never
        ("Wed, 30 Nov -0001 00:00:00 +0000", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates_are_read_as_printed(printed: str, expected: str | None) -> None:
    """
    Dates of every form are understood, and one that may be two days or none is no date.
    """
    for name in ("pubDate", "dc:date"):
        assert find_date("", metadata_date=entry(f"<{name}>{printed}</{name}>").hints.date).date == expected


def test_the_day_of_an_edit_is_no_date() -> None:
    """
    Atom's "updated" is when an entry was edited last.
    """
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="/a"/>{}<updated>2015-01-01T00:00:00Z</updated>'
        "</entry></feed>"
    )
    (edited,) = entries(feed.format(""))
    (published,) = entries(feed.format("<published>2014-03-04T00:00:00Z</published>"))

    assert (edited.hints.date, published.hints.date) == (None, "2014-03-04T00:00:00Z")


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Caf&#233; school", "Café school"),
        ("Caf&amp;eacute; school", "Café school"),
        ("Caf&amp;amp;eacute; school", "Café school"),
        ("<![CDATA[Caf&eacute; <em>school</em>]]>", "Café school"),
        ("&lt;b&gt;Café&lt;/b&gt; school", "Café school"),
        ("  Café\n school ", "Café school"),
        ("", None),
    ],
)
def test_titles_are_unescaped(printed: str, expected: str | None) -> None:
    """
    A title is plain words, however often it was escaped.
    """
    assert entry(f"<title>{printed}</title>").hints.title == expected


@pytest.mark.parametrize(
    "inside",
    [
        f"<content:encoded><![CDATA[<p>{SENTENCE}</p>]]></content:encoded>",
        f"<content:encoded>&lt;p&gt;{SENTENCE}&lt;/p&gt;</content:encoded>",
        f"<content:encoded>&amp;lt;p&amp;gt;{SENTENCE}&amp;lt;/p&amp;gt;</content:encoded>",
        f"<content:encoded>{SENTENCE}</content:encoded>",
        f"<description>{SENTENCE} {SENTENCE} {SENTENCE}</description>",
        f"<content:encoded><![CDATA[<p>{SENTENCE}</p><p>They want to see more. Families ask for more time.</p>]]>"
        "</content:encoded>",
        f"<description>In short.</description><content:encoded><![CDATA[<p>{SENTENCE}</p>]]></content:encoded>",
    ],
)
def test_whole_texts_are_kept(inside: str) -> None:
    """
    The text of an entry is kept as HTML, however it is escaped.
    """
    html = entry(f"<link>/a</link>{inside}").html

    assert html is not None
    assert SENTENCE in html
    assert html.startswith("<p>")


def test_text_of_a_feed_that_was_cut_off_is_not_kept() -> None:
    """
    Of a feed without its end the last entry may hold half a text, and those before it hold theirs.
    """
    item = f"<item><link>/{{}}</link><description>{SENTENCE} {SENTENCE} {SENTENCE}</description></item>"
    first, last = entries(f'<rss version="2.0"><channel>{item.format(1)}{item.format(2)}'[:-40])

    assert first.html
    assert last.html is None


def test_entries_are_bounded() -> None:
    """
    No more entries are looked at than asked for.
    """
    items = "".join(f"<item><link>/{number}</link></item>" for number in range(9))

    assert len(entries(f"<rss><channel>{items}</channel></rss>", limit=3)) == 3


@pytest.mark.parametrize("encoding", ["latin-1", "utf-8", "utf-16", "cp1252"])
def test_letters_of_feeds_are_read_as_meant(encoding: str) -> None:
    """
    The character set of a feed is that of its first line, or plainly UTF-8.
    """
    feed = f'<?xml version="1.0" encoding="{encoding}"?><rss><channel><item><title>Niñez</title></item></channel></rss>'

    assert entries(feed.encode(encoding))[0].hints.title == "Niñez"


LAUGHS = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(1, 9))


@pytest.mark.thorough
@pytest.mark.parametrize(
    "declared",
    [
        f'<!DOCTYPE rss [<!ENTITY a1 "ha">{LAUGHS}]>',
        f'<!DOCTYPE rss [\n<!ENTITY a9 "{"ha" * 50_000}">\n]>',
        '<!DOCTYPE rss [\n<!ENTITY a9 SYSTEM "file:///etc/hostname">\n]>',
        '<!DOCTYPE rss [\n<!ENTITY a9 SYSTEM "http://10.0.0.7/">\n]>',
    ],
)
def test_entities_are_not_expanded(declared: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Entities that a feed declares multiply nothing, read no file and fetch nothing.
    """
    monkeypatch.setattr(socket, "socket", None)
    titles = "".join(f"<item><title>Words &a9; {number}</title></item>" for number in range(100))

    tracemalloc.start()
    try:
        found = entries(f'<?xml version="1.0"?>\n{declared}<rss version="2.0"><channel>{titles}</channel></rss>')
        assert tracemalloc.get_traced_memory()[1] < 8 * 2**20
    finally:
        tracemalloc.stop()
    assert {len(one.hints.title or "") for one in found} <= set(range(20))


@pytest.mark.parametrize("feed", [b"<rss>" + b" " * MAX_BYTES, b"<rss>" + b"<a>" * MAX_TAGS])
def test_feeds_have_a_size(feed: bytes) -> None:
    """
    A feed that would take too much memory to parse is too large.
    """
    with pytest.raises(FetchError) as caught:
        entries(feed)

    assert caught.value.code == "too_large"


PIECES = ["<rss>", "<feed xmlns='http://www.w3.org/2005/Atom'>", "<item>", "<entry>", "<title>", "</title>", "</item>",
          "<link>", "<link href='", "'/>", "<![CDATA[", "]]>", "<!--", "-->", "<!DOCTYPE", "<?xml", "?>", "&amp;", "&#",
          "<content type='xhtml'>", "</", "<pubDate>", "\x00", "ñ", "<guid>", "http://[", "]"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=30))
def test_no_damage_is_a_crash(pieces: list[str]) -> None:
    """
    Whatever a feed has become, it is read or refused with its code.
    """
    try:
        found = entries("".join(pieces))
    except FetchError as error:
        found = ()
        assert error.code == "bad_format"  # noqa: PT017
    assert len({one.locator for one in found}) == len(found)
