"""
The spans of a statement that are ranked: runs of whole sentences, never over furniture or a private number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from corpus.models import Span
from corpus.sentences import blocks, sentences, trim

# Long enough for a paragraph of a release to stay whole, short enough that its words are about one thing.
MAX_CHARS = 700
# A longer line without a full stop is a sentence somebody forgot to end.
MAX_HEADING_CHARS = 150
_HEADING = re.compile(r"(?:[^.!…\s]|[.!…](?=[\"'”’»]*[^\s.!…\"'”’»]))[\"'”’»*_]*$")
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
            parts = [*under, *_pieces(text, sentences(text, inside))]
            under = parts if is_heading(text, parts[-1]) and len(parts) - len(under) == 1 else []
            if not under:
                found += _runs(parts, private)
        found += _runs(under, private)
    return found


def is_heading(text: str, sentence: Span) -> bool:
    """Whether these words only say the topic of what stands under them: a heading, a question, a line with a colon."""
    words = text[sentence.start : sentence.end]
    ends_line = text[sentence.end : sentence.end + 1] in ("", "\n")
    return ends_line and len(words) <= MAX_HEADING_CHARS and (words.endswith(("?", ":")) or bool(_HEADING.search(words)))


def pieces(text: str, sentence: Span) -> list[Span]:
    """The sentence itself, or where it is too long its parts, cut at white space."""
    parts = []
    start = sentence.start
    while sentence.end - start > MAX_SENTENCE_CHARS:
        limit = start + MAX_SENTENCE_CHARS
        cut = max((i for i in range(limit, start + 1, -1) if text[i].isspace()), default=limit)
        parts.append(trim(text, start, cut))
        start = cut
    parts.append(trim(text, start, sentence.end))
    return [part for part in parts if part.start < part.end]


def _pieces(text: str, found: Iterable[Span]) -> Iterator[Span]:
    for sentence in found:
        yield from pieces(text, sentence)


def _runs(found: Iterable[Span], private: Sequence[Span]) -> list[Span]:
    runs: list[Span] = []
    joined = False
    for sentence in found:
        if any(sentence.overlaps(span) for span in private):
            joined = False
            continue
        if joined and sentence.end - runs[-1].start <= MAX_CHARS:
            runs[-1] = Span(runs[-1].start, sentence.end)
        else:
            runs.append(sentence)
        joined = True
    return runs
