"""
The tree of commands, and the one place that catches. Exit status: 0 done (an honest "the statements do not say" is 0),
2 wrong usage or input, 1 unexpected failure. With `--json`, standard output carries JSON and nothing else.
"""

from __future__ import annotations

import codecs
import datetime as dt
import gc
import io
import os
import sys
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from bot.cli.answers.ask import ask
from bot.cli.answers.person import person
from bot.cli.answers.quote import quote
from bot.cli.answers.statement import statement
from bot.cli.answers.timeline import timeline
from bot.cli.answers.verify import verify
from bot.cli.backup import backup, restore
from bot.cli.bench import bench
from bot.cli.corpus import corpus_app
from bot.cli.doctor import doctor
from bot.cli.evaluate import evaluate_app
from bot.cli.lexicon import lexicon_app
from bot.cli.running import bot
from bot.cli.setup import init
from bot.cli.site import site
from bot.cli.usage import describe_usage
from corpus.errors import OnRecordError, UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from bot.settings import Settings


class Program:
    """What every command is given: settings, the day it is, and where to print. Made when first needed."""

    @cached_property
    def settings(self) -> Settings:
        """From the environment or `.env`."""
        from bot.settings import load_settings

        return load_settings()

    @cached_property
    def today(self) -> dt.date:
        """The clock, read once."""
        return dt.datetime.now().astimezone().date()

    @cached_property
    def now(self) -> dt.datetime:
        """The moment at which the command began, for the history."""
        return dt.datetime.now(dt.UTC).replace(microsecond=0)

    @cached_property
    def console(self) -> Console:
        """Standard output for people."""
        from bot.cli.text.page import Page

        return Page(highlight=False)


app = typer.Typer(
    help="Answers questions with the exact words of an organisation's own public statements.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(ask)
app.command()(quote)
app.command()(verify)
app.command()(timeline)
app.command()(person)
app.command()(statement)
app.command()(bot)
app.command()(init)
app.command()(doctor)
app.command()(site)
app.command()(bench)
app.command()(backup)
app.command()(restore)
app.add_typer(corpus_app, name="corpus", no_args_is_help=False)
app.add_typer(evaluate_app, name="evaluate")
app.add_typer(lexicon_app, name="lexicon")


@app.callback()
def _program(ctx: typer.Context) -> None:
    ctx.obj = Program()


@cache
def command_tree() -> Any:
    """Every command with its options, made once: that takes as long as many a command."""
    return typer.main.get_command(app)


def main(arguments: list[str] | None = None) -> None:
    """Run one command and end with its exit status."""
    _prepare_streams()
    # What start-up makes lives to the end: looking for garbage among it takes a tenth of a second and finds none.
    gc.set_threshold(50_000)
    status = _run(arguments)
    try:
        sys.stdout.flush()
    except OSError as error:
        status = status or _explain(error)
        # What is still held back must not fail once more when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise SystemExit(status)


def _prepare_streams() -> None:
    """A terminal that cannot show a character, or is closed, must not turn an answer into a failure."""
    codecs.register_error("spelled_out", _spell_out)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w"))  # noqa: SIM115 (until the end)
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="spelled_out")


def _spell_out(error: UnicodeError) -> tuple[str, int]:
    """`\\u2019` for what cannot be encoded: readable, and JSON stays JSON."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[place : place + 4]}" for place in range(0, len(units), 4)), error.end


def _run(arguments: list[str] | None) -> int:
    try:
        status = command_tree()(arguments, prog_name="onrecord", standalone_mode=False)
    except OnRecordError as error:
        return _fail(str(error), 2 if isinstance(error, UsageError) else 1)
    except (KeyboardInterrupt, typer.Abort):
        return 130
    except Exception as error:
        return _explain(error)
    return status if isinstance(status, int) else 0


def _explain(error: Exception) -> int:
    """
    The exit status of a failure that no command expects, after one line about it.

    An unexpected one names its type only: a traceback or the failure's own words could hold a question.
    """
    if isinstance(error, BrokenPipeError):
        # The reader (`| head`) went away; nothing is wrong.
        return 0
    if hasattr(error, "exit_code") and hasattr(error, "format_message"):
        return _fail(describe_usage(error), int(error.exit_code))
    # The words of the operating system hold nobody's question.
    reason = f": {error.strerror}" if isinstance(error, OSError) and error.strerror else ""
    return _fail(f"Something failed on our side ({type(error).__name__}{reason}). Nothing was changed.", 1)


def _fail(message: str, status: int) -> int:
    from bot.cli.text.page import safe

    print(safe(" ".join(message.split())), file=sys.stderr)
    return status
