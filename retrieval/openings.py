"""
What stands for a statement where a question has no words to rank by: how it opens, what it demands, who it names.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from corpus.canonical import fold, fold_word
from corpus.models import Span, Statement
from retrieval.index import PassageIndex
from retrieval.models import Passage, passage_id
from retrieval.query import Question
from retrieval.question_forms import KINDS
from retrieval.ranking import Ranked, spoken
from retrieval.windows import opening_window


def openings_of(statement: Statement, question: Question, index: PassageIndex) -> Iterator[Ranked]:
    """
    The passages that may stand for a statement, the first the best.

    Asked what was demanded: sentences that demand. Of a person asked for, the first words there, or those that say who
    it is. Else the first sentence of prose. No more passages are taken from the index than are looked at.
    """
    read = cache(index.passage)

    def body() -> Iterator[Passage]:
        found = (read(passage_id(statement.id, statement.revision, span)) for span in statement.passages)
        return (passage for passage in found if passage.kind == "body")

    if question.speaker and question.wants == "person":
        for passage in body():
            places = [Span(*place) for place in fold(passage.text).find(question.speaker.key)]
            if window := opening_window(passage.text, places, headings=False):
                yield Ranked(passage, window, 0.0, 1.0)
    if question.wants == "demand" and not question.speaker:
        for passage in body():
            places = [Span(*match.span()) for match in KINDS["demand"].finditer(passage.text)]
            if window := opening_window(passage.text, places, headings=False):
                yield Ranked(passage, window, 0.0, 1.0)
    for headings in (False, True):
        for passage in body():
            within = spoken(statement, passage, question.speaker) if question.speaker else None
            window = opening_window(passage.text, within, headings=headings)
            if window and (headings or not _is_title(statement, passage.text[window.span.start : window.span.end])):
                yield Ranked(passage, window, 0.0, 1.0)


def _is_title(statement: Statement, words: str) -> bool:
    """Whether these words are the title, which every answer prints anyway."""
    return fold_word(words) == fold_word(statement.title)
