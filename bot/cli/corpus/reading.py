"""
`onrecord corpus add`, `list`, `show`, `inspect`: what is read and what is stored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.corpus.printing import (
    AcceptGolden,
    AsJson,
    Background,
    By,
    Events,
    Id,
    Named,
    Paths,
    cell,
    curation_of,
    give_way,
    mention_lost,
    plain,
    print_event,
    print_json,
    print_line,
    print_report,
)
from bot.cli.corpus.sources import Every, Language, Licence, Name, Organization, labels_of
from corpus.errors import UnreadableError

if TYPE_CHECKING:
    from bot.cli.main import Program

# Everything but the text and the spans in it.
_LISTED = {
    *("id", "revision", "file", "url", "title", "organizations", "language", "kind"),
    *("date", "date_precision", "date_evidence", "missing_since"),
}
_TITLE_CHARS = 90
Hidden = Annotated[bool, typer.Option("--hidden", help="Hidden statements, too.")]


def add(
    ctx: typer.Context,
    named: Named,
    name: Name = None,
    organization: Organization = None,
    language: Language = None,
    licence: Licence = None,
    every: Every = None,
    accept_golden: AcceptGolden = False,
    events: Events = False,
    as_json: AsJson = False,
    by: By = "terminal",
    background: Background = False,
) -> None:
    """Add files, folders, pages, feeds or sitemaps, and store what is new in them."""
    program: Program = ctx.obj
    give_way(background)
    labels = labels_of(name=name, organization=organization, language=language, licence=licence, every=every)
    report = curation_of(program).add(named, when=program.now, by=by, labels=labels, accept_golden=accept_golden)
    for item in report.failed:
        typer.echo(plain(item.detail), err=True)
    mention_lost(report.lost)
    if events:
        print_event(report)
    elif as_json:
        print_json(report.model_dump(mode="json"))
    elif report.applied:
        print_report(program.console, report)
    if not report.applied:
        raise typer.Exit(1)


def list_(ctx: typer.Context, hidden: Hidden = False, as_json: AsJson = False) -> None:
    """List every stored statement."""
    from bot.cli.corpus.statements import title_of

    program: Program = ctx.obj
    curation = curation_of(program)
    statements = curation.list_statements(hidden=hidden)
    withheld = curation.withheld()
    if not statements:
        typer.echo('No statements are stored yet. "onrecord corpus add PATH" adds some.', err=True)
    if as_json:
        origins = curation.translated_from(statements)
        listed = [one.model_dump(mode="json", include=_LISTED) for one in statements]
        more = [{"translation_of": origins.get(row["id"]), "hidden": row["id"] in withheld} for row in listed]
        print_json({"statements": [row | extra for row, extra in zip(listed, more, strict=True)]})
        return
    for one in statements:
        note = " [hidden]" if one.id in withheld else " [no longer at its source]" if one.missing_since else ""
        line = f"{one.id:<11}  {one.date or 'undated':<10}  {cell(title_of(one), _TITLE_CHARS)}{note}"
        print_line(program.console, line)


def show(ctx: typer.Context, id: Id, hidden: Hidden = False, as_json: AsJson = False) -> None:
    """Show one stored statement with its paragraphs, passages and quotes."""
    from bot.cli.corpus.statements import print_reading
    from corpus.full_text import paragraphs_of

    program: Program = ctx.obj
    statement = curation_of(program).show(id, hidden=hidden)
    if as_json:
        numbered = [paragraph._asdict() for paragraph in paragraphs_of(statement)]
        print_json({**statement.model_dump(mode="json"), "paragraphs": numbered})
    else:
        gone = f", no longer at its source since {statement.missing_since[:10]}" if statement.missing_since else ""
        print_line(program.console, f"{statement.id}, revision {statement.revision}{gone}", style="bold")
        print_reading(program.console, statement)


def inspect(ctx: typer.Context, paths: Paths, as_json: AsJson = False) -> None:
    """Show how files would be read, without storing them."""
    from bot.cli.corpus.statements import print_reading
    from corpus.models import Reading
    from corpus.sources.files import Several

    program: Program = ctx.obj
    one_document = len(paths) == 1 and not paths[0].is_dir()
    failed = False
    for found in curation_of(program).inspect(paths):
        outcomes = found.outcomes if isinstance(found, Several) else (found,)
        errors = [one for one in outcomes if isinstance(one, UnreadableError)]
        readings = [one for one in outcomes if isinstance(one, Reading)]
        for error in errors:
            typer.echo(plain(str(error)), err=True)
        failed = failed or bool(errors)
        if as_json and isinstance(found, Several):
            statements = [reading.model_dump(mode="json") for reading in readings]
            print_json({"file": found.file, "statements": statements}, indented=one_document)
        elif as_json and readings:
            print_json(readings[0].model_dump(mode="json"), indented=one_document)
        elif not as_json:
            for reading in readings:
                print_reading(program.console, reading)
    if failed:
        raise typer.Exit(2)
