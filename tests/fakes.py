"""
Small stand-ins that work.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from retrieval.analyzer import PARTITIONS, Partition, stop_words, terms, tokens
from retrieval.bm25 import PositiveOkapi
from retrieval.index import Occurrences
from retrieval.models import Hit, Passage, Query, WeightedTerm


class FakeIndex:
    """A `PassageIndex` without postings, files or cleverness: it ranks by the model itself."""

    def __init__(self, passages: Iterable[Passage], generation: str = "1") -> None:
        self._passages = {passage.id: passage for passage in passages}
        self.generation = generation

    def __len__(self) -> int:
        return len(self._passages)

    def search(self, query: Query, *, limit: int) -> list[Hit]:
        found = [hit for partition in PARTITIONS for hit in self._scored(query, partition)]
        kept = [hit for hit in found if hit.score > 0 and self._passes(self.passage(hit.passage_id), query)]
        return _best(kept, limit)

    def best_of_statements(self, query: Query) -> dict[str, float]:
        best: dict[str, float] = {}
        for hit in self.search(query, limit=len(self)):
            best.setdefault(hit.statement_id, hit.score)
        return best

    def bodies_with(
        self, partition: Partition, alternatives: Sequence[Iterable[str]], statements: frozenset[str] | None
    ) -> list[Hit]:
        own = [one for one in self._of(partition) if one.kind == "body"]
        wanted = [set(some) for some in alternatives]
        held = [one for one in own if all(some & set(terms(one.text, partition)) for some in wanted)]
        return [Hit(one.id, 0.0) for one in held if statements is None or one.statement_id in statements]

    def statements_with(self, partition: Partition, terms: Iterable[str]) -> frozenset[str]:
        return frozenset(hit.statement_id for hit in self.bodies_with(partition, [list(terms)], None))

    def phrase(self, words: Sequence[str], *, limit: int) -> list[Hit]:
        wanted = _words(" ".join(words))
        counts = {passage.id: _occurrences(wanted, _words(passage.text)) for passage in self._passages.values()}
        return _best([Hit(passage_id=key, score=count) for key, count in counts.items() if count], limit)

    def passage(self, passage_id: str) -> Passage:
        return self._passages[passage_id]

    def passage_of(self, hit: Hit) -> Passage:
        return self.passage(hit.passage_id)

    def occurrences(self, hits: Sequence[Hit], terms: Sequence[WeightedTerm]) -> Occurrences:
        wanted: dict[tuple[str, str], int] = {}
        for number, (term, partition, _) in enumerate(terms):
            wanted.setdefault((term, partition), number)
        found = []
        for place, hit in enumerate(hits):
            passage = self.passage(hit.passage_id)
            stops = stop_words(passage.language)
            for position, token in enumerate(tokens(passage.text, passage.language, keep_stop_words=True)):
                if token.surface not in stops and (token.term, passage.language) in wanted:
                    found.append((place, position, wanted[token.term, passage.language]))
        columns = np.array(found, dtype=np.intp).reshape(-1, 3).T
        return Occurrences(*columns)

    def size(self, partition: Partition) -> int:
        return len(self._of(partition))

    def document_frequency(self, term: str, partition: Partition) -> int:
        return self.vocabulary(partition).get(term, 0)

    def vocabulary(self, partition: Partition) -> Mapping[str, int]:
        return Counter(term for passage in self._of(partition) for term in set(terms(passage.text, partition)))

    def surfaces(self, partition: Partition) -> Mapping[str, int]:
        return Counter(token.surface for passage in self._of(partition) for token in tokens(passage.text, partition))

    def _of(self, partition: Partition) -> list[Passage]:
        return [passage for passage in self._passages.values() if passage.language == partition]

    def _scored(self, query: Query, partition: Partition) -> list[Hit]:
        passages = self._of(partition)
        analyzed = [terms(passage.text, partition) for passage in passages]
        if not any(analyzed):
            return []
        model = PositiveOkapi(analyzed)
        wanted = [term for term in query.terms if term.partition == partition]
        scores = sum((term.weight * model.get_scores([term.term]) for term in wanted), start=[0.0] * len(passages))
        return [Hit(passage_id=p.id, score=score) for p, score in zip(passages, scores, strict=True)]

    def _passes(self, passage: Passage, query: Query) -> bool:
        listed = query.statements is None or passage.statement_id in query.statements
        return listed and all(_occurrences(_words(phrase), _words(passage.text)) for phrase in query.phrases)


def _words(text: str) -> list[str]:
    return [token.surface.casefold() for token in tokens(text, "other", keep_stop_words=True)]


def _occurrences(wanted: Sequence[str], words: Sequence[str]) -> int:
    starts = range(len(words) - len(wanted) + 1) if wanted else ()
    return sum(words[start : start + len(wanted)] == wanted for start in starts)


def _best(hits: Iterable[Hit], limit: int) -> list[Hit]:
    return sorted(hits, key=lambda hit: (-hit.score, hit.passage_id))[: max(0, limit)]
