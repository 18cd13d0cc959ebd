"""
A statement → what its page shows: paragraphs in runs of one kind, who is quoted, what else is the same release.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from typing import NamedTuple

from bot.site.records import SiteRecord
from corpus.full_text import masked, paragraphs_of
from corpus.models import Quote, Span, Speaker, Statement
from corpus.sentences import paragraph_number
from retrieval.links import anchor_of, page_of
from retrieval.marks import without_marks
from retrieval.passages import spoken_quotes

_OWN = frozenset({"body", "about", "wrapper"})
# No page of letters is narrower, so shorter lines were not broken by one.
_NARROWEST = 50
_ITEM = re.compile(r"\s*(?:[^\w\s“\"«(¿¡]|\d{1,2}[.)])")


class ShownParagraph(NamedTuple):
    """
    A paragraph as people see it: private numbers replaced by words that say so, Markdown's marks dropped.

    Attributes:
        number: 1-based.
        is_lines: Its line ends are meant (an address, a list), and not those of a narrow page.
    """

    number: int
    text: str
    is_lines: bool

    @property
    def anchor(self) -> str:
        """Its name on the page."""
        return anchor_of(self.number)


class Run(NamedTuple):
    """Paragraphs side by side of one `kind`: body, about, wrapper or furniture."""

    kind: str
    paragraphs: tuple[ShownParagraph, ...]


class Part(NamedTuple):
    """Words that are spoken, as people see them, and the anchor of the paragraph in which they begin."""

    text: str
    number: int

    @property
    def anchor(self) -> str:
        """Of the paragraph."""
        return anchor_of(self.number)


class Utterance(NamedTuple):
    """What somebody says without being interrupted but for the attribution; `speaker` is `None` without a sure name."""

    speaker: Speaker | None
    parts: tuple[Part, ...]


class StatementPage(NamedTuple):
    """
    What the page of a statement shows.

    Attributes:
        path: Of the page below the folder of a language.
        translations, copies: The same release in another language; again in the same one.
        corrected: The fields that moderators corrected.
    """

    statement: Statement
    path: str
    runs: tuple[Run, ...]
    utterances: tuple[Utterance, ...]
    translations: tuple[Statement, ...]
    copies: tuple[Statement, ...]
    corrected: tuple[str, ...]


def lay_out(statement: Statement, record: SiteRecord) -> StatementPage:
    """The page of a statement of this record."""
    return StatementPage(
        statement=statement,
        path=page_of(statement.id),
        runs=tuple(_runs(statement)),
        utterances=utterances_of(statement),
        translations=_others(statement, record.repeats.translations.get(statement.id, ()), record),
        copies=_others(statement, record.repeats.again.get(statement.id, ()), record),
        corrected=record.corrected_in(statement),
    )


def utterances_of(statement: Statement) -> tuple[Utterance, ...]:
    """Who is quoted, in the order of the text; nothing that holds a private number."""
    starts = [Span(one.start, one.end) for one in paragraphs_of(statement)]

    def part(quote: Quote) -> Part:
        text = without_marks(quote.text, statement.file)
        return Part(" ".join(text.split()), paragraph_number(starts, quote.start))

    return tuple(
        Utterance(parts[0].speaker, tuple(map(part, parts)))
        for parts in (list(group) for _, group in groupby(spoken_quotes(statement), key=lambda one: one.utterance))
    )


def _runs(statement: Statement) -> Iterator[Run]:
    shown = [
        (one.kind if one.kind in _OWN else "furniture", _shown(statement, one.paragraph, Span(one.start, one.end)))
        for one in paragraphs_of(statement)
    ]
    for kind, group in groupby(shown, key=lambda one: one[0]):
        yield Run(kind, tuple(paragraph for _, paragraph in group))


def _shown(statement: Statement, number: int, span: Span) -> ShownParagraph:
    text = without_marks(masked(statement, span), statement.file)
    return ShownParagraph(number, text, _is_lines(text))


def _is_lines(text: str) -> bool:
    """Whether line ends are meant: a page breaks a line only where the next word would have left it."""
    lines = text.split("\n")
    width = max(map(len, lines))
    return width < _NARROWEST or any(
        _ITEM.match(after) or len(line) + 1 + len(after.split(maxsplit=1)[0]) <= width
        for line, after in pairwise(lines)
        if after.strip()
    )


def _others(statement: Statement, ids: Iterable[str], record: SiteRecord) -> tuple[Statement, ...]:
    return tuple(record.catalog[id] for id in ids if id != statement.id)
