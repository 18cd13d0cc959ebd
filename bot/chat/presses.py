"""
What a button holds: all that is needed to do its work again, in at most 100 characters, so that it outlives a restart.

Never a word of a question: that is read back from the first line of the bot's own private message.
"""

from __future__ import annotations

import re
from base64 import b32encode
from collections.abc import Iterable
from hashlib import blake2b
from typing import Any, Literal, NamedTuple, cast, get_args

from retrieval.directory import folded_form
from retrieval.models import KnownName, Language, Languages, Narrowing, Order

PlaceVerb = Literal["context", "cite", "share", "report"]
SearchVerb = Literal["ask", "quote"]
ModeratorVerb = Literal[
    "status",
    "history",
    "hide",
    "unhide",
    "dismiss",
    "correct",
    "apply",
    "keep",
    "erase",
    "stop",
    "each",
    "run",
    "sure",
    "accept",
    "rollback",
    "add",
]
_LANGUAGES: dict[str, Languages] = {"b": "both", "e": "en", "s": "es"}
_ORDERS: dict[str, Order | None] = {"q": None, "r": "relevance", "n": "newest", "o": "oldest"}
_DROPPED: dict[str, Narrowing] = {"d": "dates", "p": "speaker", "g": "organization"}

_LOCALE, _ID = "(en|es)", r"([^\n]{1,90})"
_DAY, _NAME = r"((?:\d{4}(?:-\d\d(?:-\d\d)?)?)?)", "((?:[a-z2-7]{8})?)"
_PLACE = re.compile(rf"({'|'.join(get_args(PlaceVerb))}):{_LOCALE}:(\d{{1,6}}):(\d{{1,8}}):(\d{{1,8}}):{_ID}", re.ASCII)
_PAGE = re.compile(rf"(page|turn):{_LOCALE}:(\d{{1,5}})(?:\.([1-9]\d{{0,2}}))?:(\d{{1,6}}):{_ID}", re.ASCII)
_PERSON = re.compile(rf"person:{_LOCALE}:([a-z2-7]{{8}})", re.ASCII)
_MODERATOR = re.compile(rf"mod:({'|'.join(get_args(ModeratorVerb))}):{_LOCALE}:([^\n]{{0,80}})", re.ASCII)
_SEARCH = re.compile(
    rf"({'|'.join(get_args(SearchVerb))}):{_LOCALE}:(\d{{1,3}}):([bes][qrno]x?w?f?d?p?g?):{_DAY}:{_DAY}:{_NAME}:{_NAME}",
    re.ASCII,
)


class PlacePress(NamedTuple):
    """
    Do something with words that were shown.

    Attributes:
        locale: Of the message that the button stands in.
        id, revision, start, end: Where the words stand: record number, and a span of that revision.
    """

    verb: PlaceVerb
    locale: Language
    id: str
    revision: int
    start: int
    end: int


class SearchPress(NamedTuple):
    """
    Search again for what is read back from the message, with the same filters or others.

    Attributes:
        offset: How many passages were shown before these.
        language: Of the statements.
        order: Of what is found; `None` leaves it to the question.
        since, until: As typed, "" without.
        speaker, organization: `name_key` of the name that an option gave, "" without.
        exact: Only the asker's words.
        dropped: What the question itself names and is left out.
        without: The words that the answer says are missing are left out.
        continues: The question was read together with earlier ones, which must still be known.
    """

    verb: SearchVerb
    locale: Language
    offset: int = 0
    language: Languages = "both"
    order: Order | None = None
    since: str = ""
    until: str = ""
    speaker: str = ""
    organization: str = ""
    exact: bool = False
    dropped: frozenset[Narrowing] = frozenset()
    without: bool = False
    continues: bool = False


class PagePress(NamedTuple):
    """
    Turn to the page of a statement on which a paragraph stands.

    Attributes:
        paragraph: 1-based.
        part: Of a paragraph that is parted, from 1.
        turns: The page takes the place of the one that the button stands on.
    """

    locale: Language
    paragraph: int
    revision: int
    id: str
    part: int = 1
    turns: bool = False


