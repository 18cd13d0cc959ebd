"""
Names in questions: found in the forms people type, and never given to somebody else.
"""

from __future__ import annotations

import itertools
import time

import pytest
from factories import spoken, statement
from hypothesis import given
from hypothesis import strategies as st

from retrieval.names import Names

PEOPLE = Names(
    [
        spoken("Maribel Quill", "Tomás Peñón", "Rosa de la Cruz", id="a", organization="Harbor Lights Network"),
        spoken(
            "Maribel Quill", "Tomas Penon", "Ana María Robles Luna", "Juan de los Santos", id="b", organization=None
        ),
        spoken(
            "Grace Thorn", "Rev. Hope Vale", "María Ángeles", "O’Dell Marsh", id="c", organization="Río Verde Unidos"
        ),
        spoken("Pedro Ash", "Lucía Ash", id="d", organization="Open Harbor, Inc.", short={"OHI": "Open Harbor, Inc."}),
        statement(
            "a grace period of hope for the harbor",
            id="e",
            organizations=("National Alliance of Pier Workers", None),
            short={"NAPW": "National Alliance of Pier Workers", "LAW": "Some Law Act"},
        ),
    ]
)


def found(question: str, names: Names = PEOPLE) -> list[str]:
    return [match.shown for match in names.find(question).matches]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What did Maribel Quill say?", ["Maribel Quill"]),
        ("what did maribel quill say", ["Maribel Quill"]),
        ("WHAT DID MARIBEL QUILL SAY", ["Maribel Quill"]),
        ("What did Quill say?", ["Maribel Quill"]),
        ("what did quill say", ["Maribel Quill"]),
        ("What did quill say about TPS?", ["Maribel Quill"]),  # nobody who types so capitalises names
        ("Quill’s words", ["Maribel Quill"]),
        ("Maribel Quill's words", ["Maribel Quill"]),
        ("¿Qué dijo Peñón?", ["Tomás Peñón"]),
        ("que dijo penon", ["Tomás Peñón"]),
        ("Penon on raids", ["Tomás Peñón"]),
        ("según Ms. Quill,", ["Maribel Quill"]),
        ("What did Director Quill say?", ["Maribel Quill"]),
        ("Rosa de la Cruz", ["Rosa de la Cruz"]),
        ("Rosa Cruz", ["Rosa de la Cruz"]),
        ("Ana Robles", ["Ana María Robles Luna"]),
        ("ana maria robles", ["Ana María Robles Luna"]),
        ("Ana María Robles Luna", ["Ana María Robles Luna"]),
        ("Hope Vale", ["Rev. Hope Vale"]),
        ("O'Dell Marsh", ["O’Dell Marsh"]),
        ("Did Quill and Peñón agree?", ["Maribel Quill", "Tomás Peñón"]),
        ("Harbor Lights Network", ["Harbor Lights Network"]),
        ("harbor lights network's plan", ["Harbor Lights Network"]),
        ("the National Alliance of Pier Workers", ["National Alliance of Pier Workers"]),
        ("What did NAPW say?", ["NAPW"]),
        ("what did napw say", ["NAPW"]),
        ("NAPW’s plan", ["NAPW"]),
        ("whats napws plan", ["NAPW"]),  # a possessive typed without its apostrophe
        ("quills quote", ["Maribel Quill"]),
        ("N.A.P.W. plan", ["NAPW"]),
        ("Open Harbor, Inc. said", ["Open Harbor, Inc."]),
        ("open harbor inc", ["Open Harbor, Inc."]),
        ("OHI", ["OHI"]),
        ("Río Verde Unidos", ["Río Verde Unidos"]),
        ("rio verde unidos", ["Río Verde Unidos"]),
        ("What did Grace say?", ["Grace Thorn"]),
        ("Maribel Quill of Harbor Lights Network", ["Maribel Quill", "Harbor Lights Network"]),
    ],
)
def test_names_are_found_as_people_type_them(question: str, expected: list[str]) -> None:
    """
    Full names, parts of them, short forms; with or without accents, capitals and possessives.
    """
    assert found(question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "",
        "What did Pedro Quill say?",  # somebody else
        "what did pedro quill say",
        "What did Quill Foundation say?",
        "protest in Los Angeles",
        "en Los Ángeles",
        "Los inmigrantes",
        "De la ley",
        "Santa Cruz march",
        "the grace period",
        "Grace periods end",
        "is there hope",
        "Hope for families",
        "department of Grace",
        "what about grace",
        "what about graces",
        "the harbor",
        "New Harbor Town",
        "What does the law say?",
        "what does the law say",
        "National policy",
        "quilling",
        "Alliance",
        "The Rev. spoke",
    ],
)
def test_what_only_looks_like_a_name_is_none(question: str) -> None:
    """
    Ordinary words, places, other people with a known surname and words that many names share narrow nothing.
    """
    names = PEOPLE.find(question)

    assert names.matches == []
    assert not names.ambiguous


