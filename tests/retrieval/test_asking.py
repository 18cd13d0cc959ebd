"""A question goes in, an answer comes out: what `onrecord ask` promises, on a few invented statements."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from factories import asker, quote, statement
from hypothesis import given, settings
from hypothesis import strategies as st
from trying import share

from corpus.models import Statement
from corpus.sentences import sentences
from retrieval.models import Answer, AskRequest

TODAY = dt.date(2022, 6, 1)

CURFEW = (
    "Curfew Must End\n\nThe curfew in the mill district must end. It punishes bakers who start work before dawn.\n\n"
    "“No baker is a burglar,” said Amelia Quintero, director of the Copper Gate Alliance."
)
FERRY = (
    "Ferry Fares Again\n\nFerry fares doubled in one night. "
    "The alliance asks the harbor board for a fare that a dishwasher can pay."
)
MOLINO = (
    "Licencias para manejar\n\nLa red pide licencias de conducir para quienes trabajan en el campo. "
    "Nadie debe perder su casa por ir al médico."
)
CLINIC = "The orchard clinic opens on Sunday. Vaccines are free for pickers."
GATE = ("Copper Gate Alliance",)
SAID = (quote("No baker is a burglar,", CURFEW, speaker="Amelia Quintero"),)
RECORD = (
    statement(CURFEW, id="curfew", date="2011-08-12", title="Curfew Must End", organizations=GATE, quotes=SAID),
    statement(FERRY, id="ferry", date="2014-05-02", title="Ferry Fares Again", organizations=GATE),
    statement(MOLINO, id="molino", date="2016-03", title="Licencias", organizations=("Red del Molino",), language="es"),
    statement(CLINIC, id="clinic", date=None, title="Clinic", organizations=("Orchard Hands Union",)),
)


ASKER = asker(RECORD)


def ask(question: str, *statements: Statement, **options: Any) -> Answer:
    return (asker(statements) if statements else ASKER).ask(AskRequest(question=question, **options), TODAY)


def shown(answer: Answer) -> list[str]:
    return [excerpt.statement.id for excerpt in answer.excerpts]


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("What did the Copper Gate Alliance say about the curfew?", "answered"),
        ("Who said that no baker is a burglar?", "answered"),
        ("ferry fares", "answered"),
        ("¿Qué pide la red sobre licencias de conducir?", "answered"),
        ("recipe for walnut pancakes", "none"),
        ("¿Cuál es la capital de Mongolia?", "none"),
    ],
)
def test_status_says_whether_it_is_answered(question: str, status: str) -> None:
    """What the statements say is answered; what they do not say is none."""
    assert ask(question).status == status


@pytest.mark.parametrize("question", ["", " ", "\n\t", "\u200b\u200b", "\u00a0", "???", "¿?", "…", '""', "🙂"])
def test_blank_question_is_none(question: str) -> None:
    """A question without a word is answered by none, and nothing is shown."""
    answer = ask(question)

    assert (answer.status, answer.excerpts, answer.confidence) == ("none", (), 0.0)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("anything from 2014?", "ferry"),
        ("anything in 2014", "ferry"),
        ("2014", "ferry"),
        ("¿algo de 2014?", "ferry"),
        ("what happened in May 2014?", "ferry"),
        ("latest statement", "molino"),
        ("último comunicado", "molino"),
        ("earliest statement", "curfew"),
        ("latest statement of the Copper Gate Alliance", "ferry"),
        ("first statement of the Copper Gate Alliance", "curfew"),
        ("statements from the Red del Molino", "molino"),
        ("copper gate alliance before 2012", "curfew"),
        ("What did the Copper Gate Alliance say in 2011?", "curfew"),
        ("What did the Copper Gate Alliance demand?", "ferry"),
        ("¿Qué dijo la Red del Molino?", "molino"),
        ("what did Amelia Quintero say?", "curfew"),
        ("qué dijo Amelia Quintero", "curfew"),
        ("Amelia Quintero", "curfew"),
        ("red del molino", "molino"),
    ],
)
def test_filter_alone_is_a_question(question: str, first: str) -> None:
    """A question of nothing but filters is answered by a body excerpt of the right statement."""
    answer = ask(question)

    assert answer.status == "answered"
    assert shown(answer)[0] == first
    assert answer.excerpts[0].kind == "body"


def test_person_alone_shows_their_words() -> None:
    """Asked for nothing but a person, the answer shows what that person says."""
    first = ask("What did Amelia Quintero say?").excerpts[0]

    assert "No baker is a burglar" in first.text
    assert first.speaker is not None
    assert first.speaker.name == "Amelia Quintero"


def test_everything_is_no_question() -> None:
    """Asking words without a filter or a topic ask for nothing."""
    assert ask("What did they say?").status == "none"


@pytest.mark.parametrize("question", ["ferry fares", "", "latest statement", '"we will"', "what did Ana Ruelle say?"])
def test_empty_corpus_is_none(question: str) -> None:
    """Without statements every question is answered by none, and nothing fails."""
    assert asker(()).ask(AskRequest(question=question), TODAY).status == "none"


@pytest.mark.parametrize("text", ["", "…", "* * *"])
def test_statement_without_words_is_never_shown(text: str) -> None:
    """A statement without a word is no answer and no error."""
    assert ask("ferry fares", statement(text, id="empty")).excerpts == ()


def test_same_sentence_is_shown_once() -> None:
    """Two statements that say the same in the same words show it once."""
    text = "Every pupil deserves a free bus pass. The city pays too little."
    answer = ask("free bus pass", *(statement(text, id=f"2015-00{n}", date=f"2015-0{n}-01") for n in (1, 2, 3)))

    assert len(answer.excerpts) == 1


@pytest.mark.parametrize(
    "question",
    [
        "Compare what the Lamp Guild and the Weir Union say about rent",
        "What did the Lamp Guild and the Weir Union say on rent?",
    ],
)
def test_comparison_shows_each(question: str) -> None:
    """A comparison shows an excerpt of each statement that it names."""
    lamp = statement(
        "The guild wants the rent of the workshops frozen for ten years.", id="lamp", organizations=("Lamp Guild",)
    )
    weir = statement("We would rather see rent paid in work than in coin.", id="weir", organizations=("Weir Union",))

    assert set(shown(ask(question, lamp, weir))) == {"lamp", "weir"}


def test_limit_is_kept() -> None:
    """No more excerpts are shown than were asked for, ranked from 1, while the total counts them all."""
    texts = [f"The bus pass of district {name} is late." for name in ("Elm", "Oak", "Ash", "Fir", "Yew")]
    answer = ask("bus pass", *(statement(text, id=f"2015-00{n}") for n, text in enumerate(texts)), limit=2)

    assert [excerpt.rank for excerpt in answer.excerpts] == [1, 2]
    assert answer.total == 5


@pytest.mark.parametrize(
    ("question", "locale", "expected"),
    [
        ("What did they say about the curfew?", None, "en"),
        ("¿Qué dijeron sobre las licencias?", None, "es"),
        ("¿Qué dijeron sobre las licencias?", "en", "en"),
        ("What did they say about the curfew?", "es", "es"),
        ("", None, "en"),
    ],
)
def test_locale_is_the_questions(question: str, locale: str | None, expected: str) -> None:
    """The reply's own words are in the language of the question, unless somebody says otherwise."""
    assert ask(question, locale=locale).locale == expected


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    "question", ["licencias", "ferry fares", "anything since 2010", "latest statement", "driver licenses"]
)
def test_language_filter(question: str, language: str) -> None:
    """With a language filter only statements of that language are shown, and the answer prints the filter."""
    answer = ask(question, language=language)

    assert answer.filters.language == language
    assert {excerpt.statement.language for excerpt in answer.excerpts} <= {language}


