"""
What every index promises, the fake included. Scores may differ between engines; these sentences may not.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from fakes import FakeIndex
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import MissingExtraError, UsageError
from corpus.models import Span
from retrieval.analyzer import PARTITIONS, Partition, terms
from retrieval.backends.embedded import EmbeddedIndex, append
from retrieval.backends.embedded.compiled import Loop, best_of, load
from retrieval.index import PassageIndex, open_index
from retrieval.models import Hit, Passage, Query, WeightedTerm

Build = Callable[[Sequence[Passage]], PassageIndex]


def passage(text: str, statement: str = "2014-001", start: int = 0, language: Partition = "en") -> Passage:
    span = Span(start, start + len(text))
    return Passage(statement_id=statement, revision=1, span=span, text=text, kind="body", language=language)


def query(words: str, partition: Partition = "en", **filters: object) -> Query:
    wanted = tuple(WeightedTerm(term, partition) for term in terms(words, partition))
    return Query.model_validate({"terms": wanted, **filters})


def ids(hits: Sequence[Hit]) -> list[str]:
    return [hit.passage_id for hit in hits]


def statements(hits: Sequence[Hit]) -> list[str]:
    return [hit.passage_id.partition("@")[0] for hit in hits]


def in_steps(directory: Path, passages: Sequence[Passage]) -> PassageIndex:
    """Appended in three steps, between which passages that are not wanted come and go."""
    strays = [passage(f"march families stray {number}", "stray", 100 * number) for number in range(6)]
    third = len(passages) // 3
    first = append(directory, None, "1", [strays[0], *passages[:third], strays[1], strays[2]])
    second = append(directory, first, "2", [*passages[third : 2 * third], *strays[3:]], [strays[0].id, strays[2].id])
    gone = [stray.id for stray in (strays[1], *strays[3:])]
    third_manifest = append(directory, second, "3", passages[2 * third :], gone)
    return open_index("embedded", directory, third_manifest.model_dump_json(), "3")


LOOPS: dict[str, Callable[[], Loop | None]] = {"loop": lambda: best_of, "compiled loop": load}


@pytest.fixture(params=["fake", "memory", "disk", "disk in steps", *LOOPS])
def build(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Build:
    loop = LOOPS.get(request.param, lambda: None)()
    if request.param in LOOPS and loop is None:
        pytest.skip("numba, the extra fast, is not installed")

    def on_disk(passages: Sequence[Passage]) -> PassageIndex:
        directory = tmp_path_factory.mktemp("index")
        return EmbeddedIndex.open(directory, append(directory, None, "3", passages), "3", loop)

    builds: dict[str, Build] = {
        "fake": lambda passages: FakeIndex(passages, "3"),
        "memory": lambda passages: EmbeddedIndex.build(passages, "3"),
        "disk": on_disk,
        "disk in steps": lambda passages: in_steps(tmp_path_factory.mktemp("steps"), passages),
        "loop": on_disk,
        "compiled loop": on_disk,
    }
    return builds[request.param]


WORDS = ["march", "marches", "families", "border", "ICE", "ice", "the", "not", "we", "relief", ""]
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join), max_size=12)


def corpus(texts: Sequence[str]) -> list[Passage]:
    return [passage(text, f"2014-{number:03}") for number, text in enumerate(texts)]


@pytest.mark.parametrize("texts", [[], [""], ["", "…", "the of and"]])
def test_nothing_to_find(build: Build, texts: list[str]) -> None:
    """
    No passages, or only ones without a term: no hits and no error.
    """
    index = build(corpus(texts))

    assert [] == index.search(query("march"), limit=10) == index.phrase(["march"], limit=10)


def test_unknown_terms_find_nothing(build: Build) -> None:
    """
    Words that no passage holds find nothing, and a query without terms finds nothing.
    """
    index = build(corpus(["We march for families."]))

    assert [] == index.search(query("parliament"), limit=10) == index.search(query(""), limit=10)


def test_unknown_terms_beside_known_ones(build: Build) -> None:
    """
    An unknown word takes nothing away from the known one beside it.
    """
    index = build(corpus(["We march for families.", "The border is closed."]))

    assert statements(index.search(query("parliament march"), limit=10)) == ["2014-000"]


def test_only_passages_that_share_a_term(build: Build) -> None:
    """
    A passage that shares no term is never a hit, however few hits there are.
    """
    index = build(corpus(["We march for families.", "The border is closed.", "", "Marches everywhere."]))

    assert {"2014-000", "2014-003"} == set(statements(index.search(query("march"), limit=10)))


def test_best_first(build: Build) -> None:
    """
    More of the asked words rank higher, and scores never rise down the list.
    """
    index = build(corpus(["Families march.", "Families march at the border.", "Families wait."]))
    hits = index.search(query("march border"), limit=10)

    assert statements(hits) == ["2014-001", "2014-000"]
    assert hits[0].score > hits[1].score > 0


def test_a_term_in_every_passage_is_found(build: Build) -> None:
    """
    A term that stands in every passage is still found, also in a corpus of one statement.
    """
    assert statements(build(corpus(["Families march."])).search(query("families"), limit=10)) == ["2014-000"]


def test_limit(build: Build) -> None:
    """
    No more hits than asked for, and none when none are asked for.
    """
    index = build(corpus(["march"] * 7))

    assert [len(index.search(query("march"), limit=limit)) for limit in (0, 3, 50)] == [0, 3, 7]


def test_ties_by_passage_id(build: Build) -> None:
    """
    Equal scores come in the order of their passage ids, also where the limit cuts them.
    """
    made = [passage("march", f"2014-{number:03}") for number in (4, 1, 3, 0, 2)]

    assert statements(build(made).search(query("march"), limit=3)) == ["2014-000", "2014-001", "2014-002"]


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=TEXTS, seed=st.integers(0, 1000))
def test_insertion_order_does_not_matter(build: Build, texts: list[str], seed: int) -> None:
    """
    The same passages in another order give the same hits in the same order.
    """
    shuffled = corpus(texts)
    random.Random(seed).shuffle(shuffled)
    asked = query("march families ICE not")

    assert build(corpus(texts)).search(asked, limit=5) == build(shuffled).search(asked, limit=5)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=TEXTS, limit=st.integers(1, 6))
def test_same_hits_as_the_fake(build: Build, texts: list[str], limit: int) -> None:
    """
    Every engine of today ranks by the same model, so that the fake may stand for it in other tests.
    """
    asked = query("march families march relief", phrases=("not",))
    index, fake = build(corpus(texts)), FakeIndex(corpus(texts))

    assert index.search(asked, limit=limit) == fake.search(asked, limit=limit)
    assert index.phrase(["ICE", "the"], limit=limit) == fake.phrase(["ICE", "the"], limit=limit)


def test_repeated_words_count_repeatedly(build: Build) -> None:
    """
    A word asked twice weighs twice.
    """
    index = build(corpus(["march", "border"]))

    assert statements(index.search(query("march border border"), limit=10)) == ["2014-001", "2014-000"]


def test_weights_multiply(build: Build) -> None:
    """
    A term of half the weight adds half the score.
    """
    index = build(corpus(["march", "border"]))
    whole, half = (Query(terms=(WeightedTerm("march", "en", weight),)) for weight in (1.0, 0.5))

    assert index.search(half, limit=1)[0].score == index.search(whole, limit=1)[0].score / 2


def test_statement_filter_before_the_limit(build: Build) -> None:
    """
    A filter narrows first: the limit counts passages that pass it.
    """
    index = build(corpus(["march march", "march march", "march at the border"]))
    asked = query("march", statements=frozenset({"2014-002", "1999-001"}))

    assert statements(index.search(asked, limit=1)) == ["2014-002"]


def test_empty_statement_filter_finds_nothing(build: Build) -> None:
    """
    No statement allowed is not the same as no filter.
    """
    assert build(corpus(["march"])).search(query("march", statements=frozenset()), limit=5) == []


def test_phrase_filter_before_the_limit(build: Build) -> None:
    """
    Quoted words must stand in a hit literally, stop words included.
    """
    index = build(corpus(["march march relief", "We march for relief", "We march not for relief"]))

    assert statements(index.search(query("march relief", phrases=("March for",)), limit=1)) == ["2014-001"]
    assert index.search(query("march", phrases=("march for", "relief now")), limit=5) == []


def test_a_phrase_without_words_filters_everything(build: Build) -> None:
    """
    Quotation marks around nothing but punctuation stand in no passage.
    """
    assert build(corpus(["march"])).search(query("march", phrases=("…",)), limit=5) == []


def found_at(index: PassageIndex, hits: Sequence[Hit], asked: Sequence[WeightedTerm]) -> list[tuple[int, int, int]]:
    return list(zip(*(column.tolist() for column in index.occurrences(hits, asked)), strict=True))


def test_occurrences_count_stop_words(build: Build) -> None:
    """
    Positions are those of the words as they stand, stop words and repetitions counted.
    """
    index = build(corpus(["We march, and the families march.", "Families."]))
    hits = index.search(query("march families"), limit=5)
    asked = [WeightedTerm("famili", "en"), WeightedTerm("march", "en")]

    assert statements(hits) == ["2014-000", "2014-001"]
    assert found_at(index, hits, asked) == [(0, 1, 1), (0, 4, 0), (0, 5, 1), (1, 0, 0)]


def test_occurrences_stay_in_their_language(build: Build) -> None:
    """
    A term counts in passages of its own language alone, and hits may come in any order.
    """
    made = [passage("final", "a"), passage("la final", "b", language="es"), passage("no", "c"), passage("final", "d")]
    index = build(made)
    hits = [Hit(one.id, 0.0) for one in (made[3], made[1], made[0])]

    assert found_at(index, hits, [WeightedTerm("final", "es"), WeightedTerm("nothing", "en")]) == [(1, 1, 0)]
    assert found_at(index, hits, [WeightedTerm("final", "en")]) == [(0, 0, 0), (2, 0, 0)]


def test_of_a_term_listed_twice_the_first_counts(build: Build) -> None:
    """
    A term that is listed twice is reported once, at its first place, whatever its weights.
    """
    index = build(corpus(["march families"]))
    asked = [WeightedTerm("march", "es"), WeightedTerm("march", "en", 0.3), WeightedTerm("march", "en")]

    assert found_at(index, index.search(query("march"), limit=1), asked) == [(0, 0, 1)]


@pytest.mark.parametrize("asked", [[], [WeightedTerm("parliament", "en")]])
def test_no_occurrences(build: Build, asked: list[WeightedTerm]) -> None:
    """
    No hits, no terms or terms that stand nowhere: empty arrays and no error.
    """
    index = build(corpus(["march"]))

    assert found_at(index, [], [WeightedTerm("march", "en")]) == []
    assert found_at(index, index.search(query("march"), limit=1), asked) == []


def test_occurrences_of_unknown_passages(build: Build) -> None:
    """
    A hit of another generation is a KeyError and never another passage.
    """
    with pytest.raises(KeyError):
        build(corpus(["march"])).occurrences([Hit("2013-001@1:0-5", 1.0)], [WeightedTerm("march", "en")])


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=TEXTS)
def test_same_occurrences_as_the_fake(build: Build, texts: list[str]) -> None:
    """
    Occurrences are those that reading the passages word by word gives.
    """
    index, fake = build(corpus(texts)), FakeIndex(corpus(texts))
    asked = query("march families ICE not relief")
    hits = index.search(asked, limit=5)

    assert found_at(index, hits, asked.terms) == found_at(fake, hits, asked.terms)


def stored(texts: Sequence[str]) -> list[Passage]:
    """Two statements that hold the texts in turn; every third text is an organization's on itself."""
    made = [passage(text, f"2014-00{number % 2}", 100 * number) for number, text in enumerate(texts)]
    return [one.model_copy(update={"kind": "about" if n % 3 == 2 else "body"}) for n, one in enumerate(made)]


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=TEXTS)
def test_same_holders_as_the_fake(build: Build, texts: list[str]) -> None:
    """
    Which passages and statements hold some words, and how well, is what reading every passage gives.
    """
    index, fake = build(stored(texts)), FakeIndex(stored(texts))
    groups = [terms("march ICE", "en"), terms("families relief border", "en")]
    asked = query("march families")

    for within in (None, frozenset({"2014-001"})):
        assert sorted(ids(index.bodies_with("en", groups, within))) == sorted(
            ids(fake.bodies_with("en", groups, within))
        )
    assert index.statements_with("en", groups[0]) == fake.statements_with("en", groups[0])
    assert index.best_of_statements(asked) == pytest.approx(fake.best_of_statements(asked))
    assert [index.passage_of(hit) for hit in index.search(asked, limit=9)] == [
        fake.passage_of(hit) for hit in fake.search(asked, limit=9)
    ]


