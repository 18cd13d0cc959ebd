"""Files of every format and every mess are read to their visible text, and metadata is taken as found."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UnreadableError
from corpus.sources import formats
from corpus.sources.formats import Page, read_page
from corpus.sources.formats.articles import articles_of

ONE = "Today the River Network asks the county to open the shelter, because nine families sleep in cars."
TWO = "“Nobody should wait for a bed behind a fence,” said Lena Ortiz, director of the River Network."
THREE = "Our members will walk on Saturday from the church to the courthouse, and they will carry the keys with them."


def html(markup: str) -> Page:
    return read_page(markup.encode(), "page.html")


def kept(page: Page) -> list[str]:
    """The lines that are left when the chrome is taken out."""
    left, start = [], 0
    for line in page.text.split("\n"):
        end = start + len(line)
        if not any(item.start <= start and end <= item.end for item in page.chrome):
            left.append(line)
        start = end + 1
    return left


def test_text_stands_as_it_is() -> None:
    """A text file's canonical text is the file: nothing trimmed, nothing added."""
    assert read_page(b"  One\r\n\r\n\r\ntwo\xc2\xa0three \n", "a.txt").text == "  One\n\n\ntwo\u00a0three \n"


@pytest.mark.parametrize(
    ("block", "title", "date"),
    [
        ("---\ntitle: The Shelter\ndate: 2013-05-02\n---\n", "The Shelter", "2013-05-02"),
        ('---\ntitle: "The Shelter: A Roof"\ndate: 2013-05-02\n---\n', "The Shelter: A Roof", "2013-05-02"),
        ("---\ntitle: The Shelter: A Roof\ndate:\t2013-05-02\n---\n", "The Shelter: A Roof", "2013-05-02"),
        (
            "---\nTitle: The Shelter\nstray words here\ndate: 2013-05-02\ntags:\n  - roof\n---\n",
            "The Shelter",
            "2013-05-02",
        ),
        ("---\ntitle: The Shelter\ndate: May 2, 2013\n", "The Shelter", "May 2, 2013"),  # the closing fence is missing
        ("title: The Shelter\ndate: 2013-05-02\n---\n", "The Shelter", "2013-05-02"),  # the opening one is missing
        ('+++\ntitle = "The Shelter"\ndate = 2013-05-02\n+++\n', "The Shelter", "2013-05-02"),
        ("---\ntítulo: El refugio\nfecha: 2 de mayo de 2013\n---\n", "El refugio", "2 de mayo de 2013"),
        ("\ufeff---\r\ntitle: The Shelter\r\ndate: 2013-05-02\r\n---\r\n", "The Shelter", "2013-05-02"),
    ],
)
def test_front_matter_is_read(block: str, title: str, date: str) -> None:
    """Front matter gives title and date and is furniture, also where it is not quite YAML."""
    page = read_page(f"{block}\n{ONE}\n".encode(), "a.md")
    (front,) = page.chrome

    assert (page.title, page.metadata_date, front.kind) == (title, date, "other")
    assert page.text[front.end :].strip() == ONE


@pytest.mark.parametrize(
    "text",
    [
        f"---\n\n{ONE}\n\n---\n\n{TWO}",  # two rules around a paragraph
        f"Today: we walk.\n\n{ONE}\n\n---\n\n{TWO}",
        f"{ONE}\n\nTitle: no front matter, because it does not stand at the head",
    ],
)
def test_prose_is_no_front_matter(text: str) -> None:
    """Rules and colons of the statement itself are not taken for front matter."""
    assert read_page(text.encode(), "a.md").chrome == ()


def test_markdown_heading_is_the_title() -> None:
    """Without front matter the first heading is the title."""
    assert read_page(f"# The Shelter #\n\n{ONE}".encode(), "a.md").title == "The Shelter"
    assert read_page(f"The Shelter\n===\n\n{ONE}".encode(), "a.md").title == "The Shelter"
    assert read_page(f"The Shelter\n\n{ONE}".encode(), "a.txt").title is None
    assert read_page(f"The Shelter\n\n{ONE}\n\n# # #".encode(), "a.txt").title is None


@pytest.mark.parametrize(
    ("data", "file", "code"),
    [
        (b"", "a.txt", "empty"),
        (b" \n\t\n", "a.md", "empty"),
        (b"<html><body><script>x</script></body></html>", "a.html", "empty"),
        (b"\x89PNG\r\n\0\0\0", "a.txt", "bad_format"),
        (b"words", "a.rtf", "bad_format"),
        (b"words", "a", "bad_format"),
    ],
)
def test_unreadable_file_says_why(data: bytes, file: str, code: str) -> None:
    """A file that is no statement is refused in one line that names it."""
    with pytest.raises(UnreadableError) as error:
        read_page(data, file)
    assert error.value.code == code
    assert str(error.value).startswith(f"{file}: ")
    assert "\n" not in str(error.value)


