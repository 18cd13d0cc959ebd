"""
What other engines make of a test collection, each in the form its own documentation recommends.

They rank the same documents (title and text) for the same queries; a run maps each query to its documents, best first.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import Any

import numpy as np

from corpus.errors import MissingExtraError
from corpus.models import Statement
from retrieval.analyzer import Partition, terms
from retrieval.bm25 import PositiveOkapi
from retrieval.evaluation.collections import Collection

Run = dict[str, list[str]]
_SNOWBALL = {"en": "english", "es": "spanish"}


def rank_bm25_readme(collection: Collection, depth: int) -> Run:
    """rank-bm25 as in its README: words are what white space separates."""
    from rank_bm25 import BM25Okapi

    return _by_scores(collection, BM25Okapi([one.text.split() for one in collection.documents]), str.split, depth)


def rank_bm25_analyzed(collection: Collection, depth: int) -> Run:
    """The plain model of our index (rank-bm25 with a positive idf) on our analyzer's terms."""
    language = _language(collection)
    model = PositiveOkapi([terms(one.text, language) for one in collection.documents])
    return _by_scores(collection, model, lambda text: terms(text, language), depth)


def bm25s_lucene(collection: Collection, depth: int) -> Run:
    """bm25s in its lucene form, with its stop words and a Snowball stemmer."""
    import bm25s
    from Stemmer import Stemmer

    language = _language(collection)
    stemmer = Stemmer(_SNOWBALL.get(language, "english"))

    def tokenized(texts: list[str]) -> Any:
        return bm25s.tokenize(texts, stopwords=language, stemmer=stemmer, show_progress=False)

    model = bm25s.BM25(method="lucene")
    model.index(tokenized([one.text for one in collection.documents]), show_progress=False)
    queries = list(collection.queries)
    depth = min(depth, len(collection.documents))
    found, scores = model.retrieve(tokenized(list(collection.queries.values())), k=depth, show_progress=False)
    ids = [one.id for one in collection.documents]
    return {
        query: [ids[place] for place, score in zip(*rows, strict=True) if score > 0]
        for query, *rows in zip(queries, found.tolist(), scores.tolist(), strict=True)
    }


def tantivy_stemmed(collection: Collection, depth: int) -> Run:
    """tantivy with its stop words and a stemmer, every word of the query optional."""
    import tantivy

    name = _SNOWBALL.get(_language(collection), "english")
    fields = tantivy.SchemaBuilder()
    fields.add_text_field("id", stored=True, tokenizer_name="raw")
    fields.add_text_field("body", stored=False, tokenizer_name="stemmed")
    analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase())
    analyzer = analyzer.filter(tantivy.Filter.stopword(name)).filter(tantivy.Filter.stemmer(name))
    with tempfile.TemporaryDirectory(prefix="onrecord-") as folder:
        index = tantivy.Index(fields.build(), path=folder)
        index.register_tokenizer("stemmed", analyzer.build())
        writer = index.writer()
        for one in collection.documents:
            writer.add_document(tantivy.Document(id=one.id, body=one.text))
        writer.commit()
        index.reload()
        searcher = index.searcher()

        def best(text: str) -> list[str]:
            # In small letters AND, OR, NOT and IN are words, no operators.
            words = "".join(letter if letter.isalnum() else " " for letter in text.lower())
            try:
                query = index.parse_query(words, ["body"])
            except ValueError:
                # Nothing but stop words.
                return []
            return [searcher.doc(address)["id"][0] for _, address in searcher.search(query, depth).hits]

        return {query: best(text) for query, text in collection.queries.items()}


BASELINES: dict[str, tuple[str, Callable[[Collection, int], Run]]] = {
    "rank-bm25, README form": ("rank_bm25", rank_bm25_readme),
    "rank-bm25, our analyzer": ("rank_bm25", rank_bm25_analyzed),
    "bm25s, lucene": ("bm25s", bm25s_lucene),
    "tantivy": ("tantivy", tantivy_stemmed),
}


def check_installed() -> None:
    """
    Make sure that every engine of the table is there.

    Raises:
        MissingExtraError: One is not.
    """
    for name, (package, _) in BASELINES.items():
        if find_spec(package) is None:
            raise MissingExtraError(f"The comparison with {name}", "bench")


def _language(collection: Collection) -> Partition:
    return max(Counter(_partition(one) for one in collection.documents).items(), key=lambda item: item[1])[0]


def _partition(document: Statement) -> Partition:
    return "es" if document.language == "es" else "en"


def _by_scores(collection: Collection, model: Any, analyze: Callable[[str], Sequence[str]], depth: int) -> Run:
    ids = [one.id for one in collection.documents]
    run: Run = {}
    for query, text in collection.queries.items():
        scores = model.get_scores(analyze(text))
        best = np.argsort(-scores, kind="stable")[:depth]
        run[query] = [ids[place] for place in best if scores[place] > 0]
    return run
