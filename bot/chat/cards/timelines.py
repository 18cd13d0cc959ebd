"""
A timeline as a message: how many statements a year as a chart and in words, the first and the newest passage.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.chat.card import MAX_TEXT, Block, Card, Picture, button, fitting, size_of
from bot.chat.cards.parts import filter_words, footer, passage_block, remarks, sample_line, where
from bot.chat.markdown import escape, shorten
from bot.chat.presses import SearchPress, write_press
from bot.chat.scene import Scene
from bot.messages import describe_reading, describe_timeline, say, years_in_words
from retrieval.models import Excerpt, Language, Timeline, TimelineRequest

_MAX_YEARS = 300  # characters
_MAX_WORDS = 100  # characters of a list of words
_REMARKS = 500


def timeline_card(
    timeline: Timeline,
    request: TimelineRequest,
    scene: Scene,
    picture: Picture | None = None,
    passages: SearchPress | None = None,
) -> Card:
    """
    What was said on a topic over the years.

    Passages that do not fit are left out from the last on: the first, the newest, one without a date.

    Args:
        timeline: What the service found.
        request: What was asked, private numbers left out.
        scene: Where the message will stand.
        picture: The chart; `None` where there is nothing to draw, or nothing to draw it with.
        passages: The search for all passages on the topic; `None` where it cannot be read back.
    """
    locale = timeline.locale
    head = [*_echo(request, locale, scene), *sample_line(locale, scene), *_counted(timeline)]
    bridged = timeline.bridged if timeline.total else {}
    read = remarks(describe_reading(timeline.corrected, bridged, timeline.notes, locale), _REMARKS)
    foot = [*read, *footer(locale, scene, quoted=bool(timeline.total))]
    chosen = list(_chosen(timeline))
    blocks = [_passage(label, excerpt, locale, scene) for label, excerpt in chosen]
    shown = fitting(blocks, MAX_TEXT - size_of([*head, *foot]))
    if blocks and not shown:
        foot = footer(locale, scene, quoted=True)
        label, first = chosen[0]
        short = blocks[0]._replace(
            text="\n".join(filter(None, [label, say("passage_too_long", locale), where(first, locale)]))
        )
        shown = fitting(blocks[:1], MAX_TEXT - size_of([*head, *foot])) or [short]
    every = button(say("button_passages", locale), press=write_press(passages)) if passages and timeline.total else ()
    blocks = [Block("\n".join(head)), *shown, Block("\n".join(foot), every)]
    return Card(tuple(block for block in blocks if any(block)), scene.private, picture)


def _echo(request: TimelineRequest, locale: Language, scene: Scene) -> list[str]:
    """The topic, for the asker alone; the button reads it back from here."""
    asked = escape(" ".join(request.topic.split()))
    return [say("you_asked", locale, question=asked)] if scene.private and asked else []


def _counted(timeline: Timeline) -> Iterator[str]:
    """How many statements, in which years; where there are none, which words of the topic the statements hold."""
    locale = timeline.locale
    yield f"**{escape(describe_timeline(timeline))}**"
    if not timeline.total:
        yield from _nothing(timeline)
    filters = list(filter_words(timeline.filters, locale))
    yield say("filters", locale, filters=" · ".join(filters))
    if counts := " · ".join(f"{year}: {count}" for year, count in timeline.years.items() if count):
        yield say("timeline_years", locale, years="".join(shorten(counts, _MAX_YEARS)))
    if timeline.gaps:
        years = "".join(shorten(years_in_words(timeline.gaps, locale), _MAX_YEARS))
        yield say("chart_text_gaps", locale, years=years)


def _nothing(timeline: Timeline) -> Iterator[str]:
    words, locale = timeline.coverage, timeline.locale
    if words.found:
        key = "found_words" if words.missing or len(words.found) == 1 else "timeline_scattered"
        yield say(key, locale, words=escape("".join(shorten(", ".join(words.found), _MAX_WORDS))))
    if words.missing:
        yield say("missing_words", locale, words=escape("".join(shorten(", ".join(words.missing), _MAX_WORDS))))


def _chosen(timeline: Timeline) -> Iterator[tuple[str, Excerpt]]:
    """The first passage, the first one of the newest statement, and one without a date, each with what it is."""
    locale, dated = timeline.locale, timeline.excerpts
    newest = next((one for one in dated if one.statement.id == dated[-1].statement.id), None)
    if newest is not None and newest is not dated[0]:
        yield say("timeline_first", locale), dated[0]
        yield say("timeline_newest", locale), newest
    elif newest is not None:
        yield say("timeline_only", locale) if timeline.undated else "", newest
    if timeline.undated:
        yield say("timeline_undated", locale), timeline.undated[0]


def _passage(label: str, excerpt: Excerpt, locale: Language, scene: Scene) -> Block:
    block = passage_block(excerpt, locale, scene)
    return block._replace(text=f"**{label}**\n{block.text}") if label else block
