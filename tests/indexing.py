"""
Passages to index, drawn from a seed: of every language, some empty, common words commoner than others.
"""

from __future__ import annotations

import random
from pathlib import Path

from corpus.models import Span
from retrieval.analyzer import PARTITIONS, Partition
from retrieval.models import Passage

COMMON_FIRST = "march marches families border ICE ice the not we relief deportación deportaciones familia y de niños"
WORDS = COMMON_FIRST.split()
QUESTION = "march families ICE march deportación not unknown y niños march"


def passage(text: str, number: int, language: Partition = "en") -> Passage:
    """A passage that differs from those of other numbers; four numbers in a row are of one statement."""
    span = Span(number, number + len(text))
    return Passage(statement_id=f"{number // 4}", revision=1, span=span, text=text, kind="body", language=language)


def random_passages(seed: int, count: int) -> list[Passage]:
    """Passages of all languages, some empty, common words commoner than others."""
    chance = random.Random(seed)
    sizes = [chance.choice((0, 1, 5, 30)) for _ in range(count)]
    texts = [" ".join(WORDS[min(chance.randrange(16), chance.randrange(16))] for _ in range(size)) for size in sizes]
    return [passage(text, number, chance.choice(PARTITIONS)) for number, text in enumerate(texts)]


def names(folder: Path) -> list[str]:
    """What lies in a folder."""
    return [path.name for path in folder.iterdir()]
