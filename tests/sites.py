"""
The public site, written and read back: real HTML, parsed as a browser does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urldefrag, urljoin

from factories import quote, statement
from lxml import html

from bot.site import SiteRecord
from bot.site.pages import pages_of
from bot.site.rendering import Renderer
from corpus.models import Furniture, Quote, Span, Speaker, Statement
from retrieval.models import Language

PUBLIC_URL = "https://record.example/archive"


class Reference(NamedTuple):
    """Something that a page points to: from which page, by which element and attribute, as written."""

    page: str
    tag: str
    relation: str
    target: str


def parse(content: str | bytes) -> html.HtmlElement:
    """A page as a tree."""
    return html.document_fromstring(content.encode() if isinstance(content, str) else content)


def rendered(
    statements: Sequence[Statement], path: str, locale: Language = "en", public_url: str = "", **more: Any
) -> html.HtmlElement:
    """A page of the site of these statements, without writing any."""
    record = SiteRecord(statements, **more)
    page = next(page for page in pages_of(record) if page.path == path)
    return parse(Renderer(record, public_url).page(page, locale))


def paragraphs(tree: html.HtmlElement) -> dict[str, str]:
    """Anchor of a paragraph → its text, to the character."""
    return {one.get("id"): one.text_content() for one in tree.xpath("//p[@id]")}


def words_of(element: html.HtmlElement) -> str:
    """Everything an element says, white space aside."""
    return " ".join(element.text_content().split())


def facts(tree: html.HtmlElement) -> dict[str, str]:
    """What stands above a statement: name of the fact → its words."""
    return {words_of(one.find("dt")): words_of(one.find("dd")) for one in tree.xpath("//dl/div")}


def references(out: Path) -> Iterator[Reference]:
    """Everything that the pages of a written site point to."""
    for file in sorted(out.rglob("*.html")):
        page = file.relative_to(out).as_posix()
        for element in parse(file.read_bytes()).iter():
            for name in ("href", "src", "srcset", "action", "data", "poster"):
                if isinstance(element.tag, str) and (target := element.get(name)) is not None:
                    yield Reference(page, element.tag, element.get("rel", ""), target)


def is_elsewhere(target: str) -> bool:
    """Whether a reference leaves the site."""
    return "//" in target or ":" in target.split("/")[0]


def resolve(out: Path, page: str, target: str) -> tuple[Path, str]:
    """The file that a reference of a page leads to, and the anchor in it."""
    address, anchor = urldefrag(urljoin(f"http://site.example/{page}", target))
    return out / unquote(address.removeprefix("http://site.example/")), anchor


def lantern_statements() -> list[Statement]:
    """Statements of an invented network in which everything occurs that a page can show."""
    text = (
        "Home | News\n\n"
        "Lanterns for the pier\n\n"
        "PORT ALDER, 4 March 2014 – Lantern Network asked for light on the pier.\n\n"
        "“The pier is ours,” said Maribel Quill, director of Lantern Network. “Light it.”\n\n"
        "Call Dora Fenn at 555-010-0142 to help.\n\n"
        "I found this release in my mail and pass it on.\n\n"
        "Lantern Network brings together nine harbor towns.\n\n"
        "Share this page"
    )

    def span(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    def said(words: str, part: int) -> Quote:
        who = {"title": "director", "organization": "Lantern Network"}
        return quote(words, text, speaker="Maribel Quill", utterance=1, part=part, **who)

    number = "555-010-0142"
    full = statement(
        text,
        title="Lanterns for the pier",
        organizations=("Lantern Network", None),
        place="PORT ALDER",
        url="https://lantern.example/news/pier?id=1&x=2",
        revision=2,
        missing_since="2024-05-01",
        body=(Span(text.index("Lanterns"), text.index("I found") - 2),),
        wrapper=(span("I found this release in my mail and pass it on."),),
        about=(span("Lantern Network brings together nine harbor towns."),),
        furniture=(
            Furniture(start=0, end=11, kind="navigation"),
            Furniture(start=text.index("Share"), end=len(text), kind="share"),
        ),
        private=(span(number),),
        quotes=(said("The pier is ours,", 1), said("Light it.", 2)),
    )
    month = statement(
        "The lamps came in the night.\n\nNobody knows who hung them.",
        id="2012-001",
        date="2012-11",
        title="Lamps at night",
        organizations=("Lantern Network",),
    )
    words = "El muelle es nuestro"
    spanish = f"El muelle pide luz.\n\n“{words}”, dijo Maribel Quill."
    undated = statement(
        spanish,
        id="undated-001",
        date=None,
        language="es",
        title="Faroles para el muelle",
        organizations=(),
        kind="blog_post",
        quotes=(
            Quote(
                text=words,
                start=spanish.index(words),
                end=spanish.index(words) + len(words),
                utterance=1,
                part=1,
                speaker=Speaker(name="Maribel Quill", printed="Maribel Quill"),
            ),
        ),
    )
    return [full, month, undated]
