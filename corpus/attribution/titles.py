"""
What somebody is: title and organisation, before or after the name.
"""

from __future__ import annotations

from operator import attrgetter
from typing import NamedTuple

from corpus.attribution import lexicon as lx
from corpus.attribution.departments import (
    continues,
    is_office_of_next,
    listed_departments,
    may_lead,
    office_before,
    plain_end,
)
from corpus.attribution.organizations import (
    is_organizational,
    is_place,
    read_apposed,
    read_organization,
    read_parentheses,
    read_unit,
)
from corpus.attribution.tokens import Token, Tokens, is_at

# Nobody writes more in a row; a page of nothing but "the" would be read from each of them to its end.
_MOST_ARTICLES = 3
_AND = frozenset({"and", "y", "e", "&", "/", ","})
_OF = frozenset({"of", "de", "del", "for", "para"})
_AT = frozenset({"at", "with", "from", "in", "en", "con", "by"})
# So many words of titles in a row are somebody's list.
_LONGEST_TITLE = 40
_LONGEST_LEAD = 12
_IS_HEAD = attrgetter("is_head")
_NO_LEAD = lx.SUBORDINATING | lx.NOT_IN_TITLE
_PLAIN_MODIFIERS = lx.MODIFIERS - lx.HEADS


class Descriptor(NamedTuple):
    """Token ranges of a title and of an organisation, and where both end; `head` is the word that makes it a title."""

    title: tuple[int, int]
    organization: tuple[int, int] | None
    end: int
    head: int


def read_descriptor(tokens: Tokens, place: int, *, lines: bool = False, named: bool = False) -> Descriptor | None:
    """
    The title that starts at `place`, with its organisation: “the Casa Sur director”, “president of Casa Sur”.

    Args:
        lines: A line end joins like a comma, as in a block that is nothing but a name and what the person is.
        named: The person's name stands before, so that two capitals after a comma are no second name.
    """
    start, most = place, min(len(tokens), place + _MOST_ARTICLES)
    while start < most and tokens[start].key in lx.ARTICLES and not _leads_a_name(tokens, place, start):
        start += 1
    head = _find_head(tokens, start)
    if head is None:
        return _unlisted(tokens, place) if named else None
    first, before = _split_lead(tokens, start, head)
    last = _title_end(tokens, head)
    kind = last - 1 if is_head(tokens[last - 1]) else head
    title_end, after, end = _read_tail(tokens, kind, last, lines=lines, named=named)
    return Descriptor((first, title_end), before or after, end, head)


def _leads_a_name(tokens: Tokens, place: int, at: int) -> bool:
    """Whether an article belongs to a name: “Los Angeles resident”."""
    following = at + 1 < len(tokens) and tokens[at + 1].is_capital
    return tokens[at].is_capital and (at > place or (tokens[at].key in {"los", "las"} and following))


def _unlisted(tokens: Tokens, place: int) -> Descriptor | None:
    """“NAME, a seamstress who …”: a calling that no list holds, told by its article or by the label's end."""
    article = place < len(tokens) and tokens[place].text in {"a", "an", "un", "una"}
    start = place + article
    end = plain_end(tokens, start)
    labels = end >= len(tokens) or tokens[end].text in {":", ")"}
    closed = labels or (article and (tokens[end].text in {",", ".", "\n"} or tokens[end].key in lx.AFTER_CALLING))
    if end == start or not closed or any(token.key in lx.TIMES for token in tokens[start:end]):
        return None
    return Descriptor((start, end), None, end, end - 1)


def is_head(token: Token) -> bool:
    """Whether the word makes a title: director, coordinadora, vice-president."""
    return token.is_head


