"""
`onrecord bot`: the Discord bot.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from bot.cli.answers.options import mention_sample, open_service

if TYPE_CHECKING:
    from bot.cli.main import Program


def bot(ctx: typer.Context) -> None:
    """Run the Discord bot (settings: .env.example)."""
    from bot.chat.running import run_bot
    from retrieval.backends.embedded import use_compiled

    # Where it is not installed, answers are the same and take a little longer.
    use_compiled()
    program: Program = ctx.obj
    service = open_service(program, None)
    mention_sample(service)
    run_bot(program.settings, service)
