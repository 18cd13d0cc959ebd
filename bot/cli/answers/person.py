"""
`onrecord person`: parse, call the service, print.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.answers.options import (
    AsJson,
    Corpus,
    ReplyLocale,
    mention_sample,
    open_service,
    print_json,
    sentences_of,
    value_of,
    without_absent,
)

if TYPE_CHECKING:
    from bot.cli.main import Program
    from retrieval.models import PersonProfile


def person(
    ctx: typer.Context,
    name: Annotated[list[str], typer.Argument(help="A name, or a part of it that one person has.", show_default=False)],
    corpus: Corpus = None,
    locale: ReplyLocale = None,
    limit: Annotated[int, typer.Option("-n", help="How many quotes.", min=1, max=50, metavar="1 to 50")] = 3,
    as_json: AsJson = False,
) -> None:
    """Show what is printed of somebody: names, titles, organizations, quotes a year."""
    from retrieval.models import PersonRequest

    program: Program = ctx.obj
    given: dict[str, Any] = {"name": " ".join(name), "locale": value_of(locale), "limit": limit}
    service = open_service(program, corpus)
    profile = service.person(PersonRequest(**given))
    mention_sample(service)
    if as_json:
        print_json(as_document(profile), indent=2)
    else:
        from bot.cli.text.people import print_person

        print_person(program.console, profile, program.settings.public_url)


def as_document(profile: PersonProfile) -> dict[str, Any]:
    """The JSON of CONTRACT: the profile itself, its notes as sentences."""
    document = profile.model_dump(mode="json")
    document["notes"] = sentences_of(profile.notes, profile.locale)
    document["quotes"] = [without_absent(quote, "citation") for quote in document["quotes"]]
    return document
