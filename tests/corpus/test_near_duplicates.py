"""Fifty releases and their copies among as many others on the same topics: each finds its own, and nobody else's."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from functools import cache
from random import Random

import pytest

from corpus.duplicates import find_repeats
from corpus.models import Statement
from corpus.reader import read_statement

RELEASES = 50
# Issuer, what it is about, what members of it are called.
TOPICS = (
    ("Tamarack Valley Tenants Union", "rent", "tenants"),
    ("Otter Creek Drivers Alliance", "licences", "drivers"),
    ("Sorrel Hill Night School", "evening classes", "students"),
    ("Quillan County Health Coalition", "the clinic", "nurses"),
    ("Marlow Street Growers Network", "the market", "growers"),
)
WHO = (
    "neighbors cooks welders grandmothers teachers cyclists singers carpenters bakers clerks gardeners painters".split()
)
DID = "counted repaired opened measured painted questioned photographed visited described reported closed moved".split()
WHAT = "ladders kitchens benches ledgers windows lamps kettles maps baskets gates ovens radios boots fences".split()
WHERE = "the depot,the old mill,the ferry,the library,the parish hall,the north gate,the orchard,the yard".split(",")
WHEN = "before the frost,after the hearing,on the first night,in the spring,during the strike,at noon".split(",")
CHORUS = "We have asked the council for {topic} since spring, and we will come back until it listens."


def sentence(chance: Random) -> str:
    many, fewer = chance.randint(40, 900), chance.randint(2, 39)
    who, other = chance.sample(WHO, 2)
    return (
        f"{chance.choice(WHEN).capitalize()}, {many} {who} {chance.choice(DID)} the {chance.choice(WHAT)} of "
        f"{chance.choice(WHERE)} while {fewer} {other} {chance.choice(DID)} {chance.choice(WHAT)} near "
        f"{chance.choice(WHERE)}."
    )


def words(number: int, seed: str) -> str:
    """The text of a release; those of one topic share issuer, opening, chorus, speaker and closing paragraph."""
    chance = Random(f"{seed} {number}")
    issuer, topic, members = TOPICS[number % len(TOPICS)]
    opening = f"Members of the {issuer} gathered on Tuesday to speak about {topic} with {members} of four towns."
    middle = [" ".join(sentence(chance) for _ in range(3)) for _ in range(3)]
    spoken = f"“{sentence(chance)[:-1]},” said Ilse Varga, director of the {issuer}. “{CHORUS.format(topic=topic)}”"
    closing = f"The {issuer} is a network of {members} in the river towns that works for {topic} for everybody."
    return "\n\n".join([opening, *middle[:2], spoken, *middle[2:], closing])


def release(number: int, seed: str) -> str:
    day = f"March {1 + number // len(TOPICS)}, 2015"
    title = f"{TOPICS[number % len(TOPICS)][2].capitalize()} speak about {TOPICS[number % len(TOPICS)][1]}"
    return f"FOR IMMEDIATE RELEASE\n{day}\n\n{title}\n\nMILLBROOK, {day} – {words(number, seed)}\n\n###\n"


def copy(number: int) -> str:
    """The release as somebody else printed it, in one of six ways."""
    own, later = release(number, "own"), f"March {3 + number // len(TOPICS)}, 2015"
    menu, foot = "Home | About | Donate\n\n", "\n\nShare this:\nFacebook\nTwitter\n\n© 2015 River Towns Bulletin\n"
    return (
        menu + own + foot,
        f"I was there with my sister, and this is what they sent us afterwards.\n\n{own}\n\nFiled under: friends\n",
        own.replace(" while ", " whilst ", 2).replace("Tuesday", "Wednesday"),
        f"{menu}Tweet\n\n{words(number, 'own')}{foot}",
        textwrap.fill(own, 72, replace_whitespace=False, drop_whitespace=False).replace("“", '"').replace("”", '"'),
        f"{menu}Posted on {later}\n\n{words(number, 'own')}\n\nLeave a comment{foot}",
    )[number % 6]


@cache
def statements() -> dict[str, Statement]:
    texts = {
        f"{kind}-{number:02}": text
        for number in range(RELEASES)
        for kind, text in (("own", release(number, "own")), ("copy", copy(number)), ("other", release(number, "other")))
    }
    return {id: Statement(id=id, **dict(read_statement(text.encode(), f"{id}.txt"))) for id, text in texts.items()}


@cache
def again() -> Mapping[str, tuple[str, ...]]:
    return find_repeats(statements().values()).again


@pytest.mark.thorough
def test_every_copy_is_found() -> None:
    """
    Each release and its copy are one, whatever a site, a blogger or a mail program put around it or changed.
    """
    assert [n for n in range(RELEASES) if f"copy-{n:02}" not in again().get(f"own-{n:02}", ())] == []


@pytest.mark.thorough
def test_nothing_else_is_a_copy() -> None:
    """
    Releases of one issuer on one topic, with the same opening, speaker, chorus and closing, stay apart.
    """
    groups = set(again().values())

    assert [ids for ids in groups if len({id.split("-")[1] for id in ids}) > 1 or "other" in str(ids)] == []


@pytest.mark.parametrize("number", range(6))
def test_copy_is_no_copy_of_another(number: int) -> None:
    """
    A copy of one release beside a release of the same day and issuer alone finds nothing.
    """
    held = statements()

    assert find_repeats([held[f"copy-{number:02}"], held[f"other-{number:02}"]]).again == {}