@pytest.mark.parametrize(
    ("question", "asked", "choices"),
    [
        ("What did Ash say?", "Ash", ("Lucía Ash", "Pedro Ash")),
        ("what did ash say", "ash", ("Lucía Ash", "Pedro Ash")),
        ("Ash’s words", "Ash", ("Lucía Ash", "Pedro Ash")),
        ("What did Maria say?", "Maria", ("Ana María Robles Luna", "María Ángeles")),
    ],
)
def test_shared_names_are_asked_back(question: str, asked: str, choices: tuple[str, ...]) -> None:
    """
    A surname or first name of two people chooses neither of them.
    """
    names = PEOPLE.find(question)

    assert names.matches == []
    assert names.ambiguous == {asked: choices}


def test_a_full_name_settles_a_shared_surname() -> None:
    """
    The longest name wins, and what it holds is not asked back.
    """
    names = PEOPLE.find("What did Pedro Ash say?")

    assert [match.key for match in names.matches] == ["pedro ash"]
    assert names.ambiguous == {}


def test_a_word_of_a_person_and_of_an_organization_is_asked_back() -> None:
    """
    A surname that is also the first word of an organisation means neither for sure.
    """
    names = Names([spoken("Mae Lantern", organization="Lantern Street Choir")])

    assert names.find("What did Lantern say?").ambiguous == {"Lantern": ("Lantern Street Choir", "Mae Lantern")}


def test_one_person_with_and_without_accents() -> None:
    """
    Two spellings of one name are one person, shown with the accents.
    """
    match = PEOPLE.find("Penon")

    assert [one.keys for one in match.matches] == [("tomas penon",)]
    assert PEOPLE.ids(match.matches[0]) == {"a", "b"}
    assert PEOPLE.shown("speaker", "tomas penon") == "Tomás Peñón"


def test_unique_first_word_names_an_organization() -> None:
    """
    The first word of one organisation alone names it; one that several share or that says little does not.
    """
    names = Names(
        [
            statement(id=str(n), organizations=(name,))
            for n, name in enumerate(("Lantern Choir", "Coral Guild", "Coral Reef"))
        ]
    )

    assert found("What does Lantern want?", names) == ["Lantern Choir"]
    assert found("What does Coral want?", names) == []


def test_short_form_in_two_languages_is_one_organization() -> None:
    """
    A short form that stands for an English and a Spanish name means both; for two English names it is asked back.
    """
    english = statement(id="a", organizations=("Pier Workers Guild",), short={"PWG": "Pier Workers Guild"})
    spanish = statement(id="b", language="es", organizations=("Gremio del Muelle",), short={"PWG": "Gremio del Muelle"})
    other = statement(id="c", organizations=("Paper Wings Group",), short={"PWG": "Paper Wings Group"})
    both, two = Names([english, spanish]), Names([english, other])

    assert both.ids(both.find("PWG on wages").matches[0]) == {"a", "b"}
    assert both.is_short_form("pwg")
    assert two.find("PWG on wages").ambiguous == {"PWG": ("Paper Wings Group", "Pier Workers Guild")}
    assert not two.is_short_form("PWG")


