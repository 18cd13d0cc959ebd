"""
What is printed of a person as a message: names, titles and organizations with their dates, counts a year, quotes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.chat.card import MAX_TEXT, Block, Button, Card, button, fitting, size_of
from bot.chat.cards.parts import attribution, footer, remarks, row, sample_line, where
from bot.chat.markdown import block_quote, escape, shorten
from bot.chat.presses import PersonPress, SearchPress, write_press
from bot.chat.scene import Scene
from bot.messages import date_in_words, describe_reading, say, years_in_words
from retrieval.marks import without_marks
from retrieval.models import FoundQuote, Language, PersonProfile, PrintedForm
from retrieval.models.people import Said

MAX_CHOICES = 10  # buttons for those who may be meant

_HEAD, _FOOT = 1700, 800  # characters of what stands above and below the quotes
_MAX_FORMS = 5  # of each kind
_MAX_FORM = 120  # characters of a name or a title
_MAX_YEARS = 500  # characters


def person_card(
    profile: PersonProfile,
    scene: Scene,
    quotes: SearchPress | None = None,
    choices: Sequence[tuple[str, PersonPress]] = (),
) -> Card:
    """
    What is printed of a person, or why nobody is shown.

    Quotes that do not fit are left out from the last on, and the line above them says how many there are.

    Args:
        profile: What the service found.
        scene: Where the message will stand.
        quotes: The search for all quotes; `None` where a button cannot hold it.
        choices: Names among which the member has to choose, each with what its button holds.
    """
    locale = profile.locale
    foot = [
        *remarks(describe_reading(profile.corrected, {}, profile.notes, locale), _FOOT),
        *footer(locale, scene, quoted=bool(profile.quotes)),
    ]
    if not profile.name:
        return Card((Block("\n".join([*sample_line(locale, scene), *foot]), tuple(_choices(choices))),), scene.private)
    head = [
        block.text for block in fitting([Block(line) for line in [*sample_line(locale, scene), *_head(profile)]], _HEAD)
    ]
    blocks = [_quote(quote, locale, scene) for quote in profile.quotes]
    room = MAX_TEXT - size_of([*head, _counted(profile, len(blocks)), *foot])
    shown = fitting(blocks, room) or [_too_long(quote, locale, scene) for quote in profile.quotes[:1]]
    every = button(say("button_all_quotes", locale), press=write_press(quotes)) if quotes and shown else ()
    top = Block("\n".join([*head, *([_counted(profile, len(shown))] if shown else [])]))
    return Card(tuple(block for block in (top, *shown, Block("\n".join(foot), every)) if any(block)), scene.private)


def _head(profile: PersonProfile) -> Iterator[str]:
    locale = profile.locale
    yield f"**{_printed(profile.name or '')}**"
    yield say("person_total", locale, parts=_said(profile.total, locale))
    if profile.years:
        yield say("person_years", locale, years="".join(shorten(_years(profile), _MAX_YEARS)))
    if profile.undated.statements:
        yield say("person_undated", locale, parts=_said(profile.undated, locale))
    for kind in ("names", "titles", "organizations"):
        forms: tuple[PrintedForm, ...] = getattr(profile, kind)
        if forms:
            yield f"**{say(f'person_{kind}', locale)}**"
            yield from (f"- {_form(form, locale)}" for form in forms[:_MAX_FORMS])
        if more := len(forms[_MAX_FORMS:]):
            yield f"- {say('and_more', locale, count=more)}"


def _years(profile: PersonProfile) -> str:
    """Statements a year with the quotes in them; years side by side without any as one."""
    shown = []
    for silent, group in groupby(profile.years.items(), key=lambda item: not item[1].statements):
        years = list(group)
        if silent:
            shown.append(f"{years_in_words([year for year, _ in years], profile.locale)}: 0")
        else:
            shown += [f"{year}: {said.statements} ({said.quotes})" for year, said in years]
    return " · ".join(shown)


def _said(said: Said, locale: Language) -> str:
    counts = {"statements": said.statements, "quotes": said.quotes}
    return " · ".join(say(f"person_{name}", locale, count=count) for name, count in counts.items())


def _form(form: PrintedForm, locale: Language) -> str:
    """A form with how often it is printed, and from when to when."""
    dates = dict.fromkeys(date_in_words(date, locale) for date in (form.first, form.last))
    return " · ".join((_printed(form.text), " – ".join(dates), say("person_statements", locale, count=form.statements)))


def _printed(text: str) -> str:
    return escape("".join(shorten(text, _MAX_FORM)))


def _counted(profile: PersonProfile, shown: int) -> str:
    return say("person_newest_of", profile.locale, shown=shown, count=max(profile.total.quotes, len(profile.quotes)))


def _quote(quote: FoundQuote, locale: Language, scene: Scene) -> Block:
    """The words as they were published, whose they are and what can be done with them."""
    label = [say(f"{quote.kind}_label", locale)] if quote.kind != "body" else []
    words = block_quote(without_marks(quote.text, quote.statement.file))
    return Block(
        "\n".join([*label, words, *attribution(quote, locale), where(quote, locale)]), row(quote, locale, scene)
    )


def _too_long(quote: FoundQuote, locale: Language, scene: Scene) -> Block:
    return Block(f"{say('passage_too_long', locale)}\n{where(quote, locale)}", row(quote, locale, scene))


def _choices(choices: Sequence[tuple[str, PersonPress]]) -> Iterator[Button]:
    for name, press in choices[:MAX_CHOICES]:
        yield from button(name, press=write_press(press))