def _find_head(tokens: Tokens, start: int) -> int | None:
    # Mostly there is none.
    if not any(map(_IS_HEAD, tokens[start : start + _LONGEST_LEAD])):
        return None
    lower = 0
    for at in range(start, min(len(tokens), start + _LONGEST_LEAD)):
        token = tokens[at]
        if token.is_head and not _goes_on_as_organization(tokens, at) and not _leads_to_head(tokens, at):
            return at
        if at == start and token.is_capital and token.key in _NO_LEAD:
            return None
        if token.is_capital or token.key in lx.MODIFIERS or token.is_possessive:
            continue
        if at > start and token.key in lx.LINKS and (tokens[at - 1].is_capital or tokens[at - 1].key in lx.LINKS):
            if token.key in {"la", "el"} and tokens[at - 1].is_capital:
                return None  # “… a El Faro la vocera de …”
            continue
        lower += 1
        if lower > 4 or not may_lead(token):
            return None
        owner = next((i + 1 for i in range(at - 1, start - 1, -1) if tokens[i].is_possessive), start)
        named = any(t.is_capital and t.key not in lx.MODIFIERS for t in tokens[owner:at])
        if named and token.is_word:
            return None  # capitals and then a word of its own: “Ana Ruiz introduced Governor …”
    return None


def _leads_to_head(tokens: Tokens, at: int) -> bool:
    """Whether a head only says of which kind the next one is: “student body president”, “Worker Rights Coordinator”."""
    if at + 2 >= len(tokens):
        return False
    if tokens[at].is_capital:
        end = at + 1
        while end < len(tokens) and tokens[end].is_capital and tokens[end].key in _PLAIN_MODIFIERS:
            end += 1
        return end > at + 1 and end < len(tokens) and tokens[end].is_capital and is_head(tokens[end])
    between = tokens[at + 1]
    plain = between.text.islower() and between.is_word and may_lead(between) and not is_head(between)
    return plain and tokens[at + 2].text.islower() and is_head(tokens[at + 2])


def _goes_on_as_organization(tokens: Tokens, at: int) -> bool:
    """Whether a capitalised head is really a word of an organisation's name (“Day Laborer Network”)."""
    if tokens[at].is_possessive:
        return True
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if not (tokens[at].is_capital and after and after.is_capital and after.owner in lx.ORGANIZATIONS):
        return False
    titled = at + 2 < len(tokens) and tokens[at + 2].text.islower() and is_head(tokens[at + 2])
    return titled or after.owner not in lx.MODIFIERS  # “Field Worker Assembly spokeswoman”


def _split_lead(tokens: Tokens, start: int, head: int) -> tuple[int, tuple[int, int] | None]:
    """Where the title begins, and the organisation before it: “[NORVAL] [Executive Director]”."""
    first = head
    while first > start and (tokens[first - 1].key in lx.MODIFIERS or _is_plain(tokens[first - 1])):
        left = tokens[first - 1]
        if left.is_capital and left.key in lx.ORGANIZATIONS and tokens[first].key in lx.RANK and first - 1 > start:
            break  # “[RFK Human Rights] [President]”
        first -= 1
    if first == start:
        return start, None
    named = tokens[first].key in lx.DIVISIONS and tokens[first].is_capital and tokens[first - 1].is_capital
    first += named and first < head  # “[Brook County] [Executive Director]”
    owner = tokens[first - 1].is_possessive
    ranked = any(t.key in lx.RANK for t in tokens[first : head + 1])
    begins = next((at for at in range(start, first) if tokens[at].is_capital), None)
    if begins is None:
        return (first if owner else start), None
    if not (owner or ranked or is_organizational(tokens, begins, first)):
        return start, None
    kin = tokens[head].key in lx.KIN and not is_organizational(tokens, begins, first)
    if kin or is_place(tokens, begins, first):
        return first, None
    return first, (begins, first)


def _is_plain(token: Token) -> bool:
    return token.text.islower() and not token.is_possessive and token.key not in lx.LINKS


def _title_end(tokens: Tokens, head: int) -> int:
    """Where a run of heads ends: “director general”, “President and CEO”, “founder, chair and organizer”."""
    end, most = head + 1, min(len(tokens), head + _LONGEST_TITLE)
    while end < most:
        ranks = tokens[end].text.islower() or tokens[end].key == "general"
        known = is_head(tokens[end]) or (tokens[end].key in lx.MODIFIERS and ranks)
        if known or (end == head + 1 and _is_adjective(tokens, end)):
            end += 1
            continue
        at = end
        while (
            at < len(tokens)
            and at < end + 3
            and (tokens[at].key in _AND or (at > end and tokens[at].key in lx.ARTICLES))
        ):
            at += 1
        while at > end and at < len(tokens) and tokens[at].key in lx.MODIFIERS and not is_head(tokens[at]):
            at += 1
        if at == end or at >= len(tokens) or not is_head(tokens[at]) or _goes_on_as_organization(tokens, at):
            break
        end = at + 1
    return end


