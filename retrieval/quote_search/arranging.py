"""
Quotes that were found → each of them once, in the order asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from corpus.models import Span
from retrieval.catalog import Catalog
from retrieval.models import Order, Passage
from retrieval.passages import kind_of
from retrieval.quote_search.ranking import Weighed
from retrieval.quote_search.utterances import Utterances
from retrieval.ranking import Ranked
from retrieval.repeating import Versions, without_repeats
from retrieval.windows import Window

# Among so many of the best, a release in two languages is shown in one.
_COMPARED = 24


def once(found: Iterable[Weighed], utterances: Utterances) -> list[Weighed]:
    """
    Each part once, where it was first found.

    Of copies the statement is shown that says most about itself. A part that says nothing of the topic by itself is
    left out where another one of its utterance does, and stands for it where none does.
    """
    found = list(found)
    utterance_parts: dict[int, list[Weighed]] = defaultdict(list)
    for one in found:
        if not one.speaks_itself or utterances.is_repeated(one.spoken):
            utterance_parts[utterances.number_of(one.spoken)] = []
    if not utterance_parts:
        return found
    for one in found:
        if (number := utterances.number_of(one.spoken)) in utterance_parts:
            utterance_parts[number].append(one)
    shown = {one.spoken.key for parts in utterance_parts.values() for one in _standing(parts, utterances)}
    return [one for one in found if one.spoken.key in shown or utterances.number_of(one.spoken) not in utterance_parts]


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


def _standing(parts: list[Weighed], utterances: Utterances) -> list[Weighed]:
    """Of an utterance and its copies the parts that are shown."""
    if len(parts) == 1:
        return parts
    chosen = min((one.spoken.statement.id for one in parts), key=utterances.rank_of)
    of_one = [one for one in parts if one.spoken.statement.id == chosen]
    telling = [one for one in of_one if one.speaks_itself]
    telling = telling or [max(of_one, key=lambda one: (one.score, len(one.spoken.quote.text)))]
    # A quote that is printed again, as a pull-quote is, says the same words.
    return list({utterances.words_of(one.spoken): one for one in reversed(telling)}.values())
