"""
The full name of an organisation that a statement also calls by the first words of it ("Casa Lirio" for "Casa Lirio de
Fresno").
"""

from __future__ import annotations

import re

from corpus.organization_names import NAME, has_organization_noun, is_acronym

_NAME = re.compile(NAME)
_PROSE_WORDS = 12
_MOST_LOOKS = 40
_SAINTS = ("St. ", "Sts. ", "Ste. ", "Sta. ", "Sto. ")
# What a name goes on with; "and" and "in" may join it to something else, an office belongs to a person.
_GOES_ON = re.compile(r"\s(?:of|for|del?|para|por|pro|sin|without)\s")
_STOPS = re.compile(
    r"\s(?:and|&|y|e|in|at|on|to|en|con|with|from|a|an)\s|\b(?:[Dd]irector|[Pp]resident|[Cc]oordina|[Cc]hair|[Oo]rganiz"
    r"er|[Ss]pokes|[Aa]ttorney|[Mm]ember|[Ff]ounder|[Vv]ocer|[Ss]taff|[Bb]oard|[Oo]ffice)"
)


def full_name(text: str, name: str) -> str:
    """The longest form of `name` that a sentence prints, `name` itself where none prints more of it."""
    if is_acronym(name):
        return name
    longer = [found for found in _longer(text, name) if _is_same(name, found)]
    longest = max(longer, key=len, default=name)
    # Names are read from their first whole word on; a saint's begins before it.
    return next((saint + longest for saint in _SAINTS if saint + longest in text), longest)


def _longer(text: str, name: str) -> list[str]:
    found, start = [], text.find(name)
    for _ in range(_MOST_LOOKS):
        if start < 0:
            break
        match = _NAME.match(text, start)
        if match and len(match.group()) > len(name) and _stands_in_prose(text, start):
            found.append(match.group())
        start = text.find(name, start + len(name))
    return found


def _is_same(name: str, longer: str) -> bool:
    more = longer[len(name) :]
    if not more.startswith(" ") or _STOPS.search(f"{more} "):
        return False
    return bool(_GOES_ON.match(more)) or has_organization_noun(more) or bool(re.search(r"\bServices?$", more))


def _stands_in_prose(text: str, offset: int) -> bool:
    """Headings in title case run names and verbs together; sentences do not."""
    start, end = text.rfind("\n", 0, offset) + 1, text.find("\n", offset)
    line = text[start : end if end >= 0 else len(text)]
    small = sum(word[0].islower() for word in line.split())
    return len(line.split()) >= _PROSE_WORDS and small * 2 >= len(line.split())
