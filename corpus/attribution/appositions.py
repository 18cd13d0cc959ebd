"""
What stands behind a name and says who the person is: title, organisation, pronouns, parentheses.
"""

from __future__ import annotations

from corpus.attribution import lexicon as lx
from corpus.attribution.departments import plain_end
from corpus.attribution.names import read_name
from corpus.attribution.organizations import is_organizational, is_place, read_apposed, read_organization
from corpus.attribution.relatives import organization_at, read_relative
from corpus.attribution.titles import Descriptor, is_head, read_descriptor
from corpus.attribution.tokens import Tokens, is_at, is_key, phrase_end


def after_name(tokens: Tokens, end: int, *, lines: bool) -> tuple[Descriptor | None, tuple[int, int] | None, int]:
    """What follows a name: a descriptor, or an organisation alone, and where it ends."""
    end = _past_pronouns(tokens, end)
    if is_at(tokens, end, "("):
        return _bracketed(tokens, end)
    if (
        is_at(tokens, end, ",")
        and is_key(tokens, end + 1, "who", "quien", "que")
        and (told := read_relative(tokens, end + 2))
    ):
        return *told, end
    at = _skip_asides(tokens, end, lines=lines)
    if (behalf := phrase_end(tokens, at, lx.FOR)) and (of := organization_at(tokens, behalf)):
        return *of, of[1][1]
    joined = at > end
    if joined or (end < len(tokens) and (is_head(tokens[end]) or tokens[end].key in lx.MODIFIERS)):
        after = read_descriptor(tokens, at, lines=lines, named=True)
        if after and read_name(tokens, after.end) is None:
            return after, None, past_place(tokens, after.end)
    if at < len(tokens) and tokens[at].key in {"of", "from", "at", "with", "de", "del"}:
        start = at + 1
        start += start < len(tokens) and tokens[start].key in {"the", "la", "el"} and tokens[start].text.islower()
        kind = start + 1 < len(tokens) and tokens[start].text.islower() and tokens[start].key in lx.ORGANIZATIONS
        start += bool(kind and tokens[start + 1].is_capital)  # “del albergue Casa Sur”
        stop = read_organization(tokens, start)
        if stop and _is_employer(tokens, at, start, stop):
            return None, (start, stop), past_place(tokens, stop)
        return None, None, stop or plain_end(tokens, start)
    stop = read_organization(tokens, at) if joined else None
    if stop and is_organizational(tokens, at, stop) and not is_place(tokens, at, stop):
        return None, (at, stop), past_place(tokens, stop)
    if lines and joined and (alone := read_apposed(tokens, at, named=True)) and alone[1] == len(tokens):
        return None, alone, alone[1]
    return None, None, end


def past_place(tokens: Tokens, end: int) -> int:
    """Past the town or country behind an organisation: “director of Casa Sur in Oakmere, said”."""
    if not is_key(tokens, end, "in", "en"):
        return end
    at = end + 1
    while at < len(tokens) and tokens[at].key in lx.ARTICLES and tokens[at].text.islower():
        at += 1
    place = at
    while at < len(tokens) and (tokens[at].is_capital or (at > place and is_key(tokens, at, "de", "del", "of"))):
        at += 1
    return at if at > place else end


def _is_employer(tokens: Tokens, link: int, start: int, stop: int) -> bool:
    """Whether the capitals after “of” or “with” are somebody's organisation, not a place or a second person."""
    if is_organizational(tokens, start, stop):
        return True
    person = tokens[link].key == "with" or tokens[start].key in lx.FEMALE or tokens[start].key in lx.MALE
    return stop - start > 1 and not person and not is_place(tokens, start, stop)


def _past_pronouns(tokens: Tokens, end: int) -> int:
    """Past the pronouns a person goes by: “(she/ella)”."""
    at = end + 1
    while at < len(tokens) and (tokens[at].key in lx.GOES_BY or tokens[at].text in {"/", ","}):
        at += 1
    return at + 1 if at > end + 1 and is_at(tokens, end, "(") and is_at(tokens, at, ")") else end


def _skip_asides(tokens: Tokens, end: int, *, lines: bool) -> int:
    """Past the comma, an age, letters after the name and “who is”, to where a title may begin."""
    at = end
    while at < len(tokens) and at < end + 9:
        token = tokens[at]
        opens = token.text == "," or (lines and token.text in {"\n", "–", "—", "-", "|"})
        if token.text in {"–", "—"} and at == end and at + 1 < len(tokens):
            described = is_head(tokens[at + 1]) or tokens[at + 1].key in lx.MODIFIERS
            opens |= described and tokens[at + 1].text.islower()
        age = token.text.isdigit() and is_at(tokens, at + 1, ",")
        letters = at > end and token.key in lx.CREDENTIALS and not is_head(token)
        if opens or age or letters:
            at += 1
        elif at == end and token.key in {"is", "es", "serves"} and not lines:
            at += 1 + is_at(tokens, at + 1, "as")
        elif (
            at > end
            and token.key in {"who", "quien"}
            and at + 1 < len(tokens)
            and tokens[at + 1].key in {"is", "es", "serves"}
        ):
            at += 3 if tokens[at + 1].key == "serves" else 2
        else:
            break
    return at


def _bracketed(tokens: Tokens, end: int) -> tuple[Descriptor | None, tuple[int, int] | None, int]:
    close = next((i for i in range(end + 1, min(len(tokens), end + 16)) if tokens[i].text == ")"), None)
    if close is None:
        return None, None, end
    inside = tokens[: close + 1]
    after = read_descriptor(inside, end + 1, named=True)
    if after:
        return after, None, close + 1
    stop = read_organization(inside, end + 1, close)
    whole = stop == close and is_organizational(tokens, end + 1, close)
    return None, ((end + 1, close) if whole else None), close + 1
