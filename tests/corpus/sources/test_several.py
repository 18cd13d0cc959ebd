"""Files that hold several statements, and those that only look so."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from corpus.errors import UnreadableError
from corpus.models import Reading
from corpus.reader import read_statement
from corpus.sources.documents import Document, read_documents

ROOMS = "The Tarrow Mills Tenants asked the county today to open forty warm rooms for families who sleep in their cars."
COUNTED = "They counted 112 cars behind the station in one night, most of them with children asleep on the back seat."
ANSWER = "The county board answered that it would look at the old school on Quince Avenue before the first snow."
BENCH = "The Tarrow Mills Tenants carried nine benches to the bus stops of the valley road on Sunday morning."
BUILT = "The benches were built by students of the night school from the old boards of a barn that fell down in March."
SEATS = "Anybody who waits for the night bus may sit down from now on, said the driver who helped to carry them."
TEASER = "Neighbors of Plum Street plant trees along the canal and ask the city for a hose."


def page(*parts: str, head: str = "<title>Tarrow Mills Tenants</title>") -> bytes:
    return f"<!doctype html><html lang=en><head>{head}</head><body>{''.join(parts)}</body></html>".encode()


def article(title: str, *paragraphs: str, day: str | None = "2019-11-04", level: str = "h2", more: str = "") -> str:
    time = f'<time datetime="{day}">{day}</time>' if day else ""
    body = "".join(f"<p>{one}</p>" for one in paragraphs)
    return f"<article {more}><{level}>{title}</{level}>{time}{body}</article>"


def linked(title: str) -> str:
    return f'<a href="/news/{title.lower().replace(" ", "-")}">{title}</a>'


ROOMS_WHOLE = article("Forty rooms", ROOMS, COUNTED, ANSWER)
BENCH_WHOLE = article("Nine benches", BENCH, BUILT, SEATS, day="2019-10-07")
# As the front page of a blog shows whole posts.
POST = """<article id="post-{n}" class="post-{n} post type-post status-publish hentry has-post-thumbnail">
<header class="entry-header">
<h2 class="entry-title"><a href="https://tenants.example/{n}" rel="bookmark">{title}</a></h2>
<div class="entry-meta"><time datetime="2019-11-04T10:00:00+00:00">November 4, 2019</time></div>
</header>
<div class="entry-content"><p>{text}</p><p>{more}</p></div>
<footer class="entry-meta">Posted in <a href="/c">News</a>. Leave a comment.</footer></article>"""
POSTS = (
    POST.format(n=7, title="Forty rooms", text=ROOMS, more=COUNTED),
    POST.format(n=6, title="Nine benches", text=BENCH, more=BUILT),
)
CARD = article(linked("Trees and a hose"), TEASER, day="2019-09-01", level="h3")


def found(documents: Sequence[Document]) -> list[Reading]:
    return [one.outcome for one in documents if isinstance(one.outcome, Reading)]


def read(data: bytes, file: str = "news.html") -> list[Document]:
    return read_documents(data, file, read_statement)


@pytest.mark.parametrize(
    "parts",
    [
        (ROOMS_WHOLE, BENCH_WHOLE),
        ("<header><h1>Tarrow Mills Tenants</h1></header><main>", ROOMS_WHOLE, BENCH_WHOLE, "</main>"),
        ("<h1>News</h1>", ROOMS_WHOLE, BENCH_WHOLE, "<aside>", CARD, "</aside><footer>Write to us.</footer>"),
        # Titles that lead to a page of their own, as on the front page of a blog.
        (article(linked("Forty rooms"), ROOMS, COUNTED), article(linked("Nine benches"), BENCH, BUILT)),
        ('<div id="page" class="site"><div id="content"><main id="main">', *POSTS, "</main></div></div>"),
        # Without dates: nothing stands above them but what a list is called.
        ("<h1>Comunicados</h1>", *(article(t, ROOMS if t == "A" else BENCH, COUNTED, ANSWER, day=None) for t in "AB")),
        # One long paragraph each, dated, with a title that leads nowhere.
        (article("Forty rooms", f"{ROOMS} {COUNTED} {ANSWER}"), article("Nine benches", f"{BENCH} {BUILT} {SEATS}")),
        (ROOMS_WHOLE, BENCH_WHOLE, ROOMS_WHOLE),  # once for wide and once for narrow screens
        (ROOMS_WHOLE, BENCH_WHOLE, article("Soon", "Come.", day=None)),  # an announcement that is no statement
    ],
)
def test_page_of_several_articles(parts: tuple[str, ...]) -> None:
    """
    A page whose main content is several articles, each whole, gives a statement for each.
    """
    readings = found(read(page(*parts)))

    assert len(readings) == 2
    for reading, own, other in zip(readings, (ROOMS, BENCH), (BENCH, ROOMS), strict=True):
        assert own in reading.text
        assert other not in reading.text
        assert reading.file == "news.html"
        assert all(reading.text[span.start : span.end].strip() for span in reading.body)


@pytest.mark.parametrize(
    ("parts", "head"),
    [
        ((ROOMS_WHOLE,), ""),
        ((ROOMS_WHOLE, CARD, CARD), ""),  # cards of others below it
        ((ROOMS_WHOLE, article(linked("Nine benches"), f"{BENCH} {BUILT} Read more")), ""),
        ((ROOMS_WHOLE, article(linked("Nine benches"), BENCH, BUILT, "The benches were […]")), ""),
        ((ROOMS_WHOLE, article("Nine benches", BENCH, BUILT, more='class="card"')), ""),
        ((ROOMS_WHOLE, "<section class=related>", BENCH_WHOLE, "</section>"), ""),
        ((ROOMS_WHOLE, "<aside>", BENCH_WHOLE, "</aside>"), ""),
        ((ROOMS_WHOLE, "<ol class=comments>", BENCH_WHOLE, "</ol>"), ""),
        ((ROOMS_WHOLE, article("Nine benches", BENCH, BUILT, more='id="comment-7"')), ""),
        ((ROOMS_WHOLE, f"<article><p>{BENCH}</p><p>{BUILT}</p></article>"), ""),  # somebody answers, without a title
        ((article("Forty rooms", ROOMS, COUNTED, ANSWER, level="h1"), BENCH_WHOLE), ""),  # not side by side
        ((f"<article><h1>Forty rooms</h1><p>{ROOMS}</p>{BENCH_WHOLE}</article>",), ""),  # one within the other
        ((f"<p>{ROOMS}</p><p>{COUNTED}</p><p>{ANSWER}</p>", ROOMS_WHOLE, BENCH_WHOLE), ""),  # below something else
        ((article("Forty rooms", *(ROOMS, COUNTED, ANSWER) * 9), BENCH_WHOLE), ""),  # one long, one short
        ((CARD, CARD.replace("Trees", "Roses"), CARD.replace("Trees", "Herbs")), ""),  # a list that only leads on
        # Parts of one statement under one title.
        (
            (
                "<h1>A winter plan</h1>",
                *(article(t, ROOMS if t == "A" else BENCH, COUNTED, ANSWER, day=None) for t in "AB"),
            ),
            "",
        ),
        # The page says itself that it is one.
        ((ROOMS_WHOLE, BENCH_WHOLE), '<meta property="og:type" content="article">'),
        ((ROOMS_WHOLE, BENCH_WHOLE), '<meta property="article:published_time" content="2019-11-04">'),
        ((ROOMS_WHOLE, BENCH_WHOLE), "<title>Forty rooms | Tarrow Mills Tenants</title>"),
        ((ROOMS_WHOLE, BENCH_WHOLE), '<script type="application/ld+json">{"@type": "NewsArticle"}</script>'),
    ],
)
def test_page_of_one_statement(parts: tuple[str, ...], head: str) -> None:
    """
    Cards of other statements, answers, and parts of one statement do not make several of a page.
    """
    [document] = read(page(*parts, head=head))

    assert document.name == ""


def test_articles_keep_what_the_page_says() -> None:
    """
    Each statement has its own title, date, address and language, and the words of the page as they stand.
    """
    markup = page(
        article(linked("Forty rooms"), ROOMS, COUNTED, "“We counted twice,” said Odalys Ferrán."),
        article(linked("Nine benches"), BENCH, BUILT, day="2019-10-07"),
        head='<link rel=canonical href="https://tenants.example/news"><title>Tarrow Mills Tenants</title>',
    )
    first, second = found(read(markup))

    assert (first.title, first.date, first.language) == ("Forty rooms", "2019-11-04", "en")
    assert (second.title, second.date) == ("Nine benches", "2019-10-07")
    assert first.url == "https://tenants.example/news/forty-rooms"
    assert first.text.splitlines()[2:4] == [ROOMS, COUNTED]
    assert first.quotes[0].text == "We counted twice,"


@pytest.mark.parametrize(
    ("more", "title", "name"),
    [
        ('id="post-12"', "Forty rooms", "post-12"),
        ("", linked("Forty rooms"), "forty-rooms"),
        ("", "¡Cuarenta cuartos, ya!", "cuarenta-cuartos-ya"),
        ('id="a b/c#d"', "Forty rooms", "a%20b%2Fc%23d"),
    ],
)
def test_articles_have_names(more: str, title: str, name: str) -> None:
    """
    An article is known by its id, the end of its address or its title, wherever it stands on the page.
    """
    one = article(title, ROOMS, COUNTED, ANSWER, more=more)

    names = [[document.name for document in read(page(*parts))] for parts in ((one, BENCH_WHOLE), (BENCH_WHOLE, one))]

    assert names == [[name, "nine-benches"], ["nine-benches", name]]


def feed(*items: str) -> bytes:
    start = '<?xml version="1.0"?><rss version="2.0"><channel><title>Mills</title>'
    return f"{start}{''.join(items)}</channel></rss>".encode()


def item(title: str, text: str, link: str | None = None, date: str = "Mon, 04 Nov 2019 10:00:00 GMT") -> str:
    address = f"<link>{link}</link>" if link else ""
    return f"<item><title>{title}</title>{address}<pubDate>{date}</pubDate><description>{text}</description></item>"


WHOLE = f"{ROOMS} {COUNTED} {ANSWER}"


@pytest.mark.parametrize("file", ["news.xml", "news.rss", "NEWS.XML"])
def test_feed_on_disk(file: str) -> None:
    """
    A feed gives a statement for each entry whose whole text it holds, with its title, date and address.
    """
    data = feed(
        item("Forty rooms", WHOLE, "https://tenants.example/rooms"), item("Nine benches", f"{BENCH} {BUILT} {SEATS}")
    )
    first, second = read(data, file)
    one, other = found([first, second])

    assert (one.title, one.date, one.url, one.file) == (
        "Forty rooms",
        "2019-11-04",
        "https://tenants.example/rooms",
        file,
    )
    assert WHOLE in one.text
    assert first.name == "https%3A%2F%2Ftenants.example%2Frooms"
    assert (other.title, other.url, second.name) == ("Nine benches", None, "Nine%20benches")


def test_atom_on_disk() -> None:
    """
    An Atom feed is read as well; its entries are known by their addresses.
    """
    data = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Mills</title><entry><title>Forty rooms</title>
    <id>tag:tenants.example,2019:1</id><published>2019-11-04T10:00:00Z</published>
    <content type="html">&lt;p&gt;{ROOMS}&lt;/p&gt;&lt;p&gt;{COUNTED}&lt;/p&gt;</content></entry></feed>"""
    [document] = read(data.encode(), "news.atom")

    assert found([document])[0].date == "2019-11-04"
    assert document.name == "tag%3Atenants.example%2C2019%3A1"


def test_feed_that_only_begins_texts() -> None:
    """
    An entry that only begins its text is said to be so, with the address that holds the rest; the others are read.
    """
    cut = item("Nine benches", f"{BENCH} […]", "https://tenants.example/benches")
    whole, other = read(feed(item("Forty rooms", WHOLE), cut), "news.xml")

    assert found([whole, other])[0].title == "Forty rooms"
    assert isinstance(other.outcome, UnreadableError)
    assert other.outcome.code == "too_short"
    assert str(other.outcome) == (
        "news.xml holds only the beginning of “Nine benches”. For the whole text add https://tenants.example/benches."
    )


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<urlset><url><loc>https://tenants.example/</loc></url></urlset>", "bad_format"),
        (b"<note>We stay.</note>", "bad_format"),
        (b"", "bad_format"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\0<rss>", "bad_format"),
        (feed(), "empty"),
        (feed(item("Forty rooms", WHOLE))[:70], "bad_format"),
    ],
)
def test_what_is_no_feed(data: bytes, code: str) -> None:
    """
    Other XML, a broken feed and one without entries are said to be so.
    """
    with pytest.raises(UnreadableError, match=r"news\.xml") as raised:
        read(data, "news.xml")
    assert raised.value.code == code
