"""
What the moderators' verbs give back; `--json` prints these as they are.
"""

from __future__ import annotations

from typing import Any, Literal

from corpus.corrections import Change
from corpus.models import Frozen

Step = Literal["reading", "building"]


class ReportItem(Frozen):
    """
    One line of a report.

    Attributes:
        id: The statement's record number, `None` where nothing was stored.
        source: The file, folder or address that was named, absolute; as it was named where it could not be read.
        locator: Path below it, or address of the page.
        code: Why it is listed, in snake_case (`new`, `text_changed`, `duplicate_of`, `translation_of`, `bad_format`).
        detail: For people: the statement that it repeats or translates, changed words, warnings of the reading, what
            failed.
    """

    id: str | None = None
    source: str
    locator: str
    code: str
    detail: str = ""


class Report(Frozen):
    """
    What a command changed.

    Attributes:
        generation: The live generation afterwards, 0 before the first.
        applied: Something was read, and what it changed is stored.
        added: New statements, those that are translations too (`translation_of`), and new places of statements that
            are stored (`duplicate_of`).
        changed: Statements with other words, or found again where they were missing (`found_again`).
        missing: Statements that stand nowhere any more; their text is kept.
        removed: Statements that a rollback takes out of the record.
        same: How many places hold the words that are stored.
        failed: What could not be read.
        refused: Why nothing was applied although something was read: `too_many_missing`, `not_small`, `golden_lost`,
            `dry_run`; or why nothing was read: `nothing_due`.
        lost: Ids of the golden questions that would no longer be answered as they are (`golden_lost`).
    """

    generation: int
    applied: bool
    added: tuple[ReportItem, ...] = ()
    changed: tuple[ReportItem, ...] = ()
    missing: tuple[ReportItem, ...] = ()
    removed: tuple[ReportItem, ...] = ()
    same: int = 0
    failed: tuple[ReportItem, ...] = ()
    refused: str | None = None
    lost: tuple[str, ...] = ()


class Progress(Frozen):
    """How far a command has come: `done` of `total` in this step; `source` is what is being read."""

    event: Step
    done: int
    total: int
    source: str | None = None


class Moderated(Frozen):
    """
    What a moderator's decision changed.

    Attributes:
        generation: The live generation afterwards.
        applied: Something is different now.
        ids: The statements that it is about: the one named, and others with its very words.
        changes: Of a correction, what stood there and what stands there now.
    """

    generation: int
    applied: bool
    ids: tuple[str, ...]
    changes: tuple[Change, ...] = ()


class SourceLine(Frozen):
    """
    How a source fares.

    Attributes:
        next: The moment (ISO) from which on it is read again; `None` for one that is read only when asked.
        name, organization, language, licence: What moderators say of it; `None`: nobody did.
        every_h: Hours from one reading to the next; `None`: as usual, 0: only when asked.
        failing_since: When it failed for the first time since it was last read.
    """

    id: int
    kind: str
    locator: str
    last_success: str | None
    last_failure: str | None
    code: str | None
    next: str | None = None
    name: str | None = None
    organization: str | None = None
    language: str | None = None
    licence: str | None = None
    every_h: int | None = None
    failing_since: str | None = None


class Labelled(Frozen):
    """What a moderator says of a source: whether anything is different now, the source as it is now, what changed."""

    applied: bool
    source: SourceLine
    changes: tuple[Change, ...] = ()


class Status(Frozen):
    """The record at a glance; `statements` are those that readers see, `missing` of them stand nowhere any more."""

    generation: int
    statements: int
    hidden: int
    erased: int
    missing: int
    sources: tuple[SourceLine, ...]


class GenerationLine(Frozen):
    """One state of the corpus: when, who, which verb, and how many statements it changed."""

    number: int
    when: str
    by: str
    what: str
    added: int
    changed: int
    missing: int
    removed: int


class ActionLine(Frozen):
    """What somebody did, when, to which statement and why."""

    when: str
    by: str
    what: str
    id: str | None
    reason: str
    detail: tuple[Any, ...]


class History(Frozen):
    """Generations and actions, the newest first."""

    generations: tuple[GenerationLine, ...]
    actions: tuple[ActionLine, ...]


class Problem(Frozen):
    """One thing that is not as it should be: its code, the part that has it, and the statement or passage."""

    code: str
    part: str
    id: str


class CheckReport(Frozen):
    """What a check found; nothing is wrong where `problems` is empty."""

    generation: int
    statements: int
    problems: tuple[Problem, ...]


class Transfer(Frozen):
    """
    What was written to or read from an export: statements with their text, and those withheld.

    Attributes:
        refused: Why nothing was brought in: `golden_lost`.
        lost: Ids of the golden questions that would no longer be answered as they are.
    """

    generation: int
    statements: int
    withheld: int
    refused: str | None = None
    lost: tuple[str, ...] = ()
