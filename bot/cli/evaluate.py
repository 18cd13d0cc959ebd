"""
`onrecord evaluate …`: questions files and their figures; test collections are in `collections.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli import collections
from bot.cli.answers.options import open_service, print_json
from bot.cli.quoting import quoting

if TYPE_CHECKING:
    from bot.cli.main import Program
    from retrieval.evaluation.answers import Figures

evaluate_app = typer.Typer(rich_markup_mode=None)


@evaluate_app.callback()
def _evaluate() -> None:
    """Measure answers and ranking."""


for _command in (
    collections.run,
    collections.compare,
    collections.confidence,
    collections.typos,
    collections.ablation,
    collections.fit,
    quoting,
):
    evaluate_app.command()(_command)


@evaluate_app.command()
def answers(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="Questions as JSON lines.", metavar="FILE", show_default=False)],
    corpus: Annotated[list[Path], typer.Option(help="The statements: file or folder. May be repeated.")],
    misses: Annotated[bool, typer.Option("--misses", help="Also list the rows that fell short.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Score the answers to a questions file."""
    from corpus.sources.files import find_files
    from retrieval.evaluation.answers import read_rows, score_answers

    program: Program = ctx.obj
    rows = read_rows(file)
    service = open_service(program, corpus)
    files = {found.file: found.path for found in find_files(corpus)}
    figures = score_answers(
        rows,
        lambda request: service.ask(request, today=program.today),
        lambda name: files[name].read_bytes(),
        service.verify,
    )
    if as_json:
        print_json(as_document(figures, with_misses=misses), indent=2)
        return
    for line in _lines(figures, with_misses=misses):
        print(line)


def as_document(figures: Figures, *, with_misses: bool) -> dict[str, Any]:
    """Figures as JSON: measure → [right, of]."""
    document: dict[str, Any] = {measure: list(counts) for measure, counts in figures.counts.items()}
    document["mean_chars"] = round(figures.mean_chars, 1)
    if with_misses:
        document["misses"] = [miss._asdict() for miss in figures.misses]
    return document


def _lines(figures: Figures, *, with_misses: bool) -> Iterator[str]:
    from bot.cli.text.page import safe

    for measure, (right, of) in figures.counts.items():
        yield f"{measure:24} {right:4} of {of}"
    yield f"{'mean first excerpt':24} {figures.mean_chars:4.0f} characters"
    for miss in figures.misses if with_misses else ():
        yield safe(f"{miss.id}  {miss.measure}: {' '.join(miss.shown.split())[:160]}")