def test_citation_comes_when_asked_for() -> None:
    """An excerpt carries its citation in the style that was asked for, and none otherwise."""
    assert ask("ferry fares").excerpts[0].citation is None
    assert "Ferry Fares Again" in (ask("ferry fares", cite="apa").excerpts[0].citation or "")


def test_question_is_handed_back() -> None:
    """The answer repeats the question as it was asked."""
    assert ask("  FERRY  fares?! ").question == "  FERRY  fares?! "


PATTERNS = [".*", "(a+)+$", "[", "\\", "(?P<x>", "ferry' OR 1=1 --", "'; DROP TABLE statements; --", "%_%"]
ODD = [
    "@everyone ferry",
    "<@1234>",
    "ferry\x00fares",
    "ferry\u202efares",
    "ＦＥＲＲＹ",
    "ferry\ud7ff",
    "İstanbul",
    "ﬁne ferry",
]
LONG = [
    "a" * 2000,
    "ferry " * 333,
    '"' * 2000,
    "«" * 900,
    "did " * 500,
    "(" * 2000,
    "\n" * 1999 + "x",
    "de " * 600,
    "1" * 2000,
]


@pytest.mark.parametrize("question", PATTERNS + ODD + LONG)
def test_any_question_is_answered(question: str) -> None:
    """Regular expressions, SQL, control characters and endless repetition are words like any other."""
    answer = ask(question)

    assert answer.status in {"answered", "related", "none"}
    assert (answer.status == "none") == (not answer.excerpts)


