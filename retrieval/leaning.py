"""
How a question leans on an earlier one: "and in 2014?", "what else did she say?", "and before that?".
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from retrieval import conversation_forms as forms

Turn = Literal["before", "after", "since", "year before", "year after"]

_TURNS: dict[str, Turn] = {
    **dict.fromkeys(("before", "antes", "earlier"), "before"),
    **dict.fromkeys(("after", "despues", "later", "afterwards", "mas tarde", "luego"), "after"),
}
_YEARS: dict[str, Turn] = {
    **dict.fromkeys(("before", "previous", "anterior"), "year before"),
    **dict.fromkeys(("after", "next", "following", "siguiente"), "year after"),
}
# "And about the wages?" leans; a whole sentence that begins with "and" may not.
_SHORT_WORDS = 5


class Leaning(NamedTuple):
    """
    What of an earlier question a question needs.

    Attributes:
        follows: It is read together with the one before.
        alone: It has a subject of its own, so that nothing but the topic is taken from the one before.
        person: "She": whoever was asked for or spoke there.
        thing: "When was that?": the statement that was shown.
        topic: "About it": what was asked about.
        more: "What else": without what was shown.
        other: "The other organization".
        turn: "And before that?".
        missing: It leans, and there is nothing before it.
    """

    follows: bool = False
    alone: bool = False
    person: bool = False
    thing: bool = False
    topic: bool = False
    more: bool = False
    other: bool = False
    turn: Turn | None = None
    missing: bool = False


def read_leaning(folded: str, *, earlier: bool, topic: bool, named: bool, narrowed: bool) -> Leaning:
    """
    Read how a question leans.

    Args:
        folded: The question, quoted words left out.
        earlier: Whether there was a question before.
        topic: It has a topic of its own.
        named: It names a speaker or an organization whose words it asks for.
        narrowed: It has dates or an order of its own.
    """
    leads = bool(forms.LEADS.search(folded))
    points = bool(forms.PRONOUN.search(folded) or forms.DROPPED_SUBJECT.search(folded))
    turn = forms.TURNS.search(folded)
    about = bool(forms.TOPIC_PRONOUN.search(folded))
    alone = named and not leads and (topic or about or _is_sentence(folded))
    follows = leads or bool(turn) or (about and not topic) or (not alone and (points or not topic))
    thing = bool(forms.THING.search(folded)) and not (forms.ABOUT_IT.search(folded) or forms.MORE.search(folded))
    person = bool(forms.PERSON_PRONOUN.search(folded) or forms.DROPPED_SUBJECT.search(folded))
    return Leaning(
        follows=earlier and follows,
        alone=alone,
        person=person and not named,
        thing=thing and not topic and not named and turn is None,
        topic=about,
        more=bool(forms.MORE.search(folded)),
        other=not named and bool(forms.OTHER.search(folded)),
        turn=_turn(turn) if turn else None,
        missing=not earlier and not named and _needs_another(folded, topic=topic, narrowed=narrowed),
    )


def _turn(match: re.Match[str]) -> Turn:
    year = match["year"] or match["next"]
    return _YEARS[year] if year else _TURNS.get(match["turn"] or match["alone"] or match["later"], "since")


def _is_sentence(folded: str) -> bool:
    """Whether a question without a topic asks by itself: "What did X say?", and not "X?"."""
    return len(folded.split()) > _SHORT_WORDS or bool(forms.SPEAKING.search(folded))


def _needs_another(folded: str, *, topic: bool, narrowed: bool) -> bool:
    """Whether a question says nothing by itself."""
    short = len(folded.split()) <= _SHORT_WORDS
    if forms.PERSON_SUBJECT.search(folded) or forms.TURNS.search(folded) or forms.MORE.search(folded):
        return True
    if forms.NEEDS_EARLIER.search(folded) and short:
        return True
    return not topic and not narrowed and bool(forms.LEADS.search(folded) or forms.PRONOUN.search(folded))