def test_only_own_words_are_a_statements(build: Build) -> None:
    """
    A statement does not hold a word that only the paragraph about its organization has.
    """
    index = build(stored(["Families march.", "Families rest.", "We march for families."]))

    assert index.statements_with("en", terms("march", "en")) == {"2014-000"}
    assert ids(index.bodies_with("en", [terms("families", "en")], frozenset({"2014-001"}))) == ["2014-001@1:100-114"]
    assert index.statements_with("es", terms("march", "en")) == frozenset()


PHRASES = [
    ("We will not stop here.", "will not stop", True),
    ("We will stop here.", "will not stop", False),  # a negation is never dropped
    ("Not one of us will go.", "not one of us", True),  # stop words
    ("One of us, not all.", "not one of us", False),  # order
    ("The march of the families.", "march families", False),  # nothing in between
    ("La deportación no es justa.", "deportacion NO es", True),  # accents and case
    ("ICE raids at dawn.", "ice raids", True),  # an acronym typed in lower case
    ("STOP THE RAIDS IN OUR TOWNS NOW", "the raids", True),  # a shouting headline
    ("An anti-immigrant bill.", "anti-immigrant bill", True),  # hyphens
    ("They said: “We march.” Then rain.", "we march then", True),  # punctuation is no word
    ("We marched.", "march", False),  # no stemming
    ("What we are is what we are to be.", "we are to be", True),  # nothing but common words
]


