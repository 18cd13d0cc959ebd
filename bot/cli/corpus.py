"""
`onrecord corpus …`: parse, call `bot/curation.py`, print.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from corpus.errors import UnreadableError
from corpus.full_text import masked, paragraphs_of
from corpus.models import Reading, Span
from corpus.sentences import paragraph_number, paragraphs

if TYPE_CHECKING:
    from rich.console import Console

    from bot.cli.main import Program
    from bot.curation import Curation, Report

corpus_app = typer.Typer(help="The statements that are stored: add, list, show, inspect.", no_args_is_help=True)

# Everything but the text and the spans in it.
_LISTED = {
    *("id", "revision", "file", "url", "title", "organizations", "language", "kind"),
    *("date", "date_precision", "date_evidence"),
}
# Why a quote has no speaker, by its `reason`.
_UNNAMED = {
    "program_name": "nobody speaks it: it looks like the name of a program",
    "title": "nobody speaks it: it looks like a title",
    "slogan": "nobody speaks it: it was chanted or stood on a sign",
    "scare_quotes": "nobody speaks it: the statement sets a word apart",
    "not_a_person": "speaker not named: an organization, a document or somebody without a name speaks",
    "unknown_person": "speaker not named: the statement does not introduce the person",
    "ambiguous": "speaker not named: it may be more than one person",
    "no_cue": "speaker not named: nothing beside the words says who speaks",
}
_LINE_CHARS = 2_000
_TITLE_CHARS = 90

Paths = Annotated[list[Path], typer.Argument(metavar="PATH…", help="Files or folders.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]


@corpus_app.command()
def add(ctx: typer.Context, paths: Paths, as_json: AsJson = False) -> None:
    """Add files and folders, and store what is new in them."""
    program: Program = ctx.obj
    report = _curation(program).add(paths, when=program.today, by="terminal")
    for item in report.failed:
        typer.echo(plain(item.detail), err=True)
    if as_json:
        _print_json(report.model_dump(mode="json"))
    elif report.applied:
        _print_report(program.console, report)
    if not report.applied:
        raise typer.Exit(1)


@corpus_app.command("list")
def list_(ctx: typer.Context, as_json: AsJson = False) -> None:
    """List every stored statement."""
    program: Program = ctx.obj
    curation = _curation(program)
    statements = curation.list_statements()
    if not statements:
        typer.echo('No statements are stored yet. "onrecord corpus add PATH" adds some.', err=True)
    if as_json:
        origins = curation.translated_from(statements)
        listed = [one.model_dump(mode="json", include=_LISTED) for one in statements]
        _print_json({"statements": [{**row, "translation_of": origins.get(row["id"])} for row in listed]})
        return
    for one in statements:
        _print(program.console, f"{one.id:<11}  {one.date or 'undated':<10}  {_cell(_title(one), _TITLE_CHARS)}")


@corpus_app.command()
def show(ctx: typer.Context, id: Annotated[str, typer.Argument(metavar="ID")], as_json: AsJson = False) -> None:
    """Show one stored statement with its paragraphs, passages and quotes."""
    program: Program = ctx.obj
    statement = _curation(program).show(id)
    if as_json:
        numbered = [paragraph._asdict() for paragraph in paragraphs_of(statement)]
        _print_json({**statement.model_dump(mode="json"), "paragraphs": numbered})
    else:
        _print(program.console, f"{statement.id}, revision {statement.revision}", style="bold")
        _print_reading(program.console, statement)


@corpus_app.command()
def inspect(ctx: typer.Context, paths: Paths, as_json: AsJson = False) -> None:
    """Show how files would be read, without storing them."""
    program: Program = ctx.obj
    one_document = len(paths) == 1 and not paths[0].is_dir()
    failed = False
    for outcome in _curation(program).inspect(paths):
        if isinstance(outcome, UnreadableError):
            typer.echo(plain(str(outcome)), err=True)
            failed = True
        elif as_json:
            _print_json(outcome.model_dump(mode="json"), indented=one_document)
        else:
            _print_reading(program.console, outcome)
    if failed:
        raise typer.Exit(2)


def plain(text: str, max_chars: int = _LINE_CHARS) -> str:
    """One line that a terminal prints and does not obey, cut where it is too long."""
    from bot.cli.text.page import safe

    line = safe(text[:max_chars]).replace("\n", "\\n").replace("\t", " ")
    return line if len(text) <= max_chars else f"{line.rstrip()}… ({len(text) - max_chars:,} more characters)"


def _curation(program: Program) -> Curation:
    from bot.curation import Curation

    return Curation(program.settings.data_dir)


def _print_json(document: Any, *, indented: bool = True) -> None:
    layout: dict[str, Any] = {"indent": 2} if indented else {"separators": (",", ":")}
    typer.echo(json.dumps(document, ensure_ascii=False, **layout))


def _print(console: Console, line: str, *, style: str | None = None) -> None:
    """One line as it is: nothing in a statement is markup or a number to colour."""
    console.print(line, style=style, markup=False, highlight=False, soft_wrap=True, emoji=False)


def _print_report(console: Console, report: Report) -> None:
    counts = (
        f"{len(report.added)} added, {len(report.changed)} changed, {report.same} same, {len(report.failed)} failed"
    )
    _print(console, f"{counts}. The corpus is at generation {report.generation}.")
    for item in (*report.added, *report.changed):
        _print(console, f"  {item.id or '':<11}  {item.code:<12}  {_cell(f'{item.locator}  {item.detail}', 200)}")


def _print_reading(console: Console, reading: Reading) -> None:
    _print(console, plain(reading.title), style="bold")
    for line in _about_reading(reading):
        _print(console, plain(line))
    for paragraph in paragraphs_of(reading):
        note = "" if paragraph.kind == "body" else f" [{paragraph.kind}]"
        _print(console, f"\n{paragraph.paragraph}{note}", style="dim")
        for line in masked(reading, Span(paragraph.start, paragraph.end)).split("\n"):
            _print(console, plain(line))
    if reading.quotes:
        _print(console, "\nQuotes", style="bold")
    for line in _quote_lines(reading):
        _print(console, plain(line))
    _print(console, "")


def _about_reading(reading: Reading) -> Iterator[str]:
    date = f"{reading.date} ({reading.date_evidence})" if reading.date else "undated"
    yield " · ".join(filter(None, [date, reading.place, _issuers(reading), reading.kind, reading.language]))
    yield f"{reading.url or reading.file} · {len(reading.passages)} passages"
    yield from (f"Warning: {warning}" for warning in reading.warnings)


def _quote_lines(reading: Reading) -> Iterator[str]:
    spans = paragraphs(reading.text)
    for quote in reading.quotes:
        speaker = quote.speaker
        unnamed = _UNNAMED.get(quote.reason or "", "speaker not named")
        who = (speaker.name, speaker.title, speaker.organization) if speaker else (unnamed,)
        private = any(quote.span.overlaps(span) for span in reading.private)
        words = "(holds a private number, see the paragraph)" if private else f"“{' '.join(quote.text.split())}”"
        yield f"{paragraph_number(spans, quote.start)}  {words} – {', '.join(filter(None, who))}"


def _issuers(reading: Reading) -> str:
    return ", ".join(name or "(name lost)" for name in reading.organizations)


def _cell(text: str, max_chars: int) -> str:
    text = " ".join(text.split())
    return plain(text if len(text) <= max_chars else f"{text[: max_chars - 1].rstrip()}…")


def _title(reading: Reading) -> str:
    return f"{reading.title} – {_issuers(reading)}" if reading.organizations else reading.title
