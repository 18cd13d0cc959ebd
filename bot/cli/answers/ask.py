"""
`onrecord ask`: parse, call the service, print.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.answers.batches import answer_batch, text_in
from bot.cli.answers.options import (
    AsJson,
    Cite,
    Corpus,
    Languages,
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
    from retrieval.models import Answer


def ask(
    ctx: typer.Context,
    question: Annotated[list[str] | None, typer.Argument(help="The question.", show_default=False)] = None,
    corpus: Corpus = None,
    organization: Organization = None,
    speaker: Speaker = None,
    since: Since = None,
    until: Until = None,
    language: Annotated[
        Languages, typer.Option(help="Language of the statements.", metavar="en|es|both")
    ] = Languages.both,
    locale: ReplyLocale = None,
    exact: Annotated[
        bool, typer.Option("--exact", help="Only my words: no translation, spelling or word stems.")
    ] = False,
    previous: Annotated[
        list[str] | None, typer.Option(help="An earlier question. May be repeated, oldest first.")
    ] = None,
    limit: Annotated[int, typer.Option("-n", help="How many excerpts.", min=1, max=50, metavar="1 to 50")] = 3,
    cite: Cite = None,
    as_json: AsJson = False,
    batch: Annotated[
        Path | None, typer.Option(help="Questions as JSON lines, - for standard input; one JSON line out for each.")
    ] = None,
) -> None:
    """Answer a question with verbatim, dated excerpts."""
    from retrieval.models import AskRequest

    if (batch is None) == (question is None):
        raise UsageError('Ask one question: onrecord ask "…", or many with --batch FILE.')
    program: Program = ctx.obj
    given: dict[str, Any] = {
        "organization": organization,
        "speaker": speaker,
        "since": since,
        "until": until,
        "language": language.value,
        "locale": value_of(locale),
        "exact": exact,
        "previous": tuple(previous or ()),
        "limit": limit,
        "cite": value_of(cite),
    }
    service = open_service(program, corpus)

    def answer(asked: dict[str, Any]) -> Answer:
        return service.ask(AskRequest(**{**given, **asked}), today=program.today)

    if batch is not None:
        mention_sample(service)
        answer_batch(
            batch, lambda row: as_document(answer(_asked_in(row))), {"status": "none"}, '{"id": "…", "question": "…"}'
        )
        return
    found = answer({"question": " ".join(question or ())})
    mention_sample(service)
    if as_json:
        print_json(as_document(found), indent=2)
    else:
        from bot.cli.text.answers import print_answer

        print_answer(program.console, found, program.settings.public_url)


def as_document(answer: Answer) -> dict[str, Any]:
    """The JSON of CONTRACT: the answer itself, its notes as sentences."""
    document = answer.model_dump(mode="json")
    document["notes"] = sentences_of(answer.notes, answer.locale)
    document["excerpts"] = [without_absent(excerpt, "citation") for excerpt in document["excerpts"]]
    return document


def _asked_in(row: dict[str, Any]) -> dict[str, Any]:
    """What one row of a batch asks, and its own earlier questions where it has them."""
    question, previous = text_in(row, "question"), row.get("previous")
    if previous is None:
        return {"question": question}
    if not isinstance(previous, list) or not all(isinstance(earlier, str) for earlier in previous):
        raise UsageError('"previous" should be a list of texts.')
    return {"question": question, "previous": tuple(previous)}
