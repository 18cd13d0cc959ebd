"""
A whole statement page by page, and the statements of a title to choose from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot import messages
from bot.chat.card import MAX_TEXT, Block, Button, Card, button, fitting, size_of
from bot.chat.cards.pages import OWN, Part, page_with, pages_of
from bot.chat.cards.parts import footer, heading, name_in, names_in, remarks, sample_line
from bot.chat.markdown import escape, shorten
from bot.chat.presses import PagePress, write_press
from bot.chat.scene import Scene
from bot.messages import date_in_words, describe_gone, say
from retrieval.links import link_to_statement
from retrieval.models import CitedStatement, FullStatement, Language, StatementList

LISTED = 10  # statements of a list

# Characters of what stands above and below a page.
_HEAD, _FOOT = 1000, 800
_MAX_TITLE = 200
_MAX_VERSIONS = 3


def statement_card(whole: FullStatement, press: PagePress, scene: Scene) -> Card:
    """
    A page of a statement: title, issuers, date with its evidence, paragraphs with their numbers.

    Args:
        whole: The statement.
        press: Names the paragraph whose page is shown, and the locale.
        scene: Where the message will stand.
    """
    locale, pages = press.locale, pages_of(whole, press.locale)
    number = page_with(pages, press.paragraph, press.part)
    folded = sum(paragraph.kind not in OWN for paragraph in whole.paragraphs)
    last = number == len(pages) - 1
    buttons = (*_turns(whole, pages, number, locale), *_source(whole, locale, scene))
    foot = [
        *([say("furniture_folded", locale, count=folded)] if folded and last else []),
        *footer(locale, scene, quoted=True),
    ]
    head = [*sample_line(locale, scene), *_head(whole, locale)]
    if len(pages) > 1:
        head.insert(len(head) - bool(whole.versions), say("page_of", locale, page=number + 1, count=len(pages)))
    return Card(
        (
            Block("\n".join(_fitting_lines(head, _HEAD)), tuple(_versions(whole, locale))),
            *([Block("\n".join(part.text for part in pages[number]))] if pages[number] else []),
            Block("\n".join(_fitting_lines(foot, _FOOT)), buttons),
        ),
        scene.private,
    )


def list_card(found: StatementList, scene: Scene, *, newest: bool) -> Card:
    """
    Statements to choose from, each with a button that opens it.

    Args:
        found: At most `LISTED` are shown.
        scene: Where the message will stand.
        newest: No title was typed.
    """
    locale = found.locale
    notes = remarks((messages.note(note, locale) for note in found.notes), _FOOT)
    if not found.statements:
        unknown = say("no_statements" if newest else "statement_unknown", locale, ask=say("command_ask", locale))
        lines = [unknown, *notes]
        return Card((Block("\n".join(_fitting_lines(lines, MAX_TEXT))),), scene.private)
    top = [*sample_line(locale, scene), say("statements_newest" if newest else "statements_found", locale)]
    foot = [*notes, *footer(locale, scene, quoted=False)]
    lines = [f"- {heading(statement, locale)}" for statement in found.statements[:LISTED]]
    lines = _fitting_lines(lines, MAX_TEXT - size_of([*top, *foot]) - _HEAD)
    more = found.total - len(lines)
    if more and not newest:
        foot.insert(0, say("statements_more", locale, count=more))
    opened = tuple(one for statement in found.statements[: len(lines)] for one in _open(statement, locale))
    return Card(
        tuple(
            block
            for block in (Block("\n".join(top)), Block("\n".join(lines), opened), Block("\n".join(foot)))
            if any(block)
        ),
        scene.private,
    )


def _head(whole: FullStatement, locale: Language) -> Iterator[str]:
    """What lets a reader check it; the title first, then what is left out last."""
    statement = whole.statement
    title, mark = shorten(statement.title, _MAX_TITLE)
    yield f"**{escape(title)}**{mark}" if title else name_in(statement.id, locale)
    date = date_in_words(statement.date, locale)
    if statement.date:
        date = f"{date} ({say(f'evidence_{statement.date_evidence}', locale)})"
    number = name_in(statement.id, locale)
    yield " · ".join([date, _language(statement, locale), number, *describe_gone(statement, locale)])
    yield names_in(statement.organizations, locale) or say("issuer_unknown", locale)
    if whole.versions:
        names = [f"{name_in(one.id, locale)} ({_language(one, locale)})" for one in whole.versions[:_MAX_VERSIONS]]
        more = len(whole.versions) - len(names)
        names += [say("and_more", locale, count=more)] if more else []
        yield say("versions", locale, versions=", ".join(names))


def _language(statement: CitedStatement, locale: Language) -> str:
    return say(f"language_{statement.language if statement.language in ('en', 'es') else 'other'}", locale)


def _turns(whole: FullStatement, pages: Sequence[Sequence[Part]], number: int, locale: Language) -> Iterator[Button]:
    """To the pages beside this one."""
    statement = whole.statement
    for key, other in (("previous", number - 1), ("next", number + 1)):
        if 0 <= other < len(pages):
            first = pages[other][0]
            press = PagePress(locale, first.paragraph, statement.revision, statement.id, first.part, turns=True)
            yield from button(say(f"button_{key}", locale), press=write_press(press))


def _source(whole: FullStatement, locale: Language, scene: Scene) -> tuple[Button, ...]:
    """To where the statement was published, or to its page on the public site."""
    url = link_to_statement(whole.statement, locale, scene.public_url)
    return button(say("button_source", locale), url=url) if url else ()


def _versions(whole: FullStatement, locale: Language) -> Iterator[Button]:
    for other in whole.versions[:_MAX_VERSIONS]:
        label = say("button_version", locale, id=other.id, language=_language(other, locale))
        press = PagePress(locale, 1, other.revision, other.id, turns=True)
        yield from button(label, press=write_press(press))


def _open(statement: CitedStatement, locale: Language) -> tuple[Button, ...]:
    press = PagePress(locale, 1, statement.revision, statement.id)
    return button(say("button_open", locale, id=statement.id), press=write_press(press))


def _fitting_lines(lines: Sequence[str], room: int) -> list[str]:
    return [block.text for block in fitting([Block(line) for line in lines], room)]
