"""
The tree of commands. Exit status: 0 done (an honest "the statements do not say" is 0), 2 wrong usage or input, 1
unexpected failure. With `--json`, standard output carries JSON and nothing else.
"""

from __future__ import annotations

import datetime as dt
import sys
from functools import cached_property
from typing import TYPE_CHECKING, Any

import typer

from bot.cli.answers import ask
from bot.cli.corpus import corpus_app
from bot.cli.evaluate import evaluate_app
from bot.cli.running import bot
from bot.settings import Settings, load_settings
from corpus.errors import OnRecordError, UsageError

if TYPE_CHECKING:
    from rich.console import Console


class Program:
    """What every command is given: settings, the day it is, and where to print. Made when first needed."""

    @cached_property
    def settings(self) -> Settings:
        """From the environment or `.env`."""
        return load_settings()

    @cached_property
    def today(self) -> dt.date:
        """The clock, read once."""
        return dt.datetime.now().astimezone().date()

    @cached_property
    def console(self) -> Console:
        """Standard output for people."""
        from rich.console import Console

        return Console(highlight=False, soft_wrap=True)


app = typer.Typer(
    name="onrecord",
    help="Answers questions with the exact words of an organisation's own public statements.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command()(ask)
app.command()(bot)
app.add_typer(corpus_app, name="corpus")
app.add_typer(evaluate_app, name="evaluate")


@app.callback()
def _program(ctx: typer.Context) -> None:
    ctx.obj = Program()


def main(arguments: list[str] | None = None) -> None:
    """
    Run one command and end with its exit status.

    An unexpected failure names its type only: a traceback or the failure's own words could hold a question.
    """
    for stream in (sys.stdout, sys.stderr):
        # A terminal that is not UTF-8 must not turn an answer into a failure.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        status = app(arguments, standalone_mode=False)
    except OnRecordError as error:
        status = _fail(str(error), 2 if isinstance(error, UsageError) else 1)
    except (KeyboardInterrupt, typer.Abort):
        status = 130
    except BrokenPipeError:
        # The reader (`| head`) went away; nothing is wrong.
        sys.stderr.close()
        status = 0
    except Exception as error:
        status = _explain(error)
    raise SystemExit(status if isinstance(status, int) else 0)


def _explain(error: Exception) -> int:
    if hasattr(error, "exit_code") and hasattr(error, "format_message"):
        command: Any = getattr(error, "ctx", None)
        path = command.command_path if command else "onrecord"
        return _fail(f"{error.format_message()} Try {path} --help", int(error.exit_code))
    return _fail(f"Something failed on our side ({type(error).__name__}). Nothing was changed.", 1)


def _fail(message: str, status: int) -> int:
    print(" ".join(message.split()), file=sys.stderr)
    return status
