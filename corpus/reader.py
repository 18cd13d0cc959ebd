"""
File → `Reading`: runs the steps of reading in order. What `corpus inspect` prints.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus.attribution import find_quotes
from corpus.dating import find_date
from corpus.framing import find_about, find_wrapper
from corpus.furniture import find_furniture
from corpus.headline import find_kind, find_place, find_title
from corpus.issuers import find_issuers
from corpus.language import statement_language
from corpus.models import Reading, Span
from corpus.passages import find_passages
from corpus.privacy import find_private
from corpus.sentences import trim
from corpus.sources.formats import read_page

# Raised when the same bytes are read differently: what was read by an earlier version is then asked for anew.
VERSION = 1


def read_statement(data: bytes, file: str) -> Reading:
    """
    Read one file.

    Args:
        data: Its bytes.
        file: Its path as it will be shown; the suffix tells the format.

    Raises:
        UnreadableError: Empty, binary, too large, or of a format that is not read.
    """
    page = read_page(data, file)
    text = page.text
    furniture = tuple(find_furniture(text, title=page.title, chrome=page.chrome))
    dated = find_date(text, furniture=furniture, metadata_date=page.metadata_date, url=page.url)
    headline = find_title(text, furniture=furniture, hint=page.title, dated=dated)
    taken = [item.span for item in furniture]
    own = subtract(text, taken)
    issuers = find_issuers(text, body=own, furniture=furniture, title=headline.title, hint=page.organization)
    wrapper = find_wrapper(text, furniture, issuers.organizations, issuers.short)
    if wrapper:
        # Whose blog it is was read as evidence too: once more without the blogger's own words.
        own = subtract(text, [*taken, *wrapper])
        issuers = find_issuers(text, body=own, furniture=furniture, title=headline.title, hint=None, wrapper=wrapper)
    about = find_about(text, furniture, issuers.organizations, issuers.short)
    body = subtract(text, [*taken, *wrapper, *about])
    private = find_private(text)
    own = sorted([*body, *about, *wrapper])
    return Reading(
        file=file,
        title=headline.title or file.rsplit("/", 1)[-1],
        organizations=issuers.organizations,
        short=issuers.short,
        date=dated.date,
        date_precision=dated.precision,
        date_evidence=dated.evidence,
        place=find_place(text, furniture=furniture, dated=dated),
        language=statement_language(" ".join(text[span.start : span.end] for span in body) or text),
        kind=find_kind(text, headline.title, furniture, dated, wrapper),
        url=page.url,
        text=text,
        body=tuple(body),
        about=tuple(about),
        wrapper=tuple(wrapper),
        furniture=furniture,
        private=tuple(private),
        quotes=tuple(find_quotes(text, within=own)),
        passages=tuple(find_passages(text, own, private)),
        warnings=(*page.warnings, *dated.warnings),
    )


def subtract(text: str, taken: Iterable[Span] | Sequence[Span]) -> list[Span]:
    """What is left of the text between these spans, without white space around it."""
    left, start = [], 0
    for span in [*sorted(taken), Span(len(text), len(text))]:
        piece = trim(text, start, max(start, span.start))
        if piece.start < piece.end:
            left.append(piece)
        start = max(start, span.end)
    return left
