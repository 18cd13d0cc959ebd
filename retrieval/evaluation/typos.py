"""
What one typing mistake in one word, and missing accents, cost: the same queries, slightly spoilt, with fixed seeds.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable
from functools import partial
from statistics import fmean
from string import ascii_lowercase

from corpus.canonical import fold_word
from retrieval.evaluation.collections import Collection, check_judged
from retrieval.evaluation.runs import Ranker

SEED = 11
MIN_LETTERS = 4
_WORD = re.compile(rf"[^\W\d_]{{{MIN_LETTERS},}}")


def typo_figures(collection: Collection, seeds: int = 1) -> dict[str, float]:
    """
    Share of judged queries whose first document is relevant: as asked, mistyped, and without accents.

    Args:
        collection: With judgments.
        seeds: How many times all queries are mistyped, each time with other mistakes; the figure is the mean.

    Raises:
        UsageError: The collection has no judgments.
    """
    check_judged(collection)
    ranker = Ranker.of(collection.documents)
    mistakes = [random.Random(SEED + number) for number in range(seeds)]  # noqa: S311 (figures can be repeated)
    return {
        "as asked": _share_right(ranker, collection, lambda text: text),
        "one mistake": fmean(_share_right(ranker, collection, partial(mistyped, chance=one)) for one in mistakes),
        "no accents": _share_right(ranker, collection, without_accents),
    }


def _share_right(ranker: Ranker, collection: Collection, spoil: Callable[[str], str]) -> float:
    judged = {query: text for query, text in collection.queries.items() if query in collection.qrels}
    return fmean(_is_right(ranker, spoil(text), collection.qrels[query]) for query, text in judged.items())


def mistyped(text: str, chance: random.Random) -> str:
    """
    The text with one letter of one word (four letters or more) dropped, doubled, replaced or swapped.

    The folded word is another one: no letter is replaced by itself, and no two alike are swapped.
    """
    words = list(_WORD.finditer(text))
    if not words:
        return text
    start, end = chance.choice(words).span()
    place = chance.randrange(start, end - 1)
    letter, following = text[place], text[place + 1]
    dropped, doubled, swapped = following, letter + letter + following, following + letter
    replaced = chance.choice(ascii_lowercase) + following
    printed = fold_word(letter + following)
    mistakes = [made for made in (dropped, doubled, replaced, swapped) if fold_word(made) != printed]
    return text[:place] + chance.choice(mistakes) + text[place + 2 :]


def without_accents(text: str) -> str:
    """The text as somebody types it who has no accents on the keyboard; case stays."""
    return "".join(map(_bare, unicodedata.normalize("NFC", text)))


def _bare(letter: str) -> str:
    bare = fold_word(letter) if letter.isalpha() else letter
    return bare.upper() if letter.isupper() else bare


def _is_right(ranker: Ranker, query: str, relevant: dict[str, int]) -> bool:
    first = ranker.ranked_ids(query, depth=1)
    return bool(first) and relevant.get(first[0], 0) > 0
