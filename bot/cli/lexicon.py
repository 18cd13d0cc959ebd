"""
`onrecord lexicon …`: a further dictionary, from what is installed on this machine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from bot.cli.main import Program

lexicon_app = typer.Typer(rich_markup_mode=None)


@lexicon_app.callback()
def _lexicon() -> None:
    """Words between Spanish and English."""


@lexicon_app.command()
def build(ctx: typer.Context) -> None:
    """Read Apertium's dictionary, if it is installed, for the words that ours lacks."""
    from retrieval.apertium import bake
    from retrieval.wordlist import baked_path

    program: Program = ctx.obj
    table = baked_path(program.settings.data_dir)
    words = bake(table)
    typer.echo(f"{table}: {words:,} Spanish words with their English ones, read from the next start on.")
