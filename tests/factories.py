"""
Builders of small, valid records: only what a test is about has to be said.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from corpus.models import Quote, Span, Speaker, Statement
from corpus.passages import find_passages
from retrieval.analyzer import Partition
from retrieval.asking import Asker
from retrieval.backends.embedded import EmbeddedIndex
from retrieval.bridge import Bridge
from retrieval.catalog import Catalog
from retrieval.expansion import Expander
from retrieval.models import Passage, PassageKind
from retrieval.passages import passages_of, quote_passages_of
from retrieval.quote_search.finder import QuoteFinder
from retrieval.quote_search.ranking import Indexes

TEXT = "The Harbor Lights Network welcomes the new office. Families will be heard there."


def statement(text: str = TEXT, *, id: str = "2014-001", date: str | None = "2014-03-04", **fields: Any) -> Statement:
    """
    A statement whose whole text is body, passages found in it.

    Args:
        text: Canonical text.
        id: Also the file's name.
        date: ISO, cut to its precision; `None` for an undated statement.
        fields: Any other attribute of `Statement`.
    """
    precision = {None: "none", 4: "year", 7: "month", 10: "day"}[len(date) if date else None]
    made: dict[str, Any] = {
        "id": id,
        "file": f"{id}.txt",
        "title": "Harbor Lights Network on the new office",
        "organizations": ("Harbor Lights Network",),
        "date": date,
        "date_precision": precision,
        "date_evidence": "header" if date else "none",
        "language": "en",
        "kind": "press_release",
        "text": text,
        "body": (Span(0, len(text)),),
    }
    made.update(fields)
    spans = sorted((*made["body"], *made.get("about", ()), *made.get("wrapper", ())))
    made.setdefault("passages", tuple(find_passages(text, spans, made.get("private", ()))))
    return Statement(**made)


def quote(
    text: str,
    within: str,
    *,
    speaker: str | None = None,
    title: str | None = None,
    organization: str | None = None,
    **fields: Any,
) -> Quote:
    """
    The words `text` where they first stand in `within`.

    Args:
        text: Words spoken, without quotation marks.
        within: The statement's canonical text.
        speaker: Name of who speaks them; `None` where nobody can be named.
        title: The speaker's.
        organization: The speaker's.
        fields: Any other attribute of `Quote`.
    """
    start = within.index(text)
    who = Speaker(name=speaker, title=title, organization=organization, printed=speaker) if speaker else None
    return Quote(text=text, start=start, end=start + len(text), speaker=who, **{"utterance": 1, "part": 1, **fields})


def spoken(
    *speakers: str, id: str = "2014-001", organization: str | None = "Harbor Lights Network", **fields: Any
) -> Statement:
    """A statement in which each of these people says one sentence."""
    said = [f"We stay, says number {number}" for number, _ in enumerate(speakers)]
    text = "\n\n".join(f"“{words},” said {name}." for words, name in zip(said, speakers, strict=True)) or TEXT
    quotes = tuple(
        quote(words, text, speaker=name, utterance=number)
        for number, (words, name) in enumerate(zip(said, speakers, strict=True), start=1)
    )
    return statement(text, id=id, organizations=(organization,), quotes=quotes, **fields)


def passage(
    text: str = TEXT,
    *,
    statement_id: str = "2014-001",
    start: int = 0,
    revision: int = 1,
    kind: PassageKind = "body",
    language: Partition = "en",
) -> Passage:
    """A passage that begins at `start` of its statement."""
    span = Span(start, start + len(text))
    return Passage(statement_id=statement_id, revision=revision, span=span, text=text, kind=kind, language=language)


def asker(statements: Sequence[Statement]) -> Asker:
    """What answers questions from these statements, with its index in memory."""
    catalog = Catalog(statements)
    index = EmbeddedIndex.build([passage for one in statements for passage in passages_of(one)], "1")
    return Asker(catalog, index, Expander(index, catalog.names, Bridge.load()))


def quoter(statements: Sequence[Statement]) -> QuoteFinder:
    """What finds quotes in these statements, with its indexes in memory."""
    catalog = Catalog(statements)
    passages = EmbeddedIndex.build([passage for one in statements for passage in passages_of(one)], "1")
    quotes = EmbeddedIndex.build([passage for one in statements for passage in quote_passages_of(one)], "1")
    return QuoteFinder(catalog, Indexes(quotes, passages), Expander(passages, catalog.names, Bridge.load()))


def release(*parts: str | tuple[str, str], id: str = "2014-001", **fields: Any) -> Statement:
    """
    A statement of paragraphs: narration as it stands, and what somebody says as (words, name) with its attribution.

    Words with a slash are said in two parts, the attribution between them.
    """
    text, quotes = "", list[Quote]()
    for number, part in enumerate(parts, start=1):
        text += "\n\n" if text else ""
        words, name = (part, None) if isinstance(part, str) else part
        if name is None:
            text += words
            continue
        who = Speaker(name=name, printed=name)
        for place, said in enumerate(words.split(" / "), start=1):
            text += "“" if place == 1 else " “"
            span = {"start": len(text), "end": len(text) + len(said)}
            quotes.append(Quote(text=said, **span, utterance=number, part=place, speaker=who))
            text += f"{said}” said {name}." if place == 1 else f"{said}”"
    return statement(text, id=id, **{"quotes": tuple(quotes), **fields})
