"""What says the same is shown once: the same words, a release again, a translation in the asker's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest
from factories import asker, passage, statement
from hypothesis import given
from hypothesis import strategies as st

from corpus.models import Span, Statement
from retrieval.asking import Asker
from retrieval.catalog import Catalog
from retrieval.models import Answer, AskRequest
from retrieval.ranking import Ranked
from retrieval.repeating import Versions, without_repeats
from retrieval.windows import Window

TODAY = dt.date(2022, 6, 1)

ENGLISH = """Night Buses for Dunmore

The transport commission approved 3 night buses for Dunmore after a petition of 2,140 residents. Imelda Quarles
of the Cannery Road Committee delivered it in 16 boxes.

The buses will connect the Colfax plant with Orchard Park and Saint Brendan Hospital until 4 in the morning. A ticket
costs 75 cents, and interpreters will accompany the drivers in the first month."""
SPANISH = """Autobuses nocturnos para Dunmore

La comisión de transporte aprobó 3 autobuses nocturnos para Dunmore después de una petición de 2,140 residentes. La
entregó Imelda Quarles, del Comité de Cannery Road, en 16 cajas.

Los autobuses conectarán la planta Colfax con Orchard Park y el Saint Brendan Hospital hasta las 4 de la mañana. El
boleto cuesta 75 centavos, y habrá intérpretes con los conductores en el primer mes. Se permiten bicicletas."""
EN = statement(ENGLISH, id="english", date="2015-05-04", title="Night Buses", organizations=("Cannery Road Committee",))
ES = statement(
    SPANISH,
    id="spanish",
    date="2015-05-04",
    title="Autobuses nocturnos",
    organizations=("Comité de Cannery Road",),
    language="es",
)
OTHER = statement("The harbor has a bus to the market on Sundays.", id="other", date="2012-01-09", title="Harbor")
BOTH = asker([EN, ES, OTHER])


def ask(record: Asker, question: str, **options: Any) -> Answer:
    return record.ask(AskRequest(question=question, **options), TODAY)


def shown(answer: Answer) -> list[str]:
    return [excerpt.statement.id for excerpt in answer.excerpts]


def again(id: str, **fields: Any) -> Statement:
    """The English release once more."""
    return EN.model_copy(update={"id": id, **fields})


@pytest.mark.parametrize(
    ("question", "options", "expected"),
    [
        ("When will the night buses connect the plant with the hospital?", {}, {"english"}),
        ("¿Cuántos autobuses nocturnos aprobó la comisión de transporte?", {}, {"spanish"}),
        ("How many night buses did the commission approve?", {"language": "es"}, {"spanish"}),  # a filter goes before
        ("Dunmore Colfax", {"locale": "es"}, {"spanish"}),  # names are of no language
        ("Dunmore Colfax", {"locale": "en"}, {"english"}),
        ("May I take a bicycle, are bicicletas allowed?", {}, {"spanish"}),  # the translation alone says it
        ("anything from May 2015?", {}, {"english"}),  # nothing but a filter
        ("algo de mayo de 2015", {}, {"spanish"}),
    ],
)
def test_asker_reads_one_language(question: str, options: dict[str, Any], expected: set[str]) -> None:
    """Of a release and its translation the asker's language is shown, or the one that alone answers."""
    answer = ask(BOTH, question, limit=10, **options)

    assert set(shown(answer)) - {"other"} == expected


@pytest.mark.parametrize(("question", "options"), [('"Cannery Road"', {}), ("Dunmore Colfax", {"exact": True})])
def test_very_words_are_not_swapped(question: str, options: dict[str, Any]) -> None:
    """Who asks for very words sees everything that holds them, in any language."""
    assert set(shown(ask(BOTH, question, limit=10, **options))) == {"english", "spanish"}


def test_total_counts_what_can_be_shown() -> None:
    """The number of passages is that of all that would be shown, without what is hidden."""
    answer = ask(BOTH, "night buses for Dunmore residents", limit=50)

    assert answer.total == len(answer.excerpts)
    assert ask(BOTH, "night buses for Dunmore residents", limit=1).total == answer.total


def test_more_does_not_bring_the_translation() -> None:
    """ "What else" is what else was said, not the same in the other language."""
    question = "How many night buses did the commission approve?"

    assert "spanish" not in shown(ask(BOTH, "what else?", previous=(question,), limit=10))


@pytest.mark.parametrize(
    ("copy", "expected"),
    [
        (again("a copy", date=None, date_precision="none", date_evidence="none"), "english"),
        (again("a copy", organizations=()), "english"),
        (again("a copy", body=(), wrapper=EN.body), "english"),
        (again("a copy", revision=2), "a copy"),
        (again("a copy"), "a copy"),
        (again("the copy"), "english"),
    ],
)
def test_best_evidence_is_shown(copy: Statement, expected: str) -> None:
    """Of a release that is stored twice the one is shown that says most about itself."""
    assert set(shown(ask(asker([EN, copy]), "night buses for Dunmore", limit=10))) == {expected}


