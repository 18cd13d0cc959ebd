"""
What an organisation's name looks like, and where one stands beside a title.
"""

from __future__ import annotations

from corpus.attribution import lexicon as lx
from corpus.attribution.names import read_name
from corpus.attribution.tokens import Token, Tokens, is_at, is_key, phrase_end

# "United States", "Estados Unidos", "United Kingdom".
_STATES = frozenset({"states", "estados", "kingdom"})
_LONGEST_ORGANIZATION = 16
# “the Workers’ Rights Project at the Valley Law Center” is one name.
_SERVICES = frozenset("atencion proteccion apoyo ayuda asistencia servicio servicios acompanamiento defensa".split())
_PARTS = ("project", "program", "clinic", "initiative", "institute", "center", "proyecto", "programa", "clinica")


def read_organization(tokens: Tokens, place: int, limit: int | None = None) -> int | None:
    """
    Where the organisation's name that starts at `place` ends: capitalised words and what joins them.

    "and" goes on only to words an organisation's name ends with, so that a second person is never swallowed.
    """
    stop = min(len(tokens), place + _LONGEST_ORGANIZATION, limit if limit is not None else len(tokens))
    at = end = place
    while at < stop:
        token = tokens[at]
        if (token.is_capital and (end > place or token.key not in lx.NOBODY)) or (
            end > place and (token.text.isdigit() or token.is_prefixed)
        ):
            at += 1
            end = at
        elif end > place and (after := _joined(tokens, place, at, stop)):
            at = after
        else:
            break
    if end > place and end < stop and tokens[end].key in lx.KINDS and not is_key(tokens, end + 1, "of"):
        return end + 1  # “the Houston drivers committee”, “St. Brendan church”
    return end if end > place else None


def _joined(tokens: Tokens, start: int, at: int, stop: int) -> int | None:
    """Where the name goes on behind the joiners at `at`, or `None`."""
    after = at
    while after < stop and after < at + 3 and tokens[after].key in lx.JOINERS:
        after += 1
    if after == at or after >= stop or not tokens[after].is_capital:
        return None
    article = tokens[at].key in {"for", "para", "por"} and after == at + 2  # “Alliance for a Fair Harvest”
    if article or not any(token.key in lx.WEAK_JOINERS for token in tokens[at:after]):
        return after
    run = after
    while run < stop and (tokens[run].is_capital or tokens[run].key in {"of", "de", "for"}):
        run += 1
    if is_key(tokens, at, "on", "sobre") and after == at + 1 and is_organizational(tokens, start, at):
        return None if tokens[after].key in lx.NEVER_FIRST or tokens[after].is_acronym else after
    if _is_motto(tokens, start, at, after, run) or _is_last_word(tokens, start, at, after, run):
        return after
    if _are_members(tokens, start, at, after, run) or _is_service(tokens, start, at):
        return after
    if is_key(tokens, at, "at", "en") and is_key(tokens, at - 1, *_PARTS) and is_organizational(tokens, after, run):
        return after
    office = run < len(tokens) and tokens[run].key.rpartition("-")[2] in lx.HEADS
    organizational = any(_is_organizational(token) for token in tokens[after:run])
    return after if organizational and not office and tokens[at].key not in lx.MOTTO_JOINERS else None


def _are_members(tokens: Tokens, start: int, at: int, after: int, run: int) -> bool:
    """Whether “and” joins two kinds of members: “Federación de Clubes y Asociaciones de Oriundos”."""
    if tokens[at].key not in {"and", "y", "e", "&"} or after != at + 1 or not is_organizational(tokens, start, at):
        return False
    pair = tokens[at - 1], tokens[after]
    return all(t.key.endswith("s") and not t.is_possessive and t.key not in lx.FEMALE | lx.MALE for t in pair) and (
        run >= len(tokens) or tokens[run].key not in lx.HEADS
    )


