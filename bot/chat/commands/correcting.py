"""
`/corpus correct`, and the button "Correct" below a report: first what will change, then the change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from discord import app_commands

from bot.chat.cards.decisions import FIELDS, decided_card, done_line, preview
from bot.chat.commands.completing import complete_options
from bot.chat.commands.deciding import MAX_REASON, Number, Reason, attempt, is_private, visit_in_place
from bot.chat.commands.words import words
from bot.chat.desk import Desk, Untold
from bot.chat.forms import Field, filled_in, open_form
from bot.chat.markdown import escape
from bot.chat.presses import ModeratorPress, ModeratorVerb
from bot.chat.readback import texts_of, value_in
from bot.chat.typed import without_tags
from bot.chat.visits import Interaction, InteractionVisit, locale_of
from bot.messages import say
from corpus.corrections import (
    Correction,
    read_date,
    read_furniture,
    read_organizations,
    read_speaker,
    read_title,
)
from corpus.errors import BadDateError, UsageError
from corpus.models import Statement
from retrieval.models import Language

if TYPE_CHECKING:
    from bot.curation import Curation, Moderated

_MAX_VALUE = 200
# A form holds five fields, and one is the reason.
_IN_FORM = FIELDS[:4]
Words = app_commands.Range[str, 1, _MAX_VALUE]


class _Wanted(NamedTuple):
    """A correction as a moderator wants it: of which statement, what was typed by field, and why."""

    id: str
    typed: Mapping[str, str]
    reason: str


def correct_command(desk: Desk) -> app_commands.Command[Any, ..., None]:
    """Correct what was read of a statement; its text stays."""
    named = (*FIELDS, "number", "reason")

    @app_commands.command(name=words("command_correct"), description=words("command_correct_about"))
    @app_commands.rename(**{name: words(f"option_{_key(name)}") for name in named})
    @app_commands.describe(**{name: words(f"option_{_key(name)}_about") for name in named})
    async def correct(
        interaction: Interaction,
        number: Number,
        reason: Reason,
        date: Words | None = None,
        title: Words | None = None,
        organization: Words | None = None,
        speaker: Words | None = None,
        paragraph: app_commands.Range[int, 1, 9999] | None = None,
    ) -> None:
        given = (date, title, organization, speaker, paragraph and str(paragraph))
        typed = {field: without_tags(value) for field, value in zip(FIELDS, given, strict=True) if value}
        visit = InteractionVisit(interaction, desk.scene_of(interaction, private=True))
        wanted = _Wanted(number.strip(), typed, without_tags(reason))
        await _show(desk, interaction, visit, wanted, locale_of(interaction) or "en")

    complete_options(desk, correct)
    return correct


async def ask_what(desk: Desk, interaction: Interaction, press: ModeratorPress) -> None:
    """The form that asks what is to be corrected; `desk` is what every button is given."""
    locale = press.locale
    fields = [
        Field(
            field,
            say(f"form_{field}", locale),
            _MAX_VALUE,
            say(f"option_{_key(field)}_about", locale),
            required=False,
        )
        for field in _IN_FORM
    ]
    fields.append(Field("reason", say("form_reason", locale), MAX_REASON, say("option_reason_about", locale)))
    await open_form(interaction, say("form_correct", locale), press, fields)


async def show_what(desk: Desk, interaction: Interaction, press: ModeratorPress) -> None:
    """What the form will change, below the report."""
    filled = filled_in(interaction)
    typed = {field: filled[field] for field in _IN_FORM if filled.get(field)}
    wanted = _Wanted(press.place, typed, filled.get("reason", ""))
    await _show(desk, interaction, visit_in_place(desk, interaction, press), wanted, press.locale)


async def apply_it(desk: Desk, interaction: Interaction, press: ModeratorPress) -> None:
    """Make the correction that the message shows."""
    locale, (*above, shown) = press.locale, texts_of(interaction.message)
    typed = {field: value for field in FIELDS if (value := value_in(shown, f"new_{field}", "value"))}
    visit = visit_in_place(desk, interaction, press)
    decision = desk.moderators.decision(interaction, value_in(shown, "report_says", "reason"))

    def work(curation: Curation) -> Moderated:
        return curation.correct(press.place, lambda statement: _corrections(typed, statement, locale), decision)

    made = await attempt(desk, visit, press.place, work, locale)
    if made is None:
        return
    line = done_line("correct", made.ids, decision.by, decision.reason, locale)
    lines = [line, *(say(f"new_{field}", locale, value=escape(value)) for field, value in typed.items())]
    private = is_private(interaction)
    following: tuple[ModeratorVerb, ...] = () if private else ("hide", "correct")
    card = decided_card(above[:1], "\n".join(lines), following, press.place, locale, private=private)
    await visit.send(card)


async def _show(
    desk: Desk, interaction: Interaction, visit: InteractionVisit, wanted: _Wanted, locale: Language
) -> None:
    decision = desk.moderators.decision(interaction, wanted.reason)

    def work(curation: Curation) -> str:
        if not wanted.typed:
            raise Untold("correct_nothing")
        statement = curation.show(wanted.id, hidden=True)
        read = curation.correct(wanted.id, lambda one: _corrections(wanted.typed, one, locale), decision, dry_run=True)
        if not read.changes:
            raise Untold("correct_same", id=wanted.id)
        return preview(statement, wanted.typed, read.changes, wanted.reason, locale)

    shown = await attempt(desk, visit, wanted.id, work, locale)
    if shown is None:
        return
    private = is_private(interaction)
    above = [] if private else texts_of(interaction.message)
    await visit.send(decided_card(above, shown, ("apply", "keep"), wanted.id, locale, private=private))


def _corrections(typed: Mapping[str, str], statement: Statement, locale: Language) -> Sequence[Correction]:
    """
    What was typed, read for this statement.

    Raises:
        BadDateError: No date.
        Untold: The statement does not fit it.
    """
    found: list[Correction] = []
    for field, value in typed.items():
        try:
            found += _read(field, value, statement)
        except BadDateError:
            raise
        except UsageError:
            raise Untold("correct_unfit", id=statement.id, line=say(f"new_{field}", locale, value=value)) from None
    return found


def _read(field: str, value: str, statement: Statement) -> Sequence[Correction]:
    if field == "speaker":
        return read_speaker(value, statement)
    if field == "organization":
        return [read_organizations([name.strip() for name in value.split(";")])]
    if field == "paragraph":
        return [read_furniture(int(value), statement)]
    return [read_date(value) if field == "date" else read_title(value)]


def _key(field: str) -> str:
    """Of the option's name and description in the catalog: the same words mean something else where members search."""
    return field if field in ("number", "reason", "paragraph") else f"new_{field}"
