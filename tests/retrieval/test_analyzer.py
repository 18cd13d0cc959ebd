"""
Words become terms: one term for the forms of a word, another for what only looks like it.
"""

from __future__ import annotations

import itertools
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.canonical import fold_word
from retrieval.analyzer import (
    MAX_TERM_CHARS,
    PARTITIONS,
    Partition,
    is_acronym,
    is_shouting,
    stop_words,
    terms,
    tokens,
)
from retrieval.published import find_terms, published_terms
from retrieval.query import asking_words


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("deporting families", "en", "deport famili"),
        ("deportaciones de familias", "es", "deport famili"),
        ("DEPORTACIÓN deportacion", "es", "deport deport"),
        ("acción Acción accion", "es", "accion accion accion"),  # accents go before the stem is cut
        ("deportaciones", "other", "deportaciones"),  # no stemmer where the language is unknown
        ("the families", "other", "the families"),  # and no stop words
        ("ICE and ice", "en", "ICE ice"),
        ("DACA, TPS; S-Comm", "en", "DACA TPS scomm"),
        ("s-comm S‑Comm SComm", "en", "scomm scomm scomm"),
        ("e-mail email", "en", "email email"),
        ("anti-immigrant", "en", "anti immigr"),
        ("a-la-carte", "other", "a la carte"),
        ("NALAKK’s leaders", "en", "NALAKK leader"),
        ("families' rights", "en", "famili right"),
        ("the network's office", "en", "network offic"),
        ("NGOs and the NGO", "en", "NGO NGO"),
        ("DREAMers", "en", "dreamer"),
        ("O’Quill O'Quill", "en", "oquil oquil"),
        ("125,000 125.000 125000", "es", "125000 125000 125000"),
        ("1,250,000", "en", "1250000"),
        ("3.5 2,50", "en", "3 5 2 50"),
        ("the 16th of 1990s", "en", "16 1990"),
        ("2014-2015", "en", "2014 2015"),
        ("$1,000.", "en", "1000"),
        ("U.S. U.S u.s. US", "en", "US US US US"),
        ("give us time", "en", "give time"),  # the pronoun is no country
        ("EE.UU. EE. UU. EEUU", "es", "EEUU EEUU EEUU"),
        ("DD.HH.", "es", "DDHH"),
        ("SB1070 SB-1070 SB 1070", "en", "SB 1070 SB 1070 SB 1070"),
        ("COVID-19", "en", "COVID 19"),
        ("_stay_ **here** __now__", "en", "stay here now"),  # Markdown's marks are no letters
        ("depor\u00adtation", "en", "deport"),
        ("depor\u200btation", "en", "deport"),
        ("deportacio\u0301n", "es", "deport"),  # accents typed apart
        ("", "en", ""),
        ("– … ”", "en", ""),
    ],
)
def test_words_become_terms(text: str, language: Partition, expected: str) -> None:
    """
    The forms of a word are one term; acronyms, numbers and names keep what tells them apart.
    """
    assert expected.split() == terms(text, language)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("We will not stop", "en", "will not stop"),
        ("We won't stop", "en", "not stop"),
        ("We won’t stop", "en", "not stop"),
        ("We won´t stop", "en", "not stop"),  # an accent typed for an apostrophe
        ("wont stop", "en", "not stop"),
        ("They don't, can't, cannot", "en", "not not not"),
        ("it doesn't and isn't", "en", "not not"),
        ("We'll stay", "en", "will stay"),
        ("We're well, they've said", "en", "well said"),  # "we'll" is not "well"
        ("never, without, against, nor", "en", "never without against nor"),
        ("We will NOT stop", "en", "will not stop"),  # said loudly, not an acronym
        ("No nos iremos nunca, ni hoy", "es", "no iremos nunca ni hoy"),
        ("sin papeles, contra todos", "es", "sin papeles contra todos"),
        ("NUNCA más", "es", "nunca"),
    ],
)
def test_denials_and_promises_are_kept(text: str, language: Partition, expected: str) -> None:
    """
    "Not" and "will" are terms in every form that people write them.
    """
    assert expected.split() == [
        token.term if token.term in {"not", "will"} else token.surface for token in tokens(text, language)
    ]


