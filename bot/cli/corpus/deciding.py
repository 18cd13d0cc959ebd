"""
`onrecord corpus hide`, `unhide`, `correct`, `erase`: what a moderator decides about one statement.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.corpus.printing import AsJson, DryRun, Id, Reason, curation_of, decision_of, print_moderated
from corpus.errors import UsageError

if TYPE_CHECKING:
    from bot.cli.main import Program
    from corpus.corrections import Correction
    from corpus.models import Statement


def hide(ctx: typer.Context, id: Id, reason: Reason, as_json: AsJson = False) -> None:
    """Take a statement out of every answer and list; its text is kept."""
    program: Program = ctx.obj
    curation = curation_of(program)
    made = curation.hide(id, decision_of(program, reason))
    _mention(set(curation.alike(id)) - set(made.ids))
    print_moderated(program, made, as_json, "hidden")


def unhide(ctx: typer.Context, id: Id, reason: Reason = "", as_json: AsJson = False) -> None:
    """Bring a hidden statement back."""
    program: Program = ctx.obj
    print_moderated(program, curation_of(program).unhide(id, decision_of(program, reason)), as_json, "shown again")


def correct(
    ctx: typer.Context,
    id: Id,
    reason: Reason,
    date: Annotated[str | None, typer.Option(help='YYYY, YYYY-MM, YYYY-MM-DD, or "none".', metavar="DATE")] = None,
    title: Annotated[str | None, typer.Option(help="Its title.", metavar="TEXT")] = None,
    organization: Annotated[
        list[str] | None, typer.Option(help="Who issued it, in full. May be repeated.", metavar="NAME")
    ] = None,
    speaker: Annotated[
        list[str] | None,
        typer.Option(help="First words of a quote and who speaks it, as printed there.", metavar="QUOTE=NAME"),
    ] = None,
    furniture: Annotated[
        list[int] | None, typer.Option(help="Number of a paragraph that is not the statement's.", metavar="NUMBER")
    ] = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Correct what was read of a statement; its text and its number stay."""
    from corpus.corrections import read_date, read_furniture, read_organizations, read_speaker, read_title

    program: Program = ctx.obj
    if date is title is None and not (organization or speaker or furniture):
        raise UsageError("Nothing to correct: name --date, --title, --organization, --speaker or --furniture.")

    def read(statement: Statement) -> list[Correction]:
        found = [read_date(date)] if date is not None else []
        found += [read_title(title)] if title is not None else []
        found += [read_organizations(organization)] if organization else []
        found += [one for words in speaker or () for one in read_speaker(words, statement)]
        return [*found, *(read_furniture(number, statement) for number in furniture or ())]

    made = curation_of(program).correct(id, read, decision_of(program, reason), dry_run=dry_run)
    print_moderated(program, made, as_json, "corrected")


def erase(
    ctx: typer.Context,
    id: Id,
    reason: Reason,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask at a terminal.")] = False,
    as_json: AsJson = False,
) -> None:
    """Take the text of a statement out of the record for good."""
    program: Program = ctx.obj
    if not yes and sys.stdin is not None and sys.stdin.isatty():
        typer.confirm(f"Erase {id} for good? There is no way back.", abort=True, err=True)
    curation = curation_of(program)
    alike = curation.alike(id)
    made = curation.erase(id, decision_of(program, reason))
    _mention(set(alike) - set(made.ids))
    print_moderated(program, made, as_json, "erased")


def _mention(ids: set[str]) -> None:
    if ids:
        named = ", ".join(sorted(ids))
        typer.echo(f"The same release also stands, in other words or another language, under {named}.", err=True)
