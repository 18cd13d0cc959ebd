"""
A passage that was shown before, found again by its place, with what stands around it.
"""

from __future__ import annotations

from corpus.models import Frozen
from retrieval.models.excerpts import CitationStyle, Excerpt, Language
from retrieval.models.statements import ReadParagraph


class PassageRequest(Frozen):
    """
    The place of an excerpt, a quote or words that were verified.

    Attributes:
        id: Record number of the statement.
        revision: Of the text that was shown; another one may hold other words there.
        start, end: Of the words in canonical text.
        locale: Of the citation's own words; `None` for the statement's language.
    """

    id: str
    revision: int
    start: int
    end: int
    locale: Language | None = None
    cite: CitationStyle | None = None


class PassageInContext(Frozen):
    """
    The passage and the paragraphs around it, private numbers in these replaced by words that say so.

    Attributes:
        excerpt: As in an answer, without highlights: no question is known.
        before, after: The paragraph beside it that belongs to the statement; `None` at its beginning and end.
        whole: The paragraph that the passage stands in; where it runs over several, all of them under the first one's
            number.
    """

    excerpt: Excerpt
    before: ReadParagraph | None
    whole: ReadParagraph
    after: ReadParagraph | None
