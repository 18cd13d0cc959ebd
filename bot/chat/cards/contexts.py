"""
Words that were shown before, once more: with what stands around them, as citations, for everybody.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.card import MAX_TEXT, Block, Button, Card, button, size, size_of
from bot.chat.cards.parts import attribution, footer, heading, passage_within, row, sample_line
from bot.chat.markdown import block_quote, code_block
from bot.chat.presses import PagePress, write_press
from bot.chat.scene import Scene
from bot.messages import say
from corpus.models import Span
from retrieval.marks import without_marks
from retrieval.models import CitationStyle, Language, PassageInContext, ReadParagraph


def context_card(found: PassageInContext, locale: Language, scene: Scene) -> Card:
    """
    The paragraph that the words stand in, with the one before and the one after; the words themselves are bold.

    What does not fit is left out and said to be: never a part of a paragraph.
    """
    excerpt = found.excerpt
    head = [*sample_line(locale, scene), say("in_context_of", locale, where=heading(excerpt.statement, locale))]
    foot = [*attribution(excerpt, locale), *footer(locale, scene, quoted=True)]
    whole, too_long = _whole(found), say("paragraph_too_long", locale)
    room = MAX_TEXT - size_of([*head, whole, *foot]) - 2 * (size(too_long) + 1)
    # Paragraphs of one block quote, an empty line between two.
    text = whole
    for paragraph, form in ((found.before, "{more}\n> \n{text}"), (found.after, "{text}\n> \n{more}")):
        if paragraph is not None:
            more = _quoted(paragraph, excerpt.statement.file)
            fits = size(more) + 4 <= room
            room -= size(more) + 4 if fits else 0
            text = (
                form.format(more=more, text=text) if fits else form.replace("> \n", "").format(more=too_long, text=text)
            )
    # Even the paragraph may be too long: then its words alone.
    if room < 0:
        text = passage_within(excerpt, locale, scene, MAX_TEXT - size_of([*head, *foot])).text
    shown = (Block("\n".join(head)), Block(text), Block("\n".join(foot), _row(found, locale, scene)))
    return Card(shown, scene.private)


def citations_card(citations: Mapping[CitationStyle, str], locale: Language, scene: Scene) -> Card:
    """The same words cited in each style, to be copied; a style that no longer fits is left out."""
    blocks, room = [Block(say("cite_how", locale))], MAX_TEXT - 2 * size(say("cite_how", locale)) - 100
    for style, citation in citations.items():
        if style == "markdown" and citation == citations.get("plain"):
            # Without an address there is nothing to link.
            continue
        text = f"{say(f'cite_{style}', locale)}\n{code_block(citation)}"
        room -= size(text) + 1
        if room >= 0:
            blocks.append(Block(text))
    return Card(tuple(blocks), scene.private)


def shared_card(found: PassageInContext, locale: Language, scene: Scene) -> Card:
    """The words for everybody in a channel: whose they are, when and where, and nothing of who asked for them."""
    head, foot = "\n".join(sample_line(locale, scene)), "\n".join(footer(locale, scene, quoted=True))
    block = passage_within(found.excerpt, locale, scene, MAX_TEXT - size_of([head, foot]))
    return Card(tuple(part for part in (Block(head), block, Block(foot)) if part.text), private=False)


def copy_card(citation: str, locale: Language, scene: Scene) -> Card:
    """The words to copy, where the bot may not post them."""
    text = f"{say('share_copy', locale)}\n{code_block(citation)}"
    return Card((Block(text if size(text) <= MAX_TEXT else say("share_copy_too_long", locale)),), scene.private)


def _row(found: PassageInContext, locale: Language, scene: Scene) -> tuple[Button, ...]:
    statement = found.excerpt.statement
    page = PagePress(locale, found.excerpt.paragraph, statement.revision, statement.id)
    return (
        *button(say("button_statement", locale), press=write_press(page)),
        *row(found.excerpt, locale, scene)[1:],
    )


def _whole(found: PassageInContext) -> str:
    """The paragraph with the words in bold, where they stand in it only once."""
    file = found.excerpt.statement.file
    text, words = without_marks(found.whole.text, file), without_marks(found.excerpt.text, file)
    start = text.find(words) if text.count(words) == 1 else -1
    return block_quote(text, [Span(start, start + len(words))] if start >= 0 else [])


def _quoted(paragraph: ReadParagraph, file: str) -> str:
    return block_quote(without_marks(paragraph.text, file))
