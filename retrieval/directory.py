"""
Names and titles while they are typed: which of them can still be meant.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

from corpus.canonical import fold_word
from retrieval.catalog import Catalog
from retrieval.models import Directory, KnownName, KnownTitle
from retrieval.name_forms import alias_of

if TYPE_CHECKING:
    from retrieval.quote_search.people import People

_WORD = re.compile(r"[^\W_]+")
# What fits into a list of choices in Discord.
CHOICES = 25
Known = TypeVar("Known", bound=KnownName | KnownTitle)


def make_directory(catalog: Catalog, people: People) -> Directory:
    """The people, organizations and titles of these statements."""
    return Directory(
        speakers=_most_first(_speakers(catalog, people)),
        organizations=_most_first(_organizations(catalog)),
        titles=tuple(
            KnownTitle(id, " ".join(title.split()), catalog[id].date, folded_form(title))
            for id in catalog.newest_first(catalog.statements)
            for title in (catalog[id].title,)
        ),
    )


def complete_name(known: Sequence[KnownName], typed: str, limit: int = CHOICES) -> list[str]:
    """
    The names that may be meant, as printed: those first that begin with what is typed, then by their order.

    Args:
        known: `speakers` or `organizations` of a directory.
        typed: So far; each of its words begins a word of the name, whatever its case and accents. Nothing: all.
        limit: How many names at most.
    """
    return [one.name for one in _complete(known, typed, limit)]


def complete_title(known: Sequence[KnownTitle], typed: str, limit: int = CHOICES) -> list[KnownTitle]:
    """The titles that may be meant, in the same way."""
    return _complete(known, typed, limit)


def folded_form(*spellings: str) -> str:
    """Spellings as they are compared, a line each: a line break before it, a space before each word."""
    return "".join(f"\n{words}" for words in dict.fromkeys(map(_words, spellings)))


def holding(known: Sequence[Known], words: Iterable[str]) -> list[Known]:
    """Those of which each of these folded words begins a word."""
    found = list(known)
    # The longest is in the fewest.
    for word in sorted(words, key=len, reverse=True):
        beginning = f" {word}"
        found = [one for one in found if beginning in one.form]
    return found


def holds(known: KnownName | KnownTitle, words: Iterable[str]) -> bool:
    """Whether each of these folded words begins a word of it."""
    return all(f" {word}" in known.form for word in words)


def typed_words(typed: str) -> list[str]:
    """The words of what is typed, folded."""
    return _words(typed).split()


def _complete(known: Sequence[Known], typed: str, limit: int) -> list[Known]:
    found = holding(known, typed_words(typed))
    beginning = f"\n{_words(typed)}"
    first = [one for one in found if beginning in one.form][:limit]
    return [*first, *(one for one in found if beginning not in one.form)][:limit]


def _words(text: str) -> str:
    return "".join(f" {word}" for word in _WORD.findall(fold_word(text)))


def _speakers(catalog: Catalog, people: People) -> Iterable[KnownName]:
    names = catalog.names
    for person in people.everybody():
        ids = set().union(*(names.statements["speaker"][key] for key in person.keys))
        yield KnownName(person.shown, len(ids), folded_form(person.shown, *person.keys))


def _organizations(catalog: Catalog) -> Iterable[KnownName]:
    names, shorts = catalog.names, defaultdict[str, set[str]](set)
    for statement in catalog.statements.values():
        for short, full in statement.short.items():
            shorts[alias_of(full)].add(short)
    for key, ids in names.statements["organization"].items():
        shown = names.shown("organization", key)
        yield KnownName(shown, len(ids), folded_form(shown, *sorted(shorts[alias_of(shown)])))


def _most_first(found: Iterable[KnownName]) -> tuple[KnownName, ...]:
    return tuple(sorted(found, key=lambda one: (-one.statements, one.form, one.name)))
