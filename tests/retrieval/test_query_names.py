"""
People and organisations named in a question narrow it, or are the sides of a comparison; unknown ones are noticed.
"""

from __future__ import annotations

import pytest
from question_reading import read, topic


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("What did Ana Ruelle say about rent?", "Ana Ruelle"),
        ("what did ruelle say about rent", "Ana Ruelle"),
        ("¿Qué dijo Ana Ruelle de la renta?", "Ana Ruelle"),
        ("Ruelle's words on rent", "Ana Ruelle"),
        ("rent according to Quintero", "Ramona Quintero"),
    ],
)
def test_person_narrows(question: str, speaker: str) -> None:
    """A person of the statements who is named in a question narrows it, and the name is no topic."""
    found = read(question)

    assert found.speaker is not None
    assert found.speaker.shown == speaker
    assert not {"ana", "ruelle", "quintero"} & set(topic(question))


@pytest.mark.parametrize(
    ("question", "organization"),
    [
        ("What did the Copper Gate Alliance say about rent?", "Copper Gate Alliance"),
        ("What has the Copper Gate Alliance demanded since 2014?", "Copper Gate Alliance"),
        ("What did CGA say about rent?", "CGA"),
        ("CGA's position on rent", "CGA"),
        ("Brass Lanterns' position on rent", "Brass Lanterns"),
        ("Brass Lanterns’ position on rent", "Brass Lanterns"),
        ("according to the Seamstress Circle of Halden", "Seamstress Circle of Halden"),
        ("qué opina CGA sobre la renta", "CGA"),
        ("copper gate alliance", "Copper Gate Alliance"),
    ],
)
def test_issuer_narrows(question: str, organization: str) -> None:
    """An organisation whose words are asked for narrows the question, under the name that was used."""
    found = read(question)

    assert found.organization is not None
    assert found.organization.shown == organization


@pytest.mark.parametrize(
    "question", ["What is the Copper Gate Alliance?", "who opposed the Copper Gate Alliance in court?"]
)
def test_issuer_that_is_asked_about_is_a_topic(question: str) -> None:
    """An organisation that is only mentioned does not narrow: it may be anybody who speaks about it."""
    assert read(question).organization is None


def test_option_that_is_repeated_is_no_topic() -> None:
    """A name that an option already gives is not looked for once more."""
    assert topic("Copper Gate Alliance rent", organization="copper gate alliance") == ["rent"]


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("What did the Union of Lamplighters say about rent?", "Union of Lamplighters"),
        ("According to Jonas Perch, is rent fair?", "Jonas Perch"),
        ("¿Qué dijo Jonas Perch sobre la renta?", "Jonas Perch"),
        ("What did Ana Ruelle say about rent?", None),
        ("What did they say about rent?", None),
        ("what did the landlords say about rent", None),
    ],
)
def test_unknown_source_is_noticed(question: str, name: str | None) -> None:
    """Somebody asked for by name who neither speaks nor issues here is noticed."""
    assert read(question).unknown_source == name


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("What did Ana Ruelle and Ramona Quintero say about rent?", ["Ana Ruelle", "Ramona Quintero"]),
        ("compare Ramona Quintero with Ana Ruelle on rent", ["Ramona Quintero", "Ana Ruelle"]),
        ("CGA vs the Seamstress Circle of Halden", ["CGA", "Seamstress Circle of Halden"]),
        ("¿Qué dijeron Ana Ruelle y Ramona Quintero?", ["Ana Ruelle", "Ramona Quintero"]),
        ("diferencia entre CGA y Ramona Quintero", ["CGA", "Ramona Quintero"]),
        (
            "compara lo que dijo CGA con lo que dijo el Seamstress Circle of Halden",
            ["CGA", "Seamstress Circle of Halden"],
        ),
        ("What did Ana Ruelle of the Copper Gate Alliance say about rent?", []),
        ("compare what Ana Ruelle of the Copper Gate Alliance said in 2011 and 2014", []),
        ("What did Ana Ruelle say about Ramona Quintero?", []),
        ("What did CGA and Copper Gate Alliance say?", []),
        ("Ana Ruelle and Ramona Quintero", []),
        ("What did Ana Ruelle say?", []),
    ],
)
def test_names_side_by_side(question: str, names: list[str]) -> None:
    """Two whose words are asked for together, or that are compared, are the sides of a comparison."""
    assert [match.shown for match in read(question).compared] == names


@pytest.mark.parametrize(
    ("question", "topics"),
    [
        ("rent in 2011 and wages in 2014", [["rent"], ["wages"]]),
        ("rent in 2011 and wages in 2014, what did they think of strikes", [["rent", "strikes"], ["wages", "strikes"]]),
        ("rent in 2011 and in 2014", []),
        ("rent in 2011 and 2014", []),
        ("rent in 2011", []),
    ],
)
def test_each_time_may_have_its_topic(question: str, topics: list[list[str]]) -> None:
    """Where each year has words of its own before it, they are the topic of that year alone."""
    assert [[token.surface for token in side.content] for side in read(question).sides if side.content] == topics


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("what did CGA say in 2011 and Brass Lanterns in 2014 about rent", ["CGA", "Brass Lanterns"]),
        ("rent: in 2011 the Brass Lanterns and in 2014 CGA", ["Brass Lanterns", "CGA"]),
        ("what did CGA say in 2011 and in 2014 about rent", []),
        ("what did CGA say in 2011 and what did CGA say in 2014 about rent", []),
        ("what did CGA and Brass Lanterns say in 2011 and in 2014", []),
    ],
)
def test_each_time_may_have_its_name(question: str, names: list[str]) -> None:
    """Where each year has somebody else beside it, that name holds for that year alone."""
    found = read(question)

    assert [side.name.shown for side in found.sides if side.name] == names
    assert len(found.sides) == 2
