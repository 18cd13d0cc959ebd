"""
Forms of one name and of one title, compared word by word.
"""

from __future__ import annotations

from corpus.attribution import lexicon as lx
from corpus.attribution.lexicon import key

_STEM = 6
_SAME = {"vocer": "portav"}


def name_words(printed: str) -> tuple[str, ...]:
    """The words of a name folded, without particles, suffixes and initials."""
    words = (key(word).strip(".,()\"'") for word in printed.split())
    return tuple(word for word in words if len(word) > 1 and word not in lx.PARTICLES and word not in lx.SUFFIXES)


def is_form_of(words: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one is the other with names left out: same first or last name and order, or a run of its inner names."""
    short, long = sorted((words, other), key=len)
    if len(short) < 2:
        return False
    if short[0] != long[0] and short[-1] != long[-1]:
        return any(long[at : at + len(short)] == short for at in range(1, len(long) - len(short)))
    rest = iter(long)
    return all(word in rest for word in short)


def ends_with(words: tuple[str, ...], surname: tuple[str, ...]) -> bool:
    """Whether a surname is one of the last names of a full name."""
    if not surname or len(words) < 2:
        return False
    if len(surname) == 1:
        return any(surname[0] == word or surname[0] in word.split("-") for word in words[1:])
    return words[-len(surname) :] == surname


def stems(title: str) -> list[str]:
    """Words of a title without the endings that gender and number change; a spokesperson by any word is one."""
    words = (word for word in key(title).replace(",", " ").split() if word not in {"the", "de", "of"})
    return [_SAME.get(stem, stem) for stem in (word[:_STEM].rstrip("aoe") for word in words)]


def is_epithet(title: str, epithets: frozenset[str] = lx.EPITHETS) -> bool:
    """Whether a title points at whoever the text spoke of last: “la activista”, “el líder comunitario”."""
    words = key(title).split()
    return bool(epithets.intersection(words)) and all(word in epithets | lx.MODIFIERS for word in words)


def agree(one: str, other: str) -> bool:
    """Whether one printed organisation holds the other."""
    return one in other or other in one
