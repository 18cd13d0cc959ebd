"""
`onrecord corpus refresh`, `status`, `history`, `rollback`, `check`: the record over time.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.corpus.printing import (
    AcceptGolden,
    AsJson,
    Background,
    By,
    DryRun,
    Events,
    Reason,
    cell,
    curation_of,
    decision_of,
    give_way,
    mention_lost,
    plain,
    print_event,
    print_json,
    print_line,
    print_report,
)
from bot.cli.corpus.sources import source_line

if TYPE_CHECKING:
    from rich.console import Console

    from bot.cli.main import Program
    from bot.curation import Progress
    from bot.curation.reports import Report

# Why nothing was applied, where there is no more to say.
_REFUSED = {
    "not_small": "This is more than a refresh changes with --if-small, so nothing was changed. Run it with --dry-run"
    " to see what would change, and without --if-small to apply it.",
    "nothing_due": 'No source is due, so nothing was read. "onrecord corpus status" says when each is.',
}
_FINE = ("dry_run", "nothing_due")
_STEPS = {"reading": "Reading", "building": "Building the index"}


def refresh(
    ctx: typer.Context,
    dry_run: DryRun = False,
    accept_missing: Annotated[
        bool, typer.Option("--accept-missing", help="Also where more than a tenth would go missing.")
    ] = False,
    due: Annotated[bool, typer.Option("--due", help="Only sources whose time has come.")] = False,
    source: Annotated[
        list[int] | None, typer.Option(help="Only the source of this number. May be repeated.", metavar="ID")
    ] = None,
    if_small: Annotated[
        bool, typer.Option("--if-small", help="Only where at most a tenth is changed or missing, and few are new.")
    ] = False,
    accept_golden: AcceptGolden = False,
    events: Events = False,
    as_json: AsJson = False,
    by: By = "terminal",
    background: Background = False,
) -> None:
    """Read every source again and apply what is new, changed or missing there."""
    from bot.curation import Which

    program: Program = ctx.obj
    give_way(background)
    with _progress(events) as report_progress:
        report = curation_of(program).refresh(
            when=program.now,
            by=by,
            dry_run=dry_run,
            accept_missing=accept_missing,
            if_small=if_small,
            which=Which(due, frozenset(source or ())),
            accept_golden=accept_golden,
            report=report_progress,
        )
    for item in report.failed:
        typer.echo(plain(item.detail), err=True)
    if report.refused == "too_many_missing":
        typer.echo(_too_many(report), err=True)
    if report.refused in _REFUSED:
        typer.echo(_REFUSED[report.refused], err=True)
    mention_lost(report.lost)
    if events:
        print_event(report)
    elif as_json:
        print_json(report.model_dump(mode="json"))
    else:
        print_report(program.console, report)
    if not report.applied and report.refused not in _FINE:
        raise typer.Exit(1)


def status(ctx: typer.Context, as_json: AsJson = False) -> None:
    """Show how much is stored and how every source fares."""
    program: Program = ctx.obj
    found = curation_of(program).status()
    if as_json:
        print_json(found.model_dump(mode="json"))
        return
    more = [f"{count} {what}" for count, what in ((found.hidden, "hidden"), (found.erased, "erased")) if count]
    more += [f"{found.missing} no longer at their source"] if found.missing else []
    counted = ", ".join([f"{found.statements} statements", *more])
    print_line(program.console, f"Generation {found.generation}: {counted}.")
    for source in found.sources:
        print_line(program.console, source_line(source))


def history(ctx: typer.Context, as_json: AsJson = False) -> None:
    """List generations and what moderators did, the newest first."""
    program: Program = ctx.obj
    found = curation_of(program).history()
    if as_json:
        print_json(found.model_dump(mode="json"))
        return
    for one in found.generations:
        kinds = ("added", "changed", "missing", "removed")
        counts = ", ".join(f"{getattr(one, kind)} {kind}" for kind in kinds if getattr(one, kind))
        print_line(program.console, f"{one.number:>5}  {one.when[:16]}  {one.what:<8}  {plain(one.by)}  {counts}")
    print_line(program.console, "")
    for action in found.actions:
        line = f"{action.when[:16]}  {action.what:<8}  {action.id or '':<11}  {plain(action.by)}"
        # Of a source that was described, which one.
        place = f"{action.detail[0]['place']}  " if action.what == "source" and action.detail else ""
        print_line(program.console, f"{line}  {cell(place + action.reason, 200)}")


def rollback(
    ctx: typer.Context,
    number: Annotated[int, typer.Argument(metavar="N", help="Of the generation, as in history.", show_default=False)],
    reason: Reason = "",
    dry_run: DryRun = False,
    accept_golden: AcceptGolden = False,
    events: Events = False,
    as_json: AsJson = False,
    by: By = "terminal",
    background: Background = False,
) -> None:
    """Go back to an earlier generation: print what changes, then open a new one with its contents."""
    program: Program = ctx.obj
    give_way(background)
    decision = decision_of(program, reason, by)
    report = curation_of(program).roll_back(number, decision, dry_run=dry_run, accept_golden=accept_golden)
    mention_lost(report.lost)
    if events:
        print_event(report)
    elif as_json:
        print_json(report.model_dump(mode="json"))
    else:
        print_report(program.console, report)
    if report.lost:
        raise typer.Exit(1)


def check(ctx: typer.Context, as_json: AsJson = False) -> None:
    """Hold store and index against each other; exit status 1 and a list where they differ."""
    program: Program = ctx.obj
    found = curation_of(program).check()
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        for one in found.problems:
            print_line(program.console, f"{one.part:<9}  {one.code:<12}  {plain(one.id)}")
        if not found.problems:
            line = f"Store and index agree: {found.statements} statements in generation {found.generation}."
            print_line(program.console, line)
    if found.problems:
        typer.echo('Restore the corpus from a backup, or "onrecord corpus import" an export.', err=True)
        raise typer.Exit(1)


def _too_many(report: Report) -> str:
    count = len(report.missing)
    said = f"{count} statements are no longer at their sources, more than a tenth of the record. Nothing was changed."
    return f"{said} Look at the sources, or run it again with --accept-missing."


@contextmanager
def _progress(events: bool) -> Iterator[Callable[[Progress], None]]:
    """What is told of each step: JSON lines, a bar on a terminal, or nobody."""
    if events:
        yield lambda step: print_json(step.model_dump(mode="json"), indented=False)
    elif sys.stderr.isatty():
        from rich.console import Console

        with _bar(Console(stderr=True)) as tell:
            yield tell
    else:
        yield lambda _: None


@contextmanager
def _bar(console: Console) -> Iterator[Callable[[Progress], None]]:
    from rich.progress import Progress as Bar

    with Bar(console=console, transient=True) as bar:
        task = bar.add_task("Reading", total=None)
        yield lambda step: bar.update(task, description=_STEPS[step.event], completed=step.done, total=step.total)
