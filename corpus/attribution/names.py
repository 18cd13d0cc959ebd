"""
What a person's name and an organisation's name look like.
"""

from __future__ import annotations

from corpus.attribution import lexicon as lx
from corpus.attribution.tokens import Token, Tokens, is_at

# "United States", "Estados Unidos", "United Kingdom".
_STATES = frozenset({"states", "estados", "kingdom"})
_LONGEST_NAME = 9
_LONGEST_ORGANIZATION = 16


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
    if words < least or words > 5 or tokens[end - 1].is_possessive or tokens[end - 1].is_initial:
        return None
    if all(token.is_initial for token in tokens[place:end]):
        return None
    return _with_suffix(tokens, end)


def _name_word(tokens: Tokens, at: int, *, first: bool) -> int:
    """How many tokens the name's next word takes: 0 for none; a nickname between marks takes three."""
    token = tokens[at]
    if not first and token.text in "“\"'‘(" and at + 2 < len(tokens) and tokens[at + 2].text in "”\"'’)":
        return 3 if tokens[at + 1].is_capital and tokens[at + 1].key not in lx.ORGANIZATIONS else 0
    if token.is_initial:
        return 1
    if (
        not token.is_capital
        or (token.is_acronym and not _is_mc(token))
        or (not token.text.isalpha() and any(c.isdigit() for c in token.text))
    ):
        return 0
    word = token.owner
    if len(word) < 2 or word in lx.NEVER_IN or "." in word:
        return 0
    if word in lx.SURNAMES and not first:
        return 1
    if word in lx.HEADS or word in lx.ORGANIZATIONS or word in lx.HONORIFICS:
        return 0
    if first:
        return int(word not in lx.NEVER_FIRST and word not in lx.SAID and word not in lx.MODIFIERS)
    return int(word not in lx.SUFFIXES and word not in lx.CREDENTIALS)


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


def read_organization(tokens: Tokens, place: int, limit: int | None = None) -> int | None:
    """
    Where the organisation's name that starts at `place` ends: capitalised words and what joins them.

    "and" goes on only to words an organisation's name ends with, so that a second person is never swallowed.
    """
    stop = min(len(tokens), place + _LONGEST_ORGANIZATION, limit if limit is not None else len(tokens))
    at = end = place
    while at < stop:
        token = tokens[at]
        if (token.is_capital and (end > place or token.key not in lx.NOBODY)) or (end > place and token.text.isdigit()):
            at += 1
            end = at
        elif end > place and (after := _joined(tokens, at, stop)):
            at = after
        else:
            break
    return end if end > place else None


def _joined(tokens: Tokens, at: int, stop: int) -> int | None:
    after = at
    while after < stop and after < at + 3 and tokens[after].key in lx.JOINERS:
        after += 1
    if after == at or after >= stop or not tokens[after].is_capital:
        return None
    if any(token.key in lx.WEAK_JOINERS for token in tokens[at:after]):
        run = after
        while run < stop and (tokens[run].is_capital or tokens[run].key in {"of", "de", "for"}):
            run += 1
        office = run < len(tokens) and tokens[run].key.rpartition("-")[2] in lx.HEADS
        return after if not office and any(_is_organizational(token) for token in tokens[after:run]) else None
    return after


def _is_organizational(token: Token) -> bool:
    if token.key in lx.JOINERS:
        return False
    return token.owner in lx.ORGANIZATIONS or token.key in lx.ORGANIZATIONS or token.owner in lx.DEPARTMENTS


def is_organizational(tokens: Tokens, start: int, end: int) -> bool:
    """Whether these words are an organisation's name beyond doubt: one of them says so, or it is an acronym."""
    words = tokens[start:end]
    if any(token.key in _STATES for token in words[:2]):
        return False
    return any(_is_organizational(t) or (t.is_acronym and "." not in t.text) for t in words)


def is_place(tokens: Tokens, start: int, end: int) -> bool:
    """Whether the words open like a town, a country or a day rather than like an organisation's name."""
    return tokens[start].owner in lx.NEVER_FIRST and not is_organizational(tokens, start, end)
