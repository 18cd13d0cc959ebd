"""
Passage → verbatim excerpt with highlights, speaker and what is cited.

`select_excerpt` is the only place where shown text is made, and it is a slice: `canonical[start:end]`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from corpus.models import Quote, Span, Speaker, Statement
from corpus.passages import MAX_SENTENCE_CHARS
from corpus.sentences import paragraph_number, paragraphs, sentences
from retrieval.models import CitedStatement, Excerpt, PassageKind
from retrieval.windows import Window

_JOINABLE = 3
_DAY_CHARS = 10
# Reasons of a quote without speaker that nobody speaks.
_UNSPOKEN = frozenset({"program_name", "title", "slogan", "scare_quotes"})
_SPOKEN_WORDS = 4


def select_excerpt(
    statement: Statement, start: int, window: Window, *, rank: int, kind: PassageKind, score: float
) -> Excerpt | None:
    """
    The sentences of a window as they stand in the statement.

    Args:
        statement: Whose canonical text is sliced.
        start: Where the passage begins in it; `window` counts from there.
        window: The sentences, with the tokens that matched.
        rank: 1-based place in the answer.
        kind: Body, about or wrapper.
        score: Of the ranking.

    Returns:
        `None` when the slice would hold a private number: what cannot be shown is not shown.
    """
    span = Span(start + window.span.start, start + window.span.end)
    if any(span.overlaps(private) for private in statement.private):
        return None
    blocks = _paragraphs(statement.text)
    number = paragraph_number(blocks, span.start)
    quotes = tuple(quote for quote in statement.quotes if quote.span.overlaps(span))
    return Excerpt(
        rank=rank,
        text=statement.text[span.start : span.end],
        start=span.start,
        end=span.end,
        cut=_is_cut(statement.text, span, blocks[number - 1]),
        paragraph=number,
        highlights=_highlights(window),
        kind=kind,
        issuer=() if kind == "wrapper" else statement.organizations,
        speaker=_speaker(quotes),
        score=round(score, 4),
        statement=cited(statement),
        quotes=quotes,
    )


def cited(statement: Statement) -> CitedStatement:
    """What lets a reader check words of this statement."""
    return CitedStatement(
        id=statement.id,
        revision=statement.revision,
        file=statement.file,
        url=statement.url,
        title=statement.title,
        organizations=statement.organizations,
        short=statement.short,
        language=statement.language,
        date=statement.date,
        date_precision=statement.date_precision,
        date_evidence=statement.date_evidence,
        missing_since=statement.missing_since and statement.missing_since[:_DAY_CHARS],
    )


@lru_cache(maxsize=256)
def _paragraphs(text: str) -> list[Span]:
    return paragraphs(text)


def _is_cut(text: str, span: Span, paragraph: Span) -> bool:
    """Whether the excerpt stops or starts inside a sentence: only one that was too long is ever cut."""
    return paragraph.end - paragraph.start > MAX_SENTENCE_CHARS and any(
        sentence.start < span.start < sentence.end or sentence.start < span.end < sentence.end
        for sentence in sentences(text, paragraph)
        if sentence.end - sentence.start > MAX_SENTENCE_CHARS
    )


def _speaker(quotes: Sequence[Quote]) -> Speaker | None:
    """The one person who speaks in the excerpt; nobody when two do, or when somebody speaks who has no sure name."""
    named = {quote.speaker.name: quote.speaker for quote in quotes if quote.speaker}
    if len(named) != 1 or any(quote.speaker is None and is_utterance(quote) for quote in quotes):
        return None
    return next(iter(named.values()))


def is_utterance(quote: Quote) -> bool:
    """Whether somebody speaks these words: not the name of a programme, nor a word or two held at a distance."""
    return quote.reason not in _UNSPOKEN and len(quote.text.split()) >= _SPOKEN_WORDS


def _highlights(window: Window) -> tuple[Span, ...]:
    """Matched words as spans of the excerpt; neighbours with only a space between become one."""
    spans: list[Span] = []
    for token in sorted(window.tokens, key=lambda token: token.start):
        start, end = token.start - window.span.start, token.end - window.span.start
        if spans and start - spans[-1].end < _JOINABLE - 1:
            spans[-1] = Span(spans[-1].start, max(end, spans[-1].end))
        else:
            spans.append(Span(start, end))
    return tuple(spans)
