"""
A question's own words say what is wished for, and are no topic: the latest or first, how often, who said it; one that
only leans on an earlier question is noticed.
"""

from __future__ import annotations

import pytest
from question_reading import read, topic


@pytest.mark.parametrize(
    ("question", "order"),
    [
        ("latest statement on rent", "newest"),
        ("What is their current position on rent?", "newest"),
        ("newest on rent", "newest"),
        ("most recent statement about rent", "newest"),
        ("what's new on rent?", "newest"),
        ("whats new on rent", "newest"),
        ("anything new on rent?", "newest"),
        ("any news about rent", "newest"),
        ("last thing they said about rent", "newest"),
        ("the last time they spoke of rent", "newest"),
        ("when did they last mention rent", "newest"),
        ("recent statements on rent", "newest"),
        ("what have they said about rent lately", "newest"),
        ("último comunicado sobre la renta", "newest"),
        ("lo último sobre la renta", "newest"),
        ("lo más reciente de la renta", "newest"),
        ("¿qué hay de nuevo sobre la renta?", "newest"),
        ("el comunicado más reciente sobre la renta", "newest"),
        ("novedades de la renta", "newest"),
        ("la última vez que hablaron de la renta", "newest"),
        ("qué han dicho últimamente de la renta", "newest"),
        ("first time they mentioned rent", "oldest"),
        ("when did they first speak about rent", "oldest"),
        ("when did they mention rent for the first time", "oldest"),
        ("earliest mention of rent", "oldest"),
        ("their oldest statement", "oldest"),
        ("primer comunicado sobre la renta", "oldest"),
        ("la primera vez que hablaron de la renta", "oldest"),
        ("¿cuándo hablaron por primera vez de la renta?", "oldest"),
        ("¿cuándo fue la primera mención de la renta?", "oldest"),
        ("lo primero que dijeron de la renta", "oldest"),
        ("rent", "relevance"),
        ("the first family on the street", "relevance"),
        ("who rented for the first time", "relevance"),
        ("rent at last", "relevance"),
        ("the last straw", "relevance"),
        ("a new law on rent", "relevance"),
        ("rent in the last two years", "relevance"),
        ("renta en los últimos dos años", "relevance"),
        ("familias que rentan por primera vez", "relevance"),
        ("la última gota", "relevance"),
        ("un nuevo techo", "relevance"),
    ],
)
def test_newest_or_first(question: str, order: str) -> None:
    """Questions for the latest or the first say in which order to show."""
    assert read(question).order == order


@pytest.mark.parametrize("question", ["first statement on rent", "earliest mention of rent", "last release on rent"])
def test_order_is_no_topic(question: str) -> None:
    """The words that ask for the first or the latest are not looked for."""
    assert topic(question) == ["rent"]


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("when did they first speak about rent", ["rent"]),
        ("¿qué hay de nuevo sobre la renta?", ["renta"]),
        ("la primera vez que hablaron de la renta", ["renta"]),
        ("how often do they mention rent", ["rent"]),
        ("¿cuántas veces hablaron de la renta?", ["renta"]),
        ("how many statements mention rent", ["rent"]),
        ("difference between 2011 and 2014 on rent", ["rent"]),
        ("how has their position on rent changed since 2014", ["rent"]),
        ("rent before and after 2014", ["rent"]),
        ("the same for rent", ["rent"]),
        ("what did they say about rent in 2011 and what in 2014", ["rent"]),
        ("change of rent", ["change", "rent"]),
        ("hard times and rent", ["hard", "times", "rent"]),
    ],
)
def test_words_that_ask_are_no_topic(question: str, left: list[str]) -> None:
    """Words that order, count, compare or lean on an earlier question are not looked for; elsewhere they are."""
    assert topic(question) == left


@pytest.mark.parametrize(
    ("question", "counts"),
    [
        ("how often do they mention rent?", True),
        ("how many times did they speak about rent", True),
        ("how many times has CGA called for a ceiling", True),
        ("how many statements mention rent", True),
        ("in how many statements do they talk about rent?", True),
        ("how many press releases are about rent", True),
        ("how many statements are there from 2014?", True),
        ("number of statements on rent", True),
        ("how often?", True),
        ("¿cuántas veces mencionan la renta?", True),
        ("cuantas veces hablaron de la renta", True),
        ("¿cuántos comunicados mencionan la renta?", True),
        ("¿en cuántos comunicados hablan de la renta?", True),
        ("¿con qué frecuencia hablan de la renta?", True),
        ("qué tan seguido mencionan la renta", True),
        ("cuántos comunicados hay sobre la renta", True),
        ("how many refugees did they ask for", False),
        ("how many people marched for rent", False),
        ("how often does the clinic open", False),
        ("how many times was he arrested", False),
        ("how many signatures did they collect", False),
        ("how many letters did they send to the board", False),
        ("how much is the rent", False),
        ("¿cuántos refugiados pidieron?", False),
        ("¿cuántas familias pagan renta?", False),
        ("¿cuántas veces al año abre la clínica?", False),
        ("¿cuánto cuesta la renta?", False),
    ],
)
def test_how_often_is_no_number_in_the_text(question: str, counts: bool) -> None:
    """ "How often do they speak of it" counts statements; "how many people marched" asks for what they say."""
    found = read(question)

    assert found.counts == counts
    assert (found.wants == "number") != counts or not counts


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("who said rent is a wall", True),
        ("who spoke about rent?", True),
        ("who else talked about rent", True),
        ("and who said that?", True),
        ("whose words are these?", True),
        ("who was quoted on rent", True),
        ("¿quién dijo que la renta es un muro?", True),
        ("¿Quién habló de la renta?", True),
        ("quienes mencionaron la renta", True),
        ("who pays the rent", False),
        ("who is Ana Ruelle", False),
        ("what did the one who spoke say", False),
        ("¿quién paga la renta?", False),
        ("¿quién es la directora?", False),
    ],
)
def test_who_said_it(question: str, asks: bool) -> None:
    """ "Who said" asks for a speaker; "who pays" asks what the statements tell."""
    assert read(question).asks_speaker == asks


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("and in 2014?", True),
        ("and about rent?", True),
        ("¿y en 2014?", True),
        ("what did she say about rent?", True),
        ("¿qué más dijo?", True),
        ("what else?", True),
        ("and before that?", True),
        ("why?", True),
        ("¿por qué?", True),
        ("who said that?", True),
        ("lo mismo sobre la renta", True),
        ("what about rent?", False),
        ("What did they say about rent?", False),
        ("y qué dijeron de la renta cuando subió en el invierno", False),
        ("what did Ana Ruelle say about her rent?", False),
        ("what did the baker say about her rent", False),
        ("why is rent a wall?", False),
        ("rent", False),
        ("anything from 2014?", False),
    ],
)
def test_question_that_only_leans_is_noticed(question: str, missing: bool) -> None:
    """Without an earlier question one that says nothing by itself gets a note; what stands alone gets none."""
    assert ("followup_missing" in {note.code for note in read(question).notes}) == missing
    assert "followup_missing" not in {note.code for note in read(question, previous=("rent",)).notes}
