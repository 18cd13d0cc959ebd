"""
What became of a quotation, as a message: the verdict in words, what was published, what was changed.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.card import MAX_TEXT, Block, Card, fitting, size, size_of
from bot.chat.cards.parts import attribution, footer, remarks, row, sample_line, source_button, where
from bot.chat.markdown import block_quote, escape, shorten
from bot.chat.scene import Scene
from bot.messages import describe_difference, note, say, verdict_in_words
from bot.views import pieces_of
from retrieval.marks import without_marks
from retrieval.models import Difference, FoundWords, Language, Verdict

# Characters of the claim that are repeated: as many as there is room for.
_CLAIM = (500, 200, 80)
_MAX_DIFFERENCE = 120  # characters of each side of a difference
_MAX_DIFFERENCES = 1200  # characters of all of them
_MAX_NOTES = 900


def verdict_card(verdict: Verdict, silence: str, scene: Scene, *, opens: bool = True) -> Card:
    """
    The message that shows a verdict.

    The published words are shown whole or named with their record number; the claim is cut before them, as the asker
    has it. Differences that do not fit are counted.

    Args:
        verdict: What the service found, private numbers left out of the claim.
        silence: What a quotation that is not found shows, and what it does not (`messages.describe_silence`).
        scene: Where the message will stand.
        opens: The published words can be found again by their place; else no button below them asks for that.
    """
    locale, found = verdict.locale, verdict.found
    head = [f"**{verdict_in_words(verdict.verdict, locale)}**"]
    head += [silence] if verdict.verdict == "not_found" else []
    head += sample_line(locale, scene)
    foot = footer(locale, scene, quoted=found is not None)
    least = _claim(verdict, _CLAIM[-1])
    room = MAX_TEXT - size_of([*head, *foot])
    shown = []
    if found is not None:
        buttons = row(found, locale, scene) if opens else source_button(found, locale, scene)
        shown = [Block(_found_text(verdict, found, room - size_of([least])), buttons)]
    room -= size_of(block.text for block in shown)
    details = _details(verdict, room - size_of([least]))
    room -= size_of(details)
    claim = next((line for most in _CLAIM if size_of([line := _claim(verdict, most)]) <= room), least)
    blocks = [Block("\n".join([*head, claim])), *shown, Block("\n".join(details)), Block("\n".join(foot))]
    return Card(tuple(block for block in blocks if any(block)), scene.private)


def _claim(verdict: Verdict, most: int) -> str:
    words, mark = shorten(verdict.claimed, most)
    return say("verify_claimed", verdict.locale, words=escape(words), mark=mark)


def _found_text(verdict: Verdict, found: FoundWords, room: int) -> str:
    """The published words with what lets a reader check them; only the latter where they are too long."""
    locale = verdict.locale
    lines = [say("verify_nearest", locale)] if verdict.verdict == "not_found" else []
    lines += [say(f"{found.kind}_label", locale)] if found.kind != "body" else []
    text = "\n".join([*lines, _quoted(found, locale), *attribution(found, locale), where(found, locale)])
    return text if size(text) < room else "\n".join([*lines, say("passage_too_long", locale), where(found, locale)])


def _quoted(found: FoundWords, locale: Language) -> str:
    """The published words, and outside of them that something long was left out."""
    pieces = (block_quote(without_marks(piece, found.statement.file)) for piece in pieces_of(found))
    return f"\n{say('verify_gap', locale)}\n".join(pieces)


def _details(verdict: Verdict, room: int) -> list[str]:
    """What was changed, as far as it fits, then what was left out and whose words they are."""
    notes = remarks((note(one, verdict.locale) for one in verdict.notes), min(room, _MAX_NOTES))
    if verdict.verdict == "not_found":
        return notes
    return [*_differences(verdict, min(room - size_of(notes), _MAX_DIFFERENCES)), *notes]


def _differences(verdict: Verdict, room: int) -> list[str]:
    """A changed negation or number first, as the verdict has them, and how many more there are."""
    lines = [
        escape(describe_difference(_as_seen(one, verdict), verdict.locale, _MAX_DIFFERENCE))
        for one in verdict.differences
    ]
    shown = _fitting(lines, room)
    if len(shown) == len(lines):
        return shown
    shown = _fitting(lines, room - size_of([say("and_more", verdict.locale, count=len(lines))]))
    more = say("and_more", verdict.locale, count=len(lines) - len(shown))
    return [*shown, *([more] if size(more) < room else [])]


def _fitting(lines: Sequence[str], room: int) -> list[str]:
    return [block.text for block in fitting([Block(line) for line in lines], room)]


def _as_seen(difference: Difference, verdict: Verdict) -> Difference:
    """The difference without the marks of a statement that was written in Markdown."""
    if verdict.found is None:
        return difference
    return difference.model_copy(update={"found": without_marks(difference.found, verdict.found.statement.file)})
