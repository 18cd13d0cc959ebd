"""
The quote of the day: the same for everybody on one day, and a whole sentence that stands by itself.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from retrieval.passages import kind_of
from retrieval.quote_search.contexts import context_of
from retrieval.quote_search.utterances import Spoken, Utterances

MIN_CHARS, MAX_CHARS = 40, 300
_MIN_WORDS = 7
_ENDS = (".", "!", "?", "…", ",")
_OPENS = "¿¡"
# What stands before the words of a whole sentence: their mark, and before it the end of another one or an introduction.
_MARKS, _BEFORE = "\"'“‘«‹„*_ ", '.!?…:,;—–―”"»\n'
_FOREIGN = frozenset("@[]{}<>|#*_\\")
# Of the splitmix64 generator (Steele, Lea and Flood, 2014): every bit of the day reaches every bit of the number.
_MIX = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB))


class QuotesOfTheDay:
    """
    The quotes of a generation that a day may have.

    A quote's number comes from its words and the day alone, and the lowest wins: a statement that is added changes the
    day's quote only where it brings the lowest number itself. Whether a quote can stand by itself is read when a
    day comes to it, as few ever do.
    """

    def __init__(self, utterances: Utterances) -> None:
        """Of these quotes; of the same words twice the first that is fit."""
        said: dict[int, list[Spoken]] = defaultdict(list)
        for one in utterances.everything():
            if _is_short_prose(one):
                said[_number(utterances.words_of(one))].append(one)
        self._said = list(said.values())
        self._numbers = np.array(list(said), dtype=np.uint64)
        self._known: dict[int, Spoken | None] = {}

    def of(self, day: dt.date) -> Spoken | None:
        """The quote of a day; `None` where no quote is fit to be one."""
        numbers = _mixed(self._numbers ^ np.uint64(_number(day.isoformat().encode())))
        found = (self._fit(place) for place in np.argsort(numbers).tolist())
        return next((one for one in found if one), None)

    def _fit(self, place: int) -> Spoken | None:
        if place not in self._known:
            self._known[place] = next(filter(is_whole, self._said[place]), None)
        return self._known[place]


def is_whole(spoken: Spoken) -> bool:
    """
    Whether a quote can stand by itself: a whole sentence or more of a named person, of 40 to 300 characters.

    Its context can be shown, so no private number stands near; a part whose sentence goes on in the next part is none.
    """
    statement, quote = spoken
    if not _is_short_prose(spoken) or kind_of(statement, quote.span) != "body":
        return False
    return _is_sentence(spoken) and context_of(statement, quote) is not None


def _is_short_prose(spoken: Spoken) -> bool:
    """Whether somebody with a name says neither too much nor too little, in words alone."""
    text = spoken.quote.text
    if spoken.quote.speaker is None or not MIN_CHARS <= len(text) <= MAX_CHARS or len(text.split()) < _MIN_WORDS:
        return False
    return _FOREIGN.isdisjoint(text) and "://" not in text


def _is_sentence(spoken: Spoken) -> bool:
    """Whether the words begin and end a sentence, and nobody's narration runs into them."""
    statement, quote = spoken
    first = quote.text.lstrip(_OPENS)[:1]
    # In Spanish the comma or full stop stands behind the closing mark.
    behind = statement.text[quote.end : quote.end + 2].lstrip(_MARKS + "”»")
    ends = quote.text.endswith(_ENDS) or behind.startswith(_ENDS)
    if not (first.isupper() or first.isdigit()) or not ends or quote.text.isupper():
        return False
    before = statement.text[: quote.start].rstrip(_MARKS)
    return (not before or before[-1] in _BEFORE) and not _goes_on(spoken)


def _goes_on(spoken: Spoken) -> bool:
    """Whether the next part of the utterance begins in the middle of a sentence: this one does not end."""
    statement, quote = spoken
    following = (q for q in statement.quotes if q.utterance == quote.utterance and q.part == quote.part + 1)
    return any(part.text.lstrip(_OPENS)[:1].islower() for part in following)


def _number(words: bytes) -> int:
    return int.from_bytes(blake2b(words, digest_size=8).digest())


def _mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    for shift, factor in _MIX:
        numbers = (numbers ^ (numbers >> np.uint64(shift))) * np.uint64(factor)
    return numbers ^ (numbers >> np.uint64(31))
