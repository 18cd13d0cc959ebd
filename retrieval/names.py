"""
Who speaks and who issues in this corpus, and which of them a question names.

Names come from the statements alone. A short form or a surname counts only while it can mean one name; two people with
one surname are asked back, never chosen between.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Literal, NamedTuple

from corpus.canonical import fold_word
from corpus.models import Span, Statement
from retrieval.name_forms import GENERIC, JOINING, Word, Writing, alias_of, partial_names, words_of

NameKind = Literal["speaker", "organization"]
KINDS: tuple[NameKind, ...] = ("organization", "speaker")
_MAX_NAME_WORDS = 14


class NameMatch(NamedTuple):
    """
    A name found in a question.

    Attributes:
        keys: Folded full names; the same person under two spellings has one. An organisation whose short form stands
            for a name in each language has two.
        shown: A form printed in the statements: what the answer's filter says.
        span: Where it stands in the question.
    """

    kind: NameKind
    keys: tuple[str, ...]
    shown: str
    span: Span

    @property
    def key(self) -> str:
        """The first of `keys`: of a person the only one."""
        return self.keys[0]


class Found(NamedTuple):
    """The names of a question, and those that could be several."""

    matches: list[NameMatch]
    ambiguous: dict[str, tuple[str, ...]]


class Names:
    """
    Directory of speakers and issuers.

    Attributes:
        statements: Per kind, folded full name → ids of the statements it speaks in or issued.
    """

    def __init__(self, statements: Iterable[Statement]) -> None:
        self.statements: dict[NameKind, dict[str, set[str]]] = {
            "speaker": defaultdict(set),
            "organization": defaultdict(set),
        }
        self._shown: dict[tuple[NameKind, str], str] = {}
        # Forms of a name → keys: full names and short forms, and parts of them ("Quill" for "Maribel Quill").
        self._aliases: dict[NameKind, dict[str, set[str]]] = {kind: defaultdict(set) for kind in KINDS}
        self._partial: dict[NameKind, dict[str, set[str]]] = {kind: defaultdict(set) for kind in KINDS}
        self._short_forms: set[str] = set()
        self._languages: dict[str, set[str]] = defaultdict(set)
        self._words: set[str] = set()
        self._folded = cache(_folded)
        printed: set[str] = set()
        for statement in statements:
            self._add(statement)
            printed.update(statement.text.split())
        # Words that statements print in lower case: alone and in a careless question they name nobody. A large record
        # prints the same words over and over, so each is folded once.
        self._ordinary = {fold_word(word) for word in printed if word[0].islower()}
        self._add_partial_names()
        # A word → how many words the longest form has that begins with it.
        self._longest: dict[str, int] = defaultdict(int)
        for known in (self._aliases, self._partial):
            for form in (form for kind in KINDS for form in known[kind]):
                first = form.partition(" ")[0]
                self._longest[first] = max(self._longest[first], 1 + form.count(" "))

    def find(self, question: str) -> Found:
        """The names in a question, longest first, none overlapping."""
        words = words_of(question)
        writing = Writing(question, words, self._ordinary)
        found = Found([], {})
        place = 0
        while place < len(words):
            place += self._longest_at(words, place, writing, found)
        return found

    def resolve(self, kind: NameKind, typed: str) -> tuple[str, ...]:
        """The keys that a name typed into a filter can mean: none, one, or several."""
        alias = alias_of(typed)
        exact = self._aliases[kind].get(alias) or self._partial[kind].get(alias) or set()
        if exact or kind == "speaker" or not alias:
            return tuple(sorted(exact))
        # "Lantern Alliance" for "Lantern Alliance of Riverside Workers": the beginning of exactly one full name.
        beginnings = [keys for known, keys in self._aliases[kind].items() if known.startswith(alias + " ")]
        return tuple(sorted(set().union(*beginnings)))

    def is_short_form(self, typed: str) -> bool:
        """Whether this is a short form that stands for one organisation, also where it has a name in each language."""
        alias = alias_of(typed)
        keys = self._aliases["organization"].get(alias, set())
        # A statement that prints the short form alone means the same organisation.
        languages = [language for key in keys if key != alias for language in self._languages[key]]
        return alias in self._short_forms and (len(keys) == 1 or len(languages) == len(set(languages)))

    def ids(self, match: NameMatch) -> frozenset[str]:
        """Ids of the statements that this name speaks in or issued."""
        return frozenset().union(*(self.statements[match.kind][key] for key in match.keys))

    def resembles(self, name: str) -> bool:
        """Whether every word of this name is in names of the corpus, or general: then it may be a form of one."""
        small = {word.casefold() for word in name.split() if word.islower()}
        words = [word for word in alias_of(name).split() if word not in JOINING & small]
        return any(word in self._words for word in words) and all(w in self._words or w in GENERIC for w in words)

    def shown(self, kind: NameKind, key: str) -> str:
        """The name as printed."""
        return self._shown[kind, key]

    def all(self, kind: NameKind) -> list[str]:
        """Every full name of this kind as printed, sorted."""
        return sorted(self._shown[kind, key] for key in self.statements[kind])

    def _longest_at(self, words: Sequence[Word], place: int, writing: Writing, found: Found) -> int:
        """Adds the longest name that begins at this word; how many words it has, or 1."""
        longest = max(1, self._longest.get(words[place].folded, 1))
        for count in range(min(_MAX_NAME_WORDS, longest, len(words) - place), 0, -1):
            name = self._known(" ".join(word.folded for word in words[place : place + count]), writing)
            span = writing.span(place, count)
            for known, partial in ((self._aliases, False), (self._partial, True)):
                named = {kind: known[kind][name] for kind in KINDS if name in known[kind]}
                if not named or (count == 1 and not writing.may_name(place, partial=partial)):
                    continue
                choices = {(kind, key) for kind, keys in named.items() for key in keys}
                if len(choices) > 1 and not (len(named) == 1 and self.is_short_form(name)):
                    shown = tuple(sorted(self._shown[choice] for choice in choices))
                    found.ambiguous[writing.typed(place, count)] = shown
                    return count
                kind, keys = next(iter(named.items()))
                found.matches.append(NameMatch(kind, tuple(sorted(keys)), self._shown_as(kind, min(keys), name), span))
                return count
        return 1

    def _known(self, name: str, writing: Writing) -> str:
        """The name, or where only that is known the name without the "s" of a possessive that lost its apostrophe."""
        tables = [known[kind] for known in (self._aliases, self._partial) for kind in KINDS]
        if not writing.careless or any(name in table for table in tables):
            return name
        shorter = name.removesuffix("s")
        return shorter if shorter not in self._ordinary and any(shorter in table for table in tables) else name

    def _shown_as(self, kind: NameKind, key: str, alias: str) -> str:
        return self._shown.get((kind, alias), self._shown[kind, key])

    def _add(self, statement: Statement) -> None:
        shorts = [(alias_of(full), short) for short, full in statement.short.items()]
        for name in filter(None, statement.organizations):
            self._register("organization", name, name, statement)
            for full, short in shorts:
                if full == alias_of(name):
                    self._register("organization", short, name, statement)
                    self._short_forms.add(alias_of(short))
        for quote in statement.quotes:
            if quote.speaker:
                self._register("speaker", quote.speaker.name, quote.speaker.name, statement)

    def _register(self, kind: NameKind, printed: str, name: str, statement: Statement) -> None:
        """Take in one printed form of a full name."""
        alias, key = self._folded(printed, name)
        self.statements[kind][key].add(statement.id)
        self._languages[key].add(statement.language)
        self._aliases[kind][alias].add(key)
        self._words.update(word for word in alias.split() if len(word) > 1 and word not in JOINING)
        for form in {alias, key} if printed == name else {alias}:
            self._shown[kind, form] = max(printed, self._shown.get((kind, form), printed), key=_witness)

    def _add_partial_names(self) -> None:
        for alias, keys in self._aliases["speaker"].items():
            for part in partial_names(alias):
                self._partial["speaker"][part] |= keys
        first_words = defaultdict(set)
        for alias, keys in self._aliases["organization"].items():
            first_words[alias.split()[0] if alias else ""].update(keys)
        for word, keys in first_words.items():
            if len(keys) == 1 and len(word) > 4 and word not in GENERIC:
                self._partial["organization"][word] = keys


def _folded(printed: str, name: str) -> tuple[str, str]:
    """What a printed form is looked up by, and the key of its full name."""
    return alias_of(printed), fold_word(name)


def _witness(printed: str) -> tuple[bool, bool]:
    """Of two spellings of a name the one with its accents shows it better, and one in capitals worse."""
    return not (printed.isupper() and len(printed.split()) > 1), not printed.isascii()
