"""
The place of a passage that was shown → the passage again, with the paragraphs around it.

Whatever an answer, a quote search, a verdict or a timeline showed is found again by statement, revision and span alone.
What cannot be proved to be that passage is not shown.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus.errors import PassageGoneError
from corpus.full_text import Paragraph, masked, paragraphs_of
from corpus.models import Quote, Span, Statement
from retrieval.catalog import Catalog
from retrieval.citations import cite
from retrieval.excerpts import select_excerpt
from retrieval.models import Excerpt, PassageInContext, PassageKind, PassageRequest, ReadParagraph
from retrieval.passages import kind_of, spoken_quotes
from retrieval.windows import Window

# A checked quotation has up to 2,000 characters; what it leaves out stands between its words. A quote has no limit.
MAX_CHARS = 2600
_OWN = frozenset({"body", "about", "wrapper"})


def show_in_context(request: PassageRequest, catalog: Catalog) -> PassageInContext:
    """
    The passage that stands at this place.

    Raises:
        PassageGoneError: The statement is gone or has another text now, or no words stand there that may be shown.
    """
    statement = catalog.statements.get(request.id)
    if statement is None:
        raise PassageGoneError("statement", request.id)
    if statement.revision != request.revision:
        raise PassageGoneError("revised", request.id)
    span = Span(request.start, request.end)
    quote = next((quote for quote in spoken_quotes(statement) if quote.span == span), None)
    if not _may_be_shown(statement, span, quote):
        raise PassageGoneError("span", request.id)
    excerpt = _cited(_excerpt(statement, span, quote), request, catalog.public_url)
    return _with_paragraphs(statement, span, excerpt)


def _may_be_shown(statement: Statement, span: Span, quote: Quote | None) -> bool:
    """Whether these are words of the statement, nothing private among them and no more than is ever shown at once."""
    if not 0 <= span.start < span.end <= len(statement.text):
        return False
    if quote is None and span.end - span.start > MAX_CHARS:
        return False
    return bool(statement.text[span.start : span.end].strip()) and not (
        any(span.overlaps(private) for private in statement.private) or _leaves_the_statement(statement, span)
    )


def _leaves_the_statement(statement: Statement, span: Span) -> bool:
    """Whether anything but white space there is furniture, or of unknown kind."""
    if any(span.overlaps(furniture.span) for furniture in statement.furniture):
        return True
    place = span.start
    for own in sorted((*statement.body, *statement.about, *statement.wrapper)):
        if own.overlaps(span):
            if statement.text[place : own.start].strip():
                return True
            place = max(place, own.end)
    return bool(statement.text[place : span.end].strip())


def _excerpt(statement: Statement, span: Span, quote: Quote | None) -> Excerpt:
    around = any(span.overlaps(wrapper) for wrapper in statement.wrapper)
    kind: PassageKind = "wrapper" if around else kind_of(statement, span)
    window = Window(Span(0, span.end - span.start), {}, (), 0.0)
    excerpt = select_excerpt(statement, span.start, window, rank=1, kind=kind, score=0.0)
    if excerpt is None:
        raise PassageGoneError("span", statement.id)
    # A whole quote is no cut sentence, and its speaker says it whoever is quoted within.
    return excerpt.model_copy(update={"speaker": quote.speaker, "cut": False}) if quote else excerpt


def _cited(excerpt: Excerpt, request: PassageRequest, public_url: str) -> Excerpt:
    if request.cite is None:
        return excerpt
    locale = request.locale or ("es" if excerpt.statement.language == "es" else "en")
    return excerpt.model_copy(update={"citation": cite(excerpt, request.cite, locale, public_url)})


def _with_paragraphs(statement: Statement, span: Span, excerpt: Excerpt) -> PassageInContext:
    paragraphs = paragraphs_of(statement)
    touched = [one for one in paragraphs if one.start < span.end and span.start < one.end]
    before = [one for one in paragraphs if one.end <= touched[0].start]
    after = [one for one in paragraphs if one.start >= touched[-1].end]
    first, kinds = touched[0], {one.kind for one in touched}
    around = Span(first.start, touched[-1].end)
    whole = ReadParagraph(
        paragraph=first.paragraph,
        kind=first.kind if kinds <= _OWN and len(kinds) == 1 else excerpt.kind,
        text=masked(statement, around),
    )
    return PassageInContext(
        excerpt=excerpt,
        before=_nearest(statement, before[::-1]),
        whole=whole,
        after=_nearest(statement, after),
    )


def _nearest(statement: Statement, paragraphs: Sequence[Paragraph]) -> ReadParagraph | None:
    """The first of these that belongs to the statement, to be read."""
    found = next((one for one in paragraphs if one.kind in _OWN), None)
    if found is None:
        return None
    text = masked(statement, Span(found.start, found.end))
    return ReadParagraph(paragraph=found.paragraph, kind=found.kind, text=text)
