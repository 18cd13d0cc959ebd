"""
What one typing mistake in one word, and missing accents, cost: the same queries, slightly spoilt, with a fixed seed.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable
from string import ascii_lowercase

from corpus.canonical import fold_word
from retrieval.evaluation.collections import Collection, check_judged
from retrieval.evaluation.runs import Ranker

SEED = 11
MIN_LETTERS = 4
_WORD = re.compile(rf"[^\W\d_]{{{MIN_LETTERS},}}")


def typo_figures(collection: Collection) -> dict[str, float]:
    """
    Share of judged queries whose first document is relevant: as asked, mistyped, and without accents.

    Raises:
        UsageError: The collection has no judgments.
    """
    check_judged(collection)
    ranker, chance = Ranker.of(collection.documents), random.Random(SEED)  # noqa: S311 (figures can be repeated)
    spoil: dict[str, Callable[[str], str]] = {
        "as asked": lambda text: text,
        "one mistake": lambda text: mistyped(text, chance),
        "no accents": without_accents,
    }
    figures = {}
    for name, change in spoil.items():
        right = [
            _is_right(ranker, change(text), collection.qrels[query])
            for query, text in collection.queries.items()
            if query in collection.qrels
        ]
        figures[name] = sum(right) / len(right)
    return figures


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
