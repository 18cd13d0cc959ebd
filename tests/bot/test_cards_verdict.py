"""
What members see of a verdict: in words first, the published words whole, and what was changed with signs, not colours.

`REWRITE_GOLDEN=1 script/test tests/bot/test_cards_verdict.py` writes the golden cards anew; read the difference as
prose.
"""

from __future__ import annotations

import re

import pytest
from card_reading import SCENES, check_fits, check_golden, labels, nasty, short, texts, visible
from fakes_chat import cited, published
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.card import Card
from bot.chat.cards.verdict import verdict_card
from bot.messages import describe_silence
from corpus.models import Span, Speaker
from retrieval.models import Difference, FoundWords, Language, Note, Verdict

CLAIMED = "Night raids must never end."


def verdict(kind: str = "exact", found: FoundWords | None = None, **more: object) -> Verdict:
    """A verdict on these words."""
    known: dict[str, object] = {
        "verdict": kind,
        "similarity": 0.9,
        "claimed": CLAIMED,
        "locale": "en",
        "found": found,
    }
    return Verdict.model_validate(known | more)


def shown(one: Verdict, *, private: bool = True, opens: bool = True) -> Card:
    """The card of a verdict from a record of 212 statements."""
    silence = describe_silence(212, "2004-03-01", "2025-05-02", one.locale)
    return verdict_card(one, silence, SCENES[private], opens=opens)


def replaced(claimed: str, found: str, at: int = 0) -> Difference:
    """Claimed words instead of published ones."""
    return Difference(op="replace", claimed=claimed, found=found, at=at)


@st.composite
def _found(draw: st.DrawFn) -> FoundWords:
    text = draw(nasty) * draw(st.sampled_from([1, 2, 20]))
    ends = sorted(draw(st.sets(st.integers(100, 100 + len(text)), min_size=2, max_size=4)))
    name = st.none() | short
    speaker = st.builds(Speaker, name=short, title=name, organization=name, printed=short)
    return published(
        text,
        gaps=[Span(start, end) for start, end in zip(ends[::2], ends[1::2], strict=False)],
        speaker=draw(st.none() | speaker),
        kind=draw(st.sampled_from(["body", "about", "wrapper"])),
        issuer=tuple(draw(st.lists(name, max_size=5))),
        statement=cited(
            id=draw(short),
            file=draw(st.sampled_from(["a.txt", "a.md"])),
            title=draw(short),
            organizations=tuple(draw(st.lists(name, max_size=5))),
        ),
    )


@pytest.mark.thorough
@given(
    st.sampled_from(["exact", "partial", "altered", "misattributed", "not_found"]),
    st.none() | _found(),
    st.text(st.sampled_from("*_~`|<>[]@# aé🦋") | st.characters(exclude_categories=["Cs"]), max_size=2000),
    st.lists(st.builds(replaced, short, short), max_size=40),
    st.lists(short, max_size=8),
    st.sampled_from(["en", "es"]),
    st.booleans(),
)
def test_every_verdict_fits(
    kind: str,
    found: FoundWords | None,
    claimed: str,
    differences: list[Difference],
    names: list[str],
    locale: Language,
    private: bool,
) -> None:
    """
    Whatever is claimed and published, the card fits one message, opens with the verdict, and its footer stands last.
    """
    one = verdict(
        kind,
        found,
        claimed=claimed,
        differences=tuple(differences),
        notes=tuple(Note(code="verify_said_by", values={"speaker": name}) for name in names),
        locale=locale,
    )

    card = shown(one, private=private)

    check_fits(card)
    assert re.match(r"\*\*[^*\n]+\*\*\n", card.text)
    assert len(texts(card)) >= 1 + (found is not None)


@given(nasty)
def test_published_words_stay_verbatim(text: str) -> None:
    """
    What Discord shows of the published words is what was published, character by character.
    """
    block = texts(shown(verdict(found=published(text))))[1]

    assert visible(block.split("\n**Marta Quiroga**")[0]) == text


def test_long_claims_of_marks_fit() -> None:
    """
    A claim of 2,000 marks that all need a backslash leaves the published words whole.
    """
    words = "*_~`" * 400

    card = shown(verdict(found=published(words), claimed="*_~`" * 500))

    check_fits(card)
    assert visible(texts(card)[1].split("\n**Marta Quiroga**")[0]) == words
    assert "”…" in texts(card)[0]


