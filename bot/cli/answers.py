"""
`onrecord ask`: parse, call the service, print.
"""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from pydantic import ValidationError

from corpus.errors import UnreadableError, UsageError
from retrieval.models import Answer, AskRequest

if TYPE_CHECKING:
    from bot.cli.main import Program
    from bot.service import Service


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


def ask(
    ctx: typer.Context,
    question: Annotated[list[str] | None, typer.Argument(help="The question.", show_default=False)] = None,
    corpus: Annotated[list[Path] | None, typer.Option(help="File or folder to read for this call. May be repeated.")] = None,
    organization: Annotated[str | None, typer.Option(help="Only statements that it issued.")] = None,
    speaker: Annotated[str | None, typer.Option(help="Only what this person says.")] = None,
    since: Annotated[str | None, typer.Option(help="First day: YYYY, YYYY-MM or YYYY-MM-DD.", metavar="DATE")] = None,
    until: Annotated[str | None, typer.Option(help="Last day, inclusive.", metavar="DATE")] = None,
    language: Annotated[Languages, typer.Option(help="Language of the statements.")] = Languages.both,
    locale: Annotated[Locale | None, typer.Option(help="Language of the reply's own words.")] = None,
    exact: Annotated[bool, typer.Option("--exact", help="Only my words: no translation, spelling or word stems.")] = False,
    previous: Annotated[list[str] | None, typer.Option(help="An earlier question. May be repeated, oldest first.")] = None,
    limit: Annotated[int, typer.Option("-n", help="How many excerpts.", min=1, max=50)] = 3,
    cite: Annotated[Style | None, typer.Option(help="Print citations to paste.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    batch: Annotated[Path | None, typer.Option(help="Questions as JSON lines; one JSON line out for each.")] = None,
) -> None:
    """Answer a question with verbatim, dated excerpts."""
    program: Program = ctx.obj
    given: dict[str, Any] = {
        "organization": organization,
        "speaker": speaker,
        "since": since,
        "until": until,
        "language": language.value,
        "locale": locale.value if locale else None,
        "exact": exact,
        "previous": tuple(previous or ()),
        "limit": limit,
        "cite": cite.value if cite else None,
    }
    if (batch is None) == (question is None):
        raise UsageError('Ask one question: onrecord ask "…", or many with --batch FILE.')
    if batch is not None:
        rows = _read_batch(batch)
        service = open_service(program, corpus)
        for row in rows:
            print(json.dumps(_answer_row(service, program, row, given), ensure_ascii=False), flush=True)
        return
    request = AskRequest(question=" ".join(question or ()), **given)
    answer = open_service(program, corpus).ask(request, today=program.today)
    if as_json:
        print(json.dumps(as_document(answer), ensure_ascii=False, indent=2))
    else:
        from bot.cli.text import print_answer

        print_answer(program.console, answer)


def open_service(program: Program, paths: list[Path] | None) -> Service:
    """The service on these paths, or on the stored corpus; says on standard error when it is the sample."""
    from bot.service import Service

    service = Service.open(program.settings, paths or ())
    if service.is_sample:
        print("No statements of your own yet: answering from the invented sample that ships.", file=sys.stderr)
    return service


def as_document(answer: Answer) -> dict[str, Any]:
    """The JSON of CONTRACT: the answer itself, its notes as sentences."""
    from bot.messages import note

    document = answer.model_dump(mode="json")
    document["notes"] = [note(item, answer.locale) for item in answer.notes]
    if not any(excerpt.citation for excerpt in answer.excerpts):
        for excerpt in document["excerpts"]:
            del excerpt["citation"]
    return document


def _read_batch(path: Path) -> list[str]:
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise UnreadableError(str(path), "not_found", f'"{path}" cannot be read: {reason}.') from None
    return [line for line in text.split("\n") if line.strip()]


def _answer_row(service: Service, program: Program, line: str, given: dict[str, Any]) -> dict[str, Any]:
    """One row's answer with its id; a bad row says what is wrong with it, and the rest go on."""
    row_id: Any = None
    try:
        row = json.loads(line)
        if not isinstance(row, dict):
            raise UsageError('A row is an object: {"id": "…", "question": "…"}.')
        row_id = row.get("id")
        question, previous = row.get("question"), row.get("previous", [])
        if not isinstance(question, str) or not isinstance(previous, list) or not all(isinstance(p, str) for p in previous):
            raise UsageError('"question" is a text and "previous" a list of texts.')
        request = AskRequest(question=question, **{**given, "previous": tuple(previous) or given["previous"]})
        return {"id": row_id, **as_document(service.ask(request, today=program.today))}
    except json.JSONDecodeError:
        return {"id": row_id, "status": "none", "error": "This row is not JSON."}
    except ValidationError:
        return {"id": row_id, "status": "none", "error": "This row holds a value that cannot be read."}
    except UsageError as error:
        return {"id": row_id, "status": "none", "error": str(error)}
