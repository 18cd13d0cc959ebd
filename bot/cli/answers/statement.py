"""
`onrecord statement`: one statement whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.answers.options import (
    AsJson,
    Corpus,
    ReplyLocale,
    mention_sample,
    open_service,
    print_json,
    value_of,
)

if TYPE_CHECKING:
    from bot.cli.main import Program
    from retrieval.models import Language


def statement(
    ctx: typer.Context,
    id: Annotated[str, typer.Argument(metavar="ID", help="Its record number.", show_default=False)],
    corpus: Corpus = None,
    locale: ReplyLocale = None,
    as_json: AsJson = False,
) -> None:
    """Show one statement whole, by its record number."""
    program: Program = ctx.obj
    service = open_service(program, corpus)
    whole = service.statement(id)
    mention_sample(service)
    if as_json:
        print_json(whole.model_dump(mode="json"), indent=2)
        return
    from bot.cli.text.statements import print_statement

    spoken = whole.statement.language
    shown: Language = "es" if (value_of(locale) or spoken) == "es" else "en"
    print_statement(program.console, whole, shown, program.settings.public_url)