@pytest.mark.parametrize(("text", "words", "found"), PHRASES)
def test_phrases_are_literal(build: Build, text: str, words: str, found: bool) -> None:
    """
    A phrase is found where its words stand side by side in this order, and nowhere else.
    """
    index = build(corpus(["Something else entirely.", text, "More of us will be here, not there."]))

    assert (["2014-001"] if found else []) == statements(index.phrase(words.split(), limit=5))


def test_a_phrase_stays_in_its_passage(build: Build) -> None:
    """
    The last word of one passage and the first of the next are no phrase.
    """
    assert build(corpus(["we march", "", "together now"])).phrase(["march", "together"], limit=5) == []


def test_more_occurrences_first(build: Build) -> None:
    """
    Phrases rank by their number, ties by passage id, and obey the limit.
    """
    index = build(corpus(["no more", "no more", "no more, no more", "no more"]))

    assert statements(index.phrase(["no", "more"], limit=2)) == ["2014-002", "2014-000"]


def test_accents_do_not_matter(build: Build) -> None:
    """
    A Spanish word is found with and without its accents.
    """
    index = build(
        [passage("La deportación separa familias.", language="es"), passage("Otra cosa.", "2", language="es")]
    )

    assert statements(index.search(query("deportacion", "es"), limit=5)) == ["2014-001"]


