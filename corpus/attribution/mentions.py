"""
How a text points at a person: name, surname, pronoun or role, with what it says the person is.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from corpus.attribution import lexicon as lx
from corpus.attribution.appositions import after_name, past_place
from corpus.attribution.forms import stems
from corpus.attribution.lexicon import key
from corpus.attribution.names import read_name
from corpus.attribution.organizations import is_organizational
from corpus.attribution.titles import read_descriptor
from corpus.attribution.tokens import Tokens, is_at, phrase_end

Kind = Literal["name", "surname", "pronoun", "role"]
Gender = Literal["f", "m"]

_GENDER_OF_ARTICLE: dict[str, Gender] = {"la": "f", "una": "f", "el": "m", "un": "m"}
_LOWER_PARTICLES = ("de", "la", "del", "von", "van", "da", "dos")
_EPICENE = ("ista", "poeta")
_INITIALS = re.compile(r"(?:[^\W\d_a-z]\.){2,3}")


class Mention(NamedTuple):
    """
    A person as one place prints them.

    Attributes:
        printed: The form there, without title: "Ana Ruiz", "Ruiz", "she", "the director".
        title, organization: As printed there, `None` where that place prints none.
        start, end: Its tokens, title and organisation included.
        where: Code point at which it starts.
        courtesy: "Ms.", "Rev." or a title stands before, so that a surname alone is a person's.
        callings: What a later “the …” may call the person because of an honorific, as stems: “el padre”.
    """

    kind: Kind
    printed: str
    title: str | None
    organization: str | None
    gender: Gender | None
    start: int
    end: int
    where: int
    courtesy: bool = False
    callings: tuple[str, ...] = ()


def read_mention(text: str, tokens: Tokens, place: int, *, lines: bool = False) -> Mention | None:
    """The person that the tokens from `place` on point at, or `None`; a first name alone is never enough."""
    if place >= len(tokens):
        return None
    token = tokens[place]
    lower = token.text.lower()
    if lower in lx.PRONOUNS_F or lower in lx.PRONOUNS_M:
        gender: Gender = "f" if lower in lx.PRONOUNS_F else "m"
        return Mention("pronoun", token.text, None, None, gender, place, place + 1, token.start)
    if not token.is_word:
        return None
    return (
        (_initials(text, tokens, place, lines=lines) if token.text[-1] == "." else None)
        or _with_honorific(text, tokens, place, lines=lines)
        or _title_first(text, tokens, place, lines=lines)
        or _name_first(text, tokens, place, lines=lines)
        or _role(text, tokens, place)
        or _surname(text, tokens, place)
    )


def words_of(text: str, tokens: Tokens, start: int, end: int) -> str | None:
    """The tokens as printed, on one line, without an English possessive at the end."""
    if end <= start:
        return None
    printed = " ".join(text[tokens[start].start : tokens[end - 1].end].split())
    if tokens[end - 1].is_possessive:
        printed = printed[:-2] if printed[-1] in "sS" else printed[:-1]
    return printed.rstrip(",") or None


def organization_of(text: str, tokens: Tokens, span: tuple[int, int] | None) -> str | None:
    """The organisation as printed, also a general word alone (“the Network”); “counsel for Plaintiffs” names none."""
    if span is None or (span[1] - span[0] == 1 and tokens[span[0]].owner.removesuffix("s") in lx.HEADS):
        return None
    return words_of(text, tokens, *span)


def _initials(text: str, tokens: Tokens, place: int, *, lines: bool) -> Mention | None:
    """“L.A., mother of two”, “said M. R., a cook”: somebody who keeps the name back, with what the person is."""
    if not _INITIALS.fullmatch(tokens[place].text) or not is_at(tokens, place + 1, ","):
        return None
    if place and not (tokens[place - 1].text == "\n" or phrase_end(tokens, place - 1, lx.SAID)):
        return None
    after, _, _ = after_name(tokens, place + 1, lines=lines)
    told = after is not None and tokens[after.head].text.islower()
    return _mention(text, tokens, place, place, place + 1, lines=lines) if told else None


def _with_honorific(text: str, tokens: Tokens, place: int, *, lines: bool) -> Mention | None:
    """“Ms. Ruiz”, “Rev. Ana Ruiz”, “la Hermana Ana Ruiz”."""
    at = place
    while at < min(place + 3, len(tokens) - 1) and tokens[at].key in lx.BEFORE_HONORIFIC and tokens[at].text.islower():
        at += 1
    first = at
    while at < len(tokens) and at < first + 3 and _is_honorific(tokens, at):
        at += 1
    if at == first:
        return None
    end = read_name(tokens, at, least=1)
    if end is None:
        return None
    words = [t.key for t in tokens[first:at]]
    gender: Gender | None = "f" if lx.HONORIFICS_F & set(words) else "m" if lx.HONORIFICS_M & set(words) else None
    title = next(
        (words_of(text, tokens, i, i + 1) for i in range(first, at) if tokens[i].key in lx.TITLES_BEFORE), None
    )
    alone = read_name(tokens, at) is None
    mention = _mention(text, tokens, place, at, end, title=title, gender=gender, lines=lines, surname=alone)
    return mention._replace(callings=tuple(stem for word in words for stem in stems(lx.CALLINGS.get(word, ""))))


def _is_honorific(tokens: Tokens, at: int) -> bool:
    word = tokens[at].key
    if word in lx.SPELT_OUT and at + 1 < len(tokens) and tokens[at + 1].is_capital:
        return True
    return tokens[at].is_capital and (word in lx.HONORIFICS or word in lx.TITLES_BEFORE)


def _title_first(text: str, tokens: Tokens, place: int, *, lines: bool) -> Mention | None:
    """“Casa Sur Executive Director Ana Ruiz”, “la directora de Casa Sur, Ana Ruiz”, “President Ruiz”."""
    before = read_descriptor(tokens, place)
    if before is None:
        return None
    past = past_place(tokens, before.end)
    at = past + is_at(tokens, past, ",")
    indefinite = before.title[0] and tokens[before.title[0] - 1].key in {"a", "an", "un", "una"}
    if at > past and indefinite and before.title[0] > 1:
        return None  # “through an interpreter, Ana Ruiz said”
    while at < len(tokens) and _is_honorific(tokens, at):
        at += 1
    end = read_name(tokens, at)
    if end is None and before.organization and (split := _name_within(tokens, *before.organization)):
        before = before._replace(title=(before.title[0], split), organization=None)
        at, end = split, before.end
    if end is None and before.end == before.title[1] and tokens[before.head].is_capital:
        end = read_name(tokens, before.end, least=1)
        at = before.end
    if end is None:
        return None
    title = words_of(text, tokens, *before.title)
    organization = organization_of(text, tokens, before.organization)
    gender = _gender_of_title(tokens[before.head].key) or _GENDER_OF_ARTICLE.get(tokens[place].key)
    alone = read_name(tokens, at) is None
    callings = stems(title or "") + stems(lx.CALLINGS.get(tokens[before.head].key, ""))
    return _mention(
        text, tokens, place, at, end, title=title, organization=organization, gender=gender, lines=lines, surname=alone
    )._replace(callings=tuple(callings))


def _name_within(tokens: Tokens, start: int, stop: int) -> int | None:
    """Where the name begins in “[President for] Public Affairs Ana Ruiz”, whose capitals were taken for one name."""
    split = start
    while split < stop and tokens[split].key in lx.DEPARTMENTS:
        split += 1
    return split if split > start and read_name(tokens, split) == stop else None


def _name_first(text: str, tokens: Tokens, place: int, *, lines: bool) -> Mention | None:
    end = read_name(tokens, place)
    return None if end is None else _mention(text, tokens, place, place, end, lines=lines)


def _mention(
    text: str,
    tokens: Tokens,
    start: int,
    at: int,
    end: int,
    *,
    title: str | None = None,
    organization: str | None = None,
    gender: Gender | None = None,
    lines: bool = False,
    surname: bool = False,
) -> Mention:
    """A mention whose name is `tokens[at:end]`, completed by what follows the name."""
    printed = words_of(text, tokens, at, end) or ""
    given = tokens[at].key
    gender = gender or ("f" if given in lx.FEMALE else "m" if given in lx.MALE else None)
    after, place, stop = after_name(tokens, end, lines=lines)
    if after:
        own = words_of(text, tokens, *after.title)
        of = organization_of(text, tokens, after.organization)
        gender = gender or _gender_of_title(tokens[after.head].key)
        office = title is not None and key(title).rstrip(".") not in lx.TITLES_BEFORE - lx.OFFICE_PREFIXES
        if of or not (organization or office):
            title, organization = own, of or organization
    elif place and not organization:
        organization = organization_of(text, tokens, place)
    kind: Kind = "surname" if surname else "name"
    stop += bool(
        organization and stop < len(tokens) and tokens[stop].text.islower() and tokens[stop].key in lx.ORGANIZATIONS
    )
    return Mention(kind, printed, title, organization, gender, start, stop, tokens[at].start, courtesy=at > start)


def _role(text: str, tokens: Tokens, place: int) -> Mention | None:
    """“the director”, “la coordinadora de Casa Sur”."""
    if tokens[place].key not in lx.ROLE_ARTICLES:
        return None
    found = read_descriptor(tokens, place)
    if found is None or tokens[found.title[0]].is_capital:
        return None
    title = words_of(text, tokens, *found.title)
    organization = organization_of(text, tokens, found.organization)
    gender = _gender_of_title(tokens[found.head].key) or _GENDER_OF_ARTICLE.get(tokens[place].key)
    printed = words_of(text, tokens, place, found.title[1]) or ""
    return Mention("role", printed, title, organization, gender, place, found.end, tokens[place].start)


def _surname(text: str, tokens: Tokens, place: int) -> Mention | None:
    first, begins = place, place == 0 or phrase_end(tokens, place - 1, lx.SAID)
    while begins and first < min(place + 2, len(tokens) - 1) and tokens[first].text in _LOWER_PARTICLES:
        first += 1  # “added de la Cruz”
    end = read_name(tokens, first, least=1)
    if end is None or is_organizational(tokens, place, end):
        return None
    if end == place + 1 and _is_given_alone(tokens, place):
        return _mention(text, tokens, place, place, end, surname=True)._replace(courtesy=True)
    if is_at(tokens, end, ",") and after_name(tokens, end, lines=False)[2] > end:
        return _mention(text, tokens, place, place, end, surname=True)
    printed = words_of(text, tokens, place, end) or ""
    return Mention("surname", printed, None, None, None, place, end, tokens[place].start)


def _is_given_alone(tokens: Tokens, place: int) -> bool:
    """Whether somebody is meant to be known by a first name: “Ana, a nurse”, “Yoselin, 17,”."""
    if not is_at(tokens, place + 1, ",") or place + 2 >= len(tokens):
        return False
    age, after = tokens[place + 2].text, place + 3
    number = is_at(tokens, after, ",", ".") and after + 1 < len(tokens) and tokens[after + 1].text.isdigit()
    aged = age.isdigit() and len(age) <= 2 and not number and (after >= len(tokens) or tokens[after].text in {",", "."})
    if aged or tokens[place].key not in lx.FEMALE | lx.MALE:
        return aged
    described = read_descriptor(tokens, place + 2, named=True)
    told = tokens[place + 2].text.islower() and tokens[place + 2].key in lx.MODIFIERS | lx.RELATIVES
    return told or bool(described and not tokens[described.head].is_capital)


def _gender_of_title(head: str) -> Gender | None:
    if head in lx.FEMININE or (head in lx.HEADS and head.endswith("a") and not head.endswith(_EPICENE)):
        return "f"
    return "m" if head in lx.MASCULINE else None
