"""
`onrecord init`: every answer of a first set-up as an option; what is left open is asked.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.answers.options import Locale
from bot.cli.dialog import Dialog
from bot.cli.first_run import FirstRun
from corpus.errors import UsageError

Ids = list[str] | None
Asking = Annotated[Locale | None, typer.Option(help="Language of the questions; asked for first.", metavar="en|es")]
TokenFile = Annotated[
    Path | None, typer.Option(help="File that holds the bot's token; - reads it from standard input.", metavar="FILE")
]
Servers = Annotated[Ids, typer.Option("--server", help="Id of a server in which the bot answers.", metavar="ID")]
Roles = Annotated[Ids, typer.Option("--moderator-role", help="Id of a role that may moderate.", metavar="ID")]
Members = Annotated[Ids, typer.Option("--moderator", help="Id of a member who may moderate.", metavar="ID")]
Reports = Annotated[str | None, typer.Option(help="Id of the channel that takes reports.", metavar="ID")]
Announced = Annotated[str | None, typer.Option(help="Id of the channel for announcements.", metavar="ID")]
ReferralEn = Annotated[str | None, typer.Option(help="Where to get legal help, in English.", metavar="TEXT")]
ReferralEs = Annotated[str | None, typer.Option(help="The same in Spanish.", metavar="TEXT")]
Public = Annotated[bool | None, typer.Option("--public-replies/--private-replies", help="Who sees the replies.")]
DataDir = Annotated[str | None, typer.Option(help="Folder for statements and index.", metavar="FOLDER")]
Register = Annotated[bool | None, typer.Option(help="Tell Discord the commands.")]


def init(
    locale: Asking = None,
    token_file: TokenFile = None,
    server: Servers = None,
    moderator_role: Roles = None,
    moderator: Members = None,
    moderator_channel: Reports = None,
    announce_channel: Announced = None,
    referral_en: ReferralEn = None,
    referral_es: ReferralEs = None,
    public_replies: Public = None,
    data_dir: DataDir = None,
    register: Register = None,
) -> None:
    """Set the bot up: asks what it needs, checks it with Discord, writes .env, and ends with the doctor."""
    given = {
        "server_ids": _joined(server),
        "moderator_role_ids": _joined(moderator_role),
        "moderator_ids": _joined(moderator),
        "moderator_channel_id": moderator_channel,
        "announce_channel_id": announce_channel,
        "referral_en": referral_en,
        "referral_es": referral_es,
        "public_replies": None if public_replies is None else str(public_replies).lower(),
        "data_dir": data_dir,
    }
    answers = {name: value.strip() for name, value in given.items() if value is not None}
    FirstRun(Dialog(locale.value if locale else None), answers).run(_token_in(token_file), register)


def _joined(ids: Ids) -> str | None:
    return None if ids is None else ",".join(ids)


def _token_in(file: Path | None) -> str | None:
    if file is None:
        return None
    try:
        token = sys.stdin.read() if str(file) == "-" else file.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise UsageError(f"--token-file {file} cannot be read. It holds the token and nothing else.") from None
    return token.strip()
