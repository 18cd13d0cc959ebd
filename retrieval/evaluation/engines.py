"""
Search engines that are measured side by side: each builds its files in a folder, opens them and answers questions.

`python -m retrieval.evaluation.engines NAME FOLDER` builds one in a process of its own, so that its memory is its own.
"""

from __future__ import annotations

import json
import pickle
import sys
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from retrieval.analyzer import PARTITIONS, stem, stop_words, terms, tokens
from retrieval.backends.embedded import append, open_generation, use_compiled
from retrieval.evaluation.synthetic import Question, passage_of
from retrieval.models import Passage, Query, WeightedTerm

TEXTS = "passages.tsv"
LIMIT = 10

Ask = Callable[[Question], object]


class Engine(Protocol):
    """
    One engine.

    Attributes:
        name: In the table.
        package: What has to be installed for it.
        note: What was on, for the reader of the table.
    """

    name: str
    package: str
    note: str

    def build(self, passages: Iterator[Passage], folder: Path) -> None:
        """Index the passages; what has to be kept goes into `folder`."""
        ...

    def open(self, folder: Path) -> Ask:
        """What finds the best 10 passages for a question, its analysis included."""
        ...


class OnRecord:
    """Our own index, opened as `ask` opens it."""

    name = "onrecord"
    package = "numpy"
    note = "three languages, literal phrases, statement filter, positions; exact rank-bm25 scores"

    def build(self, passages: Iterator[Passage], folder: Path) -> None:
        """Stream the passages into segments on disk."""
        manifest = append(folder / "index", None, "1", passages)
        (folder / "manifest.json").write_text(manifest.model_dump_json(), "utf-8")

    def open(self, folder: Path) -> Ask:
        """By memory map."""
        index = open_generation(folder / "index", (folder / "manifest.json").read_text("utf-8"), "1")
        partitions = [partition for partition in PARTITIONS if index.size(partition)]

        def ask(question: Question) -> object:
            surfaces = [token.surface for token in tokens(question.text, "other")]
            asked = (
                WeightedTerm(stem(surface, partition), partition)
                for partition in partitions
                for surface in surfaces
                if surface not in stop_words(partition)
            )
            return index.search(Query(terms=tuple(asked)), limit=LIMIT)

        return ask


class OnRecordFast(OnRecord):
    """The index that `OnRecord` built, opened as the bot opens it where the extra `fast` is installed."""

    name = "onrecord-fast"
    package = "numba"
    note = "the index of onrecord, same answers, searched by compiled code; opening includes loading it"

    def open(self, folder: Path) -> Ask:
        """By memory map; from now on everything that is opened is searched so."""
        use_compiled()
        return super().open(folder)


class RankBm25:
    """rank-bm25 as its README uses it, on our analyzer's terms."""

    name = "rank-bm25"
    package = "rank_bm25"
    note = "BM25Okapi.get_top_n on our analyzer's terms; kept as a pickle"

    def build(self, passages: Iterator[Passage], folder: Path) -> None:
        """All in memory; the pickle is written by the way."""
        from rank_bm25 import BM25Okapi

        model = BM25Okapi([terms(passage.text, passage.language) for passage in passages])
        with (folder / "model.pickle").open("wb") as file:
            pickle.dump(model, file, pickle.HIGHEST_PROTOCOL)

    def open(self, folder: Path) -> Ask:
        """From the pickle that `build` wrote."""
        with (folder / "model.pickle").open("rb") as file:
            model = pickle.load(file)  # noqa: S301 (we have just written it)
        numbers = range(model.corpus_size)
        return lambda question: model.get_top_n(terms(question.text, question.language), numbers, n=LIMIT)


class Bm25s:
    """bm25s with its default settings."""

    name = "bm25s"
    package = "bm25s"
    note = "defaults without numba: numpy, 33 stop words, no stemmer"

    def build(self, passages: Iterator[Passage], folder: Path) -> None:
        """In memory, then saved."""
        import bm25s

        model = bm25s.BM25()
        model.index(bm25s.tokenize([one.text for one in passages], show_progress=False), show_progress=False)
        model.save(str(folder / "model"), show_progress=False)

    def open(self, folder: Path) -> Ask:
        """From what it saved."""
        import bm25s

        model: Any = bm25s.BM25.load(str(folder / "model"))

        def ask(question: Question) -> object:
            tokens = bm25s.tokenize(question.text, show_progress=False)
            return model.retrieve(tokens, k=LIMIT, show_progress=False)

        return ask


class Tantivy:
    """tantivy with an English analyzer."""

    name = "tantivy"
    package = "tantivy"
    note = "English stop words dropped, Snowball stems, one thread, one segment where it merged them"

    def build(self, passages: Iterator[Passage], folder: Path) -> None:
        """By one writer, without storing the texts."""
        import tantivy

        index = self._index(folder)
        writer = index.writer(heap_size=128_000_000, num_threads=1)
        for passage in passages:
            writer.add_document(tantivy.Document(body=passage.text))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> Ask:
        """By memory map."""
        index = self._index(folder)
        searcher = index.searcher()
        return lambda question: searcher.search(index.parse_query(question.text.rstrip("?"), ["body"]), LIMIT).hits

    def _index(self, folder: Path) -> Any:
        import tantivy

        fields = tantivy.SchemaBuilder()
        fields.add_text_field("body", stored=False, tokenizer_name="english")
        (folder / "tantivy").mkdir(exist_ok=True)
        index = tantivy.Index(fields.build(), path=str(folder / "tantivy"))
        analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase())
        english = analyzer.filter(tantivy.Filter.stopword("english")).filter(tantivy.Filter.stemmer("english"))
        index.register_tokenizer("english", english.build())
        return index


ENGINES: tuple[Engine, ...] = (OnRecord(), RankBm25(), Bm25s(), Tantivy())
# On the files of the first one.
FAST = OnRecordFast()


def is_installed(engine: Engine) -> bool:
    """Whether an engine's package is there."""
    return find_spec(engine.package) is not None


class Built(NamedTuple):
    """What building took: seconds by the clock and of the processor, and memory of the process at its peak in MB."""

    index_s: float
    cpu_s: float
    peak_mb: float


def read_passages(folder: Path) -> Iterator[Passage]:
    """The passages that are measured with, one a line in `passages.tsv`: language, start, text."""
    with (folder / TEXTS).open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            language, start, text = line.rstrip("\n").split("\t")
            yield passage_of(number, int(start), text, "es" if language == "es" else "en")


def measure_build(engine: Engine, folder: Path) -> Built:
    """Build an engine in this process; what reading the passages costs by itself is not counted."""
    clock, processor = time.perf_counter(), time.process_time()
    for _ in read_passages(folder):
        pass
    read_s, read_cpu_s = time.perf_counter() - clock, time.process_time() - processor
    clock, processor = time.perf_counter(), time.process_time()
    own = folder / engine.name
    own.mkdir()
    engine.build(read_passages(folder), own)
    taken_s, taken_cpu_s = time.perf_counter() - clock, time.process_time() - processor
    return Built(taken_s - read_s, taken_cpu_s - read_cpu_s, _peak_mb())


def _peak_mb() -> float:
    # Linux counts into `ru_maxrss` what the parent had in memory when it started this process.
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text("ascii").splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


def main(name: str, folder: Path) -> None:
    """Build the engine of this name; the figures go to `NAME.json` in the folder."""
    engine = next(one for one in ENGINES if one.name == name)
    built = measure_build(engine, folder)
    (folder / f"{name}.json").write_text(json.dumps(built._asdict()), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
