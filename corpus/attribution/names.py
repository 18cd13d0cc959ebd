"""
What a person's name looks like.
"""

from __future__ import annotations

from functools import lru_cache

from corpus.attribution import lexicon as lx
from corpus.attribution.tokens import Tokens, is_at

_LONGEST_NAME = 9
_CALLED = lx.FEMALE | lx.MALE
_ENDS_ORGANIZATION = lx.ORGANIZATIONS - lx.MODIFIERS - lx.HEADS


def read_name(tokens: Tokens, place: int, *, least: int = 2) -> int | None:
    """
    Where the person's name that starts at `place` ends, or `None` when no name starts there.

    A name is two to five capitalised words (or initials and a surname) with particles between them; it holds no
    word of an organisation, a title, a calendar or a place that leads, and it is not the owner of what follows.
    """
    if place >= len(tokens) or not _name_word(tokens, place, first=True):
        return None
    words, end, at = 0, place, place
    while at < min(len(tokens), place + _LONGEST_NAME) and words <= 5:
        if step := _name_word(tokens, at, first=words == 0):
            words, at = words + 1, at + step
            end = at
        elif words and (after := _particles(tokens, at)):
            at = after
        else:
            break
    initial = tokens[end - 1].is_initial and not (words == 2 and tokens[place].key in _CALLED)
    if words < least or words > 5 or tokens[end - 1].is_possessive or initial:
        return None
    if all(token.is_initial for token in tokens[place:end]) or _goes_on_as_organization(tokens, end):
        return None
    return _with_suffix(tokens, end)


def _name_word(tokens: Tokens, at: int, *, first: bool) -> int:
    """How many tokens the name's next word takes: 0 for none; a nickname between marks takes three."""
    token = tokens[at]
    if first:
        return _opens_name(token.text, token.owner, is_acronym=token.is_acronym)
    if token.text in "“\"'‘(" and at + 2 < len(tokens) and tokens[at + 2].text in "”\"'’)":
        if token.text == "(" and not (at + 3 < len(tokens) and _name_word(tokens, at + 3, first=False)):
            return 0
        return 3 if tokens[at + 1].is_capital and tokens[at + 1].key not in lx.ORGANIZATIONS else 0
    if token.is_initial:
        return 1
    if not (token.is_capital or token.is_prefixed) or not _is_cased(token.text, is_acronym=token.is_acronym):
        return 0
    word = token.owner
    return int(word in lx.SURNAMES or (_may_stand(word) and word not in lx.SUFFIXES and word not in lx.CREDENTIALS))


@lru_cache(maxsize=65536)
def _opens_name(text: str, word: str, *, is_acronym: bool) -> int:
    """Whether a name can begin with a word, which the word alone decides: 1 or 0."""
    if len(text) == 2 and text[1] == "." and text[0].isupper():
        return 1
    if not text[0].isupper() or not _is_cased(text, is_acronym=is_acronym) or text[-1] == "ó":
        return 0
    never = word in lx.NEVER_FIRST or word in lx.SAID or word in lx.MODIFIERS
    return int(_may_stand(word) and not never)


def _is_cased(text: str, *, is_acronym: bool) -> bool:
    if is_acronym and not _is_mc(text):
        return False
    return text.isalpha() or not any(c.isdigit() for c in text)


def _may_stand(word: str) -> bool:
    """Whether a person's name can hold the word at all."""
    if len(word) < 2 or word in lx.NEVER_IN or "." in word:
        return False
    return not (word in lx.HEADS or word in lx.ORGANIZATIONS or word in lx.HONORIFICS)


def _goes_on_as_organization(tokens: Tokens, end: int) -> bool:
    """Whether the capitals are the beginning of an organisation's name: “Blue Harbor Bank”."""
    following = tokens[end] if end < len(tokens) else None
    return bool(following and following.is_capital and following.owner in _ENDS_ORGANIZATION)


def is_name_word(tokens: Tokens, at: int) -> bool:
    """Whether a name can begin with this word."""
    return 0 <= at < len(tokens) and not tokens[at].is_initial and _name_word(tokens, at, first=True) == 1


def _is_mc(text: str) -> bool:
    return text[:2] in {"Mc", "O'", "O’", "D'", "D’"} and text[-1].islower()


def _particles(tokens: Tokens, at: int) -> int | None:
    end = at
    while end < len(tokens) and end < at + 3 and tokens[end].key in lx.PARTICLES:
        end += 1
    if end == at or end >= len(tokens):
        return None
    joins_two = tokens[at].key in {"y", "e"} and end == at + 1
    if joins_two and end + 1 < len(tokens) and _name_word(tokens, end + 1, first=False):
        return None  # "Ana Ruiz y Luis Paz" are two people; "Ortega y Gasset" is one.
    if joins_two and tokens[end].key in _CALLED:
        return None
    return end if _name_word(tokens, end, first=False) else None


def _with_suffix(tokens: Tokens, end: int) -> int:
    after = end + 1 if is_at(tokens, end, ",") else end
    if after < len(tokens) and tokens[after].key in lx.SUFFIXES and tokens[after].is_capital:
        return after + 1
    return end
