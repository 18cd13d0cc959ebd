"""
"A joint statement from A, B and C": the names of several issuers, and the gaps where a name was lost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.datelines import find_datelines
from corpus.models import Span
from corpus.organization_names import ACTS, NAME, SHORT, can_issue, has_organization_noun, is_acronym, reads_as_group

_S = r"[^\S\n]"
_OPENING = re.compile(
    r"(?:joint\s(?:press\s|public\s)?(?:statement|release|letter|declaration)|statement|release|(?:declaraci[oó]n"
    r"|comunicado"
    r"|pronunciamiento|carta|posicionamiento)(?:\s(?:de\sprensa|p[uú]blic[oa]))?\sconjunt[oa](?:\s(?:de\sprensa"
    r"|p[uú]blic[oa]))?)"
    r"(?:\s(?:issued|signed|released|emitid[oa]|firmad[oa]))?\s(?:from|by|of|between|de|del|por|entre)\b",
    re.IGNORECASE,
)
_JOINT = re.compile(r"\bjoint\b|\bconjunt[oa]\b", re.IGNORECASE)
_STANDS_FIRST = re.compile(
    r"\W*(?:(?:the\s+following|below|this|what\s+follows|here)\s+is\s+|(?:a\s+continuaci[oó]n|la\s+siguiente"
    r"|lo\s+siguiente|esta"
    r"|el\s+siguiente)\b[^.:]{0,40}?)?"
    r"(?:an?|the|una?|la|el)?\s*$",
    re.IGNORECASE,
)
_ARTICLE = r"(?:(?:del?|by|por)\s)?(?:(?:the|la|el|los|las)\s)?"
_SHORT_FORM = re.compile(rf"\s+\({SHORT}\)")
_TODAY = re.compile(r"[\s–—-]*(?:(?:today|yesterday|hoy|ayer|this \w+)\b,?\s+)?", re.IGNORECASE)
_TOGETHER = re.compile(
    rf",?\s(?=(?-i:[a-zà-ÿ]))(?:(?:today|jointly|together|hoy|conjuntamente|have)\s)*(?:{ACTS.pattern}"
    r"|(?:issue[sd]?|released?|emit(?:en|ieron)|difund(?:en|ieron))\s(?:the|this|a|el|la|este|un)\b"
    r"|call(?:s|ed)?\b|anuncia(?:n|ron)\b)",
    re.IGNORECASE,
)
_LEADING_AND = re.compile(rf"^{_S}*(?:and|&|y|e)(?=\s|$)")
_NAMED = re.compile(rf"(?i:{_ARTICLE})(?P<name>[\"“]?{NAME}[\"”]?)(?:{_S}\({SHORT}\))?")
_AND = re.compile(rf"{_S}(?:and|&|y|e){_S}")
_LIST_END = re.compile(
    r":|\n\n|\.(?=\s|$)|\s(?:on|regarding|about|in\sresponse|calling|sobre|ante|respecto|en\srespuesta)\s", re.I
)


def joint_issuers(text: str, lines: Sequence[Span]) -> tuple[str | None, ...]:
    """
    The issuers that an opening line lists, in printed order, `None` for each lost name; empty without such a line.

    Args:
        lines: Title, head and first paragraphs; the line must open with the statement, not speak of one.
    """
    for line in lines:
        words = text[line.start : line.end]
        for opening in _OPENING.finditer(words[:300]):
            if not _STANDS_FIRST.fullmatch(words[: opening.start()]):
                continue
            listed = words[opening.end() : opening.end() + 600]
            end = _LIST_END.search(listed)
            joint = bool(_JOINT.search(opening.group()))
            names = _names(listed[: end.start() if end else len(listed)], text, joint)
            if names and (joint or None in names) and all(name is None or can_issue(name) for name in names):
                return names
    return ()


def listed_actors(text: str, lead: Sequence[Span]) -> tuple[str | None, ...]:
    """
    Two or more organisations that open the lead as its acting subject: "A, B and C issued the following statement".

    Of the names at least one must be an organisation by its words, so that two people are no issuers.
    """
    for sentence in lead[:2]:
        words = text[sentence.start : sentence.end]
        opening = find_datelines(words)
        start = _TODAY.match(words, opening[0].span.end if opening else 0)
        acts = _TOGETHER.search(words, start.end() if start else 0, 500)
        listed = words[start.end() : acts.start()] if start and acts else ""
        names = _names(listed, text, joint=True) if listed else ()
        own = [name for name in names if name and can_issue(name)]
        groups = any(reads_as_group(name) or is_acronym(name) for name in own)
        if len(own) == len(names) >= 2 and groups and (len(own) > 2 or _are_two(listed, own, text)):
            return names
    return ()


def _are_two(listed: str, names: Sequence[str], text: str) -> bool:
    """Whether "A and B" are two names and not one: a second article, or each printed without the other."""
    first, second = names
    whole = re.compile(rf"{re.escape(first)}.{{0,30}}?\s(?:and|&|y|e)\s.{{0,12}}?{re.escape(second)}", re.DOTALL)
    together = len(whole.findall(text))
    if re.search(r",\s(?:and|y|e)\s", listed):
        return True
    article = re.search(rf"\s(?:and|y|e)\s(?:the|de\sla|del|la|el|los|las)\s{re.escape(second)}", listed)
    return bool(article and reads_as_group(second)) or min(text.count(first), text.count(second)) > together


def _names(listed: str, text: str, joint: bool) -> tuple[str | None, ...]:
    parts = _SHORT_FORM.sub("", listed.replace("\n", " ")).split(",")
    last = _LEADING_AND.sub("", parts[-1]) if len(parts) > 1 else parts[-1]
    closed = last != parts[-1]
    ends = [last] if closed else _split_last(last, text, joint or len(parts) > 1)
    members = [*parts[:-1], *ends]
    names = tuple(_name(words) for words in members)
    # Words that are neither a name nor a gap ("our director") make the line something else.
    is_list = all(name or not words.strip() for name, words in zip(names, members, strict=True))
    return names if is_list else ()


def _split_last(words: str, text: str, several: bool) -> list[str]:
    """The last members of a list, parted at the "and" that is between names, not inside one."""
    padded = f" {words.strip()} "
    cuts = list(_AND.finditer(padded))
    if not cuts or not several:
        return [words]
    # Where two places fit alike, the last: a name with "and" in it more often comes before a short one.
    best = max(reversed(cuts), key=lambda cut: _fit(padded[: cut.start()], text) + _fit(padded[cut.end() :], text))
    return [padded[: best.start()], padded[best.end() :]]


def _fit(words: str, text: str) -> int:
    """How much these words look like a whole name: a gap, printed elsewhere on their own, a generic noun."""
    name = _name(words)
    if name is None:
        return 2 if not words.strip() else -4
    return 2 * (text.count(name) > 1) + has_organization_noun(name) + is_acronym(name)


def _name(words: str) -> str | None:
    match = _NAMED.fullmatch(words.strip(" ,\u00a0"))
    return match["name"].strip('"“”') if match else None
