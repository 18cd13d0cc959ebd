"""
`onrecord bot`: the Discord bot.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from bot.cli.answers.options import mention_sample

if TYPE_CHECKING:
    from bot.cli.main import Program


def bot(ctx: typer.Context) -> None:
    """Run the Discord bot (settings: .env.example)."""
    from bot.answering import ServiceProcess
    from bot.chat.running import run_bot

    program: Program = ctx.obj
    with ServiceProcess(program.settings) as service:
        mention_sample(service)
        run_bot(program.settings, service)
