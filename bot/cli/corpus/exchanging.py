"""
`onrecord corpus export`, `import`: the record as JSON lines.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.corpus.printing import (
    AcceptGolden,
    AsJson,
    curation_of,
    decision_of,
    mention_lost,
    print_json,
    print_line,
)

if TYPE_CHECKING:
    from bot.cli.main import Program
    from bot.curation.reports import Transfer

File = Annotated[Path, typer.Argument(metavar="FILE", help="JSON lines.", show_default=False)]


def export(
    ctx: typer.Context,
    file: File,
    with_hidden: Annotated[
        bool, typer.Option("--with-hidden", help="Everything: hidden texts, names of moderators, reasons.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write the record to a file."""
    program: Program = ctx.obj
    _print_transfer(program, curation_of(program).export(file, with_hidden=with_hidden), as_json, "written")


def import_(ctx: typer.Context, file: File, accept_golden: AcceptGolden = False, as_json: AsJson = False) -> None:
    """Bring an export into the record; what is hidden or erased here stays so."""
    program: Program = ctx.obj
    made = curation_of(program).import_(file, decision_of(program, ""), accept_golden=accept_golden)
    mention_lost(made.lost)
    if as_json or not made.lost:
        _print_transfer(program, made, as_json, "in the record")
    if made.lost:
        raise typer.Exit(1)


def _print_transfer(program: Program, made: Transfer, as_json: bool, done: str) -> None:
    if as_json:
        print_json(made.model_dump(mode="json"))
    else:
        line = f"{made.statements} statements {done}, {made.withheld} withheld, generation {made.generation}."
        print_line(program.console, line)
