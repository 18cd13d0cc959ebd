"""
A statement → the passages and quotes that go into an index.
"""

from __future__ import annotations

from corpus.language import passage_language
from corpus.models import Quote, Span, Statement
from retrieval.analyzer import Partition
from retrieval.models import Passage, PassageKind

# A shorter passage is a heading or a line; it has too few words to tell its language from.
_TELLING_CHARS = 60
# Reasons of a quote without speaker that somebody surely speaks.
_SPOKEN = frozenset({"not_a_person", "unknown_person", "ambiguous"})


def passages_of(statement: Statement) -> list[Passage]:
    """
    The passages of a statement in order, each with its kind and its own language.

    A short passage (a heading, one line) in which no language can be told takes the statement's.
    """
    return [
        Passage(
            statement_id=statement.id,
            revision=statement.revision,
            span=span,
            text=statement.text[span.start : span.end],
            kind=kind_of(statement, span),
            language=_language(statement, span),
        )
        for span in statement.passages
    ]


def kind_of(statement: Statement, span: Span) -> PassageKind:
    """Whose words stand there: the statement's own, an organisation's on itself, or somebody else's around it."""
    if any(about.holds(span) for about in statement.about):
        return "about"
    return "wrapper" if any(wrapper.holds(span) for wrapper in statement.wrapper) else "body"


def _language(statement: Statement, span: Span) -> Partition:
    """Its own language; where its words tell none, the statement's."""
    own: Partition = "en" if statement.language == "en" else "es" if statement.language == "es" else "other"
    text = statement.text[span.start : span.end]
    return own if len(text) < _TELLING_CHARS else passage_language(text, own)


def quote_passages_of(statement: Statement) -> list[Passage]:
    """The quotes of a statement (`spoken_quotes`) as passages, in order: one each part."""
    return [
        Passage(
            statement_id=statement.id,
            revision=statement.revision,
            span=quote.span,
            text=quote.text,
            kind=kind_of(statement, quote.span),
            language=_language(statement, quote.span),
        )
        for quote in spoken_quotes(statement)
    ]


def spoken_quotes(statement: Statement) -> list[Quote]:
    """
    The parts that somebody speaks, in order, without private numbers.

    Words that nobody speaks (names of programmes, slogans) are no quotes to look for, and neither are quoted words of
    which it is not known whether anybody speaks them.
    """
    return [
        quote
        for quote in statement.quotes
        if (quote.speaker or quote.reason in _SPOKEN) and not any(quote.span.overlaps(p) for p in statement.private)
    ]