def test_languages_are_apart(build: Build) -> None:
    """
    A term is looked for among the passages of its own language, and hits of several languages come as one list.
    """
    index = build([passage("final", "a", language="en"), passage("final", "b", language="es"), passage("no", "c")])
    both = Query(terms=(WeightedTerm("final", "en"), WeightedTerm("final", "es")))

    assert statements(index.search(query("final"), limit=5)) == ["a"]
    assert {"a", "b"} == set(statements(index.search(both, limit=5)))


def test_passages_come_back_whole(build: Build) -> None:
    """
    A passage is what was put in, character by character, whatever its text and its statement's name.
    """
    odd = passage("“Ñandú” 👩‍👧 — \u2028x\n", "folder/an@odd:1-2 näme", 7, "other")
    index = build([odd, passage("march"), passage("march", start=50)])

    assert odd == index.passage(odd.id)


def test_hits_are_equal_when_passage_and_score_are() -> None:
    """
    Where an engine keeps a passage makes no difference between hits.
    """
    assert Hit("a", 1.0, 7) == Hit("a", 1.0)
    assert Hit("a", 1.0) != Hit("a", 2.0)
    assert len({Hit("a", 1.0, 7), Hit("a", 1.0), Hit("b", 1.0)}) == 2


@pytest.mark.parametrize("unknown", ["2014-001@1:0-6", "2014-001@2:0-5", "2014-009@1:0-5", "nonsense", ""])
def test_unknown_passages_are_key_errors(build: Build, unknown: str) -> None:
    """
    An id that is not of this generation is never answered with another passage.
    """
    index = build([passage("march")])

    with pytest.raises(KeyError):
        index.passage(unknown)


