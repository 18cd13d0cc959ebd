"""
The spans of a statement that are ranked: runs of whole sentences, never over furniture or a private number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from corpus.models import Span
from corpus.sentences import blocks, sentences, trim

# Long enough for a paragraph of a release to stay whole, short enough that its words are about one thing.
MAX_CHARS = 1000
# A longer line without a full stop is a sentence somebody forgot to end.
MAX_HEADING_CHARS = 150
_CLOSING = "\"'”’»)]*_"
# “…,” said NAME, TITLE: an attribution that lost its full stop is no heading.
_SPOKEN = re.compile(r"[,.!?][\"”»’](?=\s)")
_LINE_END = re.compile(r"[^\S\n]*(?:\n|\Z)")
# CONTRACT of an excerpt: a single sentence over this length is cut at white space.
MAX_SENTENCE_CHARS = 600


def find_passages(text: str, spans: Iterable[Span], private: Sequence[Span]) -> list[Span]:
    """
    Split the statement's own spans into passages.

    A passage stays inside one paragraph and holds as many whole sentences as fit in `MAX_CHARS`; a heading, a question
    or a line that ends in a colon goes with the paragraph under it, which it says the topic of. A sentence with a
    private number belongs to no passage. A "sentence" over `MAX_SENTENCE_CHARS` (text without punctuation) is cut at
    white space.

    Args:
        text: Canonical text.
        spans: Body, about and wrapper spans, ascending.
        private: Spans of private numbers and addresses.
    """
    found: list[Span] = []
    for span in spans:
        under: list[Span] = []
        for block in blocks(text[span.start : span.end]):
            inside = Span(block.start + span.start, block.end + span.start)
            parts = [piece for sentence in sentences(text, inside) for piece in pieces(text, sentence)]
            under += parts
            if len(parts) > 1 or not all(is_heading(text, part) for part in parts):
                found += _runs(under, private)
                under = []
        found += _runs(under, private)
    return found


def is_heading(text: str, sentence: Span) -> bool:
    """Whether these words only say the topic of what stands under them: a heading, a question, a line with a colon."""
    if sentence.end - sentence.start > MAX_HEADING_CHARS or not _LINE_END.match(text, sentence.end):
        return False
    words = text[sentence.start : sentence.end]
    return words.rstrip(_CLOSING)[-1:] not in {"", ".", "!", "…"} and not _SPOKEN.search(words)


def pieces(text: str, sentence: Span) -> list[Span]:
    """The sentence itself, or where it is too long its parts, cut at white space."""
    parts = []
    start = sentence.start
    while sentence.end - start > MAX_SENTENCE_CHARS:
        limit = start + MAX_SENTENCE_CHARS
        cut = next((i for i in range(limit, start + 1, -1) if text[i].isspace()), limit)
        parts.append(trim(text, start, cut))
        start = trim(text, cut, sentence.end).start
    parts.append(Span(start, sentence.end))
    return parts


def _runs(found: Iterable[Span], private: Sequence[Span]) -> list[Span]:
    """Neighbouring sentences joined up to `MAX_CHARS`, never over a private span."""
    runs: list[Span] = []
    for sentence in found:
        longer = Span(runs[-1].start, sentence.end) if runs else sentence
        if _is_private(sentence, private):
            continue
        if runs and longer.end - longer.start <= MAX_CHARS and not _is_private(longer, private):
            runs[-1] = longer
        else:
            runs.append(sentence)
    return runs


def _is_private(span: Span, private: Sequence[Span]) -> bool:
    return any(span.overlaps(other) for other in private)
