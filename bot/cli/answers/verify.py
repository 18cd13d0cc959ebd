"""
`onrecord verify`: parse, call the service, print.
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
    ReplyLocale,
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
    from bot.service import Overview
    from retrieval.models import Verdict


def verify(
    ctx: typer.Context,
    text: Annotated[
        list[str] | None, typer.Argument(help="The quotation, from 3 words on; name and date may stand around it.")
    ] = None,
    corpus: Corpus = None,
    speaker: Annotated[str | None, typer.Option(help="Who is said to have said it: a person, an organization.")] = None,
    locale: ReplyLocale = None,
    cite: Cite = None,
    as_json: AsJson = False,
    batch: Annotated[
        Path | None, typer.Option(help="Quotations as JSON lines, - for standard input; one JSON line out for each.")
    ] = None,
) -> None:
    """Check a quotation word for word: is it there, and did that person say it?"""
    from retrieval.models import VerifyRequest

    if (batch is None) == (text is None):
        raise UsageError('Check one quotation: onrecord verify "…", or many with --batch FILE.')
    program: Program = ctx.obj
    given: dict[str, Any] = {"speaker": speaker, "locale": value_of(locale), "cite": value_of(cite)}
    service = open_service(program, corpus)

    def check(claimed: dict[str, Any]) -> Verdict:
        return service.verify(VerifyRequest(**{**given, **claimed}))

    if batch is not None:
        mention_sample(service)
        overview = service.overview()
        answer_batch(
            batch,
            lambda row: as_document(check(_claimed_in(row)), overview),
            {"status": "none"},
            '{"id": "…", "text": "…"}',
        )
        return
    verdict = check({"text": " ".join(text or ())})
    mention_sample(service)
    if as_json:
        print_json(as_document(verdict, service.overview()), indent=2)
    else:
        from bot.cli.text.verdicts import print_verdict

        print_verdict(program.console, verdict, service.overview(), program.settings.public_url)


def as_document(verdict: Verdict, overview: Overview) -> dict[str, Any]:
    """The JSON of CONTRACT: the verdict itself, its notes as sentences, and all of them as one `note`."""
    from bot.messages import describe_silence

    document = verdict.model_dump(mode="json")
    notes = sentences_of(verdict.notes, verdict.locale)
    if verdict.verdict == "not_found":
        notes.append(describe_silence(*overview[:3], verdict.locale))
    if document["found"]:
        document["found"] = without_absent(document["found"], "citation")
    return {**document, "notes": notes, "note": " ".join(notes) or None}


def _claimed_in(row: dict[str, Any]) -> dict[str, Any]:
    """What one row of a batch claims, and whose words they are said to be."""
    claimed = {"text": text_in(row, "text")}
    return claimed if row.get("speaker") is None else {**claimed, "speaker": text_in(row, "speaker")}
