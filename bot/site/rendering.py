"""
Pages → HTML, in the language of a reader. Everything is escaped, as statements are text that strangers wrote.
"""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import jinja2

from bot.messages import date_in_words, say
from bot.site.pages import Page
from bot.site.records import SiteRecord
from corpus.models import Statement
from retrieval.fragments import web_address
from retrieval.links import page_of
from retrieval.models import Language

LOCALES: tuple[Language, ...] = ("en", "es")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TEMPLATES = Path(__file__).parent / "templates"


class Renderer:
    """
    Makes the pages of one record.

    Args:
        record: What is shown.
        public_url: Where the site will stand, without a slash at its end; "" where nobody knows, and then the pages
            name no address of their own.
    """

    def __init__(self, record: SiteRecord, public_url: str) -> None:
        self._always = {
            "record": record,
            "public_url": public_url,
            "locales": LOCALES,
            "names_of_languages": {locale: _text("this_language", locale) for locale in LOCALES},
            "page_of": page_of,
        }

    def page(self, page: Page, locale: Language) -> str:
        """A page in one language."""
        up = "../" * page.path.count("/")
        place = {"path": page.path, "up": up, "root": f"../{up}"}
        return self._render(page.template, page.values, _words(locale), place)

    def landing(self) -> str:
        """The page at the top, where a language is chosen."""
        return self._render("landing.html", {"text": _text})

    def feed(self, statements: Sequence[Statement], locale: Language) -> str:
        """The newest statements for programs that look for new ones (RFC 4287)."""
        return self._render("feed.xml", {"statements": statements}, _words(locale))

    def _render(self, template: str, *values: Mapping[str, Any]) -> str:
        return _environment().get_template(template).render(ChainMap(self._always, *map(dict, values)))


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(address=web_address, host=_host, lang=_lang, line=_line, xml=_xml)
    return environment


def style() -> str:
    """The one stylesheet."""
    return (_TEMPLATES / "style.css").read_text("utf-8")


def _words(locale: Language) -> dict[str, Any]:
    """What templates say things with, in one language."""

    def said(key: str, **values: str | int) -> str:
        return say(key, locale, **values)

    def text(key: str, **values: str | int) -> str:
        return _text(key, locale, **values)

    def in_words(date: str | None) -> str:
        return date_in_words(date, locale)

    def language(code: str) -> str:
        return say(f"language_{code if code in LOCALES else 'other'}", locale)

    return {"locale": locale, "say": said, "text": text, "in_words": in_words, "language": language}


def _text(key: str, locale: Language, **values: str | int) -> str:
    """A sentence of the site."""
    return say(f"site_{key}", locale, **values)


def _lang(statement: Statement) -> str:
    """For the attribute `lang`: "" says that the language is not known."""
    return "" if statement.language == "und" else statement.language


def _host(address: str) -> str:
    """Whose page an address is of."""
    return address.partition("//")[2].partition("/")[0].removeprefix("www.")


def _xml(text: str) -> str:
    """Text without the characters that XML has no way to hold."""
    return _NOT_XML.sub("\ufffd", text)


def _line(text: str) -> str:
    """Text in one line."""
    return " ".join(text.split())
