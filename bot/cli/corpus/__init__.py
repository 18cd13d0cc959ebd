"""
`onrecord corpus …`: parse, call `bot/curation/`, print.
"""

from __future__ import annotations

import typer

from bot.cli.corpus.deciding import correct, erase, hide, unhide
from bot.cli.corpus.exchanging import export, import_
from bot.cli.corpus.reading import add, inspect, list_, show
from bot.cli.corpus.refreshing import check, history, refresh, rollback, status
from bot.cli.corpus.sources import source

corpus_app = typer.Typer(
    help="The statements that are stored: add, refresh, correct, hide, go back.", no_args_is_help=True
)
corpus_app.command()(add)
corpus_app.command()(refresh)
corpus_app.command()(status)
corpus_app.command()(source)
corpus_app.command("list")(list_)
corpus_app.command()(show)
corpus_app.command()(inspect)
corpus_app.command()(correct)
corpus_app.command()(hide)
corpus_app.command()(unhide)
corpus_app.command()(erase)
corpus_app.command()(history)
corpus_app.command()(rollback)
corpus_app.command()(export)
corpus_app.command("import")(import_)
corpus_app.command()(check)