def test_too_long_words_are_named() -> None:
    """
    Published words that no message holds are named with their record number, and can be opened at their source.
    """
    statement = cited(url="https://valley.example/letters/11")

    card = shown(verdict(found=published("Nobody sleeps. " * 400, statement=statement)), opens=False)

    assert "> " not in card.text
    assert "This passage is too long for one Discord message.\nSeptember 10, 2014 · English · 2014-003 ¶3" in card.text
    assert labels(card) == ["Source"]


def test_further_differences_are_counted() -> None:
    """
    Of very many differences the first are shown, and how many more there are.
    """
    found = published("Nobody sleeps. " * 100)
    differences = tuple(replaced(f"[{'*' * 90}] {number}", "_" * 200, number) for number in range(30))

    card = shown(verdict("altered", found, differences=differences, notes=(Note(code="verify_parts_apart"),)))

    lines = texts(card)[2].splitlines()
    assert lines[0].startswith(r"Changed: \[−\[\*")
    assert lines[-1].startswith("The parts stand apart")
    counted = re.fullmatch(r"and (\d+) more", lines[-2])
    assert counted
    assert len(lines) - 2 + int(counted[1]) == 30


def test_cuts_stand_outside_of_the_signs() -> None:
    """
    Where a difference is cut, what says so is no part of what was claimed or published.
    """
    long = "sleep " * 50

    card = shown(verdict("altered", published(), differences=(replaced("never", long),)))

    assert re.search(r"\\\[−never−\\\] was claimed, \\\[\+(?:sleep )+sleep\+\\\] … was published\.", card.text)


@pytest.mark.parametrize("kind", ["exact", "partial", "altered", "misattributed", "not_found"])
def test_verdicts_are_told_in_words(kind: str) -> None:
    """
    Each verdict opens with words of its own, in both languages.
    """
    opened = {
        texts(shown(verdict(one, published(), locale=locale)))[0].splitlines()[0]
        for one in ("exact", kind)
        for locale in ("en", "es")
    }

    assert len(opened) == (2 if kind == "exact" else 4)


def _golden_cards() -> dict[str, Card]:
    letter = cited(
        id="undated-002",
        file="carta.md",
        title="Carta abierta",
        organizations=("Alianza del Valle",),
        language="es",
        date=None,
        date_precision="none",
    )
    first, between, last = "Night raids must end,", f"{'x' * 300}\n\n“", "Nobody sleeps."
    gap = Span(100 + len(first), 100 + len(first) + len(between))
    return {
        "verdict_exact_en": shown(verdict(found=published(), claimed="Night raids must end")),
        "verdict_partial_es": shown(
            verdict(
                "partial",
                published(f"{first} {between}{last}", gaps=[gap]),
                claimed=f"{first} … @everyone {last}",
                notes=(Note(code="verify_left_out_words", values={"words": "x" * 60, "mark": " …"}),),
                locale="es",
            ),
            private=False,
        ),
        "verdict_altered_en": shown(
            verdict(
                "altered",
                published(
                    "Ya **no** dormimos en el valle.", speaker=None, issuer=("Alianza del Valle",), statement=letter
                ),
                claimed="Ya siempre dormimos en valle",
                differences=(
                    replaced("siempre", "**no**", 1),
                    Difference(op="insert", claimed="", found="el", at=4),
                    Difference(op="delete", claimed="*hoy*", found="", at=5),
                ),
                notes=(Note(code="private_number_left_out"), Note(code="verify_also_misattributed")),
            )
        ),
        "verdict_misattributed_es": shown(
            verdict(
                "misattributed",
                published(),
                claimed="Night raids must end.",
                claimed_speaker="Ana Quiroga",
                notes=(Note(code="verify_said_by", values={"speaker": "Marta Quiroga"}),),
                locale="es",
            )
        ),
        "verdict_not_found_en": shown(verdict("not_found", claimed="zeppelin tariffs must end")),
        "verdict_nearest_es": shown(
            verdict(
                "not_found",
                published(),
                claimed="las redadas de zepelines deben terminar",
                differences=(replaced("zepelines", "raids"),),
                locale="es",
            )
        ),
    }


@pytest.mark.parametrize("name", sorted(_golden_cards()))
def test_verdicts_read_as_written(name: str) -> None:
    """
    The words and their order on the card of a verdict are those of its golden file.
    """
    check_golden(name, _golden_cards()[name])