@pytest.mark.parametrize(
    "words",
    [
        "not no nor never none nobody nothing neither without against cannot will shall must won't don't can't we'll",
        "no ni nunca jamas nada nadie ninguno ninguna tampoco sin contra sera seran va van siempre",
    ],
)
def test_no_stop_word_denies_or_promises(words: str) -> None:
    """
    No list drops a word that turns a sentence round.
    """
    dropped = stop_words("en") | stop_words("es") | asking_words()

    assert not dropped & set(words.split())


@pytest.mark.parametrize("language", ["en", "es"])
def test_stop_words_are_folded(language: Partition) -> None:
    """
    Every stop word is written as folding leaves it, so that it can match.
    """
    assert all(word == fold_word(word) for word in stop_words(language))
    assert "us" not in stop_words("es")
    assert "US" not in stop_words("en")


def test_stop_words_are_words_of_their_own() -> None:
    """
    Every stop word comes out of a text as one surface; otherwise it would drop nothing.
    """
    for language in ("en", "es"):
        for word in stop_words(language):
            assert [word] == [token.surface for token in tokens(word, "other", keep_stop_words=True)]


def test_stop_words_can_be_kept() -> None:
    """
    Matching literally drops no word.
    """
    kept = tokens("We will be here", "en", keep_stop_words=True)

    assert [token.surface for token in kept] == ["we", "will", "be", "here"]
    assert terms("We will be here", "en") == ["will", "here"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ICE RAIDS MUST STOP NOW\nThe office of ICE", "ice raid must stop now offic ICE"),
        ("WHAT DID ICE SAY ABOUT RAIDS", "ice say raid"),
        ("The RAIDS go on", "RAIDS go on"),
        ("ICE raids", "ICE raid"),
    ],
)
def test_capitals_mean_nothing_on_a_shouting_line(text: str, expected: str) -> None:
    """
    A heading in capitals holds words; the acronyms of the next line stay acronyms.
    """
    assert [word for word in expected.split() if word != "on"] == terms(text, "en")


@pytest.mark.parametrize(
    ("text", "shouting"),
    [
        ("WHERE IS THE MARCH", True),
        ("where is the march", False),
        ("ICE TPS", False),
        ("", False),
        ("NO A LAS REDADAS", True),
    ],
)
def test_shouting_is_mostly_capitals(text: str, shouting: bool) -> None:
    """
    A line of capitals shouts; two acronyms do not.
    """
    assert shouting is is_shouting(text)


@pytest.mark.parametrize(
    ("text", "acronym"), [("ICE", True), ("ice", False), ("U.S.", True), ("Ice", False), ("S-Comm", False)]
)
def test_acronyms_keep_their_capitals(text: str, acronym: bool) -> None:
    """
    A surface tells whether it was an acronym.
    """
    assert acronym is is_acronym(tokens(text, "other")[0].surface)


@pytest.mark.parametrize(
    ("text", "slices"),
    [
        ("NALAKK’s plan", ["NALAKK", "plan"]),
        ("anti-immigrant", ["anti", "immigrant"]),
        ("S-Comm", ["S-Comm"]),
        ("in EE. UU.", ["EE. UU."]),
        ("125,000 people", ["125,000", "people"]),
        ("depor\u00adtation", ["depor\u00adtation"]),
        ("won’t stop", ["won’t", "stop"]),
    ],
)
def test_tokens_know_where_they_stand(text: str, slices: list[str]) -> None:
    """
    A token's span is what a reader sees of the word, without a possessive.
    """
    assert slices == [text[token.start : token.end] for token in tokens(text, "en")]


TEXTS = st.text() | st.lists(
    st.sampled_from(
        [
            "U.S. ",
            "won't",
            "ICE",
            "e-",
            "A",
            "\u00ad",
            "\u0301",
            "’s",
            "1,000",
            "SB1",
            "\n",
            " ",
            "acción",
            "_",
            "EE. UU.",
        ]
    )
).map("".join)


@given(TEXTS, st.sampled_from(PARTITIONS))
def test_tokens_are_ordered_slices(text: str, language: Partition) -> None:
    """
    Tokens stand in order without overlap, none is empty, and none is longer than a word can be.
    """
    found = tokens(text, language)

    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    for token in found:
        assert 0 <= token.start < token.end <= len(text)
        assert token.term
        assert 0 < len(token.surface) <= MAX_TERM_CHARS


