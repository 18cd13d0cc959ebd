"""
What a relative clause says somebody is: “who leads Casa Sur”, “quien hoy se desempeña como directora de Casa Sur”.
"""

from __future__ import annotations

from corpus.attribution import lexicon as lx
from corpus.attribution.organizations import read_organization
from corpus.attribution.titles import Descriptor, read_descriptor
from corpus.attribution.tokens import Tokens, is_key, phrase_end

_LONGEST_CLAUSE = 30


def read_relative(tokens: Tokens, place: int) -> tuple[Descriptor | None, tuple[int, int] | None] | None:
    """The title, or the organisation alone, that the clause from `place` on gives to the person before it."""
    for at in range(place, min(len(tokens), place + _LONGEST_CLAUSE)):
        if tokens[at].text in {".", ";", ":", "\n"}:
            return None
        if is_key(tokens, at, "as", "como") and (role := read_descriptor(tokens, at + 1, named=True)):
            return (role, None) if at + 1 <= role.head else None
        if end := phrase_end(tokens, at, lx.DIRECTS):
            return organization_at(tokens, end)
    return None


def organization_at(tokens: Tokens, place: int) -> tuple[None, tuple[int, int]] | None:
    """The organisation that stands at `place`, behind an article or not."""
    start = place + is_key(tokens, place, "the", "la", "el", "los", "las")
    stop = read_organization(tokens, start)
    return (None, (start, stop)) if stop else None
