"""
A question in one language finds statements in the other.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.canonical import fold_word
from retrieval.analyzer import stop_words, tokens
from retrieval.bridge import LEXICON, MAX_TRANSLATIONS, Bridge, Bridged, Vocabulary, cognate_key
from retrieval.models import Language

ENGLISH = """
    immigrant immigrants family families deportation deportations worker workers laborers day wage theft wages bill
    bills work permit deferred action public charge unaccompanied minors children ICE ice US united states TPS
    temporary protected status jail prisons found asked protect protects said cities police church remittances
    earthquake lawyers high school center centre question frequent photograph special 2014 Guatemala solidarity
""".lower()
WORDS = [w.upper() if w in {"us", "tps"} else w for w in ENGLISH.split()] + ["ICE"]
SPANISH = ["inmigrantes", "familias", "salario", "robo", "hielo", "ICE", "EEUU", "estados", "unidos", "carceles"]


def bridged(question: str, source: Language, words: Iterable[str]) -> list[Bridged]:
    surfaces = [token.surface for token in tokens(question, source)]
    return Bridge.load().translate(surfaces, source, Vocabulary.build(words))


def read_as(
    question: str, source: Language = "es", words: Iterable[str] = WORDS
) -> dict[str, tuple[tuple[str, ...], ...]]:
    return {found.source: found.groups for found in bridged(question, source, words)}


@pytest.mark.parametrize(
    ("spanish", "english"),
    [
        ("inmigración", "immigration"),
        ("comunidades", "communities"),
        ("libertad", "liberty"),
        ("legalmente", "legally"),
        ("fotografía", "photography"),
        ("especial", "special"),
        ("famoso", "famous"),
        ("político", "political"),
        ("activista", "activist"),
        ("racismo", "racism"),
        ("familia", "family"),
        ("secretario", "secretary"),
        ("participar", "participate"),
        ("frecuente", "frequent"),
        ("centro", "center"),
        ("organizar", "organize"),
    ],
)
def test_cognates_share_a_key(spanish: str, english: str) -> None:
    """
    Suffix and spelling rules write a word and its cognate the same way, so that no table needs them.
    """
    assert cognate_key(fold_word(spanish)) == cognate_key(english)


@pytest.mark.parametrize(
    ("form", "english"),
    [
        ("cárceles", "jail"),  # plural
        ("protegerán", "protect"),  # future, its accent folded away
        ("encuentran", "find"),  # vowel change
        ("juegan", "play"),
        ("busquen", "seek"),  # spelling change
        ("ciudades", "city"),  # a plural that Snowball keeps apart
        ("pidieron", "ask"),  # irregular past
        ("abogadas", "lawyer"),  # feminine plural
        ("lentamente", "slowly"),
    ],
)
def test_forms_reach_their_headword(form: str, english: str) -> None:
    """
    Plurals, genders and verb forms of a question find what its dictionary form means.
    """
    assert read_as(form, words=[english]) == {fold_word(form): ((english,),)}


@pytest.mark.parametrize(
    ("question", "phrase", "groups"),
    [
        ("la acción diferida", "accion diferida", (("deferred",), ("action",))),
        ("los permisos de trabajo", "permisos trabajo", (("work",), ("permit",))),
        ("proyectos de ley", "proyectos ley", (("bill",),)),
        ("ser una carga pública", "carga publica", (("public",), ("charge",))),
        ("el robo de salarios", "robo salarios", (("wage",), ("theft",))),
    ],
)
def test_phrases_are_read_as_one(question: str, phrase: str, groups: tuple[tuple[str, ...], ...]) -> None:
    """
    A phrase of the field is found as such, with or without its stop words, and its words are not read again.
    """
    assert {phrase: groups} == read_as(question)
    assert {phrase: groups} == {
        found.source: found.groups
        for found in Bridge.load().translate(fold_word(question).split(), "es", Vocabulary.build(WORDS))
    }


def test_longest_phrase_wins() -> None:
    """
    A programme's whole name is one thing, and its acronym stands for all of it.
    """
    [found] = bridged("el Estatus de Protección Temporal", "es", WORDS)

    assert found.groups == (("temporary", "TPS"), ("protected", "TPS"), ("status", "TPS"))


@pytest.mark.parametrize(
    ("question", "source", "word", "targets"),
    [
        ("agentes de ICE", "es", "ICE", ("ICE",)),  # an acronym stays itself
        ("en EE.UU.", "es", "EEUU", ("US", "united", "states")),
        ("en 2014", "es", "2014", ("2014",)),
        ("sobre Guatemala", "es", "guatemala", ("guatemala",)),  # a name stays itself
        ("ice on the road", "en", "ice", ("hielo", "ICE")),  # typed small, both are possible
        ("the US", "en", "US", ("estados", "EEUU", "unidos")),
    ],
)
def test_names_and_acronyms_survive(question: str, source: Language, word: str, targets: tuple[str, ...]) -> None:
    """
    Names, numbers and acronyms that the statements have are looked for as they are typed.
    """
    found = bridged(question, source, WORDS if source == "es" else SPANISH)

    assert set(targets) == set(next(one.targets for one in found if one.source == word))


@pytest.mark.parametrize(
    ("word", "language", "known"),
    [("carceles", "es", True), ("jails", "en", True), ("zumbrique", "es", False), ("carceles", "en", False)],
)
def test_lexicon_says_what_it_knows(word: str, language: Language, known: bool) -> None:
    """
    A word of the lexicon is no typing mistake, though no statement has it.
    """
    assert Bridge.load().knows(word, language) is known


def test_unknown_words_stand_for_themselves() -> None:
    """
    A word that neither table nor key knows is kept, so that the answer can say that it is missing.
    """
    assert read_as("zumbrique") == {"zumbrique": (("zumbrique",),)}


def test_translations_share_one_weight() -> None:
    """
    Each of n translations counts 1/√n, so that a word with many is not worth more than a word with one.
    """
    [found] = bridged("cárceles", "es", ["jail", "prison", "prisons"])

    assert {"jail", "prison"} == set(found.targets)
    assert math.isclose(1 / math.sqrt(2), found.weight)


def test_translations_outside_the_vocabulary_are_left_out() -> None:
    """
    Only words that the statements have are looked for.
    """
    assert read_as("cárceles", words=["prisons"]) == {"carceles": (("prison",),)}


def test_places_point_into_the_question() -> None:
    """
    The caller can show which of its words were read as what.
    """
    words = ["los", "proyectos", "de", "ley", "y", "las", "familias"]
    found = Bridge.load().translate(words, "es", Vocabulary.build(WORDS))

    assert [(one.source, one.first, one.last) for one in found] == [("proyectos ley", 1, 3), ("familias", 6, 6)]


def test_both_directions_read_the_same_file() -> None:
    """
    English questions find Spanish statements through the same entries.
    """
    assert read_as("wage theft, jails", "en", SPANISH) == {
        "wage theft": (("robo",), ("salario",)),
        "jails": (("carcel",),),
    }


def rows_of(name: str) -> list[tuple[str, list[str]]]:
    separator = " | " if name == "phrases.tsv" else ", "
    lines = [line for line in (LEXICON / name).read_text("utf-8").splitlines() if not line.startswith("#")]
    return [(entry, translations.split(separator)) for entry, translations in (line.split("\t") for line in lines)]


def content(text: str, language: Language) -> tuple[str, ...]:
    return tuple(token.surface for token in tokens(text, language))


@pytest.mark.thorough
@pytest.mark.parametrize(("name", "least"), [("words.tsv", 7200), ("forms.tsv", 500), ("phrases.tsv", 1200)])
def test_lexicon_is_reviewable(name: str, least: int) -> None:
    """
    One entry a line, sorted, none twice, at most four translations, nothing that could never be read.
    """
    rows = rows_of(name)
    folded = [fold_word(entry) for entry, _ in rows]

    assert least <= len(rows)
    assert sorted(folded) == folded
    assert len(set(folded)) == len(folded)
    for entry, ones in rows:
        assert entry == entry.strip()
        assert (" " in entry) <= (name == "phrases.tsv"), entry
        assert 1 <= len(ones) <= MAX_TRANSLATIONS, entry
        assert len(set(ones)) == len(ones), entry
        assert all(one and one == one.strip(" ,|") for one in ones), entry
        assert all(content(one, "en") for one in ones) or len(ones) == 1, f"{entry}: a stop word among translations"
        assert content(entry, "es"), entry


def test_a_form_is_no_second_headword() -> None:
    """
    A verb form stands in the file of forms alone, so that English words lead to dictionary forms first.
    """
    assert not {fold_word(entry) for entry, _ in rows_of("words.tsv")} & {
        fold_word(entry) for entry, _ in rows_of("forms.tsv")
    }


@pytest.mark.thorough
def test_no_entry_says_what_the_key_says() -> None:
    """
    A cognate that the key finds alone and for certain, there and back, needs no line.
    """
    files = ("words.tsv", "forms.tsv", "phrases.tsv")
    english = Vocabulary.build(
        word for name in files for _, ones in rows_of(name) for one in ones for word in content(one, "en")
    )
    spanish = Vocabulary.build(word for name in files for entry, _ in rows_of(name) for word in content(entry, "es"))
    times = Counter(one for _, ones in rows_of("words.tsv") for one in ones)
    for entry, ones in rows_of("words.tsv"):
        [word] = content(entry, "es")
        translated = {" ".join(content(one, "en")) for one in ones}
        if translated == set(english.cognates(word, "en")) and all(times[one] == 1 for one in ones):
            assert any(spanish.cognates(one, "es") != (word,) for one in translated), entry


@pytest.mark.thorough
def test_lexicon_holds_what_the_key_cannot_find() -> None:
    """
    Five thousand Spanish words and more look like none of their translations: without an entry they find nothing.
    """
    unfound = 0
    for entry, ones in rows_of("words.tsv"):
        vocabulary = Vocabulary.build(word for one in ones for word in content(one, "en"))
        unfound += not any(vocabulary.cognates(word, "en") for word in content(entry, "es"))

    assert unfound > 5000


@pytest.mark.parametrize(
    "words",
    [
        "crackdown sweep roundup shackled plight scapegoat raid crops wages laborer nanny landlord ballot lawsuit",
        "ankle rib pill breakfast bread roof window street road truck plane river hill snow thunder storm drought",
        "teacher homework pencil goal coach king queen sword prayer sin soul bishop wedding funeral neighbor",
        "weigh grow throw catch hide bury climb dig knit boil bake sew weave borrow owe hire fire steal kidnap",
        "afraid ashamed proud lonely angry greedy stubborn shy wise thick narrow deep shallow rotten sour hungry",
        "Monday August twelve hundred inch mile ton half German Dutch Welsh Norwegian Lebanese Turkish Thai",
    ],
)
def test_everyday_english_has_a_way_to_spanish(words: str) -> None:
    """
    The lexicon is read from English as well as from Spanish.
    """
    assert [word for word in words.split() if not Bridge.load().knows(fold_word(word), "en")] == []


def one_word(text: str) -> str:
    return fold_word(text).replace(" ", "")


@pytest.mark.thorough
@given(
    st.lists(st.text(min_size=1, max_size=12).map(one_word).filter(bool), max_size=12),
    st.sampled_from(["en", "es"]),
)
def test_no_word_is_lost_or_read_twice(words: list[str], source: Language) -> None:
    """
    Whatever is asked, every word that is no stop word belongs to exactly one finding, in order.
    """
    found = Bridge.load().translate(words, source, Vocabulary.build(WORDS + SPANISH))
    spans = [(one.first, one.last) for one in found]

    assert [word for word in words if word not in stop_words(source)] == " ".join(one.source for one in found).split()
    assert all(last < first for (_, last), (first, _) in pairwise(spans))
    assert all(one.groups and all(one.groups) and 0 < one.weight <= 1 for one in found)
