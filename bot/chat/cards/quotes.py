"""
Quotes as a message: the words somebody spoke, parts of one utterance together, with who says them, when and where.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.chat.card import MAX_TEXT, Block, Button, Card, button, fitting, size_of
from bot.chat.cards.answer import MOST, PAGE
from bot.chat.cards.parts import (
    attribution,
    filter_words,
    footer,
    name_in,
    names_in,
    remarks,
    row,
    sample_line,
    where,
)
from bot.chat.markdown import block_quote, escape, shorten
from bot.chat.presses import SearchPress, write_press
from bot.chat.scene import Scene
from bot.messages import describe_reading, say
from retrieval.marks import without_marks
from retrieval.models import FoundQuote, Language, Order, QuoteReply, QuoteRequest
from retrieval.surroundings import MAX_CHARS

_MAX_CHOICES = 5  # buttons; further names stand in words
_MAX_NAMED = 8
_MAX_WORDS = 100  # characters of a list of words
_LEFT_OUT = frozenset({"undated_left_out", "imprecise_left_out"})
_MAX_REMARKS = 600  # characters of what was read into the request and what was left out


class Choice(NamedTuple):
    """Somebody who may be meant, and the search that is made if it is so."""

    name: str
    press: SearchPress


class _Utterance(NamedTuple):
    """
    Parts of what one person says in one place of a statement.

    Attributes:
        parts: In their order in the statement.
        numbers: Their places in the reply.
    """

    parts: tuple[FoundQuote, ...]
    numbers: tuple[int, ...]


def quote_card(
    reply: QuoteReply,
    request: QuoteRequest,
    scene: Scene,
    press: SearchPress | None = None,
    choices: Sequence[Choice] = (),
) -> Card:
    """
    The message that shows quotes.

    Those that do not fit are left out from the last on; one that is too long by itself is named with its record number.

    Args:
        reply: What the service found, with all quotes from the first on.
        request: What was asked, private numbers left out.
        scene: Where the message will stand.
        press: The search that was made, for the buttons below; `None` where it cannot be made again.
        choices: The people or organizations that a name may mean.
    """
    locale, offset = reply.locale, press.offset if press else 0
    found = _together(reply.quotes[offset : offset + PAGE], offset)
    blocks = [_block(one.parts, locale, scene) for one in found]
    # The topic is read back from the first line, so that it never gives way.
    head = [*_echo(request, locale, scene), *sample_line(locale, scene)]
    status, foot = _status(reply), _foot(reply, scene)
    room = MAX_TEXT - size_of([*head, _counted(reply, offset, len(reply.quotes)), *status])
    shown = fitting(blocks, room - size_of(foot))
    if blocks and not shown:
        foot = footer(locale, scene, quoted=True)
        shown = fitting(blocks, room - size_of(foot)) or [_too_long(found[0], blocks[0], locale)]
    numbers = {number for one in found[: len(shown)] for number in one.numbers}
    top = [*head, _counted(reply, offset, len(numbers)), *status]
    after = next((number for number in range(offset, len(reply.quotes)) if number not in numbers), len(reply.quotes))
    opening = Block("\n".join(filter(None, top)), _choices(choices))
    closing = Block("\n".join(foot), tuple(_around(reply, request, press, after)) if press else ())
    return Card(tuple(block for block in (opening, *shown, closing) if any(block)), scene.private)


def _together(quotes: Sequence[FoundQuote], offset: int) -> list[_Utterance]:
    """Quotes with the other parts of the same utterance, in the order of the first part found."""
    found: dict[tuple[str, int], list[tuple[FoundQuote, int]]] = defaultdict(list)
    for number, quote in enumerate(quotes, start=offset):
        found[quote.statement.id, quote.utterance].append((quote, number))
    return [
        _Utterance(
            tuple(sorted((quote for quote, _ in parts), key=lambda part: part.start)),
            tuple(number for _, number in parts),
        )
        for parts in found.values()
    ]


def _block(parts: Sequence[FoundQuote], locale: Language, scene: Scene) -> Block:
    """The words as they were published, part by part, then whose they are and what can be done with them."""
    first = parts[0]
    label = [say(f"{first.kind}_label", locale)] if first.kind != "body" else []
    quoted = f"\n{say('verify_gap', locale)}\n".join(
        block_quote(without_marks(part.text, part.statement.file)) for part in parts
    )
    lines = [*label, quoted, *_speaker(parts, locale), where(first, locale)]
    return Block("\n".join(lines), row(_from_first_to_last(parts), locale, scene))


def _speaker(parts: Sequence[FoundQuote], locale: Language) -> list[str]:
    """Who says it; a quote of nobody in particular is not the issuer's own words."""
    named = next((part for part in parts if part.speaker), None)
    if named is not None:
        return attribution(named, locale)
    first = parts[0]
    issued = [say("statement_of", locale, names=names_in(first.issuer, locale))] if first.issuer else []
    return [say("speaker_not_named", locale), *issued]


