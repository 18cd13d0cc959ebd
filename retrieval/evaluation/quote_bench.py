"""
How long `quote` takes on a large record, and how much room what it searches needs: seeded text in which people speak.

Every statement of eight passages has two utterances of people who speak again elsewhere, half of the utterances in two
parts. Requests are those that readers make: a topic, a question, somebody's name, the newest of an organisation.
"""

from __future__ import annotations

import datetime as dt
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np

from corpus.models import Frozen, Quote, Span, Speaker, Statement
from retrieval.bridge import Bridge
from retrieval.catalog import Catalog
from retrieval.evaluation.synthetic import PARAGRAPH, STATEMENT_PASSAGES, passages, questions, word
from retrieval.expansion import Expander
from retrieval.models import Passage, QuoteRequest
from retrieval.quote_search.finder import QuoteFinder
from retrieval.quote_search.ranking import Indexes
from retrieval.structures import StoredStructures, append

REQUESTS = 100
# Which of the eight passages of a statement somebody speaks in.
_SPOKEN = (2, 5)
_PEOPLE, _ORGANIZATIONS = 2_000, 300
# Ranks of words that are common enough for names to look like any other word.
_FIRST_NAME = 4_000
_FIRST_DAY, _DAYS = dt.date(2004, 1, 1), 7_000
_TODAY = dt.date(2026, 3, 15)


class Times(Frozen):
    """Milliseconds of processor time of one kind of request: by the clock it is the same on a machine that rests."""

    kind: str
    p50_ms: float
    p95_ms: float


class QuoteFigures(Frozen):
    """
    What was measured.

    Attributes:
        quotes: How many parts somebody speaks.
        disk_mb: Of the index of quotes, which is mapped and not read in.
        memory_mb: Of people, utterances and quotes of the day, which are made when they are first needed.
        first_ms: From the open index to the first reply, `memory_mb` being made.
    """

    passages: int
    quotes: int
    disk_mb: float
    memory_mb: float
    first_ms: float
    rows: tuple[Times, ...]


def measure_quotes(count: int, folder: Path, *, seed: int = 1) -> QuoteFigures:
    """
    Store statements with quotes, and find quotes in them.

    Args:
        count: Passages of about 60 words.
        folder: An empty one.
        seed: Of text and requests.
    """
    statements = list(spoken_statements(count, seed))
    catalog = Catalog(statements)
    structures = StoredStructures(folder, append(folder, None, "1", statements).model_dump_json(), "1")
    expander = Expander(structures.passages, catalog.names, Bridge.load())
    finder = QuoteFinder(catalog, Indexes(structures.quotes, structures.passages), expander)
    asked = requests_of(count, statements, seed)
    started = time.perf_counter()
    finder.find(asked["topic"][0], _TODAY)
    first_ms = (time.perf_counter() - started) * 1000
    return QuoteFigures(
        passages=count,
        quotes=len(structures.quotes),
        disk_mb=round(sum(f.stat().st_size for f in (folder / "quotes").rglob("*") if f.is_file()) / 1e6, 1),
        memory_mb=round(_memory(finder) / 1e6, 1),
        first_ms=round(first_ms, 1),
        rows=tuple(_in_turn(finder, asked)),
    )


def spoken_statements(count: int, seed: int = 1) -> Iterator[Statement]:
    """Statements of synthetic passages, in some of which somebody speaks."""
    chance, stream = np.random.default_rng(seed), passages(count, seed)
    while made := list(islice(stream, STATEMENT_PASSAGES)):
        yield _statement(made, chance)


