"""
What narrows a search for quotes: who speaks, for whom, and when.

A quote passes an organisation when it stands in a statement that the organisation issued, or when its speaker is
printed as one of its people, whoever issued the statement.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from corpus.canonical import fold_word
from retrieval.models import Note, QuoteRequest
from retrieval.name_forms import alias_of
from retrieval.names import NameMatch, Names
from retrieval.query import Question
from retrieval.quote_search.people import People
from retrieval.quote_search.utterances import Spoken, Utterances


class Named(NamedTuple):
    """
    The names that a request narrows by.

    Attributes:
        speakers: Folded names, `None` for anybody.
        organizations: Keys of `Affiliations`, `None` for any.
        shown_speaker, shown_organization: As printed in the filters.
        choices: Names to choose from: nothing is shown before.
        corrected: Typed word of a name → the word it was read as.
        notes: What the reader should know.
        nobody: A name was asked for that nobody has.
    """

    speakers: frozenset[str] | None = None
    organizations: frozenset[str] | None = None
    shown_speaker: str | None = None
    shown_organization: str | None = None
    choices: tuple[str, ...] = ()
    corrected: tuple[tuple[str, str], ...] = ()
    notes: tuple[Note, ...] = ()
    nobody: bool = False


class Affiliations:
    """The organisations of a generation: those that issue statements, and those whose people are quoted."""

    def __init__(self, names: Names, utterances: Utterances) -> None:
        self.names = names
        self._utterances = utterances
        self._keys: dict[str, frozenset[str]] = {}

    def keys_of(self, name: str) -> frozenset[str]:
        """What an organisation printed as this is known by: its issuers' keys, else its own folded name."""
        if name not in self._keys:
            self._keys[name] = frozenset(self.names.resolve("organization", name)) or frozenset((alias_of(name),))
        return self._keys[name]

    @cached_property
    def _quoted(self) -> dict[str, set[str]]:
        """Key → ids of the statements in which its people are quoted."""
        found: dict[str, set[str]] = defaultdict(set)
        for spoken in self._utterances.everything():
            speaker = spoken.quote.speaker
            for key in self.keys_of(speaker.organization) if speaker and speaker.organization else ():
                found[key].add(spoken.statement.id)
        return found

    def resolve(self, typed: str) -> frozenset[str]:
        """The keys that a typed name can mean: none, one, or several."""
        keys = frozenset(self.names.resolve("organization", typed))
        alias = alias_of(typed)
        if keys or not alias:
            return keys
        return (
            frozenset((alias,))
            if alias in self._quoted
            else frozenset(k for k in self._quoted if k.startswith(alias + " "))
        )

    def statements(self, keys: Iterable[str]) -> frozenset[str]:
        """Ids of the statements that these organisations issued or whose people are quoted there."""
        issued = self.names.statements["organization"]
        return frozenset().union(*(issued.get(key, set()) | self._quoted.get(key, set()) for key in keys))

    def shown(self, key: str) -> str:
        """The name as printed."""
        if key in self.names.statements["organization"]:
            return self.names.shown("organization", key)
        speakers = (spoken.quote.speaker for id in sorted(self._quoted[key]) for spoken in self._utterances.of(id))
        names = (speaker.organization for speaker in speakers if speaker and speaker.organization)
        return next(name for name in names if key in self.keys_of(name))

    def speaks_for(self, spoken: Spoken, keys: frozenset[str]) -> bool:
        """Whether one of these organisations issued the statement, or the speaker is one of its people."""
        issuers = filter(None, spoken.statement.organizations)
        if any(fold_word(name) in keys for name in issuers):
            return True
        speaker = spoken.quote.speaker
        return bool(speaker and speaker.organization and self.keys_of(speaker.organization) & keys)


def read_names(request: QuoteRequest, question: Question, people: People, affiliations: Affiliations) -> Named:
    """The names of the options, which win, and of the topic."""
    named = _speaker(request, question, people)
    if named.choices or named.nobody:
        return named
    return _organization(request, question, affiliations, named)


def _speaker(request: QuoteRequest, question: Question, people: People) -> Named:
    typed = (request.speaker or "").strip()
    if not typed:
        matches = [m for m in (question.speaker, *question.compared) if m and m.kind == "speaker"]
        if not matches:
            return Named()
        keys = people.of_keys(key for match in matches for key in match.keys)
        return Named(speakers=frozenset(keys), shown_speaker=_shown(matches))
    meant = people.meant_by(typed)
    if meant.person:
        return Named(frozenset(meant.person.keys), shown_speaker=meant.person.shown, corrected=meant.corrected)
    return _undecided(Named(shown_speaker=typed), "speaker", typed, meant.choices)


def _organization(request: QuoteRequest, question: Question, affiliations: Affiliations, named: Named) -> Named:
    typed = (request.organization or "").strip()
    if not typed:
        matches = [m for m in (question.organization, *question.compared) if m and m.kind == "organization"]
        keys = frozenset(key for match in matches for key in match.keys)
        return named._replace(organizations=keys, shown_organization=_shown(matches)) if matches else named
    found = affiliations.resolve(typed)
    names = affiliations.names
    if len(found) == 1 or (found and names.is_short_form(typed)):
        shown = typed if len(found) > 1 else affiliations.shown(next(iter(found)))
        return named._replace(organizations=found, shown_organization=shown)
    choices = tuple(sorted(affiliations.shown(key) for key in found))
    return _undecided(named._replace(shown_organization=typed), "organization", typed, choices)


def _undecided(named: Named, kind: str, typed: str, choices: tuple[str, ...]) -> Named:
    """A name that is nobody's, or one of several: nothing is shown for either."""
    if choices:
        note = Note(code="name_ambiguous", values={"name": typed, "choices": ", ".join(choices)})
        return named._replace(choices=choices, notes=(note,))
    return named._replace(notes=(Note(code=f"{kind}_unknown", values={"name": typed}),), nobody=True)


def _shown(matches: Iterable[NameMatch]) -> str:
    return ", ".join(dict.fromkeys(match.shown for match in matches))
