"""`onrecord evaluate run · compare · confidence · typos · fit` on a collection of a few invented documents."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Any

import pytest
from terminal import Terminal

TEXTS = {
    "ferry": "The ferry of the island leaves at noon, and the families of the island have waited for it since June.",
    "school": "The school of the island opens at nine, and the families of the island have paid for it since June.",
    "bridge": "The bridge of the island shuts at night, and the families of the island have asked for it since June.",
    "market": "The market of the island begins at six, and the families of the island have sold fish in it since June.",
}
QUERIES = {"ferry": "when does the ferry leave?", "school": "school opens", "bridge": "bridge", "market": "the market"}
SPANISH = {"ferry": "el barco de la isla", "school": "la escuela de la isla", "bridge": "el puente de la isla"}
HEAD = "query-id\tcorpus-id\tscore\n"


def collection(terminal: Terminal, name: str, queries: dict[str, str], *, articles: bool = True) -> None:
    def lines(rows: Sequence[dict[str, Any]]) -> str:
        return "".join(f"{json.dumps(row)}\n" for row in rows)

    documents: list[dict[str, Any]] = [{"_id": id, "title": "", "text": text} for id, text in TEXTS.items()]
    for document in documents if articles else ():
        document["metadata"] = {"article": document["_id"]}
    terminal.file(f"{name}/corpus.jsonl", lines(documents))
    terminal.file(f"{name}/queries.jsonl", lines([{"_id": f"q-{id}", "text": text} for id, text in queries.items()]))
    terminal.file(f"{name}/qrels.tsv", HEAD + "".join(f"q-{id}\t{id}\t1\n" for id in queries))


@pytest.fixture
def island(terminal: Terminal) -> Terminal:
    """A terminal whose working directory holds two collections, one of them asked in Spanish."""
    collection(terminal, "island", QUERIES)
    collection(terminal, "isla", SPANISH, articles=False)
    return terminal


def test_run_writes_a_trec_file(island: Terminal) -> None:
    """`run` writes the best documents of every query, and says where, on standard error."""
    printed = island.run("evaluate", "run", "island", "--output", "island.run", "--depth", "1")

    assert (printed.status, printed.out, printed.err) == (0, "", "island.run: 4 queries, at most 1 documents each.\n")
    assert (island.folder / "island.run").read_text("utf-8").splitlines() == [
        f"q-{id} Q0 {id} 1 1.000000000 onrecord" for id in QUERIES
    ]


def test_confidence_of_each_collection(island: Terminal) -> None:
    """`confidence` prints AUROC for half the passages, and for half the articles where a collection has them."""
    printed = island.run("evaluate", "confidence", "island", "isla", "--json")

    figures = printed.document["AUROC"]
    assert (printed.status, printed.err) == (0, "")
    assert figures["island"].keys() == {"half the passages", "half the articles"}
    assert figures["isla"].keys() == {"half the passages"}
    assert all(0 <= figure <= 1 for found in figures.values() for figure in found.values())


def test_typos_of_each_collection(island: Terminal) -> None:
    """`typos` prints how often the first document is right, as asked and spoilt."""
    printed = island.run("evaluate", "typos", "island", "--json")

    assert (printed.status, printed.err) == (0, "")
    assert printed.document["Success@1"]["island"].keys() == {"as asked", "one mistake", "no accents"}
    assert printed.document["Success@1"]["island"]["as asked"] == 1


def test_typos_of_several_seeds(island: Terminal) -> None:
    """With `--seeds` every query is mistyped as many times, and anybody gets the same mean again."""
    printed = [island.run("evaluate", "typos", "island", "--seeds", "3", "--json").document for _ in range(2)]

    assert printed[0] == printed[1]
    assert printed[0]["Success@1"]["island"]["as asked"] == 1


@pytest.mark.parametrize(("command", "row"), [("confidence", "AUROC"), ("typos", "Success@1")])
def test_figures_as_a_table(island: Terminal, command: str, row: str) -> None:
    """People get one collection a line, each figure behind its name."""
    lines = island.run("evaluate", command, "island", "isla").out.splitlines()

    assert [line.split()[:2] for line in lines] == [[row, "island"], [row, "isla"]]
    assert all(line.split()[-1].replace(".", "").isdigit() for line in lines)


def test_fit_writes_coefficients(island: Terminal) -> None:
    """`fit` writes the coefficients with the collections that they were fitted on."""
    collection(island, "isla", SPANISH)

    printed = island.run("evaluate", "fit", "island", "isla", "--output", "confidence.json")

    written = json.loads((island.folder / "confidence.json").read_text("utf-8"))
    assert (printed.status, printed.out, printed.err) == (0, "", "")
    assert written["fitted_on"]["collections"] == ["isla", "island"]
    assert written["coefficients"].keys() == {"own", "bridged"}


def test_compare_has_every_engine(island: Terminal) -> None:
    """`compare` prints the same measures for our ranking and for every other engine."""
    for package, extra in (("bm25s", "bench"), ("tantivy", "bench"), ("ir_measures", "evaluate")):
        pytest.importorskip(package, reason=f'{package} is not installed: pip install "onrecord[{extra}]"')
    from retrieval.evaluation.baselines import BASELINES
    from retrieval.evaluation.measures import MEASURES

    printed = island.run("evaluate", "compare", "island", "--json")

    assert printed.status == 0
    assert list(printed.document) == ["onrecord", *BASELINES]
    assert all(list(row["island"]) == list(MEASURES) for row in printed.document.values())
    assert printed.document["onrecord"]["island"]["Success@1"] == 1


COMMANDS = (
    ("run", "island", "--output", "out"),
    ("confidence", "island", "--json"),
    ("typos", "island", "--json"),
    ("fit", "island", "--output", "out"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
@pytest.mark.parametrize(
    ("file", "content", "named"),
    [
        ("corpus.jsonl", None, "corpus.jsonl"),
        ("queries.jsonl", b'{"_id": "q", "text": "secret"}\nsecret\n', "queries.jsonl, line 2"),
        ("qrels.tsv", b"query-id\tcorpus-id\tscore\nq-ferry ferry 1\n", "qrels.tsv, line 2"),
    ],
)
def test_bad_collection(
    island: Terminal, command: tuple[str, ...], file: str, content: bytes | None, named: str
) -> None:
    """A file of a collection that is missing or broken is one line that names it, with status 2 and nothing written."""
    if content is None:
        (island.folder / "island" / file).unlink()
    else:
        island.file(f"island/{file}", content)

    printed = island.run("evaluate", *command)

    assert (printed.status, printed.out, printed.err.count("\n")) == (2, "", 1)
    assert named in printed.err
    assert "secret" not in printed.err
    assert not (island.folder / "out").exists()


@pytest.mark.parametrize("command", COMMANDS[1:], ids=lambda command: command[0])
def test_no_judgments(island: Terminal, command: tuple[str, ...]) -> None:
    """Without judgments nothing can be measured, in one line; a run can still be written."""
    (island.folder / "island" / "qrels.tsv").unlink()

    printed = island.run("evaluate", *command)

    assert (printed.status, printed.out, printed.err.count("\n")) == (2, "", 1)
    assert "qrels.tsv" in printed.err
    assert island.run("evaluate", *COMMANDS[0]).status == 0


@pytest.mark.parametrize("command", ["run", "confidence", "typos", "fit"])
def test_missing_folder(island: Terminal, command: str) -> None:
    """A folder that is not there is named."""
    output = ("--output", "out") if command in ("run", "fit") else ()

    printed = island.run("evaluate", command, "atlantis", *output)

    assert (printed.status, printed.out, printed.err.count("\n")) == (2, "", 1)
    assert "atlantis" in printed.err


@pytest.mark.parametrize("command", ["run", "fit"])
@pytest.mark.parametrize("output", ["atlantis/out", "island"])
def test_no_place_for_the_output(island: Terminal, command: str, output: str) -> None:
    """A file that cannot be written is named before anything is read."""
    printed = island.run("evaluate", command, "atlantis", "--output", output)

    assert (printed.status, printed.out) == (2, "")
    assert printed.err.startswith(f'"{output}" cannot be written')


def test_two_collections_of_one_name(island: Terminal) -> None:
    """Two folders of the same name would hide each other's figures, so that is said."""
    collection(island, "other/island", QUERIES)

    printed = island.run("evaluate", "typos", "island", "other/island", "--json")

    assert (printed.status, printed.out, printed.err.count("\n")) == (2, "", 1)
    assert '"island"' in printed.err


def test_nothing_to_tell_apart(island: Terminal) -> None:
    """A collection whose every query is answered in no half has no AUROC, and JSON is not made of it."""
    island.file("island/qrels.tsv", HEAD + "q-ferry\telsewhere\t1\n")

    printed = island.run("evaluate", "confidence", "island", "--json")

    assert (printed.status, printed.out, printed.err.count("\n")) == (2, "", 1)


@pytest.mark.parametrize(("package", "extra"), [("bm25s", "bench"), ("tantivy", "bench"), ("ir_measures", "evaluate")])
def test_missing_extra(island: Terminal, monkeypatch: pytest.MonkeyPatch, package: str, extra: str) -> None:
    """What is not installed is named with what to install, before anything is read or ranked."""
    for other in ("bm25s", "tantivy", "ir_measures"):
        monkeypatch.setitem(sys.modules, other, sys)  # there
    monkeypatch.setitem(sys.modules, package, None)  # not there

    printed = island.run("evaluate", "compare", "atlantis", "--json")

    assert (printed.status, printed.out, printed.err.count("\n")) == (1, "", 1)
    assert f'pip install "onrecord[{extra}]"' in printed.err