def requests_of(count: int, statements: Sequence[Statement], seed: int = 1) -> dict[str, list[QuoteRequest]]:
    """Kind → requests: words of passages drawn at random, people and organisations of the statements."""
    chance = np.random.default_rng(seed)
    drawn = {int(number) for number in chance.choice(count, min(REQUESTS, max(10, count // 50)), replace=False)}
    asked = questions((one for number, one in enumerate(passages(count, seed)) if number in drawn), seed)
    topics = [" ".join(one.text.rstrip("?").split()[-int(chance.integers(1, 4)) :]) for one in asked]
    people = [_name(int(chance.integers(_PEOPLE))) for _ in asked]
    issuers = [str(statements[int(chance.integers(len(statements)))].organizations[0]) for _ in asked]
    return {
        "topic": [QuoteRequest(about=topic) for topic in topics],
        "question": [QuoteRequest(about=one.text) for one in asked],
        "topic, newest": [QuoteRequest(about=topic, order="newest") for topic in topics],
        "topic, dates": [QuoteRequest(about=f"{topic} before 2015") for topic in topics],
        "speaker": [QuoteRequest(speaker=name) for name in people],
        "topic, speaker": [QuoteRequest(about=t, speaker=name) for t, name in zip(topics, people, strict=True)],
        "organization": [QuoteRequest(organization=name) for name in issuers],
        "of the day": [QuoteRequest() for _ in asked],
    }


def _statement(made: Sequence[Passage], chance: np.random.Generator) -> Statement:
    issuer = int(chance.integers(_ORGANIZATIONS))
    text, spans, quotes = "", list[Span](), list[Quote]()
    for place, passage in enumerate(made):
        text += PARAGRAPH if text else ""
        words = passage.text
        if place in _SPOKEN:
            words, spoken = _said(words, len(text), len(quotes) + 1, int(chance.integers(_PEOPLE)), issuer)
            quotes += spoken
        spans.append(Span(len(text), len(text) + len(words)))
        text += words
    id = made[0].statement_id
    return Statement(
        id=id,
        file=f"{id}.txt",
        title=" ".join(made[0].text.split()[:6]),
        organizations=(_organization(issuer),),
        language="en",
        date=(_FIRST_DAY + dt.timedelta(days=int(chance.integers(_DAYS)))).isoformat(),
        date_precision="day",
        date_evidence="header",
        kind="press_release",
        text=text,
        body=(Span(0, len(text)),),
        passages=tuple(spans),
        quotes=tuple(quotes),
    )


def _said(text: str, start: int, utterance: int, person: int, issuer: int) -> tuple[str, list[Quote]]:
    """The passage with its first sentence spoken, and where there is a third one, the second too."""
    first, _, rest = text.partition(". ")
    second, _, after = rest.partition(". ")
    name, parts = _name(person), [f"{first},", *([f"{second}."] if after else [])]
    who = Speaker(name=name, title="director", organization=_organization(issuer), printed=name)
    between = f"” said {name}, director of {_organization(issuer)}. "
    made, quotes = "", list[Quote]()
    for number, (part, following) in enumerate(zip(parts, (between, "” "), strict=False), start=1):
        place = start + len(made) + 1
        quotes.append(
            Quote(text=part, start=place, end=place + len(part), utterance=utterance, part=number, speaker=who)
        )
        made += f"“{part}{following}"
    return made + (after or rest), quotes


def _name(person: int) -> str:
    return f"{word(_FIRST_NAME + person // 40).title()} {word(_FIRST_NAME + 100 + person).title()}"


def _organization(number: int) -> str:
    return f"{word(_FIRST_NAME + 3_000 + number).title()} Neighbors Network"


def _memory(finder: QuoteFinder) -> int:
    """Bytes of what a finder makes for itself, in a second one beside it."""
    tracemalloc.start()
    try:
        other = QuoteFinder(finder.catalog, finder.indexes, finder.expander)
        other.find(QuoteRequest(), _TODAY)
        other.find(QuoteRequest(organization="-"), _TODAY)
        return tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()


def _in_turn(finder: QuoteFinder, asked: dict[str, list[QuoteRequest]]) -> Iterator[Times]:
    """Each kind of request in turn, so that all see the same hours of the machine; the first ones warm it up."""
    times: dict[str, list[float]] = {kind: [] for kind in asked}
    for row in zip(*asked.values(), strict=True):
        for kind, request in zip(asked, row, strict=True):
            times[kind].append(_milliseconds(partial(finder.find, request, _TODAY)))
    for kind, taken in times.items():
        p50, p95 = np.percentile(taken[len(taken) // 10 :], (50, 95)).tolist()
        yield Times(kind=kind, p50_ms=round(p50, 2), p95_ms=round(p95, 2))


def _milliseconds(find: Callable[[], object]) -> float:
    start = time.process_time()
    find()
    return (time.process_time() - start) * 1000
