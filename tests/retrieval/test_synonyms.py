"""What people type is found as what statements print."""

from __future__ import annotations

import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.canonical import fold_word
from retrieval.analyzer import tokens
from retrieval.models import Language
from retrieval.synonyms import AS_TYPED, MAX_WORDS, SYNONYMS, Synonym, Synonyms, entries

LINES = [line for line in SYNONYMS.read_text("utf-8").splitlines() if not line.startswith("#")]
LANGUAGES: tuple[Language, Language] = ("en", "es")


def found(question: str, language: Language, *, keep_stop_words: bool = True) -> dict[str, set[str]]:
    words = [token.surface for token in tokens(question, language, keep_stop_words=keep_stop_words)]
    return {
        " ".join(words[one.first : one.last + 1]): {" ".join(words) for words in one.alternatives}
        for one in Synonyms.load().find(words, language)
    }


@pytest.mark.parametrize("keep_stop_words", [True, False])
@pytest.mark.parametrize(
    ("question", "language", "printed"),
    [
        ("are kids safe?", "en", "children"),
        ("can the cops ask?", "en", "police"),
        ("families locked up at the border", "en", "detained"),
        ("fathers kicked out after a raid", "en", "deported"),
        ("when mom and dad are gone", "en", "parents"),
        ("working without papers", "en", "undocumented"),
        ("who is the head of the kitchen?", "en", "director"),
        ("the boss kept our tips", "en", "employer"),
        ("laundries in cali", "en", "california"),
        ("la migra at the laundry", "en", "ICE"),
        ("what does the White House owe us?", "en", "administration"),
        ("send money home", "en", "remittances"),
        ("a driver's license", "en", "driving privilege"),
        ("falta chamba", "es", "trabajo"),
        ("la migra en la lavandería", "es", "ICE"),
        ("los metieron presos", "es", "detenidos"),
        ("me faltan los papeles", "es", "documentos"),
        ("gente sin papeles", "es", "indocumentado"),
        ("los echaron del país", "es", "expulsar"),
        ("mi mamá y papá", "es", "padres"),
    ],
)
def test_everyday_words_are_found_as_printed(
    question: str, language: Language, printed: str, keep_stop_words: bool
) -> None:
    """The word of the street leads to the word of the record, whether stop words are still there or gone."""
    assert printed in set().union(*found(question, language, keep_stop_words=keep_stop_words).values())


@pytest.mark.parametrize("question", ["kid", "KIDS", "Kids?", "child"])
def test_forms_of_a_word_are_one_entry(question: str) -> None:
    """Number and capitals make no difference."""
    assert "minors" in set().union(*found(question, "en").values())


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("paper lanterns", "en"),
        ("the lock on the gate", "en"),
        ("where are they headed?", "en"),
        ("an officer in the office", "en"),
        ("who wrote to us?", "en"),
        ("a campaign for foreign films", "en"),
        ("un papel en la obra", "es"),
        ("redes de pesca", "es"),
        ("la obra dura poco", "es"),
        ("la", "es"),
        ("", "en"),
    ],
)
def test_other_words_are_left_alone(question: str, language: Language) -> None:
    """A word that only looks like an entry is not read as one."""
    assert found(question, language) == {}


def test_one_way_sets_are_read_one_way() -> None:
    """Behind ">" stands what is printed: typing it asks for nothing else."""
    synonyms = Synonyms(["en\tla migra > ICE", "en\tkids, children"])

    assert synonyms.find(["la", "migra"], "en") == [Synonym(0, 1, (("ICE",),))]
    assert synonyms.find(["ICE"], "en") == []
    assert synonyms.find(["children"], "en") == [Synonym(0, 0, (("kids",),))]
    assert synonyms.find(["kids"], "es") == []


def test_the_longest_entry_wins() -> None:
    """The words of a phrase are not read again one by one."""
    synonyms = Synonyms(["en\tborder cops > border patrol", "en\tcops > police"])

    assert synonyms.find(["the", "border", "cops", "and", "cops"], "en") == [
        Synonym(1, 2, (("border", "patrol"),)),
        Synonym(4, 4, (("police",),)),
    ]


@given(st.lists(st.sampled_from("mom and dad locked up the kids no papers la migra NYC xyz de los presos".split())))
def test_places_are_in_order_and_never_overlap(words: list[str]) -> None:
    """Whatever is typed, each word is read once, and nothing stands for itself."""
    for language in LANGUAGES:
        last = -1
        for one in Synonyms.load().find(words, language):
            assert last < one.first <= one.last < len(words)
            assert one.alternatives
            assert all(one.alternatives), one
            assert (words[one.first],) not in one.alternatives or one.last > one.first
            last = one.last


def test_the_file_is_reviewable() -> None:
    """Each line names its language and its words; sorted; nothing is empty or printed twice."""
    assert [line[:2] for line in LINES] == sorted(line[:2] for line in LINES)
    for language in LANGUAGES:
        ours = [fold_word(line[3:]) for line in LINES if line.startswith(f"{language}\t")]
        assert len(ours) > 150
        assert ours == sorted(set(ours))
    for line in LINES:
        halves = line[3:].split(" > ")
        assert line[2] == "\t", line
        assert len(halves) <= 2, line
        for half in halves:
            ones = half.split(", ")
            assert len(set(ones)) == len(ones), line
            assert all(one and one == one.strip(" ,>\t") for one in ones), line


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_can_be_read_and_belongs_to_one_set(language: Language) -> None:
    """No typed entry is in two sets, none is longer than what is looked for, every one finds something."""
    keys: Counter[tuple[str, ...]] = Counter()
    for line in LINES:
        if not line.startswith(f"{language}\t"):
            continue
        typed, printed = (entries(half, language) for half in line[3:].partition(" > ")[::2])
        keys.update(key for key, _ in typed)
        assert all(1 <= len(words) <= MAX_WORDS for _, words in typed + printed), line
        assert not any(key[0] == AS_TYPED for key, _ in printed), f"cut down to one word: {line}"
        assert all(Synonyms.load().find(words, language) for _, words in typed), line

    assert [key for key, count in keys.items() if count > 1] == []


def test_synonyms_cost_no_time() -> None:
    """A question waits for them a few milliseconds the first time, and then not at all."""
    synonyms = Synonyms(LINES)
    started = time.perf_counter()
    for language in LANGUAGES:
        synonyms.find(["x"], language)
    prepared = time.perf_counter()
    for _ in range(100):
        synonyms.find("what happens to kids when mom and dad get locked up by la migra".split(), "en")

    assert Synonyms.load() is Synonyms.load()
    assert prepared - started < 1.5
    assert time.perf_counter() - prepared < 1
