"""Which statements are one release: the same words again, and translations, on invented texts in both languages."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from factories import statement
from hypothesis import given
from hypothesis import strategies as st

from corpus.duplicates import find_new_translations, find_repeats, originals
from corpus.models import Span, Statement
from corpus.reader import read_statement
from corpus.translations import Neighborhood

TABLES = tomllib.loads((Path(__file__).parent / "releases.toml").read_text("utf-8"))
TRANSLATIONS: dict[str, dict[str, str]] = TABLES["translations"]
APART: dict[str, dict[str, str]] = TABLES["apart"]


def read(texts: Mapping[str, str], prefix: str = "") -> list[Statement]:
    """The texts as the reader reads files, ids from their keys."""
    return [
        Statement(id=f"{prefix}{key}", **dict(read_statement(text.encode(), f"{prefix}{key}.txt")))
        for key, text in texts.items()
    ]


ALL = [one for name in ("night_clinic", "undated", "policy") for one in read(TRANSLATIONS[name], name)]
EXPECTED = find_repeats(ALL)


def again(statements: Iterable[Statement]) -> set[tuple[str, ...]]:
    return set(find_repeats(statements).again.values())


@pytest.mark.parametrize("name", TRANSLATIONS)
def test_translation_is_found(name: str) -> None:
    """The two texts of one release are each other's translation."""
    repeats = find_repeats(read(TRANSLATIONS[name]))

    assert (repeats.translations, repeats.again) == ({"en": ("es",), "es": ("en",)}, {})


@pytest.mark.parametrize("name", APART)
def test_likeness_is_not_enough(name: str) -> None:
    """Two releases that share issuer, day, people or their frame stay two."""
    assert find_repeats(read(APART[name])) == ({}, {})


@pytest.mark.thorough
def test_each_finds_its_own() -> None:
    """Among many releases each has its own translation and no other."""
    texts = {f"{name} {key}": text for name, pair in TRANSLATIONS.items() for key, text in pair.items()}

    found = find_repeats(read(texts)).translations

    assert {id: [other.split()[0] for other in others] for id, others in found.items()} == {
        id: [id.split()[0]] for id in texts
    }


@pytest.mark.thorough
def test_likeness_is_not_enough_among_many() -> None:
    """Among many releases that are alike nothing is a translation, and only equal words are one release."""
    texts = {f"{name} {key}": text for name, pair in APART.items() for key, text in pair.items()}

    repeats = find_repeats(read(texts))

    assert repeats.translations == {}
    assert {frozenset(texts[id] for id in group) for group in repeats.again.values()} == {
        frozenset({APART["yearly_and_undated"]["en"]})
    }


WORDS = TRANSLATIONS["no_numbers"]["en"].strip()
CLINIC = TRANSLATIONS["night_clinic"]["en"].strip()
BLOG = "I was at the funeral, and this is what they wrote about it afterwards.\n\n"


@pytest.mark.parametrize(
    ("other", "fields"),
    [
        (WORDS, {"date": "2013-03-02"}),  # sent again later
        (WORDS, {"date": None, "organizations": ()}),  # a copy that says nothing about itself
        (WORDS.upper().replace("É", "E"), {"date": None}),  # another way of writing
        (" \n".join(WORDS.split(" ")), {}),  # wrapped lines
        (BLOG + WORDS + "\n\nFiled under: friends", {"date": "2013-01-29"}),  # a blog around it
        (WORDS.replace("garage into a library", "barn into a library"), {}),  # corrected that day
        (WORDS.replace("on Friday", "on 17 January"), {}),  # a number that was added that day
    ],
)
def test_same_release_again(other: str, fields: dict[str, Any]) -> None:
    """The same words are the same release, whenever and wherever they stand, and so are corrected ones that day."""
    first = statement(WORDS, id="first", date="2013-01-20")
    second = statement(other, id="second", **{"date": "2013-01-20", **fields})

    assert again([first, second]) == {("first", "second")}


