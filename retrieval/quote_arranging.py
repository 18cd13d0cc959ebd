"""
Quotes that were found → each of them once, in the order asked for.
"""

from __future__ import annotations

from collections.abc import Iterable

from corpus.duplicates import evidence
from corpus.models import Span
from retrieval.catalog import Catalog
from retrieval.models import Order, Passage
from retrieval.passages import kind_of
from retrieval.quote_ranking import Weighed
from retrieval.ranking import Ranked
from retrieval.repeating import Versions, without_repeats
from retrieval.utterances import Utterances
from retrieval.windows import Window

# Among so many of the best, a release in two languages is shown in one.
_COMPARED = 24


def once(found: Iterable[Weighed], utterances: Utterances) -> list[Weighed]:
    """
    Each utterance once, where it was first found.

    Its best part stands for it, of parts alike the longest; of copies the statement that says most about itself.
    """
    best: dict[int, Weighed] = {}
    for one in found:
        number = utterances.number_of(one.spoken)
        best[number] = _better(best[number], one) if number in best else one
    return list(best.values())


def one_version(found: list[Weighed], versions: Versions, catalog: Catalog) -> list[Weighed]:
    """Of the best, those of one version of each release, in the asker's language where it says as much."""
    if len({one.spoken.statement.language for one in found[:_COMPARED]}) < 2:
        # Copies in one language are one utterance already.
        return found
    ranked = [_as_ranked(one) for one in found[:_COMPARED]]
    kept = without_repeats(ranked, versions, catalog)
    places = {one.spoken.key: one for one in found}
    return [places[one.passage.statement_id, one.passage.span.start] for one in kept] + found[_COMPARED:]


def in_order(found: list[Weighed], order: Order, catalog: Catalog) -> list[Weighed]:
    """By date, undated ones last, then as they stand; else as they are ranked."""
    if order == "relevance":
        return found
    ids = {one.spoken.statement.id for one in found}
    places = {id: place for place, id in enumerate(catalog.newest_first(ids, oldest=order == "oldest"))}
    return sorted(found, key=lambda one: (places[one.spoken.statement.id], one.spoken.quote.start))


def _as_ranked(one: Weighed) -> Ranked:
    """The quote as a passage in its place, all of it shown."""
    statement, quote = one.spoken
    passage = Passage.model_construct(
        statement_id=statement.id,
        revision=statement.revision,
        span=quote.span,
        text=quote.text,
        kind=kind_of(statement, quote.span),
        language=one.partition,
    )
    return Ranked(passage, Window(Span(0, len(quote.text)), {}, (), 0.0), one.score, one.coverage)


def _better(before: Weighed, other: Weighed) -> Weighed:
    one, two = before.spoken, other.spoken
    if one.statement.id == two.statement.id:
        longer = len(two.quote.text) > len(one.quote.text)
        return other if other.score > before.score or (other.score == before.score and longer) else before
    return min(before, other, key=lambda weighed: evidence(weighed.spoken.statement))
