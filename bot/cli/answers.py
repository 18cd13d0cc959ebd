"""
`onrecord ask`: parse, call the service, print.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from corpus.errors import OnRecordError, UnreadableError, UsageError

if TYPE_CHECKING:
    from bot.cli.main import Program
    from bot.service import Service
    from retrieval.models import Answer


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
    corpus: Annotated[
        list[Path] | None, typer.Option(help="File or folder to read for this call. May be repeated.")
    ] = None,
    organization: Annotated[str | None, typer.Option(help="Only statements that it issued.")] = None,
    speaker: Annotated[str | None, typer.Option(help="Only what this person says.")] = None,
    since: Annotated[str | None, typer.Option(help="First day: YYYY, YYYY-MM or YYYY-MM-DD.", metavar="DATE")] = None,
    until: Annotated[str | None, typer.Option(help="Last day, inclusive.", metavar="DATE")] = None,
    language: Annotated[
        Languages, typer.Option(help="Language of the statements.", metavar="en|es|both")
    ] = Languages.both,
    locale: Annotated[Locale | None, typer.Option(help="Language of the reply's own words.", metavar="en|es")] = None,
    exact: Annotated[
        bool, typer.Option("--exact", help="Only my words: no translation, spelling or word stems.")
    ] = False,
    previous: Annotated[
        list[str] | None, typer.Option(help="An earlier question. May be repeated, oldest first.")
    ] = None,
    limit: Annotated[int, typer.Option("-n", help="How many excerpts.", min=1, max=50, metavar="1 to 50")] = 3,
    cite: Annotated[
        Style | None, typer.Option(help="Print citations to paste.", metavar="plain|markdown|mla|apa")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    batch: Annotated[
        Path | None, typer.Option(help="Questions as JSON lines, - for standard input; one JSON line out for each.")
    ] = None,
) -> None:
    """Answer a question with verbatim, dated excerpts."""
    if (batch is None) == (question is None):
        raise UsageError('Ask one question: onrecord ask "…", or many with --batch FILE.')
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
    if batch is not None:
        _answer_batch(ctx.obj, _read_lines(batch), corpus, given)
    else:
        _answer_one(ctx.obj, corpus, {**given, "question": " ".join(question or ())}, as_json=as_json)


def open_service(program: Program, paths: list[Path] | None) -> Service:
    """The service on these paths, or on the stored corpus."""
    from bot.service import Service

    return Service.open(program.settings, paths or ())


def mention_sample(service: Service) -> None:
    """Say on standard error when it is the sample that answers."""
    if service.is_sample:
        print("No statements of your own yet: answering from the invented sample that ships.", file=sys.stderr)


def as_document(answer: Answer) -> dict[str, Any]:
    """The JSON of CONTRACT: the answer itself, its notes as sentences."""
    from bot.messages import note

    document = answer.model_dump(mode="json")
    document["notes"] = [note(item, answer.locale) for item in answer.notes]
    for excerpt in document["excerpts"]:
        if excerpt["citation"] is None:
            del excerpt["citation"]
    return document


def print_json(document: dict[str, Any], *, indent: int | None = None) -> None:
    """Print one document, on one compact line without `indent`; in ASCII where the terminal does not take UTF-8."""
    ascii_only = sys.stdout.encoding.lower() not in ("utf-8", "utf8")
    separators = None if indent else (",", ":")
    print(json.dumps(document, ensure_ascii=ascii_only, indent=indent, separators=separators), flush=True)


def _answer_one(program: Program, paths: list[Path] | None, given: dict[str, Any], *, as_json: bool) -> None:
    from retrieval.models import AskRequest

    service = open_service(program, paths)
    answer = service.ask(AskRequest(**given), today=program.today)
    mention_sample(service)
    if as_json:
        print_json(as_document(answer), indent=2)
    else:
        from bot.cli.text import print_answer

        print_answer(program.console, answer)


def _answer_batch(program: Program, lines: Iterator[str], paths: list[Path] | None, given: dict[str, Any]) -> None:
    service = open_service(program, paths)
    mention_sample(service)
    failed = False
    for line in lines:
        row: dict[str, Any] = {"id": None}
        try:
            row |= _read_row(line)
            document = _answer_row(service, program, row, given)
        except OnRecordError as error:
            document = {"status": "none", "error": str(error)}
        except Exception as error:
            document = {"status": "none", "error": f"This failed on our side ({type(error).__name__})."}
            failed = True
        print_json({"id": row["id"], **document})
    if failed:
        raise OnRecordError("Some rows failed on our side; their lines say so.")


def _answer_row(service: Service, program: Program, row: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    from retrieval.models import AskRequest

    question, previous = row.get("question"), row.get("previous")
    previous = given["previous"] if previous is None else previous
    if not isinstance(question, str):
        raise UsageError('"question" should be a text.')
    if not isinstance(previous, list | tuple) or not all(isinstance(earlier, str) for earlier in previous):
        raise UsageError('"previous" should be a list of texts.')
    request = AskRequest(**{**given, "question": question, "previous": tuple(previous)})
    return as_document(service.ask(request, today=program.today))


def _read_lines(path: Path) -> Iterator[str]:
    """The lines of a file, or of standard input for `-`, that are not blank."""
    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        text = data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise UnreadableError(str(path), "not_readable", f'"{path}" cannot be read: {reason}.') from None
    return filter(str.strip, text.split("\n"))


def _read_row(line: str) -> dict[str, Any]:
    try:
        row = json.loads(line, parse_constant=_number, parse_float=_number)
    except (ValueError, RecursionError):
        raise UsageError("This row is not JSON.") from None
    if not isinstance(row, dict):
        raise UsageError('A row should be an object: {"id": "…", "question": "…"}.')
    return row


def _number(text: str) -> float:
    """Python also reads and writes NaN and Infinity, which are no JSON."""
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number