@pytest.mark.parametrize(
    ("other", "fields"),
    [
        (CLINIC.replace("318", "402"), {"date": "2017-03-14"}),  # another year's number
        (CLINIC.replace("318", "402"), {"date": None}),  # which of the two is right cannot be told
        (CLINIC, {"language": "und"}),  # read as another language
        (CLINIC, {"place": "Dunmore"}),  # another town
        (CLINIC[:300], {}),  # its opening alone
    ],
)
def test_another_release(other: str, fields: dict[str, Any]) -> None:
    """Nearly the same words with other numbers at another time, or for another town, are another release."""
    first = statement(CLINIC, id="first", date="2016-03-14", place="Millbrook")
    second = statement(other, id="second", **{"date": "2016-03-14", **fields})

    assert again([first, second]) == set()


def test_short_statements_are_equal_or_different() -> None:
    """Of a few words every one counts."""
    texts = ("We stay.", "we  STAY.", "We do not stay.")

    assert again(statement(text, id=str(number)) for number, text in enumerate(texts)) == {("0", "1")}


def test_best_evidence_comes_first() -> None:
    """Dated before undated, a known issuer before none, the newest revision, then the earlier id."""
    fields: dict[str, dict[str, Any]] = {
        "a": {"date": None},
        "b": {"organizations": ()},
        "c": {},
        "d": {"revision": 2},
        "e": {"revision": 2},
    }

    assert again(statement(WORDS, id=id, **more) for id, more in fields.items()) == {("d", "e", "c", "b", "a")}


def test_many_copies_are_one_release() -> None:
    """However often a text is stored, all of its copies belong together."""
    assert len(next(iter(again(statement(WORDS, id=f"{number:03}") for number in range(60))))) == 60


@pytest.mark.parametrize(
    "changes",
    [
        {"1,260": "1,310", "488,000": "512,000", "3,115": "3,390"},  # another year's numbers
        {"Brígida Salcedo": "Delia Montiel"},  # another person speaks
    ],
)
def test_other_numbers_or_speakers(changes: dict[str, str]) -> None:
    """A text with other numbers, or in which somebody else speaks, is no translation though all the rest is."""
    en, es = TRANSLATIONS["undated"].values()
    for old, new in changes.items():
        es = es.replace(old, new)

    assert find_repeats(read({"en": en, "es": es})) == ({}, {})


def test_translation_of_all_copies() -> None:
    """A translation translates every copy of the release."""
    en, es = read(TRANSLATIONS["undated"])
    copy = en.model_copy(update={"id": "en again"})

    found = find_repeats([en, es, copy]).translations

    assert found == {"en": ("es",), "en again": ("es",), "es": ("en", "en again")}


def test_two_that_fit_are_none() -> None:
    """Where two releases fit a text as well, neither is called its translation."""
    en, es = read(TRANSLATIONS["undated"])
    # So many words are others that it is not the same text, but none by which translations are found.
    reworded = es.text
    for words in (" da ", " que ", " en ", " los ", " la ", " de "):
        reworded = reworded.replace(words, f"{words.rstrip()} pues{words[-1]}")
    rival = es.model_copy(update={"id": "rival", "text": reworded, "body": (Span(0, len(reworded)),), "quotes": ()})

    assert find_repeats([en, rival]).translations == {"en": ("rival",), "rival": ("en",)}
    assert find_repeats([en, es, rival]) == ({}, {})
    assert find_new_translations([rival], [en]) == {"rival": "en"}
    assert find_new_translations([en], [es, rival]) == {}


@pytest.mark.thorough
@given(st.permutations(ALL))
def test_order_makes_no_difference(statements: list[Statement]) -> None:
    """The statements may come in any order."""
    assert find_repeats(statements) == EXPECTED