def test_too_large_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than 64 MiB are not read."""
    assert formats.MAX_BYTES == 64 * 1024 * 1024
    monkeypatch.setattr(formats, "MAX_BYTES", 10)
    with pytest.raises(UnreadableError) as error:
        read_page(b"more than ten", "a.txt")
    assert error.value.code == "too_large"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One <b>bold</b>\n  word<br>two</p><p>three</p>", "One bold word\ntwo\nthree"),
        ("<div>One<br><br>two<br/>&nbsp;<br>three</div>", "One\ntwo\nthree"),
        ("<ul><li>One<li>two</ul><table><tr><td>a<td>b</table>", "One\ntwo\na\nb"),
        ("<p>a&nbsp;b &mdash; c&#8217;s</p>", "a\u00a0b — c’s"),
        ("<pre>one  two\nthree</pre>", "one two\nthree"),
        (
            "<p>Seen<span hidden>x</span><i style='display: none'>y</i></p><script>z</script><template>t</template>",
            "Seen",
        ),
        ("<head><title>No</title><style>p{}</style></head><p>One<!-- no --> two", "One two"),
        ("<p>Cafe\u0301</p>", "Café"),
        ("<p>un<wbr>broken", "unbroken"),
    ],
)
def test_visible_text(markup: str, text: str) -> None:
    """HTML's canonical text is what a browser shows, a line a block, nothing inserted and nothing hidden."""
    assert html(markup).text == text


def test_twice_escaped_entities_are_read() -> None:
    """Entities escaped twice become what was meant, and a warning says so."""
    page = html("<p>The network&amp;#8217;s caf&amp;eacute; &amp;amp; kitchen")

    assert page.text == "The network’s café & kitchen"
    assert "entities_escaped_twice" in page.warnings


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="windows-1252">', "windows-1252"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">', "latin-1"),
        ('<?xml version="1.0" encoding="iso-8859-2"?>', "iso-8859-2"),
        ("", "windows-1252"),
    ],
)
def test_declared_character_set(head: str, encoding: str) -> None:
    """A page is decoded as it declares."""
    page = read_page(f"{head}<p>Él pidió paz en la región".encode(encoding), "a.htm")

    assert "pidió paz" in page.text


WORDPRESS = f"""<!DOCTYPE html><html lang="en-US"><head><title>The Shelter Opens | River Network</title>
<meta property="og:site_name" content="River Network"><link rel="canonical" href="https://river.example/shelter/">
<meta property="article:published_time" content="2013-05-02T10:00:00-07:00"></head><body>
<header><h1><a href="/">River Network</a></h1><nav><ul><li>Home<li>About Us<li>Donate</ul></nav></header>
<main><article><p class="breadcrumb">Home &raquo; News &raquo; The Shelter Opens</p><h1>The Shelter&nbsp;Opens</h1>
<p class="meta">May 2, 2013</p><div class="entry-content"><p>{ONE}</p><h2>What we ask</h2>
<ul><li>Open it.<li>Heat it</ul><p>{TWO}</p><p>Short.</p><p>{THREE}</p>
<table><tr><td>Cots<td>12</table></div><div class="sharedaddy">Share this</div></article>
<div id="comments"><h3>2 Comments</h3><p>Bob says: I agree with every single word of this long post, my friends.</p>
<form>Name <button>Post Comment</button></form></div></main>
<aside class="sidebar"><h3>Recent posts</h3><a>A long winter</a></aside>
<footer>© 2014 River Network.</footer></body></html>"""


@pytest.mark.thorough
def test_page_with_everything() -> None:
    """Of an ordinary site's page the head, the sentences, the lists and tables are left, and no chrome."""
    own = ["The Shelter\u00a0Opens", "May 2, 2013", ONE, "What we ask", "Open it.", "Heat it", TWO, "Short.", THREE]

    assert kept(html(WORDPRESS)) == [*own, "Cots", "12"]


def test_metadata_of_a_page() -> None:
    """Title, date, address, site and language are taken as the page states them."""
    page = html(WORDPRESS)

    assert page.title == "The Shelter\u00a0Opens"
    assert page.metadata_date == "2013-05-02T10:00:00-07:00"
    assert (page.url, page.organization, page.declared_language) == (
        "https://river.example/shelter/",
        "River Network",
        "en",
    )


@pytest.mark.parametrize(
    ("markup", "date"),
    [
        ('<script type="application/ld+json">{"@graph":[{"datePublished":"2013-05-02"}]}</script>', "2013-05-02"),
        ('<script type="application/ld+json">{broken</script><time datetime="2013-05-02">May</time>', "2013-05-02"),
        ('<div id="comments"><time datetime="2014-01-01">x</time></div>', None),  # a reader's day
        ('<footer><time datetime="2014-01-01">x</time></footer>', None),
        ('<meta property="article:modified_time" content="2014-01-01">', None),
        ("<p>May 2, 2013</p>", None),  # printed in the text: for dating to read
    ],
)
def test_metadata_date(markup: str, date: str | None) -> None:
    """A date in the markup is given as found; days of comments, footers and changes are not its date."""
    assert html(f"{markup}<p>{ONE}</p>").metadata_date == date


