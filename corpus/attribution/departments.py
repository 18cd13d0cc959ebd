"""
The parts of a title behind its head: departments, offices, and plain words.
"""

from __future__ import annotations

from corpus.attribution import lexicon as lx
from corpus.attribution.organizations import is_organizational, is_place, read_organization
from corpus.attribution.tokens import Token, Tokens, is_at

_AND = frozenset({"and", "y", "e", "&", "/", ","})
_OF = frozenset({"of", "de", "del", "for", "para"})
_AT = frozenset({"at", "with", "from", "in", "en", "con", "by"})
_LONGEST_LEAD = 12


def may_lead(token: Token) -> bool:
    """Whether a word in lower case may stand in a title before its head."""
    if not token.text[0].isalnum() or token.key in lx.FUNCTION or token.key in lx.SAID or token.key in lx.NOBODY:
        return False
    return not token.key.endswith(("ing", "ndo"))


def is_office_of_next(tokens: Tokens, start: int, stop: int) -> bool:
    """Whether the organisation comes only after the comma: “Secretario del Interior, Sindicato de Limpieza”."""
    if not is_at(tokens, stop, ",") or is_organizational(tokens, start, stop) or is_place(tokens, start, stop):
        return False
    following = read_organization(tokens, stop + 1)
    return bool(following and is_organizational(tokens, stop + 1, following)) and stop - start == 1


def listed_departments(tokens: Tokens, start: int) -> int | None:
    """Where three or more departments end whose organisation follows: “of Policy, Research, and Advocacy at …”."""
    at, commas, joined = start, 0, False
    while at < min(len(tokens), start + _LONGEST_LEAD):
        token = tokens[at]
        if token.text == "," and not joined:
            commas += 1
        elif token.key in {"and", "y", "e", "&"} and commas:
            joined = True
        elif token.key not in lx.DEPARTMENTS and (
            not token.is_capital or token.is_possessive or token.key in lx.FEMALE or token.key in lx.MALE
        ):
            break
        at += 1
    follows = at < len(tokens) and tokens[at].key in {"at", "of", "for", "with", "de", "del", "en"}
    return at if commas and joined and follows else None


def office_before(tokens: Tokens, start: int, stop: int) -> int | None:
    """Where a department ends behind which the organisation is named: “Directora de Incidencia de Casa Sur”."""
    at = start
    while at < stop and (tokens[at].is_capital or tokens[at].key in _AND) and tokens[at].key in lx.DEPARTMENTS | _AND:
        at += 1
    if at == start or at + 1 >= stop or tokens[at].key not in _OF:
        return None
    named = tokens[start:at]
    spanish = tokens[at].key in {"de", "del"}
    of_the = tokens[at].key == "of" and tokens[at + 1].key == "the"
    return at if not any(t.key in (lx.BODIES if spanish or of_the else lx.ORGANIZATIONS) for t in named) else None


def continues(tokens: Tokens, at: int) -> bool:
    """Whether an organisation may still follow, so that what was read is a department."""
    return at < len(tokens) and (tokens[at].key in _AT or tokens[at].key in _OF or tokens[at].text == ",")


def plain_end(tokens: Tokens, start: int) -> int:
    """Where a run of words in lower case ends: “of two”, “of policy and advocacy”."""
    end = start
    while end < len(tokens) and end < start + 5:
        token = tokens[end]
        joins = token.key in {"and", "y", "e"} and end + 1 < len(tokens) and tokens[end + 1].key in lx.DEPARTMENTS
        if not (joins or (token.is_word and not token.is_capital and may_lead(token))):
            break
        end += 1
    while end > start and tokens[end - 1].key in lx.LINKS:
        end -= 1
    return end
