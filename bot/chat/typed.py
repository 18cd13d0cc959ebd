"""
What people type: Discord's tags and private numbers taken out before anything is done with it.
"""

from __future__ import annotations

import re
from typing import TypeVar

from corpus.language import guess_language
from corpus.models import Frozen
from retrieval.models import Language

Request = TypeVar("Request", bound=Frozen)

# Telephone numbers, nine digits of a case file, social security numbers; never two years side by side.
_GAP = r"[ .\u00a0\u2010-\u2014-]"
_NUMBER = re.compile(
    rf"(?<!\w)(?!(?:19|20)\d\d\W(?:19|20)\d\d)(?:"
    rf"(?:\+?\d{{1,3}}{_GAP})?(?:\(\d{{2,4}}\)|\d{{2,4}}){_GAP}?\d{{3,4}}{_GAP}?\d{{3,4}}"
    rf"|A[ #-]{{0,2}}\d{{2,3}}{_GAP}?\d{{3}}{_GAP}?\d{{3}}"
    rf"|(?:\+?\d{{1,3}}{_GAP})?\d{{3,4}}{_GAP}\d{{4}}"
    rf"|\d{{3}}{_GAP}\d{{2}}{_GAP}\d{{4}}"
    r")(?!\w)",
    re.IGNORECASE,
)
# Mentions, channels, emojis, times and commands as Discord writes them: nothing that a statement could hold.
_TAG = re.compile(r"<(?:@[!&]?|#|a?:\w{1,32}:|t:|/[\w -]{1,100}:|id:)[\w:-]{1,40}>|(?<!\w)@(?:everyone|here)\b")
# Of a request: what people write themselves.
_TYPED = {"question", "about", "text", "topic", "name", "title", "speaker", "organization", "since", "until"}


def without_tags(text: str) -> str:
    """The words of a message or an option on one line, without mentions and the like."""
    return " ".join(_TAG.sub(" ", text).split())


def lines_without_tags(text: str) -> str:
    """The same line by line: where a quotation ends and a name begins is often told by a line end."""
    return "\n".join(filter(None, map(without_tags, text.splitlines())))


def mask_numbers(text: str) -> str:
    """The text with "[…]" for what looks like somebody's number."""
    return _NUMBER.sub("[…]", text)


def without_numbers(request: Request) -> Request:
    """The request without what looks like somebody's number, so that it is neither searched for nor shown."""
    typed = request.model_dump(include=_TYPED, exclude_none=True)
    cleaned = {name: mask_numbers(text) for name, text in typed.items()}
    return request if cleaned == typed else request.model_copy(update=cleaned)


def language_of(text: str) -> Language:
    """The language to speak in when only the words tell: English where they do not decide."""
    return guess_language(text) or "en"


def day_typed(typed: str | None) -> str | None:
    """A date as buttons hold it: "2014-9" is 2014-09; what is no date stays as it is."""
    return re.sub(r"-(\d)(?!\d)", r"-0\1", typed.strip(), flags=re.ASCII) if typed else None
