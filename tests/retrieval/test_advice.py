"""
Who asks about a case of their own is told that statements cannot advise, and who asks about statements is not.
"""

from __future__ import annotations

import pytest

from retrieval.advice import asks_for_advice


@pytest.mark.parametrize(
    "question",
    [
        "Can I apply for TPS?",
        "How do I renew my work permit?",
        "Should I go to my hearing?",
        "ICE detained my brother, what now?",
        "I need a lawyer",
        "Am I eligible for the program?",
        "will I be deported",
        "My husband was arrested last night",
        "¿Puedo solicitar asilo?",
        "¿Cómo puedo renovar mi permiso de trabajo?",
        "Detuvieron a mi esposo",
        "¿Me van a deportar?",
        "necesito un abogado",
        "¿Qué pasa con mi caso?",
        "mis papeles de migración se perdieron",
    ],
)
def test_questions_about_a_case_are_noticed(question: str) -> None:
    """
    A question about the asker's own case, in either language.
    """
    assert asks_for_advice(question)


@pytest.mark.parametrize(
    "question",
    [
        "What did the network say about TPS?",
        "How can I find their letter on the raids?",
        "What is their position on work permits?",
        "Who said that nobody should be deported?",
        "statements about detained families",
        "¿Qué dijo la red sobre el asilo?",
        "¿Cómo puedo leer el comunicado sobre las redadas?",
        "¿Quién pidió abogados para los niños?",
        "¿Qué piden para las familias detenidas?",
        "Do they support legal aid funding for tenants?",
    ],
)
def test_questions_about_statements_are_not(question: str) -> None:
    """
    A question about what was published, also where it names help, papers or arrests.
    """
    assert not asks_for_advice(question)
