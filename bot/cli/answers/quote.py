"""
`onrecord quote`: parse, call the service, print.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.answers.options import (
    AsJson,
    Cite,
    Corpus,
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

if TYPE_CHECKING:
    from bot.cli.main import Program
    from retrieval.models import QuoteReply


class Order(StrEnum):
    """In which order quotes are printed."""

    best = "best"
    newest = "newest"
    oldest = "oldest"


def quote(
    ctx: typer.Context,
    about: Annotated[str, typer.Option(help="What it is about, in English or Spanish.", metavar="TEXT")] = "",
    corpus: Corpus = None,
    speaker: Speaker = None,
    organization: Annotated[
        str | None, typer.Option(help="Only statements that it issued, and words of its people anywhere.")
    ] = None,
    since: Since = None,
    until: Until = None,
    order: Annotated[
        Order, typer.Option(help="Without --about, best is newest first.", metavar="best|newest|oldest")
    ] = Order.best,
    locale: ReplyLocale = None,
    limit: Annotated[int, typer.Option("-n", help="How many quotes.", min=1, max=50, metavar="1 to 50")] = 3,
    cite: Cite = None,
    as_json: AsJson = False,
) -> None:
    """Find what somebody said, word for word; without options, the quote of the day."""
    from retrieval.models import QuoteRequest

    program: Program = ctx.obj
    given: dict[str, Any] = {
        "about": about,
        "speaker": speaker,
        "organization": organization,
        "since": since,
        "until": until,
        "order": order.value,
        "locale": value_of(locale),
        "limit": limit,
        "cite": value_of(cite),
    }
    service = open_service(program, corpus)
    found = service.quote(QuoteRequest(**given), today=program.today)
    mention_sample(service)
    if as_json:
        print_json(as_document(found), indent=2)
    else:
        from bot.cli.text.quotes import print_quotes

        print_quotes(program.console, found, program.settings.public_url)


def as_document(reply: QuoteReply) -> dict[str, Any]:
    """The JSON of CONTRACT: the reply itself, its notes as sentences."""
    document = reply.model_dump(mode="json")
    document["notes"] = sentences_of(reply.notes, reply.locale)
    document["quotes"] = [without_absent(quote, "citation") for quote in document["quotes"]]
    return document
