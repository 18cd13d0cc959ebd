"""
`onrecord bot`: the Discord bot.
"""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

import typer

from bot.cli.answers.options import mention_sample

if TYPE_CHECKING:
    from bot.cli.main import Program


def bot(ctx: typer.Context) -> None:
    """Run the Discord bot (settings: .env.example)."""
    from bot.answering import ServiceProcess
    from bot.chat.running import run_bot, token_of
    from bot.chat.watching.endpoint import take_port

    program: Program = ctx.obj
    # Before the record is opened, which takes longer than to say what is wrong with it.
    token_of(program.settings)
    number = program.settings.http_port
    with take_port(number) if number else nullcontext() as port, ServiceProcess(program.settings) as service:
        mention_sample(service)
        run_bot(program.settings, service, port)
