"""Who is meant by a typed name: one person, several to choose from, or nobody."""

from __future__ import annotations

import pytest
from factories import spoken

from retrieval.names import Names
from retrieval.quote_search.people import People, is_slip

NAMES = (
    "Maribel Quill Otero",
    "Dr. Anselmo Brandt",
    "Ileana Castro-Vey",
    "Pedro Sandoval",
    "Rosa Sandoval",
    "Daniela Ferrer",
    "Julio Tamarindo",
    "T. Wexford",
)


def people(*names: str, printed: frozenset[str] = frozenset()) -> People:
    """These people, each quoted in a statement of its own; `printed` are words that stand elsewhere in the text."""
    statements = [spoken(name, id=f"2014-{number:03}") for number, name in enumerate(names, start=1)]
    return People(Names(statements), printed.__contains__)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Maribel Quill Otero", "Maribel Quill Otero"),
        ("maribel quill", "Maribel Quill Otero"),
        ("QUILL", "Maribel Quill Otero"),
        ("Otero, Maribel", "Maribel Quill Otero"),  # as in a list of names
        ("M. Quill", "Maribel Quill Otero"),  # an initial
        ("Maribel A. Quill Otero", "Maribel Quill Otero"),  # an initial that no statement prints
        ("Doctor Brandt", None),  # no title that is known, and nobody's name
        ("Dr. Brandt", "Dr. Anselmo Brandt"),
        ("anselmo", "Dr. Anselmo Brandt"),
        ("Castro Vey", "Ileana Castro-Vey"),  # a hyphen more or less
        ("Íleana castro", "Ileana Castro-Vey"),  # accents
        ("Wexford", "T. Wexford"),
        # typing mistakes
        ("Maribel Quil", "Maribel Quill Otero"),
        ("Tamarnido", "Julio Tamarindo"),
        ("Julio Tamarimdo", "Julio Tamarindo"),
        ("Tamrindoo", "Julio Tamarindo"),  # two in a long word
        # somebody else
        ("Pedro Quill", None),
        ("Daniel Ferrer", None),
        ("Julia Tamarindo", None),
        ("Ferrera", None),
        ("Nobody", None),
        ("P", None),
        ("", None),
        ("...", None),
    ],
)
def test_a_name_means_one_person_or_nobody(typed: str, shown: str | None) -> None:
    """
    Case, accents, parts of a name, initials and slips are forgiven; the nearest person is never taken for another.
    """
    meant = people(*NAMES).meant_by(typed)

    assert (meant.person.shown if meant.person else None) == shown
    assert meant.choices == ()


@pytest.mark.parametrize("typed", ["Sandoval", "sandovall"])
def test_a_surname_of_two_is_asked_back(typed: str) -> None:
    """
    A name that two people have gives both to choose from and nobody's words.
    """
    meant = people(*NAMES).meant_by(typed)

    assert (meant.person, meant.choices) == (None, ("Pedro Sandoval", "Rosa Sandoval"))


def test_a_correction_is_said_as_printed() -> None:
    """
    What was read into a name is told in the forms that were typed and printed.
    """
    assert people("Óscar Íñiguez").meant_by("oscar Íñigez").corrected == (("Íñigez", "Íñiguez"),)


def test_a_printed_word_is_no_slip() -> None:
    """
    A word that the statements print is meant as it stands, however near a name is.
    """
    assert people("Ana Brisa Colina").meant_by("Colinna").person
    assert not people("Ana Brisa Colina", printed=frozenset({"colinna"})).meant_by("Colinna").person


@pytest.mark.parametrize(
    "spellings",
    [
        ("Óscar Lindero", "Oscar Lindero", "OSCAR LINDERO"),
        ("Óscar Lindero", "Óscar A. Lindero", "Óscar Armando Lindero"),
        ("Óscar Lindero", "Óscar Lindero Paz"),
        ("Óscar Lindero", "Lindero"),
        ("Óscar Lindero", "O. Lindero"),
        ("Óscar Gonzalez", "Óscar González", "Óscar Gonzales"),
    ],
)
def test_spellings_are_one_person(spellings: tuple[str, ...]) -> None:
    """
    The same person under two spellings is one person, whichever is typed.
    """
    found = people(*spellings)

    assert len({found.meant_by(name).person for name in spellings}) == 1


@pytest.mark.parametrize(
    "names",
    [
        ("Ana Lindero", "Óscar Lindero"),
        ("Mario Lindero", "María Lindero"),
        ("Óscar Fernandez", "Óscar Hernandez"),
        ("Óscar", "Óscar Lindero"),  # a first name alone may be anybody's
        ("Óscar B. Lindero", "Óscar C. Lindero"),
    ],
)
def test_different_people_stay_apart(names: tuple[str, ...]) -> None:
    """
    Names that are only alike are names of different people.
    """
    found = people(*names)

    assert len({found.of_keys([key])[0] for key in Names([spoken(*names)]).statements["speaker"]}) == len(names)


def test_a_surname_alone_is_no_choice() -> None:
    """
    What a statement prints as a surname alone is nobody that could be chosen between two full names.
    """
    assert people("Ana Lindero", "Óscar Lindero", "Lindero").meant_by("lindero").choices == (
        "Ana Lindero",
        "Óscar Lindero",
    )


def test_a_full_name_wins_over_a_longer_one() -> None:
    """
    A name typed in full means who is called so, although others are called so and more.
    """
    names = ("Ana Ruiz", "Ana Ruiz Lagos", "Ana Ruiz Campo")

    assert people(*names).meant_by("Ana Ruiz").person


@pytest.mark.parametrize(
    ("typed", "word", "expected"),
    [
        ("brandt", "brandt", False),
        ("brant", "brandt", True),
        ("barndt", "brandt", True),
        ("grandt", "brandt", False),
        ("ruiz", "riuz", True),
        ("ruiz", "ruis", False),
        ("rui", "ruiz", False),
        ("luis", "luisa", False),
        ("menendez", "mendez", False),
        ("b2andt", "brandt", False),
    ],
)
def test_slips(typed: str, word: str, expected: bool) -> None:
    """
    A slip is one letter, in long words two; another beginning or ending is another name.
    """
    assert is_slip(typed, word) is expected
