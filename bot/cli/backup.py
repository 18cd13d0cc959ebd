"""
`onrecord backup`, `onrecord restore`: the record in one file, and back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.corpus.printing import AsJson, decision_of, plain, print_json, print_line

if TYPE_CHECKING:
    from bot.backup import Restored
    from bot.cli.main import Program

_LISTED = 20  # ids in a line


def backup(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Replaced where it exists.", show_default=False)],
    as_json: AsJson = False,
) -> None:
    """Write the record to one file, also while the bot runs; it is read back and checked."""
    from bot.backup import back_up

    program: Program = ctx.obj
    made = back_up(program.settings.data_dir, file, when=program.now)
    if as_json:
        print_json(made.model_dump(mode="json"))
        return
    counted = f"{made.statements} statements, {made.withheld} withheld, generation {made.generation}"
    print_line(program.console, plain(f"{made.file}: {counted}, {made.bytes:,} bytes; read back and checked."))


def restore(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Of onrecord backup.", show_default=False)],
    replace: Annotated[
        bool, typer.Option("--replace", help="Also where statements are stored: in their place.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Put the record of a backup in the data directory; a running bot answers from it at once."""
    from bot.backup import restore as put_back

    program: Program = ctx.obj
    decision = decision_of(program, "erased before the record was restored from a backup")
    done = put_back(program.settings.data_dir, file, decision, replace=replace)
    for note in _notes(done):
        typer.echo(plain(note), err=True)
    if as_json:
        print_json(done.model_dump(mode="json"))
        return
    counted = f"{done.statements} statements, {done.withheld} withheld, generation {done.generation}"
    made = f"{done.made.astimezone(dt.UTC):%Y-%m-%d %H:%M} UTC"
    print_line(program.console, plain(f"{counted}, as they were on {made}, are in {done.data_dir}."))


def _notes(done: Restored) -> Iterator[str]:
    """What the operator may have to do next."""
    if done.erased_again:
        yield f"Erased here since the backup, and so erased in it too: {_list(done.erased_again)}."
    if done.shown_again:
        hide = '"onrecord corpus hide" hides them again'
        yield f"Hidden here until now, not hidden in the backup: {_list(done.shown_again)}. {hide}."
    if done.replaced_unread:
        erase = '"onrecord corpus erase" erases it again'
        yield f"The corpus that was here could not be read: what was erased in it since may be back. {erase}."
    if done.restart:
        yield "A bot that is running still answers from the old corpus. Start it again."


def _list(ids: tuple[str, ...]) -> str:
    more = f" and {len(ids) - _LISTED} more" if len(ids) > _LISTED else ""
    return ", ".join(ids[:_LISTED]) + more
