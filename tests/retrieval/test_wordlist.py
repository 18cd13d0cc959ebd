"""
A bilingual list is read lazily, and nothing in it is lost by that.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from retrieval.bridge import LEXICON
from retrieval.models import Language
from retrieval.wordlist import Pair, WordList, content_words, read_pairs

FILES = [(LEXICON / "words.tsv", ", "), (LEXICON / "phrases.tsv", " | "), (LEXICON / "forms.tsv", ", ")]


@pytest.mark.thorough
@pytest.mark.parametrize(("source", "target"), [("es", "en"), ("en", "es")])
def test_every_entry_is_found_by_its_own_words(source: Language, target: Language) -> None:
    """
    Whatever initial an entry is filed under, its own words lead to it: phrases that begin with a stop word, acronyms.
    """
    pairs = list(read_pairs(FILES)) if source == "es" else [(en, es) for es, en in read_pairs(FILES)]
    listed = WordList(source, pairs)

    for entry, translation in pairs:
        if (words := content_words(entry, source)) and (wanted := content_words(translation, target)):
            assert wanted in listed.translations(words), f"{entry}: {translation}"


def test_best_translations_come_before_second_best(tmp_path: Path) -> None:
    """
    Read from the other language, a word is first what it is the best translation of; later files come after all.
    """
    first, second = tmp_path / "first.tsv", tmp_path / "second.tsv"
    first.write_text("# Comment\nárbol\tpole, tree\npalo\tpole\n", "utf-8")
    second.write_text("asta\tpole | tree\n", "utf-8")

    assert list(read_pairs([(first, ", "), (second, " | ")])) == [
        ("arbol", "pole"),
        ("palo", "pole"),
        ("arbol", "tree"),
        ("asta", "pole"),
        ("asta", "tree"),
    ]


@pytest.mark.parametrize(
    ("words", "translations"),
    [
        (("tambor",), [("drum",)]),
        (("tambores",), [("drum",)]),
        (("guardian", "faro"), [("lighthouse", "keeper")]),  # without the stop word between
        (("baile", "noche"), [("night", "dance")]),  # without the one it begins with
        (("RFC",), [("reef", "club")]),
        (("rfc",), [("reef", "club")]),
        (("guardian",), []),
        (("xilofono",), []),
    ],
)
def test_forms_and_phrases_find_their_entry(words: tuple[str, ...], translations: list[tuple[str, ...]]) -> None:
    """
    Number, capitals and stop words make no difference; a word of a phrase is not the phrase.
    """
    pairs: list[Pair] = [
        ("tambor", "drum"),
        ("guardian del faro", "lighthouse keeper"),
        ("el baile de noche", "night dance"),
        ("RFC", "reef club"),
    ]

    assert WordList("es", pairs).translations(words) == translations
