"""
What holds of whatever comes out, however strange what went in.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from corpus.canonical import fold, fold_word
from corpus.models import Quote, Reading, Span


def check_reading(reading: Reading) -> None:
    """Every span stands in the text, every quote is a slice, nothing is both the statement's own and furniture."""
    text = reading.text
    own = sorted([*reading.body, *reading.about, *reading.wrapper])
    check_spans(text, own, apart=True)
    check_spans(text, [item.span for item in reading.furniture])
    check_spans(text, reading.private)
    check_spans(text, reading.passages)
    check_quotes(text, reading.quotes)
    taken = sorted([*own, *(item.span for item in reading.furniture)])
    assert all(one.end <= two.start for one, two in pairwise(taken)), "furniture in the statement"


def check_spans(text: str, spans: Sequence[Span], *, apart: bool = False) -> None:
    """Each span is a stretch of the text; with `apart` each begins where the one before has ended."""
    assert all(0 <= span.start < span.end <= len(text) for span in spans), "a span that is no stretch of the text"
    if apart:
        assert all(one.end <= two.start for one, two in pairwise(spans)), "spans that overlap"


def check_quotes(text: str, quotes: Sequence[Quote]) -> None:
    """Each quote is a slice of the text."""
    check_spans(text, [quote.span for quote in quotes])
    assert all(text[quote.start : quote.end] == quote.text for quote in quotes), "a quote that is no slice"


def check_folded(text: str) -> None:
    """The map of folded text leads back: every folded character to the one it was made of."""
    folded = fold(text)
    assert len(folded.offsets) == len(folded.text) + 1
    assert folded.offsets[-1] == len(text)
    assert all(one <= two for one, two in pairwise(folded.offsets))
    assert fold_word(text) == " ".join(folded.text.split())
    for place in range(0, len(folded.text), max(1, len(folded.text) // 64)):
        assert folded.text[place] in fold(text[folded.offsets[place]]).text
