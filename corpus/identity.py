"""
When two readings are the same statement: the hash of its own words.
"""

from __future__ import annotations

import hashlib
import re

from corpus.models import Reading

# Emphasis, headings, quote bars and link targets: what Markdown adds to the words.
_MARKDOWN_MARKS = re.compile(r"\]\([^()\s]*\)|[*_#>`\[\]\\]")


def text_hash(text: str) -> str:
    """SHA-256 of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def words_hash(reading: Reading) -> str:
    """
    SHA-256 of a statement's own words: body, about and wrapper, whatever white space and markup stand between them.

    A change of furniture or markup alone leaves it as it is. A reading without own words is known by its whole text.
    """
    own = sorted((*reading.body, *reading.about, *reading.wrapper))
    words = " ".join(reading.text[span.start : span.end] for span in own) or reading.text
    if reading.file.lower().endswith((".md", ".markdown")):
        words = _MARKDOWN_MARKS.sub("", words)
    return text_hash(" ".join(words.split()))
