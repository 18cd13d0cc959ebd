"""
Golden questions: what the record answers today it must still answer tomorrow, or nothing is applied.

An operator keeps them in `DATA_DIR/golden.jsonl`, JSON lines of `{"id", "question"}` with an optional `"statement"`,
the record number that is expected among the excerpts; a file of `onrecord evaluate answers` is read, too. Only ids are
ever reported, never a question.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from bot.curation.indexing import drop_unpublished, is_stale
from corpus.errors import UsageError
from corpus.models import Statement
from corpus.store import Store, Transaction
from retrieval.models import AskRequest
from retrieval.query import MAX_QUESTION_CHARS

if TYPE_CHECKING:
    from bot.corpora import Record

FILE = "golden.jsonl"
REFUSED = "golden_lost"
# Rows of a questions file that ask nothing.
_UNASKED = "verify"


class Golden(NamedTuple):
    """
    One golden question.

    Attributes:
        id: As reports name it.
        request: What is asked.
        statement: Record number that is expected among the excerpts, `None` where any will do.
    """

    id: str
    request: AskRequest
    statement: str | None


def read_golden(data_dir: Path) -> tuple[Golden, ...]:
    """
    The golden questions of a data directory, none where it has no such file.

    Raises:
        UsageError: The file cannot be read; a line is no question. The message names the line, and nothing of it.
    """
    path = data_dir / FILE
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise UsageError(f"{path} cannot be read ({reason}). Mend it, or take it away.") from None
    found: dict[str, Golden] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            for one in _parsed(line, f"{path}, line {number}"):
                if one.id in found:
                    raise UsageError(f"{path}, line {number}: an earlier line has the same id. Give it another one.")
                found[one.id] = one
    return tuple(found.values())


def refuse_losses(
    store: Store, txn: Transaction, manifest: str, golden: Sequence[Golden], when: dt.date
) -> tuple[str, ...]:
    """
    Look whether the next generation answers what the live one does; where it does not, cancel it.

    What the live generation does not answer is not asked of the next one. A live index that another version of On
    Record built answers nothing, so that nothing can be lost.

    Args:
        store: What is live.
        txn: What is to be.
        manifest: Of its index files.
        golden: The golden questions.
        when: Day or moment of the change: what "last year" in a question means.

    Returns:
        Ids of the questions that are lost.
    """
    if not golden or not txn.manifest or is_stale(txn):
        return ()
    today = when.date() if isinstance(when, dt.datetime) else when
    standing = store.statements()
    before = _record(store, standing, txn.manifest, txn.generation)
    answered = {one: shown for one in golden if (shown := _shown(before, one, today)) is not None}
    if not answered:
        return ()
    known = {statement.id: statement for statement in standing}
    after = _record(store, txn.statements(known), manifest, txn.generation + 1)
    lost = tuple(_lost(after, answered, today))
    if lost:
        txn.cancel()
        drop_unpublished(store, txn)
    return lost


def _lost(after: Record, answered: Mapping[Golden, frozenset[str]], today: dt.date) -> Iterator[str]:
    for one, before in answered.items():
        shown = _shown(after, one, today)
        if shown is None or (one.statement in before and one.statement not in shown):
            yield one.id


def _shown(record: Record, one: Golden, today: dt.date) -> frozenset[str] | None:
    """Which statements answer, `None` where none does."""
    answer = record.asker.ask(one.request, today)
    return frozenset(found.statement.id for found in answer.excerpts) if answer.status == "answered" else None


def _record(store: Store, statements: Iterable[Statement], manifest: str, generation: int) -> Record:
    # What answers questions is imported only where some are asked.
    from bot.corpora import Record
    from retrieval.catalog import Catalog
    from retrieval.structures import StoredStructures
    from retrieval.wordlist import baked_path

    further = baked_path(store.index_dir.parent)
    structures = StoredStructures(store.index_dir, manifest, str(generation))
    return Record(Catalog(statements), structures, further if further.is_file() else None)


def _parsed(line: str, place: str) -> Iterator[Golden]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        raise UsageError(f"{place}: this is not JSON. Mend it, or take it out.") from None
    if isinstance(row, dict) and row.get("kind") == _UNASKED:
        return
    if not isinstance(row, dict) or not all(map(_is_text, (row.get("id"), row.get("question")))):
        raise UsageError(f'{place}: a row should be {{"id": "…", "question": "…"}}, both with text in them.')
    previous, statement = row.get("previous") or (), row.get("statement")
    if not (isinstance(previous, list | tuple) and all(map(_is_text, previous))):
        raise UsageError(f'{place}: "previous" should be a list of texts.')
    if not (statement is None or _is_text(statement)):
        raise UsageError(f'{place}: "statement" should be a record number, such as 2014-003.')
    if any(len(text) > MAX_QUESTION_CHARS for text in (row["question"], *previous)):
        raise UsageError(f"{place}: a question has up to {MAX_QUESTION_CHARS:,} characters. Shorten it.")
    request = AskRequest(question=row["question"], previous=tuple(previous))
    yield Golden(row["id"], request, statement.strip().lower() if statement else None)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())
