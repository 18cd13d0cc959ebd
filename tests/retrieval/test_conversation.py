"""Questions that lean on earlier ones: what they take from them, and what they do not."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from factories import asker, quote, statement
from hypothesis import given, settings
from hypothesis import strategies as st
from trying import share

from retrieval.models import Answer, AskRequest

TODAY = dt.date(2022, 6, 1)

WELL = "“The well is for everybody,” said Nadia Corso, a potter. The circle dug the well with borrowed spades."
MARKET = "“Our market stalls pay double,” said Nadia Corso. The stalls stand where the well was dug."
BRIDGE = "“Close the bridge to lorries,” said Tomas Abedul, a mason."
RECORD = asker(
    [
        statement(
            WELL,
            id="well-2012",
            date="2012-05-06",
            title="Spades",
            organizations=("Clay Circle",),
            quotes=(quote("The well is for everybody,", WELL, speaker="Nadia Corso", title="potter"),),
        ),
        statement(
            MARKET,
            id="market-2015",
            date="2015-03-01",
            title="Stalls",
            organizations=("Clay Circle",),
            quotes=(quote("Our market stalls pay double,", MARKET, speaker="Nadia Corso"),),
        ),
        statement(
            BRIDGE,
            id="bridge-2015",
            date="2015-08-09",
            title="Lorries",
            organizations=("Mortar League",),
            quotes=(quote("Close the bridge to lorries,", BRIDGE, speaker="Tomas Abedul", title="mason"),),
        ),
        statement(
            "A well without a rope is a hole. The league gives rope to every well.",
            id="well-2018",
            date="2018-02-02",
            title="Rope",
            organizations=("Mortar League",),
        ),
        statement(
            "El pozo (well) se cerró por la sequía. Las vecinas piden agua.",
            id="pozo-2019",
            date="2019-07-07",
            title="Agua",
            organizations=("Vecinas del Pozo",),
            language="es",
        ),
    ]
)


def ask(question: str, *previous: str, **options: Any) -> Answer:
    return RECORD.ask(AskRequest(question=question, previous=previous, **options), TODAY)


def shown(answer: Answer) -> list[str]:
    return [excerpt.statement.id for excerpt in answer.excerpts]


def codes(answer: Answer) -> set[str]:
    return {note.code for note in answer.notes}


@pytest.mark.parametrize(
    ("question", "previous", "first"),
    [
        ("and in 2018?", ("well in 2012",), "well-2018"),
        ("¿y en 2018?", ("well in 2012",), "well-2018"),
        ("and about the bridge?", ("What did they say about the market in 2015?",), "bridge-2015"),
        ("and before that?", ("well in 2018",), "well-2012"),
        ("and after that?", ("well in 2012",), "well-2018"),
        ("¿y antes de eso?", ("well in 2018",), "well-2012"),
        ("¿y después?", ("well in 2012",), "well-2018"),
        ("what did they say before that?", ("well in 2018",), "well-2012"),
        ("what did they say later?", ("well in 2012",), "well-2018"),
        ("and the year after?", ("market or bridge in 2014",), "bridge-2015"),
        ("and the year before?", ("well in 2013",), "well-2012"),
        ("¿y el año siguiente?", ("agua en 2018",), "pozo-2019"),
        ("thanks, and in 2018?", ("well in 2012",), "well-2018"),
        ("gracias, ¿y en 2018?", ("well in 2012",), "well-2018"),
        ("why?", ("close the bridge to lorries",), "bridge-2015"),
        ("and why?", ("close the bridge to lorries",), "bridge-2015"),
        ("¿por qué?", ("close the bridge to lorries",), "bridge-2015"),
        ("same for the bridge", ("market in 2015",), "bridge-2015"),
        ("and the same for 2018?", ("well in 2012",), "well-2018"),
        ("lo mismo sobre el pozo", ("sequía en 2019",), "pozo-2019"),
        ("latest?", ("the well",), "pozo-2019"),
        ("the first one?", ("the well",), "well-2012"),
        ("is that still their position?", ("rope for every well",), "well-2018"),
        ("only from the Mortar League", ("well",), "well-2018"),
        ("solo de la Mortar League", ("well",), "well-2018"),
        ("when was that?", ("rope for every well",), "well-2018"),
        ("¿cuándo fue eso?", ("rope for every well",), "well-2018"),
        ("who said that?", ("stalls pay double",), "market-2015"),
        ("¿quién dijo eso?", ("stalls pay double",), "market-2015"),
        ("who spoke about it?", ("lorries bridge",), "bridge-2015"),
        (
            "What did the Mortar League say about it?",
            ("What did Nadia Corso say about the well in 2012?",),
            "well-2018",
        ),
    ],
)
def test_leaning_questions_are_completed(question: str, previous: tuple[str, ...], first: str) -> None:
    """A question that says little by itself is read together with the one before, and says so."""
    answer = ask(question, *previous)

    assert shown(answer)[0] == first
    assert "followup" in codes(answer)


@pytest.mark.parametrize(
    ("question", "previous", "speaker"),
    [
        ("what did she say?", "who is a potter?", "Nadia Corso"),
        ("and her?", "who said the well is for everybody?", "Nadia Corso"),
        ("and him?", "close the bridge to lorries", "Tomas Abedul"),
        ("¿y él?", "close the bridge to lorries", "Tomas Abedul"),
        ("¿y ella?", "who said the well is for everybody?", "Nadia Corso"),
        ("what did she say about the market?", "What did Nadia Corso say about the well?", "Nadia Corso"),
        ("¿qué dijo sobre el market?", "¿Qué dijo Nadia Corso?", "Nadia Corso"),
        ("¿qué más dijo?", "¿Qué dijo Nadia Corso?", "Nadia Corso"),
        ("and about the market?", "What did Nadia Corso say about the well?", "Nadia Corso"),
        ("and Tomas Abedul?", "What did Nadia Corso say about the bridge?", "Tomas Abedul"),
        ("What did Tomas Abedul say?", "What did Nadia Corso say about the well?", "Tomas Abedul"),
        ("What did the Mortar League say about rope?", "What did Nadia Corso say about the well?", None),
        ("What about the Mortar League?", "What did Nadia Corso say about the well?", None),
    ],
)
def test_speaker_is_the_last_one(question: str, previous: str, speaker: str | None) -> None:
    """The speaker is whoever was asked for or spoke in the earlier answer, until somebody else is named."""
    assert ask(question, previous).filters.speaker == speaker


@pytest.mark.parametrize(
    "question",
    [
        "What did the Mortar League say about rope?",
        "What did the Mortar League say about their rope?",
        "¿Qué dijo la Mortar League sobre rope?",
        "What did the Mortar League say?",
    ],
)
def test_full_question_carries_nothing(question: str) -> None:
    """A full question with its own subject takes neither dates nor names from the one before."""
    answer = ask(question, "What did the Clay Circle say about the market in 2015?")

    assert answer.filters.organization == "Mortar League"
    assert (answer.filters.since, answer.filters.speaker) == (None, None)
    assert "followup" not in codes(answer)


def test_it_takes_the_topic_alone() -> None:
    """A full question about "it" takes the topic, and not the dates."""
    answer = ask("What did the Mortar League say about it?", "What did Nadia Corso say about the well in 2012?")

    assert (answer.filters.organization, answer.filters.since) == ("Mortar League", None)
    assert shown(answer) == ["well-2018"]


def test_filters_are_kept_with_a_new_topic() -> None:
    """A new topic replaces the old one; organization, dates and order stay."""
    answer = ask("and about the market?", "latest of the Clay Circle on the well since 2014")

    assert answer.filters.organization == "Clay Circle"
    assert str(answer.filters.since) == "2014-01-01"
    assert answer.filters.order == "newest"
    assert shown(answer) == ["market-2015"]


def test_what_else_leaves_out_what_was_shown() -> None:
    """ "What else" shows nothing that the earlier answers showed, and says when nothing is left."""
    first = ask("What did Nadia Corso say?", limit=1)
    second = ask("what else did she say?", "What did Nadia Corso say?", limit=1)
    third = ask("what else?", "What did Nadia Corso say?", "what else did she say?", limit=1)

    assert sorted(shown(first) + shown(second)) == ["market-2015", "well-2012"]
    assert (third.status, third.excerpts) == ("none", ())
    assert "nothing_else" in codes(third)


@pytest.mark.parametrize(
    ("previous", "first"),
    [
        (("what did the Clay Circle say about the well?",), "well-2018"),
        (
            ("what did the Vecinas del Pozo say about water?", "what did the Clay Circle say about the well?"),
            "pozo-2019",
        ),
        (
            ("what did the Mortar League say about the bridge?", "what did the Clay Circle say on the well?"),
            "well-2018",
        ),
    ],
)
@pytest.mark.parametrize(
    "question", ["and the other organization?", "¿y la otra organización?", "what did the other one say?"]
)
def test_the_other_organization(question: str, previous: tuple[str, ...], first: str) -> None:
    """ "The other organization" is the one named earlier, or any that is not the one asked for."""
    assert shown(ask(question, *previous))[0] == first


@pytest.mark.parametrize(
    "question",
    [
        "more",
        "tell me more",
        "anything else?",
        "any other statements?",
        "¿hay más?",
        "¿algo más?",
        "¿otros comunicados?",
    ],
)
def test_more_is_what_else(question: str) -> None:
    """ "Tell me more" shows what the earlier answer did not."""
    assert not set(shown(ask(question, "well", limit=1))) & set(shown(ask("well", limit=1)))
    assert shown(ask(question, "well", limit=1))


def test_pronoun_looks_through_several_questions() -> None:
    """Names and topic reach through a conversation of several questions."""
    answer = ask("and before that?", "What did Nadia Corso say?", "and about the well?", "and in 2015?")

    assert answer.filters.speaker == "Nadia Corso"
    assert shown(answer) == ["well-2012"]


@pytest.mark.parametrize(
    ("options", "filters"),
    [
        ({"speaker": "Tomas Abedul"}, {"speaker": "Tomas Abedul", "organization": None}),
        ({"organization": "Mortar League"}, {"speaker": None, "organization": "Mortar League"}),
        ({"since": "2018", "until": "2018"}, {"since": dt.date(2018, 1, 1), "until": dt.date(2018, 12, 31)}),
    ],
)
def test_options_win_over_what_is_carried(options: dict[str, str], filters: dict[str, Any]) -> None:
    """An explicit option wins over the names and dates of earlier questions."""
    found = ask("and about the bridge?", "What did Nadia Corso say in 2012?", **options).filters

    assert {name: getattr(found, name) for name in filters} == filters


def test_kind_of_question_is_kept() -> None:
    """ "And the bridge?" after "who spoke about …" asks who spoke."""
    answer = ask("and in 2015?", "who spoke about stalls in 2012?")

    assert answer.excerpts[0].speaker is not None


@pytest.mark.parametrize(("question", "locale"), [("¿y en 2018?", "es"), ("and in 2018?", "en")])
def test_locale_is_that_of_the_new_question(question: str, locale: str) -> None:
    """The reply's own words follow the language of the question just asked."""
    assert ask(question, "What did they say about the well?").locale == locale


LEANING = (
    "and in 2015? why? what else? she said him before that the other organization who it well ¿y qué más dijo?".split()
)


@settings(deadline=None, max_examples=share(60))
@given(st.lists(st.lists(st.sampled_from(LEANING), max_size=5).map(" ".join), min_size=1, max_size=5))
def test_any_conversation_is_answered(questions: list[str]) -> None:
    """However questions lean on each other, the last one is answered or said to find nothing."""
    answer = ask(questions[-1], *questions[:-1])

    assert (answer.status == "none") == (not answer.excerpts)
