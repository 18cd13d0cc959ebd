"""
`/corpus hide`, `unhide`, `erase`, and the buttons below a report that do the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from discord import app_commands

from bot.chat.card import Card, card_of
from bot.chat.cards.decisions import decided_card, done_line, erase_card
from bot.chat.commands.completing import complete_options
from bot.chat.commands.words import words
from bot.chat.desk import Desk, Untold
from bot.chat.forms import Field, filled_in, open_form
from bot.chat.presses import ModeratorPress, ModeratorVerb
from bot.chat.readback import texts_of, value_in
from bot.chat.typed import without_tags
from bot.chat.visits import Interaction, InteractionVisit, locale_of
from bot.messages import say
from corpus.errors import BadDateError, UsageError
from corpus.store import Decision
from retrieval.models import Language

if TYPE_CHECKING:
    from bot.curation import Curation, Moderated

T = TypeVar("T")
MAX_REASON = 300
Number = app_commands.Range[str, 1, 60]
Reason = app_commands.Range[str, 1, MAX_REASON]
# What can be done next, after each decision.
_NEXT: dict[str, tuple[ModeratorVerb, ...]] = {
    "hide": ("unhide",),
    "unhide": ("hide", "correct", "dismiss"),
    "erase": (),
    "dismiss": (),
}


def hide_command(desk: Desk) -> app_commands.Command[Any, ..., None]:
    """Take a statement out of every answer and list, from the next question on."""

    @app_commands.command(name=words("command_hide"), description=words("command_hide_about"))
    @app_commands.rename(number=words("option_number"), reason=words("option_reason"))
    @app_commands.describe(number=words("option_number_about"), reason=words("option_reason_about"))
    async def hide(interaction: Interaction, number: Number, reason: Reason) -> None:
        await _decide(desk, interaction, ModeratorPress("hide", _locale(interaction), number.strip()), reason)

    complete_options(desk, hide)
    return hide


def unhide_command(desk: Desk) -> app_commands.Command[Any, ..., None]:
    """Bring a hidden statement back."""

    @app_commands.command(name=words("command_unhide"), description=words("command_unhide_about"))
    @app_commands.rename(number=words("option_number"), reason=words("option_reason"))
    @app_commands.describe(number=words("option_number_about"), reason=words("option_reason_about"))
    async def unhide(interaction: Interaction, number: Number, reason: Reason | None = None) -> None:
        await _decide(desk, interaction, ModeratorPress("unhide", _locale(interaction), number.strip()), reason or "")

    return unhide


def erase_command(desk: Desk) -> app_commands.Command[Any, ..., None]:
    """Take the text of a statement out of the record for good; asks a second time."""

    @app_commands.command(name=words("command_erase"), description=words("command_erase_about"))
    @app_commands.rename(number=words("option_number"), reason=words("option_reason"))
    @app_commands.describe(number=words("option_number_about"), reason=words("option_reason_about"))
    async def erase(interaction: Interaction, number: Number, reason: Reason) -> None:
        visit = InteractionVisit(interaction, desk.scene_of(interaction, private=True))
        id, locale = number.strip(), _locale(interaction)

        def ask(curation: Curation) -> Card:
            return erase_card(curation.show(id, hidden=True), without_tags(reason), locale)

        if card := await attempt(desk, visit, id, ask, locale):
            await visit.send(card)

    complete_options(desk, erase)
    return erase


async def ask_why(desk: Desk, interaction: Interaction, press: ModeratorPress) -> None:
    """The form that asks for the reason to hide; `desk` is what every button is given."""
    field = Field("reason", say("form_reason", press.locale), MAX_REASON, say("option_reason_about", press.locale))
    await open_form(interaction, say("form_hide", press.locale), press, [field])


async def hide_for(desk: Desk, interaction: Interaction, press: ModeratorPress) -> None:
    """Hide, with the reason of the form."""
    await _decide(desk, interaction, press, filled_in(interaction).get("reason", ""), pressed=True)


async def decide_at_once(desk: Desk, interaction: Interaction, press: ModeratorPress) -> None:
    """Show again, dismiss."""
    await _decide(desk, interaction, press, "", pressed=True)


async def erase_for_good(desk: Desk, interaction: Interaction, press: ModeratorPress) -> None:
    """Erase, with the reason that the message holds."""
    reason = value_in("\n".join(texts_of(interaction.message)), "report_says", "reason")
    await _decide(desk, interaction, press, reason, pressed=True)


async def keep(desk: Desk, interaction: Interaction, press: ModeratorPress) -> None:
    """Change nothing; a report stands there as it was before."""
    visit = visit_in_place(desk, interaction, press)
    if is_private(interaction):
        await visit.send(card_of(say("nothing_changed", press.locale), private=True))
        return
    *above, _ = texts_of(interaction.message)
    line = say("nothing_changed", press.locale)
    await visit.send(decided_card(above, line, _NEXT["unhide"], press.place, press.locale, private=False))


async def attempt(
    desk: Desk, visit: InteractionVisit, id: str, work: Callable[[Curation], T], locale: Language
) -> T | None:
    """What a verb gives back; `None` where it could not be done, which was said."""

    def blocking(_: object) -> T:
        if not desk.moderators.has_record():
            raise Untold("nothing_stored")
        try:
            return work(desk.moderators.curation())
        except BadDateError:
            raise
        except UsageError:
            raise Untold("number_unknown", id=id) from None

    await desk.go_first(visit)
    return await desk.prepare(visit, blocking, locale, pressed=True)


def visit_in_place(desk: Desk, interaction: Interaction, press: ModeratorPress) -> InteractionVisit:
    """A visit whose answer takes the place of the message with the button."""
    scene = desk.scene_of(interaction, private=True)
    return InteractionVisit(interaction, scene, press.locale, in_place=True)


def is_private(interaction: Interaction) -> bool:
    """Whether only this moderator sees the message; else it is a report that all moderators see."""
    return interaction.message is None or interaction.message.flags.ephemeral


async def _decide(
    desk: Desk, interaction: Interaction, press: ModeratorPress, reason: str, *, pressed: bool = False
) -> None:
    """Decide about a statement, and show what was done and by whom: in a report, in place of the reported words."""
    locale, id = press.locale, press.place
    visit = InteractionVisit(interaction, desk.scene_of(interaction, private=True), locale, in_place=pressed)
    decision = desk.moderators.decision(interaction, without_tags(reason))
    verb = press.verb
    made = await attempt(desk, visit, id, lambda curation: _act(curation, verb, id, decision), locale)
    if made is None:
        return
    # What is hidden or gone is in no message either: of a report only its head stays.
    above = [] if is_private(interaction) else texts_of(interaction.message)[: None if verb == "dismiss" else 1]
    line = done_line(verb if made else f"{verb}_before", made or [id], decision.by, decision.reason, locale)
    following = _NEXT[verb] if verb != "unhide" or above else ("hide",)
    await visit.send(decided_card(above, line, following, id, locale, private=not above))


def _act(curation: Curation, verb: ModeratorVerb, id: str, decision: Decision) -> list[str]:
    """The statements that are different now; none where they were so before."""
    if verb == "dismiss":
        curation.dismiss(id, decision)
        return [id]
    act: dict[str, Callable[[str, Decision], Moderated]] = {
        "hide": curation.hide,
        "unhide": curation.unhide,
        "erase": curation.erase,
    }
    return list(act[verb](id, decision).ids)


def _locale(interaction: Interaction) -> Language:
    return locale_of(interaction) or "en"
