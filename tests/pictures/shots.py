"""
One picture before it is drawn: what a member did, and what the bot answered, as a page for a phone.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import NamedTuple

from discord_server.limits import EPHEMERAL
from discord_server.uploads import Upload
from pictures.components import Json, texts_of, to_page
from pictures.markdown import to_html

THEMES = ("light", "dark")
_CSS = (Path(__file__).parent / "phone.css").read_text("utf-8")
_EYE = '<svg viewBox="0 0 16 16"><path d="M1 8q7-8.500 14 0-7 8.500-14 0z"/><circle cx="8" cy="8" r="2"/></svg>'
# What Discord itself writes around messages; none of it is the bot's.
_WORDS = {
    "en": {"used": "used", "only": "Only you can see this", "dismiss": "Dismiss message", "send": "Submit"},
    "es": {"used": "usó", "only": "Solo tú puedes ver esto", "dismiss": "Descartar mensaje", "send": "Enviar"},
}
_CANCEL = {"en": "Cancel", "es": "Cancelar"}


class Shot(NamedTuple):
    """
    What is seen of one thing that a member did.

    Attributes:
        member: Who.
        locale: Of their Discord, "en" or "es".
        command: The command that they used, with its slash; "" where they did something else.
        wrote: What they wrote in the channel, "" without.
        message: What the bot answered; `None` where it opened a form.
        modal: The form.
        uploads: The files, by their id.
    """

    member: str
    locale: str
    command: str = ""
    wrote: str = ""
    message: Json | None = None
    modal: Json | None = None
    uploads: Mapping[str, Upload] = {}

    @property
    def texts(self) -> list[str]:
        """Every word of the bot that is seen, from top to bottom."""
        if self.modal is not None:
            return [self.modal["title"], *texts_of(self.modal["components"])]
        assert self.message is not None
        return [*filter(None, [self.message["content"]]), *texts_of(self.message["components"])]

    def page(self, theme: str) -> str:
        """The HTML page, light or dark."""
        shown = self._form() if self.modal is not None else f"{self._written()}{self._above()}{self._answer()}"
        return (
            f'<!DOCTYPE html><html lang="{self.locale}"><meta charset="utf-8"><title>On Record</title>'
            f'<style>{_CSS}</style><body><div class="phone {theme}">{shown}</div></body></html>'
        )

    def _written(self) -> str:
        """The message of a member that mentions the bot."""
        if not self.wrote:
            return ""
        words = f'<div class="text"><span class="pill">@On Record</span> {escape(self.wrote)}</div>'
        return _message(self.member[0], self.member, words, member=True)

    def _above(self) -> str:
        """The line above the answer: the command, or the message that it replies to; nothing above any other."""
        if self.command:
            used = f'{_WORDS[self.locale]["used"]} <span class="command">{escape(self.command)}</span>'
            return f'<div class="above"><b>{escape(self.member)}</b> <span class="words">{used}</span></div>'
        if not self.wrote and not (self.message or {}).get("interaction_metadata"):
            return ""
        before = f'<span class="words">@On Record {escape(self.wrote)}</span>' if self.wrote else ""
        return f'<div class="above"><b>{escape(self.member if self.wrote else "On Record")}</b> {before}</div>'

    def _answer(self) -> str:
        assert self.message is not None
        content = self.message["content"]
        text = f'<div class="text">{to_html(content)}</div>' if content else ""
        private = self._private() if self.message["flags"] & EPHEMERAL else ""
        return _message("“”", "On Record", f"{text}{to_page(self.message['components'], self.uploads)}{private}")

    def _private(self) -> str:
        words = _WORDS[self.locale]
        return f'<div class="private">{_EYE}{words["only"]} · <b>{words["dismiss"]}</b></div>'

    def _form(self) -> str:
        assert self.modal is not None
        cancel, send = _CANCEL[self.locale], _WORDS[self.locale]["send"]
        buttons = f'<span class="button">{cancel}</span><span class="button send">{send}</span>'
        return (
            f'<div class="form"><h2>{escape(self.modal["title"])}</h2>'
            f'{to_page(self.modal["components"], self.uploads)}<div class="row">{buttons}</div></div>'
        )


def _message(face: str, name: str, body: str, *, member: bool = False) -> str:
    badge = "" if member else '<span class="badge">APP</span>'
    kind = "member" if member else "bot"
    return (
        f'<div class="message"><div class="face {kind}">{escape(face)}</div>'
        f'<div class="body"><div class="name">{escape(name)}{badge}</div>{body}</div></div>'
    )
