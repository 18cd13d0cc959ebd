"""
Words that were shown before, once more: with what stands around them, as citations, for everybody.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.card import MAX_TEXT, Block, Button, Card, button, size, size_of
from bot.chat.cards.parts import footer, heading, passage_block, row, sample_line
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

    What does not fit is left out and said to be: first what comes after, then what comes before; never a part of one.
    """
    excerpt = found.excerpt
    head = [*sample_line(locale, scene), say("in_context_of", locale, where=heading(excerpt.statement, locale))]
    foot = footer(locale, scene, quoted=True)
    whole = _whole(found)
    room = MAX_TEXT - size_of([*head, whole, *foot]) - 2 * size(say("paragraph_too_long", locale))
    shown = {"before": "", "after": ""}
    for place, paragraph in (("before", found.before), ("after", found.after)):
        if paragraph is not None:
            text = _quoted(paragraph, excerpt.statement.file)
            fits = size(text) + 1 <= room
            room -= size(text) + 1 if fits else 0
            shown[place] = text if fits else say("paragraph_too_long", locale)
    blocks = [Block("\n".join(head)), *(Block(text) for text in (shown["before"], whole, shown["after"]) if text)]
    if room < 0:
        # Even the paragraph is too long: then its words alone.
        blocks = [Block("\n".join(head)), Block(passage_block(excerpt, locale, scene).text)]
    return Card((*blocks, Block("\n".join(foot), _row(found, locale, scene))), scene.private)


def citations_card(citations: Mapping[CitationStyle, str], locale: Language, scene: Scene) -> Card:
    """The same words cited in each style, to be copied; a style that no longer fits is left out."""
    blocks, room = [Block(say("cite_how", locale))], MAX_TEXT - 2 * size(say("cite_how", locale)) - 100
    for style, citation in citations.items():
        text = f"{say(f'cite_{style}', locale)}\n{code_block(citation)}"
        room -= size(text) + 1
        if room >= 0:
            blocks.append(Block(text))
    return Card(tuple(blocks), scene.private)


def shared_card(found: PassageInContext, locale: Language, scene: Scene) -> Card:
    """The words for everybody in a channel: whose they are, when and where, and nothing of who asked for them."""
    head, foot = "\n".join(sample_line(locale, scene)), "\n".join(footer(locale, scene, quoted=True))
    block = passage_block(found.excerpt, locale, scene)
    return Card(tuple(part for part in (Block(head), block, Block(foot)) if part.text), private=False)


def copy_card(citation: str, locale: Language, scene: Scene) -> Card:
    """The words to copy, where the bot may not post them."""
    return Card((Block(f"{say('share_copy', locale)}\n{code_block(citation)}"),), scene.private)


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