def test_words_that_only_the_copy_holds() -> None:
    """A copy is shown where it alone holds what was asked for."""
    text = ENGLISH.replace("75 cents", "80 cents, with a blanket for passengers who sleep")
    copy = statement(text, id="the copy", date="2015-05-04", organizations=EN.organizations)

    assert shown(ask(asker([EN, copy]), "blanket for passengers who sleep", limit=10))[0] == "the copy"


MEALS = (
    "The committee served 412 hot meals to families in the parish hall on Linden Hill between the first snow and the "
    "thaw, with bread from the bakery, soup from the school kitchen and oranges from neighbors who had asked to stay "
    "without a name because their own landlord counts what they spend."
)


@pytest.mark.parametrize(
    ("other", "count"),
    [
        (MEALS, 1),
        (f"In brief: {MEALS.replace('.', '!')}", 1),
        (MEALS.replace("neighbors who", "friends who"), 1),
        (MEALS.replace("412", "388"), 2),
        (MEALS.replace("had asked", "had never asked"), 2),
        ("Meals in the hall: the committee cooks for families on Linden Hill, 412 of them so far.", 2),
    ],
)
def test_words_are_shown_once(other: str, count: int) -> None:
    """Nearly the same sentence is shown once, but not where a number or a negation makes it another one."""
    record = asker([statement(MEALS, id="first"), statement(other, id="second", date="2016-02-03")])

    assert len(shown(ask(record, "meals for families on Linden Hill"))) == count


YEARS = [again("early", date="2011-05-04"), again("late", date="2017-05-04")]
UNDATED = again("undated", date=None, date_precision="none", date_evidence="none")
UNDATED_ES = ES.model_copy(update={"id": "sin fecha", "date": None, "date_precision": "none", "date_evidence": "none"})


@pytest.mark.parametrize("loose", [UNDATED, UNDATED_ES])
def test_each_side_of_a_comparison_is_shown(loose: Statement) -> None:
    """What was said again in another year stands on both sides; a copy without a date is not shown beside them."""
    answer = ask(asker([*YEARS, loose]), "night buses in 2011 and in 2017", limit=6)

    assert shown(answer)[:2] == ["early", "late"]
    assert loose.id not in shown(answer)
    assert [note.code for note in answer.notes if note.code == "undated_apart"] == []


def test_undated_statement_stays_beside_a_comparison() -> None:
    """What only an undated statement says is still shown beside the dated ones."""
    other = statement("Night buses never ran on Linden Hill.", id="loose", date=None)

    assert shown(ask(asker([*YEARS, other]), "night buses in 2011 and in 2017", limit=6))[-1] == "loose"


def test_order_of_dates_stays() -> None:
    """A version that is shown does not move to the date of the one that is hidden."""
    middle = statement("Night buses for Dunmore were full in the first week.", id="middle", date="2014-01-01")
    answer = ask(asker([*YEARS, middle]), "newest statement on night buses for Dunmore", limit=10)

    dates = [excerpt.statement.date for excerpt in answer.excerpts]
    assert dates == sorted(dates, key=str, reverse=True)


def test_only_what_is_of_one_time_may_be_a_translation() -> None:
    """Statements of one language, or of two years, are no translations of each other; undated ones may be."""
    dates = {"en": "2012-01-01", "es": "2012-01-05", "late": "2013-01-01", "loose": None}
    catalog = asker([statement(id=id, date=date, language=id[:2]) for id, date in dates.items()]).catalog

    assert catalog.may_translate("en", "es")
    assert catalog.may_translate("en", "loose")
    assert not catalog.may_translate("en", "late")
    assert not catalog.may_translate("en", "en")


def _ranked(made: Sequence[tuple[str, float]]) -> list[Ranked]:
    """Passages of these statements with these coverages, each of its own words."""
    texts = [f"{number} words of {id} that stand in passage number {number}" for number, (id, _) in enumerate(made)]
    return [
        Ranked(
            passage(text, statement_id=id, start=number * 100),
            Window(Span(0, len(text)), {}, (), 0.0),
            1.0,
            coverage,
        )
        for number, (text, (id, coverage)) in enumerate(zip(texts, made, strict=True))
    ]


CATALOG = Catalog([EN, ES, OTHER, UNDATED])


@given(
    st.lists(st.tuples(st.sampled_from(["english", "spanish", "other", "undated"]), st.sampled_from([0.2, 0.7, 1.0]))),
    st.sampled_from(["en", "es"]),
    st.booleans(),
    st.booleans(),
)
def test_one_version_of_each_release(made: list[tuple[str, float]], language: Any, exact: bool, in_order: bool) -> None:
    """Of each release one statement is left, never none, and doing it twice changes nothing."""
    found, versions = _ranked(made), Versions(language, exact, in_order)
    kept = without_repeats(found, versions, CATALOG)
    ids = {one.passage.statement_id for one in kept}

    assert all(one in found for one in kept)
    assert len(ids & {"english", "undated"}) <= 1
    assert exact or len(ids - {"other"}) <= 1
    assert bool(kept) == bool(found)
    assert ("other" in ids) == ("other" in {id for id, _ in made})
    assert without_repeats(kept, versions, CATALOG) == kept