WORDS = [
    "ferry",
    "fares",
    "curfew",
    "baker",
    "Quintero",
    "2014",
    "before",
    "licencias",
    "what",
    "qué",
    "dijo",
    '"',
    "“",
    "”",
    "latest",
    "and",
    "?",
    "NO",
]


@pytest.mark.thorough
@settings(deadline=None, max_examples=share(150))
@given(question=st.one_of(st.text(max_size=120), st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)))
def test_shown_words_are_the_statements(question: str) -> None:
    """Whatever is asked, what is shown is a slice of a statement, and status and excerpts agree."""
    answer = ask(question)

    assert (answer.status == "none") == (not answer.excerpts)
    assert 0.0 <= answer.confidence <= 1.0
    for excerpt in answer.excerpts:
        text = ASKER.catalog[excerpt.statement.id].text
        assert excerpt.text == text[excerpt.start : excerpt.end]
        assert all(0 <= start < end <= len(excerpt.text) for start, end in excerpt.highlights)


SENTENCES = st.lists(
    st.sampled_from(["alpha", "ferry", "No.", "“north", "gate”", "fares,", "Mr.", "wall", "2014", "said", "U.S."]),
    min_size=1,
    max_size=90,
)
PARAGRAPHS = st.lists(SENTENCES.map(lambda words: " ".join(words) + "."), min_size=1, max_size=5).map(" ".join)
TEXTS = st.one_of(st.lists(PARAGRAPHS, min_size=1, max_size=4).map("\n\n".join), st.text(min_size=1, max_size=300))


@pytest.mark.thorough
@settings(deadline=None, max_examples=share(100))
@given(
    text=TEXTS,
    other=TEXTS,
    question=st.sampled_from(["ferry fares", "anything from 2014?", '"alpha ferry"', "north gate wall 2014"]),
)
def test_excerpt_is_whole_sentences(text: str, other: str, question: str) -> None:
    """An excerpt is one to three whole sentences of at most 600 characters, unless it says that it was cut."""
    made = {"2014-001": statement(text, id="2014-001"), "2014-002": statement(other, id="2014-002")}
    for excerpt in ask(question, *made.values()).excerpts:
        canonical = made[excerpt.statement.id].text
        spans = sentences(canonical)
        assert excerpt.text == canonical[excerpt.start : excerpt.end]
        assert 0 < len(excerpt.text) <= 600
        if not excerpt.cut:
            assert excerpt.start in {span.start for span in spans}
            assert excerpt.end in {span.end for span in spans}
            assert sum(excerpt.start <= span.start and span.end <= excerpt.end for span in spans) in {1, 2, 3}


def test_what_was_demanded_is_shown_first() -> None:
    """Asked only what somebody demanded, a statement is shown by the sentences that demand, not by how it opens."""
    text = (
        "The Kite Street Alliance met in the rain on Monday.\n\n"
        "Forty neighbors told of the summer.\n\n"
        "The council must repair the stairs before the frost."
    )
    made = [statement(text, id="stairs", date="2014-09-01", organizations=("Kite Street Alliance",))]

    for question in (
        "What did the Kite Street Alliance demand in 2014?",
        "What did the Kite Street Alliance coalition ask for in September 2014?",
        "¿Qué exigió la coalición Kite Street Alliance en septiembre de 2014?",
    ):
        answer = asker(made).ask(AskRequest(question=question), dt.date(2022, 6, 1))
        assert answer.excerpts[0].text == "The council must repair the stairs before the frost.", question
