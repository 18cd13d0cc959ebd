"""
What cards are made of: published words, whose they are and where they stand, and the buttons below them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from bot.chat.card import Block, Button, button, fitting, size
from bot.chat.markdown import block_quote, escape, shorten
from bot.chat.presses import PlacePress, PlaceVerb, write_press
from bot.chat.scene import Scene
from bot.messages import date_in_words, describe_gone, say
from bot.views import view_of
from retrieval.citations import Citable
from retrieval.links import link_to_words
from retrieval.marks import without_marks
from retrieval.models import CitedStatement, Excerpt, Filters, Language

_MAX_NAME = 80
_MAX_TITLE = 120
_MAX_NAMES = 3
_MAX_LINE = 300


def passage_block(excerpt: Excerpt, locale: Language, scene: Scene) -> Block:
    """An excerpt as it was published, with its citation and its buttons."""
    lines = [say(f"{excerpt.kind}_label", locale)] if excerpt.kind != "body" else []
    view = view_of(excerpt)
    lines.append(block_quote(view.text, view.highlights))
    if excerpt.cut:
        lines.append(say("cut_mark", locale))
    return Block(
        "\n".join([*lines, *attribution(excerpt, locale), where(excerpt, locale)]), row(excerpt, locale, scene)
    )


def passage_within(excerpt: Excerpt, locale: Language, scene: Scene, room: int) -> Block:
    """The same where there is room for so many characters; else where the words stand, but not a part of them."""
    block = passage_block(excerpt, locale, scene)
    if size(block.text) <= room:
        return block
    return block._replace(text=f"{say('passage_too_long', locale)}\n{where(excerpt, locale)}")


def row(found: Citable, locale: Language, scene: Scene) -> tuple[Button, ...]:
    """What can be done with words that are shown; what cannot be done here is left out."""
    return (
        *place_button("context", found, locale),
        *place_button("cite", found, locale),
        *(place_button("share", found, locale) if scene.shareable else ()),
        *(place_button("report", found, locale) if scene.reportable else ()),
        *source_button(found, locale, scene),
    )


def place_button(verb: PlaceVerb, found: Citable, locale: Language) -> tuple[Button, ...]:
    """The button that does this with these words."""
    statement = found.statement
    press = PlacePress(verb, locale, statement.id, statement.revision, found.start, found.end)
    return button(say(f"button_{verb}", locale), press=write_press(press))


def source_button(found: Citable, locale: Language, scene: Scene) -> tuple[Button, ...]:
    """The link to the words on the page they come from, or to their paragraph on the public site."""
    words = without_marks(found.text, found.statement.file)
    url = link_to_words(found.statement, words, found.paragraph, locale, scene.public_url)
    return button(say("button_source", locale), url=url) if url else ()


def attribution(found: Citable, locale: Language) -> list[str]:
    """Whose words these are: the speaker and where it was said, or the organisations that issued them."""
    speaker, statement = found.speaker, found.statement
    if speaker is not None:
        parts = [f"**{name_in(speaker.name, locale)}**"]
        parts += [name_in(part, locale) for part in (speaker.title, speaker.organization) if part]
        issued = [] if statement.organizations == (speaker.organization,) else statement.organizations
        return [", ".join(parts), *([say("statement_of", locale, names=names_in(issued, locale))] if issued else [])]
    if found.kind == "wrapper":
        return []
    return [f"**{names_in(found.issuer, locale)}**" if found.issuer else say("issuer_unknown", locale)]


def where(found: Citable, locale: Language) -> str:
    """Date with its precision, language, record number and paragraph, title: what lets a reader check the words."""
    return heading(found.statement, locale, paragraph=found.paragraph)


def heading(statement: CitedStatement, locale: Language, *, paragraph: int | None = None) -> str:
    """Date, language, record number and title of a statement, in one line, and that it is gone from its source."""
    language = statement.language if statement.language in ("en", "es") else "other"
    title, mark = shorten(statement.title, _MAX_TITLE)
    number = escape("".join(shorten(statement.id, _MAX_NAME)))
    return " · ".join(
        [
            date_in_words(statement.date, locale),
            say(f"language_{language}", locale),
            f"{number} ¶{paragraph}" if paragraph else number,
            say("quoted_title", locale, title=escape(title), mark=mark),
            *describe_gone(statement, locale),
        ]
    )


def name_in(name: str | None, locale: Language) -> str:
    """A name as printed; one that was lost in the source is said to be missing."""
    return say("name_missing", locale) if name is None else escape("".join(shorten(name, _MAX_NAME)))


def names_in(names: Sequence[str | None], locale: Language) -> str:
    """The first names of several, and how many more there are."""
    shown = [name_in(name, locale) for name in names[:_MAX_NAMES]]
    more = len(names) - len(shown)
    return "; ".join([*shown, *([say("and_more", locale, count=more)] if more else [])])


def filter_words(filters: Filters, locale: Language) -> Iterator[str]:
    """What narrows a search: whose words, from when, in which language; not their order."""
    for key, name in (("speaker", filters.speaker), ("organization", filters.organization)):
        if name:
            yield say(f"filter_{key}", locale, value=name_in(name, locale))
    yield from _dates_in_words(filters.since, filters.until, locale)
    yield say(f"filter_language_{filters.language}", locale)


def _dates_in_words(since: dt.date | None, until: dt.date | None, locale: Language) -> Iterator[str]:
    """From when to when: whole years as such, everything else by its days."""
    if since and until and (since.month, since.day, until.month, until.day) == (1, 1, 12, 31):
        yield f"{since.year}" if since.year == until.year else f"{since.year}–{until.year}"
        return
    for key, day in (("since", since), ("until", until)):
        if day is not None:
            yield say(f"filter_{key}", locale, value=date_in_words(day.isoformat(), locale))


def remarks(lines: Iterable[str], room: int) -> list[str]:
    """The first of these lines that have room, each once, shortened and shown as they are."""
    short = dict.fromkeys(escape("".join(shorten(line, _MAX_LINE))) for line in lines)
    return [block.text for block in fitting([Block(line) for line in short], room)]


def footer(locale: Language, scene: Scene, *, quoted: bool) -> list[str]:
    """Where the words come from, where to get legal help, and who sees this; `quoted` where there are words."""
    keys = (["footer"] if quoted else []) + (["footer_private"] if scene.private else [])
    line = " ".join(say(key, locale) for key in keys)
    referral = scene.referral(locale) if quoted else ""
    return [part for part in (escape(referral), line) if part]


def sample_line(locale: Language, scene: Scene) -> list[str]:
    """That nobody said any of this, where the record is empty and the invented sample answers."""
    return [say("sample_answers", locale)] if scene.sample else []
