"""What a file says about itself beside its text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from corpus.canonical import fold_word
from corpus.models import Frozen, Furniture


class Page(Frozen):
    """
    One file as read: canonical text, and what the markup says about it.

    Attributes:
        text: Canonical text.
        title: From front matter, the main heading or `<title>`, as printed; `None` where there is none.
        metadata_date: As found (`2014-09-10T08:00:00-07:00`), unchecked.
        url: The address that the file names as its own.
        organization: The site or publisher that it names: a hint, not an issuer.
        declared_language: ISO 639-1 code.
        chrome: Spans that the markup itself shows to be no part of the statement; ascending, disjoint.
        warnings: snake_case codes.
    """

    text: str
    title: str | None = None
    metadata_date: str | None = None
    url: str | None = None
    organization: str | None = None
    declared_language: str | None = None
    chrome: tuple[Furniture, ...] = ()
    warnings: tuple[str, ...] = ()


class Block(NamedTuple):
    """A paragraph of a document; `is_furniture` where the file itself shows that it is none of the statement's."""

    text: str
    is_furniture: bool = False


def page_of_blocks(blocks: Sequence[Block]) -> Page:
    """The page of a document that is made of paragraphs: an empty line between any two."""
    chrome, start = [], 0
    for block in blocks:
        if block.is_furniture:
            chrome.append(Furniture(start=start, end=start + len(block.text), kind="other"))
        start += len(block.text) + 2
    return Page(text="\n\n".join(block.text for block in blocks), chrome=tuple(chrome))


_LANGUAGE_NAMES = {"english": "en", "ingles": "en", "spanish": "es", "espanol": "es", "castellano": "es"}


def language_code(declared: str | None) -> str | None:
    """`es-MX`, `es_MX` or "Español" → `es`; `None` for anything else than a language."""
    name = fold_word(declared or "")
    code = name.replace("_", "-").split("-")[0]
    return _LANGUAGE_NAMES.get(name) or (code if len(code) in (2, 3) and code.isalpha() else None)