def _from_first_to_last(parts: Sequence[FoundQuote]) -> FoundQuote:
    """What the buttons below an utterance open: all of it, unless that is more than is ever shown at once."""
    first, last = parts[0], parts[-1]
    return first.model_copy(update={"end": last.end}) if last.end - first.start <= MAX_CHARS else first


def _too_long(one: _Utterance, block: Block, locale: Language) -> Block:
    return Block(f"{say('passage_too_long', locale)}\n{where(one.parts[0], locale)}", block.buttons)


def _echo(request: QuoteRequest, locale: Language, scene: Scene) -> list[str]:
    """The topic, for the asker alone."""
    asked = escape(" ".join(request.about.split()))
    return [say("you_asked", locale, question=asked)] if scene.private and asked else []


def _counted(reply: QuoteReply, offset: int, shown: int) -> str:
    """Which quotes these are; nothing where there are none."""
    if not reply.quotes[offset:]:
        return ""
    if reply.of_the_day:
        return say("quote_of_the_day", reply.locale)
    count = max(reply.total, len(reply.quotes))
    if offset and shown == 1:
        return say("quotes_found_nth", reply.locale, first=offset + 1, count=count)
    if offset:
        return say("quotes_found_from", reply.locale, first=offset + 1, last=offset + shown, count=count)
    return say("quotes_found", reply.locale, shown=shown, count=count)


def _status(reply: QuoteReply) -> list[str]:
    """Why there are none, and what narrowed the search."""
    locale, lines = reply.locale, []
    if not reply.quotes:
        lines.append(say("no_quote_chosen" if reply.choices else "no_quotes", locale))
        for key, words in (("found_words", reply.coverage.found), ("missing_words", reply.coverage.missing)):
            if words:
                lines.append(say(key, locale, words=escape("".join(shorten(", ".join(words), _MAX_WORDS)))))
    if reply.choices:
        lines.append(_ambiguous(reply))
    if reply.of_the_day:
        return lines
    order = [say(f"filter_{reply.filters.order}", locale)] if reply.filters.order != "relevance" else []
    return [*lines, say("filters", locale, filters=" · ".join([*filter_words(reply.filters, locale), *order]))]


def _ambiguous(reply: QuoteReply) -> str:
    """Who may be meant, also those for whom there is no button."""
    locale, filters = reply.locale, reply.filters
    shown = [name_in(name, locale) for name in reply.choices[:_MAX_NAMED]]
    more = len(reply.choices) - len(shown)
    names = "; ".join([*shown, *([say("and_more", locale, count=more)] if more else [])])
    return say("name_ambiguous", locale, name=name_in(filters.organization or filters.speaker, locale), choices=names)


def _foot(reply: QuoteReply, scene: Scene) -> list[str]:
    """What was read into the request, what was left out, and where the words come from."""
    notes = [note for note in reply.notes if note.code != "name_ambiguous"]
    lines = describe_reading(reply.corrected, reply.bridged if reply.quotes else {}, notes, reply.locale)
    return [*remarks(lines, _MAX_REMARKS), *footer(reply.locale, scene, quoted=bool(reply.quotes))]


def _choices(choices: Sequence[Choice]) -> tuple[Button, ...]:
    return tuple(one for choice in choices[:_MAX_CHOICES] for one in _search(choice.name, choice.press))


def _around(reply: QuoteReply, request: QuoteRequest, press: SearchPress, after: int) -> Iterator[Button]:
    """The same search again: other quotes, another order, any date."""
    locale, total = reply.locale, max(reply.total, len(reply.quotes))
    first = press._replace(offset=0)
    if press.offset:
        yield from _search(say("button_first", locale), first)
    if reply.quotes[press.offset :] and after < min(total, MOST):
        yield from _search(say("button_more_quotes", locale), press._replace(offset=after))
    if total > 1:
        for order in _other_orders(reply, request, press):
            label = say(f"button_{'best' if order is None else order}", locale)
            yield from _search(label, first._replace(order=order))
    if (press.since or press.until) and any(note.code in _LEFT_OUT for note in reply.notes):
        # Without anything to search for it would be the quote of the day.
        order = press.order or (None if request.about or press.speaker or press.organization else "newest")
        yield from _search(say("button_any_dates", locale), first._replace(since="", until="", order=order))


def _other_orders(reply: QuoteReply, request: QuoteRequest, press: SearchPress) -> Iterator[Order | None]:
    """The orders that these quotes do not stand in; the best match, `None`, only where a button or option left it."""
    if request.about and press.order in ("newest", "oldest"):
        yield None
    orders: tuple[Order, ...] = ("newest", "oldest")
    yield from (order for order in orders if order != reply.filters.order)


def _search(label: str, press: SearchPress) -> tuple[Button, ...]:
    return button(label, press=write_press(press))
