"""
`onrecord timeline`: parse, call the service, print; with `--png` draw the chart too.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.answers.options import (
    AsJson,
    Cite,
    Corpus,
    Organization,
    ReplyLocale,
    Since,
    Speaker,
    Until,
    mention_sample,
    open_service,
    print_json,
    sentences_of,
    value_of,
    without_absent,
)
from corpus.errors import UsageError

if TYPE_CHECKING:
    from bot.cli.main import Program
    from retrieval.models import Timeline


def timeline(
    ctx: typer.Context,
    topic: Annotated[list[str], typer.Argument(help="The topic, in your own words.", show_default=False)],
    corpus: Corpus = None,
    organization: Organization = None,
    speaker: Speaker = None,
    since: Since = None,
    until: Until = None,
    locale: ReplyLocale = None,
    cite: Cite = None,
    png: Annotated[
        Path | None, typer.Option(help="Also draw the years as a chart into this file.", metavar="FILE.png")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show what was said on a topic, oldest first, and in how many statements a year."""
    from retrieval.models import TimelineRequest

    if png:
        _check(png)
    program: Program = ctx.obj
    request = TimelineRequest.model_validate(
        {
            "topic": " ".join(topic),
            "organization": organization,
            "speaker": speaker,
            "since": since,
            "until": until,
            "locale": value_of(locale),
            "cite": value_of(cite),
        }
    )
    service = open_service(program, corpus)
    found = service.timeline(request, today=program.today)
    mention_sample(service)
    drawn = _draw(found, png) if png and found.years else None
    if as_json:
        document = as_document(found)
        print_json(document if png is None else {**document, "chart": drawn}, indent=2)
    else:
        from bot.cli.text.timelines import print_timeline

        url = program.settings.public_url
        print_timeline(program.console, found, chart=drawn, drawing=png is not None, public_url=url)


def as_document(timeline: Timeline) -> dict[str, Any]:
    """The JSON of CONTRACT: the timeline itself, its notes as sentences."""
    document = timeline.model_dump(mode="json")
    document["notes"] = sentences_of(timeline.notes, timeline.locale)
    for part in ("excerpts", "undated"):
        document[part] = [without_absent(excerpt, "citation") for excerpt in document[part]]
    return document


def _check(png: Path) -> None:
    """Before anything is read: that there is something to draw with, and somewhere to draw."""
    from bot.chart import check_installed

    if png.suffix.lower() != ".png":
        raise UsageError(f'"{png}" is no name for a chart. Name a file that ends in .png.')
    try:
        impossible = png.is_dir() or not png.parent.is_dir()
    except OSError as error:
        raise _unwritable(png, error) from None
    if impossible:
        raise UsageError(f'"{png}" cannot be written: it is a folder, or its folder is missing. Name a file.')
    check_installed()


def _draw(found: Timeline, png: Path) -> dict[str, str]:
    """Write the chart; where it is, and what it shows in words."""
    from bot.chart import chart_png, describe_chart

    try:
        png.write_bytes(chart_png(found))
    except OSError as error:
        raise _unwritable(png, error) from None
    return {"file": str(png), "text": describe_chart(found)}


def _unwritable(png: Path, error: OSError) -> UsageError:
    return UsageError(f'"{png}" cannot be written ({error.strerror}). Name another file.')