def _is_adjective(tokens: Tokens, at: int) -> bool:
    """Whether a word after a Spanish head belongs to the title: “abogada laboral del …”, “asesor financiero,”."""
    if not _is_plain(tokens[at]) or not tokens[at].is_word or not may_lead(tokens[at]):
        return False
    return at + 1 < len(tokens) and (tokens[at + 1].key in {"de", "del"} or tokens[at + 1].text in {",", ".", ")"})


def _read_tail(
    tokens: Tokens, head: int, end: int, *, lines: bool, named: bool
) -> tuple[int, tuple[int, int] | None, int]:
    """What follows a title: the rest of it (“of communications”) and the organisation (“at Casa Sur”)."""
    title_end = end
    for _ in range(4):
        word = tokens[end].key if end < len(tokens) else ""
        if word in _OF or word in _AT:
            found = _read_link(tokens, head, end, title_end)
            title_end, organization, end, more = found
            if organization or not more:
                return title_end, organization, end
        elif word == "(":
            return title_end, *read_parentheses(tokens, end)
        elif (word in {",", "–", "—", "-"} or (lines and word == "\n")) and (
            organization := read_apposed(tokens, end + 1, named=named)
        ):
            end = organization[1]
            return title_end, organization, read_parentheses(tokens, end)[1] if is_at(tokens, end, "(") else end
        else:
            break
    return title_end, None, end


def _read_link(tokens: Tokens, head: int, at: int, title_end: int) -> tuple[int, tuple[int, int] | None, int, bool]:
    """One “of …” or “at …” after a title: (title's end, organisation, end, whether more may follow)."""
    start = at + 1
    article = start < len(tokens) and tokens[start].key in lx.ARTICLES and tokens[start].text.islower()
    start += article
    kind = start + 1 < len(tokens) and tokens[start].text.islower() and tokens[start].key in lx.ORGANIZATIONS
    start += bool(kind and tokens[start + 1].is_capital)  # “de la organización Casa Sur”
    if listed := listed_departments(tokens, start):
        return listed, None, listed, True
    stop = read_organization(tokens, start)
    if stop and not article and (office := office_before(tokens, start, stop)):
        return office, None, office, True
    if unit := read_unit(tokens, start, stop or start):
        return title_end, unit, unit[1], False
    if stop is None:
        end = plain_end(tokens, start)
        whole = end > start and tokens[at].key in _OF and (not article or tokens[start].key in lx.DEPARTMENTS)
        return (end if whole else title_end), None, max(end, start), end > start
    names_office = all(t.owner in lx.DEPARTMENTS for t in tokens[start:stop]) and continues(tokens, stop)
    if tokens[at].key in _OF and (names_office or is_office_of_next(tokens, start, stop)):
        return stop, None, stop, True
    if tokens[head].key in lx.CLERGY and tokens[start].owner in {"santa", "san", "santo", "saint", "st"}:
        return title_end, (start, stop), stop, False
    if is_place(tokens, start, stop) or tokens[head].key in lx.OFFICES:
        if tokens[head].key in lx.OFFICES and not is_organizational(tokens, start, stop):
            return stop, None, stop, True
        if is_place(tokens, start, stop):
            return title_end, None, stop, True
    owned = tokens[at].key not in {"with", "at"}  # “a lawyer for Luis Paz”, but “a lawyer with Casa Sur”
    if (
        tokens[at].key in {"in", "en", "from", "by"} or (owned and tokens[head].key in lx.KIN)
    ) and not is_organizational(tokens, start, stop):
        return title_end, None, stop, True
    end = stop
    if is_at(tokens, stop, "("):
        _, end = read_parentheses(tokens, stop)
    return title_end, (start, stop), end, False
