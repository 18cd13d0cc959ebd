"""
`onrecord evaluate run · compare · confidence · typos · ablation · fit`: public test collections and their figures.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.answers.options import print_json
from corpus.errors import UsageError

if TYPE_CHECKING:
    from retrieval.candidates import Weights
    from retrieval.evaluation.collections import Collection

Folder = Annotated[Path, typer.Argument(help="A folder in BEIR layout.", metavar="COLLECTION", show_default=False)]
Folders = Annotated[
    list[Path], typer.Argument(help="Folders in BEIR layout.", metavar="COLLECTION…", show_default=False)
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def run(
    collection: Folder,
    output: Annotated[Path, typer.Option(help="Where the TREC run goes.", show_default=False)],
    depth: Annotated[int, typer.Option(help="Documents for each query.", min=1, max=10_000)] = 1000,
) -> None:
    """Rank a test collection as `ask` would, into a TREC run."""
    from retrieval.evaluation.collections import read_collection
    from retrieval.evaluation.runs import Ranker, write_run

    _check_output(output)
    found = read_collection(collection)
    write_run(output, Ranker.of(found.documents), found.queries, depth=depth)
    print(f"{output}: {len(found.queries)} queries, at most {depth} documents each.", file=sys.stderr)


def compare(collections: Folders, as_json: AsJson = False) -> None:
    """Measure our ranking beside other engines on test collections."""
    from retrieval.evaluation import baselines, measures
    from retrieval.evaluation.collections import check_judged
    from retrieval.evaluation.runs import Ranker, run_of

    baselines.check_installed()
    measures.check_installed()
    rows: dict[str, dict[str, dict[str, float]]] = {}
    for name, found in _read(collections).items():
        check_judged(found)
        print(f"{name} …", file=sys.stderr)
        runs = {"onrecord": run_of(Ranker.of(found.documents), found.queries, depth=_MEASURED)}
        runs |= {engine: make(found, _MEASURED) for engine, (_, make) in baselines.BASELINES.items()}
        for engine, made in runs.items():
            rows.setdefault(engine, {})[name] = measures.measure(made, found.qrels)
    _print(rows, as_json=as_json)


def confidence(collections: Folders, as_json: AsJson = False) -> None:
    """AUROC of confidence with half of the passages, and half of the articles, taken away."""
    from retrieval.evaluation.silence import asked_of_halves, auroc

    rows = {}
    for name, found in _read(collections).items():
        rows[name] = {"half the passages": auroc(asked_of_halves(found, "passages"))}
        if found.groups:
            rows[name]["half the articles"] = auroc(asked_of_halves(found, "articles"))
    _print({"AUROC": rows}, as_json=as_json)


def typos(
    collections: Folders,
    seeds: Annotated[int, typer.Option(help="How many times, with other mistakes; the mean counts.", min=1)] = 1,
    as_json: AsJson = False,
) -> None:
    """What one typing mistake in one word, and missing accents, cost."""
    from retrieval.evaluation.typos import typo_figures

    rows = {name: typo_figures(found, seeds) for name, found in _read(collections).items()}
    _print({"Success@1": rows}, as_json=as_json)


def ablation(
    collections: Folders,
    questions: Annotated[Path | None, typer.Option(help="Also a questions file …")] = None,
    corpus: Annotated[list[Path] | None, typer.Option(help="… on these statements. May be repeated.")] = None,
    as_json: AsJson = False,
) -> None:
    """What each part of the ranking gains, one after the other switched off."""
    from retrieval.evaluation.ablation import ablate

    asked = {questions.name: _hits(questions, corpus or [])} if questions else {}
    _print(ablate(_read(collections), asked), as_json=as_json)


def _hits(file: Path, corpus: list[Path]) -> Callable[[Weights], tuple[int, int]]:
    """Weights → how many first excerpts of a questions file are hits, of how many."""
    from bot.corpora import Record, read_statements
    from corpus.sources.files import find_files
    from retrieval.asking import Asker
    from retrieval.evaluation.answers import read_rows, score_answers

    rows, record = read_rows(file), Record.of(read_statements(corpus), "files")
    files = {found.file: found.path for found in find_files(corpus)}

    def hits(weights: Weights) -> tuple[int, int]:
        asker = Asker(record.catalog, record.structures.passages, record.asker.expander, weights)
        figures = score_answers(rows, lambda asked: asker.ask(asked, _ANY_DAY), lambda name: files[name].read_bytes())
        return figures.counts["hit@1"]

    return hits


def fit(
    collections: Folders,
    output: Annotated[Path, typer.Option(help="Where the coefficients go.", show_default=False)],
) -> None:
    """Fit the confidence model on every second query of test collections."""
    from retrieval.evaluation.fitting import write_confidence

    _check_output(output)
    write_confidence(output, _read(collections))


# Files of questions name their days: no figure may depend on when it was measured.
_ANY_DAY = dt.date(2026, 1, 1)
# As deep as the measures look.
_MEASURED = 100


def _read(folders: list[Path]) -> Mapping[str, Collection]:
    from retrieval.evaluation.collections import read_collection

    names = [folder.resolve().name for folder in folders]
    if twice := {name for name in names if names.count(name) > 1}:
        raise UsageError(f'More than one collection is called "{min(twice)}". Rename a folder.')
    return {name: read_collection(folder) for name, folder in zip(names, folders, strict=True)}


def _check_output(path: Path) -> None:
    """Before anything is measured: whether there is a place for the file."""
    if path.is_dir() or not path.parent.is_dir():
        raise UsageError(f'"{path}" cannot be written: it is a folder, or its folder is missing. Name a file.')


def _print(rows: Mapping[str, Mapping[str, Mapping[str, float]]], *, as_json: bool) -> None:
    """Figures by row, collection and measure."""
    if as_json:
        rounded = {
            row: {c: {m: round(x, 4) for m, x in figures.items()} for c, figures in found.items()}
            for row, found in rows.items()
        }
        print_json(rounded, indent=2)
        return
    for row, found in rows.items():
        for name, figures in found.items():
            print(f"{row:24} {name:14} " + "  ".join(f"{measure} {figure:.4f}" for measure, figure in figures.items()))