def test_length_and_generation(build: Build) -> None:
    """
    An index knows its generation and how many passages it holds, a language each.
    """
    index = build([passage("a"), passage("b", "2", language="es"), passage("", "3")])

    assert (index.generation, len(index), *map(index.size, PARTITIONS)) == ("3", 3, 2, 1, 0)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=TEXTS)
def test_vocabulary_of_what_is_there(build: Build, texts: list[str]) -> None:
    """
    Vocabulary and surface words are those of the passages that can be found, with their numbers, and no others.
    """
    index, fake = build(corpus(texts)), FakeIndex(corpus(texts))

    assert dict(index.vocabulary("en")) == dict(fake.vocabulary("en"))
    assert dict(index.surfaces("en")) == dict(fake.surfaces("en"))
    assert index.document_frequency("march", "en") == fake.document_frequency("march", "en")


def test_surfaces_are_written_words() -> None:
    """
    Spelling and bridge see words as written: not stemmed, acronyms in capitals, no stop words.
    """
    index = EmbeddedIndex.build([passage("The marches and the ICE marches.")], "1")

    assert dict(index.surfaces("en")) == {"marches": 2, "ICE": 1}


@pytest.mark.parametrize("name", ["parchment", "../embedded", ""])
def test_unknown_engines_are_usage_errors(tmp_path: Path, name: str) -> None:
    """
    An engine that this project has not is named in one line with one that it has.
    """
    with pytest.raises(UsageError, match="Try embedded"):
        open_index(name, tmp_path, "{}", "1")


def test_a_missing_package_names_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    An engine whose package is not installed says which extra brings it.
    """
    import retrieval.backends

    (tmp_path / "distant.py").write_text("import a_package_that_nobody_has\n")
    monkeypatch.setattr(retrieval.backends, "__path__", [str(tmp_path)])

    with pytest.raises(MissingExtraError, match=r"onrecord\[distant\]"):
        open_index("distant", tmp_path, "{}", "1")
