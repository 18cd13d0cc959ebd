"""
A quote → what is shown of it: its words, and the whole sentences that it stands in, with who says it.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import takewhile

from corpus.canonical import fold_word
from corpus.models import Quote, Span, Statement
from corpus.sentences import paragraph_number, paragraphs, sentences
from retrieval.excerpts import cited
from retrieval.models import FoundQuote, Slice
from retrieval.passages import kind_of
from retrieval.quote_search.utterances import Spoken

# A sentence that adds more than this to the quote lost its full stop somewhere.
_MAX_ADDED_CHARS = 600


def show_quote(spoken: Spoken, score: float) -> FoundQuote:
    """A quote as it is shown: its words, its sentences, and what lets a reader check them."""
    statement, quote = spoken
    kind = kind_of(statement, quote.span)
    return FoundQuote(
        text=quote.text,
        start=quote.start,
        end=quote.end,
        paragraph=paragraph_of(statement, quote),
        utterance=quote.utterance,
        part=quote.part,
        speaker=quote.speaker,
        context=context_of(statement, quote),
        kind=kind,
        issuer=() if kind == "wrapper" else statement.organizations,
        statement=cited(statement),
        score=round(score, 4),
    )


def paragraph_of(statement: Statement, quote: Quote) -> int:
    """The 1-based number of the paragraph that the quote begins in."""
    return paragraph_number(_paragraphs(statement.text), quote.start)


def context_of(statement: Statement, quote: Quote) -> Slice | None:
    """
    The whole sentences that hold a quote and who says it, as they stand.

    Parts of one utterance in one paragraph (“…,” said NAME. “…”) are shown together, as the name stands at the first,
    unless that would be a page.
    Where the name stands in the sentence before or after, that one comes along.

    Returns:
        `None` where a private number stands in these sentences, or where they have no end.
    """
    blocks = _paragraphs(statement.text)
    first, last = (paragraph_number(blocks, place) - 1 for place in (quote.start, quote.end - 1))
    block = Span(min(quote.start, blocks[first].start), max(quote.end, blocks[last].end)) if blocks else quote.span
    found = sentences(statement.text, block)
    for part in (_from_first_part(statement, quote, block), quote.span):
        span = _with_speaker(statement.text, found, _whole(found, part), quote)
        if span.end - span.start <= quote.end - quote.start + _MAX_ADDED_CHARS:
            private = any(span.overlaps(private) for private in statement.private)
            text = statement.text[span.start : span.end]
            return None if private else Slice(text=text, start=span.start, end=span.end)
    return None


@lru_cache(maxsize=256)
def _paragraphs(text: str) -> list[Span]:
    return paragraphs(text)


def _from_first_part(statement: Statement, quote: Quote, block: Span) -> Span:
    """From the first part of the same utterance in this paragraph to the end of the quote."""
    parts = (other for other in statement.quotes if other.utterance == quote.utterance and block.holds(other.span))
    return Span(min((part.start for part in parts), default=quote.start), quote.end)


def _whole(found: list[Span], span: Span) -> Span:
    """The span with the rest of the sentences that it begins and ends in."""
    touched = [sentence for sentence in found if sentence.overlaps(span)]
    return (
        Span(min(span.start, *(s.start for s in touched)), max(span.end, *(s.end for s in touched)))
        if touched
        else span
    )


def _with_speaker(text: str, found: list[Span], span: Span, quote: Quote) -> Span:
    """The sentences, and where the speaker's name is not there the one beside them that holds it."""
    if quote.speaker is None:
        return span
    printed = fold_word(quote.speaker.printed)

    def names(part: Span) -> bool:
        return printed in fold_word(text[part.start : part.end])

    before = list(takewhile(lambda sentence: sentence.end <= span.start, found))[-1:]
    after = [sentence for sentence in found if sentence.start >= span.end][:1]
    beside = next((one for one in (*after, *before) if not names(span) and names(one)), span)
    return Span(min(span.start, beside.start), max(span.end, beside.end))