def test_original_is_in_the_usual_language() -> None:
    """A translation is from the language that its issuer writes most in, else from the earlier id."""
    issued = {"organizations": ("Heron Street Neighbors",)}
    en, es = (one.model_copy(update=issued) for one in read(TRANSLATIONS["night_clinic"]))
    third = statement("Otra cosa.", id="third", language="es", **issued)

    assert originals([en, es], find_repeats([en, es])) == {"es": "en"}
    assert originals([en, es, third], find_repeats([en, es, third])) == {"en": "es"}


@pytest.mark.parametrize("name", TRANSLATIONS)
def test_added_translation_is_found(name: str) -> None:
    """Whichever of the two texts is added later is a translation of the one that stands."""
    en, es = read(TRANSLATIONS[name])

    assert find_new_translations([es], [en]) == {"es": "en"}
    assert find_new_translations([en], [es]) == {"en": "es"}


@pytest.mark.parametrize("name", APART)
def test_added_likeness_is_not_enough(name: str) -> None:
    """What only shares issuer, day, people or a frame with what stands is no translation of it."""
    first, *others = read(APART[name])

    assert find_new_translations([first], others) == {}
    assert find_new_translations(others, [first]) == {}


def test_translations_that_are_added_together() -> None:
    """Of two that are added together the original is the one that it is among all; a third one that stands wins."""
    en, es = read(TRANSLATIONS["night_clinic"])
    copy = en.model_copy(update={"id": "copy"})

    assert find_new_translations([en, es], []) == originals([en, es], find_repeats([en, es]))
    assert find_new_translations([en, es], [copy]) == {"es": "copy"}


@pytest.mark.parametrize(
    ("language", "date", "expected"),
    [
        ("es", "2016-03-14", True),  # the same day
        ("es", "2016-03-21", True),  # a week later
        ("es", "2016-03", True),
        ("es", "2016", True),
        ("es", None, True),  # nobody knows
        ("es", "2016-05-01", False),
        ("es", "2015", False),
        ("en", "2016-03-14", False),  # the same language
        ("und", "2016-03-14", False),
    ],
)
def test_where_a_translation_may_be(language: str, date: str | None, expected: bool) -> None:
    """Only statements in another language, of about the day or without one, are read for a new one's sake."""
    nearby = Neighborhood([statement(id="new", date="2016-03-14", language="en")])

    assert nearby.holds(language, date) is expected


def test_a_new_one_without_date_may_translate_any() -> None:
    """Without a date a new statement may be a translation of any in another language; one of no language of none."""
    undated, unread = (statement(id="new", date=date, language=one) for date, one in ((None, "es"), ("2016", "und")))

    assert Neighborhood([undated]).holds("en", "1998-01-01")
    assert not Neighborhood([unread]).holds("en", "2016")
    assert not Neighborhood([]).holds("en", "2016")


@pytest.mark.thorough
@given(st.lists(st.sampled_from(ALL), unique_by=lambda one: one.id), st.sampled_from(ALL))
def test_neighborhood_leaves_no_translation_out(standing: list[Statement], added: Statement) -> None:
    """What would be found among all statements is found among those of the neighborhood."""
    others = [one for one in standing if one.id != added.id]
    nearby = Neighborhood([added])
    near = [one for one in others if nearby.holds(one.language, one.date)]

    assert find_new_translations([added], near) == find_new_translations([added], others)


@pytest.mark.thorough
def test_sample() -> None:
    """Of the sample, what is there twice is found, and nothing else."""
    folder = Path(__file__).parents[2] / "corpus" / "sample" / "statements"
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    readings = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    repeats = find_repeats(Statement(id=id, **dict(read_statement(data, id))) for id, data in readings.items())

    assert set(repeats.again.values()) == {("archive/hurricane-relief.txt", "hurricane-relief.txt")}
    assert {frozenset((id, *others)) for id, others in repeats.translations.items()} == {
        frozenset({"accion-diferida.html", "daca-announced.txt"}),
        frozenset({"robo-de-salarios.txt", "wage-theft-houston.md"}),
    }
