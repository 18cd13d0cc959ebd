"""
What a person's name looks like.
"""

from __future__ import annotations

from corpus.attribution import lexicon as lx
from corpus.attribution.tokens import Token, Tokens, is_at

_LONGEST_NAME = 9


def read_name(tokens: Tokens, place: int, *, least: int = 2) -> int | None:
    """
    Where the person's name that starts at `place` ends, or `None` when no name starts there.

    A name is two to five capitalised words (or initials and a surname) with particles between them; it holds no
    word of an organisation, a title, a calendar or a place that leads, and it is not the owner of what follows.
    """
    words, end, at = 0, place, place
    while at < min(len(tokens), place + _LONGEST_NAME) and words <= 5:
        if step := _name_word(tokens, at, first=words == 0):
            words, at = words + 1, at + step
            end = at
        elif words and (after := _particles(tokens, at)):
            at = after
        else:
            break
    initial = tokens[end - 1].is_initial and not (words == 2 and tokens[place].key in lx.FEMALE | lx.MALE)
    if words < least or words > 5 or tokens[end - 1].is_possessive or initial:
        return None
    if all(token.is_initial for token in tokens[place:end]) or _goes_on_as_organization(tokens, end):
        return None
    return _with_suffix(tokens, end)


def _name_word(tokens: Tokens, at: int, *, first: bool) -> int:
    """How many tokens the name's next word takes: 0 for none; a nickname between marks takes three."""
    token = tokens[at]
    if not first and token.text in "“\"'‘(" and at + 2 < len(tokens) and tokens[at + 2].text in "”\"'’)":
        if token.text == "(" and not (at + 3 < len(tokens) and _name_word(tokens, at + 3, first=False)):
            return 0
        return 3 if tokens[at + 1].is_capital and tokens[at + 1].key not in lx.ORGANIZATIONS else 0
    if token.is_initial:
        return 1
    if (
        not (token.is_capital or (not first and token.is_prefixed))
        or (token.is_acronym and not _is_mc(token))
        or (not token.text.isalpha() and any(c.isdigit() for c in token.text))
    ):
        return 0
    word = token.owner
    if word in lx.SURNAMES and not first:
        return 1
    if len(word) < 2 or word in lx.NEVER_IN or "." in word or (first and token.text[-1] == "ó"):
        return 0
    if word in lx.HEADS or word in lx.ORGANIZATIONS or word in lx.HONORIFICS:
        return 0
    if first:
        return int(word not in lx.NEVER_FIRST and word not in lx.SAID and word not in lx.MODIFIERS)
    return int(word not in lx.SUFFIXES and word not in lx.CREDENTIALS)


def _goes_on_as_organization(tokens: Tokens, end: int) -> bool:
    """Whether the capitals are the beginning of an organisation's name: “Blue Harbor Bank”."""
    following = tokens[end] if end < len(tokens) else None
    return bool(following and following.is_capital and following.owner in lx.ORGANIZATIONS - lx.MODIFIERS - lx.HEADS)


def is_name_word(tokens: Tokens, at: int) -> bool:
    """Whether a name can begin with this word."""
    return 0 <= at < len(tokens) and not tokens[at].is_initial and _name_word(tokens, at, first=True) == 1


def _is_mc(token: Token) -> bool:
    return token.text[:2] in {"Mc", "O'", "O’", "D'", "D’"} and token.text[-1].islower()


def _particles(tokens: Tokens, at: int) -> int | None:
    end = at
    while end < len(tokens) and end < at + 3 and tokens[end].key in lx.PARTICLES:
        end += 1
    if end == at or end >= len(tokens):
        return None
    joins_two = tokens[at].key in {"y", "e"} and end == at + 1
    if joins_two and end + 1 < len(tokens) and _name_word(tokens, end + 1, first=False):
        return None  # "Ana Ruiz y Luis Paz" are two people; "Ortega y Gasset" is one.
    if joins_two and tokens[end].key in lx.FEMALE | lx.MALE:
        return None
    return end if _name_word(tokens, end, first=False) else None


def _with_suffix(tokens: Tokens, end: int) -> int:
    after = end + 1 if is_at(tokens, end, ",") else end
    if after < len(tokens) and tokens[after].key in lx.SUFFIXES and tokens[after].is_capital:
        return after + 1
    return end
