"""
Public test collections in BEIR layout, read as statements so that they are ranked by what ranks statements.

    corpus.jsonl   {"_id", "title", "text"} a line
    queries.jsonl  {"_id", "text"} a line
    qrels.tsv      query-id, corpus-id, score; the first line names the columns
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from corpus.errors import UnreadableError, UsageError
from corpus.language import guess_language
from corpus.models import Span, Statement

Qrels = dict[str, dict[str, int]]


class Collection(NamedTuple):
    """
    A test collection.

    Attributes:
        documents: As statements, each one passage, in the order of the file.
        groups: Document id → what it is part of (an article of several paragraphs), where the collection says so.
        queries: Query id → its text, in the order of the file.
        qrels: Query id → document id → how relevant it was judged; empty without judgments.
    """

    documents: list[Statement]
    groups: dict[str, str]
    queries: dict[str, str]
    qrels: Qrels


def read_collection(folder: Path) -> Collection:
    """
    Read a collection.

    Raises:
        UnreadableError: A file is missing or a line is not what it should be; the message names it.
    """
    rows = list(_rows(folder / "corpus.jsonl"))
    _check_ids(folder / "corpus.jsonl", rows)
    queries = {str(row["_id"]): str(row["text"]) for row in _rows(folder / "queries.jsonl")}
    groups = {str(row["_id"]): str(row["metadata"]["article"]) for row in rows if _has_article(row)}
    return Collection(_documents(rows), groups, queries, _qrels(folder / "qrels.tsv"))


def check_judged(collection: Collection) -> None:
    """
    Make sure that somebody judged what is relevant.

    Raises:
        UsageError: Nobody did.
    """
    if not collection.qrels.keys() & collection.queries.keys():
        raise UsageError("The collection has no qrels.tsv for its queries, so nobody knows what is right. Add it.")


def _check_ids(path: Path, rows: list[Mapping[str, Any]]) -> None:
    id, times = Counter(str(row["_id"]) for row in rows).most_common(1)[0] if rows else ("", 0)
    if times > 1:
        raise UnreadableError(str(path), "bad_format", f'{path}: {times} documents have the "_id" {id}. Keep one.')


def _has_article(row: Mapping[str, Any]) -> bool:
    metadata = row.get("metadata")
    return isinstance(metadata, dict) and "article" in metadata


def _documents(rows: list[Mapping[str, Any]]) -> list[Statement]:
    """Each document as a statement; one too short to tell its language is in that of most others."""
    titles = [str(row.get("title") or "") for row in rows]
    texts = ["\n\n".join(filter(None, (title, row["text"]))) for title, row in zip(titles, rows, strict=True)]
    guessed = [guess_language(text) for text in texts]
    usual = max(Counter(filter(None, guessed)).items(), key=lambda item: item[1], default=("und", 0))[0]
    return [
        Statement(
            id=str(row["_id"]),
            file=str(row["_id"]),
            title=title,
            language=own or usual,
            text=text,
            body=(Span(0, len(text)),),
            passages=(Span(0, len(text)),),
        )
        for row, title, text, own in zip(rows, titles, texts, guessed, strict=True)
    ]


def _qrels(path: Path) -> Qrels:
    qrels: Qrels = {}
    if path.exists():
        for number, line in enumerate(_lines(path)[1:], start=2):
            try:
                query, document, score = line.split("\t")
                qrels.setdefault(query, {})[document] = int(score)
            except ValueError:
                message = f"{path}, line {number}: not a query, a document and a whole number, with tabs between."
                raise UnreadableError(str(path), "bad_format", message) from None
    return qrels


def _rows(path: Path) -> Iterator[Mapping[str, Any]]:
    for number, line in enumerate(_lines(path), start=1):
        try:
            row = json.loads(line)
            if row["_id"] is None or not isinstance(row["text"], str):
                raise ValueError
        except (ValueError, KeyError, TypeError, RecursionError):
            message = f'{path}, line {number}: not a JSON object with "_id" and "text".'
            raise UnreadableError(str(path), "bad_format", message) from None
        yield row


def _lines(path: Path) -> list[str]:
    try:
        return [line for line in path.read_text("utf-8-sig").split("\n") if line.strip()]
    except OSError as error:
        raise UnreadableError(str(path), "not_found", f'"{path}" cannot be read: {error.strerror}.') from None
    except UnicodeDecodeError:
        raise UnreadableError(str(path), "bad_format", f'"{path}" is not UTF-8 text.') from None
