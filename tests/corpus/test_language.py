"""English and Spanish are told apart, and neither is said of another language."""

from __future__ import annotations

import json

import pytest
from real import SHARED, needs_real

from corpus.language import guess_language, passage_language, statement_language


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("what did they say about the shelter", "en"),
        ("what is tps", "en"),
        ("¿Qué dijeron sobre el refugio?", "es"),
        ("que es tps", "es"),
        ("k dijo la directora", "es"),
        ("carga pública", "es"),
        ("no more deportations", "en"),
        ("ICE", None),
        ("Lena Ortiz", None),
        ("", None),
        ("2014?", None),
    ],
)
def test_question_language(question: str, language: str | None) -> None:
    """A question's language is told from few words, and left open where they do not decide."""
    assert guess_language(question) == language


STATEMENTS = {
    "en": "The network asks the county to open the shelter, because families have slept in their cars since Monday.",
    "es": "La red pide al condado que abra el refugio, porque las familias duermen en sus coches desde el lunes.",
    "fr": "Le réseau demande au comté d'ouvrir le refuge, parce que les familles dorment dans leurs voitures.",
    "pt": "A rede pede ao condado que abra o abrigo, porque as famílias dormem nos seus carros desde segunda-feira.",
    "ht": "Rezo a mande konte a louvri abri a, paske fanmi yo ap dòmi nan machin yo depi lendi, epi timoun yo malad.",
    "vi": "Mạng lưới yêu cầu quận mở nơi trú ẩn, vì các gia đình đã ngủ trong xe của họ từ thứ hai.",
    "und": "Сеть просит округ открыть приют для семей.",
}


@pytest.mark.parametrize("language", STATEMENTS)
def test_statement_language(language: str) -> None:
    """A statement gets its code; French, Portuguese and Haitian Creole are never called English or Spanish."""
    assert statement_language(STATEMENTS[language]) == language


@pytest.mark.parametrize("language", STATEMENTS)
def test_passage_partition(language: str) -> None:
    """A passage goes to the English or the Spanish index only when it is English or Spanish."""
    expected = language if language in ("en", "es") else "other"

    assert passage_language(STATEMENTS[language]) == expected


def test_bilingual_by_majority() -> None:
    """Of a bilingual statement most of its words decide."""
    assert statement_language(f"{STATEMENTS['es']} {STATEMENTS['es']} {STATEMENTS['en']}") == "es"
    assert statement_language(f"{STATEMENTS['en']} {STATEMENTS['en']} {STATEMENTS['es']}") == "en"


def test_bare_names_take_the_default() -> None:
    """A heading of names alone has no language of its own: it takes what its statement has."""
    assert passage_language("Lena Ortiz", default="en") == "en"
    assert passage_language("Lena Ortiz") == "other"


@needs_real
@pytest.mark.parametrize("language", ["en", "es"])
def test_public_questions(language: str) -> None:
    """Each of 595 public questions in each language is told right."""
    rows = (SHARED / f"ir/xquad-{language}/queries.jsonl").read_text(encoding="utf-8").splitlines()
    wrong = [row for row in rows if guess_language(json.loads(row)["text"]) != language]

    assert wrong == []
