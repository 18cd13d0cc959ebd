"""
Typing mistakes are read as the words and names of the statements.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from retrieval.spelling import OTHER_LETTER, Speller, small_word

VOCABULARY = {
    "immigration": 40,
    "immigrants": 60,
    "deportation": 30,
    "workers": 12,
    "worker": 9,
    "family": 25,
    "families": 20,
    "march": 8,
    "raids": 6,
    "ice": 2,
    "ICE": 9,
    "casting": 3,
    "costing": 2,
    "vote": 5,
    "2014": 7,
}
NAMES = ("Harbor Lights Network", "HLNN", "Teresa Villaquirá")


@pytest.fixture
def speller() -> Speller:
    return Speller(VOCABULARY, NAMES)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("imigration", "immigration"),  # a letter left out
        ("deporttation", "deportation"),  # a letter doubled
        ("dpeortation", "deportation"),  # two neighbours swapped are one mistake
        ("deprtatoin", "deportation"),  # two mistakes in a long word
        ("famlies", "families"),
        ("Famly", "family"),
        ("raid", None),  # four letters and no name: left alone
        ("vilaquira", "villaquira"),  # a name, accents or not
        ("hlnn", None),  # known: case is no mistake
        ("hlnnn", "HLNN"),  # an acronym of the corpus
        ("hlln", None),  # swapping makes another acronym
        ("marhc", "march"),
        ("mxrhc", None),  # two mistakes in a short word
        ("immigration", None),  # known words are never touched
        ("2015", None),  # nor are numbers
        ("20144", None),
        ("cisting", None),  # "casting" and "costing" are about as likely
        ("workrs", "workers"),
        ("workes", "workers"),  # "worker" and "workers" are one word: either will do
        ("xylophone", None),
        ("", None),
        ("¿?", None),
    ],
)
def test_word_is_read_as_what_was_meant(speller: Speller, typed: str, meant: str | None) -> None:
    """
    One mistake in words of 5 to 7 letters, two in longer ones; nothing where two words are about as likely.
    """
    assert meant == speller.correct(typed)


def test_frequent_word_wins() -> None:
    """
    Of two words at the same distance the one that is clearly more frequent was meant.
    """
    assert Speller({"border": 30, "bolder": 2}).correct("boder") == "border"


def test_short_name_with_a_lost_letter() -> None:
    """
    A four-letter slip of an acronym is mended, the same slip of a plain word is not.
    """
    assert Speller({}, ["CASAN"]).correct("casn") == "CASAN"
    assert Speller({"casan": 3}).correct("casn") is None


@pytest.mark.parametrize(
    ("typed", "likely"),
    [
        ("vot", [("vote", 1.0)]),  # a letter left out
        ("vvote", [("vote", 1.0)]),  # doubled
        ("vtoe", [("vote", 1.0)]),  # swapped
        ("vobe", [("vote", OTHER_LETTER)]),  # another letter
        ("cisting", [("casting", OTHER_LETTER), ("costing", OTHER_LETTER)]),  # the more frequent one first
        ("svote", []),  # a letter too many that is not the one beside it
        ("HLLN", [("HLNN", OTHER_LETTER)]),  # capitals are read as an acronym,
        ("VOT", []),  # not as a word,
        ("hlnx", []),  # and a word not as an acronym
        ("vt", []),  # too short
        ("2041", []),
        ("vote", []),  # known
    ],
)
def test_likely_words_are_one_mistake_away(speller: Speller, typed: str, likely: list[tuple[str, float]]) -> None:
    """
    All words that may have been meant are named, slips of the fingers before another letter.
    """
    assert likely == speller.likely(typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("thier", "their"),  # two letters swapped
        ("fromm", "from"),  # one doubled
        ("tambin", "tambien"),  # one lost
        ("wich", None),  # lost in a short word: it may be another
        ("teh", None),  # too short
        ("whxt", None),  # another letter
        ("raids", None),
    ],
)
def test_mistyped_stop_word(typed: str, meant: str | None) -> None:
    """
    A slip of a small word is that word and no topic.
    """
    assert meant == small_word(typed, ("en", "es"))


def test_empty_corpus_corrects_nothing() -> None:
    """
    Without words there is nothing to correct towards.
    """
    assert Speller({}).correct("immigration") is None


@given(st.text(max_size=20))
def test_only_corpus_words_come_out(typed: str) -> None:
    """
    Whatever is typed, a correction is a word of the statements or of a name, and is never corrected again.
    """
    speller = Speller(VOCABULARY, NAMES)
    meant = speller.correct(typed)

    assert meant is None or (
        meant in VOCABULARY or meant in {"harbor", "lights", "network", "HLNN", "teresa", "villaquira"}
    )
    assert meant is None or speller.correct(meant) is None


@given(st.text(alphabet="abñω", min_size=3, max_size=6), st.sets(st.text(alphabet="abñω1", min_size=1, max_size=7)))
def test_words_one_edit_away_are_those_of_the_distance(typed: str, words: set[str]) -> None:
    """
    The words one mistake away are made from the letters that there are: those that a comparison with all words finds.
    """
    near = Speller(dict.fromkeys(words - {typed}, 1))._near(typed, 1)

    assert sorted(near) == sorted(word for word in words - {typed} if word.isalpha() and OSA.distance(typed, word) <= 1)