@pytest.mark.parametrize(
    ("title", "organization"),
    [
        ("The Shelter | River Network", "River Network"),
        ("The Shelter | The River Diary", None),  # a blog's name does not say that it issued anything
        ("River Network", None),
    ],
)
def test_site_beside_the_title_is_a_hint(title: str, organization: str | None) -> None:
    """What `<title>` prints beside the page's own title is the publisher where it reads as an organisation."""
    assert html(f"<title>{title}</title><h1>The Shelter</h1><p>{ONE}</p>").organization == organization


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        (
            "<title>The Shelter | River Network</title><h1>River Network</h1><h2>x</h2><article><h1>The Shelter</h1>",
            "The Shelter",
        ),
        ('<title>The Shelter - River</title><meta property="og:site_name" content="River">', "The Shelter"),
        ("<title>The Shelter | River</title><h2>The Shelter</h2>", "The Shelter"),
        ("<p>No heading", None),
    ],
)
def test_title_of_a_page(markup: str, title: str | None) -> None:
    """The title is the page's own heading, not the site's name."""
    assert html(f"{markup}<p>{ONE}</p>").title == title


PAGES = {
    "old table with line breaks": (
        f"<table><tr><td>Red<br>Blue<br>Green</td><td><b>The Shelter</b><br><br>May 2, 2013<br>"
        f"<br>{ONE}<br><br>{TWO}"
        f"<br><br>{THREE}</td></tr></table>",
        ["The Shelter", "May 2, 2013", ONE, TWO, THREE],
    ),
    "everything inside one form": (
        f'<form id="aspnet"><div class="menu"><a>Home</a></div><h1>The Shelter</h1><p>{ONE}<p>{TWO}</form>',
        ["The Shelter", ONE, TWO],
    ),
    "a navigation that was never closed": (f"<nav><h1>The Shelter</h1><p>{ONE}<p>{TWO}", ["The Shelter", ONE, TWO]),
    "an article inside an aside": (
        f"<nav>Home</nav><aside><h1>The Shelter</h1><p>{ONE}</p><p>{TWO}</p></aside>",
        ["The Shelter", ONE, TWO],
    ),
    "statement in a content element, menus as lists": (
        f'<ul class="menu"><li>Home<li>News</ul><div id="content"><h1>The Shelter</h1><div><p>{ONE}</p><p>{TWO}</p>'
        f'<p>We will be back.</p></div></div><div class="sidebar"><p>{THREE}</p></div>',
        ["The Shelter", ONE, TWO, "We will be back."],
    ),
    "a short statement": ("<nav>Home</nav><main><h1>Alto</h1><p>No more.</p></main>", ["Alto", "No more."]),
    "sentence beside an image": (
        f"<article><h1>The Shelter</h1><p>{ONE}</p><figure><img></figure><div>{TWO}</div><p>{THREE}</p></article>",
        ["The Shelter", ONE, TWO, THREE],
    ),
    "quotation in a block of its own": (
        f"<article><h1>The Shelter</h1><p>{ONE}</p><blockquote>{TWO}</blockquote><p>{THREE}</p></article>",
        ["The Shelter", ONE, TWO, THREE],
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_no_sentence_is_lost(name: str) -> None:
    """However the markup lies, every line of the statement stays, and the menu does not."""
    markup, own = PAGES[name]

    assert kept(html(markup)) == own


@given(
    st.lists(
        st.sampled_from(["<p>", "</div>", "<td", "<b>", "word ", "&amp", "<!--", "<a href='", "&#0;", "<br>", ONE])
    )
)
def test_broken_markup_is_read(pieces: list[str]) -> None:
    """No broken page makes reading fail: it has its words, or it is said to be empty."""
    with suppress(UnreadableError):
        page = html("".join(pieces))
        assert "\n\n" not in page.text
        assert all(page.text[item.start : item.end].strip() for item in page.chrome)


def test_deep_nesting_is_read() -> None:
    """A page whose elements are never closed is read to its end, as in a browser, and none of it is chrome."""
    page = html("<h1>We ask</h1>" + "".join(f"<font><p>{n}. {ONE}" for n in range(400)))

    assert kept(page) == ["We ask", *(f"{n}. {ONE}" for n in range(400))]


@pytest.mark.parametrize("tag", ["<div>", "<b>", "<li><font>"])
@pytest.mark.parametrize("before", ["", ONE])
def test_nesting_without_end_is_refused(tag: str, before: str) -> None:
    """The parser drops what stands too deep: such a page is refused, and no part of it is lost unnoticed."""
    for read in (read_page, articles_of):
        with pytest.raises(UnreadableError, match=r"page\.html: its elements are nested too deep") as raised:
            read((before + tag * 5_000 + "<article></article>" * 2 + TWO).encode(), "page.html")
        assert raised.value.code == "bad_format"
