"""Test collections: how they are read, ranked into runs, and what of them cannot be read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import UnreadableError, UsageError
from corpus.models import Span
from retrieval.evaluation.collections import check_judged, read_collection
from retrieval.evaluation.runs import TAG, Ranker, run_of, write_run
from retrieval.query import MAX_QUESTION_CHARS

DOCUMENTS: list[dict[str, Any]] = [
    {"_id": "ferry", "title": "The ferry", "text": "The ferry to Pell Island sails at noon from the stone pier."},
    {"_id": "bread", "title": "", "text": "The bakery on Quince Street opens before sunrise and sells out by eight."},
    {"_id": 7, "text": "El molino de la isla trabaja de noche y la gente de la isla trae su maíz en barcas."},
]
QUERIES = [{"_id": "q1", "text": "when does the ferry sail?"}, {"_id": 2, "text": "¿cuándo trabaja el molino?"}]
QRELS = "query-id\tcorpus-id\tscore\nq1\tferry\t2\nq1\tbread\t0\n2\t7\t1\n"


def written(
    folder: Path, documents: Sequence[Any] = DOCUMENTS, queries: Sequence[Any] = QUERIES, qrels: str | None = QRELS
) -> Path:
    """A collection in BEIR layout."""
    for name, rows in (("corpus", documents), ("queries", queries)):
        (folder / f"{name}.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    if qrels is not None:
        (folder / "qrels.tsv").write_text(qrels, "utf-8")
    return folder


def test_documents_are_statements(tmp_path: Path) -> None:
    """
    Each document is a statement of one passage: title and text, in its own language, in the order of the file.
    """
    documents = read_collection(written(tmp_path)).documents

    assert [(one.id, one.title, one.language) for one in documents] == [
        ("ferry", "The ferry", "en"),
        ("bread", "", "en"),
        ("7", "", "es"),
    ]
    assert documents[0].text == f"The ferry\n\n{DOCUMENTS[0]['text']}"
    assert documents[1].text == DOCUMENTS[1]["text"]
    assert all(one.passages == (Span(0, len(one.text)),) for one in documents)


def test_queries_and_judgments(tmp_path: Path) -> None:
    """
    Queries keep their order, ids are text, and judgments keep their grades, those of nothing relevant too.
    """
    found = read_collection(written(tmp_path))

    assert list(found.queries.items()) == [("q1", "when does the ferry sail?"), ("2", "¿cuándo trabaja el molino?")]
    assert found.qrels == {"q1": {"ferry": 2, "bread": 0}, "2": {"7": 1}}


@pytest.mark.parametrize(
    ("more", "title", "groups"),
    [
        ({"metadata": {"article": "Harbors"}}, "", {"d": "Harbors"}),
        ({"metadata": {"article": 12}}, "", {"d": "12"}),
        ({"metadata": {"year": 1931}}, "", {}),
        ({"metadata": None}, "", {}),
        ({"metadata": "an article"}, "", {}),
        ({"title": None}, "", {}),
        ({"title": 1931}, "1931", {}),
    ],
)
def test_what_documents_may_say_of_themselves(
    tmp_path: Path, more: dict[str, Any], title: str, groups: dict[str, str]
) -> None:
    """
    A title and the article that a document is part of are read where they are, and nothing is made of their absence.
    """
    found = read_collection(written(tmp_path, [{"_id": "d", "text": "The ferry sails.", **more}]))

    assert (found.documents[0].title, found.groups) == (title, groups)
    assert "None" not in found.documents[0].text


def test_short_document_is_in_the_usual_language(tmp_path: Path) -> None:
    """
    A document too short to tell its language is read in that of most others; alone it is in none.
    """
    short = {"_id": "s", "text": "1931"}

    assert read_collection(written(tmp_path, [*DOCUMENTS, short])).documents[-1].language == "en"
    assert read_collection(written(tmp_path, [short])).documents[0].language == "und"


def test_files_of_other_systems(tmp_path: Path) -> None:
    """
    A byte order mark, Windows line ends and empty lines change nothing.
    """
    plain = read_collection(written(tmp_path))
    for name in ("corpus.jsonl", "queries.jsonl", "qrels.tsv"):
        content = (tmp_path / name).read_text("utf-8").replace("\n", "\r\n\r\n")
        (tmp_path / name).write_bytes(b"\xef\xbb\xbf" + content.encode())

    assert read_collection(tmp_path) == plain


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("corpus.jsonl", None, "cannot be read"),
        ("queries.jsonl", None, "cannot be read"),
        ("corpus.jsonl", b'{"_id": "a", "text": "b"}\nno JSON\n', "line 2"),
        ("corpus.jsonl", b'{"_id": "a", "text": "b"}\n{"_id": "a", "text": "c"}\n', '2 documents have the "_id" a'),
        ("corpus.jsonl", b"[1]\n", "line 1"),
        ("corpus.jsonl", b'"_id text"\n', "line 1"),
        ("corpus.jsonl", b'{"_id": null, "text": "b"}\n', "line 1"),
        ("corpus.jsonl", b"[" * 100_000, "line 1"),
        ("queries.jsonl", b'{"_id": "a", "text": 5}\n', "line 1"),
        ("queries.jsonl", b'{"text": "b"}\n', "line 1"),
        ("queries.jsonl", b"\xff\xfe\x00", "not UTF-8"),
        ("qrels.tsv", b"query-id\tcorpus-id\tscore\nq1\tferry\t1\nq1 ferry 1\n", "line 3"),
        ("qrels.tsv", b"query-id\tcorpus-id\tscore\nq1\tferry\tmuch\n", "line 2"),
        ("qrels.tsv", b"query-id\tcorpus-id\tscore\nq1\t0\tferry\t1\n", "line 2"),
    ],
)
def test_bad_file_is_named(tmp_path: Path, file: str, content: bytes | None, said: str) -> None:
    """
    What cannot be read is named with its line, in one line that quotes none of its words.
    """
    written(tmp_path)
    if content is None:
        (tmp_path / file).unlink()
    else:
        (tmp_path / file).write_bytes(content)

    with pytest.raises(UnreadableError) as raised:
        read_collection(tmp_path)

    assert file in str(raised.value)
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    "qrels", [None, "query-id\tcorpus-id\tscore\n", "query-id\tcorpus-id\tscore\nother\tferry\t1\n"]
)
def test_collection_without_judgments(tmp_path: Path, qrels: str | None) -> None:
    """
    A collection may come without judgments, but then nothing can be measured on it.
    """
    found = read_collection(written(tmp_path, qrels=qrels))

    assert len(found.documents) == 3
    with pytest.raises(UsageError, match="nobody knows what is right"):
        check_judged(found)


# ---- runs


@pytest.mark.thorough
def test_run_ranks_what_shares_a_word(tmp_path: Path) -> None:
    """
    A run has every query, also one that finds nothing, and only documents that share a word with it, best first.
    """
    found = read_collection(written(tmp_path))
    queries = {"q": "ferry from the bakery on Quince Street", "none": "zebra", "empty": "", "es": "la noche del molino"}

    run = run_of(Ranker.of(found.documents), queries, depth=10)

    assert run == {"q": ["bread", "ferry"], "none": [], "empty": [], "es": ["7"]}


def test_run_does_not_depend_on_the_order_of_documents(tmp_path: Path) -> None:
    """
    The same documents in another order give the same run, ties included.
    """
    texts = {f"d{n}": f"The lantern of {name} Street burns." for n, name in enumerate(("Ash", "Elm", "Fir", "Oak"))}
    rows = [{"_id": id, "text": text} for id, text in texts.items()]
    queries = {"all": "lantern street", "one": "lantern fir"}
    documents = read_collection(written(tmp_path, rows)).documents

    run = run_of(Ranker.of(documents), queries, depth=10)

    assert run["all"] == ["d0", "d1", "d2", "d3"]
    assert run["one"][0] == "d2"
    assert run == run_of(Ranker.of(documents[::-1]), queries, depth=10)


@pytest.mark.parametrize(
    "query",
    [
        'what did "ferry bakery" say',  # quoted words are no phrase
        "ferry before 1931",  # a date filters nothing
        "latest ferry in Spanish",
        "who is the ferry?",
        "ferry " * MAX_QUESTION_CHARS,
    ],
)
def test_nothing_in_a_query_narrows(tmp_path: Path, query: str) -> None:
    """
    Quotation marks, dates and what else would filter a question are words like others in a query, however long it is.
    """
    documents = read_collection(written(tmp_path)).documents

    assert "ferry" in Ranker.of(documents).ranked_ids(query, depth=5)


def test_trec_lines(tmp_path: Path) -> None:
    """
    A run is written as `qid Q0 docid rank score tag` a line, query by query, with as many documents as were asked for.
    """
    found = read_collection(written(tmp_path))
    queries = {"b": "the ferry or the bakery", "a": "bakery", "none": "zebra"}

    write_run(tmp_path / "run", Ranker.of(found.documents), queries, depth=1)

    lines = [line.split(" ") for line in (tmp_path / "run").read_text("utf-8").splitlines()]
    assert [(line[0], line[1], line[3], line[5]) for line in lines] == [("b", "Q0", "1", TAG), ("a", "Q0", "1", TAG)]
    assert {line[2] for line in lines} <= {"ferry", "bread"}


@pytest.mark.thorough
def test_scores_fall_with_every_rank(tmp_path: Path) -> None:
    """
    No two documents of a query have the same score, so that no program that reads the run puts them in another order.
    """
    rows = [{"_id": f"d{n:04}", "text": "lantern"} for n in range(1500)]
    documents = read_collection(written(tmp_path, rows)).documents

    write_run(tmp_path / "run", Ranker.of(documents), {"q": "lantern"}, depth=1450)

    lines = [line.split(" ") for line in (tmp_path / "run").read_text("utf-8").splitlines()]
    scores = [float(line[4]) for line in lines]
    assert len(lines) == len({line[2] for line in lines}) == 1450
    assert [int(line[3]) for line in lines] == list(range(1, 1451))
    assert scores == sorted(set(scores), reverse=True)
