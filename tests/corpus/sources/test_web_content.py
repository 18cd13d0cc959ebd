"""What a body is, whatever its server calls it."""

from __future__ import annotations

import pytest

from corpus.sources.web.content import expected_listing, kind_of

HTML = b"<!DOCTYPE html><html><body><p>The Juniper Street Coalition opened a school.</p></body></html>"
PLAIN = b"The Juniper Street Coalition opened a school.\n\nFamilies < 200, she said."


@pytest.mark.parametrize(
    ("body", "content_type", "path", "expected"),
    [
        (HTML, "text/html; charset=utf-8", "/", "html"),
        (HTML, "text/plain", "/", "html"),
        (HTML, "application/octet-stream", "/a", "html"),
        (HTML, "application/pdf", "/a.pdf", "html"),
        (HTML, "text/xml", "/", "html"),
        (b"\xef\xbb\xbf\n" + HTML, "", "/", "html"),
        (HTML.decode().encode("utf-16"), "text/html", "/", "html"),
        (b'<?xml version="1.0"?>' + HTML, "application/xhtml+xml", "/", "html"),
        (b"<p>A part of a page.</p>", "text/html", "/", "html"),
        (b"<p>A part of a page.</p>", "", "/", "html"),
        (b"<!-- a <rss> feed --><html><body></body></html>", "text/html", "/", "html"),
        (b"<!-- not <html> --><rss><!-- open", "text/html", "/", "feed"),
        (b"<html><body><svg><feed >", "text/html", "/", "html"),
        (PLAIN, "text/plain", "/a", "text"),
        (PLAIN, "text/html", "/a", "text"),  # without a tag
        (PLAIN, "image/png", "/a.txt", "text"),
        (PLAIN, "", "/a", "text"),
        (PLAIN, "text/markdown", "/a", "markdown"),
        (PLAIN, "text/plain", "/a.md", "markdown"),
        (b"<div>Note</div>\n\n# School", "text/plain", "/a.md", "markdown"),
        (b"How to write <rss> feeds.", "text/plain", "/a", "text"),
        (b'<?xml version="1.0"?><rss version="2.0">', "text/html", "/", "feed"),
        (b"<rss>", "text/plain", "/", "feed"),
        (b"Notice: undefined\n<rss>", "application/rss+xml", "/", "feed"),
        (b"<br />\n<b>Warning</b>: x<br />\n<feed xmlns='x'>", "text/html", "/", "feed"),
        ('<?xml version="1.0"?><rss>'.encode("utf-16"), "text/xml", "/", "feed"),
        (b"<rdf:RDF xmlns:rdf='x'>", "text/xml", "/", "feed"),
        (b"<urlset xmlns='x'>", "text/xml", "/", "sitemap"),
        (b"<sm:sitemapindex xmlns:sm='x'>", "text/xml", "/", "sitemap"),
        (b"<?xml version='1.0'?><opml>", "text/xml", "/", "other"),
        (b"<?xml version='1.0'?><opml>", "text/plain", "/", "other"),
        (b"<svg xmlns='x'>", "image/svg+xml", "/a.svg", "other"),
        (b'{"a": 1}', "application/json", "/", "other"),
        (b"a,b\n1,2\n", "text/csv", "/a.csv", "other"),
        (b"%PDF-1.7\n", "text/html", "/a", "pdf"),
        (b"\n%PDF-1.7\n", "application/pdf", "/a", "pdf"),
        (b"PK\x03\x04..word/document.xml", "application/zip", "/a", "docx"),
        (b"PK\x03\x04..", "application/zip", "/a", "other"),
        (b"From: a@news.example\n\nHello", "message/rfc822", "/a", "email"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "text/html", "/", "other"),
        (b"GIF89a\0\0\0", "", "/", "other"),
    ],
)
def test_bytes_tell_what_a_body_is(body: bytes, content_type: str, path: str, expected: str) -> None:
    """
    The bytes decide, and what they leave open the type that the server names and the suffix of the address.
    """
    assert kind_of(body, content_type, path) == expected


@pytest.mark.parametrize(
    ("content_type", "path", "expected"),
    [
        ("text/html", "/feed/", "feed"),
        ("text/html", "/blog/feed", "feed"),
        ("text/html", "/news.rss", "feed"),
        ("text/html", "/news.xml", "feed"),
        ("application/atom+xml; charset=utf-8", "/", "feed"),
        ("text/html", "/sitemap.xml", "sitemap"),
        ("text/html", "/sitemap_index.xml.gz", "sitemap"),
        ("text/html", "/sitemap", None),
        ("text/html", "/feedback", None),
        ("text/xml", "/school", None),
    ],
)
def test_addresses_promise_listings(content_type: str, path: str, expected: str | None) -> None:
    """
    An address of a feed promises one, so that an error page in its place is no statement.
    """
    assert expected_listing(content_type, path) == expected
