"""
What the commands below `onrecord corpus` share: options, the object they call, and how they print.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from bot.cli.main import Program
    from bot.curation import Curation
    from bot.curation.reports import Moderated, Report, ReportItem
    from corpus.store import Decision

_LINE_CHARS = 2_000
_LOST_NAMED = 10

Named = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH_OR_URL…",
        help="Files, folders, or addresses of pages, feeds and sitemaps.",
        show_default=False,
    ),
]
Paths = Annotated[list[Path], typer.Argument(metavar="PATH…", help="Files or folders.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]


Id = Annotated[str, typer.Argument(metavar="ID", help="Its record number.", show_default=False)]
Reason = Annotated[str, typer.Option(help="Why, for the history.", metavar="TEXT", show_default=False)]
# For the running bot, which starts these commands for moderators.
By = Annotated[str, typer.Option("--by", help="Who, for the history.", hidden=True)]
Background = Annotated[
    bool, typer.Option("--background", help="Give way to others; end when standard input does.", hidden=True)
]
Events = Annotated[bool, typer.Option("--events", help="Print progress as JSON lines, the report last.")]
AcceptGolden = Annotated[
    bool, typer.Option("--accept-golden", help="Also where golden questions would no longer be answered.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only print what would change.")]


def plain(text: str, max_chars: int = _LINE_CHARS) -> str:
    """One line that a terminal prints and does not obey, cut where it is too long."""
    from bot.cli.text.page import safe

    line = safe(text[:max_chars]).replace("\n", "\\n").replace("\t", " ")
    return line if len(text) <= max_chars else f"{line.rstrip()}… ({len(text) - max_chars:,} more characters)"


def curation_of(program: Program) -> Curation:
    """The moderators' verbs on the data directory of the settings."""
    from bot.curation import Curation
    from bot.curation.web import Limits

    settings = program.settings
    return Curation(settings.data_dir, web=Limits(settings.allowed_hosts, settings.host_delay).open)


def give_way(background: bool) -> None:
    """In the background, lower priority, and end with whoever started it."""
    if background:
        from bot.answering.background import work_in_background

        work_in_background()


def print_json(document: Any, *, indented: bool = True) -> None:
    """One JSON document, or one compact line."""
    layout: dict[str, Any] = {"indent": 2} if indented else {"separators": (",", ":")}
    typer.echo(json.dumps(document, ensure_ascii=False, **layout))


def print_line(console: Console, line: str, *, style: str | None = None) -> None:
    """One line as it is: nothing in a statement is markup or a number to colour."""
    console.print(line, style=style, markup=False, highlight=False, soft_wrap=True, emoji=False)


def print_report(console: Console, report: Report) -> None:
    """Counts in one line, then a line for each statement."""
    kinds = ("added", "changed", "missing", "removed")
    counts = [f"{len(getattr(report, kind))} {kind}" for kind in kinds if getattr(report, kind) or kind in kinds[:2]]
    counts += [f"{report.same} same", f"{len(report.failed)} failed"]
    if report.applied:
        end = f"The corpus is at generation {report.generation}."
    else:
        end = f"Nothing was changed; the corpus is at generation {report.generation}."
    print_line(console, f"{', '.join(counts)}. {end}")
    for item in (*report.added, *report.changed, *report.missing, *report.removed):
        print_line(console, f"  {item.id or '':<11}  {item.code:<12}  {cell(_said(item), 400)}")


def mention_lost(lost: Sequence[str]) -> None:
    """That golden questions would be lost, by their ids, where that is why nothing was changed."""
    if not lost:
        return
    more = f" and {len(lost) - _LOST_NAMED} more" if len(lost) > _LOST_NAMED else ""
    named = f"{', '.join(cell(id, 40) for id in lost[:_LOST_NAMED])}{more}"
    questions = "1 golden question" if len(lost) == 1 else f"{len(lost)} golden questions"
    said = f"{questions} would no longer be answered as now ({named}). Nothing was changed."
    typer.echo(f"{said} Look at golden.jsonl, or run it again with --accept-golden.", err=True)


def _said(item: ReportItem) -> str:
    return f"{item.locator}  {item.detail}"


def print_moderated(program: Program, made: Moderated, as_json: bool, done: str) -> None:
    """What a decision changed; `done` says it of the ids that it is about."""
    if as_json:
        print_json(made.model_dump(mode="json"))
        return
    for change in made.changes:
        place = f" of “{cell(change.place, 60)}”" if change.place else ""
        line = f"  {change.field}{place}: {_shown(change.before)} → {_shown(change.after)}"
        print_line(program.console, plain(line))
    ids = ", ".join(made.ids)
    line = f"{ids} {done}. The corpus is at generation {made.generation}." if made.applied else "Nothing was changed."
    print_line(program.console, line)


def print_event(report: Report) -> None:
    """A report as the last of several JSON lines."""
    print_json({"event": "report", **report.model_dump(mode="json")}, indented=False)


def decision_of(program: Program, reason: str, by: str = "terminal") -> Decision:
    """
    Who decides, now, and why.

    Raises:
        UsageError: The reason is too long.
    """
    from corpus.errors import UsageError
    from corpus.store import Decision

    if len(reason) > _LINE_CHARS:
        raise UsageError(f"A reason has up to {_LINE_CHARS:,} characters, this one {len(reason):,}.")
    return Decision(by, program.now, " ".join(reason.split()))


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(one or "(name lost)" for one in value) or "none"
    return "none" if value is None else str(value)


def cell(text: str, max_chars: int) -> str:
    """Text in one line, cut to fit."""
    text = " ".join(text.split())
    return plain(text if len(text) <= max_chars else f"{text[: max_chars - 1].rstrip()}…")
