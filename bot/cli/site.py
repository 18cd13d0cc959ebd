"""
`onrecord site`: the public pages of the record.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.answers.options import AsJson, Corpus, print_json

if TYPE_CHECKING:
    from bot.cli.main import Program


def site(
    ctx: typer.Context,
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Folder: missing, empty or a site.", show_default=False)],
    corpus: Corpus = None,
    as_json: AsJson = False,
) -> None:
    """Write the public pages of the record: a page for each statement, with an anchor for each paragraph."""
    from bot.cli.text.page import print_line
    from bot.site import open_record, write_site

    program: Program = ctx.obj
    record = open_record(program.settings, corpus or ())
    written = write_site(record, out, program.settings.public_url)
    if record.is_sample:
        print("No statements of your own yet: these pages show the invented sample that ships.", file=sys.stderr)
    if as_json:
        print_json({"out": str(out), **written._asdict(), "public_url": program.settings.public_url or None}, indent=2)
    else:
        count = f"{written.statements} statements in {written.files} files"
        print_line(program.console, f"{count}. Open {out / 'index.html'}.")
