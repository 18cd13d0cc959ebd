"""
The first set-up, step by step: token, servers, moderators, legal help; `.env`; invitation, commands, doctor.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

import typer

from bot.cli.dialog import Dialog
from corpus.errors import OnRecordError, UsageError

if TYPE_CHECKING:
    from bot.chat.lookups import Identity, Server

T = TypeVar("T")


class FirstRun:
    """
    One set-up.

    Args:
        dialog: Asks.
        answers: What options said already, by setting.

    Raises:
        UsageError: The settings file cannot be read.
    """

    def __init__(self, dialog: Dialog, answers: Mapping[str, str]) -> None:
        from bot.setup import ASKED, find_settings, read_text, values_in

        self._dialog = dialog
        self._answers: dict[str, str] = {name: value for name, value in answers.items() if name in ASKED}
        self._text = read_text()
        self._before = values_in(self._text)
        self._settings = find_settings().settings
        secret = self._settings.discord_token
        self._token = secret.get_secret_value() if secret else ""

    def run(self, token: str | None, register: bool | None) -> None:
        """From the token to the doctor."""
        self._check_answers()
        if self._dialog.asks:
            self._dialog.say("setup_welcome")
        identity = self._identify(token)
        if self._dialog.asks:
            identity = self._invite(identity)
            self._ask_all(identity)
        if self._write():
            self._finish(identity, register)
        else:
            self._dialog.say("setup_not_written")

    def _check_answers(self) -> None:
        """Options that cannot be meant end the set-up before anything is asked."""
        from bot.setup import accepts, variable_of

        for name, value in self._answers.items():
            if not accepts(name, value):
                should = self._dialog.sentence(f"setting_{name}")
                raise UsageError(self._dialog.sentence("doctor_setting_bad", variable=variable_of(name), should=should))

    def _identify(self, token: str | None) -> Identity:
        """Whose token it is: the one that is given, else the one that is set; asked for again until it is good."""
        while True:
            if token is None and self._dialog.asks:
                token = self._dialog.ask_secret("setup_ask_token_again" if self._token else "setup_ask_token")
            found = self._owner_of(token or self._token)
            if not isinstance(found, str):
                break
            if not self._dialog.asks:
                raise UsageError(self._dialog.sentence(found))
            self._dialog.say(found)
            token = None
        if token:
            self._answers["discord_token"] = self._token = token
        self._dialog.say("setup_known", name=found.name)
        return found

    def _owner_of(self, token: str) -> Identity | str:
        """Whose token it is, or the sentence on why it is nobody's."""
        from bot.chat.lookups import NotTold, identify
        from bot.setup import is_token

        if not is_token(token):
            return "doctor_token_odd" if token else "setup_token_missing"
        try:
            return identify(self._settings, token)
        except NotTold as error:
            if error.refused:
                return error.key
            raise OnRecordError(self._dialog.sentence(error.key, **error.values)) from None

    def _invite(self, identity: Identity) -> Identity:
        """Where the bot is in no server yet, the link comes first: then there are roles and channels to choose from."""
        from bot.chat.lookups import identify

        if identity.servers:
            return identity
        self._dialog.say("setup_invite_first")
        self._print_link(identity)
        self._dialog.wait("setup_invited")
        return self._told(lambda: identify(self._settings, self._token))

    def _ask_all(self, identity: Identity) -> None:
        """Every question that no option answered."""
        from bot.setup import ASKED

        for name in ASKED:
            # Without a server nobody moderates in Discord, whatever is answered.
            pointless = name.startswith("moderator_") and not self._value("server_ids")
            if name in self._answers or name == "discord_token" or pointless:
                continue
            if name == "public_replies":
                agreed = self._dialog.agrees("setup_ask_public_replies", self._settings.public_replies)
                self._answers[name] = str(agreed).lower()
                continue
            self._show_choice(name, identity)
            self._ask(name, str(identity.servers[0].id) if name == "server_ids" and len(identity.servers) == 1 else "")

    def _show_choice(self, name: str, identity: Identity) -> None:
        """What there is to choose from, as Discord tells it."""
        if name == "server_ids":
            self._dialog.show("setup_servers", identity.servers)
        elif name == "moderator_role_ids":
            self._dialog.show("setup_roles", self._server.roles)
        elif name == "moderator_channel_id":
            self._dialog.show("setup_channels", self._server.channels)

    @cached_property
    def _server(self) -> Server:
        from bot.chat.lookups import describe_servers

        ids = [int(id) for id in self._value("server_ids").split(",") if id.strip()]
        return self._told(lambda: describe_servers(self._settings, self._token, ids))

    def _ask(self, name: str, otherwise: str) -> None:
        from bot.setup import accepts, shown, variable_of

        default = self._value(name) or otherwise
        fits = accepts(name, default) and shown(variable_of(name), default) == default
        default = default if fits else ""
        self._answers[name] = self._dialog.ask(
            f"setup_ask_{name}", default, lambda typed: accepts(name, typed), f"setting_{name}"
        )

    def _value(self, name: str) -> str:
        from bot.setup import variable_of

        return self._answers.get(name, self._before.get(variable_of(name), ""))

    def _write(self) -> bool:
        """Say what changes and write it, unless somebody does not want it."""
        from bot.setup import ENV_FILE, changes, rewritten, shown, write_private

        wanted = changes(self._text, self._answers)
        for change in wanted if self._text else ():
            before, after = (shown(change.variable, value) for value in (change.before, change.after))
            self._dialog.say("setup_changes", variable=change.variable, before=before, after=after)
        if wanted and self._text and self._dialog.asks and not self._dialog.agrees("setup_sure"):
            return False
        write_private(rewritten(self._text, wanted))
        self._dialog.say("setup_written", file=str(ENV_FILE.absolute()))
        return True

    def _finish(self, identity: Identity, register: bool | None) -> None:
        """The link, the commands, the doctor."""
        from bot.chat.checkup import examine_discord
        from bot.chat.lookups import register as tell_commands
        from bot.cli.doctor import print_checks
        from bot.doctor import examine
        from bot.setup import find_settings, overruled

        for variable in overruled(self._answers):
            self._dialog.say("setup_overruled", variable=variable)
        self._dialog.say("setup_link")
        self._print_link(identity)
        settings = find_settings().settings
        if self._dialog.agrees("setup_ask_register") if register is None and self._dialog.asks else register:
            changed = self._told(lambda: tell_commands(settings, self._token))
            self._dialog.say("setup_registered" if changed else "doctor_commands")
        looks = (examine, lambda: examine_discord(settings))
        print_checks((check for look in looks for check in look()), self._dialog.locale)
        self._dialog.say("setup_next")

    def _told(self, look: Callable[[], T]) -> T:
        """
        What Discord answers.

        Raises:
            OnRecordError: It does not.
        """
        from bot.chat.lookups import NotTold

        try:
            return look()
        except NotTold as error:
            raise OnRecordError(self._dialog.sentence(error.key, **error.values)) from None

    def _print_link(self, identity: Identity) -> None:
        """The address of the invitation, and what each permission in it is for."""
        from bot.chat.permissions import USED, invite_link

        typer.echo(f"\n  {invite_link(identity.application)}\n")
        for key in USED.values():
            typer.echo(f"  {self._dialog.sentence(key)}")