@given(TEXTS)
def test_surfaces_do_not_depend_on_language(text: str) -> None:
    """
    A quoted phrase finds its words whatever language the passage has: only stems and stop words differ.
    """
    found = [[t[1:] for t in tokens(text, language, keep_stop_words=True)] for language in PARTITIONS]

    assert found[0] == found[1] == found[2]


@given(st.text(st.sampled_from("aAbÁéÑñüs.'- 1\n")) | st.text(st.characters(max_codepoint=0x24F)))
def test_accents_never_matter(text: str) -> None:
    """
    Composed or apart, an accent changes no term.
    """
    composed, apart = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))

    assert terms(composed, "es") == terms(apart, "es")


@pytest.mark.thorough
@pytest.mark.parametrize(
    "text",
    [
        "a.b." * 25_000,
        "a-" * 50_000,
        "x" * 100_000,
        "1,111" * 20_000,
        "A\n" * 50_000,
        "a'" * 50_000,
        "a\u0301" * 50_000,
    ],
)
def test_any_text_is_analyzed_quickly(text: str) -> None:
    """
    A hundred thousand characters of anything are quick; the limit allows for a busy machine.
    """
    started = time.process_time()
    tokens(text, "en")

    assert time.process_time() - started < 4


# What chunks between white space may look like, and what may stand between them.
PIECES = (
    *("ICE", "ice", "NGOs", "U.S.", "u.s", "EE.", "UU.", "DD.HH.", "a.m.", "SB1070", "S-Comm", "1,250,000", "16th"),
    *("acción", "ACCIÓN", "deportacio\u0301n", "depor\u00adtation", "won't", "we’ll", "families'", "O’Quill", "¡NO!"),
    *("THE COUNTY MUST ANSWER", "LA JUNTA NO VIENE", "the", "los", "Straße", "ﬁne", "“", "…", "_", "'"),
)
BETWEEN = ("", " ", "\n", "\n\n", "-", "‑", ".", ". ", "/", "\u00a0", "\u2028", "\t", "\u200b")
TEXTS = st.lists(st.tuples(st.sampled_from(PIECES) | st.text(max_size=6), st.sampled_from(BETWEEN)), max_size=14).map(
    lambda pieces: "".join(itertools.chain.from_iterable(pieces))
)


@pytest.mark.thorough
@pytest.mark.parametrize("language", PARTITIONS)
@given(text=TEXTS, data=st.data())
def test_found_terms_are_those_of_the_tokens(language: Partition, text: str, data: st.DataObject) -> None:
    """
    Looking for some terms finds every token that has one of them, with the same span and surface, and no other.
    """
    every = tokens(text, language)
    wanted = data.draw(st.sets(st.sampled_from(sorted({token.term for token in every}))) if every else st.just(set()))

    assert find_terms(text, language, wanted) == [token for token in every if token.term in wanted]
    assert find_terms(text, language, {token.term for token in every}) == every


@pytest.mark.thorough
@pytest.mark.parametrize("language", PARTITIONS)
@given(text=TEXTS)
def test_published_terms_are_the_terms(language: Partition, text: str) -> None:
    """
    What is remembered of published text gives the same terms, in the same order, as reading it anew.
    """
    assert published_terms(text, language) == terms(text, language)


@pytest.mark.parametrize("chunk", ["ice", "ICE", "Ice,", "river's", "on-ice"])
def test_found_terms_stand_where_they_are_printed(chunk: str) -> None:
    """
    A chunk whose letters also stand inside longer ones is found in its own places, and in no others.
    """
    text = f"x{chunk} {chunk}x {chunk} {chunk}{chunk}\n{chunk}\t({chunk}) {chunk}"
    every = tokens(text, "en")

    assert find_terms(text, "en", {token.term for token in every}) == every


def test_found_terms_hear_each_line_for_itself() -> None:
    """
    The same chunk is an acronym in a quiet line and a word in one that shouts, whichever was read first.
    """
    loud, quiet = "THE ICE ON THE RIVER IS THIN", "We asked ICE for the names."

    for text in (f"{loud}\n{quiet}", f"{quiet}\n{loud}"):
        found = find_terms(text, "en", {"ICE", "ice"})
        assert {token.term: text[: token.start].rpartition("\n")[2] for token in found} == {
            "ice": "THE ",
            "ICE": "We asked ",
        }
