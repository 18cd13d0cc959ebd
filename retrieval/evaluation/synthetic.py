"""
Text without meaning that is distributed as text is: for measuring speed at any size, always the same for a seed.

Function words make up their natural share. The other words are invented and drawn by a Zipf-Mandelbrot law whose end is
out of reach, so that new ones keep coming however long the text is (Heaps' law).

Source:
    Mandelbrot, "An Informational Theory of the Statistical Structure of Language" (1953).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.models import Span, Statement
from retrieval.analyzer import Partition
from retrieval.models import Passage

PASSAGE_WORDS = 60
STATEMENT_PASSAGES = 8
PARAGRAPH = "\n\n"
SPANISH_SHARE = 0.02
# Words that every engine of the comparison drops, the commonest first.
_ENGLISH = (
    "the of and to a in that is for it as was with be by on this at are but they an or which there their if".split()
)
_SPANISH = (
    "de la que el en y a los se del las un por con una su para es al lo como más o pero sus le ha este si".split()
)
_FUNCTION = {*_ENGLISH, *_SPANISH}
# Their share of running text, and the law that the others follow: p(rank) ~ 1 / (rank + q) ** s.
_FUNCTION_SHARE = 0.45
_WORDS, _Q, _S = 1 << 22, 300.0, 1.8
_CONSONANTS, _VOWELS = "bdfglmnprstvzchjkqw", "aeiou"
_SYLLABLES = [consonant + vowel for consonant in _CONSONANTS for vowel in _VOWELS]
_ENDS = ("", "n", "r", "l", "t")
_BLOCK = 4096
_COMMA = 0.07


class Question(NamedTuple):
    """Some words that stand side by side in a passage, and the language of it."""

    text: str
    language: Partition


def passages(count: int, seed: int = 1) -> Iterator[Passage]:
    """
    Passages of 60 words, eight to a statement, two in a hundred of them Spanish.

    Args:
        count: How many.
        seed: The first passages of a longer text are those of a shorter one with the same seed.
    """
    chance = np.random.default_rng(seed)
    number = start = 0
    while number < count:
        spanish = chance.random(_BLOCK) < SPANISH_SHARE
        for text, is_spanish in zip(_texts(chance, spanish), spanish.tolist(), strict=True):
            if number == count:
                return
            start = 0 if number % STATEMENT_PASSAGES == 0 else start
            yield passage_of(number, start, text, "es" if is_spanish else "en")
            start += len(text) + len(PARAGRAPH)
            number += 1


def passage_of(number: int, start: int, text: str, language: Partition) -> Passage:
    """The passage with this number, from 0, which begins there in its statement."""
    return Passage.model_construct(
        statement_id=f"2014-{number // STATEMENT_PASSAGES + 1:03}",
        revision=1,
        span=Span(start, start + len(text)),
        text=text,
        kind="body",
        language=language,
    )


def statement_of(made: Sequence[Passage]) -> Statement:
    """The statement that consists of these passages."""
    text = PARAGRAPH.join(passage.text for passage in made)
    spans = tuple(passage.span for passage in made)
    id = made[0].statement_id
    title = " ".join(made[0].text.split()[:6])
    return Statement(
        id=id,
        file=f"{id}.txt",
        title=title,
        language="en",
        date="2014-03-15",
        date_precision="day",
        date_evidence="header",
        kind="press_release",
        text=text,
        body=(Span(0, len(text)),),
        passages=spans,
    )


def questions(asked_of: Iterable[Passage], seed: int = 1) -> list[Question]:
    """One question of 4 to 10 words for each of these passages: at least one is no function word."""
    chance = np.random.default_rng(seed)
    return [Question(f"{' '.join(_asked(chance, passage))}?", passage.language) for passage in asked_of]


def _asked(chance: np.random.Generator, passage: Passage) -> list[str]:
    words = [word.strip(".,").lower() for word in passage.text.split()]
    while True:
        length = int(chance.integers(4, 11))
        start = int(chance.integers(0, len(words) - length + 1))
        if not set(words[start : start + length]) <= _FUNCTION:
            return words[start : start + length]


def word(rank: int) -> str:
    """The invented word of this rank, from 0; no two ranks share one, and commoner words are shorter."""
    syllables, first, size = 2, 0, len(_SYLLABLES) ** 2
    while rank - first >= size * len(_ENDS):
        first, syllables, size = first + size * len(_ENDS), syllables + 1, size * len(_SYLLABLES)
    # Neighbours in rank should not be neighbours in the alphabet: a prime step walks through all of them.
    code = (rank - first) * 1_000_003 % (size * len(_ENDS))
    code, end = divmod(code, len(_ENDS))
    letters = []
    for _ in range(syllables):
        code, syllable = divmod(code, len(_SYLLABLES))
        letters.append(_SYLLABLES[syllable])
    return "".join(letters) + _ENDS[end]


def _texts(chance: np.random.Generator, spanish: NDArray[np.bool_]) -> Iterator[str]:
    shape = (len(spanish), PASSAGE_WORDS)
    ranks = np.searchsorted(_distribution(_WORDS, _Q, _S), chance.random(shape))
    function = np.searchsorted(_distribution(len(_ENGLISH), 2.7, 1.0), chance.random(shape))
    is_function = chance.random(shape) < _FUNCTION_SHARE
    lengths = chance.integers(8, 25, size=(len(spanish), PASSAGE_WORDS // 8)).tolist()
    commas = chance.random(shape) < _COMMA
    used, places = np.unique(np.where(is_function, 0, ranks), return_inverse=True)
    invented = np.array([word(rank) for rank in used.tolist()], dtype=object)[places.reshape(shape)]
    for number, is_spanish in enumerate(spanish.tolist()):
        words = np.where(is_function[number], _function_words(is_spanish)[function[number]], invented[number])
        words = np.where(commas[number], words + ",", words)
        yield _punctuated(words.tolist(), lengths[number])


def _punctuated(words: list[str], lengths: Sequence[int]) -> str:
    """The words as sentences of these lengths; the last one takes what is left."""
    first = 0
    for length in lengths:
        last = first + length
        if last > len(words) - 4:
            last = len(words)
        words[first] = words[first].capitalize()
        words[last - 1] = f"{words[last - 1].rstrip(',')}."
        first = last
        if first == len(words):
            break
    return " ".join(words)


@cache
def _function_words(spanish: bool) -> NDArray[np.object_]:
    return np.array(_SPANISH if spanish else _ENGLISH, dtype=object)


@cache
def _distribution(size: int, q: float, s: float) -> NDArray[np.float64]:
    """Cumulated chances of the ranks, shape (size,)."""
    cumulated: NDArray[np.float64] = np.cumsum((np.arange(size) + 1 + q) ** -s)
    cumulated /= cumulated[-1]
    return cumulated