def test_spans_are_the_words_as_typed() -> None:
    """
    A match knows where it stands, with its possessive.
    """
    question = "What are  Maribel\u00a0Quill’s words?"
    match = PEOPLE.find(question).matches[0]

    assert question[match.span.start : match.span.end] == "Maribel\u00a0Quill’s"


@pytest.mark.parametrize(
    ("kind", "typed", "keys"),
    [
        ("speaker", "Maribel Quill", ("maribel quill",)),
        ("speaker", "  MARIBEL  quill ", ("maribel quill",)),
        ("speaker", "Quill", ("maribel quill",)),
        ("speaker", "quill's", ("maribel quill",)),
        ("speaker", "Penon", ("tomas penon",)),
        ("speaker", "Ash", ("lucia ash", "pedro ash")),
        ("speaker", "Grace", ("grace thorn",)),  # in a filter it can only be a name
        ("speaker", "Pedro Quill", ()),
        ("speaker", "de", ()),
        ("speaker", "", ()),
        ("speaker", "?", ()),
        ("organization", "NAPW", ("national alliance of pier workers",)),
        ("organization", "napw", ("national alliance of pier workers",)),
        ("organization", "National Alliance", ("national alliance of pier workers",)),
        ("organization", "Open Harbor", ("open harbor, inc.",)),
        ("organization", "Rio Verde", ("rio verde unidos",)),
        ("organization", "Nation", ()),  # the beginning of a word is no name
        ("organization", "Quill", ()),
    ],
)
def test_filters_resolve_names(kind: str, typed: str, keys: tuple[str, ...]) -> None:
    """
    A name typed into a filter is one key, several to choose from, or nobody.
    """
    assert PEOPLE.resolve(kind, typed) == keys  # type: ignore[arg-type]


def test_every_name_is_listed_as_printed() -> None:
    """
    Autocomplete shows full names, sorted, each once.
    """
    assert PEOPLE.all("organization") == [
        "Harbor Lights Network",
        "National Alliance of Pier Workers",
        "Open Harbor, Inc.",
        "Río Verde Unidos",
    ]
    assert len(PEOPLE.all("speaker")) == len(set(PEOPLE.all("speaker"))) == 11


def test_no_statements_have_no_names() -> None:
    """
    An empty corpus knows nobody, and fails at nothing.
    """
    empty = Names([])

    assert empty.find("What did Quill say?") == ([], {})
    assert empty.all("speaker") == []
    assert not empty.resembles("Quill")


WORDS = st.sampled_from(
    ["Maribel", "quill", "Quill’s", "Ash", "NAPW", "Harbor", "Lights", "Network", "de", "la", "Cruz", ",", "grace", "."]
)


@given(st.lists(WORDS, max_size=12).map(" ".join) | st.text())
def test_matches_never_overlap(question: str) -> None:
    """
    No question fails, and every match is a stretch of it of its own.
    """
    spans = [match.span for match in PEOPLE.find(question).matches]

    assert all(0 <= start < end <= len(question) for start, end in spans)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))


@given(
    st.sampled_from(PEOPLE.all("speaker")),
    st.sampled_from(["{}", "What did {} say?", "según {}, ¿qué?", "({})", "{}’s"]),
)
def test_every_full_name_is_found(name: str, question: str) -> None:
    """
    A full name is found wherever it stands.
    """
    assert name in found(question.format(name))


@pytest.mark.parametrize("text", ["Quill " * 333, "q." * 1000, "'" * 2000, "Harbor Lights " * 140, "a-" * 1000])
def test_long_questions_are_searched_quickly(text: str) -> None:
    """
    Two thousand characters of anything are quick; the limit allows for a busy machine.
    """
    started = time.process_time()
    PEOPLE.find(text)

    assert time.process_time() - started < 1
