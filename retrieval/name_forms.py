"""
The forms in which a name is typed, and whether a word of a question is written as one.

A surname alone is weak evidence: "Angeles" in "Los Angeles" names nobody, "Grace" in "grace period" neither, and "Pedro
Quill" is not Maribel Quill. Where the writing leaves a doubt, the word is a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

from corpus.canonical import fold
from corpus.models import Span
from retrieval.analyzer import is_shouting, stop_words, word_list

_WORD = re.compile(r"[^\W_](?:[\w.&'-]*[\w'])?")
_POSSESSIVE = re.compile(r"(?<=\w)'s?$")
_MAX_NAME_PARTS = 6
# First words that many organisations share: alone they name none.
GENERIC = frozenset(
    """national international american americas latino latina latin alliance coalition network center centro council
    united unidos unidas immigrant immigrants migrant migrants workers central community communities southern northern
    eastern western california texas chicago florida grupo comite consejo asociacion federacion organizacion movimiento
    casa red alianza coalicion house union rights justice support amigos friends committee association
    federation""".split()
)
JOINING = frozenset("of the and for de del la las los y e in en".split())
# They stand before a name and are no part of it.
TITLES = frozenset(
    """mr mrs ms mx dr dra prof rev fr father pastor sister sr sra srta don dona lic ing sen senator rep representative
    congressman congresswoman gov governor mayor president presidenta presidente director directora chair secretary
    attorney organizer coordinator coordinador coordinadora senador senadora gobernador gobernadora alcalde alcaldesa
    padre pastora hermana vocero vocera abogado abogada""".split()
)
# Words that stand beside a name without being part of it.
_ASKING = (
    stop_words("en")
    | stop_words("es")
    | word_list("asking")
    | frozenset("compare list quote cite compara cita".split())
)
# Parts of a name that are never used alone.
_PARTICLES = JOINING | TITLES | frozenset("von van der den dos das san santa saint st jr ii iii da do di".split())


class Word(NamedTuple):
    """A word of a question: folded without possessive and dots, with its place as typed."""

    folded: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """The words that names can be made of, in order."""
    folded = fold(text)
    found = []
    for match in _WORD.finditer(folded.text):
        word = _POSSESSIVE.sub("", match.group()).replace(".", "")
        found.append(Word(word, folded.offsets[match.start()], folded.offsets[match.end() - 1] + 1))
    return found


def alias_of(name: str) -> str:
    """The form under which a name is looked up: its words, folded, without possessives and dots."""
    return " ".join(word.folded for word in words_of(name))


def partial_names(alias: str) -> Iterator[str]:
    """What a person may be called instead of the full name: any of its parts, alone or in order."""
    parts = [part for part in alias.split() if len(part) > 2 and part not in _PARTICLES][:_MAX_NAME_PARTS]
    for count in range(1, len(parts) + 1):
        yield from (" ".join(some) for some in combinations(parts, count))


class Writing:
    """How a question is written: which of its words stand there as names."""

    def __init__(self, question: str, words: Sequence[Word], ordinary: Set[str]) -> None:
        self._question = question
        self._words = words
        self._ordinary = ordinary

    @cached_property
    def careless(self) -> bool:
        """Whether capitals tell nothing: all are, or none but the first word's and those of acronyms."""
        typed = [self._question[word.start : word.end] for word in self._words]
        return is_shouting(self._question) or not any(_is_capitalised(word) for word in typed[1:])

    def may_name(self, place: int, *, partial: bool) -> bool:
        """
        Whether the word at `place` is written as a name.

        Args:
            place: Of the word in the question.
            partial: It is only a part of the name, so the words beside it must not be parts of another name.
        """
        word = self._words[place]
        typed = self._question[word.start : word.end]
        if not is_shouting(self._question) and typed.isupper() and not partial:
            return True
        if self.careless:
            alone = not partial or all(self._is_ordinary(beside) for beside in self._beside(place))
            return word.folded not in self._ordinary and alone
        if not _is_capitalised(typed) and not typed[0].isdigit() and not typed.isupper():
            return False
        if word.folded in self._ordinary and (place == 0 or self._words[place - 1].folded in JOINING):
            return False
        return not partial or not any(self._is_name_beside(place, beside) for beside in self._beside(place))

    def span(self, place: int, count: int) -> Span:
        """The words from `place` on, as typed."""
        return Span(self._words[place].start, self._words[place + count - 1].end)

    def typed(self, place: int, count: int) -> str:
        """The same, without a possessive."""
        start, end = self.span(place, count)
        return re.sub(r"(?<=\w)['’]s?$", "", self._question[start:end])

    def _beside(self, place: int) -> list[int]:
        """Words that only a space keeps apart from this one."""
        found = []
        for left, beside in ((place - 1, place - 1), (place, place + 1)):
            if left >= 0 and left + 1 < len(self._words):
                before, between = self._question[: self._words[left].end], self._words[left + 1].start
                if self._question[len(before) : between].isspace() and not before.endswith(("'s", "’s")):
                    found.append(beside)
        return found

    def _is_ordinary(self, place: int) -> bool:
        word = self._words[place].folded
        return word in self._ordinary or word in TITLES or word in _ASKING or word.isdigit()

    def _is_name_beside(self, place: int, beside: int) -> bool:
        word = self._words[beside]
        typed = self._question[word.start : word.end]
        capital = _is_capitalised(typed) or (len(typed) == 1 and typed.isupper())
        return capital and word.folded not in TITLES and not (beside == 0 and self._is_ordinary(0))


def _is_capitalised(typed: str) -> bool:
    return typed[:1].isupper() and not typed.isupper()
