"""
What members see of a person: what is printed and nothing else, counts a year, quotes with their places.

`REWRITE_GOLDEN=1 script/test tests/bot/test_cards_person.py` writes the golden cards anew; read the difference.
"""

from __future__ import annotations

import pytest
from card_reading import SCENES, check_fits, check_golden, labels, nasty, short
from fakes_chat import Note, cited, spoken
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.card import Card
from bot.chat.cards.people import MAX_CHOICES, person_card
from bot.chat.presses import PersonPress, SearchPress, name_key
from bot.chat.scene import Scene
from retrieval.models import FoundQuote, PersonProfile, PrintedForm
from retrieval.models.people import Said

TALKATIVE = Scene(private=True, reportable=True, shareable=True, referrals=(("en", "*" * 300),), sample=True)


def card_of(profile: PersonProfile, scene: Scene = SCENES[True]) -> Card:
    """The card of a profile with every button that there can be."""
    choices = [(name, PersonPress(profile.locale, name_key(name))) for name in profile.choices]
    return person_card(profile, scene, SearchPress("quote", profile.locale), choices)


@st.composite
def _quotes(draw: st.DrawFn) -> FoundQuote:
    text = draw(nasty) * draw(st.sampled_from([1, 1, 20]))
    statement = cited(id=draw(short), title=draw(short), date=draw(st.sampled_from([None, "2012", "2012-11-08"])))
    return spoken(text, statement=statement, kind=draw(st.sampled_from(["body", "about", "wrapper"])))


_said = st.builds(Said, statements=st.integers(0, 10**6), quotes=st.integers(0, 10**6))
_dates = st.sampled_from([None, "2012", "2012-11", "2012-11-08"])
_forms = st.lists(
    st.builds(PrintedForm, text=short, first=_dates, last=_dates, statements=st.integers(1, 10**6)), max_size=9
)
_profiles = st.builds(
    PersonProfile,
    name=st.none() | short,
    locale=st.sampled_from(["en", "es"]),
    names=_forms,
    titles=_forms,
    organizations=_forms,
    total=_said,
    years=st.dictionaries(st.integers(1900, 2100).map(str), _said, max_size=200),
    undated=_said,
    quotes=st.lists(_quotes(), max_size=3),
    choices=st.lists(short, max_size=12),
    corrected=st.dictionaries(short, short, max_size=2),
    notes=st.lists(short.map(lambda name: Note(code="speaker_unknown", values={"name": name})), max_size=3),
)


@pytest.mark.thorough
@given(_profiles, st.sampled_from([*SCENES.values(), TALKATIVE]))
def test_every_person_fits(profile: PersonProfile, scene: Scene) -> None:
    """
    Whatever is printed of a person, the card fits a message; of quotes one is shown, or its place is named.
    """
    card = card_of(profile, scene)

    check_fits(card)
    if profile.name and profile.quotes:
        assert "¶3" in card.text


def _golden_cards() -> dict[str, Card]:
    forms = {
        "names": (PrintedForm(text="Marta Quiroga", first="2012-11", last="2014-09-10", statements=3),),
        "titles": (
            PrintedForm(text="Executive *Director*", first="2014-09-10", last="2014-09-10", statements=1),
            PrintedForm(text="Organizer", first=None, last=None, statements=1),
        ),
        "organizations": (PrintedForm(text="Puente Claro Network", first="2012-11", last="2014-09-10", statements=3),),
    }
    profile = PersonProfile(
        name="Marta Quiroga",
        locale="en",
        **forms,
        total=Said(statements=3, quotes=5),
        years={
            "2012": Said(statements=1, quotes=3),
            "2013": Said(),
            "2014": Said(statements=1, quotes=1),
        },
        undated=Said(statements=1, quotes=1),
        quotes=(spoken(), spoken("Nobody *sleeps*.", statement=cited(id="2012-001", date="2012-11"))),
        corrected={"Kiroga": "Quiroga"},
    )
    choices = ("Ana Solís", "Ana María Solís")
    ambiguous = Note(code="name_ambiguous", values={"name": "Solís", "choices": ", ".join(choices)})
    return {
        "person_en": card_of(profile),
        "person_es": card_of(profile.model_copy(update={"locale": "es", "corrected": {}}), SCENES[False]),
        "person_choices_es": card_of(PersonProfile(locale="es", choices=choices, notes=(ambiguous,))),
        "person_unknown_en": card_of(
            PersonProfile(locale="en", notes=(Note(code="speaker_unknown", values={"name": "*Nobody*"}),))
        ),
    }


@pytest.mark.parametrize("name", sorted(_golden_cards()))
def test_cards_read_as_written(name: str) -> None:
    """
    The words and their order on a card are those of its golden file.
    """
    check_golden(name, _golden_cards()[name])


def test_fewer_quotes_are_counted() -> None:
    """
    Where not all quotes fit, they are shown whole, and the line above says how many.
    """
    profile = PersonProfile(
        name="Marta Quiroga",
        locale="en",
        total=Said(statements=3, quotes=9),
        quotes=tuple(spoken("Raids must end. " * 100, paragraph=number) for number in (1, 2, 3)),
    )

    card = card_of(profile)

    assert "Newest quotes: 2 of 9" in card.text
    assert card.text.count("In context") == 0
    assert labels(card).count("In context") == 2


def test_many_choices_have_few_buttons() -> None:
    """
    There are never more buttons than Discord takes; the names without one stand in the text.
    """
    names = tuple(f"Ana Solís {number}" for number in range(20))
    note = Note(code="name_ambiguous", values={"name": "Ana", "choices": ", ".join(names)})

    card = card_of(PersonProfile(locale="en", choices=names, notes=(note,)))

    assert labels(card) == list(names[:MAX_CHOICES])
    assert "Ana Solís 12" in card.text