def _is_service(tokens: Tokens, start: int, at: int) -> bool:
    """Whether a name says whom it serves, or where it leads: “Servicio a Migrantes”, “Bridge to Home”."""
    if is_key(tokens, at, "to"):
        return at == start + 1
    return is_key(tokens, at, "a", "al") and any(token.key in _SERVICES for token in tokens[start:at])


def _is_last_word(tokens: Tokens, start: int, at: int, after: int, run: int) -> bool:
    """Whether “and” leads to the one last word of a name that is an organisation's: “Centro Fe y Vida,”."""
    word = tokens[after]
    closed = run >= len(tokens) or tokens[run].text in {",", ".", ":", ";", ")", "\n"}
    person = word.key in lx.FEMALE or word.key in lx.MALE or word.key in lx.HEADS or word.key in lx.NEVER_FIRST
    alone = run == after + 1 and tokens[at].key in {"and", "y", "e", "&"}
    return alone and closed and not person and not word.is_possessive and is_organizational(tokens, start, at)


def _is_motto(tokens: Tokens, start: int, at: int, after: int, run: int) -> bool:
    """Whether a name of the form “Fruta y Dignidad”, “Hand in Hand Oregon”, “Dignity at Dawn Network” goes on."""
    first, second = tokens[start], tokens[after]
    if at > start + 1 or first.owner in lx.DEPARTMENTS or first.is_possessive or second.is_possessive:
        return False
    if any(t.key in lx.NEVER_FIRST or t.key in lx.FEMALE or t.key in lx.MALE for t in (first, second)):
        return False
    closed = run >= len(tokens) or not (tokens[run].key in lx.JOINERS or is_at(tokens, run, "("))
    whole = run == after + 1 or first.key == second.key or any(_is_organizational(t) for t in tokens[after:run])
    return closed and whole


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


def read_unit(tokens: Tokens, start: int, at: int) -> tuple[int, int] | None:
    """A part of an organisation: “Tucson chapter of the Drivers Union”; of one without a name, the organisation."""
    unit = at
    while unit < len(tokens) and unit < at + 2 and tokens[unit].key in lx.MODIFIERS and tokens[unit].text.islower():
        unit += 1
    if unit + 1 >= len(tokens) or tokens[unit].key not in lx.UNITS or tokens[unit + 1].key not in {"of", "de", "del"}:
        return None
    whole = unit + 2
    whole += whole < len(tokens) and tokens[whole].key in lx.ARTICLES and tokens[whole].text.islower()
    stop = read_organization(tokens, whole)
    return (start if at > start else whole, stop) if stop else None


def read_apposed(tokens: Tokens, start: int, *, named: bool) -> tuple[int, int] | None:
    """The organisation after a comma: “…, Casa Sur”."""
    if start < len(tokens) and tokens[start].key in {"of", "at", "with", "the", "de"}:
        start += 1
    stop = read_organization(tokens, start)
    if stop is None or is_place(tokens, start, stop):
        return None
    person = None if named else read_name(tokens, start)
    if person and person < stop:
        return None  # “the attorney, Luis Paz of Casa Sur”
    if is_organizational(tokens, start, stop):
        return start, stop
    if not named or tokens[start].key in lx.FEMALE or tokens[start].key in lx.MALE:
        return None
    closed = stop >= len(tokens) or tokens[stop].text in {",", ".", ":", ")", "\n"} or phrase_end(tokens, stop, lx.SAID)
    return (start, stop) if closed and stop - start >= 2 else None


def read_parentheses(tokens: Tokens, at: int) -> tuple[tuple[int, int] | None, int]:
    """The organisation between parentheses at `at`, if it is one, and where they close."""
    for close in range(at + 1, min(len(tokens), at + 10)):
        if tokens[close].text == ")":
            inside = read_organization(tokens, at + 1, close)
            whole = inside == close and is_organizational(tokens, at + 1, close)
            return ((at + 1, close) if whole else None), close + 1
    return None, at
