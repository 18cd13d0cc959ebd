"""
A file of questions → how well they were answered: the figures of `onrecord evaluate answers`.

Whether a shown text is verbatim is checked against the file's own bytes, decoded here and not by `corpus/`, so that a
mistake in reading cannot hide itself.
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple

from corpus.canonical import fold_word
from corpus.errors import UnreadableError
from retrieval.models import Answer, AskRequest, Excerpt, FoundWords, Verdict, VerifyRequest

Row = Mapping[str, Any]
# What a row of each kind cannot do without.
_NEEDED: dict[str, tuple[tuple[str, type], ...]] = {
    "answerable": (("question", str), ("gold_sentences", list)),
    "unanswerable": (("question", str),),
    "verify": (("quote", str),),
}
_INLINE = "a b i em strong span sup sub u abbr cite q small mark font"
_INLINE_TAGS = frozenset(_INLINE.split())
_INVISIBLE_TAGS = frozenset({"script", "style", "template", "head", "noscript"})


class Miss(NamedTuple):
    """A row that fell short in one measure, with what was shown instead."""

    id: str
    measure: str
    shown: str


class Figures(NamedTuple):
    """
    Measures by name, each (how many were right, of how many); `mean_chars` is the mean length of the first excerpt.
    """

    counts: dict[str, tuple[int, int]]
    mean_chars: float
    misses: tuple[Miss, ...]


def read_rows(path: Path) -> list[Row]:
    """
    The rows of a questions file, JSON lines.

    Raises:
        UnreadableError: Missing, or a line that is no question in JSON; the message names the line.
    """
    try:
        # Only a line feed ends a row: JSON strings may hold the other characters that `splitlines` splits at.
        lines = path.read_text("utf-8-sig").split("\n")
    except OSError as error:
        raise UnreadableError(str(path), "not_found", f'"{path}" cannot be read: {error.strerror}.') from None
    except UnicodeDecodeError:
        raise UnreadableError(str(path), "bad_format", f'"{path}" is not UTF-8 text.') from None
    rows = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        row = _row(line)
        if row is None:
            raise UnreadableError(str(path), "bad_format", f"{path}, line {number}: not a question in JSON.")
        rows.append(row)
    return rows


def _row(line: str) -> Row | None:
    try:
        row = json.loads(line)
    except (json.JSONDecodeError, RecursionError):
        return None
    if not isinstance(row, dict) or not isinstance(row.get("id"), str):
        return None
    needed = _NEEDED.get(str(row.get("kind")), ())
    return row if needed and all(isinstance(row.get(key), kind) for key, kind in needed) else None


def score_answers(
    rows: Iterable[Row],
    ask: Callable[[AskRequest], Answer],
    source: Callable[[str], bytes],
    verify: Callable[[VerifyRequest], Verdict] | None = None,
) -> Figures:
    """
    Ask every question, check every quotation, and compare.

    Args:
        rows: In the format of `evals/README.md` of the project's shared material.
        ask: Answers one question.
        source: File name as cited → the file's bytes.
        verify: Checks one claimed quotation; without it those rows are left out.
    """
    tally: dict[str, list[bool]] = defaultdict(list)
    misses: list[Miss] = []
    lengths: list[int] = []
    texts: dict[str, str] = {}
    for row in rows:
        if row.get("kind") == "verify":
            if verify:
                verdict = verify(VerifyRequest(text=row["quote"], speaker=row.get("claimed_speaker")))
                for measure, right in _verdict_measures(row, verdict, source):
                    tally[measure].append(right)
                    if not right:
                        misses.append(Miss(row["id"], measure, verdict.verdict))
            continue
        answer = ask(AskRequest(question=row["question"], previous=tuple(row.get("previous", ()))))
        for excerpt in answer.excerpts:
            file = excerpt.statement.file
            if file not in texts:
                texts[file] = independent_text(source(file), file)
        if row["kind"] == "answerable" and answer.excerpts:
            lengths.append(len(answer.excerpts[0].text))
        for measure, right in _measures(row, answer, texts):
            tally[measure].append(right)
            if not right:
                misses.append(Miss(row["id"], measure, answer.excerpts[0].text if answer.excerpts else answer.status))
    counts = {measure: (sum(results), len(results)) for measure, results in tally.items()}
    return Figures(counts, sum(lengths) / len(lengths) if lengths else 0.0, tuple(misses))


def _verdict_measures(row: Row, verdict: Verdict, source: Callable[[str], bytes]) -> Iterable[tuple[str, bool]]:
    yield "verify", verdict.verdict in row.get("contract_verdict", ["exact"])
    if verdict.found:
        file = verdict.found.statement.file
        yield "verbatim", _folded_html(verdict.found) in independent_text(source(file), file)


def _measures(row: Row, answer: Answer, texts: Mapping[str, str]) -> Iterable[tuple[str, bool]]:
    excerpts = answer.excerpts
    if row["kind"] == "answerable":
        first = bool(excerpts) and is_hit(excerpts[0], row)
        yield "hit@1", first
        yield "hit@3", any(is_hit(excerpt, row) for excerpt in excerpts[:3])
        silent = answer.status != "answered"
        yield "acceptable", first or (row.get("expect") == "answer_or_abstain" and silent)
        yield "status", answer.status in row.get("contract_status", ["answered"])
        yield from _speakers(row, excerpts[0] if first else None)
    else:
        yield "silence", answer.status != "answered"
        yield f"silence {row.get('group', 'other')}", answer.status != "answered"
        yield "unanswerable status", answer.status in row.get("contract_status", ["none", "related"])
    for excerpt in excerpts:
        yield "verbatim", _folded_html(excerpt) in texts[excerpt.statement.file]
        dates = row.get("gold_publication_date") or {}
        if excerpt.statement.file in dates:
            accepted = [dates[excerpt.statement.file], *(row.get("date_accept") or {}).get(excerpt.statement.file, [])]
            yield "dates", excerpt.statement.date in accepted


def _speakers(row: Row, hit: Excerpt | None) -> Iterable[tuple[str, bool]]:
    """A missing speaker is a loss of "speakers"; a wrong one is also a "no wrong speaker"."""
    if hit is None or row.get("speaker_optional"):
        return
    # A name with a no-break space, or in capitals on one page, is still that name.
    shown = fold_word(hit.speaker.name) if hit.speaker else None
    gold = fold_word(row["gold_speaker"]) if row.get("gold_speaker") else None
    if gold:
        yield "speakers", shown == gold
    if gold or row.get("gold_issuer"):
        yield "no wrong speaker", shown in (None, gold)


def is_hit(excerpt: Excerpt, row: Row) -> bool:
    """Whether one of the gold sentences stands whole inside the excerpt."""
    return any(
        gold["file"] == excerpt.statement.file and _spaced(gold["text"]) in _spaced(excerpt.text)
        for gold in row["gold_sentences"]
    )


def independent_text(data: bytes, file: str) -> str:
    """The file's text, decoded without `corpus/`: NFC, `\\n` line ends; for HTML its character data, spaces folded."""
    text = _decoded(data)
    if file.lower().endswith((".html", ".htm")):
        parser = _Characters()
        parser.feed(text)
        parser.close()
        # Entities that were escaped twice are read as what they mean.
        return _spaced(unicodedata.normalize("NFC", html.unescape("".join(parser.found))))
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "windows-1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _folded_html(excerpt: Excerpt | FoundWords) -> str:
    return (
        _spaced(html.unescape(excerpt.text))
        if excerpt.statement.file.lower().endswith((".html", ".htm"))
        else excerpt.text
    )


def _spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


class _Characters(HTMLParser):
    """Character data outside what no browser shows; a space at every tag that may be a block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in _INVISIBLE_TAGS
        self._space(tag)

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in _INVISIBLE_TAGS and self._hidden > 0
        self._space(tag)

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.found.append(data)

    def _space(self, tag: str) -> None:
        if tag not in _INLINE_TAGS:
            self.found.append(" ")
