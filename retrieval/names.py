"""
Who speaks and who issues in this corpus, and which of them a question names.

Names come from the statements alone. A short form or a surname counts only while it can mean one name; two people with
one surname are asked back, never chosen between.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from corpus.canonical import fold, fold_word
from corpus.models import Span, Statement

NameKind = Literal["speaker", "organization"]
_WORD = re.compile(r"[^\W_][\w.&'-]*")
_POSSESSIVE = re.compile(r"(?<=\w)'s?$|\.$")
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
        self._short_forms: set[str] = set()
        self._words: set[str] = set()
        self._aliases: dict[NameKind, dict[str, set[str]]] = {
            "speaker": defaultdict(set),
            "organization": defaultdict(set),
        }
        for statement in statements:
            self._add(statement)
        self._add_partial_names()

    def find(self, question: str) -> Found:
        """The names in a question, longest first, none overlapping."""
        folded = fold(question)
        words = [
            (_POSSESSIVE.sub("", m.group()), folded.offsets[m.start()], folded.offsets[m.end() - 1] + 1)
            for m in _WORD.finditer(folded.text)
        ]
        found = Found([], {})
        start = 0
        while start < len(words):
            start += self._longest_at(question, words, start, found)
        return found

    def resolve(self, kind: NameKind, typed: str) -> tuple[str, ...]:
        """The keys that a name typed into a filter can mean: none, one, or several."""
        folded = _POSSESSIVE.sub("", fold_word(typed))
        if folded in self.statements[kind]:
            return (folded,)
        exact = self._aliases[kind].get(folded, set())
        if exact or kind == "speaker":
            return tuple(sorted(exact))
        # "Lantern Alliance" for "Lantern Alliance of Riverside Workers": the beginning of exactly one full name.
        return tuple(sorted(key for key in self.statements[kind] if key.startswith(folded + " ")))

    def is_short_form(self, typed: str) -> bool:
        """Whether this is a short form that stands for one organisation, also where it has a name in each language."""
        return _POSSESSIVE.sub("", fold_word(typed)) in self._short_forms

    def ids(self, match: NameMatch) -> frozenset[str]:
        """Ids of the statements that this name speaks in or issued."""
        return frozenset().union(*(self.statements[match.kind][key] for key in match.keys))

    def resembles(self, name: str) -> bool:
        """Whether a word of this name is in some name of the corpus: then it may be another form of that name."""
        return any(word in self._words for word in fold_word(name).split())

    def shown(self, kind: NameKind, key: str) -> str:
        """The name as printed."""
        return self._shown[kind, key]

    def all(self, kind: NameKind) -> list[str]:
        """Every full name of this kind as printed, sorted."""
        return sorted(self._shown[kind, key] for key in self.statements[kind])

    def _longest_at(self, question: str, words: Sequence[tuple[str, int, int]], start: int, found: Found) -> int:
        for count in range(min(_MAX_NAME_WORDS, len(words) - start), 0, -1):
            name = " ".join(word for word, _, _ in words[start : start + count])
            span = Span(words[start][1], words[start + count - 1][2])
            for kind in ("organization", "speaker"):
                keys = self._aliases[kind].get(name)
                if not keys or (count == 1 and not _written_as_name(question, span)):
                    continue
                if len(keys) > 1 and name not in self._short_forms:
                    found.ambiguous[question[span.start : span.end]] = tuple(sorted(self._shown[kind, k] for k in keys))
                    continue
                found.matches.append(NameMatch(kind, tuple(sorted(keys)), self._shown_as(kind, min(keys), name), span))
                return count
        return 1

    def _shown_as(self, kind: NameKind, key: str, alias: str) -> str:
        return self._shown.get((kind, alias), self._shown[kind, key])

    def _add(self, statement: Statement) -> None:
        longs = {full: abbreviation for abbreviation, full in statement.short.items()}
        for name in filter(None, statement.organizations):
            key = fold_word(name)
            self._register("organization", key, key, name, statement.id)
            if name in longs:
                self._register("organization", fold_word(longs[name]), key, longs[name], statement.id)
                self._short_forms.add(fold_word(longs[name]))
        for quote in statement.quotes:
            if quote.speaker:
                key = fold_word(quote.speaker.name)
                self._register("speaker", key, key, quote.speaker.name, statement.id)

    def _register(self, kind: NameKind, alias: str, key: str, printed: str, statement_id: str) -> None:
        self.statements[kind][key].add(statement_id)
        self._aliases[kind][alias].add(key)
        self._words.update(word for word in alias.split() if len(word) > 1 and word not in _GENERIC)
        # A statement that spells the name with its accents is the better witness of the name.
        if (kind, alias) not in self._shown or not printed.isascii():
            self._shown[kind, alias] = printed

    def _add_partial_names(self) -> None:
        for key in list(self.statements["speaker"]):
            parts = key.split()
            for part in {parts[0], *parts[1:]} if len(parts) > 1 else ():
                if len(part) > 2:
                    self._aliases["speaker"][part].add(key)
        first_words = defaultdict(set)
        for key in self.statements["organization"]:
            first_words[key.split()[0]].add(key)
        for word, keys in first_words.items():
            if len(keys) == 1 and len(word) > 4 and word not in self._aliases["organization"] and word not in _GENERIC:
                self._aliases["organization"][word] = keys


# First words that many organisations share: alone they name none.
_GENERIC = frozenset(
    """national international american americas latino latina latin alliance coalition network center centro council united
    unidos unidas immigrant immigrants migrant migrants workers central community communities southern northern eastern
    western california texas chicago florida grupo comite consejo asociacion federacion organizacion movimiento casa red
    alianza coalicion house union rights justice support amigos friends committee association federation of the and for
    de del y""".split()
)


def _written_as_name(question: str, span: Span) -> bool:
    """A single word names somebody when it is capitalised, or when the asker uses no capitals at all."""
    word = question[span.start : span.end]
    return word[:1].isupper() or word[:1].isdigit() or not any(map(str.isupper, question))
