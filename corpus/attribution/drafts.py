"""
Quotes in the making: parts joined to utterances, whose speaker may come only with a later part.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from corpus.attribution.people import Person
from corpus.models import Quote, Span, Speaker


@dataclass(slots=True)
class Draft:
    """
    One part of an utterance.

    Attributes:
        printed: How the person is named at this quote, or was at the one it goes on from.
        issued: A lead-in (“issued the following statement:”) in the paragraph before announced it.
    """

    start: int
    end: int
    block: int
    utterance: int
    part: int = 1
    person: Person | None = None
    printed: str = ""
    reason: str | None = "no_cue"
    issued: bool = False

    def give(self, person: Person | None, printed: str, reason: str | None = None) -> None:
        """Say who speaks, or why nobody can be named."""
        self.person, self.printed, self.reason = person, printed, None if person else reason


class Drafts(list[Draft]):
    """The quotes so far, in order."""

    def add(self, span: Span, block: int, joins: Draft | None = None) -> Draft:
        """A new quote: the next part of the utterance it `joins`, with its speaker, or an utterance of its own."""
        if joins:
            draft = Draft(*span, block, joins.utterance, joins.part + 1, joins.person, joins.printed, joins.reason)
            draft.issued = joins.issued
        else:
            draft = Draft(*span, block, self[-1].utterance + 1 if self else 1)
        self.append(draft)
        return draft

    def give_utterance(self, utterance: int, person: Person, printed: str) -> None:
        """Give the last parts, all of one utterance, the speaker whom only its end names."""
        for draft in reversed(self):
            if draft.utterance != utterance:
                return
            draft.give(person, printed)

    def quotes(self, text: str, unless_spoken: Collection[int]) -> list[Quote]:
        """All quotes; those that start at one of the places `unless_spoken` only when somebody speaks them."""
        kept = [draft for draft in self if draft.person or draft.start not in unless_spoken]
        numbers = {utterance: n for n, utterance in enumerate(dict.fromkeys(d.utterance for d in kept), start=1)}
        return [
            Quote(
                text=text[draft.start : draft.end],
                start=draft.start,
                end=draft.end,
                utterance=numbers[draft.utterance],
                part=draft.part,
                speaker=_speaker(draft),
                reason=None if draft.person else draft.reason,
            )
            for draft in kept
        ]


def _speaker(draft: Draft) -> Speaker | None:
    return draft.person.speaker(draft.printed) if draft.person else None
