"""
What holds for any claim and any statement: slices, differences that can be followed, no changed word called exact.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from factories import quote, statement
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from real import SHARED, needs_real
from trying import share

from bot.corpora import read_statements
from corpus.models import Statement
from retrieval.catalog import Catalog
from retrieval.evaluation.alterations import Alteration, alterations_of, score
from retrieval.models import Verdict, VerifyRequest
from retrieval.shingles import ShingleIndex
from retrieval.verification import Verifier
from retrieval.wording import words_of

SAMPLE = Path(__file__).parents[2] / "corpus" / "sample" / "statements"
# Every how manyth alteration is checked.
EVERY = 31
WORDS = "we they boats pier toll not never no 214 400,000 U.S. don't long-term Quill's habló público y sin".split()
MARKS = [" ", " ", " ", ". ", ", ", " … ", "\n\n", "” said Ana Paz. “", " – ", "\u00a0"]


@st.composite
def texts(draw: st.DrawFn, least: int = 3, most: int = 40) -> str:
    """Sentences of few words, so that they resemble each other, with marks between."""
    words = draw(st.lists(st.sampled_from(WORDS), min_size=least, max_size=most))
    marks = draw(st.lists(st.sampled_from(MARKS), min_size=len(words), max_size=len(words)))
    return "".join(word + mark for word, mark in zip(words, marks, strict=True)).strip()


def verifier(statements: Sequence[Statement]) -> Verifier:
    return Verifier(Catalog(statements), ShingleIndex.build(statements))


def keys(text: str) -> list[str]:
    return [word.key for word in words_of(text)]


def found_keys(verdict: Verdict, text: str) -> list[str]:
    """The words found, without those that the claim leaves out."""
    assert verdict.found is not None
    kept, place = [], verdict.found.start
    for gap in [*verdict.found.gaps, None]:
        kept += keys(text[place : gap.start if gap else verdict.found.end])
        place = gap.end if gap else place
    return kept


def followed(verdict: Verdict) -> list[str]:
    """The claimed words with the differences applied, from the last one on."""
    words = keys(verdict.claimed)
    for difference in sorted(verdict.differences, key=lambda one: (one.at, one.op != "insert"), reverse=True):
        words[difference.at : difference.at + len(keys(difference.claimed))] = keys(difference.found)
    return words


@pytest.mark.thorough
@given(text=texts(), other=texts(), claim=texts())
@settings(max_examples=share(150))
@example(text="We march. We stay here.", other="", claim="we we march we stay here")
def test_differences_lead_from_the_claim_to_what_is_found(text: str, other: str, claim: str) -> None:
    """
    What is found is a slice of its statement, and the claim with its differences applied is what is found.
    """
    statements = [statement(text, id="a"), statement(other, id="b")]
    assume(len(keys(claim)) >= 3 and keys(text))

    verdict = verifier(statements).verify(VerifyRequest(text=claim))

    if verdict.found:
        canonical = {one.id: one.text for one in statements}[verdict.found.statement.id]
        assert verdict.found.text == canonical[verdict.found.start : verdict.found.end]
        if verdict.verdict != "not_found":
            joined = [word.replace("-", "") for word in followed(verdict)]
            assert joined == found_keys(verdict, canonical)
    assert 0 <= verdict.similarity <= 1


@pytest.mark.thorough
@given(text=texts(least=5), claim=texts())
@settings(max_examples=share(150))
def test_exact_words_stand_in_the_statement(text: str, claim: str) -> None:
    """
    A claim that is called exact without a gap stands word for word in the statement.
    """
    assume(len(keys(claim)) >= 3)

    verdict = verifier([statement(text)]).verify(VerifyRequest(text=claim))

    if verdict.verdict in ("exact", "misattributed"):
        assert verdict.found is not None
        assert keys(verdict.claimed) == found_keys(verdict, text)
        assert verdict.differences == ()


@pytest.mark.thorough
@given(st.text(max_size=300), texts())
@settings(max_examples=share(150))
@example("“” – , \u2028 \ud800 ", "we stay here")
@example("((((((((((((", "we stay here")
@example("> > > “‘", "we stay here")
def test_any_text_gets_a_verdict(pasted: str, text: str) -> None:
    """
    Whatever three words or more somebody pastes, an answer comes.
    """
    claim = f"{pasted} we stay here"
    record = verifier([statement(text, quotes=(quote(text.strip(), text, speaker="Ana Paz"),))])

    assert record.verify(VerifyRequest(text=claim)).claimed
    assert record.verify(VerifyRequest(text=claim, speaker="Ana Paz")).claimed_speaker == "Ana Paz"


def wrong(statements: Sequence[Statement], alterations: Sequence[Alteration]) -> list[str]:
    """The alterations that are judged wrongly, in a line each."""
    found = score(alterations, verifier(statements).verify)
    assert sum(of for _, of in found.counts.values()) == len(alterations)
    return [json.dumps([a.kind, a.text, a.speaker, v.verdict], ensure_ascii=False) for a, v in found.wrong]


@pytest.mark.thorough
def test_altered_sentences_of_the_sample() -> None:
    """
    Of sentences altered in every way, a seeded share: each gets the verdict it deserves.
    """
    statements = read_statements([SAMPLE])
    alterations = list(alterations_of(statements))[::EVERY]

    assert len({alteration.kind for alteration in alterations}) > 18
    assert wrong(statements, alterations) == []


@pytest.mark.skipif("not config.getoption('--every-alteration')", reason="takes minutes: --every-alteration")
@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("folder", [SAMPLE, pytest.param(SHARED / "statements", marks=needs_real)])
def test_every_altered_sentence(folder: Path, seed: int) -> None:
    """
    Every sentence altered in every way gets the verdict it deserves.
    """
    statements = read_statements([folder])

    assert wrong(statements, list(alterations_of(statements, seed))) == []
