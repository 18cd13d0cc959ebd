"""
What the readers' commands share: their options, the service they open, the JSON they print.
"""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from bot.answering import ServiceProcess
    from bot.cli.main import Program
    from bot.service import Service
    from retrieval.models import Language, Note


class Languages(StrEnum):
    """Languages of the statements."""

    en = "en"
    es = "es"
    both = "both"


class Locale(StrEnum):
    """Languages of the reply's own words."""

    en = "en"
    es = "es"


class Style(StrEnum):
    """Forms of a citation to paste."""

    plain = "plain"
    markdown = "markdown"
    mla = "mla"
    apa = "apa"


Corpus = Annotated[list[Path] | None, typer.Option(help="File or folder to read for this call. May be repeated.")]
Organization = Annotated[str | None, typer.Option(help="Only statements that it issued.")]
Speaker = Annotated[str | None, typer.Option(help="Only what this person says.")]
Since = Annotated[str | None, typer.Option(help="First day: YYYY, YYYY-MM or YYYY-MM-DD.", metavar="DATE")]
Until = Annotated[str | None, typer.Option(help="Last day, inclusive.", metavar="DATE")]
ReplyLocale = Annotated[Locale | None, typer.Option(help="Language of the reply's own words.", metavar="en|es")]
Cite = Annotated[Style | None, typer.Option(help="Print citations to paste.", metavar="plain|markdown|mla|apa")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def open_service(program: Program, paths: list[Path] | None) -> Service:
    """The service on these paths, or on the stored corpus."""
    from bot.service import Service

    return Service.open(program.settings, paths or ())


def mention_sample(service: Service | ServiceProcess) -> None:
    """Say on standard error when it is the sample that answers."""
    if service.is_sample:
        print("No statements of your own yet: answering from the invented sample that ships.", file=sys.stderr)


def print_json(document: dict[str, Any], *, indent: int | None = None) -> None:
    """Print one document, on one compact line without `indent`; in ASCII where the terminal does not take UTF-8."""
    ascii_only = sys.stdout.encoding.lower() not in ("utf-8", "utf8")
    separators = None if indent else (",", ":")
    print(json.dumps(document, ensure_ascii=ascii_only, indent=indent, separators=separators), flush=True)


def value_of(option: StrEnum | None) -> str | None:
    """The value of an option that was perhaps left out."""
    return option.value if option else None


def sentences_of(notes: tuple[Note, ...], locale: Language) -> list[str]:
    """Notes as the sentences that people read."""
    from bot.messages import note

    return [note(item, locale) for item in notes]


def without_absent(document: dict[str, Any], *keys: str) -> dict[str, Any]:
    """A document less those of its keys that hold nothing because they were not asked for."""
    return {key: value for key, value in document.items() if key not in keys or value is not None}
