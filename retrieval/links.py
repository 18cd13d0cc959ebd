"""
A statement → the link that a reader can open: its own address, or else its page on the public site of the record.

The site (`bot/site/`) writes each statement to the path that `page_of` names, once in each language of the interface,
and gives every paragraph the anchor that `anchor_of` names.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

from retrieval.fragments import link_to, web_address
from retrieval.models import CitedStatement, Language

# What every file system and every host takes as the name of a file, however it treats capitals.
_SAFE = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")
# Windows keeps these names for devices.
_DEVICES = re.compile(r"con|prn|aux|nul|(?:com|lpt)\d")
_SLUG_CHARS = 60
_HASH_CHARS = 12


def page_of(id: str) -> str:
    """The path of a statement's page below the folder of a language: `s/2014-003.html`."""
    safe = _SAFE.fullmatch(id) and not _DEVICES.fullmatch(id)
    return f"s/{id if safe else named_safely(id)}.html"


def named_safely(name: str) -> str:
    """
    A name for a file that belongs to this text alone: its letters as far as they are plain ones, and a hash.

    The full stop before the hash is in no name that is safe as it stands.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall(r"[a-z0-9]+", plain))[:_SLUG_CHARS].strip("-")
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH_CHARS]
    return f"{slug or 'x'}.{digest}"


def anchor_of(paragraph: int) -> str:
    """The name of a paragraph on its statement's page: `p3`."""
    return f"p{paragraph}"


def link_to_words(statement: CitedStatement, words: str, paragraph: int, locale: Language, public_url: str) -> str:
    """
    The link to these words of a statement.

    Args:
        statement: One that has an address of its own keeps it, and its page opens at the very words.
        words: As its page shows them, so without Markdown's marks.
        paragraph: Where they begin, 1-based: the anchor on the public site, for a statement without such an address.
        locale: Language of the public page.
        public_url: Where the public site stands, without a slash at its end; "" without one.

    Returns:
        "" where there is nothing to open.
    """
    own = link_to(statement.url or "", words)
    return own or _public_page(statement, locale, public_url, f"#{anchor_of(paragraph)}")


def link_to_statement(statement: CitedStatement, locale: Language, public_url: str) -> str:
    """The same for a whole statement."""
    return web_address(statement.url or "") or _public_page(statement, locale, public_url, "")


def _public_page(statement: CitedStatement, locale: Language, public_url: str, anchor: str) -> str:
    return f"{public_url}/{locale}/{page_of(statement.id)}{anchor}" if public_url else ""
