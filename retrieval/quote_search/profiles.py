"""
A name → what the statements print of that person: names, titles and organizations with their dates, quotes a year.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from corpus.canonical import fold_word
from corpus.errors import UsageError
from corpus.models import Speaker
from retrieval.catalog import Catalog
from retrieval.models import FoundQuote, Language, Note, PersonProfile, PersonRequest, PrintedForm
from retrieval.models.people import Said
from retrieval.quote_search.arranging import in_order, once
from retrieval.quote_search.contexts import show_quote
from retrieval.quote_search.finder import QuoteFinder
from retrieval.quote_search.of_the_day import is_whole
from retrieval.quote_search.people import Meant, Person
from retrieval.quote_search.ranking import Weighed
from retrieval.quote_search.utterances import Spoken

# Among so many of the newest statements for each quote shown, versions of one release are known as such.
_COMPARED = 8


def describe_person(request: PersonRequest, finder: QuoteFinder) -> PersonProfile:
    """
    What is printed of a person.

    Who is meant is decided as for quotes: of several people nobody is shown, and nobody is the nearest person.

    Raises:
        UsageError: There is no name.
    """
    if not request.name.strip():
        raise UsageError('There is no name. Give one, as in: onrecord person "Ana Ruiz".')
    locale: Language = request.locale or "en"
    meant = finder.people.meant_by(request.name)
    if meant.person is None:
        return PersonProfile(locale=locale, choices=meant.choices, notes=(_undecided(request.name.strip(), meant),))
    spoken = list(_spoken_by(meant.person, finder))
    return _profile(meant.person, spoken, finder).model_copy(
        update={
            "locale": locale,
            "quotes": tuple(_newest(spoken, finder, locale, request.limit)),
            "corrected": dict(meant.corrected),
        }
    )


def _undecided(typed: str, meant: Meant) -> Note:
    if meant.choices:
        return Note(code="name_ambiguous", values={"name": typed, "choices": ", ".join(meant.choices)})
    return Note(code="speaker_unknown", values={"name": typed})


def _spoken_by(person: Person, finder: QuoteFinder) -> Iterator[Spoken]:
    """Every quote of a person, copies too."""
    said_in = finder.catalog.names.statements["speaker"]
    for id in sorted(set().union(*(said_in[key] for key in person.keys))):
        for one in finder.utterances.of(id):
            if one.quote.speaker and fold_word(one.quote.speaker.name) in person.keys:
                yield one


def _profile(person: Person, spoken: Sequence[Spoken], finder: QuoteFinder) -> PersonProfile:
    catalog = finder.catalog
    statements = Counter(_year(id, catalog) for id in {one.statement.id for one in spoken})
    each = once((Weighed(one, 0.0, 1.0) for one in spoken), finder.utterances)
    quotes = Counter(_year(one.spoken.statement.id, catalog) for one in each)
    dated = [int(year) for year in statements if year]
    years = [f"{year:04}" for year in (range(min(dated), max(dated) + 1) if dated else ())]
    return PersonProfile(
        name=person.shown,
        locale="en",
        names=_forms(spoken, lambda speaker: speaker.name, catalog),
        titles=_forms(spoken, lambda speaker: speaker.title, catalog),
        organizations=_forms(spoken, lambda speaker: speaker.organization, catalog),
        total=Said(statements=statements.total(), quotes=quotes.total()),
        years={year: Said(statements=statements[year], quotes=quotes[year]) for year in years},
        undated=Said(statements=statements[""], quotes=quotes[""]),
    )


def _year(id: str, catalog: Catalog) -> str:
    """The year of a statement, "" without a date."""
    return (catalog[id].date or "")[:4]


def _forms(
    spoken: Iterable[Spoken], printed: Callable[[Speaker], str | None], catalog: Catalog
) -> tuple[PrintedForm, ...]:
    """Each form with the statements that print it, those printed last first, ties by how often."""
    found: dict[str, set[str]] = defaultdict(set)
    for statement, quote in spoken:
        if quote.speaker and (form := printed(quote.speaker)):
            found[" ".join(form.split())].add(statement.id)
    newest = {id: place for place, id in enumerate(catalog.newest_first(set().union(*found.values())))}

    def order(form: str) -> tuple[int, int, str]:
        return min(newest[id] for id in found[form]), -len(found[form]), form

    return tuple(_form(text, found[text], catalog) for text in sorted(found, key=order))


def _form(text: str, ids: set[str], catalog: Catalog) -> PrintedForm:
    dated = sorted(id for id in ids if id in catalog.dates)
    first = min(dated, key=lambda id: catalog.dates[id][0], default=None)
    last = max(dated, key=lambda id: catalog.dates[id][1], default=None)
    return PrintedForm(
        text=text,
        first=catalog[first].date if first else None,
        last=catalog[last].date if last else None,
        statements=len(ids),
    )


def _newest(spoken: Sequence[Spoken], finder: QuoteFinder, locale: Language, limit: int) -> Iterator[FoundQuote]:
    """
    Of each of the newest statements the first quote that stands by itself, else the first.

    Of a release that is there in both languages, or twice, one statement is shown.
    """
    said: dict[str, list[Spoken]] = defaultdict(list)
    for one in in_order([Weighed(one, 0.0, 1.0) for one in spoken], "newest", finder.catalog):
        said[one.spoken.statement.id].append(one.spoken)
    for id in _one_version_each(list(said)[: limit * _COMPARED], finder.catalog, locale)[:limit]:
        yield show_quote(next(filter(is_whole, said[id]), said[id][0]), 0.0)


def _one_version_each(ids: Sequence[str], catalog: Catalog, locale: Language) -> list[str]:
    """Of every release the statement in this language, else the first."""
    repeats = catalog.repeats(ids)
    shown: list[str] = []
    seen: set[str] = set()
    for id in ids:
        if id in seen:
            continue
        others = {*repeats.again.get(id, ()), *repeats.translations.get(id, ())}
        versions = [other for other in ids if other == id or other in others]
        shown.append(next((one for one in versions if catalog[one].language == locale), id))
        seen.update(versions)
    return shown