class PersonPress(NamedTuple):
    """
    Show what is printed of somebody.

    Attributes:
        name: `name_key` of the name.
    """

    locale: Language
    name: str


class ModeratorPress(NamedTuple):
    """
    Do a moderator's work; whoever presses it has to be one.

    Attributes:
        place: What it is done to: a record number, the number of a generation, of a page from 0, the key of a report;
            behind a dot a letter for each loss that is accepted.
    """

    verb: ModeratorVerb
    locale: Language
    place: str = ""


Press = PlacePress | SearchPress | PagePress | PersonPress | ModeratorPress


def write_press(press: Press) -> str:
    """What a button holds; perhaps over 100 characters where a record number is long, and then no button can."""
    if isinstance(press, PlacePress):
        return f"{press.verb}:{press.locale}:{press.revision}:{press.start}:{press.end}:{press.id}"
    if isinstance(press, PagePress):
        place = f"{press.paragraph}.{press.part}" if press.part > 1 else f"{press.paragraph}"
        return f"{'turn' if press.turns else 'page'}:{press.locale}:{place}:{press.revision}:{press.id}"
    if isinstance(press, PersonPress):
        return f"person:{press.locale}:{press.name}"
    if isinstance(press, ModeratorPress):
        return f"mod:{press.verb}:{press.locale}:{press.place}"
    state = f"{press.verb}:{press.locale}:{press.offset}:{_flags(press)}"
    return f"{state}:{press.since}:{press.until}:{press.speaker}:{press.organization}"


def read_press(held: str) -> Press | None:
    """What a button is to do; `None` for what no button of this bot holds."""
    if match := _PLACE.fullmatch(held):
        verb, locale, revision, start, end, id = match.groups()
        return PlacePress(cast(PlaceVerb, verb), cast(Language, locale), id, int(revision), int(start), int(end))
    if match := _PAGE.fullmatch(held):
        verb, locale, paragraph, part, revision, id = match.groups()
        place = int(paragraph), int(revision), id, int(part or 1)
        return PagePress(cast(Language, locale), *place, turns=verb == "turn")
    if match := _PERSON.fullmatch(held):
        return PersonPress(cast(Language, match[1]), match[2])
    if match := _MODERATOR.fullmatch(held):
        return ModeratorPress(cast(ModeratorVerb, match[1]), cast(Language, match[2]), match[3])
    if match := _SEARCH.fullmatch(held):
        verb, locale, offset, flags, *rest = match.groups()
        said = _read_flags(flags) | dict(zip(("since", "until", "speaker", "organization"), rest, strict=True))
        return SearchPress(cast(SearchVerb, verb), cast(Language, locale), int(offset), **said)
    return None


def name_key(name: str) -> str:
    """Eight letters for a name of the record: short enough for a button, the same after a restart."""
    return _key_of(folded_form(name))


def name_of(key: str, known: Iterable[KnownName]) -> str | None:
    """The name that has this key in one of its spellings; `None` where the record does not have it any more."""
    return next((one.name for one in known if key in map(_key_of, re.findall(r"\n[^\n]+", one.form))), None)


def _key_of(form: str) -> str:
    return b32encode(blake2b(form.encode(), digest_size=5).digest()).decode().lower()


def _flags(press: SearchPress) -> str:
    """A letter for the language, one for the order, and one for each thing that is so."""
    said = {"x": press.exact, "w": press.without, "f": press.continues}
    dropped = "".join(letter for letter, narrowing in _DROPPED.items() if narrowing in press.dropped)
    language = next(letter for letter, language in _LANGUAGES.items() if language == press.language)
    order = next(letter for letter, order in _ORDERS.items() if order == press.order)
    return f"{language}{order}{''.join(letter for letter, so in said.items() if so)}{dropped}"


def _read_flags(flags: str) -> dict[str, Any]:
    language, order, said = flags[0], flags[1], set(flags[2:])
    return {
        "language": _LANGUAGES[language],
        "order": _ORDERS[order],
        "exact": "x" in said,
        "without": "w" in said,
        "continues": "f" in said,
        "dropped": frozenset(narrowing for letter, narrowing in _DROPPED.items() if letter in said),
    }
